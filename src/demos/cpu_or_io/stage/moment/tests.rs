//! Tests of the tasks at one moment of a run.

use super::super::super::{COMPUTE, WAIT};
use super::*;
use crate::lab::demo::value::Value;
use crate::lab::run::{Outcome, Summary};
use crate::lab::trace::event::{EventKind, State, Step, TrackName};
use crate::lab::trace::log::test_log::TestLog;

const PLAN: Plan = Plan {
    tasks: 3,
    task_millis: 10,
};
const COMPUTING: Square = Square::Busy { computes: true };
const WAITING: Square = Square::Busy { computes: false };

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn moment_at(log: &RunLog, now: u64) -> Moment {
    Moment::of(log, &PLAN, millis(now))
}

fn round_at(log: &RunLog, now: u64) -> Round {
    moment_at(log, now).round.expect("a round")
}

/// Two rounds of three tasks: the first with one thread, the second with two. The first thread had done two tasks
/// before.
fn two_rounds(step: Step) -> TestLog {
    let threads = (0..2).map(|index| TrackName::nth("thread", index));
    let mut log = TestLog::of_threads([TrackName::only("run")].into_iter().chain(threads));
    let state = match step {
        WAIT => State::Sleeping,
        _ => State::Running,
    };
    let begin = |log: &mut TestLog, at, track, task| {
        log.instant(at, track, TASK, task);
        log.begin_span(at, track, state, step);
    };
    log.instant(1, 0, CORES, 4);
    log.instant(2, 0, ROUND, 1);
    for task in 0..3 {
        let at = 2 + 10 * task;
        begin(&mut log, at, 1, task as i64);
        log.end_span(at + 10, 1);
    }
    let point = Point::at("workers", 1u64)
        .with("wall_seconds", millis(30))
        .with("speedup", Value::Ratio(1.0));
    log.push(33, 0, EventKind::Point(Box::new(point)));
    log.instant(34, 0, ROUND, 2);
    begin(&mut log, 34, 1, 0);
    begin(&mut log, 35, 2, 1);
    log.end_span(44, 1);
    begin(&mut log, 44, 1, 2);
    log.end_span(45, 2);
    log
}

#[test]
fn before_the_first_round_nothing_is_known_but_the_cores() {
    let log = two_rounds(COMPUTE);
    assert_eq!(moment_at(&log, 0), Moment::default());
    let moment = moment_at(&log, 1);
    assert_eq!((moment.cores, moment.round), (Some(4), None));
}

#[test]
fn squares_fill_as_tasks_are_done() {
    let log = two_rounds(COMPUTE);
    let round = round_at(&log, 15);
    assert_eq!(round.workers, 1);
    assert_eq!(round.time, millis(13));
    assert_eq!(round.squares, [Square::Done, COMPUTING, Square::Pending]);
}

#[test]
fn a_round_that_is_over_took_until_its_last_task() {
    let log = two_rounds(COMPUTE);
    let round = round_at(&log, 33);
    assert_eq!(round.squares, [Square::Done; 3]);
    assert_eq!(round.time, millis(30));
    let measured = moment_at(&log, 33).measured;
    assert_eq!(measured.len(), 1);
    assert_eq!((measured[0].workers, measured[0].wall), (1, millis(30)));
}

#[test]
fn a_new_round_begins_with_an_empty_tray() {
    let log = two_rounds(WAIT);
    let round = round_at(&log, 34);
    assert_eq!(round.squares, [WAITING, Square::Pending, Square::Pending]);
    assert_eq!(round.workers, 2);
    assert_eq!(
        round_at(&log, 44).squares,
        [Square::Done, WAITING, WAITING],
        "of this round only"
    );
}

#[test]
fn a_stopped_run_stays_as_it_was() {
    let mut log = two_rounds(WAIT);
    let outcome = Outcome::Cancelled(Summary::default());
    log.push(50, 0, EventKind::Finished(Box::new(outcome)));
    let round = round_at(&log, 9_000);
    assert_eq!(round.time, millis(16));
    assert_eq!(round.squares, [Square::Done, Square::Done, WAITING]);
}
