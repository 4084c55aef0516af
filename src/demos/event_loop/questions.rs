//! What the class is asked about the replies, and what is said afterwards.

use super::EventLoop;
use crate::lab::demo::{Choice, Question, Sentence, VariantId};
use crate::lab::record::Record;
use crate::lab::value::Value;

pub(super) fn questions(demo: &EventLoop) -> Vec<Question> {
    // One connection, or replies that take no time: nothing to choose from but the words of the last answer.
    vec![
        time(demo, "one_at_a_time"),
        time(demo, "one_thread_async"),
        memory(demo),
    ]
}

/// When all replies are in: the answers are times, each right up to half-way (as factors go) to the next.
fn time(demo: &EventLoop, variant: VariantId) -> Question {
    let count = demo.connections as f64;
    let (reply, handle) = (demo.reply().as_secs_f64(), demo.handle().as_secs_f64());
    let all = count * (reply + handle);
    let mut times = vec![all, all / 2.0, reply + count * handle, reply + handle];
    times.iter_mut().for_each(|time| *time = time.max(0.001));
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
            text: Sentence::new("event_loop-q-seconds").with("seconds", Value::Seconds(seconds)),
            range: above..below,
        });
        below = above;
    }
    choices.push(Choice {
        text: Sentence::new("event_loop-q-impossible"),
        // No run that came to its end makes this right.
        range: f64::INFINITY..f64::INFINITY,
    });
    let key = match demo.handle_millis {
        0 => format!("event_loop-q-{variant}"),
        _ => format!("event_loop-q-{variant}-busy"),
    };
    Question {
        variant,
        text: Sentence::new(key)
            .with("replies", demo.connections)
            .with("seconds", demo.reply())
            .with("millis", demo.handle_millis),
        choices,
        figure: |record| record.figure("total_seconds"),
    }
}

/// How much memory a thread for each connection takes.
fn memory(demo: &EventLoop) -> Question {
    const MEBIBYTE: u64 = 1 << 20;
    let borders = [20, 100, 500].map(|mebibytes| mebibytes * MEBIBYTE);
    let bytes = |key: &str, bytes| Sentence::new(key).with("size", Value::Bytes(bytes));
    let between = |from: u64, to: u64| {
        bytes("event_loop-q-between", from).with("most", Value::Bytes(to))
    };
    let [few, some, many] = borders;
    let choice = |text, from: u64, to: f64| Choice {
        text,
        range: from as f64..to,
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
        figure: |record| record.figure("peak_bytes"),
    }
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
    let compared = earlier.iter().rev().find(|record| {
        record.info.variant == other && record.is_done() && is_measured(record)
    });
    if let Some(compared) = compared {
        let mut sentence = Sentence::new(format!("event_loop-result-than-{other}"));
        sentence.args.extend(compared.summary().measures.iter().cloned());
        sentences.push(sentence);
    }
    if record.info.params.whole("handle_millis") > 0 {
        sentences.push(with_figures(format!("event_loop-result-{variant}-busy")));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The right answer to the question about `variant`, by its index, and how many there are.
    fn right(demo: EventLoop, variant: VariantId, seconds: f64) -> (usize, usize) {
        let question = time(&demo, variant);
        let right: Vec<usize> = (0..question.choices.len())
            .filter(|&index| question.choices[index].range.contains(&seconds))
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
        assert_eq!(right(busy, "one_thread_async", 2.2), (2, 4));
        let single = EventLoop {
            connections: 1,
            ..lesson()
        };
        assert_eq!(right(single.clone(), "one_thread_async", 0.1), (0, 3));
        assert_eq!(right(single, "one_thread_async", 0.01), (1, 3));
    }
}
