//! What all who wait do alike: work on a reply, and say how many threads and how much memory they have.

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

use super::conduct::Waited;
use super::{BYTES, THREADS};
use crate::lab::machine;
use crate::lab::track::Batch;

/// Computes for so long, measured by the thread's own CPU time: with more threads than cores it takes longer.
pub(super) fn compute(length: Duration) {
    match ThreadTime::try_now() {
        Ok(begun) => while begun.try_elapsed().is_ok_and(|used| used < length) {},
        // A system that does not tell CPU time tells time.
        Err(_) => {
            let begun = Instant::now();
            while begun.elapsed() < length {}
        }
    }
}

/// Threads now, and the most memory so far; told as well as returned.
pub(super) fn measure(batch: &Batch<'_>) -> Waited {
    let threads = machine::threads_alive().map(|threads| threads as u64);
    let bytes = machine::peak_memory();
    for (step, figure) in [(THREADS, threads), (BYTES, bytes)] {
        if let Some(figure) = figure {
            batch.instant(step, i64::try_from(figure).ok());
        }
    }
    Waited {
        replies: 0,
        threads,
        bytes,
    }
}
