//! The numbers that no worker has yet: a ribbon from 1 to the last, torn into parts when they are handed out.

use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::Scene;
use super::moment::{Plan, Ribbon};
use crate::text::grouped;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;

/// The narrowest part that is drawn by itself, in points.
const SMALLEST_PART: f32 = 4.0;

/// The place of a part in the ribbon.
pub fn part(ribbon: Rect, plan: Plan, index: usize) -> Rect {
    let x = |index: usize| ribbon.left() + ribbon.width() * index as f32 / plan.parts as f32;
    let part = ribbon.with_min_x(x(index)).with_max_x(x(index + 1));
    if part.width() < SMALLEST_PART {
        return part;
    }
    part.shrink2(vec2((part.width() * 0.06).min(3.0), 0.0))
}

/// Paints the rest of the ribbon.
pub fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let paper = |rect| pen.frame(rect, 2.0, pen.palette.faint, 1.0, pen.palette.weak);
    let plan = scene.plan;
    let left = match scene.moment.ribbon {
        Ribbon::Whole(state) => {
            match state {
                Some(state) => paint_state(pen, area, state, None),
                None => paper(area),
            }
            paint_perforation(pen, area, plan);
            area
        }
        Ribbon::Torn(handed) => {
            // The outline of the whole ribbon stays, so that the picture keeps its shape.
            // A class would take it for something that is still there.
            if handed < plan.parts || !pen.is_for_class() {
                pen.outline(area, 2.0, 1.0, pen.palette.faint);
            }
            let first = part(area, plan, handed.min(plan.parts));
            if handed >= plan.parts {
                return;
            }
            if first.width() < SMALLEST_PART {
                paper(area.with_min_x(first.left()));
            } else {
                for index in handed..plan.parts {
                    paper(part(area, plan, index));
                }
            }
            area.with_min_x(first.left())
        }
    };
    let first = pen.layout_line(grouped(1), pen.plain(14.0));
    let last = pen.layout_line(grouped(plan.numbers.into()), pen.plain(14.0));
    let inside = left.shrink2(vec2(pen.gap(8.0), 0.0));
    if left == area {
        paint_end(pen, left, inside.left_center(), Align2::LEFT_CENTER, first);
    }
    paint_end(pen, left, inside.right_center(), Align2::RIGHT_CENTER, last);
}

/// Paints the number at an end of the ribbon, if there is room for it.
fn paint_end(pen: &Pen, ribbon: Rect, at: Pos2, align: Align2, number: Arc<Galley>) {
    let place = align.anchor_size(at, number.size());
    if ribbon.contains_rect(place.shrink2(vec2(0.0, place.height() * 0.3))) {
        pen.put_on_plate(at, align, number, vec2(3.0, -2.0), ribbon.shrink(2.0));
    }
}

/// Paints the lines along which the ribbon will be torn.
fn paint_perforation(pen: &Pen, area: Rect, plan: Plan) {
    if area.width() / (plan.parts as f32) < 2.0 * SMALLEST_PART {
        return;
    }
    for index in 1..plan.parts {
        let x = area.left() + area.width() * index as f32 / plan.parts as f32;
        let line = [pos2(x, area.top()), pos2(x, area.bottom())];
        let stroke = Stroke::new(1.0, pen.palette.weak);
        pen.extend(Shape::dashed_line(&line, stroke, 3.0, 3.0));
    }
}
