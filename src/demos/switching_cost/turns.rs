//! Taking turns: five tasks hand one core on to each other after every slice of computing.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::computing::{Computer, Pace};
use crate::lab::run::WorkCtx;
use crate::lab::run::error::RunError;

/// Tasks that take turns: the lesson's five subjects.
pub const SUBJECTS: usize = 5;
/// Slices of each task that are kept for the picture.
const KEPT: u64 = 40;

/// Slices that each of the tasks has at least: with one alone it would never have its turn again.
const FEWEST: u64 = 2;

/// The part of a sweep of slices in microseconds (from short to long) that work of `work_millis` can be cut
/// into, and the rest. Slices of what is longer would be shorter than their point says.
pub(super) fn that_fit(micros: &[u64], work_millis: u64) -> (&[u64], &[u64]) {
    let fits = |micros: &u64| micros.saturating_mul(SUBJECTS as u64 * FEWEST) <= work_millis * 1000;
    micros.split_at(micros.partition_point(fits))
}

/// The work of one of the tasks: `turns` slices, the core handed on after each.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Turns {
    pub(super) pace: Pace,
    /// Slices of each task.
    pub(super) turns: u64,
    /// Loops of a slice.
    pub(super) slice: u64,
}

impl Turns {
    /// Cuts `loops` into slices of `length` for all tasks alike: what is computed in all is at most one
    /// slice of each task more or less than `loops`.
    pub(super) fn cut(loops: u64, length: Duration, pace: Pace) -> Self {
        let share = loops.div_ceil(SUBJECTS as u64);
        let turns = (share as f64 / pace.loops(length) as f64).round().max(1.0) as u64;
        Self {
            pace,
            turns,
            slice: share.div_ceil(turns),
        }
    }

    /// How often the core is handed on in all; after the last slice no task is left.
    pub(super) fn hand_overs(&self) -> u64 {
        self.turns * SUBJECTS as u64 - 1
    }
}

/// The right to compute, which goes round.
pub(super) trait Token {
    /// Waits until it comes.
    fn wait(&mut self) -> Result<(), RunError>;
    /// Hands it on to the next task.
    fn pass(&mut self) -> Result<(), RunError>;
}

/// When slices began and ended, on the run's stopwatch.
pub(super) type Slices = Vec<(Duration, Duration)>;

/// Notes the slices in the middle of a task's turns. It looks at the clock for those only, so that looking
/// does not become a part of what is measured.
pub(super) struct Notes {
    from: u64,
    turn: u64,
    slices: Slices,
}

impl Notes {
    pub(super) fn of(turns: u64) -> Self {
        Self {
            from: turns.saturating_sub(KEPT) / 2,
            turn: 0,
            slices: Vec::with_capacity(KEPT as usize),
        }
    }

    /// Does one slice.
    pub(super) fn slice<T>(&mut self, ctx: &WorkCtx, compute: impl FnOnce() -> T) -> T {
        let noted = (self.from..self.from + KEPT).contains(&self.turn);
        self.turn += 1;
        if !noted {
            return compute();
        }
        let begun = ctx.now();
        let computed = compute();
        self.slices.push((begun, ctx.now()));
        computed
    }

    pub(super) fn into_slices(self) -> Slices {
        self.slices
    }
}

/// The work of each task, whether it is a thread or a process.
pub(super) fn take_turns(
    turns: Turns,
    token: &mut impl Token,
    ctx: &WorkCtx,
) -> Result<Slices, RunError> {
    let mut computer = Computer::new(ctx, turns.pace);
    let mut notes = Notes::of(turns.turns);
    for _ in 0..turns.turns {
        token.wait()?;
        notes.slice(ctx, || computer.compute(turns.slice))?;
        token.pass()?;
    }
    Ok(notes.into_slices())
}

/// One slice and what it cost to get to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    /// Between the end of the slice before it and its beginning: no task computed.
    pub(super) switching: Duration,
    /// From its beginning to its end.
    pub(super) computing: Duration,
}

/// The noted slices of all tasks in the order in which they happened. Only processes that read the same clock take
/// turns with each other, so the time between two slices is a switch.
pub(super) fn in_order(tasks: &[Slices]) -> Vec<Slice> {
    let mut slices: Vec<_> = tasks.iter().flatten().copied().collect();
    slices.sort_unstable();
    let pairs = slices.windows(2).map(|pair| Slice {
        switching: pair[1].0.saturating_sub(pair[0].1),
        computing: pair[1].1.saturating_sub(pair[1].0),
    });
    // Before the first round others were computed that were not noted.
    pairs.skip(tasks.len().saturating_sub(1)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pace(per_milli: u64) -> Pace {
        serde_json::from_value(serde_json::json!({ "per_milli": per_milli })).unwrap()
    }

    #[test]
    fn a_second_in_slices_of_a_millisecond_is_handed_on_999_times() {
        let pace = pace(500_000);
        let loops = pace.loops(Duration::from_secs(1));
        let turns = Turns::cut(loops, Duration::from_millis(1), pace);
        assert_eq!(turns.turns, 200);
        assert_eq!(turns.hand_overs(), 999);
        assert_eq!(turns.slice, 500_000);
    }

    #[test]
    fn slices_too_long_for_the_work_are_left_out() {
        let (fit, rest) = that_fit(&[1, 1000, 1001, 10_000], 10);
        assert_eq!((fit, rest), (&[1, 1000][..], &[1001, 10_000][..]));
        let pace = pace(500_000);
        let turns = Turns::cut(
            pace.loops(Duration::from_millis(10)),
            Duration::from_millis(1),
            pace,
        );
        assert_eq!((turns.turns, turns.slice), (2, 500_000));
    }

    proptest! {
        #[test]
        fn slices_add_up_to_the_work(loops in 1..1u64 << 40, micros in 1..20_000u64, per_milli in 1_000..5_000_000u64) {
            let turns = Turns::cut(loops, Duration::from_micros(micros), pace(per_milli));
            let computed = turns.turns * turns.slice * SUBJECTS as u64;
            prop_assert!(turns.turns >= 1 && turns.slice >= 1);
            prop_assert!(computed >= loops);
            prop_assert!(computed - loops <= (turns.turns + 1) * SUBJECTS as u64);
        }
    }

    #[test]
    fn what_lies_between_two_slices_is_a_switch() {
        // Slices of 7 µs with 3 µs between, one of them with 5.
        let task = |index: u64| -> Slices {
            let round = |round: u64| {
                let late = if (round, index) == (2, 0) { 2 } else { 0 };
                let begun = 1000 + 10 * (5 * round + index) + late;
                let micros = Duration::from_micros;
                (micros(begun), micros(begun + 7 - late))
            };
            (0..3).map(round).collect()
        };
        let tasks: Vec<_> = (0..5).map(task).collect();
        let slice = |switching, computing| Slice {
            switching: Duration::from_micros(switching),
            computing: Duration::from_micros(computing),
        };
        let mut expected = vec![slice(3, 7); 10];
        expected[5] = slice(5, 5);
        assert_eq!(in_order(&tasks), expected);
        assert_eq!(in_order(&[]), []);
    }

    #[test]
    fn notes_are_of_the_middle() {
        assert_eq!((Notes::of(1000).from, Notes::of(7).from), (480, 0));
    }
}
