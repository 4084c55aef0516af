//! The second experiment's points so far: a dot for each length of a slice, from long to short.

use egui::{Align2, Painter, Pos2, Rect, Stroke, pos2};

use super::Scene;
use super::say_micros;
use crate::text::Language;
use crate::widgets::look::lettering::{Sizes, fitted};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::font;

/// Paints the dots into `area`, joined; the height of the area is all of the core's time.
pub fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let line = sizes.line_height(13.0);
    let size = font(sizes.text(13.0));
    let title = scene.language.text("switching_cost-stage-dots");
    let title = fitted(painter, title, size.clone(), palette.weak, area.width());
    painter.galley(area.min, title, palette.weak);
    let plot = area
        .with_min_y(area.top() + line)
        .with_max_y(area.bottom() - line)
        .shrink(sizes.gap(5.0));
    let (faint, strong) = (
        Stroke::new(1.0, palette.border),
        Stroke::new(2.0, palette.strong),
    );
    painter.hline(plot.x_range(), plot.bottom(), faint);
    painter.hline(plot.x_range(), plot.top(), faint);

    let count = scene.slices_planned.len();
    let step = plot.width() / count.max(1) as f32;
    let x = |index: usize| plot.left() + step * (index as f32 + 0.5);
    // Long slices left: whoever comes later stands further right.
    for (index, micros) in scene.slices_planned.iter().rev().enumerate() {
        let text = label(*micros, scene.language);
        let text = painter.layout_no_wrap(text, size.clone(), palette.weak);
        // Rather none than one over another.
        if text.size().x + 4.0 > step {
            continue;
        }
        let below = pos2(x(index), area.bottom());
        let place = Align2::CENTER_BOTTOM.anchor_size(below, text.size());
        painter.galley(place.min, text, palette.weak);
    }
    let dots: Vec<Pos2> = scene
        .moment
        .slices
        .iter()
        .enumerate()
        .filter_map(|(index, point)| {
            let y = plot.bottom() - plot.height() * point.share? as f32;
            Some(pos2(x(index), y))
        })
        .collect();
    for pair in dots.windows(2) {
        painter.line_segment([pair[0], pair[1]], strong);
    }
    for dot in dots {
        painter.circle_filled(dot, sizes.gap(5.0), palette.strong);
    }
}

fn label(micros: u64, language: Language) -> String {
    say_micros(micros, language)
}
