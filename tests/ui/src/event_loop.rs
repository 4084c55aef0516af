//! Many connections, with real processes that wait.

use threadlab::app::Theme;
use threadlab::text::Language;

use crate::launch::{Opening, showing};
use crate::layout;

fn small() -> Opening {
    showing("event_loop")
        .set("connections", 12)
        .set("reply_millis", 20)
}

const VARIANTS: [&str; 4] = [
    "one_at_a_time",
    "thread_each",
    "one_thread_async",
    "process_per_core_async",
];

#[test]
fn one_thread_is_compared_with_a_thread_each() {
    let mut window = small()
        .set("reply_millis", 500)
        .variant("thread_each")
        .open();
    layout::check(&mut window, "before the first run");
    window.press("Run");
    window.finish();
    let result = window.result();
    assert!(
        result.starts_with("a thread for each connection, and one that starts them: 13 threads"),
        "{result}"
    );
    layout::check(&mut window, "after a thread each");
    window.choose("One thread, async");
    window.press("Run");
    window.finish();
    let result = window.result();
    assert!(result.starts_with("1 thread collected "), "{result}");
    assert!(result.contains("12 replies"), "{result}");
    assert!(
        result.contains("A thread for each connection took "),
        "{result}"
    );
    window.until("the replay is over", |window| {
        window.label_with("slow replay").is_none()
    });
    layout::check(&mut window, "after one thread");
    let picture = window.picture_with("12 of 12 replies handled");
    let picture = picture.expect("the picture says so");
    assert!(picture.contains("; 1 thread · "), "{picture}");
    let besides = "and 1 thread that only waits for Stop";
    assert!(picture.contains(besides), "{picture}");
    // The other way of waiting stands beside it, with its threads.
    let ghost = picture.split("; A thread each ").nth(1);
    let ghost = ghost.expect("the run before is a bar");
    assert!(ghost.contains(" · 13 threads · "), "{picture}");
    let timeline = window.picture_with("Timeline: ").expect("a timeline");
    assert!(timeline.contains("3 lanes"), "{timeline}");
    window.is_judged();
}

/// A run's time is the same in the picture, in the result, and in the graph.
#[test]
fn a_run_has_one_time() {
    let mut window = small()
        .set("reply_millis", 200)
        .variant("one_thread_async")
        .open();
    window.press("Run");
    window.finish();
    window.until("the replay is over", |window| {
        window.label_with("slow replay").is_none()
    });
    let result = window.result();
    let time = result.split("replies in ").nth(1).expect("a time");
    let time = time.split(',').next().expect("a time");
    let picture = window.picture_with("12 of 12 replies handled");
    let picture = picture.expect("a picture");
    assert!(picture.starts_with(time), "{time} in {picture}");
    let seconds = time.split(char::is_whitespace).next().expect("a figure");
    let graph = window.picture_with("Timings: ").expect("a graph");
    let column = format!("until the last reply (s) {seconds}");
    assert!(graph.contains(&column), "{column} in {graph}");
}

#[test]
fn every_picture_fits_in_both_languages_and_many_sizes() {
    for (language, pixels, zoom) in [
        (Language::English, [1280.0, 720.0], 1.0),
        (Language::Chinese, [1280.0, 720.0], 1.0),
        (Language::English, [1280.0, 800.0], 1.5),
        (Language::Chinese, [1280.0, 800.0], 2.0),
        (Language::English, [900.0, 700.0], 1.0),
    ] {
        for variant in VARIANTS {
            let mut window = small()
                .variant(variant)
                .set("handle_millis", 1)
                .language(language)
                .theme(Theme::Dark)
                .sized(pixels, zoom)
                .open();
            let what = format!("{variant} {language:?} {pixels:?} ×{zoom}");
            layout::check(&mut window, &format!("{what}, before"));
            let names = match language {
                Language::English => ("Run", "Stop"),
                Language::Chinese => ("运行", "停止"),
            };
            let run = window.enabled_controls();
            let run = run.iter().find(|name| name.starts_with(names.0));
            window.press(&run.expect("a button that runs").clone());
            window.until("it is over", |window| !window.can_press(names.1));
            layout::check(&mut window, &format!("{what}, after"));
        }
    }
}

#[test]
fn stop_in_the_middle_says_so() {
    let mut window = small()
        .set("reply_millis", 60_000)
        .variant("one_thread_async")
        .open();
    window.press("Run");
    window.until("all are asked", |window| {
        window.picture_with("asked 12").is_some()
    });
    layout::check(&mut window, "in mid-run");
    window.press("Stop");
    window.finish();
    assert!(
        window.result().starts_with("stopped after "),
        "{}",
        window.result()
    );
    layout::check(&mut window, "after Stop");
}

#[test]
fn thousands_are_a_field() {
    let mut window = showing("event_loop")
        .set("connections", 1000)
        .variant("process_per_core_async")
        .open();
    window.press("Run");
    window.finish();
    let picture = window.picture_with("Each square is 3 connections");
    assert!(picture.is_some());
    layout::check(&mut window, "a field");
}
