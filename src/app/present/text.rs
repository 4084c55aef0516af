//! Text of a presentation: as large as it fits, and never smaller than the last row can read.

use std::ops::RangeInclusive;
use std::sync::Arc;

use egui::{Align2, Color32, Galley, Label, Rect, Response, Stroke, StrokeKind, Ui, vec2};

use crate::app::guesses::letter;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};

/// The smallest size of text, in points.
pub(super) const SMALLEST: f32 = 12.0;
/// Range of sizes of an answer's text.
const ANSWER: RangeInclusive<f32> = SMALLEST..=17.0;

/// Range of sizes of a line beside what a step is about.
pub(super) const HINT: RangeInclusive<f32> = SMALLEST..=14.0;

/// Paints an answer into its place, with the hands that went up for it.
pub(super) fn paint_answer(
    ui: &Ui,
    place: Rect,
    index: usize,
    text: String,
    hands: Option<u32>,
    is_outlined: bool,
) {
    let palette = Palette::of(ui);
    let painter = ui.painter();
    if is_outlined {
        painter.rect_filled(place.expand(2.5), 8.0, palette.border);
    }
    let edge = if is_outlined {
        Stroke::new(2.0, palette.strong)
    } else {
        Stroke::new(1.0, palette.border)
    };
    painter.rect(place, 6.0, palette.card, edge, StrokeKind::Inside);
    let mut inside = place.shrink2(vec2(12.0, 3.0));
    if let Some(hands) = hands {
        let hands = painter.layout_no_wrap(hands.to_string(), bold_font(15.0), palette.weak);
        let at = Align2::RIGHT_CENTER.anchor_size(inside.right_center(), hands.size());
        inside.max.x = at.left() - 8.0;
        painter.galley(at.min, hands, palette.weak);
    }
    let letter = painter.layout_no_wrap(letter(index).to_string(), bold_font(17.0), palette.weak);
    let at = Align2::LEFT_CENTER.anchor_size(inside.left_center(), letter.size());
    painter.galley(at.min, letter, palette.weak);
    let beside = inside.with_min_x(inside.left() + 26.0);
    let text = shrunk(ui, beside, text, &ANSWER, false, palette.text);
    let at = Align2::LEFT_CENTER.anchor_size(beside.left_center(), text.size());
    painter.galley(at.min, text, palette.text);
}

/// Lays `text` out in the width of `area`, as large as it fits there, but not larger or smaller than `sizes`.
pub(super) fn shrunk(
    ui: &Ui,
    area: Rect,
    text: impl Into<String>,
    sizes: &RangeInclusive<f32>,
    bold: bool,
    color: Color32,
) -> Arc<Galley> {
    let text = text.into();
    let mut size = *sizes.end();
    loop {
        let font = if bold { bold_font(size) } else { font(size) };
        let galley = ui.painter().layout(text.clone(), font, color, area.width());
        if galley.size().y <= area.height() || size <= *sizes.start() {
            return galley;
        }
        size = (size - 1.0).max(*sizes.start());
    }
}

/// Writes `text` into the left top corner of `area`.
pub(super) fn write(
    ui: &mut Ui,
    area: Rect,
    text: impl Into<String>,
    sizes: &RangeInclusive<f32>,
    bold: bool,
    color: Color32,
) -> Response {
    let galley = shrunk(ui, area, text, sizes, bold, color);
    let place = Rect::from_min_size(area.min, galley.size());
    ui.put(place, Label::new(galley))
}
