//! Closing the record of a finished run: what its host and its log add to what the job measured.

#[cfg(test)]
use std::time::Duration;

use crate::lab::demo::Demo;
use crate::lab::demo::value::Value;
use crate::lab::run::outcome::Outcome;
#[cfg(test)]
use crate::lab::run::outcome::Summary;
use crate::lab::trace::log::RunLog;
#[cfg(test)]
use crate::lab::trace::record::HostKind;
use crate::lab::trace::record::{HostMeasures, Record, RunInfo};

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

    /// A record of a run of `variant` with this summary, for tests.
    #[cfg(test)]
    pub fn done(demo: &dyn Demo, variant: &'static str, summary: Summary) -> Self {
        let info = RunInfo {
            demo: demo.id(),
            variant,
            params: demo.params(),
            seed: 1,
        };
        Self::of(info, Outcome::Done(summary))
    }

    /// A record of a run that ended so, for tests.
    #[cfg(test)]
    pub fn of(info: RunInfo, outcome: Outcome) -> Self {
        Self {
            info,
            outcome,
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
}
