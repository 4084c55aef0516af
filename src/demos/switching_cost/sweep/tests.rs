//! Tests of the sweep.

use super::*;
use crate::lab::machine::context_switches::Switches;

/// A million hand-overs in work that takes a second without them.
fn measured(core_millis: u64) -> Measured {
    Measured {
        wall: Duration::from_secs(100),
        creating: Duration::from_secs(50),
        used: Used {
            core: Some(Duration::from_millis(core_millis)),
            switches: None,
        },
        alone: Some(Duration::from_millis(1000)),
        hand_overs: 1_000_000,
        forced: true,
    }
}

fn names(measured: Measured) -> Vec<&'static str> {
    let figures = measured.figures().into_iter();
    figures.map(|(name, _)| name).collect()
}

#[test]
fn a_million_switches_in_two_seconds_more_cost_two_microseconds_each() {
    let measured = measured(3000);
    assert_eq!(measured.nanos_per_switch(), Some(2000));
    let share = measured.share().unwrap();
    assert!((share - 2.0 / 3.0).abs() < 1e-9);
}

#[test]
fn what_is_lost_in_the_noise_costs_nothing_that_could_be_told() {
    for core in [900, 1000, 1019] {
        assert_eq!(measured(core).nanos_per_switch(), None);
        let share = measured(core).share().unwrap();
        assert!((0.0..0.02).contains(&share));
    }
}

#[test]
fn the_costliest_point_is_never_one_of_noise() {
    let point = |name, core_millis, hand_overs| {
        let measured = measured(core_millis);
        (
            name,
            hand_overs,
            Measured {
                hand_overs,
                ..measured
            },
        )
    };
    let named = |points: Vec<_>| Points(points).costliest().map(|(name, at, _)| (*name, *at));
    // The largest of differences that come and go.
    let noise = vec![
        point("tasks", 1000, 15),
        point("tasks", 1019, 255),
        point("slice_micros", 990, 999),
    ];
    assert_eq!(named(noise.clone()), None);
    let mut clear = noise;
    clear.push(point("slice_micros", 1500, 300_000));
    clear.push(point("slice_micros", 1100, 10_000));
    assert_eq!(named(clear), Some(("slice_micros", 300_000)));
}

#[test]
fn creating_tasks_is_no_time_that_others_had() {
    // The share is that of the 50 s after all were there.
    let share = measured(45_000).core_share().unwrap() * cores::limit_of(1);
    assert!((share - 0.9).abs() < 1e-9, "{share}");
}

#[test]
fn what_the_system_does_not_tell_is_left_out_and_not_zero() {
    let all = measured(3000);
    assert_eq!(names(all), ["nanos_per_switch", "share_switching"]);
    let untold = Measured {
        used: Used::default(),
        ..all
    };
    assert_eq!(names(untold), [""; 0]);
}

#[test]
fn switches_that_were_not_forced_are_those_that_the_system_counted_too() {
    let switches = Some(Switches {
        voluntary: 5,
        involuntary: 2,
    });
    let mut counted = measured(3000);
    counted.used.switches = switches;
    assert_eq!(counted.switches(), 1_000_000);
    counted.forced = false;
    assert_eq!(counted.switches(), 1_000_007);
    assert_eq!(
        names(counted)[..2],
        ["switches_voluntary", "switches_involuntary"]
    );
}
