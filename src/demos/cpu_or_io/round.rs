//! One round, all tasks once: when each was done, and whether the threads got the cores that they could use.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Task;
use crate::lab::demo::value::{Details, Value};

/// A thread that computes had at least this part of its core's time if it was not held up.
const PROMPT_SHARE: f64 = 0.95;
/// A wait ends at most so many times, or so much, later than asked for on an idle machine.
const PROMPT: (f64, Duration) = (1.02, Duration::from_micros(200));

/// The most tasks of a round whose finishes a record keeps: no picture shows each of more.
const SHOWN: usize = 400;

/// When each task of a round was done, since the round began, the earliest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Finishes(Vec<Duration>);

impl Finishes {
    /// The finishes at these times, which may be in any order.
    pub(super) fn new(mut done: Vec<Duration>) -> Self {
        done.sort_unstable();
        Self(done)
    }

    /// How long the round took.
    pub(super) fn wall(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }

    /// Tasks that were done by `time`.
    #[cfg(feature = "window")]
    pub(super) fn done_by(&self, time: Duration) -> usize {
        self.0.partition_point(|done| *done <= time)
    }
}

/// Details of a run beside its measures.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Rounds {
    /// How many threads each round had, and when its tasks were done.
    finishes: Vec<(u64, Finishes)>,
    /// How many cores' time the run could use.
    pub(super) core_limit: f64,
    /// The parts of that time that one thread had, and that the most threads had, where the system says.
    pub(super) core_shares: [Option<f64>; 2],
}

impl Rounds {
    pub(super) fn new(
        mut finishes: Vec<(u64, Finishes)>,
        core_limit: f64,
        core_shares: [Option<f64>; 2],
    ) -> Self {
        finishes.retain(|(_, round)| round.0.len() <= SHOWN);
        Self {
            finishes,
            core_limit,
            core_shares,
        }
    }

    /// When the tasks of `workers` threads were done.
    #[cfg(feature = "window")]
    pub(super) fn of(&self, workers: u64) -> Option<&Finishes> {
        let mut rounds = self.finishes.iter();
        rounds
            .find(|(count, _)| *count == workers)
            .map(|(_, round)| round)
    }
}

impl Details for Rounds {
    const NAME: &'static str = "rounds";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// A thread's work on a queue.
#[derive(Default)]
pub(super) struct Served {
    pub(super) begun: Duration,
    /// When each of its tasks was done.
    pub(super) done: Vec<Duration>,
    /// The CPU time it had, if its tasks compute and the system says.
    pub(super) core_time: Option<Duration>,
}

/// All tasks once.
#[derive(Clone)]
pub(super) struct Round {
    pub(super) finishes: Finishes,
    /// Core time of the threads that computed, as a part of what their limit allowed.
    pub(super) core_share: Option<f64>,
}

impl Round {
    pub(super) fn of(served: Vec<Served>, begun: Duration, limit: f64) -> Self {
        let mut stretches = Vec::new();
        let mut core_time = Some(Duration::ZERO);
        // A thread that found no task left has done nothing.
        for thread in served.iter().filter(|thread| !thread.done.is_empty()) {
            let end = thread.done.iter().copied().max().unwrap_or_default();
            stretches.push((thread.begun, end));
            core_time = core_time
                .zip(thread.core_time)
                .map(|(sum, more)| sum + more);
        }
        let done = served.into_iter().flat_map(|thread| thread.done);
        let core_share = |used: Duration| used.as_secs_f64() / allowed(&stretches, limit).max(1e-9);
        Self {
            core_share: core_time.map(core_share),
            finishes: Finishes::new(done.map(|at| at.saturating_sub(begun)).collect()),
        }
    }

    pub(super) fn wall(&self) -> Duration {
        self.finishes.wall()
    }

    /// Whether all `tasks` tasks one after another took longer than they had to.
    pub(super) fn was_held_up(&self, tasks: u64, task: Task) -> bool {
        match task {
            Task::Compute { .. } => self.core_share.is_some_and(|share| share < PROMPT_SHARE),
            Task::Wait { time } => {
                let least = time.mul_f64(PROMPT.0).max(time + PROMPT.1);
                self.wall() > least * u32::try_from(tasks).unwrap_or(u32::MAX)
            }
        }
    }
}

/// Core time in seconds of threads that compute in these stretches of time, where `limit` cores are all that they
/// may use.
fn allowed(stretches: &[(Duration, Duration)], limit: f64) -> f64 {
    let mut changes: Vec<(Duration, f64)> = stretches
        .iter()
        .flat_map(|(begin, end)| [(*begin, 1.0), (*end, -1.0)])
        .collect();
    changes.sort_by_key(|(at, _)| *at);
    let (mut busy, mut since, mut allowed) = (0.0, Duration::ZERO, 0.0);
    for (at, change) in changes {
        allowed += (at - since).as_secs_f64() * f64::min(busy, limit);
        (busy, since) = (busy + change, at);
    }
    allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn threads_may_use_no_more_cores_than_there_are_and_than_they_are() {
        let all = |count: usize| vec![(millis(10), millis(110)); count];
        assert_eq!(allowed(&[], 4.0), 0.0);
        for (threads, limit, cores) in [(1, 4.0, 1.0), (8, 4.0, 4.0), (8, 1.5, 1.5), (1, 0.5, 0.5)]
        {
            let allowed = allowed(&all(threads), limit);
            assert!(
                (allowed - 0.1 * cores).abs() < 1e-9,
                "{threads} {limit}: {allowed}"
            );
        }
        // The last task is done by one thread, when the other has found no more.
        let uneven = [(millis(0), millis(10)), (millis(0), millis(30))];
        assert!((allowed(&uneven, 2.0) - 0.04).abs() < 1e-9);
    }

    #[test]
    fn one_thread_that_was_held_up_is_measured_again() {
        let round = |wall, core_share| Round {
            finishes: Finishes::new(vec![millis(wall)]),
            core_share,
        };
        let wait = Task::Wait { time: millis(20) };
        assert!(!round(1285, None).was_held_up(64, wait));
        // This once made 32 threads 34.8 times as fast.
        assert!(round(1330, None).was_held_up(64, wait));
        assert!(round(1395, None).was_held_up(64, wait));
        let compute = Task::Compute { rounds: 1 };
        assert!(!round(1285, Some(0.99)).was_held_up(64, compute));
        assert!(round(1285, Some(0.9)).was_held_up(64, compute));
        // A system without CPU time.
        assert!(!round(1285, None).was_held_up(64, compute));
    }

    #[cfg(feature = "window")]
    fn kept(finishes: Vec<(u64, Finishes)>) -> Rounds {
        Rounds::new(finishes, 1.0, [None, None])
    }

    #[test]
    #[cfg(feature = "window")]
    fn a_record_keeps_when_the_tasks_of_each_round_were_done() {
        let millis =
            |all: &[u64]| Finishes::new(all.iter().copied().map(Duration::from_millis).collect());
        let (one, two) = (millis(&[20, 40]), millis(&[21, 20]));
        let rounds = kept(vec![(1, one.clone()), (32, two.clone())]);
        assert_eq!([1, 2].map(|workers| rounds.of(workers)), [Some(&one), None]);
        assert_eq!(two.wall(), Duration::from_millis(21));
        assert_eq!(two.done_by(Duration::from_millis(20)), 1);
    }

    #[test]
    #[cfg(feature = "window")]
    fn of_many_tasks_nothing_is_kept() {
        let many = Finishes(vec![Duration::ZERO; SHOWN + 1]);
        assert_eq!(kept(vec![(1, many)]).of(1), None);
    }
}
