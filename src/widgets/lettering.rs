//! Painted text that must fit: lines that shrink to their room, and the one number that matters.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter, Rect, pos2};

use super::theme::bold_font;

/// Height of a digit of the bundled fonts, in units of the font size.
const DIGIT_HEIGHT: f32 = 0.74;
/// Text does not shrink below this; what is still too long then is the translation's mistake.
const SMALLEST: f32 = 9.0;

/// Lays `text` out in one line, in `font` or, if it would be wider than `width`, smaller.
pub fn fitted(
    painter: &Painter,
    text: impl Into<String>,
    font: FontId,
    color: Color32,
    width: f32,
) -> Arc<Galley> {
    let text = text.into();
    let galley = painter.layout_no_wrap(text.clone(), font.clone(), color);
    if galley.size().x <= width || font.size <= SMALLEST {
        return galley;
    }
    // Whole sizes only: every other one would fill the font texture anew while a number grows.
    let size = (font.size * width / galley.size().x).floor().max(SMALLEST);
    painter.layout_no_wrap(text, FontId { size, ..font }, color)
}

/// Paints a number as large as `rect` allows, at its left edge, its digits in the middle of the
/// rectangle's height. Lines of text are half air, which a number this large can't afford.
/// Returns where the digits are.
pub fn paint_figure(
    painter: &Painter,
    rect: Rect,
    text: impl Into<String>,
    color: Color32,
) -> Rect {
    let size = (rect.height() / DIGIT_HEIGHT).floor().max(SMALLEST);
    let galley = fitted(painter, text, bold_font(size), color, rect.width());
    let size = galley
        .job
        .sections
        .first()
        .map_or(size, |section| section.format.font_id.size);
    let baseline = galley
        .rows
        .first()
        .and_then(|row| row.glyphs.first())
        .map_or(size, |glyph| glyph.pos.y);
    let height = size * DIGIT_HEIGHT;
    let top = rect.center().y - height / 2.0;
    let width = galley.size().x;
    painter.galley(pos2(rect.left(), top + height - baseline), galley, color);
    Rect::from_min_max(
        pos2(rect.left(), top),
        pos2(rect.left() + width, top + height),
    )
}
