//! Tests of the lesson about switching.

use std::time::Duration;

use proptest::prelude::*;

use super::super::sweep::MostTasks;
use super::*;
use crate::lab::demo::Demo as _;
use crate::lab::demo::value::RunDetails;
use crate::lab::run::Summary;

/// The record of a run whose work alone took 1.01 s on a core of its own. The default points took so many times as
/// long; those whose share of switching is more than noise have its cost as well.
fn record(shared: f64, most: f64, cut: f64, share: f64, core_share: f64) -> Record {
    let demo = SwitchingCost::default();
    let point = |swept: &'static str, at: u64, stretched: f64, share: f64| {
        let mut point = Point::at(swept, at)
            .with("wall_seconds", Value::Seconds(1.01 * stretched))
            .with("share_switching", Value::Ratio(share))
            .with("core_share", Value::Ratio(core_share));
        if share > NOISE {
            point = point.with("nanos_per_switch", 1500u64);
        }
        point
    };
    let costly = point("slice_micros", 3, cut, share);
    let second = |factor: f64| Duration::from_secs_f64(1.01 * factor);
    let details = RunDetails::new(Swept {
        alone: second(1.0),
        alone_core_share: Some(1.0),
        core_limit: 1.0,
        on_one_core: true,
        most_tasks: Some(MostTasks {
            tasks: 4096,
            wall: second(most),
            creating: Duration::ZERO,
        }),
        costliest: (share > NOISE).then_some(Costliest {
            swept: "slice_micros".to_owned(),
            at: 3,
            wall: second(cut),
            switches: 0,
        }),
        too_long_from: None,
        left_out_from: None,
        room: 0,
    });
    let mut measures = vec![("share_switching", Value::Ratio(share))];
    measures.extend((share > NOISE).then(|| ("nanos_per_switch", 1500u64.into())));
    let summary = Summary {
        measures,
        details,
        points: vec![
            point("tasks", 1, 1.0, 0.0),
            point("tasks", 1024, shared, 0.0),
            point("tasks", 4096, most, 0.0),
            point("slice_micros", 1000, 1.0, 0.012),
            costly,
        ],
        ..Summary::default()
    };
    Record::done(&demo, "threads", summary)
}

fn says(record: &Record, key: &str) -> bool {
    let key = format!("switching_cost-result-{key}");
    SwitchingCost::default()
        .result(record, &[])
        .iter()
        .any(|sentence| sentence.key == key)
}

/// The right answers to the questions about threads.
fn right(record: &Record) -> [Option<usize>; 2] {
    let questions = SwitchingCost::default().questions();
    [0, 1].map(|at| {
        questions[at]
            .verdict(record)
            .and_then(|verdict| verdict.right())
    })
}

#[test]
fn what_is_asked_is_in_the_sweep() {
    assert_eq!(nearest(&[1, 16, 256, 1024, 4096], 1000), Some(1024));
    assert_eq!(nearest(&[1, 10_000], 3), Some(1));
    assert_eq!(nearest(&[], 3), None);
    let demo = SwitchingCost {
        tasks: vec![1],
        ..SwitchingCost::default()
    };
    let variants: Vec<_> = demo.questions().iter().map(|it| it.variant).collect();
    assert_eq!(variants, ["threads", "processes", "async_tasks"]);
    // The questions leave out a part of the experiment that the run leaves out.
    let demo = SwitchingCost {
        slice_micros: vec![10_000],
        work_millis: 10,
        ..demo
    };
    assert_eq!(demo.questions().len(), 0);
}

#[test]
fn answers_differ_however_little_is_computed() {
    for work_millis in [10, 99, 100, 833, 1000, 10_000] {
        let demo = SwitchingCost {
            work_millis,
            ..SwitchingCost::default()
        };
        let mut answers = Vec::new();
        for choice in choices(&demo) {
            assert!(
                !answers.contains(&choice.text),
                "{work_millis}: {answers:?}"
            );
            answers.push(choice.text);
        }
    }
}

#[test]
fn per_cent_have_a_decimal_where_they_are_few() {
    let word = |text: &str| Value::Word(text.to_owned());
    assert_eq!(percent(0.0), word("0"));
    assert_eq!(percent(0.0312), word("3.1"));
    assert_eq!(percent(0.816), word("82"));
}

#[test]
fn every_factor_makes_one_answer_right() {
    for (factor, answer) in [
        (0.9, Some(0)),
        (1.1, Some(0)),
        (1.4, None),
        (1.7, Some(1)),
        (2.2, Some(1)),
        (4.5, Some(3)),
        (9.0, Some(2)),
        (40.0, Some(3)),
    ] {
        let record = record(factor, factor, factor, 0.5, 0.99);
        assert_eq!(right(&record), [answer, answer], "{factor}");
    }
}

#[test]
fn many_tasks_cost_little_only_if_the_most_do() {
    assert!(says(&record(1.03, 1.1, 1.9, 0.5, 0.99), "lesson"));
    // 1.72 s with 4,096 tasks against 1.01 s.
    assert!(!says(&record(1.03, 1.7, 1.9, 0.5, 0.99), "lesson"));
    // These factors are too near to the boundary to say so.
    assert!(!says(&record(1.03, 1.2, 1.9, 0.5, 0.99), "lesson"));
    assert!(!says(&record(1.03, 1.1, 1.2, 0.5, 0.99), "lesson"));
}

/// The figure of a run that nothing disturbed, with its words: the key and the per cent of switching.
fn told(record: &Record) -> (String, String, Option<Value>) {
    let KeyFigure { figure, words } = SwitchingCost::default().key_figure(record).unwrap();
    let mut args = words.args.into_iter();
    let percent = args.find(|(name, _)| *name == "percent");
    (figure.key, words.key, percent.map(|(_, value)| value))
}

#[test]
fn the_figure_is_the_time_that_was_asked_about_unless_other_programs_made_it() {
    let word = |text: &str| Some(Value::Word(text.to_owned()));
    let noise = record(1.03, 1.1, 1.0, 0.012, 0.99);
    assert!(says(&noise, "cheap"));
    let time = (
        "figure-seconds".to_owned(),
        "switching_cost-key-slice_micros".to_owned(),
    );
    let (figure, words, percent) = told(&noise);
    assert_eq!(((figure, words), percent), (time.clone(), word("< 2.0")));
    let points = &noise.summary().points;
    assert_eq!(
        points.iter().map(Cost::at).collect::<Vec<_>>(),
        [Cost::Noise; 5]
    );
    let (figure, words, percent) = told(&record(1.03, 1.1, 1.9, 0.5, 0.99));
    assert_eq!(((figure, words), percent), (time, word("50")));
    let (figure, words, _) = told(&record(1.03, 1.1, 1.9, 0.5, 0.6));
    assert_eq!(figure, "switching_cost-figure");
    assert_eq!(words, "switching_cost-key-share-slice_micros");
}

#[test]
fn without_short_slices_the_figure_is_the_time_of_many_tasks() {
    let mut run = record(1.03, 1.1, 1.9, 0.5, 0.99);
    let demo = SwitchingCost {
        slice_micros: vec![1000],
        ..SwitchingCost::default()
    };
    run.info.params = demo.params();
    let (figure, words, percent) = told(&run);
    assert_eq!(figure, "figure-seconds");
    assert_eq!(
        (words.as_str(), percent),
        ("switching_cost-key-tasks", None)
    );
    assert!(!says(&run, "slices"));
}

proptest! {
    #[test]
    fn ticks_figure_and_sentences_come_from_one_judgement(
        shared in 0.9..20.0f64, most in 0.9..20.0f64, cut in 0.9..20.0f64,
        share in 0.0..1.0f64, core_share in 0.5..1.0f64,
    ) {
        let record = record(shared, most, cut, share, core_share);
        let is_disturbed = core_share < 0.85;
        prop_assert_eq!(says(&record, "disturbed"), is_disturbed);
        let [of_tasks, of_slices] = right(&record);
        if is_disturbed {
            prop_assert_eq!((of_tasks, of_slices), (None, None));
        }
        if says(&record, "lesson") {
            prop_assert_eq!(of_tasks, Some(0));
            prop_assert!(of_slices != Some(0));
        }
        let figure = SwitchingCost::default().key_figure(&record).unwrap().figure;
        prop_assert_eq!(is_disturbed, figure.key == "switching_cost-figure");
        let is_noise = says(&record, "cheap");
        prop_assert_eq!(is_noise, !says(&record, "cost-slice_micros"));
    }
}
