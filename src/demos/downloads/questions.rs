//! What the class is asked about the downloads, and what is said afterwards.

use super::Downloads;
use crate::lab::demo::{Choice, Demo, KeyFigure, Question, Sentence, Variant};
use crate::lab::record::Record;
use crate::lab::value::Value;
use crate::lab::verdict::{Finding, Holds};

/// A run that took no more than this many times its longest file took about as long as that.
const ABOUT: f64 = 1.25;

/// An answer's text key, and the figure that stands for it.
type Answer = (&'static str, f64);
const SUM: Answer = ("added", 0.0);
const MEAN: Answer = ("mean", 1.0);
const LONGEST: Answer = ("longest", 2.0);
const SHORTEST: Answer = ("shortest", 3.0);
/// Of files that take the same time each, mean, longest and shortest are one answer.
const ALIKE: Answer = ("alike", LONGEST.1);

/// The same is asked of every variant: how long for all? What will be drawn is not known before the run,
/// so the answers are in words; a run makes that one right which by its own files comes nearest to its total.
pub(super) fn questions(downloads: &Downloads) -> Vec<Question> {
    // One file takes as long as it takes: there is nothing to choose from.
    if downloads.files == 1 {
        return Vec::new();
    }
    let ask = |variant: &Variant| Question {
        variant: variant.id,
        text: Sentence::new(format!("downloads-q-{}", variant.id))
            .with("files", downloads.files)
            .with("each", each(downloads.min_seconds, downloads.max_seconds)),
        choices: choices(downloads),
        find: |record| Finding::count(answer(record)),
    };
    downloads.variants().iter().map(ask).collect()
}

/// How long a file takes: `5–10`, or `5` if that is certain.
pub(super) fn each(min: f64, max: f64) -> Value {
    Value::Word(if min == max {
        min.to_string()
    } else {
        format!("{min}–{max}")
    })
}

fn choices(downloads: &Downloads) -> Vec<Choice> {
    let answers: &[Answer] = if downloads.min_seconds == downloads.max_seconds {
        &[SUM, ALIKE]
    } else {
        &[SUM, MEAN, LONGEST, SHORTEST]
    };
    let choice = |(key, figure): &Answer| Choice {
        text: Sentence::new(format!("downloads-q-{key}")).with("files", downloads.files),
        holds: Holds::Within(*figure..figure + 1.0),
    };
    answers.iter().map(choice).collect()
}

/// Which answer is nearest to the run's total. Of those that come to the same time it is the longest file:
/// that is what the run had to wait for.
fn answer(record: &Record) -> Option<f64> {
    let total = record.figure("total_seconds")?;
    let sum = record.figure("sum_of_files_seconds")?;
    let files = record.info.params.whole("files").max(1) as f64;
    let times = [
        (LONGEST, record.figure("longest_file_seconds")?),
        (SUM, sum),
        (MEAN, sum / files),
        (SHORTEST, record.figure("shortest_file_seconds")?),
    ];
    let off = |(_, time): &(Answer, f64)| (total - time).abs();
    // The first of several equals.
    let nearest = times
        .iter()
        .min_by(|one, other| off(one).total_cmp(&off(other)));
    nearest.map(|((_, figure), _)| *figure)
}

pub(super) fn key_figure(record: &Record) -> Option<KeyFigure> {
    let seconds = |name: &str| Some(Value::Seconds(record.figure(name)?));
    let files = record.info.params.whole("files");
    let words = Sentence::new("downloads-key").with("files", files);
    Some(KeyFigure {
        figure: Sentence::new("figure-seconds").with("seconds", seconds("total_seconds")?),
        words: words.with("added", seconds("sum_of_files_seconds")?),
    })
}

pub(super) fn result(record: &Record) -> Vec<Sentence> {
    let variant = record.info.variant;
    let files = record.info.params.whole("files");
    let figure = |name: &str| record.figure(name).unwrap_or(0.0);
    let [total, sum, longest] = [
        "total_seconds",
        "sum_of_files_seconds",
        "longest_file_seconds",
    ]
    .map(figure);
    let with_figures = |key: &str| {
        Sentence::new(key)
            .with("files", files)
            .with("total", Value::Seconds(total))
            .with("added", Value::Seconds(sum))
            .with("longest", Value::Seconds(longest))
            .with("more", Value::Seconds((total - longest).max(0.0)))
    };
    if files == 1 {
        return vec![with_figures("downloads-result-one")];
    }
    if variant == "one_after_another" {
        return vec![with_figures("downloads-result-sequential")];
    }
    let how = if total <= longest * ABOUT {
        "downloads-result-longest"
    } else if total < sum {
        "downloads-result-started"
    } else {
        "downloads-result-nothing-saved"
    };
    vec![
        with_figures(how),
        with_figures(&format!("downloads-result-{variant}")),
    ]
}

/// What is there although a process is gone.
pub(super) fn partial(record: &Record) -> Vec<Sentence> {
    let came = record.summary().measure("came");
    came.map(|came| Sentence::new("downloads-partial").with("came", came.clone()))
        .into_iter()
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use super::*;
    use crate::lab::demo::VariantId;
    use crate::lab::record::{HostKind, HostMeasures};
    use crate::lab::run::{Outcome, RunInfo, Summary};

    /// A made-up run whose files began and ended at these seconds.
    pub fn record(variant: VariantId, seed: u64, total: f64, files: &[(f64, f64)]) -> Record {
        let downloads = Downloads {
            files: files.len() as u64,
            ..Downloads::default()
        };
        let took = || files.iter().map(|(begin, end)| end - begin);
        let bars = files.iter().flat_map(|(begin, end)| {
            [
                ("file_begin", Value::Seconds(*begin)),
                ("file_end", Value::Seconds(*end)),
            ]
        });
        let shortest = Value::Seconds(took().fold(f64::INFINITY, f64::min));
        Record {
            info: RunInfo {
                demo: "downloads",
                variant,
                params: downloads.params(),
                seed,
            },
            outcome: Outcome::Done(Summary {
                measures: vec![
                    ("total_seconds", Value::Seconds(total)),
                    ("sum_of_files_seconds", Value::Seconds(took().sum())),
                    (
                        "longest_file_seconds",
                        Value::Seconds(took().fold(0.0, f64::max)),
                    ),
                ],
                details: [("shortest_file_seconds", shortest)]
                    .into_iter()
                    .chain(bars)
                    .collect(),
                wall: Duration::from_secs_f64(total),
                ..Summary::default()
            }),
            host: HostMeasures {
                kind: HostKind::TickLoop,
                frames: 0,
                longest_frame_gap: Duration::ZERO,
                clicks_waiting: 0,
                about: None,
            },
            tracks: 3,
            events: 0,
            events_dropped: 0,
        }
    }

    fn right(downloads: &Downloads, record: &Record) -> Option<String> {
        let mut questions = questions(downloads).into_iter();
        let question = questions.find(|question| question.variant == record.info.variant)?;
        let choice = question.verdict(record)?.right()?;
        Some(question.choices[choice].text.key.clone())
    }

    #[test]
    fn the_answer_is_what_the_run_came_to() {
        let usual = Downloads::default();
        let row = record("one_after_another", 1, 15.01, &[(0.0, 5.0), (5.0, 15.0)]);
        assert_eq!(right(&usual, &row).unwrap(), "downloads-q-added");
        let at_once = |ends: [f64; 2], total| {
            let files = ends.map(|end| (0.0, end));
            right(&usual, &record("async_tasks", 1, total, &files)).unwrap()
        };
        assert_eq!(at_once([5.0, 10.0], 10.01), "downloads-q-longest");
        // The mean is near, but the longest file is nearer.
        assert_eq!(at_once([9.0, 10.0], 10.02), "downloads-q-longest");
        // Both files drew the same: half of the sum, the longer and the shorter are all the same time.
        assert_eq!(at_once([7.0, 7.0], 7.001), "downloads-q-longest");
        let certain = Downloads {
            min_seconds: 7.0,
            max_seconds: 7.0,
            ..usual
        };
        let alike = record("process_each", 1, 7.1, &[(0.0, 7.0), (0.0, 7.0)]);
        assert_eq!(right(&certain, &alike).unwrap(), "downloads-q-alike");
    }

    #[test]
    fn of_one_file_nothing_is_asked() {
        let one = Downloads {
            files: 1,
            ..Downloads::default()
        };
        assert!(questions(&one).is_empty());
        let said = result(&record("process_each", 1, 7.1, &[(0.0, 7.0)]));
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].key, "downloads-result-one");
    }

    #[test]
    fn what_is_said_depends_on_what_was_saved() {
        let said = |total| {
            let files = [(0.0, 0.1), (0.0, 0.2), (0.0, 0.1)];
            result(&record("process_each", 1, total, &files))[0]
                .key
                .clone()
        };
        assert_eq!(said(0.21), "downloads-result-longest");
        assert_eq!(said(0.3), "downloads-result-started");
        assert_eq!(said(0.5), "downloads-result-nothing-saved");
    }
}
