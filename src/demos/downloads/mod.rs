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
//! order. Whoever downloads a file (a `worker`, a `thread`, a `task`; in `one_after_another` the `run`
//! track) tells its number in the instant [`FILE`], then of a span [`DOWNLOAD`] with `progress`. The other
//! spans are the `run` track's: it starts them ([`SPAWN`]), and waits for all ([`JOIN`], [`EVENT_LOOP`]).

mod file;
mod listing;
mod processes;
mod questions;
#[cfg(feature = "window")]
pub mod stage;
mod tasks;
mod threads;

use std::time::Duration;

use crate::lab::demo::budget::share_of_seconds;
use crate::lab::demo::listing::Listing;
use crate::lab::demo::param::{Param, ParamError, Params};
use crate::lab::demo::value::{Measure, Unit};
use crate::lab::demo::{
    self, Demo, DemoId, Findings, Job, KeyFigure, Question, Sentence, Telling, Variant, VariantId,
    Vote,
};
use crate::lab::machine::task_cost::TaskCost;
use crate::lab::process::worker_pool::WorkerTask;
use crate::lab::run::RunCtx;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::Step;
use crate::lab::trace::record::Record;

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

impl Demo for Downloads {
    fn id(&self) -> DemoId {
        "downloads"
    }

    fn variants(&self) -> &'static [Variant] {
        const ALL: &[Variant] = &[
            Variant::smooth("one_after_another"),
            Variant::smooth("process_each"),
            Variant::smooth("thread_each"),
            Variant::smooth("task_struct"),
            Variant::smooth("async_tasks"),
        ];
        ALL
    }

    fn measures(&self) -> &'static [Measure] {
        const fn seconds(name: &'static str) -> Measure {
            Measure {
                name,
                unit: Unit::Seconds,
                graphed: false,
            }
        }
        const ALL: &[Measure] = &[
            seconds("total_seconds"),
            seconds("sum_of_files_seconds"),
            seconds("longest_file_seconds"),
        ];
        ALL
    }

    fn lines(&self) -> &'static [&'static str] {
        &["longest_file_seconds", "sum_of_files_seconds"]
    }

    fn steps(&self) -> &'static [Step] {
        STEPS
    }

    fn param_list(&mut self) -> Vec<Param<'_>> {
        vec![
            Param::whole("files", 1..=64, &mut self.files),
            Param::seconds("min_seconds", 0.1..=600.0, &mut self.min_seconds),
            Param::seconds("max_seconds", 0.1..=600.0, &mut self.max_seconds),
        ]
    }

    fn params(&self) -> Params {
        demo::collect_params(self)
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

    fn shorten(&mut self, share: f64) {
        self.min_seconds = share_of_seconds(self.min_seconds, share);
        self.max_seconds = share_of_seconds(self.max_seconds, share);
    }

    fn telling(&self) -> Telling {
        Telling {
            variant: "thread_each",
            moment: 0.8,
        }
    }

    /// What the draw gives on average: of several files at the same time the longest counts.
    fn expected(&self, variant: VariantId) -> Option<Duration> {
        let (files, range) = (self.files as f64, self.max_seconds - self.min_seconds);
        let seconds = match variant {
            "one_after_another" => files * (self.min_seconds + range / 2.0),
            _ => self.min_seconds + range * files / (files + 1.0),
        };
        Duration::try_from_secs_f64(seconds).ok()
    }

    fn for_class(&mut self, _slowness: f64) {
        (self.min_seconds, self.max_seconds) = (2.0, 4.0);
    }

    fn questions(&self) -> Vec<Question> {
        questions::questions(self)
    }

    fn votes(&self) -> Vec<Vote> {
        Vote::each(&self.questions(), &["process_each", "async_tasks"])
    }

    fn draw(&self, seed: u64) -> Option<Vec<Duration>> {
        Some(file::times(self, seed))
    }

    fn job(&self, variant: VariantId) -> Job {
        let downloads = self.clone();
        let run: fn(&Downloads, &RunCtx) -> Result<Findings, RunError> = match variant {
            "one_after_another" => threads::one_after_another,
            "process_each" => processes::process_each,
            "thread_each" => threads::thread_each,
            "task_struct" => threads::task_struct,
            _ => tasks::async_tasks,
        };
        Box::new(move |ctx| run(&downloads, ctx))
    }

    fn listing(&self, variant: VariantId) -> Listing {
        listing::listing(self, variant)
    }

    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        questions::key_figure(record)
    }

    fn result(&self, record: &Record, _earlier: &[&Record]) -> Vec<Sentence> {
        questions::result(record)
    }

    fn partial(&self, record: &Record) -> Vec<Sentence> {
        questions::partial(record)
    }

    fn work(&self, task: WorkerTask, ctx: &RunCtx) -> Result<serde_json::Value, RunError> {
        processes::work(&task, ctx)
    }
}
