//! Bank deposits: many threads add to one balance.
//!
//! *What it shows:* reading, waiting and writing back without a lock loses almost every deposit; a
//! lock loses none, but lets one thread at a time through; one atomic addition needs neither.
//! *What to look for on the timeline:* without a lock all threads wait side by side and their writes
//! collide (crosses); with the lock the waiting turns into a staircase.
//! *The primitives:* [`std::sync::Mutex`] and its poisoning, [`std::sync::atomic::AtomicU64`].

mod account;
mod questions;
#[cfg(feature = "window")]
pub mod stage;

use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::Builder;
use std::time::{Duration, Instant};

use rand::seq::index::sample;

pub use account::{Balance, Deposit, kept};
use account::{RacyAccount, collision};

use crate::lab::cancel::Cancelled;
use crate::lab::demo::{self, Demo, DemoId, Findings, Job, Question, Sentence, Variant, VariantId};
use crate::lab::error::RunError;
use crate::lab::event::{State, Step, TrackName};
use crate::lab::param::{ParamError, ParamSpec, ParamVisitor, Params};
use crate::lab::record::Record;
use crate::lab::run::RunCtx;
use crate::lab::track::Track;
use crate::lab::value::{Measure, Unit, Value};

/// Looks at the balance; its instant carries the balance in yuan.
pub const READ: Step = Step("read");
/// Whose deposit was the last one in the balance that was read (0: nobody's); an instant only.
pub const SAW: Step = Step("saw");
/// The bank is busy with the deposit.
pub const WAIT: Step = Step("wait");
/// Writes the new balance; its instant carries it in yuan.
pub const WRITE: Step = Step("write");
/// Whose deposit was the last one in the balance that was overwritten; an instant only.
pub const OVERWROTE: Step = Step("overwrote");
/// Waits for the lock.
pub const LOCK: Step = Step("lock");
/// Adds in one indivisible step; its instant carries the new balance.
pub const ADD: Step = Step("add");
/// The deposit panicked half-way; an instant only.
pub const PANIC: Step = Step("panic");

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct BankLock {
    threads: u64,
    amount: u64,
    gap_millis: u64,
    failing: u64,
}

impl Default for BankLock {
    fn default() -> Self {
        Self {
            threads: 100,
            amount: 1,
            gap_millis: 10,
            failing: 0,
        }
    }
}

impl BankLock {
    fn gap(&self) -> Duration {
        Duration::from_millis(self.gap_millis)
    }
}

impl Demo for BankLock {
    fn id(&self) -> DemoId {
        "bank_lock"
    }

    fn variants(&self) -> &'static [Variant] {
        const ALL: &[Variant] = &[
            Variant::smooth("no_lock"),
            Variant::smooth("mutex"),
            Variant::smooth("short_lock"),
            Variant::smooth("atomic"),
        ];
        ALL
    }

    fn measures(&self) -> &'static [Measure] {
        const ALL: &[Measure] = &[
            Measure {
                name: "balance",
                unit: Unit::Yuan,
                graphed: true,
            },
            Measure {
                name: "deposits_lost",
                unit: Unit::Count,
                graphed: false,
            },
            Measure {
                name: "deposits_failed",
                unit: Unit::Count,
                graphed: false,
            },
            Measure {
                name: "longest_wait_seconds",
                unit: Unit::Seconds,
                graphed: false,
            },
        ];
        ALL
    }

    fn steps(&self) -> &'static [Step] {
        &[READ, SAW, WAIT, WRITE, OVERWROTE, LOCK, ADD, PANIC]
    }

    fn visit_params(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.whole(ParamSpec::named("threads"), 1..=5_000, &mut self.threads);
        visitor.whole(
            ParamSpec::named("amount").in_unit("yuan"),
            1..=1_000_000,
            &mut self.amount,
        );
        visitor.whole(
            ParamSpec::named("gap_millis").in_unit("millis"),
            0..=10_000,
            &mut self.gap_millis,
        );
        visitor.whole(ParamSpec::named("failing"), 0..=5_000, &mut self.failing);
    }

    fn params(&self) -> Params {
        demo::collect_params(self)
    }

    fn check(&self, _variant: VariantId) -> Result<(), ParamError> {
        if self.failing <= self.threads {
            return Ok(());
        }
        Err(ParamError::MoreThan {
            name: "failing",
            value: self.failing,
            limit_name: "threads",
            limit: self.threads,
        })
    }

    fn expected(&self, variant: VariantId) -> Option<Duration> {
        let at_a_time = if variant == "mutex" { self.threads } else { 1 };
        Some(self.gap() * u32::try_from(at_a_time).unwrap_or(u32::MAX))
    }

    fn questions(&self) -> Vec<Question> {
        questions::questions(self)
    }

    fn job(&self, variant: VariantId) -> Job {
        let bank = self.clone();
        match variant {
            "no_lock" => Box::new(move |ctx| no_lock(&bank, ctx)),
            "mutex" => Box::new(move |ctx| mutex(&bank, ctx)),
            "short_lock" => Box::new(move |ctx| short_lock(&bank, ctx)),
            _ => Box::new(move |ctx| atomic(&bank, ctx)),
        }
    }

    fn result(&self, record: &Record, _earlier: &[&Record]) -> Vec<Sentence> {
        questions::result(record)
    }
}

/// Reads, waits, writes back: between reading and writing others do the same. In Rust an
/// unsynchronised write would be undefined behaviour, so the account is an atomic that is loaded and
/// later swapped; the lost update is just as real.
fn no_lock(bank: &BankLock, ctx: &RunCtx) -> Result<Findings, RunError> {
    let account = RacyAccount::default();
    let deposits = for_each_thread(bank, ctx, |thread, fails, track| {
        let read = reading(track, || account.read());
        waiting(track, ctx, bank.gap())?;
        panic_if(fails, track);
        let span = track.span(State::Running, WRITE);
        let wrote = Balance {
            yuan: read.yuan + bank.amount,
            writer: thread,
        };
        let overwrote = account.write(wrote);
        track.instant(WRITE, Some(wrote.yuan as i64));
        track.instant(OVERWROTE, Some(i64::from(overwrote.writer)));
        if overwrote != read {
            span.end_as(State::Lost);
        }
        Ok(Deposit {
            read,
            wrote,
            overwrote,
            waited: Duration::ZERO,
        })
    })?;
    Ok(findings(bank, account.read().yuan, &deposits))
}

/// As the lesson does it: the lock is held while the bank is busy, so the deposits queue up.
fn mutex(bank: &BankLock, ctx: &RunCtx) -> Result<Findings, RunError> {
    let account = Mutex::new(Balance::default());
    let deposits = for_each_thread(bank, ctx, |thread, fails, track| {
        let (mut balance, waited) = locking(&account, track);
        let read = {
            let _holding = track.span(State::Holding, READ);
            reading_held(track, *balance)
        };
        {
            let _holding = track.span(State::Holding, WAIT);
            ctx.sleep(bank.gap())?;
        }
        panic_if(fails, track);
        Ok(writing_held(
            bank,
            track,
            &mut balance,
            read,
            thread,
            waited,
        ))
    })?;
    let balance = account
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    Ok(findings(bank, balance.yuan, &deposits))
}

/// The lock is held only for reading and writing; the bank is busy before that, without it.
fn short_lock(bank: &BankLock, ctx: &RunCtx) -> Result<Findings, RunError> {
    let account = Mutex::new(Balance::default());
    let deposits = for_each_thread(bank, ctx, |thread, fails, track| {
        waiting(track, ctx, bank.gap())?;
        let (mut balance, waited) = locking(&account, track);
        let read = {
            let _holding = track.span(State::Holding, READ);
            reading_held(track, *balance)
        };
        panic_if(fails, track);
        Ok(writing_held(
            bank,
            track,
            &mut balance,
            read,
            thread,
            waited,
        ))
    })?;
    let balance = account
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    Ok(findings(bank, balance.yuan, &deposits))
}

/// One addition that nobody can come between.
fn atomic(bank: &BankLock, ctx: &RunCtx) -> Result<Findings, RunError> {
    let account = AtomicU64::new(0);
    let deposits = for_each_thread(bank, ctx, |thread, fails, track| {
        waiting(track, ctx, bank.gap())?;
        panic_if(fails, track);
        let _running = track.span(State::Running, ADD);
        // Only the sum matters here and the join orders everything before the last look: Relaxed is enough.
        let before = account.fetch_add(bank.amount, Ordering::Relaxed);
        let wrote = Balance {
            yuan: before + bank.amount,
            writer: thread,
        };
        track.instant(ADD, Some(wrote.yuan as i64));
        let read = Balance {
            yuan: before,
            writer: 0,
        };
        Ok(Deposit {
            read,
            wrote,
            overwrote: read,
            waited: Duration::ZERO,
        })
    })?;
    Ok(findings(bank, account.into_inner(), &deposits))
}

fn reading(track: &Track, read: impl FnOnce() -> Balance) -> Balance {
    let _running = track.span(State::Running, READ);
    reading_held(track, read())
}

fn reading_held(track: &Track, balance: Balance) -> Balance {
    track.instant(READ, Some(balance.yuan as i64));
    track.instant(SAW, Some(i64::from(balance.writer)));
    balance
}

fn waiting(track: &Track, ctx: &RunCtx, gap: Duration) -> Result<(), Cancelled> {
    let _sleeping = track.span(State::Sleeping, WAIT);
    ctx.sleep(gap)
}

/// Takes the lock, and takes it over if its last holder panicked: the balance is written in one
/// assignment, so it is right whenever the lock is free.
fn locking<'account>(
    account: &'account Mutex<Balance>,
    track: &Track,
) -> (std::sync::MutexGuard<'account, Balance>, Duration) {
    let asked = Instant::now();
    let _waiting = track.span(State::Waiting, LOCK);
    let guard = account.lock().unwrap_or_else(|poisoned| {
        account.clear_poison();
        poisoned.into_inner()
    });
    (guard, asked.elapsed())
}

fn writing_held(
    bank: &BankLock,
    track: &Track,
    balance: &mut Balance,
    read: Balance,
    thread: u16,
    waited: Duration,
) -> Deposit {
    let _holding = track.span(State::Holding, WRITE);
    let wrote = Balance {
        yuan: read.yuan + bank.amount,
        writer: thread,
    };
    let overwrote = std::mem::replace(balance, wrote);
    track.instant(WRITE, Some(wrote.yuan as i64));
    track.instant(OVERWROTE, Some(i64::from(overwrote.writer)));
    Deposit {
        read,
        wrote,
        overwrote,
        waited,
    }
}

/// The payload of a panic that was asked for.
struct PlannedPanic;

/// Panics as any bug would, unwinding through a held lock; only the message is left out, for it was planned.
fn panic_if(fails: bool, track: &Track) {
    if fails {
        track.instant(PANIC, None);
        resume_unwind(Box::new(PlannedPanic));
    }
}

/// Runs `deposit` on a thread each and waits for all. Threads are numbered from 1; which ones fail is
/// drawn from the run's seed. Returns the deposits that succeeded.
fn for_each_thread(
    bank: &BankLock,
    ctx: &RunCtx,
    deposit: impl Fn(u16, bool, &Track) -> Result<Deposit, Cancelled> + Sync,
) -> Result<Vec<Deposit>, RunError> {
    let threads = bank.threads as usize;
    let failing = sample(&mut ctx.rng(0), threads, bank.failing as usize).into_vec();
    let deposit = &deposit;
    std::thread::scope(|scope| {
        let mut started = Vec::with_capacity(threads);
        for index in 0..threads {
            let fails = failing.contains(&index);
            let spawned = Builder::new()
                .name(format!("deposit-{}", index + 1))
                .spawn_scoped(scope, move || {
                    let track = ctx.track(TrackName::nth("thread", index));
                    deposit(index as u16 + 1, fails, &track)
                });
            match spawned {
                Ok(thread) => started.push(thread),
                Err(error) => {
                    ctx.abort();
                    return Err(RunError::spawn("thread", &error));
                }
            }
        }
        let mut deposits = Vec::with_capacity(threads);
        for thread in started {
            match thread.join() {
                Ok(deposit) => deposits.push(deposit?),
                Err(payload) if payload.is::<PlannedPanic>() => {}
                Err(payload) => resume_unwind(payload),
            }
        }
        Ok(deposits)
    })
}

fn findings(bank: &BankLock, balance: u64, deposits: &[Deposit]) -> Findings {
    let succeeded = deposits.len() as u64;
    let arrived = balance / bank.amount;
    let longest_wait = deposits
        .iter()
        .map(|deposit| deposit.waited)
        .max()
        .unwrap_or_default();
    let mut details = vec![("succeeded", Value::from(succeeded))];
    if let Some((first, second)) = collision(deposits) {
        details.extend([
            ("first_thread", Value::from(u64::from(first.wrote.writer))),
            ("second_thread", Value::from(u64::from(second.wrote.writer))),
            ("both_read", Value::from(first.read.yuan)),
            ("both_wrote", Value::from(first.wrote.yuan)),
        ]);
    }
    Findings {
        measures: vec![
            ("balance", Value::from(balance)),
            ("deposits_lost", Value::from(succeeded - arrived)),
            ("deposits_failed", Value::from(bank.threads - succeeded)),
            ("longest_wait_seconds", Value::from(longest_wait)),
        ],
        details,
    }
}
