//! What the class is asked about the downloads, and what is said afterwards.

use super::Downloads;
use crate::lab::demo::{Choice, Demo, Question, Sentence, Variant};
use crate::lab::record::Record;
use crate::lab::value::Value;

/// A run that took no more than this many times its longest file took about as long as that.
const ABOUT: f64 = 1.25;

/// An answer's text key, and the figure that stands for it.
type Answer = (&'static str, f64);
const SUM: Answer = ("sum", 0.0);
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
        figure: answer,
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
        range: *figure..figure + 1.0,
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
            .with("sum", Value::Seconds(sum))
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
