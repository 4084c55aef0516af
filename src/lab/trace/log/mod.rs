//! The run's history: its events, sorted into tracks and spans. Every picture is drawn from a
//! [`RunLog`] and a moment in it; there is no other state.

mod index;
mod moments;
pub mod restored;
#[cfg(test)]
pub mod test_log;
mod totals;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::event::{Event, EventKind, LOST, State, Step, TrackId, TrackInfo};
use crate::lab::demo::value::Point;
use crate::lab::run::Outcome;
use index::{BySteps, Ended};

/// Spans and instants that one log keeps: about 100 MB. Beyond that they are counted as dropped.
const ENTRIES_KEPT: u64 = 2_000_000;
/// So many more events with a figure: when the log is full of spans, counts still arrive.
const FIGURES_KEPT: u64 = 200_000;

/// A stretch of time on a track.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedSpan {
    /// Beginning, on the run's stopwatch.
    pub begin: Duration,
    /// End; `None` while it goes on.
    pub end: Option<Duration>,
    /// Its state in the end: that a deposit is lost is known only then.
    pub state: State,
    /// Its state while it went on.
    pub begun_as: State,
    /// The step of the task.
    pub step: Step,
    /// Spans of the same track that it lies within.
    pub depth: u8,
    /// CPU time used in it, where it was measured.
    pub cpu: Option<Duration>,
    /// Index of the span that it lies directly within.
    parent: Option<usize>,
    /// Nanoseconds of the parent's direct children that ended before this one began.
    before: u64,
    /// Nanoseconds of its own direct children that have ended.
    inner: u64,
}

impl LoggedSpan {
    /// The span's state as it was known at `now`.
    pub fn state_at(&self, now: Duration) -> State {
        match self.end {
            Some(end) if end <= now => self.state,
            _ => self.begun_as,
        }
    }

    /// CPU time ÷ wall time, between 0 and 1, where it was measured.
    pub fn share_of_core(&self) -> Option<f32> {
        let wall = self.end?.saturating_sub(self.begin).as_secs_f32();
        let cpu = self.cpu?.as_secs_f32();
        Some(if wall > 0.0 {
            (cpu / wall).clamp(0.0, 1.0)
        } else {
            1.0
        })
    }
}

/// Something that happened at one moment of a track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoggedInstant {
    /// When.
    pub at: Duration,
    /// The step.
    pub step: Step,
    /// With which figure.
    pub value: Option<i64>,
}

impl LoggedInstant {
    /// Its figure, if that is a count.
    pub fn count(&self) -> Option<u64> {
        u64::try_from(self.value?).ok()
    }
}

/// The history of one thread or process.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackLog {
    /// Its name, kind and ids.
    pub info: TrackInfo,
    /// When it began to report.
    pub opened: Duration,
    /// Its spans by time of beginning.
    pub spans: Vec<LoggedSpan>,
    /// Its instants by time.
    pub instants: Vec<LoggedInstant>,
    /// `(when, done, total)` by time.
    pub progress: Vec<(Duration, u64, u64)>,
    /// When its process was gone before its time.
    pub lost: Option<Duration>,
    spans_by: BySteps,
    instants_by: BySteps,
    ended: Ended,
    open: Vec<usize>,
    /// Spans that go on but did not fit; their ends must not end those that did.
    open_unkept: u64,
}

impl TrackLog {
    /// The innermost span that goes on at `now`.
    pub fn span_at(&self, now: Duration) -> Option<&LoggedSpan> {
        let begun = self.spans.partition_point(|span| span.begin <= now);
        self.innermost(begun, now)
    }

    /// Of the first `begun` spans, which are those that begin until `now`, the innermost that goes on then.
    fn innermost(&self, begun: usize, now: Duration) -> Option<&LoggedSpan> {
        // Spans nest: one that goes on now and began before the latest one lies around that one.
        let mut span = self.spans.get(begun.checked_sub(1)?)?;
        while span.end.is_some_and(|end| end <= now) {
            span = self.spans.get(span.parent?)?;
        }
        Some(span)
    }

    /// The instants at or before `now`.
    pub fn instants_until(&self, now: Duration) -> &[LoggedInstant] {
        let until = self.instants.partition_point(|instant| instant.at <= now);
        &self.instants[..until]
    }

    /// The last progress reported at or before `now`, as a share of 0 to 1.
    pub fn progress_at(&self, now: Duration) -> Option<f32> {
        let before = self.progress.partition_point(|(at, ..)| *at <= now);
        let (_, done, total) = self.progress.get(before.checked_sub(1)?)?;
        Some(if *total == 0 {
            1.0
        } else {
            (*done as f64 / *total as f64).min(1.0) as f32
        })
    }
}

/// All that a run has reported so far.
#[derive(Clone, Debug)]
pub struct RunLog {
    serial: u64,
    tracks: Vec<TrackLog>,
    points: Vec<(Duration, Point)>,
    finished: Option<(Duration, Outcome)>,
    last: Duration,
    events: u64,
    dropped: u64,
}

impl Default for RunLog {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self {
            serial: NEXT.fetch_add(1, Ordering::Relaxed),
            tracks: Vec::new(),
            points: Vec::new(),
            finished: None,
            last: Duration::ZERO,
            events: 0,
            dropped: 0,
        }
    }
}

impl RunLog {
    /// The track of the run as a whole, which has no number.
    pub fn run_track(&self) -> Option<&TrackLog> {
        let mut tracks = self.tracks.iter();
        tracks.find(|track| track.info.name.number.is_none())
    }

    /// Takes in the next event. Events of one track come in its order; tracks may be mixed.
    pub fn push(&mut self, event: Event) {
        let Event { at, track, kind } = event;
        self.last = self.last.max(at);
        match kind {
            EventKind::Finished(outcome) => {
                self.events += 1;
                self.finished = Some((at, *outcome));
            }
            EventKind::Point(point) => {
                self.events += 1;
                self.points.push((at, *point));
            }
            EventKind::TrackOpened(info) => {
                self.events += 1;
                self.open_track(track, *info, at);
            }
            EventKind::TrackLost => {
                self.events += 1;
                self.lose_process(track, at);
            }
            kind => {
                let most = match kind {
                    EventKind::Instant { value: Some(_), .. } | EventKind::Progress { .. } => {
                        ENTRIES_KEPT + FIGURES_KEPT
                    }
                    _ => ENTRIES_KEPT,
                };
                let room = self.events < most;
                // A track sends its opening before all else on the same channel, so it is always
                // there; counted all the same, so that a mistake would show.
                let track = self.tracks.get_mut(track.0 as usize);
                if track.is_some_and(|track| track.push(at, kind, room)) {
                    self.events += 1;
                } else {
                    self.dropped += 1;
                }
            }
        }
    }

    fn open_track(&mut self, id: TrackId, info: TrackInfo, at: Duration) {
        let index = id.0 as usize;
        // Numbers are given out before the events are sent, so a later track may come in first; a copy of it holds
        // the place of the earlier one until that opens.
        while self.tracks.len() <= index {
            self.tracks.push(TrackLog {
                info: info.clone(),
                opened: at,
                spans: Vec::new(),
                instants: Vec::new(),
                progress: Vec::new(),
                lost: None,
                spans_by: BySteps::default(),
                instants_by: BySteps::default(),
                ended: Ended::default(),
                open: Vec::new(),
                open_unkept: 0,
            });
        }
        self.tracks[index].info = info;
        self.tracks[index].opened = at;
    }

    /// The threads of a process end with it.
    fn lose_process(&mut self, id: TrackId, at: Duration) {
        let Some(pid) = self.tracks.get(id.0 as usize).map(|track| track.info.pid) else {
            return;
        };
        let its = self.tracks.iter_mut().filter(|track| track.info.pid == pid);
        its.for_each(|track| track.lose(at));
    }

    /// Tracks in the order of their numbers.
    pub fn tracks(&self) -> &[TrackLog] {
        &self.tracks
    }

    /// The points that a sweep has measured, each with its time.
    pub fn points(&self) -> &[(Duration, Point)] {
        &self.points
    }

    /// The points that a sweep has measured until `now`, in their order.
    pub fn points_until(&self, now: Duration) -> impl Iterator<Item = &Point> {
        let until = self.points.partition_point(|(at, _)| *at <= now);
        self.points[..until].iter().map(|(_, point)| point)
    }

    /// How and when the run ended; `None` while it goes on.
    pub fn finished(&self) -> Option<&(Duration, Outcome)> {
        self.finished.as_ref()
    }

    /// Time of the latest event.
    pub fn end(&self) -> Duration {
        self.last
    }

    /// Events kept.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Events that came in and did not fit.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }
}

impl TrackLog {
    /// Ends all open spans as lost.
    fn lose(&mut self, at: Duration) {
        if self.lost.is_some() {
            return;
        }
        self.lost = Some(at);
        self.add_instant(at, LOST, None);
        self.open_unkept = 0;
        if self.open.is_empty() {
            self.begin(at, State::Lost, LOST);
        }
        while let Some(index) = self.open.pop() {
            self.spans[index].end = Some(at);
            self.spans[index].state = State::Lost;
            self.note_end(index);
        }
    }

    fn begin(&mut self, at: Duration, state: State, step: Step) {
        let depth = u8::try_from(self.open.len()).unwrap_or(u8::MAX);
        let parent = self.open.last().copied();
        let index = self.spans.len();
        self.open.push(index);
        self.spans_by.push(step, index);
        self.spans.push(LoggedSpan {
            begin: at,
            end: None,
            state,
            begun_as: state,
            step,
            depth,
            cpu: None,
            parent,
            before: parent.map_or(0, |outer| self.spans[outer].inner),
            inner: 0,
        });
    }

    fn add_instant(&mut self, at: Duration, step: Step, value: Option<i64>) {
        // An instant that another thread has reported may come in late.
        let later = self.instants.iter().rev().take_while(|it| it.at > at);
        let place = self.instants.len() - later.count();
        if place == self.instants.len() {
            self.instants_by.push(step, place);
        } else {
            self.instants_by.insert(step, place);
        }
        self.instants
            .insert(place, LoggedInstant { at, step, value });
    }

    /// Whether its process was gone at `now`.
    pub fn is_lost(&self, now: Duration) -> bool {
        self.lost.is_some_and(|lost| lost <= now)
    }

    /// Returns whether the event was kept. Without `room` only what ends a kept span is.
    fn push(&mut self, at: Duration, kind: EventKind, room: bool) -> bool {
        match kind {
            EventKind::SpanBegun { .. } if !room => {
                self.open_unkept += 1;
                return false;
            }
            EventKind::SpanBegun { state, step } => self.begin(at, state, step),
            // It was ended already, as lost.
            EventKind::SpanEnded { .. } if self.lost.is_some() => {}
            EventKind::SpanEnded { .. } if self.open_unkept > 0 => {
                self.open_unkept -= 1;
                return false;
            }
            EventKind::SpanEnded { state, cpu } => {
                let Some(index) = self.open.pop() else {
                    return false;
                };
                let span = &mut self.spans[index];
                span.end = Some(at);
                span.cpu = cpu;
                span.state = state.unwrap_or(span.state);
                self.note_end(index);
            }
            _ if !room => return false,
            EventKind::Instant { step, value } => self.add_instant(at, step, value),
            EventKind::Progress { done, total } => self.progress.push((at, done, total)),
            EventKind::ClockPlaced { error } => self.info.clock_error = error,
            EventKind::TrackOpened(_)
            | EventKind::Point(_)
            | EventKind::TrackLost
            | EventKind::Finished(_) => {}
        }
        true
    }
}

#[cfg(test)]
mod tests;
