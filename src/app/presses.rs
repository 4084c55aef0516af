//! Splits input that piled up while the window was frozen among several frames. egui looks for the widget under the
//! pointer once a frame, at the pointer's last place: of several presses in one frame's input only the last would find
//! its button, and letters after a click would miss their field.
//!
//! While a presentation's clicker clicks, its keys become clicks of the pointer here, before egui sees them: they wait
//! in the window's own queue, are counted and are answered as those of a mouse.

use std::collections::{HashSet, VecDeque};

use egui::{Context, Event, Key, Modifiers, Plugin, PointerButton, Pos2, RawInput};

/// Gives each frame only as much input as egui can handle in one frame; the rest waits for the next frames.
#[derive(Default)]
pub(super) struct Presses {
    waiting: VecDeque<Event>,
    arrived: u64,
    /// The keys that are down. Only egui itself marks repeats of a held key, and only after this.
    held: HashSet<Key>,
    /// The place that the clicker clicks at, if it does.
    aim: Option<Pos2>,
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

    /// Whether presses of the pointer have come with this frame's input.
    pub(super) fn have_come(ctx: &Context) -> bool {
        ctx.plugin::<Self>().lock().arrived > 0
    }

    /// Lets each press of a key that leads a presentation on be a click at this place, from the next frame's input on;
    /// with `None` it is a press of the key again.
    pub(super) fn aim(ctx: &Context, at: Option<Pos2>) {
        ctx.plugin::<Self>().lock().aim = at;
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
        for mut event in input.events.drain(..) {
            self.arrived += u64::from(is_press(&event));
            mark_repeat(&mut self.held, &mut event);
            self.waiting.push_back(event);
        }
        if let Some(at) = self.aim {
            self.click_instead(at);
        }
        input.events = next_frame(&mut self.waiting);
    }
}

impl Presses {
    /// Lets the keys that lead on click at this place. The click is a press and a release without a movement, which
    /// would show the buttons for the pointer; then the pointer is gone.
    fn click_instead(&mut self, at: Pos2) {
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        for event in std::mem::take(&mut self.waiting) {
            match leads_on(&event) {
                Some(Hold::Press) => {
                    self.arrived += 1;
                    let click = [button(true), button(false), Event::PointerGone];
                    self.waiting.extend(click);
                }
                Some(Hold::Repeat) => {}
                None => self.waiting.push_back(event),
            }
        }
    }
}

/// The ways in which a key is down.
enum Hold {
    Press,
    Repeat,
}

/// Whether a key goes down, or stays down, that leads a presentation on.
fn leads_on(event: &Event) -> Option<Hold> {
    match event {
        Event::Key {
            key: Key::PageDown | Key::ArrowRight | Key::Space,
            pressed: true,
            repeat,
            modifiers: Modifiers::NONE,
            ..
        } => Some(if *repeat { Hold::Repeat } else { Hold::Press }),
        _ => None,
    }
}

/// Marks the press of a key that is `held` as a repeat.
pub(super) fn mark_repeat(held: &mut HashSet<Key>, event: &mut Event) {
    match event {
        Event::Key {
            key,
            pressed: true,
            repeat,
            ..
        } => *repeat = !held.insert(*key),
        Event::Key { key, .. } => {
            held.remove(key);
        }
        // The release goes to another window.
        Event::WindowFocused(false) => held.clear(),
        _ => {}
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
    use egui::pos2;

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

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    /// The input of the frames in which these events are handled.
    fn frames(presses: &mut Presses, came: &[Event]) -> Vec<Vec<Event>> {
        let ctx = Context::default();
        let mut input = RawInput {
            events: came.to_vec(),
            ..RawInput::default()
        };
        presses.input_hook(&ctx, &mut input);
        let mut frames = vec![std::mem::take(&mut input.events)];
        while !presses.waiting.is_empty() {
            presses.input_hook(&ctx, &mut input);
            frames.push(std::mem::take(&mut input.events));
        }
        frames
    }

    fn clicks(frames: &[Vec<Event>], at: Pos2) -> usize {
        let (down, up) = (button(at, true), button(at, false));
        let has_click = |frame: &&Vec<Event>| frame.contains(&down) && frame.contains(&up);
        frames.iter().filter(has_click).count()
    }

    #[test]
    fn keys_that_lead_on_click_where_they_are_aimed_and_nowhere_else() {
        let at = pos2(40.0, 50.0);
        let on = [Key::PageDown, Key::ArrowRight, Key::Space];
        let came = on.map(|on| [key(on, true), key(on, false)]).concat();
        let mut presses = Presses::default();
        assert_eq!(frames(&mut presses, &came).concat(), came);
        assert_eq!(presses.arrived, 0);

        presses.aim = Some(at);
        let handled = frames(&mut presses, &came);
        assert_eq!(clicks(&handled, at), 3);
        assert_eq!(presses.arrived, 3);
        let handled = handled.concat();
        let is_down = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
        assert!(!handled.iter().any(is_down), "{handled:?}");
        assert!(handled.contains(&Event::PointerGone));
        // Other keys stay what they are.
        let others = [key(Key::PageUp, true), key(Key::B, true)];
        assert_eq!(frames(&mut presses, &others).concat().len(), 2);
        assert_eq!(presses.arrived, 3);
    }

    #[test]
    fn a_key_that_is_held_clicks_once_however_long_and_from_wherever() {
        let at = pos2(40.0, 50.0);
        let held = vec![key(Key::PageDown, true); 5];
        let mut presses = Presses::default();
        // Held since before the run, it does not click at all.
        frames(&mut presses, &held[..1]);
        presses.aim = Some(at);
        assert_eq!(clicks(&frames(&mut presses, &held), at), 0);
        frames(&mut presses, &[key(Key::PageDown, false)]);
        assert_eq!(clicks(&frames(&mut presses, &held), at), 1);
        assert_eq!(presses.arrived, 1);
    }
}
