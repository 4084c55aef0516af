//! Tests of the lesson about the deposits.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::lab::demo::Demo;
use crate::lab::demo::value::RunDetails;
use crate::lab::demo::verdict::Verdict;
use crate::lab::run::{Outcome, Summary};

/// The record of a run with `kept` deposits in the balance.
fn record(bank: &BankLock, variant: VariantId, kept: u64, seconds: f64) -> Record {
    let made = bank.threads - bank.failing;
    let count = |name, count: u64| (name, Value::from(count));
    let summary = Summary {
        measures: vec![
            count("balance", kept * bank.amount),
            count("deposits_lost", made - kept),
            count("deposits_failed", bank.failing),
            ("longest_wait_seconds", Value::Seconds(seconds)),
        ],
        details: RunDetails::new(Deposits {
            succeeded: made as usize,
            ..Deposits::default()
        }),
        wall: Duration::from_secs_f64(seconds),
        ..Summary::default()
    };
    Record::done(bank, variant, summary)
}

fn about_variant(bank: &BankLock, variant: VariantId) -> Option<Question> {
    let mut questions = bank.questions().into_iter();
    questions.find(|question| question.variant == variant)
}

/// The answer that is right by this record.
fn ticked(bank: &BankLock, record: &Record) -> Option<Sentence> {
    let question = about_variant(bank, record.info.variant)?;
    let right = question.verdict(record)?.right()?;
    Some(question.choices[right].text.clone())
}

fn figure(sentence: &Sentence, name: &str) -> Option<f64> {
    let mut args = sentence.args.iter();
    args.find(|(known, _)| *known == name)?.1.as_f64()
}

fn first_key(record: &Record) -> String {
    BankLock::default().result(record, &[])[0]
        .key
        .replace("bank_lock-result-", "")
}

#[test]
fn failed_deposits_are_not_expected_in_the_balance() {
    let bank = BankLock {
        failing: 10,
        ..BankLock::default()
    };
    let record = record(&bank, "async_tasks", 90, 0.01);
    let tick = ticked(&bank, &record).expect("decided");
    assert_eq!(tick.key, "bank_lock-q1-exact");
    assert_eq!(figure(&tick, "yuan"), Some(90.0));
    assert_eq!(first_key(&record), "async_tasks");
    assert_eq!(bank.full_value("balance"), Some(90.0));
}

#[test]
fn the_answers_say_which_balances_they_hold() {
    let bank = BankLock::default();
    let texts: Vec<_> = about_variant(&bank, "no_lock")
        .expect("asked")
        .choices
        .iter()
        .map(|choice| {
            let figure = |name| figure(&choice.text, name);
            figure("yuan").map_or_else(|| (figure("from"), figure("to")), |yuan| (None, Some(yuan)))
        })
        .collect();
    let exactly = |yuan| (None, Some(yuan));
    let range = |from, to| (Some(from), Some(to));
    assert_eq!(
        texts,
        [
            exactly(100.0),
            range(90.0, 99.0),
            range(10.0, 89.0),
            exactly(10.0)
        ]
    );
}

#[test]
fn a_time_that_no_answer_names_is_another_time() {
    let bank = BankLock::default();
    for (seconds, key, named) in [
        (1.06, Some("seconds"), Some(1.0)),
        (0.1, Some("seconds"), Some(0.1)),
        (0.0101, Some("seconds"), Some(0.01)),
        // Times between two answers, and near the last one's end.
        (0.16, None, None),
        (1.6, None, None),
        // Times that are far from all answers.
        (0.32, Some("another"), None),
        (2.46, Some("another"), None),
    ] {
        let tick = ticked(&bank, &record(&bank, "mutex", 100, seconds));
        let found = tick
            .as_ref()
            .map(|tick| tick.key.replace("bank_lock-q2-", ""));
        assert_eq!(found.as_deref(), key, "{seconds}");
        let found = tick.and_then(|tick| figure(&tick, "seconds"));
        assert_eq!(found, named, "{seconds}");
    }
}

#[test]
fn one_deposit_is_neither_luck_nor_a_question() {
    let one = |threads, failing| BankLock {
        threads,
        failing,
        await_inside: true,
        ..BankLock::default()
    };
    for bank in [one(1, 0), one(5, 4)] {
        for variant in ["no_lock", "async_tasks"] {
            assert!(about_variant(&bank, variant).is_none());
            assert_eq!(first_key(&record(&bank, variant, 1, 0.01)), "alone");
        }
    }
    assert_eq!(
        first_key(&record(&one(1, 0), "short_lock", 1, 0.01)),
        "alone"
    );
    assert_eq!(first_key(&record(&one(5, 4), "mutex", 1, 0.05)), "mutex");
    assert_eq!(
        BankLock::default()
            .result(&record(&one(3, 3), "mutex", 0, 0.03), &[])
            .len(),
        1
    );
    assert_eq!(first_key(&record(&one(3, 3), "mutex", 0, 0.03)), "none");
    let two = record(&one(2, 0), "no_lock", 2, 0.01);
    assert_eq!(first_key(&two), "lucky");
}

#[test]
fn nothing_is_asked_of_variants_with_other_words() {
    for await_inside in [false, true] {
        let bank = BankLock {
            await_inside,
            ..BankLock::default()
        };
        for variant in ["short_lock", "atomic"] {
            assert!(about_variant(&bank, variant).is_none());
        }
    }
}

#[test]
fn a_code_has_an_answer_for_each_balance() {
    for (code, threads) in [("ABABAB", 2), ("AAABBBCCC", 3)] {
        let bank = BankLock {
            threads,
            schedule: code.to_owned(),
            ..BankLock::default()
        };
        for kept in 1..=threads {
            let mut record = record(&bank, "no_lock", kept, 0.01);
            if let crate::lab::run::Outcome::Done(summary) = &mut record.outcome {
                summary.details = RunDetails::new(Deposits {
                    code: Some(code.to_owned()),
                    ..Deposits::default()
                });
            }
            let tick = ticked(&bank, &record).expect("decided");
            assert_eq!(figure(&tick, "yuan"), Some(kept as f64), "{code}");
            let lost = kept < threads;
            let key = if lost { "code-lost" } else { "code-lucky" };
            assert_eq!(first_key(&record), key);
        }
    }
}

#[test]
fn of_all_orders_a_few_are_exact() {
    let bank = BankLock {
        threads: 2,
        schedule: "all".to_owned(),
        ..BankLock::default()
    };
    let question = about_variant(&bank, "no_lock").expect("asked");
    for (exact, right) in [(0, 2), (3, 2), (4, 1), (19, 1), (20, 0)] {
        let verdict = question.verdict_on(Finding::Count(f64::from(exact)));
        assert_eq!(verdict, Verdict::Right(right), "{exact}");
    }
}

proptest! {
    /// One answer is right whatever comes out; figure, sentence and answer say the same.
    #[test]
    fn answer_figure_and_sentence_agree(
        threads in 1..400u64,
        amount in 1..1000u64,
        share in 0.0..=1.0f64,
        failing in 0.0..=1.0f64,
        gap_millis in prop_oneof![Just(0), 1..30u64],
        await_inside: bool,
        seconds in 0.0001..20.0f64,
    ) {
        let failing = ((failing * 2.0 - 1.0).max(0.0) * threads as f64).round() as u64;
        let bank = BankLock { threads, amount, gap_millis, failing, await_inside, ..BankLock::default() };
        let made = threads - failing;
        let some = (share * made as f64).round().clamp(1.0_f64.min(made as f64), made as f64) as u64;
        for variant in bank.variants() {
            let is_risky = variant.id == "no_lock" || variant.id == "async_tasks" && await_inside;
            let kept = if is_risky { some } else { made };
            let record = record(&bank, variant.id, kept, seconds);
            let question = about_variant(&bank, variant.id);
            let right = question.as_ref().and_then(|question| question.verdict(&record));
            let key = first_key(&record);
            let shown = BankLock::default().key_figure(&record).expect("it is done");
            if variant.id == "mutex" {
                prop_assert_eq!(figure(&shown.figure, "seconds"), Some(record.wall().as_secs_f64()));
            } else if let Some(question) = question {
                prop_assert!((2..=4).contains(&question.choices.len()));
                let balance = figure(&shown.figure, "balance").expect("a balance");
                let holding = question.choices.iter().filter(|choice| choice.holds.contains(balance));
                prop_assert_eq!(holding.count(), 1, "¥{}", balance);
                let right = right.and_then(|right| right.right()).expect("a count decides");
                // The first answer is that all deposits are kept.
                prop_assert_eq!(right == 0, kept == made);
                prop_assert_eq!(right == 0, !matches!(&key[..], "lost" | "async_tasks-lost"), "{}", key);
                let total = figure(&question.choices[0].text, "yuan");
                prop_assert_eq!(figure(&shown.words, "total"), total);
            }
        }
    }

    #[test]
    fn the_times_with_a_lock_can_be_told_apart(threads in 1..5000u64, gap_millis in 0..10_000u64) {
        let bank = BankLock { threads, gap_millis, ..BankLock::default() };
        let Some(question) = about_variant(&bank, "mutex") else {
            prop_assert!(threads == 1 || gap_millis == 0);
            return Ok(());
        };
        prop_assert!((2..=4).contains(&question.choices.len()));
        for (index, choice) in question.choices.iter().enumerate() {
            if let Some(seconds) = figure(&choice.text, "seconds") {
                prop_assert_eq!(question.verdict_on(Finding::Measured(seconds)), Verdict::Right(index));
            }
        }
    }
}

/// The record of a run whose threads did their steps in this order.
fn stepped(bank: &BankLock, variant: VariantId, code: &str, kept: u64) -> Record {
    let mut record = record(bank, variant, kept, 0.01);
    let deposits = Deposits {
        succeeded: bank.threads as usize,
        code: Some(code.to_owned()),
        ..Deposits::default()
    };
    let Outcome::Done(summary) = &mut record.outcome else {
        panic!("the run is not done");
    };
    summary.details = RunDetails::new(deposits);
    record
}

#[test]
fn a_run_by_turns_decides_the_question_about_turns() {
    for (threads, code, kept, answer) in [
        (2, "ABABAB", 1, Some(1)),
        (2, "BABABA", 1, Some(1)),
        (2, "AAABBB", 2, None),
        (2, "ABABBA", 1, None),
        (3, "CABCABCAB", 1, Some(2)),
        (3, "AABBCCABC", 1, None),
    ] {
        let bank = BankLock {
            threads,
            schedule: "step".to_owned(),
            ..BankLock::default()
        };
        let question = about_variant(&bank, "no_lock").expect("asked");
        let verdict = question.verdict(&stepped(&bank, "no_lock", code, kept));
        assert_eq!(verdict.expect("a verdict").right(), answer, "{code}");
        // With a lock any order decides.
        let question = about_variant(&bank, "mutex").expect("asked");
        let verdict = question.verdict(&stepped(&bank, "mutex", code, threads));
        assert_eq!(verdict.expect("a verdict").right(), Some(0), "{code}");
    }
}
