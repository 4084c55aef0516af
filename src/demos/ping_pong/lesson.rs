//! The lesson about Ping and Pong: its questions, and the sentences about a run.

use super::PingPong;
use crate::lab::demo::verdict::{Finding, Holds};
use crate::lab::demo::{Choice, KeyFigure, Lesson, Question, Sentence};
use crate::lab::run::Outcome;
use crate::lab::run::error::RunError;
use crate::lab::trace::record::Record;

/// The number that stands for a run that got stuck: more words than there can be.
const NEVER: f64 = 1e9;

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// So many words were printed.
    Printed {
        /// The words of both processes.
        words: u64,
        /// Whether one process printed all of them.
        by_one: bool,
    },
    /// The queue's run came to its end.
    Left {
        /// Words that are left in the queue.
        left: u64,
        /// Words that were taken out.
        taken: u64,
    },
    /// No process could go on.
    Stuck,
}

/// Judges a run; every sentence and figure about it comes from this judgement. `None` if the run decides nothing.
pub(super) fn judge(record: &Record) -> Option<Judgement> {
    if let Outcome::Failed(RunError::Stuck { .. }, _) = record.outcome {
        return Some(Judgement::Stuck);
    }
    let count = |name| record.figure(name).map(|count| count as u64);
    let (pings, pongs) = (count("pings")?, count("pongs")?);
    let words = pings + pongs;
    Some(match record.info.variant {
        "queue" => Judgement::Left {
            left: count("left_in_queue")?,
            taken: words,
        },
        _ => Judgement::Printed {
            words,
            by_one: pings == 0 || pongs == 0,
        },
    })
}

fn find(record: &Record) -> Finding {
    Finding::count(judge(record).map(|judgement| match judgement {
        Judgement::Printed { words, .. } => words as f64,
        Judgement::Left { left, .. } => left as f64,
        Judgement::Stuck => NEVER,
    }))
}

impl Lesson for PingPong {
    fn questions(&self) -> Vec<Question> {
        vec![
            words_printed(self, "private_counters"),
            words_printed(self, "shared_counter"),
            words_left(self),
        ]
    }

    fn result(&self, record: &Record, _earlier: &[&Record]) -> Vec<Sentence> {
        let summary = record.summary();
        let with_figures = |key: &str| {
            let mut sentence = Sentence::new(key).with("words", record.info.params.whole("words"));
            sentence.args.extend(summary.figures());
            sentence
        };
        let Some(judgement) = judge(record) else {
            return Vec::new();
        };
        match (record.info.variant, judgement) {
            ("private_counters", _) => vec![with_figures("ping_pong-result-private")],
            (_, Judgement::Printed { by_one: true, .. }) => {
                vec![with_figures("ping_pong-result-shared-one")]
            }
            (_, Judgement::Printed { .. }) => vec![with_figures("ping_pong-result-shared")],
            _ => {
                let mut sentences = vec![with_figures("ping_pong-result-queue")];
                for (measure, key) in [
                    ("put_blocked_seconds", "ping_pong-result-blocked"),
                    ("puts_refused", "ping_pong-result-full"),
                    ("takes_refused", "ping_pong-result-empty"),
                ] {
                    if record.figure(measure).is_some_and(|figure| figure > 0.0) {
                        sentences.push(with_figures(key));
                    }
                }
                sentences
            }
        }
    }

    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        let number = |number: u64| Sentence::new("figure-count").with("count", number);
        match judge(record)? {
            Judgement::Left { left, taken } => Some(KeyFigure {
                figure: number(left),
                words: Sentence::new("ping_pong-key-queue").with("taken", taken),
            }),
            Judgement::Printed { words, .. } => Some(KeyFigure {
                figure: number(words),
                words: Sentence::new("ping_pong-key-words")
                    .with("words", record.info.params.whole("words")),
            }),
            Judgement::Stuck => None,
        }
    }

    /// The words that have come although a process is gone.
    fn partial(&self, record: &Record) -> Vec<Sentence> {
        let summary = record.summary();
        if summary.measures.is_empty() {
            return Vec::new();
        }
        let mut sentence = Sentence::new(match record.info.variant {
            "queue" => "ping_pong-partial-queue",
            _ => "ping_pong-partial",
        });
        sentence.args.extend(summary.figures());
        vec![sentence]
    }
}

fn words_printed(demo: &PingPong, variant: &'static str) -> Question {
    let words = demo.words;
    let mut numbers = vec![words, words + 1, 2 * words];
    numbers.dedup();
    let mut choices: Vec<Choice> = numbers.into_iter().map(exactly).collect();
    // One run can't show that a figure varies, but it can show a figure that none of the other answers has.
    let varies = Sentence::new("ping_pong-q-varies");
    choices.push(Choice::new(varies, Holds::Rest));
    Question {
        variant,
        text: Sentence::new(format!("ping_pong-q-{variant}")).with("words", words),
        choices,
        find,
    }
}

fn words_left(demo: &PingPong) -> Question {
    let (puts, takes) = (2 * demo.puts_each, demo.takes);
    let room = if demo.capacity > 0 {
        demo.capacity
    } else {
        u64::MAX
    };
    // If puts and takes happen at the same time and give up, one may come a moment too early: chance decides.
    let can_refuse = room < puts && demo.put_timeout_millis >= 0 || demo.take_timeout_millis >= 0;
    let by_chance = demo.take_starts == "at_once" && can_refuse;
    let left = puts.saturating_sub(takes);
    let candidates = match by_chance {
        true => vec![left.min(room), puts.min(room), 0, demo.puts_each],
        // Each number is a tempting answer, and there are always three different ones.
        false => vec![
            left,
            puts.min(room).saturating_sub(takes),
            0,
            puts,
            demo.puts_each,
        ],
    };
    let mut offered: Vec<u64> = Vec::new();
    for number in candidates {
        if offered.len() < if by_chance { 2 } else { 3 } && !offered.contains(&number) {
            offered.push(number);
        }
    }
    offered.sort_unstable();
    let mut choices: Vec<Choice> = offered.into_iter().map(exactly).collect();
    let never = Sentence::new("ping_pong-q-never");
    choices.push(Choice::new(never, Holds::Within(NEVER..f64::INFINITY)));
    if by_chance {
        let another = Sentence::new("ping_pong-q-another");
        choices.push(Choice::new(another, Holds::Rest));
    }
    let key = match (demo.capacity, demo.take_starts) {
        (0, "at_once") => "ping_pong-q-left-at_once",
        (0, _) => "ping_pong-q-left",
        (_, "at_once") => "ping_pong-q-left-bounded-at_once",
        _ => "ping_pong-q-left-bounded",
    };
    let mut text = Sentence::new(key)
        .with("puts", demo.puts_each)
        .with("takes", takes);
    if demo.capacity > 0 {
        text = text.with("capacity", demo.capacity);
    }
    Question {
        variant: "queue",
        text,
        choices,
        find,
    }
}

fn exactly(number: u64) -> Choice {
    let text = Sentence::new("ping_pong-q-number").with("number", number);
    let figure = number as f64;
    Choice::new(text, Holds::Within((figure - 0.5).max(0.0)..figure + 0.5))
}

#[cfg(test)]
#[path = "lesson_tests.rs"]
mod tests;
