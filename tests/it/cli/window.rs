//! A window that can't open gives its reason in one sentence.

use super::{command, ended};

/// One line, exit code 1, and the way that always works.
fn refused(command: assert_cmd::Command) -> String {
    let ended = ended(command);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(ended.stdout, "");
    assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
    assert!(ended.stderr.contains("`threadlab run`"), "{ended:?}");
    ended.stderr
}

#[cfg(not(feature = "window"))]
#[test]
fn this_build_has_none() {
    assert!(refused(command("--demo bank_lock")).contains("no window"));
}

#[cfg(all(feature = "window", target_os = "linux"))]
#[test]
fn there_is_no_display() {
    for line in [
        "",
        "--demo bank_lock --variant mutex --set threads=3 --lang zh-CN --theme dark --zoom 1.5",
    ] {
        let mut command = command(line);
        command.env("RUST_BACKTRACE", "1");
        assert!(refused(command).contains("no display"));
    }
    // An empty variable is as good as none.
    let mut empty = command("");
    empty.env("DISPLAY", "").env("WAYLAND_DISPLAY", "");
    assert!(refused(empty).contains("no display"));
}

#[cfg(all(feature = "window", target_os = "linux"))]
#[test]
fn nothing_answers_at_the_display() {
    let mut x11 = command("");
    x11.env("DISPLAY", "nowhere").env("RUST_BACKTRACE", "1");
    assert!(refused(x11).contains("DISPLAY=nowhere"));
    let mut wayland = command("");
    wayland
        .env("WAYLAND_DISPLAY", "nowhere")
        .env("XDG_RUNTIME_DIR", env!("CARGO_TARGET_TMPDIR"));
    assert!(refused(wayland).contains("WAYLAND_DISPLAY=nowhere"));
}
