//! What the class is asked about the sum, and what is said afterwards.

use super::Sum;
use crate::lab::demo::{Choice, KeyFigure, Question, Sentence, Vote};
use crate::lab::error::RunError;
use crate::lab::param::ParamValue;
use crate::lab::record::Record;
use crate::lab::run::Outcome;
use crate::lab::value::Value;
use crate::lab::verdict::{Finding, Holds};

/// A run this much faster or slower than alone is as fast as alone.
const ABOUT_THE_SAME: f64 = 0.8;

pub(super) fn questions(sum: &Sum) -> Vec<Question> {
    let (workers, cores) = (sum.workers as f64, sum.cores as f64);
    let choice = |key: &str| Sentence::new(format!("sum-q-{key}"));
    // Each answer stands for a speed-up, and holds half-way (as factors go) to its neighbours.
    let mut answers = vec![(workers, choice("divided").with("by", sum.workers))];
    if cores < workers {
        answers.push((cores, choice("divided").with("by", cores as u64)));
    }
    answers.retain(|(speedup, _)| *speedup > 1.0);
    answers.push((1.0, choice("same")));
    let mut below = f64::INFINITY;
    let mut choices = Vec::new();
    for (index, (speedup, text)) in answers.iter().enumerate() {
        let above = match answers.get(index + 1) {
            Some((slower, _)) => (speedup * slower).sqrt(),
            None => ABOUT_THE_SAME,
        };
        choices.push(Choice {
            text: text.clone(),
            holds: Holds::Within(above..below),
        });
        below = above;
    }
    choices.push(Choice {
        text: choice("longer"),
        holds: Holds::Within(0.0..below),
    });
    vec![Question {
        variant: "processes",
        text: Sentence::new(format!("sum-q-{}", sum.hand_over))
            .with("workers", sum.workers)
            .with("cores", cores as u64),
        choices,
        // Against the latest run alone; before there is one, nothing is decided.
        find: |record| match record.figure("speedup") {
            Some(speedup) => Finding::Measured(speedup),
            None => Finding::undecided("sum-undecided-alone"),
        },
    }]
}

pub(super) fn key_figure(record: &Record) -> Option<KeyFigure> {
    let speedup = record
        .figure("speedup")
        .filter(|_| record.info.variant != "alone");
    let words = match speedup {
        Some(speedup) => Sentence::new("sum-key-compared").with("speedup", Value::Ratio(speedup)),
        None => Sentence::new("sum-key"),
    };
    Some(KeyFigure {
        figure: Sentence::new("figure-seconds").with("seconds", record.wall()),
        words,
    })
}

/// The most numbers that are sent through pipes in class: 800 MB fit into the memory of most machines.
const SENT: u64 = 100_000_000;

/// Alone first, for the others are compared with it; then what is asked of processes that are told where to
/// start and stop, and of processes that are sent every number.
pub(super) fn votes(sum: &Sum) -> Vec<Vote> {
    let ask = |hand_over: &str| Vote {
        variant: "processes",
        set: vec![("hand_over", hand_over.to_owned())],
        question: Some(format!("sum-q-{hand_over}")),
    };
    let mut pipe = ask("pipe");
    if sum.numbers > SENT {
        pipe.set.push(("numbers", SENT.to_string()));
    }
    vec![Vote::unasked("alone"), ask("range"), pipe]
}

pub(super) fn result(record: &Record) -> Vec<Sentence> {
    let summary = record.summary();
    let variant = record.info.variant;
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
    let lists = record.info.params.value("numbers_from") == Some(&ParamValue::Choice("list"));
    if lists && phase("prepare") > summary.wall.as_secs_f64() / 4.0 {
        sentences.push(with_figures("sum-result-prepare".to_owned()));
    }
    if variant != "alone"
        && let Some(speedup) = record.figure("speedup")
    {
        sentences.push(with_figures(match speedup {
            faster if faster > 1.0 / ABOUT_THE_SAME => "sum-result-faster".to_owned(),
            slower if slower < ABOUT_THE_SAME => format!("sum-result-slower-{variant}"),
            _ => "sum-result-same".to_owned(),
        }));
    }
    sentences
}

/// What is there although a process is gone: never the total.
pub(super) fn partial(record: &Record) -> Vec<Sentence> {
    let summary = record.summary();
    let params = &record.info.params;
    let with_figures = |key: &str| {
        let mut sentence = Sentence::new(key).with("workers", params.whole("workers"));
        let figures = summary.measures.iter().chain(&summary.details);
        sentence.args.extend(figures.cloned());
        sentence
    };
    if summary.measure("parts_missing").is_none() {
        return Vec::new();
    }
    // One that was killed did not come to that.
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
    let missing = match record.figure("also_missing") {
        Some(0.0) => "sum-partial-missing",
        _ => "sum-partial-several-missing",
    };
    let there = match record.figure("parts_there") {
        Some(0.0) => "sum-partial-nothing",
        _ => "sum-partial-there",
    };
    let aborted = aborted.then_some("sum-partial-aborted");
    let keys = aborted.into_iter().chain([missing, there]);
    keys.map(with_figures).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(workers: u64, cores: u64, speedup: f64) -> (usize, String) {
        let sum = Sum {
            workers,
            cores,
            ..Sum::default()
        };
        let question = questions(&sum).remove(0);
        let right: Vec<_> = question
            .choices
            .iter()
            .filter(|choice| choice.holds.contains(speedup))
            .collect();
        assert_eq!(
            right.len(),
            1,
            "{workers} workers, {cores} cores, {speedup}"
        );
        let by = right[0].text.args.first();
        let by = by.map_or(String::new(), |(_, by)| format!(" {:?}", by.as_f64()));
        (question.choices.len(), format!("{}{by}", right[0].text.key))
    }

    #[test]
    fn each_speedup_makes_one_answer_right() {
        let divided = |by: f64| format!("sum-q-divided Some({by:?})");
        assert_eq!(right(8, 2, 7.5), (4, divided(8.0)));
        assert_eq!(right(8, 2, 1.9), (4, divided(2.0)));
        assert_eq!(right(8, 2, 1.1), (4, "sum-q-same".to_owned()));
        assert_eq!(right(8, 2, 0.1), (4, "sum-q-longer".to_owned()));
        // As many cores as workers, or only one core: one answer less.
        assert_eq!(right(8, 8, 6.0), (3, divided(8.0)));
        assert_eq!(right(8, 16, 6.0), (3, divided(8.0)));
        assert_eq!(right(8, 1, 1.0), (3, "sum-q-same".to_owned()));
        assert_eq!(right(1, 4, 1.0), (2, "sum-q-same".to_owned()));
    }
}
