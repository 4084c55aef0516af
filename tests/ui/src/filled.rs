//! Pictures, graph and result of small runs, in each language, size and zoom: nothing cut off there either.

use std::time::Duration;

use egui::Key;
use threadlab::demos::{Entry, REGISTRY};
use threadlab::lab::demo::Demo;
use threadlab::lab::demo::scale_to_budget;
use threadlab::text::Language;
use threadlab::widgets::stage::Buttons;

use crate::launch::{Opening, SIZES, showing};
use crate::layout;

/// The time that the runs of all variants of a demo take here, added up.
const BRIEF: Duration = Duration::from_millis(500);

/// A window that shows this demo with small parameters, and the demo as it is in there.
pub fn small(entry: &Entry) -> (Opening, Box<dyn Demo>) {
    let mut demo = (entry.demo)();
    scale_to_budget(demo.as_mut(), BRIEF);
    let params = demo.params().0.into_iter();
    let opening = params.fold(showing(demo.id()), |opening, (name, value)| {
        opening.set(name, value)
    });
    (opening, demo)
}

fn run_all(language: Language) {
    for entry in REGISTRY {
        run_each(entry, language);
    }
}

/// Looks at each variant while it runs, in the midst of its slow replay, and when all is over.
fn run_each(entry: &Entry, language: Language) {
    let (opening, demo) = small(entry);
    let mut window = opening.language(language).open();
    let what = |variant: &str, when: &str| {
        let (id, language) = (demo.id(), language.tag());
        format!("{id} {variant} in {language}, {when}")
    };
    let name = |variant: &str| language.text(&format!("{}-{variant}", demo.id()));
    let buttons = (entry.stage)().buttons();
    let start = match buttons {
        Buttons::Run => language.text("app-run"),
        Buttons::Download => name("download"),
    };
    for (variant, size) in demo.variants().iter().zip(SIZES.iter().cycle()) {
        window.resize(size);
        window.choose(&name(variant.id));
        window.press(&start);
        // The notice at a download's end would cover what is looked at.
        if buttons == Buttons::Run {
            layout::check(&mut window, &what(variant.id, "running"));
        }
        window.until("the run is over", |window| window.can_press(&start));
        window.key(Key::Escape);
        for size in &SIZES {
            window.resize(size);
            layout::check(
                &mut window,
                &what(variant.id, &format!("just over, {size}")),
            );
        }
        assert_ne!(window.result(), language.text("app-result-none"));
    }
    if buttons == Buttons::Run {
        window.tick(&language.text("app-slow-replay-setting"));
        window.press(&language.text("app-run-all"));
        window.until("all runs are over", |window| window.can_press(&start));
    }
    for variant in demo.variants() {
        window.choose(&name(variant.id));
        for size in &SIZES {
            window.resize(size);
            layout::check(&mut window, &what(variant.id, &format!("over, {size}")));
        }
    }
}

#[test]
fn runs_fill_the_window_in_english() {
    run_all(Language::English);
}

#[test]
fn runs_fill_the_window_in_chinese() {
    run_all(Language::Chinese);
}
