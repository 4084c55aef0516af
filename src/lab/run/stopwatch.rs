//! A run's stopwatch, and the phases that divide its time.
//!
//! It starts before the run's first thread exists, and stops when the job says that the answer is there; what follows
//! is tidying up. Phases follow each other without gaps, so they add up.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::lab::trace::step::Step;

/// The only phase of a run that divides its time into none.
pub(crate) const COMPUTE: Step = Step("compute");

/// Runs from its start until the answer is there.
pub(crate) struct Stopwatch {
    pub(crate) origin: Instant,
    laps: Mutex<Laps>,
}

#[derive(Default)]
struct Laps {
    /// The phases by time of beginning.
    begun: Vec<(Step, Duration)>,
    stopped: Option<Duration>,
}

impl Stopwatch {
    /// A stopwatch that was started at `origin`.
    pub(super) fn started_at(origin: Instant) -> Self {
        Self {
            origin,
            laps: Mutex::default(),
        }
    }

    /// A panic while it was held has left nothing half-done.
    fn laps(&self) -> MutexGuard<'_, Laps> {
        self.laps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a phase; see [`WorkCtx::phase`](super::ctx::WorkCtx::phase).
    pub(super) fn phase(&self, step: Step) -> Duration {
        let mut laps = self.laps();
        if let Some(stopped) = laps.stopped {
            return stopped;
        }
        let at = match laps.begun.is_empty() {
            true => Duration::ZERO,
            false => self.origin.elapsed(),
        };
        laps.begun.push((step, at));
        at
    }

    /// Stops, unless it is stopped already. Returns the time shown.
    pub(super) fn stop(&self) -> Duration {
        let mut laps = self.laps();
        *laps.stopped.get_or_insert_with(|| self.origin.elapsed())
    }

    /// The phases until it was stopped, which is now at the latest. They add up to all of its time.
    pub(super) fn phases(&self) -> Vec<(Step, Duration)> {
        let wall = self.stop();
        let laps = self.laps();
        let ends = laps.begun.iter().skip(1).map(|(_, at)| *at).chain([wall]);
        let mut phases: Vec<(Step, Duration)> = Vec::new();
        for ((step, begun), end) in laps.begun.iter().zip(ends) {
            let length = end.saturating_sub(*begun);
            // A phase that was begun again is one phase.
            match phases.iter_mut().find(|(known, _)| known == step) {
                Some((_, before)) => *before += length,
                None => phases.push((*step, length)),
            }
        }
        if phases.is_empty() {
            phases.push((COMPUTE, wall));
        }
        phases
    }
}
