//! Painted text that must fit: lines that shrink to their room, and the one number that matters.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter, Rangef, Rect, Vec2, pos2, vec2};

use super::theme::bold_font;

/// Height of a digit of the bundled fonts, in units of the font size.
const DIGIT_HEIGHT: f32 = 0.74;
/// Text does not shrink below this; what is still too long then is the translation's mistake.
const SMALLEST: f32 = 9.0;

/// Sizes for the room that a stage has: everything grows with it, for the last row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    scale: f32,
    /// Room in the card's right top corner for the slow replay's label.
    pub corner: Vec2,
    /// Text that would have to be smaller than this is left out.
    pub smallest: f32,
}

impl Sizes {
    /// For a stage in `room`. What is usual is what fits a window of 1280 × 800.
    pub fn fitting(room: Rect) -> Self {
        let scale = (room.height() / 265.0).min(room.width() / 960.0);
        Self {
            scale: scale.clamp(0.75, 2.0),
            corner: vec2(205.0, 32.0),
            smallest: SMALLEST,
        }
    }

    /// The same for a class: the replay's label is elsewhere then, and nothing is written that the last row
    /// can't read.
    pub fn presenting(room: Rect) -> Self {
        Self {
            corner: Vec2::ZERO,
            smallest: 12.0,
            ..Self::fitting(room)
        }
    }

    /// A font's size; never so small that it can't be read.
    pub fn text(self, usual: f32) -> f32 {
        (usual * self.scale).round().max(12.0)
    }

    /// Height of a line of such text.
    pub fn line_height(self, usual: f32) -> f32 {
        self.text(usual) * 1.45
    }

    /// A distance or the size of a shape.
    pub fn gap(self, usual: f32) -> f32 {
        usual * self.scale
    }
}

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

/// Centres of pieces, each given by where its centre would best be and by its length, in the order of
/// these places: moved as little as it takes for `gap` to lie between neighbours and all to lie within
/// `range`. `None` if they do not fit.
pub fn apart(pieces: &[(f32, f32)], range: Rangef, gap: f32) -> Option<Vec<f32>> {
    let between = gap * pieces.len().saturating_sub(1) as f32;
    let needed = pieces.iter().map(|(_, length)| length).sum::<f32>() + between;
    if needed > range.span() {
        return None;
    }
    let mut free = range.min;
    let mut begins: Vec<f32> = pieces
        .iter()
        .map(|(center, length)| {
            let begin = (center - length / 2.0).max(free);
            free = begin + length + gap;
            begin
        })
        .collect();
    // What was pushed over the end pushes back.
    let mut end = range.max;
    for (begin, (_, length)) in begins.iter_mut().zip(pieces).rev() {
        *begin = begin.min(end - length);
        end = *begin - gap;
    }
    let centers = begins.iter().zip(pieces);
    Some(
        centers
            .map(|(begin, (_, length))| begin + length / 2.0)
            .collect(),
    )
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_lies_apart_stays_where_it_is() {
        let range = Rangef::new(0.0, 100.0);
        let pieces = [(20.0, 10.0), (50.0, 20.0)];
        assert_eq!(apart(&pieces, range, 4.0), Some(vec![20.0, 50.0]));
        assert_eq!(apart(&[], range, 4.0), Some(Vec::new()));
        assert_eq!(apart(&[(0.0, 60.0), (9.0, 40.0)], range, 4.0), None);
    }

    proptest! {
        #[test]
        fn no_piece_is_over_another_or_over_the_end(
            centers in prop::collection::vec(-10f32..120.0, 0..8),
            length in 1f32..30.0,
        ) {
            let mut pieces: Vec<_> = centers.into_iter().map(|center| (center, length)).collect();
            pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
            let range = Rangef::new(0.0, 100.0);
            if let Some(placed) = apart(&pieces, range, 2.0) {
                prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] > length + 1.99));
                let is_inside = |center: &f32| {
                    range.expand(0.01).contains(center - length / 2.0)
                        && range.expand(0.01).contains(center + length / 2.0)
                };
                prop_assert!(placed.iter().all(is_inside));
            }
        }
    }
}
