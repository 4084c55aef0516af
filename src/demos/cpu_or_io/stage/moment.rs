//! The tasks at one moment of a run: the present round, and the points of earlier rounds.

use std::time::Duration;

use super::super::{CORES, ROUND, TASK};
use crate::lab::demo::param::Params;
use crate::lab::demo::value::Point;
use crate::lab::trace::log::{LoggedInstant, RunLog, TrackLog};

/// The plan of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Tasks of a round.
    pub tasks: usize,
    /// The length of each task.
    pub task_millis: u64,
}

impl Plan {
    /// The plan of a run with these parameters.
    pub fn of(params: &Params) -> Self {
        Self {
            tasks: params.whole("tasks") as usize,
            task_millis: params.whole("task_millis"),
        }
    }

    /// The time of all tasks one after another.
    pub fn all_tasks(&self) -> Duration {
        Duration::from_millis(self.task_millis.saturating_mul(self.tasks as u64))
    }
}

/// The square of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Square {
    /// The task is in the queue.
    Pending,
    /// A thread computes or waits for the task.
    Busy {
        /// Whether the thread computes.
        computes: bool,
    },
    /// The task is done.
    Done,
}

/// A point of the sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The number of threads.
    pub workers: u64,
    /// The time that all tasks took.
    pub wall: Duration,
    /// One thread's time divided by `wall`.
    pub speedup: f64,
}

impl Measured {
    /// The figures of a point of the sweep; `None` of any other point.
    pub fn of(point: &Point) -> Option<Self> {
        let wall = point.figure("wall_seconds")?;
        Some(Self {
            workers: point.figure("workers")? as u64,
            wall: Duration::try_from_secs_f64(wall).ok()?,
            speedup: point.figure("speedup")?,
        })
    }

    /// The time of one thread, with which this one is compared.
    pub fn alone(&self) -> Duration {
        self.wall.mul_f64(self.speedup)
    }
}

/// A round: all tasks, done by one number of threads.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// Threads.
    pub workers: u64,
    /// The time since the round began, or the round's length.
    pub time: Duration,
    /// The square of each task, in the order of the queue.
    pub squares: Vec<Square>,
}

impl Round {
    /// Whether all tasks are done.
    pub fn is_over(&self) -> bool {
        self.squares.iter().all(|square| *square == Square::Done)
    }
}

/// The run at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// Logical cores, once they are known.
    pub cores: Option<u64>,
    /// The round that goes on, or the last one.
    pub round: Option<Round>,
    /// The points so far, from few threads to many.
    pub measured: Vec<Measured>,
}

impl Moment {
    /// The moment `now` of a run.
    pub fn of(log: &RunLog, plan: &Plan, now: Duration) -> Self {
        let measured = log.points_until(now).filter_map(Measured::of).collect();
        let Some(run) = log.run_track() else {
            return Self::default();
        };
        Self {
            cores: run.last_instant(CORES, now).and_then(LoggedInstant::count),
            round: round(log, run, plan, now),
            measured,
        }
    }
}

fn round(log: &RunLog, run: &TrackLog, plan: &Plan, now: Duration) -> Option<Round> {
    let beginning = run.last_instant(ROUND, now)?;
    let begun = beginning.at;
    let mut squares = vec![Square::Pending; plan.tasks];
    let mut last_done = begun;
    let workers = log
        .tracks()
        .iter()
        .filter(|track| track.info.name.number.is_some());
    for (task, span) in workers.flat_map(|track| tasks(track, begun, now)) {
        let Some(square) = usize::try_from(task)
            .ok()
            .and_then(|task| squares.get_mut(task))
        else {
            continue;
        };
        *square = match span.end {
            Some(end) if end <= now => {
                last_done = last_done.max(end);
                Square::Done
            }
            _ => Square::Busy {
                computes: span.computes,
            },
        };
    }
    let all_done = squares.iter().all(|square| *square == Square::Done);
    let until = if all_done {
        last_done
    } else {
        stopped(log, now)
    };
    Some(Round {
        workers: beginning.count()?,
        time: until.saturating_sub(begun),
        squares,
    })
}

/// `now`, but not later than the run's end.
fn stopped(log: &RunLog, now: Duration) -> Duration {
    match log.finished() {
        Some((end, _)) => now.min(*end),
        None => now,
    }
}

/// A task that a thread has taken.
struct At {
    computes: bool,
    end: Option<Duration>,
}

/// The tasks that a thread has taken since `begun`, by index.
fn tasks(track: &TrackLog, begun: Duration, now: Duration) -> impl Iterator<Item = (i64, At)> + '_ {
    let from = |instants: &[LoggedInstant]| instants.partition_point(|instant| instant.at < begun);
    let taken = track.instants[from(&track.instants)..]
        .iter()
        .filter(|instant| instant.step == TASK)
        .take_while(move |instant| instant.at <= now);
    // Each task is followed by its span, which may have begun only after `now`.
    let first = track.spans.partition_point(|span| span.begin < begun);
    let mut spans = track.spans[first..].iter();
    taken.filter_map(move |instant| {
        let span = spans.next().filter(|span| span.begin <= now);
        Some((
            instant.value?,
            At {
                computes: span.is_some_and(|span| span.step == super::super::COMPUTE),
                end: span.and_then(|span| span.end),
            },
        ))
    })
}

#[cfg(test)]
mod tests;
