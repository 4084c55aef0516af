//! What the class is asked about switching, and what is said afterwards.

use std::ops::Range;

use super::{SwitchingCost, slices_of};
use crate::lab::demo::{Choice, KeyFigure, Question, Sentence, VariantId, Vote};
use crate::lab::record::Record;
use crate::lab::value::Value;
use crate::lab::verdict::{Finding, Holds};

/// The class is asked about the value of the sweep that is nearest to this.
const TASKS_ASKED: u64 = 1000;
/// The same for the slices, in microseconds.
const MICROS_ASKED: u64 = 3;

/// Work that takes less than this many times as long takes as long as before.
const SAME: f64 = 1.3;

/// A task alone that had the core for less of its time than this was disturbed: it is no measure for what
/// many tasks or short slices take.
const UNDISTURBED_PERCENT: f64 = 80.0;

/// The value of a sweep that is nearest to `wanted`, as factors go.
fn nearest(values: &[u64], wanted: u64) -> Option<u64> {
    let distance = |value: &u64| (*value as f64 / wanted as f64).ln().abs();
    values
        .iter()
        .copied()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

pub(super) fn questions(demo: &SwitchingCost) -> Vec<Question> {
    let mut questions = Vec::new();
    // One task shares with nobody: there is nothing to guess.
    if let Some(tasks) = nearest(&demo.tasks, TASKS_ASKED).filter(|tasks| *tasks > 1) {
        questions.push(Question {
            variant: "threads",
            text: Sentence::new("switching_cost-q-share")
                .with("seconds", short(demo.work().as_secs_f64()))
                .with("tasks", tasks),
            choices: choices(demo),
            find: |record| Finding::measured(stretched(record, "tasks", TASKS_ASKED)),
        });
    }
    if let Some(micros) = nearest(demo.slices(), MICROS_ASKED) {
        let about = |variant: VariantId| Question {
            variant,
            text: Sentence::new(format!("switching_cost-q-turns-{variant}"))
                .with("seconds", short(demo.work().as_secs_f64()))
                .with("micros", micros),
            choices: choices(demo),
            find: |record| Finding::measured(stretched(record, "slice_micros", MICROS_ASKED)),
        };
        questions.extend(["threads", "processes", "async_tasks"].map(about));
    }
    questions
}

/// First many tasks and only long slices, then short ones too: a run of both would answer the second
/// question before it is asked.
pub(super) fn votes() -> Vec<Vote> {
    let ask = |slices: &str, key: &str| Vote {
        variant: "threads",
        set: vec![("slice_micros", slices.to_owned())],
        question: Some(format!("switching_cost-q-{key}")),
    };
    vec![ask("1000", "share"), ask("3,100,1000", "turns-threads")]
}

/// Each answer stands for a factor by which the work takes longer, and holds half-way (as factors go) to
/// its neighbours.
fn choices(demo: &SwitchingCost) -> Vec<Choice> {
    let work = demo.work().as_secs_f64();
    let about = |factor: f64, range: Range<f64>| Choice {
        text: Sentence::new("switching_cost-q-about").with("seconds", short(work * factor)),
        holds: Holds::Within(range),
    };
    let same = Sentence::new("switching_cost-q-between")
        .with("from", short(work))
        .with("to", short(work * 1.2));
    vec![
        Choice {
            text: same,
            holds: Holds::Within(0.0..SAME),
        },
        about(1.5, SAME..1.73),
        about(2.0, 1.73..4.5),
        about(10.0, 4.5..f64::INFINITY),
    ]
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

/// How many times as long as one task alone it took at the point of the run that was asked about; `None` if
/// other programs had so much of the core that this tells nothing.
fn stretched(record: &Record, swept: &str, asked: u64) -> Option<f64> {
    if is_disturbed(record) {
        return None;
    }
    let params = &record.info.params;
    let values = match swept {
        "slice_micros" => slices_of(params),
        _ => params.sweep(swept),
    };
    let value = nearest(values, asked)? as f64;
    let alone = record.figure("alone_seconds")?;
    let points = &record.summary().points;
    let point = points
        .iter()
        .find(|point| point.figure(swept) == Some(value))?;
    Some(point.figure("wall_seconds")? / alone.max(1e-9))
}

/// Whether other programs took the core away from the task alone.
fn is_disturbed(record: &Record) -> bool {
    record
        .figure("alone_percent")
        .is_some_and(|percent| percent < UNDISTURBED_PERCENT)
}

pub(super) fn key_figure(record: &Record) -> Option<KeyFigure> {
    let share = record.figure("share_switching")?;
    let by_tasks = record.summary().measure("costliest") == Some(&Value::Word("tasks".to_owned()));
    Some(KeyFigure {
        figure: Sentence::new("switching_cost-stage-figure").with("percent", percent(share)),
        words: Sentence::new(if by_tasks {
            "switching_cost-key-tasks"
        } else {
            "switching_cost-key-slices"
        }),
    })
}

pub(super) fn result(record: &Record) -> Vec<Sentence> {
    let summary = record.summary();
    let figure = |name: &str| record.figure(name);
    let variant = record.info.variant;
    let share = figure("share_switching");
    let with_figures = |key: &str| {
        let mut sentence = Sentence::new(format!("switching_cost-result-{key}"));
        let figures = summary.details.iter().chain(&summary.measures);
        sentence.args.extend(figures.cloned());
        sentence.with("percent", percent(share.unwrap_or(0.0)))
    };
    let most = figure("most_tasks").unwrap_or(1.0);
    let mut sentences = vec![with_figures(if most > 1.0 { variant } else { "one" })];
    sentences.push(if share.is_none() {
        with_figures("untold")
    } else if figure("nanos_per_switch").is_none() {
        with_figures("cheap")
    } else if summary.measure("costliest") == Some(&Value::Word("tasks".to_owned())) {
        with_figures("cost-tasks")
    } else {
        with_figures("cost-slice_micros")
    });
    if is_disturbed(record) {
        sentences.push(with_figures("disturbed"));
    }
    if is_lesson(record) {
        sentences.push(with_figures("lesson"));
    }
    let counted = [figure("switches_voluntary"), figure("switches_involuntary")];
    if let ("async_tasks", [Some(voluntary), Some(involuntary)]) = (variant, counted) {
        let counted = (voluntary + involuntary) as u64;
        sentences.push(with_figures("own").with("counted", counted));
    }
    if figure("left_out_from").is_some() {
        sentences.push(with_figures("left-out"));
    }
    if figure("too_long_from").is_some() {
        sentences.push(with_figures("too-long"));
    }
    if figure("on_one_core") == Some(0.0) {
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

/// Whether the run shows that many tasks cost little and short slices much.
fn is_lesson(record: &Record) -> bool {
    let many = nearest(record.info.params.sweep("tasks"), TASKS_ASKED);
    let of_many = stretched(record, "tasks", TASKS_ASKED).filter(|_| many >= Some(100));
    let of_short = stretched(record, "slice_micros", MICROS_ASKED);
    matches!((of_many, of_short), (Some(many), Some(short)) if many < SAME && short > 1.5)
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
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_in_the_sweep() {
        assert_eq!(nearest(&[1, 16, 256, 1024, 4096], 1000), Some(1024));
        assert_eq!(nearest(&[1, 10_000], 3), Some(1));
        assert_eq!(nearest(&[], 3), None);
        let demo = SwitchingCost {
            tasks: vec![1],
            ..SwitchingCost::default()
        };
        let variants: Vec<_> = questions(&demo).iter().map(|it| it.variant).collect();
        assert_eq!(variants, ["threads", "processes", "async_tasks"]);
        // What is left out is not asked about.
        let demo = SwitchingCost {
            slice_micros: vec![10_000],
            work_millis: 10,
            ..demo
        };
        assert_eq!(questions(&demo).len(), 0);
    }

    #[test]
    fn answers_differ_however_little_is_computed() {
        for work_millis in [10, 99, 100, 833, 1000, 10_000] {
            let demo = SwitchingCost {
                work_millis,
                ..SwitchingCost::default()
            };
            let mut answers = Vec::new();
            for choice in choices(&demo) {
                assert!(
                    !answers.contains(&choice.text),
                    "{work_millis}: {answers:?}"
                );
                answers.push(choice.text);
            }
        }
    }

    #[test]
    fn per_cent_have_a_decimal_where_they_are_few() {
        let word = |text: &str| Value::Word(text.to_owned());
        assert_eq!(percent(0.0), word("0"));
        assert_eq!(percent(0.0312), word("3.1"));
        assert_eq!(percent(0.816), word("82"));
    }

    #[test]
    fn every_factor_makes_one_answer_right() {
        let choices = choices(&SwitchingCost::default());
        for (factor, right) in [(0.9, 0), (1.1, 0), (1.5, 1), (2.2, 2), (6.0, 3)] {
            let holds: Vec<_> = (0..4)
                .filter(|index| choices[*index].holds.contains(factor))
                .collect();
            assert_eq!(holds, [right], "{factor}");
        }
    }
}
