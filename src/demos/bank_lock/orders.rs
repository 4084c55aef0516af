//! All orders: every code of a variant, run for real, one after another by the same threads.

use std::collections::BTreeMap;

use super::gates::{Gate, Keeper};
use super::stepped::Account;
use super::{BankLock, ORDERS, course, schedule};
use crate::lab::demo::value::{Point, Value};
use crate::lab::demo::{Findings, VariantId};
use crate::lab::run::RunCtx;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::State;

/// Runs them all and counts which balances come out. Only the run has a line on the timeline: thousands of
/// deposits on three lines would show nothing.
pub(super) fn run_all<A: Account>(
    bank: &BankLock,
    variant: VariantId,
    ctx: &RunCtx,
) -> Result<Findings, RunError> {
    let account = A::default();
    let orders = course::orders(variant, bank.threads as usize);
    // How often each balance came out, and the first order of which it did.
    let mut balances: BTreeMap<u64, (u64, &[usize])> = BTreeMap::new();
    std::thread::scope(|scope| {
        // A thread makes deposits until its gate is shut for good.
        let work = |gate: Gate<'_>| while account.deposit(bank.amount, &gate).is_ok() {};
        let (keeper, _threads) = Keeper::start(scope, ctx, bank.threads as usize, false, work)?;
        let _running = keeper.track().span(State::Running, ORDERS);
        keeper.track().progress(0, orders.len() as u64);
        for (index, order) in orders.iter().enumerate() {
            account.clear();
            for &thread in order {
                keeper.step(thread)?;
            }
            let known = balances.entry(account.balance()).or_insert((0, order));
            known.0 += 1;
            keeper
                .track()
                .progress(index as u64 + 1, orders.len() as u64);
        }
        Ok::<_, RunError>(())
    })?;
    ctx.stop_clock();
    for (&balance, &(count, first)) in &balances {
        let code = Value::Word(schedule::code(first.iter().copied()));
        ctx.point(
            Point::at("balance", balance)
                .with("orders", count)
                .with("code", code),
        );
    }
    let full = bank.threads * bank.amount;
    let exact = balances.get(&full).map_or(0, |(count, _)| *count);
    let mut details = vec![("balances", Value::from(balances.len()))];
    if let Some((&worst, &(count, first))) = balances.first_key_value() {
        let code = Value::Word(schedule::code(first.iter().copied()));
        details.extend([
            ("worst", worst.into()),
            ("worst_orders", count.into()),
            ("code", code),
        ]);
    }
    Ok(Findings {
        measures: vec![
            ("orders", Value::from(orders.len())),
            ("orders_exact", Value::from(exact)),
        ],
        details,
    })
}
