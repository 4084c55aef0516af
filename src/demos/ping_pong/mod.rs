//! Ping and Pong: two processes that are to print a number of words between them.
//!
//! *What it shows:* a global variable is one per process, so two processes that count with it each
//! count for themselves; memory that they share, or a queue between them, makes them one team. The
//! queue can be full or empty, and then a process waits, gives up, or waits for ever.
//! *What to look for on the timeline:* two lanes that print side by side without a word to each other;
//! with the queue, the stripes of a process that waits at its full or its empty end.
//! *The primitives:* separate address spaces, [`SharedCounter`](crate::lab::process::shared_memory::SharedCounter)
//! (one atomic number in memory that both map), and a bounded queue as `multiprocessing.Queue` is one.

mod broker;
mod counting;
mod lesson;
mod listing;
mod producer_consumer;
mod queue;
#[cfg(feature = "window")]
pub mod stage;

use std::ops::RangeInclusive;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::lab::demo::budget::share_of;
use crate::lab::demo::param::Param;
use crate::lab::demo::value::{Details, DetailsReader, Measure, Unit, Value};
use crate::lab::demo::{Budget, Definition, Highlight, Spec, Variant, VariantId, VariantRow, Work};
use crate::lab::process::worker_task::{PerformTask, TaskCtx, WorkerTask, perform};
use crate::lab::run::error::RunError;
use crate::lab::trace::event::{Step, TrackName};

/// Starting the worker processes; also a phase.
pub const SPAWN: Step = Step("spawn");
/// The run's own process waits until both have ended.
pub const JOIN: Step = Step("join");
/// A process prints its word; its instant carries the counter. Also a phase.
pub const PRINT: Step = Step("print");
/// A process sleeps until its next word.
pub const PAUSE: Step = Step("pause");
/// A word `Ping` has come to be printed; an instant with the counter that its process had.
pub const PING: Step = Step("ping");
/// A word `Pong` has come to be printed; an instant with the counter that its process had.
pub const PONG: Step = Step("pong");
/// A word is put into the queue; the run's instant, when it is in, carries the word. Also a phase.
pub const PUT: Step = Step("put");
/// A producer waits for room in the queue; the run's instant carries its word.
pub const WAIT_FOR_ROOM: Step = Step("room");
/// A word was refused because the queue was full; an instant with the word.
pub const FULL: Step = Step("full");
/// A word is taken out of the queue; the run's instant, when it is out, carries the word. Also a phase.
pub const TAKE: Step = Step("take");
/// The taker waits for a word.
pub const WORD: Step = Step("word");
/// The taker was refused because the queue was empty; an instant.
pub const EMPTY: Step = Step("empty");
/// A worker process has done all that it was told to; the run's instant carries its number.
pub const ENDED: Step = Step("ended");
/// From now on no process can go on; an instant.
pub const STUCK: Step = Step("stuck");

const STEPS: &[Step] = &[
    SPAWN,
    JOIN,
    PRINT,
    PAUSE,
    PING,
    PONG,
    PUT,
    WAIT_FOR_ROOM,
    FULL,
    TAKE,
    WORD,
    EMPTY,
    ENDED,
    STUCK,
];

/// The worker that takes, if taking starts at once: the third, after those of the two words.
const TAKER: usize = 2;

/// The names of the workers' lanes: those of the two words, then the taker's.
pub const LANES: [TrackName; 3] = [
    TrackName::only(Word::Ping.name()),
    TrackName::only(Word::Pong.name()),
    TrackName::only("taker"),
];

/// The word that one of the two processes prints or puts into the queue, and the name of that process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// The first worker's.
    Ping,
    /// The second worker's.
    Pong,
}

impl Word {
    /// Both words, by worker.
    pub const BOTH: [Word; 2] = [Word::Ping, Word::Pong];

    /// The word itself, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Word::Ping => "Ping",
            Word::Pong => "Pong",
        }
    }

    /// The worker that says it, from 0.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The word of this worker.
    pub const fn of_index(worker: usize) -> Self {
        if worker == 0 { Word::Ping } else { Word::Pong }
    }

    /// Its number in the queue's instants: 1 or 2, as the workers are numbered.
    pub const fn number(self) -> i64 {
        self as i64 + 1
    }

    /// The word with this number.
    pub fn of_number(number: i64) -> Option<Self> {
        Self::BOTH.into_iter().find(|word| word.number() == number)
    }

    /// The step of printing it.
    const fn step(self) -> Step {
        match self {
            Word::Ping => PING,
            Word::Pong => PONG,
        }
    }
}

/// The words of a run, of both processes together.
#[derive(Debug, Serialize, Deserialize)]
struct Words {
    /// Printed, or taken out of the queue.
    total: u64,
    /// Put into the queue, where there is one.
    put: Option<u64>,
}

impl Details for Words {
    const NAME: &'static str = "words";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        let put = self.put.map(|put| ("put", put.into()));
        put.into_iter()
            .chain([("total", self.total.into())])
            .collect()
    }
}

/// The measures of the words that were printed, or taken out of the queue: of each process, and of both together.
fn word_measures([pings, pongs]: [u64; 2]) -> Vec<(&'static str, Value)> {
    vec![
        ("pings", Value::from(pings)),
        ("pongs", Value::from(pongs)),
        ("words_total", Value::from(pings + pongs)),
    ]
}

/// The task of a worker process.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Task {
    Count(counting::Count),
    Put {
        word: Word,
        puts: u64,
        pause_max_millis: u64,
    },
    Take {
        takes: u64,
    },
}

impl WorkerTask for Task {
    type Reply = ();

    fn perform(self, ctx: &TaskCtx<'_>) -> Result<(), RunError> {
        match self {
            Task::Count(count) => counting::count(&count, ctx),
            Task::Put {
                word,
                puts,
                pause_max_millis,
            } => producer_consumer::put(word, puts, Duration::from_millis(pause_max_millis), ctx),
            Task::Take { takes } => producer_consumer::take(takes, ctx),
        }
    }
}

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct PingPong {
    words: u64,
    gap_millis: u64,
    puts_each: u64,
    takes: u64,
    capacity: u64,
    put_pause_max_millis: u64,
    take_starts: &'static str,
    put_timeout_millis: i64,
    take_timeout_millis: i64,
}

impl Default for PingPong {
    fn default() -> Self {
        Self {
            words: 10,
            gap_millis: 10,
            puts_each: 7,
            takes: 10,
            capacity: 0,
            put_pause_max_millis: 1000,
            take_starts: "after_puts",
            put_timeout_millis: -1,
            take_timeout_millis: -1,
        }
    }
}

const COUNTERS: &[VariantId] = &["private_counters", "shared_counter"];
const QUEUE: &[VariantId] = &["queue"];

impl Definition for PingPong {
    const SPEC: &'static Spec = &Spec {
        id: "ping_pong",
        measures: &[
            Measure::new("pings", Unit::Count),
            Measure::new("pongs", Unit::Count),
            Measure::new("words_total", Unit::Count).graphed(),
            Measure::new("left_in_queue", Unit::Count),
            Measure::new("puts_refused", Unit::Count),
            Measure::new("takes_refused", Unit::Count),
            Measure::new("put_blocked_seconds", Unit::Seconds),
        ],
        // A run takes as long as its pauses say.
        time: None,
        steps: STEPS,
        processes: true,
        highlight: Highlight::new("private_counters", 1.0),
        names: &["who", "Ping", "Pong", "taker"],
        details: &[DetailsReader::of::<Words>()],
        ..Spec::EMPTY
    };

    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::smooth("private_counters")
            .runs(counting::private_counters, listing::PRIVATE_COUNTERS),
        Variant::smooth("shared_counter").runs(counting::shared_counter, listing::SHARED_COUNTER),
        Variant::smooth("queue").runs(broker::queue, listing::QUEUE),
    ];

    const PERFORM_TASK: PerformTask = perform::<Task>;
}

impl Work for PingPong {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        const PAUSE: RangeInclusive<u64> = 0..=10_000;
        const TIMEOUT: RangeInclusive<i64> = -1..=600_000;
        const STARTS: &[&str] = &["after_puts", "at_once"];
        vec![
            Param::whole("words", 1..=10_000, &mut self.words).only(COUNTERS),
            Param::whole("gap_millis", PAUSE, &mut self.gap_millis)
                .unit("millis")
                .only(COUNTERS),
            Param::whole("puts_each", 1..=1_000, &mut self.puts_each).only(QUEUE),
            Param::whole("takes", 0..=10_000, &mut self.takes).only(QUEUE),
            Param::whole("capacity", 0..=10_000, &mut self.capacity).only(QUEUE),
            Param::whole(
                "put_pause_max_millis",
                PAUSE,
                &mut self.put_pause_max_millis,
            )
            .unit("millis")
            .only(QUEUE),
            Param::choice("take_starts", STARTS, &mut self.take_starts).only(QUEUE),
            Param::signed("put_timeout_millis", TIMEOUT, &mut self.put_timeout_millis)
                .unit("millis")
                .only(QUEUE),
            Param::signed(
                "take_timeout_millis",
                TIMEOUT,
                &mut self.take_timeout_millis,
            )
            .unit("millis")
            .only(QUEUE),
        ]
    }
}

impl Budget for PingPong {
    fn expected(&self, variant: VariantId) -> Option<Duration> {
        // Two processes start; a pause between none and the longest is half of that on average.
        const STARTING: u64 = 10;
        let millis = match variant {
            "private_counters" => self.words * self.gap_millis,
            "shared_counter" => self.words.div_ceil(2) * self.gap_millis,
            "queue" => self.puts_each * self.put_pause_max_millis / 2,
            _ => return None,
        };
        Some(Duration::from_millis(STARTING + millis))
    }

    fn shorten(&mut self, share: f64) {
        self.gap_millis = share_of(self.gap_millis, share, 1);
        self.put_pause_max_millis = share_of(self.put_pause_max_millis, share, 1);
    }

    /// A word three times a second can be read as it is printed.
    fn for_class(&mut self, _slowness: f64) {
        self.gap_millis = 300;
        self.put_pause_max_millis = 800;
    }
}
