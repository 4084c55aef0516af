//! Computing or waiting: the same tasks, taken from a queue by more and more threads.
//!
//! *What it shows:* tasks that compute get faster until every core has a thread, and no further; tasks
//! that wait need no core, so that thirty-two threads are done with them thirty-two times as fast.
//! *What to look for on the timeline:* how pale the `compute` spans become when there are more threads
//! than cores, and how the `wait` spans begin and end in step.
//! *The primitives:* a pool of threads ([`std::thread::scope`]) and a queue that they share
//! ([`crossbeam_channel`]).
//!
//! # What the tracks tell a picture
//!
//! The `run` track tells how many logical cores there are in the instant [`CORES`], and of each
//! measurement with how many threads it is made, in the instant [`ROUND`], followed by a span
//! [`ROUND`]. A thread's track tells of each task which one it is, in the instant [`TASK`], followed by
//! a span [`COMPUTE`] or [`WAIT`].

mod computing;
mod lesson;
mod listing;
mod pool;
mod round;
#[cfg(feature = "window")]
pub mod stage;

use std::time::Duration;

use crate::lab::demo::budget::share_of;
use crate::lab::demo::param::{Param, ParamError};
use crate::lab::demo::value::{DetailsReader, Measure, Unit};
use crate::lab::demo::{
    Budget, Chart, Definition, Highlight, JobOutput, Spec, Spread, Variant, VariantId, VariantRow,
    Work,
};
use crate::lab::machine::cores::{self, CORES};
use crate::lab::machine::task_cost::TaskCost;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::{Step, TrackName};
use crate::lab::trace::track::Track;

/// Finds out how many rounds of computing take as long as a task is to take; a phase and a span.
pub const PREPARE: Step = Step("prepare");
/// Starts the threads; a phase and a span.
pub const SPAWN: Step = Step("spawn");
/// All tasks once, with this many threads; a span on the `run` track, and an instant before it.
pub const ROUND: Step = Step("round");
/// A thread begins with the task of this index; an instant only.
pub const TASK: Step = Step("task");
/// A task that computes; a span and the phase of all rounds.
pub const COMPUTE: Step = Step("compute");
/// A task that waits.
pub const WAIT: Step = Step("wait");

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct CpuOrIo {
    workers: Vec<u64>,
    tasks: u64,
    task_millis: u64,
    cores: u64,
}

impl Default for CpuOrIo {
    fn default() -> Self {
        Self {
            workers: vec![1, 2, 4, 8, 16, 32],
            tasks: 64,
            task_millis: 20,
            cores: cores::all(),
        }
    }
}

impl CpuOrIo {
    fn task_time(&self) -> Duration {
        Duration::from_millis(self.task_millis)
    }

    /// The most threads of the sweep, which has at least one value.
    fn most_workers(&self) -> u64 {
        self.workers.iter().copied().max().unwrap_or(1)
    }
}

/// A task, as a thread of the pool takes it.
#[derive(Clone, Copy, Debug)]
enum Task {
    /// Computes so many rounds, however long that takes.
    Compute { rounds: u64 },
    /// Waits so long, as for a disk or a network.
    Wait { time: Duration },
}

impl Task {
    fn perform(self, track: &Track, ctx: &RunCtx) -> Result<(), Cancelled> {
        match self {
            Task::Compute { rounds } => {
                let _computing = track.running(COMPUTE);
                computing::compute(rounds, ctx) // step: compute
            }
            Task::Wait { time } => {
                let _waiting = track.sleeping(WAIT);
                ctx.sleep(time) // step: wait
            }
        }
    }
}

impl Definition for CpuOrIo {
    const SPEC: &'static Spec = &Spec {
        id: "cpu_or_io",
        measures: &[
            Measure::new("speedup", Unit::Ratio),
            Measure::new("physical_cores", Unit::Count),
            Measure::new("logical_cores", Unit::Count),
        ],
        steps: &[PREPARE, SPAWN, ROUND, CORES, TASK, COMPUTE, WAIT],
        charts: &[Chart {
            x: "workers",
            spread: Spread::Linear,
            y: "speedup",
            unit: Unit::Ratio,
            ideal: true,
            levels: &["physical_cores", "logical_cores"],
        }],
        highlight: Highlight::new("io_bound", 1.0),
        details: &[DetailsReader::of::<round::Rounds>()],
        ..Spec::EMPTY
    };

    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::quiet("cpu_bound").runs(cpu_bound, listing::CPU_BOUND),
        Variant::smooth("io_bound").runs(io_bound, listing::IO_BOUND),
    ];
}

impl Work for CpuOrIo {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        const OFFERED: &[u64] = &[1, 2, 4, 8, 16, 32, 64];
        let mut params = vec![
            Param::sweep("workers", 1..=256, OFFERED, &mut self.workers),
            Param::whole("tasks", 1..=4096, &mut self.tasks),
            Param::whole("task_millis", 1..=1000, &mut self.task_millis).unit("millis"),
        ];
        params.extend(cores::param(&mut self.cores));
        params
    }

    fn check(&self, _variant: VariantId) -> Result<(), ParamError> {
        TaskCost::THREAD.check("workers", self.most_workers())
    }
}

impl Budget for CpuOrIo {
    fn expected(&self, variant: VariantId) -> Option<Duration> {
        let side_by_side = match variant {
            "cpu_bound" => self.cores,
            "io_bound" => u64::MAX,
            _ => return None,
        };
        let alone = if self.workers.contains(&1) { 0 } else { 1 };
        let rounds = self.workers.iter().copied().chain((0..alone).map(|_| 1));
        let turns: u64 = rounds
            .map(|workers| self.tasks.div_ceil(workers.min(side_by_side)))
            .sum();
        Some(self.task_time() * u32::try_from(turns).unwrap_or(u32::MAX))
    }

    fn shorten(&mut self, share: f64) {
        self.task_millis = share_of(self.task_millis, share, 1);
    }
}

/// Tasks that compute, each as long as it is to take alone.
fn cpu_bound(demo: &CpuOrIo, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.limit_cores(demo.cores, &run)?;
    let rounds = computing::calibrate(demo.task_time(), &run, ctx)?;
    pool::sweep(demo, Task::Compute { rounds }, &run, ctx)
}

/// Tasks that wait.
fn io_bound(demo: &CpuOrIo, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.limit_cores(demo.cores, &run)?;
    let time = demo.task_time();
    pool::sweep(demo, Task::Wait { time }, &run, ctx)
}
