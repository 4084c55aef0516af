//! Splits input that piled up while the window was frozen among several frames. egui looks for the widget under the
//! pointer once a frame, at the pointer's last place: of several presses in one frame's input only the last would find
//! its button, and letters after a click would miss their field.

use std::collections::VecDeque;

use egui::{Context, Event, Key, Plugin, RawInput};

/// Gives each frame only as much input as egui can handle in one frame; the rest waits for the next frames.
#[derive(Default)]
pub(super) struct Presses {
    waiting: VecDeque<Event>,
    arrived: u64,
}

impl Presses {
    /// Lets all input of `ctx` pass through here.
    pub(super) fn install(ctx: &Context) {
        ctx.add_plugin(Self::default());
    }

    /// How many presses of the pointer have come since the last call, handled or not.
    pub(super) fn arrived(ctx: &Context) -> u64 {
        std::mem::take(&mut ctx.plugin::<Self>().lock().arrived)
    }

    /// Whether some input waits for the next frame.
    pub(super) fn wait(ctx: &Context) -> bool {
        !ctx.plugin::<Self>().lock().waiting.is_empty()
    }
}

impl Plugin for Presses {
    fn debug_name(&self) -> &'static str {
        "presses"
    }

    fn input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        self.arrived += input.events.iter().filter(|event| is_press(event)).count() as u64;
        self.waiting.extend(input.events.drain(..));
        input.events = next_frame(&mut self.waiting);
    }
}

/// Takes one frame's events: at most one press of a button, at the pointer's last place in this frame, or of a key;
/// and none after an event that may move the focus. So each press acts on what the one before has made.
fn next_frame(waiting: &mut VecDeque<Event>) -> Vec<Event> {
    let (mut frame, mut pressed_at, mut pressed) = (Vec::new(), None, false);
    while let Some(event) = waiting.front() {
        let presses = is_press(event) || matches!(event, Event::Key { pressed: true, .. });
        let is_next = match event {
            Event::PointerMoved(place) => pressed_at.is_some_and(|pressed| pressed != *place),
            Event::PointerGone => pressed_at.is_some(),
            _ => presses && pressed,
        };
        if is_next {
            break;
        }
        pressed |= presses;
        if let Event::PointerButton {
            pos, pressed: true, ..
        } = event
        {
            pressed_at = Some(*pos);
        }
        let is_last = may_move_focus(event);
        frame.extend(waiting.pop_front());
        if is_last {
            break;
        }
    }
    frame
}

/// Whether a button of the mouse goes down.
pub(super) fn is_press(event: &Event) -> bool {
    matches!(event, Event::PointerButton { pressed: true, .. })
}

fn may_move_focus(event: &Event) -> bool {
    match event {
        Event::PointerButton { pressed, .. } => !pressed,
        Event::Key { key, pressed, .. } => {
            *pressed && matches!(key, Key::Tab | Key::Enter | Key::Space)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use egui::{Modifiers, PointerButton, Pos2, pos2};

    use super::*;

    fn button(pos: Pos2, pressed: bool) -> Event {
        Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }
    }

    #[test]
    fn every_frame_has_one_press_at_most_and_the_pointer_where_it_was() {
        let (here, there) = (pos2(1.0, 1.0), pos2(90.0, 1.0));
        let click = |at| [Event::PointerMoved(at), button(at, true), button(at, false)];
        let tab = Event::Key {
            key: Key::Tab,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let drag = [
            button(here, true),
            Event::PointerMoved(there),
            button(there, false),
        ];
        let came = [
            &click(here)[..],
            &click(there),
            &[tab, Event::Text("1".to_owned())],
            &drag,
        ]
        .concat();
        let mut waiting = VecDeque::from(came.clone());
        let mut frames = Vec::new();
        while !waiting.is_empty() {
            frames.push(next_frame(&mut waiting));
        }
        let lengths: Vec<_> = frames.iter().map(Vec::len).collect();
        assert_eq!(lengths, [3, 3, 1, 2, 2]);
        assert_eq!(frames.concat(), came);
    }
}
