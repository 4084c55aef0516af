//! Coroutines: one thread waits for all files at once.

use futures_util::future::join_all;

use super::file::{download_async, draw, findings};
use super::{DOWNLOAD, Downloads, EVENT_LOOP};
use crate::lab::demo::JobOutput;
use crate::lab::run::RunCtx;
use crate::lab::run::coroutines;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::TrackName;

/// A coroutine for each file. Each gives the thread away while it waits; that thread is the run's own, and
/// there is no other.
pub(super) fn async_tasks(downloads: &Downloads, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    let files = draw(downloads, &run, ctx);
    ctx.phase(DOWNLOAD);
    let tasks = files.iter().enumerate().map(|(index, file)| async move {
        let track = ctx.track(TrackName::nth("task", index));
        download_async(file, &track, ctx).await
    });
    let there = {
        let _waiting = run.sleeping(EVENT_LOOP);
        coroutines::run(ctx, async { Ok(join_all(tasks).await) })? // step: loop
    };
    Ok(findings(there, 0, ctx))
}
