//! What the class is asked about busy threads, and what is said afterwards.

use super::GlobalLock;
use crate::lab::demo::{Choice, KeyFigure, Question, Sentence};
use crate::lab::record::Record;
use crate::lab::value::{Point, Value};
use crate::lab::verdict::{Finding, Holds};

/// Below this several threads got hardly more done than one.
const HARDLY_MORE: f64 = 1.25;

/// Threads that had less than this of the core time that they could use were disturbed: they are no
/// measure then, alone or together.
const UNDISTURBED: f64 = 0.8;

/// One question for each variant: the same, about other threads.
pub(super) fn questions(demo: &GlobalLock) -> Vec<Question> {
    ["free_threads", "global_lock", "cpython"]
        .map(|variant| Question {
            variant,
            text: Sentence::new(format!("global_lock-q-{variant}"))
                .with("threads", demo.threads)
                .with("seconds", Value::Seconds(demo.seconds))
                .with("cores", demo.cores),
            choices: choices(demo.threads, demo.cores),
            find: |record| {
                Finding::measured(record.figure("speedup").filter(|_| !is_disturbed(record)))
            },
        })
        .into()
}

/// What one thread gets done alone is W. Each answer holds half-way (as factors go) to its neighbours.
fn choices(threads: u64, cores: u64) -> Vec<Choice> {
    let choice = |key: &str| Sentence::new(format!("global_lock-q-{key}"));
    let times = |by: u64| (by as f64, choice("times").with("by", by));
    let mut answers = Vec::new();
    if threads > 1 {
        answers.push(times(threads));
    }
    let between = if cores < threads { cores } else { threads / 2 };
    if between > 1 && between < threads {
        answers.push(times(between));
    }
    answers.push((1.0, choice("same")));
    let by = threads.max(2);
    answers.push((1.0 / by as f64, choice("divided").with("by", by)));
    let mut below = f64::INFINITY;
    let mut choices = Vec::new();
    for (index, (speedup, text)) in answers.iter().enumerate() {
        let above = match answers.get(index + 1) {
            Some((slower, _)) => (speedup * slower).sqrt(),
            None => 0.0,
        };
        choices.push(Choice {
            text: text.clone(),
            holds: Holds::Within(above..below),
        });
        below = above;
    }
    choices
}

pub(super) fn key_figure(record: &Record) -> Option<KeyFigure> {
    let times = Value::Ratio(record.figure("speedup")?);
    Some(KeyFigure {
        figure: Sentence::new("figure-times").with("times", times),
        words: Sentence::new("global_lock-key")
            .with("threads", record.info.params.whole("threads"))
            .with("cores", record.figure("cores")? as u64),
    })
}

pub(super) fn result(record: &Record) -> Vec<Sentence> {
    let summary = record.summary();
    let threads = record.info.params.whole("threads");
    let with_figures = |key: &str| {
        let mut sentence = Sentence::new(key)
            .with("threads", threads)
            .with("millis", record.info.params.whole("switch_millis"));
        let figures = summary.measures.iter().chain(&summary.details);
        sentence.args.extend(figures.cloned());
        sentence
    };
    let Some(speedup) = record.figure("speedup") else {
        return vec![Sentence::new("global_lock-result-no-python")];
    };
    let cores = record.figure("cores").unwrap_or(1.0);
    let mut sentences = vec![with_figures(if record.figure("cores_busy").is_some() {
        "global_lock-result"
    } else {
        "global_lock-result-uncounted"
    })];
    let has_lock = has_lock(record);
    sentences.push(with_figures(if threads == 1 {
        "global_lock-result-one-thread"
    } else if cores < 2.0 {
        "global_lock-result-one-core"
    } else {
        match record.info.variant {
            "global_lock" => "global_lock-result-model",
            "cpython" if has_lock => "global_lock-result-gil",
            _ if speedup < HARDLY_MORE => "global_lock-result-others",
            "cpython" => "global_lock-result-no-gil",
            _ => "global_lock-result-free",
        }
    }));
    if record.was_changed() {
        // Then it is no wonder that they had less than these cores, or more.
    } else if was_disturbed_alone(record) {
        sentences.push(with_figures("global_lock-result-disturbed"));
    } else if were_disturbed_together(record) {
        sentences.push(with_figures("global_lock-result-crowded"));
    }
    sentences.extend(summary.points.iter().skip(1).map(other_python));
    if summary.measure("broken").is_some() {
        sentences.push(with_figures("global_lock-result-broken"));
    }
    sentences
}

fn has_lock(record: &Record) -> bool {
    match record.info.variant {
        "free_threads" => false,
        "global_lock" => true,
        _ => record.figure("gil") != Some(0.0),
    }
}

/// Whether other programs took away cores, so that the figures decide nothing.
fn is_disturbed(record: &Record) -> bool {
    was_disturbed_alone(record) || were_disturbed_together(record)
}

fn was_disturbed_alone(record: &Record) -> bool {
    record
        .figure("alone_percent")
        .is_some_and(|percent| percent < UNDISTURBED * 100.0)
}

fn were_disturbed_together(record: &Record) -> bool {
    let threads = record.info.params.whole("threads") as f64;
    let usable = match record.figure("cores") {
        Some(cores) if !has_lock(record) => cores.min(threads),
        _ => 1.0,
    };
    record
        .figure("cores_busy")
        .is_some_and(|busy| busy < UNDISTURBED * usable)
}

/// An interpreter beside the first.
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
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::lab::demo::{Demo, VariantId};
    use crate::lab::record::{HostKind, HostMeasures};
    use crate::lab::run::{Outcome, RunInfo, Summary};

    fn right(threads: u64, cores: u64, speedup: f64) -> (usize, String) {
        let choices = choices(threads, cores);
        let right: Vec<_> = choices
            .iter()
            .filter(|choice| choice.holds.contains(speedup))
            .collect();
        assert_eq!(
            right.len(),
            1,
            "{threads} threads, {cores} cores, {speedup}"
        );
        let by = right[0].text.args.first();
        let by = by.map_or(String::new(), |(_, by)| format!(" {:?}", by.as_f64()));
        let key = right[0].text.key.trim_start_matches("global_lock-q-");
        (choices.len(), format!("{key}{by}"))
    }

    /// Of four threads on four cores: the thread alone had a core for `alone` % of its time, and together
    /// they kept `busy` cores busy.
    fn measured(variant: VariantId, alone: u64, busy: f64, gil: u64) -> Record {
        let demo = GlobalLock::default();
        let summary = Summary {
            measures: vec![
                ("speedup", Value::Ratio(busy)),
                ("cores_busy", Value::Ratio(busy)),
            ],
            details: vec![
                ("cores", 4u64.into()),
                ("alone_percent", alone.into()),
                ("gil", gil.into()),
            ],
            ..Summary::default()
        };
        Record {
            info: RunInfo {
                demo: demo.id(),
                variant,
                params: demo.params(),
                seed: 1,
            },
            outcome: Outcome::Done(summary),
            host: HostMeasures {
                kind: HostKind::TickLoop,
                frames: 0,
                longest_frame_gap: Duration::ZERO,
                clicks_waiting: 0,
                about: None,
            },
            tracks: 0,
            events: 0,
            events_dropped: 0,
        }
    }

    #[test]
    fn threads_that_did_not_get_their_cores_decide_nothing() {
        let says = |record: &Record, key: &str| {
            let key = format!("global_lock-result-{key}");
            result(record).iter().any(|sentence| sentence.key == key)
        };
        for (variant, gil, usable) in [
            ("free_threads", 0, 4.0),
            ("global_lock", 0, 1.0),
            ("cpython", 0, 4.0),
            ("cpython", 1, 1.0),
        ] {
            let quiet = measured(variant, 99, usable * 0.9, gil);
            assert!(!is_disturbed(&quiet), "{variant} {gil}");
            assert!(!says(&quiet, "disturbed") && !says(&quiet, "crowded"));
            let together = measured(variant, 99, usable * 0.7, gil);
            assert!(is_disturbed(&together), "{variant} {gil}");
            assert!(says(&together, "crowded") && !says(&together, "disturbed"));
            let alone = measured(variant, 70, usable * 0.7, gil);
            assert!(is_disturbed(&alone), "{variant} {gil}");
            assert!(says(&alone, "disturbed") && !says(&alone, "crowded"));
        }
    }

    #[test]
    fn each_speedup_makes_one_answer_right() {
        let with = |key: &str, by: f64| format!("{key} Some({by:?})");
        // The lesson's four threads, on two cores and on many.
        assert_eq!(right(4, 2, 3.7), (4, with("times", 4.0)));
        assert_eq!(right(4, 2, 1.9), (4, with("times", 2.0)));
        assert_eq!(right(4, 2, 0.9), (4, "same".to_owned()));
        assert_eq!(right(4, 2, 0.3), (4, with("divided", 4.0)));
        assert_eq!(right(4, 8, 3.7), (4, with("times", 4.0)));
        // No more than three where there is nothing between.
        assert_eq!(right(2, 2, 1.9), (3, with("times", 2.0)));
        assert_eq!(right(3, 8, 2.9), (3, with("times", 3.0)));
        assert_eq!(right(4, 1, 1.0), (3, "same".to_owned()));
        assert_eq!(right(1, 4, 1.0), (2, "same".to_owned()));
        assert_eq!(right(64, 4, 3.9), (4, with("times", 4.0)));
    }
}
