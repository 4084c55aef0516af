//! Bank deposits: many threads add to one balance.
//!
//! *What it shows:* reading, waiting and writing back without a lock loses almost every deposit; a
//! lock loses none, but lets one thread at a time through; one atomic addition needs neither. Coroutines on
//! one thread need no lock either, as long as none waits between reading and writing.
//! *What to look for on the timeline:* without a lock all threads wait side by side and their writes
//! collide (crosses); with the lock the waiting turns into a staircase.
//! *The primitives:* [`std::sync::Mutex`] and its poisoning, [`std::sync::atomic::AtomicU64`]; `async` and
//! `await`, and a [`std::cell::Cell`] that only one thread can reach.

mod account;
mod coroutines;
mod deposits;
mod incident;
mod judgement;
mod lesson;
mod listing;
mod program_counters;
mod schedule;
mod scheduled_run;
mod scheduler;
#[cfg(feature = "window")]
pub mod stage;
mod stepped;

use std::time::Duration;

pub use account::{Balance, Deposit, kept};
pub use program_counters::{Next, ProgramCounters, orders, steps};
pub use schedule::{Schedule, code, letter};

use crate::lab::demo::budget::share_of;
use crate::lab::demo::listing::{Code, Listing};
use crate::lab::demo::param::{Param, ParamError};
use crate::lab::demo::value::{DetailsReader, Measure, Unit};
use crate::lab::demo::{Budget, Definition, Highlight, Spec, Variant, VariantId, VariantRow, Work};
use crate::lab::machine::task_cost::TaskCost;
use crate::lab::trace::event::Step;

/// Looks at the balance; its instant carries the balance in yuan.
pub const READ: Step = Step("read");
/// The thread of the last deposit in the balance that was read, 0 for none; an instant only.
pub const SAW: Step = Step("saw");
/// The bank is busy with the deposit.
pub const WAIT: Step = Step("wait");
/// Writes the new balance; its instant carries it in yuan.
pub const WRITE: Step = Step("write");
/// The thread of the last deposit in the balance that was overwritten; an instant only.
pub const OVERWROTE: Step = Step("overwrote");
/// Waits for the lock.
pub const LOCK: Step = Step("lock");
/// Lets go of the lock.
pub const UNLOCK: Step = Step("unlock");
/// Waits at its gate until the scheduler opens it.
pub const GATE: Step = Step("gate");
/// A thread has done a step; an instant of the run, which carries the thread's number from 1.
pub const LETTER: Step = Step("letter");
/// Runs all orders.
pub const ORDERS: Step = Step("orders");
/// Adds in one indivisible step; its instant carries the new balance.
pub const ADD: Step = Step("add");
/// The deposit panicked half-way; an instant only.
pub const PANIC: Step = Step("panic");

/// The most orders that a tree has room for.
pub const MOST_LEAVES: usize = 100;

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct BankLock {
    threads: u64,
    /// Threads of the schedule's letters, shown in the place of `threads`.
    letters: u64,
    amount: u64,
    gap_millis: u64,
    failing: u64,
    await_inside: bool,
    schedule: String,
}

impl Default for BankLock {
    fn default() -> Self {
        Self {
            threads: 100,
            letters: 0,
            amount: 1,
            gap_millis: 10,
            failing: 0,
            await_inside: false,
            schedule: String::new(),
        }
    }
}

impl BankLock {
    fn gap(&self) -> Duration {
        Duration::from_millis(self.gap_millis)
    }

    /// How many threads there are: as many as a schedule has letters, or else as the parameter says.
    fn threads(&self) -> u64 {
        Schedule::read(&self.schedule)
            .threads()
            .unwrap_or(self.threads)
    }

    /// Whether its threads do each step only when a schedule lets them.
    fn is_scheduled(&self) -> bool {
        Schedule::read(&self.schedule) != Schedule::Free
    }
}

impl Definition for BankLock {
    const SPEC: &'static Spec = &Spec {
        id: "bank_lock",
        measures: &[
            Measure::new("balance", Unit::Yuan).graphed(),
            Measure::new("deposits_lost", Unit::Count),
            Measure::new("deposits_failed", Unit::Count),
            Measure::new("longest_wait_seconds", Unit::Seconds),
            // These two are measured only where all orders are run.
            Measure::new("orders", Unit::Count),
            Measure::new("orders_exact", Unit::Count),
        ],
        steps: &[
            READ, SAW, WAIT, WRITE, OVERWROTE, LOCK, UNLOCK, ADD, PANIC, GATE, LETTER, ORDERS,
        ],
        highlight: Highlight::new("no_lock", 0.8),
        names: &["code", "gated"],
        details: &[
            DetailsReader::of::<judgement::Deposits>(),
            DetailsReader::of::<judgement::Orders>(),
        ],
        ..Spec::EMPTY
    };

    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::smooth("no_lock").runs(
            |bank, ctx| match bank.is_scheduled() {
                true => scheduled_run::no_lock(bank, ctx),
                false => deposits::no_lock(bank, ctx),
            },
            listing::NO_LOCK,
        ),
        Variant::smooth("mutex").runs(
            |bank, ctx| match bank.is_scheduled() {
                true => scheduled_run::mutex(bank, ctx),
                false => deposits::mutex(bank, ctx),
            },
            listing::MUTEX,
        ),
        Variant::smooth("short_lock").runs(deposits::short_lock, listing::SHORT_LOCK),
        Variant::smooth("atomic").runs(
            |bank, ctx| match bank.is_scheduled() {
                true => scheduled_run::atomic(bank, ctx),
                false => deposits::atomic(bank, ctx),
            },
            listing::ATOMIC,
        ),
        Variant::smooth("async_tasks").runs(coroutines::async_tasks, listing::ASYNC_TASKS),
    ];

    fn listing_of(&self, variant: VariantId, code: Code) -> Listing {
        listing::listing(self, variant, code)
    }
}

impl Work for BankLock {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        // The letters of a schedule win; once they are gone, the number is again what it was.
        let threads = match Schedule::read(&self.schedule).threads() {
            Some(letters) => {
                self.letters = letters;
                &mut self.letters
            }
            None => &mut self.threads,
        };
        let schedule = &mut self.schedule;
        vec![
            Param::whole("threads", 1..=5_000, threads),
            Param::whole("amount", 1..=1_000_000, &mut self.amount).unit("yuan"),
            Param::whole("gap_millis", 0..=10_000, &mut self.gap_millis).unit("millis"),
            Param::whole("failing", 0..=5_000, &mut self.failing),
            Param::toggle("await_inside", &mut self.await_inside).only(&["async_tasks"]),
            Param::text("schedule", schedule::LONGEST, schedule::tidy, schedule)
                .only(schedule::VARIANTS),
        ]
    }

    fn check(&self, variant: VariantId) -> Result<(), ParamError> {
        schedule::check(self, variant)?;
        if self.failing > self.threads() {
            return Err(ParamError::MoreThan {
                name: "failing",
                value: self.failing,
                limit_name: "threads",
                limit: self.threads(),
            });
        }
        match variant {
            "async_tasks" => Ok(()),
            _ => TaskCost::THREAD.check("threads", self.threads()),
        }
    }
}

impl Budget for BankLock {
    fn expected(&self, variant: VariantId) -> Option<Duration> {
        if schedule::applies(&self.schedule, variant) {
            return None;
        }
        let at_a_time = if variant == "mutex" {
            self.threads()
        } else {
            1
        };
        Some(self.gap() * u32::try_from(at_a_time).unwrap_or(u32::MAX))
    }

    fn shorten(&mut self, share: f64) {
        self.gap_millis = share_of(self.gap_millis, share, 1);
    }
}
