//! The pictures of the page: the stage, and below it the timeline beside the timing graph.

use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::app::action::Action;
use crate::app::session::Running;
use crate::app::session::playhead::slow_down;
use crate::app::session::scene;
use crate::app::view::View;
use crate::lab::demo::value::Value;
use crate::lab::trace::event::TrackName;
use crate::text::{Language, factor};
use crate::widgets::controls::own_ids;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::text_fit::fitted;
use crate::widgets::look::theme::{bold_font, card, font};
use crate::widgets::playhead::IncidentReplay;
use crate::widgets::stage::{Buttons, Snapshot};
use crate::widgets::timeline::axis::say_time;
use crate::widgets::timeline::{Marks, Timeline, TimelineAction, timeline_ui};
use crate::widgets::timings::bars::{Live, Runs};
use crate::widgets::timings::timing_plot_ui;

/// Least height of the stage; it gets the window's spare height, too.
const STAGE: f32 = 224.0;
/// Height of timeline and graph.
const LOWER: f32 = 180.0;
/// Height of an incident's caption, beside the label that says what it is.
const CAPTION: f32 = 34.0;
/// Width of that label with its button.
const LABEL: f32 = 200.0;
/// Least width of a page with the graph beside the timeline; in a narrower one it comes below.
const SIDE_BY_SIDE_FROM: f32 = 760.0;

impl View<'_> {
    /// Draws the pictures `height` high; if that is too little, the page scrolls.
    pub(super) fn pictures_ui(&mut self, ui: &mut Ui, height: f32) {
        let expected = self.expected();
        let (scene, stage) = scene::of(self.demos.chosen_mut(), self.session, self.now);
        let (id, language) = (scene.demo.id(), self.language);
        let is_download = stage.buttons() == Buttons::Download;
        let offers = Offers {
            again: !is_download
                && scene
                    .finished
                    .is_some_and(|finished| slow_down(finished.log.end()).is_some()),
            incident: scene.incident().is_some(),
        };
        let view = scene.run_view(language, self.heartbeat, false);
        let shown = view.shown;

        let width = ui.available_width();
        let side_by_side = width >= SIDE_BY_SIDE_FROM;
        let lower = if side_by_side {
            LOWER
        } else {
            2.0 * LOWER + 8.0
        };
        let stage_height = (height - lower).max(STAGE);
        let corner = ui.cursor().min + vec2(width, 0.0);
        // The twins have their own button in that corner.
        let offered = shown.as_ref().filter(|_| !scene.shows_twins());
        let wish = sized_card(ui, vec2(width, stage_height), |ui| {
            let wish = corner_ui(ui, offered, offers, language);
            if let Some(incident) = shown.and_then(|shown| shown.incident) {
                caption_ui(ui, &incident, language);
                ui.add_space(CAPTION);
            }
            stage.stage_ui(ui, &view);
            wish
        });
        self.actions.extend(wish);

        let marks = scene.frames().filter(|_| is_download).map(|at| Marks {
            name: TrackName::only("window"),
            at,
        });
        let comparable = self.session.comparable(id, &scene.demo.params());
        let live = shown.filter(|_| scene.running.is_some());
        let runs = Runs {
            comparable: &comparable,
            live: live.and_then(|shown| Live::of(&shown, scene.demo)),
            others: self.session.count(id) - comparable.len(),
        };
        let living = scene.running.map(Running::living);
        let timeline = Timeline {
            shown: shown.as_ref(),
            language,
            expected,
            marks,
            marked: self.marked,
            living: living.as_deref(),
        };
        let mut wishes = Vec::new();
        let timeline = |ui: &mut Ui| wishes = timeline_ui(ui, &timeline);
        let graph = |ui: &mut Ui| timing_plot_ui(ui, scene.demo, &runs, language);
        if side_by_side {
            ui.horizontal_top(|ui| {
                let left = (width * 0.58).floor();
                sized_card(ui, vec2(left, LOWER), timeline);
                sized_card(ui, vec2(width - left - 8.0, LOWER), graph);
            });
        } else {
            sized_card(ui, vec2(width, LOWER), timeline);
            sized_card(ui, vec2(width, LOWER), graph);
        }
        let asked = wishes.into_iter().map(|wish| match wish {
            TimelineAction::Seek(seek) => Action::Seek(seek),
            TimelineAction::Mark(marked) => Action::Mark(marked),
            TimelineAction::Leave => Action::LeaveIncident,
            TimelineAction::Kill(pid) => Action::Kill(pid),
        });
        self.actions.extend(asked);
        self.click_both_ui(ui, corner);
    }
}

/// The replays that the shown run offers.
#[derive(Clone, Copy)]
struct Offers {
    /// Whether all of the run can be played again, slowly.
    again: bool,
    /// Whether the run has an incident that can be replayed event by event.
    incident: bool,
}

/// Fills the card's corner: it says how the shown moment came about, or else has buttons to play the run again.
fn corner_ui(
    ui: &mut Ui,
    shown: Option<&Snapshot<'_>>,
    offers: Offers,
    language: Language,
) -> Option<Action> {
    let area = ui.max_rect();
    let corner = Rect::from_min_max(
        pos2(area.right() - LABEL, area.top()),
        pos2(area.right(), area.top() + 30.0),
    );
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(corner)
            .layout(Layout::right_to_left(Align::Min)),
    );
    ui.spacing_mut().button_padding = vec2(8.0, 3.0);
    ui.spacing_mut().interact_size.y = 26.0;
    ui.spacing_mut().item_spacing.x = 6.0;
    let press = |ui: &mut Ui, key: &str, action: Action| {
        let text = RichText::new(language.text(key)).font(font(14.0));
        let button = own_ids(ui, key, |ui| ui.button(text));
        button.clicked().then_some(action)
    };
    let shown = shown?;
    if shown.incident.is_some() {
        let leave = press(&mut ui, "app-incident-leave", Action::LeaveIncident);
        label_ui(&mut ui, language.text("app-incident-replay").into_owned());
        return leave;
    }
    if let Some(slowed) = shown.slowed {
        let figures = [("factor", Value::Word(factor(slowed)))];
        let text = match slowed > 1.0 {
            true => language.with("app-slow-replay", &figures),
            false => language.text("app-replay").into_owned(),
        };
        label_ui(&mut ui, text);
        return None;
    }
    if shown.held {
        let key = match shown.log.finished() {
            Some(_) => "app-paused",
            None => "app-paused-live",
        };
        let at = Value::Word(say_time(shown.now, language));
        label_ui(&mut ui, language.with(key, &[("at", at)]));
        return None;
    }
    let incident = offers
        .incident
        .then(|| press(&mut ui, "app-incident", Action::ReplayIncident));
    let again = offers
        .again
        .then(|| press(&mut ui, "app-replay-again", Action::ReplayAgain));
    incident.flatten().or(again.flatten())
}

fn label_ui(ui: &mut Ui, text: String) {
    let (room, color) = (ui.available_width(), Palette::of(ui).text);
    let text = fitted(ui.painter(), text, bold_font(14.0), color, room);
    ui.label(text);
}

/// Draws the caption of the event that an incident's replay shows into the upper edge of what is left in `ui`.
fn caption_ui(ui: &mut Ui, incident: &IncidentReplay<'_>, language: Language) {
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
        let count = RichText::new(language.with("app-incident-count", &figures));
        ui.label(count.font(font(15.0)).color(palette.weak));
        let (room, size) = (ui.available_width(), bold_font(20.0));
        let sentence = fitted(ui.painter(), sentence, size, palette.text, room);
        ui.label(sentence);
    });
}

/// Draws a card of exactly this size, edges included.
fn sized_card<R>(ui: &mut Ui, size: Vec2, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let frame = card(ui);
    let inside = rect - frame.total_margin();
    ui.painter().add(frame.paint(inside));
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(inside)
            .layout(Layout::top_down(Align::Min)),
    );
    ui.shrink_clip_rect(rect);
    contents(&mut ui)
}
