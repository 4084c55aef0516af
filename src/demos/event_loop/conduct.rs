//! Who does what: one process serves, one or several wait, and this one looks after them.

use std::ops::{Add, Range};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::telling::Handled;
use super::{
    EventLoop, PROCESSES, SPAWN, STEPS, WAIT, blocking, looping, needs, server, shares, talk,
};
use crate::lab::demo::value::Value;
use crate::lab::demo::{Demo, JobOutput, VariantId};
use crate::lab::machine::limits;
use crate::lab::machine::priority;
use crate::lab::machine::task_cost::SPARE;
use crate::lab::process::worker_pool::{Answer, WorkerPool};
use crate::lab::process::worker_task::{TaskCtx, WorkerTask};
use crate::lab::run::RunCtx;
use crate::lab::run::error::{RunError, SystemRequest};
use crate::lab::trace::event::TrackName;

/// What a worker process is told to be.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    /// Answers each request after so many milliseconds; has so many connections at once.
    Server { reply_millis: u64, at_once: u64 },
    /// Waits for replies.
    Waiter(Waiter),
}

/// What a process that waits has to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Waiter {
    /// The variant.
    way: String,
    /// Where the server listens.
    pub(super) port: u16,
    /// Its connections.
    pub(super) numbers: Range<u32>,
    /// Connections that it has at the same time.
    at_once: u64,
    /// Connections that it may open in one go.
    pub(super) burst: usize,
    handle_millis: u64,
}

impl Waiter {
    /// How long a reply is worked on.
    pub(super) fn handle(&self) -> Duration {
        Duration::from_millis(self.handle_millis)
    }
}

/// What a process that has waited says of itself.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Waited {
    /// Replies that were handled.
    pub(super) replies: u64,
    /// The most threads it had at one time, where the system tells. The one that listens for Stop does not count.
    pub(super) threads: Option<u64>,
    /// The most memory it had at one time, where the system tells.
    pub(super) bytes: Option<u64>,
    /// What handling the replies took, where one thread handled them all.
    pub(super) handled: Handled,
}

/// The server is the first worker.
const SERVER: usize = 0;

/// A run, seen from the process that shows it.
pub(super) fn conduct(
    demo: &EventLoop,
    variant: VariantId,
    ctx: &RunCtx,
) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    let processes = demo.processes(variant);
    run.instant(PROCESSES, Some(processes as i64));
    ctx.phase(SPAWN);
    let (mut pool, port) = {
        let _spawning = run.waiting(SPAWN);
        let mut pool = WorkerPool::spawn(ctx, demo.id(), STEPS, 1 + processes)?; // step: spawn
        let at_once = needs::at_once(variant, demo.connections);
        let port = start_server(&mut pool, demo.reply_millis, at_once)?;
        (pool, port)
    };

    let began = ctx.phase(WAIT);
    let mut waiting = Some(run.waiting(WAIT));
    for (index, numbers) in shares(demo.connections as u32, processes)
        .into_iter()
        .enumerate()
    {
        let role = Role::Waiter(Waiter {
            way: variant.to_owned(),
            port,
            at_once: needs::at_once(variant, numbers.len() as u64),
            numbers,
            burst: talk::burst(processes),
            handle_millis: demo.handle_millis,
        });
        pool.hand_over(SERVER + 1 + index, 0, &role)?;
    }
    let mut waited = Vec::with_capacity(processes);
    // Each says when it has handled its last reply, and then, when nobody's time is taken, what it has measured.
    let mut is_busy = vec![true; processes];
    let mut is_measured = vec![false; processes];
    let mut total = Duration::ZERO;
    while is_measured.contains(&false) {
        let (worker, answer) = pool.recv()?;
        // Without the server nobody can go on; one that waits for replies takes its own with it.
        let Some(index) = worker.checked_sub(SERVER + 1) else {
            match answer {
                Answer::Gone => return Err(pool.loss()),
                _ => continue,
            }
        };
        match answer {
            Answer::Message { value } => match pool.read(worker, value)? {
                Said::Done => is_busy[index] = false,
                Said::Failed(error) => return Err(pool.failed(worker, error)),
            },
            Answer::Result { value, .. } => {
                waited.push(pool.read(worker, value)?);
                is_measured[index] = true;
            }
            Answer::Gone => {
                is_busy[index] = false;
                is_measured[index] = true;
            }
            Answer::Acknowledged { .. } => {}
        }
        if waiting.is_some() && !is_busy.contains(&true) {
            total = ctx.stop_clock() - began;
            waiting.take();
        }
    }
    let found = findings(total, &waited);
    if waited.len() < processes {
        ctx.save_partial(found);
        return Err(pool.loss());
    }
    Ok(found)
}

fn start_server(
    pool: &mut WorkerPool<'_>,
    reply_millis: u64,
    at_once: u64,
) -> Result<u16, RunError> {
    let role = Role::Server {
        reply_millis,
        at_once,
    };
    pool.hand_over(SERVER, 0, &role)?;
    match pool.recv()? {
        (SERVER, Answer::Message { value }) => pool.read(SERVER, value),
        (_, Answer::Gone) => Err(pool.loss()),
        (worker, answer) => Err(pool.misbehaved(worker, format!("{answer:?} comes too early"))),
    }
}

/// Time on cores that handling took, of all processes; a detail.
pub(super) const HANDLING_CPU: &str = "handling_cpu_seconds";
/// The same with the time in which the handling threads waited for a core; a detail.
pub(super) const HANDLING_WALL: &str = "handling_wall_seconds";

/// The figures of all processes that waited, added up. What one of them was not told is not made up.
fn findings(total: Duration, waited: &[Waited]) -> JobOutput {
    let replies: u64 = waited.iter().map(|waited| waited.replies).sum();
    let threads: Option<u64> = waited.iter().map(|waited| waited.threads).sum();
    let bytes: Option<u64> = waited.iter().map(|waited| waited.bytes).sum();
    let mut measures = vec![
        ("total_seconds", Value::from(total)),
        ("replies", Value::from(replies)),
    ];
    measures.extend(threads.map(|threads| ("peak_threads", Value::from(threads))));
    measures.extend(bytes.map(|bytes| ("peak_bytes", Value::Bytes(bytes))));
    let handled = waited.iter().map(|waited| waited.handled);
    let handled = handled.fold(Handled::default(), Handled::add);
    JobOutput {
        measures,
        details: vec![
            ("processes", Value::from(waited.len())),
            (HANDLING_CPU, Value::from(handled.cpu)),
            (HANDLING_WALL, Value::from(handled.wall)),
        ],
    }
}

impl WorkerTask for Role {
    /// Of a process that waited.
    type Reply = Option<Waited>;

    fn perform(self, ctx: &TaskCtx<'_>) -> Result<Option<Waited>, RunError> {
        let allow = |at_once: u64| {
            limits::allow_open_files(at_once + SPARE)
                .map_err(|error| RunError::system(SystemRequest::OpenFiles, &error))
        };
        match self {
            Role::Server {
                reply_millis,
                at_once,
            } => {
                allow(at_once)?;
                server::serve(Duration::from_millis(reply_millis), ctx)?;
                Ok(None)
            }
            Role::Waiter(waiter) => {
                allow(waiter.at_once)?;
                if !waiter.handle().is_zero() {
                    priority::lower_this_thread();
                }
                let waited = match waiter.way.as_str() {
                    "one_at_a_time" => blocking::one_at_a_time(&waiter, ctx),
                    "thread_each" => blocking::thread_each(&waiter, ctx),
                    _ => looping::collect(&waiter, ctx),
                }?;
                Ok(Some(waited))
            }
        }
    }
}

/// What a process that waits says before it has measured.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    /// Its last reply is handled.
    Done,
    /// It can't be done.
    Failed(RunError),
}

/// The last reply is handled: the stopwatch may stop.
pub(super) fn say_done(ctx: &TaskCtx<'_>) {
    ctx.send(&Said::Done);
}

/// It can't be done. Said before the threads that still wait for their replies are waited for.
pub(super) fn say_failed(ctx: &TaskCtx<'_>, error: &RunError) {
    ctx.send(&Said::Failed(error.clone().for_wire()));
}
