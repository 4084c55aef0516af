//! The teacher's own window, in a process of its own: it draws when it is told a page, and once a second for its clock.
//! While cores are timed its clock stands still.
//!
//! The keys that go to this window were meant for the presentation: a click of the mouse has brought it to the front,
//! and the clicker follows. So it sends all presses on but those that count hands, and those of a field that is edited.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use chrono::Local;
use crossbeam_channel::{Receiver, unbounded};
use egui::{
    CentralPanel, Context, Event, Key, Margin, RawInput, ThemePreference, Ui, Vec2,
    ViewportBuilder, ViewportCommand,
};
use serde::{Deserialize, Serialize};

use super::page::{Counting, Page, Raised};
use super::panel::{Clock, ROOM, page_ui};
use super::place::Place;
use super::protocol::{Response, VERSION};
use crate::app::opening::{self, Arrival};
use crate::app::presses::mark_repeat;
use crate::lab::demo::value::Value;
use crate::lab::machine::priority;
use crate::lab::process::wire::{WireWriter, listen_to_stdin};
use crate::text::Language;
use crate::widgets::look::palette::Palette;

/// The options of the teacher's window, which are one argument of its command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotesOptions {
    /// Language of all that it says.
    pub language: Language,
    /// Whether it is dark.
    pub dark: bool,
    /// How long the presentation has gone on already, in milliseconds.
    pub since: u64,
    /// Its place; the desktop's choice if `None`.
    pub place: Option<Place>,
}

/// Size of the window where the desktop chooses its place, in points.
const SIZE: [f32; 2] = [800.0, 500.0];
/// The largest that everything becomes in a large window.
const LARGEST: f32 = 3.0;

/// Opens the teacher's window and returns when it is closed.
pub fn open(options: NotesOptions) -> Result<(), eframe::Error> {
    // All its threads inherit this: its pictures must not take the cores from a run that is timed.
    priority::lower_this_thread();
    let over = options.place.is_some_and(|place| place.over);
    let title = options.language.text("notes-title");
    let mut viewport = ViewportBuilder::default()
        .with_title(title.as_ref())
        .with_app_id("threadlab")
        .with_inner_size(SIZE)
        .with_min_inner_size([400.0, 260.0])
        // Over the presentation, which has the focus, it would lie behind.
        .with_active(over);
    if over {
        viewport = viewport.with_always_on_top();
    }
    if let Some(place) = options.place {
        let points = |pixels: f64| (pixels / place.scale) as f32;
        viewport = viewport
            .with_position(place.left_top.map(|at| points(at.into())))
            .with_inner_size(place.size.map(|length| points(length.into())));
    }
    let theme = match options.dark {
        true => ThemePreference::Dark,
        false => ThemePreference::Light,
    };
    opening::run_small(viewport, theme, move |creation| {
        let ctx = &creation.egui_ctx;
        if let (Some(window), Some(place)) = (creation.winit_window(), options.place) {
            put(window, place, ctx);
        }
        let wake = ctx.clone();
        let (tx, pages) = unbounded();
        listen_to_stdin("pages", move |page| {
            // The receiver lives as long as the window.
            tx.send(page).ok();
            wake.request_repaint();
        })?;
        Ok(NotesWindow::new(&options, pages))
    })
}

/// Puts the window to its place before it is shown. Its position in points, with which it was made, is only nearly
/// right where screens have different scales.
fn put(window: &winit::window::Window, place: Place, ctx: &Context) {
    if window.outer_position().is_err() {
        // A window of Wayland can't choose its place, but it may fill a screen.
        if !place.over {
            ctx.send_viewport_cmd(ViewportCommand::SetMonitor(place.screen));
        }
        return;
    }
    let [left, top] = place.left_top;
    window.set_outer_position(winit::dpi::PhysicalPosition::new(left, top));
    let [width, height] = place.size;
    // The size comes at once or with an event, which eframe handles in any case.
    let _at_once = window.request_inner_size(winit::dpi::PhysicalSize::new(width, height));
}

/// Makes everything as large as the window allows, in eighths: one that is being resized would need letters of every size
/// otherwise.
fn fit_zoom(ctx: &Context) {
    let share = ctx.content_rect().size() * ctx.zoom_factor() / Vec2::from(ROOM);
    let zoom = ((8.0 * share.min_elem()).floor() / 8.0).clamp(1.0, LARGEST);
    if (zoom - ctx.zoom_factor()).abs() > 0.01 {
        ctx.set_zoom_factor(zoom);
    }
}

struct NotesWindow {
    language: Language,
    over: bool,
    began: Option<Instant>,
    out: WireWriter,
    pages: Receiver<Page>,
    page: Page,
    /// The keys that are down.
    held: HashSet<Key>,
    arrival: Arrival,
    /// Whether it is on the screen.
    is_shown: bool,
    is_closing: bool,
}

impl NotesWindow {
    fn new(options: &NotesOptions, pages: Receiver<Page>) -> Self {
        let out = WireWriter::stdout();
        out.send_now(|| Response::Ready { version: VERSION });
        Self {
            language: options.language,
            over: options.place.is_some_and(|place| place.over),
            began: Instant::now().checked_sub(Duration::from_millis(options.since)),
            out,
            pages,
            page: Page::default(),
            held: HashSet::new(),
            arrival: Arrival::default(),
            is_shown: false,
            is_closing: false,
        }
    }

    fn say(&self, said: Response) {
        self.out.send_now(|| said);
    }

    /// The clock now, and when it changes. While cores are timed it shows minutes, and does not change by itself.
    fn clock(&self) -> (Clock, Option<Duration>) {
        let now = Local::now();
        let since = self.began.map_or(0, |began| began.elapsed().as_secs());
        let (hours, minutes, seconds) = (since / 3600, since / 60 % 60, since % 60);
        let (time, since) = match self.page.quiet {
            true => (now.format("%H:%M"), format!("{hours}:{minutes:02}")),
            false => (
                now.format("%H:%M:%S"),
                format!("{hours}:{minutes:02}:{seconds:02}"),
            ),
        };
        let since = [("time", Value::Word(since))];
        let clock = Clock {
            time: time.to_string(),
            since: self.language.with("notes-since", &since),
        };
        let passed = u64::from(now.timestamp_subsec_millis()).min(999);
        let ticks = Duration::from_millis(1000 - passed);
        (clock, (!self.page.quiet).then_some(ticks))
    }

    /// Takes hands in that were counted, and sends them.
    fn raise(&mut self, raised: Raised) {
        if let Some(Counting { vote, .. }) = self.page.counting {
            self.page.raise(raised);
            let Raised { answer, change } = raised;
            self.say(Response::Hands {
                vote,
                answer,
                change,
            });
        }
    }

    /// The hands that a key counts, for the answer that they go up for.
    fn counted(&self, event: &Event) -> Option<Raised> {
        let Counting { answer, .. } = self.page.counting?;
        let Event::Key {
            key, pressed: true, ..
        } = event
        else {
            return None;
        };
        let change = match key {
            Key::ArrowUp | Key::Plus | Key::Equals => 1,
            Key::ArrowDown | Key::Minus => -1,
            _ => return None,
        };
        Some(Raised { answer, change })
    }
}

/// The line that sends this event on; `None` for one that is this window's own. `editing`: a field has the keys.
fn sent_on(event: &Event, editing: bool) -> Option<Response> {
    match event {
        Event::Key {
            key,
            physical_key,
            pressed: true,
            modifiers,
            ..
        } if modifiers.is_none() && is_sent_on(*key, editing) => Some(Response::Press {
            key: key.name().to_owned(),
            place: physical_key.map(|place| place.name().to_owned()),
        }),
        // Its character counts, because its place differs from layout to layout.
        Event::Text(text) if text == "." && !editing => Some(Response::Typed(text.clone())),
        _ => None,
    }
}

fn is_sent_on(key: Key, editing: bool) -> bool {
    match key {
        Key::PageDown | Key::PageUp | Key::F5 | Key::F11 => true,
        // It leads from field to field.
        Key::Tab => false,
        _ => !editing,
    }
}

impl eframe::App for NotesWindow {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let editing = ctx.text_edit_focused();
        for mut event in std::mem::take(&mut input.events) {
            mark_repeat(&mut self.held, &mut event);
            if let Some(raised) = self.counted(&event).filter(|_| !editing) {
                self.raise(raised);
            } else if let Some(said) = sent_on(&event, editing) {
                // A key that is held leads no further.
                if !matches!(event, Event::Key { repeat: true, .. }) {
                    self.say(said);
                }
            } else {
                input.events.push(event);
            }
        }
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        fit_zoom(ctx);
        if let Some(page) = self.pages.try_iter().last() {
            self.page = page;
        }
        if ctx.input(|input| input.viewport().close_requested()) && !self.is_closing {
            self.is_closing = true;
            self.say(Response::Closing);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let title = self.language.text("notes-title");
        ui.ctx()
            .accesskit_node_builder(egui::accesskit_root_id(), |root| {
                root.set_label(title.as_ref());
            });
        let (clock, ticks) = self.clock();
        let frame = egui::Frame::new()
            .fill(Palette::of(ui).card)
            .inner_margin(Margin::symmetric(16, 10));
        let shown = CentralPanel::default().frame(frame);
        let raised = shown.show(ui, |ui| page_ui(ui, &self.page, &clock, self.language));
        if let Some(raised) = raised.inner {
            self.raise(raised);
        }
        if ui.ctx().will_discard() {
            // This picture is drawn once more before it is shown.
            return;
        }
        // Beside the presentation nothing lies over it.
        if !self.arrival.drawn(ui.ctx(), self.over) {
            return;
        }
        if !std::mem::replace(&mut self.is_shown, true) {
            self.say(Response::Shown);
        }
        if let Some(ticks) = ticks {
            ui.ctx().request_repaint_after(ticks);
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    fn press(key: Key) -> Event {
        Event::Key {
            key,
            physical_key: Some(key),
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    #[test]
    fn a_field_keeps_its_digits_and_the_clicker_goes_on_all_the_same() {
        let is_sent = |key, editing| sent_on(&press(key), editing).is_some();
        for key in [Key::PageDown, Key::PageUp, Key::F5] {
            assert!(is_sent(key, false) && is_sent(key, true), "{key:?}");
        }
        for key in [Key::Num3, Key::B, Key::Escape, Key::ArrowRight, Key::Space] {
            assert!(is_sent(key, false) && !is_sent(key, true), "{key:?}");
        }
        assert!(!is_sent(Key::Tab, false) && !is_sent(Key::Tab, true));
        let full_stop = Event::Text(".".to_owned());
        assert!(sent_on(&full_stop, false).is_some() && sent_on(&full_stop, true).is_none());
    }
}
