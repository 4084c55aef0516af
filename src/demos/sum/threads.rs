//! One thread alone, and a team of threads. The list, if there is one, is in memory that all threads
//! of a process see: a part is handed over by telling where it begins and ends.

use std::panic::resume_unwind;
use std::thread::{Builder, Scope, ScopedJoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};

use crate::lab::demo::JobOutput;
use crate::lab::machine::priority;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::{RunError, SpawnKind};
use crate::lab::trace::event::TrackName;
use crate::lab::trace::track::Track;

use super::adding::{Numbers, add_part, make_list};
use super::parts::{Part, Said, Sums, Team, collect, split, work_off};
use super::{COMPUTE, HAND_OVER, PREPARE, SPAWN, Sum};

/// The run's own thread adds everything.
pub(super) fn alone(sum: &Sum, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.limit_cores(sum.cores, &run)?;
    let list = prepare(sum.lists(), sum.numbers, &run, ctx)?;
    // The phases of the other variants are there and take no time, so that one graph holds them all.
    ctx.phase(SPAWN);
    // Only now, for in the other variants too the list is made at the ordinary priority.
    priority::lower_this_thread();
    ctx.phase(HAND_OVER);
    ctx.failpoint(&run, HAND_OVER)?;
    let computing_since = ctx.phase(COMPUTE);
    let mut list_of_sums = Vec::new();
    for part in split(sum.numbers, 1) {
        let numbers = numbers_of(&part, list.as_deref());
        list_of_sums.push(add_part(&part, &numbers, false, &run, ctx)?);
    }
    let sums = Sums {
        list: list_of_sums,
        missing: Vec::new(),
        computing_since,
    };
    collect(&sums, sum.numbers, &run, ctx, || Cancelled.into())
}

/// Several threads add a part each at the same time.
pub(super) fn threads(sum: &Sum, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.limit_cores(sum.cores, &run)?;
    side_by_side(sum, &run, ctx)
}

/// The same, told on `run`: in a child process that is the process's own track.
pub(super) fn side_by_side(sum: &Sum, run: &Track, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let list = prepare(sum.lists(), sum.numbers, run, ctx)?;
    ctx.phase(SPAWN);
    std::thread::scope(|scope| {
        let mut handles = Vec::with_capacity(sum.workers as usize);
        let found = conduct(sum, list.as_deref(), scope, &mut handles, run, ctx);
        if found.is_err() {
            // Those that still add must not go on to the end of their parts.
            ctx.abort();
        }
        for handle in handles {
            match handle.join() {
                // A cancel is told by `found` already.
                Ok(Ok(()) | Err(Cancelled)) => {}
                Err(payload) => resume_unwind(payload),
            }
        }
        found
    })
}

type Handles<'scope> = Vec<ScopedJoinHandle<'scope, Result<(), Cancelled>>>;

fn conduct<'scope>(
    sum: &Sum,
    list: Option<&'scope [u64]>,
    scope: &'scope Scope<'scope, '_>,
    handles: &mut Handles<'scope>,
    run: &Track,
    ctx: &'scope RunCtx,
) -> Result<JobOutput, RunError> {
    let mut team = {
        let _spawning = run.waiting(SPAWN);
        ThreadTeam::spawn(sum, list, scope, handles, ctx)? // step: spawn
    };
    ctx.phase(HAND_OVER);
    let sums = work_off(&mut team, split(sum.numbers, sum.parts()), run, ctx)?;
    // A thread does not end before its time without its process.
    collect(&sums, sum.numbers, run, ctx, || Cancelled.into())
}

/// Makes the list if there is to be one.
pub(super) fn prepare(
    lists: bool,
    numbers: u64,
    run: &Track,
    ctx: &RunCtx,
) -> Result<Option<Vec<u64>>, RunError> {
    ctx.phase(PREPARE);
    ctx.failpoint(run, PREPARE)?;
    if !lists {
        return Ok(None);
    }
    let _making = run.running(PREPARE);
    make_list(1..numbers + 1, ctx).map(Some) // step: prepare
}

/// A part's numbers in a list that begins with 1, or to be generated if there is none.
pub(super) fn numbers_of<'list>(part: &Part, list: Option<&'list [u64]>) -> Numbers<'list> {
    match list {
        Some(list) => {
            Numbers::Listed(&list[part.range.start as usize - 1..part.range.end as usize - 1])
        }
        None => Numbers::Generated(part.range.clone()),
    }
}

enum Heard {
    Ready,
    Said(Said),
    /// The thread has ended, which it only does when the run is cancelled or it panicked.
    Ended,
}

/// Threads that each wait for parts on a channel of their own, and answer on one that all share.
struct ThreadTeam<'run> {
    ctx: &'run RunCtx,
    parts: Vec<Sender<Part>>,
    heard: Receiver<(usize, Heard)>,
}

impl<'run> ThreadTeam<'run> {
    /// Starts the threads and waits until the last one is ready.
    fn spawn(
        sum: &Sum,
        list: Option<&'run [u64]>,
        scope: &'run Scope<'run, '_>,
        handles: &mut Handles<'run>,
        ctx: &'run RunCtx,
    ) -> Result<Self, RunError> {
        let count = sum.workers as usize;
        let (tx, heard) = unbounded();
        let mut senders = Vec::with_capacity(count);
        for index in 0..count {
            let (sender, parts) = bounded(1);
            let mouth = Mouth {
                index,
                tx: tx.clone(),
            };
            let aborts = sum.aborts(index);
            let handle = Builder::new()
                .name(format!("add-{}", index + 1))
                .spawn_scoped(scope, move || serve(&mouth, &parts, list, aborts, ctx))
                .map_err(|error| RunError::spawn(SpawnKind::Thread, &error))?;
            handles.push(handle);
            senders.push(sender);
        }
        let team = Self {
            ctx,
            parts: senders,
            heard,
        };
        for _ in 0..count {
            // None has a part yet, so all they can say is that they are ready.
            team.listen()?;
        }
        Ok(team)
    }

    fn listen(&self) -> Result<(usize, Heard), RunError> {
        select! {
            recv(self.heard) -> heard => match heard {
                Ok((_, Heard::Ended)) | Err(_) => Err(Cancelled.into()),
                Ok(heard) => Ok(heard),
            },
            recv(self.ctx.cancel.receiver()) -> _ => Err(Cancelled.into()),
        }
    }
}

impl Team for ThreadTeam<'_> {
    fn len(&self) -> usize {
        self.parts.len()
    }

    fn hand_over(&mut self, worker: usize, part: Part) -> Result<(), RunError> {
        // Nobody receives any more only if the thread has ended.
        self.parts[worker].send(part).map_err(|_| Cancelled.into())
    }

    fn hear(&mut self) -> Result<(usize, Said), RunError> {
        loop {
            if let (worker, Heard::Said(said)) = self.listen()? {
                return Ok((worker, said));
            }
        }
    }
}

/// Speaks for one thread; its last word, also when the thread panics, is that the thread has ended.
struct Mouth {
    index: usize,
    tx: Sender<(usize, Heard)>,
}

impl Mouth {
    /// The team may be gone already, and then nobody needs to know.
    fn tell(&self, heard: Heard) {
        drop(self.tx.send((self.index, heard)));
    }
}

impl Drop for Mouth {
    fn drop(&mut self) {
        self.tell(Heard::Ended);
    }
}

/// One thread of the team: takes parts until there are no more.
fn serve(
    mouth: &Mouth,
    parts: &Receiver<Part>,
    list: Option<&[u64]>,
    aborts: bool,
    ctx: &RunCtx,
) -> Result<(), Cancelled> {
    priority::lower_this_thread();
    let track = ctx.track(TrackName::nth("thread", mouth.index));
    mouth.tell(Heard::Ready);
    for part in parts {
        ctx.failpoint(&track, HAND_OVER)?;
        mouth.tell(Heard::Said(Said::Acknowledged));
        let sum = add_part(&part, &numbers_of(&part, list), aborts, &track, ctx)?;
        mouth.tell(Heard::Said(Said::Sum(sum)));
    }
    Ok(())
}
