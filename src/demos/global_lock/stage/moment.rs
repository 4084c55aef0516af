//! The counting threads at one moment of a run: how much each has done, and whether it counts or waits.

use std::time::Duration;

use super::super::{ALONE, GIL, LOOPS, TOGETHER, VERSION};
use crate::lab::demo::VariantId;
use crate::lab::demo::param::Params;
use crate::lab::demo::value::{Point, Value};
use crate::lab::machine;
use crate::lab::run::Outcome;
use crate::lab::trace::event::{State, Step};
use crate::lab::trace::log::{LoggedSpan, RunLog, TrackLog};

/// Once the threads' time is over, their states are those of so long before it: after it they end one by one.
const BEFORE_THE_END: Duration = Duration::from_millis(2);

/// The plan of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Threads that count together.
    pub threads: usize,
    /// How long they count, and one alone before.
    pub seconds: f64,
    /// Cores that the run may use at its start.
    pub cores: usize,
}

impl Plan {
    /// Of a run with these parameters.
    pub fn of(params: &Params) -> Self {
        Self {
            threads: params.whole("threads") as usize,
            seconds: params.seconds("seconds"),
            cores: match params.whole("cores") {
                // No such parameter, where the system has no affinity.
                0 => machine::cores(),
                cores => cores as usize,
            },
        }
    }
}

/// The work of one thread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// In units of what one thread alone gets done in the whole time.
    pub height: f32,
    /// Its state: it counts or waits.
    pub state: State,
    /// Its speed so far, as a share of that of the thread alone.
    pub share: f32,
}

/// An interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Python {
    /// major · 10⁶ + minor · 10³ + patch.
    pub version: u64,
    /// Whether it has a global lock.
    pub gil: bool,
}

impl Python {
    /// The interpreter of a point.
    pub fn of(point: &Point) -> Option<Self> {
        let gil = point.figure("gil")? != 0.0;
        let (_, Value::Word(words)) = point.0.first()? else {
            return None;
        };
        let mut numbers = words.trim_end_matches('t').split('.');
        let mut version = 0;
        for _ in 0..3 {
            version = version * 1000 + numbers.next()?.parse::<u64>().ok()?;
        }
        Some(Self { version, gil })
    }
}

/// The result of a run that is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// How many times as much all threads did as one alone.
    pub speedup: f64,
    /// The interpreter of these threads: of several the first that worked.
    pub python: Option<Python>,
}

impl Measured {
    /// Of a run that is done at `now`.
    pub fn of(log: &RunLog, now: Duration) -> Option<Self> {
        let (_, outcome) = log.finished().filter(|(at, _)| *at <= now)?;
        let Outcome::Done(summary) = outcome else {
            return None;
        };
        Some(Self {
            speedup: summary.measure("speedup")?.as_f64()?,
            python: summary.points.first().and_then(Python::of),
        })
    }
}

/// The threads of one process.
#[derive(Clone, Debug, PartialEq)]
pub struct Tower {
    /// The interpreter of these threads, if they are not this program's.
    pub python: Option<Python>,
    /// How much of its time the thread alone has had, 0 to 1.
    pub alone: f32,
    /// The threads that count together, once they do.
    pub blocks: Vec<Block>,
    /// How many times as fast as alone they have been together, once there are enough reports.
    pub pace: Option<f64>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// No thread counts yet.
    Before,
    /// One thread counts.
    Alone,
    /// All count, or have counted; how many times as fast as one alone.
    Together(Option<f64>),
}

/// All towers of a run: one, or one for each interpreter.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// In the order in which they are built.
    pub towers: Vec<Tower>,
}

impl Moment {
    /// At `now`, in a run of `variant`.
    pub fn of(log: &RunLog, variant: VariantId, plan: Plan, now: Duration) -> Self {
        let noun = if variant == "cpython" {
            "python"
        } else {
            "run"
        };
        let conductors = log
            .tracks()
            .iter()
            .filter(|track| track.info.name.noun == noun && track.opened <= now);
        Self {
            towers: conductors
                .map(|conductor| tower(log, conductor, plan, now))
                .collect(),
        }
    }

    /// The interpreter whose tower is the latest.
    pub fn python(&self) -> Option<Python> {
        self.towers.last()?.python
    }

    /// How far the latest tower is.
    pub fn progress(&self) -> Progress {
        match self.towers.last() {
            Some(tower) if !tower.blocks.is_empty() => Progress::Together(tower.pace),
            Some(tower) if tower.alone > 0.0 => Progress::Alone,
            _ => Progress::Before,
        }
    }
}

impl Tower {
    /// How high it is.
    pub fn height(&self) -> f32 {
        self.blocks.iter().map(|block| block.height).sum()
    }
}

fn tower(log: &RunLog, conductor: &TrackLog, plan: Plan, now: Duration) -> Tower {
    let value = |step| conductor.last_instant(step, now)?.count();
    let python = value(VERSION).map(|version| Python {
        version,
        gil: value(GIL) != Some(0),
    });
    let threads = || {
        log.tracks().iter().filter(|track| {
            let info = &track.info;
            info.name.noun == "thread" && info.pid == conductor.info.pid
        })
    };
    let mut tower = Tower {
        python,
        alone: 0.0,
        blocks: Vec::new(),
        pace: None,
    };
    let Some(alone) = span(conductor, ALONE, now) else {
        return tower;
    };
    let since = |span: &LoggedSpan, at: Duration| {
        let at = at.min(span.end.unwrap_or(Duration::MAX));
        at.saturating_sub(span.begin).as_secs_f64()
    };
    tower.alone = (since(alone, now) / plan.seconds).min(1.0) as f32;
    let lonely = threads().find(|track| track.info.name.number.is_none());
    let Some(together) = span(conductor, TOGETHER, now) else {
        return tower;
    };
    tower.alone = 1.0;
    // Loops a second of the thread alone.
    let pace = lonely
        .and_then(|track| reported(track, together.begin))
        .map_or(0.0, |(_, loops)| {
            loops as f64 / since(alone, together.begin)
        });
    let over = together.begin + Duration::from_secs_f64(plan.seconds);
    let looked_at = now.min(over.saturating_sub(BEFORE_THE_END));
    let (mut work, mut latest) = (0.0, Duration::ZERO);
    for index in 0..plan.threads {
        let track = threads().find(|track| {
            let number = track.info.name.number;
            number.is_some_and(|number| number as usize == index + 1)
        });
        let reported = track.and_then(|track| reported(track, now));
        let (at, loops) = reported.unwrap_or((together.begin, 0));
        let alone_by_then = pace * since(together, at);
        work += loops as f64;
        latest = latest.max(at);
        let state = track.and_then(|track| track.span_at(looked_at));
        tower.blocks.push(Block {
            height: ratio(loops as f64, pace * plan.seconds) as f32,
            state: state.map_or(State::Waiting, |span| span.begun_as),
            share: ratio(loops as f64, alone_by_then).min(1.0) as f32,
        });
    }
    let elapsed = since(together, latest);
    // The first reports come at different moments, and mean little.
    if elapsed > plan.seconds * 0.1 {
        tower.pace = Some(ratio(work, pace * elapsed));
    }
    tower
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn span(track: &TrackLog, step: Step, now: Duration) -> Option<&LoggedSpan> {
    track.spans_of(step, now).next()
}

/// The last report of a thread's loops at or before `now`, and its moment.
fn reported(track: &TrackLog, now: Duration) -> Option<(Duration, u64)> {
    let instant = track.last_instant(LOOPS, now)?;
    Some((instant.at, instant.count()?))
}

#[cfg(test)]
mod tests;
