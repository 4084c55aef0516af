//! The sum, with real worker processes.

use crate::launch::{Opening, showing};
use crate::layout;

fn small() -> Opening {
    showing("sum").set("numbers", 1_000_000).set("workers", 2)
}

#[test]
fn processes_add_up_and_are_compared_with_one_thread_alone() {
    let mut window = small().variant("processes").open();
    window.press("Run all");
    window.finish();
    window.choose("Processes");
    let result = window.result();
    assert!(result.starts_with("2 processes took "), "{result}");
    assert!(result.contains("the lesson’s stopwatch shows "), "{result}");
    assert!(result.contains("thread alone"), "{result}");
    let graph = window.picture_with("Timings: ").expect("a graph");
    for variant in ["One thread alone", "Threads", "Processes"] {
        assert!(graph.contains(variant), "{graph}");
    }
    let timeline = window.picture_with("Timeline: ").expect("a timeline");
    assert!(
        timeline.contains("3 lanes"),
        "the run and two workers: {timeline}"
    );
    layout::check(&mut window, "after the sums");
    window.choose("Processes");
    window.is_judged();
}

#[test]
fn one_thread_alone_finds_the_total() {
    let mut window = small().variant("alone").open();
    window.press("Run");
    window.finish();
    let total = "500\u{a0}000\u{a0}500\u{a0}000";
    assert!(window.result().contains(total), "{}", window.result());
}

#[test]
fn a_choice_is_made_with_the_pointer() {
    let mut window = small().variant("processes").open();
    window.choose("pipe");
    window.press("Run");
    window.finish();
    assert!(
        window.result().starts_with("2 processes took "),
        "{}",
        window.result()
    );
    let question = window.label_with("sent through pipes");
    assert!(question.is_some(), "{:?}", window.labels());
}
