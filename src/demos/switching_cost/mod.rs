//! Homework: what it costs to let many tasks take turns on one core.
//!
//! *What it shows:* thousands of tasks cost little as long as each may compute for a while; what costs is a
//! short slice, because each switch takes its microsecond or three whatever the slice before it was good for.
//! *What to look for on the timeline:* the five lanes at the end are pale: each has a fifth of one core.
//! *The primitives:* [`std::thread::park`] and [`unpark`](std::thread::Thread::unpark), pipes
//! ([`std::io::pipe`]), [`tokio::task::yield_now`], the operating system's own count of context switches.
//!
//! # The two experiments
//!
//! The work is a number of loops that take `work_millis` on one core; how many that is, is measured at the
//! beginning of the run. First it is *shared*: by 1, 16, … 4,096 tasks that start together and
//! switch only when the system makes them. Then it is *cut*: five tasks, as many as the lesson has subjects, hand the core on to each
//! other after each slice of 1 ms, 100 µs, … 1 µs. Everything that computes runs on one core.
//!
//! A point's `share_switching` is the part of the core's time that one task would not have needed for the same
//! work; `nanos_per_switch` is that time divided by the switches. Both are worked out from the time that the
//! tasks had the core, not from the stopwatch: other programs on this core would otherwise be taken for
//! switching. Where the difference is no larger than what comes and goes anyway, `nanos_per_switch` is left
//! out. `core_share` is the part of the core's time that the tasks had. The run's own measures are those of the
//! costliest point, of those beyond the noise the one that lost the largest share to switching: the cheapest tells
//! nothing. Slices that are too long for the work are left out.
//!
//! # What the tracks tell a picture
//!
//! The `run` track tells of each point: the instant [`TASKS_POINT`] or [`SLICE_POINT`] with the swept value
//! before it is measured, and after each slice point the slices in the middle of it in order, each as two
//! instants: [`SWITCH`], the nanoseconds before it in which no task computed, and [`SLICE`], its own.

mod computing;
mod coroutines;
mod lesson;
mod listing;
mod meter;
mod one_core;
mod pipes;
mod processes;
#[cfg(feature = "window")]
pub mod stage;
mod sweep;
mod task_limit;
mod threads;
mod turns;

use std::time::Duration;

pub use turns::SUBJECTS;

use crate::lab::demo::budget::share_of;
use crate::lab::demo::param::{Param, ParamError, Params};
use crate::lab::demo::value::{DetailsReader, Measure, Unit};
use crate::lab::demo::{
    Budget, Chart, Definition, Highlight, JobOutput, Spec, Spread, Variant, VariantId, VariantRow,
    Work,
};
use crate::lab::process::worker_task::{PerformTask, perform};
use crate::lab::run::RunCtx;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group;
use crate::lab::trace::event::{Step, TrackName};

use one_core::OneCore;
use task_limit::TaskLimit;

/// Measures how fast this core computes; a phase and a span.
pub const PREPARE: Step = Step("prepare");
/// A task computes its share, a span; and the phase in which all points are measured.
pub const COMPUTE: Step = Step("compute");
/// A task that is there waits until all are; a span.
pub const START: Step = Step("start");
/// The work is shared by some number of tasks; a span on the run's track.
pub const SHARE: Step = Step("share");
/// The five take turns; a span on the run's track, and on each of theirs.
pub const TURNS: Step = Step("turns");
/// A point with this number of tasks begins; an instant.
pub const TASKS_POINT: Step = Step("tasks_point");
/// A point with slices of this many microseconds begins; an instant.
pub const SLICE_POINT: Step = Step("slice_point");
/// No task computed for this many nanoseconds; an instant.
pub const SWITCH: Step = Step("switch");
/// A slice of this many nanoseconds followed; an instant right after [`SWITCH`].
pub const SLICE: Step = Step("slice");

const STEPS: &[Step] = &[
    PREPARE,
    COMPUTE,
    START,
    SHARE,
    TURNS,
    TASKS_POINT,
    SLICE_POINT,
    SWITCH,
    SLICE,
];

/// Threads of a point that have a lane each: as many as there are subjects. Lanes of thousands would be
/// thinner than a pixel.
const SHOWN: u64 = SUBJECTS as u64;

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct SwitchingCost {
    tasks: Vec<u64>,
    slice_micros: Vec<u64>,
    work_millis: u64,
}

impl Default for SwitchingCost {
    /// 10 to 20 s a variant: each point takes a second, the shortest slices two or three more.
    fn default() -> Self {
        Self {
            tasks: vec![1, 16, 256, 1024, 4096],
            slice_micros: vec![1, 3, 10, 100, 1000],
            work_millis: 1000,
        }
    }
}

impl SwitchingCost {
    fn work(&self) -> Duration {
        Duration::from_millis(self.work_millis)
    }

    /// The slices that are measured, in microseconds.
    fn slices(&self) -> &[u64] {
        turns::that_fit(&self.slice_micros, self.work_millis).0
    }
}

/// The slices that a run with these parameters measures, in microseconds.
fn slices_of(params: &Params) -> &[u64] {
    turns::that_fit(params.sweep("slice_micros"), params.whole("work_millis")).0
}

/// The time by this swept value.
const fn chart(x: &'static str) -> Chart {
    Chart {
        x,
        spread: Spread::Doubling,
        y: "wall_seconds",
        unit: Unit::Seconds,
        ideal: false,
        levels: &[],
    }
}

impl Definition for SwitchingCost {
    const SPEC: &'static Spec = &Spec {
        id: "switching_cost",
        measures: &[
            Measure::new("switches_voluntary", Unit::Count),
            Measure::new("switches_involuntary", Unit::Count),
            Measure::new("nanos_per_switch", Unit::Count),
            Measure::new("share_switching", Unit::Ratio),
        ],
        steps: STEPS,
        charts: &[chart("tasks"), chart("slice_micros")],
        processes: true,
        highlight: Highlight::new("threads", 1.0),
        names: &["creating_seconds", "hand_overs", "core_share"],
        details: &[DetailsReader::of::<sweep::Swept>()],
        ..Spec::EMPTY
    };

    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::quiet("threads").runs(threads, listing::THREADS),
        Variant::quiet("processes").runs(processes, listing::PROCESSES),
        Variant::quiet("async_tasks").runs(async_tasks, listing::ASYNC_TASKS),
    ];

    const PERFORM_TASK: PerformTask = perform::<processes::Task>;
}

impl Work for SwitchingCost {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        const TASKS: &[u64] = &[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
        const MICROS: &[u64] = &[1, 3, 10, 30, 100, 300, 1000, 3000, 10_000];
        vec![
            Param::sweep("tasks", 1..=4096, TASKS, &mut self.tasks),
            Param::sweep("slice_micros", 1..=10_000, MICROS, &mut self.slice_micros).unit("micros"),
            Param::whole("work_millis", 10..=10_000, &mut self.work_millis).unit("millis"),
        ]
    }

    fn check(&self, variant: VariantId) -> Result<(), ParamError> {
        TaskLimit::of(variant).check(&self.tasks)
    }
}

impl Budget for SwitchingCost {
    /// An estimate from the cost of a switch and a task on an ordinary machine: roughly right is enough for a button.
    fn expected(&self, variant: VariantId) -> Option<Duration> {
        let (create_micros, switch_micros) = match variant {
            "threads" => (40.0, 3.0),
            "processes" => (3000.0, 4.0),
            "async_tasks" => (0.1, 0.2),
            _ => return None,
        };
        let work = self.work().as_secs_f64();
        let (tasks, _) = TaskLimit::of(variant).within(&self.tasks);
        let shared = tasks.iter().filter(|tasks| **tasks > 1);
        let shared: f64 = shared
            .map(|tasks| work + *tasks as f64 * create_micros / 1e6)
            .sum();
        let cut = self.slices().iter();
        let cut: f64 = cut
            .map(|micros| work * (1.0 + switch_micros / *micros as f64))
            .sum();
        Some(Duration::from_secs_f64(0.1 + work + shared + cut))
    }

    /// Much of the time goes into making tasks, so there are fewer; one task and some more stay, to compare.
    fn shorten(&mut self, share: f64) {
        self.work_millis = share_of(self.work_millis, share, 10);
        let most = self.tasks.iter().copied().max().unwrap_or(1);
        let most = share_of(most, share, 16);
        self.tasks.retain(|tasks| *tasks <= most);
    }

    /// The points that the class is asked about, and one of each sweep to compare them with.
    fn for_class(&mut self, _slowness: f64) {
        self.tasks = vec![1, 1024];
        self.slice_micros = vec![3, 100];
    }
}

fn threads(demo: &SwitchingCost, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    let (core, ring) = (OneCore::choose()?, threads::Ring::new());
    thread_group::scope(ctx, |group| {
        let mut team = threads::Threads {
            ctx,
            core: &core,
            group,
            ring: &ring,
            subjects: None,
        };
        sweep::sweep(demo, &mut team, &core, &TaskLimit::of("threads"), &run, ctx)
    })
}

fn processes(demo: &SwitchingCost, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    let (core, room) = (OneCore::choose()?, TaskLimit::of("processes"));
    let mut team = processes::Processes {
        ctx,
        demo,
        core: &core,
        subjects: None,
    };
    sweep::sweep(demo, &mut team, &core, &room, &run, ctx)
}

/// Here the one thread on the one core is the run's own.
fn async_tasks(demo: &SwitchingCost, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let (core, room) = (OneCore::choose()?, TaskLimit::of("async_tasks"));
    core.on_a_thread(|| {
        let run = ctx.track(TrackName::only("run"));
        let mut team = coroutines::Coroutines { ctx };
        sweep::sweep(demo, &mut team, &core, &room, &run, ctx)
    })?
}
