//! The picture: two stopwatches, a ribbon of numbers that is torn into parts, the workers, and the total.

mod moment;
mod ribbon;
mod stopwatches;
mod workers;

use std::time::Duration;

use egui::{Align2, Rect, Ui, pos2, vec2};

use crate::lab::demo::value::Value;
use crate::lab::run::Outcome;
use crate::text::{Language, grouped};
use crate::widgets::look::pen::Pen;
use crate::widgets::stage::{RunView, Snapshot, Stage};
use crate::widgets::timeline::axis::live_end;

use moment::{Moment, Plan};

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// All that the picture shows.
struct Scene {
    language: Language,
    plan: Plan,
    moment: Moment,
    /// The length of the stopwatches' axis.
    axis: Duration,
    /// The total; before the first run, the task.
    total: String,
    /// The caption of the total.
    caption: String,
    /// Whether the total is the answer: no part of it is missing.
    is_answer: bool,
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let scene = Scene::of(view);
        let (pen, rect) = view.picture(ui, || scene.words());
        let gap = pen.gap(8.0);
        let clocks = rect.with_max_y(rect.top() + stopwatches::height(&pen));
        stopwatches::paint(&pen, clocks, &scene);
        let ribbon = Rect::from_min_size(
            pos2(rect.left(), clocks.bottom() + gap),
            vec2(rect.width(), pen.gap(26.0)),
        );
        ribbon::paint(&pen, ribbon, &scene);
        // For a class the total is small: the key figure is the time, and the workers matter more.
        let height = if view.presenting {
            pen.line_height(15.0)
        } else {
            (rect.height() * 0.2).max(44.0)
        };
        let total = rect.with_min_y(rect.bottom() - height);
        scene.paint_total(&pen, total);
        // Parts fall between ribbon and workers, and sums fall between workers and total.
        let between = Rect::from_min_max(
            pos2(rect.left(), ribbon.bottom()),
            pos2(rect.right(), total.top() - gap),
        );
        workers::paint(&pen, between, ribbon, &scene);
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let language = view.language;
        let Some(shown) = view.shown else {
            let plan = Plan::of(&view.demo.params(), view.variant);
            let numbers = [("numbers", plan.numbers.into())];
            return Self {
                language,
                plan,
                moment: Moment::before(plan),
                axis: view.demo.expected(view.variant).unwrap_or_default(),
                total: language.with("sum-stage-ready", &numbers),
                caption: String::new(),
                is_answer: false,
            };
        };
        let plan = Plan::of(&shown.info.params, shown.info.variant);
        let moment = Moment::of(shown.log, plan, shown.now);
        Self {
            language,
            plan,
            axis: match shown.log.finished() {
                Some((_, outcome)) => outcome.summary().wall,
                None => live_end(shown.now, view.demo.expected(shown.info.variant)),
            },
            total: grouped(moment.total as i128),
            caption: caption(language, &moment, &shown),
            is_answer: !moment.workers.iter().any(|worker| worker.lost),
            moment,
        }
    }

    /// The whole picture in words.
    fn words(&self) -> String {
        let mut words = stopwatches::words(self);
        let parts = [
            ("added", Value::from(self.moment.parts_added)),
            ("parts", Value::from(self.plan.parts)),
        ];
        words.push(self.language.with("sum-stage-parts", &parts));
        words.extend(workers::names(self));
        words.push(format!("{} {}", self.caption, self.total));
        words.join("; ")
    }

    /// Paints the total, as large as its digits allow.
    fn paint_total(&self, pen: &Pen, area: Rect) {
        let room = area.width() * 0.24;
        let caption = pen.fit(self.caption.as_str(), pen.weak(15.0), room);
        let left = match caption.size().x {
            0.0 => area.left(),
            width => area.left() + width + pen.gap(14.0),
        };
        let middle = pos2(area.left(), area.center().y);
        pen.put(middle, Align2::LEFT_CENTER, caption);
        let figure = Rect::from_min_max(pos2(left, area.top()), area.max).shrink2(vec2(0.0, 2.0));
        // The total is no answer before the first run, nor if parts are missing.
        let color = pen.palette.text_if(self.is_answer);
        pen.number(figure, self.total.as_str(), color);
    }
}

fn caption(language: Language, moment: &Moment, shown: &Snapshot<'_>) -> String {
    if let Some(phase) = moment.phase {
        return language
            .text(&format!("sum-stage-during-{}", phase.name()))
            .into_owned();
    }
    if let Some((_, Outcome::Done(_))) = shown.log.finished() {
        return language.text("sum-stage-right").into_owned();
    }
    // The parts that are missing at the end.
    let missing = shown
        .record
        .and_then(|record| record.figure("parts_missing"));
    match missing {
        Some(missing) => {
            let missing = [("missing", (missing as u64).into())];
            language.with("sum-stage-partial", &missing)
        }
        None => language.text("sum-stage-so-far").into_owned(),
    }
}
