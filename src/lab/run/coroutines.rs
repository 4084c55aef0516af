//! Coroutines: many tasks on one thread, each of which gives the thread away while it waits.
//!
//! The event loop is tokio's. Tasks may borrow: none outlives the call.

use std::future::Future;

use super::cancel::Cancelled;
use super::error::{RunError, SystemRequest};
use crate::lab::run::WorkCtx;

/// Runs `tasks` on the calling thread until they are done or the run is cancelled, whichever comes
/// first; tasks that were not done are dropped where they wait.
///
/// A track belongs to one task, and a span of state `Running` must not reach across an `await`: other
/// tasks use the thread meanwhile, and their CPU time would be counted to it.
pub fn run<T>(
    ctx: &WorkCtx,
    tasks: impl Future<Output = Result<T, RunError>>,
) -> Result<T, RunError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| RunError::system(SystemRequest::EventLoop, &error))?
        .block_on(async {
            tokio::select! {
                done = tasks => done,
                Cancelled = ctx.cancel.cancelled() => Err(Cancelled.into()),
            }
        })
}
