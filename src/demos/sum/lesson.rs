//! The lesson about the sum: its questions, and the sentences about a run.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::parts::LostParts;
use super::{COMPUTE, Sum};
use crate::lab::demo::param::ParamValue;
use crate::lab::demo::value::{Details, Value};
use crate::lab::demo::verdict::{self, CHANGED, Change, Finding, ZONE};
use crate::lab::demo::{Choice, KeyFigure, Lesson, Question, Sentence, Vote};
use crate::lab::machine::cores;
use crate::lab::run::error::RunError;
use crate::lab::run::{Outcome, RunInfo};
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::Record;

/// The least time of adding from which it can be told how much of the cores the adders had.
const TOO_SHORT: Duration = Duration::from_millis(2);

/// The adders' share of the core time that they could use.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CoreUse {
    percent: u64,
}

impl Details for CoreUse {
    const NAME: &'static str = "core_use";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        vec![("core_percent", self.percent.into())]
    }
}

/// The core use of a run, read off its log.
pub(super) fn core_use(info: &RunInfo, log: &RunLog) -> Option<CoreUse> {
    let adders = match info.variant {
        "alone" => 1,
        _ => info.params.whole("workers"),
    };
    let (core_time, lengths) = log.core_time(COMPUTE);
    if lengths < TOO_SHORT * adders as u32 {
        return None;
    }
    let limit = match info.params.value("cores") {
        Some(ParamValue::Whole(cores)) => cores::limit_of(*cores),
        // A system that can't limit a run's cores has no such parameter.
        _ => cores::limit_of(cores::all()),
    };
    // Each adder could use its share of the cores, but not more than one core.
    let allowed = lengths.as_secs_f64() * (limit / adders as f64).min(1.0);
    let percent = (100.0 * core_time.as_secs_f64() / allowed).round() as u64;
    Some(CoreUse {
        percent: percent.min(100),
    })
}

/// Whether other programs took the cores away from the adders.
pub(super) fn is_disturbed(record: &Record) -> bool {
    let core_use: Option<&CoreUse> = record.details();
    core_use.is_some_and(|core_use| verdict::is_disturbed(core_use.percent as f64, 100.0))
}

/// The judgement of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Judgement {
    /// The run is the one alone, with which others are compared.
    Alone,
    /// There was no run alone that did the same work.
    Uncompared,
    /// Other programs had too much of the cores.
    Disturbed,
    /// The run was so many times as fast as the one alone.
    Compared(Change, f64),
}

/// Judges a run; every sentence and figure about it comes from this judgement.
fn judge(record: &Record) -> Judgement {
    match record.figure("speedup") {
        _ if record.info.variant == "alone" => Judgement::Alone,
        Some(_) if is_disturbed(record) => Judgement::Disturbed,
        None => Judgement::Uncompared,
        Some(speedup) => Judgement::Compared(Change::of(speedup), speedup),
    }
}

impl Lesson for Sum {
    fn questions(&self) -> Vec<Question> {
        let choice = |key: &str| Sentence::new(format!("sum-q-{key}"));
        let limit = cores::limit_of(self.cores);
        let workers = self.workers as f64;
        // The levels are as fast as there are cores, and as there are workers. If a run could not tell the two apart,
        // the answer of the higher one includes the lower one; a level of hardly more than 1 would be the answer "the
        // same".
        let mut levels = vec![limit.min(workers), workers];
        if levels[1] < levels[0] * ZONE.powi(4) {
            levels.remove(0);
        }
        levels.retain(|level| *level >= CHANGED * ZONE);
        let mut choices = vec![
            Choice::new(choice("longer"), Change::Slower.holds()),
            Choice::new(choice("same"), Change::Same.holds()),
        ];
        choices.extend(Choice::by_factor(&levels, |level| {
            choice("divided").with("by", cores::said(level))
        }));
        vec![Question {
            variant: "processes",
            text: Sentence::new(format!("sum-q-{}", self.hand_over))
                .with("workers", self.workers)
                .with("cores", cores::said(limit)),
            choices,
            // The run is compared with the latest one alone; nothing is decided before there is one.
            find: |record| match judge(record) {
                Judgement::Compared(_, speedup) => Finding::Measured(speedup),
                Judgement::Disturbed => Finding::undecided("app-undecided-disturbed"),
                Judgement::Alone | Judgement::Uncompared => {
                    Finding::undecided("sum-undecided-alone")
                }
            },
        }]
    }

    /// The votes: first a run alone, because the others are compared with it, then the question about processes that
    /// are told where to start and stop. Then both again with all numbers in memory, for processes that are sent every
    /// number.
    fn votes(&self) -> Vec<Vote> {
        let ways = [("range", "generated"), ("pipe", "list")];
        let vote = |(hand_over, numbers_from): (&str, &str)| {
            let mut alone = Vote::unasked("alone");
            alone.set = vec![
                ("hand_over", hand_over.to_owned()),
                ("numbers_from", numbers_from.to_owned()),
            ];
            if hand_over == "pipe" && self.numbers > SENT {
                alone.set.push(("numbers", SENT.to_string()));
            }
            let asked = Vote {
                variant: "processes",
                set: alone.set.clone(),
                question: Some(format!("sum-q-{hand_over}")),
            };
            [alone, asked]
        };
        ways.into_iter().flat_map(vote).collect()
    }

    fn result(&self, record: &Record, _earlier: &[&Record]) -> Vec<Sentence> {
        let summary = record.summary();
        let variant = record.info.variant;
        let params = &record.info.params;
        let lists = super::lists(params.choice("numbers_from"), params.choice("hand_over"));
        let phase = |name: &str| {
            summary
                .phases
                .iter()
                .find(|(step, _)| step.name() == name)
                .map_or(0.0, |(_, length)| length.as_secs_f64())
        };
        let with_figures = |key: String| {
            let mut sentence = Sentence::new(key)
                .with("seconds", summary.wall)
                .with("workers", record.info.params.whole("workers"))
                .with("numbers", record.info.params.whole("numbers"))
                .with("prepare", Value::Seconds(phase("prepare")))
                .with(
                    "handing",
                    Value::Seconds(phase("spawn") + phase("hand_over")),
                );
            sentence.args.extend(summary.measures.iter().cloned());
            sentence
        };
        let mut sentences = vec![with_figures(format!("sum-result-{variant}"))];
        if phase("prepare") > 0.0 && lists {
            sentences.push(with_figures("sum-result-prepare".to_owned()));
        }
        if let Some(CoreUse { percent }) = record.details()
            && is_disturbed(record)
        {
            sentences.push(Sentence::new("sum-result-disturbed").with("percent", *percent));
        }
        let (compared, speedup) = match judge(record) {
            Judgement::Compared(change, speedup) => (change, speedup),
            Judgement::Disturbed | Judgement::Alone | Judgement::Uncompared => return sentences,
        };
        let compared = with_figures(match compared {
            Change::Faster => "sum-result-faster".to_owned(),
            Change::Same => "sum-result-same".to_owned(),
            Change::Undecided => "sum-result-undecided".to_owned(),
            // A single worker shares nothing.
            Change::Slower if params.whole("workers").min(params.whole("numbers")) == 1 => {
                "sum-result-slower-one".to_owned()
            }
            Change::Slower => format!("sum-result-slower-{variant}"),
        });
        sentences.push(compared.with("times", Value::Ratio(1.0 / speedup)));
        sentences
    }

    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        let words = match judge(record) {
            Judgement::Compared(Change::Same, _) => Sentence::new("sum-key-same"),
            Judgement::Compared(Change::Faster, speedup) => {
                Sentence::new("sum-key-faster").with("speedup", Value::Ratio(speedup))
            }
            Judgement::Compared(Change::Slower, speedup) => {
                Sentence::new("sum-key-slower").with("times", Value::Ratio(1.0 / speedup))
            }
            Judgement::Compared(Change::Undecided, _)
            | Judgement::Disturbed
            | Judgement::Alone
            | Judgement::Uncompared => Sentence::new("sum-key"),
        };
        Some(KeyFigure {
            figure: Sentence::new("figure-seconds").with("seconds", record.wall()),
            words,
        })
    }

    /// The parts that have come although a process is gone; never the total.
    fn partial(&self, record: &Record) -> Vec<Sentence> {
        let summary = record.summary();
        let params = &record.info.params;
        let with_figures = |key: &str| {
            let mut sentence = Sentence::new(key).with("workers", params.whole("workers"));
            sentence.args.extend(summary.figures());
            sentence
        };
        if summary.measure("parts_missing").is_none() {
            return Vec::new();
        }
        // A process that was killed did not come to its abort.
        let aborted = params.toggle("one_aborts")
            && matches!(
                record.outcome,
                Outcome::Failed(RunError::WorkerDied { .. }, _)
            );
        if record.info.variant == "threads" {
            return vec![with_figures(if aborted {
                "sum-partial-threads-aborted"
            } else {
                "sum-partial-threads"
            })];
        }
        let lost: Option<&LostParts> = record.details();
        let missing = match lost {
            Some(LostParts { others: 0, .. }) => "sum-partial-missing",
            _ => "sum-partial-several-missing",
        };
        let there = match lost {
            Some(LostParts { there: 0, .. }) => "sum-partial-nothing",
            _ => "sum-partial-there",
        };
        let aborted = aborted.then_some("sum-partial-aborted");
        let keys = aborted.into_iter().chain([missing, there]);
        keys.map(with_figures).collect()
    }

    fn is_disturbed(&self, record: &Record) -> bool {
        is_disturbed(record)
    }
}

/// The most numbers that a class sends through pipes: 800 MB fit into the memory of most machines.
const SENT: u64 = 100_000_000;

#[cfg(test)]
#[path = "lesson_tests.rs"]
mod tests;
