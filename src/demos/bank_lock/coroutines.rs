//! The work of the coroutines: as many deposits, all on one thread, without a lock.

use std::cell::Cell;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::join_all;

use super::account::{Balance, Deposit};
use super::deposits::{ReportDeposit, failing, findings, panic_if};
use super::{BankLock, READ, WAIT, WRITE};
use crate::lab::demo::JobOutput;
use crate::lab::run::RunCtx;
use crate::lab::run::coroutines;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group::unless_planned;
use crate::lab::trace::event::TrackName;
use crate::lab::trace::span_sequence::SpanSequence;

/// A coroutine for each deposit. They share the account in a `Cell`, which the compiler would not let two
/// threads share: there is one thread, and it changes to another coroutine only at an `await`.
pub(super) fn async_tasks(bank: &BankLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let account = Cell::new(Balance::default());
    let failing = failing(bank, ctx);
    let tasks = (0..bank.threads() as usize).map(|index| {
        let deposit = deposit(bank, &account, index, failing.contains(&index), ctx);
        // A panic unwinds the one thread that all coroutines are on: not caught here, it would take every
        // one of them along. The balance was not written by then, so it is right.
        AssertUnwindSafe(deposit).catch_unwind()
    });
    let ended = coroutines::run(ctx, async { Ok(join_all(tasks).await) })?;
    let deposits: Vec<_> = ended.into_iter().filter_map(unless_planned).collect();
    Ok(findings(bank, account.get().yuan, &deposits))
}

/// From reading to writing this thread does nothing else, unless there is an `await` in between.
async fn deposit(
    bank: &BankLock,
    account: &Cell<Balance>,
    index: usize,
    fails: bool,
    ctx: &RunCtx,
) -> Deposit {
    let track = ctx.track(TrackName::nth("task", index));
    let track = SpanSequence::on(Some(&track));
    if !bank.await_inside {
        track.sleeping(WAIT);
        pause(bank.gap()).await; // step: wait
    }
    track.running(READ);
    let seen = account.get(); // step: read
    track.saw(seen);
    if bank.await_inside {
        // The other coroutines have the thread now, and read the same balance.
        track.sleeping(WAIT);
        pause(bank.gap()).await; // step: wait
    }
    panic_if(fails, &track);
    track.running(WRITE);
    let new = seen.plus(bank.amount, index as u16 + 1);
    let overwrote = account.replace(new); // step: write
    track.wrote(seen, new, overwrote)
}

/// The bank is busy with the deposit. An `await` gives the thread away even if that takes no time.
async fn pause(gap: Duration) {
    if gap.is_zero() {
        tokio::task::yield_now().await;
    } else {
        tokio::time::sleep(gap).await;
    }
}
