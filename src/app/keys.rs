//! The keyboard. Single keys act only while no field is edited.

use egui::{Context, Event, Id, Key, Modifiers, Popup};

use super::action::Action;
use super::key_press::{Press, pressed, types_full_stop};
use super::present;
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
        Some(_) => present::keys(ctx, view),
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
    let Some(action) = view.put_away().or(leaves) else {
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

/// The movement of the playhead that a key asks for.
fn seek(key: Key) -> Option<Seek> {
    match key {
        Key::Space => Some(Seek::PlayOrPause),
        Key::ArrowLeft => Some(Seek::Previous),
        Key::ArrowRight => Some(Seek::Next),
        _ => None,
    }
}
