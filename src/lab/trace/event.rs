//! Events: small facts in the past tense, from which every picture, table and file is made.

use std::time::Duration;

pub use super::step::{LOST, State, Step};
pub use super::track_info::{TrackId, TrackInfo, TrackKind, TrackName};
use crate::lab::run::outcome::Outcome;

use crate::lab::demo::value::Point;

/// One thing that happened, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Time since the run's stopwatch was started.
    pub at: Duration,
    /// Where it happened.
    pub track: TrackId,
    /// The fact itself.
    pub kind: EventKind,
}

/// The kinds of [`Event`]. The large ones are boxed, so that the frequent ones stay small in the channel.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// A thread or process began to report.
    TrackOpened(Box<TrackInfo>),
    /// A stretch of time began.
    SpanBegun {
        /// The state of the task in the scheduler's terms.
        state: State,
        /// Its step in the demo's terms.
        step: Step,
    },
    /// The youngest open span of this track ended.
    SpanEnded {
        /// Recolours the span, for only at its end is a deposit known to be lost.
        state: Option<State>,
        /// CPU time that the thread used in it; known for [`State::Running`] spans.
        cpu: Option<Duration>,
    },
    /// Something happened at one moment.
    Instant {
        /// The step.
        step: Step,
        /// With which figure: the balance that was read, the number that was printed.
        value: Option<i64>,
    },
    /// This much of the track's work is done.
    Progress {
        /// Units done.
        done: u64,
        /// Units in all.
        total: u64,
    },
    /// A run that sweeps has measured one more point.
    Point(Box<Point>),
    /// Another process's clock was placed on ours, as exactly as this.
    ClockPlaced {
        /// As in [`TrackInfo::clock_error`].
        error: Duration,
    },
    /// The track's process is gone before its time: whatever it and its threads were doing has come to nothing.
    TrackLost,
    /// The run is over. Always the last event of its channel.
    Finished(Box<Outcome>),
}
