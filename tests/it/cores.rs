//! Cores are given and taken: a run's threads and processes are where its parameter says, also while it changes.
#![cfg(target_os = "linux")]

use std::fs;
use std::time::Instant;

use threadlab::demos::REGISTRY;
use threadlab::lab::demo::param::ParamError;
use threadlab::lab::demo::value::Value;
use threadlab::lab::demo::{VariantId, set_param};
use threadlab::lab::machine::affinity;
use threadlab::lab::machine::cores::{self, CORES};
use threadlab::lab::run::Outcome;
use threadlab::lab::trace::event::{EventKind, TrackKind};
use threadlab::lab::trace::log::RunLog;

use crate::headless::{LIMIT, Watched, demo, lab, run};
use crate::worker::{assert_gone, held, holding, pids};

/// On how many cores a thread may run, as the system says; `None` if there is no such thread any more.
fn allowed(pid: u32, thread: &str) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{pid}/task/{thread}/status")).ok()?;
    let list = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    let count = list.trim().split(',').map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let number = |text: &str| text.parse::<usize>().expect("a core's number");
        number(last) - number(first) + 1
    });
    Some(count.sum())
}

/// The numbers of cores for all threads of the run that are there: those of this process with a track, and all of its
/// worker processes.
fn cores_of(log: &RunLog) -> Vec<usize> {
    let mut found = Vec::new();
    for track in log.tracks() {
        let info = &track.info;
        let threads = match (info.kind, info.os_id) {
            (TrackKind::Thread, Some(id)) => vec![id.to_string()],
            _ => fs::read_dir(format!("/proc/{}/task", info.pid))
                .into_iter()
                .flatten()
                .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
                .collect(),
        };
        found.extend(
            threads
                .iter()
                .filter_map(|thread| allowed(info.pid, thread)),
        );
    }
    found
}

#[track_caller]
fn assert_all(log: &RunLog, cores: u64) {
    let found = cores_of(log);
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|&found| found as u64 == cores),
        "{found:?} and not {cores}"
    );
}

fn told(log: &RunLog) -> Vec<Option<i64>> {
    let instants = log.tracks()[0].instants.iter();
    let told = instants.filter(|told| told.step == CORES);
    told.map(|told| told.value).collect()
}

const HELD: [(VariantId, usize); 3] = [("alone", 1), ("threads", 3), ("processes", 3)];

#[test]
fn a_run_begins_on_its_cores_and_follows_when_they_change() {
    let all = cores::all();
    for (variant, threads) in HELD {
        for begin in [1, all] {
            let cores = begin.to_string();
            let params = [("numbers", "100000"), ("workers", "3"), ("cores", &cores)];
            let sum = demo("sum", &params);
            let mut watched = Watched::start(&holding("compute"), sum.as_ref(), variant);
            watched.until(|log| held(log) == threads);
            assert_all(&watched.log, begin);
            let mut expected = vec![begin];
            for next in [all, 1, all] {
                let is_change = expected.last() != Some(&next);
                assert_eq!(watched.run.limit_cores(next), is_change);
                assert_all(&watched.log, next);
                expected.extend(is_change.then_some(next));
            }
            watched.until(|log| told(log).len() == expected.len());
            let expected: Vec<_> = expected.iter().map(|&cores| Some(cores as i64)).collect();
            assert_eq!(told(&watched.log), expected, "{variant}");
            // The thread that changes them is none of the run's.
            assert_eq!(affinity::allowed().map(|own| own.len() as u64), Some(all));
            watched.run.cancel();
            let outcome = watched.finish();
            assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
            let changed = outcome.summary().cores_changed;
            assert_eq!(changed, (expected.len() > 1).then_some(all));
            assert!(!watched.run.limit_cores(1), "it is over");
            assert_gone(&pids(&watched.log));
        }
    }
}

#[test]
fn nobody_slips_through_who_is_started_while_the_cores_change() {
    if cores::all() == 1 {
        return;
    }
    for round in 0..12 {
        let variant = ["threads", "processes"][round % 2];
        let workers = [24, 6][round % 2].to_string();
        let params = [("numbers", "100000"), ("workers", workers.as_str())];
        let sum = demo("sum", &params);
        let mut watched = Watched::start(&holding("compute"), sum.as_ref(), variant);
        // In the middle of starting them, sooner or later.
        let some = 2 + round;
        watched.until(|log| log.tracks().len() >= some.min(5));
        assert!(watched.run.limit_cores(1));
        watched.until(|log| held(log).to_string() == workers);
        assert_all(&watched.log, 1);
        watched.run.cancel();
        watched.finish();
    }
}

#[test]
fn what_the_demos_tell_follows_the_cores() {
    let one = ("cores", "1");
    let pool = demo(
        "cpu_or_io",
        &[
            ("workers", "1,2"),
            ("tasks", "8"),
            ("task_millis", "2"),
            one,
        ],
    );
    let (outcome, log) = run(&lab(), pool.as_ref(), "cpu_bound");
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    let logical = outcome.summary().measure("logical_cores").cloned();
    assert_eq!(logical, Some(Value::Count(1)));
    assert_eq!(told(&log), [Some(1)]);
    assert_eq!(outcome.summary().cores_changed, None);

    let busy = demo("global_lock", &[("threads", "2"), ("seconds", "0.3"), one]);
    let (outcome, _) = run(&lab(), busy.as_ref(), "free_threads");
    let cores = outcome
        .summary()
        .measure("cores_busy")
        .and_then(Value::as_f64);
    assert!(
        cores.is_some_and(|cores| cores < 1.1),
        "{cores:?} of one core"
    );
}

#[test]
fn cores_that_are_not_there_are_refused() {
    let all = cores::all();
    for id in ["sum", "cpu_or_io", "global_lock"] {
        for wrong in [0, all + 1] {
            let refused = set_param(demo(id, &[]).as_mut(), "cores", &wrong.to_string());
            let error = ParamError::OutOfRange {
                name: "cores",
                text: wrong.to_string(),
                min: "1".to_owned(),
                max: all.to_string(),
            };
            assert_eq!(refused, Err(error), "{id}");
        }
    }
}

#[test]
fn nothing_is_told_after_the_end_however_late_the_change() {
    for _ in 0..20 {
        let sum = demo("sum", &[("numbers", "1000"), ("workers", "2")]);
        let mut watched = Watched::start(&lab(), sum.as_ref(), "threads");
        let mut cores = 1;
        loop {
            watched.run.limit_cores(cores);
            cores = cores::all() + 1 - cores;
            let event = watched.run.wait(LIMIT).expect("an event");
            let is_last = matches!(event.kind, EventKind::Finished(_));
            watched.log.push(event);
            if is_last {
                break;
            }
        }
        assert!(watched.run.drain().is_empty());
    }
}

/// How many reads the calling thread has made; see proc_pid_io(5).
fn reads() -> u64 {
    let told = fs::read_to_string("/proc/thread-self/io").expect("Linux tells");
    let reads = told.lines().find_map(|line| line.strip_prefix("syscr: "));
    reads.and_then(|reads| reads.parse().ok()).expect("a count")
}

/// The checks are the work of the window in each frame at rest.
#[test]
fn checks_ask_the_system_once_in_half_a_second() {
    let demos: Vec<_> = REGISTRY.iter().map(|entry| (entry.demo)()).collect();
    let frame = || {
        for demo in &demos {
            for variant in demo.variants() {
                demo.check(variant.id).expect("the lesson's values suit");
            }
            assert!(!demo.params().0.is_empty());
        }
    };
    frame();
    let (before, begun) = (reads(), Instant::now());
    (0..200).for_each(|_| frame());
    let asked = reads() - before;
    // Looks at memory and at threads, and this test's own looks.
    let rounds = 1 + begun.elapsed().as_millis() as u64 / 500;
    assert!(asked <= rounds * 60, "{asked} reads in {rounds} rounds");
}
