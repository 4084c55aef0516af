//! Requirements of a class on every demo: values that suit it and can be run, questions that the lesson asks, and a
//! time on every button.

use std::ops::RangeInclusive;
use std::time::Duration;

use threadlab::demos::REGISTRY;
use threadlab::lab::demo::param::ParamKind;
use threadlab::lab::demo::{Demo, copy_params};

use crate::small::small;

/// The slowness of machines for which the preset is tried: fast ones, ordinary ones, a debug build on an old one.
const SLOWNESS: [f64; 5] = [0.1, 0.8, 1.0, 3.0, 60.0];

#[test]
fn the_preset_for_a_class_can_be_run_in_every_variant_and_takes_seconds() {
    for entry in REGISTRY {
        for slowness in SLOWNESS {
            let mut demo = (entry.demo)();
            demo.for_class(slowness);
            // Its values are within the parameters' ranges: a copy takes them.
            let mut copy = (entry.demo)();
            copy_params(demo.as_ref(), copy.as_mut());
            assert_eq!(copy.params(), demo.params());
            for variant in demo.variants() {
                let what = format!("{} {} at {slowness}", demo.id(), variant.id);
                assert_eq!(demo.check(variant.id), Ok(()), "{what}");
                let times = demo.slowness().map_or(1.0, |_| slowness);
                let expected = demo.expected(variant.id).expect("a time").mul_f64(times);
                let longest = Duration::from_secs(12);
                assert!(expected <= longest, "{what}: {expected:?}");
            }
        }
    }
}

#[test]
fn a_class_waits_a_few_seconds_for_what_is_too_short_or_too_long_in_the_lesson() {
    let seconds = |id: &str, variant| {
        let entry = REGISTRY.iter().find(|entry| entry.spec.id == id);
        let mut demo = (entry.expect("the demo").demo)();
        demo.for_class(1.0);
        demo.expected(variant).expect("a time").as_secs_f64()
    };
    for (id, variant, range) in [
        ("sum", "alone", 3.5..4.5),
        ("downloads", "process_each", 2.0..4.0),
        ("responsive_ui", "ui_thread", 5.0..11.0),
        ("bank_lock", "mutex", 0.5..2.0),
        ("global_lock", "free_threads", 2.0..5.0),
        ("switching_cost", "threads", 3.0..8.0),
        ("cpu_or_io", "cpu_bound", 1.0..8.0),
        ("event_loop", "one_thread_async", 0.3..1.5),
        ("ping_pong", "private_counters", 2.0..5.0),
        ("ping_pong", "queue", 2.0..5.0),
    ] {
        let expected = seconds(id, variant);
        assert!(range.contains(&expected), "{id} {variant}: {expected} s");
    }
}

/// Sets every number to one end of its range.
fn to_the_end(demo: &mut dyn Demo, largest: bool) {
    fn end<T: Copy>(range: RangeInclusive<T>, largest: bool) -> T {
        *if largest { range.end() } else { range.start() }
    }
    for param in demo.param_list() {
        match param.kind {
            ParamKind::Whole(range, value) => *value = end(range, largest),
            ParamKind::Signed(range, value) => *value = end(range, largest),
            ParamKind::Seconds(range, value) => *value = end(range, largest),
            ParamKind::Choice(all, value) => *value = all[if largest { all.len() - 1 } else { 0 }],
            ParamKind::Toggle(value) => *value = largest,
            ParamKind::Sweep { range, values, .. } => *values = vec![end(range, largest)],
            ParamKind::Text { .. } => {}
        }
    }
}

#[test]
fn every_variant_says_how_long_it_will_take_whatever_its_parameters() {
    for entry in REGISTRY {
        let with = |largest| {
            let mut demo = (entry.demo)();
            to_the_end(demo.as_mut(), largest);
            demo
        };
        let (smallest, largest) = (with(false), with(true));
        for demo in [(entry.demo)(), small(entry), smallest, largest] {
            for variant in demo.variants() {
                let expected = demo.expected(variant.id);
                let what = format!("{} {} {:?}", demo.id(), variant.id, demo.params());
                assert!(expected.is_some(), "no time for {what}");
            }
        }
    }
}

#[test]
fn a_measured_machine_is_neither_infinitely_fast_nor_slow() {
    for entry in REGISTRY {
        if let Some(measure) = (entry.demo)().slowness() {
            let slowness = measure();
            assert!((0.001..10_000.0).contains(&slowness), "{slowness}");
        }
    }
}

/// With the lesson's values as with those for a class, before and after the vote has been set up.
#[test]
fn every_vote_of_the_lesson_can_be_set_up_asked_and_run() {
    for entry in REGISTRY {
        for for_class in [false, true] {
            let mut demo: Box<dyn Demo> = (entry.demo)();
            if for_class {
                demo.for_class(1.0);
            }
            let votes = demo.votes();
            assert!(votes.iter().any(|vote| vote.question.is_some()));
            for vote in votes {
                vote.set_on(demo.as_mut());
                let what = format!("{} {vote:?}", demo.id());
                assert_eq!(demo.check(vote.variant), Ok(()), "{what}");
                let Some(key) = &vote.question else { continue };
                let questions = demo.questions();
                let mut about = questions.iter();
                let is_asked = about
                    .any(|question| question.variant == vote.variant && question.text.key == *key);
                assert!(is_asked, "{what} asks nothing");
            }
        }
    }
}
