//! Runs: a job is started, watched, and brought to its end.
//!
//! A panic of a job is an outcome. The UI thread never joins: a dropped [`RunHandle`] cancels, kills the run's worker
//! processes, and leaves the thread to the reaper. Where nobody can go on, the run says who waits for what: in the
//! window it stays to be looked at until someone presses Stop, in the terminal it fails at once.

pub mod cancel;
mod closing;
pub mod coroutines;
pub mod ctx;
pub mod error;
pub mod outcome;
pub(crate) mod stopwatch;
pub mod thread_group;
pub mod thread_reaper;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, unbounded};

use super::demo::{Demo, Job, VariantId};
use crate::lab::trace::event::{Event, EventKind, TrackId};
pub use crate::lab::trace::record::RunInfo;
use crate::lab::trace::track::{Sink, Wake};
pub use ctx::{Input, Lab, RunCtx, WorkCtx};
use error::{RunError, SpawnKind};
pub use outcome::{Outcome, Summary};

/// A run that was started. Dropping it cancels the run, kills its worker processes and leaves its thread to the
/// thread reaper: it never waits.
pub struct RunHandle {
    /// The run's demo, variant and parameters.
    pub info: RunInfo,
    ctx: Arc<RunCtx>,
    rx: Receiver<Event>,
    wake: Arc<Wake>,
    thread: Option<JoinHandle<()>>,
}

impl RunHandle {
    /// All events since the last call. The one that says [`EventKind::Finished`] is the last of all.
    pub fn drain(&mut self) -> Vec<Event> {
        self.wake.rearm();
        // Only the events that are here by now: threads that report faster than this loop reads must not keep the
        // window from drawing. A later event wakes again.
        self.rx.try_iter().take(self.rx.len()).collect()
    }

    /// Waits for the next event; `None` if none came within `timeout`.
    pub fn wait(&self, timeout: Duration) -> Option<Event> {
        self.rx.recv_timeout(timeout).ok()
    }

    /// Asks the run to end and kills its worker processes. Returns at once.
    pub fn cancel(&self) {
        self.ctx.stop();
    }

    /// Kills one process of the run, and all that it may have started; the others go on, as far as the job
    /// can do without it. Returns at once, and whether the process was there to be killed.
    pub fn kill(&self, pid: u32) -> bool {
        self.ctx.children.kill_by_user(pid)
    }

    /// The ids of the run's processes that live.
    pub fn living(&self) -> Vec<u32> {
        self.ctx.children.living()
    }

    /// Sends the job an input. Returns at once.
    pub fn send_input(&self, input: Input) {
        // Can't fail: the run keeps both ends of the channel.
        self.ctx.inputs.0.send(input).ok();
    }

    /// Lets the run go on with so many cores: its threads, and its processes with theirs. Does nothing for
    /// demos without the parameter `cores`. Returns whether that made a difference.
    pub fn limit_cores(&self, count: u64) -> bool {
        self.ctx.change_cores(count)
    }

    /// A function that cancels this run from another thread, such as a Ctrl-C handler.
    pub fn canceller(&self) -> impl Fn() + Send + Sync + use<> {
        let ctx = Arc::clone(&self.ctx);
        move || ctx.stop()
    }

    /// Time on the run's stopwatch.
    pub fn now(&self) -> Duration {
        self.ctx.now()
    }

    /// When the run's stopwatch was started.
    pub fn origin(&self) -> Instant {
        self.ctx.stopwatch.origin
    }

    /// Events dropped so far because a track was full.
    pub fn events_dropped(&self) -> u64 {
        self.ctx.dropped()
    }
}

impl Drop for RunHandle {
    fn drop(&mut self) {
        self.cancel();
        if let Some(thread) = self.thread.take() {
            thread_reaper::adopt(thread);
        }
    }
}

/// Starts `demo`'s job on a thread of its own, named after the demo.
pub fn start(lab: &Lab, demo: &dyn Demo, variant: VariantId, seed: u64) -> RunHandle {
    let (mut handle, job) = prepare(lab, demo, variant, seed);
    let ctx = Arc::clone(&handle.ctx);
    let spawned = std::thread::Builder::new()
        .name(format!("run-{}", demo.id()))
        .spawn(move || run_to_end(&ctx, job));
    match spawned {
        Ok(thread) => handle.thread = Some(thread),
        // The job is lost with the thread, but the run ends as every run does.
        Err(error) => run_to_end(
            &handle.ctx,
            Box::new(move |_| Err(RunError::spawn(SpawnKind::Thread, &error))),
        ),
    }
    handle
}

/// Runs `demo`'s job on the calling thread and returns when it is over: the very same job as with
/// [`start`], in the wrong place.
pub fn start_inline(lab: &Lab, demo: &dyn Demo, variant: VariantId, seed: u64) -> RunHandle {
    start_inline_with(lab, demo, variant, seed, |_| {})
}

/// Like [`start_inline`]. `ready` gets the handle before the job begins, so that another thread can cancel the run.
pub fn start_inline_with(
    lab: &Lab,
    demo: &dyn Demo,
    variant: VariantId,
    seed: u64,
    ready: impl FnOnce(&RunHandle),
) -> RunHandle {
    let (handle, job) = prepare(lab, demo, variant, seed);
    ready(&handle);
    run_to_end(&handle.ctx, job);
    handle
}

fn prepare(lab: &Lab, demo: &dyn Demo, variant: VariantId, seed: u64) -> (RunHandle, Job) {
    // The stopwatch starts here, before anything of the run exists.
    let origin = Instant::now();
    let info = RunInfo {
        demo: demo.id(),
        variant,
        params: demo.params(),
        seed,
    };
    let job = demo.job(variant);
    let (tx, rx) = unbounded();
    let wake = Arc::new(Wake::new(Arc::clone(&lab.wake)));
    let sink = Sink::Channel {
        tx,
        wake: Arc::clone(&wake),
    };
    let ctx = Arc::new(RunCtx::new(lab.clone(), sink, origin, seed));
    (
        RunHandle {
            info,
            ctx,
            rx,
            wake,
            thread: None,
        },
        job,
    )
}

/// Runs the job to its end, whatever that is, and reports it as the run's last event.
fn run_to_end(ctx: &RunCtx, job: Job) {
    // The unwinding drops all that the job held, and a panic never leaves what is shared with it (the sink, the
    // clock) half-changed.
    let ended = catch_unwind(AssertUnwindSafe(|| job(ctx)));
    let outcome = match ended {
        Ok(Ok(findings)) => Outcome::Done(ctx.summary(findings)),
        // Being stuck is this run's result, even where Stop has ended the waiting.
        Ok(Err(error @ RunError::Stuck { .. })) => {
            Outcome::Failed(error, ctx.summary(ctx.partial()))
        }
        // A worker that was killed by the cancel, or a pipe that broke because of it, is no failure.
        Ok(Err(_)) if ctx.is_stopped() => Outcome::Cancelled(ctx.summary(ctx.partial())),
        Ok(Err(error)) => Outcome::Failed(error, ctx.summary(ctx.partial())),
        Err(payload) => {
            let message = panic_message(payload.as_ref());
            Outcome::Panicked(message, ctx.summary(ctx.partial()))
        }
    };
    ctx.children.kill_all();
    // No event may follow the last one.
    ctx.cores.end();
    let at = ctx.now();
    ctx.sink.send(Event {
        at,
        track: TrackId(0),
        kind: EventKind::Finished(Box::new(outcome)),
    });
}

/// The message of a panic, as far as there is one.
pub fn panic_message(payload: &(dyn std::any::Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|message| (*message).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a message".to_owned())
}
