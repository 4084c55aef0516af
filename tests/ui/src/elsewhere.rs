//! One run at a time, as the other demos show it.

use egui::accesskit::Role;
use threadlab::lab::trace::event::State;
use threadlab::widgets::look::palette::Palette;

use crate::launch::showing;
use crate::layout::all_shapes;
use crate::window::Window;

/// Whether the list marks a run that goes on in this demo.
fn is_marked(window: &Window, title: &str) -> bool {
    let button = window.node(Role::Button, title).rect();
    let running = Palette::LIGHT.state(State::Running);
    all_shapes(window).iter().any(|(_, shape)| match shape {
        egui::Shape::Circle(circle) => circle.fill == running && button.contains(circle.center),
        _ => false,
    })
}

#[test]
fn a_run_goes_on_while_another_demo_is_shown() {
    let opening = showing("responsive_ui").variant("worker_thread");
    let mut window = opening.set("seconds", 3).open();
    window.press("Download");
    window.press("Bank deposits");
    assert_eq!(window.title(), "Bank deposits");
    assert!(is_marked(&window, "The Download button"));
    assert!(!is_marked(&window, "Bank deposits"));
    for button in ["Run", "Run all", "Repeat"] {
        assert!(!window.could_press(button), "{button}");
    }
    assert!(window.has(Role::Label, "“The Download button” is running"));
    assert!(
        !window.has(Role::Button, "Stop"),
        "there is nothing to stop here"
    );
    assert_eq!(window.result(), "not run yet.");

    window.press("The Download button");
    assert_eq!(window.result(), "running …");
    assert!(!window.can_press("Download"));
    window.press("Bank deposits");
    window.until("the run elsewhere is over", |window| {
        window.can_press("Run")
    });
    assert!(!is_marked(&window, "The Download button"));
    window.until("the notice, wherever one is", |window| {
        window.has(Role::Window, "Notice")
    });
}

#[test]
fn the_download_waits_for_a_run_elsewhere() {
    let mut window = showing("bank_lock").variant("mutex").open();
    window.press("Run");
    window.press("The Download button");
    assert!(!window.can_press("Download"));
    assert!(window.has(Role::Label, "“Bank deposits” is running"));
    assert!(window.can_press("About"));
    window.press("Bank deposits");
    window.until("the run is over", |window| window.can_press("Run"));
    assert!(window.result().contains("¥100"), "{}", window.result());
}
