//! Adding up 1 to 100 000 000: alone, with threads, with processes.
//!
//! *What it shows:* more workers than cores do not help; a worker process must be started and given
//! its numbers, which can take longer than adding them; where the stopwatch starts decides what it shows.
//! *What to look for on the timeline:* how long the `run` lane starts and hands over before the first
//! `add` begins, and how pale the `add` spans are where several share a core.
//! *The primitives:* [`std::thread::scope`], channels ([`crossbeam_channel`]), processes with pipes
//! ([`std::process`]) and shared memory.
//!
//! # What the tracks tell a picture
//!
//! A worker's track (a `thread`, a `worker`; in `alone` the `run` track) tells of each part that it
//! adds: the instant [`PART`] with the part's index (which piece of the numbers that is, [`split`]
//! says), a span [`ADD`], `progress` from 0 to the part's length, and at its end the sum in two
//! instants, for it leaves 64 bits. [`sums`] puts them together again. The instant
//! [`ARRIVED`] on the `run` track says that the sum is there: one that has not arrived is lost with its process. The
//! merge is the span [`COLLECT`] on the `run` track; the other spans there are [`PREPARE`], [`SPAWN`], and a
//! [`HAND_OVER`] for each part that is being sent.

mod adding;
mod lesson;
mod listing;
mod memory;
mod parts;
mod processes;
#[cfg(feature = "window")]
pub mod stage;
mod threads;

use std::time::Duration;

pub use parts::{Part, split};

use crate::lab::demo::budget::share_of;
use crate::lab::demo::param::{Param, ParamError, Params};
use crate::lab::demo::value::{DetailsReader, Measure, RunDetails, Unit};
use crate::lab::demo::{Budget, Definition, Highlight, Spec, Variant, VariantId, VariantRow, Work};
use crate::lab::machine::cores::{self, CORES};
use crate::lab::process::worker_task::{PerformTask, perform};
use crate::lab::run::{RunInfo, Summary};
use crate::lab::trace::event::Step;
use crate::lab::trace::log::{RunLog, TrackLog};

/// Makes the numbers in memory, here or in the workers; a phase and a span.
pub const PREPARE: Step = Step("prepare");
/// Starts the workers and waits until the last one is ready; a phase and a span.
pub const SPAWN: Step = Step("spawn");
/// Gives the workers their parts; a phase, and a span for each part.
pub const HAND_OVER: Step = Step("hand_over");
/// The workers add; a phase.
pub const COMPUTE: Step = Step("compute");
/// Merges the sums of all parts; a phase and a span.
pub const COLLECT: Step = Step("collect");
/// The sum of the part of this index has arrived; an instant on the `run` track.
pub const ARRIVED: Step = Step("arrived");
/// Adds one part's numbers; a span.
pub const ADD: Step = Step("add");
/// A worker begins with the part of this index; an instant.
pub const PART: Step = Step("part");
/// The upper half of a part's sum, in units of 2³²; an instant.
pub const SUM_HIGH: Step = Step("sum_high");
/// The lower half of a part's sum; an instant right after [`SUM_HIGH`].
pub const SUM_LOW: Step = Step("sum_low");

const STEPS: &[Step] = &[
    CORES, PREPARE, SPAWN, HAND_OVER, COMPUTE, COLLECT, ARRIVED, ADD, PART, SUM_HIGH, SUM_LOW,
];

/// The rough time of adding alone in class.
const CLASS_SECONDS: f64 = 4.0;

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct Sum {
    numbers: u64,
    workers: u64,
    pool: u64,
    numbers_from: &'static str,
    hand_over: &'static str,
    one_aborts: bool,
    cores: u64,
}

impl Default for Sum {
    fn default() -> Self {
        Self {
            numbers: 100_000_000,
            workers: 8,
            pool: 0,
            numbers_from: "generated",
            hand_over: "range",
            one_aborts: false,
            cores: cores::all(),
        }
    }
}

impl Sum {
    /// Whether the numbers are in memory before they are added: as a list, or because processes are handed all
    /// of them. Then every variant makes them first and adds them from memory, or the variants could not be compared.
    fn lists(&self) -> bool {
        lists(self.numbers_from, self.hand_over)
    }

    /// Whether the worker of this index ends its process half-way through its first part.
    fn aborts(&self, index: usize) -> bool {
        self.one_aborts && index == 0
    }

    /// Parts that the workers share: one each, or as many as are in the pool.
    fn parts(&self) -> u64 {
        self.pool.max(self.workers)
    }
}

/// Whether numbers of this origin, handed over in this way, are in memory before they are added.
fn lists(numbers_from: &str, hand_over: &str) -> bool {
    numbers_from == "list" || hand_over != "range"
}

impl Definition for Sum {
    const SPEC: &'static Spec = &Spec {
        id: "sum",
        measures: &[
            Measure::new("total", Unit::Count),
            Measure::new("speedup", Unit::Ratio),
            Measure::new("tutorial_stopwatch_seconds", Unit::Seconds).graphed(),
            // For a run that lost parts: the sum of the other parts is not the total.
            Measure::new("partial_total", Unit::Count),
            Measure::new("parts_missing", Unit::Count),
        ],
        steps: STEPS,
        baseline: Some("alone"),
        processes: true,
        highlight: Highlight::new("processes", 1.0),
        details: &[
            DetailsReader::of::<lesson::CoreUse>(),
            DetailsReader::of::<parts::LostParts>(),
        ],
        ..Spec::EMPTY
    };

    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::quiet("alone").runs(threads::alone, listing::ALONE),
        Variant::quiet("threads").runs(
            |sum, ctx| match sum.one_aborts {
                true => processes::aborting_threads(sum, ctx),
                false => threads::threads(sum, ctx),
            },
            listing::THREADS,
        ),
        Variant::quiet("processes").runs(processes::processes, listing::PROCESSES),
    ];

    const PERFORM_TASK: PerformTask = perform::<processes::Task>;
}

impl Work for Sum {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        const SEVERAL: &[VariantId] = &["threads", "processes"];
        const FROM: &[&str] = &["generated", "list"];
        const WAYS: &[&str] = &["range", "shared_memory", "pipe"];
        let mut params = vec![
            Param::whole("numbers", 1..=adding::LARGEST, &mut self.numbers),
            Param::whole("workers", 1..=256, &mut self.workers).only(SEVERAL),
            Param::whole("pool", 0..=4096, &mut self.pool).only(SEVERAL),
            Param::choice("numbers_from", FROM, &mut self.numbers_from),
            Param::choice("hand_over", WAYS, &mut self.hand_over),
            Param::toggle("one_aborts", &mut self.one_aborts).only(SEVERAL),
        ];
        params.extend(cores::param(&mut self.cores));
        params
    }

    fn check(&self, variant: VariantId) -> Result<(), ParamError> {
        memory::check(self, variant)
    }

    /// `alone` depends neither on the number of workers nor on how numbers are handed over: only on whether these are
    /// in memory first.
    fn is_same_work(&self, baseline: &Params, other: &Params) -> bool {
        let work = |params: &Params| {
            let lists = lists(params.choice("numbers_from"), params.choice("hand_over"));
            (params.whole("numbers"), lists)
        };
        work(baseline) == work(other)
    }

    fn measure_log(&self, summary: &mut Summary, info: &RunInfo, log: &RunLog) {
        summary.details =
            lesson::core_use(info, log).map_or_else(RunDetails::default, RunDetails::new);
    }
}

impl Budget for Sum {
    /// An estimate from the cost of one number on an ordinary machine: roughly right is enough for a button.
    fn expected(&self, variant: VariantId) -> Option<Duration> {
        let busy = match variant {
            "alone" => 1,
            _ => self.cores.min(self.workers),
        };
        let each_here = match (variant, self.hand_over, self.lists()) {
            ("processes", "pipe", _) => 5.0,
            ("processes", "shared_memory", _) => 2.0,
            ("processes", ..) | (_, _, false) => 0.0,
            (_, _, true) => 1.5,
        };
        let nanos = self.numbers as f64 * (each_here + adding::ORDINARY_NANOS / busy as f64);
        let starting = match variant {
            "processes" => Duration::from_millis(3) * self.workers as u32,
            _ => Duration::ZERO,
        };
        Some(Duration::from_secs_f64(nanos / 1e9) + starting)
    }

    fn shorten(&mut self, share: f64) {
        self.numbers = share_of(self.numbers, share, 1_000);
    }

    fn slowness(&self) -> Option<fn() -> f64> {
        Some(adding::slowness)
    }

    fn for_class(&mut self, slowness: f64) {
        self.numbers = adding::numbers_in(CLASS_SECONDS, slowness);
    }
}

/// The sums that a worker's track has told until `now`, with the moment of each.
pub fn sums(track: &TrackLog, now: Duration) -> impl Iterator<Item = (Duration, u128)> + '_ {
    let mut high = 0;
    track
        .instants
        .iter()
        .take_while(move |instant| instant.at <= now)
        .filter_map(move |instant| match instant.step {
            SUM_HIGH => {
                high = instant.value?;
                None
            }
            SUM_LOW => Some((instant.at, adding::whole(high, instant.value?))),
            _ => None,
        })
}
