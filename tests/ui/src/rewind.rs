//! The timeline's hand: scrubbed, stepped, zoomed, held while a run goes on; and a lost update, replayed.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect, pos2, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT as _;

use crate::launch::{Opening, showing};
use crate::layout;
use crate::window::Window;

/// Soon over, and sure to lose deposits.
fn small() -> Opening {
    showing("bank_lock")
        .set("threads", 20)
        .set("gap_millis", 100)
}

/// After a run, at its end.
fn after_a_run(opening: Opening) -> Window {
    let mut window = opening.open();
    window.tick("Slow replay");
    window.press("Run");
    window.finish();
    window.settle();
    window
}

fn hand(window: &Window) -> Node<'_> {
    window.node(Role::Slider, "Moment shown")
}

/// The playhead's place, in milliseconds.
fn at(window: &Window) -> f64 {
    let value = hand(window).accesskit_node().numeric_value();
    value.expect("a moment")
}

fn place(window: &Window, share: f32) -> Pos2 {
    let area = hand(window).rect();
    pos2(area.left() + area.width() * share, area.center().y)
}

fn stage(window: &Window) -> String {
    window
        .picture_with("Account balance")
        .expect("the bank's picture")
}

fn timeline(window: &Window) -> String {
    window.picture_with("Timeline: ").expect("a timeline")
}

/// Gives the playhead the focus, as Tab does.
fn take(window: &mut Window) {
    hand(window).focus();
    window.frame();
    window.frame();
}

fn shift(window: &mut Window, key: Key) {
    window.harness.key_press_modifiers(Modifiers::SHIFT, key);
    window.frame();
    window.frame();
}

#[test]
fn a_drag_takes_stage_and_timeline_along() {
    let mut window = after_a_run(small());
    assert!(stage(&window).contains("missing"), "{}", stage(&window));
    let end = at(&window);

    window.harness.drag_at(place(&window, 0.9));
    window.frame();
    for share in [0.8, 0.6, 0.5] {
        window.harness.hover_at(place(&window, share));
        window.frame();
    }
    window.frame();
    assert!(window.label_with("paused at ").is_some());
    let middle = at(&window);
    assert!((middle / end - 0.5).abs() < 0.02, "{middle} of {end} ms");
    assert!(stage(&window).contains("0 of 20 deposits made"));
    assert!(timeline(&window).contains(" of "), "{}", timeline(&window));
    window.harness.drop_at(place(&window, 0.5));
    window.frame();
    layout::check(&mut window, "held half-way");
    // A picture that stands still needs no frames.
    window.settle();

    // A click goes there as well, also ahead of what is drawn.
    let there = place(&window, 0.97);
    window.harness.drag_at(there);
    window.harness.drop_at(there);
    window.frame();
    window.frame();
    assert!(at(&window) > 0.95 * end);
}

#[test]
fn keys_step_leap_zoom_and_play() {
    let mut window = after_a_run(small());
    take(&mut window);
    let end = at(&window);
    window.key(Key::ArrowLeft);
    let before = at(&window);
    assert!(before < end);
    window.key(Key::ArrowLeft);
    let earlier = at(&window);
    assert!(earlier < before);
    window.key(Key::ArrowRight);
    assert_eq!(at(&window), before);
    window.key(Key::Home);
    assert_eq!(at(&window), 0.0);
    assert!(stage(&window).contains("0 of 20 deposits made"));
    shift(&mut window, Key::ArrowRight);
    assert!((at(&window) / end - 0.1).abs() < 1e-3);
    window.key(Key::End);
    assert_eq!(at(&window), end);
    assert!(window.label_with("paused at ").is_none());

    assert!(!window.can_press("Show all"));
    window.key(Key::Plus);
    assert!(window.can_press("Show all"));
    layout::check(&mut window, "zoomed in");
    window.key(Key::Minus);
    assert!(!window.can_press("Show all"));
    window.key(Key::Plus);
    window.key(Key::Num0);
    assert!(!window.can_press("Show all"));

    // From the end it plays from the beginning, slowly, and stands still in between.
    window.key(Key::Space);
    assert!(window.label_with("slow replay ×").is_some());
    window.key(Key::Space);
    assert!(window.label_with("paused at ").is_some());
    assert!(at(&window) < end && !window.is_running());
    window.settle();
    assert_eq!(window.focused().as_deref(), Some("Moment shown"));
}

#[test]
fn a_screen_reader_moves_the_playhead_and_hears_where_it_is() {
    let mut window = after_a_run(small());
    let end = at(&window);
    hand(&window).decrement_accesskit();
    window.frame();
    window.frame();
    assert!(at(&window) < end);
    hand(&window).increment_accesskit();
    window.frame();
    window.frame();
    assert_eq!(at(&window), end);
    hand(&window).set_value_accesskit(40.0);
    window.frame();
    window.frame();
    assert!((at(&window) - 40.0).abs() < 1e-6);
    let words = hand(&window).value().expect("words");
    assert!(words.starts_with("at 40\u{202f}ms of "), "{words}");
}

#[test]
fn the_buttons_do_the_same_without_a_keyboard() {
    let mut window = after_a_run(small());
    let end = at(&window);
    window.press("Step back");
    let before = at(&window);
    assert!(before < end);
    window.press("Step forward");
    assert_eq!(at(&window), end);
    window.press("Play");
    assert!(window.label_with("slow replay ×").is_some());
    window.press("Pause");
    assert!(window.label_with("paused at ").is_some());
    assert!(window.can_press("Play"));
}

#[test]
fn the_wheel_zooms_and_leaves_the_page_where_it_is() {
    let mut window = after_a_run(small().sized([1280.0, 800.0], 1.0));
    let title = |window: &Window| -> Rect { window.node(Role::Button, "Run").rect() };
    let before = title(&window);
    let over = pos2(place(&window, 0.5).x, hand(&window).rect().top() + 10.0);
    window.scroll(over, vec2(0.0, 240.0));
    assert!(window.can_press("Show all"), "zoomed in");
    assert_eq!(title(&window), before);
    // Shift pans, or a wheel that turns sideways.
    let shown = |window: &Window| {
        let texts = layout::all_texts(window).into_iter();
        let ticks = texts.filter(|(_, text)| text.galley.text().ends_with("\u{202f}ms"));
        let words: Vec<_> = ticks
            .map(|(_, text)| text.galley.text().to_owned())
            .collect();
        words
    };
    let zoomed = shown(&window);
    window.scroll(over, vec2(150.0, 0.0));
    assert_ne!(shown(&window), zoomed);
    // Zoomed out again there is nothing more to zoom out of.
    window.scroll(over, vec2(0.0, -1_000.0));
    assert!(!window.can_press("Show all"));
    assert_eq!(title(&window), before);
}

#[test]
fn a_click_on_a_span_marks_its_step_and_one_beside_it_none() {
    let mut window = after_a_run(small().set("threads", 1).variant("mutex"));
    let outlines = |window: &Window| {
        let shapes = layout::all_shapes(window).into_iter();
        let strokes = shapes.filter(|(_, shape)| {
            matches!(shape, egui::Shape::Rect(rect) if rect.stroke.width == 2.0 && rect.fill.a() == 0)
        });
        strokes.count()
    };
    let click = |window: &mut Window, share: f32, y: f32| {
        let area = hand(window).rect();
        let at = pos2(area.left() + area.width() * share, area.top() + y);
        window.harness.drag_at(at);
        window.harness.drop_at(at);
        window.frame();
        window.frame();
        window.harness.remove_cursor();
        window.frame();
    };
    let axis = hand(&window).rect().height() - 4.0;
    click(&mut window, 0.8, axis);
    let none = outlines(&window);
    // However late the thread began, it was inside the lock shortly before the end.
    click(&mut window, 0.8, 8.0);
    assert_eq!(outlines(&window), none + 1);
    click(&mut window, 0.8, axis);
    assert_eq!(outlines(&window), none);
}

#[test]
fn a_picture_is_held_while_its_run_goes_on() {
    let mut window = showing("bank_lock")
        .set("threads", 60)
        .set("gap_millis", 1000)
        .variant("mutex")
        .open();
    window.press("Run");
    window.until("the timeline is there", |window| {
        window.can_press("Pause") && window.picture_with("Timeline: 6").is_some()
    });
    window.press("Pause");
    let held = at(&window);
    let label = window.label_with("paused at ").expect("a label");
    assert!(label.ends_with("; the run goes on"), "{label}");
    // The run reports an event every second; the picture asks for nothing.
    layout::check(&mut window, "held while the run goes on");
    window.frame();
    assert_eq!(at(&window), held);
    assert!(window.is_running());
    window.press("Step back");
    assert!(at(&window) < held);

    window.press("Back to the running clock");
    assert!(window.label_with("paused at ").is_none());
    assert!(at(&window) > held);
    window.press("Pause");
    window.press("Stop");
    window.finish();
    // The playhead that was held is held still; a run that was stopped can be rewound like any other.
    let label = window.label_with("paused at ").expect("a label");
    assert!(!label.contains("goes on"), "{label}");
    take(&mut window);
    window.key(Key::Home);
    assert_eq!(at(&window), 0.0);
    window.settle();
}

/// The number after `sign`.
fn number_after(text: &str, sign: &str) -> u32 {
    let (_, rest) = text
        .split_once(sign)
        .unwrap_or_else(|| panic!("{sign} in {text}"));
    let end = rest.find(|digit: char| !digit.is_ascii_digit());
    let digits = &rest[..end.unwrap_or(rest.len())];
    digits.parse().expect("a number")
}

/// The caption, such as `3 of 6` and what it counts.
fn caption(window: &Window) -> (String, String) {
    let labels = window.labels();
    let count = labels.iter().position(|label| label.ends_with(" of 6"));
    let count = count.expect("a count");
    (labels[count].clone(), labels[count + 1].clone())
}

#[test]
fn a_lost_update_is_replayed_step_by_step_with_its_own_figures() {
    let mut window = after_a_run(small());
    let result = window.result();
    let one = number_after(&result, "(threads ");
    let other = number_after(&result, &format!("(threads {one} and "));
    let (read, wrote) = (
        number_after(&result, "both read ¥"),
        number_after(&result, "both wrote ¥"),
    );

    window.press("Replay slowly");
    window.frame();
    assert!(window.label_with("replay, not to scale").is_some());
    let (count, opening) = caption(&window);
    assert_eq!(count, "0 of 6");
    assert!(opening.contains(&one.to_string()) && opening.contains(&other.to_string()));
    layout::check(&mut window, "the replay begins");

    let mut captions = Vec::new();
    for step in 1..=6 {
        window.key(Key::ArrowRight);
        let (count, words) = caption(&window);
        assert_eq!(count, format!("{step} of 6"));
        captions.push(words);
        layout::check(&mut window, &count);
    }
    let said = |words: String| captions.contains(&words);
    for thread in [one, other] {
        assert!(
            said(format!("thread {thread} reads ¥{read}")),
            "{captions:?}"
        );
    }
    let writes = captions[4].as_str();
    let over = captions[5].as_str();
    let first = number_after(writes, "thread ");
    let second = number_after(over, "thread ");
    assert_eq!(writes, format!("thread {first} writes ¥{wrote}"));
    assert_eq!(
        over,
        format!("thread {second} writes ¥{wrote} over it: ¥1 is lost")
    );
    assert_eq!(
        [first, second].map(u32::from).iter().sum::<u32>(),
        one + other
    );
    assert_ne!(first, second);
    let picture = stage(&window);
    let pair = format!("thread {first} · read ¥{read} · write ¥{wrote} · ¥1 is lost; ");
    let over = format!("thread {second} · read ¥{read} · write ¥{wrote} · wrote over it; ");
    assert!(picture.contains(&(pair + &over)), "{picture}");
    assert!(
        picture.contains("the other 18 are left out here"),
        "{picture}"
    );

    // Back, on, and off again.
    window.key(Key::ArrowLeft);
    assert_eq!(caption(&window).0, "5 of 6");
    window.settle();
    window.key(Key::Space);
    window.until("it has come to the last step", |window| {
        window.has(Role::Label, "6 of 6")
    });
    assert!(window.label_with("replay, not to scale").is_some());
    window.key(Key::Escape);
    assert!(window.label_with("replay, not to scale").is_none());
    assert!(window.has(Role::Button, "Replay slowly"));
    assert!(stage(&window).contains("missing"));
}

#[test]
fn coroutines_that_lose_deposits_are_replayed_too_and_right_ones_are_not() {
    let coroutines = small().variant("async_tasks");
    let window = after_a_run(coroutines);
    assert!(!window.has(Role::Button, "Replay slowly"));

    let mut window = after_a_run(small().variant("async_tasks").set("await_inside", true));
    window.press("Replay slowly");
    window.frame();
    window.key(Key::ArrowRight);
    let (_, words) = caption(&window);
    assert!(
        words.starts_with("coroutine ") && words.ends_with(" reads ¥0"),
        "{words}"
    );
    window.press("Leave");
    assert!(window.label_with("replay, not to scale").is_none());
}
