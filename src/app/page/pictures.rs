//! The pictures of the page: the stage, and below it the timeline beside the timing graph.

use std::time::Instant;

use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::app::App;
use crate::app::command::Command;
use crate::app::page::incident::{CAPTION, LABEL, caption_ui};
use crate::app::page::sized_card;
use crate::app::session::Running;
use crate::app::session::playhead::slow_down;
use crate::app::session::scene;
use crate::lab::demo::value::Value;
use crate::lab::trace::event::TrackName;
use crate::text::{Language, factor};
use crate::widgets::controls::own_ids::own_ids;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::text_fit::fitted;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::{Buttons, RunView, Snapshot};
use crate::widgets::timeline::time_axis::say_time;
use crate::widgets::timeline::{Marks, Timeline, TimelineAction, timeline_ui};
use crate::widgets::timings::bars::{Live, Runs};
use crate::widgets::timings::timing_plot_ui;

/// Least height of the stage; what is left over of the window is added to it.
const STAGE: f32 = 224.0;
/// Height of timeline and graph.
const LOWER: f32 = 180.0;
/// In narrower pages the graph comes below the timeline.
const SIDE_BY_SIDE_FROM: f32 = 760.0;

impl App {
    /// `height`: what is left of the page for the pictures; if it is too little, the page scrolls.
    pub(super) fn pictures_ui(&mut self, ui: &mut Ui, height: f32) {
        let expected = self.expected(&self.rooms[self.chosen]);
        let (scene, stage) = scene::of(&mut self.rooms[self.chosen], &self.session);
        let (id, language) = (scene.demo.id(), self.language);
        let is_download = stage.buttons() == Buttons::Download;
        let shown = scene.shown(Instant::now());
        let offers = Offers {
            again: !is_download
                && scene
                    .finished
                    .is_some_and(|finished| slow_down(finished.log.end()).is_some()),
            dissect: scene.incident().is_some(),
        };
        let view = RunView {
            demo: scene.demo,
            variant: scene.variant,
            language,
            shown,
            heartbeat: &self.heartbeat,
            freezing: self.armed,
            presenting: false,
        };

        let width = ui.available_width();
        let side_by_side = width >= SIDE_BY_SIDE_FROM;
        let lower = if side_by_side {
            LOWER
        } else {
            2.0 * LOWER + 8.0
        };
        let stage_height = (height - lower).max(STAGE);
        let corner = ui.cursor().min + vec2(width, 0.0);
        // The twins have their own button there.
        let offered = shown.as_ref().filter(|_| scene.twins.is_none());
        let wish = sized_card(ui, vec2(width, stage_height), |ui| {
            let wish = corner_ui(ui, offered, offers, language);
            if let Some(incident) = shown.and_then(|shown| shown.incident) {
                caption_ui(ui, &incident, language);
                ui.add_space(CAPTION);
            }
            stage.stage_ui(ui, &view);
            wish
        });
        self.commands.extend(wish);

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
        self.commands
            .extend(wishes.into_iter().map(|wish| match wish {
                TimelineAction::Seek(turn) => Command::Seek(turn),
                TimelineAction::Mark(marked) => Command::Mark(marked),
                TimelineAction::Leave => Command::LeaveDissection,
                TimelineAction::Kill(pid) => Command::Kill(pid),
            }));
        self.click_both_ui(ui, corner);
    }
}

/// What can be played again of the run that is shown.
#[derive(Clone, Copy)]
struct Offers {
    /// All of it, slowly.
    again: bool,
    /// What went wrong in it, event by event.
    dissect: bool,
}

/// In the card's corner: how the moment that is shown came about, or else what can be played again. Returns
/// what was pressed.
fn corner_ui(
    ui: &mut Ui,
    shown: Option<&Snapshot<'_>>,
    offers: Offers,
    language: Language,
) -> Option<Command> {
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
    let press = |ui: &mut Ui, key: &str, command: Command| {
        let text = RichText::new(language.text(key)).font(font(14.0));
        let button = own_ids(ui, key, |ui| ui.button(text));
        button.clicked().then_some(command)
    };
    let shown = shown?;
    if shown.incident.is_some() {
        let leave = press(&mut ui, "app-dissection-leave", Command::LeaveDissection);
        label_ui(&mut ui, language.text("app-dissection").into_owned());
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
    let dissect = offers
        .dissect
        .then(|| press(&mut ui, "app-dissect", Command::Dissect));
    let again = offers
        .again
        .then(|| press(&mut ui, "app-replay-again", Command::ReplayAgain));
    dissect.flatten().or(again.flatten())
}

fn label_ui(ui: &mut Ui, text: String) {
    let (room, color) = (ui.available_width(), Palette::of(ui).text);
    let text = fitted(ui.painter(), text, bold_font(14.0), color, room);
    ui.label(text);
}
