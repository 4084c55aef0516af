//! What remains of a run: everything that tables, graphs and exports read.

use std::time::Duration;

use crate::lab::demo::Demo;
use crate::lab::demo::value::Value;
use crate::lab::run::ctx::CORES_CHANGED;
use crate::lab::run::error::RunError;
use crate::lab::run::{Outcome, RunInfo, Summary};
use crate::lab::trace::log::RunLog;

/// Who drained the run's events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostKind {
    /// The window, once a frame.
    Window,
    /// The terminal, every 16 ms.
    TickLoop,
}

impl HostKind {
    /// The name in exported data.
    pub fn name(self) -> &'static str {
        match self {
            HostKind::Window => "window",
            HostKind::TickLoop => "tick_loop",
        }
    }
}

/// What only the host of a run can know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HostMeasures {
    /// Who it was.
    pub kind: HostKind,
    /// Frames drawn, or ticks, from start to end of the run.
    pub frames: u64,
    /// Longest time between two of them.
    pub longest_frame_gap: Duration,
    /// Presses of the pointer that were waiting when the first frame after the longest gap began.
    pub clicks_waiting: u64,
    /// What the first click on About came to; `None` if nobody clicked it, or there is no such button.
    pub about: Option<AboutClick>,
}

/// What became of a click on About while a run went on. Times are on the run's stopwatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AboutClick {
    /// The window drew meanwhile: it learned of the click, and drew what About opens.
    Answered {
        /// When the window learned of the click.
        clicked: Duration,
        /// When the picture with what About opens was drawn.
        opened: Duration,
    },
    /// The window stood still: the click waited, nobody knows since when, until the task was done.
    AfterFreeze {
        /// When the window came to it.
        opened: Duration,
    },
}

/// One finished run.
#[derive(Clone, Debug)]
pub struct Record {
    /// Which run.
    pub info: RunInfo,
    /// How it ended, with its summary.
    pub outcome: Outcome,
    /// What the host saw.
    pub host: HostMeasures,
    /// Tracks opened.
    pub tracks: usize,
    /// Events kept.
    pub events: u64,
    /// Events dropped because a track or the log was full.
    pub events_dropped: u64,
}

/// How a record was read off a finished run.
impl Record {
    /// Closes the record of a finished run. `earlier` are records made before in the same session,
    /// oldest first; the latest undisturbed run of the baseline variant among them gives `speedup`.
    pub fn close(
        demo: &dyn Demo,
        info: RunInfo,
        log: &RunLog,
        outcome: Outcome,
        host: HostMeasures,
        events_dropped: u64,
        earlier: &[Record],
    ) -> Self {
        let mut record = Self {
            info,
            outcome,
            host,
            tracks: log.tracks().len(),
            events: log.events(),
            events_dropped: events_dropped + log.dropped(),
        };
        if let Outcome::Done(summary) = &mut record.outcome {
            demo.measure_host(summary, &host);
            demo.measure_log(summary, &record.info, log);
        }
        if !record.was_changed()
            && let Some(speedup) = record.speedup_in(demo, earlier)
            && let Outcome::Done(summary) = &mut record.outcome
        {
            summary.measures.push(("speedup", Value::Ratio(speedup)));
        }
        record
    }

    /// A record of a run of `variant` that came to this, for tests of what is said of it.
    #[cfg(test)]
    pub fn done(demo: &dyn Demo, variant: &'static str, summary: Summary) -> Self {
        Self {
            info: RunInfo {
                demo: demo.id(),
                variant,
                params: demo.params(),
                seed: 1,
            },
            outcome: Outcome::Done(summary),
            host: HostMeasures {
                kind: HostKind::TickLoop,
                frames: 1,
                longest_frame_gap: Duration::ZERO,
                clicks_waiting: 0,
                about: None,
            },
            tracks: 1,
            events: 1,
            events_dropped: 0,
        }
    }

    fn speedup_in(&self, demo: &dyn Demo, earlier: &[Record]) -> Option<f64> {
        let baseline = demo.spec().baseline?;
        let alone = if self.info.variant == baseline {
            self.wall()
        } else {
            earlier
                .iter()
                .rev()
                .find(|record| {
                    record.is_done()
                        && !record.was_changed()
                        && !demo.is_disturbed(record)
                        && record.info.variant == baseline
                        && record.info.demo == self.info.demo
                        && demo.is_same_work(&record.info.params, &self.info.params)
                })?
                .wall()
        };
        let wall = self.wall().as_secs_f64();
        (wall > 0.0).then(|| alone.as_secs_f64() / wall)
    }

    /// Whether a run of `info` could be drawn into one graph with this one.
    pub fn is_comparable(&self, info: &RunInfo) -> bool {
        self.info.demo == info.demo && self.info.params == info.params
    }

    /// Whether the run came to its end.
    pub fn is_done(&self) -> bool {
        matches!(self.outcome, Outcome::Done(_))
    }

    /// Whether its cores were changed while it went on: then it is not one of those with its parameters.
    pub fn was_changed(&self) -> bool {
        self.summary().measure(CORES_CHANGED).is_some()
    }

    /// Whether it can answer a question: it came to its end, or to where nobody could go on.
    pub fn is_decided(&self) -> bool {
        let is_over =
            self.is_done() || matches!(self.outcome, Outcome::Failed(RunError::Stuck { .. }, _));
        is_over && !self.was_changed()
    }

    /// Its measures, phases and wall time.
    pub fn summary(&self) -> &Summary {
        self.outcome.summary()
    }

    /// From the start of the stopwatch to the answer.
    pub fn wall(&self) -> Duration {
        self.summary().wall
    }

    /// A measure as a number; `wall_seconds` is one.
    pub fn figure(&self, name: &str) -> Option<f64> {
        if name == "wall_seconds" {
            return Some(self.wall().as_secs_f64());
        }
        self.summary().measure(name).and_then(Value::as_f64)
    }
}
