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

/// Once the threads' time is over, their states are shown as of so long before: afterwards they end one by one.
const BEFORE_THE_END: Duration = Duration::from_millis(2);

/// The plan of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Threads that count together.
    pub threads: usize,
    /// The time that they count together, and that one counts alone before.
    pub seconds: f64,
    /// Cores that the run may use at its start.
    pub cores: usize,
}

impl Plan {
    /// The plan of a run with these parameters.
    pub fn of(params: &Params) -> Self {
        Self {
            threads: params.whole("threads") as usize,
            seconds: params.seconds("seconds"),
            cores: match params.whole("cores") {
                // There is no such parameter if the system has no affinity.
                0 => machine::cores(),
                cores => cores as usize,
            },
        }
    }
}

/// The work of one thread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The work done, in units of what one thread alone gets done in the whole time.
    pub height: f32,
    /// The thread's state: it counts or waits.
    pub state: State,
    /// The thread's speed so far, as a share of that of the thread alone.
    pub share: f32,
}

/// An interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Python {
    /// The version, as major · 10⁶ + minor · 10³ + patch.
    pub version: u64,
    /// Whether the interpreter has a global lock.
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

/// The result of a run that came to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The work of all threads divided by that of one alone.
    pub speedup: f64,
    /// The interpreter of these threads; the first that worked, if there are several.
    pub python: Option<Python>,
}

impl Measured {
    /// The result of a run; `None` if the run has not come to its end at `now`.
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
    /// The share of its time that has passed for the thread alone, 0 to 1.
    pub alone: f32,
    /// The blocks of the threads that count together, once they do.
    pub blocks: Vec<Block>,
    /// The speed together divided by that of one thread alone, once there are enough reports.
    pub pace: Option<f64>,
}

/// The progress of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// No thread counts yet.
    Before,
    /// One thread counts.
    Alone,
    /// All threads count or have counted; with their speed-up, once it is known.
    Together(Option<f64>),
}

/// All towers of a run: one, or one for each interpreter.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The towers in the order in which they are built.
    pub towers: Vec<Tower>,
}

impl Moment {
    /// The moment `now` of a run of `variant`.
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

    /// The interpreter of the latest tower.
    pub fn python(&self) -> Option<Python> {
        self.towers.last()?.python
    }

    /// The progress of the latest tower.
    pub fn progress(&self) -> Progress {
        match self.towers.last() {
            Some(tower) if !tower.blocks.is_empty() => Progress::Together(tower.pace),
            Some(tower) if tower.alone > 0.0 => Progress::Alone,
            _ => Progress::Before,
        }
    }
}

impl Tower {
    /// The height of the tower.
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
    // The speed of the thread alone, in loops a second.
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
    // The first reports mean little, because they come at different moments.
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

/// The last report of a thread's loops at or before `now`, with its moment.
fn reported(track: &TrackLog, now: Duration) -> Option<(Duration, u64)> {
    let instant = track.last_instant(LOOPS, now)?;
    Some((instant.at, instant.count()?))
}

#[cfg(test)]
mod tests;
