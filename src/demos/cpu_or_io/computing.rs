//! A task that computes. It is a number of rounds and not a time: with a timer it would be over after
//! that time even without a core, and would not show that it needs cores.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

use super::PREPARE;
use crate::lab::machine::priority;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::trace::track::Track;

/// Rounds from one look at the cancel to the next: some tens of microseconds, so that looking costs
/// nothing and Stop is prompt.
const BLOCK: u64 = 1 << 14;
/// The core is kept busy this long before anything is measured: after its sleep it is still slow.
const WARM_UP: Duration = Duration::from_millis(20);
/// The core is measured for this long.
const MEASURED: Duration = Duration::from_millis(60);

/// Computes `rounds` rounds.
pub(super) fn compute(rounds: u64, ctx: &RunCtx) -> Result<(), Cancelled> {
    let mut left = rounds;
    while left > 0 {
        let block = left.min(BLOCK);
        black_box(spin(block));
        left -= block;
        ctx.check_cancel()?;
    }
    Ok(())
}

/// The number of rounds that take one core as long as `time`. Lowers the priority of the calling thread.
pub(super) fn calibrate(time: Duration, run: &Track, ctx: &RunCtx) -> Result<u64, Cancelled> {
    ctx.phase(PREPARE);
    priority::lower_this_thread();
    let _calibrating = run.running(PREPARE);
    rounds_within(WARM_UP, ctx)?; // step: prepare
    let (rounds, taken) = rounds_within(MEASURED, ctx)?; // step: prepare
    let rounds = rounds as f64 * time.as_secs_f64() / taken.as_secs_f64();
    Ok((rounds as u64).max(1))
}

/// Computes until `time` is over; returns the number of rounds, and how long they took exactly.
fn rounds_within(time: Duration, ctx: &RunCtx) -> Result<(u64, Duration), Cancelled> {
    // CPU time does not count while others have the core; where the system has none, the clock must do.
    let (cpu, clock) = (ThreadTime::try_now().ok(), Instant::now());
    let taken = || {
        let cpu = cpu.and_then(|begun| begun.try_elapsed().ok());
        cpu.unwrap_or_else(|| clock.elapsed())
    };
    let mut rounds = 0;
    loop {
        compute(BLOCK, ctx)?;
        rounds += BLOCK;
        let taken = taken();
        if taken >= time {
            return Ok((rounds, taken));
        }
    }
}

/// One multiplication and one addition a round, each from the one before. Never inlined: two copies of the loop could
/// be compiled to different speeds.
#[inline(never)]
fn spin(rounds: u64) -> u64 {
    (0..rounds).fold(0, |state: u64, round| {
        black_box(state)
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(round)
    })
}
