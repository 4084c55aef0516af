//! What the class is asked about Ping and Pong, and what is said afterwards.

use std::ops::Range;

use super::PingPong;
use crate::lab::demo::{Choice, KeyFigure, Question, Sentence};
use crate::lab::error::RunError;
use crate::lab::record::Record;
use crate::lab::run::Outcome;
use crate::lab::verdict::{Finding, Holds};

/// What a run counts as in which nobody could go on.
const NEVER: Range<f64> = -1.0..0.0;

pub(super) fn questions(demo: &PingPong) -> Vec<Question> {
    vec![
        words_printed(demo, "private_counters"),
        words_printed(demo, "shared_counter"),
        words_left(demo),
    ]
}

fn words_printed(demo: &PingPong, variant: &'static str) -> Question {
    let words = demo.words;
    let mut numbers = vec![words, words + 1, 2 * words];
    numbers.dedup();
    let mut choices: Vec<Choice> = numbers.into_iter().map(exactly).collect();
    // One run can't show that a figure varies, but it can show one that is none of the others.
    choices.push(Choice {
        text: Sentence::new("ping_pong-q-varies"),
        holds: Holds::Within((words + 2) as f64..(2 * words).max(words + 2) as f64),
    });
    Question {
        variant,
        text: Sentence::new(format!("ping_pong-q-{variant}")).with("words", words),
        choices,
        find: |record| Finding::count(printed(record)),
    }
}

/// How many words a run printed.
fn printed(record: &Record) -> Option<f64> {
    Some(record.figure("pings")? + record.figure("pongs")?)
}

fn words_left(demo: &PingPong) -> Question {
    let (puts, takes) = (2 * demo.puts_each, demo.takes);
    let mut numbers = vec![puts.saturating_sub(takes)];
    if demo.capacity > 0 {
        numbers.push(puts.min(demo.capacity).saturating_sub(takes));
    }
    // Tempting, and always enough that three differ.
    numbers.extend([0, puts, demo.puts_each]);
    let mut offered: Vec<u64> = Vec::new();
    for number in numbers {
        if offered.len() < 3 && !offered.contains(&number) {
            offered.push(number);
        }
    }
    offered.sort_unstable();
    let mut choices: Vec<Choice> = offered.into_iter().map(exactly).collect();
    choices.push(Choice {
        text: Sentence::new("ping_pong-q-never"),
        holds: Holds::Within(NEVER),
    });
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
        find: |record| match &record.outcome {
            Outcome::Failed(RunError::Stuck { .. }, _) => Finding::Count(NEVER.start),
            _ => Finding::count(record.figure("left_in_queue")),
        },
    }
}

fn exactly(number: u64) -> Choice {
    Choice {
        text: Sentence::new("ping_pong-q-number").with("number", number),
        holds: Holds::Within(number as f64..(number + 1) as f64),
    }
}

pub(super) fn key_figure(record: &Record) -> Option<KeyFigure> {
    let count = |name: &str| record.figure(name).map(|count| count as u64);
    let number = |number: u64| Sentence::new("figure-count").with("count", number);
    let (pings, pongs) = (count("pings")?, count("pongs")?);
    Some(match record.info.variant {
        "queue" => KeyFigure {
            figure: number(count("left_in_queue")?),
            words: Sentence::new("ping_pong-key-queue").with("taken", pings + pongs),
        },
        _ => KeyFigure {
            figure: number(pings + pongs),
            words: Sentence::new("ping_pong-key-words")
                .with("words", record.info.params.whole("words")),
        },
    })
}

pub(super) fn result(record: &Record) -> Vec<Sentence> {
    let summary = record.summary();
    let count = |name: &str| record.figure(name).unwrap_or(0.0);
    let with_figures = |key: &str| {
        let mut sentence = Sentence::new(key).with("words", record.info.params.whole("words"));
        sentence
            .args
            .extend(summary.measures.iter().chain(&summary.details).cloned());
        sentence
    };
    let one_alone = count("pings") == 0.0 || count("pongs") == 0.0;
    match record.info.variant {
        "private_counters" => vec![with_figures("ping_pong-result-private")],
        "shared_counter" if one_alone => vec![with_figures("ping_pong-result-shared-one")],
        "shared_counter" => vec![with_figures("ping_pong-result-shared")],
        _ => {
            let mut sentences = vec![with_figures("ping_pong-result-queue")];
            for (measure, key) in [
                ("put_blocked_seconds", "ping_pong-result-blocked"),
                ("puts_refused", "ping_pong-result-full"),
                ("takes_refused", "ping_pong-result-empty"),
            ] {
                if count(measure) > 0.0 {
                    sentences.push(with_figures(key));
                }
            }
            sentences
        }
    }
}

/// What is there although a process is gone.
pub(super) fn partial(record: &Record) -> Vec<Sentence> {
    let summary = record.summary();
    if summary.measures.is_empty() {
        return Vec::new();
    }
    let mut sentence = Sentence::new(match record.info.variant {
        "queue" => "ping_pong-partial-queue",
        _ => "ping_pong-partial",
    });
    let figures = summary.measures.iter().chain(&summary.details);
    sentence.args.extend(figures.cloned());
    vec![sentence]
}
