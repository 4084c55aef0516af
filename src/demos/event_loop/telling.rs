//! What all who wait do alike: work on a reply, and say how many threads and how much memory they have.

use std::ops::Add;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

use super::conduct::Waited;
use super::{BYTES, THREADS};
use crate::lab::machine;
use crate::lab::process::worker_process;
use crate::lab::trace::track::Batch;

/// What handling took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Handled {
    /// Time on a core.
    pub(super) cpu: Duration,
    /// Time from beginning to end, waiting for a core included.
    pub(super) wall: Duration,
}

impl Add for Handled {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            cpu: self.cpu + other.cpu,
            wall: self.wall + other.wall,
        }
    }
}

/// Computes for so long, measured by the thread's own CPU time: with more threads than cores it takes longer.
pub(super) fn compute(length: Duration) -> Handled {
    let begun = Instant::now();
    let on_core = ThreadTime::try_now();
    // A system that does not tell CPU time tells time.
    let used = || match &on_core {
        Ok(on_core) => on_core.try_elapsed().unwrap_or(length),
        Err(_) => begun.elapsed(),
    };
    loop {
        let cpu = used();
        if cpu >= length {
            let wall = begun.elapsed();
            return Handled { cpu, wall };
        }
    }
}

/// Threads now, and the most memory so far; told as well as returned. The thread that only listens for
/// Stop is none of them: a class counts those that wait.
pub(super) fn measure(batch: &Batch<'_>) -> Waited {
    let threads = machine::threads_alive();
    let threads =
        threads.map(|threads| threads.saturating_sub(worker_process::LISTENING_THREADS) as u64);
    let bytes = machine::peak_memory();
    for (step, figure) in [(THREADS, threads), (BYTES, bytes)] {
        if let Some(figure) = figure {
            batch.instant(step, i64::try_from(figure).ok());
        }
    }
    Waited {
        threads,
        bytes,
        ..Waited::default()
    }
}
