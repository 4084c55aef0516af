//! The clicks of a twin's window. Requested clicks are put into the input of its frames, beside those of the mouse; a
//! picture answers both.

use std::collections::VecDeque;

use egui::{Event, Modifiers, PointerButton, Rect, Response};

use crate::demos::responsive_ui::twins::protocol::{Button, Sign};

/// The clicks that were requested, and the places of the buttons that they go to.
#[derive(Default)]
pub(super) struct Clicks {
    /// The place of Download, once it was drawn.
    download: Option<Rect>,
    about: Option<Rect>,
    /// Clicks that were requested, and are not in any frame's input yet.
    requests: VecDeque<(u64, Button)>,
    /// The requested click that is in this frame's input.
    requested: Option<(u64, Button)>,
    /// How often About was clicked.
    pub(super) answered: u64,
    answers: Vec<Sign>,
}

impl Clicks {
    /// Notes that the main window requests a click.
    pub(super) fn request(&mut self, number: u64, button: Button) {
        self.requests.push_back((number, button));
    }

    /// Whether requested clicks wait for a frame.
    pub(super) fn wait(&self) -> bool {
        self.requested.is_some() || !self.requests.is_empty()
    }

    /// Puts the next requested click into a frame's input, unless the frame has clicks already (`clicked`): there is
    /// one a frame, because each is answered by a picture. `busy`: Download can't be clicked.
    pub(super) fn inject(&mut self, events: &mut Vec<Event>, clicked: bool, busy: bool) {
        if busy {
            // A click on a disabled button does nothing, so these are dropped.
            self.requests.retain(|(_, on)| *on != Button::Download);
            self.take_requested(Button::Download);
        }
        if clicked {
            return;
        }
        self.requested = self.requested.or_else(|| self.requests.pop_front());
        let place = self.requested.and_then(|(_, button)| match button {
            Button::Download => self.download,
            Button::About => self.about,
        });
        // A button's place is known after its first picture.
        let Some(place) = place else { return };
        let pos = place.center();
        let press = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        events.extend([
            Event::PointerMoved(pos),
            press(true),
            press(false),
            Event::PointerGone,
        ]);
    }

    /// Notes that Download was drawn. Returns whether it was clicked.
    pub(super) fn download(&mut self, drawn: &Response) -> bool {
        self.download = Some(drawn.rect);
        if drawn.clicked() {
            self.take_requested(Button::Download);
        }
        drawn.clicked()
    }

    /// Notes that About was drawn, and its click if there was one.
    pub(super) fn about(&mut self, drawn: &Response) {
        self.about = Some(drawn.rect);
        if !drawn.clicked() {
            return;
        }
        let number = self.take_requested(Button::About);
        self.answered += 1;
        self.answers.push(Sign::Answered { number, clicks: 1 });
    }

    /// The reports of the clicks that this frame's picture has answered.
    pub(super) fn answers(&mut self) -> impl Iterator<Item = Sign> {
        self.answers.drain(..)
    }

    fn take_requested(&mut self, button: Button) -> Option<u64> {
        let requested = self.requested.take_if(|(_, on)| *on == button);
        requested.map(|(number, _)| number)
    }
}
