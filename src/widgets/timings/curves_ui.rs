//! Paints curves in the place of the timing graph's bars: charts side by side, one legend for all.

use std::collections::HashSet;
use std::sync::Arc;

use egui::{Align2, Pos2, Rect, Response, Ui, pos2, vec2};

use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::timings::bars::Cell;
use crate::widgets::timings::curves::{Axis, Curve, Curves};
use crate::widgets::timings::curves_layout::{Chart, GAP};
use crate::widgets::timings::curves_marks::{paint_curve, paint_guide, paint_mark};

/// Between charts.
const BETWEEN: f32 = 16.0;
/// From this far, in points, the pointer finds a point.
const REACH: f32 = 20.0;

/// The charts and where they lie.
pub struct Picture<'curves> {
    charts: Vec<Chart<'curves>>,
}

impl<'curves> Picture<'curves> {
    /// Lays out all charts of `curves` side by side in `rect`.
    pub fn new(pen: &Pen, rect: Rect, curves: &'curves Curves) -> Self {
        let count = curves.graphs.len() as f32;
        let width = (rect.width() - BETWEEN * (count - 1.0)) / count;
        let chart = |(index, graph)| {
            let left = rect.left() + (width + BETWEEN) * index as f32;
            let rect = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
            Chart::new(pen, rect, graph)
        };
        Self {
            charts: curves.graphs.iter().enumerate().map(chart).collect(),
        }
    }

    /// Paints all charts.
    pub fn paint(&self, pen: &Pen) {
        for chart in &self.charts {
            chart.paint(pen);
        }
    }

    /// The figures of the point at the pointer.
    pub fn hover(&self, response: Response, language: Language) {
        let found = response.hover_pos().and_then(|at| {
            let chart = self.charts.iter().find(|chart| chart.rect.contains(at))?;
            let (curve, x, cell) = chart.nearest(at)?;
            Some((chart.graph, curve, x, cell))
        });
        let Some((graph, curve, x, cell)) = found else {
            return;
        };
        response.on_hover_ui_at_pointer(|ui| {
            ui.strong(&curve.title);
            ui.label(format!("{}: {}", graph.x.title, Axis::say(x)));
            ui.label(&graph.y.title);
            say_cell(ui, cell, |number| graph.y.say_closely(number), language);
        });
    }
}

/// What the runs of one cell say together, in lines.
pub fn say_cell(ui: &mut Ui, cell: &Cell, say: impl Fn(f64) -> String, language: Language) {
    let word = |number: f64| Value::Word(say(number));
    let numbers = &cell.numbers;
    let figures = [
        ("count", cell.samples.len().into()),
        ("median", word(numbers.median)),
        ("lower", word(numbers.lower_quartile)),
        ("upper", word(numbers.upper_quartile)),
        ("min", word(numbers.min)),
        ("max", word(numbers.max)),
    ];
    ui.label(language.with("graph-median", &figures));
    if cell.samples.len() > 1 {
        ui.label(language.with("graph-spread", &figures));
    }
}

impl Chart<'_> {
    fn paint(&self, pen: &Pen) {
        let plot = self.plot;
        pen.galley(self.rect.min, Arc::clone(&self.y_title), pen.palette.weak);
        for (place, figure) in &self.y_ticks {
            pen.hline(plot.x_range(), *place, (1.0, pen.palette.faint));
            let at = pos2(plot.left() - GAP + 2.0, *place);
            let rect = Align2::RIGHT_CENTER.anchor_size(at, figure.size());
            pen.galley(rect.min, Arc::clone(figure), pen.palette.weak);
        }
        pen.hline(plot.x_range(), plot.bottom(), (1.0, pen.palette.weak));
        for (place, figure) in &self.x_ticks {
            pen.vline(
                *place,
                plot.bottom()..=plot.bottom() + 3.0,
                (1.0, pen.palette.weak),
            );
            let at = pos2(*place, plot.bottom() + 2.0);
            let rect = Align2::CENTER_TOP.anchor_size(at, figure.size());
            pen.galley(rect.min, Arc::clone(figure), pen.palette.weak);
        }
        let at = pos2(self.rect.right(), self.rect.bottom());
        let title = Align2::RIGHT_BOTTOM.anchor_size(at, self.x_title.size());
        pen.galley(title.min, Arc::clone(&self.x_title), pen.palette.weak);

        if self.graph.ideal.is_some() {
            paint_guide(&pen.clone().clipped(plot), &self.ideal());
        }
        for level in &self.graph.levels {
            let y = self.y(level.value);
            paint_guide(pen, &[pos2(plot.left(), y), pos2(plot.right(), y)]);
        }
        for curve in &self.graph.curves {
            self.paint_curve(pen, curve);
        }
        for (place, name) in &self.levels {
            let (anchor, x) = if self.has_margin {
                (Align2::LEFT_CENTER, plot.right() + GAP)
            } else {
                (Align2::RIGHT_CENTER, plot.right())
            };
            let rect = anchor.anchor_size(pos2(x, *place), name.size());
            if !self.has_margin {
                pen.rect_filled(rect.shrink2(vec2(0.0, 2.0)), 1.0, pen.palette.card);
            }
            pen.galley(rect.min, Arc::clone(name), pen.palette.weak);
        }
    }

    /// The line y = x, which is none where the horizontal axis counts doublings.
    fn ideal(&self) -> Vec<Pos2> {
        let values = &self.graph.x.values;
        let to = values.last().copied().unwrap_or(1.0).min(self.top);
        let point = |step: u32| {
            let value = to * f64::from(step) / 32.0;
            pos2(self.x(value), self.y(value))
        };
        (0..=32).map(point).collect()
    }

    fn paint_curve(&self, pen: &Pen, curve: &Curve) {
        let medians = curve.points.iter();
        let path = medians.map(|(x, cell)| pos2(self.x(*x), self.y(cell.numbers.median)));
        paint_curve(pen, path.collect(), curve.style);
        let mut taken: HashSet<(i32, i32)> = HashSet::new();
        for (x, cell) in &curve.points {
            for &sample in &cell.samples {
                let place = pos2(self.x(*x), self.y(sample));
                // A thousand runs fall on the same few places: each place is painted once.
                if taken.insert((place.x.round() as i32, place.y.round() as i32)) {
                    paint_mark(pen, place, curve.style);
                }
            }
        }
    }

    /// The point whose median is nearest to the pointer.
    fn nearest(&self, at: Pos2) -> Option<(&Curve, f64, &Cell)> {
        let points = self.graph.curves.iter().flat_map(|curve| {
            let points = curve.points.iter();
            points.map(move |(x, cell)| (curve, *x, cell))
        });
        let distance =
            |x: f64, cell: &Cell| pos2(self.x(x), self.y(cell.numbers.median)).distance(at);
        points
            .filter(|(_, x, cell)| distance(*x, cell) < REACH)
            .min_by(|(_, x, a), (_, z, b)| distance(*x, a).total_cmp(&distance(*z, b)))
    }
}
