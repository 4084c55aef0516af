//! The lesson about the downloads: its questions, and the sentences about a run.

use super::Downloads;
use super::file::Files;
use crate::lab::demo::value::Value;
use crate::lab::demo::verdict::{Change, Finding, Holds, Verdict, ZONE, about};
use crate::lab::demo::{Choice, Demo, KeyFigure, Lesson, Question, Sentence, Variant, Vote};
use crate::lab::trace::record::Record;

/// An answer's text key, and the number that stands for it; no run can make an answer without a number right.
type Answer = (&'static str, Option<u64>);
const SUM: Answer = ("added", Some(0));
const LONGEST: Answer = ("longest", Some(1));
/// A run can't end before its longest file is there: mean and shortest are never right.
const MEAN: Answer = ("mean", None);
const SHORTEST: Answer = ("shortest", None);
/// If all files take the same time, mean, longest and shortest are one answer.
const ALIKE: Answer = ("alike", LONGEST.1);

/// The outcome of a run.
#[derive(Clone, Debug, PartialEq)]
enum Judgement {
    /// The run took the longest file's time.
    Longest {
        /// Starting took a time, too, that can be told from the longest file's.
        late: bool,
    },
    /// The run took the time of all files added up.
    Sum,
    /// The time fits neither for certain, for this reason.
    Undecided(Sentence),
}

/// Judges a run; answers, figures and sentences come from this one judgement.
fn judge(record: &Record) -> Judgement {
    let [total, sum, longest] = [
        "total_seconds",
        "sum_of_files_seconds",
        "longest_file_seconds",
    ]
    .map(|name| record.figure(name).filter(|seconds| *seconds > 0.0));
    let (Some(total), Some(sum), Some(longest)) = (total, sum, longest) else {
        return Judgement::Undecided(Sentence::new("app-undecided"));
    };
    if sum < longest * ZONE * ZONE {
        return Judgement::Undecided(Sentence::new("downloads-undecided-alike"));
    }
    let answers = about(&[longest, sum]);
    match Verdict::of(Finding::Measured(total), &answers) {
        Verdict::Right(0) => Judgement::Longest {
            late: Change::of(longest / total) != Change::Same,
        },
        Verdict::Right(_) => Judgement::Sum,
        Verdict::Undecided(why) => Judgement::Undecided(why),
    }
}

impl Lesson for Downloads {
    /// The same question for every variant: how long do all files take? The lengths are drawn only in the run, so the
    /// answers are in words; the right one follows from the lengths that the run has drawn.
    fn questions(&self) -> Vec<Question> {
        // A single file takes its own time: there is nothing to choose from.
        if self.files == 1 {
            return Vec::new();
        }
        let ask = |variant: &Variant| Question {
            variant: variant.id,
            text: Sentence::new(format!("downloads-q-{}", variant.id))
                .with("files", self.files)
                .with("each", each(self.min_seconds, self.max_seconds)),
            choices: choices(self),
            find: |record| match judge(record) {
                Judgement::Longest { .. } => Finding::count(LONGEST.1.map(|number| number as f64)),
                Judgement::Sum => Finding::count(SUM.1.map(|number| number as f64)),
                Judgement::Undecided(why) => Finding::Undecided(why),
            },
        };
        self.variants().iter().map(ask).collect()
    }

    /// First a run one after another, about which nothing is asked: all know its answer, and the others are compared with
    /// it.
    fn votes(&self) -> Vec<Vote> {
        let mut votes = vec![Vote::unasked("one_after_another")];
        votes.extend(Vote::each(
            &self.questions(),
            &["process_each", "async_tasks"],
        ));
        votes
    }

    fn result(&self, record: &Record, _earlier: &[&Record]) -> Vec<Sentence> {
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
        let what = match (judge(record), variant) {
            (Judgement::Undecided(_), _) => "downloads-result-undecided",
            (Judgement::Sum, "one_after_another") => "downloads-result-sequential",
            // A run one after another can't be over before all files are there.
            (Judgement::Longest { .. }, "one_after_another") => "downloads-result-undecided",
            (Judgement::Longest { late: false }, _) => "downloads-result-longest",
            (Judgement::Longest { late: true }, _) => "downloads-result-started",
            (Judgement::Sum, _) => "downloads-result-nothing-saved",
        };
        let mut sentences = vec![with_figures(what)];
        if variant != "one_after_another" {
            sentences.push(with_figures(&format!("downloads-result-{variant}")));
        }
        sentences
    }

    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        let seconds = |name: &str| Some(Value::Seconds(record.figure(name)?));
        let files = record.info.params.whole("files");
        // The others are compared with one after another, which is compared with nothing.
        let key = match record.info.variant {
            "one_after_another" => "downloads-key-in-turn",
            _ => "downloads-key",
        };
        let words = Sentence::new(key).with("files", files);
        Some(KeyFigure {
            figure: Sentence::new("figure-seconds").with("seconds", seconds("total_seconds")?),
            words: words.with("added", seconds("sum_of_files_seconds")?),
        })
    }

    /// The number of files that have come although a process is gone.
    fn partial(&self, record: &Record) -> Vec<Sentence> {
        let files: Option<&Files> = record.details();
        files
            .map(|files| Sentence::new("downloads-partial").with("came", files.files.len()))
            .into_iter()
            .collect()
    }
}

/// The time of a file: `5–10`, or `5` if that is certain.
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
    let choice = |(key, number): &Answer| {
        let text = Sentence::new(format!("downloads-q-{key}")).with("files", downloads.files);
        Choice::new(text, number.map_or(Holds::Never, Holds::exactly))
    };
    answers.iter().map(choice).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::super::file::Downloaded;
    use super::*;
    use crate::lab::demo::VariantId;
    use crate::lab::demo::value::RunDetails;

    use crate::lab::run::Summary;

    /// A made-up run whose files began and ended at these seconds.
    pub fn record(variant: VariantId, seed: u64, total: f64, files: &[(f64, f64)]) -> Record {
        let downloads = Downloads {
            files: files.len() as u64,
            ..Downloads::default()
        };
        let took = || files.iter().map(|(begin, end)| end - begin);
        let downloaded = (1..).zip(files).map(|(number, (begin, end))| Downloaded {
            number,
            begin: Duration::from_secs_f64(*begin),
            end: Duration::from_secs_f64(*end),
        });
        let details = RunDetails::new(Files {
            files: downloaded.collect(),
            lost: 0,
        });
        let mut record = Record::done(
            &downloads,
            variant,
            Summary {
                measures: vec![
                    ("total_seconds", Value::Seconds(total)),
                    ("sum_of_files_seconds", Value::Seconds(took().sum())),
                    (
                        "longest_file_seconds",
                        Value::Seconds(took().fold(0.0, f64::max)),
                    ),
                ],
                details,
                wall: Duration::from_secs_f64(total),
                ..Summary::default()
            },
        );
        record.info.seed = seed;
        record
    }

    /// The first sentence about the run, and the verdict on its question: the right answer, or the reason why there is
    /// none.
    fn judged(downloads: &Downloads, record: &Record) -> (String, String) {
        let mut questions = downloads.questions().into_iter();
        let question = questions.find(|question| question.variant == record.info.variant);
        let question = question.unwrap();
        let says = match question.verdict(record).unwrap() {
            Verdict::Right(right) => question.choices[right].text.key.clone(),
            Verdict::Undecided(why) => why.key,
        };
        (
            Downloads::default().result(record, &[])[0].key.clone(),
            says,
        )
    }

    fn assert_judged(record: &Record, result: &str, says: &str) {
        let expected = (format!("downloads-result-{result}"), says.to_owned());
        assert_eq!(judged(&Downloads::default(), record), expected);
    }

    #[test]
    fn sentence_and_answer_say_what_the_run_came_to() {
        let row = record("one_after_another", 1, 15.01, &[(0.0, 5.0), (5.0, 15.0)]);
        assert_judged(&row, "sequential", "downloads-q-added");
        let at_once = |ends: &[f64], total| {
            let files: Vec<_> = ends.iter().map(|end| (0.0, *end)).collect();
            record("async_tasks", 1, total, &files)
        };
        let is = |ends: &[f64], total, result, says| {
            assert_judged(&at_once(ends, total), result, says);
        };
        is(&[5.0, 10.0], 10.01, "longest", "downloads-q-longest");
        is(&[9.0, 10.0], 10.02, "longest", "downloads-q-longest");
        is(&[7.0, 7.0], 7.001, "longest", "downloads-q-longest");
        is(&[0.1, 0.2, 0.1], 0.24, "started", "downloads-q-longest");
        is(&[0.1, 0.2, 0.1], 0.3, "undecided", "app-undecided-between");
        is(&[0.1, 0.2, 0.1], 0.41, "nothing-saved", "downloads-q-added");
        // A time that is longer than all files added up is none of the answers, nor is one that is far from both.
        is(&[0.1, 0.2, 0.1], 1.0, "undecided", "app-undecided-none");
        is(&[0.1; 40], 0.4, "undecided", "app-undecided-none");
    }

    #[test]
    fn files_whose_sum_is_about_the_longest_decide_nothing() {
        for (variant, total) in [("one_after_another", 10.51), ("thread_each", 10.01)] {
            let uneven = record(variant, 1, total, &[(0.0, 0.5), (0.0, 10.0)]);
            assert_judged(&uneven, "undecided", "downloads-undecided-alike");
        }
    }

    #[test]
    fn of_files_that_take_the_same_the_longest_is_any() {
        let certain = Downloads {
            min_seconds: 7.0,
            max_seconds: 7.0,
            ..Downloads::default()
        };
        let alike = record("process_each", 1, 7.1, &[(0.0, 7.0), (0.0, 7.0)]);
        let (_, says) = judged(&certain, &alike);
        assert_eq!(says, "downloads-q-alike");
    }

    /// A class sees the run that the others are compared with, before anything is asked about these.
    #[test]
    fn the_first_run_of_a_lesson_is_one_after_another_and_not_asked_about() {
        let votes = Downloads::default().votes();
        let asked = |vote: &Vote| (vote.variant, vote.question.is_some());
        let votes: Vec<_> = votes.iter().map(asked).collect();
        let expected = [
            ("one_after_another", false),
            ("process_each", true),
            ("async_tasks", true),
        ];
        assert_eq!(votes, expected);
        let row = record("one_after_another", 1, 15.01, &[(0.0, 5.0), (5.0, 15.0)]);
        let figure = Downloads::default().key_figure(&row).unwrap();
        assert_eq!(figure.words.key, "downloads-key-in-turn");
    }

    #[test]
    fn of_one_file_nothing_is_asked() {
        let one = Downloads {
            files: 1,
            ..Downloads::default()
        };
        assert!(one.questions().is_empty());
        let said = Downloads::default().result(&record("process_each", 1, 7.1, &[(0.0, 7.0)]), &[]);
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].key, "downloads-result-one");
    }

    proptest! {
        /// The right answer and the sentences say the same, whatever was drawn and however long it took.
        #[test]
        fn tick_and_sentence_come_from_one_judgement(
            lengths in prop::collection::vec(0.1..600.0f64, 2..65),
            part in 0.0..1.5f64,
            variant in 0usize..5,
        ) {
            let downloads = Downloads { files: lengths.len() as u64, ..Downloads::default() };
            let (sum, longest) = (
                lengths.iter().sum::<f64>(),
                lengths.iter().copied().fold(0.0, f64::max),
            );
            let variant = downloads.variants()[variant].id;
            let total = match variant {
                "one_after_another" => sum * (1.0 + 0.01 * part),
                _ => longest + part * (sum - longest),
            };
            let files: Vec<_> = lengths.iter().map(|length| (0.0, *length)).collect();
            let (sentence, says) = judged(&downloads, &record(variant, 1, total, &files));
            let allowed: &[&str] = match says.as_str() {
                "downloads-q-added" => &["sequential", "nothing-saved"],
                "downloads-q-longest" => &["longest", "started"],
                _ => &["undecided"],
            };
            let kind = sentence.trim_start_matches("downloads-result").trim_start_matches('-');
            prop_assert!(allowed.contains(&kind), "{says}: {sentence}");
            if sum >= longest * ZONE * ZONE * 1.03 {
                let decided = match variant {
                    "one_after_another" => Some("downloads-q-added"),
                    _ => (total <= longest * 1.001).then_some("downloads-q-longest"),
                };
                prop_assert!(decided.is_none_or(|expected| expected == says), "{says}");
            }
        }
    }
}
