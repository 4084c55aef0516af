//! Measures how fast this machine is, for sizes that suit a class: on a thread of its own, while nothing runs.

mod battery;
pub(crate) mod class;
mod run_estimate;

use std::thread::Builder;

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use crate::demos::REGISTRY;
use crate::lab::demo::DemoId;
use crate::lab::machine::priority;
use crate::lab::run::thread_reaper;

/// A measurement that goes on.
pub struct Calibration(Receiver<Vec<(DemoId, f64)>>);

impl Calibration {
    /// Starts measuring; `wake` is called when it is done.
    pub fn start(wake: impl FnOnce() + Send + 'static) -> Self {
        let (tx, rx) = bounded(1);
        let measure = move || {
            // As what is measured will run.
            priority::lower_this_thread();
            let slowness = REGISTRY.iter().filter_map(|entry| {
                let demo = (entry.demo)();
                Some((demo.id(), demo.slowness()?()))
            });
            // A window that has been closed meanwhile wants no answer.
            tx.send(slowness.collect()).ok();
            wake();
        };
        let thread = Builder::new().name("calibration".to_owned()).spawn(measure);
        // Without a thread nobody will answer, and that is an answer too.
        if let Ok(thread) = thread {
            thread_reaper::adopt(thread);
        }
        Self(rx)
    }

    /// How many times slower than an ordinary machine this one is for which demo, once that is known; nothing
    /// of any where it could not be measured.
    pub fn outcome(&self) -> Option<Vec<(DemoId, f64)>> {
        match self.0.try_recv() {
            Ok(slowness) => Some(slowness),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Vec::new()),
        }
    }
}
