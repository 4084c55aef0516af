//! The second hand and the tube of clicks, in the pictures of one window and of two, and in the twins' own windows.

use egui::{Pos2, Rect, Stroke, pos2, vec2};

use crate::lab::trace::event::State;
use crate::widgets::look::pen::Pen;

/// The number of rings that fit into the tube.
const TUBE: usize = 7;

/// Paints a clock face. Its second hand points to the moment at which the window that it stands for last drew.
pub fn paint_clock(pen: &Pen, center: Pos2, radius: f32, seconds: f32, state: State) {
    let palette = pen.palette;
    let hand = palette.state(state);
    // The face has a colour that can be seen from the last row, where the hand is thin.
    let face = match state {
        State::Lost => palette.tint(State::Lost, 0.12),
        _ => palette.background,
    };
    pen.circle(center, radius, face, Stroke::new(5.0, palette.border));
    let towards = |turn: f32, length: f32| {
        let angle = turn * std::f32::consts::TAU;
        center + vec2(angle.sin(), -angle.cos()) * radius * length
    };
    for minute in 0..12 {
        let turn = minute as f32 / 12.0;
        pen.line_segment(
            [towards(turn, 0.84), towards(turn, 0.92)],
            Stroke::new(2.0, palette.weak),
        );
    }
    // The hand goes around once in five seconds: from the last row a slower one would not be seen to stop.
    pen.line_segment(
        [center, towards(seconds / 5.0, 0.78)],
        Stroke::new(6.0, hand),
    );
    pen.circle_filled(center, 6.0, hand);
}

/// Paints the tube: clicks that waited pile up in it, and clicks that were answered have left it.
pub fn paint_tube(pen: &Pen, tube: Rect, waited: u64, answered: u64) {
    let palette = pen.palette;
    pen.outline(tube, tube.width() / 2.0, 3.0, palette.border);
    let radius = tube.width() / 2.0 - 6.0;
    let place = |index: usize| {
        pos2(
            tube.center().x,
            tube.bottom() - 6.0 - radius - index as f32 * (2.0 * radius + 3.0),
        )
    };
    let waited = usize::try_from(waited).unwrap_or(usize::MAX);
    let fits = TUBE.min(((tube.height() - 12.0) / (2.0 * radius + 3.0)) as usize);
    for index in 0..waited.min(fits) {
        pen.circle_stroke(
            place(index),
            radius - 1.5,
            Stroke::new(3.0, palette.state(State::Lost)),
        );
    }
    let answered = usize::try_from(answered).unwrap_or(usize::MAX);
    for index in 0..answered.min(2 * fits) {
        let (column, row) = ((index % 2) as f32, index / 2);
        let at = place(row) + vec2(tube.width() + column * (2.0 * radius + 3.0), 0.0);
        pen.circle_filled(at, radius - 1.5, palette.state(State::Running));
    }
}
