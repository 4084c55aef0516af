//! The numbers that nobody has yet: a ribbon from 1 to the last, torn into parts when they are handed out.

use egui::{Align2, Painter, Rect, Stroke, StrokeKind, pos2};

use super::Scene;
use super::moment::{Plan, Ribbon};
use crate::text::grouped;
use crate::widgets::look::lettering::Sizes;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::font;

/// Parts are drawn one by one from this width on.
const SMALLEST_PART: f32 = 4.0;

/// The place of a part in the ribbon.
pub fn part(ribbon: Rect, plan: Plan, index: usize) -> Rect {
    let x = |index: usize| ribbon.left() + ribbon.width() * index as f32 / plan.parts as f32;
    let part = ribbon.with_min_x(x(index)).with_max_x(x(index + 1));
    if part.width() < SMALLEST_PART {
        return part;
    }
    part.shrink2(egui::vec2((part.width() * 0.06).min(3.0), 0.0))
}

/// Paints what is left of it.
pub fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let edge = Stroke::new(1.0, palette.weak);
    let plan = scene.plan;
    let left = match scene.moment.ribbon {
        Ribbon::Whole(state) => {
            match state {
                Some(state) => paint_state(painter, area, state, None, palette),
                None => drop(painter.rect(area, 2.0, palette.faint, edge, StrokeKind::Inside)),
            }
            paint_perforation(painter, area, plan, palette);
            area
        }
        Ribbon::Torn(handed) => {
            // What was there is still to be seen, so that the picture keeps its shape.
            let outline = Stroke::new(1.0, palette.faint);
            painter.rect_stroke(area, 2.0, outline, StrokeKind::Inside);
            let first = part(area, plan, handed.min(plan.parts));
            if handed >= plan.parts {
                return;
            }
            if first.width() < SMALLEST_PART {
                let rest = area.with_min_x(first.left());
                painter.rect(rest, 2.0, palette.faint, edge, StrokeKind::Inside);
            } else {
                for index in handed..plan.parts {
                    let place = part(area, plan, index);
                    painter.rect(place, 2.0, palette.faint, edge, StrokeKind::Inside);
                }
            }
            area.with_min_x(first.left())
        }
    };
    let size = font(sizes.text(14.0));
    let text =
        |number: u64| painter.layout_no_wrap(grouped(number.into()), size.clone(), palette.text);
    let (first, last) = (text(1), text(plan.numbers));
    let margin = sizes.gap(8.0);
    let ends = [
        (
            first,
            Align2::LEFT_CENTER,
            left.left() + margin,
            left == area,
        ),
        (last, Align2::RIGHT_CENTER, left.right() - margin, true),
    ];
    for (text, align, x, is_there) in ends {
        let place = align.anchor_size(pos2(x, area.center().y), text.size());
        if is_there && left.contains_rect(place.shrink2(egui::vec2(0.0, place.height() * 0.3))) {
            let plate = place
                .expand2(egui::vec2(3.0, -2.0))
                .intersect(left.shrink(2.0));
            painter.rect_filled(plate, 2.0, palette.card);
            painter.galley(place.min, text, palette.text);
        }
    }
}

/// Where the ribbon will be torn.
fn paint_perforation(painter: &Painter, area: Rect, plan: Plan, palette: &Palette) {
    if area.width() / (plan.parts as f32) < 2.0 * SMALLEST_PART {
        return;
    }
    for index in 1..plan.parts {
        let x = area.left() + area.width() * index as f32 / plan.parts as f32;
        let line = [pos2(x, area.top()), pos2(x, area.bottom())];
        painter.extend(egui::Shape::dashed_line(
            &line,
            Stroke::new(1.0, palette.weak),
            3.0,
            3.0,
        ));
    }
}
