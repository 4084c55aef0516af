//! A state looks the same in every picture, by pattern and by colour: running is solid, waiting striped,
//! holding an outline with a key, sleeping hollow, lost crossed.
//!
//! Shapes that are too small for a pattern are filled plainly, which also keeps hairlines cheap.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::lab::trace::event::State;
use crate::widgets::look::palette::text_on;
use crate::widgets::look::pen::Pen;

/// A rectangle shows the pattern of its state if its shorter side has at least so many points.
pub const SMALLEST_PATTERN: f32 = 5.0;
/// Distance from one stripe to the next, along a horizontal.
const STRIPE_PERIOD: f32 = 7.0;

/// Size of a slip's folded corner, as a share of the slip's shorter side.
const FOLD: f32 = 0.38;

/// Paints `rect` in the pattern and colour of `state`; `share` is the CPU time ÷ wall time of a running one.
pub fn paint_state(pen: &Pen, rect: Rect, state: State, share: Option<f32>) {
    let palette = pen.palette;
    let color = palette.state(state);
    let short_side = rect.width().min(rect.height());
    if short_side < SMALLEST_PATTERN {
        pen.rect_filled(rect, 0.0, palette.fill(state, share));
        return;
    }
    let radius = if short_side < 10.0 { 1.0 } else { 2.0 };
    let stroke = Stroke::new(if short_side < 10.0 { 1.0 } else { 1.5 }, color);
    let outlined = |fill| pen.rect(rect, radius, fill, stroke, StrokeKind::Inside);
    match state {
        State::Running => {
            outlined(palette.fill(state, share));
        }
        State::Waiting => {
            outlined(palette.tint(state, 0.18));
            pen.extend(stripes(rect.shrink(stroke.width / 2.0), color));
        }
        State::Holding => {
            outlined(palette.tint(state, 0.14));
            let key = vec2(1.9, 1.0) * (rect.height() * 0.6).min(16.0);
            if rect.width() >= key.x + 4.0 && rect.height() >= 8.0 {
                paint_key(pen, Rect::from_center_size(rect.center(), key), color);
            }
        }
        State::Sleeping => {
            outlined(palette.card);
        }
        State::Lost => {
            outlined(palette.tint(state, 0.10));
            let arm = (short_side * 0.28).clamp(1.5, 8.0);
            paint_cross(pen, rect.center(), arm, stroke);
        }
    }
}

/// Paints text in the middle of a rectangle that [`paint_state`] painted, readable on its pattern.
pub fn paint_state_text(
    pen: &Pen,
    rect: Rect,
    state: State,
    share: Option<f32>,
    text: impl Into<String>,
    font: FontId,
) {
    let color = match state {
        State::Running => text_on(pen.palette.fill(state, share)),
        _ => pen.palette.text,
    };
    let galley = pen.layout_no_wrap(text.into(), font, color);
    let place = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    // Text on stripes or across a key can't be read, so it gets a ground of its own there.
    if state != State::Running && state != State::Sleeping {
        let plate = place.expand2(vec2(2.0, -1.0)).intersect(rect.shrink(2.0));
        pen.rect_filled(plate, 1.0, pen.palette.card);
    }
    pen.galley(place.min, galley, color);
}

/// Hatches `rect`: for time that was not counted or a quantity that is not there. It is no state's pattern.
pub fn paint_hatch(pen: &Pen, rect: Rect) {
    pen.extend(stripes(rect, pen.palette.weak));
    pen.outline(rect, 0.0, 1.0, pen.palette.weak);
}

/// Diagonal stripes within `rect`. They are cut to it here rather than by a clip rectangle, because
/// each clip rectangle is a draw call; and they lie on one grid for all, so that a growing span does
/// not make its stripes wander.
fn stripes(rect: Rect, color: Color32) -> impl Iterator<Item = Shape> {
    let first = ((rect.min.x + rect.min.y) / STRIPE_PERIOD).floor() as i64;
    let last = ((rect.max.x + rect.max.y) / STRIPE_PERIOD).ceil() as i64;
    (first..=last).filter_map(move |index| {
        let from = index as f32 * STRIPE_PERIOD;
        let corners = band_in_rect(rect, from, from + STRIPE_PERIOD * 0.5);
        (corners.len() >= 3).then(|| Shape::convex_polygon(corners, color, Stroke::NONE))
    })
}

/// The convex polygon of all points of `rect` with `from ≤ x + y ≤ to`, clockwise; empty if there are none.
fn band_in_rect(rect: Rect, from: f32, to: f32) -> Vec<Pos2> {
    let corners = vec![
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
    ];
    let above_from = cut(&corners, |point| point.x + point.y - from);
    cut(&above_from, |point| to - point.x - point.y)
}

/// The part of a convex polygon where the linear function `inside` is not negative (Sutherland and
/// Hodgman's clipping by one edge).
fn cut(polygon: &[Pos2], inside: impl Fn(Pos2) -> f32) -> Vec<Pos2> {
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for (index, &here) in polygon.iter().enumerate() {
        let next = polygon[(index + 1) % polygon.len()];
        let (at_here, at_next) = (inside(here), inside(next));
        if at_here >= 0.0 {
            kept.push(here);
        }
        if at_here * at_next < 0.0 {
            kept.push(here.lerp(next, at_here / (at_here - at_next)));
        }
    }
    kept
}

/// Paints a cross whose arms reach `arm` points to each side: the sign of what is lost.
pub fn paint_cross(painter: &Painter, center: Pos2, arm: f32, stroke: Stroke) {
    for end in [vec2(arm, arm), vec2(arm, -arm)] {
        painter.line_segment([center - end, center + end], stroke);
    }
}

/// Paints a key, lying, with its bow to the left: the sign of a held lock. It looks best twice as wide as high.
pub fn paint_key(painter: &Painter, rect: Rect, color: Color32) {
    let unit = rect.height().min(rect.width() / 1.9);
    let stroke = Stroke::new((unit * 0.16).max(1.0), color);
    let radius = unit * 0.5 - stroke.width / 2.0;
    let left = rect.center().x - 0.95 * unit;
    let bow = pos2(left + unit * 0.5, rect.center().y);
    let tip = pos2(left + 1.9 * unit, bow.y);
    painter.circle_stroke(bow, radius, stroke);
    painter.line_segment([bow + vec2(radius, 0.0), tip], stroke);
    for tooth in [0.0, 0.32] {
        let top = tip - vec2(unit * tooth + stroke.width / 2.0, 0.0);
        painter.line_segment([top, top + vec2(0.0, unit * 0.36)], stroke);
    }
}

/// The outcome of a deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coin {
    /// The deposit counts: the coin is filled.
    Kept,
    /// The deposit was overwritten or failed: the coin is hollow, with a cross.
    Lost,
    /// The outcome is not yet known: the coin is hollow and faint.
    Pending,
}

/// Paints a coin.
pub fn paint_coin(pen: &Pen, center: Pos2, radius: f32, coin: Coin) {
    let width = (radius * 0.2).clamp(1.0, 2.5);
    let edge = |color| Stroke::new(width, color);
    match coin {
        Coin::Kept => {
            pen.circle_filled(center, radius, pen.palette.state(State::Running));
        }
        Coin::Lost => {
            let stroke = edge(pen.palette.state(State::Lost));
            pen.circle_stroke(center, radius - width / 2.0, stroke);
            paint_cross(pen, center, radius * 0.42, stroke);
        }
        Coin::Pending => {
            pen.circle_stroke(center, radius - width / 2.0, edge(pen.palette.border));
        }
    }
}

/// Paints a ring around a place: the latest event was there.
pub fn paint_ring(pen: &Pen, place: Rect) {
    let width = (place.height() * 0.14).clamp(2.0, 3.5);
    let stroke = Stroke::new(width, pen.palette.text);
    pen.rect_stroke(place.expand(1.0), 3.0, stroke, StrokeKind::Outside);
}

/// Paints a slip of paper with a folded corner, a message or a coroutine, in the pattern of its state. The state is
/// `None` if it does nothing yet, or no more.
pub fn paint_slip(pen: &Pen, rect: Rect, state: Option<State>) {
    let color = match state {
        Some(state) => {
            paint_state(pen, rect, state, None);
            pen.palette.state(state)
        }
        None => {
            pen.frame(rect, 1.0, pen.palette.faint, 1.0, pen.palette.border);
            pen.palette.border
        }
    };
    paint_fold(pen, rect, color);
}

/// Folds the right top corner of a slip that was painted over all of `rect`; `color` is that of its edge. A slip that
/// is too small for a fold stays as it is.
pub fn paint_fold(pen: &Pen, rect: Rect, color: Color32) {
    let fold = rect.width().min(rect.height()) * FOLD;
    if fold < SMALLEST_PATTERN / 2.0 {
        return;
    }
    // The corner is cut off by what is behind it, and its other side lies on the slip.
    let left = pos2(rect.right() - fold, rect.top());
    let low = pos2(rect.right(), rect.top() + fold);
    let background = pen.palette.background;
    let outside = vec![left, rect.right_top(), low];
    let plain = Stroke::new(1.5, background);
    pen.add(Shape::convex_polygon(outside, background, plain));
    let turned = vec![left, low, pos2(left.x, low.y)];
    let edge = Stroke::new(1.0, color);
    pen.add(Shape::convex_polygon(turned, pen.palette.card, edge));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripes_stay_inside_and_cover_half() {
        let rect = Rect::from_min_size(pos2(3.3, 7.1), vec2(90.0, 30.0));
        let mut covered = 0.0;
        let mut from = -70.0;
        while from < 200.0 {
            let corners = band_in_rect(rect, from, from + STRIPE_PERIOD * 0.5);
            assert!(
                corners
                    .iter()
                    .all(|&corner| rect.expand(0.01).contains(corner))
            );
            covered += area(&corners);
            from += STRIPE_PERIOD;
        }
        assert!((covered / rect.area() - 0.5).abs() < 0.02, "{covered}");
    }

    #[test]
    fn a_band_beside_the_rectangle_is_empty() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(10.0, 10.0));
        assert!(band_in_rect(rect, 21.0, 25.0).is_empty());
        assert!(band_in_rect(rect, -9.0, -5.0).is_empty());
    }

    fn area(polygon: &[Pos2]) -> f32 {
        let next = polygon.iter().cycle().skip(1);
        let doubled: f32 = polygon
            .iter()
            .zip(next)
            .map(|(a, b)| a.x * b.y - b.x * a.y)
            .sum();
        doubled.abs() / 2.0
    }
}
