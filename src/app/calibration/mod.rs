//! Calibration: how fast this machine is, how long runs take on it, whether it runs on its battery.

mod battery;
mod run_estimate;

use std::thread::Builder;
use std::time::Instant;

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use egui::Context;

use super::action::Scope;
use crate::demos::REGISTRY;
use crate::lab::demo::DemoId;
use crate::lab::machine::priority;
use crate::lab::run::thread_reaper;
use battery::Battery;
use run_estimate::Times;

/// The machine that this window runs on.
#[derive(Default)]
pub struct Machine {
    /// How long runs take on this machine.
    pub times: Times,
    calibration: Option<(Calibration, Scope)>,
    battery: Battery,
}

impl Machine {
    /// Starts measuring how fast this machine is, for the values of `scope`.
    pub fn measure(&mut self, ctx: &Context, scope: Scope) {
        self.calibration = Some((Calibration::start(waking(ctx)), scope));
    }

    /// Whether a measurement goes on.
    pub fn is_measuring(&self) -> bool {
        self.calibration.is_some()
    }

    /// The demos for which a measurement has come to its end since the last call; [`Times::slowness`] then has the
    /// result.
    pub fn take_measured(&mut self) -> Option<Scope> {
        let (calibration, scope) = self.calibration.as_ref()?;
        let (slowness, scope) = (calibration.outcome()?, *scope);
        self.calibration = None;
        self.times.measured(slowness);
        Some(scope)
    }

    /// Asks now and then whether the machine runs on its battery, unless something is being measured.
    pub fn refresh_battery(&mut self, ctx: &Context, now: Instant, quiet: bool) {
        self.battery.refresh(now, quiet, waking(ctx));
    }

    /// Whether this machine runs on its battery, as far as is known.
    pub fn is_on_battery(&self) -> bool {
        self.battery.is_in_use()
    }
}

fn waking(ctx: &Context) -> impl FnOnce() + Send + 'static {
    let ctx = ctx.clone();
    move || ctx.request_repaint()
}

/// A measurement of how fast this machine is, for sizes that suit a class. It takes place on a thread of its own, while
/// no run goes on.
struct Calibration(Receiver<Vec<(DemoId, f64)>>);

impl Calibration {
    /// Starts measuring; `wake` is called when it is done.
    fn start(wake: impl FnOnce() + Send + 'static) -> Self {
        let (tx, rx) = bounded(1);
        let measure = move || {
            // The measurement has the priority of the runs that it is about.
            priority::lower_this_thread();
            let slowness = REGISTRY.iter().filter_map(|entry| {
                let demo = (entry.demo)();
                Some((demo.id(), demo.slowness()?()))
            });
            // The window may have been closed meanwhile.
            tx.send(slowness.collect()).ok();
            wake();
        };
        let thread = Builder::new().name("calibration".to_owned()).spawn(measure);
        // Without a thread the sender is gone, and [`Calibration::outcome`] takes that as an end without results.
        if let Ok(thread) = thread {
            thread_reaper::adopt(thread);
        }
        Self(rx)
    }

    /// The result: for each measured demo how many times slower than an ordinary machine this one is. It is `None`
    /// until that is known, and empty if nothing could be measured.
    fn outcome(&self) -> Option<Vec<(DemoId, f64)>> {
        match self.0.try_recv() {
            Ok(slowness) => Some(slowness),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Vec::new()),
        }
    }
}
