//! The replay of what went wrong, event by event: a caption for each event, and the step that it marks.

use std::time::Instant;

use egui::{Context, Rect, RichText, Ui, UiBuilder, pos2};

use crate::app::App;
use crate::app::session::scene;
use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::text_fit::fitted;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::playhead::IncidentReplay;
use crate::widgets::stage::Marked;
use crate::widgets::timeline::playhead_id;

/// Height of the caption's line; the label that says what it is stands at its right.
pub(super) const CAPTION: f32 = 34.0;
/// Width of that label with its button.
pub(super) const LABEL: f32 = 200.0;

impl App {
    /// Begins it. The timeline's hand gets the keys, so that they step and pause.
    pub(crate) fn dissect(&mut self, ctx: &Context) {
        let room = &mut self.rooms[self.chosen];
        let (id, variant) = (room.demo.id(), room.variant);
        let (scene, _) = scene::of(room, &self.session);
        let Some(incident) = scene.incident() else {
            return;
        };
        if let Some(finished) = self.session.latest_of_mut(id, variant) {
            finished.playback.dissect(Instant::now(), incident);
            ctx.memory_mut(|memory| memory.request_focus(playhead_id()));
        }
    }

    /// Whether a mishap is being replayed on the page that is shown.
    pub(crate) fn is_dissecting(&self) -> bool {
        let room = &self.rooms[self.chosen];
        let idle = self.session.running_of(room.demo.id()).is_none();
        let finished = self.session.latest_of(room.demo.id(), room.variant);
        idle && finished.is_some_and(|finished| finished.playback.is_dissecting())
    }

    /// The step of the event that is shown is the marked one, in timeline and code alike.
    pub(crate) fn follow_dissection(&mut self, now: Instant) {
        if !self.is_dissecting() {
            return;
        }
        let room = &self.rooms[self.chosen];
        let finished = self.session.latest_of(room.demo.id(), room.variant);
        let Some(finished) = finished else { return };
        let Some(incident) = finished.playback.incident(now) else {
            return;
        };
        self.marked = incident.key_event().map(|(_, key_event)| Marked {
            step: key_event.step,
            span: key_event
                .span(&finished.log)
                .map(|span| (key_event.track, span)),
        });
    }
}

/// Draws the caption into the upper edge of what is left in `ui`. `corner`: what the label leaves of it.
pub(super) fn caption_ui(ui: &mut Ui, incident: &IncidentReplay<'_>, language: Language) {
    let palette = Palette::of(ui);
    let area = ui.max_rect();
    let place = Rect::from_min_max(
        area.min,
        pos2(area.right() - LABEL - 8.0, area.top() + CAPTION),
    );
    let mut ui = ui.new_child(UiBuilder::new().max_rect(place));
    ui.spacing_mut().item_spacing.x = 10.0;
    ui.horizontal_centered(|ui| {
        let (count, sentence) = match incident.key_event() {
            Some((count, key_event)) => (count, language.say(&key_event.sentence)),
            None => (0, language.say(&incident.incident.opening)),
        };
        let figures = [
            ("count", Value::from(count as u64)),
            (
                "beats",
                Value::from(incident.incident.key_events.len() as u64),
            ),
        ];
        let count = RichText::new(language.with("app-dissection-count", &figures));
        ui.label(count.font(font(15.0)).color(palette.weak));
        let (room, size) = (ui.available_width(), bold_font(20.0));
        let sentence = fitted(ui.painter(), sentence, size, palette.text, room);
        ui.label(sentence);
    });
}
