//! Records: the runs that are compared with each other, and the speed-up that comes of it.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use threadlab::lab::demo::value::Value;
use threadlab::lab::demo::{Demo, JobOutput, VariantId};
use threadlab::lab::run::{Outcome, RunInfo, Summary};
use threadlab::lab::trace::frame_meter::FrameMeter;
use threadlab::lab::trace::log::RunLog;
use threadlab::lab::trace::record::{HostKind, HostMeasures, Record};

use super::Probe;

fn probe(size: u64) -> Probe {
    Probe {
        size,
        ..Probe::new(|_| Ok(JobOutput::default()))
    }
}

/// A run of `millis` of wall time, closed after the records of `earlier`.
fn record(demo: &Probe, variant: VariantId, millis: u64, earlier: &[Record]) -> Record {
    let wall = Duration::from_millis(millis);
    ended(
        demo,
        variant,
        Outcome::Done(Summary {
            wall,
            ..Summary::default()
        }),
        earlier,
    )
}

fn ended(demo: &Probe, variant: VariantId, outcome: Outcome, earlier: &[Record]) -> Record {
    let info = RunInfo {
        demo: demo.id(),
        variant,
        params: demo.params(),
        seed: 1,
    };
    let host = HostMeasures {
        kind: HostKind::TickLoop,
        frames: 0,
        longest_frame_gap: Duration::ZERO,
        clicks_waiting: 0,
        about: None,
    };
    Record::close(demo, info, &RunLog::default(), outcome, host, 0, earlier)
}

#[test]
fn the_speedup_is_over_the_latest_comparable_run_of_the_baseline() {
    let (small, large) = (probe(1), probe(2));
    let mut session = vec![record(&small, "alone", 900, &[])];
    assert_eq!(
        session[0].figure("speedup"),
        Some(1.0),
        "the baseline over itself"
    );
    session.push(record(&small, "alone", 400, &session));
    session.push(record(&large, "alone", 8000, &session));
    let cancelled = Outcome::Cancelled(Summary {
        wall: Duration::from_secs(9),
        ..Summary::default()
    });
    session.push(ended(&small, "alone", cancelled, &session));
    let together = record(&small, "together", 100, &session);
    assert_eq!(together.figure("speedup"), Some(4.0));
    assert_eq!(
        together.summary().measure("speedup"),
        Some(&Value::Ratio(4.0))
    );
    assert_eq!(
        record(&large, "together", 2000, &session).figure("speedup"),
        Some(4.0)
    );
}

#[test]
fn without_a_baseline_a_time_or_an_answer_there_is_no_speedup() {
    let probe = probe(1);
    assert_eq!(record(&probe, "together", 100, &[]).figure("speedup"), None);
    let alone = [record(&probe, "alone", 100, &[])];
    assert_eq!(
        record(&probe, "together", 0, &alone).figure("speedup"),
        None
    );
    let panicked = Outcome::Panicked(
        "a bug".to_owned(),
        Summary {
            wall: Duration::from_secs(1),
            ..Summary::default()
        },
    );
    assert_eq!(
        ended(&probe, "together", panicked, &alone).figure("speedup"),
        None
    );
}

#[test]
fn runs_compare_when_demo_and_all_parameters_agree() {
    let one = record(&probe(1), "alone", 1, &[]);
    let info = |size, seed| RunInfo {
        demo: "probe",
        variant: "together",
        params: probe(size).params(),
        seed,
    };
    assert!(one.is_comparable(&info(1, 99)));
    assert!(!one.is_comparable(&info(2, 1)));
    assert!(!one.is_comparable(&RunInfo {
        demo: "other",
        ..info(1, 1)
    }));
    assert_eq!(one.figure("wall_seconds"), Some(0.001));
    assert_eq!(one.figure("no_such_measure"), None);
}

proptest! {
    #[test]
    fn the_longest_gap_is_the_largest_difference_of_frames(gaps in prop::collection::vec(0..10_000u64, 0..50)) {
        let start = Instant::now();
        let mut meter = FrameMeter::starting(start);
        let mut now = start;
        for gap in &gaps {
            now += Duration::from_micros(*gap);
            meter.painted(now);
        }
        let longest = gaps.iter().max().copied().unwrap_or(0);
        prop_assert_eq!(meter.longest_gap(), Duration::from_micros(longest));
        prop_assert_eq!(meter.frames(), gaps.len() as u64);
        prop_assert_eq!(meter.since(), start);
        prop_assert_eq!(meter.gap_so_far(now + Duration::from_secs(1)), Duration::from_secs(1));
        // A clock read before the last picture was painted is no gap below zero.
        prop_assert_eq!(meter.gap_so_far(start), Duration::ZERO);
    }
}
