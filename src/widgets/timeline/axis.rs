//! The timeline's axis, its hand, and the strip that says which part of the time is shown.

use egui::{Align2, Rect, Shape, Stroke, pos2, vec2};

use crate::widgets::look::pen::Pen;
use crate::widgets::look::theme::bold_font;
use crate::widgets::timeline::paint::{Picture, line};

/// Between ticks; wide enough for `0.0005 ms`.
const TICK_SPACING: f32 = 72.0;
/// Between the words of a tick and the next tick's.
const TICK_GAP: f32 = 12.0;
/// What the strip takes below the axis.
pub(super) const STRIP_HEIGHT: f32 = 7.0;
const TEXT: f32 = 12.0;
/// Half the width of the grip at the hand's upper end, and its height.
const GRIP: egui::Vec2 = vec2(5.0, 6.0);

impl Picture<'_> {
    /// The line below the lanes, and the ticks with their times, or with numbers where a time would say
    /// nothing of the distance.
    pub(super) fn paint_axis(&self, pen: &Pen) {
        let axis = &self.axis;
        pen.hline(
            axis.left..=axis.right,
            self.bottom,
            (1.0, pen.palette.border),
        );
        let say = |at| axis.say(at, self.language);
        let widest = line(pen, say(axis.end), f32::INFINITY).size().x;
        let ticks = axis.ticks(TICK_SPACING.max(widest + TICK_GAP));
        let hand = self.hand_words(pen).map(|(place, _)| place);
        for (number, at) in ticks.into_iter().enumerate() {
            let x = axis.x(at);
            pen.vline(
                x,
                self.room.top()..=self.bottom + 4.0,
                (1.0, pen.palette.faint),
            );
            let words = match axis.is_to_scale() {
                true => say(at),
                false => (number + 1).to_string(),
            };
            let galley = line(pen, words, TICK_SPACING.max(widest));
            let half = galley.size().x / 2.0;
            let middle = x.clamp(axis.left + half.min(4.0), self.room.right() - half);
            let place = Rect::from_min_size(pos2(middle - half, self.bottom + 4.0), galley.size());
            // The hand says where it is in their place.
            if hand.is_none_or(|hand| !hand.expand2(vec2(4.0, 0.0)).intersects(place)) {
                pen.galley_with_override_text_color(place.min, galley, pen.palette.weak);
            }
        }
        if self.strip > 0.0 {
            self.paint_strip(pen);
        }
    }

    /// All of the time as a thin line, and the part of it that is shown.
    fn paint_strip(&self, pen: &Pen) {
        let axis = &self.axis;
        let bottom = self.room.top() + self.size().y;
        let whole = Rect::from_min_max(pos2(axis.left, bottom - 4.0), pos2(axis.right, bottom));
        pen.rect_filled(whole, 2.0, pen.palette.faint);
        let x = |at: std::time::Duration| {
            let share = (at.as_secs_f64() / self.end.as_secs_f64()).min(1.0) as f32;
            axis.left + whole.width() * share
        };
        // However little of the time it is, it must be seen where.
        let left = x(axis.from).min(axis.right - 4.0);
        let part = whole
            .with_min_x(left)
            .with_max_x(x(axis.end).max(left + 4.0));
        pen.rect_filled(part, 2.0, pen.palette.weak);
    }

    /// Where the hand is, with its moment in words. At the end there is only its grip to be taken.
    pub(super) fn paint_hand(&self, pen: &Pen) {
        let now = self.shown.now;
        if now < self.axis.from || now > self.axis.end {
            return;
        }
        let (x, top) = (self.axis.x(now), self.room.top() - 2.0);
        if !self.shown.is_complete() {
            pen.vline(x, top..=self.bottom + 4.0, (1.5, pen.palette.text));
        }
        let grip = vec![
            pos2(x - GRIP.x, top),
            pos2(x + GRIP.x, top),
            pos2(x, top + GRIP.y),
        ];
        pen.add(Shape::convex_polygon(
            grip,
            pen.palette.strong,
            Stroke::NONE,
        ));
        if let Some((place, words)) = self.hand_words(pen) {
            pen.rect_filled(place, 3.0, pen.palette.strong);
            let at = Align2::CENTER_CENTER.anchor_size(place.center(), words.size());
            pen.galley(at.min, words, pen.palette.on_strong);
        }
    }

    /// The hand's moment, and its ground below the axis.
    fn hand_words(&self, pen: &Pen) -> Option<(Rect, std::sync::Arc<egui::Galley>)> {
        let now = self.shown.now;
        if self.shown.is_complete() || now < self.axis.from || now > self.axis.end {
            return None;
        }
        let words = self.axis.say_exactly(now, self.language);
        let words = pen.layout_no_wrap(words, bold_font(TEXT), pen.palette.on_strong);
        let size = vec2(words.size().x + 10.0, 16.0);
        let half = size.x / 2.0;
        let x = self.axis.x(now);
        let middle = x.clamp(
            self.room.left() + half,
            (self.room.right() - half).max(half),
        );
        let place = Rect::from_center_size(pos2(middle, self.bottom + 4.0 + size.y / 2.0), size);
        Some((place, words))
    }
}
