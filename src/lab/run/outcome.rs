//! How a run ended, and what was measured until then.

use std::time::Duration;

use super::error::RunError;
use crate::lab::demo::value::{Point, RunDetails, Value};
use crate::lab::trace::step::Step;

/// A job's result: its measures. The context adds phases and wall time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JobOutput {
    /// Measures by name, in the demo's order.
    pub measures: Vec<(&'static str, Value)>,
    /// Details of the run beside its measures.
    pub details: RunDetails,
}

/// The measures of a run: what its job returned, and the times that its context took.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Measures by name, in the demo's order.
    pub measures: Vec<(&'static str, Value)>,
    /// Details of the run beside its measures.
    pub details: RunDetails,
    /// How many cores the run had at last, if that was changed while it went on.
    pub cores_changed: Option<u64>,
    /// The run's time, divided without gaps; adds up to `wall`.
    pub phases: Vec<(Step, Duration)>,
    /// From the start of the stopwatch until the answer was there.
    pub wall: Duration,
    /// The points of a sweep, in the order in which they were measured; kept however the run ended.
    pub points: Vec<Point>,
}

impl Summary {
    /// A measure that was taken.
    pub fn measure(&self, name: &str) -> Option<&Value> {
        let mut measures = self.measures.iter();
        let (_, value) = measures.find(|(known, _)| *known == name)?;
        Some(value)
    }

    /// All figures that sentences may name: the measures, and those of the details.
    pub fn figures(&self) -> Vec<(&'static str, Value)> {
        [self.measures.clone(), self.details.figures()].concat()
    }
}

/// How a run ended. What was measured until then is kept in every case.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The job returned.
    Done(Summary),
    /// Someone stopped it.
    Cancelled(Summary),
    /// It could not go on.
    Failed(RunError, Summary),
    /// It panicked, with this message.
    Panicked(String, Summary),
}

impl Outcome {
    /// The name in exported data.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Done(_) => "done",
            Outcome::Cancelled(_) => "cancelled",
            Outcome::Failed(..) => "failed",
            Outcome::Panicked(..) => "panicked",
        }
    }

    /// Whether the run failed or panicked.
    pub fn is_failure(&self) -> bool {
        matches!(self, Outcome::Failed(..) | Outcome::Panicked(..))
    }

    /// The measures, complete only if the run is done.
    pub fn summary(&self) -> &Summary {
        match self {
            Outcome::Done(summary)
            | Outcome::Cancelled(summary)
            | Outcome::Failed(_, summary)
            | Outcome::Panicked(_, summary) => summary,
        }
    }
}
