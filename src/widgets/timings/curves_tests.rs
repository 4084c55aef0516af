//! Tests of the data of the timing graph's curves.

use std::time::Duration;

use super::*;
use crate::lab::demo::listing::Code;
use crate::lab::demo::param::Param;
use crate::lab::demo::value::Unit;
use crate::lab::demo::{
    Budget, Definition, JobOutput, Lesson, Question, Sentence, Spec, Variant, VariantRow, Work,
};
use crate::lab::run::{Outcome, Summary};
use crate::widgets::timings::bars::Live;

/// A demo without texts: its titles show as their keys.
#[derive(Clone)]
struct Sweeping {
    workers: Vec<u64>,
}

fn sweeping() -> Sweeping {
    Sweeping {
        workers: vec![1, 2, 32],
    }
}

impl Definition for Sweeping {
    const SPEC: &'static Spec = &Spec {
        id: "sweeping",
        charts: &[
            Chart {
                x: "workers",
                spread: Spread::Linear,
                y: "speedup",
                unit: Unit::Ratio,
                ideal: true,
                levels: &["logical_cores", "physical_cores"],
            },
            Chart {
                x: "gap_millis",
                spread: Spread::Doubling,
                y: "wall_seconds",
                unit: Unit::Seconds,
                ideal: false,
                levels: &[],
            },
        ],
        ..Spec::EMPTY
    };
    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::quiet("a").runs(|_, _| Ok(JobOutput::default()), Code::NONE),
        Variant::quiet("b").runs(|_, _| Ok(JobOutput::default()), Code::NONE),
        Variant::quiet("c").runs(|_, _| Ok(JobOutput::default()), Code::NONE),
    ];
}

impl Work for Sweeping {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        vec![Param::sweep("workers", 1..=32, &[], &mut self.workers)]
    }
}

impl Lesson for Sweeping {
    fn questions(&self) -> Vec<Question> {
        Vec::new()
    }
    fn result(&self, _: &Record, _: &[&Record]) -> Vec<Sentence> {
        Vec::new()
    }
}

impl Budget for Sweeping {}

fn speedup(workers: u64, speedup: f64) -> Point {
    Point::at("workers", workers).with("speedup", Value::Ratio(speedup))
}

fn record(variant: VariantId, points: Vec<Point>, cores: Option<(u64, u64)>) -> Record {
    let mut measures = Vec::new();
    if let Some((physical, logical)) = cores {
        measures.push(("physical_cores", physical.into()));
        measures.push(("logical_cores", logical.into()));
    }
    let summary = Summary {
        measures,
        points,
        wall: Duration::from_secs(1),
        ..Summary::default()
    };
    Record::done(&sweeping(), variant, summary)
}

fn curves(records: &[Record], live: Option<Live<'_>>) -> Curves {
    let comparable: Vec<&Record> = records.iter().collect();
    let runs = Runs {
        comparable: &comparable,
        live,
        others: 0,
    };
    Curves::new(&sweeping(), &runs, Language::English)
}

fn medians(curve: &Curve) -> Vec<(f64, f64)> {
    let points = curve.points.iter();
    points.map(|(x, cell)| (*x, cell.numbers.median)).collect()
}

#[test]
fn a_curve_goes_through_the_medians_of_all_runs() {
    let curves = curves(
        &[
            record("c", vec![speedup(2, 1.5), speedup(1, 1.0)], Some((2, 4))),
            record("a", vec![speedup(1, 1.0)], None),
            record("c", vec![speedup(1, 1.0), speedup(2, 1.9)], None),
        ],
        None,
    );
    // Nothing was measured for the other chart.
    let [graph] = &curves.graphs[..] else {
        panic!("{} charts", curves.graphs.len());
    };
    assert_eq!(curves.names(), [(0, "sweeping-a"), (2, "sweeping-c")]);
    assert_eq!(medians(&graph.curves[1]), [(1.0, 1.0), (2.0, 1.7)]);
    assert_eq!(graph.curves[1].points[1].1.samples, [1.5, 1.9]);
    assert_eq!(curves.runs, 3);
    assert_eq!(
        curves.describe(Language::English),
        "Timings: speed-up by measure-workers; sweeping-a 1 → 1; sweeping-c 1 → 1, 2 → 1.7; \
         measure-physical_cores 2; measure-logical_cores 4"
    );
}

#[test]
fn what_was_measured_before_a_stop_stays() {
    let mut stopped = record("a", vec![speedup(1, 1.0), speedup(2, 2.0)], None);
    let Outcome::Done(summary) = &stopped.outcome else {
        panic!("made up to be done");
    };
    stopped.outcome = Outcome::Cancelled(summary.clone());
    let curves = curves(&[stopped], None);
    assert_eq!(
        medians(&curves.graphs[0].curves[0]),
        [(1.0, 1.0), (2.0, 2.0)]
    );
}

#[test]
fn a_run_that_goes_on_is_drawn_point_by_point_on_an_axis_for_all() {
    let points = [speedup(1, 1.0), speedup(2, 1.9)];
    let live = Live {
        variant: "b",
        points: points.iter().collect(),
    };
    let curves = curves(&[], Some(live));
    let graph = &curves.graphs[0];
    assert_eq!(medians(&graph.curves[0]), [(1.0, 1.0), (2.0, 1.9)]);
    assert_eq!(graph.curves[0].style, 1);
    // The value 32 is still to come, and has its place already.
    assert_eq!(graph.x.values, [1.0, 2.0, 32.0]);
    assert_eq!(graph.x.share(16.0), 0.5);
    assert_eq!(graph.x.share(0.0), 0.0, "a linear axis begins with zero");
}

#[test]
fn levels_that_are_equal_are_one_and_count_for_the_scale() {
    let curves = curves(&[record("a", vec![speedup(1, 1.0)], Some((8, 8)))], None);
    let graph = &curves.graphs[0];
    let expected = Level {
        title: "measure-logical_cores · measure-physical_cores".to_owned(),
        value: 8.0,
    };
    assert_eq!(graph.levels, [expected]);
    assert_eq!(graph.y.max, 8.0);
    assert_eq!(graph.ideal.as_deref(), Some("speed-up = measure-workers"));
}

#[test]
fn doublings_are_equally_far_apart() {
    let point = |gap: u64, millis: u64| {
        Point::at("gap_millis", gap).with("wall_seconds", Duration::from_millis(millis))
    };
    let points = vec![point(1, 5), point(4, 9), point(16, 20)];
    let curves = curves(&[record("b", points, None)], None);
    let graph = &curves.graphs[0];
    assert_eq!(graph.x.title, "measure-gap_millis");
    assert_eq!(graph.y.title, "time (ms)");
    let shares = [1.0, 4.0, 16.0].map(|value| graph.x.share(value));
    assert_eq!(shares, [0.0, 0.5, 1.0]);
}
