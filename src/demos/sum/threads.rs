//! One thread alone, and a team of threads. The list, if there is one, is in memory that all threads
//! of a process see: a part is handed over by telling where it begins and ends.

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};

use crate::lab::demo::JobOutput;
use crate::lab::machine::priority;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group::{self, ThreadGroup};
use crate::lab::run::{RunCtx, WorkCtx};
use crate::lab::trace::event::TrackName;
use crate::lab::trace::track::Track;

use super::adding::{Numbers, add_part, make_list};
use super::parts::{Part, Reply, Sums, Team, collect, split, work_off};
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
    collect(&sums, sum.numbers, &run, ctx, |_| Cancelled.into())
}

/// Several threads add a part each at the same time.
pub(super) fn threads(sum: &Sum, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.limit_cores(sum.cores, &run)?;
    side_by_side(sum, &run, ctx)
}

/// Several threads add a part each, reported on `run`: in a child process that is the process's own track.
pub(super) fn side_by_side(sum: &Sum, run: &Track, ctx: &WorkCtx) -> Result<JobOutput, RunError> {
    let list = prepare(sum.lists(), sum.numbers, run, ctx)?;
    ctx.phase(SPAWN);
    thread_group::scope(ctx, |group| {
        let mut team = {
            let _spawning = run.waiting(SPAWN);
            ThreadTeam::spawn(sum, list.as_deref(), group, ctx)?
        };
        ctx.phase(HAND_OVER);
        let sums = work_off(&mut team, split(sum.numbers, sum.parts()), run, ctx)?;
        // No thread can be missing: its end would be its process's.
        collect(&sums, sum.numbers, run, ctx, |_| Cancelled.into())
    })
}

/// Makes the list if there is to be one.
pub(super) fn prepare(
    lists: bool,
    numbers: u64,
    run: &Track,
    ctx: &WorkCtx,
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

/// A message from a thread to the team.
enum Message {
    Ready,
    Reply(Reply),
    /// The thread has ended, which it only does when the run is cancelled or it panicked.
    Ended,
}

/// Threads that each wait for parts on a channel of their own, and answer on one that all share.
struct ThreadTeam<'run> {
    ctx: &'run WorkCtx,
    parts: Vec<Sender<Part>>,
    messages: Receiver<(usize, Message)>,
}

impl<'run> ThreadTeam<'run> {
    /// Starts the threads and waits until the last one is ready.
    fn spawn(
        sum: &Sum,
        list: Option<&'run [u64]>,
        group: &mut ThreadGroup<'run, '_, ()>,
        ctx: &'run WorkCtx,
    ) -> Result<Self, RunError> {
        let count = sum.workers as usize;
        let (tx, messages) = unbounded();
        let mut senders = Vec::with_capacity(count);
        for index in 0..count {
            let (sender, parts) = bounded(1);
            let replies = ReplySender {
                index,
                tx: tx.clone(),
            };
            let aborts = sum.aborts(index);
            let serve = move || serve(&replies, &parts, list, aborts, ctx);
            group.spawn(format!("add-{}", index + 1), serve)?; // step: spawn
            senders.push(sender);
        }
        let team = Self {
            ctx,
            parts: senders,
            messages,
        };
        for _ in 0..count {
            // None has a part yet, so all they can say is that they are ready.
            team.next_message()?;
        }
        Ok(team)
    }

    fn next_message(&self) -> Result<(usize, Message), RunError> {
        select! {
            recv(self.messages) -> message => match message {
                Ok((_, Message::Ended)) | Err(_) => Err(Cancelled.into()),
                Ok(message) => Ok(message),
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
        // The channel is closed only if the thread has ended.
        self.parts[worker].send(part).map_err(|_| Cancelled.into())
    }

    fn recv(&mut self) -> Result<(usize, Reply), RunError> {
        loop {
            if let (worker, Message::Reply(reply)) = self.next_message()? {
                return Ok((worker, reply));
            }
        }
    }
}

/// Sends one thread's replies. The last one, also when the thread panics, is that the thread has ended.
struct ReplySender {
    index: usize,
    tx: Sender<(usize, Message)>,
}

impl ReplySender {
    /// A team that is gone already needs no reply.
    fn send(&self, message: Message) {
        drop(self.tx.send((self.index, message)));
    }
}

impl Drop for ReplySender {
    fn drop(&mut self) {
        self.send(Message::Ended);
    }
}

/// One thread of the team: takes parts until there are no more.
fn serve(
    replies: &ReplySender,
    parts: &Receiver<Part>,
    list: Option<&[u64]>,
    aborts: bool,
    ctx: &WorkCtx,
) -> Result<(), Cancelled> {
    priority::lower_this_thread();
    let track = ctx.track(TrackName::nth("thread", replies.index));
    replies.send(Message::Ready);
    for part in parts {
        ctx.failpoint(&track, HAND_OVER)?;
        replies.send(Message::Reply(Reply::Acknowledged));
        let sum = add_part(&part, &numbers_of(&part, list), aborts, &track, ctx)?;
        replies.send(Message::Reply(Reply::Sum(sum)));
    }
    Ok(())
}
