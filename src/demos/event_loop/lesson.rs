//! The lesson about the replies: its questions, and the sentences about a run.

use super::processes::Clients;
use super::{EventLoop, OPENING};
use crate::lab::demo::value::Value;
use crate::lab::demo::verdict::{Finding, Holds, ZONE, is_disturbed};
use crate::lab::demo::{Choice, KeyFigure, Lesson, Question, Sentence, VariantId, Vote};
use crate::lab::machine;
use crate::lab::trace::record::Record;

/// The least factor between two times that are offered: a run could not tell nearer ones apart.
const APART: f64 = ZONE * ZONE * ZONE * ZONE;

/// The number of times that are offered; the last answer is any other time.
const TIMES: usize = 3;

impl Lesson for EventLoop {
    fn questions(&self) -> Vec<Question> {
        let cores = machine::core_limit();
        let times = [
            "one_at_a_time",
            "one_thread_async",
            "process_per_core_async",
        ];
        let [in_turn, one_loop, loops] = times.map(|variant| time(self, variant, cores));
        let questions = [in_turn, Some(memory(self)), one_loop, loops];
        questions.into_iter().flatten().collect()
    }

    fn votes(&self) -> Vec<Vote> {
        Vote::each(&self.questions(), &["one_thread_async", "thread_each"])
    }

    fn result(&self, record: &Record, earlier: &[&Record]) -> Vec<Sentence> {
        let summary = record.summary();
        let with_figures = |key: String| {
            let mut sentence = Sentence::new(key)
                .with("seconds", summary.wall)
                .with("handle", record.info.params.whole("handle_millis"));
            sentence.args.extend(summary.figures());
            sentence
        };
        let is_measured = |record: &Record| {
            ["peak_threads", "peak_bytes"]
                .iter()
                .all(|name| record.figure(name).is_some())
        };
        let variant = record.info.variant;
        let key = match (record.info.params.whole("connections"), variant) {
            (1, "one_at_a_time") => "event_loop-result-alone".to_owned(),
            _ if is_measured(record) => format!("event_loop-result-{variant}"),
            _ => "event_loop-result-unmeasured".to_owned(),
        };
        let mut sentences = vec![with_figures(key)];
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
        if record.info.params.whole("handle_millis") > 0 {
            let key = match (record.info.params.whole("connections"), variant) {
                // No other reply could have waited or gone on.
                (1, _) => "event_loop-result-alone-busy".to_owned(),
                // With a single core there is a single process, which is as one thread.
                (_, "process_per_core_async") if processes(record) == Some(1) => {
                    "event_loop-result-one_thread_async-busy".to_owned()
                }
                _ => format!("event_loop-result-{variant}-busy"),
            };
            sentences.push(with_figures(key));
        }
        sentences
    }

    /// The figure that the question is about: the memory of many threads, otherwise the time.
    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
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

    /// The replies that have come although a process is gone.
    fn partial(&self, record: &Record) -> Vec<Sentence> {
        // If one process waited for all replies, no other is left.
        if processes(record) == Some(0) {
            return Vec::new();
        }
        let replies = record.summary().measure("replies");
        replies
            .map(|replies| Sentence::new("event_loop-partial").with("replies", replies.clone()))
            .into_iter()
            .collect()
    }
}

/// The question of when all replies are in; `None` if all ways of waiting take the same time.
fn time(demo: &EventLoop, variant: VariantId, cores: f64) -> Option<Question> {
    let times = times(demo, variant, cores);
    if demo.connections == 1 || times.len() < 2 {
        return None;
    }
    let text = |seconds| Sentence::new("event_loop-q-seconds").with("seconds", round(seconds));
    let another = Sentence::new("event_loop-q-another");
    let choices = Choice::by_value(&times, text, another);
    let key = match demo.handle_millis {
        0 => format!("event_loop-q-{variant}"),
        _ => format!("event_loop-q-{variant}-busy"),
    };
    Some(Question {
        variant,
        text: Sentence::new(key)
            .with("replies", demo.connections)
            .with("processes", demo.processes(variant))
            .with(
                "seconds",
                Value::Word(demo.reply().as_secs_f64().to_string()),
            )
            .with("millis", demo.handle_millis),
        choices,
        find: time_taken,
    })
}

/// The times that are offered, the longest first: the expected time of this way of waiting, and those of the others.
fn times(demo: &EventLoop, variant: VariantId, cores: f64) -> Vec<f64> {
    let count = demo.connections as f64;
    let (reply, handle) = (demo.reply().as_secs_f64(), demo.handle().as_secs_f64());
    let in_turn = count * (reply + handle);
    let one_loop = reply + count * handle;
    let loops = cores.min(count).max(1.0);
    let at_once = reply + handle;
    let wanted = match variant {
        "one_at_a_time" => [in_turn, one_loop, in_turn / 2.0, at_once],
        "process_per_core_async" => [reply + count * handle / loops, in_turn, one_loop, at_once],
        _ => [one_loop, in_turn, at_once, in_turn / 2.0],
    };
    // Opening the connections counts only if it takes long beside the waiting.
    let opening = count * OPENING.as_secs_f64();
    let mut times: Vec<f64> = Vec::with_capacity(TIMES);
    for time in wanted {
        let time = match time {
            long if long > 4.0 * opening => long,
            short => short + opening,
        };
        let is_apart = |other: &f64| time > other * APART || time < other / APART;
        if times.len() < TIMES && times.iter().all(is_apart) {
            times.push(time);
        }
    }
    times.sort_by(|one, other| other.total_cmp(one));
    times
}

/// The time of a run; undecided if other programs took the cores while the run handled replies.
fn time_taken(record: &Record) -> Finding {
    match were_cores_taken(record) {
        true => Finding::undecided("event_loop-undecided-disturbed"),
        false => Finding::measured(record.figure("total_seconds")),
    }
}

fn were_cores_taken(record: &Record) -> bool {
    let Some(Clients { processes, handled }) = record.details() else {
        return false;
    };
    // A quota may leave each process less than a core: waiting for that is no disturbance.
    let share = (machine::core_limit() / (*processes).max(1) as f64).min(1.0);
    is_disturbed(
        handled.cpu.as_secs_f64(),
        handled.wall.as_secs_f64() * share,
    )
}

/// The memory that a run took; undecided if the system does not tell it.
fn memory_taken(record: &Record) -> Finding {
    match record.figure("peak_bytes") {
        None => Finding::undecided("event_loop-undecided-unmeasured"),
        bytes => Finding::measured(bytes),
    }
}

/// An expected time, in two digits because it is not measured.
fn round(seconds: f64) -> Value {
    let digits: f64 = format!("{seconds:.1e}").parse().unwrap_or(seconds);
    Value::Word(digits.to_string())
}

/// The question of how much memory a thread for each connection takes.
fn memory(demo: &EventLoop) -> Question {
    const MEBIBYTE: u64 = 1 << 20;
    let borders = [20, 100, 500].map(|mebibytes| mebibytes * MEBIBYTE);
    let bytes = |key: &str, bytes| Sentence::new(key).with("size", Value::Bytes(bytes));
    let between =
        |from: u64, to: u64| bytes("event_loop-q-between", from).with("most", Value::Bytes(to));
    let [few, some, many] = borders;
    let choice = |text, from: u64, to: f64| Choice::new(text, Holds::Within(from as f64..to));
    Question {
        variant: "thread_each",
        text: Sentence::new("event_loop-q-thread_each").with("threads", demo.connections),
        choices: vec![
            choice(bytes("event_loop-q-less", few), 0, few as f64),
            choice(between(few, some), few, some as f64),
            choice(between(some, many), some, many as f64),
            choice(bytes("event_loop-q-more", many), many, f64::INFINITY),
        ],
        find: memory_taken,
    }
}

/// The number of processes that waited.
fn processes(record: &Record) -> Option<usize> {
    let clients: Option<&Clients> = record.details();
    clients.map(|clients| clients.processes)
}

#[cfg(test)]
mod tests;
