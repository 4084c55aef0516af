//! Tests of traces for Perfetto.

use super::*;
use crate::lab::demo::param::Params;
use crate::lab::demo::value::{Point, Value as Figure};
use crate::lab::run::{Outcome, Summary};
use crate::lab::trace::event::{Event, EventKind, State, Step, TrackId, TrackInfo, TrackName};

const WORK: Step = Step("work");
const READ: Step = Step("read");

fn micros_of(micros: u64) -> Duration {
    Duration::from_micros(micros)
}

/// A log of these events, each `(micros, track, kind)`.
fn log(events: impl IntoIterator<Item = (u64, u32, EventKind)>) -> RunLog {
    let mut log = RunLog::default();
    for (at, track, kind) in events {
        log.push(Event {
            at: micros_of(at),
            track: TrackId(track),
            kind,
        });
    }
    log
}

fn opened(name: TrackName, kind: TrackKind, pid: u32, os_id: Option<u32>) -> EventKind {
    EventKind::TrackOpened(Box::new(TrackInfo {
        name,
        kind,
        pid,
        os_id,
        clock_error: Duration::ZERO,
    }))
}

fn thread(index: usize, os_id: u32) -> EventKind {
    let name = TrackName::nth("thread", index);
    opened(name, TrackKind::Thread, 100, Some(os_id))
}

fn begun(step: Step, state: State) -> EventKind {
    EventKind::SpanBegun { state, step }
}

fn ended(state: Option<State>) -> EventKind {
    EventKind::SpanEnded { state, cpu: None }
}

fn finished() -> EventKind {
    EventKind::Finished(Box::new(Outcome::Cancelled(Summary::default())))
}

fn record() -> Record {
    let info = RunInfo {
        demo: "demo",
        variant: "variant",
        params: Params::default(),
        seed: 1,
    };
    Record::of(info, Outcome::Done(Summary::default()))
}

/// The events of the trace that `logs` make, the second begun a second after the first, and so on.
fn traced(logs: &[RunLog]) -> Vec<Value> {
    let mut bytes = OPENING.to_vec();
    let mut trace = TraceEvents::default();
    for (second, log) in logs.iter().enumerate() {
        let begun = Duration::from_secs(second as u64);
        trace.write_run(&mut bytes, &record(), begun, log).unwrap();
    }
    bytes.extend(CLOSING);
    events(&bytes)
}

fn events(bytes: &[u8]) -> Vec<Value> {
    let trace: Value = serde_json::from_slice(bytes)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)));
    trace["traceEvents"].as_array().unwrap().clone()
}

fn of_phase<'a>(events: &'a [Value], ph: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["ph"] == ph).collect()
}

/// The names of all processes or threads, in their order.
fn names<'a>(events: &'a [Value], what: &str) -> Vec<&'a str> {
    let named = events.iter().filter(|event| event["name"] == what);
    named
        .map(|event| event["args"]["name"].as_str().unwrap())
        .collect()
}

#[test]
fn a_trace_without_runs_is_whole_too() {
    assert_eq!(traced(&[]), [Value::Null; 0]);
}

#[test]
fn a_span_keeps_its_step_its_states_and_every_nanosecond() {
    let cpu = Some(micros_of(250));
    let mut log = log([
        (5, 0, thread(0, 7)),
        (10, 0, begun(WORK, State::Running)),
        (20, 0, begun(READ, State::Holding)),
        (30, 0, ended(Some(State::Lost))),
    ]);
    log.push(Event {
        at: Duration::from_nanos(1_234_567),
        track: TrackId(0),
        kind: EventKind::SpanEnded { state: None, cpu },
    });
    let events = traced(&[log]);
    let spans = of_phase(&events, "X");
    let expected = [
        json!({"name": "work", "ph": "X", "pid": 100, "tid": 7, "cat": "running", "ts": 10.0,
            "dur": 1224.567, "args": {"cpu_seconds": 0.00025}}),
        json!({"name": "read", "ph": "X", "pid": 100, "tid": 7, "cat": "lost", "ts": 20.0,
            "dur": 10.0, "args": {"begun_as": "holding", "depth": 1}}),
    ];
    assert_eq!(spans, expected.iter().collect::<Vec<_>>());
}

#[test]
fn what_was_still_open_ends_with_its_run() {
    let events = traced(&[log([
        (0, 0, thread(0, 7)),
        (10, 0, begun(WORK, State::Waiting)),
        (20, 0, begun(READ, State::Sleeping)),
        (100, 0, finished()),
    ])]);
    let spans = of_phase(&events, "X");
    let lengths: Vec<_> = spans.iter().map(|span| span["dur"].as_f64()).collect();
    assert_eq!(lengths, [Some(90.0), Some(80.0)]);
    assert!(spans.iter().all(|span| span["args"]["unfinished"] == true));
}

#[test]
fn instants_progress_and_points_carry_their_figures() {
    let point = Point::at("workers", 4_u64).with("speedup", Figure::Ratio(2.5));
    let value = Some(-3);
    let events = traced(&[log([
        (0, 0, thread(0, 7)),
        (1, 0, EventKind::Instant { step: READ, value }),
        (
            2,
            0,
            EventKind::Instant {
                step: READ,
                value: None,
            },
        ),
        (3, 0, EventKind::Progress { done: 2, total: 9 }),
        (4, 0, EventKind::Point(Box::new(point))),
    ])]);
    let instants = of_phase(&events, "i");
    assert_eq!(instants.len(), 3);
    assert_eq!(instants[0]["args"], json!({ "value": -3 }));
    assert!(instants[1].get("args").is_none());
    assert_eq!(instants[2]["args"], json!({ "workers": 4, "speedup": 2.5 }));
    let [counter] = &of_phase(&events, "C")[..] else {
        panic!("{events:?}")
    };
    assert_eq!(counter["args"], json!({ "done": 2 }));
    assert_eq!(counter["name"], "progress thread 1 (variant #1)");
}

#[test]
fn runs_follow_one_another_and_no_two_tracks_share_a_thread() {
    let told = || {
        log([
            (0, 0, thread(0, 7)),
            // Coroutines: two tracks on one thread.
            (0, 1, thread(1, 8)),
            (0, 2, thread(2, 8)),
            (5, 2, begun(WORK, State::Running)),
            (9, 2, ended(None)),
        ])
    };
    let events = traced(&[told(), told()]);
    let starts: Vec<_> = of_phase(&events, "X")
        .iter()
        .map(|span| span["ts"].as_f64())
        .collect();
    assert_eq!(starts, [Some(5.0), Some(1_000_005.0)]);
    assert_eq!(names(&events, "process_name"), ["threadlab: demo"]);
    let threads: HashSet<_> = events
        .iter()
        .filter(|event| event["name"] == "thread_name")
        .map(|event| event["tid"].as_u64())
        .collect();
    assert_eq!(threads.len(), 6);
    assert!(threads.contains(&Some(7)) && threads.contains(&Some(8)));
    assert_eq!(
        names(&events, "thread_name")[2..4],
        ["thread 3 (variant #1)", "thread 1 (variant #2)"]
    );
}

#[test]
fn a_worker_is_a_process_and_its_threads_are_in_it() {
    let (worker, task) = (TrackName::nth("worker", 0), TrackName::nth("task", 0));
    let error = micros_of(12);
    let events = traced(&[log([
        (0, 0, thread(0, 7)),
        (1, 1, opened(worker, TrackKind::Process, 200, Some(200))),
        (2, 2, opened(task, TrackKind::Thread, 200, Some(201))),
        (3, 1, EventKind::ClockPlaced { error }),
        (4, 2, begun(WORK, State::Running)),
    ])]);
    assert_eq!(
        names(&events, "process_name"),
        ["threadlab: demo", "worker 1 (variant #1)"]
    );
    let labels = events
        .iter()
        .find(|event| event["name"] == "process_labels");
    assert_eq!(labels.unwrap()["args"]["labels"], "±12 µs");
    let [span] = &of_phase(&events, "X")[..] else {
        panic!("{events:?}")
    };
    assert_eq!((&span["pid"], &span["tid"]), (&json!(200), &json!(201)));
}
