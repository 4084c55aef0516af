//! The memory that a run takes, known before it starts: a machine that runs out of memory ends programs, and not always
//! the right one.

use super::Sum;
use crate::lab::demo::VariantId;
use crate::lab::demo::param::ParamError;
use crate::lab::machine;
use crate::lab::machine::task_cost::TaskCost;

const BYTES_PER_NUMBER: u64 = 8;

/// Bytes that a run of `variant` fills at the same time, all processes together.
fn needed(sum: &Sum, variant: VariantId) -> u64 {
    let all = sum.numbers * BYTES_PER_NUMBER;
    // Worker processes keep a part each, and forget it before they get the next.
    let longest = sum.numbers.div_ceil(sum.parts());
    let parts = sum.numbers.min(longest * sum.workers) * BYTES_PER_NUMBER;
    let list = if sum.lists() { all } else { 0 };
    match (variant, sum.hand_over) {
        // Without a list the numbers are made in the shared memory.
        ("processes", "shared_memory") if sum.numbers_from == "list" => list + all,
        ("processes", "shared_memory") => all,
        ("processes", "pipe") => list + parts,
        ("processes", _) if sum.lists() => parts,
        ("processes", _) => 0,
        _ => list,
    }
}

/// Whether there is room for the workers of a run of `variant`, and for the numbers beside them.
pub(super) fn check(sum: &Sum, variant: VariantId) -> Result<(), ParamError> {
    let worker = match variant {
        "threads" => TaskCost::THREAD,
        "processes" => TaskCost::WORKER,
        _ => TaskCost::default(),
    };
    worker.check("workers", sum.workers)?;
    match needed(sum, variant) {
        0 => Ok(()),
        needed => {
            let free = machine::available_memory();
            let workers = worker.bytes * sum.workers;
            fits(needed, free.map(|free| free.saturating_sub(workers)))
        }
    }
}

/// Whether `needed` bytes fit into `free` with a tenth to spare: what is free changes by the second,
/// and the run is not all that needs memory. A system that does not say is trusted.
fn fits(needed: u64, free: Option<u64>) -> Result<(), ParamError> {
    match free {
        Some(free) if needed > free / 10 * 9 => Err(ParamError::TooMuchMemory {
            name: "numbers",
            needed,
            free,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_way_needs() {
        let sum = |numbers_from, hand_over| Sum {
            numbers: 1000,
            numbers_from,
            hand_over,
            ..Sum::default()
        };
        for (numbers_from, hand_over, alone, processes) in [
            ("generated", "range", 0, 0),
            ("generated", "shared_memory", 8000, 8000),
            ("generated", "pipe", 8000, 16_000),
            ("list", "range", 8000, 8000),
            ("list", "shared_memory", 8000, 16_000),
            ("list", "pipe", 8000, 16_000),
        ] {
            let sum = sum(numbers_from, hand_over);
            assert_eq!(needed(&sum, "alone"), alone);
            assert_eq!(needed(&sum, "threads"), alone);
            assert_eq!(needed(&sum, "processes"), processes);
        }
        let pooled = Sum {
            pool: 100,
            ..sum("generated", "pipe")
        };
        assert_eq!(needed(&pooled, "processes"), 8000 + 8 * 10 * 8);
    }

    #[test]
    fn a_tenth_stays_free() {
        assert_eq!(fits(900, Some(1000)), Ok(()));
        assert_eq!(fits(u64::MAX, None), Ok(()));
        assert_eq!(
            fits(901, Some(1000)),
            Err(ParamError::TooMuchMemory {
                name: "numbers",
                needed: 901,
                free: 1000
            })
        );
    }
}
