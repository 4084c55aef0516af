//! One worker process of a pool: how it is started, from this same program.
//!
//! On Linux it is started from the program's open file, which stays when an update removes or replaces it. Its process
//! group is its own, so Ctrl-C reaches the program alone, which ends its workers in order.

use std::collections::HashMap;
use std::io;
use std::process::ChildStdin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossbeam_channel::Sender;

use super::reader::{LONGEST_RESPONSE, Message, Reader};
use crate::lab::demo::DemoId;
use crate::lab::process::clock::RemoteClock;
use crate::lab::process::supervised_child::{SupervisedChild, this_program};
use crate::lab::run::RunCtx;
use crate::lab::run::error::{RunError, SpawnKind};
use crate::lab::trace::event::{Step, TrackInfo, TrackKind, TrackName};

/// A worker process, seen from outside.
pub(super) struct Worker {
    /// The name of its lane.
    pub(super) name: TrackName,
    pub(super) child: SupervisedChild,
    /// `None` once writing has failed, or the process is gone.
    pub(super) stdin: Option<ChildStdin>,
    pub(super) clock: Arc<Mutex<RemoteClock>>,
}

impl Worker {
    /// Starts the worker of this index, whose lane is called `name`; what it sends goes into `messages`.
    pub(super) fn start(
        ctx: &RunCtx,
        demo: DemoId,
        steps: &'static [Step],
        (index, name): (usize, TrackName),
        messages: Sender<(usize, Message)>,
    ) -> Result<Self, RunError> {
        let program = &ctx.lab.program;
        let mut command = this_program(program);
        command
            .arg("worker")
            .arg(demo)
            .arg("--seed")
            .arg(ctx.seed().to_string());
        let (clock, told) = RemoteClock::counting_from(ctx.stopwatch.origin);
        if let Some(origin) = told {
            command.arg("--origin").arg(origin.to_string());
        }
        if let Some(phase) = ctx
            .lab
            .failpoint
            .as_deref()
            .and_then(|failpoint| phase_of(failpoint, index))
        {
            command.arg("--hold").arg(phase);
        }
        let refused =
            |error: io::Error| RunError::spawn_program(SpawnKind::WorkerProcess, program, &error);
        let (mut child, pipes) =
            SupervisedChild::spawn(&mut command, Some(&ctx.children)).map_err(refused)?;
        let pid = child.pid();
        let track = ctx.open_id(TrackInfo {
            name,
            kind: TrackKind::Process,
            pid,
            os_id: Some(pid),
            clock_error: Duration::ZERO,
        });
        let clock = Arc::new(Mutex::new(clock));
        ctx.cores.apply_to_process(pid);
        let reader = Reader {
            index,
            pid,
            track,
            next_track: Arc::clone(&ctx.tracks),
            dropped: Arc::clone(&ctx.dropped),
            threads: HashMap::new(),
            steps,
            sink: ctx.sink.clone(),
            origin: ctx.stopwatch.origin,
            clock: Arc::clone(&clock),
            placed: None,
            messages,
        };
        child
            .listen(
                format!("read-worker-{}", index + 1),
                pipes.stdout,
                LONGEST_RESPONSE,
                reader,
            )
            .map_err(|error| RunError::spawn(SpawnKind::Thread, &error))?;
        Ok(Self {
            name,
            child,
            stdin: Some(pipes.stdin),
            clock,
        })
    }

    pub(super) fn clock(&self) -> MutexGuard<'_, RemoteClock> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The phase in which the worker of this index stops: `compute` stops all of them, `compute@2` the second.
fn phase_of(failpoint: &str, index: usize) -> Option<&str> {
    match failpoint.split_once('@') {
        None => Some(failpoint),
        Some((phase, number)) => (number.parse() == Ok(index + 1)).then_some(phase),
    }
}
