//! What a connection looks like: alone as a ring, or with others as a square of a field.

use egui::{Painter, Rect, Stroke, StrokeKind, vec2};

use super::moment::{Ring, Way};
use crate::lab::trace::event::State;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::slip::paint_slip;
use crate::widgets::look::state_look::paint_state;

/// Paints the ring of a connection that is at `ring`, and the thread that waits at it, if one does.
pub(super) fn paint_ring(painter: &Painter, cell: Rect, ring: Ring, way: Way, palette: &Palette) {
    let radius = cell.width().min(cell.height()) * 0.42;
    let width = (radius * 0.22).clamp(1.0, 2.5);
    let color = match ring {
        Ring::Closed => palette.border,
        Ring::Asked => palette.state(State::Sleeping),
        Ring::Arrived if way == Way::Loop => palette.state(State::Waiting),
        Ring::Arrived | Ring::Handled => palette.state(State::Running),
    };
    if ring == Ring::Handled {
        painter.circle_filled(cell.center(), radius, color);
        return;
    }
    let stroke = Stroke::new(width, color);
    painter.circle_stroke(cell.center(), radius - width / 2.0, stroke);
    let inside = match (ring, way) {
        // Its reply is a slip in the queue.
        (Ring::Arrived, Way::Loop) => {
            let place = Rect::from_center_size(cell.center(), vec2(1.1, 0.7) * radius);
            paint_slip(painter, place, Some(State::Waiting), palette);
            return;
        }
        // A thread has nothing else to do than to wait here, or to handle this one.
        (Ring::Asked, Way::ThreadEach | Way::OneAtATime) => (vec2(0.8, 0.8), State::Sleeping),
        (Ring::Arrived, _) => (vec2(0.8, 0.8), State::Running),
        _ => return,
    };
    let (size, state) = inside;
    let place = Rect::from_center_size(cell.center(), size * radius);
    paint_state(painter, place, state, None, palette);
}

/// Paints a square that stands for all of `rings`, filled as far as they have come.
pub(super) fn paint_square(painter: &Painter, cell: Rect, rings: &[Ring], palette: &Palette) {
    let place = cell.shrink((cell.width() * 0.08).clamp(0.5, 2.0));
    let edge = Stroke::new(1.0, palette.border);
    painter.rect_stroke(place, 1.0, edge, StrokeKind::Inside);
    let mut bottom = place.bottom();
    for (ring, state) in [
        (Ring::Handled, State::Running),
        (Ring::Arrived, State::Waiting),
        (Ring::Asked, State::Sleeping),
    ] {
        let count = rings.iter().filter(|known| **known == ring).count();
        if count == 0 {
            continue;
        }
        let height = place.height() * count as f32 / rings.len().max(1) as f32;
        let part = place.with_max_y(bottom).with_min_y(bottom - height);
        paint_state(painter, part, state, None, palette);
        bottom = part.top();
    }
}
