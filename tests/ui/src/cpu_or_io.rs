//! Computing and waiting, from the click to the curves.

use crate::launch::{Opening, showing};
use crate::layout;
use crate::window::Window;

fn small() -> Opening {
    showing("cpu_or_io")
        .set("workers", "1,2,4,8")
        .set("tasks", 8)
        .set("task_millis", 5)
}

fn graph(window: &Window) -> String {
    // Before the first run the stage has the graph's room.
    window.picture_with("Timings: ").unwrap_or_default()
}

/// The text of the stage, which begins with the first kind of task.
fn stage(window: &Window) -> String {
    let picture = window.picture_with("Computing (CPU-bound) ×");
    picture.expect("a stage")
}

#[test]
fn both_kinds_of_task_are_drawn_as_curves_and_compared_in_words() {
    let mut window = small().variant("io_bound").open();
    assert!(stage(&window).contains("Computing (CPU-bound) × ? not run yet"));
    // The picture of the end at once.
    window.tick("Slow replay");
    window.press("Run all");
    window.finish();
    layout::check(&mut window, "after both runs");
    let graph = graph(&window);
    assert!(graph.contains("speed-up by Threads"), "{graph}");
    for variant in [
        "Computing (CPU-bound) 1 → 1, 2 → ",
        "Waiting (I/O-bound) 1 → 1, 2 → ",
    ] {
        assert!(graph.contains(variant), "{graph}");
    }
    assert!(graph.contains("logical cores"), "{graph}");
    assert!(graph.contains("points of 2 runs"), "{graph}");
    let stage = stage(&window);
    assert!(!stage.contains("not run yet"), "{stage}");
    // Each tray says how long it took, for the bar below it.
    let trays = stage.split("8 threads: 8 of 8 done ").skip(1);
    let times = trays.filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    assert_eq!(times.count(), 2, "{stage}");
    let mut result = window.result();
    if !result.contains(": computing ") {
        // Waiting is compared with a run that was not disturbed; this one says that it was.
        window.choose("Computing (CPU-bound)");
        result = window.result();
        assert!(result.contains("these figures say little"), "{result}");
    } else {
        assert!(result.contains(", waiting "), "{result}");
    }
    // The result says why if other programs, or chance, leave the question undecided.
    window.is_judged();
}

#[test]
fn a_run_is_drawn_point_by_point_and_stop_keeps_what_was_measured() {
    let opening = small().variant("io_bound").set("workers", "1,2,3");
    let mut window = opening.set("tasks", 400).open();
    window.press("Run");
    window.until("two points are drawn", |window| {
        graph(window).contains("Waiting (I/O-bound) 1 → 1, 2 → ")
    });
    assert!(window.is_running());
    layout::check(&mut window, "after two points");
    window.press("Stop");
    window.finish();
    assert!(
        window.result().starts_with("stopped after "),
        "{}",
        window.result()
    );
    let graph = graph(&window);
    assert!(graph.contains("Waiting (I/O-bound) 1 → 1, 2 → "), "{graph}");
    layout::check(&mut window, "after a stop");
}

#[test]
fn one_thread_has_nothing_to_be_compared_with() {
    let mut window = small().variant("cpu_bound").set("workers", "1").open();
    window.press("Run");
    window.finish();
    assert!(
        window.result().starts_with("only one thread"),
        "{}",
        window.result()
    );
    layout::check(&mut window, "after a run of one thread");
}

#[test]
fn a_great_many_tasks_and_threads_still_fit() {
    let opening = showing("cpu_or_io").variant("io_bound");
    let opening = opening.set("workers", "1,200,256").set("tasks", 500);
    let mut window = opening
        .set("task_millis", 1)
        .sized([900.0, 700.0], 1.0)
        .open();
    window.press("Run");
    layout::check(&mut window, "in mid-run");
    window.finish();
    layout::check(&mut window, "after the run");
}
