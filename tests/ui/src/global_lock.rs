//! Busy threads in the window: what is seen before, during and after a run, and after Stop.

use egui::accesskit::Role;
use threadlab::app::Theme;
use threadlab::text::Language;

use crate::launch::{Opening, showing};
use crate::layout;

fn short() -> Opening {
    showing("global_lock").set("threads", 3).set("seconds", 0.3)
}

#[test]
fn towers_stand_beside_the_line_of_one_thread_alone() {
    let mut window = short().variant("global_lock").open();
    layout::check(&mut window, "before the run");
    let picture = window.picture_with("against one alone").expect("a picture");
    assert!(picture.contains("× ?"), "{picture}");
    assert!(picture.contains("3 threads on "), "{picture}");
    assert!(picture.contains("1 thread alone W"), "{picture}");
    for never_ran in ["Free threads", "One lock (model)", "Python"] {
        let name = picture.split("; ").any(|part| part.starts_with(never_ran));
        assert!(!name, "a column of {never_ran}: {picture}");
    }

    window.press("Run");
    assert!(window.is_running());
    layout::check(&mut window, "during the run");
    window.until("one thread counts alone", |window| {
        window.picture_with("what one thread does alone").is_some()
    });
    window.finish();
    let result = window.result();
    assert!(result.starts_with("3 threads did "), "{result}");
    assert!(result.contains("A model in Threadlab"), "{result}");
    assert!(result.contains("every 5 ms"), "{result}");
    layout::check(&mut window, "after the run");
    window.until("the replay is over", |window| {
        window.label_with("slow replay").is_none()
    });
    let picture = window.picture_with("One lock (model) ×").expect("a tower");
    assert!(picture.contains("A model of Python"), "{picture}");
    assert!(!picture.contains("Free threads"), "{picture}");
    // Both stretches take as long as they are set, so their times would be equal whatever ran.
    let graph = window.picture_with("Timings: ").expect("a graph");
    assert!(graph.contains("cores busy"), "{graph}");
    assert!(!graph.contains("time ("), "{graph}");
    let timeline = window.picture_with("Timeline: ").expect("a timeline");
    assert!(timeline.contains("5 lanes"), "{timeline}");
    // A run that other programs disturbed, or that came out between two answers, says that it decides nothing.
    window.is_judged();

    // Earlier runs of the other variants stay, for comparing.
    window.choose("Free threads");
    window.press("Run");
    window.finish();
    layout::check(&mut window, "in slow replay, beside an earlier tower");
    window.until("both towers stand", |window| {
        let picture = window.picture_with("One lock (model) ×");
        picture.is_some_and(|picture| picture.contains("Free threads ×"))
    });
    layout::check(&mut window, "after both");
}

#[test]
fn stop_ends_the_counting() {
    for variant in ["free_threads", "global_lock", "cpython"] {
        let mut window = showing("global_lock")
            .variant(variant)
            .set("seconds", 30)
            .open();
        window.press("Run");
        window.frame();
        window.press("Stop");
        window.finish();
        assert!(window.result().starts_with("stopped after "), "{variant}");
        assert!(window.can_press("Run"));
        layout::check(&mut window, &format!("{variant}, stopped"));
    }
}

#[test]
fn many_threads_and_a_dark_narrow_window_in_chinese() {
    let mut window = short()
        .variant("cpython")
        .set("threads", 64)
        .language(Language::Chinese)
        .theme(Theme::Dark)
        .sized([1000.0, 720.0], 1.0)
        .open();
    layout::check(&mut window, "64 threads, before");
    window.press("运行");
    window.until("the run is over", |window| {
        !window.has(Role::Button, "停止")
    });
    layout::check(&mut window, "64 threads, after");
}
