//! The keyboard. Single keys act only while no field is edited.

use egui::{Context, Event, Key, Modifiers};

use super::App;
use super::command::Command;
use super::present::Wish;
use crate::app::page::code as code_pane;
use crate::app::present::keys as present_keys;
use crate::widgets::playhead::Seek;
use crate::widgets::timeline::playhead_id;

/// Turns this frame's keys into commands. Returns whether one of them leads to another step of a presentation.
pub fn handle(ctx: &Context, app: &mut App) -> bool {
    if ctx.input(|input| input.key_pressed(Key::F11)) {
        app.commands.push(Command::Present(Wish::Toggle));
    }
    if ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::S)) {
        app.commands.push(Command::Spotlight);
    }
    if app.presenting.is_some() {
        return present_keys::handle(ctx, app);
    }
    if ctx.input(|input| input.key_pressed(Key::Escape)) {
        match app.dialogs.newest() {
            Some(newest) => app.commands.push(Command::CloseDialog(newest)),
            None if app.spotlight => app.commands.push(Command::Spotlight),
            None => {}
        }
    }
    if code_pane::is_asked_for(ctx) {
        app.commands.push(Command::ShowCode(!app.settings.code));
    }
    // A field that is edited wants every key; a button that has focus wants Space and Enter.
    if ctx.text_edit_focused() {
        return false;
    }
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let pressed: Vec<Key> =
        ctx.input(|input| input.events.iter().filter_map(plain_press).collect());
    // The timeline's hand has keys of its own; in the replay of a mishap they are there for all who have no
    // other use for them.
    let hand = ctx.memory(|memory| memory.has_focus(playhead_id()));
    let dissecting = !focused && app.is_dissecting();
    for key in pressed {
        if hand && key == Key::Num0 {
            continue;
        }
        if dissecting && let Some(command) = in_dissection(key) {
            app.commands.push(command);
            continue;
        }
        if let Some(number) = digit(key)
            && let Some(index) = app.rooms.iter().position(|room| room.number == number)
        {
            app.commands.push(Command::ChooseDemo(index));
        }
        match key {
            Key::Space | Key::Enter if !focused => app.commands.push(Command::Run),
            Key::Period => app.commands.push(Command::Stop),
            _ => {}
        }
    }
    false
}

fn in_dissection(key: Key) -> Option<Command> {
    Some(match key {
        Key::ArrowLeft => Command::Seek(Seek::Previous),
        Key::ArrowRight => Command::Seek(Seek::Next),
        Key::Space => Command::Seek(Seek::PlayOrPause),
        Key::Escape => Command::LeaveDissection,
        _ => return None,
    })
}

/// The key of a press without modifiers.
pub(super) fn plain_press(event: &Event) -> Option<Key> {
    match event {
        Event::Key {
            key,
            pressed: true,
            repeat: false,
            modifiers,
            ..
        } if modifiers.is_none() => Some(*key),
        _ => None,
    }
}

/// The number of the demo that a digit key chooses: 1 to 9, and 0 for the tenth.
pub(super) fn digit(key: Key) -> Option<u8> {
    use Key::{Num0, Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9};
    let digits = [Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9, Num0];
    let index = digits.iter().position(|digit| *digit == key)?;
    u8::try_from(index + 1).ok()
}
