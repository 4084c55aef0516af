//! The two loops that do the adding. Every variant calls these same two functions: when each variant
//! had its own copy, the compiler made one copy faster than the other, and "speed-ups" of 3 to 4.6
//! were measured on two cores.

use std::hint::black_box;
use std::ops::Range;
use std::time::Instant;

use crate::lab::process::worker_process::abort_without_a_trace;
use crate::lab::run::WorkCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::trace::stats::median;
use crate::lab::trace::track::Track;

use super::parts::Part;
use super::{ADD, COLLECT, COMPUTE, PART, SUM_HIGH, SUM_LOW};

/// No number is larger than this.
pub(super) const LARGEST: u64 = 10_000_000_000;

/// Numbers added between two looks at the cancel: a fraction of a millisecond's work, so that a part
/// of ten million can report a few dozen times how far it is. Reading from memory is several times as fast.
const GENERATED_BLOCK: u64 = 1 << 18;
const LISTED_BLOCK: u64 = 1 << 20;

/// A block's sum always fits into 64 bits; only sums of blocks need more.
const _: () = assert!(LARGEST.checked_mul(LISTED_BLOCK).is_some());

/// How often a part reports how far it is.
const TELLINGS: u64 = 40;

/// The time to add one generated number on an ordinary machine.
pub(super) const ORDINARY_NANOS: f64 = 1.0;

/// How many times as long as [`ORDINARY_NANOS`] it takes here: the median of ten times a million numbers,
/// added as every variant adds them. Other programs may disturb some, but hardly most of them.
pub(super) fn slowness() -> f64 {
    const NUMBERS: u64 = 1_000_000;
    let nanos: Vec<f64> = (0..10)
        .map(|_| {
            let begun = Instant::now();
            black_box(add_range(0..NUMBERS));
            begun.elapsed().as_secs_f64() * 1e9 / NUMBERS as f64
        })
        .collect();
    median(&nanos).map_or(1.0, |nanos| nanos / ORDINARY_NANOS)
}

/// How many numbers are added in about so many seconds on a machine of this slowness: one digit and zeros.
pub(super) fn numbers_in(seconds: f64, slowness: f64) -> u64 {
    let numbers = seconds * 1e9 / (ORDINARY_NANOS * slowness.clamp(0.01, 1000.0));
    let unit = 10f64.powf(numbers.log10().floor());
    ((numbers / unit).round() * unit).min(LARGEST as f64) as u64
}

/// The numbers to be added.
pub(super) enum Numbers<'list> {
    /// Each number is made just before it is added; none is in memory.
    Generated(Range<u64>),
    /// The numbers are read from memory.
    Listed(&'list [u64]),
}

impl Numbers<'_> {
    fn len(&self) -> u64 {
        match self {
            Numbers::Generated(range) => range.end - range.start,
            Numbers::Listed(list) => list.len() as u64,
        }
    }

    fn block(&self) -> u64 {
        match self {
            Numbers::Generated(_) => GENERATED_BLOCK,
            Numbers::Listed(_) => LISTED_BLOCK,
        }
    }

    /// Adds the numbers at `places`.
    fn add_block(&self, places: Range<u64>) -> u64 {
        match self {
            Numbers::Generated(range) => {
                add_range(range.start + places.start..range.start + places.end)
            }
            Numbers::Listed(list) => add_slice(&list[places.start as usize..places.end as usize]),
        }
    }
}

/// Adds every number of `range`. The compiler knows the formula for such a sum and would put it in
/// the loop's place; `black_box` hides from it that the numbers are consecutive.
#[inline(never)]
fn add_range(range: Range<u64>) -> u64 {
    let mut sum = 0u64;
    for number in range {
        sum = sum.wrapping_add(black_box(number));
    }
    sum
}

/// Adds the numbers of a list, several at a time where the processor can. `wrapping_add`, because a
/// check for overflow, which can't happen, would keep the compiler from that.
#[inline(never)]
fn add_slice(numbers: &[u64]) -> u64 {
    numbers
        .iter()
        .fold(0, |sum: u64, number| sum.wrapping_add(*number))
}

/// Adds a part that has arrived, in a thread or a worker process: adds it block by
/// block, and reports on its track which part it is, how far it has come, and the sum. One that `aborts`
/// ends its process half-way.
pub(super) fn add_part(
    part: &Part,
    numbers: &Numbers<'_>,
    aborts: bool,
    track: &Track,
    ctx: &WorkCtx,
) -> Result<u128, Cancelled> {
    track.instant(PART, i64::try_from(part.index).ok());
    ctx.failpoint(track, COMPUTE)?;
    let mut sum = 0u128;
    {
        let _adding = track.running(ADD);
        let (len, mut told) = (numbers.len(), 0);
        track.progress(0, len);
        for places in blocks(0..len, numbers.block()) {
            ctx.check_cancel()?;
            let done = places.end;
            sum += u128::from(numbers.add_block(places)); // step: add
            let telling = done * TELLINGS / len;
            if telling > told {
                told = telling;
                track.progress(done, len);
            }
            if aborts && done >= len / 2 {
                abort_without_a_trace();
            }
        }
    }
    let (high, low) = halves(sum);
    track.instant(SUM_HIGH, Some(high));
    track.instant(SUM_LOW, Some(low));
    ctx.failpoint(track, COLLECT)?;
    Ok(sum)
}

/// A list of the numbers in `range`.
pub(super) fn make_list(range: Range<u64>, ctx: &WorkCtx) -> Result<Vec<u64>, RunError> {
    let bytes = (range.end - range.start).saturating_mul(8);
    let no_memory = |reason: String| RunError::Memory { bytes, reason };
    let len =
        usize::try_from(range.end - range.start).map_err(|error| no_memory(error.to_string()))?;
    let mut list = Vec::new();
    list.try_reserve_exact(len)
        .map_err(|error| no_memory(error.to_string()))?;
    for block in blocks(range, LISTED_BLOCK) {
        ctx.check_cancel()?;
        list.extend(block);
    }
    Ok(list)
}

/// Writes the numbers of `from` into `room`, which has the right length.
pub(super) fn fill(room: &mut [u64], from: &Numbers<'_>, ctx: &WorkCtx) -> Result<(), Cancelled> {
    for places in blocks(0..room.len() as u64, LISTED_BLOCK) {
        ctx.check_cancel()?;
        let places = places.start as usize..places.end as usize;
        match from {
            Numbers::Listed(list) => room[places.clone()].copy_from_slice(&list[places]),
            Numbers::Generated(range) => {
                let first = range.start + places.start as u64;
                for (place, number) in room[places].iter_mut().zip(first..) {
                    *place = number;
                }
            }
        }
    }
    Ok(())
}

/// `range` cut into pieces of at most `size`.
fn blocks(range: Range<u64>, size: u64) -> impl Iterator<Item = Range<u64>> {
    let end = range.end;
    range
        .step_by(size as usize)
        .map(move |from| from..end.min(from + size))
}

/// A sum as two figures of an event, which hold 63 bits each: sum = high · 2³² + low.
fn halves(sum: u128) -> (i64, i64) {
    let low = (sum & 0xFFFF_FFFF) as i64;
    (i64::try_from(sum >> 32).unwrap_or(i64::MAX), low)
}

/// The sum of which these are the halves.
pub(super) fn whole(high: i64, low: i64) -> u128 {
    (u128::from(high.unsigned_abs()) << 32) + u128::from(low.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::super::parts::triangle;
    use super::*;

    #[test]
    fn both_loops_agree_with_the_formula() {
        for range in [1..1, 1..2, 1..1_000_001, LARGEST - 999..LARGEST + 1] {
            let expected = triangle(range.end - 1) - triangle(range.start - 1);
            let list: Vec<u64> = range.clone().collect();
            assert_eq!(u128::from(add_slice(&list)), expected, "{range:?}");
            assert_eq!(u128::from(add_range(range.clone())), expected, "{range:?}");
        }
    }

    #[test]
    fn the_largest_blocks_at_the_far_end_do_not_overflow() {
        let end = LARGEST + 1;
        let expected = triangle(LARGEST) - triangle(LARGEST - LISTED_BLOCK);
        assert_eq!(u128::from(add_range(end - LISTED_BLOCK..end)), expected);
    }

    #[test]
    fn a_class_adds_for_about_four_seconds_whatever_the_machine() {
        for slowness in [0.05, 0.3, 0.41, 0.8, 1.0, 1.9, 2.7, 13.0, 100.0] {
            let numbers = numbers_in(4.0, slowness);
            let seconds = numbers as f64 * ORDINARY_NANOS * slowness / 1e9;
            assert!(
                (2.6..5.4).contains(&seconds) || numbers == LARGEST,
                "{numbers} numbers take {seconds} s at a slowness of {slowness}"
            );
        }
        // The result of a broken measurement does no harm.
        for slowness in [0.0, -1.0, f64::INFINITY] {
            assert!((1..=LARGEST).contains(&numbers_in(4.0, slowness)));
        }
        assert!(slowness() > 0.0);
    }

    #[test]
    fn the_formula_leaves_64_bits() {
        assert_eq!(triangle(100_000_000), 5_000_000_050_000_000);
        assert_eq!(triangle(LARGEST), 50_000_000_005_000_000_000);
        assert!(triangle(LARGEST) > u128::from(u64::MAX));
    }

    #[test]
    fn a_sum_survives_being_told_in_halves() {
        for sum in [0, 1, u128::from(u32::MAX) + 1, triangle(LARGEST)] {
            let (high, low) = halves(sum);
            assert_eq!(whole(high, low), sum);
        }
    }

    #[test]
    fn blocks_cover_the_range_once() {
        let cut: Vec<_> = blocks(3..11, 4).collect();
        assert_eq!(cut, [3..7, 7..11]);
        assert_eq!(blocks(5..5, 4).count(), 0);
    }
}
