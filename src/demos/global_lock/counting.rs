//! Threads that count, freely or under the one lock. Both call the same function that never is inlined:
//! two copies of one loop can come out at different speeds, and then a speed-up means nothing.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

use super::lock::Gil;
use super::{ALONE, COUNT, Compared, GlobalLock, LOOPS, Stretch, TELLING_MILLIS, TOGETHER, WAIT};
use crate::lab::demo::JobOutput;
use crate::lab::machine::priority;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group;
use crate::lab::trace::event::{Step, TrackName};
use crate::lab::trace::track::Track;

/// Loops between two looks at the clock and at the lock: some ten microseconds.
const AT_A_TIME: u64 = 20_000;
const TELLING: Duration = Duration::from_millis(TELLING_MILLIS);

/// Goes round `loops` times. `black_box` hides from the compiler that nothing comes of it.
#[inline(never)]
fn go_round(loops: u64) {
    for turn in 0..loops {
        black_box(turn);
    }
}

/// Every thread counts whenever it has a core.
pub(super) fn free_threads(demo: &GlobalLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    compare(demo, ctx, |counter| {
        let track = counter.track;
        let _running = track.running(COUNT);
        while counter.go_on()? {} // step: count
        Ok(())
    })
}

/// Only the thread that holds the one lock counts, as in a Python interpreter.
pub(super) fn one_lock(demo: &GlobalLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let gil = Gil::handed_over_every(Duration::from_millis(demo.switch_millis));
    compare(demo, ctx, |counter| {
        let track = counter.track;
        let mut waiting = track.waiting(WAIT);
        loop {
            let key = gil.take(); // step: wait
            drop(waiting);
            {
                let _holding = track.holding(COUNT);
                while !key.is_wanted() {
                    let goes_on = counter.go_on()?; // step: count
                    if !goes_on {
                        return Ok(());
                    }
                }
            }
            // Letting go includes waiting until another thread has taken it.
            waiting = track.waiting(WAIT);
            drop(key); // step: wait
        }
    })
}

/// The rules by which a thread counts.
struct Counter<'run> {
    ctx: &'run RunCtx,
    track: &'run Track,
    until: Instant,
    loops: u64,
    /// When to report next.
    telling: Instant,
}

impl Counter<'_> {
    /// Counts a little; `false` when the time is over.
    fn go_on(&mut self) -> Result<bool, Cancelled> {
        self.ctx.check_cancel()?;
        go_round(AT_A_TIME); // step: count
        self.loops += AT_A_TIME;
        let now = Instant::now();
        if now >= self.telling {
            self.tell();
            self.telling = now + TELLING;
        }
        Ok(now < self.until)
    }

    fn tell(&self) {
        self.track.instant(LOOPS, i64::try_from(self.loops).ok());
    }
}

/// Lets one thread count, then all of them, each by `count`.
fn compare(
    demo: &GlobalLock,
    ctx: &RunCtx,
    count: impl Fn(&mut Counter<'_>) -> Result<(), Cancelled> + Sync,
) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.limit_cores(demo.cores, &run)?;
    let stretch = |step, threads| {
        ctx.phase(step);
        let _waiting = run.sleeping(step);
        side_by_side(threads, step, demo.stretch(), ctx, &count)
    };
    let compared = Compared {
        alone: stretch(ALONE, 1)?,                           // step: alone
        together: stretch(TOGETHER, demo.threads as usize)?, // step: together
    };
    ctx.stop_clock();
    Ok(compared.output(demo.cores, None))
}

/// Runs `count` on several threads for `length`.
fn side_by_side(
    threads: usize,
    step: Step,
    length: Duration,
    ctx: &RunCtx,
    count: &(impl Fn(&mut Counter<'_>) -> Result<(), Cancelled> + Sync),
) -> Result<Stretch, RunError> {
    let begun = Instant::now();
    let counting = |index: usize| -> Result<(u64, Option<Duration>), Cancelled> {
        priority::lower_this_thread();
        let track = ctx.track(name(step, index));
        let cpu = ThreadTime::try_now().ok();
        let mut counter = Counter {
            ctx,
            track: &track,
            until: begun + length,
            loops: 0,
            telling: Instant::now() + TELLING,
        };
        counter.tell();
        count(&mut counter)?;
        counter.tell();
        let cpu = cpu.and_then(|begun| begun.try_elapsed().ok());
        Ok((counter.loops, cpu))
    };
    let counted = thread_group::run_each(ctx, "count", threads, |index| Ok(counting(index)?))?;
    Ok(Stretch {
        loops: counted.iter().map(|(loops, _)| loops).sum(),
        wall: begun.elapsed(),
        cpu: counted.iter().map(|(_, cpu)| *cpu).sum(),
    })
}

/// A thread that counts alone has no number.
fn name(step: Step, index: usize) -> TrackName {
    if step == ALONE {
        TrackName::only("thread")
    } else {
        TrackName::nth("thread", index)
    }
}
