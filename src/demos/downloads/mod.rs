//! Two downloads: files that have nothing to do with each other, one after another and at the same time.
//!
//! *What it shows:* one after another the times add up; at the same time all are there when the longest
//! is, whether each file has a process of its own, a thread of its own, or just a coroutine.
//! *What to look for on the timeline:* a staircase, and then bars that begin together. A download waits:
//! its bar is hollow, and needs no core. Each worker has a PID of its own, each thread an id.
//! *The primitives:* processes ([`std::process`]), threads and `join` ([`std::thread`]), coroutines
//! ([`lab::run::coroutines`](crate::lab::run::coroutines)).
//!
//! # What the tracks tell a picture
//!
//! The `run` track tells first how long each file will take: an instant [`DRAWN`] for each, in their
//! order. The track that downloads a file (a `worker`, a `thread`, a `task`; in `one_after_another` the `run`
//! track) has the file's number in the instant [`FILE`], then a span [`DOWNLOAD`] with `progress`. The other
//! spans are the `run` track's: it starts them ([`SPAWN`]), and waits for all ([`JOIN`], [`EVENT_LOOP`]).

mod coroutines;
mod file;
mod lesson;
mod listing;
mod processes;
#[cfg(feature = "window")]
pub mod stage;
mod threads;

use std::time::Duration;

use crate::lab::demo::budget::share_of_seconds;
use crate::lab::demo::listing::{Code, Listing};
use crate::lab::demo::param::{Param, ParamError};
use crate::lab::demo::value::{DetailsReader, Measure, Unit};
use crate::lab::demo::{
    Budget, Definition, Demo, Highlight, Spec, Variant, VariantId, VariantRow, Work,
};
use crate::lab::machine::task_cost::TaskCost;
use crate::lab::process::worker_task::{PerformTask, perform};
use crate::lab::trace::event::Step;

/// How long a file will take, in microseconds; an instant.
pub const DRAWN: Step = Step("drawn");
/// Starts processes or threads; a phase and a span.
pub const SPAWN: Step = Step("spawn");
/// Downloads the file of this number, counted from 1; an instant.
pub const FILE: Step = Step("file");
/// Downloads a file; a span, and the phase in which all are downloaded.
pub const DOWNLOAD: Step = Step("download");
/// Waits until the last process or thread is done; a span.
pub const JOIN: Step = Step("join");
/// The one thread of all coroutines waits until one of them can go on; a span.
pub const EVENT_LOOP: Step = Step("loop");

const STEPS: &[Step] = &[DRAWN, SPAWN, FILE, DOWNLOAD, JOIN, EVENT_LOOP];

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct Downloads {
    files: u64,
    min_seconds: f64,
    max_seconds: f64,
}

impl Default for Downloads {
    fn default() -> Self {
        Self {
            files: 2,
            min_seconds: 5.0,
            max_seconds: 10.0,
        }
    }
}

impl Definition for Downloads {
    const SPEC: &'static Spec = &Spec {
        id: "downloads",
        measures: &[
            Measure::new("total_seconds", Unit::Seconds),
            Measure::new("sum_of_files_seconds", Unit::Seconds),
            Measure::new("longest_file_seconds", Unit::Seconds),
        ],
        lines: &["longest_file_seconds", "sum_of_files_seconds"],
        steps: STEPS,
        processes: true,
        highlight: Highlight::new("thread_each", 0.8),
        details: &[DetailsReader::of::<file::Files>()],
        ..Spec::EMPTY
    };

    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::smooth("one_after_another")
            .runs(threads::one_after_another, listing::ONE_AFTER_ANOTHER),
        Variant::smooth("process_each").runs(processes::process_each, listing::PROCESS_EACH),
        Variant::smooth("thread_each").runs(threads::thread_each, listing::THREAD_EACH),
        Variant::smooth("task_struct").runs(threads::task_struct, listing::TASK_STRUCT),
        Variant::smooth("async_tasks").runs(coroutines::async_tasks, listing::ASYNC_TASKS),
    ];

    const PERFORM_TASK: PerformTask = perform::<file::File>;

    /// Times are drawn as whole seconds between whole bounds, otherwise as any time.
    fn listing_of(&self, _variant: VariantId, code: Code) -> Listing {
        let python = match self.has_whole_bounds() {
            true => code.python.to_owned(),
            false => code.python.replace("randint", "uniform"),
        };
        Listing::new(&python, code.rust, STEPS, &self.params())
    }
}

impl Work for Downloads {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        vec![
            Param::whole("files", 1..=64, &mut self.files),
            Param::seconds("min_seconds", 0.1..=600.0, &mut self.min_seconds),
            Param::seconds("max_seconds", 0.1..=600.0, &mut self.max_seconds),
        ]
    }

    fn check(&self, variant: VariantId) -> Result<(), ParamError> {
        if self.min_seconds > self.max_seconds {
            return Err(ParamError::LongerThan {
                name: "min_seconds",
                seconds: self.min_seconds,
                limit_name: "max_seconds",
                limit: self.max_seconds,
            });
        }
        match variant {
            "process_each" => TaskCost::WORKER.check("files", self.files),
            "thread_each" | "task_struct" => TaskCost::THREAD.check("files", self.files),
            _ => Ok(()),
        }
    }

    fn draw(&self, seed: u64) -> Option<Vec<Duration>> {
        Some(file::times(self, seed))
    }
}

impl Budget for Downloads {
    /// The average of the draw: of several files at the same time the longest counts.
    fn expected(&self, variant: VariantId) -> Option<Duration> {
        let (files, range) = (self.files as f64, self.max_seconds - self.min_seconds);
        let seconds = match variant {
            "one_after_another" => files * (self.min_seconds + range / 2.0),
            _ => self.min_seconds + range * files / (files + 1.0),
        };
        Duration::try_from_secs_f64(seconds).ok()
    }

    fn shorten(&mut self, share: f64) {
        self.min_seconds = share_of_seconds(self.min_seconds, share);
        self.max_seconds = share_of_seconds(self.max_seconds, share);
    }

    fn for_class(&mut self, _slowness: f64) {
        (self.min_seconds, self.max_seconds) = (2.0, 4.0);
    }
}
