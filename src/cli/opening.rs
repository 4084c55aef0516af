//! Reasons why a window does not open on Linux, or ends, in words that help. The messages come from the crates
//! between this program and the display, which panic where a display is not as they know it.

use std::path::{Component, Path};

use crate::lab::machine::limits;

/// The crates between this program and the display: they open its libraries, talk to it, or trust what it says of
/// itself.
const CRATES: [&str; 14] = [
    "accesskit_winit",
    "calloop",
    "dpi",
    "eframe",
    "egui-winit",
    "egui_glow",
    "glutin",
    "glutin-winit",
    "smithay-client-toolkit",
    "wayland-client",
    "winit",
    "x11-dl",
    "x11rb",
    "xkbcommon-dl",
];

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

/// Messages that mean a library without naming it, and its name.
const UNNAMED: [(&str, &str); 2] = [
    // wayland-client: ConnectError::NoWaylandLib
    ("NoWaylandLib", "libwayland-client"),
    // winit: xkb::Error::XKBNotFound
    ("XKBNotFound", "libxkbcommon"),
];

/// Extensions of an X server that winit cannot do without, by what it says when one is missing.
const EXTENSIONS: [(&str, &str); 3] = [
    ("XRandR version", "RANDR"),
    ("missing XInput extension", "XInputExtension"),
    ("missing XKB extension", "XKEYBOARD"),
];

/// Messages that mean that OpenGL is there, but none of its drivers works with this display.
const NO_DRIVER: [&str; 3] = [
    "NoGlutinConfigs",
    "failed to find a matching configuration",
    // eframe's error when no context could be made
    "Glutin(",
];

/// Whether code in this file is a crate's that stands between this program and the display.
pub(super) fn is_between(file: &str) -> bool {
    Path::new(file).components().any(|part| {
        // `winit-0.30.13` among cargo's downloads, `winit` in a folder of vendored crates.
        let Component::Normal(name) = part else {
            return false;
        };
        let name = name.to_str().unwrap_or_default();
        CRATES.iter().any(|known| {
            let rest = name.strip_prefix(known);
            rest.is_some_and(|rest| {
                rest.is_empty()
                    || rest.strip_prefix('-').is_some_and(|version| {
                        version.starts_with(|first: char| first.is_ascii_digit())
                    })
            })
        })
    })
}

/// Open files that the window takes while it opens, with some to spare: libraries, the display, the drivers.
const FILES: u64 = 64;

/// Lets this process have the open files that the window takes, if the system allows it so many.
pub(super) fn allow_files() {
    limits::allow_open_files(FILES).ok();
}

/// Whether too few open files are allowed to open a window, as far as `message` may come of that. A library that is
/// there cannot be opened then, nor can a display, and few messages say why.
pub(super) fn few_files(message: &str) -> Option<String> {
    let allowed = limits::open_files()?.hard;
    let few = allowed < FILES && explained(message).is_some();
    (few || message.contains(EMFILE)).then(|| too_few(allowed))
}

/// Linux's words for it.
const EMFILE: &str = "Too many open files";

fn too_few(allowed: u64) -> String {
    format!(
        "this program may have no more than {allowed} files open, and a window takes up to {FILES}; allow it more \
         (see ulimit -Hn)"
    )
}

/// The meaning of `message`, if it is about a library, OpenGL or the display.
pub(super) fn explained(message: &str) -> Option<String> {
    let lacks = |what: &str, packages: &str| {
        format!("{what}; install it (on Debian and Ubuntu: apt install {packages})")
    };
    let extension = EXTENSIONS.iter().find(|(words, _)| message.contains(words));
    if let Some((library, package)) = missing_library(message) {
        Some(lacks(&format!("{library} is missing"), package))
    } else if let Some(answers) = no_connection(message) {
        Some(answers)
    } else if message.contains("NoGlutinConfigs") && message.contains("kind: NotFound") {
        // Either of the two libraries would do, and both bring drivers.
        Some(lacks("there is no OpenGL", "libgl1 libegl1"))
    } else if NO_DRIVER.iter().any(|words| message.contains(words)) && !message.contains("OsError")
    {
        Some(lacks_driver(depth()))
    } else if let Some((_, extension)) = extension {
        Some(format!(
            "the X server lacks the extension {extension}; start it with that, or use another one"
        ))
    } else {
        scale_factor(message)
    }
}

/// Why no driver works, as far as the screen's bits of colour tell.
fn lacks_driver(depth: Option<u8>) -> String {
    match depth {
        Some(depth) if depth < 15 => format!(
            "OpenGL cannot draw on a screen with {depth} bits of colour; set the screen to 24"
        ),
        _ => "OpenGL has no driver that works with this display; install Mesa's (on Debian and Ubuntu: \
              apt install libgl1-mesa-dri), or have it draw without the graphics card \
              (LIBGL_ALWAYS_SOFTWARE=1)"
            .to_owned(),
    }
}

/// An impossible scale factor, from winit's variable or from the desktop's settings.
fn scale_factor(message: &str) -> Option<String> {
    const VARIABLE: &str = "WINIT_X11_SCALE_FACTOR";
    // Of the last words the window is too large for the X server.
    let is_meant = [VARIABLE, "validate_scale_factor", "TryFromIntError"]
        .iter()
        .any(|words| message.contains(words));
    let set = std::env::var(VARIABLE).ok().filter(|set| !set.is_empty());
    is_meant.then(|| match set {
        Some(set) => {
            let set = set.escape_debug();
            format!("{VARIABLE} is `{set}`; it takes a number such as 1.5, or `randr`")
        }
        None => format!(
            "the desktop's setting Xft.dpi makes no sense; set it (echo 'Xft.dpi: 96' | xrdb -merge), \
             or set {VARIABLE}=1"
        ),
    })
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

/// The sentence that no display answers, if none does: an X server that ends leaves all kinds of messages.
#[cfg(target_os = "linux")]
pub(super) fn unanswered() -> Option<String> {
    let display = std::env::var("DISPLAY").ok().filter(|it| !it.is_empty())?;
    let is_dead = x11rb::connect(None).is_err();
    is_dead.then(|| format!("nothing answers at DISPLAY={display}"))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn unanswered() -> Option<String> {
    None
}

/// The bits of colour of the X server's screen.
#[cfg(target_os = "linux")]
fn depth() -> Option<u8> {
    use x11rb::connection::Connection;

    let (connection, screen) = x11rb::connect(None).ok()?;
    Some(connection.setup().roots.get(screen)?.root_depth)
}

#[cfg(not(target_os = "linux"))]
fn depth() -> Option<u8> {
    None
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
        let no_opengl =
            explained("NoGlutinConfigs(ConfigTemplate { .. }, Error { kind: NotFound })");
        assert!(no_opengl.is_some_and(|said| said.contains("apt install libgl1 libegl1")));
    }

    #[test]
    fn what_comes_of_too_few_open_files_is_called_so() {
        let said = few_files("IoError(Os { code: 24, message: \"Too many open files\" })");
        assert!(said.is_some_and(|said| said.contains("files open")));
        // Here there are enough.
        assert_eq!(
            few_files("Library libxkbcommon-x11.so could not be loaded."),
            None
        );
    }

    #[test]
    fn opengl_that_does_not_fit_is_not_called_missing() {
        for message in [
            "NoGlutinConfigs(ConfigTemplate { .. }, Error { raw_code: None, kind: BadConfig })",
            "failed to find a matching configuration for creating glutin config",
            "Glutin(Error { raw_code: Some(167), raw_os_message: Some(\"GLXBadFBConfig\"), kind: BadConfig })",
        ] {
            let said = explained(message).unwrap_or_default();
            assert!(
                said.contains("OpenGL") && !said.contains("there is no"),
                "{said}"
            );
        }
        assert!(lacks_driver(Some(8)).contains("8 bits of colour"));
        assert!(lacks_driver(Some(24)).contains("no driver"));
    }

    #[test]
    fn a_file_of_a_crate_between_is_known_wherever_it_lies() {
        for file in [
            "/home/me/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/winit-0.30.13/src/window.rs",
            "vendor/glutin-winit/src/lib.rs",
        ] {
            assert!(is_between(file), "{file}");
        }
        for file in [
            "/home/me/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/egui-0.37.0/src/lib.rs",
            "src/cli/opening.rs",
            "vendor/winit-extras/src/lib.rs",
        ] {
            assert!(!is_between(file), "{file}");
        }
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
