//! The sum is right whichever way it is computed, and its phases add up.

use std::time::Duration;

use threadlab::demos::sum::{self, split};
use threadlab::lab::demo::param::ParamError;
use threadlab::lab::demo::value::Value;
use threadlab::lab::run::Outcome;

use crate::headless::{demo, lab, run};

fn formula(numbers: u64) -> i128 {
    i128::from(numbers) * (i128::from(numbers) + 1) / 2
}

/// Runs, and checks everything that holds for every run that is done.
fn check(params: &[(&str, &str)], variant: &'static str) {
    let demo = demo("sum", params);
    let numbers = demo.params().whole("numbers");
    let (outcome, log) = run(&lab(), demo.as_ref(), variant);
    let Outcome::Done(summary) = &outcome else {
        panic!("{variant} {params:?}: {outcome:?}")
    };
    assert_eq!(
        summary.measure("total"),
        Some(&Value::Count(formula(numbers))),
        "{variant} {params:?}"
    );

    let names: Vec<_> = summary.phases.iter().map(|(step, _)| step.name()).collect();
    assert_eq!(
        names,
        ["prepare", "spawn", "hand_over", "compute", "collect"],
        "{variant} {params:?}"
    );
    let lengths = || summary.phases.iter().map(|(_, length)| *length);
    assert_eq!(lengths().sum::<Duration>(), summary.wall);
    let lesson = lengths().skip(3).sum::<Duration>();
    assert_eq!(
        summary.measure("tutorial_stopwatch_seconds"),
        Some(&Value::from(lesson))
    );

    // The parts on the tracks add up to the same answer.
    let told: u128 = log
        .tracks()
        .iter()
        .flat_map(|track| sum::sums(track, log.end()))
        .map(|(_, sum)| sum)
        .sum();
    assert_eq!(told as i128, formula(numbers), "{variant} {params:?}");
    assert_eq!(log.dropped(), 0);
}

#[test]
fn right_for_any_number_of_workers_and_parts() {
    for variant in ["alone", "threads", "processes"] {
        for (numbers, workers, pool) in [
            ("1000003", "1", "0"),
            ("1000003", "2", "0"),
            ("1000003", "7", "0"),
            ("3000000", "8", "0"),
            // More workers than numbers: some parts are empty.
            ("5", "8", "0"),
            ("1", "3", "0"),
            // A pool; one smaller than the team; one larger than the numbers.
            ("1000003", "3", "20"),
            ("1000003", "8", "3"),
            ("10", "3", "64"),
        ] {
            let params = [("numbers", numbers), ("workers", workers), ("pool", pool)];
            check(&params, variant);
        }
    }
}

#[test]
fn right_for_every_way_to_get_the_numbers() {
    for variant in ["alone", "threads", "processes"] {
        for numbers_from in ["generated", "list"] {
            for hand_over in ["range", "shared_memory", "pipe"] {
                for (numbers, workers, pool) in
                    [("300001", "4", "0"), ("3", "8", "0"), ("300001", "2", "9")]
                {
                    let params = [
                        ("numbers", numbers),
                        ("workers", workers),
                        ("pool", pool),
                        ("numbers_from", numbers_from),
                        ("hand_over", hand_over),
                    ];
                    check(&params, variant);
                }
            }
        }
    }
}

#[test]
fn every_variant_makes_numbers_in_memory_in_the_same_phase() {
    for (numbers_from, hand_over) in [
        ("generated", "range"),
        ("list", "range"),
        ("generated", "shared_memory"),
        ("generated", "pipe"),
    ] {
        let params = [
            ("numbers", "3000000"),
            ("workers", "2"),
            ("numbers_from", numbers_from),
            ("hand_over", hand_over),
        ];
        let demo = demo("sum", &params);
        for variant in ["alone", "threads", "processes"] {
            let (outcome, log) = run(&lab(), demo.as_ref(), variant);
            let spans = log.tracks().iter().flat_map(|track| &track.spans);
            let making: Vec<Duration> = spans
                .filter(|span| span.step == sum::PREPARE)
                .filter_map(|span| Some(span.end? - span.begin))
                .collect();
            let what = format!("{variant} {numbers_from} {hand_over}");
            let in_memory = (numbers_from, hand_over) != ("generated", "range");
            assert_eq!(!making.is_empty(), in_memory, "{what}");
            let phases = &outcome.summary().phases;
            let (step, prepare) = phases[0];
            assert_eq!((step, phases.len()), (sum::PREPARE, 5), "{what}");
            // Where two make them, one may have begun before the other got its part.
            let shortest = making.into_iter().min().unwrap_or_default();
            assert!(
                prepare >= shortest / 4,
                "{what}: {prepare:?} of {shortest:?}"
            );
        }
    }
}

#[test]
fn every_part_is_told_once_and_adds_what_is_in_it() {
    let demo = demo(
        "sum",
        &[("numbers", "100000"), ("workers", "3"), ("pool", "11")],
    );
    let parts = split(100_000, 11);
    for variant in ["threads", "processes"] {
        let (_, log) = run(&lab(), demo.as_ref(), variant);
        let mut told = vec![None; parts.len()];
        for track in log.tracks() {
            let begun = track.instants.iter().filter(|it| it.step == sum::PART);
            let sums = sum::sums(track, log.end()).map(|(_, sum)| sum);
            for (part, sum) in begun.zip(sums) {
                let place = &mut told[part.value.expect("an index") as usize];
                assert_eq!(place.replace(sum), None, "{variant}");
            }
        }
        let expected = parts
            .iter()
            .map(|part| Some(part.range.clone().map(u128::from).sum::<u128>()));
        assert!(told.into_iter().eq(expected), "{variant}");
    }
}

#[test]
fn the_lanes_show_who_added() {
    let demo = demo("sum", &[("numbers", "30000000"), ("workers", "3")]);
    for (variant, lanes) in [("alone", 1), ("threads", 4), ("processes", 4)] {
        let (_, log) = run(&lab(), demo.as_ref(), variant);
        let adding: Vec<_> = log
            .tracks()
            .iter()
            .filter(|track| track.spans.iter().any(|span| span.step == sum::ADD))
            .collect();
        assert_eq!(log.tracks().len(), lanes, "{variant}");
        assert_eq!(adding.len(), lanes.max(2) - 1, "{variant}");
        for track in adding {
            assert_eq!(track.progress_at(Duration::ZERO), None);
            assert_eq!(track.progress_at(log.end()), Some(1.0));
            // Reported often enough to be seen filling.
            assert!(track.progress.len() > 30, "{variant}");
            assert!(track.spans.iter().all(|span| span.end.is_some()));
        }
    }
}

#[test]
fn a_worker_begins_after_its_part_was_sent() {
    let demo = demo("sum", &[("numbers", "100000"), ("workers", "4")]);
    let (_, log) = run(&lab(), demo.as_ref(), "processes");
    let (run, workers) = log.tracks().split_first().expect("tracks");
    // The first of these spans gets the memory ready, then comes one for each part.
    let sent = run
        .spans
        .iter()
        .filter(|span| span.step == sum::HAND_OVER)
        .skip(1);
    for (sent, worker) in sent.zip(workers) {
        let began = worker.spans.first().expect("it added").begin;
        assert!(began + worker.info.clock_error >= sent.begin);
        assert!(began <= log.end());
    }
}

#[test]
fn a_list_that_does_not_fit_is_refused_before_it_is_made() {
    // 80 GB, more than a machine of today has free in a classroom.
    let huge = [("numbers", "10000000000"), ("numbers_from", "list")];
    let free = threadlab::lab::machine::available_memory().expect("the system tells");
    assert!(
        free < 80_000_000_000,
        "this machine is too large for this test"
    );
    for variant in ["alone", "threads", "processes"] {
        let refused = demo("sum", &huge).check(variant);
        assert!(
            matches!(
                refused,
                Err(ParamError::TooMuchMemory {
                    name: "numbers",
                    needed: 80_000_000_000,
                    ..
                })
            ),
            "{variant}: {refused:?}"
        );
    }
    // The same numbers without a list are no question of memory.
    assert_eq!(demo("sum", &huge[..1]).check("processes"), Ok(()));
}
