//! The keyboard, and the clicker of a presentation, which sends PageDown and PageUp, and some F5 and a full stop.
//! Single keys act only while no field is edited.

use egui::{Context, Event, Key, Modifiers};

use super::action::Action;
use super::present::Step;
use super::settings::Setting;
use super::view::View;
use crate::widgets::playhead::Seek;
use crate::widgets::timeline::playhead_id;

/// Turns this frame's keys into actions. Returns whether one of them leads to another step of a presentation.
pub fn handle(ctx: &Context, view: &mut View<'_>) -> bool {
    if ctx.input(|input| input.key_pressed(Key::F11)) {
        view.actions.push(Action::Present);
    }
    if ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::S)) {
        view.actions.push(Action::Spotlight);
    }
    match view.presenting {
        Some(_) => while_presenting(ctx, view),
        None => {
            on_page(ctx, view);
            false
        }
    }
}

fn on_page(ctx: &Context, view: &mut View<'_>) {
    if ctx.input(|input| input.key_pressed(Key::Escape)) {
        view.actions.extend(put_away(view));
    }
    if ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::D)) {
        let show = Setting::Code(!view.settings.code);
        view.actions.push(Action::Set(show));
    }
    // An edited field gets every key; a focused button gets Space and Enter.
    if ctx.text_edit_focused() {
        return;
    }
    let focused = ctx.memory(|memory| memory.focused().is_some());
    // The timeline's playhead has keys of its own. While an incident is replayed they act without its focus, too,
    // unless another control has it.
    let on_playhead = ctx.memory(|memory| memory.has_focus(playhead_id()));
    let is_incident = !focused && view.session.replays_incident(view.demos.chosen());
    for key in pressed(ctx) {
        if on_playhead && key == Key::Num0 {
            continue;
        }
        let in_incident = match key {
            Key::Escape => Some(Action::LeaveIncident),
            key => seek(key).map(Action::Seek),
        };
        if let Some(action) = in_incident.filter(|_| is_incident) {
            view.actions.push(action);
            continue;
        }
        let chosen = digit(key).and_then(|number| view.demos.find_number(number));
        view.actions.extend(chosen.map(Action::ChooseDemo));
        match key {
            Key::Space | Key::Enter if !focused => view.actions.push(Action::Run),
            Key::Period => view.actions.push(Action::Stop),
            _ => {}
        }
    }
}

fn while_presenting(ctx: &Context, view: &mut View<'_>) -> bool {
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
    let step = presenting.step();
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let leads_on = |key: &Key| matches!(key, Key::PageDown | Key::PageUp);
    let stepped = pressed.iter().any(leads_on);
    for key in pressed {
        let action = match key {
            Key::Escape => put_away(view).or(Some(Action::Escape)),
            Key::PageDown => Some(Action::NextStep),
            Key::PageUp => Some(Action::PreviousStep),
            Key::F5 => Some(Action::Run),
            Key::Period => Some(Action::Stop),
            Key::G => Some(Action::Graph),
            Key::Space | Key::Enter if focused => None,
            Key::Space | Key::Enter if step == Step::Ready => Some(Action::Run),
            Key::Space | Key::ArrowLeft | Key::ArrowRight if step == Step::Stage => {
                seek(key).map(Action::Seek)
            }
            key if step == Step::Plan => {
                let demo = digit(key).and_then(|number| view.demos.find_number(number));
                demo.map(Action::StartWith)
            }
            key => answer(key).map(Action::Guess),
        };
        view.actions.extend(action);
    }
    stepped
}

/// Closes the newest dialog, or else the spotlight, as Escape does first.
fn put_away(view: &View<'_>) -> Option<Action> {
    let spotlight = view.spotlight.then_some(Action::Spotlight);
    view.newest_dialog.map(Action::CloseDialog).or(spotlight)
}

/// The keys that were pressed without modifiers.
fn pressed(ctx: &Context) -> Vec<Key> {
    let plain = |event: &Event| match event {
        Event::Key {
            key,
            pressed: true,
            repeat: false,
            modifiers,
            ..
        } if modifiers.is_none() => Some(*key),
        _ => None,
    };
    ctx.input(|input| input.events.iter().filter_map(plain).collect())
}

/// The movement of the playhead that a key asks for.
fn seek(key: Key) -> Option<Seek> {
    match key {
        Key::Space => Some(Seek::PlayOrPause),
        Key::ArrowLeft => Some(Seek::Previous),
        Key::ArrowRight => Some(Seek::Next),
        _ => None,
    }
}

/// The number of the demo that a digit key chooses: 1 to 9, and 0 for the tenth.
fn digit(key: Key) -> Option<u8> {
    use Key::{Num0, Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9};
    let digits = [Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9, Num0];
    let index = digits.iter().position(|digit| *digit == key)?;
    u8::try_from(index + 1).ok()
}

/// The index of the answer that a letter or a digit stands for.
fn answer(key: Key) -> Option<usize> {
    let letters = [Key::A, Key::B, Key::C, Key::D];
    let letter = letters.iter().position(|letter| *letter == key);
    letter.or_else(|| digit(key).map(|digit| usize::from(digit) - 1))
}
