//! The judgement of a run of the bank: worked out once, for the answers, the figure, the sentences and the picture.

use serde::{Deserialize, Serialize};

use super::account::Deposit;
use super::schedule::letter;
use crate::lab::demo::value::{Details, Value};
use crate::lab::trace::record::Record;

/// The deposits of a run, beside what is measured of them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Deposits {
    /// The number of deposits that did not panic.
    pub(super) succeeded: usize,
    /// Two deposits of which one was lost to the other, where the threads run freely.
    pub(super) collision: Option<(Deposit, Deposit)>,
    /// The order of the threads' steps, as letters, where they take turns.
    pub(super) code: Option<String>,
    /// The deposits that wrote over another without having seen it, where the threads take turns.
    pub(super) blind: Vec<Deposit>,
}

impl Deposits {
    /// For each of the `blind` deposits, its letter and the letter of the one that it wrote over.
    pub(super) fn letters(&self) -> impl Iterator<Item = (Value, Value)> {
        let letter = |writer: u16| {
            let letter = letter(usize::from(writer).saturating_sub(1));
            Value::Word(letter.to_string())
        };
        let blind = self.blind.iter();
        blind.map(move |deposit| {
            (
                letter(deposit.wrote.writer),
                letter(deposit.overwrote.writer),
            )
        })
    }
}

impl Details for Deposits {
    const NAME: &'static str = "deposits";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        const OVERWRITTEN: [[&str; 5]; 2] = [
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
        let mut figures = vec![("succeeded", self.succeeded.into())];
        if let Some((first, second)) = &self.collision {
            figures.extend([
                ("first_thread", u64::from(first.wrote.writer).into()),
                ("second_thread", u64::from(second.wrote.writer).into()),
                ("both_read", first.read.yuan.into()),
                ("both_wrote", first.wrote.yuan.into()),
            ]);
        }
        let code = self.code.clone();
        figures.extend(code.map(|code| ("code", Value::Word(code))));
        // Of three threads at most two write over another.
        for (names, (deposit, (over, under))) in OVERWRITTEN
            .into_iter()
            .zip(self.blind.iter().zip(self.letters()))
        {
            let (read, wrote) = (deposit.read.yuan.into(), deposit.wrote.yuan.into());
            let values = [over, read, wrote, under, deposit.overwrote.yuan.into()];
            figures.extend(names.into_iter().zip(values));
        }
        figures
    }
}

/// The results of all orders in which the threads can go, beside the measures.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Orders {
    /// Different balances.
    pub(super) balances: usize,
    /// The smallest balance, in how many orders it came out, and the first of them.
    pub(super) worst: Option<(u64, u64, String)>,
}

impl Details for Orders {
    const NAME: &'static str = "orders";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        let mut figures = vec![("balances", self.balances.into())];
        if let Some((balance, orders, code)) = &self.worst {
            figures.extend([
                ("worst", (*balance).into()),
                ("worst_orders", (*orders).into()),
                ("code", Value::Word(code.clone())),
            ]);
        }
        figures
    }
}

/// The kind of result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Judgement {
    /// All orders were run.
    Orders {
        /// The number of orders.
        all: u64,
        /// The number of orders that lose nothing.
        exact: u64,
    },
    /// Each thread made its deposit or failed.
    Deposits(Books),
}

/// The bank's books after a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Books {
    /// Money in the account.
    pub(super) balance: u64,
    /// Money that all deposits that succeeded make.
    pub(super) expected: u64,
    /// Deposits that panicked.
    pub(super) failed: u64,
    /// The explanation of the balance.
    pub(super) outcome: Outcome,
    /// Whether the threads took turns. Their wait takes no time then, and the run's time is not that of the deposits.
    pub(super) in_turns: bool,
    /// The run's time, where a lock makes that the question.
    pub(super) seconds: Option<f64>,
}

/// The explanation of a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Deposits were overwritten.
    Lost,
    /// Deposits might have been overwritten, but no two met.
    Lucky,
    /// There was one deposit, and none that could have overwritten it.
    Alone,
    /// Every deposit panicked.
    NoneMade,
    /// This variant can't lose a deposit.
    Safe,
}

/// The judgement of `record`'s run; `None` if it did not come to its end.
pub(super) fn judge(record: &Record) -> Option<Judgement> {
    let count = |name| record.figure(name).map(|count| count as u64);
    if let (Some(all), Some(exact)) = (count("orders"), count("orders_exact")) {
        return Some(Judgement::Orders { all, exact });
    }
    let params = &record.info.params;
    let (variant, threads) = (record.info.variant, params.whole("threads"));
    let (balance, lost) = (count("balance")?, count("deposits_lost")?);
    let failed = count("deposits_failed")?;
    let made = threads.saturating_sub(failed);
    let deposits: Option<&Deposits> = record.details();
    let in_turns = deposits.is_some_and(|deposits| deposits.code.is_some());
    let is_locked = matches!(variant, "mutex" | "short_lock");
    let is_risky =
        variant == "no_lock" || variant == "async_tasks" && params.toggle("await_inside");
    let outcome = match made {
        0 => Outcome::NoneMade,
        _ if lost > 0 => Outcome::Lost,
        1 if is_risky || threads == 1 => Outcome::Alone,
        _ if is_risky => Outcome::Lucky,
        _ => Outcome::Safe,
    };
    Some(Judgement::Deposits(Books {
        balance,
        expected: made * params.whole("amount"),
        failed,
        outcome,
        in_turns,
        seconds: (is_locked && !in_turns).then(|| record.wall().as_secs_f64()),
    }))
}
