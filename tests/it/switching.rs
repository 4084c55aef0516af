//! Switching on one core: counts that must hold however busy the machine is, and runs that end when they are stopped.

use std::time::{Duration, Instant};

use threadlab::demos::switching_cost::{
    COMPUTE, PREPARE, SLICE, SLICE_POINT, SUBJECTS, SWITCH, TASKS_POINT,
};
use threadlab::lab::demo::param::ParamError;
use threadlab::lab::demo::value::{Point, Value};
use threadlab::lab::run::{Outcome, Summary};
use threadlab::lab::trace::event::Step;
use threadlab::lab::trace::log::{RunLog, TrackLog};

use crate::headless::{Watched, demo, lab, run, said};

const VARIANTS: [&str; 3] = ["threads", "processes", "async_tasks"];

const SMALL: [(&str, &str); 3] = [
    ("tasks", "1,3,20"),
    ("slice_micros", "1,100,3000"),
    ("work_millis", "30"),
];

/// Runs to its end.
fn done(params: &[(&str, &str)], variant: &'static str) -> (Summary, RunLog) {
    let (outcome, log) = run(&lab(), demo("switching_cost", params).as_ref(), variant);
    let Outcome::Done(summary) = outcome else {
        panic!("{variant}: {outcome:?}")
    };
    (summary, log)
}

/// The run's own track, once it has begun.
fn run_track(log: &RunLog) -> Option<&TrackLog> {
    let mut tracks = log.tracks().iter();
    tracks.find(|track| track.info.name.number.is_none())
}

fn values(track: &TrackLog, step: Step) -> Vec<i64> {
    let instants = track.instants.iter().filter(|instant| instant.step == step);
    instants
        .map(|instant| instant.value.expect("a figure"))
        .collect()
}

/// The swept values that have a point, in the order of the points.
fn swept(points: &[Point], name: &str) -> Vec<u64> {
    let figures = points.iter().filter_map(|point| point.figure(name));
    figures.map(|figure| figure as u64).collect()
}

fn at<'run>(summary: &'run Summary, name: &str, value: u64) -> &'run Point {
    let mut points = summary.points.iter();
    let point = points.find(|point| point.figure(name) == Some(value as f64));
    point.unwrap_or_else(|| panic!("no point at {name} {value}"))
}

/// The system's counts of both kinds.
fn counted(point: &Point) -> Option<f64> {
    Some(point.figure("switches_voluntary")? + point.figure("switches_involuntary")?)
}

#[test]
fn every_point_is_measured_and_told() {
    for variant in VARIANTS {
        let (summary, log) = done(&SMALL, variant);
        assert_eq!(swept(&summary.points, "tasks"), [1, 3, 20], "{variant}");
        // From long slices to short ones.
        let slices = swept(&summary.points, "slice_micros");
        assert_eq!(slices, [3000, 100, 1], "{variant}");
        let told: Vec<_> = log.points_until(log.end()).cloned().collect();
        assert_eq!(told, summary.points, "{variant}");
        for point in &summary.points {
            assert!(point.figure("wall_seconds") > Some(0.0), "{point:?}");
            if let Some(share) = point.figure("share_switching") {
                assert!((0.0..1.0).contains(&share), "{point:?}");
            }
        }
        let track = run_track(&log).expect("a track of its own");
        assert_eq!(values(track, TASKS_POINT), [1, 3, 20], "{variant}");
        assert_eq!(values(track, SLICE_POINT), [3000, 100, 1], "{variant}");
        assert_eq!(track.progress_at(log.end()), Some(1.0), "{variant}");
        let phases: Vec<_> = summary.phases.iter().map(|(step, _)| *step).collect();
        assert_eq!(phases, [PREPARE, COMPUTE], "{variant}");
        let lengths = summary.phases.iter().map(|(_, length)| *length);
        assert_eq!(lengths.sum::<Duration>(), summary.wall, "{variant}");
        assert_eq!(log.dropped(), 0, "{variant}");
        for track in log.tracks() {
            assert!(track.spans.iter().all(|span| span.end.is_some()));
        }
    }
}

#[test]
fn hand_overs_are_counted_exactly() {
    for variant in VARIANTS {
        let (summary, _) = done(&SMALL, variant);
        let hand_overs = |micros| {
            let counted = at(&summary, "slice_micros", micros).figure("hand_overs");
            counted.expect("forced hand-overs") as u64
        };
        // 30 ms in slices of 3 ms: two for each of the five. The last one does not hand on.
        assert_eq!(hand_overs(3000), 9, "{variant}");
        assert_eq!(hand_overs(100), 299, "{variant}");
        // The number of the shortest depends on how exactly a slice of loops is a microsecond.
        assert!((28_000..=32_000).contains(&hand_overs(1)), "{variant}");
        assert_eq!((hand_overs(1) + 1) % SUBJECTS as u64, 0, "{variant}");
    }
}

/// Two of whom only one can have the core can't take turns without as many switches.
#[cfg(target_os = "linux")]
#[test]
fn the_system_counts_a_switch_for_each_hand_over_of_a_core_but_none_among_coroutines() {
    for variant in VARIANTS {
        let (summary, _) = done(&SMALL, variant);
        for micros in [3000, 100, 1] {
            let point = at(&summary, "slice_micros", micros);
            let counted = counted(point).expect("Linux counts");
            let hand_overs = point.figure("hand_overs").expect("forced hand-overs");
            if variant == "async_tasks" {
                // Other programs caused these switches: a few in a scheduler's slice.
                assert!(counted < 2_000.0, "{point:?}");
            } else {
                // The last turn of each may end before the system has counted it.
                let least = hand_overs - SUBJECTS as f64;
                assert!(counted >= least, "{variant}: {point:?}");
            }
        }
    }
}

/// Holds on any machine: a switch through the operating system has never cost less than a few hundred nanoseconds.
#[test]
fn short_slices_cost_threads_and_processes_much() {
    for variant in ["threads", "processes"] {
        let (summary, _) = done(&SMALL, variant);
        let share = |micros| at(&summary, "slice_micros", micros).figure("share_switching");
        let short = share(1).expect("the time on the core is known");
        assert!(short > 0.15, "{variant}: {short}");
        assert!(share(3000).is_some_and(|long| long < short), "{variant}");
        // The run's measures are those of that point.
        assert_eq!(
            summary.measure("share_switching"),
            Some(&Value::Ratio(short))
        );
        let nanos = summary.measure("nanos_per_switch");
        let nanos = nanos.and_then(Value::as_f64).expect("far above the noise");
        assert!((100.0..1e6).contains(&nanos), "{variant}: {nanos}");
    }
}

#[test]
fn real_slices_are_told_with_what_lies_between_them() {
    for variant in VARIANTS {
        let (_, log) = done(&SMALL, variant);
        let track = run_track(&log).expect("a track of its own");
        let point = |micros: i64| {
            let begins = |at: &usize| {
                let instant = track.instants[*at];
                instant.step == SLICE_POINT && instant.value == Some(micros)
            };
            let begin = (0..track.instants.len()).find(begins).expect("the point");
            let rest = track.instants[begin + 1..].iter();
            rest.take_while(|instant| instant.step != SLICE_POINT)
                .copied()
                .collect::<Vec<_>>()
        };
        for (micros, slices) in [(3000, 5), (100, 195), (1, 195)] {
            let told = point(micros);
            let steps = told.chunks(2).map(|pair| [pair[0].step, pair[1].step]);
            assert!(
                steps.eq(vec![[SWITCH, SLICE]; slices]),
                "{variant} {micros}"
            );
            if cfg!(target_os = "linux") && variant == "processes" {
                // Each was measured by a process of its own, and began only after the one before had ended.
                let between = told.iter().filter(|instant| instant.step == SWITCH);
                let shortest = between.filter_map(|instant| instant.value).min();
                assert!(shortest > Some(0), "{micros}: {shortest:?}");
            }
            // Other programs may slow a slice down, but none can make it faster than the core is.
            let lengths = told.iter().filter(|instant| instant.step == SLICE);
            let shortest = lengths.filter_map(|instant| instant.value).min();
            assert!(shortest > Some(micros * 400), "{variant}: {shortest:?}");
        }
    }
}

#[test]
fn a_point_that_was_measured_outlives_a_stop() {
    let params = [("tasks", "1,2"), ("work_millis", "400")];
    for variant in VARIANTS {
        let demo = demo("switching_cost", &params);
        let mut watched = Watched::start(&lab(), demo.as_ref(), variant);
        watched.until(|log| log.points_until(log.end()).next().is_some());
        watched.run.cancel();
        let Outcome::Cancelled(summary) = watched.finish() else {
            panic!("{variant} was not cancelled")
        };
        assert_eq!(summary.points[0].figure("tasks"), Some(1.0), "{variant}");
        assert!(summary.points.len() < 3, "{variant}");
    }
}

#[test]
fn a_stop_is_noticed_in_the_middle_of_any_point() {
    // Half a minute each, if it were not stopped.
    let long = ("work_millis", "10000");
    for variant in VARIANTS {
        for (params, step, value) in [
            ([("tasks", "1"), long], TASKS_POINT, 1),
            ([("tasks", "200"), long], TASKS_POINT, 1),
        ] {
            stop_at(&params, variant, step, value);
        }
    }
    // Threads that are being created, or wait to begin.
    let many = [("tasks", "4096"), ("work_millis", "10")];
    stop_at(&many, "threads", TASKS_POINT, 4096);
    // Tasks that wait for their turn.
    for variant in VARIANTS {
        let turns = [
            ("tasks", "1"),
            ("work_millis", "300"),
            ("slice_micros", "1,10000"),
        ];
        stop_at(&turns, variant, SLICE_POINT, 1);
    }
}

/// Four thousand tasks, each of which would be done before it has computed long enough to look at the clock.
#[test]
fn a_stop_is_noticed_by_tasks_however_small_their_shares_are() {
    let params = [("tasks", "4096"), ("work_millis", "3500")];
    for variant in ["async_tasks", "threads"] {
        let demo = demo("switching_cost", &params);
        let mut watched = Watched::start(&lab(), demo.as_ref(), variant);
        watched.until(|log| {
            let told = run_track(log).and_then(|run| {
                let mut told = run.instants.iter();
                told.find(|it| it.step == TASKS_POINT && it.value == Some(4096))
            });
            let Some(point) = told else { return false };
            // Coroutines compute as soon as they are there; threads with a lane show when.
            let computes = |track: &TrackLog| {
                let mut spans = track.spans.iter();
                spans.any(|span| span.step == COMPUTE && span.begin > point.at)
            };
            variant == "async_tasks" || log.tracks().iter().any(computes)
        });
        watched.run.cancel();
        let Outcome::Cancelled(summary) = watched.finish() else {
            panic!("{variant} was not cancelled")
        };
        // Had they computed to their end, there would be a point.
        assert_eq!(swept(&summary.points, "tasks"), [0; 0], "{variant}");
    }
}

fn stop_at(params: &[(&str, &str)], variant: &'static str, step: Step, value: i64) {
    let demo = demo("switching_cost", params);
    let mut watched = Watched::start(&lab(), demo.as_ref(), variant);
    let told = |log: &RunLog| {
        let instants = log.tracks().iter().flat_map(|track| &track.instants);
        let mut wanted = instants.filter(|it| it.step == step && it.value == Some(value));
        wanted.next().is_some()
    };
    watched.until(told);
    let stopped = Instant::now();
    watched.run.cancel();
    let outcome = watched.finish();
    assert!(
        matches!(outcome, Outcome::Cancelled(_)),
        "{variant} {params:?}: {outcome:?}"
    );
    let took = stopped.elapsed();
    assert!(
        took < Duration::from_secs(8),
        "{variant} {params:?}: {took:?}"
    );
}

#[test]
fn more_processes_than_there_is_room_for_are_refused_or_left_out() {
    let refused = demo("switching_cost", &[("tasks", "4096")]).check("processes");
    assert!(
        matches!(
            refused,
            Err(ParamError::BeyondLimit {
                name: "tasks",
                value: 4096,
                what: "processes",
                needed: 4096,
                allowed: 1..=1024,
                largest: 1..=1024,
            })
        ),
        "{refused:?}"
    );
    let params = [
        ("tasks", "2,4096"),
        ("slice_micros", "10000"),
        ("work_millis", "10"),
    ];
    let both = demo("switching_cost", &params);
    assert_eq!(both.check("processes"), Ok(()));
    let (summary, _) = done(&params, "processes");
    assert_eq!(swept(&summary.points, "tasks"), [2]);
    // Nor is there so much work that each could have two slices as long as these.
    assert_eq!(swept(&summary.points, "slice_micros"), [0; 0]);
    assert_eq!(said(&summary, "too_long_from"), Some(Value::Count(10_000)));
    assert_eq!(said(&summary, "left_out_from"), Some(Value::Count(4096)));
}

#[test]
fn thousands_of_threads_do_their_share() {
    let params = [
        ("tasks", "4096"),
        ("slice_micros", "10000"),
        ("work_millis", "10"),
    ];
    for variant in ["threads", "async_tasks"] {
        let (summary, _) = done(&params, variant);
        assert_eq!(swept(&summary.points, "tasks"), [4096], "{variant}");
    }
}

/// Sixteen times as many switches: each costs as much core time as before.
#[test]
fn a_coroutines_switch_costs_the_same_however_many_there_are() {
    let core_time = |work_millis| {
        let params = [
            ("tasks", "1"),
            ("slice_micros", "1"),
            ("work_millis", work_millis),
        ];
        let (summary, _) = done(&params, "async_tasks");
        let share = at(&summary, "slice_micros", 1).figure("share_switching");
        // The core time as a multiple of what the work alone needs.
        1.0 / (1.0 - share.expect("a share"))
    };
    let (few, many) = (core_time("40"), core_time("640"));
    assert!(many < 2.0 * few, "{few:.2} with few, {many:.2} with many");
}
