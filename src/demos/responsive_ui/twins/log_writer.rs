//! The writer of the twins' log: opens its lanes, and turns each report of a twin into events.

use std::time::{Duration, Instant};

use super::{DRAW, GONE, Gone, PICTURE, Side, WORKER};
use crate::demos::responsive_ui::DOWNLOAD;
use crate::lab::run::{Outcome, Summary};
use crate::lab::trace::event::{
    Event, EventKind, State, Step, TrackId, TrackInfo, TrackKind, TrackName,
};
use crate::lab::trace::log::RunLog;

/// Pictures nearer to each other than this share a mark on the timeline, or the marks would be a solid bar.
const MARK_EVERY: Duration = Duration::from_millis(90);
/// How wide a mark is, where the one before is not nearer.
const MARK: Duration = Duration::from_millis(30);

/// The lane of twin B's worker; those of the twins come before it.
const WORKER_TRACK: TrackId = TrackId(2);

/// Writes the log of one run of the twins, which begins at `origin`.
pub(super) struct LogWriter {
    pub(super) log: RunLog,
    pub(super) origin: Instant,
    /// When each twin's latest mark was made.
    marked: [Option<Duration>; 2],
}

impl LogWriter {
    /// Begins an empty log, in which both twins are then [opened](Self::open).
    pub(super) fn begin(origin: Instant) -> Self {
        Self {
            log: RunLog::default(),
            origin,
            marked: [None; 2],
        }
    }

    pub(super) fn since(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.origin)
    }

    /// Whether the run is over: nothing more is written.
    pub(super) fn is_closed(&self) -> bool {
        self.log.finished().is_some()
    }

    /// Opens a twin's lanes.
    pub(super) fn open(&mut self, side: Side, pid: u32, clock_error: Duration) {
        let open = |name: TrackName, kind: TrackKind| {
            EventKind::TrackOpened(Box::new(TrackInfo {
                name,
                kind,
                pid,
                os_id: (kind == TrackKind::Process).then_some(pid),
                clock_error,
            }))
        };
        let ui = open(side.track(), TrackKind::Process);
        self.push(Duration::ZERO, track(side), ui);
        if side == Side::B {
            let worker = open(WORKER, TrackKind::Thread);
            self.push(Duration::ZERO, WORKER_TRACK, worker);
        }
    }

    pub(super) fn clock_placed(&mut self, side: Side, error: Duration) {
        let at = self.log.end();
        self.push(at, track(side), EventKind::ClockPlaced { error });
    }

    /// Keeps every picture, but marks only some on the timeline. `life`: the twin's age.
    pub(super) fn picture(&mut self, side: Side, at: Instant, life: Duration) {
        self.instant(at, side, PICTURE, life.as_millis() as i64);
        let (since, marked) = (self.since(at), self.marked[side.index()]);
        if marked.is_none_or(|marked| since.saturating_sub(marked) >= MARK_EVERY) {
            self.marked[side.index()] = Some(since);
            let lane = self.log.tracks().get(side.index());
            let last = lane.and_then(|lane| lane.spans.last()?.end);
            let begin = since.saturating_sub(MARK).max(last.unwrap_or_default());
            self.push(begin, track(side), span_begun(State::Running, DRAW));
            self.push(since, track(side), span_ended(None));
        }
    }

    pub(super) fn task_began(&mut self, side: Side, at: Instant) {
        let began = span_begun(State::Sleeping, DOWNLOAD);
        self.push(self.since(at), task(side), began);
    }

    pub(super) fn task_ended(&mut self, side: Side, at: Instant) {
        self.push(self.since(at), task(side), span_ended(None));
    }

    /// The twin has ended. A task that it was doing is lost.
    pub(super) fn gone(&mut self, side: Side, at: Instant, gone: Gone) {
        let since = self.since(at);
        let lane = self.log.tracks().get(task(side).0 as usize);
        let last = lane.and_then(|lane| lane.spans.last());
        if last.is_some_and(|span| span.end.is_none()) {
            self.push(since, task(side), span_ended(Some(State::Lost)));
        }
        self.instant(at, side, GONE, gone.number());
    }

    pub(super) fn instant(&mut self, at: Instant, side: Side, step: Step, value: i64) {
        let value = Some(value);
        let kind = EventKind::Instant { step, value };
        self.push(self.since(at), track(side), kind);
    }

    /// The run is over.
    pub(super) fn close(&mut self, now: Instant, outcome: impl FnOnce(Summary) -> Outcome) {
        let wall = self.since(now);
        let summary = Summary {
            wall,
            ..Summary::default()
        };
        let kind = EventKind::Finished(Box::new(outcome(summary)));
        self.push(wall, TrackId(0), kind);
    }

    fn push(&mut self, at: Duration, track: TrackId, kind: EventKind) {
        self.log.push(Event { at, track, kind });
    }
}

/// The lane of a twin's UI thread.
fn track(side: Side) -> TrackId {
    TrackId(side.index() as u32)
}

/// The lane on which a twin does its task.
fn task(side: Side) -> TrackId {
    match side {
        Side::A => track(side),
        Side::B => WORKER_TRACK,
    }
}

fn span_begun(state: State, step: Step) -> EventKind {
    EventKind::SpanBegun { state, step }
}

fn span_ended(state: Option<State>) -> EventKind {
    EventKind::SpanEnded { state, cpu: None }
}
