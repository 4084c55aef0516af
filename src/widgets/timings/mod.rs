//! The timing graph: every run is a ring, the median a bar. Scales are linear and begin at zero: a bar that is a sliver
//! is the message.
//!
//! No plotting library: rings, medians and stacked phases on linear scales, and for sweeps a curve per variant, are all
//! that the graph needs.

pub mod bars;
mod bars_ui;
mod curves;
pub mod curves_ui;
mod notes;

use egui::{Align2, Rect, Response, Sense, Ui, pos2, vec2};

use crate::lab::demo::Demo;
use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::{text_line, text_lines};
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::describe;
use bars::{Cell, Runs, Table};
use bars_ui::table_ui;
use curves::Curves;
use curves_ui::CurvesLayout;
use notes::Notes;

const TITLE: f32 = 14.0;
const TITLE_HEIGHT: f32 = 22.0;
const TEXT: f32 = 13.0;
/// Distance between columns, and between a bar and its figure.
const GAP: f32 = 6.0;
/// The least height of charts, in points: lower ones show nothing, so the notes below them give way.
const LOWEST_CHARTS: f32 = 84.0;

/// Draws the graph into the space that is left in `ui`, 110 points high or more.
pub fn timing_plot_ui(ui: &mut Ui, demo: &dyn Demo, runs: &Runs<'_>, language: Language) {
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let pen = &Pen::of(ui);
    let (title, weak) = (language.text("app-graph"), pen.palette.weak);
    let title = text_line(pen, title, bold_font(TITLE), weak, rect.width());
    let title = pen.put(rect.min, Align2::LEFT_TOP, title);
    let beside = rect.with_min_x(title.right() + 2.0 * GAP);
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
    let layout = CurvesLayout::new(pen, charts, &curves);
    layout.paint(pen);
    if notes_fit {
        notes.paint(pen, pos2(rect.left(), below));
    }
    describe(&response, || with_notes(curves.describe(language), &notes));
    layout.hover(response, language);
}

/// Shows a sentence in the place of the graph before the first run.
fn nothing_ui(pen: &Pen, rect: Rect, response: &Response, notes: &Notes, language: Language) {
    let empty = language.text("app-graph-empty");
    let words = format!("{}: {empty}", language.text("app-graph"));
    let empty = text_lines(pen, empty, font(TEXT), pen.palette.weak, rect.width(), 2);
    let empty = pen.put(rect.min, Align2::LEFT_TOP, empty);
    notes.paint(pen, pos2(rect.left(), empty.bottom() + GAP));
    describe(response, || with_notes(words.clone(), notes));
}

fn with_notes(words: String, notes: &Notes) -> String {
    let notes = notes.words().map(str::to_owned);
    let all: Vec<_> = std::iter::once(words).chain(notes).collect();
    all.join("; ")
}

/// Adds a tooltip's lines about the runs of one cell.
fn say_cell(ui: &mut Ui, cell: &Cell, say: impl Fn(f64) -> String, language: Language) {
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
