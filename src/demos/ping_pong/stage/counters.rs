//! The picture of two processes that count, and of the strip on which their words appear.

use egui::{Align2, Rect, Stroke, vec2};

use super::super::Word;
use super::Scene;
use super::moment::Way;
use super::shapes::{Slots, paint_process, process_words};
use crate::lab::trace::event::State;
use crate::text::grouped;
use crate::widgets::look::grid::columns;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;

/// The share of a strip's width that its label has.
const LABELS: f32 = 0.16;

/// Paints the processes above their words.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let (boxes, strip) = area.split_top_bottom_at_fraction(if leaves_room_for_surplus(scene) {
        0.54
    } else {
        0.72
    });
    let boxes = boxes.with_max_y(boxes.bottom() - pen.gap(12.0));
    let shared = scene.plan.way == Way::Shared;
    let between = if shared { 0.30 } else { 0.08 } * boxes.width();
    for (word, place) in Word::BOTH.into_iter().zip(columns(boxes, 2, between)) {
        let process = &scene.moment.producers[word.index()];
        let free = paint_process(pen, place, word.name(), Some(word), process, scene);
        if !shared {
            paint_counter(pen, free, process.counter, scene);
            continue;
        }
        let printed = scene.say("process-printed", &[("count", process.words.into())]);
        let (at, width) = (free.center(), free.width());
        pen.write(at, Align2::CENTER_CENTER, printed, pen.plain(20.0), width);
    }
    if shared {
        paint_shared(pen, boxes, between, scene);
    }
    paint_strip(pen, strip, scene);
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
fn paint_counter(pen: &Pen, area: Rect, counter: u64, scene: &Scene) {
    if area.height() < pen.line_height(15.0) {
        // A box so low has room for its name alone; the strip of words shows how far it has counted.
        return;
    }
    let (label, width) = (scene.say("counter", &[]), area.width() * 0.5);
    let at = area.left_center();
    let label = pen.write(at, Align2::LEFT_CENTER, label, pen.weak(15.0), width);
    let figure = area.with_min_x(label.right() + pen.gap(12.0));
    let figure = figure.shrink2(vec2(0.0, pen.gap(4.0)));
    pen.number(
        figure,
        grouped(counter.into()),
        pen.palette.text_if(scene.begun),
    );
}

/// Paints the counter that both processes share, between their boxes and joined to them.
fn paint_shared(pen: &Pen, boxes: Rect, between: f32, scene: &Scene) {
    let arm = pen.gap(22.0);
    let size = vec2(between - 2.0 * arm, boxes.height());
    let place = Rect::from_center_size(boxes.center(), size);
    let line = Stroke::new(2.0, pen.palette.text);
    for (from, to) in [(place.left_center(), -arm), (place.right_center(), arm)] {
        pen.line_segment([from, from + vec2(to, 0.0)], line);
    }
    pen.frame(place, 12.0, pen.palette.background, 1.5, pen.palette.text);
    let inside = place.shrink2(vec2(pen.gap(12.0), pen.gap(7.0)));
    let mut label = scene.say("counter-shared", &[]);
    let plain = scene.say("counter", &[]);
    let look = pen.weak(15.0);
    if pen.is_for_class() && pen.fit_first(&[&label], &look, inside.width()).is_none() {
        label = plain;
    }
    let label = pen.write_in(inside, label, look);
    let figure = inside.with_min_y(label.bottom() + pen.gap(4.0));
    let counter = grouped(scene.moment.shared_counter().into());
    pen.number(figure, counter, pen.palette.text_if(scene.begun));
}

/// Paints as many slots as the counter allows, and below them, crossed, the surplus words.
fn paint_strip(pen: &Pen, area: Rect, scene: &Scene) {
    let (words, out) = (scene.plan.words, &scene.moment.out);
    let (due, surplus) = out.split_at(out.len().min(words));
    let rows = if leaves_room_for_surplus(scene) {
        2.0
    } else {
        1.0
    };
    let height = area.height() / rows;
    let due_text = scene.say("due", &[("words", words.into())]);
    let surplus_text =
        |count: usize| scene.say("surplus", &[("surplus", count.max(surplus.len()).into())]);
    let labels = match pen.is_for_class() {
        // Labels that a class can read take from the strip.
        true => {
            let texts = [due_text.clone(), surplus_text(words)];
            let widths = texts.map(|text| pen.layout_line(text, pen.weak(14.0)).size().x);
            (widths[0].max(widths[1]) + pen.gap(9.0)) / area.width().max(1.0)
        }
        false => LABELS,
    };
    let row = |index: f32| {
        let top = area.top() + index * height;
        let row = area.with_min_y(top).with_max_y(top + height);
        let (label, strip) = row.split_left_right_at_fraction(labels);
        (label, strip.shrink2(vec2(0.0, pen.gap(2.0))))
    };
    let (label, strip) = row(0.0);
    paint_label(pen, label, due_text);
    let slots = Slots::fitting(pen, words, strip, 5);
    if slots.are_visible() {
        for index in due.len()..words {
            slots.paint_empty(pen, index);
        }
        for (index, &word) in due.iter().enumerate() {
            slots.paint_word(pen, index, word, false);
        }
    } else {
        let bar = bar(pen, strip);
        pen.frame(bar, 2.0, pen.palette.background, 1.0, pen.palette.border);
        let right = bar.left() + bar.width() * due.len() as f32 / words as f32;
        pen.rect_filled(bar.with_max_x(right), 2.0, pen.palette.strong);
    }
    if surplus.is_empty() {
        return;
    }
    let (label, strip) = row(1.0);
    paint_label(pen, label, surplus_text(0));
    let slots = Slots::fitting(pen, words.max(surplus.len()), strip, 5);
    if slots.are_visible() {
        for (index, &word) in surplus.iter().enumerate() {
            slots.paint_word(pen, index, word, true);
        }
    } else {
        let bar = bar(pen, strip);
        let right = bar.left() + bar.width() * surplus.len() as f32 / words as f32;
        let bar = bar.with_max_x(right.min(bar.right()));
        paint_state(pen, bar, State::Lost, None);
    }
}

/// Whether the strip has room for surplus words: always if each process has its own counter, otherwise only once there
/// are some.
fn leaves_room_for_surplus(scene: &Scene) -> bool {
    scene.plan.way == Way::Private || scene.moment.out.len() > scene.plan.words
}

fn paint_label(pen: &Pen, row: Rect, text: String) {
    let (at, width) = (row.left_center(), row.width() - pen.gap(8.0));
    pen.write(at, Align2::LEFT_CENTER, text, pen.weak(14.0), width);
}

/// The bar in the place of slips that would be too small.
fn bar(pen: &Pen, strip: Rect) -> Rect {
    let size = vec2(strip.width(), strip.height().min(pen.gap(30.0)));
    Rect::from_center_size(strip.center(), size)
}
