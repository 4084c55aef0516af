//! What a run of the bank says: worked out once, for the answers, the figure, the sentences and the picture.

use crate::lab::trace::record::Record;

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Judgement {
    /// All orders were run, and so many of them lose nothing.
    Orders {
        /// Of so many.
        all: u64,
        /// So many.
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
    /// Why the balance is what it is.
    pub(super) outcome: Outcome,
    /// Whether the threads took turns. Their wait takes no time then, nor is the run's time theirs.
    pub(super) in_turns: bool,
    /// How long it took, where a lock makes that the question.
    pub(super) seconds: Option<f64>,
}

/// Why a balance is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Deposits were overwritten.
    Lost,
    /// They might have been, but no two met.
    Lucky,
    /// There was one deposit, and none that could have overwritten it.
    Alone,
    /// Every deposit panicked.
    NoneMade,
    /// Nothing can be lost in this way.
    Safe,
}

/// What `record`'s run says; `None` if it did not come to its end.
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
    let in_turns = record.summary().measure("code").is_some();
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
