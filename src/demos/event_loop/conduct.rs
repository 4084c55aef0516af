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
use crate::lab::process::worker_pool::{Answer, WorkerPool, WorkerTask};
use crate::lab::run::RunCtx;
use crate::lab::run::error::{RunError, SystemRequest};
use crate::lab::trace::event::TrackName;

/// What a worker process is told to be.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Role {
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
        hand_over(&mut pool, SERVER + 1 + index, role)?;
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
            Answer::Message { value } => match Said::deserialize(&value) {
                Ok(Said::Done) => is_busy[index] = false,
                Ok(Said::Failed(error)) => return Err(pool.failed(worker, error)),
                Err(error) => return Err(pool.misbehaved(worker, error.to_string())),
            },
            Answer::Result { value, .. } => {
                let read = Waited::deserialize(&value);
                waited.push(read.map_err(|error| pool.misbehaved(worker, error.to_string()))?);
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
    hand_over(pool, SERVER, role)?;
    match pool.recv()? {
        (SERVER, Answer::Message { value }) => value
            .as_u64()
            .and_then(|port| u16::try_from(port).ok())
            .ok_or_else(|| pool.misbehaved(SERVER, format!("{value} is not a port"))),
        (_, Answer::Gone) => Err(pool.loss()),
        (worker, answer) => Err(pool.misbehaved(worker, format!("{answer:?} comes too early"))),
    }
}

fn hand_over(pool: &mut WorkerPool<'_>, worker: usize, role: Role) -> Result<(), RunError> {
    pool.hand_over(
        worker,
        worker as u64,
        serde_json::json!(role),
        0,
        std::iter::empty(),
    )
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

/// What a worker process does.
pub(super) fn work(task: &WorkerTask, ctx: &RunCtx) -> Result<serde_json::Value, RunError> {
    let misunderstood = |error: serde_json::Error| RunError::WorkerFailed {
        pid: std::process::id(),
        message: error.to_string(),
    };
    let allow = |at_once: u64| {
        limits::allow_open_files(at_once + SPARE)
            .map_err(|error| RunError::system(SystemRequest::OpenFiles, &error))
    };
    match Role::deserialize(&task.value).map_err(misunderstood)? {
        Role::Server {
            reply_millis,
            at_once,
        } => {
            allow(at_once)?;
            server::serve(task, Duration::from_millis(reply_millis), ctx)?;
            Ok(serde_json::Value::Null)
        }
        Role::Waiter(waiter) => {
            allow(waiter.at_once)?;
            if !waiter.handle().is_zero() {
                priority::lower_this_thread();
            }
            let waited = match waiter.way.as_str() {
                "one_at_a_time" => blocking::one_at_a_time(&waiter, task, ctx),
                "thread_each" => blocking::thread_each(&waiter, task, ctx),
                _ => looping::collect(&waiter, task, ctx),
            }?;
            Ok(serde_json::json!(waited))
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
pub(super) fn say_done(task: &WorkerTask) {
    task.send(serde_json::json!(Said::Done));
}

/// It can't be done. Said before the threads that still wait for their replies are waited for.
pub(super) fn say_failed(task: &WorkerTask, error: &RunError) {
    task.send(serde_json::json!(Said::Failed(error.clone().for_wire())));
}
