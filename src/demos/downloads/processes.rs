//! A process for each file: with a PID of its own and memory of its own, so that even the file's name must
//! be sent there.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::file::{Downloaded, File, download, draw, findings};
use super::{DOWNLOAD, Downloads, JOIN, SPAWN, STEPS};
use crate::lab::demo::{Demo, JobOutput};
use crate::lab::process::worker_pool::{Answer, WorkerPool};
use crate::lab::process::worker_task::{TaskCtx, WorkerTask};
use crate::lab::run::RunCtx;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::TrackName;

/// Starts the processes, gives each a file, and waits for all of them.
pub(super) fn process_each(downloads: &Downloads, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    let files = draw(downloads, &run, ctx);
    ctx.phase(SPAWN);
    let mut pool = {
        let _starting = run.waiting(SPAWN);
        WorkerPool::spawn(ctx, downloads.id(), STEPS, files.len())? // step: spawn
    };
    ctx.phase(DOWNLOAD);
    for (worker, file) in files.iter().enumerate() {
        pool.hand_over(worker, file.number, file)?;
    }
    let _waiting = run.waiting(JOIN);
    let (mut there, mut lost) = (Vec::with_capacity(files.len()), 0_u64);
    // The files still to come: a process that is killed takes its file with it, and the others go on.
    let mut coming = vec![true; files.len()];
    while coming.contains(&true) {
        let (worker, answer) = pool.recv()?; // step: join
        let was_coming = std::mem::replace(&mut coming[worker], false);
        let (number, times): (u64, Times) = match answer {
            Answer::Result { part, value } => (part, pool.read(worker, value)?),
            Answer::Gone if was_coming => {
                lost += 1;
                continue;
            }
            // Its file is there.
            Answer::Gone => continue,
            _ => return Err(pool.misbehaved(worker, format!("{answer:?} is no answer"))),
        };
        let at = |nanos| pool.on_our_clock(worker, Duration::from_nanos(nanos));
        there.push(Downloaded {
            number,
            begin: at(times.begin_nanos),
            end: at(times.end_nanos),
        });
    }
    let found = findings(there, lost, ctx);
    if lost > 0 {
        ctx.save_partial(found);
        return Err(pool.loss());
    }
    Ok(found)
}

/// The reply of a worker process: when its file began to come and when it was there, on its stopwatch.
#[derive(Serialize, Deserialize)]
pub(super) struct Times {
    begin_nanos: u64,
    end_nanos: u64,
}

impl WorkerTask for File {
    type Reply = Times;

    fn perform(self, ctx: &TaskCtx<'_>) -> Result<Times, RunError> {
        let track = ctx.track(TrackName::only("worker"));
        ctx.failpoint(&track, DOWNLOAD)?;
        let there = download(&self, &track, ctx)?;
        Ok(Times {
            begin_nanos: there.begin.as_nanos() as u64,
            end_nanos: there.end.as_nanos() as u64,
        })
    }
}
