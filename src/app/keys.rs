//! The keyboard. Single keys act only while no field is edited.

use egui::{Context, Event, Key};

use super::App;
use super::command::Command;

/// Turns this frame's keys into commands.
pub fn handle(ctx: &Context, app: &mut App) {
    if ctx.input(|input| input.key_pressed(Key::Escape))
        && let Some(newest) = app.dialogs.newest()
    {
        app.commands.push(Command::CloseDialog(newest));
    }
    // A field that is edited wants every key; a button that has focus wants Space and Enter.
    if ctx.text_edit_focused() {
        return;
    }
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let pressed: Vec<Key> =
        ctx.input(|input| input.events.iter().filter_map(plain_press).collect());
    for key in pressed {
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
}

/// The key of a press without modifiers.
fn plain_press(event: &Event) -> Option<Key> {
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
fn digit(key: Key) -> Option<u8> {
    use Key::{Num0, Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9};
    let digits = [Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9, Num0];
    let index = digits.iter().position(|digit| *digit == key)?;
    u8::try_from(index + 1).ok()
}
