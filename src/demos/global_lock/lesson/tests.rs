//! Tests of the lesson about busy threads.

use proptest::prelude::*;

use super::super::PythonSeen;
use super::*;
use crate::lab::demo::VariantId;
use crate::lab::demo::value::RunDetails;
use crate::lab::demo::verdict::Verdict;
use crate::lab::run::{Outcome, Summary};

fn right(threads: u64, limit: f64, speedup: f64) -> Option<String> {
    let question = Question {
        choices: choices(threads, limit),
        ..GlobalLock::default().questions().remove(0)
    };
    let right = question.verdict_on(Finding::Measured(speedup)).right()?;
    let text = &question.choices[right].text;
    let key = text.key.trim_start_matches("global_lock-q-");
    let by = text.args.first();
    Some(by.map_or(key.to_owned(), |(_, by)| {
        crate::text::Language::English.figure(by)
    }))
}

/// The record of a run of four threads on four cores: the thread alone had a core for `alone` % of its time, and the
/// threads together kept `busy` cores busy.
fn measured(variant: VariantId, alone: u64, busy: f64, gil: u64) -> Record {
    let demo = GlobalLock::default();
    let summary = Summary {
        measures: vec![
            ("speedup", Value::Ratio(busy)),
            ("cores_busy", Value::Ratio(busy)),
        ],
        details: RunDetails::new(Counted {
            cores: 4,
            core_limit: 4.0,
            loops_alone: 1,
            alone_percent: Some(alone),
            python: Some(PythonSeen {
                version: String::new(),
                has_gil: gil != 0,
                broken: Vec::new(),
            }),
        }),
        ..Summary::default()
    };
    Record::done(&demo, variant, summary)
}

fn keys(record: &Record) -> Vec<String> {
    let name = |sentence: Sentence| {
        let key = sentence.key.trim_start_matches("global_lock-result");
        key.trim_start_matches('-').to_owned()
    };
    GlobalLock::default()
        .result(record, &[])
        .into_iter()
        .map(name)
        .collect()
}

#[test]
fn threads_that_did_not_get_their_cores_decide_nothing() {
    let says = |record: &Record, key: &str| keys(record).iter().any(|it| it == key);
    for (variant, gil, usable) in [
        ("free_threads", 0, 4.0),
        ("global_lock", 0, 1.0),
        ("cpython", 0, 4.0),
        ("cpython", 1, 1.0),
    ] {
        let quiet = measured(variant, 99, usable * 0.9, gil);
        assert!(
            matches!(judge(&quiet), Judgement::Compared(..)),
            "{variant} {gil}"
        );
        assert!(!says(&quiet, "disturbed") && !says(&quiet, "crowded"));
        assert!(GlobalLock::default().key_figure(&quiet).is_some());
        for (alone, busy, key) in [(99, 0.84, "crowded"), (84, 0.9, "disturbed")] {
            let disturbed = measured(variant, alone, usable * busy, gil);
            assert!(says(&disturbed, key), "{variant} {gil}");
            assert!(!says(&disturbed, "others"), "{variant} {gil}");
            assert_eq!(
                GlobalLock::default().key_figure(&disturbed),
                None,
                "{variant} {gil}"
            );
            let why = Finding::undecided("app-undecided-disturbed");
            assert_eq!(judge(&disturbed).finding(), why, "{variant} {gil}");
        }
    }
}

#[test]
fn a_quota_is_the_reason_and_not_other_programs() {
    let of = |variant, limit: f64, alone, busy, speedup| {
        let mut record = measured(variant, alone, busy, 0);
        let Outcome::Done(summary) = &mut record.outcome else {
            unreachable!("it is done")
        };
        summary.measures[0].1 = Value::Ratio(speedup);
        let counted: &Counted = summary.details.get().unwrap();
        summary.details = RunDetails::new(Counted {
            core_limit: limit,
            ..counted.clone()
        });
        record
    };
    let limited = |limit, alone, busy, speedup| of("free_threads", limit, alone, busy, speedup);
    // One core is enough under the lock.
    assert_eq!(
        keys(&of("global_lock", 1.5, 99, 0.98, 0.97)),
        ["idle", "model"]
    );
    assert_eq!(
        keys(&limited(1.5, 99, 1.5, 1.51)),
        ["idle", "free", "cores-quota"]
    );
    assert_eq!(keys(&limited(1.2, 99, 1.2, 1.1)), ["idle", "cores-quota"]);
    assert_eq!(keys(&limited(0.5, 50, 0.5, 1.0)), ["idle", "cores-quota"]);
    // Without a quota the threads keep all four cores busy.
    assert_eq!(keys(&limited(4.0, 99, 3.9, 3.9)), ["", "free"]);
}

#[test]
fn each_speedup_makes_one_answer_right() {
    let some = |answer: &str| Some(answer.to_owned());
    // The lesson's four threads run on two cores and on many.
    assert_eq!(right(4, 2.0, 3.7), some("4"));
    assert_eq!(right(4, 2.0, 1.9), some("2"));
    assert_eq!(right(4, 2.0, 0.9), some("same"));
    assert_eq!(right(4, 2.0, 0.3), some("less"));
    assert_eq!(right(4, 8.0, 3.7), some("4"));
    assert_eq!(right(4, 8.0, 2.2), some("4"));
    assert_eq!(right(4, 1.5, 1.5), some("1.5"));
    // These speed-ups are too near to a boundary.
    assert_eq!(right(4, 2.0, 1.4), None);
    assert_eq!(right(4, 2.0, 2.6), None);
    let counted = |threads, limit| choices(threads, limit).len();
    assert_eq!(
        [counted(4, 2.0), counted(4, 8.0), counted(3, 2.0)],
        [4, 3, 3]
    );
    assert_eq!(
        [counted(2, 2.0), counted(4, 1.0), counted(64, 4.0)],
        [3, 3, 4]
    );
    let alone = GlobalLock {
        threads: 1,
        ..GlobalLock::default()
    };
    assert!(alone.questions().is_empty());
}

proptest! {
    #[test]
    fn tick_figure_and_sentences_come_from_one_judgement(
        speedup in 0.1..5.0f64, busy in 0.1..1.2f64, alone in 60..101u64, gil in 0..2u64,
        variant in prop::sample::select(vec!["free_threads", "global_lock", "cpython"]),
    ) {
        let usable = if variant == "global_lock" || variant == "cpython" && gil == 1 { 1.0 } else { 4.0 };
        let mut record = measured(variant, alone, busy * usable, gil);
        let Outcome::Done(summary) = &mut record.outcome else {
            unreachable!("it is done")
        };
        summary.measures[0].1 = Value::Ratio(speedup);
        let said = keys(&record);
        let is_disturbed = said.iter().any(|key| key == "disturbed" || key == "crowded");
        prop_assert_eq!(is_disturbed, busy < 0.85 || alone < 85);
        prop_assert_eq!(GlobalLock::default().key_figure(&record).is_none(), is_disturbed);
        let verdict = Verdict::of(judge(&record).finding(), choices(4, 4.0).iter().map(|it| &it.holds));
        prop_assert!(!is_disturbed || verdict.right().is_none());
        // "No lock keeps them from it" is said only if the right answer is "less" or "as much".
        let says_others = said.iter().any(|key| key == "others");
        prop_assert!(!says_others || usable == 4.0 && matches!(verdict.right(), Some(0 | 1)));
    }
}
