//! The bank at one moment of a run: the balance, the fate of each deposit, the column of each thread.

use std::collections::HashMap;
use std::time::Duration;

use super::super::{ADD, GATE, LOCK, OVERWROTE, PANIC, READ, SAW, UNLOCK, WAIT, WRITE, kept};
use crate::lab::demo::VariantId;
use crate::lab::demo::param::Params;
use crate::lab::trace::event::State;
use crate::lab::trace::log::{LoggedSpan, RunLog, TrackLog};

/// The fate of a deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The deposit is not made yet.
    Pending,
    /// The deposit is in the balance.
    Kept,
    /// The deposit was made, and overwritten.
    Lost,
    /// The deposit's thread panicked.
    Failed,
}

/// A thread in one of the columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bead {
    /// The thread's number, counted from 1.
    pub thread: u32,
    /// Its state.
    pub state: State,
    /// The balance that the thread read, once it has.
    pub read: Option<i64>,
    /// When the thread came into this column.
    since: Duration,
}

/// The plan of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Threads, each with one deposit.
    pub threads: usize,
    /// The amount of each deposit.
    pub amount: i64,
    /// Whether coroutines wait between reading and writing.
    pub await_inside: bool,
}

impl Plan {
    /// The plan of a run with these parameters.
    pub fn of(params: &Params) -> Self {
        Self {
            threads: params.whole("threads") as usize,
            amount: params.whole("amount") as i64,
            await_inside: params.toggle("await_inside"),
        }
    }
}

/// The bank at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Money in the account.
    pub balance: i64,
    /// The fate of each thread's deposit.
    pub fates: Vec<Fate>,
    /// Threads that wrote over a deposit which they had not seen, each with the thread whose deposit that was.
    pub wrote_over: Vec<(u16, u16)>,
    /// The threads that have begun, column by column, in the order in which they came there.
    pub columns: [Vec<Bead>; 3],
}

/// A balance that came to be in the account.
#[derive(Clone, Copy)]
struct Written {
    /// When the thread reported it.
    reported: Duration,
    thread: u16,
    yuan: i64,
    /// The writer of the balance that was read, 0 for the empty account.
    saw: u16,
    /// The writer of the balance that was overwritten.
    overwrote: u16,
}

impl Written {
    /// A thread's deposit; `None` until the log has all of its events.
    fn of(track: &TrackLog) -> Option<Self> {
        let instant = |step| track.last_instant(step, Duration::MAX);
        let value = |step| instant(step)?.value;
        let thread = u16::try_from(track.info.name.number?).ok()?;
        if let Some(added) = instant(ADD) {
            return Some(Self {
                reported: added.at,
                thread,
                yuan: added.value?,
                saw: 0,
                overwrote: 0,
            });
        }
        let overwrote = instant(OVERWROTE)?;
        Some(Self {
            reported: overwrote.at,
            thread,
            yuan: value(WRITE)?,
            saw: u16::try_from(value(SAW)?).ok()?,
            overwrote: u16::try_from(overwrote.value?).ok()?,
        })
    }
}

/// All balances in the order in which they were in the account. The order of the reports is not the order of the
/// writes: a thread reports its write a moment later, and other threads may write and report in between. But each write
/// knows whose balance it overwrote, and these links form a chain.
fn in_true_order(log: &RunLog) -> Vec<Written> {
    let mut all: Vec<Written> = log.tracks().iter().filter_map(Written::of).collect();
    if log
        .tracks()
        .iter()
        .any(|track| track.last_instant(ADD, Duration::MAX).is_some())
    {
        // Additions lose nothing: each adds to the balance that the one before left.
        all.sort_unstable_by_key(|added| added.yuan);
        let mut before = 0;
        for added in &mut all {
            added.saw = before;
            added.overwrote = before;
            before = added.thread;
        }
        return all;
    }
    // While the run goes on a link may still be missing; the writes after it are a chain of their own.
    all.sort_unstable_by_key(|written| written.reported);
    let largest = all.iter().map(|by| by.thread.max(by.overwrote)).max();
    let len = usize::from(largest.unwrap_or(0)) + 1;
    let (mut has_reported, mut after) = (vec![false; len], vec![None; len]);
    for written in &all {
        has_reported[usize::from(written.thread)] = true;
        after[usize::from(written.overwrote)] = Some(*written);
    }
    let (beginning, broken): (Vec<Written>, Vec<Written>) = all
        .iter()
        .filter(|written| !has_reported[usize::from(written.overwrote)])
        .partition(|written| written.overwrote == 0);
    let mut order = Vec::with_capacity(all.len());
    for first in beginning.into_iter().chain(broken) {
        let mut next = Some(first);
        while let Some(written) = next {
            order.push(written);
            next = after[usize::from(written.thread)];
        }
    }
    order
}

impl Moment {
    /// The moment before any thread has begun.
    pub fn before(plan: Plan) -> Self {
        Self {
            balance: 0,
            fates: vec![Fate::Pending; plan.threads],
            wrote_over: Vec::new(),
            columns: Default::default(),
        }
    }

    /// The moment `now` of a run of `variant`.
    pub fn of(log: &RunLog, variant: VariantId, plan: Plan, now: Duration) -> Self {
        let mut moment = Self::before(plan);
        let all = in_true_order(log);
        // A thread whose deposit was overwritten has written, even if its own report came only after `now`.
        let until = all
            .iter()
            .rposition(|written| written.reported <= now)
            .map_or(0, |last| last + 1);
        let written = &all[..until];
        if let Some(last) = written.last() {
            moment.balance = last.yuan;
            let saw: HashMap<u16, u16> = written.iter().map(|by| (by.thread, by.saw)).collect();
            moment.decide(saw.keys().copied(), Fate::Lost);
            moment.decide(kept(last.thread, &saw), Fate::Kept);
        }
        let blind = written.iter().filter(|by| by.overwrote != by.saw);
        moment.wrote_over = blind.map(|by| (by.thread, by.overwrote)).collect();
        for track in log.tracks() {
            let over = log.finished().is_some();
            if let Some((column, bead)) = moment.look_at(track, variant, plan, over, now) {
                moment.columns[column].push(bead);
            }
        }
        for column in &mut moment.columns {
            column.sort_unstable_by_key(|bead| (bead.since, bead.thread));
        }
        moment
    }

    /// The number of deposits with this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.fates.iter().filter(|known| **known == fate).count()
    }

    fn decide(&mut self, threads: impl IntoIterator<Item = u16>, fate: Fate) {
        for thread in threads {
            if let Some(known) = self.fates.get_mut(usize::from(thread).wrapping_sub(1)) {
                *known = fate;
            }
        }
    }

    /// The column of a thread; `None` if it has not begun, or is gone without a deposit.
    fn look_at(
        &mut self,
        track: &TrackLog,
        variant: VariantId,
        plan: Plan,
        over: bool,
        now: Duration,
    ) -> Option<(usize, Bead)> {
        let thread = track.info.name.number?;
        let fate = self.fates.get_mut(thread as usize - 1)?;
        if track.last_instant(PANIC, now).is_some() {
            *fate = Fate::Failed;
            return None;
        }
        let begun = track.spans.partition_point(|span| span.begin <= now);
        let last = track.spans[..begun].last()?;
        // Between two steps a thread stands in the column that the step before has brought it to.
        let span = track.spans[..begun]
            .iter()
            .rfind(|span| span.step != GATE)?;
        let end = span.end.filter(|end| *end <= now);
        let unlocks = variant == "mutex" && track.spans[0].step == GATE;
        let made = end.filter(|_| match span.step {
            WRITE => !unlocks,
            ADD | UNLOCK => true,
            _ => false,
        });
        if end.is_some() && made.is_none() && over && begun == track.spans.len() {
            // The run was stopped: there is no next step.
            return None;
        }
        let state = match fate {
            Fate::Lost if made.is_some() => State::Lost,
            _ if made.is_some() => State::Running,
            _ if last.end.is_none_or(|end| end > now) => last.begun_as,
            _ => span.begun_as,
        };
        let value = |step| {
            track
                .last_instant(step, now)
                .and_then(|instant| instant.value)
        };
        let bead = Bead {
            thread,
            state,
            // An addition reads as well: it found the new balance less the deposit.
            read: value(READ).or_else(|| value(ADD).map(|made| made - plan.amount)),
            since: made.unwrap_or(span.begin),
        };
        let column = match (variant, span.step, end) {
            // The thread has the lock.
            ("mutex", LOCK, Some(_)) => 1,
            _ => column(variant, plan, span, made.is_some()),
        };
        Some((column, bead))
    }
}

/// The column of a thread whose latest span is `span`; `made` says that its deposit is made.
fn column(variant: VariantId, plan: Plan, span: &LoggedSpan, made: bool) -> usize {
    let waits_first = match variant {
        "short_lock" | "atomic" => true,
        "async_tasks" => !plan.await_inside,
        _ => false,
    };
    match (variant, span.step) {
        ("mutex", LOCK) => 0,
        (_, WAIT) if waits_first => 0,
        _ if waits_first || variant == "mutex" => 1 + usize::from(made),
        (_, READ) => 0,
        (_, WAIT) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests;
