//! The code beside the page: opened and closed, both kinds, the threads at each line, and the marks.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT as _;
use threadlab::demos::REGISTRY;
use threadlab::text::Language;

use crate::keys::reachable;
use crate::launch::{Opening, showing};
use crate::layout;
use crate::window::Window;

fn ctrl_d(window: &mut Window) {
    window
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::D);
    window.frame();
    window.frame();
}

fn with_code(opening: Opening) -> Window {
    let mut window = opening.open();
    ctrl_d(&mut window);
    window
}

/// Presses a line of code at which something is done.
fn press_line(window: &mut Window, line: &str) {
    window.node(Role::ListBoxOption, line).click();
    window.frame();
    window.frame();
}

fn is_marked(window: &Window, line: &str) -> bool {
    window.is_chosen(Role::ListBoxOption, line)
}

/// The text about the threads that are at a line.
fn here(window: &Window, line: &str) -> String {
    let line = window.node(Role::ListBoxOption, line);
    line.accesskit_node().value().unwrap_or_default()
}

const PYTHON_WAITS: &str = "sleep(GAP_MILLIS / 1000)";
const RUST_WAITS: &str = "ctx.sleep(bank.gap())?;";

#[test]
fn it_opens_and_closes_by_key_and_by_button() {
    let mut window = showing("bank_lock").open();
    assert!(!window.has(Role::RadioButton, "Python"));
    window.press("Code");
    assert!(window.is_chosen(Role::RadioButton, "Python"));
    assert!(window.has(
        Role::Label,
        "The same steps in Python, to compare; it did not run"
    ));
    ctrl_d(&mut window);
    assert!(!window.has(Role::RadioButton, "Python"));
    ctrl_d(&mut window);
    assert!(window.has(Role::Label, "def deposit():"));
    // The program is shown with the parameters as they are set.
    assert!(window.has(Role::Label, "THREADS = 100"));
    window.set("Threads", 7.0);
    assert!(window.has(Role::Label, "THREADS = 7"));
    window.press("Close the code");
    assert!(!window.has(Role::Label, "def deposit():"));
}

#[test]
fn the_other_tab_shows_what_runs_and_from_where() {
    let mut window = with_code(showing("bank_lock"));
    window.choose("Rust");
    assert!(window.has(Role::Label, "src/demos/bank_lock/deposits.rs"));
    let no_lock =
        "pub(super) fn no_lock(bank: &BankLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {";
    assert!(window.has(Role::Label, no_lock));
    window.choose("Lock");
    assert!(!window.has(Role::Label, no_lock));
    assert!(window.label_with("fn mutex(").is_some());
    assert!(window.is_chosen(Role::RadioButton, "Rust"));
}

#[test]
fn lines_count_the_threads_that_are_at_them_at_the_moment_shown() {
    let opening = showing("bank_lock").set("threads", 20);
    let mut window = with_code(opening.set("gap_millis", 10_000));
    assert_eq!(here(&window, PYTHON_WAITS), "nobody is here now");
    window.press("Run");
    window.until("all are waiting", |window| {
        here(window, PYTHON_WAITS) == "20 are here now"
    });
    window.choose("Rust");
    assert_eq!(here(&window, RUST_WAITS), "20 are here now");
    // Another variant's code is not where they are.
    window.choose("Short lock");
    assert_eq!(here(&window, RUST_WAITS), "nobody is here now");
    window.choose("No lock");
    window.press("Stop");
    window.finish();
}

#[test]
fn a_replay_counts_them_where_its_hand_is() {
    let opening = showing("bank_lock").set("threads", 20);
    let mut window = with_code(opening.set("gap_millis", 200));
    window.press("Run");
    window.finish();
    window.until("the replay has come to where all wait", |window| {
        here(window, PYTHON_WAITS) == "20 are here now"
    });
    assert!(window.label_with("slow replay ×").is_some());
    window.until("the replay is over", |window| {
        window.label_with("slow replay ×").is_none()
    });
    assert_eq!(here(&window, PYTHON_WAITS), "nobody is here now");
}

#[test]
fn a_line_is_marked_by_click_or_key_and_so_is_its_step_in_the_other_code() {
    let mut window = with_code(showing("bank_lock"));
    press_line(&mut window, PYTHON_WAITS);
    assert!(is_marked(&window, PYTHON_WAITS));
    assert!(!is_marked(&window, "seen = balance"));
    layout::check(&mut window, "with a marked line");
    window.choose("Rust");
    assert!(is_marked(&window, RUST_WAITS));
    press_line(&mut window, RUST_WAITS);
    assert!(!is_marked(&window, RUST_WAITS));
    window.node(Role::ListBoxOption, RUST_WAITS).focus();
    window.frame();
    window.key(Key::Enter);
    assert!(is_marked(&window, RUST_WAITS));
    assert!(!window.is_running(), "Enter marks, and does not run");
}

/// Only lines at which something is done, or Tab would take for ever.
#[test]
fn tab_goes_through_the_lines_that_can_be_marked() {
    let mut window = with_code(showing("bank_lock"));
    let all = window.enabled_controls();
    assert!(all.contains(&PYTHON_WAITS.to_owned()), "{all:?}");
    let reached = reachable(&mut window);
    let missing: Vec<_> = all.iter().filter(|name| !reached.contains(*name)).collect();
    assert!(missing.is_empty(), "Tab never comes to {missing:?}");
}

fn check_all(pixels: [f32; 2]) {
    for entry in REGISTRY {
        for language in Language::ALL {
            let demo = (entry.demo)();
            let id = demo.id();
            // A window for each, for one of the variants has the name of a tab: Python.
            for variant in demo.variants() {
                let opening = showing(id).variant(variant.id).language(language);
                let mut window = with_code(opening.sized(pixels, 1.0));
                let what = format!("{id} {} in {}", variant.id, language.tag());
                layout::check(&mut window, &format!("{what}, Python"));
                window.choose("Rust");
                layout::check(&mut window, &format!("{what}, Rust"));
                let lesson = language.text(&format!("{id}-lesson"));
                let section = lesson.split(" · ").next().expect("the section");
                assert!(window.label_with(section).is_some(), "{section}");
            }
        }
    }
}

#[test]
fn nothing_is_cut_off_beside_the_page_in_the_window_as_it_opens_first() {
    check_all([1280.0, 800.0]);
}

#[test]
fn nothing_is_cut_off_beside_the_page_on_a_projector() {
    check_all([1280.0, 720.0]);
}

#[test]
fn where_there_is_no_room_for_both_the_code_is_in_the_place_of_the_page() {
    let opening = showing("bank_lock").sized([1280.0, 800.0], 2.0);
    let mut window = with_code(opening);
    assert!(window.has(Role::Label, "def deposit():"));
    assert!(!window.has(Role::Label, "Bank deposits"));
    window.press("Close the code");
    assert!(window.has(Role::Label, "Bank deposits"));
}
