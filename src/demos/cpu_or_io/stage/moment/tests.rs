use super::super::super::{COMPUTE, WAIT};
use super::*;
use crate::lab::demo::value::Value;
use crate::lab::run::{Outcome, Summary};
use crate::lab::trace::event::{
    Event, EventKind, State, Step, TrackId, TrackInfo, TrackKind, TrackName,
};

const PLAN: Plan = Plan {
    tasks: 3,
    task_millis: 10,
    most_workers: 2,
};
const COMPUTING: Square = Square::Busy { computes: true };
const WAITING: Square = Square::Busy { computes: false };

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A log in the making: the `run` track is number 0, the threads follow.
struct Told(RunLog);

impl Told {
    fn with_threads(count: usize) -> Self {
        let mut told = Self(RunLog::default());
        let names = (0..count).map(|index| TrackName::nth("thread", index));
        let names = std::iter::once(TrackName::only("run")).chain(names);
        for (track, name) in (0..).zip(names) {
            let info = TrackInfo {
                name,
                kind: TrackKind::Thread,
                pid: 1,
                os_id: None,
                clock_error: Duration::ZERO,
            };
            told.tell(0, track, EventKind::TrackOpened(Box::new(info)));
        }
        told
    }

    fn tell(&mut self, at: u64, track: u32, kind: EventKind) {
        let (at, track) = (millis(at), TrackId(track));
        self.0.push(Event { at, track, kind });
    }

    fn instant(&mut self, at: u64, track: u32, step: Step, value: i64) {
        let value = Some(value);
        self.tell(at, track, EventKind::Instant { step, value });
    }

    fn begin(&mut self, at: u64, track: u32, task: i64, step: Step) {
        let state = if step == WAIT {
            State::Sleeping
        } else {
            State::Running
        };
        self.instant(at, track, TASK, task);
        self.tell(at, track, EventKind::SpanBegun { state, step });
    }

    fn end(&mut self, at: u64, track: u32) {
        let (state, cpu) = (None, None);
        self.tell(at, track, EventKind::SpanEnded { state, cpu });
    }

    fn at(&self, now: u64) -> Moment {
        Moment::of(&self.0, &PLAN, millis(now))
    }

    fn round(&self, now: u64) -> Round {
        self.at(now).round.expect("a round")
    }
}

/// Two rounds of three tasks: one thread, which has done two of them before, then two threads.
fn two_rounds(step: Step) -> Told {
    let mut told = Told::with_threads(2);
    told.instant(1, 0, CORES, 4);
    told.instant(2, 0, ROUND, 1);
    for task in 0..3 {
        let begin = 2 + 10 * task;
        told.begin(begin, 1, task as i64, step);
        told.end(begin + 10, 1);
    }
    let point = Point::at("workers", 1u64)
        .with("wall_seconds", millis(30))
        .with("speedup", Value::Ratio(1.0));
    told.tell(33, 0, EventKind::Point(Box::new(point)));
    told.instant(34, 0, ROUND, 2);
    told.begin(34, 1, 0, step);
    told.begin(35, 2, 1, step);
    told.end(44, 1);
    told.begin(44, 1, 2, step);
    told.end(45, 2);
    told
}

#[test]
fn before_the_first_round_nothing_is_known_but_the_cores() {
    let told = two_rounds(COMPUTE);
    assert_eq!(told.at(0), Moment::default());
    let moment = told.at(1);
    assert_eq!((moment.cores, moment.round), (Some(4), None));
}

#[test]
fn squares_fill_as_tasks_are_done() {
    let told = two_rounds(COMPUTE);
    let round = told.round(15);
    assert_eq!(round.workers, 1);
    assert_eq!(round.time, millis(13));
    assert_eq!(round.squares, [Square::Done, COMPUTING, Square::Pending]);
}

#[test]
fn a_round_that_is_over_took_until_its_last_task() {
    let told = two_rounds(COMPUTE);
    let round = told.round(33);
    assert_eq!(round.squares, [Square::Done; 3]);
    assert_eq!(round.time, millis(30));
    let measured = told.at(33).measured;
    assert_eq!(measured.len(), 1);
    assert_eq!((measured[0].workers, measured[0].wall), (1, millis(30)));
}

#[test]
fn a_new_round_begins_with_an_empty_tray() {
    let told = two_rounds(WAIT);
    let round = told.round(34);
    assert_eq!(round.squares, [WAITING, Square::Pending, Square::Pending]);
    assert_eq!(round.workers, 2);
    assert_eq!(
        told.round(44).squares,
        [Square::Done, WAITING, WAITING],
        "of this round only"
    );
}

#[test]
fn a_stopped_run_stays_as_it_was() {
    let mut told = two_rounds(WAIT);
    let outcome = Outcome::Cancelled(Summary::default());
    told.tell(50, 0, EventKind::Finished(Box::new(outcome)));
    let round = told.round(9_000);
    assert_eq!(round.time, millis(16));
    assert_eq!(round.squares, [Square::Done, Square::Done, WAITING]);
}
