//! Tests of the lesson about the sum.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::lab::demo::value::RunDetails;
use crate::lab::demo::{Demo, Work};
use crate::lab::run::Summary;

fn record(sum: &Sum, variant: &'static str, speedup: Option<f64>) -> Record {
    let speedup = speedup.map(|speedup| ("speedup", Value::Ratio(speedup)));
    let summary = Summary {
        measures: speedup.into_iter().collect(),
        wall: Duration::from_secs(1),
        ..Summary::default()
    };
    Record::done(sum, variant, summary)
}

/// The number of answers, and the one that this speed-up makes right.
fn right(workers: u64, cores: u64, speedup: f64) -> (usize, Option<String>) {
    let sum = Sum {
        workers,
        cores,
        ..Sum::default()
    };
    let question = sum.questions().remove(0);
    let record = record(&sum, "processes", Some(speedup));
    let right = question
        .verdict(&record)
        .and_then(|verdict| verdict.right());
    let text = right.map(|right| {
        let text = &question.choices[right].text;
        let by = text.args.iter().filter_map(|(_, by)| by.as_f64());
        by.fold(text.key.clone(), |key, by| format!("{key} {by}"))
    });
    (question.choices.len(), text)
}

#[test]
fn each_speedup_makes_one_answer_right_or_lies_between_two() {
    let divided = |by: u64| Some(format!("sum-q-divided {by}"));
    let same = Some("sum-q-same".to_owned());
    let longer = Some("sum-q-longer".to_owned());
    // Every machine has at least one core.
    let cores = cores::limit_of(1);
    assert!(cores <= 1.0);
    assert_eq!(right(8, 1, 7.5), (3, divided(8)));
    assert_eq!(right(8, 1, 1.1), (3, same.clone()));
    assert_eq!(right(8, 1, 1.4), (3, None));
    assert_eq!(right(8, 1, 0.1), (3, longer.clone()));
    assert_eq!(right(1, 1, 1.0), (2, same));
    assert_eq!(right(1, 1, 0.5), (2, longer));
}

#[test]
fn a_run_whose_cores_were_taken_decides_nothing() {
    let sum = Sum::default();
    let with = |percent: u64| {
        let mut record = record(&sum, "processes", Some(2.0));
        if let Outcome::Done(summary) = &mut record.outcome {
            summary.details = RunDetails::new(CoreUse { percent });
        }
        record
    };
    let says = |record: &Record, key: &str| {
        Sum::default()
            .result(record, &[])
            .iter()
            .any(|said| said.key == key)
    };
    let question = sum.questions().remove(0);
    let (quiet, disturbed) = (with(90), with(80));
    assert!(says(&quiet, "sum-result-faster") && !says(&quiet, "sum-result-disturbed"));
    assert!(says(&disturbed, "sum-result-disturbed") && !says(&disturbed, "sum-result-faster"));
    let verdict = question.verdict(&disturbed);
    assert_eq!(verdict.and_then(|verdict| verdict.right()), None);
    assert_eq!(
        Sum::default().key_figure(&disturbed).unwrap().words.key,
        "sum-key"
    );
}

#[test]
fn one_worker_shares_nothing() {
    let one = Sum {
        workers: 1,
        ..Sum::default()
    };
    let keys = |record: &Record| {
        Sum::default()
            .result(record, &[])
            .into_iter()
            .map(|said| said.key)
    };
    let slow = record(&one, "processes", Some(0.5));
    assert!(keys(&slow).eq(["sum-result-processes", "sum-result-slower-one"]));
    let slow = record(&Sum::default(), "processes", Some(0.5));
    assert!(keys(&slow).eq(["sum-result-processes", "sum-result-slower-processes"]));
}

#[test]
fn a_run_is_compared_only_with_one_alone_that_makes_and_adds_the_same() {
    let params = |numbers_from, hand_over| {
        let sum = Sum {
            numbers_from,
            hand_over,
            ..Sum::default()
        };
        sum.params()
    };
    let same = |one, other| Sum::default().is_same_work(one, other);
    let generated = params("generated", "range");
    let in_memory = [
        params("list", "range"),
        params("generated", "pipe"),
        params("list", "shared_memory"),
    ];
    for params in &in_memory {
        assert!(!same(&generated, params));
        assert!(in_memory.iter().all(|other| same(other, params)));
    }
    let fewer = Sum {
        numbers: 1000,
        workers: 2,
        ..Sum::default()
    };
    assert!(!same(&fewer.params(), &generated));
}

#[test]
fn each_vote_is_preceded_by_a_run_alone_of_the_same_work() {
    let sum = Sum {
        numbers: 3 * SENT,
        numbers_from: "list",
        ..Sum::default()
    };
    let votes = sum.votes();
    let set = |vote: &Vote| {
        let mut set = sum.clone();
        vote.set_on(&mut set);
        set.params()
    };
    for (before, vote) in votes.iter().zip(&votes[1..]) {
        if vote.question.is_some() {
            assert_eq!(before.variant, "alone");
            assert!(sum.is_same_work(&set(before), &set(vote)));
        }
    }
    assert_eq!(
        votes.iter().filter(|vote| vote.question.is_some()).count(),
        2
    );
}

proptest! {
    /// Answer, words under the figure and sentence say the same.
    #[test]
    fn answer_figure_and_sentence_agree(
        workers in 1..=256u64,
        cores in 1..=256u64,
        speedup in -7.0..7.0f64,
        hand_over in prop::sample::select(vec!["range", "shared_memory", "pipe"]),
    ) {
        let sum = Sum { workers, cores, hand_over, ..Sum::default() };
        let record = record(&sum, "processes", Some(speedup.exp()));
        let question = sum.questions().remove(0);
        let right = question.verdict(&record).and_then(|verdict| verdict.right());
        let tick = right.map(|right| question.choices[right].text.key.clone());
        let said = Sum::default().result(&record, &[]).pop().expect("compared").key;
        let words = Sum::default().key_figure(&record).expect("it is done").words.key;
        match tick.as_deref() {
            Some("sum-q-same") => {
                prop_assert_eq!(said, "sum-result-same");
                prop_assert_eq!(&words, "sum-key-same");
            }
            Some("sum-q-longer") => prop_assert!(said.starts_with("sum-result-slower")),
            Some(_) => prop_assert_eq!(said, "sum-result-faster"),
            // The speed-up is between two answers, or above all of them.
            None => prop_assert!(!said.ends_with("same") && !said.contains("slower")),
        }
        // The words under the figure are undecided only if the answer is, too.
        prop_assert!(tick.is_none() || words != "sum-key");
    }
}
