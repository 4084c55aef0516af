//! The tick loop of the terminal: starts a run, and takes in its events every tick, where the window would draw.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};

use super::interrupt::Interrupt;
use super::program;
use crate::lab::demo::{Demo, RunsOn, Variant};
use crate::lab::run::{Lab, RunHandle, start, start_inline_with};
use crate::lab::trace::frame_meter::FrameMeter;
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::{HostKind, HostMeasures, Record};
use crate::lab::trace::track::WakeReason;

/// As often as a window draws on a screen of 60 Hz.
const TICK: Duration = Duration::from_millis(16);

/// A run that was hosted to its end.
pub(super) struct Hosted {
    pub(super) record: Record,
    pub(super) log: RunLog,
    /// When its stopwatch was started.
    pub(super) begun: Instant,
}

/// Hosts runs, one after another.
pub(super) struct TickLoop {
    lab: Lab,
    woken: Receiver<()>,
    interrupt: Interrupt,
}

impl TickLoop {
    /// `failpoint` names a phase in which worker processes wait for ever.
    pub(super) fn new(failpoint: Option<String>, interrupt: Interrupt) -> anyhow::Result<Self> {
        let (tx, woken) = bounded(1);
        // Only the end is worth a wake-up: events can wait for the next tick, and taking them out one by
        // one would use the core that is being timed.
        let wake = Arc::new(move |reason| {
            if reason == WakeReason::Finished {
                tx.try_send(()).unwrap_or_default();
            }
        });
        let lab = Lab {
            program: program()?,
            failpoint,
            attended: false,
            wake,
        };
        Ok(Self {
            lab,
            woken,
            interrupt,
        })
    }

    /// Runs one variant to its end. `ticked` is called with the run's time at every tick.
    pub(super) fn run(
        &self,
        demo: &dyn Demo,
        variant: Variant,
        seed: u64,
        earlier: &[Record],
        ticked: impl Fn(Duration),
    ) -> Hosted {
        let mut handle = self.start(demo, variant, seed);
        // A run on this very thread is over by now, without a tick: the whole of it is one gap.
        let mut meter = FrameMeter::starting(handle.origin());
        let mut next_tick = handle.origin() + TICK;
        let mut log = RunLog::default();
        let outcome = loop {
            for event in handle.drain() {
                log.push(event);
            }
            if let Some((_, outcome)) = log.finished() {
                break outcome.clone();
            }
            let now = Instant::now();
            if now >= next_tick {
                meter.painted(now);
                ticked(handle.now());
                next_tick = now + TICK;
            }
            // Wakes for the tick or, before it, for the end of the run.
            self.woken.recv_deadline(next_tick).unwrap_or_default();
        };
        meter.painted(Instant::now());
        let host = HostMeasures {
            kind: HostKind::TickLoop,
            frames: meter.frames(),
            longest_frame_gap: meter.longest_gap(),
            clicks_waiting: 0,
            about: None,
        };
        let (info, dropped) = (handle.info.clone(), handle.events_dropped());
        Hosted {
            record: Record::close(demo, info, &log, outcome, host, dropped, earlier),
            log,
            begun: handle.origin(),
        }
    }

    fn start(&self, demo: &dyn Demo, variant: Variant, seed: u64) -> RunHandle {
        match variant.runs_on {
            RunsOn::OwnThread => {
                let handle = start(&self.lab, demo, variant.id, seed);
                self.interrupt.aim_at(&handle);
                handle
            }
            // `aim_at` comes before the job: this thread is inside of the run until it is over.
            RunsOn::UiThread => start_inline_with(&self.lab, demo, variant.id, seed, |handle| {
                self.interrupt.aim_at(handle);
            }),
        }
    }
}
