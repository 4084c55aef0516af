//! The picture: the total, two stopwatches, a ribbon of numbers that is torn into parts, and the workers.

mod moment;
mod ribbon;
mod stopwatches;
mod workers;

use std::time::Duration;

use egui::{Align2, Rect, Ui};

use crate::lab::demo::value::Value;
use crate::lab::run::Outcome;
use crate::text::{Language, grouped};
use crate::widgets::look::pen::Pen;
use crate::widgets::stage::{RunView, Snapshot, Stage};
use crate::widgets::timeline::axis::live_end;

use moment::{Moment, Plan};

/// The stopwatches' share of the height.
const CLOCKS: f32 = 0.52;

/// The least height, in points, of stopwatches and workers together.
const WITH_WORKERS: f32 = 90.0;

/// The same for a class, whose workers must have room for their names.
const WITH_NAMES: f32 = 150.0;

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
        // The total lies beside the label of a slow replay: the times are what matters.
        let top = pen.line_height(20.0).max(pen.corner.y);
        let (total, rest) = rect.split_top_bottom_at_y(rect.top() + top);
        scene.paint_total(&pen, total.with_max_x(total.right() - pen.corner.x));
        // A low picture has room for the stopwatches alone.
        let least = if view.presenting {
            WITH_NAMES
        } else {
            WITH_WORKERS
        };
        if rest.height() < least {
            stopwatches::paint(&pen, rest, &scene);
            return;
        }
        let (clocks, rest) = rest.split_top_bottom_at_fraction(CLOCKS);
        stopwatches::paint(&pen, clocks, &scene);
        let height = pen.gap(26.0).min(rest.height() * 0.2);
        let top = clocks.bottom() + rest.height() * 0.08;
        let ribbon = rest.with_min_y(top).with_max_y(top + height);
        ribbon::paint(&pen, ribbon, &scene);
        // Parts fall between ribbon and workers.
        let below = rest.with_min_y(ribbon.bottom());
        workers::paint(&pen, below, ribbon, &scene);
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

    /// Paints the total with its caption in one line.
    fn paint_total(&self, pen: &Pen, area: Rect) {
        let caption = pen.fit(self.caption.as_str(), pen.weak(15.0), area.width() * 0.5);
        let caption = pen.put(area.left_center(), Align2::LEFT_CENTER, caption);
        let left = match self.caption.is_empty() {
            true => area.left(),
            false => caption.right() + pen.gap(10.0),
        };
        // The total is no answer before the first run, nor if parts are missing.
        let look = (pen.bold_font(20.0), pen.palette.text_if(self.is_answer));
        let figure = area.with_min_x(left);
        let (at, room) = (figure.left_center(), figure.width());
        pen.write(at, Align2::LEFT_CENTER, self.total.as_str(), look, room);
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
