//! The keyboard, and the clicker of a presentation, which sends PageDown and PageUp, and some F5 and a full stop.
//! Single keys act only while no field is edited.

use egui::{Context, Event, Id, Key, Modifiers, Popup};

use super::action::Action;
use super::present::Step;
use super::settings::Setting;
use super::view::View;
use crate::widgets::playhead::Seek;
use crate::widgets::timeline::playhead_id;

/// Turns this frame's keys into actions. Returns whether one of them leads to another step of a presentation.
pub fn handle(ctx: &Context, view: &mut View<'_>) -> bool {
    ctx.input_mut(|input| input.events.retain(|event| !is_held(event)));
    let before = Focus::of_frame_before(ctx);
    if ctx.input(|input| input.key_pressed(Key::F11)) {
        view.actions.push(Action::Present);
    }
    if ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::S)) {
        view.actions.push(Action::Spotlight);
    }
    match view.presenting {
        Some(_) => while_presenting(ctx, view),
        None => {
            on_page(ctx, view, before);
            false
        }
    }
}

/// Whether a key is held down that does something once: it turns on or off, presses a button, or closes.
fn is_held(event: &Event) -> bool {
    match event {
        Event::Key {
            key,
            pressed: true,
            repeat: true,
            modifiers,
            ..
        } => {
            let is_command = modifiers.command && matches!(key, Key::S | Key::D);
            is_command || matches!(key, Key::F11 | Key::Space | Key::Enter | Key::Escape)
        }
        _ => false,
    }
}

/// The focus as it was before this frame's keys: egui takes it away at Escape.
#[derive(Clone, Copy, Default)]
struct Focus {
    control: Option<Id>,
    /// Whether the control is a field that was edited.
    edited: bool,
}

impl Focus {
    /// The focus of the frame before; notes that of this frame.
    fn of_frame_before(ctx: &Context) -> Self {
        let now = Self {
            control: ctx.memory(|memory| memory.focused()),
            edited: ctx.text_edit_focused(),
        };
        let id = Id::unique("focus_before");
        ctx.data_mut(|data| {
            let before = data.get_temp(id).unwrap_or(now);
            data.insert_temp(id, now);
            before
        })
    }
}

/// Carries Escape out on the page: it does one thing. It leaves an edited field or closes a menu, as egui does; else it
/// closes the newest dialog, turns the spotlight off, or leaves an incident. Returns whether there was such a thing.
fn escape(ctx: &Context, view: &mut View<'_>, before: Focus) -> bool {
    if before.edited || Popup::is_any_open(ctx) {
        return true;
    }
    let incident = view.session.replays_incident(view.demos.chosen());
    let leaves = incident.then_some(Action::LeaveIncident);
    let Some(action) = put_away(view).or(leaves) else {
        return false;
    };
    view.actions.push(action);
    ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    // The control that had the focus keeps it.
    if let Some(control) = before.control {
        ctx.memory_mut(|memory| memory.request_focus(control));
    }
    true
}

fn on_page(ctx: &Context, view: &mut View<'_>, before: Focus) {
    if ctx.input(|input| input.key_pressed(Key::Escape)) && escape(ctx, view, before) {
        return;
    }
    if ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::D)) {
        let show = Setting::Code(!view.settings.code);
        view.actions.push(Action::Set(show));
    }
    // An edited field gets every key; a focused button gets Space and Enter.
    if ctx.text_edit_focused() {
        return;
    }
    if types_full_stop(ctx) {
        view.actions.push(Action::Stop);
    }
    let focused = ctx.memory(|memory| memory.focused().is_some());
    // The timeline's playhead has keys of its own. While an incident is replayed they act without its focus, too,
    // unless another control has it.
    let on_playhead = ctx.memory(|memory| memory.has_focus(playhead_id()));
    let is_incident = !focused && view.session.replays_incident(view.demos.chosen());
    for Press { key, digit } in pressed(ctx) {
        if on_playhead && matches!(key, Key::Num0 | Key::Plus | Key::Minus | Key::Equals) {
            continue;
        }
        if let Some(seek) = seek(key).filter(|_| is_incident) {
            view.actions.push(Action::Seek(seek));
            continue;
        }
        let chosen = digit.and_then(|number| view.demos.find_number(number));
        view.actions.extend(chosen.map(Action::ChooseDemo));
        if matches!(key, Key::Space | Key::Enter) && !focused {
            view.actions.push(at_rest(view));
        }
    }
}

/// The action of Space and Enter while no control has the focus: they close the dialog that is open, show the end of a
/// run that is being replayed for the first time, or run.
fn at_rest(view: &View<'_>) -> Action {
    match view.newest_dialog {
        Some(number) => Action::CloseDialog(number),
        None if view.is_unseen() => Action::Seek(Seek::End),
        None => Action::Run,
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
    if types_full_stop(ctx) {
        view.actions.push(Action::Stop);
    }
    let step = presenting.step();
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let leads_on = |press: &Press| matches!(press.key, Key::PageDown | Key::PageUp);
    let stepped = pressed.iter().any(leads_on);
    for Press { key, digit } in pressed {
        let action = match key {
            Key::Escape => put_away(view).or(Some(Action::Escape)),
            Key::PageDown => Some(Action::NextStep),
            Key::PageUp => Some(Action::PreviousStep),
            Key::F5 => Some(Action::Run),
            Key::G => Some(Action::Graph),
            Key::Space | Key::Enter if focused => None,
            Key::Space | Key::Enter if view.newest_dialog.is_some() => put_away(view),
            Key::Space | Key::Enter if step == Step::Ready => Some(Action::Run),
            Key::Space | Key::ArrowLeft | Key::ArrowRight if step == Step::Stage => {
                seek(key).map(Action::Seek)
            }
            _ if step == Step::Plan => {
                let demo = digit.and_then(|number| view.demos.find_number(number));
                demo.map(Action::StartWith)
            }
            key => answer(key, digit).map(Action::Guess),
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

/// A key that was pressed without modifiers.
struct Press {
    key: Key,
    /// The number of its digit, if it has one: 1 to 9, and 10 for 0.
    digit: Option<u8>,
}

fn pressed(ctx: &Context) -> Vec<Press> {
    let plain = |event: &Event| match event {
        Event::Key {
            key,
            physical_key,
            pressed: true,
            repeat: false,
            modifiers,
        } if modifiers.is_none() => Some(Press {
            key: *key,
            digit: digit(*key).or_else(|| digit_by_place(*key, *physical_key)),
        }),
        _ => None,
    };
    ctx.input(|input| input.events.iter().filter_map(plain).collect())
}

/// Whether a full stop was typed. Its character counts, because its place differs from layout to layout.
fn types_full_stop(ctx: &Context) -> bool {
    let is_full_stop = |event: &Event| matches!(event, Event::Text(text) if text == ".");
    ctx.input(|input| input.events.iter().any(is_full_stop))
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

/// The number of the digit in whose place a layout has a sign, as the French and the Czech have.
fn digit_by_place(key: Key, place: Option<Key>) -> Option<u8> {
    let is_sign = matches!(
        key,
        Key::Colon
            | Key::Comma
            | Key::Backslash
            | Key::Slash
            | Key::Pipe
            | Key::Questionmark
            | Key::Exclamationmark
            | Key::OpenBracket
            | Key::CloseBracket
            | Key::OpenCurlyBracket
            | Key::CloseCurlyBracket
            | Key::Backtick
            | Key::Minus
            | Key::Period
            | Key::Plus
            | Key::Equals
            | Key::Semicolon
            | Key::Quote
    );
    // A key of the number pad without its numbers is an arrow, or leads from page to page.
    place.filter(|_| is_sign).and_then(digit)
}

/// The index of the answer that a letter or a digit stands for.
fn answer(key: Key, digit: Option<u8>) -> Option<usize> {
    let letters = [Key::A, Key::B, Key::C, Key::D];
    let letter = letters.iter().position(|letter| *letter == key);
    letter.or_else(|| digit.map(|digit| usize::from(digit) - 1))
}
