//! The controls with which a class lets one thread after another do a step.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Button, Event, Key, Response, TextStyle, Ui, WidgetInfo, vec2};

use super::super::{Schedule, letter, steps};
use super::turns::Turns;
use crate::lab::demo::value::Value;
use crate::lab::run::Input;
use crate::lab::run::Outcome;
use crate::lab::trace::event::State;
use crate::text::Language;
use crate::widgets::controls::absent;
use crate::widgets::controls::segmented_ui;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{paint_state, paint_state_text};
use crate::widgets::look::theme::font;
use crate::widgets::stage::{RunView, StageAction};

/// The keys of the threads, in the order of the threads.
const KEYS: [Key; 3] = [Key::A, Key::B, Key::C];
/// A row narrower than this has smaller controls.
const NARROW: f32 = 360.0;
/// Controls after the first: the number of threads, a button for each, back, all orders, the code.
const OTHERS: usize = 1 + KEYS.len() + 3;

/// The turns of the shown run if it goes step by step, and whether it goes on. They are the present turns, not those of
/// the moment that a replay shows: the class decides on the next step.
fn steered(view: &RunView<'_>) -> Option<(Turns, bool)> {
    let shown = view.shown.as_ref()?;
    let params = &shown.info.params;
    let is_steered = Schedule::read(params.text("schedule")) == Schedule::Steered;
    (is_steered && shown.info.variant == view.variant).then(|| {
        let threads = params.whole("threads") as usize;
        let turns = Turns::of(shown.log, view.variant, threads, Duration::MAX);
        (turns, shown.log.finished().is_none())
    })
}

/// Shows the controls; `threads` is the number of threads of the next run by steps.
pub fn controls_ui(
    ui: &mut Ui,
    view: &RunView<'_>,
    can_run: bool,
    threads: &mut usize,
) -> Option<StageAction> {
    if steps(view.variant).is_empty() {
        absent(ui, 1 + OTHERS);
        return None;
    }
    let language = view.language;
    let is_narrow = ui.available_width() < NARROW;
    if is_narrow {
        // Lower rows with smaller words leave the picture its room.
        let spacing = ui.spacing_mut();
        spacing.item_spacing = vec2(4.0, 3.0);
        spacing.button_padding = vec2(6.0, 1.0);
        spacing.interact_size.y = 26.0;
        let styles = &mut ui.style_mut().text_styles;
        styles.insert(TextStyle::Button, font(13.0));
    }
    let mut wish = None;
    let begin = |threads, first: Vec<usize>| StageAction::Run {
        set: run_with(threads, "step"),
        steer: Some(first.into_iter().map(Input::Step).collect()),
    };
    if button_ui(ui, language, "bank_lock-button-step", can_run).clicked() {
        wish = Some(begin(*threads, Vec::new()));
    }
    let Some((turns, live)) = steered(view) else {
        absent(ui, OTHERS);
        return wish;
    };
    if live {
        let title = |threads: usize| {
            let threads = ("threads", Value::from(threads));
            language.with("bank_lock-button-threads", &[threads])
        };
        let offered = [2, 3].map(|threads| (threads, title(threads)));
        let name = language.text("bank_lock-param-threads");
        if let Some(chosen) = segmented_ui(ui, &name, turns.threads(), &offered, None) {
            *threads = chosen;
            wish = Some(begin(chosen, Vec::new()));
        }
        let let_go = threads_ui(ui, &turns, is_narrow, language);
        if !let_go.is_empty() {
            wish = Some(StageAction::Input(let_go));
        }
        absent(ui, KEYS.len() - turns.threads().min(KEYS.len()));
    } else {
        absent(ui, 1 + KEYS.len());
    }
    let can_undo = can_run && !(turns.done.is_empty() && turns.blocked.is_empty());
    let undo = button_ui(ui, language, "bank_lock-button-undo", can_undo).clicked();
    if can_undo && (undo || presses(ui, Key::Backspace) > 0) {
        wish = Some(begin(turns.threads(), turns.but_the_last()));
    }
    if button_ui(ui, language, "bank_lock-button-all", can_run).clicked() {
        wish = Some(StageAction::Run {
            set: run_with(turns.threads(), "all"),
            steer: None,
        });
    }
    let is_done = matches!(
        view.shown.and_then(|shown| shown.log.finished()),
        Some((_, Outcome::Done(_)))
    );
    if !is_done {
        absent(ui, 1);
    } else if button_ui(ui, language, "bank_lock-button-copy", true).clicked() {
        ui.copy_text(turns.code());
    }
    wish
}

fn run_with(threads: usize, schedule: &str) -> Vec<(&'static str, String)> {
    vec![
        ("threads", threads.to_string()),
        ("schedule", schedule.to_owned()),
        // A thread that panics half-way has no place in an order of steps.
        ("failing", "0".to_owned()),
    ]
}

fn button_ui(ui: &mut Ui, language: Language, key: &str, enabled: bool) -> Response {
    let button = Button::new(language.text(key)).min_size(vec2(0.0, ui.spacing().interact_size.y));
    ui.add_enabled(enabled, button)
        .on_hover_text(language.text(&format!("{key}-help")).as_ref())
}

/// Shows a button for each thread, with its next step on it. Returns the steps that were asked for, by button or key.
fn threads_ui(ui: &mut Ui, turns: &Turns, is_narrow: bool, language: Language) -> Vec<Input> {
    let mut let_go = Vec::new();
    for (thread, key) in (0..turns.threads()).zip(KEYS) {
        let can_go = turns.ahead(thread).is_some() && !turns.is_blocked(thread);
        let clicked = thread_ui(ui, turns, thread, can_go, is_narrow, language);
        let presses = usize::from(clicked) + presses(ui, key);
        let_go.extend(std::iter::repeat_n(Input::Step(thread), presses));
    }
    let_go
}

fn thread_ui(
    ui: &mut Ui,
    turns: &Turns,
    thread: usize,
    can_go: bool,
    is_narrow: bool,
    language: Language,
) -> bool {
    let words = turns.next_in_words(thread, language);
    // In a narrow row there is room for the letter; the thread's card shows what comes next.
    let (face, width) = match is_narrow {
        true => (
            letter(thread).to_string(),
            2.0 * ui.spacing().interact_size.y,
        ),
        // The button is as wide as its longest face: the others must not move from under the pointer.
        false => (words.clone(), width(ui, turns, language)),
    };
    let is_blocked = turns.is_blocked(thread);
    let text = if is_blocked { "" } else { face.as_str() };
    let button = Button::new(text).min_size(vec2(width, ui.spacing().interact_size.y));
    let response = ui.add_enabled(can_go, button);
    if is_blocked {
        let (pen, rect) = (Pen::of(ui), response.rect);
        let size = TextStyle::Button.resolve(ui.style()).size;
        paint_state(&pen, rect, State::Waiting, None);
        paint_state_text(&pen, rect, State::Waiting, None, &face, font(size));
    }
    let name = ("thread", Value::Word(letter(thread).to_string()));
    let name = language.with("bank_lock-button-thread", &[name]);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, can_go, &name));
    // The accessible name stays the same; the thread's next step is its description.
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_description(words));
    response.clicked()
}

/// The width of a thread's button with the longest face that it can have.
fn width(ui: &Ui, turns: &Turns, language: Language) -> f32 {
    let font = TextStyle::Button.resolve(ui.style());
    let faces = turns.all_faces(language).into_iter().map(|face| {
        let galley = ui
            .painter()
            .layout_no_wrap(face, font.clone(), egui::Color32::PLACEHOLDER);
        galley.size().x
    });
    faces.fold(0.0, f32::max) + 2.0 * ui.spacing().button_padding.x
}

/// The number of presses of a key since the last frame; 0 while a field is edited.
fn presses(ui: &Ui, wanted: Key) -> usize {
    if ui.ctx().text_edit_focused() {
        return 0;
    }
    let is_press = |event: &&Event| {
        matches!(event, Event::Key { key, pressed: true, repeat: false, modifiers, .. }
            if *key == wanted && modifiers.is_none())
    };
    ui.input(|input| input.events.iter().filter(is_press).count())
}
