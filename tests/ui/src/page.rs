//! The page as a whole: few controls above the stage, one place for each, and the result always in sight.

use egui::Key;
use egui::accessibility::is_input;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use threadlab::demos::REGISTRY;
use threadlab::text::Language;
use threadlab::widgets::stage::Buttons;

use crate::launch::showing;
use crate::layout;
use crate::window::Window;

/// The names of the controls between the title and the stage: those of the page that are no lower than `lowest`.
fn above_the_stage(window: &Window, lowest: &str) -> Vec<String> {
    let row = window.node(Role::Button, lowest).rect();
    let title = window.node(Role::Label, &window.title()).rect();
    let controls = window
        .harness
        .query_all(by().predicate(|node| is_input(node.role())));
    let above = controls.filter(|control| {
        let place = control.rect();
        place.left() >= title.left() - 1.0 && place.center().y <= row.bottom()
    });
    above
        .filter_map(|control| control.accesskit_node().label())
        .collect()
}

#[test]
fn at_most_fourteen_controls_stand_above_the_stage() {
    for entry in REGISTRY {
        let demo = (entry.demo)();
        let run = match (entry.stage)().buttons() {
            Buttons::Run => "Run",
            Buttons::Download => "Download",
        };
        let mut window = showing(demo.id()).open();
        for variant in demo.variants() {
            let title = Language::English.text(&format!("{}-{}", demo.id(), variant.id));
            window.choose(&title);
            let controls = above_the_stage(&window, run);
            assert!(
                controls.len() <= 14,
                "{} {}: {controls:?}",
                demo.id(),
                variant.id
            );
            assert!(
                controls.len() >= 6,
                "{} {}: {controls:?}",
                demo.id(),
                variant.id
            );
        }
    }
}

#[test]
fn stop_stands_where_run_stood() {
    let opening = showing("bank_lock").variant("mutex");
    let mut window = opening.set("gap_millis", 1000).open();
    let run = window.node(Role::Button, "Run").rect();
    window.press("Run");
    assert_eq!(window.node(Role::Button, "Stop").rect(), run);
    assert!(!window.has(Role::Button, "Run"));
}

#[test]
fn the_result_is_in_sight_with_the_code_open_and_in_the_smallest_window() {
    for (pixels, zoom) in [
        ([1280.0, 720.0], 1.0),
        ([1280.0, 720.0], 2.0),
        ([1024.0, 768.0], 2.0),
        ([1920.0, 1080.0], 2.0),
    ] {
        for language in Language::ALL {
            let opening = showing("bank_lock").language(language).sized(pixels, zoom);
            let mut window = opening.open();
            let what = format!("{pixels:?} at {zoom}, {}", language.tag());
            layout::check(&mut window, &what);
            window.press(&language.text("app-run"));
            let run = language.text("app-run");
            window.until("the run is over", |window| window.can_press(&run));
            layout::check(&mut window, &format!("{what}, after a run"));
            window.press(&language.text("app-code"));
            if window.has(Role::Button, &run) {
                layout::check(&mut window, &format!("{what}, with the code"));
            }
        }
    }
}

#[test]
fn a_long_result_is_behind_more() {
    let opening = showing("bank_lock").sized([1024.0, 768.0], 2.0);
    let mut window = opening.open();
    window.press("Run");
    window.finish();
    let whole = window.result();
    let more = window.node(Role::Button, "More").rect();
    let area = window.area();
    assert!(more.bottom() <= area.bottom(), "{more:?} in {area:?}");
    window.press("More");
    assert!(window.labels().contains(&whole), "{:?}", window.labels());
    window.key(Key::Escape);
    assert!(!window.labels().contains(&whole));
}

#[test]
fn timeline_and_graph_are_tabs_of_the_stage_in_a_small_window() {
    let opening = showing("bank_lock").sized([1024.0, 768.0], 2.0);
    let mut window = opening.open();
    assert!(!window.has(Role::Tab, "Timeline"), "there is no run yet");
    window.press("Run");
    window.finish();
    for tab in ["Timeline", "Timings", "Stage"] {
        window.harness.get_by_role_and_label(Role::Tab, tab).click();
        window.frame();
        window.frame();
        assert!(window.is_chosen(Role::Tab, tab), "{tab}");
        layout::check(&mut window, tab);
    }
    window
        .harness
        .get_by_role_and_label(Role::Tab, "Timings")
        .click();
    window.frame();
    window.press("Run");
    window.finish();
    assert!(
        window.is_chosen(Role::Tab, "Stage"),
        "a run is seen on the stage"
    );
}

#[test]
fn todays_values_stand_on_their_button() {
    let mut window = showing("bank_lock").open();
    let values = |window: &Window| {
        let node = window.node(Role::Button, "Values");
        node.accesskit_node().value().unwrap_or_default()
    };
    assert_eq!(values(&window), "100 threads · ¥1 · 10 ms");
    window.set("Threads", 7.0);
    assert_eq!(values(&window), "7 threads · ¥1 · 10 ms");
    let marked = |window: &Window| {
        let texts = layout::all_texts(window);
        texts
            .iter()
            .any(|(_, text)| text.galley.text().starts_with('•'))
    };
    assert!(marked(&window), "they are not the lesson's");
    window.press("Lesson values");
    assert!(!marked(&window));
}
