//! What keeps a window from opening on Linux, in words that help. The messages come from winit, x11-dl,
//! xkbcommon-dl, wayland-client and glutin, which open these libraries at run time.

/// Libraries by name (without `.so` and version) and the Debian packages that bring them.
const LIBRARIES: [(&str, &str); 10] = [
    ("libxkbcommon-x11", "libxkbcommon-x11-0"),
    ("libxkbcommon", "libxkbcommon0"),
    ("libX11-xcb", "libx11-xcb1"),
    ("libX11", "libx11-6"),
    ("libXcursor", "libxcursor1"),
    ("libXi", "libxi6"),
    ("libwayland-client", "libwayland-client0"),
    ("libwayland-egl", "libwayland-egl1"),
    ("libEGL", "libegl1"),
    ("libGL", "libgl1"),
];

/// Messages that mean a library without naming it, and which.
const UNNAMED: [(&str, &str); 2] = [
    // wayland-client: ConnectError::NoWaylandLib
    ("NoWaylandLib", "libwayland-client"),
    // winit: xkb::Error::XKBNotFound
    ("XKBNotFound", "libxkbcommon"),
];

/// What `message` means, if it is about a library, OpenGL or the display.
pub(super) fn explained(message: &str) -> Option<String> {
    let lacks = |what: &str, packages: &str| {
        format!("{what}; install it (on Debian and Ubuntu: apt install {packages})")
    };
    if let Some((library, package)) = missing_library(message) {
        Some(lacks(&format!("{library} is missing"), package))
    } else if message.contains("NoGlutinConfigs") {
        // Either of the two libraries would do, and both bring drivers.
        Some(lacks("there is no OpenGL", "libgl1 libegl1"))
    } else {
        no_connection(message)
    }
}

/// The library that `message` misses, and its package.
pub(super) fn missing_library(message: &str) -> Option<(&'static str, &'static str)> {
    LIBRARIES
        .into_iter()
        .find(|(library, _)| message.contains(&format!("{library}.so")))
        .or_else(|| {
            let (_, unnamed) = UNNAMED.iter().find(|(word, _)| message.contains(word))?;
            LIBRARIES
                .into_iter()
                .find(|(library, _)| library == unnamed)
        })
}

fn no_connection(message: &str) -> Option<String> {
    let variable = if message.contains("XOpenDisplayFailed") {
        "DISPLAY"
    } else if message.contains("NoCompositor") {
        "WAYLAND_DISPLAY"
    } else {
        return None;
    };
    let display = std::env::var(variable).unwrap_or_default();
    Some(format!("nothing answers at {variable}={display}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_leads_to_its_library() {
        let package = |message: &str| missing_library(message).map(|(_, package)| package);
        for (message, expected) in [
            (
                "Library libxkbcommon-x11.so could not be loaded.",
                "libxkbcommon-x11-0",
            ),
            (
                "Library libxkbcommon.so could not be loaded.",
                "libxkbcommon0",
            ),
            (
                "LibraryOpenError(OpenError { kind: Library, detail: \"opening library failed (libX11-xcb.so.1: \
                 cannot open shared object file)\" })",
                "libx11-xcb1",
            ),
            (
                "OsError { line: 75, error: WaylandError(Connection(NoWaylandLib)) }",
                "libwayland-client0",
            ),
        ] {
            assert_eq!(package(message), Some(expected), "{message}");
        }
        assert_eq!(package("index out of bounds"), None);
        assert_eq!(explained("index out of bounds"), None);
        let no_opengl = explained("NoGlutinConfigs(ConfigTemplate { .. }, Error { .. })");
        assert!(no_opengl.is_some_and(|said| said.contains("apt install libgl1 libegl1")));
    }

    #[test]
    fn every_unnamed_library_has_a_package() {
        for (message, library) in UNNAMED {
            assert_eq!(
                missing_library(message).map(|(name, _)| name),
                Some(library)
            );
        }
    }
}
