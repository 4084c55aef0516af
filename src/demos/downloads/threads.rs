//! The run's own thread, one file after another; a thread for each file; and the same once more with a
//! type that is a download.

use std::io;
use std::panic::resume_unwind;
use std::thread::{Builder, Scope, ScopedJoinHandle};

use super::file::{Downloaded, File, download, draw, findings};
use super::{DOWNLOAD, Downloads, JOIN, SPAWN};
use crate::lab::demo::JobOutput;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::{RunError, SpawnKind};
use crate::lab::trace::event::TrackName;
use crate::lab::trace::track::Track;

/// The next file has to wait until the one before is there.
pub(super) fn one_after_another(
    downloads: &Downloads,
    ctx: &RunCtx,
) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.phase(DOWNLOAD);
    let mut there = Vec::new();
    for file in draw(downloads, &run, ctx) {
        there.push(download(&file, &run, ctx)?);
    }
    Ok(findings(there, ctx))
}

/// A function is given to a new thread, with what it is to be called with: `Thread(target=…, args=…)`.
pub(super) fn thread_each(downloads: &Downloads, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    at_the_same_time(downloads, ctx, |file, scope| {
        let index = file.number as usize - 1;
        Builder::new()
            .name(file.name.clone())
            .spawn_scoped(scope, move || {
                let track = ctx.track(TrackName::nth("thread", index));
                download(&file, &track, ctx)
            })
    })
}

/// A thread is made of an object that knows what to do: `class DownloadTask(Thread)`.
pub(super) fn task_struct(downloads: &Downloads, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    at_the_same_time(downloads, ctx, |file, scope| {
        DownloadTask::new(file, ctx).start(scope)
    })
}

/// A download that has its file, and a `run` that a thread of its own calls once it is started.
struct DownloadTask<'run> {
    file: File,
    ctx: &'run RunCtx,
}

impl<'run> DownloadTask<'run> {
    fn new(file: File, ctx: &'run RunCtx) -> Self {
        Self { file, ctx }
    }

    /// What the thread does.
    fn run(self) -> Result<Downloaded, Cancelled> {
        let index = self.file.number as usize - 1;
        let track = self.ctx.track(TrackName::nth("thread", index));
        download(&self.file, &track, self.ctx)
    }

    /// Makes the thread. The task goes to it, file and all: nobody else can run it a second time.
    fn start<'scope>(self, scope: &'scope Scope<'scope, '_>) -> io::Result<Started<'scope>>
    where
        'run: 'scope,
    {
        Builder::new()
            .name(self.file.name.clone())
            .spawn_scoped(scope, move || self.run())
    }
}

/// A download that goes on; its `join` waits for it.
type Started<'scope> = ScopedJoinHandle<'scope, Result<Downloaded, Cancelled>>;

/// Starts a thread for each file with `start`, then waits for all of them.
fn at_the_same_time<'run>(
    downloads: &Downloads,
    ctx: &'run RunCtx,
    start: impl for<'scope> Fn(File, &'scope Scope<'scope, 'run>) -> io::Result<Started<'scope>>,
) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    let files = draw(downloads, &run, ctx);
    ctx.phase(SPAWN);
    std::thread::scope(|scope| {
        let mut started = Vec::with_capacity(files.len());
        let all_started = {
            let _starting = run.running(SPAWN);
            files.into_iter().try_for_each(|file| {
                started.push(start(file, scope)?); // step: spawn
                Ok(())
            })
        };
        if all_started.is_err() {
            // Those that have begun must not go on to the end.
            ctx.abort();
        }
        ctx.phase(DOWNLOAD);
        let there = join_all(started, &run);
        all_started.map_err(|error: io::Error| RunError::spawn(SpawnKind::Thread, &error))?;
        Ok(findings(there?, ctx))
    })
}

/// Waits until the last one is done.
fn join_all(started: Vec<Started<'_>>, run: &Track) -> Result<Vec<Downloaded>, Cancelled> {
    let _waiting = run.waiting(JOIN);
    // Every one is waited for, before any of them is asked how it went.
    let ended: Vec<_> = started.into_iter().map(ScopedJoinHandle::join).collect(); // step: join
    ended
        .into_iter()
        .map(|file| file.unwrap_or_else(|payload| resume_unwind(payload)))
        .collect()
}
