//! The curves of the timing graph: charts side by side, the places of their parts, and how they are painted. Colour is
//! for state alone, so curves are told apart by the pattern of their line and by the shape of their points.

use std::collections::HashSet;
use std::sync::Arc;

use egui::{
    Align2, Galley, Pos2, Rangef, Rect, Response, Shape, Stroke, StrokeKind, Vec2, pos2, vec2,
};

use super::bars::Cell;
use super::curves::{Axis, Curve, Curves, Graph};
use super::say_cell;
use crate::text::Language;
use crate::widgets::look::grid::columns;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::apart;
use crate::widgets::look::theme::font;
use crate::widgets::timeline::axis::{round_up, without_zeros};

/// Half the size of a point.
const MARK: f32 = 3.5;
const STROKE: f32 = 2.0;
const TEXT: f32 = 12.0;
const LINE: f32 = 15.0;
/// Distance between a figure and what it belongs to.
const GAP: f32 = 6.0;
/// Distance from one figure of the vertical axis to the next, in points.
const TICKS: f32 = 22.0;
/// Greatest share of a chart's width for the names at its right; wider names are put inside.
const MARGIN: f32 = 0.4;

/// One chart, and the places of its parts.
struct GraphLayout<'curves> {
    /// The chart.
    graph: &'curves Graph,
    /// The area of the chart.
    rect: Rect,
    /// The part of the area in which the curves lie.
    plot: Rect,
    /// The value at the upper end of the vertical axis.
    top: f64,
    /// The figures of the vertical axis with their places, from the bottom.
    y_ticks: Vec<(f32, Arc<Galley>)>,
    /// The figures of the horizontal axis with their places, from the left.
    x_ticks: Vec<(f32, Arc<Galley>)>,
    x_title: Arc<Galley>,
    y_title: Arc<Galley>,
    /// The names of the levels, from bottom to top, each with the place of its middle.
    levels: Vec<(f32, Arc<Galley>)>,
    /// Whether the levels' names and the title of the horizontal axis are at the right of the plot.
    has_margin: bool,
}

impl<'curves> GraphLayout<'curves> {
    /// Lays a chart out in `rect`.
    fn new(pen: &Pen, rect: Rect, graph: &'curves Graph) -> Self {
        let text = |text: String, width| pen.fit(text, (font(TEXT), pen.palette.weak), width);
        let width = |galleys: &[Arc<Galley>]| {
            let widths = galleys.iter().map(|galley| galley.size().x);
            widths.fold(0.0, f32::max)
        };
        // The axis leaves room for half a point above the highest; if all figures are zero, its end is 1.
        let top = match graph.y.max {
            0.0 => 1.0,
            max => max * 1.06,
        };
        let x_title = text(graph.x.title.clone(), rect.width());
        let levels: Vec<_> = graph
            .levels
            .iter()
            .map(|level| text(graph.say_level(level), rect.width() * 0.8))
            .collect();
        let x_figures: Vec<_> = graph
            .x
            .values
            .iter()
            .map(|&value| text(Axis::say(value), f32::INFINITY))
            .collect();
        let overhang = x_figures.last().map_or(0.0, |last| last.size().x / 2.0);

        let margin = width(&levels).max(x_title.size().x + overhang) + GAP;
        let has_margin = margin <= rect.width() * MARGIN;
        let below = if has_margin { LINE } else { 2.0 * LINE };
        // Half of a figure at the very top stands above the plot, and still below the axis's title.
        let vertical = Rangef::new(rect.top() + LINE + 6.0, rect.bottom() - below);
        let y_ticks: Vec<_> = ticks(top, vertical.span() / TICKS)
            .into_iter()
            .map(|tick| {
                let place = vertical.max - vertical.span() * (tick / top) as f32;
                (place, text(without_zeros(graph.y.say(tick)), f32::INFINITY))
            })
            .collect();
        let figures: Vec<_> = y_ticks
            .iter()
            .map(|(_, figure)| Arc::clone(figure))
            .collect();
        let right = if has_margin {
            margin
        } else {
            overhang.max(MARK)
        };
        let plot = Rect::from_x_y_ranges(
            rect.left() + width(&figures) + GAP..=rect.right() - right,
            vertical,
        );
        let mut chart = Self {
            graph,
            rect,
            plot,
            top,
            y_ticks,
            x_ticks: Vec::new(),
            y_title: text(graph.y.title.clone(), rect.width()),
            x_title,
            levels: Vec::new(),
            has_margin,
        };
        chart.x_ticks = chart.far_apart(x_figures);
        chart.levels = chart.beside_lines(levels);
        chart
    }

    /// Places the largest value's figure, and those of the others that have room.
    fn far_apart(&self, figures: Vec<Arc<Galley>>) -> Vec<(f32, Arc<Galley>)> {
        let mut free = f32::INFINITY;
        let mut ticks: Vec<_> = self
            .graph
            .x
            .values
            .iter()
            .zip(figures)
            .rev()
            .filter_map(|(&value, figure)| {
                let (place, half) = (self.x(value), figure.size().x / 2.0);
                (place + half <= free).then(|| {
                    free = place - half - GAP;
                    (place, figure)
                })
            })
            .collect();
        ticks.reverse();
        ticks
    }

    /// Places the names of the levels, moved apart if their lines lie close together.
    fn beside_lines(&self, names: Vec<Arc<Galley>>) -> Vec<(f32, Arc<Galley>)> {
        // Names inside the plot stand on their lines; names at its right stand beside them.
        let above = if self.has_margin { 0.0 } else { LINE / 2.0 };
        let levels = self.graph.levels.iter().zip(names).rev();
        let (pieces, names): (Vec<_>, Vec<_>) = levels
            .map(|(level, name)| ((self.y(level.value) - above, name.size().y), name))
            .unzip();
        let bottom = match self.has_margin {
            true => self.rect.bottom() - self.x_title.size().y,
            false => self.plot.bottom(),
        };
        let room = Rangef::new(self.rect.top() + self.y_title.size().y, bottom);
        let places = apart(&pieces, room, 0.0).unwrap_or_default();
        places.into_iter().zip(names).collect()
    }

    /// The place of a swept value.
    fn x(&self, value: f64) -> f32 {
        self.plot.left() + self.plot.width() * self.graph.x.share(value)
    }

    /// The place of a measured figure.
    fn y(&self, value: f64) -> f32 {
        self.plot.bottom() - self.plot.height() * (value / self.top) as f32
    }
}

/// Round figures from 0 to `top`: the 0, and at most `most` others.
fn ticks(top: f64, most: f32) -> Vec<f64> {
    let step = round_up(top / f64::from(most.max(1.0)));
    let count = (top / step * (1.0 + 1e-9)) as u32;
    (0..=count).map(|tick| step * f64::from(tick)).collect()
}

/// Distance between charts, in points.
const BETWEEN: f32 = 16.0;
/// The pointer finds a point from this far, in points.
const REACH: f32 = 20.0;

/// All charts, side by side.
pub(super) struct CurvesLayout<'curves> {
    charts: Vec<GraphLayout<'curves>>,
}

impl<'curves> CurvesLayout<'curves> {
    /// Lays out all charts of `curves` side by side in `rect`.
    pub fn new(pen: &Pen, rect: Rect, curves: &'curves Curves) -> Self {
        let columns = columns(rect, curves.graphs.len(), BETWEEN);
        let charts = curves.graphs.iter().zip(columns);
        Self {
            charts: charts
                .map(|(graph, rect)| GraphLayout::new(pen, rect, graph))
                .collect(),
        }
    }

    /// Paints all charts.
    pub fn paint(&self, pen: &Pen) {
        for chart in &self.charts {
            chart.paint(pen);
        }
    }

    /// Shows the figures of the point at the pointer.
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

impl GraphLayout<'_> {
    fn paint(&self, pen: &Pen) {
        let plot = self.plot;
        pen.galley(self.rect.min, Arc::clone(&self.y_title), pen.palette.weak);
        for (place, figure) in &self.y_ticks {
            pen.hline(plot.x_range(), *place, (1.0, pen.palette.faint));
            let at = pos2(plot.left() - GAP + 2.0, *place);
            pen.put(at, Align2::RIGHT_CENTER, Arc::clone(figure));
        }
        pen.hline(plot.x_range(), plot.bottom(), (1.0, pen.palette.weak));
        for (place, figure) in &self.x_ticks {
            pen.vline(
                *place,
                plot.bottom()..=plot.bottom() + 3.0,
                (1.0, pen.palette.weak),
            );
            let at = pos2(*place, plot.bottom() + 2.0);
            pen.put(at, Align2::CENTER_TOP, Arc::clone(figure));
        }
        let at = self.rect.right_bottom();
        pen.put(at, Align2::RIGHT_BOTTOM, Arc::clone(&self.x_title));

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

    /// The points of y = x, which bends if the horizontal axis counts doublings.
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

/// Paints the curve of the `style`-th variant.
pub fn paint_curve(pen: &Pen, path: Vec<Pos2>, style: usize) {
    let stroke = Stroke::new(STROKE, pen.palette.strong);
    // Three shapes of points with three patterns each are nine looks; the tenth variant would look like the first.
    match (style + style / 3) % 3 {
        0 => {
            pen.line(path, stroke);
        }
        1 => {
            pen.extend(Shape::dashed_line(&path, stroke, 8.0, 4.0));
        }
        _ => {
            pen.extend(Shape::dotted_line(&path, pen.palette.strong, 5.0, 1.3));
        }
    }
}

/// Paints one point of the `style`-th variant: a ring, a square, or a triangle, all hollow.
pub fn paint_mark(pen: &Pen, center: Pos2, style: usize) {
    let stroke = Stroke::new(1.2, pen.palette.strong);
    match style % 3 {
        0 => {
            pen.circle(center, MARK, pen.palette.card, stroke);
        }
        1 => {
            let square = Rect::from_center_size(center, Vec2::splat(2.0 * MARK - 0.6));
            pen.rect(square, 0.0, pen.palette.card, stroke, StrokeKind::Middle);
        }
        _ => {
            let corner = |x, y| center + MARK * vec2(x, y);
            let corners = vec![corner(0.0, -1.2), corner(1.1, 0.8), corner(-1.1, 0.8)];
            pen.add(Shape::convex_polygon(corners, pen.palette.card, stroke));
        }
    }
}

/// Paints a line to compare curves with: thinner than a curve, and dashed.
pub fn paint_guide(pen: &Pen, path: &[Pos2]) {
    let stroke = Stroke::new(1.2, pen.palette.weak);
    pen.extend(Shape::dashed_line(path, stroke, 4.0, 3.0));
}

/// A sample of a curve for the legend.
pub fn paint_sample(pen: &Pen, rect: Rect, style: usize) {
    let y = rect.center().y;
    paint_curve(
        pen,
        vec![pos2(rect.left(), y), pos2(rect.right(), y)],
        style,
    );
    paint_mark(pen, rect.center(), style);
}
