//! Ctrl-C: the first one cancels the run that goes on, the second one ends the program at once.

use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context;

use super::exit;
use crate::lab::run::RunHandle;

/// Listens for Ctrl-C, and for being asked to terminate.
#[derive(Clone, Default)]
pub(super) struct Interrupt(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    came: bool,
    cancel: Option<Box<dyn Fn() + Send>>,
}

impl Interrupt {
    /// Begins to listen; once in the life of the process.
    pub(super) fn listen() -> anyhow::Result<Self> {
        let interrupt = Self::default();
        let heard = interrupt.clone();
        // The handler runs on a thread of its own, so it may lock, which in a signal's own context
        // nothing may.
        ctrlc::set_handler(move || heard.interrupt()).context("Ctrl-C cannot be listened for")?;
        Ok(interrupt)
    }

    /// From now on an interrupt cancels this run; at once if it came already, between two runs.
    pub(super) fn aim_at(&self, run: &RunHandle) {
        self.calls(run.canceller());
    }

    /// From now on an interrupt calls this; at once if it came already.
    pub(super) fn calls(&self, cancel: impl Fn() + Send + 'static) {
        let mut state = self.lock();
        if state.came {
            cancel();
        }
        state.cancel = Some(Box::new(cancel));
    }

    /// Whether an interrupt came.
    pub(super) fn came(&self) -> bool {
        self.lock().came
    }

    fn interrupt(&self) {
        let mut state = self.lock();
        if state.came {
            // Worker processes were killed by the first one, and see their standard input close at
            // the latest now.
            process::exit(exit::INTERRUPTED.into());
        }
        state.came = true;
        if let Some(cancel) = &state.cancel {
            cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
