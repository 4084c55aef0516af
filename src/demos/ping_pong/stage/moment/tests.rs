//! Tests of Ping and Pong at one moment of a run.

use super::super::super::{JOIN, PAUSE, PingPong, WAIT_FOR_ROOM};
use super::Word::{Ping, Pong};
use super::*;
use crate::lab::demo::{Demo, set_param};
use crate::lab::trace::log::test_log::TestLog;

/// A run that is written event by event: lane 0 is the run's own, lanes 1 to 3 are the workers'.
struct TestRun {
    log: TestLog,
    plan: Plan,
}

const fn at(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

impl TestRun {
    fn new(variant: VariantId, params: &[(&str, &str)]) -> Self {
        let mut demo = PingPong::default();
        for (name, value) in params {
            set_param(&mut demo, name, value).unwrap();
        }
        let mut run = Self {
            log: TestLog::in_millis(),
            plan: Plan::of(&demo.params(), variant),
        };
        run.open(0, TrackName::only("run"), TrackKind::Thread);
        let workers = 2 + usize::from(run.plan.takes_at_once);
        for (lane, name) in (1..).zip(&LANES[..workers]) {
            run.open(lane, *name, TrackKind::Process);
        }
        run
    }

    fn open(&mut self, lane: u32, name: TrackName, kind: TrackKind) {
        self.log.open(1, lane, name, kind, 100 + lane);
    }

    fn at(&self, millis: u64) -> Moment {
        Moment::of(&self.log, self.plan, at(millis))
    }
}

#[test]
fn before_anything_is_there_nothing_is() {
    let run = TestRun::new("private_counters", &[]);
    assert_eq!(run.at(0), Moment::default());
    let process = |pid| Process {
        pid: Some(pid),
        ..Process::default()
    };
    assert_eq!(run.at(1).producers, [process(101), process(102)]);
}

#[test]
fn words_appear_when_they_come_and_counters_move_when_they_are_counted() {
    let mut run = TestRun::new("private_counters", &[]);
    for (millis, lane, word) in [(10, 2, PONG), (20, 1, PING), (30, 2, PONG)] {
        let counter = if millis == 30 { 2 } else { 1 };
        run.log.instant(millis, lane, PRINT, counter);
        run.log.begin_span(millis, lane, State::Sleeping, PAUSE);
        run.log.instant(millis + 2, 0, word, counter);
        run.log.end_span_as(millis + 9, lane, None);
    }
    run.log.instant(40, 0, ENDED, 2);

    let counters = |moment: &Moment| moment.producers.map(|it| it.counter);
    let moment = run.at(11);
    assert_eq!((counters(&moment), &moment.out[..]), ([0, 1], &[][..]));
    let moment = run.at(32);
    assert_eq!(counters(&moment), [1, 2]);
    assert_eq!(moment.out, [Pong, Ping, Pong]);
    assert_eq!(moment.producers.map(|it| it.words), [1, 2]);
    assert_eq!(
        moment.producers[1].doing,
        Doing::Busy(State::Sleeping, PAUSE)
    );
    assert_eq!(run.at(40).producers[1].doing, Doing::Ended);
    assert_eq!(run.at(39).producers[1].doing, Doing::Nothing);
}

#[test]
fn the_shared_counter_is_where_the_later_of_the_two_saw_it() {
    let mut run = TestRun::new("shared_counter", &[]);
    run.log.instant(10, 1, PRINT, 1);
    run.log.instant(20, 2, PRINT, 2);
    assert_eq!(
        [5, 10, 20].map(|now| run.at(now).shared_counter()),
        [0, 1, 2]
    );
}

#[test]
fn words_go_through_the_queue_and_those_who_wait_are_seen() {
    let mut run = TestRun::new("queue", &[("capacity", "2"), ("take_starts", "at_once")]);
    run.log.instant(10, 0, PUT, 1);
    run.log.instant(11, 0, PUT, 2);
    run.log.instant(12, 0, WAIT_FOR_ROOM, 1);
    run.log.begin_span(12, 1, State::Waiting, WAIT_FOR_ROOM);
    run.log.instant(20, 0, TAKE, 1);
    run.log.instant(20, 0, PUT, 1);
    run.log.end_span_as(21, 1, None);
    run.log.instant(30, 0, FULL, 2);
    run.log.instant(31, 0, EMPTY, 0);

    let full = run.at(15);
    assert_eq!(full.queue, [Ping, Pong]);
    assert_eq!(full.producers.map(|it| it.waits_for_room), [true, false]);
    assert_eq!(
        full.producers[0].doing,
        Doing::Busy(State::Waiting, WAIT_FOR_ROOM)
    );
    assert_eq!(full.taker.pid, Some(103));
    let later = run.at(31);
    assert_eq!(later.queue, [Pong, Ping]);
    assert_eq!(later.out, [Ping]);
    assert_eq!(
        (later.put(), later.refused, later.empty),
        (3, vec![Pong], 1)
    );
    assert_eq!(later.taker.words, 1);
    assert_eq!(later.producers.map(|it| it.waits_for_room), [false; 2]);
}

#[test]
fn who_waits_for_room_is_what_the_queue_says_however_late_the_lanes_come() {
    let mut run = TestRun::new("queue", &[("capacity", "1")]);
    run.log.instant(10, 0, PUT, 1);
    run.log.begin_span(10, 1, State::Holding, PUT);
    run.log.instant(11, 0, WAIT_FOR_ROOM, 2);
    run.log.instant(12, 0, WAIT_FOR_ROOM, 1);
    run.log.instant(12, 0, STUCK, 0);
    // Ping's lane is still at its put, and Pong's has no events at all.
    let stuck = run.at(12);
    assert!(stuck.stuck);
    for producer in stuck.producers {
        assert!(producer.waits_for_room);
        assert_eq!(producer.doing, Doing::Busy(State::Waiting, WAIT_FOR_ROOM));
    }

    let mut run = TestRun::new("queue", &[("capacity", "1"), ("take_starts", "at_once")]);
    run.log.begin_span(10, 1, State::Waiting, WAIT_FOR_ROOM);
    run.log.begin_span(10, 2, State::Waiting, WAIT_FOR_ROOM);
    run.log.instant(10, 0, WAIT_FOR_ROOM, 1);
    run.log.instant(10, 0, WAIT_FOR_ROOM, 2);
    run.log.instant(11, 0, PUT, 1);
    run.log.instant(12, 0, FULL, 2);
    let waits = |millis| run.at(millis).producers.map(|it| it.waits_for_room);
    // The lanes still wait, because the answers are on their way to them.
    assert_eq!(
        [10, 11, 12].map(waits),
        [[true, true], [false, true], [false, false]]
    );
}

#[test]
fn the_run_itself_takes_where_taking_starts_after_the_puts() {
    let mut run = TestRun::new("queue", &[("capacity", "1")]);
    run.log.begin_span(2, 0, State::Waiting, JOIN);
    run.log.instant(10, 0, PUT, 1);
    run.log.instant(11, 0, WAIT_FOR_ROOM, 1);
    run.log.instant(12, 0, STUCK, 0);
    let moment = run.at(11);
    assert_eq!(moment.taker.pid, Some(100));
    assert_eq!(moment.taker.doing, Doing::Busy(State::Waiting, JOIN));
    assert!(!moment.stuck);
    assert!(run.at(12).stuck);
}

#[test]
fn slots_are_as_many_as_can_be_filled() {
    let slots = |capacity| {
        TestRun::new("queue", &[("capacity", capacity)])
            .plan
            .slots()
    };
    assert_eq!(["0", "5", "14", "500"].map(slots), [14, 5, 14, 14]);
}
