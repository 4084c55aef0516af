//! Many connections: thousands of replies that each take a while, waited for in four ways.
//!
//! *What it shows:* waiting needs no thread of its own. One thread that is told which replies have come
//! collects thousands in the time of one; a thread for each does so too, at the price of all these
//! threads; and a loop that handles one reply slowly makes all others wait.
//! *What to look for on the timeline:* one lane that is hollow almost all the time, or a hollow lane for
//! each thread; with `handle_millis`, the loop's lane fills up without a gap.
//! *The primitives:* the system's readiness queue (epoll and its kin, through
//! [`coroutines`](crate::lab::run::coroutines)), blocking sockets ([`std::net::TcpStream`]), threads with small
//! stacks.
//!
//! The server and the clients are processes of their own, so that the clients' threads and memory can be
//! measured.
//!
//! # What the tracks tell a picture
//!
//! On the `run` track the instant [`PROCESSES`] says how many processes will wait, and the span [`WAIT`] is as long as
//! `total_seconds`. The track of the process that serves is [`SERVER_TRACK`]; those of all that wait are called [`CLIENT_TRACK`].
//! Each of these reports every one of its connections, by number from 0: [`ASKED`], [`ARRIVED`] (into the queue, where there is one) and [`HANDLED`]. It also
//! reports its own [`THREADS`] and [`BYTES`] from time to time, where the system counts them.

mod async_client;
mod blocking_clients;
mod client;
mod connection_limit;
mod lesson;
mod listing;
mod processes;
mod protocol;
mod server;
#[cfg(feature = "window")]
pub mod stage;

use std::ops::Range;
use std::time::Duration;

use crate::lab::demo::budget::share_of;
use crate::lab::demo::param::{Param, ParamError};
use crate::lab::demo::value::{DetailsReader, Measure, Unit};
use crate::lab::demo::{Budget, Definition, Highlight, Spec, Variant, VariantId, VariantRow, Work};
use crate::lab::machine;
use crate::lab::process::worker_task::{PerformTask, perform};
use crate::lab::trace::event::Step;

/// Starts the processes, until the server listens; a phase and a span.
pub const SPAWN: Step = Step("spawn");
/// Waits for all replies; a phase, a span of the run, and a span of each client.
pub const WAIT: Step = Step("wait");
/// Answers requests; a span.
pub const SERVE: Step = Step("serve");
/// Has something to do; a span of an event loop.
pub const LOOP: Step = Step("loop");
/// Handles a reply; a span.
pub const HANDLE: Step = Step("handle");
/// How many processes will wait; an instant.
pub const PROCESSES: Step = Step("processes");
/// The request has gone out on this connection; an instant.
pub const ASKED: Step = Step("asked");
/// The reply has been read; an instant.
pub const ARRIVED: Step = Step("arrived");
/// The reply has been handled; an instant.
pub const HANDLED: Step = Step("handled");
/// Threads of this process; an instant.
pub const THREADS: Step = Step("threads");
/// The most memory that this process has had so far, in bytes; an instant.
pub const BYTES: Step = Step("bytes");

/// The noun of the track of the process that serves.
pub const SERVER_TRACK: &str = "server";
/// The noun of the tracks of the processes that wait.
pub const CLIENT_TRACK: &str = "client";

const STEPS: &[Step] = &[
    SPAWN, WAIT, SERVE, LOOP, HANDLE, PROCESSES, ASKED, ARRIVED, HANDLED, THREADS, BYTES,
];

/// The rough time to open a connection; a thread for it takes as much again.
const OPENING: Duration = Duration::from_micros(50);

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct EventLoop {
    connections: u64,
    reply_millis: u64,
    handle_millis: u64,
}

impl Default for EventLoop {
    fn default() -> Self {
        Self {
            connections: 100,
            reply_millis: 100,
            handle_millis: 0,
        }
    }
}

impl EventLoop {
    fn reply(&self) -> Duration {
        Duration::from_millis(self.reply_millis)
    }

    fn handle(&self) -> Duration {
        Duration::from_millis(self.handle_millis)
    }

    /// The number of processes that wait: one per core, but no more than there are connections to wait for.
    fn processes(&self, variant: VariantId) -> usize {
        match variant {
            "process_per_core_async" => machine::cores().min(self.connections as usize),
            _ => 1,
        }
    }
}

impl Definition for EventLoop {
    const SPEC: &'static Spec = &Spec {
        id: "event_loop",
        // `total_seconds` is from before the first connection is opened (the server listens, and the processes
        // that wait are there) until the last reply is handled. Threads and bytes are the most that the waiting
        // processes had, added up over them; the server's do not count.
        measures: &[
            Measure::new("total_seconds", Unit::Seconds),
            Measure::new("replies", Unit::Count),
            Measure::new("peak_threads", Unit::Count).graphed(),
            Measure::new("peak_bytes", Unit::Bytes),
        ],
        steps: STEPS,
        processes: true,
        time: Some("total_seconds"),
        highlight: Highlight::new("one_thread_async", 1.0),
        names: &["server", "client"],
        details: &[DetailsReader::of::<processes::Clients>()],
        ..Spec::EMPTY
    };

    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::smooth("one_at_a_time").runs(
            |demo, ctx| processes::run(demo, "one_at_a_time", ctx),
            listing::ONE_AT_A_TIME,
        ),
        Variant::smooth("thread_each").runs(
            |demo, ctx| processes::run(demo, "thread_each", ctx),
            listing::THREAD_EACH,
        ),
        Variant::smooth("one_thread_async").runs(
            |demo, ctx| processes::run(demo, "one_thread_async", ctx),
            listing::ONE_THREAD_ASYNC,
        ),
        Variant::smooth("process_per_core_async").runs(
            |demo, ctx| processes::run(demo, "process_per_core_async", ctx),
            listing::PROCESS_PER_CORE_ASYNC,
        ),
    ];

    const PERFORM_TASK: PerformTask = perform::<processes::Role>;
}

impl Work for EventLoop {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        vec![
            Param::whole("connections", 1..=10_000, &mut self.connections),
            Param::whole("reply_millis", 0..=60_000, &mut self.reply_millis).unit("millis"),
            Param::whole("handle_millis", 0..=1_000, &mut self.handle_millis).unit("millis"),
        ]
    }

    fn check(&self, variant: VariantId) -> Result<(), ParamError> {
        connection_limit::check(variant, self.connections, &connection_limit::room(variant))
    }
}

impl Budget for EventLoop {
    fn expected(&self, variant: VariantId) -> Option<Duration> {
        let all = |each: Duration| each * self.connections as u32;
        let cores = machine::cores() as u32;
        Some(match variant {
            "one_at_a_time" => all(self.reply() + self.handle()),
            "thread_each" => self.reply() + all(2 * OPENING + self.handle() / cores),
            "one_thread_async" => self.reply() + all(OPENING + self.handle()),
            "process_per_core_async" => self.reply() + all(OPENING + self.handle() / cores),
            _ => return None,
        })
    }

    fn shorten(&mut self, share: f64) {
        self.reply_millis = share_of(self.reply_millis, share, 1);
        self.handle_millis = share_of(self.handle_millis, share, 0);
    }

    /// Ten seconds one at a time, and half a second at the same time.
    fn for_class(&mut self, _slowness: f64) {
        (self.connections, self.reply_millis) = (20, 500);
    }
}

/// The connections, numbered from 0, of each of several processes: all have the same number of them, or one more.
pub fn shares(connections: u32, processes: usize) -> Vec<Range<u32>> {
    let (connections, count) = (u64::from(connections), processes.max(1) as u64);
    let border = |index: u64| (connections * index / count) as u32;
    (0..count)
        .map(|index| border(index)..border(index + 1))
        .collect()
}
