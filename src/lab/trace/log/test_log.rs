//! Logs for tests: written event by event, or of a real run.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::RunLog;
use crate::lab::demo::{Demo, VariantId};
use crate::lab::run::{Lab, start};
use crate::lab::trace::event::{
    Event, EventKind, State, Step, TrackId, TrackInfo, TrackKind, TrackName,
};

/// A log that is written event by event. Its moments are counted in a unit of time.
pub struct TestLog {
    log: RunLog,
    unit: Duration,
}

impl Deref for TestLog {
    type Target = RunLog;

    fn deref(&self) -> &RunLog {
        &self.log
    }
}

impl TestLog {
    /// An empty log.
    pub fn counted_in(unit: Duration) -> Self {
        Self {
            log: RunLog::default(),
            unit,
        }
    }

    /// An empty log whose moments are milliseconds.
    pub fn in_millis() -> Self {
        Self::counted_in(Duration::from_millis(1))
    }

    /// An empty log whose moments are microseconds.
    pub fn in_micros() -> Self {
        Self::counted_in(Duration::from_micros(1))
    }

    /// A log of threads that begin to report at 0.
    pub fn of_threads(names: impl IntoIterator<Item = TrackName>) -> Self {
        let mut log = Self::in_millis();
        for (track, name) in (0..).zip(names) {
            log.open(0, track, name, TrackKind::Thread, 1);
        }
        log
    }

    /// Any event.
    pub fn push(&mut self, at: u64, track: u32, kind: EventKind) {
        let at = Duration::from_nanos(self.unit.as_nanos() as u64 * at);
        let track = TrackId(track);
        self.log.push(Event { at, track, kind });
    }

    /// A thread or process begins to report.
    pub fn open(&mut self, at: u64, track: u32, name: TrackName, kind: TrackKind, pid: u32) {
        let info = TrackInfo {
            name,
            kind,
            pid,
            os_id: None,
            clock_error: Duration::ZERO,
        };
        self.push(at, track, EventKind::TrackOpened(Box::new(info)));
    }

    /// A span begins.
    pub fn begin_span(&mut self, at: u64, track: u32, state: State, step: Step) {
        self.push(at, track, EventKind::SpanBegun { state, step });
    }

    /// The innermost span ends.
    pub fn end_span(&mut self, at: u64, track: u32) {
        self.end_span_as(at, track, None);
    }

    /// The innermost span ends, and its state was another.
    pub fn end_span_as(&mut self, at: u64, track: u32, state: Option<State>) {
        self.push(at, track, EventKind::SpanEnded { state, cpu: None });
    }

    /// A whole span.
    pub fn span(&mut self, begin: u64, end: u64, track: u32, state: State, step: Step) {
        self.begin_span(begin, track, state, step);
        self.end_span(end, track);
    }

    /// An instant with its figure.
    pub fn instant(&mut self, at: u64, track: u32, step: Step, value: i64) {
        let value = Some(value);
        self.push(at, track, EventKind::Instant { step, value });
    }
}

/// The events of a real run in this process, from its beginning to its end.
pub fn events_of_run(demo: &dyn Demo, variant: VariantId, seed: u64) -> Vec<Event> {
    let lab = Lab {
        program: PathBuf::new(),
        failpoint: None,
        attended: false,
        wake: Arc::new(|_| {}),
    };
    let handle = start(&lab, demo, variant, seed);
    let mut events: Vec<Event> = Vec::new();
    loop {
        events.push(handle.wait(Duration::from_secs(60)).expect("the run ends"));
        if matches!(events.last(), Some(event) if matches!(event.kind, EventKind::Finished(_))) {
            return events;
        }
    }
}

/// The log of a real run in this process.
pub fn log_of_run(demo: &dyn Demo, variant: VariantId, seed: u64) -> RunLog {
    log_of(&events_of_run(demo, variant, seed))
}

/// The log of these events.
pub fn log_of(events: &[Event]) -> RunLog {
    let mut log = RunLog::default();
    for event in events {
        log.push(event.clone());
    }
    log
}
