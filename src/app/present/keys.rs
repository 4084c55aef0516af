//! The keyboard and the clicker while presenting. A clicker sends PageDown and PageUp, and some F5 and a
//! full stop.

use egui::{Context, Key};

use crate::app::App;
use crate::app::command::Command;
use crate::app::keys::{digit, plain_press};
use crate::app::present::Wish;
use crate::app::present::steps::Step;
use crate::widgets::playhead::Seek;

/// Turns this frame's keys into commands. Returns whether one of them leads to another step.
pub fn handle(ctx: &Context, app: &mut App) -> bool {
    let Some(presenting) = &app.presenting else {
        return false;
    };
    let pressed: Vec<Key> =
        ctx.input(|input| input.events.iter().filter_map(plain_press).collect());
    if presenting.blank {
        // Whatever is pressed brings the picture back, and does nothing else.
        let clicked = ctx.input(|input| input.pointer.any_pressed());
        if clicked || !pressed.is_empty() {
            app.commands.push(Command::Present(Wish::Unblank));
        }
        return false;
    }
    let step = presenting.steps.step();
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let stepped = pressed.iter().any(|key| leads_on(*key).is_some());
    for key in pressed {
        let wish = match key {
            Key::Escape => match app.dialogs.newest() {
                Some(newest) => {
                    app.commands.push(Command::CloseDialog(newest));
                    None
                }
                None if app.spotlight => {
                    app.commands.push(Command::Spotlight);
                    None
                }
                None => Some(Wish::Escape),
            },
            Key::F5 => Some(Wish::Run),
            Key::Period => Some(Wish::StopOrBlank),
            Key::G => Some(Wish::Graph),
            Key::Space | Key::Enter if focused => None,
            Key::Space | Key::Enter if step == Step::Ready => Some(Wish::Run),
            Key::Space | Key::ArrowLeft | Key::ArrowRight if step == Step::Stage => {
                app.commands.extend(turned(key).map(Command::Seek));
                None
            }
            key => leads_on(key).or_else(|| match step {
                Step::Plan => app.start_with(key),
                _ => answer(key).map(Wish::Decide),
            }),
        };
        app.commands.extend(wish.map(Command::Present));
    }
    stepped
}

/// What the hand of the recording is to do.
fn turned(key: Key) -> Option<Seek> {
    match key {
        Key::Space => Some(Seek::PlayOrPause),
        Key::ArrowLeft => Some(Seek::Previous),
        Key::ArrowRight => Some(Seek::Next),
        _ => None,
    }
}

fn leads_on(key: Key) -> Option<Wish> {
    match key {
        Key::PageDown => Some(Wish::Forward),
        Key::PageUp => Some(Wish::Back),
        _ => None,
    }
}

/// The answer of a letter or a digit.
fn answer(key: Key) -> Option<usize> {
    let letters = [Key::A, Key::B, Key::C, Key::D];
    let letter = letters.iter().position(|letter| *letter == key);
    letter.or_else(|| digit(key).map(|digit| usize::from(digit) - 1))
}

impl App {
    fn start_with(&self, key: Key) -> Option<Wish> {
        let number = digit(key)?;
        let room = self.rooms.iter().position(|room| room.number == number)?;
        Some(Wish::StartWith(room))
    }
}
