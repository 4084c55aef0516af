//! The picture of the queue: one straight tube, the producers at its left end, the taker at its right end.

use egui::{Align2, Pos2, Rangef, Rect, Stroke, pos2, vec2};

use super::super::Word;
use super::Scene;
use super::shapes::{SMALLEST_TEXT, Slots, paint_arrow, paint_process, paint_slip, process_words};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::{bold_font, font};

/// The share of the picture's height that the tube has.
const TUBE: f32 = 0.3;

/// Paints the queue as one straight tube across the picture: the producers are above and below its left end, the taker
/// is above its right end, and below that are the words that came out.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let (gap, arm) = (pen.gap(8.0), pen.gap(56.0));
    let tube_height = area.height() * TUBE;
    let row_height = (area.height() - tube_height) / 2.0 - gap;
    let tube = Rect::from_min_max(
        pos2(area.left() + arm, area.top() + row_height + gap),
        pos2(area.right(), area.bottom() - row_height - gap),
    );
    let above = area.with_max_y(area.top() + row_height);
    let below = area.with_min_y(area.bottom() - row_height);
    let ends = area.width() * 0.32;

    let mouth = tube.with_min_x(area.left()).with_max_x(tube.left());
    let (upper, lower) = mouth.split_top_bottom_at_fraction(0.5);
    let at_mouth = [(above, upper), (below, lower)];
    for (word, (row, way)) in Word::BOTH.into_iter().zip(at_mouth) {
        let process = &scene.moment.producers[word.index()];
        let place = row.with_max_x(row.left() + ends);
        paint_process(pen, place, word.name(), Some(word), process, scene);
        if process.waits_for_room {
            // The producer's word stands before the full end of the queue.
            paint_state(pen, way, State::Waiting, None);
            paint_slip(pen, way.shrink2(vec2(pen.gap(3.0), gap)), word, false);
        } else {
            paint_way_in(pen, place, way, mouth.center().y);
        }
    }
    let slots_end = paint_slots(pen, tube, scene);

    let taker = above.with_min_x(area.right() - ends);
    paint_way_out(pen, pos2(slots_end, tube.center().y), taker);
    let title = Rect::from_min_max(
        pos2(area.left() + ends + gap, above.top()),
        pos2(taker.left() - gap, above.bottom()),
    );
    let (at, width) = (title.center_bottom(), title.width());
    let mut title = self::title(scene);
    let look = pen.bold(16.0);
    let no_limit = scene.plan.capacity.is_none();
    if pen.is_for_class() && no_limit && pen.fit_first(&[&title], &look, width).is_none() {
        title = scene.say("no-limit-short", &[]);
    }
    pen.write(at, Align2::CENTER_BOTTOM, title, look, width);
    let name = taker_name(scene);
    let free = paint_process(pen, taker, &name, None, &scene.moment.taker, scene);
    let taken = scene.say("taken-of", &taken_of(scene));
    let size = font(pen.text_size(17.0).min(free.height() * 0.8));
    if size.size >= SMALLEST_TEXT {
        let look = (size, pen.palette.text);
        // A class has the number of words below the tube, too.
        let text = match pen.is_for_class() {
            true => pen.fit_first(&[&taken], &look, free.width()),
            false => Some(pen.fit(taken, look, free.width())),
        };
        text.map(|text| pen.put(free.center(), Align2::CENTER_CENTER, text));
    }

    let beside = below.with_min_x(below.left() + ends + 2.0 * gap);
    if scene.moment.stuck {
        paint_stuck(pen, beside, scene);
    } else {
        paint_out(pen, beside, scene);
    }
}

/// Paints a producer's way into the tube: from its box to the height of the tube, then to the tube's end.
fn paint_way_in(pen: &Pen, producer: Rect, way: Rect, middle: f32) {
    let stroke = Stroke::new(2.0, pen.palette.weak);
    let x = way.left() + pen.gap(14.0);
    let from = if producer.top() < middle {
        producer.bottom()
    } else {
        producer.top()
    };
    pen.vline(x, Rangef::new(from.min(middle), from.max(middle)), stroke);
    paint_arrow(
        pen,
        pos2(x, middle),
        vec2(way.right() - x - pen.gap(4.0), 0.0),
    );
}

/// Paints the way out of the tube: from its right end up to the taker.
fn paint_way_out(pen: &Pen, from: Pos2, taker: Rect) {
    let stroke = Stroke::new(2.0, pen.palette.weak);
    let x = taker.right() - pen.gap(14.0);
    pen.hline(from.x..=x, from.y, stroke);
    paint_arrow(
        pen,
        pos2(x, from.y),
        vec2(0.0, taker.bottom() + pen.gap(3.0) - from.y),
    );
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

/// Paints the tube with its slots in one line: the words enter at the left, and the oldest is at the right. Returns the
/// tube's right end.
fn paint_slots(pen: &Pen, area: Rect, scene: &Scene) -> f32 {
    let queue = &scene.moment.queue;
    let count = scene.plan.slots().max(1);
    let (margin, exit) = (pen.gap(5.0), pen.gap(34.0));
    let room = area.with_max_x(area.right() - exit);
    let slots = Slots::in_line(pen, count, room.shrink(margin));
    let tube = slots.area().expand(margin);
    let is_full = queue.len() >= scene.plan.capacity.unwrap_or(usize::MAX);
    pen.rect_filled(tube, 0.0, pen.palette.background);
    if slots.are_visible() {
        for index in queue.len()..count {
            slots.paint_empty(pen, index);
        }
        for (index, &word) in queue.iter().enumerate() {
            slots.paint_word(pen, index, word, false);
        }
    } else {
        let inside = slots.area();
        let level = inside.width() * queue.len() as f32 / count as f32;
        let filled = inside.with_min_x(inside.right() - level);
        pen.rect_filled(filled, 2.0, pen.palette.strong);
    }
    let wall = Stroke::new(3.0, pen.palette.text);
    for y in [tube.top(), tube.bottom()] {
        pen.hline(tube.x_range(), y, wall);
    }
    // A full queue is closed: nothing gets in.
    if is_full {
        pen.vline(tube.left(), tube.y_range(), wall);
    }
    tube.right()
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
        let share = if pen.is_for_class() { 0.6 } else { 0.3 };
        let (at, width) = (place.left_center(), place.width() * share);
        let label = pen.write(at, Align2::LEFT_CENTER, label, pen.weak(14.0), width);
        let strip = place
            .with_min_x(label.right() + pen.gap(12.0))
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
    let lines: Vec<_> = std::iter::once((scene.say("stuck", &[]), true))
        .chain(scene.waits().into_iter().map(|wait| (wait, false)))
        .collect();
    if pen.is_for_class() {
        let mut at = inside.min;
        for (text, is_title) in lines {
            let look = if is_title {
                pen.bold(18.0)
            } else {
                pen.plain(14.0)
            };
            let text = pen.wrap(&text, look, inside.width());
            // The boxes of the processes say, too, what each waits for.
            if at.y + text.size().y > area.bottom() {
                break;
            }
            at.y = pen.put(at, Align2::LEFT_TOP, text).bottom();
        }
        return;
    }
    let height = inside.height() / lines.len() as f32;
    for (index, (text, is_title)) in lines.into_iter().enumerate() {
        let (usual, font) = match is_title {
            true => (22.0, bold_font as fn(f32) -> _),
            false => (18.0, font as fn(f32) -> _),
        };
        let size = pen.text_size(usual).min((height / 1.25).max(12.0));
        let at = pos2(inside.left(), inside.top() + (index as f32 + 0.5) * height);
        let look = (font(size), pen.palette.text);
        pen.write(at, Align2::LEFT_CENTER, text, look, inside.width());
    }
}
