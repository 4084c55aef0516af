//! Worker processes that fail, or lose the process they work for: the run says it, and none is left.
#![cfg(target_os = "linux")]

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process, test_kill_process_group};
use threadlab::lab::demo::value::Value;
use threadlab::lab::process::wire::HELD;
use threadlab::lab::run::error::ProcessEnd;
use threadlab::lab::run::error::{RunError, SpawnKind, SystemRequest};
use threadlab::lab::run::thread_reaper;
use threadlab::lab::run::{Lab, Outcome, Summary};
use threadlab::lab::trace::event::{State, TrackKind, TrackName};
use threadlab::lab::trace::log::{LoggedSpan, RunLog, TrackLog};

use crate::headless::{LIMIT, Watched, demo, lab, run, said};

const PHASES: [&str; 4] = ["spawn", "hand_over", "compute", "collect"];

pub fn holding(phase: &str) -> Lab {
    Lab {
        failpoint: Some(phase.to_owned()),
        ..lab()
    }
}

/// Ids of the worker processes that the run has started.
pub fn pids(log: &RunLog) -> Vec<u32> {
    log.tracks()
        .iter()
        .filter(|track| track.info.kind == TrackKind::Process)
        .map(|track| track.info.os_id.expect("a process has an id"))
        .collect()
}

/// Tracks that wait at their failpoint.
pub fn held(log: &RunLog) -> usize {
    log.tracks()
        .iter()
        .filter(|track| track.instants.iter().any(|instant| instant.step == HELD))
        .count()
}

pub fn id(pid: u32) -> Pid {
    Pid::from_raw(i32::try_from(pid).expect("a small number")).expect("not zero")
}

/// Every worker was waited for by the time the run ends, so this is true at once or never.
pub fn assert_gone(pids: &[u32]) {
    for &pid in pids {
        assert!(test_kill_process(id(pid)).is_err(), "{pid} is left");
        assert!(
            test_kill_process_group(id(pid)).is_err(),
            "the group of {pid} is left"
        );
    }
}

#[test]
fn a_worker_killed_in_any_phase_fails_the_run_and_the_others_go_on() {
    for phase in PHASES {
        for hand_over in ["range", "shared_memory", "pipe"] {
            for by_a_person in [false, true] {
                let sum = demo(
                    "sum",
                    &[
                        ("numbers", "100000"),
                        ("workers", "3"),
                        ("hand_over", hand_over),
                    ],
                );
                let second = format!("{phase}@2");
                let mut watched = Watched::start(&holding(&second), sum.as_ref(), "processes");
                watched.until(|log| held(log) == 1);
                let pids = pids(&watched.log);
                if by_a_person {
                    assert!(watched.run.kill(pids[1]));
                } else {
                    kill_process(id(pids[1]), Signal::KILL).expect("it lives");
                }
                let (why, summary) = match watched.finish() {
                    Outcome::Failed(why, summary) => (why, summary),
                    other => panic!("{phase}: {other:?}"),
                };
                match why {
                    RunError::Killed { process, pid } if by_a_person => {
                        assert_eq!((process, pid), (TrackName::nth("worker", 1), pids[1]));
                    }
                    RunError::WorkerDied { pid, how } if !by_a_person => {
                        assert_eq!(pid, pids[1], "{phase}");
                        assert!(
                            matches!(&how, ProcessEnd::Signal { name, .. } if name == "SIGKILL"),
                            "{phase}: {how:?}"
                        );
                    }
                    other => panic!("{phase}: {other:?}"),
                }
                // All but the second third.
                let parts = threadlab::demos::sum::split(100_000, 3);
                let others = parts[0].range.clone().chain(parts[2].range.clone());
                let others: i128 = others.map(i128::from).sum();
                let count = |count| Some(Value::Count(count));
                let told = |name| summary.measure(name).cloned();
                assert_eq!(told("partial_total"), count(others), "{phase} {hand_over}");
                assert_eq!(told("parts_missing"), count(1));
                assert_eq!(told("total"), None);
                assert_eq!(
                    said(&summary, "missing_from"),
                    count(parts[1].range.start.into())
                );
                let arrived = watched.log.tracks()[0].instants.iter();
                let arrived = arrived.filter(|told| told.step == threadlab::demos::sum::ARRIVED);
                assert_eq!(arrived.count(), 2, "{phase} {hand_over}");
                let lost: Vec<_> = lanes(&watched.log)
                    .map(|lane| lane.lost.is_some())
                    .collect();
                assert_eq!(lost, [false, true, false], "{phase} {hand_over}");
                // It ends with the cross, whatever it was at.
                let last = lanes(&watched.log)
                    .nth(1)
                    .and_then(|lane| lane.spans.last());
                assert_eq!(last.map(|span| span.state), Some(State::Lost));
                assert_gone(&pids);
            }
        }
    }
}

/// The lanes of the worker processes.
fn lanes(log: &RunLog) -> impl Iterator<Item = &TrackLog> {
    log.tracks()
        .iter()
        .filter(|track| track.info.kind == TrackKind::Process)
}

#[test]
fn what_is_in_the_queue_is_left_to_the_others() {
    let sum = demo(
        "sum",
        &[("numbers", "100000"), ("workers", "3"), ("pool", "30")],
    );
    let mut watched = Watched::start(&holding("compute@2"), sum.as_ref(), "processes");
    watched.until(|log| held(log) == 1);
    let pids = pids(&watched.log);
    assert!(watched.run.kill(pids[1]));
    let Outcome::Failed(RunError::Killed { .. }, summary) = watched.finish() else {
        panic!("it was killed");
    };
    let second: i128 = threadlab::demos::sum::split(100_000, 30)[1]
        .range
        .clone()
        .map(i128::from)
        .sum();
    let others = Value::Count(100_000 * 100_001 / 2 - second);
    assert_eq!(summary.measure("partial_total"), Some(&others));
    assert_eq!(said(&summary, "parts_there"), Some(Value::Count(29)));
}

#[test]
fn with_all_of_them_killed_nothing_is_there_and_the_run_ends() {
    let sum = demo(
        "sum",
        &[("numbers", "100000"), ("workers", "3"), ("pool", "30")],
    );
    for phase in PHASES {
        let mut watched = Watched::start(&holding(phase), sum.as_ref(), "processes");
        watched.until(|log| held(log) == 3);
        let pids = pids(&watched.log);
        assert_eq!(watched.run.living(), pids);
        for pid in &pids {
            assert!(watched.run.kill(*pid));
        }
        assert!(watched.run.living().is_empty());
        let outcome = watched.finish();
        let Outcome::Failed(RunError::Killed { .. }, summary) = outcome else {
            panic!("{phase}: {outcome:?}");
        };
        assert_eq!(summary.measure("partial_total"), Some(&Value::Count(0)));
        assert_eq!(summary.measure("parts_missing"), Some(&Value::Count(30)));
        assert!(!watched.run.kill(pids[0]), "it is gone already");
        assert_gone(&pids);
    }
}

#[test]
fn stop_after_a_kill_is_a_stop() {
    let sum = demo("sum", &[("numbers", "100000"), ("workers", "3")]);
    let mut watched = Watched::start(&holding("compute"), sum.as_ref(), "processes");
    watched.until(|log| held(log) == 3);
    let pids = pids(&watched.log);
    watched.run.kill(pids[1]);
    watched.until(|log| lanes(log).any(|lane| lane.lost.is_some()));
    watched.run.cancel();
    let outcome = watched.finish();
    assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
    assert_gone(&pids);
}

/// The error and the log of a run with `one_aborts`.
fn aborted(variant: &'static str, numbers: &'static str) -> (Summary, RunLog) {
    let params = [
        ("numbers", numbers),
        ("workers", "3"),
        ("one_aborts", "true"),
    ];
    let mut watched = Watched::start(&lab(), demo("sum", &params).as_ref(), variant);
    let outcome = watched.finish();
    let Outcome::Failed(RunError::WorkerDied { pid, how }, summary) = outcome else {
        panic!("{variant}: {outcome:?}");
    };
    let pids = pids(&watched.log);
    assert_eq!(pid, pids[0]);
    let name = "SIGABRT".to_owned();
    assert_eq!(how, ProcessEnd::Signal { number: 6, name });
    assert_gone(&pids);
    (summary, watched.log)
}

#[test]
fn a_thread_that_aborts_takes_all_threads_of_its_process_along_and_a_process_only_itself() {
    let (summary, log) = aborted("threads", "3000000");
    assert_eq!(lanes(&log).count(), 1);
    let threads = log
        .tracks()
        .iter()
        .filter(|track| track.info.name.noun == "thread");
    assert_eq!(threads.clone().count(), 3);
    assert!(threads.into_iter().all(|thread| thread.lost.is_some()));
    assert_eq!(summary.measure("partial_total"), Some(&Value::Count(0)));

    let (summary, log) = aborted("processes", "3000000");
    let lost: Vec<_> = lanes(&log).map(|lane| lane.lost.is_some()).collect();
    assert_eq!(lost, [true, false, false]);
    let others: i128 = (1_000_001..=3_000_000_i128).sum();
    assert_eq!(
        summary.measure("partial_total"),
        Some(&Value::Count(others))
    );
}

#[test]
fn one_aborts_also_where_there_are_fewer_numbers_than_workers() {
    for (numbers, others) in [("1", 0), ("2", 2)] {
        let (summary, _) = aborted("processes", numbers);
        let partial = summary.measure("partial_total");
        assert_eq!(partial, Some(&Value::Count(others)), "{numbers}");
        let (summary, _) = aborted("threads", numbers);
        assert_eq!(summary.measure("partial_total"), Some(&Value::Count(0)));
    }
}

#[test]
fn a_cancel_in_any_phase_ends_the_run_and_its_workers() {
    for (variant, phases, tracks) in [
        ("alone", &["prepare"][..], 1),
        ("alone", &PHASES[1..], 1),
        ("threads", &["prepare"], 1),
        ("threads", &PHASES[1..], 3),
        ("processes", &["prepare"], 1),
        ("processes", &PHASES, 3),
    ] {
        for phase in phases {
            let sum = demo("sum", &[("numbers", "100000"), ("workers", "3")]);
            let mut watched = Watched::start(&holding(phase), sum.as_ref(), variant);
            watched.until(|log| held(log) == tracks);
            watched.run.cancel();
            let outcome = watched.finish();
            assert!(
                matches!(outcome, Outcome::Cancelled(_)),
                "{variant} {phase}: {outcome:?}"
            );
            assert_gone(&pids(&watched.log));
        }
    }
}

#[test]
fn a_cancel_reaches_workers_that_are_busy() {
    for variant in ["alone", "threads", "processes"] {
        let sum = demo("sum", &[("numbers", "10000000000"), ("workers", "3")]);
        let mut watched = Watched::start(&lab(), sum.as_ref(), variant);
        watched.until(|log| log.tracks().iter().any(|track| track.progress.len() > 1));
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
        assert_gone(&pids(&watched.log));
    }
}

#[test]
fn a_cancel_reaches_a_run_that_is_sending() {
    let sum = demo(
        "sum",
        &[
            ("numbers", "50000000"),
            ("workers", "1"),
            ("hand_over", "pipe"),
        ],
    );
    let mut watched = Watched::start(&lab(), sum.as_ref(), "processes");
    let sending = |log: &RunLog| {
        let spans = log.tracks().first().map(|run| run.spans.as_slice());
        let span =
            spans.and_then(|spans| spans.iter().rfind(|span| span.step.name() == "hand_over"));
        span.is_some_and(|span| span.end.is_none())
    };
    watched.until(sending);
    watched.run.cancel();
    let outcome = watched.finish();
    assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
    assert_gone(&pids(&watched.log));
}

/// Sending numbers takes time; the loss of a worker meanwhile is seen at once, not when all have been served.
#[test]
fn a_worker_killed_while_others_are_served_is_lost_at_once() {
    let params = [
        ("numbers", "60000000"),
        ("workers", "3"),
        ("hand_over", "pipe"),
    ];
    let sum = demo("sum", &params);
    let mut watched = Watched::start(&lab(), sum.as_ref(), "processes");
    let serving = |log: &RunLog| {
        let run = log.tracks().first();
        let sent = run.and_then(|run| run.spans.last());
        sent.is_some_and(|span| span.step.name() == "hand_over" && span.end.is_none())
            && pids(log).len() == 3
    };
    watched.until(serving);
    let third = pids(&watched.log)[2];
    kill_process(id(third), Signal::KILL).expect("it lives");
    watched.until(|log| lanes(log).any(|lane| lane.lost.is_some()));
    assert!(serving(&watched.log), "others are still served");
    let lost: Vec<_> = lanes(&watched.log)
        .map(|lane| lane.lost.is_some())
        .collect();
    assert_eq!(lost, [false, false, true]);
    watched.run.cancel();
    watched.finish();
}

#[test]
fn a_run_that_nobody_watches_any_more_leaves_nothing() {
    let sum = demo("sum", &[("numbers", "100000"), ("workers", "3")]);
    let mut watched = Watched::start(&holding("compute"), sum.as_ref(), "processes");
    watched.until(|log| held(log) == 3);
    let pids = pids(&watched.log);
    drop(watched);
    assert!(thread_reaper::finish(LIMIT));
    assert_gone(&pids);
}

/// A run whose workers are one of the programs beside this file.
fn run_with(script: &str) -> (Outcome, RunLog) {
    run_in(script, &[("numbers", "100"), ("workers", "1")])
}

fn run_in(script: &str, params: &[(&str, &str)]) -> (Outcome, RunLog) {
    let program: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/it/workers", script]
        .iter()
        .collect();
    let lab = Lab {
        program: program.with_extension("sh"),
        ..lab()
    };
    run(&lab, demo("sum", params).as_ref(), "processes")
}

fn misled_by(script: &str) -> (Outcome, Vec<u32>) {
    let (outcome, log) = run_with(script);
    (outcome, pids(&log))
}

#[test]
fn a_thread_of_a_worker_has_a_lane_of_its_own() {
    let (outcome, log) = run_with("lanes");
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    let [run, worker, thread] = log.tracks() else {
        panic!("{:?}", log.tracks())
    };
    assert_eq!(run.info.pid, std::process::id());
    assert_eq!(thread.info.name, TrackName::nth("thread", 0));
    assert_eq!(thread.info.kind, TrackKind::Thread);
    assert_eq!(
        (thread.info.pid, thread.info.os_id),
        (worker.info.pid, Some(42))
    );
    // They share a clock, and with it how exactly it is known.
    assert_eq!(thread.info.clock_error, worker.info.clock_error);
    assert!(!thread.info.clock_error.is_zero());
    let ([waited], [ran]) = (&worker.spans[..], &thread.spans[..]) else {
        panic!("{:?} {:?}", worker.spans, thread.spans)
    };
    assert_eq!((waited.state, ran.state), (State::Waiting, State::Lost));
    assert_eq!(ran.begun_as, State::Running);
    assert_eq!(ran.cpu, Some(Duration::from_nanos(1500)));
    assert_eq!(thread.progress.len(), 1);
    let took = |span: &LoggedSpan| span.end.map(|end| end - span.begin);
    assert_eq!(took(waited), Some(Duration::from_nanos(4000)));
    assert_eq!(took(ran), Some(Duration::from_nanos(3000)));
    assert_eq!(ran.begin - waited.begin, Duration::from_nanos(2000));
    assert_eq!(log.dropped(), 0);
    assert_gone(&[worker.info.pid]);
}

#[test]
fn a_worker_that_breaks_the_protocol_fails_the_run() {
    for (script, expected) in [
        ("garbage", "not in the protocol"),
        ("bytes", "not in the protocol"),
        ("endless", "not in the protocol"),
        ("version", "version 1000000"),
        ("step", "unknown step `format_disk`"),
        ("early", "before it was asked"),
        ("no_sum", "not a sum"),
        ("no_lane", "track 7 tells before it opens"),
        ("twice", "track 7 opens twice"),
        ("noun", "unknown kind of track `disk`"),
        ("many_lanes", "opens more than 1024 tracks"),
    ] {
        let (outcome, pids) = misled_by(script);
        match outcome {
            Outcome::Failed(RunError::WorkerFailed { pid, message }, _) => {
                assert_eq!([pid], pids[..], "{script}");
                assert!(message.contains(expected), "{script}: {message}");
            }
            other => panic!("{script}: {other:?}"),
        }
        assert_gone(&pids);
    }
}

/// The job hands over numbers, and reads no replies before that is done.
#[test]
fn a_worker_that_talks_while_the_job_waits_for_it_fails_the_run() {
    let params = [
        ("numbers", "100000"),
        ("workers", "1"),
        ("hand_over", "pipe"),
    ];
    let (outcome, log) = run_in("talking", &params);
    let Outcome::Failed(RunError::WorkerFailed { message, .. }, _) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(message.contains("more than is heard"), "{message}");
    assert_gone(&pids(&log));
}

#[test]
fn what_a_worker_reports_keeps_its_type() {
    let (outcome, pids) = misled_by("refused");
    let sent = RunError::System {
        what: SystemRequest::FewerCores,
        reason: "no".to_owned(),
    };
    let Outcome::Failed(RunError::Worker { pid, error }, _) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((pid, *error), (pids[0], sent));
}

#[test]
fn a_wrong_total_is_not_shown_as_an_answer() {
    let (outcome, pids) = misled_by("wrong_sum");
    let wrong = RunError::WrongTotal {
        found: 5051,
        expected: 5050,
    };
    assert!(matches!(outcome, Outcome::Failed(error, _) if error == wrong));
    assert_gone(&pids);
}

#[test]
fn a_worker_that_ends_by_itself_fails_the_run() {
    for (script, expected) in [
        ("exits", ProcessEnd::Exited { code: 3 }),
        ("silent", ProcessEnd::ClosedPipe),
    ] {
        let (outcome, pids) = misled_by(script);
        match outcome {
            Outcome::Failed(RunError::WorkerDied { pid, how }, _) => {
                assert_eq!([pid], pids[..], "{script}");
                assert_eq!(how, expected, "{script}");
            }
            other => panic!("{script}: {other:?}"),
        }
        assert_gone(&pids);
    }
}

#[test]
fn a_program_that_can_not_be_started_fails_the_run() {
    let lab = Lab {
        program: PathBuf::from("/nonexistent/threadlab"),
        ..lab()
    };
    let (outcome, log) = run(&lab, demo("sum", &[]).as_ref(), "processes");
    let Outcome::Failed(RunError::Spawn { what, .. }, _) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(what, SpawnKind::WorkerProcess);
    assert!(pids(&log).is_empty());
}

#[test]
fn what_a_worker_has_started_ends_with_it() {
    let (outcome, pids) = misled_by("parent");
    assert!(matches!(outcome, Outcome::Failed(..)), "{outcome:?}");
    // The worker's own child is waited for by the system, in its own time.
    within(LIMIT, || test_kill_process_group(id(pids[0])).is_err());
}

/// A process that a worker has started may hold the worker's output open: that is no sign of life.
#[test]
fn a_worker_is_gone_even_if_another_process_holds_its_output() {
    for script in ["heir", "stranger"] {
        let begun = Instant::now();
        let (outcome, pids) = misled_by(script);
        assert!(begun.elapsed() < Duration::from_secs(10), "{script}");
        let Outcome::Failed(RunError::WorkerDied { pid, how }, _) = outcome else {
            panic!("{script}: {outcome:?}");
        };
        assert_eq!([pid], pids[..], "{script}");
        assert_eq!(how, ProcessEnd::Exited { code: 3 }, "{script}");
    }
}

#[test]
fn workers_end_when_the_process_they_work_for_is_killed() {
    // Numbers that are sent are in memory first: of these 2.4 GB.
    for (hand_over, numbers) in [("range", 10_000_000_000_u64), ("pipe", 300_000_000)] {
        let mut parent = Command::new(env!("CARGO_BIN_EXE_threadlab"))
            .args(["run", "sum", "--variant", "processes", "--set"])
            .arg(format!("numbers={numbers}"))
            .args(["--set", "pool=4096"])
            .args(["--set", "workers=4", "--set"])
            .arg(format!("hand_over={hand_over}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("this program");
        // Computing, or being sent numbers: they lower their priority when they have a first part.
        let busy = || -> Vec<u32> {
            let workers = processes().filter(|process| process.parent == parent.id());
            workers
                .filter(|process| process.nice > 0)
                .map(|process| process.pid)
                .collect()
        };
        within(LIMIT, || busy().len() == 4);
        let workers = busy();
        parent.kill().expect("it lives");
        parent.wait().expect("it was killed");
        // Asleep or computing, each notices at once that its orders have ended.
        within(Duration::from_secs(1), || {
            !processes().any(|process| workers.contains(&process.pid) && process.runs)
        });
    }
}

/// A process's entry in /proc.
struct Process {
    pid: u32,
    parent: u32,
    nice: i32,
    /// It has not ended yet (and only waits for its end to be noticed).
    runs: bool,
}

/// All processes of this machine.
fn processes() -> impl Iterator<Item = Process> {
    let entries = std::fs::read_dir("/proc").expect("Linux");
    entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        let pid = path.file_name()?.to_str()?.parse().ok()?;
        let stat = std::fs::read_to_string(path.join("stat")).ok()?;
        // Behind the name, which is in brackets and may hold anything: see proc_pid_stat(5).
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(Process {
            pid,
            parent: fields.get(1)?.parse().ok()?,
            nice: fields.get(16)?.parse().ok()?,
            runs: !matches!(*fields.first()?, "Z" | "X"),
        })
    })
}

/// Looks again and again: the system does not report the end of a process that is not our child.
fn within(limit: Duration, there: impl Fn() -> bool) {
    let deadline = Instant::now() + limit;
    while !there() {
        assert!(Instant::now() < deadline, "not within {limit:?}");
        // A pause, so that what is waited for gets the core.
        std::thread::sleep(Duration::from_millis(1));
    }
}
