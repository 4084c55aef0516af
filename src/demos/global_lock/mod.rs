//! Busy threads: how much more several threads get done than one.
//!
//! *What it shows:* threads that compute share the cores. Where an interpreter has one lock around
//! everything, only the thread that holds it runs, and four threads do the work of one.
//! *What to look for on the timeline:* first one thread counts alone, then all together. Full green is a
//! thread that has a core to itself, pale green one that has to share; with the one lock, stripes are
//! waiting, and at every moment one lane alone holds the key.
//! *The primitives:* [`std::sync::Mutex`] and [`std::sync::Condvar`], of which `lock.rs` builds a model of
//! CPython's global interpreter lock, and CPython itself, by a script on its standard input (`busy.py`).
//!
//! # What is measured
//!
//! Every run has two phases of `seconds` each: [`ALONE`], in which one thread counts loops, and
//! [`TOGETHER`], in which `threads` do. `speedup` is loops a second together ÷ loops a second alone, and
//! `cores_busy` is the CPU time of the counting threads ÷ the time that they took together. `cpython` does
//! both in each interpreter that it finds, one after the other; its measures are those of the first, its
//! points have all.
//!
//! # What the tracks tell a picture
//!
//! The `run` track (in `cpython` the `python` track of each interpreter) has a span
//! [`ALONE`] and a span [`TOGETHER`]. A `thread` track of the same process lies in one of the two:
//! it tells with the instant [`LOOPS`] how often it has gone round so far. A `python` track says which
//! version it is with [`VERSION`] and whether it has a lock with [`GIL`] (0 or 1).

mod busy_line;
mod counting;
mod cpython;
mod interpreters;
mod lesson;
mod listing;
mod lock;
#[cfg(feature = "window")]
pub mod stage;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use interpreters::Search;

use crate::lab::demo::budget::share_of_seconds;
use crate::lab::demo::param::{Param, ParamError};
use crate::lab::demo::value::{Details, DetailsReader, Measure, RunDetails, Unit, Value};
use crate::lab::demo::{
    Budget, Definition, Highlight, JobOutput, Spec, Variant, VariantId, VariantRow, Work,
};
use crate::lab::machine::cores::{self, CORES};
use crate::lab::machine::task_cost::TaskCost;
use crate::lab::trace::event::Step;

/// One thread counts alone; a phase, and a span of the `run` or `python` track.
pub const ALONE: Step = Step("alone");
/// All threads count at the same time; a phase, and a span of the `run` or `python` track.
pub const TOGETHER: Step = Step("together");
/// Further interpreters do the same; a phase.
pub const OTHERS: Step = Step("others");
/// Counts; a span of a thread.
pub const COUNT: Step = Step("count");
/// Waits for the one lock; a span of a thread.
pub const WAIT: Step = Step("wait");
/// How often the thread has gone round so far; an instant.
pub const LOOPS: Step = Step("loops");
/// The interpreter's version, major · 10⁶ + minor · 10³ + patch; an instant.
pub const VERSION: Step = Step("version");
/// Whether the interpreter has a global lock, 1 or 0; an instant.
pub const GIL: Step = Step("gil");

/// How often threads tell how far they are, in this program as in `busy.py`.
const TELLING_MILLIS: u64 = 100;

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct GlobalLock {
    threads: u64,
    seconds: f64,
    switch_millis: u64,
    search: Search,
    cores: u64,
}

impl Default for GlobalLock {
    fn default() -> Self {
        Self {
            threads: 4,
            seconds: 2.0,
            switch_millis: 5,
            search: Search::default(),
            cores: cores::all(),
        }
    }
}

impl GlobalLock {
    /// The demo, looking for interpreters elsewhere: for tests, which bring their own.
    #[must_use]
    pub fn with_search(self, search: Search) -> Self {
        Self { search, ..self }
    }

    /// How long each of the two phases is.
    fn stretch(&self) -> Duration {
        Duration::from_secs_f64(self.seconds)
    }
}

impl Definition for GlobalLock {
    const SPEC: &'static Spec = &Spec {
        id: "global_lock",
        measures: &[
            Measure::new("speedup", Unit::Ratio).graphed(),
            Measure::new("cores_busy", Unit::Count).graphed(),
        ],
        // Each stretch takes as long as the parameter says: loops are counted, not seconds.
        time: None,
        steps: &[
            CORES, ALONE, TOGETHER, OTHERS, COUNT, WAIT, LOOPS, VERSION, GIL,
        ],
        processes: true,
        highlight: Highlight::new("global_lock", 1.0),
        names: &["python", "gil"],
        details: &[DetailsReader::of::<Counted>()],
        ..Spec::EMPTY
    };

    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::quiet("free_threads").runs(counting::free_threads, listing::FREE_THREADS),
        Variant::quiet("global_lock").runs(counting::one_lock, listing::GLOBAL_LOCK),
        Variant::quiet("cpython").runs(cpython::cpython, listing::CPYTHON),
    ];
}

impl Work for GlobalLock {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        let mut params = vec![
            Param::whole("threads", 1..=64, &mut self.threads),
            // A track has room for half a minute in which the lock changes hands every millisecond.
            Param::seconds("seconds", 0.1..=30.0, &mut self.seconds),
            Param::whole("switch_millis", 1..=1000, &mut self.switch_millis)
                .unit("millis")
                .only(&["global_lock"]),
        ];
        params.extend(cores::param(&mut self.cores));
        params
    }

    fn check(&self, _variant: VariantId) -> Result<(), ParamError> {
        TaskCost::THREAD.check("threads", self.threads)
    }
}

impl Budget for GlobalLock {
    /// Twice the seconds: once alone, once together. How many interpreters there are is not known
    /// before they are asked; most machines have one.
    fn expected(&self, _variant: VariantId) -> Option<Duration> {
        Some(self.stretch() * 2)
    }

    fn shorten(&mut self, share: f64) {
        self.seconds = share_of_seconds(self.seconds, share);
    }
}

/// The work that the threads of one phase got done.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    /// Loops of all threads.
    loops: u64,
    /// From the first one's beginning to the last one's end.
    wall: Duration,
    /// CPU time of all threads, where the system tells.
    cpu: Option<Duration>,
}

impl Stretch {
    /// Cores that the threads kept busy on average.
    fn busy(&self) -> Option<f64> {
        Some(self.cpu?.as_secs_f64() / self.wall.as_secs_f64())
    }
}

/// The two phases, to be compared.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Compared {
    alone: Stretch,
    together: Stretch,
}

impl Compared {
    /// Loops a second together ÷ loops a second alone.
    fn speedup(&self) -> f64 {
        let pace = |stretch: Stretch| stretch.loops as f64 / stretch.wall.as_secs_f64();
        pace(self.together) / pace(self.alone)
    }

    fn measures(&self) -> Vec<(&'static str, Value)> {
        let busy = self
            .together
            .busy()
            .map(|busy| ("cores_busy", Value::Ratio(busy)));
        [("speedup", Value::Ratio(self.speedup()))]
            .into_iter()
            .chain(busy)
            .collect()
    }

    /// The output of a run on `cores` cores.
    fn output(&self, cores: u64, python: Option<PythonSeen>) -> JobOutput {
        JobOutput {
            measures: self.measures(),
            details: RunDetails::new(Counted {
                cores,
                core_limit: cores::limit_of(cores),
                loops_alone: self.alone.loops,
                alone_percent: self.alone.busy().map(|busy| (busy * 100.0).round() as u64),
                python,
            }),
        }
    }
}

/// Details of a run beside its measures.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Counted {
    /// Cores that the run could use.
    pub cores: u64,
    /// How many cores' time it could use: less where a control group sets a quota.
    pub core_limit: f64,
    /// Loops of the thread alone.
    pub loops_alone: u64,
    /// How much of a core the thread alone had, where the system tells.
    pub alone_percent: Option<u64>,
    /// The interpreter, where the threads were those of one.
    pub python: Option<PythonSeen>,
}

/// The interpreter whose threads counted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PythonSeen {
    /// Its version, in words.
    pub version: String,
    /// Whether it has a global lock.
    pub has_gil: bool,
    /// Programs that go by the name of an interpreter and did not do the work.
    pub broken: Vec<String>,
}

impl Details for Counted {
    const NAME: &'static str = "counted";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        let mut figures = vec![
            ("cores", self.cores.into()),
            ("core_limit", Value::Ratio(self.core_limit)),
            ("loops_alone", self.loops_alone.into()),
        ];
        figures.extend(
            self.alone_percent
                .map(|percent| ("alone_percent", percent.into())),
        );
        if let Some(python) = &self.python {
            figures.extend([
                ("version", Value::Word(python.version.clone())),
                ("gil", u64::from(python.has_gil).into()),
            ]);
            if !python.broken.is_empty() {
                figures.push(("broken", Value::Word(python.broken.join(", "))));
            }
        }
        figures
    }
}
