//! The work of the threads: four ways to make the same deposits.

use std::mem::replace;
use std::sync::atomic::{AtomicU64, Ordering};

use rand::seq::index::sample;

use super::account::{Balance, Deposit, RacyAccount, collision};
use super::judgement::Deposits;
use super::{ADD, BankLock, LOCK, OVERWROTE, PANIC, READ, SAW, WAIT, WRITE};
use crate::lab::demo::JobOutput;
use crate::lab::demo::value::{RunDetails, Value};
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group::{self, panic_as_planned};
use crate::lab::trace::event::{State, TrackName};
use crate::lab::trace::span_sequence::SpanSequence;
use crate::lab::trace::traced_mutex::TracedMutex;

/// Reads, waits, writes back: between reading and writing others do the same. In Rust an
/// unsynchronised write would be undefined behaviour, so the account is an atomic that is loaded and
/// later swapped; the lost update is just as real.
pub(super) fn no_lock(bank: &BankLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let account = RacyAccount::default();
    let deposits = for_each_thread(bank, ctx, |thread, fails, track| {
        track.running(READ);
        let seen = account.read(); // step: read
        track.saw(seen);
        track.sleeping(WAIT);
        ctx.sleep(bank.gap())?; // step: wait
        panic_if(fails, track);
        track.running(WRITE);
        let new = seen.plus(bank.amount, thread);
        let overwrote = account.write(new); // step: write
        Ok(track.wrote(seen, new, overwrote))
    })?;
    Ok(findings(bank, account.read().yuan, &deposits))
}

/// As the lesson does it: the lock is held while the bank is busy, so the deposits queue up.
pub(super) fn mutex(bank: &BankLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let account = TracedMutex::new(LOCK, Balance::default());
    let deposits = for_each_thread(bank, ctx, |thread, fails, track| {
        // Waits until no other thread has the lock.
        let mut balance = account.lock(track); // step: lock
        track.holding(READ);
        let seen = *balance; // step: read
        track.saw(seen);
        track.holding(WAIT);
        ctx.sleep(bank.gap())?; // step: wait
        panic_if(fails, track);
        track.holding(WRITE);
        let new = seen.plus(bank.amount, thread);
        let overwrote = replace(&mut *balance, new); // step: write
        let deposit = track.wrote(seen, new, overwrote);
        // Lets go of the lock. A panic or a return on the way here does that, too.
        drop(balance);
        Ok(deposit)
    })?;
    Ok(findings(bank, account.into_inner().yuan, &deposits))
}

/// The lock is held only for reading and writing; the bank is busy before that, without it.
pub(super) fn short_lock(bank: &BankLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let account = TracedMutex::new(LOCK, Balance::default());
    let deposits = for_each_thread(bank, ctx, |thread, fails, track| {
        track.sleeping(WAIT);
        ctx.sleep(bank.gap())?; // step: wait
        let mut balance = account.lock(track); // step: lock
        track.holding(READ);
        let seen = *balance; // step: read
        track.saw(seen);
        panic_if(fails, track);
        track.holding(WRITE);
        let new = seen.plus(bank.amount, thread);
        let overwrote = replace(&mut *balance, new); // step: write
        let deposit = track.wrote(seen, new, overwrote);
        // Lets go of the lock.
        drop(balance);
        Ok(deposit)
    })?;
    Ok(findings(bank, account.into_inner().yuan, &deposits))
}

/// One indivisible addition: no other thread's step comes between.
pub(super) fn atomic(bank: &BankLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let account = AtomicU64::new(0);
    let deposits = for_each_thread(bank, ctx, |thread, fails, track| {
        track.sleeping(WAIT);
        ctx.sleep(bank.gap())?; // step: wait
        panic_if(fails, track);
        track.running(ADD);
        // Only the sum matters here and the join orders everything before the last look: Relaxed is enough.
        let before = account.fetch_add(bank.amount, Ordering::Relaxed); // step: add
        Ok(track.added(before, bank.amount, thread))
    })?;
    Ok(findings(bank, account.into_inner(), &deposits))
}

/// The reports of a deposit beside its spans.
pub(super) trait ReportDeposit {
    /// Reports that the thread has read this balance.
    fn saw(&self, balance: Balance);
    /// Reports that the thread has read `read` and written `wrote`. If it overwrote another balance than it had read,
    /// deposits in between are lost.
    fn wrote(&self, read: Balance, wrote: Balance, overwrote: Balance) -> Deposit;
    /// Reports that the thread has added `amount` to `yuan` in one step, which writes over nothing unseen.
    fn added(&self, yuan: u64, amount: u64, thread: u16) -> Deposit;
}

impl ReportDeposit for SpanSequence<'_> {
    fn saw(&self, balance: Balance) {
        self.instant(READ, Some(balance.yuan as i64));
        self.instant(SAW, Some(i64::from(balance.writer)));
    }

    fn wrote(&self, read: Balance, wrote: Balance, overwrote: Balance) -> Deposit {
        self.instant(WRITE, Some(wrote.yuan as i64));
        self.instant(OVERWROTE, Some(i64::from(overwrote.writer)));
        if overwrote != read {
            self.end_as(State::Lost);
        }
        Deposit {
            read,
            wrote,
            overwrote,
            waited: self.waited(),
        }
    }

    fn added(&self, yuan: u64, amount: u64, thread: u16) -> Deposit {
        let read = Balance { yuan, writer: 0 };
        let wrote = read.plus(amount, thread);
        self.instant(ADD, Some(wrote.yuan as i64));
        Deposit {
            read,
            wrote,
            overwrote: read,
            waited: self.waited(),
        }
    }
}

/// Fails half-way as a bug would: the panic unwinds through a held lock.
pub(super) fn panic_if(fails: bool, track: &SpanSequence<'_>) {
    if fails {
        track.end();
        track.instant(PANIC, None);
        panic_as_planned();
    }
}

/// The deposits that fail, counted from 0: drawn from the run's seed.
pub(super) fn failing(bank: &BankLock, ctx: &RunCtx) -> Vec<usize> {
    sample(
        &mut ctx.rng(0),
        bank.threads() as usize,
        bank.failing as usize,
    )
    .into_vec()
}

/// Makes each deposit on a thread of its own and waits for all. Threads are numbered from 1. Returns the deposits
/// that succeeded.
fn for_each_thread(
    bank: &BankLock,
    ctx: &RunCtx,
    deposit: impl Fn(u16, bool, &SpanSequence<'_>) -> Result<Deposit, Cancelled> + Sync,
) -> Result<Vec<Deposit>, RunError> {
    let failing = failing(bank, ctx);
    thread_group::run_each(ctx, "deposit", bank.threads() as usize, |index| {
        let track = ctx.track(TrackName::nth("thread", index));
        let track = SpanSequence::on(Some(&track));
        let fails = failing.contains(&index);
        Ok(deposit(index as u16 + 1, fails, &track)?)
    })
}

pub(super) fn findings(bank: &BankLock, balance: u64, deposits: &[Deposit]) -> JobOutput {
    let succeeded = deposits.len() as u64;
    let arrived = balance / bank.amount;
    let longest_wait = deposits
        .iter()
        .map(|deposit| deposit.waited)
        .max()
        .unwrap_or_default();
    JobOutput {
        measures: vec![
            ("balance", Value::from(balance)),
            ("deposits_lost", Value::from(succeeded - arrived)),
            ("deposits_failed", Value::from(bank.threads() - succeeded)),
            ("longest_wait_seconds", Value::from(longest_wait)),
        ],
        details: RunDetails::new(Deposits {
            succeeded: deposits.len(),
            collision: collision(deposits),
            ..Deposits::default()
        }),
    }
}
