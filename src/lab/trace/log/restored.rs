//! A log that is read back from a file. What every log keeps to is checked: spans lie within each other, and nothing
//! comes before what came before it. Pictures rely on that.

use std::time::Duration;

use super::{ENTRIES_KEPT, FIGURES_KEPT, LoggedInstant, RunLog};
use crate::lab::demo::value::Point;
use crate::lab::run::Outcome;
use crate::lab::trace::event::{State, Step, TrackId, TrackInfo};

/// Times that no log can have, or more of them than a log keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfOrder;

/// A span as a file has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StoredSpan {
    /// Beginning, on the run's stopwatch.
    pub begin: Duration,
    /// End; `None` if it went on at the end of the run.
    pub end: Option<Duration>,
    /// Its state in the end.
    pub state: State,
    /// Its state while it went on.
    pub begun_as: State,
    /// The step of the task.
    pub step: Step,
    /// Spans of the same track that it lies within.
    pub depth: u8,
    /// CPU time used in it, where it was measured.
    pub cpu: Option<Duration>,
}

/// The counts of a log, and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Time of the latest event.
    pub end: Duration,
    /// Events kept.
    pub events: u64,
    /// Events that came in and did not fit.
    pub dropped: u64,
}

/// A log to which one track after the other is added.
#[derive(Default)]
pub struct RestoredLog {
    log: RunLog,
    /// The ends to come of the spans that are open on the latest track, the innermost last.
    ends: Vec<StoredSpan>,
    /// The latest end on the latest track.
    ended: Duration,
    latest: Duration,
    entries: u64,
}

impl RestoredLog {
    /// Begins a track; what is added from now on is on it.
    pub fn track(
        &mut self,
        info: TrackInfo,
        opened: Duration,
        lost: Option<Duration>,
    ) -> Result<(), OutOfOrder> {
        self.end_track()?;
        let index = u32::try_from(self.log.tracks.len()).map_err(|_| OutOfOrder)?;
        self.log.open_track(TrackId(index), info, opened);
        self.log.tracks[index as usize].lost = lost;
        self.count(opened.max(lost.unwrap_or_default()))
    }

    /// Adds the next span by its beginning.
    pub fn span(&mut self, span: StoredSpan) -> Result<(), OutOfOrder> {
        self.end_spans(usize::from(span.depth), span.begin)?;
        let track = self.log.tracks.last_mut().ok_or(OutOfOrder)?;
        let follows = { track.spans.last() }.is_none_or(|before| before.begin <= span.begin);
        let ends = span.end.is_none_or(|end| end >= span.begin);
        let around = self.ends.last().and_then(|outer| outer.end);
        let within = around.is_none_or(|outer| span.end.is_some_and(|end| end <= outer));
        if !(follows && ends && within && track.open.len() == usize::from(span.depth)) {
            return Err(OutOfOrder);
        }
        track.begin(span.begin, span.begun_as, span.step);
        self.ends.push(span);
        self.count(span.end.unwrap_or(span.begin))
    }

    /// Adds the next instant.
    pub fn instant(&mut self, instant: LoggedInstant) -> Result<(), OutOfOrder> {
        let track = self.log.tracks.last_mut().ok_or(OutOfOrder)?;
        if { track.instants.last() }.is_some_and(|before| before.at > instant.at) {
            return Err(OutOfOrder);
        }
        track.add_instant(instant.at, instant.step, instant.value);
        self.count(instant.at)
    }

    /// Adds the next progress.
    pub fn progress(&mut self, at: Duration, done: u64, total: u64) -> Result<(), OutOfOrder> {
        let track = self.log.tracks.last_mut().ok_or(OutOfOrder)?;
        if { track.progress.last() }.is_some_and(|(before, ..)| *before > at) {
            return Err(OutOfOrder);
        }
        track.progress.push((at, done, total));
        self.count(at)
    }

    /// The log of a run that ended so.
    pub fn finish(
        mut self,
        points: Vec<(Duration, Point)>,
        finished: Option<(Duration, Outcome)>,
        totals: Totals,
    ) -> Result<RunLog, OutOfOrder> {
        self.end_track()?;
        let sorted = points.is_sorted_by_key(|(at, _)| *at);
        let latest = points.last().map_or(Duration::ZERO, |(at, _)| *at);
        let at = { finished.as_ref() }.map_or(Duration::ZERO, |(at, _)| *at);
        if !sorted || self.latest.max(latest).max(at) > totals.end {
            return Err(OutOfOrder);
        }
        Ok(RunLog {
            points,
            finished,
            last: totals.end,
            events: totals.events,
            dropped: totals.dropped,
            ..self.log
        })
    }

    /// Ends the spans within the first `depth` of those that go on, all before `next`.
    fn end_spans(&mut self, depth: usize, next: Duration) -> Result<(), OutOfOrder> {
        while self.ends.len() > depth {
            let end = self.ends.last().and_then(|span| span.end);
            if end.is_none_or(|end| end > next) {
                return Err(OutOfOrder);
            }
            self.end_span()?;
        }
        Ok(())
    }

    /// Ends the innermost span that goes on.
    fn end_span(&mut self) -> Result<(), OutOfOrder> {
        let (Some(ending), Some(track)) = (self.ends.pop(), self.log.tracks.last_mut()) else {
            return Ok(());
        };
        let index = track.open.pop().ok_or(OutOfOrder)?;
        let end = ending.end.filter(|end| *end >= self.ended);
        self.ended = end.ok_or(OutOfOrder)?;
        let span = &mut track.spans[index];
        (span.end, span.state, span.cpu) = (end, ending.state, ending.cpu);
        track.note_end(index);
        Ok(())
    }

    /// Ends the spans of the latest track that have an end; those around them may have none.
    fn end_track(&mut self) -> Result<(), OutOfOrder> {
        while self.ends.last().is_some_and(|span| span.end.is_some()) {
            self.end_span()?;
        }
        if self.ends.iter().any(|span| span.end.is_some()) {
            return Err(OutOfOrder);
        }
        self.ends.clear();
        self.ended = Duration::ZERO;
        Ok(())
    }

    /// Counts an entry, so that no file fills the memory.
    fn count(&mut self, at: Duration) -> Result<(), OutOfOrder> {
        self.latest = self.latest.max(at);
        self.entries += 1;
        match self.entries <= ENTRIES_KEPT + FIGURES_KEPT {
            true => Ok(()),
            false => Err(OutOfOrder),
        }
    }
}
