//! A client process, whichever way it waits: its task, its work on a reply, and the figures that it measures of itself.

use std::ops::{Add, Range};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

use super::{BYTES, THREADS};
use crate::lab::machine;
use crate::lab::process::worker_process;
use crate::lab::process::worker_task::TaskCtx;
use crate::lab::run::error::RunError;
use crate::lab::trace::track::Batch;

/// The task of a client process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Client {
    /// How it waits.
    pub(super) variant: String,
    /// Where the server listens.
    pub(super) port: u16,
    /// Its connections.
    pub(super) numbers: Range<u32>,
    /// Connections that it has at the same time.
    pub(super) at_once: u64,
    /// Connections that it may open in one go.
    pub(super) burst: usize,
    pub(super) handle_millis: u64,
}

impl Client {
    /// How long it works on a reply.
    pub(super) fn handle(&self) -> Duration {
        Duration::from_millis(self.handle_millis)
    }
}

/// The figures that a client process has measured of itself.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct ClientFigures {
    /// Replies that were handled.
    pub(super) replies: u64,
    /// The most threads it had at one time, where the system says. The thread that listens for Stop does not count.
    pub(super) threads: Option<u64>,
    /// The most memory it had at one time, where the system says.
    pub(super) bytes: Option<u64>,
    /// The time spent on handling the replies, where one thread handled them all.
    pub(super) handled: Handled,
}

/// The time spent on handling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Handled {
    /// Time on a core.
    pub(super) cpu: Duration,
    /// Time from beginning to end, waiting for a core included.
    pub(super) wall: Duration,
}

impl Add for Handled {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            cpu: self.cpu + other.cpu,
            wall: self.wall + other.wall,
        }
    }
}

/// Computes for so long, measured by the thread's own CPU time: with more threads than cores it takes longer.
pub(super) fn compute(length: Duration) -> Handled {
    let begun = Instant::now();
    let on_core = ThreadTime::try_now();
    // A system without CPU time gives the time of the clock.
    let used = || match &on_core {
        Ok(on_core) => on_core.try_elapsed().unwrap_or(length),
        Err(_) => begun.elapsed(),
    };
    loop {
        let cpu = used();
        if cpu >= length {
            let wall = begun.elapsed();
            return Handled { cpu, wall };
        }
    }
}

/// Threads now, and the most memory so far; reported as well as returned. The thread that only listens for
/// Stop does not count: a class counts threads that wait.
pub(super) fn measure(batch: &Batch<'_>) -> ClientFigures {
    let threads = machine::threads_alive();
    let threads =
        threads.map(|threads| threads.saturating_sub(worker_process::LISTENING_THREADS) as u64);
    let bytes = machine::peak_memory();
    for (step, figure) in [(THREADS, threads), (BYTES, bytes)] {
        if let Some(figure) = figure {
            batch.instant(step, i64::try_from(figure).ok());
        }
    }
    ClientFigures {
        threads,
        bytes,
        ..ClientFigures::default()
    }
}

/// A message that a client process sends before its figures.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Message {
    /// Its last reply is handled.
    Done,
    /// It could not go on.
    Failed(RunError),
}

/// Sends that the last reply is handled: the stopwatch may stop.
pub(super) fn send_done(ctx: &TaskCtx<'_>) {
    ctx.send(&Message::Done);
}

/// Sends why it could not go on, before the threads that still wait for their replies are joined.
pub(super) fn send_failed(ctx: &TaskCtx<'_>, error: &RunError) {
    ctx.send(&Message::Failed(error.clone().for_wire()));
}
