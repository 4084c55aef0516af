//! Results on standard output: what happens when its reader has gone.

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

/// How the program ends with these arguments if the reader of its output has gone.
#[cfg(unix)]
fn unread(line: &str, is_error: bool) -> Option<i32> {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(PROGRAM);
    command.args(line.split(' ')).env_remove("DISPLAY");
    command
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET");
    match is_error {
        true => command.stdout(Stdio::null()).stderr(writer),
        false => command.stdout(writer).stderr(Stdio::null()),
    };
    command.status().unwrap().code()
}

#[cfg(unix)]
#[test]
fn a_reader_that_is_gone_takes_no_failure_back() {
    for usage in ["run nothing", "--nonsense", "run bank_lock --set threads=0"] {
        assert_eq!(unread(usage, true), Some(2), "{usage}");
    }
    let fails = "run ping_pong --variant queue --set takes=15";
    assert_eq!(unread(fails, false), Some(1));
    assert_eq!(unread("check", false), Some(1));
    assert_eq!(unread("run bank_lock --variant atomic", false), Some(0));
    assert_eq!(unread("--help", false), Some(0));
}

#[cfg(unix)]
#[test]
fn a_file_beyond_its_limit_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let results = File::create(folder.path().join("results")).unwrap();
    let script = "ulimit -f 1; exec \"$0\" run bank_lock --variant atomic --repeat 50 --json";
    let output = Command::new("sh")
        .args(["-c", script, PROGRAM])
        .stdout(results)
        .output()
        .unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(complaint.contains("File too large"), "{complaint}");
}
