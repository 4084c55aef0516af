//! Tests of the sum at one moment of a run.

use super::*;
use crate::demos::sum::Sum;
use crate::lab::demo::value::Value;
use crate::lab::demo::{Demo, set_param};
use crate::lab::run::{Outcome, Summary};
use crate::lab::trace::event::{Event, EventKind};
use crate::lab::trace::log::test_log::{events_of_run, log_of};

/// All events of a real run, and the run's plan.
fn run(variant: VariantId, params: &[(&str, &str)]) -> (Vec<Event>, Plan) {
    let mut sum = Sum::default();
    for (name, value) in params {
        set_param(&mut sum, name, value).unwrap();
    }
    let events = events_of_run(&sum, variant, 1);
    (events, Plan::of(&sum.params(), variant))
}

fn summary(log: &RunLog) -> &Summary {
    match log.finished() {
        Some((_, Outcome::Done(summary))) => summary,
        other => panic!("{other:?}"),
    }
}

/// The beginning of the part that was begun last.
fn last_part(events: &[Event]) -> EventKind {
    let begins = events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Instant { step: PART, .. }));
    begins.max_by_key(|event| event.at).unwrap().kind.clone()
}

const RUNS: [(VariantId, &[(&str, &str)]); 4] = [
    ("alone", &[("numbers", "3000000"), ("numbers_from", "list")]),
    ("threads", &[("numbers", "3000000"), ("workers", "3")]),
    (
        "threads",
        &[("numbers", "3000000"), ("workers", "3"), ("pool", "20")],
    ),
    ("threads", &[("numbers", "5"), ("workers", "40")]),
];

#[test]
fn at_the_end_everything_is_added_and_the_clocks_show_what_was_measured() {
    for (variant, params) in RUNS {
        let (events, plan) = run(variant, params);
        let log = log_of(&events);
        let end = Moment::of(&log, plan, log.end());
        let summary = summary(&log);
        assert_eq!(
            summary.measure("total"),
            Some(&Value::Count(end.total as i128))
        );
        assert_eq!(end.parts_added, plan.parts);
        assert_eq!(end.ribbon, Ribbon::Torn(plan.parts));
        assert_eq!((end.ours, end.phase), (summary.wall, None));
        let lesson = Value::from(end.lesson().unwrap());
        assert_eq!(summary.measure("tutorial_stopwatch_seconds"), Some(&lesson));
    }
}

#[test]
fn what_happens_later_is_not_shown_earlier() {
    for (variant, params) in RUNS {
        let (events, plan) = run(variant, params);
        let log = log_of(&events);
        let mut before = Moment::of(&log, plan, Duration::ZERO);
        assert_eq!(
            (before.total, before.lesson(), before.ours),
            Default::default()
        );
        let mut times: Vec<Duration> = events.iter().map(|event| event.at).collect();
        times.sort_unstable();
        for now in times {
            let moment = Moment::of(&log, plan, now);
            let of_workers: u128 = moment.workers.iter().filter_map(|worker| worker.sum).sum();
            assert_eq!(moment.total, of_workers);
            assert!(moment.total >= before.total && moment.ours >= before.ours);
            assert!(moment.parts_added <= plan.parts);
            assert_eq!(
                moment.missed() + moment.lesson().unwrap_or_default(),
                moment.ours
            );
            before = moment;
        }
    }
}

#[test]
fn while_the_run_goes_on_its_tracks_tell_when_the_lessons_clock_starts() {
    let (mut events, plan) = run("threads", &[("numbers", "3000000"), ("workers", "3")]);
    events.pop();
    let running = log_of(&events);
    let told = Moment::of(&running, plan, running.end());
    let last_sum = worker_tracks(&running, plan)
        .flat_map(|(_, track)| sums(track, Duration::MAX))
        .map(|(at, _)| at)
        .max();
    assert!(told.lesson_starts.is_some() && told.lesson_starts < last_sum);
    let all_but_one = events
        .iter()
        .filter(|event| event.kind != last_part(&events));
    let unfinished = log_of(&all_but_one.cloned().collect::<Vec<_>>());
    assert_eq!(
        Moment::of(&unfinished, plan, unfinished.end()).lesson_starts,
        None
    );
    assert_eq!(told.parts_added, 3);
}

#[test]
fn the_last_progress_of_a_part_is_not_the_first_of_the_next() {
    let (events, plan) = run(
        "threads",
        &[("numbers", "3000000"), ("workers", "1"), ("pool", "4")],
    );
    let log = log_of(&events);
    let (_, track) = worker_tracks(&log, plan).next().unwrap();
    let begins = track.instants.iter().filter(|told| told.step == PART);
    let done: Vec<_> = begins.map(|told| Worker::of(track, told.at).done).collect();
    assert_eq!(done, [Some(0.0); 4]);
}
