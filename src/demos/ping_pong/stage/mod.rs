//! The picture: two processes and their words, or the queue between them, and the number of words, very large.

mod counters;
mod moment;
mod queue;
mod shapes;

use egui::{Rect, Ui};

use super::Word;
use super::lesson::{Judgement, judge};
use crate::lab::demo::value::Value;
use crate::text::{Language, grouped};
use crate::widgets::look::pen::Pen;
use crate::widgets::stage::{RunView, Snapshot, Stage};

use moment::{Moment, Plan, Way};

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// All that the picture shows.
struct Scene {
    language: Language,
    plan: Plan,
    moment: Moment,
    /// Whether there is a run to show.
    begun: bool,
    /// How many words were printed, once the run is over and shown to its end.
    printed: Option<u64>,
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let scene = Scene::of(view);
        let (pen, room) = view.picture(ui, || scene.words());
        let (left, right) = view.beside_figures(&pen, room, 0.23, 20.0);
        if let Some(left) = left {
            scene.paint_number(&pen, left);
        }
        let below = scene.paint_caption(&pen, right);
        match scene.plan.way {
            Way::Queue => queue::paint(&pen, below, &scene),
            _ => counters::paint(&pen, below, &scene),
        }
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let (params, variant) = view.params_and_variant();
        let plan = Plan::of(&params, variant);
        let moment = |shown: &Snapshot<'_>| Moment::of(shown.log, plan, shown.now);
        let record = view.shown.as_ref().and_then(Snapshot::complete_record);
        let printed = match record.filter(|record| record.is_done()).and_then(judge) {
            Some(Judgement::Printed { words, .. }) => Some(words),
            _ => None,
        };
        Self {
            language: view.language,
            plan,
            moment: view.shown.as_ref().map(moment).unwrap_or_default(),
            begun: view.shown.is_some(),
            printed,
        }
    }

    /// A text of this picture with figures.
    fn say(&self, key: &str, figures: &[(&'static str, Value)]) -> String {
        self.language
            .with(&format!("ping_pong-stage-{key}"), figures)
    }

    /// The caption of the large number.
    fn label(&self) -> String {
        let key = match self.plan.way {
            Way::Queue => "in-queue",
            _ => "printed",
        };
        self.say(key, &[])
    }

    fn number(&self) -> usize {
        match self.plan.way {
            Way::Queue => self.moment.queue.len(),
            _ => self.moment.out.len(),
        }
    }

    /// The sentences below the number.
    fn lines(&self) -> Vec<String> {
        let (plan, moment) = (self.plan, &self.moment);
        let words = ("words", Value::from(plan.words));
        if plan.way == Way::Queue {
            let mut lines = vec![
                self.say("in", &[("put", moment.put().into())]),
                self.say("out", &[("taken", moment.out.len().into())]),
            ];
            if !moment.refused.is_empty() {
                lines.push(self.say("full", &[("refused", moment.refused.len().into())]));
            }
            if moment.empty > 0 {
                lines.push(self.say("empty", &[("empty", moment.empty.into())]));
            }
            return lines;
        }
        let limit = self.say("limit", std::slice::from_ref(&words));
        let surplus = self
            .printed
            .map(|printed| printed.saturating_sub(plan.words as u64));
        match surplus {
            Some(0) => vec![limit, self.say("exact", &[words])],
            Some(surplus) => vec![limit, self.say("surplus", &[("surplus", surplus.into())])],
            None => vec![limit],
        }
    }

    /// The sentences on what each process waits for; only if none can go on.
    fn waits(&self) -> Vec<String> {
        if !self.moment.stuck {
            return Vec::new();
        }
        let putting: Vec<Word> = Word::BOTH
            .into_iter()
            .filter(|word| self.moment.producers[word.index()].waits_for_room)
            .collect();
        let mut waits = match putting[..] {
            [] => Vec::new(),
            [word] => {
                let who = [("who", Value::Word(word.name().to_owned()))];
                vec![self.say("waits-room", &who)]
            }
            _ => vec![self.say("wait-room", &[])],
        };
        let taker = match (waits.is_empty(), self.plan.takes_at_once) {
            (true, _) => "waits-word",
            (false, false) => "waits-both",
            (false, true) => "waits-nobody",
        };
        waits.push(self.say(taker, &[]));
        waits
    }

    /// The whole picture in words.
    fn words(&self) -> String {
        let mut words = vec![format!(
            "{} {}",
            self.label(),
            grouped(self.number() as i128)
        )];
        words.extend(self.lines());
        match self.plan.way {
            Way::Queue => words.extend(queue::words(self)),
            _ => words.extend(counters::words(self)),
        }
        if self.moment.stuck {
            words.push(self.say("stuck", &[]));
            words.extend(self.waits());
        }
        words.join("; ")
    }

    fn paint_number(&self, pen: &Pen, area: Rect) {
        let top = pen.write_in(area, self.label(), pen.weak(15.0)).bottom();
        let lines = self.lines();
        let line = pen.line_height(17.0);
        let room = area.bottom() - top - lines.len().max(2) as f32 * line - pen.gap(18.0);
        let height = room.clamp(pen.gap(36.0), pen.gap(132.0));
        let top = top + pen.gap(10.0);
        let figure = area.with_min_y(top).with_max_y(top + height);
        let color = pen.palette.text_if(self.begun);
        pen.number(figure, grouped(self.number() as i128), color);
        let mut top = figure.bottom() + pen.gap(8.0);
        for text in lines {
            pen.write_in(area.with_min_y(top), text, pen.bold(17.0));
            top += line;
        }
    }

    /// Paints the legend of shapes. Returns the room below it, and below the replay's label.
    fn paint_caption(&self, pen: &Pen, area: Rect) -> Rect {
        let key = match self.plan.way {
            Way::Private => "caption-private",
            Way::Shared => "caption-shared",
            Way::Queue => "caption-queue",
        };
        let beside = area.with_max_x(area.right() - pen.corner.x);
        pen.write_in(beside, self.say(key, &[]), pen.weak(14.0));
        let height = pen.corner.y.max(pen.line_height(14.0));
        area.with_min_y(area.top() + height)
    }
}
