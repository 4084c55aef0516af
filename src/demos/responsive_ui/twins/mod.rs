//! The two twins: the same little window in two processes, once with the task on its UI thread, once on
//! a worker thread. Here is what they told ([`Watch`]), and what of it is to be seen at a moment
//! ([`Moment`]).
//!
//! [`outside`] is the end of the process that watches, [`inside`] the twin's, [`wire`] what goes between them. A twin
//! differs from a [worker process](crate::lab::process::worker_pool) in what it is for: a worker that ends early is a failure, a twin
//! that does is what somebody did to a window, and a result.
//!
//! *What to look for on the timeline:* a mark for each picture. Twin A has none while it does its task,
//! twin B goes on, and its worker sleeps beside it.

mod book;
pub mod inside;
mod moment;
pub mod outside;
mod result;
mod watch;
pub mod wire;

pub use moment::{Moment, Twin, moments};
pub use result::{LONG, result};
pub use watch::Watch;

use crate::lab::demo::{DemoId, VariantId};
use crate::lab::trace::event::{Step, TrackName};

/// What a run of the twins is called where a run has a variant's name.
pub const TWINS: VariantId = "twins";

/// The demo whose task they do.
pub const TWINS_OF: DemoId = "responsive_ui";

/// A twin draws a picture.
pub const DRAW: Step = Step("draw");
/// A picture was drawn, at which millisecond of the twin's life: where its hand stands.
const PICTURE: Step = Step("picture");
/// A click lies in the twin's queue of events; its number.
const QUEUED: Step = Step("queued");
/// A click was answered; the nanoseconds from sending it to the picture that answers it, or
/// [`UNKNOWN`] for one of somebody's mouse.
const ANSWERED: Step = Step("answered");
/// The twin is no more: which of [`Gone`].
const GONE: Step = Step("gone");

/// When a mouse was pressed only the desktop knows.
const UNKNOWN: i64 = -1;

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Does its task on its UI thread.
    A,
    /// Does it on a worker thread.
    B,
}

impl Side {
    /// Both, from left to right.
    pub const BOTH: [Side; 2] = [Side::A, Side::B];

    /// 0 or 1.
    pub fn index(self) -> usize {
        match self {
            Side::A => 0,
            Side::B => 1,
        }
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Side::A => "a",
            Side::B => "b",
        }
    }

    /// The variant of the task that it runs.
    pub fn variant(self) -> VariantId {
        match self {
            Side::A => "ui_thread",
            Side::B => "worker_thread",
        }
    }

    /// The text that says which of the two it is.
    pub fn title(self) -> &'static str {
        match self {
            Side::A => "responsive_ui-twin-a",
            Side::B => "responsive_ui-twin-b",
        }
    }

    fn track(self) -> TrackName {
        TrackName::only(match self {
            Side::A => "twin_a",
            Side::B => "twin_b",
        })
    }
}

const WORKER: TrackName = TrackName::only("twin_b_worker");

/// How a twin ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Somebody closed it.
    Closed,
    /// The desktop, or somebody, killed its process with the signal of this number.
    Killed(i32),
    /// It brought the signal of this number upon itself.
    Crashed(i32),
    /// It could not go on.
    Failed,
}

impl Gone {
    /// The signals by which one process asks another to end, or ends it: SIGHUP, SIGINT, SIGKILL and SIGTERM.
    const FROM_OUTSIDE: [i32; 4] = [1, 2, 9, 15];

    /// A twin that ended by the signal of this number.
    fn by_signal(number: i32) -> Self {
        match Self::FROM_OUTSIDE.contains(&number) {
            true => Gone::Killed(number),
            false => Gone::Crashed(number),
        }
    }

    /// In the log: signals count from 1.
    fn number(self) -> i64 {
        match self {
            Gone::Closed => 0,
            Gone::Killed(signal) | Gone::Crashed(signal) => signal.into(),
            Gone::Failed => -1,
        }
    }

    fn from_number(number: i64) -> Self {
        match i32::try_from(number) {
            Ok(0) => Gone::Closed,
            Ok(signal @ 1..) => Gone::by_signal(signal),
            _ => Gone::Failed,
        }
    }
}
