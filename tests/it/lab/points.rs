//! The points of a sweep, and stuck runs: partial results are kept however the run ends.

use std::time::Duration;

use threadlab::lab::demo::value::{Point, Value};
use threadlab::lab::demo::{JobOutput, Sentence};
use threadlab::lab::run::coroutines;
use threadlab::lab::run::error::RunError;
use threadlab::lab::run::{Lab, Outcome, start};
use threadlab::lab::trace::event::EventKind;
use threadlab::text::Language;

use super::Probe;
use super::events_of;
use super::outcome_of;
use crate::headless::lab;

fn point(workers: u64) -> Point {
    Point::at("workers", workers).with("speedup", workers * 2)
}

#[test]
fn points_measured_before_a_cancel_are_kept() {
    let probe = Probe::new(|ctx| {
        ctx.record_sample(point(1));
        ctx.record_sample(point(2));
        ctx.sleep(Duration::from_secs(3600))?;
        Ok(JobOutput::default())
    });
    let run = start(&lab(), &probe, "alone", 1);
    let told = |kind: &EventKind| matches!(kind, EventKind::Point(told) if **told == point(2));
    while !run
        .wait(crate::headless::LIMIT)
        .is_some_and(|event| told(&event.kind))
    {}
    run.cancel();
    match outcome_of(&run) {
        Outcome::Cancelled(summary) => assert_eq!(summary.points, [point(1), point(2)]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn where_nobody_can_go_on_the_run_says_who_waits_for_what() {
    let waits = || {
        let wait = |who: &str| {
            Sentence::new("ping_pong-stage-waits-room").with("who", Value::Word(who.to_owned()))
        };
        vec![wait("A"), wait("B")]
    };
    let probe = Probe::new(move |ctx| Err(ctx.stuck(waits(), Vec::new())));
    let expected = RunError::Stuck {
        waits: waits(),
        losses: Vec::new(),
    };
    assert_eq!(
        Language::English.run_error(&expected),
        "nobody can go on: A waits for room in the queue; B waits for room in the queue"
    );
    // Without a Stop button it fails at once.
    let run = start(&lab(), &probe, "alone", 1);
    assert!(matches!(outcome_of(&run), Outcome::Failed(error, _) if error == expected));
    // Otherwise it stays to be looked at until someone does, and has failed all the same.
    let attended = Lab {
        attended: true,
        ..lab()
    };
    let run = start(&attended, &probe, "alone", 1);
    while let Some(event) = run.wait(Duration::from_millis(200)) {
        let is_over = matches!(event.kind, EventKind::Finished(_));
        assert!(!is_over, "nobody has stopped it");
    }
    run.cancel();
    assert!(matches!(outcome_of(&run), Outcome::Failed(error, _) if error == expected));
}

#[test]
fn coroutines_end_with_their_work_or_with_the_cancel() {
    let probe = Probe::new(|ctx| {
        coroutines::run(ctx, async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Ok(JobOutput::default())
        })
    });
    assert!(matches!(
        outcome_of(&start(&lab(), &probe, "alone", 1)),
        Outcome::Done(_)
    ));
    for _ in 0..200 {
        let probe = Probe::new(|ctx| coroutines::run(ctx, std::future::pending()));
        let run = start(&lab(), &probe, "alone", 1);
        run.cancel();
        let events = events_of(&run);
        let last = events.last().map(|event| &event.kind);
        assert!(
            matches!(last, Some(EventKind::Finished(outcome)) if matches!(**outcome, Outcome::Cancelled(_))),
            "{last:?}"
        );
    }
}
