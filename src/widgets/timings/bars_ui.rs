//! The bars of the timing graph: the places of rows and columns, and how they are painted.

use std::collections::HashSet;
use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Rangef, Rect, Response, Stroke, pos2};

use super::bars::{Cell, Column, Line, Row, Table};
use super::curves_ui::paint_guide;
use super::notes::{Notes, phase_fill};
use super::{GAP, TEXT, say_cell, with_notes};
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::{apart, fitted, text_lines};
use crate::widgets::look::theme::font;
use crate::widgets::stage::describe;

const SMALL: f32 = 12.0;
const LABEL: f32 = 16.0;
const LOWEST_ROW: f32 = 16.0;
const HIGHEST_ROW: f32 = 46.0;
/// Radius of a ring.
const RING: f32 = 3.5;
/// The narrowest scale on which a bar can be read; if a column has less room, its figure stands alone.
const NARROWEST_SCALE: f32 = 24.0;

/// The table, and the places of its parts.
struct TableLayout<'table> {
    /// The table.
    table: &'table Table,
    /// The area of the graph without its title.
    rect: Rect,
    /// Titles of the columns.
    headings: Vec<Arc<Galley>>,
    /// Bottom of the headings.
    headings_bottom: f32,
    /// Top of the first row.
    top: f32,
    /// Height of a row.
    row_height: f32,
    /// The columns.
    columns: Vec<ColumnLayout>,
    /// The names of the table's lines, between headings and rows.
    lines: Vec<Label>,
    /// Whether there is room for the notes below.
    notes_fit: bool,
}

/// The place of a column.
struct ColumnLayout {
    /// The column from left to right.
    range: Rangef,
    /// The part of the column in which bars, rings and lines lie.
    scale: Rangef,
    /// The medians in words, by row.
    figures: Vec<Option<Arc<Galley>>>,
}

/// The name of a line, laid out at its place.
struct Label {
    /// The name's left top corner.
    at: Pos2,
    /// The line's name with its time.
    text: Arc<Galley>,
}

impl<'table> TableLayout<'table> {
    /// Divides `rect` among rows and columns, and notes of `notes_height` below if they fit.
    fn new(pen: &Pen, rect: Rect, table: &'table Table, notes_height: f32) -> Self {
        let names = table.rows.iter().map(|row| {
            pen.layout_no_wrap(row.title.clone(), font(TEXT), pen.palette.weak)
                .size()
                .x
        });
        let names = names.fold(0.0, f32::max).min(rect.width() * 0.38);
        let columns = places(pen, table, rect.with_min_x(rect.left() + names + GAP));
        let rows = table.rows.len() as f32;
        let (labels, labels_height) = labels(pen, table, &columns);
        let headings = |lines| -> Vec<Arc<Galley>> {
            let titles = table.columns.iter().zip(&columns);
            titles
                .map(|(column, place)| {
                    let width = place.range.span();
                    text_lines(
                        pen,
                        &column.title,
                        font(SMALL),
                        pen.palette.weak,
                        width,
                        lines,
                    )
                })
                .collect()
        };
        let height = |headings: &[Arc<Galley>]| {
            let heights = headings.iter().map(|heading| heading.size().y);
            heights.fold(0.0, f32::max)
        };
        let left_over = |headings: &[Arc<Galley>], notes: f32| {
            (rect.height() - height(headings) - labels_height - notes) / rows
        };
        // The notes and the second line of headings give way if there is too little height.
        let mut headings_shown = headings(2);
        let mut notes_fit = true;
        if left_over(&headings_shown, notes_height) < LOWEST_ROW {
            headings_shown = headings(1);
            notes_fit = left_over(&headings_shown, notes_height) >= LOWEST_ROW;
        }
        let notes_height = if notes_fit { notes_height + 2.0 } else { 0.0 };
        let row_height = left_over(&headings_shown, notes_height).min(HIGHEST_ROW);
        let headings_bottom = rect.top() + height(&headings_shown);
        let lines = labels.into_iter().map(|(x, y, text)| Label {
            at: pos2(x, headings_bottom + y),
            text,
        });
        Self {
            table,
            rect,
            headings_bottom,
            top: headings_bottom + labels_height,
            headings: headings_shown,
            row_height,
            columns,
            lines: lines.collect(),
            notes_fit,
        }
    }

    /// Where a line crosses the column of times; `None` if that is too narrow for a scale.
    fn line_x(&self, line: &Line) -> Option<f32> {
        let (column, place) = (self.table.columns.last()?, self.columns.last()?);
        let share = column.share(line.value);
        place
            .has_scale()
            .then(|| place.scale.min + place.scale.span() * share)
    }

    /// Bottom of the last row.
    fn bottom(&self) -> f32 {
        self.top + self.row_height * self.table.rows.len() as f32
    }

    /// The height of a row, from top to bottom.
    fn row(&self, index: usize) -> Rangef {
        let top = self.top + self.row_height * index as f32;
        Rangef::new(top, top + self.row_height)
    }
}

impl ColumnLayout {
    /// Whether there is room for bars, rings and lines. If not, the figure stands alone.
    fn has_scale(&self) -> bool {
        self.scale.span() >= NARROWEST_SCALE
    }
}

/// The names of the table's lines, each with its left edge and its top below the headings, and their height together:
/// in one line if they fit there beside each other, else in a line each.
fn labels(
    pen: &Pen,
    table: &Table,
    columns: &[ColumnLayout],
) -> (Vec<(f32, f32, Arc<Galley>)>, f32) {
    let (Some(column), Some(place)) = (table.columns.last(), columns.last()) else {
        return (Vec::new(), 0.0);
    };
    if table.lines.is_empty() || !place.has_scale() {
        return (Vec::new(), 0.0);
    }
    let texts = table.lines.iter().map(|line| {
        let (text, font) = (table.say_line(line), font(SMALL));
        fitted(pen, text, font, pen.palette.weak, place.range.span())
    });
    let texts: Vec<Arc<Galley>> = texts.collect();
    let pieces: Vec<(f32, f32)> = table
        .lines
        .iter()
        .zip(&texts)
        .map(|(line, text)| {
            let x = place.scale.min + place.scale.span() * column.share(line.value);
            (x, text.size().x)
        })
        .collect();
    let together = apart(&pieces, place.range, 2.0 * GAP);
    let height = match together {
        Some(_) => LABEL,
        None => LABEL * texts.len() as f32,
    };
    let alone = |piece: &(f32, f32)| {
        let place = apart(std::slice::from_ref(piece), place.range, 0.0);
        place.map_or(piece.0, |centers| centers[0])
    };
    let labels = texts.into_iter().zip(&pieces).enumerate();
    let labels = labels.map(|(index, (text, piece))| {
        let (center, row) = match &together {
            Some(centers) => (centers[index], 0),
            None => (alone(piece), index),
        };
        (center - piece.1 / 2.0, LABEL * row as f32, text)
    });
    (labels.collect(), height)
}

/// Divides `rect` among the columns: each gets what its figures need, and an equal share of the rest.
fn places(pen: &Pen, table: &Table, rect: Rect) -> Vec<ColumnLayout> {
    let figures: Vec<Vec<Option<Arc<Galley>>>> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let rows = table.rows.iter();
            rows.map(|row| {
                let median = column.say(row.cells[index].as_ref()?.numbers.median);
                Some(pen.layout_no_wrap(median, font(TEXT), pen.palette.text))
            })
            .collect()
        })
        .collect();
    let widest = |figures: &[Option<Arc<Galley>>]| {
        let widths = figures.iter().flatten().map(|figure| figure.size().x);
        widths.fold(0.0, f32::max)
    };
    let needed: f32 = figures.iter().map(|figures| widest(figures) + GAP).sum();
    let share = (rect.width() - needed) / table.columns.len() as f32;
    let mut left = rect.left();
    figures
        .into_iter()
        .map(|figures| {
            let range = Rangef::new(left + GAP, left + share + widest(&figures));
            left += share + widest(&figures) + GAP;
            // Half a ring is on either side of its place, and needs room.
            let end = range.max - widest(&figures) - GAP - RING;
            ColumnLayout {
                scale: Rangef::new(range.min + RING, end),
                range,
                figures,
            }
        })
        .collect()
}

pub(super) fn table_ui(
    pen: &Pen,
    rect: Rect,
    response: Response,
    table: &Table,
    notes: &Notes,
    language: Language,
) {
    let layout = TableLayout::new(pen, rect, table, notes.height());
    layout.paint(pen);
    if layout.notes_fit {
        notes.paint(pen, pos2(rect.left(), layout.bottom() + 2.0));
    }
    describe(&response, || with_notes(table.describe(language), notes));
    layout.hover(response, language);
}

impl TableLayout<'_> {
    fn paint(&self, pen: &Pen) {
        for (heading, place) in self.headings.iter().zip(&self.columns) {
            let at = pos2(place.range.min, self.headings_bottom - heading.size().y);
            pen.galley(at, Arc::clone(heading), pen.palette.weak);
        }
        let lines = if self.row_height >= 36.0 { 2 } else { 1 };
        let width = self.columns[0].range.min - self.rect.left() - GAP;
        for (index, row) in self.table.rows.iter().enumerate() {
            let middle = pos2(self.rect.left(), self.row(index).center());
            let name = text_lines(pen, &row.title, font(TEXT), pen.palette.text, width, lines);
            pen.put(middle, Align2::LEFT_CENTER, name);
        }
        for (index, place) in self.columns.iter().enumerate() {
            self.paint_column(pen, index, place);
        }
        self.paint_lines(pen);
    }

    /// Paints the times that all rows are compared with: their names above the rows, a dashed line for each below.
    fn paint_lines(&self, pen: &Pen) {
        for (line, label) in self.table.lines.iter().zip(&self.lines) {
            let Some(x) = self.line_x(line) else { continue };
            paint_guide(pen, &[pos2(x, self.top), pos2(x, self.bottom())]);
            pen.galley(label.at, Arc::clone(&label.text), pen.palette.weak);
        }
    }

    fn paint_column(&self, pen: &Pen, index: usize, place: &ColumnLayout) {
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
                // The median is painted above the rings, so that it shows even if they hide a sliver of a bar.
                let half = (lane.span() * 0.34).clamp(5.0, 13.0);
                let range = lane.center() - half..=lane.center() + half;
                pen.vline(x(cell.numbers.median), range, (2.5, pen.palette.strong));
            }
            let at = pos2(end + RING + GAP, lane.center());
            pen.put(at, Align2::LEFT_CENTER, Arc::clone(figure));
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
            // The run in the middle may have taken a little less or more than the median, so its phases are stretched
            // to it.
            let ends = [done, done + time].map(|time| x(time / total.max(1e-9) * median));
            done += time;
            let index = self.table.phases.iter().position(|known| known == phase);
            let fill = phase_fill(index.unwrap_or_default(), pen.palette);
            let piece = Rect::from_x_y_ranges(ends[0]..=ends[1], bar.y_range());
            pen.rect_filled(piece, 0.0, fill);
        }
        pen.outline(bar, 0.0, 1.0, pen.palette.strong);
        if let Some(stopwatch) = row.stopwatch {
            // The stopwatch stops when the run stops: the time that it missed is missing at its left.
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

/// The lane of a run's ring, above and below the middle in turn, so that equal runs can be counted: 0, -1, 1, -2, 2, 0,
/// …
fn lane_offset(run: usize) -> f32 {
    [0.0, -1.0, 1.0, -2.0, 2.0][run % 5]
}
