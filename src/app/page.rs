//! The page of the chosen demo, from top to bottom: title and question, controls, the stage, the
//! timeline beside the timing graph, what happened.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::text::LayoutJob;
use egui::{
    Align, Frame, Galley, Layout, Margin, Rect, RichText, ScrollArea, Stroke, TextFormat, Ui,
    UiBuilder, Vec2, pos2, vec2,
};

use super::command::Command;
use super::dialogs::Dialog;
use super::replay::slow_down;
use super::{App, Room};
use crate::lab::demo::{DemoId, Question, VariantId};
use crate::lab::event::TrackName;
use crate::lab::record::Record;
use crate::lab::value::Value;
use crate::text::{Language, factor};
use crate::widgets::palette::Ink;
use crate::widgets::stage::{Buttons, RunView, Shown};
use crate::widgets::theme::{SENTENCE, bold_font, card, font};
use crate::widgets::timeline_ui::{Marks, timeline_ui};
use crate::widgets::timing_plot::{Live, Runs};
use crate::widgets::timing_plot_ui::timing_plot_ui;

/// The page's margins; the room at the right is the scroll bar's. Its ground is the window's.
pub fn frame() -> Frame {
    Frame::new().inner_margin(Margin {
        left: 20,
        right: 6,
        top: 8,
        bottom: 0,
    })
}

/// Least height of the stage; what is left over of the window is added to it.
const STAGE: f32 = 230.0;
/// Height of a row of answers, with the gap below it.
const CHOICES: f32 = 42.0;
/// Height of timeline and graph.
const LOWER: f32 = 180.0;
/// In narrower pages the graph comes below the timeline.
const SIDE_BY_SIDE_FROM: f32 = 760.0;

impl App {
    pub(super) fn page_ui(&mut self, ui: &mut Ui) {
        let height = ui.available_height();
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 14.0);
            self.heading_ui(ui);
            self.controls_ui(ui);
            let above = ui.cursor().top() - ui.min_rect().top();
            // The stage gets what the others leave, so these are measured first.
            let result = self.result_galley(ui);
            let card_height = result.size().y + card(ui).total_margin().sum().y;
            let gaps = 3.0 * ui.spacing().item_spacing.y;
            self.pictures_ui(ui, height - above - card_height - gaps);
            result_ui(ui, result);
        });
    }

    fn heading_ui(&mut self, ui: &mut Ui) {
        let room = &self.rooms[self.chosen];
        ui.heading(
            self.language
                .text(&format!("{}-title", room.demo.id()))
                .as_ref(),
        );
        let questions = room.demo.questions();
        let asked = questions
            .iter()
            .find(|question| question.variant == room.variant);
        if let Some(question) = asked.or(questions.first()) {
            let text = RichText::new(self.language.say(&question.text))
                .font(font(SENTENCE))
                .color(Ink::of(ui).weak);
            ui.label(text);
        }
        if let Some(question) = asked {
            let record = self
                .session
                .latest_of(room.demo.id(), room.variant)
                .map(|finished| &finished.record);
            let comparable = record
                .filter(|record| record.is_decided() && record.info.params == room.demo.params());
            choices_ui(ui, question, comparable, self.language);
        } else {
            // Nothing is asked of this variant, but what lies below must not jump from under the pointer.
            ui.add_space(CHOICES);
        }
    }

    /// `height`: what is left of the page for the pictures; if it is too little, the page scrolls.
    fn pictures_ui(&mut self, ui: &mut Ui, height: f32) {
        let expected = self.expected(&self.rooms[self.chosen]);
        let room = &mut self.rooms[self.chosen];
        let (id, language) = (room.demo.id(), self.language);
        let is_download = room.stage.buttons() == Buttons::Download;

        // What is shown: the run of this demo that goes on, or else the latest of the chosen variant, at the
        // moment of the replay.
        let running = self.session.running_of(id);
        let finished = self
            .session
            .latest_of(id, room.variant)
            .filter(|_| running.is_none());
        let info = running
            .map(|running| running.info())
            .or(finished.map(|finished| &finished.info));
        let earlier: Vec<&Record> = info
            .map(|info| self.session.comparable(id, &info.params))
            .unwrap_or_default();
        let live = running.map(|running| {
            let (info, log, now) = (running.info(), &running.log, running.now());
            Shown {
                info,
                log,
                now,
                slowed: None,
                record: None,
                earlier: &earlier,
            }
        });
        let shown = live.or_else(|| {
            finished.map(|finished| {
                let (clock, end) = (Instant::now(), finished.log.end());
                Shown {
                    info: &finished.info,
                    log: &finished.log,
                    now: finished.replay.hand(clock, end),
                    slowed: finished.replay.factor(clock, end),
                    record: Some(&finished.record),
                    earlier: &earlier,
                }
            })
        });
        let frames: Option<&[Duration]> = running
            .map(|running| &running.frames[..])
            .or(finished.map(|finished| &finished.frames[..]));
        let marks = frames.filter(|_| is_download).map(|at| Marks {
            name: TrackName::only("window"),
            at,
        });
        let slowed = shown.and_then(|shown| shown.slowed);
        let replayable = !is_download
            && finished.is_some_and(|finished| slow_down(finished.log.end()).is_some());
        let view = RunView {
            demo: room.demo.as_ref(),
            variant: room.variant,
            language,
            shown,
            heartbeat: &self.heartbeat,
            freezing: self.armed,
        };

        let width = ui.available_width();
        let side_by_side = width >= SIDE_BY_SIDE_FROM;
        let lower = if side_by_side {
            LOWER
        } else {
            2.0 * LOWER + 8.0
        };
        let stage = (height - lower).max(STAGE);
        let again = sized_card(ui, vec2(width, stage), |ui| {
            let again = replay_ui(ui, slowed, replayable, language);
            room.stage.stage_ui(ui, &view);
            again
        });
        if again {
            self.commands.push(Command::ReplayAgain);
        }

        let comparable = self.session.comparable(id, &room.demo.params());
        let runs = Runs {
            comparable: &comparable,
            live: live.and_then(|shown| Live::of(&shown, view.demo)),
            others: self.session.count(id) - comparable.len(),
        };
        let timeline =
            |ui: &mut Ui| timeline_ui(ui, view.shown.as_ref(), language, expected, marks);
        let graph = |ui: &mut Ui| timing_plot_ui(ui, room.demo.as_ref(), &runs, language);
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
    }

    fn result_galley(&self, ui: &Ui) -> Arc<Galley> {
        let color = Ink::of(ui).text;
        let mut job = LayoutJob::default();
        let heading = self.language.text("app-result");
        let result = self.result(&self.rooms[self.chosen]);
        let bold = TextFormat::simple(bold_font(SENTENCE), color);
        job.append(&format!("{heading} "), 0.0, bold);
        job.append(&result, 0.0, TextFormat::simple(font(SENTENCE), color));
        job.wrap.max_width = ui.available_width() - card(ui).total_margin().sum().x;
        ui.painter().layout_job(job)
    }

    /// What happened, in words, with the figures of the chosen variant's last run.
    fn result(&self, room: &Room) -> String {
        let (id, language) = (room.demo.id(), self.language);
        if self.session.running_of(id).is_some() {
            return language.text("app-result-running").into_owned();
        }
        let Some(finished) = self.session.latest_of(id, room.variant) else {
            return language.text("app-result-none").into_owned();
        };
        let record = &finished.record;
        let earlier = self.session.comparable(id, &record.info.params);
        language.what_happened(room.demo.as_ref(), record, &earlier)
    }

    /// Says that the download is complete, once its run has ended well.
    pub(super) fn notice(&mut self, ended: Option<(DemoId, VariantId)>) {
        let Some((id, variant)) = ended else { return };
        let is_download = self
            .rooms
            .iter()
            .any(|room| room.demo.id() == id && room.stage.buttons() == Buttons::Download);
        let done = self
            .session
            .latest_of(id, variant)
            .is_some_and(|finished| finished.record.is_done());
        if is_download && done {
            self.dialogs.open(Dialog::DownloadComplete);
        }
    }
}

fn result_ui(ui: &mut Ui, result: Arc<Galley>) {
    card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(result);
    });
}

/// A card of exactly this size, edges included.
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

/// A question's answers; after a run the right one is marked.
fn choices_ui(ui: &mut Ui, question: &Question, record: Option<&Record>, language: Language) {
    let ink = Ink::of(ui);
    let right = record.and_then(|record| question.right_choice(record));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        for (index, choice) in question.choices.iter().enumerate() {
            let is_right = right == Some(index);
            let letter = char::from(b'A' + index as u8);
            let mut text = format!("{letter}  {}", language.say(&choice.text));
            let (font, color, edge) = if is_right {
                text.push_str(" ✔");
                (bold_font(16.0), ink.text, Stroke::new(2.0, ink.strong))
            } else {
                (font(16.0), ink.weak, Stroke::new(1.0, ink.border))
            };
            let frame = Frame::new()
                .stroke(edge)
                .corner_radius(7)
                .inner_margin(Margin::symmetric(10, 3));
            let galley = ui
                .painter()
                .layout_no_wrap(text.clone(), font.clone(), color);
            // Into too short a rest of a row a frame would squeeze its text, letter below letter.
            let width = galley.size().x + frame.total_margin().sum().x;
            if index > 0 && ui.available_size_before_wrap().x < width {
                ui.end_row();
            }
            frame.show(ui, |ui| {
                let label = ui.label(RichText::new(&text).font(font).color(color));
                if is_right {
                    label.on_hover_text(language.text("app-right").as_ref());
                }
            });
        }
    });
}
