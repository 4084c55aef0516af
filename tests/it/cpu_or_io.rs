//! Every task is done once in each round, whatever the number of threads; what was measured is kept.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use threadlab::demos::cpu_or_io::{COMPUTE, ROUND, TASK, WAIT};
use threadlab::lab::demo::value::Point;
use threadlab::lab::demo::{Demo, VariantId};
use threadlab::lab::machine;
use threadlab::lab::run::{Outcome, Summary};
use threadlab::lab::trace::log::RunLog;

use crate::headless::{Watched, demo, lab, run};

const VARIANTS: [VariantId; 2] = ["cpu_bound", "io_bound"];

fn small(workers: &str, tasks: &str) -> Box<dyn Demo> {
    demo(
        "cpu_or_io",
        &[("workers", workers), ("tasks", tasks), ("task_millis", "1")],
    )
}

fn done(demo: &dyn Demo, variant: VariantId) -> (Summary, RunLog) {
    match run(&lab(), demo, variant) {
        (Outcome::Done(summary), log) => (summary, log),
        (outcome, _) => panic!("{variant}: {outcome:?}"),
    }
}

fn figures(points: &[Point], name: &str) -> Vec<f64> {
    let figures = points.iter().map(|point| point.figure(name));
    figures.map(|figure| figure.expect(name)).collect()
}

/// For each round, the number of threads, and how often each task was done in it.
fn rounds(log: &RunLog) -> Vec<(i64, Vec<i64>)> {
    let (run, threads) = log.tracks().split_first().expect("tracks");
    let rounds = run.instants.iter().filter(|told| told.step == ROUND);
    let mut rounds: Vec<_> = rounds
        .map(|told| (told.at, told.value, Vec::new()))
        .collect();
    for told in threads.iter().flat_map(|track| &track.instants) {
        assert_eq!(told.step, TASK);
        let round = rounds.iter_mut().rev().find(|(at, ..)| *at <= told.at);
        let (_, _, tasks) = round.expect("within a round");
        tasks.push(told.value.expect("an index"));
    }
    let sorted = |(_, workers, mut tasks): (_, Option<i64>, Vec<i64>)| {
        tasks.sort_unstable();
        (workers.expect("a number"), tasks)
    };
    let mut rounds: Vec<_> = rounds.into_iter().map(sorted).collect();
    // One thread that was held up is measured again.
    rounds.dedup();
    rounds
}

#[test]
fn every_task_is_done_once_in_every_round() {
    for variant in VARIANTS {
        // As many threads as tasks, more, fewer; tasks that do not come out even; a single one.
        for (workers, tasks) in [("1,2,4,8", "8"), ("1,3,16", "5"), ("1", "1"), ("1,64", "1")] {
            let demo = small(workers, tasks);
            let (summary, log) = done(demo.as_ref(), variant);
            let sweep = demo.params().sweep("workers").to_vec();
            let all: Vec<i64> = (0..demo.params().whole("tasks") as i64).collect();
            let expected = sweep.iter().map(|&workers| (workers as i64, all.clone()));
            assert_eq!(rounds(&log), expected.collect::<Vec<_>>(), "{variant}");
            let workers: Vec<f64> = sweep.iter().map(|&workers| workers as f64).collect();
            assert_eq!(figures(&summary.points, "workers"), workers);
            // The pool's threads are the same in all rounds.
            assert_eq!(log.tracks().len() as u64, 1 + sweep[sweep.len() - 1]);
        }
    }
}

#[test]
fn all_is_compared_with_one_thread_even_if_that_was_not_asked_for() {
    for variant in VARIANTS {
        let (summary, log) = done(small("4", "8").as_ref(), variant);
        let counts: Vec<i64> = rounds(&log).iter().map(|(workers, _)| *workers).collect();
        assert_eq!(counts, [1, 4]);
        assert_eq!(figures(&summary.points, "workers"), [4.0]);
    }
}

#[test]
fn a_speedup_is_one_threads_time_divided_by_that_of_several() {
    for variant in VARIANTS {
        let (summary, _) = done(small("1,2,4", "16").as_ref(), variant);
        let walls = figures(&summary.points, "wall_seconds");
        let speedups = figures(&summary.points, "speedup");
        assert_eq!(speedups[0], 1.0);
        for (wall, speedup) in walls.iter().zip(&speedups) {
            assert!((walls[0] / wall - speedup).abs() < 1e-9);
        }
        let best = speedups.iter().copied().fold(0.0, f64::max);
        let measure = |name| summary.measure(name).and_then(|value| value.as_f64());
        assert_eq!(measure("speedup"), Some(best));
        assert_eq!(measure("logical_cores"), Some(machine::cores() as f64));
    }
}

#[test]
fn tasks_that_wait_do_so_at_the_same_time() {
    // Long waits: a busy machine may be late to begin the second, but not by a second.
    let params = [("workers", "2"), ("tasks", "2"), ("task_millis", "1000")];
    let (_, log) = done(demo("cpu_or_io", &params).as_ref(), "io_bound");
    let waits: Vec<_> = log.tracks()[1..]
        .iter()
        .map(|track| track.spans.last().expect("a wait"))
        .collect();
    assert!(waits.iter().all(|wait| wait.step == WAIT));
    let last_begin = waits.iter().map(|wait| wait.begin).max();
    let first_end = waits.iter().filter_map(|wait| wait.end).min();
    assert!(last_begin < first_end, "{waits:?}");
}

#[test]
fn computing_takes_cpu_time_and_waiting_does_not() {
    let params = [("workers", "1,2"), ("tasks", "4"), ("task_millis", "20")];
    let (_, log) = done(demo("cpu_or_io", &params).as_ref(), "cpu_bound");
    let spans = log.tracks()[1..].iter().flat_map(|track| &track.spans);
    let cpu: Vec<Duration> = spans
        .filter(|span| span.step == COMPUTE)
        .map(|span| span.cpu.expect("the system tells"))
        .collect();
    // Four tasks by one thread, which is measured again where it was held up, and four by two.
    assert!([8, 12, 16].contains(&cpu.len()), "{cpu:?}");
    // Measured once and then counted in rounds: a core may run faster or slower later on.
    let expected = Duration::from_millis(5)..Duration::from_millis(80);
    assert!(cpu.iter().all(|cpu| expected.contains(cpu)), "{cpu:?}");
}

#[test]
fn what_was_measured_before_a_stop_is_kept() {
    // After the first point so many are still to come that no Stop is too late.
    let workers: Vec<String> = (1..=64).map(|count: u64| count.to_string()).collect();
    let demo = small(&workers.join(","), "512");
    for variant in VARIANTS {
        let mut watched = Watched::start(&lab(), demo.as_ref(), variant);
        watched.until(|log| log.points_until(log.end()).next().is_some());
        watched.run.cancel();
        let Outcome::Cancelled(summary) = watched.finish() else {
            panic!("{variant} was not cancelled");
        };
        assert!((1..64).contains(&summary.points.len()), "{summary:?}");
        assert_eq!(figures(&summary.points, "workers")[0], 1.0);
    }
}

#[test]
fn a_stop_does_not_wait_for_tasks() {
    for variant in VARIANTS {
        let params = [
            ("workers", "32"),
            ("tasks", "4096"),
            ("task_millis", "1000"),
        ];
        let demo = demo("cpu_or_io", &params);
        let mut watched = Watched::start(&lab(), demo.as_ref(), variant);
        watched.until(|log| {
            let mut tracks = log.tracks().iter();
            tracks.any(|track| track.instants.iter().any(|told| told.step == TASK))
        });
        let stopped = Instant::now();
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(matches!(outcome, Outcome::Cancelled(_)), "{variant}");
        // A round of one thread would take more than an hour.
        assert!(stopped.elapsed() < Duration::from_secs(30), "{variant}");
    }
}

#[test]
fn threads_have_a_lane_each_and_no_two_the_same() {
    let (_, log) = done(small("1,8", "8").as_ref(), "io_bound");
    let threads = &log.tracks()[1..];
    let ids: BTreeSet<_> = threads.iter().map(|track| track.info.os_id).collect();
    assert_eq!(ids.len(), 8);
    assert!(
        threads
            .iter()
            .flat_map(|track| &track.spans)
            .all(|span| span.end.is_some())
    );
    assert_eq!(log.dropped(), 0);
}
