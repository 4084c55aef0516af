//! Every demo with parameters so small that a run is over at once: for what must hold for all of them.

use std::ops::RangeInclusive;

use threadlab::demos::{Entry, REGISTRY};
use threadlab::lab::demo::param::{ParamSpec, ParamVisitor};
use threadlab::lab::demo::{Demo, set_param};

/// Where the general rules of [`Shrink`] would make a run dull, or leave it long.
const CHOSEN: &[(&str, &[(&str, &str)])] = &[
    ("responsive_ui", &[("seconds", "0.1")]),
    (
        "downloads",
        &[("min_seconds", "0.1"), ("max_seconds", "0.2")],
    ),
    (
        "ping_pong",
        &[("gap_millis", "1"), ("put_pause_max_millis", "1")],
    ),
    ("bank_lock", &[("threads", "10")]),
    ("global_lock", &[("seconds", "0.1"), ("threads", "2")]),
    (
        "switching_cost",
        &[
            ("tasks", "1,4"),
            ("slice_micros", "100"),
            ("work_millis", "20"),
        ],
    ),
    (
        "cpu_or_io",
        &[("workers", "1,2"), ("tasks", "8"), ("task_millis", "2")],
    ),
    (
        "event_loop",
        &[("connections", "10"), ("reply_millis", "10")],
    ),
    ("sum", &[("numbers", "100000"), ("workers", "2")]),
];

/// The demo of this entry, shrunk.
pub fn small(entry: &Entry) -> Box<dyn Demo> {
    let mut demo = (entry.demo)();
    demo.visit_params(&mut Shrink);
    for (name, text) in chosen(demo.id()) {
        // That the parameter exists is a test of its own, so that a wrong name does not fail all others.
        set_param(demo.as_mut(), name, text).ok();
    }
    demo
}

fn chosen(id: &str) -> &'static [(&'static str, &'static str)] {
    let found = CHOSEN.iter().find(|(known, _)| *known == id);
    found.map_or(&[], |(_, params)| params)
}

/// Makes every number small. Choices and what may be below zero stay: they are no sizes.
struct Shrink;

impl ParamVisitor for Shrink {
    fn whole(&mut self, _: ParamSpec, range: RangeInclusive<u64>, value: &mut u64) {
        *value = (*value).min(4).max(*range.start());
    }
    fn seconds(&mut self, _: ParamSpec, range: RangeInclusive<f64>, value: &mut f64) {
        *value = value.min(0.05).max(*range.start());
    }
    fn choice(&mut self, _: ParamSpec, _: &'static [&'static str], _: &mut &'static str) {}
    fn signed(&mut self, _: ParamSpec, _: RangeInclusive<i64>, _: &mut i64) {}
    fn toggle(&mut self, _: ParamSpec, _: &mut bool) {}
    fn text(&mut self, _: ParamSpec, _: usize, _: &mut String) {}
    fn sweep(
        &mut self,
        _: ParamSpec,
        _: RangeInclusive<u64>,
        _: &'static [u64],
        values: &mut Vec<u64>,
    ) {
        values.truncate(2);
    }
}

#[test]
fn small_parameters_are_allowed_together() {
    for entry in REGISTRY {
        let demo = small(entry);
        for (name, text) in chosen(demo.id()) {
            let set = demo.params().value(name).map(ToString::to_string);
            assert_eq!(set.as_deref(), Some(*text), "{}: {name}", demo.id());
        }
        for variant in demo.variants() {
            assert_eq!(
                demo.check(variant.id),
                Ok(()),
                "{} {}",
                demo.id(),
                variant.id
            );
        }
    }
}
