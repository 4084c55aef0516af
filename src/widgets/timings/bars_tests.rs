//! Tests of the data of the timing graph's bars.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::*;
use crate::lab::demo::listing::Code;
use crate::lab::demo::param::Param;
use crate::lab::demo::{
    Budget, Definition, JobOutput, Lesson, Question, Sentence, Spec, Variant, VariantRow, Work,
};
use crate::lab::run::{Outcome, Summary};

/// A demo without texts: its titles show as their keys.
#[derive(Clone)]
struct Account;

impl Definition for Account {
    const SPEC: &'static Spec = &Spec {
        id: "account",
        measures: &[
            Measure::new("balance", Unit::Yuan).graphed(),
            Measure::new("deposits_lost", Unit::Count),
        ],
        lines: &["sum_seconds", "longest_seconds"],
        ..Spec::EMPTY
    };
    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::smooth("no_lock").runs(|_, _| Ok(JobOutput::default()), Code::NONE),
        Variant::smooth("mutex").runs(|_, _| Ok(JobOutput::default()), Code::NONE),
        Variant::smooth("atomic").runs(|_, _| Ok(JobOutput::default()), Code::NONE),
    ];
}

impl Work for Account {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        Vec::new()
    }
}

impl Lesson for Account {
    fn questions(&self) -> Vec<Question> {
        Vec::new()
    }
    fn result(&self, _: &Record, _: &[&Record]) -> Vec<Sentence> {
        Vec::new()
    }
}

impl Budget for Account {}

fn record(variant: VariantId, balance: u64, millis: u64) -> Record {
    let wall = Duration::from_millis(millis);
    let summary = Summary {
        measures: vec![("balance", balance.into())],
        phases: vec![(Step("compute"), wall)],
        wall,
        ..Summary::default()
    };
    Record::done(&Account, variant, summary)
}

fn table(records: &[Record]) -> Table {
    let records: Vec<&Record> = records.iter().collect();
    Table::new(&Account, &records, Language::English)
}

#[test]
fn rows_are_variants_that_ran_in_teaching_order() {
    let table = table(&[
        record("atomic", 100, 11),
        record("no_lock", 2, 12),
        record("no_lock", 4, 15),
    ]);
    let titles: Vec<_> = table.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["account-no_lock", "account-atomic"]);
    assert_eq!(table.runs, 3);
    assert_eq!(
        table.describe(Language::English),
        "Timings: account-no_lock, measure-balance (¥) 3, time (ms) 13.5; account-atomic, measure-balance (¥) 100, time (ms) 11"
    );
}

#[test]
fn runs_that_were_not_done_are_left_out() {
    let mut stopped = record("mutex", 0, 500);
    stopped.outcome = Outcome::Cancelled(Summary::default());
    assert!(table(&[stopped]).rows.is_empty());
}

#[test]
fn a_long_time_puts_all_of_its_column_in_seconds() {
    let table = table(&[record("no_lock", 2, 12), record("mutex", 100, 1_009)]);
    let time = &table.columns[1];
    assert_eq!(
        (time.title.as_str(), time.say(0.012)),
        ("time (s)", "0.012".to_owned())
    );
    let balance = &table.columns[0];
    assert_eq!(
        (balance.say(2.0), balance.say(2.5)),
        ("2".to_owned(), "2.5".to_owned())
    );
    let sliver: RangeInclusive<f32> = 0.011..=0.013;
    assert!(sliver.contains(&time.share(0.012)), "scales begin at zero");
}

#[test]
fn phases_are_those_of_the_run_with_the_middle_time() {
    let mut runs = [10, 30, 20].map(|millis| record("mutex", 1, millis));
    for run in &mut runs {
        if let Outcome::Done(summary) = &mut run.outcome {
            let spawn = Duration::from_millis(5);
            summary.phases = vec![
                (Step("spawn"), spawn),
                (Step("compute"), summary.wall - spawn),
            ];
        }
    }
    let table = table(&runs);
    assert_eq!(table.phases, [Step("spawn"), Step("compute")]);
    assert_eq!(table.rows[0].phases[1].1, 0.015);
}

#[test]
fn lines_are_the_latest_runs_and_count_for_the_scale() {
    let mut runs = [10, 30].map(|millis| record("mutex", 1, millis));
    for (run, sum) in runs.iter_mut().zip([0.5, 0.2]) {
        if let Outcome::Done(summary) = &mut run.outcome {
            summary.measures.push(("sum_seconds", Value::Seconds(sum)));
            let longest = Value::Seconds(sum / 2.0);
            summary.measures.push(("longest_seconds", longest));
        }
    }
    let table = table(&runs);
    assert_eq!(table.columns[1].max, 0.2);
    assert_eq!(table.columns[0].max, 1.0, "another column's scale");
    let said: Vec<_> = table
        .lines
        .iter()
        .map(|line| table.say_line(line))
        .collect();
    assert_eq!(
        said,
        ["measure-longest_seconds 0.1", "measure-sum_seconds 0.2"]
    );
    let words = table.describe(Language::English);
    assert!(words.ends_with("; measure-sum_seconds 0.2"), "{words}");
}
