//! Cutting the numbers into parts, and the loop that hands these out until none is left: the same
//! for a team of threads and for a team of processes.

use std::ops::Range;
use std::time::Duration;

use crate::lab::demo::Findings;
use crate::lab::error::RunError;
use crate::lab::event::State;
use crate::lab::run::RunCtx;
use crate::lab::track::Track;
use crate::lab::value::Value;

use super::adding::triangle;
use super::{COLLECT, COMPUTE, HAND_OVER};

/// Consecutive numbers that one worker adds in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Counted from 0.
    pub index: u64,
    /// The numbers; none if there are more parts than numbers.
    pub range: Range<u64>,
}

/// 1 to `numbers` in `parts` parts, whose lengths differ by one at most.
pub fn split(numbers: u64, parts: u64) -> Vec<Part> {
    let cut = |index: u64| 1 + numbers * index / parts;
    (0..parts)
        .map(|index| Part {
            index,
            range: cut(index)..cut(index + 1),
        })
        .collect()
}

/// What a worker says.
pub(super) enum Said {
    /// It has the part and all that belongs to it.
    Acknowledged { part: u64 },
    /// The part's sum.
    Sum(u128),
}

/// Workers that wait for parts.
pub(super) trait Team {
    fn len(&self) -> usize;
    /// Gives `part` to a worker that has none.
    fn hand_over(&mut self, worker: usize, part: Part) -> Result<(), RunError>;
    /// Waits for the next word of any worker.
    fn hear(&mut self) -> Result<(usize, Said), RunError>;
}

/// Sums of parts, and when computing them began to be all that the run was waiting for.
pub(super) struct Sums {
    pub(super) list: Vec<u128>,
    pub(super) computing_since: Duration,
}

/// Has `team` add all parts: one for each worker, then one more for whoever is done first, until
/// none is left. Phases: `hand_over` lasts until every worker's first part is acknowledged,
/// `compute` until the last sum. A worker that has its part begins at once, so some compute already
/// while others are being handed theirs.
pub(super) fn work_off(
    team: &mut impl Team,
    parts: Vec<Part>,
    run: &Track,
    ctx: &RunCtx,
) -> Result<Sums, RunError> {
    let (count, workers) = (parts.len(), team.len());
    let mut queue = parts.into_iter();
    let hand_over = |team: &mut _, worker, part| {
        let _sending = run.span(State::Holding, HAND_OVER);
        Team::hand_over(team, worker, part)
    };
    let mut first_parts = 0;
    for (worker, part) in (0..workers).zip(&mut queue) {
        hand_over(team, worker, part)?;
        first_parts += 1;
    }
    let mut list = Vec::with_capacity(count);
    let (mut acknowledged, mut computing_since) = (0, None);
    while list.len() < count {
        match team.hear()? {
            (_, Said::Acknowledged { part }) if part < workers as u64 => {
                acknowledged += 1;
                if acknowledged == first_parts {
                    computing_since = Some(ctx.phase(COMPUTE));
                }
            }
            (_, Said::Acknowledged { .. }) => {}
            (worker, Said::Sum(sum)) => {
                list.push(sum);
                if let Some(part) = queue.next() {
                    hand_over(team, worker, part)?;
                }
            }
        }
    }
    Ok(Sums {
        list,
        computing_since: computing_since.unwrap_or_else(|| ctx.phase(COMPUTE)),
    })
}

/// Merges the sums, stops the clock, and compares the total of 1 to `numbers` with the formula.
pub(super) fn collect(
    sums: &Sums,
    numbers: u64,
    run: &Track,
    ctx: &RunCtx,
) -> Result<Findings, RunError> {
    ctx.phase(COLLECT);
    let total: u128 = {
        let _merging = run.span(State::Running, COLLECT);
        sums.list.iter().sum()
    };
    let wall = ctx.stop_clock();
    let expected = triangle(numbers);
    if total != expected {
        return Err(RunError::WrongTotal {
            found: total,
            expected,
        });
    }
    // The lesson takes the time from here on only.
    let tutorial = wall.saturating_sub(sums.computing_since);
    Ok(Findings {
        measures: vec![
            ("total", Value::Count(total as i128)),
            ("tutorial_stopwatch_seconds", Value::from(tutorial)),
        ],
        details: Vec::new(),
    })
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
                prop_assert_eq!(part.range.start, next);
                next = part.range.end;
                let length = part.range.end - part.range.start;
                prop_assert!(length == numbers / parts || length == numbers / parts + 1);
            }
            prop_assert_eq!(next, numbers + 1);
        }
    }
}
