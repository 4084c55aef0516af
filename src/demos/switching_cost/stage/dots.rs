//! The second experiment's points so far: a dot for each length of a slice, from long to short.

use egui::{Align2, Pos2, Rect, Stroke, pos2};

use super::Scene;
use super::say_micros;
use crate::widgets::look::pen::Pen;

/// Paints the dots into `area`, joined; the height of the area is all of the core's time.
pub fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let line = pen.line_height(13.0);
    let title = scene.language.text("switching_cost-stage-dots");
    pen.write_in(area, title, pen.weak(13.0));
    let plot = area
        .with_min_y(area.top() + line)
        .with_max_y(area.bottom() - line)
        .shrink(pen.gap(5.0));
    let faint = Stroke::new(1.0, pen.palette.border);
    let strong = Stroke::new(2.0, pen.palette.strong);
    pen.hline(plot.x_range(), plot.bottom(), faint);
    pen.hline(plot.x_range(), plot.top(), faint);

    let count = scene.slices_planned.len();
    let step = plot.width() / count.max(1) as f32;
    let x = |index: usize| plot.left() + step * (index as f32 + 0.5);
    // Long slices left: whoever comes later stands further right.
    for (index, micros) in scene.slices_planned.iter().rev().enumerate() {
        let text = say_micros(*micros, scene.language);
        let text = pen.layout_line(text, pen.weak(13.0));
        // Rather none than one over another.
        if text.size().x + 4.0 > step {
            continue;
        }
        let below = pos2(x(index), area.bottom());
        pen.put(below, Align2::CENTER_BOTTOM, text);
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
        pen.line_segment([pair[0], pair[1]], strong);
    }
    for dot in dots {
        pen.circle_filled(dot, pen.gap(5.0), pen.palette.strong);
    }
}
