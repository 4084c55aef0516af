//! The same deposits in single steps, each let through on its own: by a code here, by whoever watches in
//! [`steered`](super::steered), in every order there is in [`orders`](super::orders).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::account::{Balance, Deposit, RacyAccount};
use super::deposits::findings;
use super::gates::{Gate, Keeper};
use super::schedule::{self, Schedule, letter};
use super::{ADD, BankLock, LOCK, OVERWROTE, READ, SAW, UNLOCK, WAIT, WRITE, orders, steered};
use crate::lab::demo::value::Value;
use crate::lab::demo::{Findings, Job, VariantId};
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::State;

/// An account, and how a deposit into it is made step by step. The wait is as long as the gate stays shut:
/// it sleeps for no time of its own.
pub(super) trait Account: Default + Sync {
    /// One deposit; each `?` may be where the run ends.
    fn deposit(&self, amount: u64, gate: &Gate<'_>) -> Result<Deposit, Cancelled>;
    /// Money in it.
    fn balance(&self) -> u64;
    /// Takes all money out, between two deposits.
    fn clear(&self);
}

impl Account for RacyAccount {
    fn deposit(&self, amount: u64, gate: &Gate<'_>) -> Result<Deposit, Cancelled> {
        let read = gate.step(State::Running, READ, || saw(self.read(), gate))?;
        gate.step(State::Sleeping, WAIT, || ())?;
        gate.step_from(State::Sleeping, State::Running, WRITE, |end| {
            let wrote = more(read, amount, gate);
            let overwrote = wrote_over(self.write(wrote), wrote, gate);
            if overwrote != read {
                *end = State::Lost;
            }
            made(read, wrote, overwrote)
        })
    }

    fn balance(&self) -> u64 {
        self.read().yuan
    }

    fn clear(&self) {
        self.write(Balance::default());
    }
}

impl Account for Mutex<Balance> {
    fn deposit(&self, amount: u64, gate: &Gate<'_>) -> Result<Deposit, Cancelled> {
        let (mut balance, waited) = gate.step(State::Waiting, LOCK, || {
            let asked = Instant::now();
            let guard = self.lock().unwrap_or_else(PoisonError::into_inner);
            (guard, asked.elapsed())
        })?;
        let read = gate.step_held(READ, || saw(*balance, gate))?;
        let deposit = gate.step_held(WRITE, || {
            let wrote = more(read, amount, gate);
            let overwrote = std::mem::replace(&mut *balance, wrote);
            made(read, wrote, wrote_over(overwrote, wrote, gate))
        })?;
        gate.step_held(UNLOCK, || drop(balance))?;
        Ok(Deposit { waited, ..deposit })
    }

    fn balance(&self) -> u64 {
        self.lock().unwrap_or_else(PoisonError::into_inner).yuan
    }

    fn clear(&self) {
        *self.lock().unwrap_or_else(PoisonError::into_inner) = Balance::default();
    }
}

impl Account for AtomicU64 {
    fn deposit(&self, amount: u64, gate: &Gate<'_>) -> Result<Deposit, Cancelled> {
        gate.step(State::Sleeping, WAIT, || ())?;
        gate.step(State::Running, ADD, || {
            // The gates order all steps: Relaxed is enough.
            let yuan = self.fetch_add(amount, Ordering::Relaxed);
            let read = Balance { yuan, writer: 0 };
            let wrote = more(read, amount, gate);
            gate.tell(ADD, wrote.yuan as i64);
            made(read, wrote, read)
        })
    }

    fn balance(&self) -> u64 {
        self.load(Ordering::Relaxed)
    }

    fn clear(&self) {
        self.store(0, Ordering::Relaxed);
    }
}

fn saw(balance: Balance, gate: &Gate<'_>) -> Balance {
    gate.tell(READ, balance.yuan as i64);
    gate.tell(SAW, i64::from(balance.writer));
    balance
}

fn more(read: Balance, amount: u64, gate: &Gate<'_>) -> Balance {
    Balance {
        yuan: read.yuan + amount,
        writer: gate.writer(),
    }
}

fn wrote_over(overwrote: Balance, wrote: Balance, gate: &Gate<'_>) -> Balance {
    gate.tell(WRITE, wrote.yuan as i64);
    gate.tell(OVERWROTE, i64::from(overwrote.writer));
    overwrote
}

fn made(read: Balance, wrote: Balance, overwrote: Balance) -> Deposit {
    Deposit {
        read,
        wrote,
        overwrote,
        waited: Duration::ZERO,
    }
}

/// The job of a variant that keeps to the bank's schedule.
pub(super) fn job(bank: BankLock, variant: VariantId) -> Job {
    match variant {
        "no_lock" => job_with::<RacyAccount>(bank, variant),
        "mutex" => job_with::<Mutex<Balance>>(bank, variant),
        _ => job_with::<AtomicU64>(bank, variant),
    }
}

fn job_with<A: Account>(bank: BankLock, variant: VariantId) -> Job {
    Box::new(move |ctx| match Schedule::read(&bank.schedule) {
        Schedule::All => orders::run_all::<A>(&bank, variant, ctx),
        Schedule::Steered => once::<A>(&bank, ctx, |keeper| {
            steered::conduct(&bank, variant, keeper, ctx)
        }),
        // A code with a mistake was refused before it came here.
        Schedule::Code(_) | Schedule::Free => {
            let turns = schedule::turns(variant, &bank.schedule).map_err(|_| Cancelled)?;
            once::<A>(&bank, ctx, |keeper| {
                for &thread in &turns {
                    keeper.step(thread)?;
                    keeper.note(thread);
                }
                Ok(turns)
            })
        }
    })
}

/// Each thread makes one deposit; `conduct` opens the gates and returns whose they were, in order.
fn once<A: Account>(
    bank: &BankLock,
    ctx: &RunCtx,
    conduct: impl FnOnce(&Keeper<'_>) -> Result<Vec<usize>, RunError>,
) -> Result<Findings, RunError> {
    let account = A::default();
    let (turns, deposits) = std::thread::scope(|scope| {
        let work = |gate: Gate<'_>| account.deposit(bank.amount, &gate);
        let (keeper, threads) = Keeper::start(scope, ctx, bank.threads as usize, true, work)?;
        let turns = conduct(&keeper);
        // Those that still stand at a gate go home.
        drop(keeper);
        let mut deposits = Vec::with_capacity(threads.len());
        for thread in threads {
            match thread.join() {
                Ok(deposit) => deposits.extend(deposit),
                Err(payload) => std::panic::resume_unwind(payload),
            }
        }
        Ok::<_, RunError>((turns?, deposits))
    })?;
    let mut findings = findings(bank, account.balance(), &deposits);
    // Who wrote over whom is told below, of all of them, by their letters.
    findings.details.retain(|(name, _)| *name == "succeeded");
    let code = Value::Word(schedule::code(turns));
    findings.details.push(("code", code));
    findings.details.extend(overwritten(&deposits));
    Ok(findings)
}

/// Who wrote over whose deposit without having seen it: of three threads two at most.
fn overwritten(deposits: &[Deposit]) -> impl Iterator<Item = (&'static str, Value)> {
    const NAMES: [[&str; 5]; 2] = [
        [
            "over_1",
            "over_1_read",
            "over_1_wrote",
            "under_1",
            "under_1_wrote",
        ],
        [
            "over_2",
            "over_2_read",
            "over_2_wrote",
            "under_2",
            "under_2_wrote",
        ],
    ];
    let word = |writer: u16| Value::Word(letter(usize::from(writer).saturating_sub(1)).to_string());
    let blind = deposits
        .iter()
        .filter(|deposit| deposit.overwrote != deposit.read);
    let figures = blind.map(move |deposit| {
        let Deposit {
            read,
            wrote,
            overwrote,
            ..
        } = deposit;
        [
            word(wrote.writer),
            read.yuan.into(),
            wrote.yuan.into(),
            word(overwrote.writer),
            overwrote.yuan.into(),
        ]
    });
    let all: Vec<_> = NAMES.into_iter().zip(figures).collect();
    all.into_iter()
        .flat_map(|(names, figures)| names.into_iter().zip(figures))
}
