//! Runs whose threads take turns: by a code, as the class says, or in every order there is.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::AtomicU64;

use crossbeam_channel::{select, unbounded};

use super::account::{Balance, Deposit, RacyAccount};
use super::deposits::findings;
use super::judgement::{Deposits, Orders};
use super::program_counters::{self, Next, ProgramCounters};
use super::schedule::{self, Schedule};
use super::scheduler::{Gate, Scheduler};
use super::stepped::Account;
use super::{BankLock, MOST_LEAVES, ORDERS, OVERWROTE, READ, SAW, UNLOCK, WRITE};
use crate::lab::demo::value::{Point, RunDetails, Value};
use crate::lab::demo::{JobOutput, VariantId};
use crate::lab::run::Input;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group;
use crate::lab::trace::traced_mutex::TracedMutex;
use crate::lab::trace::track::Track;

/// The variants of the same names, keeping to the bank's schedule.
pub(super) fn no_lock(bank: &BankLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    run::<RacyAccount>(bank, "no_lock", ctx)
}

pub(super) fn mutex(bank: &BankLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    run::<TracedMutex<Balance>>(bank, "mutex", ctx)
}

pub(super) fn atomic(bank: &BankLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    run::<AtomicU64>(bank, "atomic", ctx)
}

fn run<A: Account>(
    bank: &BankLock,
    variant: VariantId,
    ctx: &RunCtx,
) -> Result<JobOutput, RunError> {
    match Schedule::read(&bank.schedule) {
        Schedule::All => run_all::<A>(bank, variant, ctx),
        Schedule::Steered => once::<A>(bank, ctx, |scheduler| {
            as_told(bank, variant, scheduler, ctx)
        }),
        // A code with a mistake was refused before it came here.
        Schedule::Code(_) | Schedule::Free => {
            let turns = schedule::turns(variant, &bank.schedule).map_err(|_| Cancelled)?;
            once::<A>(bank, ctx, |scheduler| {
                for &thread in &turns {
                    scheduler.step(thread)?;
                    scheduler.note(thread);
                }
                Ok(turns)
            })
        }
    }
}

/// Each thread makes one deposit; `open_gates` returns the threads whose gates it opened, in order.
fn once<A: Account>(
    bank: &BankLock,
    ctx: &RunCtx,
    open_gates: impl FnOnce(&Scheduler<'_>) -> Result<Vec<usize>, RunError>,
) -> Result<JobOutput, RunError> {
    let account = A::empty();
    let (turns, deposits) = thread_group::scope(ctx, |group| {
        let work = |gate: &Gate<'_>| account.deposit(bank.amount, gate);
        let scheduler = Scheduler::start(group, ctx, bank.threads() as usize, true, work)?;
        let turns = open_gates(&scheduler)?;
        // A thread that is still at its gate goes home when the gates are gone.
        drop(scheduler);
        Ok((turns, group.join()?))
    })?;
    let blind = deposits
        .iter()
        .filter(|deposit| deposit.overwrote != deposit.read);
    Ok(JobOutput {
        details: RunDetails::new(Deposits {
            succeeded: deposits.len(),
            code: Some(schedule::code(turns)),
            blind: blind.copied().collect(),
            ..Deposits::default()
        }),
        ..findings(bank, account.balance(), &deposits)
    })
}

/// Opens the gates that the window asks for until all deposits are made. Returns the threads of all steps in order: a
/// code that does the same again. A thread that was let through to a lock which another one holds is really blocked
/// there; its letter comes once it has the lock, after the `unlock` of the other thread.
fn as_told(
    bank: &BankLock,
    variant: VariantId,
    scheduler: &Scheduler<'_>,
    ctx: &RunCtx,
) -> Result<Vec<usize>, RunError> {
    let mut counters = ProgramCounters::new(variant, bank.threads() as usize);
    let mut blocked: Vec<usize> = Vec::new();
    let mut turns = Vec::new();
    let mut do_next = |counters: &mut ProgramCounters, thread| {
        counters.go(thread);
        turns.push(thread);
        scheduler.note(thread);
    };
    while !counters.is_over() {
        let told = select! {
            recv(ctx.inputs()) -> told => told.map_err(|_| Cancelled)?,
            recv(ctx.cancelled()) -> _ => return Err(Cancelled.into()),
            // While no gate is open a step can end by a panic only.
            recv(scheduler.ended()) -> end => {
                scheduler.thread_of(end.ok())?;
                continue;
            }
        };
        let Input::Step(thread) = told;
        if thread >= counters.threads() || blocked.contains(&thread) {
            continue;
        }
        match counters.next(thread) {
            Next::Finished => {}
            Next::WaitsFor(_) => {
                scheduler.open(thread);
                blocked.push(thread);
            }
            Next::Step(step) => {
                scheduler.open(thread);
                // A blocked thread may have the lock, and say so, before the one that let go
                // of it does: the letters are in the order of what happened.
                let mut came: VecDeque<usize> = VecDeque::new();
                let frees = step == UNLOCK && !blocked.is_empty();
                while came.len() < 1 + usize::from(frees) {
                    came.push_back(scheduler.done()?);
                }
                do_next(&mut counters, thread);
                for next in came.into_iter().filter(|who| *who != thread) {
                    blocked.retain(|who| *who != next);
                    do_next(&mut counters, next);
                }
            }
        }
    }
    Ok(turns)
}

/// Puts a deposit on the run's line, as a thread of a single order puts it on its own.
fn tell(run: &Track, deposit: &Deposit) {
    run.instant(READ, Some(deposit.read.yuan as i64));
    run.instant(SAW, Some(i64::from(deposit.read.writer)));
    run.instant(WRITE, Some(deposit.wrote.yuan as i64));
    run.instant(OVERWROTE, Some(i64::from(deposit.overwrote.writer)));
}

/// Runs every order, one after another by the same threads, and counts which balances come out. Only the run has a line
/// on the timeline: thousands of deposits on three lines would show nothing. It tells of the deposits of each order,
/// thread by thread, if the orders are few enough for a tree.
fn run_all<A: Account>(
    bank: &BankLock,
    variant: VariantId,
    ctx: &RunCtx,
) -> Result<JobOutput, RunError> {
    let account = A::empty();
    let orders = program_counters::orders(variant, bank.threads() as usize);
    // For each balance, the number of orders that lead to it, and the first of these.
    let mut balances: BTreeMap<u64, (u64, &[usize])> = BTreeMap::new();
    let (made, deposits) = unbounded();
    thread_group::scope(ctx, |group| {
        // A thread makes deposits until its gate is shut for good.
        let work = |gate: &Gate<'_>| {
            while let Ok(deposit) = account.deposit(bank.amount, gate) {
                made.send(deposit).ok();
            }
            Ok(())
        };
        let scheduler = Scheduler::start(group, ctx, bank.threads() as usize, false, work)?;
        let run = &scheduler.run;
        let _running = run.running(ORDERS);
        run.progress(0, orders.len() as u64);
        for (index, order) in orders.iter().enumerate() {
            account.clear();
            for &thread in order {
                scheduler.step(thread)?;
            }
            let mut told = Vec::new();
            while told.len() < bank.threads() as usize {
                // A deposit comes a moment after its last step is done.
                told.push(select! {
                    recv(deposits) -> deposit => deposit.map_err(|_| Cancelled)?,
                    recv(ctx.cancelled()) -> _ => return Err(Cancelled.into()),
                });
            }
            if orders.len() <= MOST_LEAVES {
                told.sort_unstable_by_key(|deposit: &Deposit| deposit.wrote.writer);
                told.iter().for_each(|deposit| tell(run, deposit));
            }
            let known = balances.entry(account.balance()).or_insert((0, order));
            known.0 += 1;
            run.progress(index as u64 + 1, orders.len() as u64);
        }
        Ok(())
    })?;
    ctx.stop_clock();
    for (&balance, &(count, first)) in &balances {
        let code = Value::Word(schedule::code(first.iter().copied()));
        ctx.record_sample(
            Point::at("balance", balance)
                .with("orders", count)
                .with("code", code),
        );
    }
    let full = bank.threads() * bank.amount;
    let exact = balances.get(&full).map_or(0, |(count, _)| *count);
    let worst = balances.first_key_value();
    let worst = worst
        .map(|(&balance, &(count, first))| (balance, count, schedule::code(first.iter().copied())));
    Ok(JobOutput {
        measures: vec![
            ("orders", Value::from(orders.len())),
            ("orders_exact", Value::from(exact)),
        ],
        details: RunDetails::new(Orders {
            balances: balances.len(),
            worst,
        }),
    })
}
