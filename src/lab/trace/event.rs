//! What a run tells: events, small and in the past tense, that every picture, table and file is made from.

use std::time::Duration;

use crate::lab::demo::value::Point;
use crate::lab::run::Outcome;

/// Numbers a run's tracks from 0 in the order in which they were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrackId(pub u32);

/// What a task was doing: `"read"`, `"wait"`, `"write"`. One word serves as text key, as the name in
/// exported traces and as the marker in shown source; it is never a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step(pub &'static str);

impl Step {
    /// The word itself.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// A process is gone before its time; an instant on its lane and on those of its threads, and a span if
/// nothing else was going on there.
pub const LOST: Step = Step("lost");

/// What a thread or process is doing as far as the scheduler, a lock or a queue is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Has work for a core. Whether it had the core is told by CPU time ÷ wall time.
    Running,
    /// Blocked until another task lets go of a lock or fills a queue.
    Waiting,
    /// Inside a critical section, or sending what only one may send.
    Holding,
    /// Waits for time to pass or for input and output; needs no core.
    Sleeping,
    /// The work of this span came to nothing: overwritten, failed or frozen.
    Lost,
}

impl State {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 5] = [
        State::Running,
        State::Waiting,
        State::Holding,
        State::Sleeping,
        State::Lost,
    ];

    /// Its place in [`State::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name in exported data.
    pub const fn name(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Waiting => "waiting",
            State::Holding => "holding",
            State::Sleeping => "sleeping",
            State::Lost => "lost",
        }
    }
}

/// Whether a lane of the timeline is a thread of this process or a process of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrackKind {
    /// A thread: of this very process, or of a worker process, as its `pid` tells.
    Thread,
    /// A worker process, seen through its main thread.
    Process,
}

/// A track's name: a noun that has a text in each language, and a number that tells siblings apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TrackName {
    /// `"thread"`, `"worker"`, `"run"`: text key `track-thread` and so on.
    pub noun: &'static str,
    /// Counted from 1, as people do; `None` where there is only one.
    pub number: Option<u32>,
}

impl TrackName {
    /// The only one of its kind.
    pub const fn only(noun: &'static str) -> Self {
        Self { noun, number: None }
    }

    /// The `index`-th (from 0) of several.
    pub fn nth(noun: &'static str, index: usize) -> Self {
        let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        Self {
            noun,
            number: Some(number),
        }
    }
}

impl std::fmt::Display for TrackName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.number {
            Some(number) => write!(f, "{} {number}", self.noun),
            None => f.write_str(self.noun),
        }
    }
}

/// What is known of a thread or process when its track opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackInfo {
    /// Its name.
    pub name: TrackName,
    /// Thread or process.
    pub kind: TrackKind,
    /// The process that it is or belongs to.
    pub pid: u32,
    /// The operating system's number for it (thread id or PID), where the system tells.
    pub os_id: Option<u32>,
    /// How far times on this track may be off: zero on our own clock; for another process next to nothing where all
    /// processes read the same clock, and otherwise half the round trip of the clock handshake.
    pub clock_error: Duration,
}

impl TrackInfo {
    /// How far times on this track may be off, if that is worth telling: not below a microsecond, which no picture shows.
    pub fn told_clock_error(&self) -> Option<Duration> {
        Some(self.clock_error).filter(|error| *error >= Duration::from_micros(1))
    }
}

/// One thing that happened, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Time since the run's stopwatch was started.
    pub at: Duration,
    /// Where it happened.
    pub track: TrackId,
    /// What happened.
    pub kind: EventKind,
}

/// The kinds of [`Event`]. The large ones are boxed, so that the frequent ones stay small in the channel.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// A thread or process began to report.
    TrackOpened(Box<TrackInfo>),
    /// A stretch of time began.
    SpanBegun {
        /// What the task is doing in the scheduler's eyes.
        state: State,
        /// What it is doing in its own.
        step: Step,
    },
    /// The youngest open span of this track ended.
    SpanEnded {
        /// Recolours the span, for only at its end is a deposit known to be lost.
        state: Option<State>,
        /// CPU time that the thread used in it; known for [`State::Running`] spans.
        cpu: Option<Duration>,
    },
    /// Something happened at one moment.
    Instant {
        /// What.
        step: Step,
        /// With which figure: the balance that was read, the number that was printed.
        value: Option<i64>,
    },
    /// This much of the track's work is done.
    Progress {
        /// Units done.
        done: u64,
        /// Units in all.
        total: u64,
    },
    /// A run that sweeps has measured one more point.
    Point(Box<Point>),
    /// Another process's clock was placed on ours, as exactly as this.
    ClockPlaced {
        /// As in [`TrackInfo::clock_error`].
        error: Duration,
    },
    /// The track's process is gone before its time: whatever it and its threads were doing has come to nothing.
    TrackLost,
    /// The run is over. Always the last event of its channel.
    Finished(Box<Outcome>),
}
