//! Demos in little time: parameters that a tour and tests use.

use std::time::Duration;

use threadlab::demos::REGISTRY;
use threadlab::lab::demo::{expected_of_all, scale_to_budget};

#[test]
fn every_demo_can_be_made_shorter() {
    for entry in REGISTRY {
        for millis in [10, 300, 1_000, 3_000] {
            let mut demo = (entry.demo)();
            let lesson = expected_of_all(demo.as_ref());
            scale_to_budget(demo.as_mut(), Duration::from_millis(millis));
            let (id, now) = (demo.id(), expected_of_all(demo.as_ref()));
            assert!(now <= lesson, "{id} got longer: {lesson:?}, {now:?}");
            // Starting things takes its time, however little they do then.
            let most = Duration::from_millis(millis) + Duration::from_millis(1_500);
            assert!(now <= most, "{id} still takes {now:?}, not {millis} ms");
            for variant in demo.variants() {
                assert_eq!(demo.check(variant.id), Ok(()), "{id} {}", variant.id);
            }
        }
    }
}

#[test]
fn what_is_short_stays_as_the_lesson_has_it() {
    for entry in REGISTRY {
        let mut demo = (entry.demo)();
        let lesson = demo.params();
        scale_to_budget(demo.as_mut(), Duration::from_secs(3600));
        assert_eq!(demo.params(), lesson, "{}", demo.id());
    }
}

#[test]
fn what_tells_most_is_a_variant_and_a_moment_of_its_run() {
    for entry in REGISTRY {
        let demo = (entry.demo)();
        let highlight = demo.spec().highlight;
        let known = demo
            .variants()
            .iter()
            .any(|variant| variant.id == highlight.variant);
        assert!(known, "{} has no {}", demo.id(), highlight.variant);
        assert!((0.0..=1.0).contains(&highlight.moment), "{}", demo.id());
    }
}
