//! Tests of the downloads at one moment of a run.

use super::super::super::lesson::tests::record;
use super::*;
use crate::demos::downloads::Downloads;
use crate::lab::demo::set_param;
use crate::lab::run::Outcome;
use crate::lab::trace::event::{EventKind, State, TrackName};
use crate::lab::trace::log::test_log::{TestLog, log_of_run};

/// A real run of three short files in this process.
fn run(variant: VariantId) -> RunLog {
    let mut downloads = Downloads::default();
    for (name, value) in [
        ("files", "3"),
        ("min_seconds", "0.1"),
        ("max_seconds", "0.3"),
    ] {
        set_param(&mut downloads, name, value).unwrap();
    }
    log_of_run(&downloads, variant, 1)
}

/// The downloads at every moment at which something happened.
fn moments(log: &RunLog) -> Vec<Moment> {
    let tracks = log.tracks().iter();
    let mut times: Vec<_> = tracks
        .flat_map(|track| track.progress.iter().map(|(at, ..)| *at))
        .collect();
    times.sort_unstable();
    let moment = |now| Moment::of(log, 3, now);
    times.into_iter().map(moment).collect()
}

#[test]
fn before_the_first_event_nothing_is_known() {
    let log = run("thread_each");
    let before = Moment::of(&RunLog::default(), 3, Duration::ZERO);
    assert_eq!(before, Moment::before(3));
    assert_eq!(before.sum(), None);
    assert_eq!(Moment::of(&log, 3, Duration::ZERO).there(), 0);
}

#[test]
fn at_the_end_all_files_are_there_and_the_stopwatch_shows_the_total() {
    for variant in [
        "one_after_another",
        "thread_each",
        "task_struct",
        "async_tasks",
    ] {
        let log = run(variant);
        let (_, outcome) = log.finished().expect("it is over");
        let end = Moment::of(&log, 3, log.end());
        assert_eq!(end.there(), 3, "{variant}");
        assert_eq!(end.passed, outcome.summary().wall);
        assert_eq!(end.own_pid, Some(std::process::id()));
        let (sum, longest) = (end.sum().unwrap(), end.longest().unwrap());
        assert!(longest < sum && longest <= end.passed);
        for file in &end.files {
            assert!(file.took(end.passed) >= file.length, "{variant}");
        }
    }
}

#[test]
fn one_after_another_one_file_at_a_time_goes_on() {
    let log = run("one_after_another");
    for moment in moments(&log) {
        let going_on = moment.files.iter().filter(|file| file.goes_on()).count();
        assert!(going_on <= 1, "{moment:?}");
        let begun = moment.files.iter().filter(|file| file.begin.is_some());
        assert!(begun.count() <= moment.there() + 1, "{moment:?}");
    }
}

#[test]
fn a_file_never_goes_back() {
    for variant in ["thread_each", "async_tasks"] {
        let mut there = 0;
        for moment in moments(&run(variant)) {
            assert!(moment.there() >= there, "{variant}");
            there = moment.there();
            for file in &moment.files {
                assert!(!(file.goes_on() && file.is_there()));
            }
        }
    }
}

/// The log has the events of one worker process, and the run's stop.
#[test]
fn a_process_is_known_before_its_file_and_a_stopped_file_is_not_there() {
    let mut log = TestLog::in_millis();
    log.open(0, 0, TrackName::only("run"), TrackKind::Thread, 11);
    log.instant(0, 0, DRAWN, 5_000_000);
    log.instant(0, 0, DRAWN, 6_000_000);
    log.open(3, 1, TrackName::nth("worker", 1), TrackKind::Process, 77);
    log.instant(9, 1, FILE, 2);
    log.span(9, 900, 1, State::Sleeping, DOWNLOAD);
    let stopped = Outcome::Cancelled(Default::default());
    log.push(901, 0, EventKind::Finished(Box::new(stopped)));
    let at = |millis| Moment::of(&log, 2, Duration::from_millis(millis));
    assert_eq!(at(2).files[1].pid, None);
    assert_eq!(at(3).files[1].pid, Some(77));
    assert_eq!(at(3).files[1].begin, None);
    assert_eq!(at(3).sum(), Some(Duration::from_secs(11)));
    assert!(at(500).files[1].goes_on());
    let end = at(901);
    assert_eq!((end.there(), end.files[1].goes_on()), (0, false));
    assert_eq!(end.own_pid, Some(11));
}

#[test]
fn the_ghost_is_the_latest_run_the_other_way() {
    let seconds = Duration::from_secs;
    let row = record("one_after_another", 1, 12.0, &[(0.0, 5.0), (5.0, 12.0)]);
    let threads = record("thread_each", 1, 7.0, &[(0.0, 5.0), (0.0, 7.0)]);
    let again = record("thread_each", 2, 9.0, &[(0.0, 9.0), (0.0, 8.0)]);
    let records = [&row, &threads, &again];
    let expected = Ghost {
        variant: Some("one_after_another"),
        total: seconds(12),
        bars: vec![(seconds(0), seconds(5)), (seconds(5), seconds(12))],
    };
    assert_eq!(Ghost::measured(&threads.info, &records), Some(expected));
    let ghost = Ghost::measured(&row.info, &records).expect("the threads");
    assert_eq!(
        (ghost.variant, ghost.total),
        (Some("thread_each"), seconds(7))
    );
    // A run with other times is no comparison, nor is one that has its files at once as well.
    assert_eq!(Ghost::measured(&again.info, &records), None);
    let live = record("async_tasks", 2, 0.0, &[(0.0, 0.0), (0.0, 0.0)]);
    assert_eq!(Ghost::measured(&live.info, &records), None);
}

#[test]
fn where_no_run_went_the_other_way_the_times_of_the_files_say_how_it_would_be() {
    let seconds = Duration::from_secs;
    let lengths = [5, 7, 2].map(seconds);
    let ghost = |variant| {
        let run = record(variant, 1, 0.0, &[(0.0, 0.0); 3]);
        Ghost::expected(&run.info, &lengths)
    };
    let in_turn = ghost("thread_each");
    assert_eq!((in_turn.variant, in_turn.total), (None, seconds(14)));
    let stairs = [(0, 5), (5, 12), (12, 14)].map(|(begin, end)| (seconds(begin), seconds(end)));
    assert_eq!(in_turn.bars, stairs);
    let at_once = ghost("one_after_another");
    assert_eq!((at_once.variant, at_once.total), (None, seconds(7)));
    assert_eq!(
        at_once.bars,
        [5, 7, 2].map(|end| (seconds(0), seconds(end)))
    );
}
