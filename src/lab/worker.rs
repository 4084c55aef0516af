//! Worker processes, seen from the process that shows the run: started from this same program, handed
//! tasks, listened to, and never left behind.

use std::collections::HashMap;
use std::io;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, after, never, select, unbounded};

use super::cancel::Cancelled;
pub use super::children::workers_alive;
use super::children::{Life, lock, own_process_group};
use super::demo::DemoId;
use super::error::RunError;
use super::event::{Step, TrackInfo, TrackKind, TrackName};
use super::reader::{Heard, Reader};
use super::run::RunCtx;
use super::wire::{Order, Report, WireWriter, nanos, write_line, write_numbers};

/// One task as a worker process gets it.
pub struct WorkerTask {
    /// What to do, in the demo's own terms.
    pub value: serde_json::Value,
    /// Numbers that came through the pipe with it.
    pub numbers: Vec<u64>,
    pub(crate) outside: Outside,
}

/// The way from a task in a worker process to the job that handed it over, and back.
pub(crate) struct Outside {
    pub(crate) part: u64,
    pub(crate) writer: Arc<WireWriter>,
    pub(crate) messages: Receiver<serde_json::Value>,
}

impl WorkerTask {
    /// Tells that the task and all its data have arrived.
    pub fn acknowledge(&self) {
        let Outside { part, writer, .. } = &self.outside;
        writer.report(&Report::Acknowledged { part: *part });
    }

    /// Tells the job something before the task is done; it arrives there as [`Answer::Message`].
    pub fn say(&self, value: serde_json::Value) {
        self.outside.writer.report(&Report::Message { value });
    }

    /// Waits for the next thing that the job [tells](Crew::tell) this worker. `Err` means that there will
    /// be none: the job has handed over a further task, or this process is about to end.
    pub fn hear(&self) -> Result<serde_json::Value, Cancelled> {
        self.outside.messages.recv().map_err(|_| Cancelled)
    }
}

/// What a worker has to say to the job.
#[derive(Debug)]
pub enum Answer {
    /// The part and its data have arrived there.
    Acknowledged {
        /// Which part.
        part: u64,
    },
    /// What the task said before it was done.
    Message {
        /// In the demo's own terms.
        value: serde_json::Value,
    },
    /// The part is done.
    Result {
        /// Which part.
        part: u64,
        /// What came out, in the demo's own terms.
        value: serde_json::Value,
    },
}

struct Worker {
    pid: u32,
    child: Arc<Mutex<Life>>,
    stdin: Option<ChildStdin>,
    asked_clock_at: Arc<AtomicU64>,
    reader: Option<JoinHandle<()>>,
}

/// The worker processes of one job. Dropping it kills them and waits for them.
pub struct Crew<'run> {
    ctx: &'run RunCtx,
    workers: Vec<Worker>,
    heard: Receiver<(usize, Heard)>,
}

impl<'run> Crew<'run> {
    /// Starts `count` worker processes of `demo` and waits until the last one is ready. `steps` are
    /// all that they may report.
    pub fn spawn(
        ctx: &'run RunCtx,
        demo: DemoId,
        steps: &'static [Step],
        count: usize,
    ) -> Result<Self, RunError> {
        let (tx, heard) = unbounded();
        let mut crew = Self {
            ctx,
            workers: Vec::with_capacity(count),
            heard,
        };
        for index in 0..count {
            ctx.check_cancel()?;
            let worker = start_worker(ctx, demo, steps, index, tx.clone())?;
            crew.workers.push(worker);
        }
        drop(tx);
        crew.wait_until_ready()?;
        Ok(crew)
    }

    /// Worker processes in the crew.
    pub fn len(&self) -> usize {
        self.workers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.workers.is_empty()
    }

    /// Hands a task to a worker, followed by `numbers` (`count` of them).
    pub fn hand_over(
        &mut self,
        worker: usize,
        part: u64,
        task: serde_json::Value,
        count: u64,
        numbers: impl Iterator<Item = u64>,
    ) -> Result<(), RunError> {
        let order = Order::Task {
            part,
            task,
            numbers: count,
        };
        self.write(worker, |stdin| {
            write_line(stdin, &order)?;
            write_numbers(stdin, numbers)
        })
    }

    /// Tells a worker something about the task that was handed over to it last, where [`WorkerTask::hear`]
    /// gets it; a task that is done hears nothing any more.
    pub fn tell(&mut self, worker: usize, value: serde_json::Value) -> Result<(), RunError> {
        let order = Order::Message { value };
        self.write(worker, |stdin| write_line(stdin, &order))
    }

    /// The process id of a worker.
    pub fn pid(&self, worker: usize) -> u32 {
        self.workers[worker].pid
    }

    /// Waits for the next answer of any worker, but no longer than `limit`; `None` if none came.
    pub fn hear_within(&mut self, limit: Duration) -> Result<Option<(usize, Answer)>, RunError> {
        match self.listen(after(limit))? {
            Some((worker, Heard::Answer(answer))) => Ok(Some((worker, answer))),
            Some((worker, _)) => Err(self.ready_twice(worker)),
            None => Ok(None),
        }
    }

    /// Waits for the next answer of any worker.
    pub fn hear(&mut self) -> Result<(usize, Answer), RunError> {
        loop {
            match self.listen(never())? {
                Some((worker, Heard::Answer(answer))) => return Ok((worker, answer)),
                Some((worker, _)) => return Err(self.ready_twice(worker)),
                None => {}
            }
        }
    }

    fn ready_twice(&self, worker: usize) -> RunError {
        self.misbehaved(worker, "it reported being ready twice".to_owned())
    }

    fn wait_until_ready(&mut self) -> Result<(), RunError> {
        let mut placed = 0;
        while placed < self.workers.len() {
            match self.listen(never())? {
                Some((worker, Heard::Ready)) => {
                    let now = nanos(self.ctx.now());
                    self.workers[worker]
                        .asked_clock_at
                        .store(now, Ordering::Release);
                    self.write(worker, |stdin| write_line(stdin, &Order::Clock))?;
                }
                Some((_, Heard::ClockPlaced)) => placed += 1,
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

    /// The next thing heard that is not a worker's end; `None` if `late` came first.
    fn listen(&mut self, late: Receiver<Instant>) -> Result<Option<(usize, Heard)>, RunError> {
        select! {
            recv(self.heard) -> heard => match heard {
                Ok((worker, Heard::Failed(message))) => Err(self.misbehaved(worker, message)),
                Ok((worker, Heard::Gone)) => Err(self.died(worker)),
                Ok(heard) => Ok(Some(heard)),
                // Every reader says `Gone` before it ends, so the channel is never found closed first.
                Err(_) => Err(self.died(0)),
            },
            recv(self.ctx.cancel.receiver()) -> _ => Err(Cancelled.into()),
            recv(late) -> _ => Ok(None),
        }
    }

    fn write(
        &mut self,
        worker: usize,
        write: impl FnOnce(&mut ChildStdin) -> io::Result<()>,
    ) -> Result<(), RunError> {
        let written = self.workers[worker]
            .stdin
            .as_mut()
            .is_some_and(|stdin| write(stdin).is_ok());
        // A pipe breaks because its reader is gone.
        if written {
            Ok(())
        } else {
            Err(self.died(worker))
        }
    }

    /// The error for a worker whose answer makes no sense.
    pub fn misbehaved(&self, worker: usize, message: String) -> RunError {
        RunError::WorkerFailed {
            pid: self.workers[worker].pid,
            message,
        }
    }

    fn died(&self, worker: usize) -> RunError {
        let worker = &self.workers[worker];
        let mut child = lock(&worker.child);
        // It may only have closed its pipe. Killing it makes sure that waiting takes no time; one
        // that is already dying keeps the status it is dying with.
        child.kill();
        let how = child
            .wait()
            .map_or_else(|error| error.to_string(), |status| status.to_string());
        RunError::WorkerDied {
            pid: worker.pid,
            how,
        }
    }
}

impl Drop for Crew<'_> {
    fn drop(&mut self) {
        // All are killed before the first is waited for: they end side by side.
        for worker in &mut self.workers {
            worker.stdin = None;
            lock(&worker.child).kill();
        }
        for worker in &mut self.workers {
            drop(lock(&worker.child).wait());
            if let Some(reader) = worker.reader.take() {
                drop(reader.join());
            }
        }
    }
}

fn start_worker(
    ctx: &RunCtx,
    demo: DemoId,
    steps: &'static [Step],
    index: usize,
    heard: Sender<(usize, Heard)>,
) -> Result<Worker, RunError> {
    let mut command = Command::new(&ctx.lab.program);
    command
        .arg("worker")
        .arg(demo)
        .arg("--seed")
        .arg(ctx.seed().to_string());
    if let Some(phase) = &ctx.lab.hold {
        command.arg("--hold").arg(phase);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    own_process_group(&mut command);
    let refused = |error: io::Error| RunError::spawn("worker process", &error);
    let mut child = command.spawn().map_err(refused)?;
    let pid = child.id();
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let track = ctx.open_id(TrackInfo {
        name: TrackName::nth("worker", index),
        kind: TrackKind::Process,
        pid,
        os_id: Some(pid),
        clock_error: Duration::ZERO,
    });
    let asked_clock_at = Arc::new(AtomicU64::new(0));
    let mut worker = Worker {
        pid,
        child: ctx.children.enlist(child),
        stdin,
        asked_clock_at: Arc::clone(&asked_clock_at),
        reader: None,
    };
    let reader = Reader {
        index,
        pid,
        track,
        next_track: Arc::clone(&ctx.tracks),
        dropped: Arc::clone(&ctx.dropped),
        threads: HashMap::new(),
        clock_error: Duration::ZERO,
        steps,
        sink: ctx.sink.clone(),
        origin: ctx.origin,
        asked_clock_at,
        offset: None,
        heard,
    };
    let spawned = stdout
        .ok_or_else(|| io::Error::other("no standard output"))
        .and_then(|stdout| {
            std::thread::Builder::new()
                .name(format!("read-worker-{}", index + 1))
                .spawn(move || reader.read(stdout))
        });
    match spawned {
        Ok(thread) => worker.reader = Some(thread),
        Err(error) => {
            lock(&worker.child).kill();
            drop(lock(&worker.child).wait());
            return Err(RunError::spawn("thread", &error));
        }
    }
    Ok(worker)
}
