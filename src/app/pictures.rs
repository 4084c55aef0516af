//! The pictures of the page: the stage, and below it the timeline beside the timing graph.

use std::time::Instant;

use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use super::App;
use super::command::Command;
use super::page::sized_card;
use super::replay::slow_down;
use super::scene;
use super::session::Running;
use crate::lab::event::TrackName;
use crate::lab::value::Value;
use crate::text::{Language, factor};
use crate::widgets::stage::{Buttons, RunView};
use crate::widgets::theme::{bold_font, font};
use crate::widgets::timeline_ui::{Marks, timeline_ui};
use crate::widgets::timing_plot::{Live, Runs};
use crate::widgets::timing_plot_ui::timing_plot_ui;

/// Least height of the stage; what is left over of the window is added to it.
const STAGE: f32 = 230.0;
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
        let slowed = shown.and_then(|shown| shown.slowed);
        let replayable = !is_download
            && scene
                .finished
                .is_some_and(|finished| slow_down(finished.log.end()).is_some());
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
        let again = sized_card(ui, vec2(width, stage_height), |ui| {
            let again = replay_ui(ui, slowed, replayable, language);
            stage.stage_ui(ui, &view);
            again
        });
        if again {
            self.commands.push(Command::ReplayAgain);
        }

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
        let timeline = |ui: &mut Ui| {
            let living = living.as_deref();
            timeline_ui(ui, shown.as_ref(), language, expected, marks, living)
        };
        let graph = |ui: &mut Ui| timing_plot_ui(ui, scene.demo, &runs, language);
        let killed = if side_by_side {
            let row = ui.horizontal_top(|ui| {
                let left = (width * 0.58).floor();
                let killed = sized_card(ui, vec2(left, LOWER), timeline);
                sized_card(ui, vec2(width - left - 8.0, LOWER), graph);
                killed
            });
            row.inner
        } else {
            let killed = sized_card(ui, vec2(width, LOWER), timeline);
            sized_card(ui, vec2(width, LOWER), graph);
            killed
        };
        self.commands.extend(killed.map(Command::Kill));
    }
}

/// In the card's corner: the label of a slow replay, or the button that starts one. Returns whether it was clicked.
fn replay_ui(ui: &mut Ui, slowed: Option<f64>, replayable: bool, language: Language) -> bool {
    let area = ui.max_rect();
    let corner = Rect::from_min_max(
        pos2(area.right() - 200.0, area.top()),
        pos2(area.right(), area.top() + 30.0),
    );
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(corner)
            .layout(Layout::right_to_left(Align::Min)),
    );
    ui.spacing_mut().button_padding.y = 3.0;
    ui.spacing_mut().interact_size.y = 26.0;
    match slowed {
        Some(slowed) => {
            let text = language.with(
                "app-slow-replay",
                &[("factor", Value::Word(factor(slowed)))],
            );
            ui.label(RichText::new(text).font(bold_font(14.0)));
            false
        }
        None => {
            let text = RichText::new(language.text("app-replay-again")).font(font(14.0));
            replayable && ui.button(text).clicked()
        }
    }
}
