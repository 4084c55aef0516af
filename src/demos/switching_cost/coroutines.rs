//! Coroutines: one thread for all. A coroutine keeps the core until it gives it away where it awaits.

use std::time::Instant;

use futures_util::future::try_join_all;
use tokio::task::yield_now;

use super::computing::{Computer, Work};
use super::meter::Meter;
use super::sweep::{DividedWork, Team, Turned};
use super::turns::{Notes, SUBJECTS, Turns};
use crate::lab::run::RunCtx;
use crate::lab::run::coroutines;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::State;

/// Coroutines on the calling thread, which is on the one core.
pub(super) struct Coroutines<'run> {
    pub(super) ctx: &'run RunCtx,
}

impl Team for Coroutines<'_> {
    /// The run's own thread is the one that runs them all.
    const CONDUCTS: State = State::Running;

    fn share(&mut self, tasks: u64, work: Work) -> Result<DividedWork, RunError> {
        let ctx = self.ctx;
        let (creating, wall, used) = coroutines::run(ctx, async {
            let begun = Instant::now();
            let tasks: Vec<_> = (0..tasks)
                .map(|index| async move {
                    // It never awaits: once begun it computes to its end.
                    Computer::new(ctx, work.pace).compute(work.share(tasks, index))?;
                    Ok::<_, RunError>(())
                })
                .collect();
            let creating = begun.elapsed();
            let meter = Meter::of_this_thread();
            try_join_all(tasks).await?;
            Ok((creating, begun.elapsed(), meter.read()))
        })?;
        Ok(DividedWork {
            creating,
            wall,
            used,
        })
    }

    fn take_turns(&mut self, turns: Turns) -> Result<Turned, RunError> {
        let ctx = self.ctx;
        let (wall, used, slices) = coroutines::run(ctx, async {
            let subjects = (0..SUBJECTS).map(|_| async {
                let mut computer = Computer::new(ctx, turns.pace);
                let mut notes = Notes::of(turns.turns);
                for _ in 0..turns.turns {
                    notes.slice(ctx, || computer.compute(turns.slice))?;
                    // The event loop goes on with the next one, and comes back when all others had theirs.
                    yield_now().await;
                }
                Ok::<_, RunError>(notes.into_slices())
            });
            let (begun, meter) = (Instant::now(), Meter::of_this_thread());
            let slices = try_join_all(subjects).await?;
            Ok((begun.elapsed(), meter.read(), slices))
        })?;
        Ok(Turned { wall, used, slices })
    }
}
