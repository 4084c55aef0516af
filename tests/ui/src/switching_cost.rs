//! The homework, with real threads, processes and coroutines.

use threadlab::text::Language;

use crate::launch::{Opening, showing};
use crate::layout;

fn small() -> Opening {
    showing("switching_cost")
        .set("tasks", "1,4,100")
        .set("slice_micros", "1,100,1000")
        .set("work_millis", 50)
}

#[test]
fn a_run_measures_both_and_says_what_switching_costs() {
    let mut window = small().open();
    layout::check(&mut window, "before a run");
    let before = window.picture_with("Five subjects, one core");
    let before = before.expect("a picture");
    assert!(before.contains("100 tasks: ?"), "{before}");
    assert!(before.contains("switch every 1\u{202f}µs: ?"), "{before}");
    assert!(!before.contains('%'), "{before}");
    window.press("Run");
    layout::check(&mut window, "as it begins");
    window.finish();
    let result = window.result();
    assert!(result.starts_with("100 threads took "), "{result}");
    assert!(result.contains("With slices of 1 µs"), "{result}");
    window.until("the replay is over", |window| {
        window.label_with("slow replay").is_none()
    });
    layout::check(&mut window, "after a run");
    let picture = window.picture_with("of it switching").expect("a picture");
    assert!(
        picture.contains("0.05 s of computing on one core"),
        "{picture}"
    );
    for row in [
        "100 tasks: ",
        "switch every 1\u{202f}ms: ",
        "switch every 1\u{202f}µs: ",
    ] {
        assert!(picture.contains(row), "{picture}");
    }
    assert!(!picture.contains('?'), "{picture}");
    assert!(picture.contains(" of the run: slices of "), "{picture}");
    // No answer is right if other programs had the core meanwhile, or it came out between two answers, and then the
    // result says so.
    window.is_judged();
}

#[test]
fn both_experiments_fit_on_a_projector_in_chinese() {
    let mut window = small()
        .language(Language::Chinese)
        .variant("processes")
        .set("work_millis", 400)
        .sized([1280.0, 720.0], 1.0)
        .open();
    window.press("运行");
    window.until("a number of tasks is measured", |window| {
        window.picture_with("1 个任务: ").is_some()
    });
    layout::check(&mut window, "in the first experiment");
    window.until("a slice is measured", |window| {
        window.picture_with("花在切换上").is_some()
    });
    layout::check(&mut window, "in the second experiment");
    window.until("the run is over", |window| window.can_press("运行"));
    layout::check(&mut window, "after a run");
    assert!(
        window.result().contains("100 个进程用了"),
        "{}",
        window.result()
    );
}

#[test]
fn stop_keeps_what_was_measured() {
    let mut window = small().set("work_millis", 800).open();
    window.press("Run");
    window.until("one task is measured", |window| {
        window.picture_with("1 task: ").is_some()
    });
    window.press("Stop");
    window.finish();
    // A short run is played again, from its beginning.
    window.settle();
    assert!(
        window.result().starts_with("stopped after "),
        "{}",
        window.result()
    );
    assert!(window.picture_with("1 task: ").is_some());
    layout::check(&mut window, "after Stop");
}
