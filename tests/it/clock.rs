//! Two processes' times, held against each other.
#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde_json::Value;
use threadlab::lab::run::Outcome;
use threadlab::lab::trace::event::TrackKind;

use crate::headless::{demo, lab, run};

fn monotonic() -> u64 {
    let now = clock_gettime(ClockId::Monotonic);
    (now.tv_sec * 1_000_000_000 + now.tv_nsec) as u64
}

#[test]
fn a_worker_counts_from_the_moment_that_it_was_told_of() {
    let before = monotonic();
    let origin = Instant::now();
    let after = monotonic();
    let mut worker = Command::new(env!("CARGO_BIN_EXE_threadlab"))
        .args(["worker", "sum", "--seed", "1", "--origin"])
        .arg(before.midpoint(after).to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program");
    let mut orders = worker.stdin.take().expect("a pipe");
    let mut reports = BufReader::new(worker.stdout.take().expect("a pipe"))
        .lines()
        .map(|line| -> Value { serde_json::from_str(&line.expect("a line")).expect("a report") });
    let ready = reports.next().expect("it is ready");
    let error = ready["ready"]["clock_error"]
        .as_u64()
        .expect("how exactly it knows");
    let exact = Duration::from_nanos(error + (after - before));
    for _ in 0..200 {
        let asked = origin.elapsed();
        writeln!(orders, "\"clock\"").expect("it listens");
        let report = reports.next().expect("it answers");
        let heard = origin.elapsed();
        let told = Duration::from_nanos(report["clock"]["nanos"].as_u64().expect("a time"));
        assert!(
            told + exact >= asked,
            "{told:?} before it was asked, at {asked:?}"
        );
        assert!(
            told <= heard + exact,
            "{told:?} after it was heard, at {heard:?}"
        );
    }
    drop(orders);
    assert!(worker.wait().expect("it ends").success());
}

#[test]
fn no_clock_error_is_worth_telling() {
    let demo = demo("sum", &[("numbers", "1000"), ("workers", "3")]);
    for _ in 0..3 {
        let (outcome, log) = run(&lab(), demo.as_ref(), "processes");
        assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
        let workers = log.tracks().iter();
        for worker in workers.filter(|track| track.info.kind == TrackKind::Process) {
            assert!(!worker.info.clock_error.is_zero());
            assert_eq!(worker.info.told_clock_error(), None, "{:?}", worker.info);
        }
    }
}
