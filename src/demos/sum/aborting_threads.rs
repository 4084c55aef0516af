//! The team of threads in a worker process, for the run in which one of them aborts: that ends its process, and
//! this one must live on to tell of it.

use serde::{Deserialize, Serialize};

use crate::lab::demo::value::RunDetails;
use crate::lab::demo::{Demo, JobOutput};
use crate::lab::process::worker_pool::{Answer, WorkerPool};
use crate::lab::run::error::RunError;
use crate::lab::run::{RunCtx, WorkCtx};
use crate::lab::trace::event::TrackName;
use crate::lab::trace::track::Track;

use super::processes::Task;
use super::threads::{prepare, side_by_side};
use super::{COMPUTE, HAND_OVER, SPAWN, STEPS, Sum};

/// What the worker process has to know of the sum.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AbortingThreads {
    numbers: u64,
    workers: u64,
    pool: u64,
    lists: bool,
}

impl AbortingThreads {
    /// Has threads add all parts. It does not return: half-way through its part one of them aborts.
    pub(super) fn add_all(self, track: &Track, ctx: &WorkCtx) -> Result<(), RunError> {
        let sum = Sum {
            numbers: self.numbers,
            workers: self.workers,
            pool: self.pool,
            numbers_from: if self.lists { "list" } else { "generated" },
            one_aborts: true,
            ..Sum::default()
        };
        side_by_side(&sum, track, ctx).map(drop)
    }
}

/// The team of threads in a child process, because one of them will end its process: what the others have
/// added by then is in that process's memory, and gone with it.
pub(super) fn threads(sum: &Sum, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.limit_cores(sum.cores, &run)?;
    prepare(false, sum.numbers, &run, ctx)?;
    ctx.phase(SPAWN);
    let mut pool = {
        let _spawning = run.waiting(SPAWN);
        WorkerPool::spawn(ctx, sum.id(), STEPS, 1)?
    };
    ctx.phase(HAND_OVER);
    let task = Task::Threads(AbortingThreads {
        numbers: sum.numbers,
        workers: sum.workers,
        pool: sum.pool,
        lists: sum.lists(),
    });
    {
        let _sending = run.holding(HAND_OVER);
        pool.hand_over(0, 0, &task)?;
    }
    ctx.phase(COMPUTE);
    let _waiting = run.waiting(COMPUTE);
    loop {
        match pool.recv()? {
            (_, Answer::Gone) => {
                ctx.stop_clock();
                ctx.save_partial(JobOutput {
                    measures: vec![
                        ("partial_total", 0_u64.into()),
                        ("parts_missing", sum.parts().into()),
                    ],
                    details: RunDetails::default(),
                });
                return Err(pool.loss());
            }
            (_, Answer::Acknowledged { .. }) => {}
            (worker, answer) => {
                return Err(pool.misbehaved(worker, format!("{answer:?} is no answer")));
            }
        }
    }
}
