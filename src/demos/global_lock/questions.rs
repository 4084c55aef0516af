//! What the class is asked about busy threads, and what is said afterwards.

use super::GlobalLock;
use crate::lab::demo::{Choice, Question, Sentence};
use crate::lab::record::Record;
use crate::lab::value::{Point, Value};

/// Below this several threads got hardly more done than one.
const HARDLY_MORE: f64 = 1.25;

/// A thread alone that had a core for less of its time than this was disturbed: it is no measure for
/// others then.
const UNDISTURBED_PERCENT: f64 = 80.0;

/// One question for each variant: the same, about other threads.
pub(super) fn questions(demo: &GlobalLock, cores: u64) -> Vec<Question> {
    ["free_threads", "global_lock", "cpython"]
        .map(|variant| Question {
            variant,
            text: Sentence::new(format!("global_lock-q-{variant}"))
                .with("threads", demo.threads)
                .with("seconds", Value::Seconds(demo.seconds))
                .with("cores", cores),
            choices: choices(demo.threads, cores),
            figure: |record| record.figure("speedup").filter(|_| !is_disturbed(record)),
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
            range: above..below,
        });
        below = above;
    }
    choices
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
    let has_lock = match record.info.variant {
        "free_threads" => false,
        "global_lock" => true,
        _ => record.figure("gil") != Some(0.0),
    };
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
    if is_disturbed(record) {
        sentences.push(with_figures("global_lock-result-disturbed"));
    }
    sentences.extend(summary.points.iter().skip(1).map(other_python));
    if summary.measure("broken").is_some() {
        sentences.push(with_figures("global_lock-result-broken"));
    }
    sentences
}

/// Whether other programs took the core away from the thread alone.
fn is_disturbed(record: &Record) -> bool {
    record
        .figure("alone_percent")
        .is_some_and(|percent| percent < UNDISTURBED_PERCENT)
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
    use super::*;

    fn right(threads: u64, cores: u64, speedup: f64) -> (usize, String) {
        let choices = choices(threads, cores);
        let right: Vec<_> = choices
            .iter()
            .filter(|choice| choice.range.contains(&speedup))
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
