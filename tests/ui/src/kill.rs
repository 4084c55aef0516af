//! Killing one of a run's processes, at its lane or from the row of buttons; cores pulled out meanwhile.

use egui::Key;
use egui::accesskit::Role;

use crate::launch::showing;
use crate::layout;
use crate::window::Window;

/// Two processes that add for seconds.
fn adding(variant: &'static str) -> Window {
    let mut window = showing("sum")
        .variant(variant)
        .set("numbers", 4_000_000_000_u64)
        .set("workers", 2)
        .open();
    window.press("Run");
    window
}

#[test]
fn a_process_is_killed_at_its_lane_and_the_other_goes_on() {
    let mut window = adding("processes");
    window.until("the lane is there", |window| {
        window.has(Role::Button, "worker 2")
    });
    window.press("worker 2");
    window.until("its menu", |window| window.can_press("Kill worker 2"));
    assert!(
        !window.has(Role::Button, "Kill worker 1"),
        "the lane's own only"
    );
    window.press("Kill worker 2");
    layout::check(&mut window, "one is killed");
    window.finish();
    let result = window.result();
    assert!(
        result.starts_with("failed: you killed worker 2 (PID "),
        "{result}"
    );
    let part = "Its part, 2\u{a0}000\u{a0}000\u{a0}001 … 4\u{a0}000\u{a0}000\u{a0}000, is missing.";
    assert!(result.contains(part), "{result}");
    let there = "The other part adds up to 2\u{a0}000\u{a0}000\u{a0}001\u{a0}000\u{a0}000\u{a0}000, and that is not the answer.";
    assert!(result.contains(there), "{result}");
    assert!(
        !window.has(Role::Button, "worker 1"),
        "nothing is left to be killed"
    );
    layout::check(&mut window, "after the kill");
}

#[test]
fn by_keyboard_alone() {
    let mut window = adding("processes");
    window.until("the button", |window| window.can_press("Kill one"));
    for _ in 0..60 {
        if window.focused().as_deref() == Some("Kill one") {
            break;
        }
        window.key(Key::Tab);
    }
    window.key(Key::Enter);
    window.until("the menu", |window| window.can_press("Kill worker 1"));
    for _ in 0..4 {
        if window.focused().as_deref() == Some("Kill worker 1") {
            break;
        }
        window.key(Key::ArrowDown);
    }
    assert_eq!(window.focused().as_deref(), Some("Kill worker 1"));
    window.key(Key::Enter);
    window.finish();
    let result = window.result();
    assert!(
        result.starts_with("failed: you killed worker 1 (PID "),
        "{result}"
    );
}

#[test]
fn a_menu_closes_with_escape_and_kills_nobody() {
    let mut window = adding("processes");
    window.until("the lane is there", |window| {
        window.has(Role::Button, "worker 2")
    });
    window.press("worker 2");
    window.until("its menu", |window| window.can_press("Kill worker 2"));
    window.key(Key::Escape);
    window.until("it is closed", |window| !window.can_press("Kill worker 2"));
    assert!(window.is_running());
    window.press("Stop");
    window.finish();
}

#[test]
fn at_a_thread_it_is_said_why_not() {
    let mut window = adding("threads");
    window.until("the lane is there", |window| {
        window.has(Role::Button, "thread 1")
    });
    assert!(
        !window.can_press("Kill one"),
        "there is no process to be killed"
    );
    window.press("thread 1");
    window.until("the reason", |window| {
        window.label_with("A thread can’t be killed.").is_some()
    });
    assert!(!window.can_press("Kill thread 1"));
    window.press("Stop");
    window.finish();
}

#[test]
fn cores_are_pulled_out_while_it_runs_and_the_result_says_so() {
    let mut window = adding("threads");
    let all = window.number("Cores");
    if all < 2.0 {
        return;
    }
    window.set("Cores", 1.0);
    window.until("the timeline tells", |window| window.is_running());
    window.finish();
    let result = window.result();
    let changed = "The number of cores was changed while it ran, at last to 1;";
    assert!(result.contains(changed), "{result}");
    // It is in no graph: neither with those of one core nor with those of all.
    let graph = window.picture_with("Timings: ").expect("a graph");
    let none = "Timings: Runs will be drawn here.; 1 run with other values, not drawn";
    assert_eq!(graph, none);
    layout::check(&mut window, "after the change");
}
