//! The lesson about computing and waiting: its questions, and the sentences about a run.

use super::CpuOrIo;
use super::round::Rounds;
use crate::lab::demo::value::{Point, Value};
use crate::lab::demo::verdict::{CHANGED, Change, Finding, Holds, ZONE, is_disturbed};
use crate::lab::demo::{Choice, KeyFigure, Lesson, Question, Sentence, VariantId};
use crate::lab::machine::cores;
use crate::lab::trace::record::Record;

impl Lesson for CpuOrIo {
    /// A question for each kind of task, because a run has tasks of one kind. One thread is not faster than itself:
    /// then there is nothing to guess.
    fn questions(&self) -> Vec<Question> {
        if self.most_workers() == 1 {
            return Vec::new();
        }
        ["cpu_bound", "io_bound"]
            .map(|variant| question(self, variant, cores::limit_of(self.cores)))
            .into()
    }

    fn result(&self, record: &Record, earlier: &[&Record]) -> Vec<Sentence> {
        let judgement = judge(record);
        let variant = record.info.variant;
        let other = earlier
            .iter()
            .rev()
            .filter(|record| record.is_done() && record.info.variant != variant)
            .find_map(|record| judge(record).speedup());
        let measured = last_point(record).and_then(|point| point.figure("speedup"));
        let with_figures = |key: &str| {
            let (own, other) = (measured.unwrap_or(0.0), other.unwrap_or(0.0));
            let (cpu, io) = match variant {
                "cpu_bound" => (own, other),
                _ => (other, own),
            };
            Sentence::new(format!("cpu_or_io-result-{key}"))
                .with("workers", workers(record))
                .with("cores", cores::said(limit(record)))
                .with("cpu", Value::Ratio(cpu))
                .with("io", Value::Ratio(io))
        };
        let mut sentences = Vec::new();
        match judgement {
            Judgement::Nothing => return vec![Sentence::new("cpu_or_io-result-nothing")],
            Judgement::Alone => return vec![with_figures("alone")],
            Judgement::Disturbed(share) => {
                sentences.push(with_figures(variant));
                let percent = (share * 100.0).round() as u64;
                sentences.push(with_figures("disturbed").with("percent", percent));
            }
            Judgement::Compared(change, speedup) => {
                sentences.push(with_figures(other.map_or(variant, |_| "both")));
                sentences.extend(why(record, change).map(with_figures));
                if is_beyond(speedup, workers(record)) {
                    sentences.push(with_figures("beyond"));
                }
            }
        }
        // The quota matters only if the threads could have used more cores.
        let could_use = record
            .figure("logical_cores")
            .map(|cores| cores.min(workers(record) as f64));
        let is_short = variant == "cpu_bound" && Some(limit(record)) < could_use;
        if is_short {
            sentences.push(Sentence::new("cores-quota").with("limit", cores::said(limit(record))));
        }
        sentences
    }

    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        let speedup = judge(record).speedup()?;
        Some(KeyFigure {
            figure: Sentence::new("figure-times").with("times", Value::Ratio(speedup)),
            words: Sentence::new("cpu_or_io-key")
                .with("workers", workers(record))
                .with("cores", cores::said(limit(record))),
        })
    }
}

fn question(demo: &CpuOrIo, variant: VariantId, limit: f64) -> Question {
    let workers = demo.most_workers();
    Question {
        variant,
        text: Sentence::new(format!("cpu_or_io-q-{variant}"))
            .with("workers", workers)
            .with("cores", cores::said(limit)),
        choices: choices(workers, demo.tasks, limit),
        find: |record| judge(record).finding(),
    }
}

/// The speed-ups that are offered as answers, in ascending order: as fast as there are cores, as there are threads with
/// a task at all times, or as there are threads.
fn levels(workers: u64, tasks: u64, limit: f64) -> Vec<f64> {
    // The last threads find no task if the number of tasks is no multiple of theirs.
    let even = tasks as f64 / tasks.div_ceil(workers) as f64;
    let mut levels = vec![limit.min(even), even, workers as f64];
    // If a run could not tell two levels apart, the answer of the higher one includes the lower one.
    let apart = ZONE.powi(4);
    levels.reverse();
    levels.dedup_by(|lower, higher| *higher < *lower * apart);
    levels.reverse();
    // A level of hardly more than 1 would be the answer "the same".
    levels.retain(|level| *level >= CHANGED * ZONE);
    levels
}

fn choices(workers: u64, tasks: u64, limit: f64) -> Vec<Choice> {
    let answer = |key: &str, holds| Choice::new(Sentence::new(format!("cpu_or_io-q-{key}")), holds);
    let levels = levels(workers, tasks, limit);
    let mut choices = if levels.len() < 3 {
        vec![
            answer("slower", Change::Slower.holds()),
            answer("same", Change::Same.holds()),
        ]
    } else {
        vec![answer("not-faster", Holds::Within(0.0..CHANGED))]
    };
    choices.extend(Choice::by_factor(&levels, |level| {
        Sentence::new("cpu_or_io-q-times").with("times", Value::Ratio(level))
    }));
    choices
}

/// The outcome of a run, with the most threads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Judgement {
    /// Nothing was measured.
    Nothing,
    /// The only measurement is with one thread.
    Alone,
    /// The threads computed, but had no more than this share of the core time that their limit allowed.
    Disturbed(f64),
    /// The threads were so many times as fast as one.
    Compared(Change, f64),
}

/// Judges a run; every sentence and figure about it comes from this judgement.
pub(super) fn judge(record: &Record) -> Judgement {
    let point = last_point(record);
    let figure = |name| point.and_then(|point| point.figure(name));
    let (Some(workers), Some(speedup)) = (figure("workers"), figure("speedup")) else {
        return Judgement::Nothing;
    };
    if workers == 1.0 {
        return Judgement::Alone;
    }
    // A run whose cores were changed is not called disturbed: the change explains the missing core time.
    let rounds: Option<&Rounds> = record.details();
    let shares = rounds.into_iter().flat_map(|rounds| rounds.core_shares);
    let least = shares.flatten().min_by(f64::total_cmp);
    match least.filter(|share| is_disturbed(*share, 1.0) && !record.was_changed()) {
        Some(share) => Judgement::Disturbed(share),
        None => Judgement::Compared(Change::of(speedup), speedup),
    }
}

impl Judgement {
    fn finding(self) -> Finding {
        match self {
            Self::Nothing | Self::Alone => Finding::measured(None),
            Self::Disturbed(_) => Finding::undecided("app-undecided-disturbed"),
            Self::Compared(_, speedup) => Finding::Measured(speedup),
        }
    }

    fn speedup(self) -> Option<f64> {
        match self {
            Self::Compared(_, speedup) => Some(speedup),
            _ => None,
        }
    }
}

/// The measurement with the most threads; the sweep goes from few to many.
fn last_point(record: &Record) -> Option<&Point> {
    record.summary().points.last()
}

fn workers(record: &Record) -> u64 {
    let workers = last_point(record).and_then(|point| point.figure("workers"));
    workers.unwrap_or(1.0) as u64
}

/// The number of cores whose time the run could use.
fn limit(record: &Record) -> f64 {
    let rounds: Option<&Rounds> = record.details();
    let limit = rounds.map(|rounds| rounds.core_limit);
    limit.or(record.figure("logical_cores")).unwrap_or(1.0)
}

/// Whether a speed-up, in the digits that people read, is more than so many threads can reach.
fn is_beyond(speedup: f64, workers: u64) -> bool {
    let parts = if workers < 10 { 10.0 } else { 1.0 };
    (speedup * parts).round() > workers as f64 * parts
}

/// The reason for the change, if one is known.
fn why(record: &Record, change: Change) -> Option<&'static str> {
    let (workers, limit) = (workers(record) as f64, limit(record));
    match (record.info.variant, change) {
        (_, Change::Undecided) => None,
        ("io_bound", change) => (change == Change::Faster).then_some("wait"),
        (_, Change::Faster) => (workers > limit).then_some("cores"),
        _ if record.figure("logical_cores") == Some(1.0) => Some("one-core"),
        // A quota is reported by a sentence of its own, and a single task keeps only one thread busy.
        _ if limit < 2.0 || record.info.params.whole("tasks") == 1 => None,
        _ => Some("busy"),
    }
}

#[cfg(test)]
mod tests;
