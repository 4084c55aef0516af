//! Requests for frames: none at rest, and a run's only now and then.

use std::time::{Duration, Instant};

use egui::accesskit::Role;

use crate::launch::showing;
use crate::window::Window;

#[test]
fn at_rest_nobody_asks_for_a_picture() {
    let mut window = showing("bank_lock")
        .set("threads", 5)
        .set("gap_millis", 10)
        .open();
    window.tick("Status line");
    window.settle();
    let asks = |window: &mut Window| window.next_frame(Instant::now() + Duration::from_millis(700));
    assert!(!asks(&mut window), "before the first run");
    assert!(window.has(Role::Label, "screen at rest"));
    window.press("Run");
    window.finish();
    // Until the slow replay is over too.
    window.settle();
    assert_eq!(window.label_with("slow replay ×"), None);
    assert!(window.has(Role::Label, "screen at rest"));
    assert!(!asks(&mut window), "after a run and its replay");
}

#[test]
fn a_run_that_sleeps_asks_for_sixty_pictures_a_second_at_most() {
    let opening = showing("bank_lock").variant("mutex");
    let mut window = opening.set("threads", 100).set("gap_millis", 10).open();
    window.press("Run");
    let (begun, mut frames) = (Instant::now(), 0);
    while window.is_running() {
        assert!(window.next_frame(Instant::now() + Duration::from_secs(5)));
        frames += 1;
    }
    let most = begun.elapsed().as_millis() / 16;
    assert!(
        (5..=most + most / 10 + 2).contains(&frames),
        "{frames} frames, {most} allowed"
    );
}

#[test]
fn a_run_that_times_the_cores_asks_for_few() {
    let opening = showing("sum").variant("threads").set("workers", 2);
    let mut window = opening.set("numbers", 300_000_000).open();
    window.press("Run");
    let (begun, mut frames) = (Instant::now(), 0);
    while window.is_running() {
        assert!(window.next_frame(Instant::now() + Duration::from_secs(5)));
        frames += 1;
    }
    // Twenty times a picture's cost apart, and 16 ms where a picture costs next to nothing as here;
    // then the pictures of the click, of the start, of the end and of the closed record.
    let most = begun.elapsed().as_millis() / 16 + 6;
    assert!(frames <= most, "{frames} frames, {most} allowed");
}
