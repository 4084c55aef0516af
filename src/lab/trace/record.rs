//! The record of a finished run: everything that tables, graphs and exports read.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::lab::demo::param::Params;
use crate::lab::demo::spec::{DemoId, VariantId};
use crate::lab::demo::value::{Details, Value};
use crate::lab::run::error::RunError;
use crate::lab::run::outcome::{Outcome, Summary};

/// The host of a run, which drained its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// Measures that only the host of a run can take.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostMeasures {
    /// The kind of host.
    pub kind: HostKind,
    /// Frames drawn, or ticks, from start to end of the run.
    pub frames: u64,
    /// Longest time between two of them.
    pub longest_frame_gap: Duration,
    /// Presses of the pointer that were waiting when the first frame after the longest gap began.
    pub clicks_waiting: u64,
    /// The first click on About; `None` if it was not clicked, or there is no such button.
    pub about: Option<AboutClick>,
}

/// A click on About while a run went on. Times are on the run's stopwatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AboutClick {
    /// The window drew meanwhile: it learned of the click, and drew what About opens.
    Answered {
        /// When the window learned of the click.
        clicked: Duration,
        /// When the picture with what About opens was drawn.
        opened: Duration,
    },
    /// The window was frozen: the click waited, for an unknown time, until the task was done.
    AfterFreeze {
        /// When the window came to it.
        opened: Duration,
    },
}

/// The run's demo, variant, parameters and seed.
#[derive(Clone, Debug, PartialEq)]
pub struct RunInfo {
    /// The demo.
    pub demo: DemoId,
    /// Its variant.
    pub variant: VariantId,
    /// A copy of the parameters it was started with; changing the demo's own does not change these.
    pub params: Params,
    /// Where its chance came from.
    pub seed: u64,
}

/// One finished run.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The run.
    pub info: RunInfo,
    /// How it ended, with its summary.
    pub outcome: Outcome,
    /// The measures of its host.
    pub host: HostMeasures,
    /// Tracks opened.
    pub tracks: usize,
    /// Events kept.
    pub events: u64,
    /// Events dropped because a track or the log was full.
    pub events_dropped: u64,
}

impl Record {
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
        self.summary().cores_changed.is_some()
    }

    /// Whether it can answer a question: it came to its end, or was stuck.
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

    /// The details of the run, if they are of this type.
    pub fn details<T: Details>(&self) -> Option<&T> {
        self.summary().details.get()
    }

    /// A measure as a number; `wall_seconds` is one.
    pub fn figure(&self, name: &str) -> Option<f64> {
        if name == "wall_seconds" {
            return Some(self.wall().as_secs_f64());
        }
        self.summary().measure(name).and_then(Value::as_f64)
    }
}
