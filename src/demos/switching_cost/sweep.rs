//! The experiment, the same for every variant: how long the work takes undisturbed, shared among more and
//! more tasks, and handed on after shorter and shorter slices.

use std::cmp::Ordering::Equal;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::computing::{Pace, Work};
use super::meter::Used;
use super::one_core::OneCore;
use super::task_limit::TaskLimit;
use super::turns::{Slice, Slices, Turns, in_order};
use super::{
    COMPUTE, PREPARE, SHARE, SLICE, SLICE_POINT, SWITCH, SwitchingCost, TASKS_POINT, TURNS,
};
use crate::lab::demo::JobOutput;
use crate::lab::demo::value::{Details, Point, RunDetails, Value};
use crate::lab::machine::cores;
use crate::lab::run::RunCtx;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::State;
use crate::lab::trace::track::Track;

/// Differences smaller than this part of the undisturbed time come and go from run to run: no cost of a
/// single switch is worked out from them.
pub(super) const NOISE: f64 = 0.02;

/// Tasks of one kind, all on one core.
pub(super) trait Team {
    /// The step of the run's own thread meanwhile.
    const CONDUCTS: State;
    /// Creates `tasks` tasks, lets them start together, and waits until each has computed its share of `work`.
    fn share(&mut self, tasks: u64, work: Work) -> Result<DividedWork, RunError>;
    /// Lets five tasks, created before, take turns.
    fn take_turns(&mut self, turns: Turns) -> Result<Turned, RunError>;
    /// Whether the second experiment can be made with such tasks on this system.
    fn can_take_turns(&self) -> bool {
        true
    }
}

/// The times until all tasks had done their share.
pub(super) struct DividedWork {
    /// Until the last task was there.
    pub(super) creating: Duration,
    /// From the first task's creation to the end of the last.
    pub(super) wall: Duration,
    /// The use of the core by all tasks together.
    pub(super) used: Used,
}

/// The time until all turns were taken.
pub(super) struct Turned {
    /// From the beginning of the first slice to the end of the last.
    pub(super) wall: Duration,
    /// The use of the core by all tasks together.
    pub(super) used: Used,
    /// Some slices of each task.
    pub(super) slices: Vec<Slices>,
}

/// One measured point, before it is put into figures.
#[derive(Clone, Copy)]
struct Measured {
    wall: Duration,
    creating: Duration,
    used: Used,
    /// The core time of one task alone for the same work.
    alone: Option<Duration>,
    /// Switches as this demo counts them: one from each task to the next.
    hand_overs: u64,
    /// Whether we forced them. Otherwise the system made some of its own in addition.
    forced: bool,
}

impl Measured {
    /// Time on the core that the work did not need, and all time on the core.
    fn extra(&self) -> Option<(f64, f64)> {
        let (used, alone) = (self.used.core?, self.alone?);
        Some((
            used.saturating_sub(alone).as_secs_f64(),
            used.as_secs_f64().max(1e-9),
        ))
    }

    fn share(&self) -> Option<f64> {
        self.extra().map(|(extra, used)| extra / used)
    }

    /// Time on the core as a part of what the one core, or what a quota leaves of it, had for them once they were there.
    fn core_share(&self) -> Option<f64> {
        let allowed = self.wall.saturating_sub(self.creating).as_secs_f64() * cores::limit_of(1);
        Some(self.used.core?.as_secs_f64() / allowed.max(1e-9))
    }

    fn switches(&self) -> u64 {
        let counted = self.used.switches.filter(|_| !self.forced);
        self.hand_overs + counted.map_or(0, |it| it.voluntary + it.involuntary)
    }

    fn nanos_per_switch(&self) -> Option<u64> {
        let (extra, used) = self.extra()?;
        let is_clear = extra > NOISE * used && self.switches() > 0;
        is_clear.then(|| (extra * 1e9 / self.switches() as f64).round() as u64)
    }

    /// The figures that a point and the run's measures have in common.
    fn figures(&self) -> Vec<(&'static str, Value)> {
        let mut figures = Vec::new();
        if let Some(switches) = self.used.switches {
            figures.push(("switches_voluntary", Value::from(switches.voluntary)));
            figures.push(("switches_involuntary", Value::from(switches.involuntary)));
        }
        let nanos = self.nanos_per_switch().map(Value::from);
        figures.extend(nanos.map(|nanos| ("nanos_per_switch", nanos)));
        let share = self.share().map(Value::Ratio);
        figures.extend(share.map(|share| ("share_switching", share)));
        figures
    }

    fn point(&self, name: &'static str, value: u64) -> Point {
        let mut point = Point::at(name, value).with("wall_seconds", self.wall);
        point = if self.forced {
            point.with("hand_overs", self.hand_overs)
        } else {
            point.with("creating_seconds", self.creating)
        };
        point.0.extend(self.figures());
        let core_share = self.core_share().map(Value::Ratio);
        point
            .0
            .extend(core_share.map(|share| ("core_share", share)));
        point
    }
}

/// Measures all points of `demo` with `team`.
pub(super) fn sweep<T: Team>(
    demo: &SwitchingCost,
    team: &mut T,
    core: &OneCore,
    room: &TaskLimit,
    run: &Track,
    ctx: &RunCtx,
) -> Result<JobOutput, RunError> {
    ctx.phase(PREPARE);
    let pace = {
        let _measuring = run.span(T::CONDUCTS, PREPARE);
        core.on_a_thread(|| Pace::measure(ctx))?? // step: prepare
    };
    let work = Work {
        pace,
        loops: pace.loops(demo.work()),
    };
    ctx.phase(COMPUTE);
    let (tasks, left_out) = room.within(&demo.tasks);
    let slices = if team.can_take_turns() {
        demo.slices()
    } else {
        &[]
    };
    let to_do = 1 + tasks.iter().filter(|tasks| **tasks > 1).count() + slices.len();
    let mut done = 0;
    let mut tell = || {
        done += 1;
        run.progress(done, to_do as u64);
    };

    // One task is what all others are compared with, so it is measured whether or not it was asked for.
    let mut share = |tasks, alone: Option<Duration>| {
        run.instant(TASKS_POINT, Some(tasks as i64));
        let _sharing = run.span(T::CONDUCTS, SHARE);
        let shared = team.share(tasks, work)?; // step: share
        Ok::<_, RunError>(Measured {
            wall: shared.wall,
            creating: shared.creating,
            used: shared.used,
            alone: alone.or(shared.used.core),
            hand_overs: tasks - 1,
            forced: false,
        })
    };
    let one = share(1, None)?;
    let alone = one.alone;
    tell();
    let mut points = Points::default();
    for &tasks in tasks {
        let measured = if tasks == 1 {
            one
        } else {
            let measured = share(tasks, alone)?;
            tell();
            measured
        };
        points.add("tasks", tasks, measured, ctx);
    }
    // From long to short slices: the class sees the switching grow.
    for &micros in slices.iter().rev() {
        run.instant(SLICE_POINT, Some(micros as i64));
        let turns = Turns::cut(work.loops, Duration::from_micros(micros), pace);
        let turned = {
            let _turning = run.span(T::CONDUCTS, TURNS);
            team.take_turns(turns)? // step: turns
        };
        tell_slices(&in_order(&turned.slices), run);
        let measured = Measured {
            wall: turned.wall,
            creating: Duration::ZERO,
            used: turned.used,
            alone,
            hand_overs: turns.hand_overs(),
            forced: true,
        };
        points.add("slice_micros", micros, measured, ctx);
        tell();
    }
    ctx.stop_clock();
    Ok(points.findings(demo, &one, left_out, room, core))
}

/// Puts the noted slices on the run's track, for the picture.
fn tell_slices(slices: &[Slice], run: &Track) {
    let nanos = |time: Duration| i64::try_from(time.as_nanos()).ok();
    for slice in slices {
        run.instant(SWITCH, nanos(slice.switching));
        run.instant(SLICE, nanos(slice.computing));
    }
}

/// All points so far.
#[derive(Default)]
struct Points(Vec<(&'static str, u64, Measured)>);

impl Points {
    fn add(&mut self, name: &'static str, value: u64, measured: Measured, ctx: &RunCtx) {
        ctx.record_sample(measured.point(name, value));
        self.0.push((name, value, measured));
    }

    /// The point that lost the largest share to switching, of those at which switching cost more than what comes and
    /// goes anyway.
    fn costliest(&self) -> Option<&(&'static str, u64, Measured)> {
        let clear = { self.0.iter() }.filter(|(.., point)| point.nanos_per_switch().is_some());
        clear.max_by(|(.., a), (.., b)| a.share().partial_cmp(&b.share()).unwrap_or(Equal))
    }

    /// The run's measures are those of the costliest point: the point that is best elsewhere costs next to nothing
    /// here. Where all are within the noise, they are those of the point at which tasks switched most often.
    fn findings(
        &self,
        demo: &SwitchingCost,
        one: &Measured,
        left_out: &[u64],
        room: &TaskLimit,
        core: &OneCore,
    ) -> JobOutput {
        let costliest = self.costliest();
        let alone = one.wall.saturating_sub(one.creating);
        let shared = self.0.iter().filter(|(name, ..)| *name == "tasks");
        let most = shared.max_by_key(|(_, tasks, _)| *tasks);
        let swept = Swept {
            alone,
            alone_core_share: one.core_share(),
            core_limit: cores::limit_of(1),
            on_one_core: core.is_one(),
            most_tasks: most.map(|(_, tasks, measured)| MostTasks {
                tasks: *tasks,
                wall: measured.wall,
                creating: measured.creating,
            }),
            costliest: costliest.map(|(swept, at, measured)| Costliest {
                swept: (*swept).to_owned(),
                at: *at,
                wall: measured.wall,
                switches: measured.switches(),
            }),
            too_long_from: demo.slice_micros.get(demo.slices().len()).copied(),
            left_out_from: left_out.first().copied(),
            room: room.most(),
        };
        let most_often = self.0.iter().max_by_key(|(.., point)| point.hand_overs);
        let told = costliest.or(most_often);
        JobOutput {
            measures: told.map_or(Vec::new(), |(.., point)| point.figures()),
            details: RunDetails::new(swept),
        }
    }
}

/// Details of a run beside its measures.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Swept {
    /// How long one task took for all the work.
    pub(super) alone: Duration,
    /// The part of the core's time that it had, where the system says.
    pub(super) alone_core_share: Option<f64>,
    /// How much of a core the run could use.
    pub(super) core_limit: f64,
    /// Whether the system lets a program choose its core.
    pub(super) on_one_core: bool,
    pub(super) most_tasks: Option<MostTasks>,
    pub(super) costliest: Option<Costliest>,
    /// The shortest slice, in microseconds, that was too long for the work.
    pub(super) too_long_from: Option<u64>,
    /// The smallest number of tasks that the system has no room for, and how many it has room for.
    pub(super) left_out_from: Option<u64>,
    pub(super) room: u64,
}

/// The point with the most tasks.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MostTasks {
    pub(super) tasks: u64,
    pub(super) wall: Duration,
    /// How long it took to start them.
    pub(super) creating: Duration,
}

/// The point at which switching cost the most.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Costliest {
    /// `tasks` or `slice_micros`.
    pub(super) swept: String,
    pub(super) at: u64,
    pub(super) wall: Duration,
    pub(super) switches: u64,
}

impl Details for Swept {
    const NAME: &'static str = "swept";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        let mut figures = vec![("alone_seconds", self.alone.into())];
        if let Some(most) = &self.most_tasks {
            figures.extend([
                ("most_tasks", most.tasks.into()),
                ("most_tasks_seconds", most.wall.into()),
                ("most_tasks_creating", most.creating.into()),
            ]);
        }
        if let Some(costliest) = &self.costliest {
            figures.extend([
                ("costliest_at", costliest.at.into()),
                ("costliest_seconds", costliest.wall.into()),
            ]);
        }
        figures.extend(
            self.too_long_from
                .map(|from| ("too_long_from", from.into())),
        );
        if let Some(from) = self.left_out_from {
            figures.extend([("left_out_from", from.into()), ("room", self.room.into())]);
        }
        figures
    }
}

#[cfg(test)]
mod tests;
