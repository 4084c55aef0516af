//! Whole runs of the bank deposits, from the click to the answer.

use egui::accesskit::Role;
use threadlab::demos;
use threadlab::lab::demo::set_param;
use threadlab::lab::demo::verdict::Finding;

use crate::launch::{Opening, showing};
use crate::layout;
use crate::window::Window;

/// The run is so short that it is soon over, and the gap so long that deposits are lost even on a busy machine.
fn small() -> Opening {
    showing("bank_lock")
        .set("threads", 20)
        .set("gap_millis", 100)
}

#[track_caller]
fn run_to_its_end(window: &mut Window, button: &str) {
    window.press(button);
    assert!(window.is_running());
    window.finish();
}

/// The number after `sign` in a text.
fn number_after(text: &str, sign: &str) -> f64 {
    let (_, rest) = text.split_once(sign).expect("the sign");
    let end = rest.find(|digit: char| !digit.is_ascii_digit());
    rest[..end.unwrap_or(rest.len())].parse().expect("a number")
}

fn runs_in_graph(window: &Window) -> f64 {
    // Before the first run the stage has the graph's room.
    let graph = window.picture_with("Timings: ").unwrap_or_default();
    if graph.contains("each ring is one run") {
        1.0
    } else if graph.contains("each ring is one of ") {
        number_after(&graph, "each ring is one of ")
    } else {
        0.0
    }
}

#[test]
fn a_run_goes_from_the_click_to_figures_answer_and_graph() {
    let mut window = small().open();
    assert_eq!(runs_in_graph(&window), 0.0);
    window.press("Run");
    assert!(window.is_running());
    assert!(!window.has(Role::Button, "Run"), "Stop has its place");
    for button in ["Run all", "Repeat"] {
        assert!(!window.could_press(button));
    }
    assert_eq!(window.result(), "running …");

    window.finish();
    assert!(window.can_press("Run"));
    let result = window.result();
    assert!(result.contains("20 deposits succeeded"), "{result}");
    let balance = number_after(&result, "the balance is ¥");
    let lost = number_after(&result, ": ");
    assert!(lost > 0.0 && balance + lost == 20.0, "{result}");
    assert_eq!(runs_in_graph(&window), 1.0);

    // The answer that is marked is the one that this run makes right.
    let mut bank = (demos::find("bank_lock").expect("the demo").demo)();
    set_param(bank.as_mut(), "threads", "20").expect("a good number");
    let question = bank.questions().remove(0);
    let verdict = question.verdict_on(Finding::Count(balance));
    let letter = ["A ", "B ", "C ", "D "][verdict.right().expect("a right answer")];
    let marked = window.right_answer().expect("it is marked");
    assert!(marked.starts_with(letter), "{marked}");
}

#[test]
fn a_short_run_is_played_again_slowly_and_says_so() {
    let mut window = small().open();
    run_to_its_end(&mut window, "Run");
    assert!(window.label_with("slow replay ×").is_some());
    assert!(!window.has(Role::Button, "Play again"));
    layout::check(&mut window, "in slow replay");
    window.until("the replay is over", |window| {
        window.label_with("slow replay").is_none()
    });
    layout::check(&mut window, "after a run");
    window.press("Play again");
    assert!(window.label_with("slow replay ×").is_some());

    window.tick("Slow replay");
    run_to_its_end(&mut window, "Run");
    assert!(window.label_with("slow replay ×").is_none());
}

#[test]
fn run_all_and_repeat_take_turns_and_clear_forgets() {
    let mut window = showing("bank_lock")
        .set("threads", 3)
        .set("gap_millis", 1)
        .open();
    run_to_its_end(&mut window, "Run all");
    assert_eq!(runs_in_graph(&window), 5.0);
    let graph = window.picture_with("Timings: ").expect("a graph");
    for variant in ["No lock", "Lock", "Short lock", "Atomic", "Coroutines"] {
        assert!(graph.contains(variant), "{graph}");
    }
    run_to_its_end(&mut window, "Repeat");
    assert_eq!(runs_in_graph(&window), 55.0);
    layout::check(&mut window, "with many runs");
    window.press("Clear runs");
    assert_eq!(runs_in_graph(&window), 0.0);
}

#[test]
fn stop_ends_the_run_and_those_to_come() {
    // A minute's work, if it were not stopped.
    let mut window = showing("bank_lock")
        .set("threads", 60)
        .set("gap_millis", 1000)
        .open();
    window.press("Repeat");
    window.frame();
    window.press("Stop");
    window.finish();
    assert!(
        window.result().starts_with("stopped after "),
        "{}",
        window.result()
    );
    assert!(window.can_press("Run"));
    window.settle();
    assert!(!window.is_running(), "another run began after Stop");
}

#[test]
fn a_run_keeps_the_parameters_it_began_with() {
    let mut window = small().open();
    window.choose("Lock");
    window.press("Run");
    window.set("Threads", 3.0);
    assert!(window.is_running());
    assert_eq!(window.number("Threads"), 3.0);
    window.finish();
    assert!(window.result().contains("¥20"), "{}", window.result());
    let graph = window.picture_with("Timings: ").expect("a graph");
    assert!(graph.contains("1 run with other values"), "{graph}");
    // An answer about 3 threads is not decided by a run of 20.
    assert_eq!(window.right_answer(), None);

    window.set("Threads", 20.0);
    assert_eq!(runs_in_graph(&window), 1.0);
    assert!(window.right_answer().is_some());
    window.press("Lesson values");
    assert_eq!(window.number("Threads"), 100.0);
}

#[test]
fn parameters_that_contradict_each_other_are_refused_in_words() {
    let mut window = showing("bank_lock").set("threads", 3).open();
    window.set("Failing", 4.0);
    assert!(!window.can_press("Run"));
    let refused = window.label_with("not started: ").expect("a reason");
    assert!(
        refused.contains("Failing (4)") && refused.contains("Threads (3)"),
        "{refused}"
    );
    window.set("Failing", 1.0);
    run_to_its_end(&mut window, "Run");
    assert!(
        window.result().contains("1 deposit panicked"),
        "{}",
        window.result()
    );
}

#[test]
fn coroutines_need_no_lock_until_one_waits_between_reading_and_writing() {
    let mut window = small().variant("async_tasks").open();
    run_to_its_end(&mut window, "Run");
    let result = window.result();
    assert!(result.starts_with("nothing was lost: ¥20"), "{result}");
    assert_eq!(window.right_answer().as_deref(), Some("A ¥20"));

    window.tick("Await inside");
    // That was another program: its run answers nothing here.
    assert_eq!(window.right_answer(), None);
    run_to_its_end(&mut window, "Run");
    let result = window.result();
    assert!(result.contains("the balance is ¥1: 19 were"), "{result}");
    let right = window.right_answer();
    assert_eq!(right.as_deref(), Some("D less than ¥2"));
    layout::check(&mut window, "after coroutines that lost deposits");
    // The threads have no such choice.
    window.choose("No lock");
    let offered = window.enabled_controls();
    assert!(!offered.contains(&"Await inside".to_owned()), "{offered:?}");
}
