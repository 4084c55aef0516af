//! Text that must fit its room: shrunk, cut with an ellipsis, or moved apart from its neighbours.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Painter, Rangef};

/// Text does not shrink below this size; if it is still too long then, the translation is at fault.
pub const SMALLEST: f32 = 9.0;

/// Lays `text` out in one line, in `font`, or in a smaller size if it would be wider than `width`.
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
    // Only whole sizes are used: a growing number would otherwise fill the font texture with every size in between.
    let size = (font.size * width / galley.size().x).floor().max(SMALLEST);
    painter.layout_no_wrap(text, FontId { size, ..font }, color)
}

/// The font size of a text that has one font.
pub fn font_size(galley: &Galley) -> f32 {
    let first = galley.job.sections.first();
    first.map_or(SMALLEST, |section| section.format.font_id.size)
}

/// Lays out `text` in one line of at most `width` points, cut with an ellipsis.
pub fn text_line(
    painter: &Painter,
    text: impl Into<String>,
    font: FontId,
    color: Color32,
    width: f32,
) -> Arc<Galley> {
    text_lines(painter, text, font, color, width, 1)
}

/// Lays out `text` in at most `lines` lines of at most `width` points, the last one cut with an ellipsis.
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
    // A single line is cut within a word if need be; several lines break between words.
    job.wrap.break_anywhere = lines == 1;
    painter.layout_job(job)
}

/// Moves pieces apart. Each is given by its best centre and its length, in the order of the centres.
/// Returns the centres with at least `gap` between neighbours and all pieces within `range`; `None` if
/// the pieces do not fit.
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
    // A piece pushed over the end pushes its neighbours back.
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
