//! The keys of a presentation. A clicker sends PageDown and PageUp, and some F5 and a full stop.

use egui::{Context, Key};

use super::Presenting;
use super::steps::Step;
use crate::app::action::Action;
use crate::app::key_press::{Press, pressed, types_full_stop};
use crate::app::view::View;
use crate::widgets::playhead::Seek;

/// Turns this frame's keys into actions. Returns whether one of them leads to another step.
pub fn keys(ctx: &Context, view: &mut View<'_>) -> bool {
    let Some(presenting) = view.presenting else {
        return false;
    };
    let pressed = pressed(ctx);
    if presenting.is_blank() {
        // Any key or press brings the picture back, and does nothing else.
        let clicked = ctx.input(|input| input.pointer.any_pressed());
        if clicked || !pressed.is_empty() {
            view.actions.push(Action::Unblank);
        }
        return false;
    }
    count_hands(ctx, view);
    if types_full_stop(ctx) {
        view.actions.push(Action::Stop);
    }
    // A focused button or field has keys of its own.
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let mut stepped = false;
    for press in pressed {
        if focused && belongs_to_focus(press.key) {
            continue;
        }
        let action = action(&press, view);
        stepped |= matches!(
            action,
            Some(Action::NextStep | Action::PreviousStep | Action::GoTo(_) | Action::GoToPlan)
        );
        view.actions.extend(action);
    }
    stepped
}

/// Counts hands: a key that is held counts on.
fn count_hands(ctx: &Context, view: &mut View<'_>) {
    let step = view.presenting.map(Presenting::step);
    let Some(answer) = step.and_then(Step::hands) else {
        return;
    };
    let times = |key| ctx.input(|input| input.num_presses(key)) as i32;
    let change = times(Key::ArrowUp) - times(Key::ArrowDown);
    if view.settings.count_hands && change != 0 {
        view.actions.push(Action::Raise { answer, change });
    }
}

/// Whether a control that has the focus uses this key itself.
fn belongs_to_focus(key: Key) -> bool {
    use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Enter, Space};
    matches!(
        key,
        Space | Enter | ArrowLeft | ArrowRight | ArrowUp | ArrowDown
    )
}

/// The action of a key at the present step.
fn action(press: &Press, view: &View<'_>) -> Option<Action> {
    let Press { key, digit } = *press;
    let step = view.presenting?.step();
    let has_recording = matches!(step, Step::Stage | Step::Autopsy);
    match key {
        Key::Escape => view.put_away().or(Some(Action::Escape)),
        Key::PageDown | Key::ArrowRight | Key::Space => Some(Action::NextStep),
        Key::Enter if view.newest_dialog.is_some() => view.put_away(),
        Key::Enter => Some(Action::NextStep),
        Key::PageUp | Key::ArrowLeft => Some(Action::PreviousStep),
        Key::Home => Some(Action::GoToPlan),
        Key::F5 => Some(Action::Run),
        Key::G => Some(Action::Graph),
        Key::N => Some(Action::Notes),
        Key::ArrowDown if has_recording => Some(Action::Seek(Seek::Next)),
        Key::ArrowUp if has_recording => Some(Action::Seek(Seek::Previous)),
        Key::P if has_recording => Some(Action::Seek(Seek::PlayOrPause)),
        _ => match (step.hands(), answer(key, digit)) {
            // Letters and the digits of its answers answer a question.
            (Some(_), Some(answer)) if answer < view.presented_answers() => {
                Some(Action::Guess(answer))
            }
            (None, _) if key == Key::B => Some(Action::Blank),
            _ => view.demos.find_number(digit?).map(Action::GoTo),
        },
    }
}

/// The index of the answer that a letter or a digit stands for.
fn answer(key: Key, digit: Option<u8>) -> Option<usize> {
    let letters = [Key::A, Key::B, Key::C, Key::D];
    let letter = letters.iter().position(|letter| *letter == key);
    letter.or_else(|| digit.map(|digit| usize::from(digit) - 1))
}
