use super::super::super::{JOIN, PAUSE, PingPong, ROOM};
use super::Word::{Ping, Pong};
use super::*;
use crate::lab::demo::{Demo, set_param};
use crate::lab::trace::event::{Event, EventKind, TrackId, TrackInfo};

/// A run that is told event by event: lane 0 is the run's own, lanes 1 to 3 are the workers'.
struct Told {
    log: RunLog,
    plan: Plan,
}

const fn at(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

impl Told {
    fn new(variant: VariantId, params: &[(&str, &str)]) -> Self {
        let mut demo = PingPong::default();
        for (name, value) in params {
            set_param(&mut demo, name, value).unwrap();
        }
        let mut told = Self {
            log: RunLog::default(),
            plan: Plan::of(&demo.params(), variant),
        };
        told.open(0, TrackName::only("run"), TrackKind::Thread);
        for worker in 0..2 + usize::from(told.plan.takes_at_once) {
            let lane = worker as u32 + 1;
            told.open(lane, TrackName::nth("worker", worker), TrackKind::Process);
        }
        told
    }

    fn open(&mut self, lane: u32, name: TrackName, kind: TrackKind) {
        let info = TrackInfo {
            name,
            kind,
            pid: 100 + lane,
            os_id: None,
            clock_error: Duration::ZERO,
        };
        self.push(1, lane, EventKind::TrackOpened(Box::new(info)));
    }

    fn push(&mut self, millis: u64, lane: u32, kind: EventKind) {
        self.log.push(Event {
            at: at(millis),
            track: TrackId(lane),
            kind,
        });
    }

    fn instant(&mut self, millis: u64, lane: u32, step: Step, value: i64) {
        let value = Some(value);
        self.push(millis, lane, EventKind::Instant { step, value });
    }

    fn begin(&mut self, millis: u64, lane: u32, state: State, step: Step) {
        self.push(millis, lane, EventKind::SpanBegun { state, step });
    }

    fn end(&mut self, millis: u64, lane: u32, state: Option<State>) {
        self.push(millis, lane, EventKind::SpanEnded { state, cpu: None });
    }

    fn at(&self, millis: u64) -> Moment {
        Moment::of(&self.log, self.plan, at(millis))
    }
}

#[test]
fn before_anything_is_there_nothing_is() {
    let told = Told::new("private_counters", &[]);
    assert_eq!(told.at(0), Moment::default());
    let process = |pid| Process {
        pid: Some(pid),
        ..Process::default()
    };
    assert_eq!(told.at(1).producers, [process(101), process(102)]);
}

#[test]
fn words_appear_when_they_come_and_counters_move_when_they_are_counted() {
    let mut told = Told::new("private_counters", &[]);
    for (millis, lane, word) in [(10, 2, PONG), (20, 1, PING), (30, 2, PONG)] {
        let counter = if millis == 30 { 2 } else { 1 };
        told.instant(millis, lane, PRINT, counter);
        told.begin(millis, lane, State::Sleeping, PAUSE);
        told.instant(millis + 2, 0, word, counter);
        told.end(millis + 9, lane, None);
    }
    told.instant(40, 0, ENDED, 2);

    let counters = |moment: &Moment| moment.producers.map(|it| it.counter);
    let moment = told.at(11);
    assert_eq!((counters(&moment), &moment.out[..]), ([0, 1], &[][..]));
    let moment = told.at(32);
    assert_eq!(counters(&moment), [1, 2]);
    assert_eq!(moment.out, [Pong, Ping, Pong]);
    assert_eq!(moment.producers.map(|it| it.words), [1, 2]);
    assert_eq!(
        moment.producers[1].doing,
        Doing::Busy(State::Sleeping, PAUSE)
    );
    assert_eq!(told.at(40).producers[1].doing, Doing::Ended);
    assert_eq!(told.at(39).producers[1].doing, Doing::Nothing);
}

#[test]
fn the_shared_counter_is_where_the_later_of_the_two_saw_it() {
    let mut told = Told::new("shared_counter", &[]);
    told.instant(10, 1, PRINT, 1);
    told.instant(20, 2, PRINT, 2);
    assert_eq!(
        [5, 10, 20].map(|now| told.at(now).shared_counter()),
        [0, 1, 2]
    );
}

#[test]
fn words_go_through_the_queue_and_those_who_wait_are_seen() {
    let mut told = Told::new("queue", &[("capacity", "2"), ("take_starts", "at_once")]);
    told.instant(10, 0, PUT, 1);
    told.instant(11, 0, PUT, 2);
    told.instant(12, 0, ROOM, 1);
    told.begin(12, 1, State::Waiting, ROOM);
    told.instant(20, 0, TAKE, 1);
    told.instant(20, 0, PUT, 1);
    told.end(21, 1, None);
    told.instant(30, 0, FULL, 2);
    told.instant(31, 0, EMPTY, 0);

    let full = told.at(15);
    assert_eq!(full.queue, [Ping, Pong]);
    assert_eq!(full.producers.map(|it| it.waits_for_room), [true, false]);
    assert_eq!(full.producers[0].doing, Doing::Busy(State::Waiting, ROOM));
    assert_eq!(full.taker.pid, Some(103));
    let later = told.at(31);
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
    let mut told = Told::new("queue", &[("capacity", "1")]);
    told.instant(10, 0, PUT, 1);
    told.begin(10, 1, State::Holding, PUT);
    told.instant(11, 0, ROOM, 2);
    told.instant(12, 0, ROOM, 1);
    told.instant(12, 0, STUCK, 0);
    // Ping's lane is still at its put, Pong's has said nothing at all.
    let stuck = told.at(12);
    assert!(stuck.stuck);
    for producer in stuck.producers {
        assert!(producer.waits_for_room);
        assert_eq!(producer.doing, Doing::Busy(State::Waiting, ROOM));
    }

    let mut told = Told::new("queue", &[("capacity", "1"), ("take_starts", "at_once")]);
    told.begin(10, 1, State::Waiting, ROOM);
    told.begin(10, 2, State::Waiting, ROOM);
    told.instant(10, 0, ROOM, 1);
    told.instant(10, 0, ROOM, 2);
    told.instant(11, 0, PUT, 1);
    told.instant(12, 0, FULL, 2);
    let waits = |millis| told.at(millis).producers.map(|it| it.waits_for_room);
    // The lanes still wait: the answers are on their way to them.
    assert_eq!(
        [10, 11, 12].map(waits),
        [[true, true], [false, true], [false, false]]
    );
}

#[test]
fn the_run_itself_takes_where_taking_starts_after_the_puts() {
    let mut told = Told::new("queue", &[("capacity", "1")]);
    told.begin(2, 0, State::Waiting, JOIN);
    told.instant(10, 0, PUT, 1);
    told.instant(11, 0, ROOM, 1);
    told.instant(12, 0, STUCK, 0);
    let moment = told.at(11);
    assert_eq!(moment.taker.pid, Some(100));
    assert_eq!(moment.taker.doing, Doing::Busy(State::Waiting, JOIN));
    assert!(!moment.stuck);
    assert!(told.at(12).stuck);
}

#[test]
fn slots_are_as_many_as_can_be_filled() {
    let slots = |capacity| Told::new("queue", &[("capacity", capacity)]).plan.slots();
    assert_eq!(["0", "5", "14", "500"].map(slots), [14, 5, 14, 14]);
}
