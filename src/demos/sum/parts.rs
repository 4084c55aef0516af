//! Cutting the numbers into parts, and the loop that hands these out until none is left: the same
//! for a team of threads and for a team of processes.

use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::lab::demo::JobOutput;
use crate::lab::demo::value::{Details, RunDetails, Value};
use crate::lab::run::WorkCtx;
use crate::lab::run::error::RunError;
use crate::lab::trace::track::Track;

use super::{ARRIVED, COLLECT, COMPUTE, HAND_OVER, PREPARE};

/// Consecutive numbers that one worker adds in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Counted from 0.
    pub index: u64,
    /// The numbers; none if there are more parts than numbers.
    pub range: Range<u64>,
}

/// 1 to `numbers` in `parts` parts, whose lengths differ by one at most. The first one is never empty.
pub fn split(numbers: u64, parts: u64) -> Vec<Part> {
    let cut = |index: u64| 1 + (numbers * index).div_ceil(parts);
    (0..parts)
        .map(|index| Part {
            index,
            range: cut(index)..cut(index + 1),
        })
        .collect()
}

/// A worker's reply.
pub(super) enum Reply {
    /// It knows its part, and now makes the part's numbers.
    Making,
    /// It has the part and all that belongs to it.
    Acknowledged,
    /// The part's sum.
    Sum(u128),
    /// The last reply: the worker has ended, and the part that it had is lost.
    Gone,
}

/// Workers that wait for parts.
pub(super) trait Team {
    fn len(&self) -> usize;
    /// Gives `part` to a worker that has none.
    fn hand_over(&mut self, worker: usize, part: Part) -> Result<(), RunError>;
    /// Waits for the next reply of any worker.
    fn recv(&mut self) -> Result<(usize, Reply), RunError>;
}

/// Sums of parts, and the time from which the run waited for nothing but computing.
pub(super) struct Sums {
    pub(super) list: Vec<u128>,
    /// Parts that are lost with their workers.
    pub(super) missing: Vec<Part>,
    pub(super) computing_since: Duration,
}

/// Has `team` add all parts: one for each worker, then one more for each that is done, until none is left. Phases:
/// `hand_over` lasts until every worker's first part has arrived, `prepare` goes on while workers make the numbers of
/// theirs, `compute` lasts from the last acknowledgement until the last sum. A worker that has its part begins at once,
/// so some compute already while others are being handed theirs. A worker that is gone takes its part with it, and the
/// others go on.
pub(super) fn work_off(
    team: &mut impl Team,
    parts: Vec<Part>,
    run: &Track,
    ctx: &WorkCtx,
) -> Result<Sums, RunError> {
    let count = parts.len();
    let mut queue = parts.into_iter();
    let mut in_hand: Vec<Option<Part>> = vec![None; team.len()];
    let hand_over = |team: &mut _, worker, part| {
        let _sending = run.holding(HAND_OVER);
        Team::hand_over(team, worker, part) // step: hand_over
    };
    for (worker, part) in (0..team.len()).zip(&mut queue) {
        in_hand[worker] = Some(part.clone());
        hand_over(team, worker, part)?;
    }
    let mut unacknowledged: Vec<bool> = in_hand.iter().map(Option::is_some).collect();
    // Workers whose first part is still under way; where none makes numbers, the same ones.
    let (mut under_way, mut is_making) = (unacknowledged.clone(), false);
    let (mut list, mut missing) = (Vec::with_capacity(count), Vec::new());
    let mut computing_since = None;
    while in_hand.iter().any(Option::is_some) {
        let (worker, reply) = team.recv()?;
        match reply {
            Reply::Making => under_way[worker] = false,
            Reply::Acknowledged => {
                unacknowledged[worker] = false;
                under_way[worker] = false;
            }
            Reply::Sum(sum) => {
                let done = in_hand[worker].take();
                run.instant(
                    ARRIVED,
                    done.and_then(|part| i64::try_from(part.index).ok()),
                );
                list.push(sum);
                if let Some(part) = queue.next() {
                    in_hand[worker] = Some(part.clone());
                    hand_over(team, worker, part)?;
                }
            }
            Reply::Gone => {
                unacknowledged[worker] = false;
                under_way[worker] = false;
                missing.extend(in_hand[worker].take());
            }
        }
        if computing_since.is_none() && !unacknowledged.contains(&true) {
            computing_since = Some(ctx.phase(COMPUTE));
        } else if computing_since.is_none() && !is_making && !under_way.contains(&true) {
            is_making = true;
            ctx.phase(PREPARE);
        }
    }
    // Parts stay in the queue if no worker is left to take them.
    missing.extend(queue);
    missing.retain(|part| !part.range.is_empty());
    missing.sort_by_key(|part| part.index);
    Ok(Sums {
        list,
        missing,
        computing_since: computing_since.unwrap_or_else(|| ctx.phase(COMPUTE)),
    })
}

/// The parts of a run that lost some.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LostParts {
    /// Parts whose sums are there.
    pub(super) there: usize,
    first: Part,
    /// Parts that are missing beside the first.
    pub(super) others: usize,
}

impl Details for LostParts {
    const NAME: &'static str = "lost_parts";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("parts_there", self.there.into()),
            ("missing_from", self.first.range.start.into()),
            ("missing_to", (self.first.range.end - 1).into()),
            ("also_missing", self.others.into()),
        ]
    }
}

/// Merges the sums, stops the clock, and compares the total of 1 to `numbers` with the formula. Where parts
/// are missing there is no total: the run fails with what `lose` makes of the output that is there.
pub(super) fn collect(
    sums: &Sums,
    numbers: u64,
    run: &Track,
    ctx: &WorkCtx,
    lose: impl FnOnce(JobOutput) -> RunError,
) -> Result<JobOutput, RunError> {
    ctx.phase(COLLECT);
    let total: u128 = {
        let _merging = run.running(COLLECT);
        sums.list.iter().sum() // step: collect
    };
    let wall = ctx.stop_clock();
    if let [first, others @ ..] = &sums.missing[..] {
        return Err(lose(JobOutput {
            measures: vec![
                ("partial_total", Value::Count(total as i128)),
                ("parts_missing", sums.missing.len().into()),
            ],
            details: RunDetails::new(LostParts {
                there: sums.list.len(),
                first: first.clone(),
                others: others.len(),
            }),
        }));
    }
    let expected = triangle(numbers);
    if total != expected {
        return Err(RunError::WrongTotal {
            found: total,
            expected,
        });
    }
    // The lesson takes the time from here on only.
    let tutorial = wall.saturating_sub(sums.computing_since);
    Ok(JobOutput {
        measures: vec![
            ("total", Value::Count(total as i128)),
            ("tutorial_stopwatch_seconds", Value::from(tutorial)),
        ],
        details: RunDetails::default(),
    })
}

/// 1 + 2 + … + `last`, as the young Gauss did it.
pub(super) fn triangle(last: u64) -> u128 {
    u128::from(last) * (u128::from(last) + 1) / 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_follow_each_other_and_are_alike(numbers in 1..=10_000_000_000u64, parts in 1..=4096u64) {
            let mut next = 1;
            for (index, part) in split(numbers, parts).into_iter().enumerate() {
                prop_assert_eq!(part.index, index as u64);
                prop_assert!(index > 0 || !part.range.is_empty());
                prop_assert_eq!(part.range.start, next);
                next = part.range.end;
                let length = part.range.end - part.range.start;
                prop_assert!(length == numbers / parts || length == numbers / parts + 1);
            }
            prop_assert_eq!(next, numbers + 1);
        }
    }
}
