//! Ping and Pong, with real worker processes: what the page says, and that it fits, before, in the
//! middle and after; and a run that is stuck.

use egui::accesskit::Role;
use threadlab::app::Theme;
use threadlab::text::Language;

use crate::launch::{Opening, showing};
use crate::layout;
use crate::window::Window;

fn queue() -> Opening {
    showing("ping_pong")
        .variant("queue")
        .set("put_pause_max_millis", 5)
}

fn stage(window: &Window) -> String {
    let words = window
        .picture_with("in the queue")
        .or(window.picture_with("printed"));
    words.expect("the picture says what it shows")
}

#[test]
fn each_prints_all_words_and_the_class_sees_which_guess_was_right() {
    let mut window = showing("ping_pong").open();
    layout::check(&mut window, "before the first run");
    assert!(stage(&window).starts_with("Words printed 0"));
    window.press("Run");
    window.finish();
    assert_eq!(
        window.result(),
        "20 words (10 Ping, 10 Pong): each process counted in its own memory."
    );
    layout::check(&mut window, "in the slow replay");
    window.tick("Slow replay");
    window.settle();
    let stage = stage(&window);
    assert!(stage.starts_with("Words printed 20"), "{stage}");
    assert!(stage.contains("10 too many"), "{stage}");
    layout::check(&mut window, "after the run");
    assert!(window.right_answer().is_some(), "{:?}", window.labels());
}

#[test]
fn a_shared_counter_makes_them_stop_together() {
    let mut window = showing("ping_pong").variant("shared_counter").open();
    window.press("Run");
    window.finish();
    let result = window.result();
    assert!(result.starts_with("10 words"), "{result}");
    window.tick("Slow replay");
    window.settle();
    let stage = stage(&window);
    assert!(stage.contains("exactly 10"), "{stage}");
    assert!(stage.contains("counter 10"), "{stage}");
    let graph = window.picture_with("Timings: ").expect("a graph");
    assert!(graph.contains("words that came out 10"), "{graph}");
    assert!(!graph.contains("time ("), "{graph}");
    layout::check(&mut window, "after the run");
}

#[test]
fn what_is_not_taken_stays_in_the_queue() {
    let mut window = queue().open();
    layout::check(&mut window, "before the first run");
    window.press("Run");
    window.finish();
    let result = window.result();
    assert!(result.starts_with("14 words in, 10 out"), "{result}");
    assert!(result.contains("4 left in the queue"), "{result}");
    window.tick("Slow replay");
    window.settle();
    let stage = stage(&window);
    assert!(
        stage.starts_with("Words in the queue 4; in: 14; out: 10"),
        "{stage}"
    );
    layout::check(&mut window, "after the run");
}

#[test]
fn a_run_in_which_nobody_can_go_on_says_so_and_waits_for_stop() {
    for language in Language::ALL {
        let mut window = queue().language(language).set("capacity", 5).open();
        let (run, stop, waits) = match language {
            Language::English => (
                "Run",
                "Stop",
                "Ping waits for room in the queue; Pong waits for room in the queue; \
                 the taker waits until both have ended",
            ),
            Language::Chinese => (
                "运行",
                "停止",
                "Ping 在等队列有空位；Pong 在等队列有空位；取词的进程在等两个进程都结束",
            ),
        };
        window.press(run);
        let stuck = language.text("ping_pong-stage-stuck").into_owned();
        let both = language.text("ping_pong-stage-waits-both").into_owned();
        window.until("nobody can go on", |window| {
            window.picture_with(&stuck).is_some()
        });
        let words = window.picture_with(&stuck).expect("it was there");
        let room = language.text("ping_pong-stage-wait-room");
        assert!(words.contains(&format!("{room}; {both}")), "{words}");
        assert!(window.has(Role::Button, stop));
        layout::check(&mut window, "while nobody can go on");
        window.press(stop);
        window.until("the run is over", |window| !window.has(Role::Button, stop));
        let result = window.result();
        assert!(result.contains(waits), "{result}");
        // That it never ends was one of the answers.
        assert!(window.right_answer().is_some(), "{:?}", window.labels());
        layout::check(&mut window, "after it was stopped");
    }
}

#[test]
fn refusals_are_shown_and_said() {
    let mut window = queue()
        .set("capacity", 5)
        .set("put_timeout_millis", 0)
        .set("take_timeout_millis", 0)
        .open();
    window.press("Run");
    window.finish();
    let result = window.result();
    assert!(result.contains("9 words were refused: Full."), "{result}");
    assert!(result.contains("5 takes found nothing: Empty."), "{result}");
    window.tick("Slow replay");
    window.settle();
    assert!(stage(&window).contains("refused, full: 9"));
    layout::check(&mut window, "after the run");
}

#[test]
fn every_picture_fits_wherever_it_is_shown() {
    const SCREENS: [([f32; 2], f32); 4] = [
        ([1280.0, 720.0], 1.0),
        ([1280.0, 800.0], 1.5),
        ([1280.0, 800.0], 2.0),
        ([700.0, 800.0], 1.0),
    ];
    for (index, (pixels, zoom)) in SCREENS.into_iter().enumerate() {
        for variant in ["private_counters", "shared_counter", "queue"] {
            let (language, theme) = match index % 2 {
                0 => (Language::Chinese, Theme::Light),
                _ => (Language::English, Theme::Dark),
            };
            let what = format!("{variant} in {pixels:?} at {zoom}");
            let mut window = queue()
                .variant(variant)
                .set("capacity", 6)
                .set("take_starts", "at_once")
                .set("puts_each", 9)
                .set("takes", 18)
                .language(language)
                .theme(theme)
                .sized(pixels, zoom)
                .open();
            layout::check(&mut window, &format!("{what}, before"));
            let [run, stop] = ["app-run", "app-stop"].map(|key| language.text(key));
            window.press(&run);
            layout::check(&mut window, &format!("{what}, running"));
            window.until("the run is over", |window| !window.has(Role::Button, &stop));
            layout::check(&mut window, &format!("{what}, in replay"));
            window.tick(&language.text("app-slow-replay-setting"));
            layout::check(&mut window, &format!("{what}, after"));
        }
    }
}
