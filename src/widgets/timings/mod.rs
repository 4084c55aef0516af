//! The timing graph: every run a ring, the median a bar. Scales are linear and begin at zero: where a
//! bar is a sliver, that is the message.

pub mod bars;
mod bars_layout;
mod curves;
mod curves_layout;
pub mod curves_marks;
mod curves_ui;
mod notes;

use std::collections::HashSet;
use std::sync::Arc;

use egui::{
    Align2, FontId, Pos2, Rangef, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::lab::demo::Demo;
use crate::text::Language;
use crate::widgets::look::fonts;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::{text_line, text_lines};
use bars::{Cell, Column, Row, Runs, Table};
use bars_layout::{GAP, Place, Plot, RING};
use curves::Curves;
use curves_marks::paint_guide;
use curves_ui::{Picture, say_cell};
use notes::{Notes, phase_fill};

const TITLE: f32 = 14.0;
const TITLE_HEIGHT: f32 = 22.0;
const TEXT: f32 = 13.0;
/// Charts that are less high show nothing: there the notes below them give way.
const LOWEST_CHARTS: f32 = 84.0;

/// Draws the graph into the space that is left in `ui`, 110 points high or more.
pub fn timing_plot_ui(ui: &mut Ui, demo: &dyn Demo, runs: &Runs<'_>, language: Language) {
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let pen = &Pen::of(ui);
    let title = text_line(
        pen,
        language.text("app-graph"),
        FontId::new(TITLE, fonts::bold()),
        pen.palette.weak,
        rect.width(),
    );
    let beside = rect.with_min_x(rect.left() + title.size().x + 2.0 * GAP);
    pen.galley(rect.min, title, pen.palette.weak);
    if demo.spec().charts.is_empty() {
        let table = Table::new(demo, runs.comparable, language);
        let notes = Notes::of_table(pen, &table, runs.others, language, rect.width());
        let rect = rect.with_min_y(rect.top() + TITLE_HEIGHT);
        if table.rows.is_empty() {
            nothing_ui(pen, rect, &response, &notes, language);
        } else {
            table_ui(pen, rect, response, &table, &notes, language);
        }
        return;
    }
    let curves = Curves::new(demo, runs, language);
    let notes = Notes::of_curves(pen, &curves, runs.others, language, rect.width());
    let legend = Notes::legend(pen, &curves, beside.width());
    legend.paint(pen, beside.min + vec2(0.0, 3.0));
    let rect = rect.with_min_y(rect.top() + (legend.height() + 5.0).max(TITLE_HEIGHT));
    if curves.graphs.is_empty() {
        nothing_ui(pen, rect, &response, &notes, language);
        return;
    }
    let below = rect.bottom() - notes.height();
    let notes_fit = below - rect.top() >= LOWEST_CHARTS;
    let charts = rect.with_max_y(if notes_fit { below } else { rect.bottom() });
    let picture = Picture::new(pen, charts, &curves);
    picture.paint(pen);
    if notes_fit {
        notes.paint(pen, pos2(rect.left(), below));
    }
    response.widget_info(|| {
        let words = with_notes(curves.describe(language), &notes);
        WidgetInfo::labeled(Role::Image, true, words)
    });
    picture.hover(response, language);
}

/// Before the first run there is only a word of what will be here.
fn nothing_ui(pen: &Pen, rect: Rect, response: &Response, notes: &Notes, language: Language) {
    let font = FontId::proportional(TEXT);
    let empty = language.text("app-graph-empty");
    let empty = text_lines(pen, empty, font, pen.palette.weak, rect.width(), 2);
    let below = rect.top() + empty.size().y + GAP;
    pen.galley(rect.min, empty, pen.palette.weak);
    notes.paint(pen, pos2(rect.left(), below));
    response.widget_info(|| {
        let words = format!(
            "{}: {}",
            language.text("app-graph"),
            language.text("app-graph-empty")
        );
        WidgetInfo::labeled(Role::Image, true, with_notes(words, notes))
    });
}

fn table_ui(
    pen: &Pen,
    rect: Rect,
    response: Response,
    table: &Table,
    notes: &Notes,
    language: Language,
) {
    let plot = Plot::new(pen, rect, table, notes.height());
    plot.paint(pen);
    if plot.notes_fit {
        notes.paint(pen, pos2(rect.left(), plot.bottom() + 2.0));
    }
    response.widget_info(|| {
        let words = with_notes(table.describe(language), notes);
        WidgetInfo::labeled(Role::Image, true, words)
    });
    plot.hover(response, language);
}

fn with_notes(words: String, notes: &Notes) -> String {
    let notes = notes.words().map(str::to_owned);
    std::iter::once(words)
        .chain(notes)
        .collect::<Vec<_>>()
        .join("; ")
}

impl Plot<'_> {
    fn paint(&self, pen: &Pen) {
        for (heading, place) in self.headings.iter().zip(&self.columns) {
            let at = pos2(place.range.min, self.headings_bottom - heading.size().y);
            pen.galley(at, Arc::clone(heading), pen.palette.weak);
        }
        let lines = if self.row_height >= 36.0 { 2 } else { 1 };
        let width = self.columns[0].range.min - self.rect.left() - GAP;
        for (index, row) in self.table.rows.iter().enumerate() {
            let middle = pos2(self.rect.left(), self.row(index).center());
            let font = FontId::proportional(TEXT);
            let name = text_lines(pen, &row.title, font, pen.palette.text, width, lines);
            let place = Align2::LEFT_CENTER.anchor_size(middle, name.size());
            pen.galley(place.min, name, pen.palette.text);
        }
        for (index, place) in self.columns.iter().enumerate() {
            self.paint_column(pen, index, place);
        }
        self.paint_lines(pen);
    }

    /// The times that all rows are compared with: their names above the rows, a dashed line each below.
    fn paint_lines(&self, pen: &Pen) {
        for (line, label) in self.table.lines.iter().zip(&self.lines) {
            let Some(x) = self.line_x(line) else { continue };
            paint_guide(pen, &[pos2(x, self.top), pos2(x, self.bottom())]);
            pen.galley(label.at, Arc::clone(&label.text), pen.palette.weak);
        }
    }

    fn paint_column(&self, pen: &Pen, index: usize, place: &Place) {
        let column = &self.table.columns[index];
        let scale = place.scale;
        let has_scale = place.has_scale();
        for (number, (row, figure)) in self.table.rows.iter().zip(&place.figures).enumerate() {
            let (Some(cell), Some(figure)) = (&row.cells[index], figure) else {
                continue;
            };
            let lane = self.row(number);
            let x = |value: f64| scale.min + scale.span() * column.share(value);
            let mut end = scale.max;
            if !has_scale {
                end = place.range.min - GAP - RING;
            } else {
                if column.has_bars() {
                    self.paint_bar(pen, row, cell, lane, &x);
                    end = x(cell.numbers.max);
                } else {
                    pen.hline(scale, lane.center(), (1.5, pen.palette.border));
                }
                self.paint_rings(pen, cell, lane, &x);
                // Above the rings: it shows even where they hide a sliver of a bar.
                let half = (lane.span() * 0.34).clamp(5.0, 13.0);
                let range = lane.center() - half..=lane.center() + half;
                pen.vline(x(cell.numbers.median), range, (2.5, pen.palette.strong));
            }
            let at = pos2(end + RING + GAP, lane.center());
            let place = Align2::LEFT_CENTER.anchor_size(at, figure.size());
            pen.galley(place.min, Arc::clone(figure), pen.palette.text);
        }
    }

    fn paint_bar(&self, pen: &Pen, row: &Row, cell: &Cell, lane: Rangef, x: &impl Fn(f64) -> f32) {
        let half = (lane.span() * 0.24).clamp(3.0, 9.0);
        let lane = Rangef::new(lane.center() - half, lane.center() + half);
        let median = cell.numbers.median;
        let bar = Rect::from_x_y_ranges(x(0.0)..=x(median).max(x(0.0) + 1.5), lane);
        pen.rect_filled(bar, 0.0, pen.palette.strong);
        if self.table.phases.is_empty() {
            return;
        }
        let total: f64 = row.phases.iter().map(|(_, time)| time).sum();
        let mut done = 0.0;
        for (phase, time) in &row.phases {
            // The run in the middle may have taken a little less or more than the median.
            let ends = [done, done + time].map(|time| x(time / total.max(1e-9) * median));
            done += time;
            let index = self.table.phases.iter().position(|known| known == phase);
            let fill = phase_fill(index.unwrap_or_default(), pen.palette);
            let piece = Rect::from_x_y_ranges(ends[0]..=ends[1], bar.y_range());
            pen.rect_filled(piece, 0.0, fill);
        }
        let edge = Stroke::new(1.0, pen.palette.strong);
        pen.rect_stroke(bar, 0.0, edge, StrokeKind::Inside);
        if let Some(stopwatch) = row.stopwatch {
            // It stops when the run stops: what is missing at its left is what it missed.
            let begin = x((total - stopwatch).max(0.0) / total.max(1e-9) * median);
            let y = bar.bottom() + 3.0;
            pen.hline(begin..=bar.right(), y, (2.0, pen.palette.weak));
            pen.vline(begin, y - 3.0..=y + 3.0, (2.0, pen.palette.weak));
        }
    }

    fn paint_rings(&self, pen: &Pen, cell: &Cell, lane: Rangef, x: &impl Fn(f64) -> f32) {
        let spread = ((lane.span() / 2.0 - RING - 1.0) / 2.0).clamp(0.0, 4.0);
        let mut taken: HashSet<(i32, i32)> = HashSet::new();
        for (run, &sample) in cell.samples.iter().enumerate() {
            let place = pos2(x(sample), lane.center() + lane_offset(run) * spread);
            // A thousand runs fall on the same few places: each place is painted once.
            if taken.insert((place.x.round() as i32, place.y.round() as i32)) {
                let stroke = Stroke::new(1.2, pen.palette.strong);
                pen.circle(place, RING, pen.palette.card, stroke);
            }
        }
    }

    fn cell(&self, at: Pos2) -> Option<(&Row, &Column, &Cell)> {
        let row = (0..self.table.rows.len()).find(|&row| self.row(row).contains(at.y))?;
        let column = self
            .columns
            .iter()
            .position(|place| place.range.contains(at.x))?;
        let row = &self.table.rows[row];
        Some((
            row,
            &self.table.columns[column],
            row.cells[column].as_ref()?,
        ))
    }

    fn hover(&self, response: Response, language: Language) {
        let Some((row, column, cell)) = response.hover_pos().and_then(|at| self.cell(at)) else {
            return;
        };
        response.on_hover_ui_at_pointer(|ui| {
            ui.strong(&row.title);
            ui.label(&column.title);
            say_cell(ui, cell, |number| column.say_closely(number), language);
        });
    }
}

/// Above and below the middle in turn, so that equal runs can be counted: 0, -1, 1, -2, 2, 0, …
fn lane_offset(run: usize) -> f32 {
    [0.0, -1.0, 1.0, -2.0, 2.0][run % 5]
}
