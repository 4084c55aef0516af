//! The Download button, pressed: on a thread of its own, and on the one that draws.

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};

use crate::launch::showing;
use crate::layout;
use crate::window::Window;

fn has_dialog(window: &Window, title: &str) -> bool {
    window.has(Role::Window, title)
}

#[test]
fn a_worker_thread_leaves_the_window_answering() {
    let opening = showing("responsive_ui").variant("worker_thread");
    let mut window = opening.set("seconds", 2).open();
    window.press("Download");
    assert!(window.has(Role::Button, "Download") && !window.can_press("Download"));
    window.press("About");
    window.until("the dialog", |window| has_dialog(window, "About"));
    let version = format!("Threadlab {}", env!("CARGO_PKG_VERSION"));
    assert!(window.has(Role::Label, &version));
    assert!(window.label_with("骆昊").is_some());
    assert!(!window.can_press("Download"), "it runs on meanwhile");
    assert_eq!(window.result(), "running …");

    window.until("the notice", |window| has_dialog(window, "Notice"));
    assert!(window.has(Role::Label, "Download complete!"));
    assert!(window.can_press("Download"));
    let result = window.result();
    assert!(
        result.contains("longest gap between two pictures was"),
        "{result}"
    );
    assert_eq!(window.right_answer().as_deref(), Some("A it opens at once"));

    // The newest first.
    window.key(Key::Escape);
    assert!(has_dialog(&window, "About") && !has_dialog(&window, "Notice"));
    window.key(Key::Escape);
    assert!(!has_dialog(&window, "About"));
    layout::check(&mut window, "after a download");
}

/// Clicks that come with one frame.
fn click_all_at_once(window: &mut Window, places: &[Pos2]) {
    let events = &mut window.harness.input_mut().events;
    for &pos in places {
        events.push(Event::PointerMoved(pos));
        events.extend([true, false].map(|pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }));
    }
}

#[test]
fn ok_closes_a_dialog_and_about_opens_only_once() {
    let mut window = showing("responsive_ui").open();
    window.press("About");
    window.press("About");
    window.settle();
    // Finding two would panic.
    window.node(Role::Window, "About");
    window.press("OK");
    window.settle();
    assert!(!has_dialog(&window, "About"));
}

#[test]
fn the_ui_thread_shows_the_warning_then_freezes_and_finds_the_clicks_that_waited() {
    let mut window = showing("responsive_ui").set("seconds", 0.7).open();
    let about = window.node(Role::Button, "About").rect().center();
    window.press("Download");
    let warning = window.picture_with("The last picture");
    assert!(
        warning.is_some_and(|warning| warning.contains("draws nothing until the task is done"))
    );
    assert!(!window.can_press("Download"));

    let begun = Instant::now();
    window.frame();
    assert!(
        begun.elapsed() >= Duration::from_millis(700),
        "it did not freeze"
    );
    // The presses that waited arrive together in the next frame.
    let beside = pos2(700.0, 400.0);
    click_all_at_once(&mut window, &[beside, about, beside]);
    window.frame();
    window.until("the notice", |window| has_dialog(window, "Notice"));
    let result = window.result();
    let gap = result
        .strip_prefix("the main thread drew nothing for ")
        .and_then(|rest| rest.split_once(" s, and 3 clicks waited"))
        .and_then(|(gap, _)| gap.parse::<f64>().ok());
    assert!(
        gap.is_some_and(|gap| (0.7..10.0).contains(&gap)),
        "{result}"
    );
    // A short run is played again, and at its end the clicks are there.
    window.until("the rings", |window| {
        let timeline = window.picture_with("Timeline: ");
        timeline.is_some_and(|words| words.ends_with("3 clicks waited until the end"))
    });
    let right = window.right_answer();
    assert_eq!(right.as_deref(), Some("B it opens after the download"));
    for _ in ["Notice", "About"] {
        window.key(Key::Escape);
    }
    layout::check(&mut window, "after a freeze");
}

#[test]
fn a_finished_run_keeps_the_clicks_that_were_answered() {
    let opening = showing("responsive_ui").variant("worker_thread");
    let mut window = opening.set("seconds", 1).open();
    window.press("Download");
    window.frame();
    click_all_at_once(&mut window, &[pos2(700.0, 400.0)]);
    window.until("the notice", |window| has_dialog(window, "Notice"));
    window.until("the dot", |window| {
        let timeline = window.picture_with("Timeline: ");
        timeline.is_some_and(|words| words.ends_with("1 click answered"))
    });
}

#[test]
fn every_click_that_waited_in_the_freeze_is_carried_out_in_its_turn() {
    let mut window = showing("responsive_ui").set("seconds", 0.7).open();
    let about = window.node(Role::Button, "About").rect().center();
    let bank = window.node(Role::Button, "Bank deposits").rect().center();
    let back = window
        .node(Role::Button, "The Download button")
        .rect()
        .center();
    window.press("Download");
    window.frame();
    let waited = [pos2(700.0, 400.0), about, pos2(700.0, 400.0), bank, back];
    click_all_at_once(&mut window, &waited);
    window.until("About", |window| has_dialog(window, "About"));
    window.until("the other demo", |window| window.title() == "Bank deposits");
    window.until("the notice", |window| has_dialog(window, "Notice"));
    assert_eq!(window.title(), "The Download button");
    let result = window.result();
    assert!(result.contains("and 5 clicks waited"), "{result}");
}

#[test]
fn both_ways_are_compared_in_one_sentence() {
    let mut window = showing("responsive_ui").set("seconds", 0.7).open();
    for variant in ["On the UI thread", "On a worker thread"] {
        window.choose(variant);
        window.press("Download");
        window.until("the notice", |window| has_dialog(window, "Notice"));
        window.key(Key::Escape);
    }
    let result = window.result();
    assert!(result.contains("; on the UI thread it was 0.7"), "{result}");
}
