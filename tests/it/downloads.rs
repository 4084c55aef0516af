//! The downloads: the same times for the same seed, in a row or at once, with the processes and threads
//! that they are said to have.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use threadlab::demos::downloads::{DOWNLOAD, DRAWN, FILE};
use threadlab::lab::demo::VariantId;
use threadlab::lab::demo::param::ParamError;
use threadlab::lab::run::{Outcome, Summary, start};
use threadlab::lab::trace::event::TrackKind;
use threadlab::lab::trace::log::{LoggedSpan, RunLog, TrackLog};

use crate::headless::{Watched, demo, lab, run, said};

const VARIANTS: [VariantId; 5] = [
    "one_after_another",
    "process_each",
    "thread_each",
    "task_struct",
    "async_tasks",
];

fn done(variant: VariantId, params: &[(&str, &str)]) -> (Summary, RunLog) {
    let (outcome, log) = run(&lab(), demo("downloads", params).as_ref(), variant);
    match outcome {
        Outcome::Done(summary) => (summary, log),
        other => panic!("{variant} with {params:?} ended as {other:?}"),
    }
}

fn figure(summary: &Summary, name: &str) -> f64 {
    let value = summary.measure(name).and_then(|value| value.as_f64());
    value.unwrap_or_else(|| panic!("no {name} among {summary:?}"))
}

/// How long each file was to take, in the order of the files.
fn drawn(log: &RunLog) -> Vec<Duration> {
    let instants = log.tracks().iter().flat_map(|track| &track.instants);
    instants
        .filter(|instant| instant.step == DRAWN)
        .map(|instant| {
            let micros = instant.value.expect("a time");
            Duration::from_micros(u64::try_from(micros).expect("not below zero"))
        })
        .collect()
}

/// The track that downloaded each file, and its bar, in the order of the files.
fn bars(log: &RunLog) -> Vec<(&TrackLog, &LoggedSpan)> {
    let mut bars: Vec<_> = log
        .tracks()
        .iter()
        .flat_map(|track| {
            let numbers = track.instants.iter().filter(|it| it.step == FILE);
            let spans = track.spans.iter().filter(|span| span.step == DOWNLOAD);
            numbers
                .zip(spans)
                .map(move |(number, span)| (number.value, track, span))
        })
        .collect();
    bars.sort_by_key(|(number, ..)| *number);
    let numbers: Vec<_> = bars.iter().map(|(number, ..)| number.unwrap()).collect();
    assert_eq!(numbers, (1..=bars.len() as i64).collect::<Vec<_>>());
    bars.into_iter()
        .map(|(_, track, span)| (track, span))
        .collect()
}

fn length(span: &LoggedSpan) -> Duration {
    span.end.expect("all is over") - span.begin
}

/// Checks all that holds for every run.
fn check(variant: VariantId, params: &[(&str, &str)]) {
    let (summary, log) = done(variant, params);
    let (drawn, bars) = (drawn(&log), bars(&log));
    let files = demo("downloads", params).params().whole("files");
    assert_eq!(drawn.len() as u64, files, "{variant}");
    assert_eq!(bars.len() as u64, files, "{variant}");
    for (drawn, (track, span)) in drawn.iter().zip(&bars) {
        // A worker's times are rounded on their way to our clock, and none lies later than it was heard of.
        let inexact = Duration::from_micros(1) + track.info.clock_error;
        let enough = length(span) + inexact >= *drawn;
        assert!(enough, "{variant}: {drawn:?} {:?}", length(span));
        assert_eq!(track.progress_at(log.end()), Some(1.0), "{variant}");
    }
    let [total, sum, longest] = [
        "total_seconds",
        "sum_of_files_seconds",
        "longest_file_seconds",
    ]
    .map(|name| figure(&summary, name));
    let inexact: f64 = bars
        .iter()
        .map(|(track, _)| track.info.clock_error.as_secs_f64() + 1e-5)
        .sum();
    let added: f64 = drawn.iter().map(Duration::as_secs_f64).sum();
    let last = drawn.iter().max().expect("a file").as_secs_f64();
    assert_eq!(total, summary.wall.as_secs_f64());
    assert!(
        sum >= added - inexact && longest >= last - inexact,
        "{variant}"
    );
    assert!(total >= longest - inexact, "{variant}: {total} {longest}");
    if variant == "one_after_another" {
        assert!(total >= sum, "{total} {sum}");
    }
    let phases: Duration = summary.phases.iter().map(|(_, length)| *length).sum();
    assert_eq!(phases, summary.wall);
    assert_eq!(log.dropped(), 0);
}

#[test]
fn every_file_is_downloaded_once_and_takes_its_time() {
    for variant in VARIANTS {
        for (files, min, max) in [
            ("1", "0.1", "0.1"),
            ("2", "0.1", "0.3"),
            ("5", "0.1", "0.2"),
        ] {
            let params = [("files", files), ("min_seconds", min), ("max_seconds", max)];
            check(variant, &params);
        }
    }
}

#[test]
fn sixty_four_files() {
    for variant in VARIANTS {
        let params = [
            ("files", "64"),
            ("min_seconds", "0.1"),
            ("max_seconds", "0.1"),
        ];
        check(variant, &params);
    }
}

#[test]
fn at_the_same_time_they_do_not_add_up() {
    let params = [
        ("files", "6"),
        ("min_seconds", "0.6"),
        ("max_seconds", "0.6"),
    ];
    for variant in &VARIANTS[1..] {
        let (summary, log) = done(variant, &params);
        let total = figure(&summary, "total_seconds");
        assert!(total < 3.0, "{variant}: {total} of 3.6 s");
        // All begin before the first one is over.
        let bars = bars(&log);
        let begun = bars.iter().map(|(_, span)| span.begin).max();
        let over = bars.iter().filter_map(|(_, span)| span.end).min();
        assert!(begun < over, "{variant}: {begun:?} {over:?}");
    }
    let (_, log) = done("one_after_another", &params);
    for pair in bars(&log).windows(2) {
        assert!(pair[0].1.end.unwrap() <= pair[1].1.begin);
    }
}

#[test]
fn the_same_seed_gives_the_same_times_in_every_variant() {
    // The lesson's own files: they are not waited for.
    let downloads = demo("downloads", &[("files", "3")]);
    let drawn_by = |variant, seed| {
        let mut watched = Watched {
            run: start(&lab(), downloads.as_ref(), variant, seed),
            log: RunLog::default(),
        };
        watched.until(|log| drawn(log).len() == 3);
        watched.run.cancel();
        watched.finish();
        drawn(&watched.log)
    };
    let first = drawn_by("one_after_another", 1);
    for time in &first {
        assert!(
            time.subsec_nanos() == 0 && (5..=10).contains(&time.as_secs()),
            "{time:?}"
        );
    }
    for variant in VARIANTS {
        assert_eq!(drawn_by(variant, 1), first, "{variant}");
    }
    assert!((2..8).any(|seed| drawn_by("thread_each", seed) != first));
}

#[test]
fn workers_take_as_long_as_was_drawn_here() {
    let (_, log) = done(
        "process_each",
        &[
            ("files", "3"),
            ("min_seconds", "0.1"),
            ("max_seconds", "0.9"),
        ],
    );
    let told: Vec<_> = bars(&log)
        .iter()
        .map(|(track, _)| track.progress.last().expect("it was told").2)
        .collect();
    let drawn: Vec<_> = drawn(&log)
        .iter()
        .map(|time| time.as_micros() as u64)
        .collect();
    assert_eq!(told, drawn);
}

#[test]
fn each_has_the_process_or_thread_that_it_is_said_to_have() {
    let params = [
        ("files", "4"),
        ("min_seconds", "0.2"),
        ("max_seconds", "0.2"),
    ];
    let own = std::process::id();
    for (variant, processes, threads, noun) in [
        ("one_after_another", 1, 1, "run"),
        ("process_each", 4, 4, "worker"),
        ("thread_each", 1, 4, "thread"),
        ("task_struct", 1, 4, "thread"),
        ("async_tasks", 1, 1, "task"),
    ] {
        let (_, log) = done(variant, &params);
        let who: Vec<_> = bars(&log)
            .iter()
            .map(|(track, _)| track.info.clone())
            .collect();
        let pids: BTreeSet<_> = who.iter().map(|info| info.pid).collect();
        let ids: BTreeSet<_> = who.iter().map(|info| info.os_id).collect();
        assert_eq!(pids.len(), processes, "{variant}");
        assert_eq!(ids.len(), threads, "{variant}");
        assert!(who.iter().all(|info| info.name.noun == noun), "{variant}");
        let is_own = variant != "process_each";
        assert!(
            who.iter().all(|info| (info.pid == own) == is_own),
            "{variant}"
        );
        if variant == "async_tasks" {
            assert_eq!(who[0].os_id, log.tracks()[0].info.os_id);
        }
    }
}

#[test]
fn a_cancel_in_the_middle_ends_every_variant_at_once() {
    let downloads = demo("downloads", &[("files", "3")]);
    for variant in VARIANTS {
        let mut watched = Watched::start(&lab(), downloads.as_ref(), variant);
        let busy = if variant == "one_after_another" { 1 } else { 3 };
        watched.until(|log| {
            let tracks = log.tracks().iter();
            tracks.filter(|track| track.progress.len() > 1).count() >= busy
        });
        let asked = Instant::now();
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(
            matches!(outcome, Outcome::Cancelled(_)),
            "{variant}: {outcome:?}"
        );
        // The shortest file would have taken five seconds.
        assert!(asked.elapsed() < Duration::from_secs(3), "{variant}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn no_process_is_left_and_one_that_is_killed_fails_the_run() {
    use rustix::process::{Pid, Signal, kill_process, test_kill_process};
    use threadlab::lab::run::error::RunError;

    let params = [("files", "3"), ("min_seconds", "1"), ("max_seconds", "1")];
    let downloads = demo("downloads", &params);
    for kill in [false, true] {
        let mut watched = Watched::start(&lab(), downloads.as_ref(), "process_each");
        watched.until(|log| {
            let tracks = log.tracks().iter();
            tracks.filter(|track| !track.progress.is_empty()).count() == 3
        });
        let tracks = watched.log.tracks().iter();
        let pids: Vec<_> = tracks
            .filter(|track| track.info.kind == TrackKind::Process)
            .map(|track| Pid::from_raw(track.info.pid as i32).expect("not zero"))
            .collect();
        assert_eq!(pids.len(), 3);
        if kill {
            kill_process(pids[1], Signal::KILL).expect("it lives");
            let outcome = watched.finish();
            let killed = pids[1].as_raw_nonzero().get() as u32;
            let is_named = matches!(
                outcome,
                Outcome::Failed(RunError::WorkerDied { pid, .. }, _) if pid == killed
            );
            assert!(is_named, "{outcome:?}");
            let came = said(outcome.summary(), "came").and_then(|came| came.as_f64());
            assert_eq!(came, Some(2.0), "the others go on");
        } else {
            watched.run.cancel();
            watched.finish();
        }
        for pid in pids {
            assert!(test_kill_process(pid).is_err(), "{pid:?} is left");
        }
    }
}

#[test]
fn the_shortest_is_not_longer_than_the_longest() {
    let refused = demo("downloads", &[("min_seconds", "3"), ("max_seconds", "0.5")]);
    for variant in VARIANTS {
        let error = ParamError::LongerThan {
            name: "min_seconds",
            seconds: 3.0,
            limit_name: "max_seconds",
            limit: 0.5,
        };
        assert_eq!(refused.check(variant), Err(error));
        let equal = demo("downloads", &[("min_seconds", "5"), ("max_seconds", "5")]);
        assert_eq!(equal.check(variant), Ok(()));
    }
}
