//! Painted text in one line or few, cut with an ellipsis where it does not fit.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Painter};

/// Lays out `text` in one line of at most `width` points.
pub fn text_line(
    painter: &Painter,
    text: impl Into<String>,
    font: FontId,
    color: Color32,
    width: f32,
) -> Arc<Galley> {
    text_lines(painter, text, font, color, width, 1)
}

/// Lays out `text` in at most `lines` lines of at most `width` points.
pub fn text_lines(
    painter: &Painter,
    text: impl Into<String>,
    font: FontId,
    color: Color32,
    width: f32,
    lines: usize,
) -> Arc<Galley> {
    let mut job = LayoutJob::simple(text.into(), font, color, width.max(0.0));
    job.wrap.max_rows = lines;
    // The one line is cut where it ends, be it in a word; several are broken between words.
    job.wrap.break_anywhere = lines == 1;
    painter.layout_job(job)
}
