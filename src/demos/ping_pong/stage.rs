//! The picture: two processes and what they print, or the queue between them; and, very large, how
//! many words there are.

mod counters;
mod moment;
mod queue;
mod shapes;

use egui::accesskit::Role;
use egui::{Painter, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Word;
use super::questions::{Judgement, judge};
use crate::lab::demo::value::Value;
use crate::text::{Language, grouped};
use crate::widgets::look::lettering::{Sizes, fitted, paint_figure};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};
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
        let palette = Palette::of(ui);
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, scene.words()));
        let (painter, sizes) = (ui.painter(), view.sizes(rect));
        let (left, mut right) = rect.split_left_right_at_fraction(0.23);
        if view.presenting {
            right = rect;
        } else {
            let left = left.with_max_x(left.right() - sizes.gap(20.0));
            scene.paint_number(painter, left, sizes, palette);
        }
        let below = scene.paint_caption(painter, right, sizes, palette);
        match scene.plan.way {
            Way::Queue => queue::paint(painter, below, &scene, sizes, palette),
            _ => counters::paint(painter, below, &scene, sizes, palette),
        }
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let (params, variant) = match &view.shown {
            Some(shown) => (shown.info.params.clone(), shown.info.variant),
            None => (view.demo.params(), view.variant),
        };
        let plan = Plan::of(&params, variant);
        let moment = |shown: &Snapshot<'_>| Moment::of(shown.log, plan, shown.now);
        let record = view.shown.filter(Snapshot::is_complete);
        let record = record.and_then(|shown| shown.record);
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

    /// The words of this room with figures.
    fn say(&self, key: &str, figures: &[(&'static str, Value)]) -> String {
        self.language
            .with(&format!("ping_pong-stage-{key}"), figures)
    }

    /// What the large number counts.
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

    /// What explains it.
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

    /// Who waits for what, when nobody can go on; nothing otherwise.
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

    fn paint_number(&self, painter: &Painter, area: Rect, sizes: Sizes, palette: &Palette) {
        let small = font(sizes.text(15.0));
        let label = fitted(
            painter,
            self.label(),
            small.clone(),
            palette.weak,
            area.width(),
        );
        let top = area.top() + label.size().y;
        painter.galley(area.min, label, palette.weak);
        let lines = self.lines();
        let line = sizes.line_height(17.0);
        let room = area.bottom() - top - lines.len().max(2) as f32 * line - sizes.gap(18.0);
        let height = room.clamp(sizes.gap(36.0), sizes.gap(132.0));
        let figure = Rect::from_min_size(
            pos2(area.left(), top + sizes.gap(10.0)),
            vec2(area.width(), height),
        );
        let color = if self.begun {
            palette.text
        } else {
            palette.weak
        };
        paint_figure(painter, figure, grouped(self.number() as i128), color);
        let mut at = pos2(area.left(), figure.bottom() + sizes.gap(8.0));
        for text in lines {
            let size = bold_font(sizes.text(17.0));
            let galley = fitted(painter, text, size, palette.text, area.width());
            painter.galley(at, galley, palette.text);
            at.y += line;
        }
    }

    /// Says what the shapes are. Returns what is left below, and below the replay's label.
    fn paint_caption(
        &self,
        painter: &Painter,
        area: Rect,
        sizes: Sizes,
        palette: &Palette,
    ) -> Rect {
        let key = match self.plan.way {
            Way::Private => "caption-private",
            Way::Shared => "caption-shared",
            Way::Queue => "caption-queue",
        };
        let size = font(sizes.text(14.0));
        let beside = (area.width() - sizes.corner.x).max(0.0);
        let caption = fitted(painter, self.say(key, &[]), size, palette.weak, beside);
        painter.galley(area.min, caption, palette.weak);
        let height = sizes.corner.y.max(sizes.line_height(14.0));
        area.with_min_y(area.top() + height)
    }
}
