//! The data of the timing graph's curves: for each variant the points that its sweeps measured, and their medians.

use crate::lab::demo::value::{Measure, Point, Value};
use crate::lab::demo::{Chart, Demo, Spread, VariantId};
use crate::lab::trace::record::Record;
use crate::lab::trace::stats::five_numbers;
use crate::text::{Language, grouped, significant};
use crate::widgets::timings::bars::{Cell, Column, Runs, column};

/// All charts of a demo.
pub struct Curves {
    /// The demo's charts for which there are points.
    pub graphs: Vec<Graph>,
    /// How many runs have points, counting the one that goes on.
    pub runs: usize,
}

/// One chart.
pub struct Graph {
    /// The axis from left to right.
    pub x: Axis,
    /// The scale from bottom to top, beginning with 0.
    pub y: Column,
    /// The curves in teaching order, of the variants that have points.
    pub curves: Vec<Curve>,
    /// The name of the line y = x, if it is drawn.
    pub ideal: Option<String>,
    /// Lines across the chart, from bottom to top.
    pub levels: Vec<Level>,
}

/// The axis of the swept parameter.
pub struct Axis {
    /// The parameter's name with its unit.
    pub title: String,
    /// All values that were measured or will be, from the smallest.
    pub values: Vec<f64>,
    spread: Spread,
}

/// The curve of one variant.
pub struct Curve {
    /// The variant's index among the demo's: it gives the curve a look that stays the same whatever else is drawn.
    pub style: usize,
    /// The variant's title.
    pub title: String,
    /// The points from left to right: the swept value, and the figures of all runs there.
    pub points: Vec<(f64, Cell)>,
}

/// A figure to compare curves with, such as the number of cores.
#[derive(Debug, PartialEq)]
pub struct Level {
    /// The level's name, or the names of all levels of equal value.
    pub title: String,
    /// The figure, on the vertical scale.
    pub value: f64,
}

impl Curves {
    /// Sorts the points of all runs, those that were stopped as well, into charts and curves.
    pub fn new(demo: &dyn Demo, runs: &Runs<'_>, language: Language) -> Self {
        let charts = demo.spec().charts.iter();
        let has_points = |record: &&&Record| !record.summary().points.is_empty();
        Self {
            graphs: charts
                .map(|chart| Graph::new(chart, demo, runs, language))
                .filter(|graph| !graph.curves.is_empty())
                .collect(),
            runs: runs.comparable.iter().filter(has_points).count()
                + usize::from(runs.live.is_some()),
        }
    }

    /// Style and title of each variant that has points, in teaching order.
    pub fn names(&self) -> Vec<(usize, &str)> {
        let curves = self.graphs.iter().flat_map(|graph| &graph.curves);
        let mut names: Vec<_> = curves
            .map(|curve| (curve.style, curve.title.as_str()))
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The curves in words.
    pub fn describe(&self, language: Language) -> String {
        let mut words = Vec::new();
        for graph in &self.graphs {
            let axes = [
                ("x", Value::Word(graph.x.title.clone())),
                ("y", Value::Word(graph.y.title.clone())),
            ];
            words.push(language.with("graph-axes", &axes));
            words.extend(graph.curves.iter().map(|curve| {
                let points = curve.points.iter().map(|(x, cell)| {
                    let median = graph.y.say(cell.numbers.median);
                    format!("{} → {median}", Axis::say(*x))
                });
                let points: Vec<_> = points.collect();
                format!("{} {}", curve.title, points.join(", "))
            }));
            let levels = graph.levels.iter();
            words.extend(levels.map(|level| graph.say_level(level)));
        }
        format!("{}: {}", language.text("app-graph"), words.join("; "))
    }
}

impl Graph {
    fn new(chart: &Chart, demo: &dyn Demo, runs: &Runs<'_>, language: Language) -> Self {
        let id = demo.id();
        let curves: Vec<Curve> = demo
            .variants()
            .iter()
            .enumerate()
            .filter_map(|(style, variant)| {
                let points = points(chart, variant.id, runs);
                let title = language.text(&format!("{id}-{}", variant.id)).into_owned();
                (!points.is_empty()).then_some(Curve {
                    style,
                    title,
                    points,
                })
            })
            .collect();
        let measured = || curves.iter().flat_map(|curve| &curve.points);
        let levels = levels(chart, id, runs.comparable, language);
        let largest = measured()
            .map(|(_, cell)| cell.numbers.max)
            .chain(levels.iter().map(|level| level.value))
            .fold(0.0, f64::max);
        let measure = Measure {
            name: chart.y,
            unit: chart.unit,
            graphed: true,
        };
        let y = column(id, measure, largest, language);
        // Values that are still to be measured have their places already, so that nothing moves meanwhile.
        let planned = demo.params();
        let planned = planned.sweep(chart.x).iter().map(|&value| value as f64);
        let mut values: Vec<f64> = measured().map(|(x, _)| *x).chain(planned).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        let x = Axis {
            title: language.point_title(id, chart.x),
            values,
            spread: chart.spread,
        };
        Self {
            ideal: chart.ideal.then(|| format!("{} = {}", y.title, x.title)),
            x,
            y,
            curves,
            levels,
        }
    }

    /// A level's name with its figure, as text.
    pub fn say_level(&self, level: &Level) -> String {
        format!("{} {}", level.title, self.y.say(level.value))
    }
}

impl Axis {
    /// The place of a value between the ends of the axis, from 0 to 1.
    pub fn share(&self, value: f64) -> f32 {
        let place = |value: f64| match self.spread {
            Spread::Linear => value,
            // Zero is infinitely many halvings away; it gets the place of a half.
            Spread::Doubling => value.max(0.5).log2(),
        };
        let largest = self.values.last().copied().unwrap_or(1.0);
        let begin = match self.spread {
            Spread::Linear => 0.0,
            Spread::Doubling => place(self.values.first().copied().unwrap_or(1.0)),
        };
        let width = place(largest) - begin;
        if width > 0.0 {
            ((place(value) - begin) / width) as f32
        } else {
            0.5
        }
    }

    /// A swept value, as text.
    pub fn say(value: f64) -> String {
        if value.fract() == 0.0 {
            grouped(value as i128)
        } else {
            significant(value)
        }
    }
}

/// The points of one variant, sorted by the swept value.
fn points(chart: &Chart, variant: VariantId, runs: &Runs<'_>) -> Vec<(f64, Cell)> {
    let recorded = runs
        .comparable
        .iter()
        .filter(|record| record.info.variant == variant)
        .flat_map(|record| &record.summary().points);
    let live = runs.live.iter().filter(|live| live.variant == variant);
    let live = live.flat_map(|live| live.points.iter().copied());
    let figures =
        |point: &Point| -> Option<_> { Some((point.figure(chart.x)?, point.figure(chart.y)?)) };
    let mut figures: Vec<(f64, f64)> = recorded.chain(live).filter_map(figures).collect();
    // The sort is stable, so that runs stay in their order.
    figures.sort_by(|a, b| a.0.total_cmp(&b.0));
    figures
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|same| {
            let samples: Vec<f64> = same.iter().map(|(_, y)| *y).collect();
            let numbers = five_numbers(&samples)?;
            Some((same[0].0, Cell { samples, numbers }))
        })
        .collect()
}

/// The chart's levels as the latest run that knows them has measured them; equal levels are merged into one.
fn levels(chart: &Chart, id: &str, records: &[&Record], language: Language) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for name in chart.levels {
        let latest = records.iter().rev().find_map(|record| record.figure(name));
        let Some(value) = latest else { continue };
        let title = language.point_title(id, name);
        match levels.iter_mut().find(|level| level.value == value) {
            Some(equal) => equal.title = format!("{} · {title}", equal.title),
            None => levels.push(Level { title, value }),
        }
    }
    levels.sort_by(|a, b| a.value.total_cmp(&b.value));
    levels
}

#[cfg(test)]
#[path = "curves_tests.rs"]
mod tests;
