//! Deposits step by step: before each step the thread waits at its gate.

use std::mem::replace;
use std::sync::atomic::{AtomicU64, Ordering};

use super::account::{Balance, Deposit, RacyAccount};
use super::deposits::ReportDeposit;
use super::scheduler::Gate;
use super::{ADD, LOCK, READ, UNLOCK, WAIT, WRITE};
use crate::lab::run::cancel::Cancelled;
use crate::lab::trace::event::State;
use crate::lab::trace::span_sequence::SpanSequence;
use crate::lab::trace::traced_mutex::TracedMutex;

/// An account, and how a deposit into it is made step by step. The bank is busy for as long as the gate stays shut:
/// no step sleeps for a time of its own.
pub(super) trait Account: Sync {
    /// An account without money.
    fn empty() -> Self;
    /// Makes one deposit; the run may end at each `?`.
    fn deposit(&self, amount: u64, gate: &Gate<'_>) -> Result<Deposit, Cancelled>;
    /// Money in it.
    fn balance(&self) -> u64;
    /// Takes all money out, between two deposits.
    fn clear(&self);
}

impl Account for RacyAccount {
    fn empty() -> Self {
        Self::default()
    }

    fn deposit(&self, amount: u64, gate: &Gate<'_>) -> Result<Deposit, Cancelled> {
        let track = &gate.track;
        gate.wait(State::Sleeping)?; // step: gate
        track.running(READ);
        let seen = self.read(); // step: read
        track.saw(seen);
        gate.done();
        gate.wait(State::Sleeping)?; // step: gate
        track.sleeping(WAIT); // step: wait
        gate.done();
        gate.wait(State::Sleeping)?; // step: gate
        track.running(WRITE);
        let new = seen.plus(amount, gate.writer());
        let overwrote = self.write(new); // step: write
        let deposit = track.wrote(seen, new, overwrote);
        gate.done();
        Ok(deposit)
    }

    fn balance(&self) -> u64 {
        self.read().yuan
    }

    fn clear(&self) {
        self.write(Balance::default());
    }
}

impl Account for TracedMutex<Balance> {
    fn empty() -> Self {
        Self::new(LOCK, Balance::default())
    }

    fn deposit(&self, amount: u64, gate: &Gate<'_>) -> Result<Deposit, Cancelled> {
        let track = &gate.track;
        gate.wait(State::Sleeping)?; // step: gate
        let mut balance = self.lock(track); // step: lock
        gate.done();
        gate.wait(State::Holding)?; // step: gate
        track.holding(READ);
        let seen = *balance; // step: read
        track.saw(seen);
        gate.done();
        gate.wait(State::Holding)?; // step: gate
        track.holding(WRITE);
        let new = seen.plus(amount, gate.writer());
        let overwrote = replace(&mut *balance, new); // step: write
        let deposit = track.wrote(seen, new, overwrote);
        gate.done();
        gate.wait(State::Holding)?; // step: gate
        track.holding(UNLOCK);
        drop(balance); // step: unlock
        gate.done();
        Ok(deposit)
    }

    fn balance(&self) -> u64 {
        self.lock(&SpanSequence::on(None)).yuan
    }

    fn clear(&self) {
        *self.lock(&SpanSequence::on(None)) = Balance::default();
    }
}

impl Account for AtomicU64 {
    fn empty() -> Self {
        Self::new(0)
    }

    fn deposit(&self, amount: u64, gate: &Gate<'_>) -> Result<Deposit, Cancelled> {
        let track = &gate.track;
        gate.wait(State::Sleeping)?; // step: gate
        track.sleeping(WAIT); // step: wait
        gate.done();
        gate.wait(State::Sleeping)?; // step: gate
        track.running(ADD);
        // The gates order all steps: Relaxed is enough.
        let before = self.fetch_add(amount, Ordering::Relaxed); // step: add
        let deposit = track.added(before, amount, gate.writer());
        gate.done();
        Ok(deposit)
    }

    fn balance(&self) -> u64 {
        self.load(Ordering::Relaxed)
    }

    fn clear(&self) {
        self.store(0, Ordering::Relaxed);
    }
}
