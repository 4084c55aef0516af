//! The picture: for each kind of task a tray, the speed-up, and the time that the tray took, on one scale for both.

mod moment;
mod trays;

use std::time::Duration;

use egui::Ui;

use super::lesson::{Judgement, judge};
use super::round::Rounds;
use crate::lab::demo::VariantId;
use crate::lab::demo::value::Value;
use crate::lab::machine::cores;
use crate::lab::trace::record::Record;
use crate::text::Language;
use crate::widgets::look::grid::columns;
use crate::widgets::stage::{RunView, Stage};
use crate::widgets::timeline::axis::say_time;

use moment::{Measured, Moment, Plan, Square};

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// The variants in teaching order.
const KINDS: [VariantId; 2] = ["cpu_bound", "io_bound"];

/// The least height, in points, of a picture with a legend.
const WITH_LEGEND: f32 = 130.0;
/// The same for a class.
const WITH_LEGEND_FOR_CLASS: f32 = 110.0;

/// All that the picture shows.
struct Scene {
    language: Language,
    plan: Plan,
    /// The kinds of tasks, in the order of [`KINDS`].
    kinds: [Kind; 2],
    /// The number of cores whose time a run can use, known from the first run on.
    cores: Option<f64>,
    /// The time that is as long as a bar can be.
    scale: Duration,
}

/// One kind of task.
struct Kind {
    title: String,
    /// The square of each task, in the order of the queue.
    squares: Vec<Square>,
    /// The speed-up, or a question mark.
    figure: String,
    /// The number of threads of that speed-up.
    with: String,
    /// The progress of the tasks.
    line: String,
    /// The time that the tray took so far; `None` before its round.
    time: Option<Duration>,
    /// The time that one thread took for all tasks, once it is known.
    alone: Option<Duration>,
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let mut scene = Scene::of(view);
        let (pen, rect) = view.picture(ui, || scene.words());
        let mut room = rect;
        let legend = rect.with_min_y(rect.bottom() - pen.line_height(13.0));
        // A low picture has no room for what its colours mean.
        let least = match view.presenting {
            true => WITH_LEGEND_FOR_CLASS,
            false => WITH_LEGEND,
        };
        let has_legend = rect.height() >= least && trays::paint_legend(&pen, legend, &scene);
        if has_legend {
            room.max.y = legend.top() - pen.gap(4.0);
        } else if view.presenting {
            // A class would not know what the second bar is.
            for kind in &mut scene.kinds {
                kind.alone = None;
            }
        }
        let columns = columns(room, KINDS.len(), pen.gap(22.0));
        for (kind, column) in scene.kinds.iter().zip(columns) {
            trays::paint(&pen, column, kind, &scene);
        }
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let language = view.language;
        let Some(shown) = view.shown else {
            let plan = Plan::of(&view.demo.params());
            return Self {
                language,
                kinds: KINDS.map(|variant| Kind::not_run(variant, &plan, language)),
                cores: None,
                scale: plan.all_tasks(),
                plan,
            };
        };
        let plan = Plan::of(&shown.info.params);
        let moment = Moment::of(shown.log, &plan, shown.now);
        // Both kinds are compared at the number of threads that the shown run has reached.
        let reached = moment.measured.last().map(|measured| measured.workers);
        let kinds = KINDS.map(|variant| {
            if variant == shown.info.variant {
                Kind::shown(variant, &moment, shown.complete_record(), &plan, language)
            } else {
                match shown.latest(variant) {
                    Some(record) => {
                        Kind::earlier(variant, record, reached, &moment, &plan, language)
                    }
                    None => Kind::not_run(variant, &plan, language),
                }
            }
        });
        // One thread takes the longest, so that the scale holds still unless the threads are held up.
        let times = kinds.iter().flat_map(|kind| [kind.time, kind.alone]);
        Self {
            language,
            cores: moment.cores.map(cores::limit_of),
            scale: times.flatten().fold(plan.all_tasks(), Duration::max),
            kinds,
            plan,
        }
    }

    /// The whole picture in words.
    fn words(&self) -> String {
        let kinds = self.kinds.iter().map(|kind| {
            let time = kind.time.map(|time| say_time(time, self.language));
            let words = [&kind.title, &kind.figure, &kind.with, &kind.line];
            let words = words.into_iter().chain(&time);
            let words = words.filter(|word| !word.is_empty());
            words.cloned().collect::<Vec<_>>().join(" ")
        });
        let cores = self.cores.map(|cores| cores_said(cores, self.language));
        let tasks = tasks_said(&self.plan, self.language);
        let words = kinds.chain([tasks]).chain(cores);
        words.collect::<Vec<_>>().join("; ")
    }
}

fn cores_said(cores: f64, language: Language) -> String {
    language.with("cpu_or_io-stage-cores", &[("cores", cores::said(cores))])
}

impl Kind {
    fn not_run(variant: VariantId, plan: &Plan, language: Language) -> Self {
        Self {
            title: title(variant, language),
            squares: vec![Square::Pending; plan.tasks],
            figure: language.text("cpu_or_io-stage-unknown").into_owned(),
            with: language.text("cpu_or_io-stage-not-run").into_owned(),
            line: String::new(),
            time: None,
            alone: None,
        }
    }

    /// The kind of task of the shown run; `record` is there once all of the run is shown.
    fn shown(
        variant: VariantId,
        moment: &Moment,
        record: Option<&Record>,
        plan: &Plan,
        language: Language,
    ) -> Self {
        let latest = moment.measured.last();
        let (squares, line) = match &moment.round {
            Some(round) => {
                let done = round.squares.iter();
                let done = done.filter(|square| **square == Square::Done).count();
                let line = progress_said(round.workers, done, plan, language);
                (round.squares.clone(), line)
            }
            None => {
                let line = language.text("cpu_or_io-stage-preparing").into_owned();
                (vec![Square::Pending; plan.tasks], line)
            }
        };
        Self {
            title: title(variant, language),
            squares,
            figure: figure(latest, language),
            with: latest.map_or_else(String::new, |latest| with_said(latest, record, language)),
            time: moment.round.as_ref().map(|round| round.time),
            alone: latest.map(Measured::alone),
            line,
        }
    }

    /// The kind of task of an earlier run, whose events are gone. While a round of the shown run goes on, the tasks are
    /// as far as they were after the same time with as many threads; otherwise all are done.
    fn earlier(
        variant: VariantId,
        record: &Record,
        reached: Option<u64>,
        moment: &Moment,
        plan: &Plan,
        language: Language,
    ) -> Self {
        let points = &record.summary().points;
        let measured: Vec<Measured> = points.iter().filter_map(Measured::of).collect();
        let beside = moment.round.as_ref().filter(|round| !round.is_over());
        let finishes = beside.and_then(|round| {
            let rounds: &Rounds = record.details()?;
            Some((round, rounds.of(round.workers)?))
        });
        let reached = measured
            .iter()
            .find(|measured| Some(measured.workers) == reached)
            .or(measured.first());
        let progress = match &finishes {
            Some((round, finishes)) => {
                let time = round.time.min(finishes.wall());
                Some((round.workers, finishes.done_by(round.time), time))
            }
            None => reached.map(|reached| (reached.workers, plan.tasks, reached.wall)),
        };
        let done = progress.map_or(plan.tasks, |(_, done, _)| done);
        let mut squares = vec![Square::Done; done];
        squares.resize(plan.tasks, Square::Pending);
        Self {
            title: title(variant, language),
            squares,
            figure: figure(reached, language),
            with: reached.map_or_else(String::new, |reached| {
                with_said(reached, Some(record), language)
            }),
            line: progress.map_or_else(String::new, |(workers, done, _)| {
                progress_said(workers, done, plan, language)
            }),
            time: progress.map(|(.., time)| time),
            alone: reached.map(Measured::alone),
        }
    }
}

fn title(variant: VariantId, language: Language) -> String {
    language.text(&format!("cpu_or_io-{variant}")).into_owned()
}

fn figure(measured: Option<&Measured>, language: Language) -> String {
    match measured {
        Some(measured) => {
            let times = Value::Ratio(measured.speedup);
            language.with("cpu_or_io-stage-times", &[("times", times)])
        }
        None => language.text("cpu_or_io-stage-unknown").into_owned(),
    }
}

/// The number of threads of a point; or the sentence that the run was disturbed.
fn with_said(measured: &Measured, record: Option<&Record>, language: Language) -> String {
    if record.is_some_and(|record| matches!(judge(record), Judgement::Disturbed(_))) {
        return language.text("cpu_or_io-stage-disturbed").into_owned();
    }
    let workers = [("workers", measured.workers.into())];
    language.with("cpu_or_io-stage-with", &workers)
}

fn tasks_said(plan: &Plan, language: Language) -> String {
    let figures = [
        ("tasks", plan.tasks.into()),
        ("millis", plan.task_millis.into()),
    ];
    language.with("cpu_or_io-stage-tasks", &figures)
}

fn progress_said(workers: u64, done: usize, plan: &Plan, language: Language) -> String {
    let figures = [
        ("workers", workers.into()),
        ("done", done.into()),
        ("tasks", plan.tasks.into()),
    ];
    language.with("cpu_or_io-stage-progress", &figures)
}
