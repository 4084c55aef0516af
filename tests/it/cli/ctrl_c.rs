//! Ctrl-C in the middle of a run.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::{LIMIT, PROGRAM, runs};

/// A running command and its output.
struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Running {
    fn start(args: &str) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(args.split(' '))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self { child, stdout }
    }

    /// The first line of JSON and of CSV is written once Ctrl-C is listened for, before the first run.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }

    fn ctrl_c(&self) {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::INT).unwrap();
    }

    /// The rest of standard output, once the program has ended with 130 and without a complaint.
    fn interrupted(mut self) -> String {
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        let mut complaints = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut complaints)
            .unwrap();
        assert_eq!(complaints, "");
        assert_eq!(self.child.wait().unwrap().code(), Some(130), "{rest}");
        rest
    }
}

fn outcomes(runs: &[Value]) -> Vec<&str> {
    runs.iter()
        .map(|run| run["outcome"].as_str().unwrap())
        .collect()
}

#[test]
fn the_last_run_is_cancelled_and_the_array_closed() {
    // The first variant takes 0.1 s, the second would take 200 s.
    let line = "run bank_lock --set threads=2000 --set gap_millis=100 --variant atomic --variant mutex --json";
    let mut running = Running::start(line);
    let begun = Instant::now();
    let mut json = running.line() + &running.line();
    running.ctrl_c();
    json += &running.interrupted();
    assert!(begun.elapsed() < LIMIT);
    let runs = runs(&json);
    assert_eq!(outcomes(&runs), ["done", "cancelled"], "{json}");
    assert_eq!(runs[1]["measures"], serde_json::json!({}));
    assert!(runs[1].get("error").is_none());
}

#[test]
fn a_run_on_the_loops_own_thread_is_cancelled_too() {
    let mut running = Running::start("run responsive_ui --set seconds=600 --json");
    let opened = running.line();
    running.ctrl_c();
    let runs = runs(&(opened + &running.interrupted()));
    assert_eq!(outcomes(&runs), ["cancelled"]);
    assert_eq!(runs[0]["variant"], "ui_thread");
    assert!(runs[0]["wall_seconds"].as_f64().unwrap() < LIMIT.as_secs_f64());
}

#[test]
fn the_trace_keeps_what_there_is() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("{}-interrupted", std::process::id()));
    let line = format!(
        "run bank_lock --set threads=2000 --set gap_millis=100 --variant mutex --json --trace {}",
        path.display()
    );
    let mut running = Running::start(&line);
    let opened = running.line();
    running.ctrl_c();
    let runs = runs(&(opened + &running.interrupted()));
    let trace = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let trace: Value = serde_json::from_str(&trace).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let threads = events.iter().filter(|event| event["name"] == "thread_name");
    assert_eq!(runs[0]["tracks"], threads.count(), "{runs:?}");
}

#[test]
fn table_and_csv_keep_what_there_is() {
    let mut running =
        Running::start("run responsive_ui --variant worker_thread --set seconds=600 --csv");
    running.line();
    running.ctrl_c();
    let csv = running.interrupted();
    assert_eq!(csv.lines().count(), 1, "{csv}");
    assert!(csv.contains(",cancelled,"), "{csv}");

    let running = Running::start("run responsive_ui --variant worker_thread --set seconds=600");
    listening(&running.child);
    running.ctrl_c();
    let text = running.interrupted();
    assert!(
        text.contains("1 cancelled") && text.contains("worker_thread: stopped after"),
        "{text}"
    );
}

/// Ids of the worker processes whose seed begins like this.
#[cfg(target_os = "linux")]
fn workers(seed: &str) -> Vec<i32> {
    let processes = std::fs::read_dir("/proc").unwrap();
    let ids = processes.filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok());
    ids.filter(|id: &i32| {
        // A process that ends meanwhile, or is waited for, has no command line.
        let line = std::fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default();
        let words: Vec<_> = line.split('\0').collect();
        words.get(1) == Some(&"worker") && words.iter().any(|word| word.starts_with(seed))
    })
    .collect()
}

#[cfg(target_os = "linux")]
#[test]
fn no_worker_is_left_in_whatever_phase_it_was() {
    for (index, phase) in ["spawn", "hand_over", "compute", "collect"]
        .iter()
        .enumerate()
    {
        // A seed that no other process has.
        let seed = format!("{}{index}", u64::from(std::process::id()) + 1_000_000_000);
        let line = format!(
            "run sum --variant processes --set workers=3 --set numbers=1000 --seed {seed} --hold {phase} --json"
        );
        let mut running = Running::start(&line);
        let opened = running.line();
        let deadline = Instant::now() + LIMIT;
        while workers(&seed).len() < 3 {
            assert!(Instant::now() < deadline, "{phase}: no workers");
        }
        running.ctrl_c();
        let runs = runs(&(opened + &running.interrupted()));
        assert_eq!(outcomes(&runs), ["cancelled"], "{phase}");
        assert_eq!(workers(&seed), [0; 0], "{phase}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn no_worker_is_left_behind_a_closed_pipe() {
    let seed = (u64::from(std::process::id()) + 2_000_000_000).to_string();
    // The seed counts up with the repetitions, so only its beginning stays.
    let line = format!(
        "run sum --variant processes --set workers=2 --set numbers=1000 --repeat 99999 --seed {seed}00000 --json"
    );
    let mut running = Running::start(&line);
    let first_run = running.line() + &running.line();
    assert!(first_run.contains(&seed), "{first_run}");
    drop(running.stdout);
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
    assert_eq!(workers(&seed), [0; 0]);
}

/// Waits until the program listens for SIGINT: until then it would simply be killed.
fn listening(child: &Child) {
    let status = format!("/proc/{}/status", child.id());
    let deadline = Instant::now() + LIMIT;
    loop {
        let status = std::fs::read_to_string(&status).unwrap();
        let caught = status
            .lines()
            .find_map(|line| line.strip_prefix("SigCgt:"))
            .unwrap();
        if u64::from_str_radix(caught.trim(), 16).unwrap() & (1 << (Signal::INT.as_raw() - 1)) != 0
        {
            return;
        }
        assert!(Instant::now() < deadline, "{status}");
        std::thread::yield_now();
    }
}

#[test]
fn the_first_one_ends_what_nobody_reads() {
    let mut running =
        Running::start("run bank_lock --set threads=1 --set gap_millis=0 --repeat 1000000 --json");
    running.line();
    full(running.stdout.get_ref());
    running.ctrl_c();
    // The pipe has no reader, so the end of the output can't show that the program ends.
    assert_eq!(running.child.wait().unwrap().code(), Some(130));
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_ignored_when_the_program_was_started_stays_so() {
    let line = "run responsive_ui --variant worker_thread --set seconds=0.5 --json";
    let mut child = Command::new("sh")
        .args(["-c", "trap '' INT HUP; exec \"$0\" \"$@\"", PROGRAM])
        .args(line.split(' '))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let mut running = Running { child, stdout };
    let mut json = running.line();
    let pid = Pid::from_child(&running.child);
    for signal in [Signal::INT, Signal::HUP, Signal::INT] {
        kill_process(pid, signal).unwrap();
    }
    running.stdout.read_to_string(&mut json).unwrap();
    assert_eq!(outcomes(&runs(&json)), ["done"]);
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_second_one_ends_at_once() {
    // The reader stops reading, so the program hangs in writing, and a cancelled run can't be reported.
    let mut running =
        Running::start("run bank_lock --set threads=1 --set gap_millis=0 --repeat 1000000 --json");
    running.line();
    full(running.stdout.get_ref());
    // Two signals of a kind may arrive as one, so there may have to be a third.
    let deadline = Instant::now() + LIMIT;
    let status = loop {
        running.ctrl_c();
        std::thread::sleep(Duration::from_millis(20));
        if let Some(status) = running.child.try_wait().unwrap() {
            break status;
        }
        assert!(Instant::now() < deadline, "it hangs");
    };
    assert_eq!(status.code(), Some(130));
    let mut rest = String::new();
    running.stdout.read_to_string(&mut rest).unwrap();
    assert!(!rest.ends_with("]\n"), "it could still write");
}

/// Waits until nothing more goes into the pipe: what fills it writes every few milliseconds.
fn full(pipe: &ChildStdout) {
    let (mut before, mut unchanged) = (0, Instant::now());
    while before == 0 || unchanged.elapsed() < Duration::from_millis(500) {
        let waiting = rustix::io::ioctl_fionread(pipe).unwrap();
        if waiting != before {
            (before, unchanged) = (waiting, Instant::now());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
