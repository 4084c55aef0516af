//! Every demo with parameters so small that a run is over at once: for what must hold for all of them.

use threadlab::demos::{Entry, REGISTRY};
use threadlab::lab::demo::param::ParamKind;
use threadlab::lab::demo::{Demo, set_param};

/// Parameters for demos whose runs the general rules of [`shrink`] would make dull, or leave long.
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
    shrink(demo.as_mut());
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
fn shrink(demo: &mut dyn Demo) {
    for param in demo.param_list() {
        match param.kind {
            ParamKind::Whole(range, value) => *value = (*value).min(4).max(*range.start()),
            ParamKind::Seconds(range, value) => *value = value.min(0.05).max(*range.start()),
            ParamKind::Sweep { values, .. } => values.truncate(2),
            ParamKind::Signed(..)
            | ParamKind::Choice(..)
            | ParamKind::Toggle(_)
            | ParamKind::Text { .. } => {}
        }
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
