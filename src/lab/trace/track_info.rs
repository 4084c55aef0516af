//! A track's name, and the thread or process that it stands for.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The number of a track: from 0, in the order of their opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrackId(pub u32);

/// Whether a lane of the timeline is a thread of this process or a process of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrackKind {
    /// A thread: of this very process, or of the process that `pid` names.
    Thread,
    /// A worker process, seen through its main thread.
    Process,
}

/// The nouns of tracks that any demo may have.
pub const NOUNS: [&str; 4] = ["run", "thread", "task", "worker"];

/// A track's name: a noun that has a text in each language, and a number that distinguishes siblings.
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

/// The name and ids of a thread or process, known when its track opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackInfo {
    /// Its name.
    pub name: TrackName,
    /// Thread or process.
    pub kind: TrackKind,
    /// The process that it is or belongs to.
    pub pid: u32,
    /// The operating system's number for it (thread id or PID), where the system says.
    pub os_id: Option<u32>,
    /// How far times on this track may be off: zero on our own clock; for another process next to nothing where all
    /// processes read the same clock, and otherwise half the round trip of the clock handshake.
    pub clock_error: Duration,
}

impl TrackInfo {
    /// How far times on this track may be off, if a picture could show it: from a microsecond on.
    pub fn told_clock_error(&self) -> Option<Duration> {
        Some(self.clock_error).filter(|error| *error >= Duration::from_micros(1))
    }
}
