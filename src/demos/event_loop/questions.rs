//! What the class is asked about the replies, and what is said afterwards.

use super::{EventLoop, OPENING};
use crate::lab::demo::{Choice, KeyFigure, Question, Sentence, VariantId};
use crate::lab::machine;
use crate::lab::record::Record;
use crate::lab::value::Value;
use crate::lab::verdict::{Finding, Holds};

pub(super) fn questions(demo: &EventLoop) -> Vec<Question> {
    let cores = machine::cores();
    vec![
        time(demo, "one_at_a_time", cores),
        memory(demo),
        time(demo, "one_thread_async", cores),
        time(demo, "process_per_core_async", cores),
    ]
}

/// When all replies are in: the answers are times, each right up to half-way (as factors go) to the next.
fn time(demo: &EventLoop, variant: VariantId, cores: usize) -> Question {
    let count = demo.connections as f64;
    let (reply, handle) = (demo.reply().as_secs_f64(), demo.handle().as_secs_f64());
    let in_turn = count * (reply + handle);
    let one_loop = reply + count * handle;
    let others = match variant {
        "process_per_core_async" => [one_loop, reply + count * handle / cores as f64],
        _ => [in_turn / 2.0, one_loop],
    };
    let [second, third] = others;
    // Opening the connections is nothing beside waiting, unless they are very many.
    let opening = count * OPENING.as_secs_f64();
    let with_opening = |time: f64| match time {
        long if long > 4.0 * opening => long,
        short => (short + opening).max(0.001),
    };
    let mut times = [in_turn, second, third, reply + handle]
        .map(with_opening)
        .to_vec();
    times.sort_by(|a, b| b.total_cmp(a));
    // What can't be told apart by a run is no choice.
    times.dedup_by(|smaller, larger| *smaller > *larger / 1.7);
    times.truncate(3);
    let mut below = f64::INFINITY;
    let mut choices = Vec::new();
    for (index, &seconds) in times.iter().enumerate() {
        let above = times
            .get(index + 1)
            .map_or(0.0, |next| (seconds * next).sqrt());
        choices.push(Choice {
            text: Sentence::new("event_loop-q-seconds").with("seconds", round(seconds)),
            holds: Holds::Within(above..below),
        });
        below = above;
    }
    choices.push(Choice {
        text: Sentence::new("event_loop-q-impossible"),
        // No run that came to its end makes this right.
        holds: Holds::Never,
    });
    let key = match demo.handle_millis {
        0 => format!("event_loop-q-{variant}"),
        _ => format!("event_loop-q-{variant}-busy"),
    };
    Question {
        variant,
        text: Sentence::new(key)
            .with("replies", demo.connections)
            .with("processes", demo.processes(variant))
            .with("seconds", Value::Word(reply.to_string()))
            .with("millis", demo.handle_millis),
        choices,
        find: |record| Finding::measured(record.figure("total_seconds")),
    }
}

/// A time that was thought of, not measured, in two digits.
fn round(seconds: f64) -> Value {
    let digits: f64 = format!("{seconds:.1e}").parse().unwrap_or(seconds);
    Value::Word(digits.to_string())
}

/// How much memory a thread for each connection takes.
fn memory(demo: &EventLoop) -> Question {
    const MEBIBYTE: u64 = 1 << 20;
    let borders = [20, 100, 500].map(|mebibytes| mebibytes * MEBIBYTE);
    let bytes = |key: &str, bytes| Sentence::new(key).with("size", Value::Bytes(bytes));
    let between =
        |from: u64, to: u64| bytes("event_loop-q-between", from).with("most", Value::Bytes(to));
    let [few, some, many] = borders;
    let choice = |text, from: u64, to: f64| Choice {
        text,
        holds: Holds::Within(from as f64..to),
    };
    Question {
        variant: "thread_each",
        text: Sentence::new("event_loop-q-thread_each").with("threads", demo.connections),
        choices: vec![
            choice(bytes("event_loop-q-less", few), 0, few as f64),
            choice(between(few, some), few, some as f64),
            choice(between(some, many), some, many as f64),
            choice(bytes("event_loop-q-more", many), many, f64::INFINITY),
        ],
        find: |record| Finding::measured(record.figure("peak_bytes")),
    }
}

/// What is asked about: the memory of many threads, the time of all else.
pub(super) fn key_figure(record: &Record) -> Option<KeyFigure> {
    let count = |name: &str| record.figure(name).map(|count| count as u64);
    let replies = count("replies")?;
    Some(match record.summary().measure("peak_bytes") {
        Some(Value::Bytes(bytes)) if record.info.variant == "thread_each" => KeyFigure {
            figure: Sentence::new("event_loop-key-size").with("size", Value::Bytes(*bytes)),
            words: Sentence::new("event_loop-key-memory").with("threads", replies),
        },
        _ => KeyFigure {
            figure: Sentence::new("figure-seconds")
                .with("seconds", Value::Seconds(record.figure("total_seconds")?)),
            words: Sentence::new("event_loop-key-time").with("replies", replies),
        },
    })
}

pub(super) fn result(record: &Record, earlier: &[&Record]) -> Vec<Sentence> {
    let summary = record.summary();
    let with_figures = |key: String| {
        let mut sentence = Sentence::new(key)
            .with("seconds", summary.wall)
            .with("handle", record.info.params.whole("handle_millis"));
        sentence
            .args
            .extend(summary.measures.iter().chain(&summary.details).cloned());
        sentence
    };
    let is_measured = |record: &Record| {
        ["peak_threads", "peak_bytes"]
            .iter()
            .all(|name| record.figure(name).is_some())
    };
    let variant = record.info.variant;
    let mut sentences = vec![with_figures(if is_measured(record) {
        format!("event_loop-result-{variant}")
    } else {
        "event_loop-result-unmeasured".to_owned()
    })];
    let other = match variant {
        "thread_each" => "one_thread_async",
        _ => "thread_each",
    };
    let compared = earlier
        .iter()
        .rev()
        .find(|record| record.info.variant == other && record.is_done() && is_measured(record));
    if let Some(compared) = compared {
        let mut sentence = Sentence::new(format!("event_loop-result-than-{other}"));
        sentence
            .args
            .extend(compared.summary().measures.iter().cloned());
        sentences.push(sentence);
    }
    // Of a single process it can't be said that the others went on.
    let is_single = variant == "process_per_core_async" && record.figure("processes") == Some(1.0);
    if record.info.params.whole("handle_millis") > 0 && !is_single {
        sentences.push(with_figures(format!("event_loop-result-{variant}-busy")));
    }
    sentences
}

/// What is there although a process is gone.
pub(super) fn partial(record: &Record) -> Vec<Sentence> {
    let replies = record.summary().measure("replies");
    replies
        .map(|replies| Sentence::new("event_loop-partial").with("replies", replies.clone()))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The right answer to the question about `variant`, by its index, and how many there are.
    fn right(demo: EventLoop, variant: VariantId, seconds: f64) -> (usize, usize) {
        let question = time(&demo, variant, 4);
        let right: Vec<usize> = (0..question.choices.len())
            .filter(|&index| question.choices[index].holds.contains(seconds))
            .collect();
        assert_eq!(right.len(), 1, "{seconds} s makes {right:?} right");
        (right[0], question.choices.len())
    }

    #[test]
    fn each_time_makes_one_answer_right() {
        let lesson = EventLoop::default;
        // 10 s, 5 s, 0.1 s, impossible.
        assert_eq!(right(lesson(), "one_at_a_time", 10.1), (0, 4));
        assert_eq!(right(lesson(), "one_thread_async", 4.0), (1, 4));
        assert_eq!(right(lesson(), "one_thread_async", 0.13), (2, 4));
        let busy = EventLoop {
            handle_millis: 20,
            ..lesson()
        };
        // 12 s, 6 s, 2.1 s.
        assert_eq!(right(busy.clone(), "one_at_a_time", 12.0), (0, 4));
        assert_eq!(right(busy.clone(), "one_thread_async", 2.2), (2, 4));
        // 12 s, 2.1 s, 0.6 s.
        assert_eq!(right(busy.clone(), "process_per_core_async", 0.7), (2, 4));
        assert_eq!(right(busy.clone(), "process_per_core_async", 2.2), (1, 4));
        let many = EventLoop {
            connections: 10_000,
            ..lesson()
        };
        // 1000 s, 500 s, 0.6 s.
        assert_eq!(right(many.clone(), "one_thread_async", 0.9), (2, 4));
        let at_once = EventLoop {
            reply_millis: 0,
            ..many
        };
        // 0.5 s.
        assert_eq!(right(at_once, "one_thread_async", 0.4), (0, 2));
        let single = EventLoop {
            connections: 1,
            ..lesson()
        };
        assert_eq!(right(single.clone(), "one_thread_async", 0.1), (0, 3));
        assert_eq!(right(single, "one_thread_async", 0.01), (1, 3));
    }
}
