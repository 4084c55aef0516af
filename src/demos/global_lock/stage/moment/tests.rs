//! Tests of the counting threads at one moment of a run.

use super::*;
use crate::lab::run::Summary;
use crate::lab::trace::event::{EventKind, TrackKind, TrackName};
use crate::lab::trace::log::test_log::TestLog;

const PLAN: Plan = Plan {
    threads: 2,
    seconds: 1.0,
    cores: 2,
};

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn open(log: &mut TestLog, at: u64, track: u32, name: TrackName, pid: u32) {
    log.open(at, track, name, TrackKind::Thread, pid);
}

/// Adds the events of a process `pid` from `begin` on: one thread does 1000 loops alone, then two together do 900 and
/// 600.
fn counted(log: &mut TestLog, conductor: TrackName, pid: u32, first: u32, begin: u64) {
    let [conducts, alone, one, two] = [first, first + 1, first + 2, first + 3];
    open(log, begin, conducts, conductor, pid);
    open(log, begin, alone, TrackName::only("thread"), pid);
    log.span(begin, begin + 1000, conducts, State::Sleeping, ALONE);
    log.instant(begin, alone, LOOPS, 0);
    log.instant(begin + 1000, alone, LOOPS, 1000);
    let together = begin + 1000;
    log.span(
        together,
        together + 1000,
        conducts,
        State::Sleeping,
        TOGETHER,
    );
    open(log, together, one, TrackName::nth("thread", 0), pid);
    open(log, together, two, TrackName::nth("thread", 1), pid);
    let step = super::super::super::COUNT;
    log.span(together, together + 1000, one, State::Holding, step);
    log.span(together, together + 1000, two, State::Waiting, step);
    for (track, half, whole) in [(one, 500, 900), (two, 250, 600)] {
        log.instant(together, track, LOOPS, 0);
        log.instant(together + 500, track, LOOPS, half);
        log.instant(together + 1000, track, LOOPS, whole);
    }
}

fn at(log: &TestLog, now: u64) -> Tower {
    let mut towers = Moment::of(log, "global_lock", PLAN, millis(now)).towers;
    assert_eq!(towers.len(), 1);
    towers.remove(0)
}

fn near(found: f32, expected: f32) -> bool {
    (found - expected).abs() < 1e-4
}

#[test]
fn the_line_rises_first_and_then_the_tower_is_measured_by_it() {
    let mut log = TestLog::in_millis();
    counted(&mut log, TrackName::only("run"), 1, 0, 0);
    let before = at(&log, 0);
    assert_eq!((before.alone, before.blocks.len()), (0.0, 0));
    let alone = at(&log, 250);
    assert_eq!((alone.alone, alone.blocks.len()), (0.25, 0));
    assert_eq!(alone.pace, None);

    // The last report came after half of the time.
    let half = at(&log, 1700);
    assert_eq!(half.alone, 1.0);
    assert!(near(half.blocks[0].height, 0.5) && near(half.blocks[1].height, 0.25));
    assert!(near(half.blocks[0].share, 1.0) && near(half.blocks[1].share, 0.5));
    assert!(near(half.pace.unwrap() as f32, 1.5), "{:?}", half.pace);

    let end = at(&log, 3000);
    assert!(near(end.height(), 1.5), "{}", end.height());
    assert!(near(end.pace.unwrap() as f32, 1.5));
    // The thread that had the key at the end still has it in the picture.
    let states: Vec<_> = end.blocks.iter().map(|block| block.state).collect();
    assert_eq!(states, [State::Holding, State::Waiting]);
}

#[test]
fn each_interpreter_has_a_tower_of_its_own() {
    let mut log = TestLog::in_millis();
    open(&mut log, 0, 0, TrackName::only("run"), 1);
    counted(&mut log, TrackName::nth("python", 0), 70, 1, 10);
    counted(&mut log, TrackName::nth("python", 1), 71, 5, 2100);
    log.instant(10, 1, VERSION, 3_011_002);
    log.instant(10, 1, GIL, 1);
    log.instant(2100, 5, VERSION, 3_013_001);
    log.instant(2100, 5, GIL, 0);
    let moment = |now| Moment::of(&log, "cpython", PLAN, millis(now));
    assert_eq!(moment(5).towers, []);
    assert_eq!(moment(5).progress(), Progress::Before);
    assert_eq!(moment(500).progress(), Progress::Alone);
    let version = 3_011_002;
    let first = Python { version, gil: true };
    assert_eq!(moment(1500).python(), Some(first));
    assert_eq!(moment(1500).towers.len(), 1);

    let both = moment(9000);
    let version = 3_013_001;
    let second = Python {
        version,
        gil: false,
    };
    assert_eq!(both.python(), Some(second));
    let heights: Vec<_> = both.towers.iter().map(Tower::height).collect();
    assert!(
        near(heights[0], 1.5) && near(heights[1], 1.5),
        "{heights:?}"
    );
}

#[test]
fn of_several_interpreters_the_first_has_the_figure_of_the_run() {
    let point = |version: &str, gil: u64, speedup| {
        Point::at("python", Value::Word(version.to_owned()))
            .with("gil", gil)
            .with("speedup", Value::Ratio(speedup))
    };
    let summary = Summary {
        measures: vec![("speedup", Value::Ratio(0.75))],
        points: vec![point("3.11.2", 1, 0.75), point("3.13.1t", 0, 1.5)],
        ..Summary::default()
    };
    let mut log = TestLog::in_millis();
    let done = Outcome::Done(summary.clone());
    log.push(4200, 0, EventKind::Finished(Box::new(done)));
    let measured = |now| Measured::of(&log, millis(now));
    assert_eq!(measured(4199), None);
    let version = 3_011_002;
    let expected = Measured {
        speedup: 0.75,
        python: Some(Python { version, gil: true }),
    };
    assert_eq!(measured(4200), Some(expected));

    let mut log = TestLog::in_millis();
    let stopped = Outcome::Cancelled(summary);
    log.push(4200, 0, EventKind::Finished(Box::new(stopped)));
    assert_eq!(Measured::of(&log, millis(9000)), None);
}

#[test]
fn a_thread_that_told_nothing_yet_has_done_nothing() {
    let mut log = TestLog::in_millis();
    open(&mut log, 0, 0, TrackName::only("run"), 1);
    log.span(0, 1000, 0, State::Sleeping, ALONE);
    log.begin_span(1000, 0, State::Sleeping, TOGETHER);
    let tower = at(&log, 1001);
    assert_eq!(tower.blocks.len(), 2);
    assert_eq!(tower.height(), 0.0);
    assert_eq!(tower.pace, None);
}
