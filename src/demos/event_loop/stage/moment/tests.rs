//! Tests of the connections at one moment of a run.

use super::*;
use crate::demos::event_loop::SERVER_TRACK;
use crate::lab::demo::{Demo, set_param};
use crate::lab::trace::event::{TrackKind, TrackName};
use crate::lab::trace::log::test_log::TestLog;

/// The log of a run with its processes, the server first.
fn opened(workers: usize) -> TestLog {
    let mut log = TestLog::in_millis();
    log.open(0, 0, TrackName::only("run"), TrackKind::Thread, 100);
    let clients = (0..workers - 1).map(|index| TrackName::nth(CLIENT_TRACK, index));
    let names = [TrackName::only(SERVER_TRACK)].into_iter().chain(clients);
    for (name, id) in names.zip(1..) {
        log.open(0, id, name, TrackKind::Process, 100 + id);
    }
    log.instant(0, 0, PROCESSES, workers as i64 - 1);
    log
}

fn moment_at(log: &RunLog, plan: Plan, millis: u64) -> Moment {
    Moment::of(
        log,
        plan.with_processes_of(log),
        Duration::from_millis(millis),
    )
}

fn plan(variant: VariantId, connections: &str) -> Plan {
    let mut demo = super::super::super::EventLoop::default();
    set_param(&mut demo, "connections", connections).unwrap();
    Plan::of(&demo.params(), variant)
}

#[test]
fn a_ring_goes_from_closed_to_handled() {
    let mut log = opened(2);
    log.begin_span(10, 0, State::Waiting, WAIT);
    log.instant(11, 2, ASKED, 1);
    log.instant(20, 2, ARRIVED, 1);
    log.instant(30, 2, HANDLED, 1);
    log.end_span(30, 0);
    let plan = plan("one_thread_async", "2");
    let rings =
        [10, 11, 19, 20, 30].map(|millis| moment_at(&log, plan, millis).processes[0].rings[1]);
    use Ring::*;
    assert_eq!(rings, [Closed, Asked, Asked, Arrived, Handled]);
    let moment = moment_at(&log, plan, 40);
    assert_eq!((moment.count(Closed), moment.count(Handled)), (1, 1));
    let clocks = [9, 10, 25, 40].map(|millis| moment_at(&log, plan, millis).clock);
    let millis = |millis| Some(Duration::from_millis(millis));
    assert_eq!(clocks, [None, millis(0), millis(15), millis(20)]);
}

#[test]
fn each_process_has_its_share_and_the_figures_are_added_up() {
    let mut log = opened(4);
    for (track, number) in [(2, 0), (3, 3), (4, 9)] {
        log.instant(5, track, ASKED, number);
        log.instant(6, track, THREADS, 2);
        log.instant(6, track, BYTES, 1000);
        log.instant(7, track, BYTES, 1500);
    }
    // The number of another process's connection changes nothing.
    log.instant(8, 2, HANDLED, 9);
    let moment = moment_at(&log, plan("process_per_core_async", "10"), 10);
    let asked: Vec<_> = moment
        .processes
        .iter()
        .map(|process| process.rings.iter().position(|ring| *ring == Ring::Asked))
        .collect();
    assert_eq!(asked, [Some(0), Some(0), Some(3)]);
    let lengths: Vec<_> = moment.processes.iter().map(|it| it.rings.len()).collect();
    assert_eq!(lengths, [3, 3, 4]);
    assert_eq!((moment.threads, moment.bytes), (Some(6), Some(4500)));
    let early = moment_at(&log, plan("process_per_core_async", "10"), 5);
    assert_eq!((early.threads, early.bytes), (None, None));
    assert_eq!(moment.processes[2].pid, Some(104));
}

#[test]
fn the_loop_works_or_rests() {
    let mut log = opened(2);
    log.begin_span(1, 2, State::Running, WAIT);
    log.end_span(5, 2);
    log.begin_span(5, 2, State::Sleeping, WAIT);
    let plan = plan("one_thread_async", "3");
    let works = [0, 1, 6].map(|millis| moment_at(&log, plan, millis).processes[0].works);
    assert_eq!(works, [false, true, false]);
}

#[test]
fn a_picture_before_the_click_and_one_of_an_empty_log_are_the_same() {
    for variant in ["one_at_a_time", "thread_each", "one_thread_async"] {
        let plan = plan(variant, "7");
        let empty = Moment::of(&RunLog::default(), plan, Duration::ZERO);
        assert_eq!(empty, Moment::before(plan));
        assert_eq!(empty.count(Ring::Closed), 7);
    }
}
