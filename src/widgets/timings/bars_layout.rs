//! Where the timing graph's rows and columns lie, and what gives way where it is tight.

use std::sync::Arc;

use egui::{FontId, Galley, Pos2, Rangef, Rect, pos2};

use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::text_lines;
use crate::widgets::look::text_fit::{apart, fitted};
use crate::widgets::timings::bars::{Line, Table};

const TEXT: f32 = 13.0;
const SMALL: f32 = 12.0;
const LABEL: f32 = 16.0;
const LOWEST_ROW: f32 = 16.0;
const HIGHEST_ROW: f32 = 46.0;
/// Radius of a ring.
pub const RING: f32 = 3.5;
/// A narrower scale shows nothing: there the figure stands alone.
const NARROWEST_SCALE: f32 = 24.0;
/// Between columns, and between a bar and its figure.
pub const GAP: f32 = 6.0;

/// The table and where its parts lie.
pub struct Plot<'table> {
    /// What is drawn.
    pub table: &'table Table,
    /// All of the graph but its title.
    pub rect: Rect,
    /// Titles of the columns.
    pub headings: Vec<Arc<Galley>>,
    /// Bottom of these.
    pub headings_bottom: f32,
    /// Top of the first row.
    pub top: f32,
    /// Height of a row.
    pub row_height: f32,
    /// The columns.
    pub columns: Vec<Place>,
    /// The names of the table's lines, between headings and rows.
    pub lines: Vec<Label>,
    /// Whether there is room for the notes below.
    pub notes_fit: bool,
}

/// Where a column lies.
pub struct Place {
    /// From left to right.
    pub range: Rangef,
    /// The part of it in which bars, rings and lines lie.
    pub scale: Rangef,
    /// The medians in words, by row.
    pub figures: Vec<Option<Arc<Galley>>>,
}

/// The name of a line.
pub struct Label {
    /// Its left top corner.
    pub at: Pos2,
    /// With its time.
    pub text: Arc<Galley>,
}

impl<'table> Plot<'table> {
    /// Divides `rect` among rows and columns, and notes of `notes_height` below if they fit.
    pub fn new(pen: &Pen, rect: Rect, table: &'table Table, notes_height: f32) -> Self {
        let font = FontId::proportional(TEXT);
        let names = table.rows.iter().map(|row| {
            pen.layout_no_wrap(row.title.clone(), font.clone(), pen.palette.weak)
                .size()
                .x
        });
        let names = names.fold(0.0, f32::max).min(rect.width() * 0.3);
        let columns = places(pen, table, rect.with_min_x(rect.left() + names + GAP));
        let rows = table.rows.len() as f32;
        let (labels, labels_height) = labels(pen, table, &columns);
        let headings = |lines| -> Vec<Arc<Galley>> {
            let small = || FontId::proportional(SMALL);
            let titles = table.columns.iter().zip(&columns);
            titles
                .map(|(column, place)| {
                    let width = place.range.span();
                    text_lines(pen, &column.title, small(), pen.palette.weak, width, lines)
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
        // What gives way first where it is tight: the notes, then the second line of headings.
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

    /// Where a line crosses the column of times; nowhere if that is too narrow for a scale.
    pub fn line_x(&self, line: &Line) -> Option<f32> {
        let (column, place) = (self.table.columns.last()?, self.columns.last()?);
        let share = column.share(line.value);
        place
            .has_scale()
            .then(|| place.scale.min + place.scale.span() * share)
    }

    /// Bottom of the last row.
    pub fn bottom(&self) -> f32 {
        self.top + self.row_height * self.table.rows.len() as f32
    }

    /// From top to bottom of a row.
    pub fn row(&self, index: usize) -> Rangef {
        let top = self.top + self.row_height * index as f32;
        Rangef::new(top, top + self.row_height)
    }
}

impl Place {
    /// Whether there is room for bars, rings and lines. If not, the figure stands alone.
    pub fn has_scale(&self) -> bool {
        self.scale.span() >= NARROWEST_SCALE
    }
}

/// The names of the table's lines, each with its left edge and its top below the headings, and how
/// high they are together: in one line if they fit there beside each other, else in a line each.
fn labels(pen: &Pen, table: &Table, columns: &[Place]) -> (Vec<(f32, f32, Arc<Galley>)>, f32) {
    let (Some(column), Some(place)) = (table.columns.last(), columns.last()) else {
        return (Vec::new(), 0.0);
    };
    if table.lines.is_empty() || !place.has_scale() {
        return (Vec::new(), 0.0);
    }
    let texts = table.lines.iter().map(|line| {
        let (text, font) = (table.say_line(line), FontId::proportional(SMALL));
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
fn places(pen: &Pen, table: &Table, rect: Rect) -> Vec<Place> {
    let figures: Vec<Vec<Option<Arc<Galley>>>> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let rows = table.rows.iter();
            rows.map(|row| {
                let median = column.say(row.cells[index].as_ref()?.numbers.median);
                let font = FontId::proportional(TEXT);
                Some(pen.layout_no_wrap(median, font, pen.palette.text))
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
            // Half a ring is on either side of its place.
            let end = range.max - widest(&figures) - GAP - RING;
            Place {
                scale: Rangef::new(range.min + RING, end),
                range,
                figures,
            }
        })
        .collect()
}
