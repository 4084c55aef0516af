//! Schedules: real threads that take turns in exactly the given order, whatever else the machine does.

use proptest::prelude::*;
use threadlab::demos::bank_lock::{GATE, LETTER, LOCK, MOST_LEAVES, Next, orders};
use threadlab::demos::bank_lock::{ProgramCounters, READ, WRITE};
use threadlab::lab::demo::VariantId;
use threadlab::lab::demo::value::Value;
use threadlab::lab::run::{Outcome, Summary};
use threadlab::lab::trace::event::{State, Step};
use threadlab::lab::trace::log::RunLog;

use crate::bank::under_load;
use crate::headless::{Watched, demo, lab, run, said};

/// Runs a code to its end.
pub fn scheduled(variant: VariantId, schedule: &str, threads: &str) -> (Summary, RunLog) {
    let demo = demo("bank_lock", &[("threads", threads), ("schedule", schedule)]);
    assert_eq!(demo.check(variant), Ok(()), "{variant} {schedule}");
    match run(&lab(), demo.as_ref(), variant) {
        (Outcome::Done(summary), log) => (summary, log),
        (other, _) => panic!("{variant} {schedule}: {other:?}"),
    }
}

pub fn count(summary: &Summary, measure: &str) -> Option<u64> {
    match said(summary, measure)? {
        Value::Count(count) => u64::try_from(count).ok(),
        other => panic!("{measure} is {other:?}"),
    }
}

/// The code by the run's own lane.
pub fn letters(log: &RunLog) -> String {
    let run = log
        .tracks()
        .iter()
        .find(|track| track.info.name.noun == "run");
    let run = run.expect("the run's line");
    let told = run.instants.iter().filter(|instant| instant.step == LETTER);
    let letter = |thread: i64| char::from(b'A' + u8::try_from(thread - 1).expect("a thread"));
    told.map(|instant| letter(instant.value.expect("whose it is")))
        .collect()
}

/// The balance by arithmetic: each thread writes what it has read, and one more.
fn by_arithmetic(variant: VariantId, turns: &[usize], threads: usize) -> u64 {
    let mut counters = ProgramCounters::new(variant, threads);
    let (mut balance, mut read) = (0, vec![0; threads]);
    for &thread in turns {
        match counters.ahead(thread) {
            Some(READ) => read[thread] = balance,
            Some(WRITE) => balance = read[thread] + 1,
            Some(Step("add")) => balance += 1,
            _ => {}
        }
        counters.go(thread);
    }
    balance
}

fn each_code_comes_out_the_same(rounds: usize) {
    for round in 0..rounds {
        for (variant, code, balance) in [
            ("no_lock", "ABABAB", 1),
            ("no_lock", "AAABBB", 2),
            ("no_lock", "ABCABCABC", 1),
            ("mutex", "AAAABBBB", 2),
            ("atomic", "ABBA", 2),
        ] {
            let (summary, log) = scheduled(variant, code, "100");
            assert_eq!(count(&summary, "balance"), Some(balance), "{code}, {round}");
            assert_eq!(letters(&log), code);
            assert_eq!(count(&summary, "orders"), None);
        }
    }
}

#[test]
fn a_code_comes_out_the_same_each_time() {
    each_code_comes_out_the_same(200);
}

#[test]
fn a_code_comes_out_the_same_under_load() {
    under_load(|| each_code_comes_out_the_same(40));
}

#[test]
fn the_letters_decide_how_many_threads_there_are() {
    for (code, threads) in [("ABABAB", 2), ("ABCABCABC", 3)] {
        let demo = demo("bank_lock", &[("schedule", code), ("threads", "7")]);
        assert_eq!(demo.params().whole("threads"), threads);
        let (_, log) = scheduled("no_lock", code, "7");
        assert_eq!(log.tracks().len() as u64, 1 + threads);
    }
    // Once the code is gone, the number is what it was.
    let mut bank = demo("bank_lock", &[("threads", "7"), ("schedule", "ABABAB")]);
    threadlab::lab::demo::set_param(bank.as_mut(), "schedule", "").expect("none");
    assert_eq!(bank.params().whole("threads"), 7);
}

#[test]
fn variants_without_steps_run_freely() {
    for variant in ["short_lock", "async_tasks"] {
        let (summary, _) = scheduled(variant, "AAABBB", "5");
        assert_eq!(count(&summary, "balance"), Some(2), "{variant}");
    }
}

#[test]
fn who_wrote_over_whom_is_told() {
    let (summary, log) = scheduled("no_lock", "ABABAB", "2");
    assert_eq!(said(&summary, "over_1"), Some(Value::Word("B".to_owned())));
    assert_eq!(said(&summary, "under_1"), Some(Value::Word("A".to_owned())));
    assert_eq!(said(&summary, "over_2"), None);
    let lost = log.tracks().iter().flat_map(|track| &track.spans);
    assert_eq!(lost.filter(|span| span.state == State::Lost).count(), 1);
}

#[test]
fn all_orders_are_run_and_their_balances_counted() {
    for (variant, threads, orders, exact, balances) in [
        ("no_lock", "2", 20, 2, &[(1, 18), (2, 2)][..]),
        ("no_lock", "3", 1_680, 6, &[(1, 1_404), (2, 270), (3, 6)]),
        ("mutex", "3", 6, 6, &[(3, 6)]),
        ("atomic", "3", 90, 90, &[(3, 90)]),
    ] {
        let (summary, log) = scheduled(variant, "all", threads);
        assert_eq!(count(&summary, "orders"), Some(orders));
        assert_eq!(count(&summary, "orders_exact"), Some(exact));
        assert_eq!(count(&summary, "balance"), None);
        let told = summary.points.iter().map(|point| {
            let figure = |name| point.figure(name).expect("a figure") as u64;
            (figure("balance"), figure("orders"))
        });
        assert_eq!(told.collect::<Vec<_>>(), balances, "{variant} {threads}");
        // Each balance's code is one of which it comes out.
        for point in &summary.points {
            let Some((_, Value::Word(code))) = point.0.iter().find(|(name, _)| *name == "code")
            else {
                panic!("a code in {point:?}");
            };
            let (summary, _) = scheduled(variant, code, "2");
            let balance = point.figure("balance").expect("a balance") as u64;
            assert_eq!(count(&summary, "balance"), Some(balance), "{code}");
        }
        // Thousands of deposits don't flood the history; those of a few orders are told, four figures each.
        assert_eq!(log.tracks().len(), 1);
        let told = match orders <= MOST_LEAVES as u64 {
            true => 4 * orders * threads.parse::<u64>().expect("a number"),
            false => 0,
        };
        let events = log.events();
        assert!((told..told + 2 * orders + 10).contains(&events), "{events}");
    }
}

#[test]
fn a_stop_reaches_all_orders() {
    for round in 0..20 {
        let demo = demo("bank_lock", &[("threads", "3"), ("schedule", "all")]);
        let mut watched = Watched::start(&lab(), demo.as_ref(), "no_lock");
        watched.until(|log| {
            let done = log.tracks().first().map_or(0, |track| track.progress.len());
            done > round
        });
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn threads_agree_with_arithmetic(
        variant in prop::sample::select(vec!["no_lock", "mutex", "atomic"]),
        threads in 2..=3usize,
        nth in any::<prop::sample::Index>(),
    ) {
        let all = orders(variant, threads);
        let turns = nth.get(&all);
        let code: String = turns.iter().map(|thread| char::from(b'A' + *thread as u8)).collect();
        let (summary, log) = scheduled(variant, &code, "2");
        prop_assert_eq!(count(&summary, "balance"), Some(by_arithmetic(variant, turns, threads)));
        prop_assert_eq!(letters(&log), code);
    }
}

#[test]
fn threads_stand_at_their_gates_between_their_steps() {
    let (_, log) = scheduled("mutex", "AAAABBBB", "2");
    for track in log
        .tracks()
        .iter()
        .filter(|track| track.info.name.noun == "gated")
    {
        let at_gate = track.spans.iter().filter(|span| span.step == GATE);
        let states: Vec<_> = at_gate.map(|span| span.state).collect();
        assert_eq!(
            states,
            [
                State::Sleeping,
                State::Holding,
                State::Holding,
                State::Holding
            ]
        );
    }
    assert_eq!(ProgramCounters::new("mutex", 2).next(1), Next::Step(LOCK));
}

#[test]
fn the_code_beside_is_what_runs_by_turns() {
    for (variant, step) in [("no_lock", WRITE), ("mutex", LOCK), ("atomic", Step("add"))] {
        for schedule in ["ABABAB", "all"] {
            let demo = demo("bank_lock", &[("schedule", schedule)]);
            let listing = demo.listing(variant);
            let file = "src/demos/bank_lock/stepped.rs";
            let is_shown = listing.rust.iter().any(|cut| cut.file == file);
            assert!(is_shown, "{variant}");
            let [python, rust] = listing.lines_at(step);
            assert!(
                !python.is_empty() && !rust.is_empty(),
                "{variant}: {step:?}"
            );
        }
    }
}
