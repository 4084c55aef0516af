//! The phases of a sum, each with its beginning.

use std::time::Duration;

use super::super::super::{COLLECT, COMPUTE, HAND_OVER, PART, PREPARE, SPAWN};
use super::{Plan, Team, worker_tracks};
use crate::lab::trace::event::Step;
use crate::lab::trace::log::{LoggedSpan, RunLog, TrackLog};

fn first_span(track: &TrackLog, step: Step) -> Option<&LoggedSpan> {
    track.spans_of(step, Duration::MAX).next()
}

/// The beginnings of the phases.
pub(super) struct Phases {
    begun: Vec<(Step, Duration)>,
    /// When the answer was there.
    pub(super) over: Option<Duration>,
}

impl Phases {
    /// The phases by the run's summary; while the run goes on, by its tracks.
    pub(super) fn of(log: &RunLog, plan: Plan) -> Self {
        match log.finished() {
            Some((_, outcome)) => {
                let summary = outcome.summary();
                let mut begin = Duration::ZERO;
                let begun = summary.phases.iter().map(|(step, length)| {
                    let phase = (*step, begin);
                    begin += *length;
                    phase
                });
                let mut begun: Vec<_> = begun.collect();
                let of_tracks = Self::of_tracks(log, plan).begun;
                // Workers that make the numbers bring the run back to that phase.
                if of_tracks
                    .iter()
                    .filter(|(step, _)| *step == PREPARE)
                    .count()
                    > 1
                {
                    let is_late = |step| matches!(step, COMPUTE | COLLECT);
                    begun.retain(|(step, _)| is_late(*step));
                    begun.splice(0..0, of_tracks.into_iter().take_while(|it| !is_late(it.0)));
                }
                Self {
                    begun,
                    over: Some(summary.wall),
                }
            }
            None => Self::of_tracks(log, plan),
        }
    }

    fn of_tracks(log: &RunLog, plan: Plan) -> Self {
        let mut begun = vec![(PREPARE, Duration::ZERO)];
        let mut over = None;
        if let Some(run) = log.run_track() {
            let first = |step| first_span(run, step);
            for step in [SPAWN, HAND_OVER] {
                begun.extend(first(step).map(|span| (step, span.begin)));
            }
            // The time at which the last worker began; `None` while one has not.
            let last = |begin: fn(&TrackLog) -> Option<Duration>| {
                let firsts = worker_tracks(log, plan).filter_map(|(_, track)| begin(track));
                let firsts: Vec<_> = firsts.collect();
                let all = firsts.len() == plan.workers;
                firsts.into_iter().max().filter(|_| all)
            };
            if plan.team == Team::Processes {
                let making = last(|track| Some(first_span(track, PREPARE)?.begin));
                begun.extend(making.map(|last| (PREPARE, last)));
            }
            // A worker acknowledges a part just before it begins with it.
            let computing = last(|track| Some(track.instants_of(PART, Duration::MAX).next()?.at));
            begun.extend(computing.map(|last| (COMPUTE, last)));
            begun.extend(first(COLLECT).map(|span| (COLLECT, span.begin)));
            over = first(COLLECT).and_then(|span| span.end);
        }
        Self { begun, over }
    }

    pub(super) fn begin(&self, step: Step) -> Option<Duration> {
        self.begun
            .iter()
            .find(|(known, _)| *known == step)
            .map(|(_, at)| *at)
    }

    pub(super) fn at(&self, now: Duration) -> Option<Step> {
        if self.over.is_some_and(|over| over <= now) {
            return None;
        }
        self.begun
            .iter()
            .rev()
            .find(|(_, at)| *at <= now)
            .map(|(step, _)| *step)
    }
}
