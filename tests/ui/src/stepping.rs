//! The class is the scheduler: `Step` in the bank, by key and by button.

use egui::Key;
use egui::accesskit::Role;
use threadlab::text::Language;

use crate::launch::showing;
use crate::layout;
use crate::window::Window;

/// The class has begun to decide.
fn stepping(variant: &str) -> Window {
    let mut window = showing("bank_lock").variant(variant).open();
    window.press("Step");
    until_says(&mut window, "Who goes first?");
    window
}

#[track_caller]
fn until_says(window: &mut Window, part: &str) {
    window.until(part, |window| window.picture_with(part).is_some());
}

/// Presses the keys of these threads, each once the step before is seen.
#[track_caller]
fn take_turns(window: &mut Window, keys: &str) {
    let mut code = String::new();
    for key in keys.chars() {
        code.push(key);
        window.key(match key {
            'A' => Key::A,
            'B' => Key::B,
            _ => Key::C,
        });
        until_says(window, &format!("; {code};"));
    }
}

#[track_caller]
fn finish(window: &mut Window) {
    window.until("the run is over", |window| !window.is_running());
}

#[test]
fn keys_let_threads_do_their_steps() {
    let mut window = stepping("no_lock");
    layout::check(&mut window, "before the first step");
    take_turns(&mut window, "ABA");
    until_says(&mut window, "A: write; B: wait");
    layout::check(&mut window, "in the middle");
    window.key(Key::B);
    window.key(Key::A);
    window.key(Key::B);
    finish(&mut window);
    let result = window.result();
    assert!(result.starts_with("ABABAB leaves ¥1"), "{result}");
    assert!(
        result.contains("B had read ¥0, so it wrote ¥1 over the ¥1 of A."),
        "{result}"
    );
    until_says(&mut window, "B wrote over A");
    layout::check(&mut window, "over");
    // No thread has a step left.
    assert!(!window.has(Role::Button, "Thread A"));
}

#[test]
fn buttons_do_the_same_and_say_what_comes_next() {
    let mut window = stepping("atomic");
    for (thread, code) in [("Thread B", "B"), ("Thread A", "BA"), ("Thread A", "BAA")] {
        window.press(thread);
        until_says(&mut window, &format!("; {code};"));
    }
    // A is done, B is not.
    assert!(!window.can_press("Thread A") && window.can_press("Thread B"));
    window.press("Thread B");
    finish(&mut window);
    assert!(
        window.result().starts_with("BAAB loses nothing: ¥2"),
        "{}",
        window.result()
    );
}

#[test]
fn undo_takes_the_last_letter_back() {
    let mut window = stepping("no_lock");
    assert!(!window.can_press("Undo"));
    take_turns(&mut window, "ABB");
    window.key(Key::Backspace);
    until_says(&mut window, "; AB;");
    window.press("Undo");
    until_says(&mut window, "; A;");
    window.key(Key::A);
    window.key(Key::A);
    window.key(Key::B);
    window.key(Key::B);
    window.key(Key::B);
    finish(&mut window);
    assert!(
        window.result().starts_with("AAABBB loses nothing"),
        "{}",
        window.result()
    );
    // Even the last of all.
    window.key(Key::Backspace);
    until_says(&mut window, "; AAABB;");
    assert!(window.is_running());
    window.key(Key::B);
    finish(&mut window);
    assert!(window.result().starts_with("AAABBB"), "{}", window.result());
}

#[test]
fn a_thread_that_meets_a_held_lock_waits_and_its_letter_comes_when_it_has_it() {
    let mut window = stepping("mutex");
    take_turns(&mut window, "A");
    window.key(Key::B);
    until_says(&mut window, "B waits for the lock");
    assert!(!window.can_press("Thread B"));
    assert!(
        window.picture_with("; A;").is_some(),
        "B's letter is not in the code"
    );
    layout::check(&mut window, "one waits");
    // The latest step is taken back first.
    window.key(Key::Backspace);
    window.until("B waits no more", |window| window.can_press("Thread B"));
    window.key(Key::B);
    until_says(&mut window, "B waits for the lock");
    for _ in 0..3 {
        window.key(Key::A);
    }
    until_says(&mut window, "; AAAAB;");
    for _ in 0..3 {
        window.key(Key::B);
    }
    finish(&mut window);
    assert!(
        window.result().starts_with("AAAABBBB loses nothing: ¥2"),
        "{}",
        window.result()
    );
}

#[test]
fn all_orders_are_run_and_counted() {
    for (threads, figure, rows) in [
        (
            "2 threads",
            "2 of 20",
            &["1 yuan: 18 orders", "2 yuan: 2 orders, AAABBB"][..],
        ),
        (
            "3 threads",
            "6 of 1680",
            &["1 yuan: 1404", "2 yuan: 270", "3 yuan: 6 orders, AAABBBCCC"],
        ),
    ] {
        let mut window = stepping("no_lock");
        window.choose(threads);
        window.press("All orders");
        finish(&mut window);
        until_says(&mut window, figure);
        for row in rows {
            until_says(&mut window, row);
        }
        layout::check(&mut window, threads);
        // The room is as it was, but for the run that it shows.
        assert_eq!(window.number("Threads"), 100.0);
    }
}

#[test]
fn three_threads_are_three_buttons() {
    let mut window = stepping("mutex");
    window.choose("3 threads");
    window.until("C is there", |window| window.can_press("Thread C"));
    layout::check(&mut window, "three threads");
    window.key(Key::C);
    until_says(&mut window, "; C;");
    window.key(Key::A);
    window.key(Key::B);
    until_says(
        &mut window,
        "A waits for the lock; B waits for the lock; C: read",
    );
    layout::check(&mut window, "two wait");
    window.press("Stop");
    finish(&mut window);
    assert!(
        window.result().starts_with("stopped after"),
        "{}",
        window.result()
    );
    window.settle();
}

#[test]
fn who_turns_to_something_else_leaves_the_steps() {
    let mut window = stepping("no_lock");
    window.choose("Lock");
    window.settle();
    assert!(!window.is_running() && window.can_press("Run"));
    window.press("Step");
    until_says(&mut window, "Who goes first?");
    window.key(Key::Num2);
    window.settle();
    window.key(Key::Num4);
    window.settle();
    assert!(!window.is_running());
    // The other variants have no steps of their own.
    for variant in ["Short lock", "Coroutines"] {
        window.choose(variant);
        assert!(!window.has(Role::Button, "Step"));
    }
}

#[test]
fn a_code_is_typed_checked_and_run() {
    let mut window = showing("bank_lock").open();
    let type_in = |window: &mut Window, text: &str| {
        window.open_menu_with(Role::TextInput, "Schedule");
        window.node(Role::TextInput, "Schedule").focus();
        window.frame();
        window.node(Role::TextInput, "Schedule").type_text(text);
        window.frame();
        window.frame();
    };
    type_in(&mut window, "abab");
    // The letters are two threads', whatever was set.
    assert_eq!(window.number("Threads"), 2.0);
    assert!(!window.can_press("Run"));
    let refused = window.label_with("not started: ").expect("a reason");
    assert!(
        refused.contains("at letter 5, the code ends, but A still has to write"),
        "{refused}"
    );
    layout::check(&mut window, "a code that ends too early");
    // A, B and Space are text here.
    type_in(&mut window, "ab");
    assert!(window.can_press("Run"));
    window.press("Run");
    window.finish();
    assert!(
        window.result().starts_with("ABABAB leaves ¥1"),
        "{}",
        window.result()
    );
    assert!(window.label_with("in the order ABABAB").is_some());
    assert_eq!(window.right_answer().as_deref(), Some("B ¥1"));
    window.settle();
    layout::check(&mut window, "a code's run");
}

#[test]
fn steps_fit_every_window_in_both_languages() {
    for (pixels, zoom) in [
        ([1280.0, 720.0], 1.0),
        ([1280.0, 800.0], 1.5),
        ([700.0, 720.0], 1.0),
    ] {
        for language in Language::ALL {
            let what = format!("{} at {pixels:?} × {zoom}", language.tag());
            let mut window = showing("bank_lock")
                .variant("mutex")
                .language(language)
                .sized(pixels, zoom)
                .open();
            window.press(&language.text("bank_lock-button-step"));
            let first = language.text("bank_lock-stage-first");
            until_says(&mut window, &first);
            layout::check(&mut window, &format!("{what}, before"));
            let three = language.with("bank_lock-button-threads", &[("threads", 3u64.into())]);
            window.choose(&three);
            until_says(&mut window, &first);
            window.key(Key::A);
            window.key(Key::B);
            let name = threadlab::lab::demo::value::Value::Word("B".to_owned());
            let waits = language.with("bank_lock-stage-thread-waits", &[("thread", name)]);
            until_says(&mut window, &waits);
            layout::check(&mut window, &format!("{what}, B waits"));
            window.press(&language.text("bank_lock-button-all"));
            window.until("all are run", |window| {
                window.can_press(&language.text("bank_lock-button-step"))
                    && !window.has(Role::Button, &language.text("app-stop"))
            });
            window.settle();
            layout::check(&mut window, &format!("{what}, all orders"));
        }
    }
}

/// All orders of two threads were run, and the tree of them has the keys.
fn in_the_tree(mut window: Window, language: Language) -> Window {
    window.press(&language.text("bank_lock-button-step"));
    until_says(&mut window, &language.text("bank_lock-stage-first"));
    window.press(&language.text("bank_lock-button-all"));
    finish(&mut window);
    window.settle();
    let tree = language.text("bank_lock-orders-tree");
    window.node(Role::Slider, &tree).focus();
    window.frame();
    window.frame();
    window
}

#[test]
fn a_branch_of_the_tree_of_orders_is_walked_step_by_step() {
    let window = showing("bank_lock").variant("no_lock").open();
    let mut window = in_the_tree(window, Language::English);
    window.key(Key::ArrowRight);
    until_says(&mut window, "; A; ¥0; Thread A · read ¥0;");
    window.key(Key::End);
    until_says(&mut window, "; AAABBB; ¥2; Thread A");
    window.key(Key::ArrowDown);
    until_says(&mut window, "; AABABB; ¥1; B wrote over A; Thread A");
    window.key(Key::ArrowLeft);
    until_says(&mut window, "; AABAB; ¥1; Thread A · read ¥0 · write ¥1");
    window.key(Key::Home);
    window.key(Key::ArrowUp);
    window.key(Key::ArrowRight);
    until_says(&mut window, "; A; ¥0; Thread A");
    // More orders than a tree has room for are counted.
    window.press("Step");
    window.choose("3 threads");
    until_says(&mut window, "Who goes first?");
    window.press("All orders");
    finish(&mut window);
    assert!(!window.has(Role::Slider, "Tree of orders"));
}

#[test]
fn the_tree_fits_every_window_in_both_languages() {
    for (pixels, zoom) in [
        ([1280.0, 720.0], 1.0),
        ([1280.0, 800.0], 1.5),
        ([700.0, 720.0], 1.0),
    ] {
        for language in Language::ALL {
            for variant in ["no_lock", "atomic"] {
                let what = format!("{variant} in {} at {pixels:?} × {zoom}", language.tag());
                let opening = showing("bank_lock").variant(variant).language(language);
                let window = opening.sized(pixels, zoom).open();
                let mut window = in_the_tree(window, language);
                layout::check(&mut window, &what);
                for key in [Key::End, Key::ArrowDown, Key::ArrowLeft] {
                    window.key(key);
                    window.settle();
                    layout::check(&mut window, &format!("{what}, {key:?}"));
                }
            }
        }
    }
}

#[test]
fn two_stepped_threads_have_a_question_of_their_own() {
    let mut window = stepping("no_lock");
    let asks = |window: &Window, part: &str| window.label_with(part).is_some();
    let two = "2 threads deposit ¥1 each and take turns";
    assert!(asks(&window, two) && !asks(&window, "100 threads deposit"));
    take_turns(&mut window, "ABABA");
    assert_eq!(window.right_answer(), None);
    window.key(Key::B);
    finish(&mut window);
    window.settle();
    assert_eq!(window.right_answer().as_deref(), Some("B ¥1"));
    // Any other order leaves it open.
    window.press("Step");
    until_says(&mut window, "Who goes first?");
    take_turns(&mut window, "AAABB");
    window.key(Key::B);
    finish(&mut window);
    let result = window.result();
    assert!(result.ends_with("the question is still open."), "{result}");
    window.press("All orders");
    finish(&mut window);
    window.settle();
    assert!(asks(&window, "in 20 orders. In how many"));
    assert!(window.right_answer().is_some());
    window.press("Run");
    window.finish();
    assert!(asks(&window, "100 threads deposit"));
}
