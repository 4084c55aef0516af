//! Tests of the bank at one moment of a run.

use super::*;
use crate::demos::bank_lock::BankLock;
use crate::lab::demo::{Demo, set_param};
use crate::lab::run::{Outcome, Summary};
use crate::lab::trace::event::{TrackKind, TrackName};
use crate::lab::trace::log::test_log::{TestLog, log_of_run};

/// A real run, its parameters and what it measured.
fn run(variant: VariantId, params: &[(&str, &str)], seed: u64) -> (RunLog, Plan, Summary) {
    let mut bank = BankLock::default();
    for (name, value) in params {
        set_param(&mut bank, name, value).unwrap();
    }
    let log = log_of_run(&bank, variant, seed);
    let Some((_, Outcome::Done(summary))) = log.finished() else {
        panic!("{:?}", log.finished());
    };
    let summary = summary.clone();
    (log, Plan::of(&bank.params()), summary)
}

fn whole(summary: &Summary, name: &str) -> usize {
    summary
        .measure(name)
        .and_then(|value| value.as_f64())
        .unwrap() as usize
}

/// The bank at every moment at which something happened.
fn moments(log: &RunLog, variant: VariantId, plan: Plan) -> Vec<Moment> {
    let tracks = log.tracks().iter();
    let mut times: Vec<Duration> = tracks
        .flat_map(|track| {
            let ends = track.spans.iter().filter_map(|span| span.end);
            ends.chain(track.instants.iter().map(|instant| instant.at))
        })
        .collect();
    times.sort_unstable();
    times
        .into_iter()
        .map(|now| Moment::of(log, variant, plan, now))
        .collect()
}

#[test]
fn at_the_end_of_a_racy_run_all_deposits_are_accounted_for() {
    for seed in 0..50 {
        let gap = if seed % 2 == 0 { "0" } else { "1" };
        let params = [
            ("threads", "24"),
            ("gap_millis", gap),
            ("failing", "3"),
            ("amount", "7"),
        ];
        let (log, plan, summary) = run("no_lock", &params, seed);
        let end = Moment::of(&log, "no_lock", plan, log.end());
        assert_eq!(end.balance as usize, whole(&summary, "balance"));
        assert_eq!(end.count(Fate::Kept) * 7, end.balance as usize);
        assert_eq!(end.count(Fate::Lost), whole(&summary, "deposits_lost"));
        assert_eq!(end.count(Fate::Failed), 3);
        assert_eq!(end.count(Fate::Pending), 0);
        assert_eq!(end.columns[2].len(), 21);
    }
}

#[test]
fn at_every_moment_the_kept_deposits_are_the_balance() {
    for (variant, await_inside) in [
        ("no_lock", "false"),
        ("mutex", "false"),
        ("short_lock", "false"),
        ("atomic", "false"),
        ("async_tasks", "false"),
        ("async_tasks", "true"),
    ] {
        for seed in 0..5 {
            let params = [
                ("threads", "30"),
                ("gap_millis", "1"),
                ("await_inside", await_inside),
            ];
            let (log, plan, _) = run(variant, &params, seed);
            for moment in moments(&log, variant, plan) {
                assert_eq!(moment.count(Fate::Kept) as i64, moment.balance, "{variant}");
                assert!(moment.columns.iter().map(Vec::len).sum::<usize>() <= 30);
            }
        }
    }
}

#[test]
fn with_a_lock_nothing_is_ever_lost_and_one_thread_at_a_time_is_inside() {
    let (log, plan, _) = run("mutex", &[("threads", "20"), ("gap_millis", "1")], 1);
    let mut holders = 0;
    for moment in moments(&log, "mutex", plan) {
        assert_eq!(moment.count(Fate::Lost), 0);
        assert!(moment.columns[1].len() <= 1, "{:?}", moment.columns[1]);
        holders += moment.columns[1].len();
    }
    assert!(holders >= 20, "each is seen inside: {holders}");
    let end = Moment::of(&log, "mutex", plan, log.end());
    let read: Vec<_> = end.columns[2].iter().filter_map(|bead| bead.read).collect();
    assert_eq!(read, (0..20).collect::<Vec<_>>());
}

#[test]
fn while_the_bank_is_busy_all_threads_are_in_the_middle() {
    let (log, plan, _) = run("no_lock", &[("threads", "10"), ("gap_millis", "500")], 1);
    let waits = log.tracks().iter().flat_map(|track| &track.spans);
    let begun = waits
        .filter(|span| span.step == WAIT)
        .map(|span| span.begin)
        .max();
    let middle = Moment::of(&log, "no_lock", plan, begun.unwrap());
    assert_eq!(middle.columns.each_ref().map(Vec::len), [0, 10, 0]);
    assert!(middle.columns[1].iter().all(|bead| bead.read == Some(0)));
    assert!(
        middle.columns[1]
            .iter()
            .all(|bead| bead.state == State::Sleeping)
    );
    assert_eq!(middle.balance, 0);
}

#[test]
fn coroutines_wait_in_the_first_column_or_in_the_middle() {
    for (await_inside, column, read, lost) in [("false", 0, None, 0), ("true", 1, Some(0), 9)] {
        let params = [
            ("threads", "10"),
            ("gap_millis", "100"),
            ("await_inside", await_inside),
        ];
        let (log, plan, _) = run("async_tasks", &params, 1);
        let waits = log.tracks().iter().flat_map(|track| &track.spans);
        let begun = waits
            .filter(|span| span.step == WAIT)
            .map(|span| span.begin)
            .max();
        let waiting = Moment::of(&log, "async_tasks", plan, begun.unwrap());
        assert_eq!(waiting.columns[column].len(), 10);
        assert!(waiting.columns[column].iter().all(|bead| bead.read == read));
        let end = Moment::of(&log, "async_tasks", plan, log.end());
        assert_eq!(end.columns[2].len(), 10);
        assert_eq!(end.count(Fate::Lost), lost);
    }
}

#[test]
fn at_time_zero_nothing_has_happened() {
    let (log, plan, _) = run("no_lock", &[("threads", "10")], 1);
    let start = Moment::of(&log, "no_lock", plan, Duration::ZERO);
    assert_eq!(start, Moment::before(plan));
}

/// The log of threads that wrote. Each has its number, the time of its report, the writer whose balance it overwrote,
/// and the writer whose balance it had read.
fn log_of_writes(writes: &[(u32, u64, i64, i64)]) -> TestLog {
    let mut log = TestLog::in_micros();
    for (track, &(number, told, overwrote, saw)) in (0..).zip(writes) {
        let name = TrackName::nth("thread", number as usize - 1);
        log.open(told, track, name, TrackKind::Thread, 1);
        log.instant(told, track, SAW, saw);
        log.instant(told, track, WRITE, i64::from(number) * 10);
        log.instant(told, track, OVERWROTE, overwrote);
    }
    log
}

#[test]
fn the_true_order_is_the_chain_and_not_the_time_of_telling() {
    // The writes are 1, 2, 3 in this order, but 1 was interrupted before it could report.
    let log = log_of_writes(&[(1, 70, 0, 0), (2, 50, 1, 0), (3, 60, 2, 0)]);
    let plan = Plan {
        threads: 3,
        amount: 1,
        await_inside: false,
    };
    let at = |micros| Moment::of(&log, "no_lock", plan, Duration::from_micros(micros));
    assert_eq!(at(49), Moment::before(plan));
    assert_eq!(
        (at(50).balance, at(50).fates),
        (20, vec![Fate::Lost, Fate::Kept, Fate::Pending])
    );
    for micros in [60, 70] {
        assert_eq!(at(micros).balance, 30);
        assert_eq!(at(micros).fates, [Fate::Lost, Fate::Lost, Fate::Kept]);
    }
}

#[test]
fn a_deposit_comes_back_with_the_balance_that_it_is_in() {
    // 2 overwrites 1's balance; then 3, which had read 1's balance, overwrites 2's.
    let log = log_of_writes(&[(1, 1, 0, 0), (2, 2, 1, 0), (3, 3, 2, 1)]);
    let plan = Plan {
        threads: 3,
        amount: 1,
        await_inside: false,
    };
    let at = |micros| Moment::of(&log, "no_lock", plan, Duration::from_micros(micros)).fates;
    assert_eq!(at(2), [Fate::Lost, Fate::Kept, Fate::Pending]);
    assert_eq!(at(3), [Fate::Kept, Fate::Lost, Fate::Kept]);
}

#[test]
fn a_link_that_is_under_way_does_not_hide_what_came_after_it() {
    let log = log_of_writes(&[(1, 1, 0, 0), (3, 3, 2, 1)]);
    let plan = Plan {
        threads: 3,
        amount: 1,
        await_inside: false,
    };
    let now = Moment::of(&log, "no_lock", plan, Duration::from_micros(3));
    assert_eq!(now.balance, 30);
    assert_eq!(now.fates, [Fate::Kept, Fate::Pending, Fate::Kept]);
}
