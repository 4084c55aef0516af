//! Worker processes, seen from the process that shows the run: started from this same program, handed
//! tasks, listened to, and never left behind.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, select, unbounded};

use super::cancel::Cancelled;
use super::demo::DemoId;
use super::error::RunError;
use super::event::{Event, EventKind, Step, TrackId, TrackInfo, TrackKind, TrackName};
use super::run::RunCtx;
use super::track::Sink;
use super::wire::{Order, Report, VERSION, nanos, write_line, write_numbers};

/// Worker processes of all runs that live now.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

/// Worker processes that live now.
pub fn workers_alive() -> usize {
    ALIVE.load(Ordering::Relaxed)
}

/// One task as a worker process gets it.
pub struct WorkerTask {
    /// What to do, in the demo's own terms.
    pub value: serde_json::Value,
    /// Numbers that came through the pipe with it.
    pub numbers: Vec<u64>,
    pub(crate) acknowledge: Box<dyn Fn()>,
}

impl WorkerTask {
    /// Tells that the task and all its data have arrived.
    pub fn acknowledge(&self) {
        (self.acknowledge)();
    }
}

/// The worker processes of one run that may have to be killed from any thread.
#[derive(Default)]
pub(crate) struct Children {
    state: Mutex<ChildrenState>,
}

#[derive(Default)]
struct ChildrenState {
    list: Vec<Arc<Mutex<Life>>>,
    closed: bool,
}

impl Children {
    /// Kills all, and any that may still come: a worker that is being started while the run is
    /// cancelled must not slip through.
    pub(crate) fn kill_all(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.closed = true;
        for child in state.list.drain(..) {
            lock(&child).kill();
        }
    }

    fn enlist(&self, child: Child) -> Arc<Mutex<Life>> {
        let child = Arc::new(Mutex::new(Life {
            child,
            ended: false,
        }));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            lock(&child).kill();
        } else {
            state.list.push(Arc::clone(&child));
        }
        child
    }
}

fn lock(child: &Mutex<Life>) -> MutexGuard<'_, Life> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A worker process until it has been waited for. After that its id may be another process's.
struct Life {
    child: Child,
    ended: bool,
}

impl Life {
    /// Kills the process and all that it may have started. One that has ended already can't be
    /// killed any more, which is all right.
    fn kill(&mut self) {
        if self.ended {
            return;
        }
        // A process that the worker started holds the worker's standard output open, and whoever
        // reads that would wait for it.
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        {
            rustix::process::kill_process_group(group, rustix::process::Signal::KILL).ok();
        }
        drop(self.child.kill());
    }

    fn wait(&mut self) -> io::Result<ExitStatus> {
        let status = self.child.wait();
        self.ended = true;
        status
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
    /// The part is done.
    Result {
        /// Which part.
        part: u64,
        /// What came out, in the demo's own terms.
        value: serde_json::Value,
    },
}

enum Heard {
    Ready,
    ClockPlaced,
    Answer(Answer),
    Failed(String),
    Gone,
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

    /// Waits for the next answer of any worker.
    pub fn hear(&mut self) -> Result<(usize, Answer), RunError> {
        match self.listen()? {
            (worker, Heard::Answer(answer)) => Ok((worker, answer)),
            (worker, _) => Err(self.misbehaved(worker, "it reported being ready twice".to_owned())),
        }
    }

    fn wait_until_ready(&mut self) -> Result<(), RunError> {
        let mut placed = 0;
        while placed < self.workers.len() {
            match self.listen()? {
                (worker, Heard::Ready) => {
                    let now = nanos(self.ctx.now());
                    self.workers[worker]
                        .asked_clock_at
                        .store(now, Ordering::Release);
                    self.write(worker, |stdin| write_line(stdin, &Order::Clock))?;
                }
                (_, Heard::ClockPlaced) => placed += 1,
                (worker, _) => {
                    return Err(
                        self.misbehaved(worker, "it answered before it was asked".to_owned())
                    );
                }
            }
        }
        Ok(())
    }

    /// The next thing heard that is not a worker's end.
    fn listen(&mut self) -> Result<(usize, Heard), RunError> {
        select! {
            recv(self.heard) -> heard => match heard {
                Ok((worker, Heard::Failed(message))) => Err(self.misbehaved(worker, message)),
                Ok((worker, Heard::Gone)) => Err(self.died(worker)),
                Ok(heard) => Ok(heard),
                // Every reader says `Gone` before it ends, so the channel is never found closed first.
                Err(_) => Err(self.died(0)),
            },
            recv(self.ctx.cancel.receiver()) -> _ => Err(Cancelled.into()),
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
            ALIVE.fetch_sub(1, Ordering::Relaxed);
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
    ALIVE.fetch_add(1, Ordering::Relaxed);
    let pid = child.id();
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let track = ctx.open_id(TrackInfo {
        name: TrackName::nth("worker", index),
        kind: TrackKind::Process,
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
        track,
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
            ALIVE.fetch_sub(1, Ordering::Relaxed);
            return Err(RunError::spawn("thread", &error));
        }
    }
    Ok(worker)
}

/// Ctrl-C in a terminal goes to its whole foreground process group. In a group of its own a worker
/// does not get it; this program does, and ends its workers in order.
fn own_process_group(command: &mut Command) {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
        command.creation_flags(CREATE_NEW_PROCESS_GROUP);
    }
}

/// Bytes of a line from a worker. Longer ones are cut, and then they make no sense: a program that
/// prints without end must not fill the memory.
const LONGEST_REPORT: u64 = 1 << 20;

/// Listens to one worker process on a thread of its own.
struct Reader {
    index: usize,
    track: TrackId,
    steps: &'static [Step],
    sink: Sink,
    origin: std::time::Instant,
    /// When the worker was asked for its clock, on ours.
    asked_clock_at: Arc<AtomicU64>,
    /// Our clock minus the worker's, in nanoseconds, once known.
    offset: Option<i128>,
    heard: Sender<(usize, Heard)>,
}

impl Reader {
    fn read(mut self, stdout: ChildStdout) {
        let mut lines = BufReader::new(stdout);
        let mut line = Vec::new();
        loop {
            line.clear();
            // Bytes rather than text, so that a line that is not even text is told from the end.
            match lines
                .by_ref()
                .take(LONGEST_REPORT)
                .read_until(b'\n', &mut line)
            {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
            let heard = serde_json::from_slice(&line)
                .map_err(|error| format!("a line that is not in the protocol: {error}"))
                .and_then(|report| self.take(report));
            match heard {
                Ok(None) => {}
                Ok(Some(heard)) => self.tell(heard),
                Err(message) => {
                    self.tell(Heard::Failed(message));
                    break;
                }
            }
        }
        self.tell(Heard::Gone);
    }

    /// The job may have gone already, and then nobody needs to know.
    fn tell(&self, heard: Heard) {
        drop(self.heard.send((self.index, heard)));
    }

    fn take(&mut self, report: Report) -> Result<Option<Heard>, String> {
        Ok(match report {
            Report::Ready { version: VERSION } => Some(Heard::Ready),
            Report::Ready { version } => {
                return Err(format!(
                    "it speaks version {version} of the protocol, this program version {VERSION}"
                ));
            }
            Report::Clock { nanos } => {
                self.place_clock(nanos);
                Some(Heard::ClockPlaced)
            }
            Report::Event(event) => {
                let at = self.on_our_clock(event.at());
                let kind = event.kind(self.steps)?;
                self.sink.send(Event {
                    at,
                    track: self.track,
                    kind,
                });
                None
            }
            Report::Acknowledged { part } => Some(Heard::Answer(Answer::Acknowledged { part })),
            Report::Result { part, value } => Some(Heard::Answer(Answer::Result { part, value })),
            Report::Failed { message } => return Err(message),
        })
    }

    /// The worker looked at its clock somewhere between our question and now; the middle is at most
    /// half the round trip off. (Cristian, "Probabilistic clock synchronization", 1989.)
    fn place_clock(&mut self, theirs: u64) {
        let now = self.origin.elapsed();
        let asked = Duration::from_nanos(self.asked_clock_at.load(Ordering::Acquire));
        let error = now.saturating_sub(asked) / 2;
        self.offset = Some(i128::from(nanos(asked + error)) - i128::from(theirs));
        self.sink.send(Event {
            at: now,
            track: self.track,
            kind: EventKind::ClockPlaced { error },
        });
    }

    fn on_our_clock(&self, theirs: Duration) -> Duration {
        match self.offset {
            Some(offset) => {
                let ours = i128::from(nanos(theirs)) + offset;
                Duration::from_nanos(u64::try_from(ours).unwrap_or(0)).min(self.origin.elapsed())
            }
            None => self.origin.elapsed(),
        }
    }
}
