//! The picture of the queue: the producers at its left end, its slots, the taker at its right end.

use egui::{Align2, Rect, pos2, vec2};

use super::super::Word;
use super::Scene;
use super::shapes::{Slots, paint_arrow, paint_process, paint_slip, process_words};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::font;

/// Paints the queue between its ends, and below it the words that came out.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let (above, below) = area.split_top_bottom_at_fraction(0.66);
    let above = above.with_max_y(above.bottom() - pen.gap(10.0));
    let arm = pen.gap(56.0);
    let (ends, middle) = (area.width() * 0.22, area.width() * 0.56);
    let producers = above.with_max_x(above.left() + ends);
    let queue = Rect::from_min_size(
        pos2(producers.right() + arm, above.top()),
        vec2(middle - 2.0 * arm, above.height()),
    );
    let taker = above.with_min_x(queue.right() + arm);

    let gap = pen.gap(8.0);
    let height = (producers.height() - gap) / 2.0;
    for word in Word::BOTH {
        let top = producers.top() + word.index() as f32 * (height + gap);
        let place = producers.with_min_y(top).with_max_y(top + height);
        let process = &scene.moment.producers[word.index()];
        paint_process(pen, place, word.name(), process, scene);
        let from = place.right_center() + vec2(pen.gap(4.0), 0.0);
        if process.waits_for_room {
            // The producer stands at the full end of the queue with its word.
            let held = Rect::from_center_size(
                from + vec2(arm / 2.0 - pen.gap(4.0), 0.0),
                vec2(arm - pen.gap(8.0), pen.gap(24.0)),
            );
            let around = held.expand2(vec2(0.0, pen.gap(9.0)));
            paint_state(pen, around, State::Waiting, None);
            paint_slip(pen, held, word, false);
        } else {
            paint_arrow(pen, from, vec2(arm - pen.gap(8.0), 0.0));
        }
    }
    paint_slots(pen, queue, scene);
    let from = queue.right_center() + vec2(pen.gap(4.0), 0.0);
    paint_arrow(pen, from, vec2(arm - pen.gap(8.0), 0.0));
    let free = paint_process(pen, taker, &taker_name(scene), &scene.moment.taker, scene);
    let taken = scene.say("taken-of", &taken_of(scene));
    let (at, width) = (free.center(), free.width());
    pen.write(at, Align2::CENTER_CENTER, taken, pen.bold(17.0), width);

    if scene.moment.stuck {
        paint_stuck(pen, below, scene);
    } else {
        paint_out(pen, below, scene);
    }
}

/// The picture's parts in words.
pub(super) fn words(scene: &Scene) -> Vec<String> {
    let mut words: Vec<String> = Word::BOTH
        .into_iter()
        .filter_map(|word| {
            let process = &scene.moment.producers[word.index()];
            process_words(word.name(), process, scene)
        })
        .collect();
    words.push(title(scene));
    words.extend(process_words(
        &taker_name(scene),
        &scene.moment.taker,
        scene,
    ));
    words
}

fn taken_of(scene: &Scene) -> [(&'static str, Value); 2] {
    let (taken, takes) = (scene.moment.out.len(), scene.plan.takes);
    [("taken", taken.into()), ("takes", takes.into())]
}

fn taker_name(scene: &Scene) -> String {
    let key = if scene.plan.takes_at_once {
        "taker"
    } else {
        "taker-here"
    };
    scene.say(key, &[])
}

fn title(scene: &Scene) -> String {
    match scene.plan.capacity {
        Some(capacity) => scene.say("room", &[("capacity", capacity.into())]),
        None => scene.say("no-limit", &[]),
    }
}

fn paint_slots(pen: &Pen, area: Rect, scene: &Scene) {
    let full = scene.moment.queue.len() >= scene.plan.capacity.unwrap_or(usize::MAX);
    let (width, edge) = match full {
        true => (2.5, pen.palette.text),
        false => (1.0, pen.palette.border),
    };
    pen.frame(area, 6.0, pen.palette.card, width, edge);
    let inside = area.shrink(pen.gap(8.0));
    let title = pen.write_in(inside, title(scene), pen.bold(15.0));
    let slots = inside.with_min_y(title.bottom() + pen.gap(4.0));

    let queue = &scene.moment.queue;
    let count = scene.plan.slots().max(1);
    let grid = Slots::fitting(pen, count, slots, 1).mirrored();
    if !grid.are_visible() {
        let level = slots.width() * queue.len() as f32 / count as f32;
        let bar = slots.with_max_y(slots.bottom().min(slots.top() + pen.gap(44.0)));
        pen.outline(bar, 2.0, 1.0, pen.palette.border);
        pen.rect_filled(bar.with_min_x(bar.right() - level), 2.0, pen.palette.strong);
        return;
    }
    for index in queue.len()..count {
        grid.paint_empty(pen, index);
    }
    for (index, &word) in queue.iter().enumerate() {
        grid.paint_word(pen, index, word, false);
    }
}

/// Paints the words that were taken, and after them, crossed, those that were refused.
fn paint_out(pen: &Pen, area: Rect, scene: &Scene) {
    let (out, refused) = (&scene.moment.out, &scene.moment.refused);
    let rows = [("taken", out, false), ("refused", refused, true)];
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(_, words, crossed)| !crossed || !words.is_empty())
        .collect();
    let height = area.height() / rows.len() as f32;
    for (row, (key, words, crossed)) in rows.into_iter().enumerate() {
        let top = area.top() + row as f32 * height;
        let place = area.with_min_y(top).with_max_y(top + height);
        let label = scene.say(key, &[("count", words.len().into())]);
        let (at, width) = (place.left_center(), place.width() * 0.24);
        pen.write(at, Align2::LEFT_CENTER, label, pen.weak(14.0), width);
        let strip = place
            .with_min_x(place.left() + place.width() * 0.25)
            .shrink2(vec2(0.0, pen.gap(3.0)));
        let most = if crossed {
            words.len()
        } else {
            scene.plan.takes.min(scene.plan.puts())
        };
        let slots = Slots::fitting(pen, most.max(words.len()), strip, 5);
        if !slots.are_visible() {
            continue;
        }
        for index in words.len()..most {
            slots.paint_empty(pen, index);
        }
        for (index, &word) in words.iter().enumerate() {
            slots.paint_word(pen, index, word, crossed);
        }
    }
}

/// Paints, if no process can go on, what each waits for, in the place of the words that would come out.
fn paint_stuck(pen: &Pen, area: Rect, scene: &Scene) {
    let (ground, edge) = (
        pen.palette.tint(State::Waiting, 0.14),
        pen.palette.state(State::Waiting),
    );
    pen.frame(area, 4.0, ground, 2.0, edge);
    let inside = area.shrink2(vec2(pen.gap(12.0), pen.gap(6.0)));
    let (left, right) = inside.split_left_right_at_fraction(0.32);
    let title = scene.say("stuck", &[]);
    let (at, width) = (left.left_center(), left.width() - pen.gap(10.0));
    pen.write(at, Align2::LEFT_CENTER, title, pen.bold(24.0), width);
    let waits = scene.waits();
    let height = right.height() / waits.len().max(1) as f32;
    for (index, wait) in waits.into_iter().enumerate() {
        let size = font(pen.text_size(19.0).min((height / 1.3).max(12.0)));
        let at = pos2(right.left(), right.top() + (index as f32 + 0.5) * height);
        let look = (size, pen.palette.text);
        pen.write(at, Align2::LEFT_CENTER, wait, look, right.width());
    }
}
