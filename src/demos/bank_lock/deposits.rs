//! The work of the threads: four ways to make the same deposits.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::{Duration, Instant};

use rand::seq::index::sample;

use super::account::{Balance, Deposit, RacyAccount, collision};
use super::{ADD, BankLock, LOCK, OVERWROTE, PANIC, READ, SAW, WAIT, WRITE};
use crate::lab::demo::Findings;
use crate::lab::demo::value::Value;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::{RunError, SpawnKind};
use crate::lab::trace::event::{State, TrackName};
use crate::lab::trace::track::Track;

/// Reads, waits, writes back: between reading and writing others do the same. In Rust an
/// unsynchronised write would be undefined behaviour, so the account is an atomic that is loaded and
/// later swapped; the lost update is just as real.
pub(super) fn no_lock(bank: &BankLock, ctx: &RunCtx) -> Result<Findings, RunError> {
    let account = RacyAccount::default();
    let deposits = for_each_thread(bank, ctx, |thread, fails, track| {
        let read = reading(track, || account.read());
        waiting(track, ctx, bank.gap())?;
        panic_if(fails, track);
        Ok(writing(bank, track, read, thread, |wrote| {
            account.write(wrote)
        }))
    })?;
    Ok(findings(bank, account.read().yuan, &deposits))
}

/// As the lesson does it: the lock is held while the bank is busy, so the deposits queue up.
pub(super) fn mutex(bank: &BankLock, ctx: &RunCtx) -> Result<Findings, RunError> {
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
    let balance = account.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(findings(bank, balance.yuan, &deposits))
}

/// The lock is held only for reading and writing; the bank is busy before that, without it.
pub(super) fn short_lock(bank: &BankLock, ctx: &RunCtx) -> Result<Findings, RunError> {
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
    let balance = account.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(findings(bank, balance.yuan, &deposits))
}

/// One addition that nobody can come between.
pub(super) fn atomic(bank: &BankLock, ctx: &RunCtx) -> Result<Findings, RunError> {
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

pub(super) fn reading(track: &Track, read: impl FnOnce() -> Balance) -> Balance {
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

/// Writes the new balance with `write`, which returns what it overwrote: if that is not what was read,
/// deposits in between are lost.
pub(super) fn writing(
    bank: &BankLock,
    track: &Track,
    read: Balance,
    writer: u16,
    write: impl FnOnce(Balance) -> Balance,
) -> Deposit {
    let span = track.span(State::Running, WRITE);
    let wrote = Balance {
        yuan: read.yuan + bank.amount,
        writer,
    };
    let overwrote = write(wrote);
    track.instant(WRITE, Some(wrote.yuan as i64));
    track.instant(OVERWROTE, Some(i64::from(overwrote.writer)));
    if overwrote != read {
        span.end_as(State::Lost);
    }
    Deposit {
        read,
        wrote,
        overwrote,
        waited: Duration::ZERO,
    }
}

/// Takes the lock, and takes it over if its last holder panicked: the balance is written in one
/// assignment, so it is right whenever the lock is free.
fn locking<'account>(
    account: &'account Mutex<Balance>,
    track: &Track,
) -> (MutexGuard<'account, Balance>, Duration) {
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
pub(super) struct PlannedPanic;

/// Panics as any bug would, unwinding through a held lock; only the message is left out, for it was planned.
pub(super) fn panic_if(fails: bool, track: &Track) {
    if fails {
        track.instant(PANIC, None);
        resume_unwind(Box::new(PlannedPanic));
    }
}

/// Which deposits fail, counted from 0: drawn from the run's seed.
pub(super) fn failing(bank: &BankLock, ctx: &RunCtx) -> Vec<usize> {
    sample(
        &mut ctx.rng(0),
        bank.threads as usize,
        bank.failing as usize,
    )
    .into_vec()
}

/// Runs `deposit` on a thread each and waits for all. Threads are numbered from 1. Returns the deposits that succeeded.
fn for_each_thread(
    bank: &BankLock,
    ctx: &RunCtx,
    deposit: impl Fn(u16, bool, &Track) -> Result<Deposit, Cancelled> + Sync,
) -> Result<Vec<Deposit>, RunError> {
    let threads = bank.threads as usize;
    let failing = failing(bank, ctx);
    let deposit = &deposit;
    std::thread::scope(|scope| {
        let mut started = Vec::with_capacity(threads);
        let mut refused = Ok(());
        for index in 0..threads {
            // Thousands of threads take a while to make.
            if let Err(cancelled) = ctx.check_cancel() {
                refused = Err(cancelled.into());
                break;
            }
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
                    refused = Err(RunError::spawn(SpawnKind::Thread, &error));
                    break;
                }
            }
        }
        // All are joined before any result is looked at: the scope takes a panic that nobody picked up
        // for one that nobody planned.
        let ended: Vec<_> = started.into_iter().map(|thread| thread.join()).collect();
        refused?;
        let mut deposits = Vec::with_capacity(threads);
        for deposit in ended {
            match deposit {
                Ok(deposit) => deposits.push(deposit?),
                Err(payload) if payload.is::<PlannedPanic>() => {}
                Err(payload) => resume_unwind(payload),
            }
        }
        Ok(deposits)
    })
}

pub(super) fn findings(bank: &BankLock, balance: u64, deposits: &[Deposit]) -> Findings {
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
