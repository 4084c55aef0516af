//! One task, seen from the worker process that does it.

use std::sync::Arc;

use crossbeam_channel::Receiver;

use super::wire::{Response, WireWriter};
use crate::lab::run::cancel::Cancelled;

/// One task as a worker process gets it.
pub struct WorkerTask {
    /// What to do, in the demo's own terms.
    pub value: serde_json::Value,
    /// Numbers that came through the pipe with it.
    pub numbers: Vec<u64>,
    pub(crate) outside: Outside,
}

/// The way from a task in a worker process to the job that handed it over, and back.
pub(crate) struct Outside {
    pub(crate) part: u64,
    pub(crate) writer: Arc<WireWriter>,
    pub(crate) messages: Receiver<serde_json::Value>,
}

impl WorkerTask {
    /// Tells that the task and all its data have arrived.
    pub fn acknowledge(&self) {
        let Outside { part, writer, .. } = &self.outside;
        writer.send(&Response::Acknowledged { part: *part });
    }

    /// Tells the job something before the task is done; it arrives there as [`Answer::Message`](crate::lab::process::worker_pool::Answer::Message).
    pub fn send(&self, value: serde_json::Value) {
        self.outside.writer.send(&Response::Message { value });
    }

    /// Waits for the next thing that the job [sends](crate::lab::process::worker_pool::WorkerPool::send) this worker. `Err` means that there will
    /// be none: the job has handed over a further task, or this process is about to end.
    pub fn recv(&self) -> Result<serde_json::Value, Cancelled> {
        self.outside.messages.recv().map_err(|_| Cancelled)
    }
}
