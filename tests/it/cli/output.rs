//! Where results go: what happens when nobody takes them.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use super::PROGRAM;

/// Runs that go on long after the reader has left.
const LONG: &[&str] = &[
    "run",
    "bank_lock",
    "--set",
    "gap_millis=0",
    "--set",
    "threads=2",
    "--repeat",
    "1000000",
];

#[test]
fn a_closed_pipe_ends_quietly() {
    for form in ["--json", "--csv"] {
        let mut child = Command::new(PROGRAM)
            .args(LONG)
            .arg(form)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        // The reader, and with it our end of the pipe, is gone after one line, as with `| head -1`.
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert!(!line.is_empty());
        let mut complaints = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut complaints)
            .unwrap();
        assert_eq!(complaints, "", "{form}");
        assert_eq!(child.wait().unwrap().code(), Some(0), "{form}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let lines = [
        "run bank_lock --variant atomic",
        "run bank_lock --variant atomic --json",
        "run bank_lock --variant atomic --csv",
        "list",
        "list --json",
        "--help",
    ];
    for line in lines {
        let output = Command::new(PROGRAM)
            .args(line.split(' '))
            .stdout(File::create("/dev/full").unwrap())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{line}: {complaint}");
        assert!(
            complaint.contains("standard output") && complaint.contains("No space left"),
            "{line}: {complaint}"
        );
        assert_eq!(complaint.lines().count(), 1, "{line}: {complaint}");
    }
}

#[cfg(unix)]
#[test]
fn no_progress_where_there_is_no_terminal() {
    let args = [
        "run",
        "responsive_ui",
        "--variant",
        "worker_thread",
        "--set",
        "seconds=0.3",
    ];
    let output = Command::new(PROGRAM).args(args).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
