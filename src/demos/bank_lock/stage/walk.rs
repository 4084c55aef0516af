//! All orders that were run, and a walk along one of them: what each thread has read and written after so many steps.

use std::collections::HashMap;
use std::time::Duration;

use super::super::{
    ADD, MOST_LEAVES, Next, OVERWROTE, ProgramCounters, READ, SAW, WRITE, kept, orders,
};
use super::lettered::Lettered;
use crate::lab::demo::VariantId;
use crate::lab::trace::log::RunLog;

/// A deposit as its thread reported it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Told {
    read: i64,
    wrote: i64,
    saw: u16,
    overwrote: u16,
}

/// Orders of the threads' steps, as far as they were run, few enough for a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Walks {
    variant: VariantId,
    threads: usize,
    /// The orders, by the alphabet.
    pub orders: Vec<Vec<usize>>,
    /// The deposits of each order that was run, one for each thread.
    told: Vec<Vec<Told>>,
}

/// The bank after some steps of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Money in the account.
    pub balance: i64,
    /// The threads.
    pub threads: Vec<Lettered>,
}

impl Walks {
    /// The orders that a run of all orders has told of until `now`; `None` if they are too many for a tree.
    pub fn of(log: &RunLog, variant: VariantId, threads: usize, now: Duration) -> Option<Self> {
        let orders = orders(variant, threads);
        if orders.len() > MOST_LEAVES {
            return None;
        }
        let figures = |step| {
            let track = log.run_track().into_iter();
            let told = track.flat_map(move |track| track.instants_of(step, now));
            told.filter_map(|instant| instant.value).collect::<Vec<_>>()
        };
        let writer = |number: &i64| u16::try_from(*number).unwrap_or_default();
        let [read, wrote, saw, overwrote] = [READ, WRITE, SAW, OVERWROTE].map(figures);
        let deposits: Vec<Told> = read
            .iter()
            .zip(&wrote)
            .zip(saw.iter().zip(&overwrote))
            .map(|((read, wrote), (saw, overwrote))| Told {
                read: *read,
                wrote: *wrote,
                saw: writer(saw),
                overwrote: writer(overwrote),
            })
            .collect();
        let whole = deposits.chunks_exact(threads.max(1));
        Some(Self {
            variant,
            threads,
            told: whole.map(<[Told]>::to_vec).collect(),
            orders,
        })
    }

    /// How many steps an order has.
    pub fn steps(&self) -> usize {
        self.orders.first().map_or(0, Vec::len)
    }

    /// Whether an order was run yet.
    pub fn is_run(&self, order: usize) -> bool {
        order < self.told.len()
    }

    /// The balance that an order leaves; `None` if it was not run yet.
    pub fn balance(&self, order: usize) -> Option<i64> {
        Some(self.stop(order, self.steps())?.balance)
    }

    /// The bank after the first `steps` of an order; `None` if it was not run yet.
    pub fn stop(&self, order: usize, steps: usize) -> Option<Stop> {
        let (turns, told) = (self.orders.get(order)?, self.told.get(order)?);
        let turns = &turns[..steps.min(turns.len())];
        let mut counters = ProgramCounters::new(self.variant, self.threads);
        let mut stop = Stop {
            balance: 0,
            threads: (0..self.threads)
                .map(|thread| Lettered {
                    thread,
                    steps: counters.steps(),
                    ..Lettered::default()
                })
                .collect(),
        };
        let mut last = 0;
        for &thread in turns {
            let (own, deposit) = (stop.threads.get_mut(thread)?, told.get(thread)?);
            let Next::Step(step) = counters.next(thread) else {
                return None;
            };
            counters.go(thread);
            own.done = counters.done(thread);
            if matches!(step, READ | ADD) {
                own.read = Some(deposit.read);
            }
            if matches!(step, WRITE | ADD) {
                own.wrote = Some(deposit.wrote);
                own.over = (deposit.overwrote != deposit.saw).then_some(deposit.overwrote);
                stop.balance = deposit.wrote;
                last = thread as u16 + 1;
            }
        }
        // One atomic step loses nothing, and does not say whose balance it found.
        let wrote = stop.threads.iter().filter(|own| own.wrote.is_some());
        let saw = wrote.map(|own| (own.thread as u16 + 1, told[own.thread].saw));
        let kept = kept(last, &saw.collect::<HashMap<u16, u16>>());
        for own in &mut stop.threads {
            own.is_latest = turns.last() == Some(&own.thread);
            own.holds = counters.holder() == Some(own.thread);
            own.is_lost = self.variant != "atomic"
                && own.wrote.is_some()
                && !kept.contains(&(own.thread as u16 + 1));
        }
        Some(stop)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{BankLock, code};
    use super::*;
    use crate::lab::demo::set_param;
    use crate::lab::trace::log::test_log::log_of_run;

    fn log(variant: VariantId, threads: usize) -> RunLog {
        let mut bank = BankLock::default();
        for (name, value) in [("schedule", "all"), ("threads", &threads.to_string())] {
            set_param(&mut bank, name, value).unwrap();
        }
        log_of_run(&bank, variant, 1)
    }

    /// The orders of a real run of all of them.
    fn walks(variant: VariantId, threads: usize) -> Option<Walks> {
        let log = log(variant, threads);
        Walks::of(&log, variant, threads, log.end())
    }

    fn order(walks: &Walks, wanted: &str) -> usize {
        let mut orders = walks.orders.iter();
        let place = orders.position(|order| code(order.iter().copied()) == wanted);
        place.unwrap()
    }

    #[test]
    fn each_order_has_the_balance_that_it_really_left() {
        for (variant, threads, exact) in [
            ("no_lock", 2, 2),
            ("mutex", 2, 2),
            ("mutex", 3, 6),
            ("atomic", 2, 6),
            ("atomic", 3, 90),
        ] {
            let walks = walks(variant, threads).unwrap();
            let full = (0..walks.orders.len())
                .filter(|order| walks.balance(*order) == Some(threads as i64));
            assert_eq!(full.count(), exact, "{variant} {threads}");
        }
        // More orders than a tree has room for.
        assert_eq!(walks("no_lock", 3), None);
    }

    #[test]
    fn a_walk_shows_what_was_read_and_written_so_far() {
        let walks = walks("no_lock", 2).unwrap();
        let order = order(&walks, "ABABAB");
        let begun = walks.stop(order, 0).unwrap();
        assert_eq!(begun.balance, 0);
        assert!(
            begun
                .threads
                .iter()
                .all(|own| own.done == 0 && own.read.is_none())
        );
        let one_wrote = walks.stop(order, 5).unwrap();
        assert_eq!(one_wrote.balance, 1);
        let [a, b] = one_wrote.threads[..] else {
            panic!("two threads");
        };
        assert_eq!((a.read, a.wrote, a.is_lost), (Some(0), Some(1), false));
        assert_eq!((b.read, b.wrote, b.done), (Some(0), None, 2));
        let over = walks.stop(order, 6).unwrap();
        assert_eq!(over.balance, 1);
        assert_eq!(over.threads[1].over, Some(1));
        assert!(over.threads[0].is_lost && !over.threads[1].is_lost);
    }

    #[test]
    fn an_order_that_was_not_run_yet_has_no_balance() {
        let log = log("no_lock", 2);
        let before = Walks::of(&log, "no_lock", 2, Duration::ZERO).unwrap();
        assert_eq!((before.balance(0), before.is_run(0)), (None, false));
    }
}
