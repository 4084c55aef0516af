//! The deposits: exact where they must be, and elsewhere wrong by exactly as much as the events say.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Builder;
use std::time::{Duration, Instant};

use threadlab::demos::bank_lock::{ADD, OVERWROTE, PANIC, SAW, WRITE, kept};
use threadlab::lab::demo::VariantId;
use threadlab::lab::demo::value::Value;
use threadlab::lab::run::{Outcome, Summary, start};
use threadlab::lab::trace::event::{State, Step};
use threadlab::lab::trace::log::{RunLog, TrackLog};

use crate::headless::{Watched, demo, lab, said};

const VARIANTS: [VariantId; 5] = ["no_lock", "mutex", "short_lock", "atomic", "async_tasks"];

/// A finished run of the bank.
struct Banked {
    summary: Summary,
    log: RunLog,
}

fn bank(variant: VariantId, seed: u64, params: &[(&str, u64)]) -> Banked {
    let texts: Vec<_> = params
        .iter()
        .map(|(name, value)| match *name {
            "await_inside" => (*name, (*value != 0).to_string()),
            _ => (*name, value.to_string()),
        })
        .collect();
    let texts: Vec<_> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let demo = demo("bank_lock", &texts);
    let mut watched = Watched {
        run: start(&lab(), demo.as_ref(), variant, seed),
        log: RunLog::default(),
    };
    match watched.finish() {
        Outcome::Done(summary) => Banked {
            summary,
            log: watched.log,
        },
        other => panic!("{variant} with {params:?} ended as {other:?}"),
    }
}

impl Banked {
    fn count(&self, measure: &str) -> u64 {
        match said(&self.summary, measure) {
            Some(Value::Count(count)) => u64::try_from(count).expect("not below zero"),
            other => panic!("{measure} is {other:?}"),
        }
    }

    /// Numbers of the threads whose deposit panicked. Tracks are in the order in which they were opened.
    fn failed(&self) -> BTreeSet<u16> {
        let tracks = self.log.tracks().iter();
        tracks
            .filter(|track| told(track, PANIC).is_some())
            .map(number)
            .collect()
    }
}

fn number(track: &TrackLog) -> u16 {
    let number = track.info.name.number.expect("deposits are numbered");
    u16::try_from(number).expect("at most 5000")
}

/// The figure of a track's instant.
fn told(track: &TrackLog, step: Step) -> Option<Option<i64>> {
    let mut instants = track.instants.iter().filter(|instant| instant.step == step);
    let told = instants.next().map(|instant| instant.value);
    assert!(instants.next().is_none(), "{step:?} twice on one track");
    told
}

fn figure(track: &TrackLog, step: Step) -> Option<u64> {
    told(track, step)
        .flatten()
        .map(|figure| u64::try_from(figure).expect("not below zero"))
}

/// The balance by the events alone: the writers whose write was not overwritten, back from the last.
fn balance_by_the_events(log: &RunLog, amount: u64) -> u64 {
    let writes = || {
        log.tracks()
            .iter()
            .filter(|track| figure(track, WRITE).is_some())
    };
    let writer = |track, step| u16::try_from(figure(track, step).expect("told with each write"));
    let overwritten: HashSet<u16> = writes()
        .flat_map(|track| writer(track, OVERWROTE))
        .collect();
    let last: Vec<u16> = writes()
        .map(number)
        .filter(|writer| !overwritten.contains(writer))
        .collect();
    let saw: HashMap<u16, u16> = writes()
        .map(|track| {
            (
                number(track),
                writer(track, SAW).expect("a thread's number"),
            )
        })
        .collect();
    match last[..] {
        [last] => kept(last, &saw).len() as u64 * amount,
        [] if saw.is_empty() => 0,
        _ => panic!("of all that wrote, one was the last, not {last:?}"),
    }
}

/// Checks all that holds for any run, right or wrong.
fn check_books(banked: &Banked, threads: u64, amount: u64, failing: u64) {
    let [balance, lost, failed] =
        ["balance", "deposits_lost", "deposits_failed"].map(|measure| banked.count(measure));
    assert_eq!(balance % amount, 0);
    assert_eq!(balance / amount + lost + failed, threads);
    assert_eq!(failed, failing);
    assert_eq!(banked.failed().len() as u64, failing);
    assert_eq!(banked.log.tracks().len() as u64, threads);
    let has_added = banked
        .log
        .tracks()
        .iter()
        .any(|track| told(track, ADD).is_some());
    if !has_added {
        assert_eq!(balance_by_the_events(&banked.log, amount), balance);
    }
    // Lost is shown on the timeline where a write met another balance than was read.
    for track in banked.log.tracks() {
        let met_another =
            figure(track, WRITE).is_some() && figure(track, SAW) != figure(track, OVERWROTE);
        let is_shown = track
            .spans
            .iter()
            .any(|span| span.step == WRITE && span.state == State::Lost);
        assert_eq!(met_another, is_shown, "thread {}", number(track));
    }
}

/// Keeps two cores busy while `work` goes on.
pub fn under_load(work: impl FnOnce()) {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for core in 0..2 {
            let spinning = || {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            };
            Builder::new()
                .name(format!("load-{core}"))
                .spawn_scoped(scope, spinning)
                .expect("a thread");
        }
        work();
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn locks_atomics_and_coroutines_are_always_exact() {
    for round in 0..40 {
        for (variant, threads, gap) in [
            ("mutex", 60, 0),
            ("mutex", 10, 1),
            ("short_lock", 60, 0),
            ("short_lock", 60, 1),
            ("atomic", 60, 0),
            ("atomic", 60, 1),
            ("async_tasks", 60, 0),
            ("async_tasks", 60, 1),
        ] {
            let banked = bank(
                variant,
                round,
                &[("threads", threads), ("gap_millis", gap), ("amount", 7)],
            );
            assert_eq!(banked.count("balance"), threads * 7, "{variant}, gap {gap}");
            check_books(&banked, threads, 7, 0);
        }
    }
}

#[test]
fn without_a_lock_the_gap_always_loses() {
    for seed in 0..20 {
        let banked = bank("no_lock", seed, &[]);
        assert!(banked.count("deposits_lost") > 0);
        check_books(&banked, 100, 1, 0);
        // Two that read the same are named, and they are two.
        let named = ["first_thread", "second_thread"].map(|who| banked.count(who));
        assert_ne!(named[0], named[1]);
        assert_eq!(banked.count("both_read") + 1, banked.count("both_wrote"));
    }
}

#[test]
fn coroutines_that_wait_between_reading_and_writing_lose_all_but_one() {
    for seed in 0..40 {
        // Even a gap of no time gives the thread away.
        let params = [("await_inside", 1), ("gap_millis", seed % 3), ("amount", 7)];
        let banked = bank("async_tasks", seed, &params);
        check_books(&banked, 100, 7, 0);
        assert_eq!(banked.count("balance"), 7);
        assert_eq!(banked.count("both_read"), 0);
    }
}

#[test]
fn all_coroutines_are_on_the_runs_own_thread() {
    let banked = bank("async_tasks", 1, &[]);
    let threads: HashSet<_> = banked
        .log
        .tracks()
        .iter()
        .map(|track| (track.info.pid, track.info.os_id))
        .collect();
    assert_eq!(threads.len(), 1, "{threads:?}");
}

#[test]
fn the_books_of_racy_runs_agree_with_their_events() {
    for round in 0..150 {
        let (threads, failing) = (2 + round % 40, round % 3 % 2);
        let params = [
            ("threads", threads),
            ("gap_millis", round % 3),
            ("failing", failing),
            ("amount", 3),
        ];
        check_books(&bank("no_lock", round, &params), threads, 3, failing);
        let tasks = [&params[..], &[("await_inside", round % 2)]].concat();
        check_books(&bank("async_tasks", round, &tasks), threads, 3, failing);
    }
}

#[test]
fn the_books_agree_under_load_too() {
    under_load(|| {
        for round in 0..60 {
            let params = [("threads", 30), ("gap_millis", round % 3)];
            check_books(&bank("no_lock", round, &params), 30, 1, 0);
            let exact = bank("short_lock", round, &params);
            check_books(&exact, 30, 1, 0);
            assert_eq!(exact.count("balance"), 30);
            let tasks = bank("async_tasks", round, &params);
            check_books(&tasks, 30, 1, 0);
            assert_eq!(tasks.count("balance"), 30);
        }
    });
}

#[test]
fn planned_failures_are_exactly_that_many_and_the_same_for_the_same_seed() {
    for variant in VARIANTS {
        let params = [("threads", 40), ("gap_millis", 1), ("failing", 9)];
        let first = bank(variant, 5, &params);
        check_books(&first, 40, 1, 9);
        if variant != "no_lock" {
            // The others went on: those that did not fail are all in the balance.
            assert_eq!(first.count("balance"), 31, "{variant}");
        }
        let failed = |seed| bank(variant, seed, &params).failed();
        assert_eq!(failed(5), first.failed(), "{variant}");
        assert!(
            (6..10).any(|seed| failed(seed) != first.failed()),
            "{variant}: the seed draws nothing"
        );
    }
}

#[test]
fn one_thread_and_all_failing() {
    for variant in VARIANTS {
        let one = bank(variant, 1, &[("threads", 1), ("gap_millis", 0)]);
        check_books(&one, 1, 1, 0);
        assert_eq!(one.count("balance"), 1);
        let none = bank(
            variant,
            1,
            &[("threads", 12), ("gap_millis", 0), ("failing", 12)],
        );
        check_books(&none, 12, 1, 12);
        assert_eq!(none.count("balance"), 0);
    }
}

#[test]
fn five_thousand_threads_and_the_largest_deposits() {
    let params = [("threads", 5000), ("gap_millis", 0), ("amount", 1_000_000)];
    for variant in ["no_lock", "mutex", "atomic", "async_tasks"] {
        let banked = bank(variant, 1, &params);
        check_books(&banked, 5000, 1_000_000, 0);
        if variant != "no_lock" {
            assert_eq!(banked.count("balance"), 5_000_000_000);
        }
    }
}

#[test]
fn five_thousand_that_wait_are_cancelled_within_a_second() {
    for (variant, threads_before) in [("mutex", 1), ("mutex", 200), ("async_tasks", 200)] {
        let demo = demo("bank_lock", &[("threads", "5000"), ("gap_millis", "10000")]);
        let mut watched = Watched::start(&lab(), demo.as_ref(), variant);
        watched.until(|log| log.tracks().len() >= threads_before);
        let asked = Instant::now();
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
        assert!(
            asked.elapsed() < Duration::from_secs(1),
            "{:?}",
            asked.elapsed()
        );
    }
}

#[test]
fn a_cancel_is_no_panic_although_deposits_fail() {
    for round in 0..50 {
        let demo = demo(
            "bank_lock",
            &[("threads", "30"), ("gap_millis", "1"), ("failing", "15")],
        );
        let variant = ["mutex", "async_tasks"][round % 2];
        let mut watched = Watched::start(&lab(), demo.as_ref(), variant);
        // The first deposits fail or succeed; the cancel meets the others where they wait.
        watched.until(|log| log.tracks().len() > round % 30);
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(
            matches!(outcome, Outcome::Cancelled(_) | Outcome::Done(_)),
            "{outcome:?}"
        );
    }
}
