//! What the class is asked about computing and waiting, and what is said afterwards.

use super::CpuOrIo;
use crate::lab::demo::{Choice, KeyFigure, Question, Sentence, VariantId};
use crate::lab::record::Record;
use crate::lab::value::{Point, Value};
use crate::lab::verdict::{Finding, Holds};

/// Answers that are less far apart could not be told apart by a run.
const APART: f64 = 1.4;
/// A run that is less faster than this is not faster.
const FASTER: f64 = 1.2;
/// From this share of the cores on, computing used them.
const ALL_CORES: f64 = 0.7;

/// One run is of one kind of task, so each kind is asked for by itself.
pub(super) fn questions(demo: &CpuOrIo) -> Vec<Question> {
    ["cpu_bound", "io_bound"]
        .map(|variant| question(demo, variant))
        .into()
}

fn question(demo: &CpuOrIo, variant: VariantId) -> Question {
    let cores = demo.cores;
    let workers = demo.most_workers();
    // The last threads find no task left if the tasks do not come out even.
    let turns = demo.tasks.div_ceil(workers);
    let even = demo.tasks as f64 / turns as f64;
    let mut answers = vec![workers as f64, even, (cores as f64).min(even), 1.0];
    answers.dedup_by(|later, earlier| *earlier < *later * APART);
    if let Some(last) = answers.last_mut() {
        *last = 1.0;
    }
    // Each holds half-way (as factors go) to its neighbours.
    let mut below = f64::INFINITY;
    let mut choices = Vec::new();
    for (index, &answer) in answers.iter().enumerate() {
        let above = match answers.get(index + 1) {
            Some(slower) => (answer * slower).sqrt(),
            None if answers.len() < 4 => 1.0 / APART,
            None => 0.0,
        };
        let text = if answer == 1.0 {
            Sentence::new("cpu_or_io-q-same")
        } else {
            Sentence::new("cpu_or_io-q-times").with("times", Value::Ratio(answer))
        };
        choices.push(Choice {
            text,
            holds: Holds::Within(above..std::mem::replace(&mut below, above)),
        });
    }
    if below > 0.0 {
        choices.push(Choice {
            text: Sentence::new("cpu_or_io-q-slower"),
            holds: Holds::Within(0.0..below),
        });
    }
    Question {
        variant,
        text: Sentence::new(format!("cpu_or_io-q-{variant}"))
            .with("workers", workers)
            .with("cores", cores),
        choices,
        find: |record| {
            Finding::measured(last_point(record).and_then(|point| point.figure("speedup")))
        },
    }
}

/// What was measured with the most threads; the sweep goes from few to many.
fn last_point(record: &Record) -> Option<&Point> {
    record.summary().points.last()
}

pub(super) fn key_figure(record: &Record) -> Option<KeyFigure> {
    let point = last_point(record)?;
    let count = |figure: Option<f64>| figure.map(|count| count as u64);
    Some(KeyFigure {
        figure: Sentence::new("figure-times").with("times", Value::Ratio(point.figure("speedup")?)),
        words: Sentence::new("cpu_or_io-key")
            .with("workers", count(point.figure("workers"))?)
            .with("cores", count(record.figure("logical_cores"))?),
    })
}

pub(super) fn result(record: &Record, earlier: &[&Record]) -> Vec<Sentence> {
    let variant = record.info.variant;
    let Some(speedup) = last_point(record).and_then(|point| point.figure("speedup")) else {
        return vec![Sentence::new("cpu_or_io-result-nothing")];
    };
    let other = earlier
        .iter()
        .rev()
        .filter(|record| record.is_done() && record.info.variant != variant)
        .find_map(|record| last_point(record)?.figure("speedup"));
    let workers = record.info.params.sweep("workers").iter().copied().max();
    let workers = workers.unwrap_or(1);
    let cores = record.figure("logical_cores").unwrap_or(1.0);
    let with_figures = |key: String| {
        let ratio = |speedup| Value::Ratio(speedup);
        let (cpu, io) = match variant {
            "cpu_bound" => (speedup, other.unwrap_or(0.0)),
            _ => (other.unwrap_or(0.0), speedup),
        };
        Sentence::new(key)
            .with("workers", workers)
            .with("cores", cores as u64)
            .with("cpu", ratio(cpu))
            .with("io", ratio(io))
    };
    if workers == 1 {
        return vec![with_figures("cpu_or_io-result-alone".to_owned())];
    }
    let what = match other {
        Some(_) => "both",
        None => variant,
    };
    let mut sentences = vec![with_figures(format!("cpu_or_io-result-{what}"))];
    let why = match variant {
        "io_bound" if speedup >= FASTER => Some("wait"),
        "io_bound" => None,
        _ if cores == 1.0 => Some("one-core"),
        // A single task keeps one thread busy, however many there are.
        _ if speedup < FASTER && record.info.params.whole("tasks") == 1 => None,
        _ if speedup < FASTER => Some("busy"),
        _ if speedup >= ALL_CORES * cores && workers as f64 > cores => Some("cores"),
        _ => None,
    };
    sentences.extend(why.map(|why| with_figures(format!("cpu_or_io-result-{why}"))));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(workers: u64, tasks: u64, cores: u64) -> Vec<String> {
        let demo = CpuOrIo {
            workers: vec![1, workers],
            tasks,
            cores,
            ..CpuOrIo::default()
        };
        let choices = questions(&demo).remove(0).choices;
        let said = choices.iter().map(|choice| {
            let times = choice.text.args.first();
            let times = times.map(|(_, times)| crate::text::Language::English.figure(times));
            times.unwrap_or_else(|| choice.text.key["cpu_or_io-q-".len()..].to_owned())
        });
        said.collect()
    }

    fn right(speedup: f64) -> String {
        let demo = CpuOrIo {
            cores: 4,
            ..CpuOrIo::default()
        };
        let question = questions(&demo).remove(1);
        let mut choices = question.choices.iter();
        let choice = choices.find(|choice| choice.holds.contains(speedup));
        choice.map_or(String::new(), |choice| {
            choice
                .text
                .args
                .first()
                .map_or(choice.text.key.clone(), |(_, times)| {
                    crate::text::Language::English.figure(times)
                })
        })
    }

    #[test]
    fn answers_follow_cores_threads_and_tasks() {
        assert_eq!(answers(32, 64, 4), ["32", "4", "same", "slower"]);
        assert_eq!(answers(32, 64, 1), ["32", "same", "slower"]);
        assert_eq!(answers(4, 64, 8), ["4", "same", "slower"]);
        assert_eq!(answers(1, 1, 2), ["same", "slower"]);
        // Eight tasks keep no more than eight threads busy.
        assert_eq!(answers(32, 8, 2), ["32", "8", "2", "same"]);
        // 40 tasks in two turns of 32 threads.
        assert_eq!(answers(32, 40, 2), ["32", "20", "2", "same"]);
    }

    #[test]
    fn a_speedup_makes_one_answer_right() {
        assert_eq!(right(29.0), "32");
        assert_eq!(right(3.7), "4");
        assert_eq!(right(1.1), "cpu_or_io-q-same");
        assert_eq!(right(0.5), "cpu_or_io-q-slower");
    }
}
