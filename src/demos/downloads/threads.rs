//! Downloads by threads: the run's own thread, one file after another; a thread for each file; and a thread for each
//! once more with a type that is a download.

use std::thread::Thread;

use super::file::{Downloaded, File, download, draw, findings};
use super::{DOWNLOAD, Downloads, JOIN, SPAWN};
use crate::lab::demo::JobOutput;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group::{self, ThreadGroup};
use crate::lab::trace::event::TrackName;
use crate::lab::trace::span_sequence::SpanSequence;

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
    Ok(findings(there, 0, ctx))
}

/// A function is given to a new thread, with what it is to be called with: `Thread(target=…, args=…)`.
pub(super) fn thread_each(downloads: &Downloads, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    start_and_join(downloads, ctx, |file, group| {
        group.spawn(file.name.clone(), move || on_own_track(&file, ctx)) // step: spawn
    })
}

/// A thread is made of an object that knows what to do: `class DownloadTask(Thread)`.
pub(super) fn task_struct(downloads: &Downloads, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    start_and_join(downloads, ctx, |file, group| {
        DownloadTask { file, ctx }.start(group) // step: spawn
    })
}

/// A download that knows its file, and a `run` that a thread of its own calls once it is started.
struct DownloadTask<'run> {
    file: File,
    ctx: &'run RunCtx,
}

impl<'run> DownloadTask<'run> {
    fn run(&self) -> Result<Downloaded, Cancelled> {
        on_own_track(&self.file, self.ctx)
    }

    /// Makes the thread. The task moves into it, file and all, and can't be run a second time.
    fn start<'scope>(self, group: &mut Group<'scope, 'run>) -> Result<Thread, RunError>
    where
        'run: 'scope,
    {
        group.spawn(self.file.name.clone(), move || self.run())
    }
}

/// Threads that download a file each.
type Group<'scope, 'run> = ThreadGroup<'scope, 'run, Downloaded>;

/// Starts a thread for each file with `start`, then waits for all of them.
fn start_and_join<'run>(
    downloads: &Downloads,
    ctx: &'run RunCtx,
    start: impl for<'scope> Fn(File, &mut Group<'scope, 'run>) -> Result<Thread, RunError>,
) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    let files = draw(downloads, &run, ctx);
    let track = SpanSequence::on(Some(&run));
    thread_group::scope(ctx, |group| {
        ctx.phase(SPAWN);
        track.running(SPAWN);
        for file in files {
            start(file, group)?;
        }
        ctx.phase(DOWNLOAD);
        track.waiting(JOIN);
        let there = group.join()?; // step: join
        track.end();
        Ok(findings(there, 0, ctx))
    })
}

/// The work of each thread.
fn on_own_track(file: &File, ctx: &RunCtx) -> Result<Downloaded, Cancelled> {
    let index = file.number as usize - 1;
    let track = ctx.track(TrackName::nth("thread", index));
    download(file, &track, ctx)
}
