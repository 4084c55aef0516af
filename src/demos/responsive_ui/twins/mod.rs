//! The two twins: the same little window in two processes, once with the task on its UI thread, once on
//! a worker thread. A [`Watcher`] makes a log of their messages, and a [`Moment`] is read off that log.
//!
//! [`twin_process`] is the watcher's end of the pipes, [`reporter`] the twin's, [`protocol`] their language. Unlike the
//! early end of a [worker process](crate::lab::process::worker_pool), which is a failure, that of a twin is a result: a
//! person or the desktop has closed or killed a window.
//!
//! *What to look for on the timeline:* a mark for each picture. Twin A has none while it does its task,
//! twin B goes on, and its worker sleeps beside it.

mod log_writer;
mod moment;
pub mod protocol;
pub mod reporter;
pub mod twin_process;
mod watcher;

pub use moment::{LONG, Moment, Twin, moments, result};
pub use watcher::Watcher;

use crate::lab::demo::{DemoId, VariantId};
use crate::lab::trace::event::{Step, TrackName};

/// The twins' run, in the place of a variant.
pub const TWINS: VariantId = "twins";

/// The demo whose task the twins do.
pub const TWINS_OF: DemoId = "responsive_ui";

/// A twin draws a picture.
pub const DRAW: Step = Step("draw");
/// A picture was drawn; the twin's age in milliseconds, which is where its second hand stands.
const PICTURE: Step = Step("picture");
/// A click lies in the twin's queue of events; its number.
const QUEUED: Step = Step("queued");
/// A click was answered; the nanoseconds from sending it to the picture that answers it, or
/// [`UNKNOWN`] for a click of the mouse.
const ANSWERED: Step = Step("answered");
/// The twin has ended: the number of a [`Gone`].
const GONE: Step = Step("gone");

/// Only the desktop knows when the mouse was pressed.
const UNKNOWN: i64 = -1;

/// One of the two twins.
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
    /// Its window was closed.
    Closed,
    /// The desktop or a person killed its process with the signal of this number.
    Killed(i32),
    /// It crashed with the signal of this number.
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
