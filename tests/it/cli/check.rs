//! `check`: a teacher's questions to a machine before class.

#[cfg(unix)]
use std::{fs, path::Path};

use serde_json::Value;

use super::{command, ended, threadlab};

const ITEMS: [&str; 7] = [
    "display", "cores", "power", "limits", "memory", "python3", "fonts",
];

/// The items of `check --json` without a display and with this `PATH`, where it is another one.
fn items(path: Option<&str>) -> Vec<Value> {
    let mut command = command("check --json");
    if let Some(path) = path {
        command.env("PATH", path);
    }
    let ended = ended(command);
    assert_silent(&ended);
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:?}"))
}

/// Nothing is said on standard error, but that Python takes long, as it may on a busy machine.
fn assert_silent(ended: &super::Ended) {
    let mut said = ended.stderr.lines();
    assert!(
        said.all(|line| line.starts_with("waiting for ")),
        "{ended:?}"
    );
}

fn item<'a>(items: &'a [Value], name: &str) -> &'a Value {
    let found = items.iter().find(|item| item["item"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {items:?}"))
}

#[test]
fn an_item_a_line_and_the_verdict_last() {
    let ended = threadlab("check");
    assert_silent(&ended);
    let mut lines = ended.stdout.lines().filter(|line| !line.contains('→'));
    for name in ITEMS {
        let line = lines.next().unwrap_or_default();
        let mut words = line.split_whitespace();
        assert!(["ok", "note", "PROBLEM"].contains(&words.next().unwrap_or_default()));
        assert_eq!(words.next(), Some(name), "{line}");
        assert!(words.next().is_some(), "{line}: nothing found");
    }
    assert_eq!(lines.next(), Some(""));
    assert_eq!(lines.next(), Some("Not ready: the window does not open."));
    assert_eq!(lines.next(), None);
}

#[test]
fn without_a_display_it_is_not_ready_and_says_what_works() {
    let ended = threadlab("check");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let items = items(None);
    let display = item(&items, "display");
    assert_eq!(display["mark"], "problem");
    let found = display["found"].as_str().unwrap_or_default();
    let why = if cfg!(feature = "window") {
        "no display"
    } else {
        "no window"
    };
    assert!(
        found.contains(why) && found.contains("`threadlab run`"),
        "{found}"
    );
}

#[cfg(all(feature = "window", target_os = "linux"))]
#[test]
fn a_display_that_does_not_answer_is_a_problem() {
    let mut command = command("check");
    command.env("DISPLAY", "nowhere");
    let ended = ended(command);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains("DISPLAY=nowhere"), "{ended:?}");
    assert_eq!(ended.stderr, "");
}

#[cfg(unix)]
#[test]
fn python_is_found_or_missed() {
    let nowhere = env!("CARGO_TARGET_TMPDIR");
    let items = items(Some(nowhere));
    let missing = item(&items, "python3");
    assert_eq!(missing["mark"], "note");
    assert!(
        missing["found"]
            .as_str()
            .is_some_and(|found| found.contains("none"))
    );
    assert!(missing["advice"].is_string());
}

/// The interpreters that the demo finds, which need not be called `python3`.
#[cfg(unix)]
#[test]
fn python_is_found_by_the_name_of_its_version_alone() {
    use std::os::unix::fs::symlink;

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check-python");
    // A test that was killed may have left it.
    fs::remove_dir_all(&folder).ok();
    fs::create_dir(&folder).expect("a folder");
    let stand_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/pythons/free/python3.13t");
    symlink(stand_in, folder.join("python3.7")).expect("a link");
    // The stand-in needs it.
    symlink("/bin/cat", folder.join("cat")).expect("a link");
    let items = items(folder.to_str());
    let python = item(&items, "python3");
    assert_eq!(python["found"], "3.13.1t, without a global lock");
    assert_eq!(python["mark"], "ok");
    fs::remove_dir_all(folder).expect("it is removed");
}

#[cfg(feature = "window")]
#[test]
fn the_fonts_are_always_there() {
    let items = items(None);
    assert_eq!(item(&items, "fonts")["mark"], "ok");
}

#[cfg(target_os = "linux")]
#[test]
fn few_open_files_are_noted() {
    let mut command = assert_cmd::Command::new("sh");
    let limited = "ulimit -n 500 && exec \"$0\" check --json";
    command.args(["-c", limited, super::PROGRAM]);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let ended = ended(command);
    let items: Vec<Value> = serde_json::from_str(&ended.stdout).expect("JSON");
    let limits = item(&items, "limits");
    assert_eq!(limits["mark"], "note", "{limits}");
    assert!(
        limits["advice"]
            .as_str()
            .is_some_and(|advice| advice.contains("ulimit"))
    );
}
