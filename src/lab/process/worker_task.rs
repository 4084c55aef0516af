//! One task, seen from the worker process that does it.

use std::ops::Deref;
use std::sync::Arc;

use crossbeam_channel::Receiver;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::wire::{Response, WireWriter};
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::ctx::WorkCtx;
use crate::lab::run::error::RunError;

/// A demo's task for a worker process. Both the task and its reply travel as JSON.
pub trait WorkerTask: DeserializeOwned {
    /// The result of the task.
    type Reply: Serialize;
    /// Does the task, in the worker process.
    fn perform(self, ctx: &TaskCtx<'_>) -> Result<Self::Reply, RunError>;
}

/// Performs a task that came as JSON.
pub type PerformTask = fn(Value, &TaskCtx<'_>) -> Result<Value, RunError>;

/// Reads a task of type `T` and performs it.
pub fn perform<T: WorkerTask>(task: Value, ctx: &TaskCtx<'_>) -> Result<Value, RunError> {
    let reply = read::<T>(task)?.perform(ctx)?;
    Ok(json!(reply))
}

/// The task of a demo that has no worker processes: none.
#[derive(Deserialize)]
pub enum NoTask {}

impl WorkerTask for NoTask {
    type Reply = ();

    fn perform(self, _: &TaskCtx<'_>) -> Result<(), RunError> {
        match self {}
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, RunError> {
    serde_json::from_value(value).map_err(|error| RunError::WorkerFailed {
        pid: std::process::id(),
        message: error.to_string(),
    })
}

/// The context of a task in a worker process: all that [work](WorkCtx) needs, and messages to and from the job.
pub struct TaskCtx<'process> {
    pub(super) work: &'process WorkCtx,
    pub(super) part: u64,
    pub(super) writer: Arc<WireWriter>,
    pub(super) messages: Receiver<Value>,
    /// Numbers that came through the pipe with the task.
    pub numbers: Vec<u64>,
}

impl Deref for TaskCtx<'_> {
    type Target = WorkCtx;

    fn deref(&self) -> &WorkCtx {
        self.work
    }
}

impl TaskCtx<'_> {
    /// Reports that the task and all its data have arrived.
    pub fn acknowledge(&self) {
        self.writer
            .send(&Response::Acknowledged { part: self.part });
    }

    /// Sends the job a message before the task is done. It arrives as
    /// [`Answer::Message`](super::worker_pool::Answer::Message).
    pub fn send(&self, message: &impl Serialize) {
        let value = json!(message);
        self.writer.send(&Response::Message { value });
    }

    /// Waits for the next thing that the job [sends](super::worker_pool::WorkerPool::send) this worker. Cancelled
    /// means that there will be none: the job has handed over a further task, or this process is about to end.
    pub fn recv<T: DeserializeOwned>(&self) -> Result<T, RunError> {
        let message = self.messages.recv().map_err(|_| Cancelled)?;
        read(message)
    }
}
