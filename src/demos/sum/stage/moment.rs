//! The sum at one moment of a run: the workers, what has been added, and what two stopwatches show.

mod phases;

use std::time::Duration;

use super::super::{ARRIVED, COMPUTE, HAND_OVER, PART, PREPARE, sums};
use crate::lab::demo::VariantId;
use crate::lab::demo::param::Params;
use crate::lab::trace::event::{State, Step};
use crate::lab::trace::log::{RunLog, TrackLog};
use phases::Phases;

/// The kind of workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Team {
    /// The run's own thread.
    Alone,
    /// Threads of one process.
    Threads,
    /// A process for each worker.
    Processes,
}

/// The plan of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The last of the numbers, which begin with 1.
    pub numbers: u64,
    /// Pieces of the ribbon.
    pub parts: usize,
    /// Workers that add them.
    pub workers: usize,
    /// The kind of workers.
    pub team: Team,
}

impl Plan {
    /// The plan of a run of `variant` with these parameters.
    pub fn of(params: &Params, variant: VariantId) -> Self {
        let whole = |name| params.whole(name) as usize;
        let team = match variant {
            "alone" => Team::Alone,
            "threads" => Team::Threads,
            _ => Team::Processes,
        };
        let workers = if team == Team::Alone {
            1
        } else {
            whole("workers")
        };
        Self {
            numbers: params.whole("numbers"),
            parts: if team == Team::Alone {
                1
            } else {
                workers.max(whole("pool"))
            },
            workers,
            team,
        }
    }
}

/// A worker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worker {
    /// Its PID or thread id, if that is known.
    pub os_id: Option<u32>,
    /// Whether the worker is there.
    pub started: bool,
    /// Whether its first part is on the way to it.
    pub receiving: bool,
    /// The share of its present part that is added; 1 once it has nothing more to do.
    pub done: Option<f32>,
    /// The sum of its finished parts; of a lost worker, only of those that had arrived before.
    pub sum: Option<u128>,
    /// Whether the worker was lost, or the process that it is a thread of.
    pub lost: bool,
}

/// The numbers that no worker has yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ribbon {
    /// The ribbon is in one piece; in this state while the list is made or copied.
    Whole(Option<State>),
    /// The ribbon is in parts, of which this many have been handed over.
    Torn(usize),
}

/// The sum at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The workers of the plan.
    pub workers: Vec<Worker>,
    /// The numbers that no worker has yet.
    pub ribbon: Ribbon,
    /// The number of parts that are added.
    pub parts_added: usize,
    /// The sum of these parts.
    pub total: u128,
    /// The phase; `None` before the click and after the answer.
    pub phase: Option<Step>,
    /// Our stopwatch, which starts at the click.
    pub ours: Duration,
    /// The time on ours at which the lesson's starts, once it has.
    pub lesson_starts: Option<Duration>,
}

impl Moment {
    /// The moment before the click.
    pub fn before(plan: Plan) -> Self {
        Self {
            workers: vec![Worker::default(); plan.workers],
            ribbon: Ribbon::Whole(None),
            parts_added: 0,
            total: 0,
            phase: None,
            ours: Duration::ZERO,
            lesson_starts: None,
        }
    }

    /// The moment `now` of a run.
    pub fn of(log: &RunLog, plan: Plan, now: Duration) -> Self {
        let phases = Phases::of(log, plan);
        let mut moment = Self::before(plan);
        moment.ours = now.min(phases.over.unwrap_or(now));
        moment.phase = phases.at(now);
        moment.lesson_starts = phases.begin(COMPUTE).filter(|begun| *begun <= now);
        for (index, track) in worker_tracks(log, plan).filter(|(_, track)| track.opened <= now) {
            let Some(worker) = moment.workers.get_mut(index) else {
                continue;
            };
            *worker = Worker::of(track, now);
            let mut added = sums(track, now).count();
            if worker.lost {
                (worker.sum, added) = arrived(log, track, now);
            }
            moment.parts_added += added;
            moment.total += worker.sum.unwrap_or(0);
        }
        moment.ribbon = ribbon(log, plan, now);
        if let Ribbon::Torn(handed) = moment.ribbon {
            for worker in moment.workers.iter_mut().take(handed) {
                worker.receiving = worker.done.is_none() && !worker.lost;
            }
        }
        moment
    }

    /// The time on the lesson's stopwatch.
    pub fn lesson(&self) -> Option<Duration> {
        self.lesson_starts
            .map(|starts| self.ours.saturating_sub(starts))
    }

    /// The time that the lesson's stopwatch has missed so far.
    pub fn missed(&self) -> Duration {
        self.lesson_starts.unwrap_or(self.ours)
    }
}

impl Worker {
    fn of(track: &TrackLog, now: Duration) -> Self {
        let part = track.last_instant(PART, now);
        let (mut sum, mut summed) = (None, Duration::ZERO);
        for (at, part) in sums(track, now) {
            sum = Some(sum.unwrap_or(0) + part);
            summed = at;
        }
        let done = part.map(|part| {
            if summed >= part.at && sum.is_some() {
                return 1.0;
            }
            // Earlier progress belongs to the part before.
            let until = track.progress.partition_point(|(at, ..)| *at <= now);
            match track.progress[..until].last() {
                Some((at, done, total)) if *at >= part.at && *total > 0 => {
                    (*done as f64 / *total as f64) as f32
                }
                _ => 0.0,
            }
        });
        Self {
            os_id: track.info.os_id,
            started: true,
            receiving: false,
            done,
            sum,
            lost: track.is_lost(now),
        }
    }
}

/// The sum and the number of a lost worker's parts that had arrived. Parts that were only in its memory are lost with
/// it.
fn arrived(log: &RunLog, track: &TrackLog, now: Duration) -> (Option<u128>, usize) {
    let Some(run) = log.run_track() else {
        return (None, 0);
    };
    let parts = |step, track: &TrackLog| -> Vec<Option<i64>> {
        let until = now.min(track.lost.unwrap_or(now));
        track
            .instants_of(step, until)
            .map(|part| part.value)
            .collect()
    };
    let there = parts(ARRIVED, run);
    let (mut sum, mut count) = (None, 0);
    for (part, (_, added)) in parts(PART, track).iter().zip(sums(track, now)) {
        if there.contains(part) {
            sum = Some(sum.unwrap_or(0) + added);
            count += 1;
        }
    }
    (sum, count)
}

/// The tracks of the workers with their index; a worker alone is the run's own thread.
fn worker_tracks(log: &RunLog, plan: Plan) -> impl Iterator<Item = (usize, &TrackLog)> {
    log.tracks().iter().filter_map(move |track| {
        let name = track.info.name;
        let index = name.number.map_or(0, |number| number as usize - 1);
        // Threads that may lose their process are in a worker process, which adds nothing itself.
        let adds = match plan.team {
            Team::Alone => name.number.is_none(),
            Team::Threads => name.noun == "thread",
            Team::Processes => name.noun == "worker",
        };
        adds.then_some((index, track))
    })
}

fn ribbon(log: &RunLog, plan: Plan, now: Duration) -> Ribbon {
    let begun = worker_tracks(log, plan).any(|(_, track)| track.last_instant(PART, now).is_some());
    let Some(run) = log.run_track() else {
        return Ribbon::Whole(None);
    };
    if plan.team == Team::Alone {
        return match run.span_at(now) {
            _ if begun => Ribbon::Torn(1),
            Some(span) => Ribbon::Whole(Some(span.begun_as)),
            None => Ribbon::Whole(None),
        };
    }
    let sendings = run.spans_of(HAND_OVER, now).len();
    // Processes are first given the memory that all of them share, filled with the numbers.
    let shared = usize::from(plan.team == Team::Processes);
    match sendings.checked_sub(shared) {
        Some(handed) if handed > 0 => Ribbon::Torn(handed.min(plan.parts)),
        _ => Ribbon::Whole(
            run.span_at(now)
                .filter(|span| matches!(span.step, PREPARE | HAND_OVER))
                .map(|span| span.begun_as),
        ),
    }
}

#[cfg(test)]
mod tests;
