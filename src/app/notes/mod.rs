//! The teacher's window: what comes now and next, talking points, hands and a clock, on the laptop's own screen while
//! the projector shows the presentation. It is a process of its own, so that it goes on while this window is frozen.
//!
//! [`panel`] draws a [`page`]; `window` is the teacher's process, `process` this one's end of the pipes, [`protocol`]
//! their language, `place` its place on the desktop. A page is written in `app/present/teacher.rs`.

pub mod page;
pub mod panel;
mod place;
mod process;
pub mod protocol;
mod window;

use std::path::PathBuf;
use std::time::Instant;

use egui::{Context, Event, Key, Modifiers, Theme, ViewportCommand};

use crate::lab::process::wire::nanos;
use crate::text::Language;
use page::{Page, Raised};
use place::Screens;
use process::{End, Message, NotesProcess};
use protocol::Response;

pub use window::{NotesOptions, open};

/// The teacher's window of a presentation.
pub(super) struct Notes {
    program: PathBuf,
    process: Option<NotesProcess>,
    /// When the presentation began that goes on.
    began: Option<Instant>,
    /// Whether the window is to be opened, or closed if it is open.
    asked: bool,
    /// Whether the window was opened on a screen of its own, and takes no focus.
    beside: bool,
    /// The latest page that it was told.
    told: Option<Page>,
    /// Whether the page is told once more, because hands that were counted there may have crossed it on the way.
    crossed: bool,
    /// Whether it could not be opened, or has ended by itself, and nothing was pressed since.
    lost: bool,
}

impl Notes {
    /// No window yet; `program` will be started as one.
    pub(super) fn new(program: PathBuf) -> Self {
        Self {
            program,
            process: None,
            began: None,
            asked: false,
            beside: false,
            told: None,
            crossed: false,
            lost: false,
        }
    }

    /// Whether the window is open.
    pub(super) fn is_open(&self) -> bool {
        self.process.is_some()
    }

    /// Whether the class can't see the window.
    pub(super) fn is_beside(&self) -> bool {
        self.beside
    }

    /// Whether the window is lost without anybody having closed it.
    pub(super) fn is_lost(&self) -> bool {
        self.lost
    }

    /// Opens the window before the next frame, or closes it.
    pub(super) fn toggle(&mut self) {
        self.asked = true;
    }

    /// Follows the presentation before each frame. When it begins the window opens by itself if there is a screen that
    /// the presentation does not cover; when it is over, the window closes.
    pub(super) fn follow(
        &mut self,
        ctx: &Context,
        frame: &eframe::Frame,
        language: Language,
        presents: bool,
    ) {
        if !presents {
            (self.process, self.began, self.told) = (None, None, None);
            (self.asked, self.lost) = (false, false);
            return;
        }
        let begins = self.began.is_none();
        let began = *self.began.get_or_insert_with(Instant::now);
        let asked = std::mem::take(&mut self.asked);
        if !begins && !asked {
            return;
        }
        if self.process.take().is_some() {
            return;
        }
        let screens = Screens::of(frame);
        let beside = screens.beside();
        if begins && !asked && beside.is_none() {
            return;
        }
        let options = NotesOptions {
            language,
            dark: ctx.theme() == Theme::Dark,
            since: nanos(began.elapsed()) / 1_000_000,
            place: beside.or_else(|| screens.over()),
        };
        self.start(ctx, &options);
    }

    fn start(&mut self, ctx: &Context, options: &NotesOptions) {
        let wake = ctx.clone();
        let options_said = serde_json::to_string(options).unwrap_or_default();
        let args = ["notes".into(), options_said.into()];
        let started = NotesProcess::start(&self.program, &args, move || wake.request_repaint());
        self.beside = options.place.is_some_and(|place| !place.over);
        self.told = None;
        self.lost = started.is_err();
        self.process = started.ok();
    }

    /// Shows this page, if it is another one.
    pub(super) fn show(&mut self, page: Page) {
        if let Some(process) = &self.process
            && (self.crossed || self.told.as_ref() != Some(&page))
        {
            process.show(page.clone());
            self.told = Some(page);
            self.crossed = false;
        }
    }

    /// Takes in what came from the window: the presses go into a frame's events, after those of this window. Returns
    /// the hands that were counted there.
    pub(super) fn take_in(&mut self, ctx: &Context, events: &mut Vec<Event>) -> Vec<Raised> {
        let is_press = |event: &Event| {
            matches!(
                event,
                Event::Key { pressed: true, .. } | Event::PointerButton { pressed: true, .. }
            )
        };
        self.lost &= !events.iter().any(is_press);
        let messages = self.process.iter().flat_map(NotesProcess::drain);
        let mut raised = Vec::new();
        for message in messages.collect::<Vec<_>>() {
            match message {
                Message::Said(Response::Press { key, place }) => {
                    events.extend(pressed(&key, place.as_deref()));
                }
                Message::Said(Response::Typed(text)) => events.push(Event::Text(text)),
                Message::Said(Response::Hands {
                    vote,
                    answer,
                    change,
                }) => raised.extend(self.raised(vote, Raised { answer, change })),
                // The keys go back to this window.
                Message::Said(Response::Shown) if self.beside => {
                    ctx.send_viewport_cmd(ViewportCommand::Focus);
                }
                Message::Said(_) => {}
                Message::Gone(end) => {
                    self.process = None;
                    self.lost = end == End::Failed;
                }
            }
        }
        raised
    }

    /// The hands, if they were counted for the vote that is being counted. The window shows them already.
    fn raised(&mut self, vote: usize, raised: Raised) -> Option<Raised> {
        let told = self.told.as_mut()?;
        told.counting.filter(|counting| counting.vote == vote)?;
        told.raise(raised);
        self.crossed = true;
        Some(raised)
    }
}

/// The press and the release of a key, as this window's own keyboard would send them.
fn pressed(key: &str, place: Option<&str>) -> Vec<Event> {
    let Some(key) = Key::from_name(key) else {
        return Vec::new();
    };
    let event = |pressed| Event::Key {
        key,
        physical_key: place.and_then(Key::from_name),
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    vec![event(true), event(false)]
}

#[cfg(test)]
mod tests {
    use super::page::{AnswerLine, Counting};
    use super::*;

    #[test]
    fn every_key_comes_as_it_was_pressed() {
        for key in Key::ALL {
            let events = pressed(key.name(), None);
            let is = |event: &Event, down: bool| matches!(event, Event::Key { key: known, pressed, repeat: false, .. } if known == key && *pressed == down);
            assert!(is(&events[0], true) && is(&events[1], false), "{key:?}");
        }
        assert!(pressed("no such key", None).is_empty());
    }

    #[test]
    fn hands_count_for_the_vote_that_they_were_counted_for() {
        let mut notes = Notes::new(PathBuf::new());
        let raised = Raised {
            answer: 1,
            change: 10,
        };
        assert_eq!(notes.raised(3, raised), None);
        let line = AnswerLine {
            first: Some(4),
            ..AnswerLine::default()
        };
        notes.told = Some(Page {
            answers: vec![line; 2],
            counting: Some(Counting {
                vote: 3,
                again: false,
                answer: 1,
            }),
            ..Page::default()
        });
        assert_eq!(notes.raised(2, raised), None);
        assert_eq!(notes.raised(3, raised), Some(raised));
        // The window shows them already, so it need not be told.
        let hands = |answer: usize| notes.told.as_ref().unwrap().answers[answer].first;
        assert_eq!([hands(0), hands(1)], [Some(4), Some(14)]);
    }
}
