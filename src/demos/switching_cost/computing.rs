//! The computing of the tasks: one loop, counted, the same in every variant.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::lab::run::WorkCtx;
use crate::lab::run::cancel::Cancelled;

/// Steps a random number generator (Marsaglia's xorshift) `loops` times. Each step needs the one before it,
/// so neither the compiler nor the core can take a short cut; and none touches memory, so that what is
/// measured is the cores and the scheduler alone. Never inlined: the same loop compiled twice can differ
/// in speed by more than what is measured here.
#[inline(never)]
pub(super) fn compute(loops: u64, number: &mut u64) {
    let mut state = *number;
    for _ in 0..loops {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    *number = black_box(state);
}

/// The speed of the core that computes.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Pace {
    /// Loops in a millisecond, undisturbed.
    per_milli: u64,
}

/// A cancel is noticed after about this long; looking more often would be measured too.
const LOOK_EVERY: Duration = Duration::from_millis(1);

impl Pace {
    /// Measures on the calling thread. Other programs can only slow a stretch down, so the fastest of several counts.
    pub(super) fn measure(ctx: &WorkCtx) -> Result<Self, Cancelled> {
        const STRETCHES: usize = 16;
        let (mut loops, mut number) = (1 << 12, 1);
        let mut fastest = 0.0_f64;
        let mut counted = 0;
        while counted < STRETCHES {
            ctx.check_cancel()?;
            let begun = Instant::now();
            compute(loops, &mut number);
            let took = begun.elapsed();
            // Short stretches are for finding a length at which the clock's own cost does not count.
            if took < Duration::from_millis(2) {
                loops *= 2;
                continue;
            }
            fastest = fastest.max(loops as f64 / took.as_secs_f64() / 1e3);
            counted += 1;
        }
        Ok(Self {
            per_milli: (fastest as u64).max(1),
        })
    }

    /// Loops that take `time` where nothing disturbs them; at least one.
    pub(super) fn loops(self, time: Duration) -> u64 {
        ((self.per_milli as f64 * time.as_secs_f64() * 1e3) as u64).max(1)
    }
}

/// The work that all tasks of a point do together.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Work {
    /// The speed of the core.
    pub(super) pace: Pace,
    /// Loops of all tasks together.
    pub(super) loops: u64,
}

impl Work {
    /// The share of the `index`-th of `tasks` tasks; shares differ by one loop at most.
    pub(super) fn share(self, tasks: u64, index: u64) -> u64 {
        let cut =
            |index: u64| (u128::from(self.loops) * u128::from(index) / u128::from(tasks)) as u64;
        cut(index + 1) - cut(index)
    }
}

/// Computes in pieces, and looks now and then whether it should stop.
pub(super) struct Computer<'run> {
    ctx: &'run WorkCtx,
    look_after: u64,
    unlooked: u64,
    number: u64,
}

impl<'run> Computer<'run> {
    /// A computer that looks before its first loop: of thousands of tasks none may compute for so long that it would
    /// look later.
    pub(super) fn new(ctx: &'run WorkCtx, pace: Pace) -> Self {
        let look_after = pace.loops(LOOK_EVERY);
        Self {
            ctx,
            look_after,
            unlooked: look_after,
            number: 1,
        }
    }

    /// Computes `loops` loops.
    pub(super) fn compute(&mut self, mut loops: u64) -> Result<(), Cancelled> {
        while loops > 0 {
            if self.unlooked >= self.look_after {
                self.unlooked = 0;
                self.ctx.check_cancel()?;
            }
            let piece = loops.min(self.look_after - self.unlooked);
            compute(piece, &mut self.number);
            loops -= piece;
            self.unlooked += piece;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_loops_make_the_same_number_however_they_are_cut() {
        let (mut whole, mut cut) = (1, 1);
        compute(1000, &mut whole);
        for piece in [1, 9, 90, 900] {
            compute(piece, &mut cut);
        }
        assert_eq!(whole, cut);
        // It really steps: a period as short as this would be a mistake in the shifts.
        assert_ne!(whole, 1);
    }

    #[test]
    fn twice_the_time_is_twice_the_loops() {
        let pace = Pace { per_milli: 500_000 };
        assert_eq!(pace.loops(Duration::from_micros(1)), 500);
        assert_eq!(pace.loops(Duration::from_millis(2)), 1_000_000);
        let work = Work { pace, loops: 10 };
        let shares: Vec<_> = (0..4).map(|index| work.share(4, index)).collect();
        assert_eq!(shares, [2, 3, 2, 3]);
        assert_eq!(Pace { per_milli: 1 }.loops(Duration::from_nanos(1)), 1);
    }
}
