//! Every control keeps its id, whatever appears or goes before it: what is typed or dragged goes where it
//! was begun.

use std::collections::{BTreeMap, HashSet};

use egui::accessibility::is_input;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use threadlab::demos::REGISTRY;
use threadlab::lab::demo::Demo;
use threadlab::text::Language;

use crate::launch::{Opening, showing};
use crate::layout;
use crate::window::Window;

/// A window in which another demo than `demo` runs until it is stopped, and how that is begun.
fn elsewhere(demo: &str) -> (Opening, &'static str) {
    match demo {
        "responsive_ui" => {
            let bank = showing("bank_lock").variant("mutex");
            (bank.set("gap_millis", 1000), "Run")
        }
        _ => {
            let download = showing("responsive_ui").variant("worker_thread");
            (download.set("seconds", 600), "Download")
        }
    }
}

/// A window that shows `demo` while another runs, so that nothing can be started here.
fn hindered(demo: &dyn Demo) -> Window {
    let (opening, start) = elsewhere(demo.id());
    let mut window = opening.open();
    window.press(start);
    window.press(&title(demo, "title"));
    assert!(is_hindered(&window), "{}", demo.id());
    window
}

fn title(demo: &dyn Demo, of: &str) -> String {
    let key = format!("{}-{of}", demo.id());
    Language::English.text(&key).into_owned()
}

fn is_hindered(window: &Window) -> bool {
    window.label_with("” is running").is_some()
}

/// The ids of all controls by role and name; two of the same name keep their order.
fn ids(window: &Window) -> BTreeMap<String, String> {
    let controls = by().predicate(|node| is_input(node.role()));
    let mut seen = BTreeMap::new();
    for control in window.harness.query_all(controls) {
        let node = control.accesskit_node();
        let name = format!("{:?} {}", node.role(), node.label().unwrap_or_default());
        let twins = (0..).map(|twin| format!("{name} {twin}"));
        let name = twins.into_iter().find(|name| !seen.contains_key(name));
        seen.insert(name.expect("one is free"), format!("{:?}", node.id()));
    }
    seen
}

#[test]
fn a_control_keeps_its_id_when_others_come_and_go() {
    for entry in REGISTRY {
        let demo = (entry.demo)();
        let mut window = hindered(demo.as_ref());
        let all = |window: &mut Window| {
            let each = demo.variants().into_iter().map(|variant| {
                window.choose(&title(demo.as_ref(), variant.id));
                window.press("Values");
                let all = ids(window);
                window.key(Key::Escape);
                all
            });
            each.collect::<Vec<_>>()
        };
        let hindered = all(&mut window);
        window.key(Key::Period);
        window.until("the other run is over", |window| !is_hindered(window));
        let free = all(&mut window);
        for before in hindered.iter().chain(&free) {
            assert!(before.len() > 10, "{}: {before:?}", demo.id());
            for after in &free {
                for (name, id) in before {
                    let is_same = after.get(name).is_none_or(|other| other == id);
                    assert!(is_same, "{}: {name} has become another", demo.id());
                }
            }
        }
    }
}

/// The numbers of all fields.
fn numbers(window: &Window) -> BTreeMap<String, f64> {
    let fields = window.harness.query_all_by_role(Role::SpinButton);
    let number = |field: egui_kittest::Node<'_>| {
        let node = field.accesskit_node();
        Some((node.label()?, node.numeric_value()?))
    };
    fields.filter_map(number).collect()
}

/// The least and the greatest number of a field.
fn range(window: &Window, field: &str) -> [f64; 2] {
    let node = window.node(Role::SpinButton, field);
    let node = node.accesskit_node();
    let range = [node.min_numeric_value(), node.max_numeric_value()];
    range.map(|end| end.expect("a field has a range"))
}

fn button(window: &mut Window, pos: Pos2, pressed: bool) {
    window.harness.event(Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
    window.frame();
}

fn point(window: &mut Window, pos: Pos2) {
    window.harness.event(Event::PointerMoved(pos));
    window.frame();
}

/// Clicks a field and types, key by key; after each all is as it was but for this field. The values stay open.
fn type_slowly(window: &mut Window, field: &str, role: Role, text: &str) {
    window.open_menu_with(role, field);
    let place = window.node(role, field).rect().center();
    point(window, place);
    button(window, place, true);
    button(window, place, false);
    window.frame();
    assert_eq!(window.focused().as_deref(), Some(field));
    let mut others = numbers(window);
    others.remove(field);
    window
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.frame();
    for letter in text.chars() {
        window.harness.event(Event::Text(letter.to_string()));
        window.frame();
        window.frame();
        assert_eq!(
            window.focused().as_deref(),
            Some(field),
            "at {letter} of {text}"
        );
        let mut now = numbers(window);
        now.remove(field);
        assert_eq!(now, others, "at {letter} of {text} in {field}");
    }
    window.key(Key::Enter);
    window.harness.remove_cursor();
    window.frame();
}

/// Shows each field of each demo once.
fn in_every_field(mut look: impl FnMut(&mut Window, &str)) {
    for entry in REGISTRY {
        let demo = (entry.demo)();
        let mut window = hindered(demo.as_ref());
        let mut tried = HashSet::new();
        for variant in demo.variants() {
            window.choose(&title(demo.as_ref(), variant.id));
            window.press("Values");
            for field in numbers(&window).into_keys() {
                if tried.insert(field.clone()) {
                    look(&mut window, &field);
                }
            }
        }
    }
}

#[test]
fn what_is_typed_goes_into_its_field_whatever_it_makes_impossible() {
    let (mut hindered, mut free) = (0, 0);
    in_every_field(|window, field| {
        let [least, greatest] = range(window, field);
        // Most demos can't be run with the greatest of everything, but can with the least.
        for number in [greatest, least.max(0.0)] {
            type_slowly(window, field, Role::SpinButton, &number.to_string());
            assert_eq!(window.number(field), number, "{field}");
            match window.label_with("not started: ") {
                Some(_) => hindered += 1,
                None => free += 1,
            }
        }
        // Nothing runs elsewhere from the second field on.
        window.key(Key::Period);
        window.until("the other run is over", |window| !is_hindered(window));
    });
    assert!(hindered > 0 && free > 10, "{hindered}, {free}");
}

#[test]
fn what_is_dragged_is_the_same_field_to_the_end() {
    in_every_field(|window, field| {
        let mut others = numbers(window);
        let begun = others.remove(field).expect("a number");
        let place = window.node(Role::SpinButton, field).rect().center();
        point(window, place);
        button(window, place, true);
        let way = |from: i32, to: i32| (0..=8).map(move |step| from + (to - from) * step / 8);
        let mut moved = HashSet::new();
        for x in way(0, 120).chain(way(120, -160)) {
            point(window, place + vec2(x as f32, 0.0));
            let mut now = numbers(window);
            let number = now.remove(field).expect("a number");
            assert_eq!(now, others, "while {field} is dragged");
            moved.insert(number.to_bits());
            // The run elsewhere, which hindered this, ends in the midst of the drag.
            if x == 60 {
                window.key(Key::Period);
            }
        }
        button(window, place - vec2(160.0, 0.0), false);
        assert!(moved.len() > 1, "{field} did not move from {begun}");
        window.harness.remove_cursor();
        window.frame();
    });
}

#[test]
fn an_order_of_steps_can_be_typed() {
    let mut window = showing("bank_lock").set("threads", 2).open();
    type_slowly(&mut window, "Schedule", Role::TextInput, "ABABAB");
    let schedule = window.node(Role::TextInput, "Schedule");
    assert_eq!(schedule.value().as_deref(), Some("ABABAB"));
}

#[test]
fn a_number_is_read_as_it_is_meant_or_refused_in_words() {
    let mut window = showing("bank_lock").set("threads", 7).open();
    for (text, number) in [
        ("1,000", 1000.0),
        ("2_500", 2500.0),
        ("１２", 12.0),
        ("1 000", 1000.0),
    ] {
        type_slowly(&mut window, "Threads", Role::SpinButton, text);
        assert_eq!(window.number("Threads"), number, "{text}");
        assert_eq!(window.label_with("stays at"), None, "{text}");
    }
    type_slowly(&mut window, "Threads", Role::SpinButton, "10.000");
    assert_eq!(window.number("Threads"), 1000.0);
    let refused = window.label_with("stays at").expect("why it is not 10");
    assert!(
        refused.contains("“10.000”") && refused.contains("1000"),
        "{refused}"
    );
    layout::check(&mut window, "with a number refused");
    type_slowly(&mut window, "Threads", Role::SpinButton, "9");
    assert_eq!(window.number("Threads"), 9.0);
    assert_eq!(window.label_with("stays at"), None);

    let mut window = showing("responsive_ui").open();
    for (text, seconds) in [("1,5", 1.5), ("2.0", 2.0), ("０．３", 0.3)] {
        type_slowly(&mut window, "Seconds", Role::SpinButton, text);
        assert_eq!(window.number("Seconds"), seconds, "{text}");
    }
}

#[test]
fn what_is_typed_counts_for_the_run_that_is_started_next() {
    let mut window = showing("bank_lock").set("gap_millis", 0).open();
    window.press("Values");
    let place = window.node(Role::SpinButton, "Threads").rect().center();
    point(&mut window, place);
    button(&mut window, place, true);
    button(&mut window, place, false);
    window.frame();
    for letter in ["1", "7"] {
        window.harness.event(Event::Text(letter.to_owned()));
        window.frame();
    }
    window.press("Run");
    window.finish();
    assert_eq!(window.number("Threads"), 17.0);
    assert!(window.result().contains("17"), "{}", window.result());
}
