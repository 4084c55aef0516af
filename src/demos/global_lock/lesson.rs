//! The lesson about busy threads: its questions, and the sentences about a run.

use super::{Counted, GlobalLock};
use crate::lab::demo::value::{Point, Value};
use crate::lab::demo::verdict::{CHANGED, Change, Finding, ZONE, is_disturbed};
use crate::lab::demo::{Choice, KeyFigure, Lesson, Question, Sentence, Vote};
use crate::lab::machine::cores;
use crate::lab::trace::record::Record;

impl Lesson for GlobalLock {
    /// The same question for each variant. One thread can't get more done than itself: then there is nothing to guess.
    fn questions(&self) -> Vec<Question> {
        if self.threads == 1 {
            return Vec::new();
        }
        let limit = cores::limit_of(self.cores);
        ["free_threads", "global_lock", "cpython"]
            .map(|variant| Question {
                variant,
                text: Sentence::new(format!("global_lock-q-{variant}"))
                    .with("threads", self.threads)
                    .with("seconds", Value::Seconds(self.seconds))
                    .with("cores", cores::said(limit)),
                choices: choices(self.threads, limit),
                find: |record| judge(record).finding(),
            })
            .into()
    }

    /// The votes: first on Python, which the lesson is about, then on threads that share no lock.
    fn votes(&self) -> Vec<Vote> {
        Vote::each(&self.questions(), &["cpython", "free_threads"])
    }

    fn result(&self, record: &Record, _earlier: &[&Record]) -> Vec<Sentence> {
        let judgement = judge(record);
        let summary = record.summary();
        let with_figures = |key: &str| {
            let mut sentence = Sentence::new(format!("global_lock-{key}"))
                .with("threads", record.info.params.whole("threads"))
                .with("millis", record.info.params.whole("switch_millis"));
            sentence.args.extend(summary.figures());
            sentence
        };
        if judgement == Judgement::Nothing {
            return vec![with_figures("result-no-python")];
        }
        let mut sentences = vec![match record.figure("cores_busy") {
            Some(busy) => {
                let counted: Option<&Counted> = record.details();
                let cores = counted.map_or(1, |counted| counted.cores);
                let key = match is_disturbed(busy, cores as f64) {
                    true => "result-idle",
                    false => "result",
                };
                // In tenths of a core: "about 1", not "about 0.997"; and threads that ran used one.
                with_figures(key).with("busy", cores::said((busy * 10.0).round().max(1.0) / 10.0))
            }
            None => with_figures("result-uncounted"),
        }];
        sentences.extend(why(record, judgement).map(with_figures));
        match judgement {
            Judgement::DisturbedAlone => sentences.push(with_figures("result-disturbed")),
            Judgement::DisturbedTogether => sentences.push(with_figures("result-crowded")),
            Judgement::Nothing | Judgement::Compared(..) => {}
        }
        // The quota matters only if the threads could have used more cores.
        let counted: Option<&Counted> = record.details();
        let could_use = counted.map(|counted| usable(record).min(counted.cores as f64));
        if Some(limit(record)) < could_use {
            sentences.push(Sentence::new("cores-quota").with("limit", cores::said(limit(record))));
        }
        sentences.extend(summary.points.iter().skip(1).map(other_python));
        let python = counted.and_then(|counted| counted.python.as_ref());
        if python.is_some_and(|python| !python.broken.is_empty()) {
            sentences.push(with_figures("result-broken"));
        }
        sentences
    }

    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        let Judgement::Compared(_, speedup) = judge(record) else {
            return None;
        };
        Some(KeyFigure {
            figure: Sentence::new("figure-times").with("times", Value::Ratio(speedup)),
            words: Sentence::new("global_lock-key")
                .with("threads", record.info.params.whole("threads"))
                .with("cores", cores::said(limit(record))),
        })
    }

    fn full_value(&self, _measure: &str) -> Option<f64> {
        Some(cores::limit_of(self.cores).min(self.threads as f64))
    }
}

/// The answers, as multiples of the work that one thread alone gets done.
fn choices(threads: u64, limit: f64) -> Vec<Choice> {
    let text = |key: &str| Sentence::new(format!("global_lock-q-{key}"));
    let mut levels = vec![threads as f64];
    // As many times as there are cores, if a run could tell that from as many times as there are threads and from one.
    let apart = limit * ZONE.powi(4) <= threads as f64;
    if apart && limit >= CHANGED * ZONE {
        levels.insert(0, limit);
    }
    let mut choices = vec![
        Choice::new(text("less"), Change::Slower.holds()),
        Choice::new(text("same"), Change::Same.holds()),
    ];
    choices.extend(Choice::by_factor(&levels, |level| {
        text("times").with("by", cores::said(level))
    }));
    choices
}

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Judgement {
    /// There was nothing to measure: no Python.
    Nothing,
    /// The thread alone did not get the core time that it could have used.
    DisturbedAlone,
    /// The threads together did not get the core time that they could have used.
    DisturbedTogether,
    /// The threads together did so many times as much as one alone.
    Compared(Change, f64),
}

/// Judges a run; every sentence and figure about it comes from this judgement.
pub(super) fn judge(record: &Record) -> Judgement {
    let Some(speedup) = record.figure("speedup") else {
        return Judgement::Nothing;
    };
    let (limit, usable) = (limit(record), usable(record));
    let was_disturbed = |busy: Option<f64>, usable: f64| {
        busy.is_some_and(|busy| is_disturbed(busy, usable.min(limit)))
    };
    let counted: Option<&Counted> = record.details();
    let alone = counted.and_then(|counted| counted.alone_percent);
    let alone = alone.map(|percent| percent as f64 / 100.0);
    if record.was_changed() {
        // The cores were changed during the run, which explains missing or additional core time.
        Judgement::Compared(Change::of(speedup), speedup)
    } else if was_disturbed(alone, 1.0) {
        Judgement::DisturbedAlone
    } else if was_disturbed(record.figure("cores_busy"), usable) {
        Judgement::DisturbedTogether
    } else {
        Judgement::Compared(Change::of(speedup), speedup)
    }
}

impl Judgement {
    fn finding(self) -> Finding {
        match self {
            Self::Nothing => Finding::measured(None),
            Self::DisturbedAlone | Self::DisturbedTogether => {
                Finding::undecided("app-undecided-disturbed")
            }
            Self::Compared(_, speedup) => Finding::Measured(speedup),
        }
    }

    /// Whether a disturbance makes the figures say little.
    #[cfg(feature = "window")]
    pub(super) fn is_disturbed(self) -> bool {
        matches!(self, Self::DisturbedAlone | Self::DisturbedTogether)
    }
}

/// The number of cores whose time the run could use.
fn limit(record: &Record) -> f64 {
    let counted: Option<&Counted> = record.details();
    counted.map_or(1.0, |counted| counted.core_limit)
}

/// The number of cores that the threads could keep busy together without a limit.
fn usable(record: &Record) -> f64 {
    match has_lock(record) {
        true => 1.0,
        false => record.info.params.whole("threads") as f64,
    }
}

fn has_lock(record: &Record) -> bool {
    match record.info.variant {
        "free_threads" => false,
        "global_lock" => true,
        _ => {
            let counted: Option<&Counted> = record.details();
            let python = counted.and_then(|counted| counted.python.as_ref());
            python.is_none_or(|python| python.has_gil)
        }
    }
}

/// The reason for the figures: how these threads run, or what kept them from it.
fn why(record: &Record, judgement: Judgement) -> Option<&'static str> {
    let is_free = !has_lock(record);
    let counted: Option<&Counted> = record.details();
    let change = match judgement {
        Judgement::Compared(change, _) => change,
        _ => Change::Undecided,
    };
    let hardly_more = matches!(change, Change::Same | Change::Slower);
    Some(match record.info.variant {
        _ if record.info.params.whole("threads") == 1 => "result-one-thread",
        _ if counted.is_some_and(|counted| counted.cores == 1) => "result-one-core",
        "global_lock" => "result-model",
        "cpython" if !is_free => "result-gil",
        // A quota is reported by a sentence of its own.
        _ if hardly_more && limit(record) < 2.0 => return None,
        _ if hardly_more => "result-others",
        "cpython" => "result-no-gil",
        _ => "result-free",
    })
}

/// The sentence about an interpreter beside the first.
fn other_python(point: &Point) -> Sentence {
    let has_gil = point.figure("gil") != Some(0.0);
    let mut sentence = Sentence::new(if has_gil {
        "global_lock-result-other-gil"
    } else {
        "global_lock-result-other-no-gil"
    });
    sentence.args.extend(point.0.iter().cloned());
    sentence
}

#[cfg(test)]
mod tests;
