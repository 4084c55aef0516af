//! Whole runs of the downloads, with real worker processes.

use egui::accesskit::Role;
use threadlab::text::Language;

use crate::launch::{Opening, showing};
use crate::layout;
use crate::window::Window;

fn small() -> Opening {
    showing("downloads")
        .set("min_seconds", 0.3)
        .set("max_seconds", 0.7)
}

fn stage(window: &Window) -> String {
    let words = window.picture_with("sleep stands in for the network");
    words.expect("the picture says what it shows")
}

#[test]
fn processes_download_at_the_same_time() {
    let mut window = small().variant("process_each").open();
    layout::check(&mut window, "before the first run");
    assert!(
        stage(&window).contains("2 files of 0.3–0.7 s each"),
        "{}",
        stage(&window)
    );
    window.press("Run");
    window.until("both processes are there", |window| {
        stage(window).matches("PID ").count() == 2
    });
    layout::check(&mut window, "in mid-run");
    window.finish();
    let result = window.result();
    assert!(
        result.contains("Each file had a process with a PID of its own."),
        "{result}"
    );
    // On a busy machine starting takes so long that it is not.
    let is_decided = !window.is_undecided();
    assert_eq!(
        result.starts_with("one after another these files would take "),
        is_decided,
        "{result}"
    );
    let timeline = window.picture_with("Timeline: ").expect("a timeline");
    assert!(
        timeline.contains("3 lanes"),
        "the run and two workers: {timeline}"
    );
    window.until("the replay is over", |window| {
        window.label_with("slow replay").is_none()
    });
    layout::check(&mut window, "after the run");
    let words = stage(&window);
    assert!(words.contains("2 of 2 files downloaded"), "{words}");
    window.is_judged();
}

#[test]
fn the_other_way_is_always_there_to_compare() {
    let mut window = small().open();
    window.press("Run");
    window.finish();
    assert!(window.result().starts_with("one after another took "));
    window.until("what was not run", |window| {
        stage(window).contains("dashed, not run: all at once")
    });
    window.choose("Coroutines");
    window.press("Run");
    window.finish();
    let words = stage(&window);
    assert!(words.contains("grey: One after another, "), "{words}");
    layout::check(&mut window, "with an earlier run");
    assert!(!words.contains("dashed"), "{words}");
    window.choose("One after another");
    let words = stage(&window);
    assert!(words.contains("grey: Coroutines, "), "{words}");
    // With other values nothing was measured to compare with.
    window.set("Files", 3.0);
    window.choose("Threads");
    window.press("Run");
    window.finish();
    window.until("what was not run", |window| {
        stage(window).contains("dashed, not run: one after another")
    });
    assert!(!stage(&window).contains("grey: "));
    layout::check(&mut window, "beside what was not run");
}

#[test]
fn run_all_gives_every_variant_the_same_files() {
    let mut window = small().open();
    window.press("Run all");
    window.finish();
    window.choose("Coroutines");
    let words = stage(&window);
    assert!(words.contains("grey: One after another, "), "{words}");
}

/// Only a run that had the same times is shown in grey behind another, and drawn beside it in the graph.
#[test]
fn files_take_the_same_times_until_new_ones_are_asked_for() {
    let mut window = small().open();
    let run = |window: &mut Window, variant: &str| {
        window.choose(variant);
        window.press("Run");
        window.frame();
        assert!(
            !window.could_press("New times"),
            "while they are downloaded"
        );
        window.finish();
        stage(window)
    };
    let has_others = |window: &Window| window.picture_with("with other values").is_some();
    run(&mut window, "One after another");
    for other in ["Coroutines", "Threads"] {
        assert!(run(&mut window, other).contains("grey: "), "{other}");
    }
    assert!(run(&mut window, "One after another").contains("grey: Threads, "));
    assert!(!has_others(&window));
    window.press("New times");
    window.frame();
    assert!(stage(&window).contains("2 files of 0.3–0.7 s each"));
    assert!(window.right_answer().is_none(), "of these nothing is known");
    assert!(has_others(&window), "the runs before had other times");
    layout::check(&mut window, "with new times");
    assert!(!run(&mut window, "Threads").contains("grey: "));
    assert!(run(&mut window, "One after another").contains("grey: Threads, "));
    // Another list of files has times of its own, and keeps them as well.
    window.set("Files", 3.0);
    assert!(!run(&mut window, "Coroutines").contains("grey: "));
    assert!(run(&mut window, "One after another").contains("grey: Coroutines, "));
}

#[test]
fn stop_ends_the_downloads_and_says_when() {
    for variant in ["one_after_another", "process_each", "async_tasks"] {
        let mut window = showing("downloads").variant(variant).open();
        window.press("Run");
        window.until("they go on", |window| {
            stage(window).contains("since the click")
        });
        window.press("Stop");
        window.finish();
        let result = window.result();
        assert!(result.starts_with("stopped after "), "{result}");
        window.until("the replay has come to the stop", |window| {
            stage(window).contains("until it was stopped")
        });
        layout::check(&mut window, "after Stop");
    }
}

#[test]
fn many_files_and_one_fit_the_picture() {
    for files in [1, 3, 8, 20, 64] {
        for variant in ["process_each", "thread_each", "async_tasks"] {
            let opening = small().set("files", files).variant(variant);
            let mut window = opening.language(Language::Chinese).open();
            layout::check(&mut window, &format!("before {files} files"));
            window.press("运行");
            layout::check(&mut window, &format!("{files} files, running"));
            window.until("the run is over", |window| window.can_press("运行"));
            layout::check(&mut window, &format!("after {files} files"));
        }
    }
}

#[test]
fn times_that_contradict_each_other_are_refused_in_words() {
    let mut window = small().open();
    window.set("Shortest", 2.5);
    assert!(!window.can_press("Run"));
    let refused = window.label_with("not started: ").expect("a reason");
    assert!(
        refused.contains("Shortest (2.5 s)") && refused.contains("Longest (0.7 s)"),
        "{refused}"
    );
    window.set("Longest", 2.5);
    assert!(window.has(Role::RadioButton, "B as long as one file"));
    assert!(window.can_press("Run"));
}

/// A time that no run has measured would be the answer to a question that is still open.
#[test]
fn with_guess_first_the_picture_works_out_no_answer_before_the_guess() {
    let mut window = small().open();
    window.tick("Guess first");
    window.choose("A all times added up");
    window.press("Run");
    window.finish();
    window.until("the times are drawn", |window| {
        stage(window).contains("added up")
    });
    let words = stage(&window);
    assert!(!words.contains("dashed"), "{words}");
    for variant in ["Processes", "Threads", "Task objects", "Coroutines"] {
        window.choose(variant);
        window.choose("C the longer one");
    }
    window.choose("One after another");
    window.until("all guesses are in", |window| {
        stage(window).contains("dashed, not run: all at once")
    });
}
