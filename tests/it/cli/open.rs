//! `threadlab open FILE`: a file that can't be shown is explained in one sentence.

use std::path::Path;

use super::{command, ended, succeeds};

/// Ends with `code`, in one line that names the file and says each of `words`.
fn refused(path: &Path, more: &str, code: i32, words: &[&str]) {
    let mut command = command("open");
    command.arg(path).args(more.split_whitespace());
    // So a file that is taken for whole opens no window.
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let ended = ended(command);
    assert_eq!(ended.code, Some(code), "{ended:?}");
    assert_eq!(ended.stdout, "");
    assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
    for word in words {
        assert!(ended.stderr.contains(word), "no {word}: {ended:?}");
    }
}

#[test]
fn a_file_without_runs_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.json");
    let name = path.to_str().unwrap();
    refused(&path, "", 1, &[name, "No such file"]);
    refused(folder.path(), "", 1, &["directory"]);
    let with = |text: &str| std::fs::write(&path, text).unwrap();
    with("no trace");
    refused(&path, "", 1, &[name, "no trace", "line 1"]);
    with("{\"traceEvents\":[]}");
    refused(&path, "", 1, &[name, "no run", "--trace"]);

    let set = "--set threads=2 --set gap_millis=0";
    succeeds(&format!(
        "run bank_lock --variant mutex {set} --trace {name}"
    ));
    let text = std::fs::read_to_string(&path).unwrap();
    with(&text.replace("\"mutex\"", "\"nutex\""));
    refused(&path, "", 1, &[name, "run 1", "`nutex`"]);
    with(&text[..text.len() / 2]);
    refused(&path, "", 1, &[name, "no trace"]);
    with(&text);
    refused(&path, "--variant lock", 2, &["`lock`", "mutex"]);
    // A whole file goes on to the window, which there is no display for.
    refused(&path, "--variant no_lock", 1, &["`threadlab run`"]);
}

#[test]
#[cfg(unix)]
fn a_file_that_is_too_large_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.json");
    let file = std::fs::File::create(&path).unwrap();
    // Without a block on the disk.
    file.set_len(1 << 40).unwrap();
    refused(&path, "", 1, &["256 MiB"]);
}
