//! Two processes that count, and the strip on which their words appear.

use egui::{Align2, Painter, Rect, Stroke, StrokeKind, vec2};

use super::super::Word;
use super::Scene;
use super::moment::Way;
use super::shapes::{Slots, paint_process, process_words};
use crate::lab::trace::event::State;
use crate::text::grouped;
use crate::widgets::look::lettering::{Sizes, fitted, paint_figure};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::font;

/// The part of a strip's width that its label has.
const LABELS: f32 = 0.16;

/// Paints the processes above their words.
pub(super) fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let (boxes, strip) = area.split_top_bottom_at_fraction(if leaves_room_for_surplus(scene) {
        0.54
    } else {
        0.72
    });
    let boxes = boxes.with_max_y(boxes.bottom() - sizes.gap(12.0));
    let shared = scene.plan.way == Way::Shared;
    let between = if shared { 0.30 } else { 0.08 } * boxes.width();
    let width = (boxes.width() - between) / 2.0;
    for word in Word::BOTH {
        let left = boxes.left() + word.index() as f32 * (width + between);
        let place = boxes.with_min_x(left).with_max_x(left + width);
        let process = &scene.moment.producers[word.index()];
        let free = paint_process(painter, place, word.name(), process, scene, sizes, palette);
        if !shared {
            paint_counter(painter, free, process.counter, scene, sizes, palette);
            continue;
        }
        let printed = scene.say("process-printed", &[("count", process.words.into())]);
        let printed = fitted(
            painter,
            printed,
            font(sizes.text(20.0)),
            palette.text,
            free.width(),
        );
        let at = Align2::CENTER_CENTER.anchor_size(free.center(), printed.size());
        painter.galley(at.min, printed, palette.text);
    }
    if shared {
        paint_shared(painter, boxes, between, scene, sizes, palette);
    }
    paint_strip(painter, strip, scene, sizes, palette);
}

/// The picture's parts in words.
pub(super) fn words(scene: &Scene) -> Vec<String> {
    let counter = |count: u64| scene.say("counter-is", &[("count", count.into())]);
    let mut words = Vec::new();
    for word in Word::BOTH {
        let process = &scene.moment.producers[word.index()];
        words.extend(process_words(word.name(), process, scene));
        if scene.plan.way == Way::Private && process.pid.is_some() {
            words.push(counter(process.counter));
        }
    }
    if scene.plan.way == Way::Shared && scene.begun {
        words.push(counter(scene.moment.shared_counter()));
    }
    words
}

/// A counter, as large as its room allows, with its name before it.
fn paint_counter(
    painter: &Painter,
    area: Rect,
    counter: u64,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let label = scene.say("counter", &[]);
    let label = fitted(
        painter,
        label,
        font(sizes.text(15.0)),
        palette.weak,
        area.width() * 0.5,
    );
    let at = Align2::LEFT_CENTER.anchor_size(area.left_center(), label.size());
    let left = at.right() + sizes.gap(12.0);
    painter.galley(at.min, label, palette.weak);
    let figure = area.with_min_x(left).shrink2(vec2(0.0, sizes.gap(4.0)));
    let color = if scene.begun {
        palette.text
    } else {
        palette.weak
    };
    paint_figure(painter, figure, grouped(counter.into()), color);
}

/// The counter that both share, between their boxes and joined to them.
fn paint_shared(
    painter: &Painter,
    boxes: Rect,
    between: f32,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let arm = sizes.gap(22.0);
    let size = vec2(between - 2.0 * arm, boxes.height());
    let place = Rect::from_center_size(boxes.center(), size);
    let line = Stroke::new(2.0, palette.text);
    for (from, to) in [(place.left_center(), -arm), (place.right_center(), arm)] {
        painter.line_segment([from, from + vec2(to, 0.0)], line);
    }
    let edge = Stroke::new(1.5, palette.text);
    painter.rect(place, 12.0, palette.background, edge, StrokeKind::Inside);
    let inside = place.shrink2(vec2(sizes.gap(12.0), sizes.gap(7.0)));
    let label = scene.say("counter-shared", &[]);
    let label = fitted(
        painter,
        label,
        font(sizes.text(15.0)),
        palette.weak,
        inside.width(),
    );
    let below = inside.top() + label.size().y + sizes.gap(4.0);
    painter.galley(inside.min, label, palette.weak);
    let color = if scene.begun {
        palette.text
    } else {
        palette.weak
    };
    let counter = grouped(scene.moment.shared_counter().into());
    paint_figure(painter, inside.with_min_y(below), counter, color);
}

/// As many slots as the counter allows; below them, crossed, what was printed beyond that.
fn paint_strip(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let (words, out) = (scene.plan.words, &scene.moment.out);
    let (due, surplus) = out.split_at(out.len().min(words));
    let rows = if leaves_room_for_surplus(scene) {
        2.0
    } else {
        1.0
    };
    let height = area.height() / rows;
    let row = |index: f32| {
        let top = area.top() + index * height;
        let row = area.with_min_y(top).with_max_y(top + height);
        let (label, strip) = row.split_left_right_at_fraction(LABELS);
        (label, strip.shrink2(vec2(0.0, sizes.gap(2.0))))
    };
    let (label, strip) = row(0.0);
    let text = scene.say("due", &[("words", words.into())]);
    paint_label(painter, label, text, sizes, palette);
    let slots = Slots::fitting(words, strip, sizes, 5);
    if slots.are_visible() {
        for index in due.len()..words {
            slots.paint_empty(painter, index, palette);
        }
        for (index, &word) in due.iter().enumerate() {
            slots.paint_word(painter, index, word, false, palette);
        }
    } else {
        let bar = bar(strip, sizes);
        let edge = Stroke::new(1.0, palette.border);
        painter.rect(bar, 2.0, palette.background, edge, StrokeKind::Inside);
        let right = bar.left() + bar.width() * due.len() as f32 / words as f32;
        painter.rect_filled(bar.with_max_x(right), 2.0, palette.strong);
    }
    if surplus.is_empty() {
        return;
    }
    let (label, strip) = row(1.0);
    let text = scene.say("surplus", &[("surplus", surplus.len().into())]);
    paint_label(painter, label, text, sizes, palette);
    let slots = Slots::fitting(words.max(surplus.len()), strip, sizes, 5);
    if slots.are_visible() {
        for (index, &word) in surplus.iter().enumerate() {
            slots.paint_word(painter, index, word, true, palette);
        }
    } else {
        let bar = bar(strip, sizes);
        let right = bar.left() + bar.width() * surplus.len() as f32 / words as f32;
        let bar = bar.with_max_x(right.min(bar.right()));
        paint_state(painter, bar, State::Lost, None, palette);
    }
}

/// Where each counts for itself; elsewhere only if there is something to be shown.
fn leaves_room_for_surplus(scene: &Scene) -> bool {
    scene.plan.way == Way::Private || scene.moment.out.len() > scene.plan.words
}

fn paint_label(painter: &Painter, row: Rect, text: String, sizes: Sizes, palette: &Palette) {
    let room = row.width() - sizes.gap(8.0);
    let text = fitted(painter, text, font(sizes.text(14.0)), palette.weak, room);
    let at = Align2::LEFT_CENTER.anchor_size(row.left_center(), text.size());
    painter.galley(at.min, text, palette.weak);
}

/// What stands in the place of slips that would be too small.
fn bar(strip: Rect, sizes: Sizes) -> Rect {
    let size = vec2(strip.width(), strip.height().min(sizes.gap(30.0)));
    Rect::from_center_size(strip.center(), size)
}
