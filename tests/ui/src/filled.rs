//! Pictures, graph and result of small runs, in each language and size: nothing cut off there either.

use egui::Key;
use threadlab::demos::{Entry, REGISTRY};
use threadlab::lab::demo::{Demo, set_param};
use threadlab::text::Language;
use threadlab::widgets::stage::Buttons;

use crate::launch::{Opening, showing};
use crate::layout;

/// Small parameters, for each demo that has large ones.
const SMALL: &[(&str, &str, &str)] = &[
    ("responsive_ui", "seconds", "0.3"),
    ("downloads", "min_seconds", "0.3"),
    ("downloads", "max_seconds", "0.6"),
    ("bank_lock", "threads", "12"),
    ("bank_lock", "gap_millis", "5"),
    ("global_lock", "seconds", "0.2"),
    ("cpu_or_io", "tasks", "8"),
    ("cpu_or_io", "task_millis", "2"),
    ("sum", "numbers", "100000"),
    ("sum", "workers", "4"),
    ("switching_cost", "tasks", "1,16,64"),
    ("switching_cost", "slice_micros", "1,100,1000"),
    ("switching_cost", "work_millis", "30"),
];

/// A window that shows this demo with small parameters, and the demo as it is in there.
pub fn small(entry: &Entry) -> (Opening, Box<dyn Demo>) {
    let mut demo = (entry.demo)();
    let mut opening = showing(demo.id());
    for (id, name, value) in SMALL {
        if *id == demo.id() {
            opening = opening.set(name, value);
            set_param(demo.as_mut(), name, value).expect("a small parameter");
        }
    }
    (opening, demo)
}

fn run_all_at(pixels: [f32; 2], zoom: f32) {
    for entry in REGISTRY {
        for language in Language::ALL {
            run_each(entry, language, pixels, zoom);
        }
    }
}

fn run_each(entry: &Entry, language: Language, pixels: [f32; 2], zoom: f32) {
    let (opening, demo) = small(entry);
    let mut window = opening.language(language).sized(pixels, zoom).open();
    let buttons = (entry.stage)().buttons();
    let start = language.text(match buttons {
        Buttons::Run => "app-run",
        Buttons::Download => "responsive_ui-download",
    });
    for variant in demo.variants() {
        let what = format!("{} {} in {}", demo.id(), variant.id, language.tag());
        window.choose(&language.text(&format!("{}-{}", demo.id(), variant.id)));
        window.press(&start);
        // The notice at a download's end would cover what is looked at.
        if buttons == Buttons::Run {
            layout::check(&mut window, &format!("{what}, running"));
        }
        window.until("the run is over", |window| window.can_press(&start));
        window.key(Key::Escape);
        layout::check(&mut window, &format!("{what}, over"));
        assert_ne!(window.result(), language.text("app-result-none"));
    }
}

#[test]
fn runs_fill_the_window_as_it_opens_first() {
    run_all_at([1280.0, 800.0], 1.0);
}

#[test]
fn runs_fill_the_window_on_a_projector() {
    run_all_at([1280.0, 720.0], 1.0);
}

#[test]
fn runs_fill_the_window_at_a_zoom_of_one_and_a_half() {
    run_all_at([1280.0, 800.0], 1.5);
}
