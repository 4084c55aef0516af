//! Processes: each has its own memory and one thread that computes. Five of them take turns by a byte that
//! goes round through pipes.

use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::computing::{Computer, Work, compute};
use super::meter::{Meter, Used};
use super::one_core::OneCore;
use super::pipes;
use super::sweep::{DividedWork, Team, Turned};
use super::turns::{SUBJECTS, Slices, Turns, take_turns};
use super::{COMPUTE, START, STEPS, SwitchingCost, TURNS};
use crate::lab::demo::Demo;
use crate::lab::machine::context_switches;
use crate::lab::process::worker_pool::{Answer, WorkerPool};
use crate::lab::process::worker_task::{TaskCtx, WorkerTask};
use crate::lab::run::RunCtx;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::{State, TrackName};

/// The task of a worker process.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Task {
    core: OneCore,
    work: Kind,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// Its share of the work, once it may begin.
    Share { work: Work, loops: u64 },
    /// Its slices, whenever the token comes.
    Turns { turns: Turns, ends: pipes::Ends },
}

/// The reply of a worker process.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Done {
    used: Used,
    slices: Slices,
}

/// Processes that share the work, and five that take turns.
pub(super) struct Processes<'run> {
    pub(super) ctx: &'run RunCtx,
    pub(super) demo: &'run SwitchingCost,
    pub(super) core: &'run OneCore,
    /// Started when they are first needed.
    pub(super) subjects: Option<WorkerPool<'run>>,
}

impl Team for Processes<'_> {
    const CONDUCTS: State = State::Sleeping;

    fn can_take_turns(&self) -> bool {
        pipes::ARE_SHARED
    }

    fn share(&mut self, tasks: u64, work: Work) -> Result<DividedWork, RunError> {
        let begun = Instant::now();
        let mut pool = WorkerPool::spawn(self.ctx, self.demo.id(), STEPS, tasks as usize)?;
        for index in 0..pool.len() {
            let loops = work.share(tasks, index as u64);
            self.hand_over(&mut pool, index, Kind::Share { work, loops })?;
        }
        until_ready(&mut pool)?;
        let creating = begun.elapsed();
        // Each waits for a word of its own; the first ones compute while the last ones get theirs.
        for index in 0..pool.len() {
            pool.send(index, &())?;
        }
        let done = until_done(&mut pool)?;
        // The time is taken before they are killed and waited for, which is not their work any more.
        let wall = begun.elapsed();
        Ok(DividedWork {
            creating,
            wall,
            used: Used::sum(done.iter().map(|done| done.used)),
        })
    }

    fn take_turns(&mut self, turns: Turns) -> Result<Turned, RunError> {
        let mut pool = match self.subjects.take() {
            Some(pool) => pool,
            None => WorkerPool::spawn(self.ctx, self.demo.id(), STEPS, SUBJECTS)?,
        };
        let ring = pipes::Ring::new(SUBJECTS)?;
        for index in 0..SUBJECTS {
            let ends = ring.ends(index);
            self.hand_over(&mut pool, index, Kind::Turns { turns, ends })?;
        }
        until_ready(&mut pool)?;
        let begun = Instant::now();
        ring.begin()?;
        let done = until_done(&mut pool)?;
        let wall = begun.elapsed();
        self.subjects = Some(pool);
        Ok(Turned {
            wall,
            used: Used::sum(done.iter().map(|done| done.used)),
            slices: done.into_iter().map(|done| done.slices).collect(),
        })
    }
}

impl Processes<'_> {
    fn hand_over(
        &self,
        pool: &mut WorkerPool<'_>,
        worker: usize,
        work: Kind,
    ) -> Result<(), RunError> {
        let core = self.core.clone();
        pool.hand_over(worker, 0, &Task { core, work })
    }
}

/// Waits until every worker has its task and stands at the start.
fn until_ready(pool: &mut WorkerPool<'_>) -> Result<(), RunError> {
    let mut ready = 0;
    while ready < pool.len() {
        match pool.recv()? {
            (_, Answer::Acknowledged { .. }) => ready += 1,
            // The work of a process that is gone would be missing in what is measured.
            (_, Answer::Gone) => return Err(pool.loss()),
            (worker, answer) => {
                return Err(pool.misbehaved(worker, format!("{answer:?} too early")));
            }
        }
    }
    Ok(())
}

/// The replies of all workers, in their order.
fn until_done(pool: &mut WorkerPool<'_>) -> Result<Vec<Done>, RunError> {
    let mut all: Vec<Option<Done>> = (0..pool.len()).map(|_| None).collect();
    for _ in 0..pool.len() {
        match pool.recv()? {
            (worker, Answer::Result { value, .. }) => {
                all[worker] = Some(pool.read(worker, value)?);
            }
            (_, Answer::Gone) => return Err(pool.loss()),
            (worker, answer) => {
                return Err(pool.misbehaved(worker, format!("{answer:?} is no result")));
            }
        }
    }
    Ok(all.into_iter().flatten().collect())
}

/// Computes a little and reads a meter: the system brings a page of the program into memory when it is first
/// touched, and that would be measured.
fn warm_up() {
    let meter = Meter::of_this_thread();
    compute(1, &mut 1);
    meter.read();
    context_switches::of_this_process();
}

impl WorkerTask for Task {
    type Reply = Done;

    fn perform(self, ctx: &TaskCtx<'_>) -> Result<Done, RunError> {
        let track = ctx.track(TrackName::only("worker"));
        let Task { core, work } = self;
        core.settle();
        ctx.failpoint(&track, START)?;
        warm_up();
        // Starting a process is not switching: the meter begins when this one stands at the start.
        let begin = || {
            ctx.acknowledge();
            (Meter::of_this_thread(), context_switches::of_this_process())
        };
        let ((meter, before), slices) = match work {
            Kind::Share { work, loops } => {
                let begun = {
                    let _waiting = track.waiting(START);
                    let begun = begin();
                    ctx.recv::<()>()?; // step: start
                    begun
                };
                let _running = track.running(COMPUTE);
                Computer::new(ctx, work.pace).compute(loops)?; // step: compute
                (begun, Slices::new())
            }
            Kind::Turns { turns, ends } => {
                let mut token = ends.open()?;
                let begun = begin();
                let _running = track.running(TURNS);
                (begun, take_turns(turns, &mut token, ctx)?) // step: turns
            }
        };
        let mut used = meter.read();
        // Some systems count for whole processes only: this one had hardly anything else to do.
        let of_process = || Some(context_switches::of_this_process()? - before?);
        used.switches = used.switches.or_else(of_process);
        Ok(Done { used, slices })
    }
}
