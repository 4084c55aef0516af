//! Worker processes, seen from the process that shows the run: started from this same program, given tasks, and never
//! left behind.
//!
//! A worker that ends takes its own work with it, nothing else. The job hears of each that is gone, once, whatever ended
//! it, and decides what can be done without it; what is there all the same is kept as a partial result.

mod reader;
mod worker;

use std::collections::VecDeque;
use std::io;
use std::iter;
use std::process::ChildStdin;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, after, at, never, select, unbounded};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::supervised_child::ChildEnd;
use super::wire::{Request, write_line, write_numbers};
use crate::lab::demo::DemoId;
use crate::lab::machine::task_cost;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::{Step, TrackName};
pub use reader::Answer;
use reader::Message;
use worker::Worker;

/// How long the end of another worker process is waited for when one reports a broken connection or pipe.
const ANOTHER_ENDS: Duration = Duration::from_secs(1);

/// The worker processes of one job. Dropping it kills them and waits for them.
pub struct WorkerPool<'run> {
    ctx: &'run RunCtx,
    workers: Vec<Worker>,
    messages: Receiver<(usize, Message)>,
    /// Workers that were gone before the job received its first answer.
    untold: VecDeque<usize>,
    /// The workers that are gone, and why.
    losses: Vec<(usize, RunError)>,
}

impl<'run> WorkerPool<'run> {
    /// Starts `count` worker processes of `demo` and waits until each is ready, or gone. `steps` are
    /// all that they may report.
    pub fn spawn(
        ctx: &'run RunCtx,
        demo: DemoId,
        steps: &'static [Step],
        count: usize,
    ) -> Result<Self, RunError> {
        let names: Vec<_> = (0..count)
            .map(|index| TrackName::nth("worker", index))
            .collect();
        Self::spawn_named(ctx, demo, steps, &names)
    }

    /// Starts a worker process for each name, which its lane has, and waits until each is ready, or gone.
    pub fn spawn_named(
        ctx: &'run RunCtx,
        demo: DemoId,
        steps: &'static [Step],
        names: &[TrackName],
    ) -> Result<Self, RunError> {
        let count = names.len();
        task_cost::allow_workers(count as u64);
        let (tx, messages) = unbounded();
        let mut pool = Self {
            ctx,
            workers: Vec::with_capacity(count),
            messages,
            untold: VecDeque::new(),
            losses: Vec::new(),
        };
        for (index, name) in names.iter().enumerate() {
            ctx.check_cancel()?;
            let worker = Worker::start(ctx, demo, steps, (index, *name), tx.clone())?;
            pool.workers.push(worker);
        }
        drop(tx);
        pool.wait_until_ready()?;
        Ok(pool)
    }

    /// Worker processes in the pool.
    pub fn len(&self) -> usize {
        self.workers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.workers.is_empty()
    }

    /// Hands a task to a worker. One that is gone takes nothing, and [`recv`](Self::recv) returns [`Answer::Gone`].
    pub fn hand_over(
        &mut self,
        worker: usize,
        part: u64,
        task: &impl Serialize,
    ) -> Result<(), RunError> {
        self.hand_over_with(worker, part, task, 0, iter::empty())
    }

    /// Hands a task to a worker, followed by `numbers` (`count` of them).
    pub fn hand_over_with(
        &mut self,
        worker: usize,
        part: u64,
        task: &impl Serialize,
        count: u64,
        numbers: impl Iterator<Item = u64>,
    ) -> Result<(), RunError> {
        let request = Request::Task {
            part,
            task: json!(task),
            numbers: count,
        };
        self.write(worker, |stdin| {
            write_line(stdin, &request)?;
            write_numbers(stdin, numbers)
        });
        Ok(self.ctx.check_cancel()?)
    }

    /// Sends a message to the task that a worker was given last; `TaskCtx::recv`
    /// returns it. A message to a task that is done is lost.
    pub fn send(&mut self, worker: usize, message: &impl Serialize) -> Result<(), RunError> {
        let value = json!(message);
        let request = Request::Message { value };
        self.write(worker, |stdin| write_line(stdin, &request));
        Ok(self.ctx.check_cancel()?)
    }

    /// A worker's answer as a type of the demo.
    pub fn read<T: DeserializeOwned>(&self, worker: usize, value: Value) -> Result<T, RunError> {
        serde_json::from_value(value).map_err(|error| self.misbehaved(worker, error.to_string()))
    }

    /// The process id of a worker.
    pub fn pid(&self, worker: usize) -> u32 {
        self.workers[worker].child.pid()
    }

    /// A moment on a worker's stopwatch, on ours.
    pub fn on_our_clock(&self, worker: usize, theirs: Duration) -> Duration {
        let now = Instant::now();
        let placed = self.workers[worker].clock().placed();
        let at = placed.map_or(now, |placed| placed.on_ours(theirs, now));
        at.saturating_duration_since(self.ctx.stopwatch.origin)
    }

    /// Why the first worker that is gone is gone: the error for a job that can't do without it, or that
    /// has brought what could be brought without it.
    pub fn loss(&self) -> RunError {
        let first = self.losses.first();
        first.map_or(Cancelled.into(), |(_, loss)| loss.clone())
    }

    /// Why this worker is gone, if it is.
    pub fn loss_of(&self, worker: usize) -> Option<RunError> {
        let mut losses = self.losses.iter();
        let (_, loss) = losses.find(|(gone, _)| *gone == worker)?;
        Some(loss.clone())
    }

    /// Waits for the next answer of any worker, but no longer than `limit`; `None` if none came.
    pub fn recv_timeout(&mut self, timeout: Duration) -> Result<Option<(usize, Answer)>, RunError> {
        self.answer(after(timeout))
    }

    /// Waits for the next answer of any worker.
    pub fn recv(&mut self) -> Result<(usize, Answer), RunError> {
        loop {
            if let Some(answer) = self.answer(never())? {
                return Ok(answer);
            }
        }
    }

    fn answer(&mut self, late: Receiver<Instant>) -> Result<Option<(usize, Answer)>, RunError> {
        if let Some(worker) = self.untold.pop_front() {
            return Ok(Some((worker, Answer::Gone)));
        }
        match self.listen(late)? {
            Some((worker, Message::Answer(answer))) => Ok(Some((worker, answer))),
            Some((worker, Message::Gone(_))) => Ok(Some((worker, Answer::Gone))),
            Some((worker, _)) => {
                Err(self.misbehaved(worker, "it reported being ready twice".to_owned()))
            }
            None => Ok(None),
        }
    }

    fn wait_until_ready(&mut self) -> Result<(), RunError> {
        let mut settled = vec![false; self.workers.len()];
        while settled.contains(&false) {
            match self.listen(never())? {
                Some((worker, Message::Ready)) => {
                    let mut clock = self.workers[worker].clock();
                    settled[worker] = clock.placed().is_some();
                    if !settled[worker] {
                        clock.ask(Instant::now());
                        drop(clock);
                        self.write(worker, |stdin| write_line(stdin, &Request::Clock));
                    }
                }
                Some((worker, Message::ClockPlaced)) => settled[worker] = true,
                Some((worker, Message::Gone(_))) => {
                    settled[worker] = true;
                    self.untold.push_back(worker);
                }
                None => {}
                Some((worker, _)) => {
                    return Err(
                        self.misbehaved(worker, "it answered before it was asked".to_owned())
                    );
                }
            }
        }
        Ok(())
    }

    /// The next message; `None` if `late` came first.
    fn listen(&mut self, late: Receiver<Instant>) -> Result<Option<(usize, Message)>, RunError> {
        select! {
            recv(self.messages) -> message => match message {
                Ok((worker, Message::Failed(sent))) => {
                    let error = self.failed(worker, sent);
                    Err(error)
                }
                Ok((worker, Message::Gone(end))) => {
                    // A cancel kills all of them, and the end of one may come to be known first.
                    self.ctx.check_cancel()?;
                    self.lose(worker, &end);
                    Ok(Some((worker, Message::Gone(end))))
                }
                Ok(message) => Ok(Some(message)),
                // Every reader sends `Gone` before it ends: no worker is left.
                Err(_) => Err(self.loss()),
            },
            recv(self.ctx.cancel.receiver()) -> _ => Err(Cancelled.into()),
            recv(late) -> _ => Ok(None),
        }
    }

    fn write(&mut self, worker: usize, write: impl FnOnce(&mut ChildStdin) -> io::Result<()>) {
        let worker = &mut self.workers[worker];
        let Some(stdin) = &mut worker.stdin else {
            return;
        };
        if write(stdin).is_err() {
            // Its reader reports why.
            worker.stdin = None;
            worker.child.wait_after_closed_pipe();
        }
    }

    /// The error for a worker whose answer makes no sense.
    pub fn misbehaved(&self, worker: usize, message: String) -> RunError {
        RunError::WorkerFailed {
            pid: self.pid(worker),
            message,
        }
    }

    /// The error for a worker that has failed with `sent`. The cause may be the end of another worker, which may
    /// become known a moment later.
    pub fn failed(&mut self, worker: usize, sent: RunError) -> RunError {
        let error = RunError::of_worker(self.pid(worker), sent);
        let late = Instant::now() + ANOTHER_ENDS;
        while error.may_be_of_another() {
            select! {
                recv(self.messages) -> message => match message {
                    // The one that reported is killed for it.
                    Ok((_, Message::Gone(ChildEnd::KilledByProgram))) => {}
                    Ok((other, Message::Gone(end))) => {
                        self.lose(other, &end);
                        return self.loss();
                    }
                    // The run has failed: other answers are of no use.
                    Ok(_) => {}
                    Err(_) => break,
                },
                recv(self.ctx.cancel.receiver()) -> _ => return Cancelled.into(),
                recv(at(late)) -> _ => break,
            }
        }
        error
    }

    /// Notes why a worker is gone.
    fn lose(&mut self, index: usize, end: &ChildEnd) {
        self.workers[index].stdin = None;
        let pid = self.pid(index);
        let loss = match end {
            ChildEnd::KilledByUser => RunError::Killed {
                process: self.workers[index].name,
                pid,
            },
            end => RunError::WorkerDied {
                pid,
                how: end.how(),
            },
        };
        self.losses.push((index, loss));
    }
}

impl Drop for WorkerPool<'_> {
    fn drop(&mut self) {
        // All are killed before the first is waited for: they end side by side.
        for worker in &self.workers {
            worker.child.kill();
        }
        for worker in &mut self.workers {
            worker.child.end();
        }
    }
}
