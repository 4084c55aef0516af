//! The keyboard alone.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Shape};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use threadlab::demos::REGISTRY;
use threadlab::text::Language;
use threadlab::widgets::look::focus;
use threadlab::widgets::look::palette::Palette;
use threadlab::widgets::stage::Buttons;

use crate::launch::showing;
use crate::window::{DIGITS, Window};

/// A run that would take a minute.
fn long() -> Window {
    let opening = showing("bank_lock").variant("mutex");
    opening.set("threads", 60).set("gap_millis", 1000).open()
}

#[test]
fn digits_choose_demos_by_their_numbers() {
    let mut window = showing("bank_lock").open();
    for entry in REGISTRY.iter().rev() {
        window.key(DIGITS[usize::from(entry.number % 10)]);
        let title = format!("{}-title", entry.spec.id);
        assert_eq!(window.title(), Language::English.text(&title));
    }
    let before = window.title();
    let unused = (1..=10).find(|number| REGISTRY.iter().all(|entry| entry.number != *number));
    if let Some(unused) = unused {
        window.key(DIGITS[usize::from(unused % 10)]);
        assert_eq!(window.title(), before, "there is no demo {unused}");
    }
    window
        .harness
        .key_press_modifiers(Modifiers::CTRL, Key::Num4);
    window.frame();
    window.frame();
    assert_eq!(window.title(), before, "a digit with Ctrl is another key");
}

#[test]
fn space_and_enter_run_and_the_full_stop_stops() {
    let mut window = long();
    for key in [Key::Space, Key::Enter] {
        window.key(key);
        assert!(window.is_running(), "{key:?} runs");
        window.key(Key::Period);
        window.finish();
        assert!(window.result().starts_with("stopped after "));
    }
}

#[test]
fn space_presses_the_control_that_has_the_focus_instead() {
    let mut window = long();
    window.node(Role::Button, "Code").focus();
    window.frame();
    window.key(Key::Space);
    assert!(!window.is_running());
    assert_eq!(window.result(), "not run yet.");
}

#[test]
fn single_keys_do_nothing_while_a_number_is_edited() {
    let mut window = long();
    window.press("Run");
    window.press("Values");
    window.node(Role::SpinButton, "Threads").focus();
    window.frame();
    for key in [Key::Num1, Key::Period, Key::Space] {
        window.key(key);
    }
    assert_eq!(window.title(), "Bank deposits");
    assert!(window.is_running());
    window.key(Key::Escape);
    window.key(Key::Period);
    window.finish();
}

/// A key press as it comes from a keyboard whose layout has `key` at the place of `place`.
fn press(window: &mut Window, key: Key, place: Key, modifiers: Modifiers) {
    for pressed in [true, false] {
        window.harness.event(egui::Event::Key {
            key,
            physical_key: Some(place),
            pressed,
            repeat: false,
            modifiers,
        });
    }
    window.frame();
    window.frame();
}

#[test]
fn a_layout_without_plain_digits_has_them_by_their_places() {
    let mut window = showing("bank_lock").open();
    // French: 4 and 5 are ' and (, 6 is -; Czech: 1 is +.
    for (sign, place, title) in [
        (Key::Plus, Key::Num1, "The Download button"),
        (Key::Quote, Key::Num4, "Bank deposits"),
        (Key::OpenBracket, Key::Num5, "Busy threads"),
        (Key::Minus, Key::Num6, "Homework"),
    ] {
        press(&mut window, sign, place, Modifiers::NONE);
        assert_eq!(window.title(), title);
    }
    // The number pad without its numbers.
    press(&mut window, Key::End, Key::Num1, Modifiers::NONE);
    assert_eq!(window.title(), "Homework");
}

#[test]
fn a_full_stop_is_one_wherever_its_key_is() {
    let mut window = long();
    window.key(Key::Space);
    // A French keyboard has another sign at that place.
    press(&mut window, Key::Colon, Key::Period, Modifiers::NONE);
    assert!(window.is_running());
    press(&mut window, Key::Semicolon, Key::Comma, Modifiers::SHIFT);
    window.harness.event(egui::Event::Text(".".to_owned()));
    window.frame();
    window.finish();
    assert!(window.result().starts_with("stopped after "));
}

#[test]
fn a_key_that_is_held_does_its_thing_once() {
    let mut window = showing("bank_lock").open();
    let hold = |window: &mut Window, key: Key, modifiers: Modifiers| {
        for pressed in [true, true, true, true, false] {
            window.harness.event(egui::Event::Key {
                key,
                physical_key: Some(key),
                pressed,
                repeat: false,
                modifiers,
            });
            window.frame();
        }
        window.frame();
    };
    assert!(!window.has(Role::Button, "Close the code"));
    hold(&mut window, Key::D, Modifiers::COMMAND);
    assert!(window.has(Role::Button, "Close the code"));
    hold(&mut window, Key::F11, Modifiers::NONE);
    assert!(!window.has(Role::Button, "Code"), "it is presented");
    hold(&mut window, Key::F11, Modifiers::NONE);
    assert!(window.has(Role::Button, "Code"), "it is presented no more");
}

fn about() -> Window {
    let mut window = showing("responsive_ui").set("seconds", 1).open();
    window.press("About");
    window.until("the dialog is there", |window| window.can_press("OK"));
    window
}

#[test]
fn one_escape_does_one_thing() {
    let mut window = about();
    // The menu comes first, then the dialog.
    window.press("Values");
    assert!(window.can_press("Lesson values"));
    window.key(Key::Escape);
    assert!(!window.can_press("Lesson values"));
    assert!(window.can_press("OK"));
    window.key(Key::Escape);
    assert!(!window.can_press("OK"));

    // A control keeps the focus while a dialog is closed.
    window.press("About");
    window.node(Role::Button, "About").focus();
    window.frame();
    window.key(Key::Escape);
    assert!(!window.can_press("OK"));
    assert_eq!(window.focused().as_deref(), Some("About"));
}

#[test]
fn behind_a_dialog_nothing_begins() {
    for key in [Key::Enter, Key::Space] {
        let mut window = about();
        window.key(key);
        assert!(!window.can_press("OK"), "it closes the dialog");
        assert!(window.can_press("Download"), "no download has begun");
    }
}

/// Whether a ring is painted around the control that has the focus, over the control's own face.
fn has_ring(window: &Window) -> bool {
    let mut focused = window
        .harness
        .query_all(by().predicate(|node| node.is_focused()));
    let Some(control) = focused.next().map(|node| node.rect()) else {
        return false;
    };
    let [ring, _] = focus::colors(&Palette::LIGHT);
    let painted = window.harness.output().shapes.iter();
    let mut rings = painted.filter_map(|painted| match &painted.shape {
        Shape::Rect(shape) if shape.stroke.color == ring && shape.fill.a() == 0 => {
            Some(shape.rect.intersect(painted.clip_rect))
        }
        _ => None,
    });
    rings.any(|ring| ring.expand(1.0).contains_rect(control) || control.contains_rect(ring))
}

/// The controls that Tab reaches, and within a group the arrow keys; each shows the focus.
pub fn reachable(window: &mut Window) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let here = |window: &Window, reached: &mut BTreeSet<String>| {
        let focused = window.focused().unwrap_or_default();
        let shows = focused.is_empty() || has_ring(window);
        assert!(shows, "{focused} shows no focus");
        reached.insert(focused.clone());
        focused
    };
    for _ in 0..3 * window.enabled_controls().len() {
        window.key(Key::Tab);
        here(window, &mut reached);
        if !is_in_group(window) {
            continue;
        }
        // To one end of the group and then to the other; then Tab goes on from there.
        for key in [Key::ArrowUp, Key::ArrowDown] {
            let mut last = window.focused().unwrap_or_default();
            loop {
                window.key(key);
                let now = here(window, &mut reached);
                if std::mem::replace(&mut last, now.clone()) == now {
                    break;
                }
            }
        }
    }
    reached
}

#[test]
fn tab_and_arrows_go_through_all_controls() {
    for entry in REGISTRY {
        let mut window = showing(entry.spec.id).open();
        let all = window.enabled_controls();
        assert!(all.len() > 10, "{all:?}");
        let reached = reachable(&mut window);
        let missing: Vec<_> = all.iter().filter(|name| !reached.contains(*name)).collect();
        assert!(missing.is_empty(), "Tab never comes to {missing:?}");
    }
}

/// Whether the focused control is one of several that are one stop of Tab.
fn is_in_group(window: &Window) -> bool {
    let focused = by().predicate(|node| node.is_focused());
    let mut focused = window.harness.query_all(focused);
    focused.next().is_some_and(|node| {
        let role = node.accesskit_node().role();
        role == Role::RadioButton
            || role == Role::Button && node.accesskit_node().toggled().is_some()
    })
}

/// Teachers and students come to the button that runs in a few presses of Tab.
#[test]
fn run_is_among_the_first_ten_stops_of_tab() {
    for entry in REGISTRY {
        let mut window = showing(entry.spec.id).open();
        let run = match (entry.stage)().buttons() {
            Buttons::Run => "Run",
            Buttons::Download => "Download",
        };
        let mut stops = Vec::new();
        while stops.len() < 10 && stops.last().is_none_or(|stop| stop != run) {
            window.key(Key::Tab);
            stops.push(window.focused().unwrap_or_default());
        }
        assert!(stops.contains(&run.to_owned()), "{stops:?}");
    }
}

#[test]
fn control_and_plus_minus_zero_zoom_everything() {
    let mut window = showing("bank_lock").open();
    let before = window.node(Role::Button, "Run").rect().height();
    for (key, grows) in [(Key::Plus, true), (Key::Num0, false), (Key::Minus, false)] {
        window.harness.key_press_modifiers(Modifiers::COMMAND, key);
        window.frame();
        window.frame();
        let zoom = window.harness.ctx.zoom_factor();
        assert_eq!(zoom > 1.0, grows, "{key:?}");
    }
    assert!(window.harness.ctx.zoom_factor() < 1.0);
    // Points are what they were: there are fewer pixels to each.
    let now = window.node(Role::Button, "Run").rect().height();
    assert!((now - before).abs() < 0.01, "{now}, {before}");
}
