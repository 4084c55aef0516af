//! A press of a key: which key, and which digit stands on it.

use egui::{Context, Event, Key};

/// A key that was pressed without modifiers.
pub struct Press {
    /// The key by its name.
    pub key: Key,
    /// The number of its digit, if it has one: 1 to 9, and 10 for 0.
    pub digit: Option<u8>,
}

/// The presses of this frame, in their order; a key that is held was pressed once.
pub fn pressed(ctx: &Context) -> Vec<Press> {
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
pub fn types_full_stop(ctx: &Context) -> bool {
    let is_full_stop = |event: &Event| matches!(event, Event::Text(text) if text == ".");
    ctx.input(|input| input.events.iter().any(is_full_stop))
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
