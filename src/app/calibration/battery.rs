//! Whether this machine runs on its battery. The system is asked rarely, never while something is measured, and not by
//! the thread that draws: a battery may take its time to answer.

use std::thread::Builder;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};

use crate::lab::machine::battery::{self, Supply};
use crate::lab::run::thread_reaper;

/// How often the system is asked.
const EVERY: Duration = Duration::from_secs(30);

/// The system's latest answer.
#[derive(Default)]
pub struct Battery {
    asked: Option<Instant>,
    answer: Option<Receiver<bool>>,
    in_use: bool,
}

impl Battery {
    /// Whether the machine runs on its battery, as far as is known.
    pub fn is_in_use(&self) -> bool {
        self.in_use
    }

    /// Takes in an answer, and asks again if the last time is long enough ago and `quiet` allows it. `wake` is called
    /// if the answer differs from the one before.
    pub fn refresh(&mut self, now: Instant, quiet: bool, wake: impl FnOnce() + Send + 'static) {
        if let Some(in_use) = self
            .answer
            .as_ref()
            .and_then(|answer| answer.try_recv().ok())
        {
            self.in_use = in_use;
            self.answer = None;
        }
        if !quiet || self.asked.is_some_and(|asked| now - asked < EVERY) {
            return;
        }
        self.asked = Some(now);
        let (tx, rx) = bounded(1);
        let before = self.in_use;
        let ask = move || {
            let in_use = matches!(battery::supply(), Some(Supply::Battery { .. }));
            // The window may have been closed meanwhile.
            tx.send(in_use).ok();
            if in_use != before {
                wake();
            }
        };
        if let Ok(thread) = Builder::new().name("power".to_owned()).spawn(ask) {
            thread_reaper::adopt(thread);
            self.answer = Some(rx);
        }
    }
}
