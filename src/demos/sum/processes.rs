//! A team of worker processes. None of them sees this process's memory: how a part's numbers get
//! there is what `hand_over` chooses.
//!
//! Threads of which one aborts are in a worker process as well: that ends its process, and this one must live on to
//! report it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::lab::demo::value::RunDetails;
use crate::lab::demo::{Demo, JobOutput};
use crate::lab::machine::priority;
use crate::lab::process::shared_memory::{MappedNumbers, SharedNumbers};
use crate::lab::process::worker_pool::{Answer, WorkerPool};
use crate::lab::process::worker_task::{TaskCtx, WorkerTask};
use crate::lab::run::error::RunError;
use crate::lab::run::{RunCtx, WorkCtx};
use crate::lab::trace::event::TrackName;
use crate::lab::trace::track::Track;

use super::adding::{Numbers, add_part, fill, make_list};
use super::parts::{Part, Reply, Team, collect, split, work_off};
use super::threads::{numbers_of, prepare, side_by_side};
use super::{COMPUTE, HAND_OVER, PREPARE, SPAWN, STEPS, Sum};

/// The task of a worker process.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Task {
    /// Add one part.
    Part(Given),
    /// Add all parts, with threads of which one aborts.
    Threads(AbortingThreads),
}

/// A part, as a worker process gets it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Given {
    index: u64,
    from: u64,
    /// One more than the part's last number.
    end: u64,
    source: Source,
    aborts: bool,
}

/// The source of a part's numbers in a worker process.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    /// It makes each number just before it adds it.
    Generated,
    /// It makes a list of its own.
    OwnList,
    /// From memory that it shares with this process and that holds all numbers from 1 on.
    Shared(PathBuf),
    /// They follow the task through the pipe.
    Pipe,
}

/// A worker process's message before its sum.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Progress {
    /// It makes its numbers now.
    Making,
}

/// Several processes add a part each at the same time.
pub(super) fn processes(sum: &Sum, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.limit_cores(sum.cores, &run)?;
    // With `range` each worker makes its own list: one here would be of no use to it. Numbers for shared memory are
    // made there, unless they are to come out of a list.
    let lists_here = match sum.hand_over {
        "range" => false,
        "shared_memory" => sum.numbers_from == "list",
        _ => true,
    };
    let list = prepare(lists_here, sum.numbers, &run, ctx)?;
    let made = if sum.hand_over == "shared_memory" && list.is_none() {
        let _making = run.running(PREPARE);
        Some(share(sum.numbers, None, ctx)?) // step: prepare
    } else {
        None
    };
    ctx.phase(SPAWN);
    let pool = {
        let _spawning = run.waiting(SPAWN);
        WorkerPool::spawn(ctx, sum.id(), STEPS, sum.workers as usize)? // step: spawn
    };
    ctx.phase(HAND_OVER);
    let copied = {
        let _copying = run.holding(HAND_OVER);
        match (&list, sum.hand_over) {
            (Some(list), "shared_memory") => Some(share(sum.numbers, Some(list), ctx)?), // step: hand_over
            _ => None,
        }
    };
    let shared = made.or(copied);
    let source = match (&shared, sum.hand_over) {
        (Some(shared), _) => Source::Shared(shared.path().to_owned()),
        (None, "pipe") => Source::Pipe,
        (None, _) if sum.lists() => Source::OwnList,
        (None, _) => Source::Generated,
    };
    let mut team = ProcessTeam {
        sum,
        pool,
        source,
        list: list.as_deref(),
    };
    let sums = work_off(&mut team, split(sum.numbers, sum.parts()), &run, ctx)?;
    // The clock is stopped in there, before the pool is taken down.
    collect(&sums, sum.numbers, &run, ctx, |partial| {
        ctx.save_partial(partial);
        team.pool.loss()
    })
}

fn share(numbers: u64, list: Option<&[u64]>, ctx: &RunCtx) -> Result<SharedNumbers, RunError> {
    let count = usize::try_from(numbers).map_err(|error| RunError::Memory {
        bytes: numbers.saturating_mul(8),
        reason: error.to_string(),
    })?;
    let mut shared = SharedNumbers::reserve(count)?;
    let from = list.map_or(Numbers::Generated(1..numbers + 1), Numbers::Listed);
    fill(shared.numbers_mut(), &from, ctx)?;
    Ok(shared)
}

struct ProcessTeam<'run> {
    sum: &'run Sum,
    pool: WorkerPool<'run>,
    source: Source,
    list: Option<&'run [u64]>,
}

impl Team for ProcessTeam<'_> {
    fn len(&self) -> usize {
        self.pool.len()
    }

    fn hand_over(&mut self, worker: usize, part: Part) -> Result<(), RunError> {
        let task = Task::Part(Given {
            index: part.index,
            from: part.range.start,
            end: part.range.end,
            source: self.source.clone(),
            aborts: self.sum.aborts(worker),
        });
        let (pool, index, count) = (
            &mut self.pool,
            part.index,
            part.range.end - part.range.start,
        );
        match (&self.source, numbers_of(&part, self.list)) {
            (Source::Pipe, Numbers::Generated(range)) => {
                pool.hand_over_with(worker, index, &task, count, range)
            }
            (Source::Pipe, Numbers::Listed(list)) => {
                pool.hand_over_with(worker, index, &task, count, list.iter().copied())
            }
            _ => pool.hand_over(worker, index, &task),
        }
    }

    fn recv(&mut self) -> Result<(usize, Reply), RunError> {
        let (worker, answer) = self.pool.recv()?;
        let reply = match answer {
            Answer::Message { value } => {
                let Progress::Making = self.pool.read(worker, value)?;
                Reply::Making
            }
            Answer::Acknowledged { .. } => Reply::Acknowledged,
            Answer::Gone => Reply::Gone,
            Answer::Result { value, .. } => {
                let digits: String = self.pool.read(worker, value)?;
                let sum = digits.parse();
                Reply::Sum(sum.map_err(|_| {
                    self.pool
                        .misbehaved(worker, format!("{digits} is not a sum"))
                })?)
            }
        };
        Ok((worker, reply))
    }
}

impl WorkerTask for Task {
    type Reply = String;

    fn perform(self, ctx: &TaskCtx<'_>) -> Result<String, RunError> {
        let track = ctx.track(TrackName::only("worker"));
        match self {
            Task::Part(given) => add_given(given, &track, ctx),
            Task::Threads(all) => all.add_all(&track, ctx).map(|()| String::new()),
        }
    }
}

fn too_small() -> RunError {
    RunError::WorkerFailed {
        pid: std::process::id(),
        message: "the shared memory is too small".to_owned(),
    }
}

/// Adds one part. The sum leaves the 64 bits of a JSON number, so it travels as text.
fn add_given(given: Given, track: &Track, ctx: &TaskCtx<'_>) -> Result<String, RunError> {
    let Given {
        index,
        from,
        end,
        source,
        aborts,
    } = given;
    priority::lower_this_thread();
    let part = Part {
        index,
        range: from..end,
    };
    // Both live as long as the part is being added.
    let (own_list, shared);
    let numbers = match source {
        Source::Generated => Numbers::Generated(part.range.clone()),
        Source::OwnList => {
            ctx.send(&Progress::Making);
            let _making = track.running(PREPARE);
            own_list = make_list(part.range.clone(), ctx)?; // step: prepare
            Numbers::Listed(&own_list)
        }
        Source::Shared(path) => {
            shared = MappedNumbers::open(&path)?;
            let range = from.saturating_sub(1) as usize..end.saturating_sub(1) as usize;
            let mapped = shared.numbers().get(range);
            Numbers::Listed(mapped.ok_or_else(too_small)?)
        }
        Source::Pipe => Numbers::Listed(&ctx.numbers),
    };
    ctx.failpoint(track, HAND_OVER)?;
    ctx.acknowledge();
    let sum = add_part(&part, &numbers, aborts, track, ctx)?;
    Ok(sum.to_string())
}

/// The sum whose threads a worker process starts.
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
pub(super) fn aborting_threads(sum: &Sum, ctx: &RunCtx) -> Result<JobOutput, RunError> {
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
