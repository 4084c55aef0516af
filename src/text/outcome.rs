//! The outcome of a run in words: the one sentence that window and terminal end with.

use super::Language;
use crate::lab::demo::Demo;
use crate::lab::demo::value::Value;
use crate::lab::run::outcome::{Outcome, Summary};
use crate::lab::trace::record::Record;

impl Language {
    /// The reason why a run failed or panicked; `None` if it did neither.
    pub fn failure(self, outcome: &Outcome) -> Option<String> {
        match outcome {
            Outcome::Done(_) | Outcome::Cancelled(_) => None,
            Outcome::Failed(error, _) => Some(self.run_error(error)),
            Outcome::Panicked(message, _) => Some(message.clone()),
        }
    }

    /// The result of `record`'s run of `demo`. `earlier` are the runs before it with the same parameters.
    pub fn what_happened(self, demo: &dyn Demo, record: &Record, earlier: &[&Record]) -> String {
        let error = |error: String| [("error", Value::Word(error))];
        let said = match &record.outcome {
            Outcome::Done(_) => self.say_all(&demo.result(record, earlier)),
            Outcome::Cancelled(summary) => self.stopped(summary),
            Outcome::Failed(why, _) => {
                let [error] = error(self.run_error(why));
                match self.say_all(&demo.partial(record)) {
                    nothing if nothing.is_empty() => self.with("app-result-failed", &[error]),
                    there => {
                        let there = ("there", Value::Word(there));
                        self.with("app-result-failed-partial", &[error, there])
                    }
                }
            }
            Outcome::Panicked(why, _) => self.with("app-result-panicked", &error(why.clone())),
        };
        let said = match record.summary().cores_changed {
            Some(cores) => {
                let cores = [("cores", cores.into())];
                format!("{said} {}", self.with("app-cores-changed", &cores))
            }
            None => said,
        };
        if record.events_dropped == 0 {
            return said;
        }
        // Dropped events leave the picture incomplete, and the result says so.
        let count = [("count", record.events_dropped.into())];
        format!("{said} · {}", self.with("app-events-dropped", &count))
    }

    fn stopped(self, summary: &Summary) -> String {
        let seconds = ("seconds", Value::from(summary.wall));
        match summary.points.len() {
            0 => self.with("app-result-cancelled", &[seconds]),
            points => self.with(
                "app-result-cancelled-points",
                &[seconds, ("points", points.into())],
            ),
        }
    }
}
