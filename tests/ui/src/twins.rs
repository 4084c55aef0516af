//! The twins' picture, drawn from a recorded log at moments of it.

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use threadlab::demos;
use threadlab::demos::responsive_ui::twins::protocol::{Button, Sign};
use threadlab::demos::responsive_ui::twins::twin_process::{End, Message};
use threadlab::demos::responsive_ui::twins::{Side, Watcher};
use threadlab::text::Language;
use threadlab::widgets::heartbeat_ui::Heartbeat;
use threadlab::widgets::look::fonts;
use threadlab::widgets::look::theme;
use threadlab::widgets::stage::{RunView, Snapshot};

use crate::launch::showing;

/// A freezes at 0.1 s with a click at second 3 and is killed at second 7; B draws and answers.
fn recorded() -> Watcher {
    let origin = Instant::now();
    let params = (demos::find("responsive_ui").expect("demo 1").demo)().params();
    let mut watch = Watcher::begin(origin, [7, 8], params.clone());
    watch.download(origin, params);
    let at = |millis| origin + Duration::from_millis(millis);
    let (number, button, clicks) = (1, Button::About, 1);
    let answered = Sign::Answered {
        number: Some(number),
        clicks,
    };
    let mut told = vec![(Side::A, 90, Sign::Picture)];
    for side in Side::BOTH {
        watch.sent(side, number, at(3000));
        told.push((side, 100, Sign::Began));
        told.push((side, 3001, Sign::Queued { number, button }));
    }
    told.push((Side::B, 3021, answered));
    told.extend(
        (50..9000)
            .step_by(50)
            .map(|millis| (Side::B, millis, Sign::Picture)),
    );
    // A twin's messages come in the order of time.
    told.sort_by_key(|(_, millis, _)| *millis);
    for (side, millis, sign) in told {
        watch.take(side, Message::Sign(at(millis), sign));
    }
    watch.take(Side::A, Message::Gone(at(7000), End::Signal(9)));
    watch
}

/// The words in the picture at a moment, drawn so large.
fn said(watch: &Watcher, millis: u64, width: f32) -> String {
    let entry = demos::find("responsive_ui").expect("demo 1");
    let (demo, mut stage) = ((entry.demo)(), (entry.stage)());
    let heartbeat = Heartbeat::starting(Instant::now());
    let mut ready = false;
    let harness = Harness::builder()
        .with_size(vec2(width, 300.0))
        .build_ui(|ui| {
            // Fonts and looks are there from the frame after the first.
            if !std::mem::replace(&mut ready, true) {
                fonts::install(ui.ctx());
                theme::install(ui.ctx());
                return;
            }
            let view = RunView {
                demo: demo.as_ref(),
                variant: "ui_thread",
                language: Language::English,
                shown: Some(Snapshot {
                    info: &watch.info,
                    log: watch.log(),
                    now: Duration::from_millis(millis),
                    end: Duration::from_millis(millis),
                    slowed: None,
                    held: false,
                    window: None,
                    incident: None,
                    record: None,
                    earlier: &[],
                }),
                heartbeat: &heartbeat,
                clicks: &[],
                unguessed: Vec::new(),
                freezing: false,
                corner: egui::Vec2::ZERO,
                presenting: false,
            };
            stage.stage_ui(ui, &view);
        });
    let picture = harness.get_by_role(Role::Image);
    picture.accesskit_node().label().expect("words")
}

#[test]
fn the_picture_is_that_of_the_moment() {
    let watch = recorded();
    for width in [960.0, 420.0] {
        let before = said(&watch, 80, width);
        assert!(
            before.contains("Twin A: task on its UI thread: its window is opening"),
            "{before}"
        );
        let frozen = said(&watch, 6310, width);
        assert!(
            frozen.contains("no picture for 6.2 s – 1 click waits in the message queue"),
            "{frozen}"
        );
        assert!(
            frozen.contains("last picture 10 ms ago – 1 click answered in 21 ms"),
            "{frozen}"
        );
        let killed = said(&watch, 8000, width);
        assert!(
            killed.contains("killed after 7.0 s – 1 click was never answered"),
            "{killed}"
        );
        // Back again: a picture keeps nothing.
        assert_eq!(said(&watch, 6310, width), frozen);
    }
}

#[test]
fn twins_that_cannot_open_their_windows_are_a_result() {
    // Here is no display, or one that is not for this test.
    let mut window = showing("responsive_ui").open();
    if std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some() {
        return;
    }
    window.press("Side by side");
    window.until("both have failed", |window| {
        window.result().contains("Twin A could not go on")
            && window.result().contains("Twin B could not go on")
    });
    assert!(!window.has(Role::Button, "Click both"));
}
