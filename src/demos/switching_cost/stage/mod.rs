//! The picture: how long the work takes with more and more tasks, then with shorter and shorter slices, and real slices.

mod moment;
mod strips;
mod times;

use std::time::Duration;

use egui::{Rect, Ui, vec2};

use super::lesson::{slice_asked, tasks_asked};
use super::slices_of;
use crate::lab::demo::value::Value;
use crate::text::{Language, approximate, significant};
use crate::widgets::look::pen::Pen;
use crate::widgets::stage::{RunView, Stage};

use moment::{Doing, Moment, Time};

/// The least height that is left for the times if the strip of slices is shown, in rows.
const ROWS_FIRST: f32 = 6.0;

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// All that the picture shows.
struct Scene {
    language: Language,
    moment: Moment,
    /// The work: seconds of computing.
    work: f64,
    /// The numbers of tasks that the run measures, from few to many.
    tasks_planned: Vec<u64>,
    /// The lengths of slices that the run measures, in microseconds, from short to long.
    slices_planned: Vec<u64>,
    /// The number of tasks that the class is asked about.
    tasks_asked: Option<u64>,
    /// The length of slices that the class is asked about.
    slice_asked: Option<u64>,
    /// Whether the run is over and shown to its end.
    is_over: bool,
    /// A letter for each subject.
    letters: Vec<String>,
    /// The names of the subjects, with a `·` between them.
    names: String,
}

/// A large time with its words.
struct Figure {
    /// What took that time: so many tasks, or slices of such a length.
    caption: String,
    time: String,
    /// The part of it that went into switching, if that is known.
    note: String,
    is_known: bool,
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let scene = Scene::of(view);
        let (pen, room) = view.picture(ui, || scene.words());
        let (left, right) = view.beside_figures(&pen, room, 0.34, 24.0);
        if let Some(left) = left {
            scene.paint_figures(&pen, left);
        }
        let strip = pen.line_height(14.0) + pen.gap(46.0);
        let rows = pen.corner.y + (ROWS_FIRST + 1.0) * pen.line_height(13.0);
        let mut times = right;
        if right.height() - strip - pen.gap(10.0) >= rows {
            times.max.y -= strip + pen.gap(10.0);
            strips::paint(&pen, right.with_min_y(right.bottom() - strip), &scene);
        }
        times::paint(&pen, times, &scene);
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
        let letters = language.text("switching_cost-stage-subjects");
        Self {
            language,
            work: params.whole("work_millis") as f64 * 1e-3,
            tasks_planned: params.sweep("tasks").to_vec(),
            slices_planned: slices_of(&params).to_vec(),
            tasks_asked: tasks_asked(params.sweep("tasks")),
            slice_asked: slice_asked(slices_of(&params)),
            is_over: view.shown.is_some_and(|shown| shown.is_complete()),
            names: language.text("switching_cost-stage-names").into_owned(),
            letters: letters.split_whitespace().map(str::to_owned).collect(),
            moment,
        }
    }

    /// The whole picture in words.
    fn words(&self) -> String {
        let figures = self.figures().into_iter();
        let figures = figures.map(|it| format!("{}: {} {}", it.caption, it.time, it.note));
        let mut words: Vec<String> = figures.collect();
        words.extend(times::words(self));
        words.extend(strips::words(self));
        words.join("; ")
    }

    /// The times of the two points that the class is asked about, or until those are measured of the latest ones.
    fn figures(&self) -> Vec<Figure> {
        let moment = &self.moment;
        let tasks = self.tasks_asked.map(|asked| {
            let latest = moment.tasks.last().map_or(asked, |(tasks, _)| *tasks);
            let at = moment.time_of_tasks(asked).map_or(latest, |_| asked);
            (Doing::Tasks(at), moment.time_of_tasks(at))
        });
        let slice = self.slice_asked.map(|asked| {
            let latest = moment.slices.last().map_or(asked, |point| point.micros);
            let at = moment.slice_point(asked).map_or(latest, |_| asked);
            (
                Doing::Turns(at),
                moment.slice_point(at).map(|point| point.time),
            )
        });
        let points = tasks.into_iter().chain(slice);
        points.map(|(at, time)| self.figure(at, time)).collect()
    }

    fn figure(&self, at: Doing, time: Option<Time>) -> Figure {
        let note = match (at, time.map(|time| time.cost)) {
            (Doing::Turns(_), Some(cost)) => match cost.percent() {
                Some(percent) => {
                    let percent = [("percent", percent)];
                    self.language.with("switching_cost-stage-of-it", &percent)
                }
                None => self
                    .language
                    .text("switching_cost-stage-untold")
                    .into_owned(),
            },
            _ => String::new(),
        };
        Figure {
            caption: times::name(self, at),
            time: time.map_or("?".to_owned(), |time| seconds(time.seconds, self.language)),
            note,
            is_known: time.is_some(),
        }
    }

    /// Paints the two times, one above the other.
    fn paint_figures(&self, pen: &Pen, area: Rect) {
        let figures = self.figures();
        let height = area.height() / figures.len().max(1) as f32;
        for (index, figure) in figures.into_iter().enumerate() {
            let top = area.top() + index as f32 * height;
            let area = area.with_min_y(top).with_max_y(top + height);
            let caption = pen.write_in(area, figure.caption, pen.bold(17.0));
            let note = match figure.note.is_empty() {
                true => 0.0,
                false => pen.line_height(15.0),
            };
            let number = area
                .with_min_y(caption.bottom() + pen.gap(4.0))
                .with_max_y(area.bottom() - note - pen.gap(12.0));
            // A Chinese unit is higher than the digits, by which the number is measured.
            let number = number.shrink2(vec2(0.0, number.height() * 0.1));
            let color = pen.palette.text_if(figure.is_known);
            let number = pen.number(number, figure.time, color);
            let below = area.with_min_y(number.bottom() + pen.gap(5.0));
            pen.write_in(below, figure.note, pen.weak(15.0));
        }
    }
}

/// Seconds as text, with three digits.
fn seconds(seconds: f64, language: Language) -> String {
    let seconds = [("seconds", Value::Word(significant(seconds)))];
    language.with("switching_cost-stage-seconds", &seconds)
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
