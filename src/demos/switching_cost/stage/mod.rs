//! The picture: how much of the core's time is switching, for more and more tasks, then for shorter and shorter slices.

mod bars;
mod moment;
mod strips;

use std::time::Duration;

use egui::{Align2, Pos2, Rect, Stroke, Ui, pos2};

use super::lesson::{Cost, costliest, judge};
use super::slices_of;
use crate::lab::demo::value::Value;
use crate::lab::trace::record::Record;
use crate::text::{Language, approximate};
use crate::widgets::look::pen::Pen;
use crate::widgets::stage::{RunView, Snapshot, Stage};

use moment::Moment;

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// All that the picture shows.
struct Scene {
    language: Language,
    moment: Moment,
    /// The lengths of slices that the run measures, in microseconds, from short to long.
    slices_planned: Vec<u64>,
    /// A letter for each subject.
    letters: Vec<String>,
    /// The names of the subjects, with a `·` between them.
    names: String,
    /// The one number that matters.
    figure: String,
    /// Its caption.
    caption: String,
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let scene = Scene::of(view);
        let (pen, room) = view.picture(ui, || scene.words());
        let (left, right) = view.beside_figures(&pen, room, 0.36, 24.0);
        if let Some(left) = left {
            scene.paint_share(&pen, left);
        }
        if scene.moment.takes_turns {
            strips::paint(&pen, right, &scene);
        } else {
            bars::paint(&pen, right, &scene);
        }
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let language = view.language;
        let (params, _) = view.params_and_variant();
        let moment = match view.shown {
            Some(shown) => Moment::of(shown.log, shown.now),
            None => Moment::default(),
        };
        let record = view.shown.as_ref().and_then(Snapshot::complete_record);
        let (figure, caption) = figure(&moment, record, language);
        let letters = language.text("switching_cost-stage-subjects");
        Self {
            language,
            slices_planned: slices_of(&params).to_vec(),
            names: language.text("switching_cost-stage-names").into_owned(),
            letters: letters.split_whitespace().map(str::to_owned).collect(),
            figure,
            caption,
            moment,
        }
    }

    /// The whole picture in words.
    fn words(&self) -> String {
        let mut words = vec![format!("{} {}", self.figure, self.caption)];
        words.extend(if self.moment.takes_turns {
            strips::words(self)
        } else {
            bars::words(self)
        });
        words.retain(|word| !word.is_empty());
        words.join("; ")
    }

    /// Paints the share of switching, large, and below it how it grew.
    fn paint_share(&self, pen: &Pen, area: Rect) {
        let line = pen.line_height(16.0);
        let dots = (area.height() * 0.4).max(pen.gap(90.0));
        let figure = area.with_max_y(area.bottom() - dots - line - pen.gap(10.0));
        let is_known = !matches!(self.moment.cost(), None | Some(Cost::Untold));
        pen.number(figure, &self.figure, pen.palette.text_if(is_known));
        let below = area.with_min_y(figure.bottom() + pen.gap(4.0));
        pen.write_in(below, &self.caption, pen.bold(16.0));
        let dots = area.with_min_y(area.bottom() - dots);
        self.paint_shares(pen, dots);
    }

    /// Paints the share of switching at each length of slices; the height of `area` is all of the core's time.
    fn paint_shares(&self, pen: &Pen, area: Rect) {
        let line = pen.line_height(13.0);
        let title = self.language.text("switching_cost-stage-dots");
        pen.write_in(area, title, pen.weak(13.0));
        let plot = area
            .with_min_y(area.top() + line)
            .with_max_y(area.bottom() - line)
            .shrink(pen.gap(5.0));
        let faint = Stroke::new(1.0, pen.palette.border);
        let strong = Stroke::new(2.0, pen.palette.strong);
        pen.hline(plot.x_range(), plot.bottom(), faint);
        pen.hline(plot.x_range(), plot.top(), faint);

        let count = self.slices_planned.len();
        let step = plot.width() / count.max(1) as f32;
        let x = |index: usize| plot.left() + step * (index as f32 + 0.5);
        // Long slices are at the left: later points stand further right.
        for (index, micros) in self.slices_planned.iter().rev().enumerate() {
            let text = say_micros(*micros, self.language);
            let text = pen.layout_line(text, pen.weak(13.0));
            // Labels that would overlap are left out.
            if text.size().x + 4.0 > step {
                continue;
            }
            let below = pos2(x(index), area.bottom());
            pen.put(below, Align2::CENTER_BOTTOM, text);
        }
        let dots: Vec<Pos2> = self
            .moment
            .slices
            .iter()
            .enumerate()
            .filter_map(|(index, point)| {
                let y = plot.bottom() - plot.height() * point.share? as f32;
                Some(pos2(x(index), y))
            })
            .collect();
        for pair in dots.windows(2) {
            pen.line_segment([pair[0], pair[1]], strong);
        }
        for dot in dots {
            pen.circle_filled(dot, pen.gap(5.0), pen.palette.strong);
        }
    }
}

/// The number that matters and its caption: of the latest point, or at the end of the costliest.
fn figure(moment: &Moment, record: Option<&Record>, language: Language) -> (String, String) {
    let with_slices = |micros| {
        let slice = Value::Word(say_micros(micros, language));
        language.with("switching_cost-stage-switching", &[("slice", slice)])
    };
    let with_tasks = |tasks: u64| {
        let tasks = [("tasks", Value::from(tasks))];
        language.with("switching_cost-stage-switching-tasks", &tasks)
    };
    let record = record.filter(|record| record.is_done());
    let of_run = record.and_then(|record| Some((judge(record).figure()?, costliest(record)?)));
    if let Some((figure, costliest)) = of_run {
        let caption = match costliest.swept.as_str() {
            "tasks" => with_tasks(costliest.at),
            _ => with_slices(costliest.at),
        };
        return (language.say(&figure), caption);
    }
    let caption = match (moment.slices.last(), moment.tasks.last()) {
        (Some(point), _) => with_slices(point.micros),
        (None, Some(point)) => with_tasks(point.tasks),
        (None, None) => {
            let text = language.text("switching_cost-stage-ready").into_owned();
            return ("?".to_owned(), text);
        }
    };
    match moment.cost().and_then(Cost::figure) {
        Some(figure) => (language.say(&figure), caption),
        None => {
            let untold = language.text("switching_cost-stage-untold").into_owned();
            ("?".to_owned(), untold)
        }
    }
}

/// A planned length of slices, in the unit that keeps it short.
fn say_micros(micros: u64, language: Language) -> String {
    let (number, unit) = if micros >= 1000 && micros.is_multiple_of(100) {
        (micros as f64 / 1e3, "unit-millis")
    } else {
        (micros as f64, "unit-micros")
    };
    format!("{number}\u{202f}{}", language.text(unit))
}

/// A measured time, in the unit that keeps it short.
fn say_time(time: Duration, language: Language) -> String {
    let nanos = time.as_nanos() as f64;
    let (number, unit) = match nanos {
        small if small < 1e3 => (small, "unit-nanos"),
        middling if middling < 1e6 => (middling / 1e3, "unit-micros"),
        large => (large / 1e6, "unit-millis"),
    };
    format!("{}\u{202f}{}", approximate(number), language.text(unit))
}
