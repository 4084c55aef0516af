//! Where the parts of a chart lie, and what gives way where it is tight.

use std::sync::Arc;

use egui::{FontId, Galley, Rangef, Rect};

use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::{apart, fitted};
use crate::widgets::timeline::time_axis::round_up;
use crate::widgets::timings::curves::{Axis, Graph};
use crate::widgets::timings::curves_marks::MARK;

const TEXT: f32 = 12.0;
const LINE: f32 = 15.0;
/// Between a figure and what it belongs to.
pub const GAP: f32 = 6.0;
/// Points of the vertical axis from one figure to the next.
const TICKS: f32 = 22.0;
/// More than this share of a chart's width the names at its right do not take: then they are put inside.
const MARGIN: f32 = 0.4;

/// One chart and where its parts lie.
pub struct Chart<'curves> {
    /// What is drawn.
    pub graph: &'curves Graph,
    /// All of it.
    pub rect: Rect,
    /// The part in which the curves lie.
    pub plot: Rect,
    /// Where the vertical axis ends.
    pub top: f64,
    /// Places, from the bottom, and their figures.
    pub y_ticks: Vec<(f32, Arc<Galley>)>,
    /// Places, from the left, and their figures.
    pub x_ticks: Vec<(f32, Arc<Galley>)>,
    pub x_title: Arc<Galley>,
    pub y_title: Arc<Galley>,
    /// The names of the levels, from bottom to top, and where their middle is.
    pub levels: Vec<(f32, Arc<Galley>)>,
    /// Whether these and the title of the horizontal axis are at the right of the plot.
    pub has_margin: bool,
}

impl<'curves> Chart<'curves> {
    /// Lays a chart out in `rect`.
    pub fn new(pen: &Pen, rect: Rect, graph: &'curves Graph) -> Self {
        let text = |text: String, width| {
            fitted(
                pen,
                text,
                FontId::proportional(TEXT),
                pen.palette.weak,
                width,
            )
        };
        let width = |galleys: &[Arc<Galley>]| {
            let widths = galleys.iter().map(|galley| galley.size().x);
            widths.fold(0.0, f32::max)
        };
        // Room for half a point above the highest; of nothing but zeros there is none.
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
                (place, text(short(graph.y.say(tick)), f32::INFINITY))
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

    /// The largest value's figure, and of the others those that have room.
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

    /// The names of the levels, moved apart where their lines lie close together.
    fn beside_lines(&self, names: Vec<Arc<Galley>>) -> Vec<(f32, Arc<Galley>)> {
        // Inside the plot they stand on their lines, at its right beside them.
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

    /// Where a swept value lies.
    pub fn x(&self, value: f64) -> f32 {
        self.plot.left() + self.plot.width() * self.graph.x.share(value)
    }

    /// Where a measured figure lies.
    pub fn y(&self, value: f64) -> f32 {
        self.plot.bottom() - self.plot.height() * (value / self.top) as f32
    }
}

/// Round figures from 0 to `top`, at most `most` of them and the 0.
fn ticks(top: f64, most: f32) -> Vec<f64> {
    let step = round_up(top / f64::from(most.max(1.0)));
    let count = (top / step * (1.0 + 1e-9)) as u32;
    (0..=count).map(|tick| step * f64::from(tick)).collect()
}

/// 0.500 becomes 0.5: on an axis the zeros would claim a precision that nobody asked for.
fn short(figure: String) -> String {
    if figure.contains('.') && figure.ends_with('0') {
        let figure = figure.trim_end_matches('0');
        return figure.trim_end_matches('.').to_owned();
    }
    figure
}
