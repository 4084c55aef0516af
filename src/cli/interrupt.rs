//! Ctrl-C: the first one cancels the run that goes on, the second one ends the program at once.
//!
//! The second one ends it in the signal's own handler, whatever all threads wait for. The first one also ends what waits
//! for a reader of its output for more than a second. Signals that were ignored from the start stay so.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;

use anyhow::Context;

use super::exit;
use super::output;
use crate::lab::run::RunHandle;

/// Listens for Ctrl-C, and for being asked to terminate.
#[derive(Clone, Default)]
pub(super) struct Interrupt {
    came: Arc<AtomicBool>,
    cancel: Arc<Mutex<Option<Cancel>>>,
}

type Cancel = Box<dyn Fn() + Send>;

impl Interrupt {
    /// Begins to listen; once in the life of the process.
    pub(super) fn listen() -> anyhow::Result<Self> {
        let interrupt = Self::default();
        let first = signals::listen(&interrupt.came).context("Ctrl-C cannot be listened for")?;
        let heard = interrupt.clone();
        let answer = move || {
            first();
            heard.interrupt();
            output::end_when_nobody_reads(exit::INTERRUPTED)
        };
        // This thread waits as long as the program lives.
        Builder::new()
            .name("interrupt".to_owned())
            .spawn(answer)
            .context("the thread that answers Ctrl-C cannot be started")?;
        Ok(interrupt)
    }

    /// Makes an interrupt cancel this run; at once if it came already, between two runs.
    pub(super) fn aim_at(&self, run: &RunHandle) {
        self.calls(run.canceller());
    }

    /// Makes an interrupt call this; at once if it came already.
    pub(super) fn calls(&self, cancel: impl Fn() + Send + 'static) {
        let mut aim = self.lock();
        if self.came() {
            cancel();
        }
        *aim = Some(Box::new(cancel));
    }

    /// Whether an interrupt came.
    pub(super) fn came(&self) -> bool {
        self.came.load(Ordering::SeqCst)
    }

    fn interrupt(&self) {
        if let Some(cancel) = &*self.lock() {
            cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Cancel>> {
        self.cancel.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(unix)]
mod signals {
    use std::ffi::c_int;
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;
    use signal_hook::iterator::Signals;

    use super::exit;
    use crate::lab::process::supervised_child::is_ignored;

    /// The first signal sets `came`, and lets the returned function return. The second one ends the program where it
    /// arrives, whatever all threads wait for. Worker processes were killed by the first one, and see their standard
    /// input close at the latest then.
    pub(super) fn listen(came: &Arc<AtomicBool>) -> io::Result<impl FnOnce() + use<>> {
        let heard = [SIGINT, SIGTERM, SIGHUP];
        // A signal that was ignored when the program was started stays so: `nohup` relies on that.
        let heard = heard.into_iter().filter(|&signal| !is_ignored(signal));
        let heard: Vec<c_int> = heard.collect();
        for &signal in &heard {
            flag::register_conditional_shutdown(signal, exit::INTERRUPTED.into(), came.clone())?;
            flag::register(signal, came.clone())?;
        }
        let mut signals = Signals::new(heard)?;
        Ok(move || {
            signals.forever().next();
        })
    }
}

/// Untried: there is no such system here.
#[cfg(not(unix))]
mod signals {
    use std::process;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::exit;

    pub(super) fn listen(came: &Arc<AtomicBool>) -> Result<impl FnOnce() + use<>, ctrlc::Error> {
        let (tx, first) = crossbeam_channel::bounded(1);
        let came = came.clone();
        ctrlc::set_handler(move || {
            if came.swap(true, Ordering::SeqCst) {
                process::exit(exit::INTERRUPTED.into());
            }
            tx.try_send(()).unwrap_or_default();
        })?;
        Ok(move || first.recv().unwrap_or_default())
    }
}
