//! The lesson about switching: its questions, and the sentences about a run.

use super::sweep::{Costliest, NOISE, Swept};
use super::{SwitchingCost, slices_of};
use crate::lab::demo::value::{Point, Value};
use crate::lab::demo::verdict::{Change, Finding, is_disturbed};
use crate::lab::demo::{Choice, KeyFigure, Lesson, Question, Sentence, VariantId, Vote};
use crate::lab::machine::cores;
use crate::lab::trace::record::Record;

/// The number of tasks that the class is asked about: the value of the sweep that is nearest to this.
const TASKS_ASKED: u64 = 1000;
/// The length of slices that the class is asked about, in microseconds: the nearest value of the sweep.
const MICROS_ASKED: u64 = 3;
/// The least number of tasks that counts as many.
const MANY: u64 = 100;
/// The longest slices that count as short, in microseconds.
const SHORT_MICROS: u64 = 10;
/// The factors by which the work may take longer; there is an answer for each.
const FACTORS: [f64; 3] = [1.0, 2.0, 10.0];
/// The least computing of a task, in microseconds, for its core share to be judged. A shorter task takes about as long
/// to end as it computed, and no task has the core meanwhile.
const LEAST_SHARE_MICROS: u64 = 200;

/// The value of a sweep that is nearest to `wanted`, as factors go.
fn nearest(values: &[u64], wanted: u64) -> Option<u64> {
    let distance = |value: &u64| (*value as f64 / wanted as f64).ln().abs();
    values
        .iter()
        .copied()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// The number of tasks that the class is asked about. A single task shares the core with no other: there is nothing to
/// guess.
pub(super) fn tasks_asked(tasks: &[u64]) -> Option<u64> {
    nearest(tasks, TASKS_ASKED).filter(|tasks| *tasks > 1)
}

/// The length of slices that the class is asked about, in microseconds.
pub(super) fn slice_asked(slices: &[u64]) -> Option<u64> {
    nearest(slices, MICROS_ASKED)
}

impl Lesson for SwitchingCost {
    fn questions(&self) -> Vec<Question> {
        let mut questions = Vec::new();
        if let Some(tasks) = tasks_asked(&self.tasks) {
            questions.push(Question {
                variant: "threads",
                text: Sentence::new("switching_cost-q-share")
                    .with("seconds", short(self.work().as_secs_f64()))
                    .with("tasks", tasks),
                choices: choices(self),
                find: |record| {
                    let judgement = judge(record);
                    judgement.finding(judgement.shared)
                },
            });
        }
        if let Some(micros) = slice_asked(self.slices()) {
            let about = |variant: VariantId| Question {
                variant,
                text: Sentence::new(format!("switching_cost-q-turns-{variant}"))
                    .with("seconds", short(self.work().as_secs_f64()))
                    .with("micros", micros),
                choices: choices(self),
                find: |record| {
                    let judgement = judge(record);
                    judgement.finding(judgement.cut)
                },
            };
            questions.extend(["threads", "processes", "async_tasks"].map(about));
        }
        questions
    }

    /// The votes: first many tasks with only long slices, then short ones too. A run of both would answer the second
    /// question before it is asked.
    fn votes(&self) -> Vec<Vote> {
        let ask = |slices: &str, key: &str| Vote {
            variant: "threads",
            set: vec![("slice_micros", slices.to_owned())],
            question: Some(format!("switching_cost-q-{key}")),
        };
        vec![ask("1000", "share"), ask("3,100,1000", "turns-threads")]
    }

    fn result(&self, record: &Record, _earlier: &[&Record]) -> Vec<Sentence> {
        let judgement = judge(record);
        let summary = record.summary();
        let figure = |name: &str| record.figure(name);
        let whole = |name: &str| figure(name).unwrap_or_default() as u64;
        let variant = record.info.variant;
        let with_figures = |key: &str| {
            let mut sentence = Sentence::new(format!("switching_cost-result-{key}"));
            sentence.args.extend(summary.figures());
            sentence
        };
        let swept: Option<&Swept> = record.details();
        let is_shared = most_tasks(record) > 1;
        let mut sentences = vec![with_figures(if is_shared { variant } else { "one" })];
        sentences.extend(slices_took(record));
        sentences.push(match (judgement.cost, costliest(record)) {
            (Cost::Untold, _) => with_figures("untold"),
            (Cost::Share(share), Some(costliest)) => {
                with_figures(&format!("cost-{}", costliest.swept))
                    .with("times", Value::About(costliest.switches))
                    .with(
                        "each",
                        Value::Seconds(whole("nanos_per_switch") as f64 * 1e-9),
                    )
                    .with("percent", percent(share))
            }
            _ => with_figures("cheap").with("percent", percent(NOISE)),
        });
        if let Some(share) = judgement.disturbed {
            sentences.push(with_figures("disturbed").with("percent", percent(share)));
        }
        if judgement.is_lesson(record) {
            sentences.push(with_figures("lesson"));
        }
        let limit = swept.map(|swept| swept.core_limit);
        if let Some(limit) = limit.filter(|limit| *limit < 1.0) {
            sentences.push(Sentence::new("cores-quota").with("limit", cores::said(limit)));
        }
        let counted = [figure("switches_voluntary"), figure("switches_involuntary")];
        if let ("async_tasks", [Some(voluntary), Some(involuntary)]) = (variant, counted) {
            let counted = Value::About((voluntary + involuntary) as u64);
            sentences.push(with_figures("own").with("counted", counted));
        }
        if swept.is_some_and(|swept| swept.left_out_from.is_some()) {
            sentences.push(with_figures("left-out"));
        }
        if swept.is_some_and(|swept| swept.too_long_from.is_some()) {
            sentences.push(with_figures("too-long"));
        }
        if swept.is_some_and(|swept| !swept.on_one_core) {
            sentences.push(with_figures("anywhere"));
        }
        let planned = slices_of(&record.info.params);
        let took_turns = summary
            .points
            .iter()
            .any(|point| point.figure("slice_micros").is_some());
        if !planned.is_empty() && !took_turns {
            sentences.push(with_figures("no-turns"));
        }
        sentences
    }

    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        let judgement = judge(record);
        if judgement.disturbed.is_none()
            && let Some(figure) = time_asked(record)
        {
            return Some(figure);
        }
        // Other programs make the time say little, but not the share.
        let cost = judgement.cost;
        let words = match costliest(record) {
            Some(Costliest { swept, at, .. }) if matches!(cost, Cost::Share(_)) => {
                Sentence::new(format!("switching_cost-key-share-{swept}")).with("at", *at)
            }
            _ => Sentence::new("switching_cost-key-noise"),
        };
        Some(KeyFigure {
            figure: cost.figure()?,
            words,
        })
    }
}

/// The answers, each for a factor by which the work takes longer.
fn choices(demo: &SwitchingCost) -> Vec<Choice> {
    // If a quota leaves half a core, the work takes twice as long from the beginning.
    let work = demo.work().as_secs_f64() / cores::limit_of(1);
    let text =
        |factor| Sentence::new("switching_cost-q-about").with("seconds", short(work * factor));
    let another = Sentence::new("switching_cost-q-another");
    Choice::by_value(&FACTORS, text, another)
}

/// Seconds with as many digits as tell the answers apart.
fn short(seconds: f64) -> Value {
    Value::Word(match seconds {
        ten if ten >= 10.0 => format!("{ten:.0}"),
        one if one >= 1.0 => format!("{one:.1}"),
        tenth if tenth >= 0.1 => format!("{tenth:.2}"),
        less => format!("{less:.3}"),
    })
}

/// The cost of switching, at one point or in all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Cost {
    /// The system does not tell the cost.
    #[default]
    Untold,
    /// The cost can't be told from the usual variation.
    Noise,
    /// The cost is this share of the core's time.
    Share(f64),
}

impl Cost {
    /// The cost at this point.
    pub(super) fn at(point: &Point) -> Self {
        Self::of(|name| point.figure(name))
    }

    /// The cost by the figures that a point and the run's measures have in common.
    fn of(figure: impl Fn(&str) -> Option<f64>) -> Self {
        match (figure("share_switching"), figure("nanos_per_switch")) {
            (None, _) => Self::Untold,
            (Some(_), None) => Self::Noise,
            (Some(share), Some(_)) => Self::Share(share),
        }
    }

    /// The cost in per cent, if the system tells it.
    pub(super) fn percent(self) -> Option<Value> {
        match self {
            Self::Untold => None,
            Self::Noise => match percent(NOISE) {
                Value::Word(most) => Some(Value::Word(format!("< {most}"))),
                other => Some(other),
            },
            Self::Share(share) => Some(percent(share)),
        }
    }

    /// The cost as a number for people, if there is one.
    fn figure(self) -> Option<Sentence> {
        Some(Sentence::new("switching_cost-figure").with("percent", self.percent()?))
    }
}

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Judgement {
    /// The time with the number of tasks that is asked about, divided by that of one task alone.
    shared: Option<f64>,
    /// The same ratio with the slices that are asked about.
    cut: Option<f64>,
    /// The same ratio with the most tasks.
    most: Option<f64>,
    /// The tasks' share of the core's time, if it is so small that seconds say nothing.
    disturbed: Option<f64>,
    /// The cost of switching at the costliest point.
    cost: Cost,
}

/// Judges a run; every sentence and figure about it comes from this judgement.
pub(super) fn judge(record: &Record) -> Judgement {
    let params = &record.info.params;
    let tasks_asked = nearest(params.sweep("tasks"), TASKS_ASKED);
    let shared = point(record, "tasks", tasks_asked);
    let cut = point(record, "slice_micros", slice_asked(slices_of(params)));
    let swept: Option<&Swept> = record.details();
    let most = swept.and_then(|swept| Some(swept.most_tasks.as_ref()?.tasks));
    let stretched = |point: Option<&Point>| {
        Some(point?.figure("wall_seconds")? / swept?.alone.as_secs_f64().max(1e-9))
    };
    // Only threads are judged by their core share: other tasks mostly start and end, which keeps no core busy.
    let work_micros = params.whole("work_millis") * 1000;
    let is_timed = record.info.variant == "threads"
        && tasks_asked.is_some_and(|tasks| work_micros / tasks >= LEAST_SHARE_MICROS);
    let core_share = |point: Option<&Point>| point?.figure("core_share");
    let shares = [
        swept.and_then(|swept| swept.alone_core_share),
        core_share(shared.filter(|_| is_timed)),
        core_share(cut),
    ];
    let least = shares.into_iter().flatten().min_by(f64::total_cmp);
    Judgement {
        shared: stretched(shared),
        cut: stretched(cut),
        most: stretched(point(record, "tasks", most)),
        disturbed: least.filter(|share| is_disturbed(*share, 1.0)),
        cost: Cost::of(|name| record.figure(name)),
    }
}

/// The time that the class was asked about: that of short slices if the run has any, otherwise that of many tasks.
fn time_asked(record: &Record) -> Option<KeyFigure> {
    let params = &record.info.params;
    let slices = slice_asked(slices_of(params)).filter(|micros| *micros <= SHORT_MICROS);
    let (swept, at) = match slices {
        Some(micros) => ("slice_micros", micros),
        None => ("tasks", tasks_asked(params.sweep("tasks"))?),
    };
    let point = point(record, swept, Some(at))?;
    let mut words = Sentence::new(format!("switching_cost-key-{swept}"))
        .with("work", short(params.whole("work_millis") as f64 * 1e-3))
        .with("at", at);
    if slices.is_some() {
        match Cost::at(point).percent() {
            Some(percent) => words = words.with("percent", percent),
            None => words.key.push_str("-untold"),
        }
    }
    Some(KeyFigure {
        figure: Sentence::new("figure-seconds")
            .with("seconds", Value::Seconds(point.figure("wall_seconds")?)),
        words,
    })
}

/// How long the work took in the short slices that the class is asked about.
fn slices_took(record: &Record) -> Option<Sentence> {
    let micros = slice_asked(slices_of(&record.info.params));
    let micros = micros.filter(|micros| *micros <= SHORT_MICROS)?;
    let seconds = point(record, "slice_micros", Some(micros))?.figure("wall_seconds")?;
    let sentence = Sentence::new("switching_cost-result-slices").with("micros", micros);
    Some(sentence.with("seconds", Value::Seconds(seconds)))
}

/// The point of the run at which `swept` was `value`.
fn point<'run>(record: &'run Record, swept: &str, value: Option<u64>) -> Option<&'run Point> {
    let value = value? as f64;
    let mut points = record.summary().points.iter();
    points.find(|point| point.figure(swept) == Some(value))
}

impl Judgement {
    fn finding(&self, stretched: Option<f64>) -> Finding {
        match self.disturbed {
            Some(_) => Finding::undecided("app-undecided-disturbed"),
            None => Finding::measured(stretched),
        }
    }

    /// Whether the run shows the lesson: many tasks cost little, and short slices cost much.
    fn is_lesson(&self, record: &Record) -> bool {
        let is_as_long = |stretched: Option<f64>| {
            stretched.is_some_and(|stretched| Change::of(1.0 / stretched) == Change::Same)
        };
        let takes_longer = |stretched: Option<f64>| {
            stretched.is_some_and(|stretched| Change::of(1.0 / stretched) == Change::Slower)
        };
        self.disturbed.is_none()
            && most_tasks(record) >= MANY
            && is_as_long(self.most)
            && is_as_long(self.shared)
            && takes_longer(self.cut)
    }
}

/// The number of tasks or the length of slices at which switching cost the most.
fn costliest(record: &Record) -> Option<&Costliest> {
    let swept: &Swept = record.details()?;
    swept.costliest.as_ref()
}

/// The most tasks that shared the work.
fn most_tasks(record: &Record) -> u64 {
    let swept: Option<&Swept> = record.details();
    let most = swept.and_then(|swept| swept.most_tasks.as_ref());
    most.map_or(1, |most| most.tasks)
}

/// A share in per cent, with a decimal only where it is small.
pub(super) fn percent(share: f64) -> Value {
    let percent = share * 100.0;
    Value::Word(if (0.05..9.95).contains(&percent) {
        format!("{percent:.1}")
    } else {
        format!("{percent:.0}")
    })
}

#[cfg(test)]
mod tests;
