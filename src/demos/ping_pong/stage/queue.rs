//! The queue: who puts words in at its left end, the slots, and who takes them out at its right end.

use egui::{Align2, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use super::super::Word;
use super::Scene;
use super::shapes::{Slots, paint_arrow, paint_process, paint_slip, process_words};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::lettering::{Sizes, fitted};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::{bold_font, font};

/// Paints the queue between its ends, and what came out of it below.
pub(super) fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let (above, below) = area.split_top_bottom_at_fraction(0.66);
    let above = above.with_max_y(above.bottom() - sizes.gap(10.0));
    let arm = sizes.gap(56.0);
    let (ends, middle) = (area.width() * 0.22, area.width() * 0.56);
    let producers = above.with_max_x(above.left() + ends);
    let queue = Rect::from_min_size(
        pos2(producers.right() + arm, above.top()),
        vec2(middle - 2.0 * arm, above.height()),
    );
    let taker = above.with_min_x(queue.right() + arm);

    let gap = sizes.gap(8.0);
    let height = (producers.height() - gap) / 2.0;
    for word in Word::BOTH {
        let top = producers.top() + word.index() as f32 * (height + gap);
        let place = producers.with_min_y(top).with_max_y(top + height);
        let process = &scene.moment.producers[word.index()];
        paint_process(painter, place, word.name(), process, scene, sizes, palette);
        let from = place.right_center() + vec2(sizes.gap(4.0), 0.0);
        if process.waits_for_room {
            // It stands at the full end with its word in its hand.
            let hand = Rect::from_center_size(
                from + vec2(arm / 2.0 - sizes.gap(4.0), 0.0),
                vec2(arm - sizes.gap(8.0), sizes.gap(24.0)),
            );
            paint_state(
                painter,
                hand.expand2(vec2(0.0, sizes.gap(9.0))),
                State::Waiting,
                None,
                palette,
            );
            paint_slip(painter, hand, word, false, palette);
        } else {
            paint_arrow(painter, from, vec2(arm - sizes.gap(8.0), 0.0), palette);
        }
    }
    paint_slots(painter, queue, scene, sizes, palette);
    let from = queue.right_center() + vec2(sizes.gap(4.0), 0.0);
    paint_arrow(painter, from, vec2(arm - sizes.gap(8.0), 0.0), palette);
    let free = paint_process(
        painter,
        taker,
        &taker_name(scene),
        &scene.moment.taker,
        scene,
        sizes,
        palette,
    );
    let taken = scene.say("taken-of", &taken_of(scene));
    let taken = fitted(
        painter,
        taken,
        bold_font(sizes.text(17.0)),
        palette.text,
        free.width(),
    );
    let at = Align2::CENTER_CENTER.anchor_size(free.center(), taken.size());
    painter.galley(at.min, taken, palette.text);

    if scene.moment.stuck {
        paint_stuck(painter, below, scene, sizes, palette);
    } else {
        paint_out(painter, below, scene, sizes, palette);
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

fn paint_slots(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let full = scene.moment.queue.len() >= scene.plan.capacity.unwrap_or(usize::MAX);
    let edge = if full {
        Stroke::new(2.5, palette.text)
    } else {
        Stroke::new(1.0, palette.border)
    };
    painter.rect(area, 6.0, palette.card, edge, StrokeKind::Inside);
    let inside = area.shrink(sizes.gap(8.0));
    let size = bold_font(sizes.text(15.0));
    let text = fitted(painter, title(scene), size, palette.text, inside.width());
    let slots = inside.with_min_y(inside.top() + text.size().y + sizes.gap(4.0));
    painter.galley(inside.min, text, palette.text);

    let queue = &scene.moment.queue;
    let count = scene.plan.slots().max(1);
    let grid = Slots::fitting(count, slots, sizes, 1).mirrored();
    if !grid.are_visible() {
        let level = slots.width() * queue.len() as f32 / count as f32;
        let bar = slots.with_max_y(slots.bottom().min(slots.top() + sizes.gap(44.0)));
        painter.rect_stroke(
            bar,
            2.0,
            Stroke::new(1.0, palette.border),
            StrokeKind::Inside,
        );
        painter.rect_filled(bar.with_min_x(bar.right() - level), 2.0, palette.strong);
        return;
    }
    for index in queue.len()..count {
        grid.paint_empty(painter, index, palette);
    }
    for (index, &word) in queue.iter().enumerate() {
        grid.paint_word(painter, index, word, false, palette);
    }
}

/// Words that were taken, and after them, crossed, those that were refused.
fn paint_out(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
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
        let size = font(sizes.text(14.0));
        let label = fitted(painter, label, size, palette.weak, place.width() * 0.24);
        let at = Align2::LEFT_CENTER.anchor_size(place.left_center(), label.size());
        painter.galley(at.min, label, palette.weak);
        let strip = place
            .with_min_x(place.left() + place.width() * 0.25)
            .shrink2(vec2(0.0, sizes.gap(3.0)));
        let most = if crossed {
            words.len()
        } else {
            scene.plan.takes.min(scene.plan.puts())
        };
        let slots = Slots::fitting(most.max(words.len()), strip, sizes, 5);
        if !slots.are_visible() {
            continue;
        }
        for index in words.len()..most {
            slots.paint_empty(painter, index, palette);
        }
        for (index, &word) in words.iter().enumerate() {
            slots.paint_word(painter, index, word, crossed, palette);
        }
    }
}

/// Nobody can go on: who waits for what, in the place of what would come out.
fn paint_stuck(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let edge = Stroke::new(2.0, palette.state(State::Waiting));
    let ground = palette.tint(State::Waiting, 0.14);
    painter.rect(area, 4.0, ground, edge, StrokeKind::Inside);
    let inside = area.shrink2(vec2(sizes.gap(12.0), sizes.gap(6.0)));
    let (left, right) = inside.split_left_right_at_fraction(0.32);
    let title = scene.say("stuck", &[]);
    let title = fitted(
        painter,
        title,
        bold_font(sizes.text(24.0)),
        palette.text,
        left.width() - sizes.gap(10.0),
    );
    let at = Align2::LEFT_CENTER.anchor_size(left.left_center(), title.size());
    painter.galley(at.min, title, palette.text);
    let waits = scene.waits();
    let height = right.height() / waits.len().max(1) as f32;
    for (index, wait) in waits.into_iter().enumerate() {
        let size = font(sizes.text(19.0).min((height / 1.3).max(12.0)));
        let text = fitted(painter, wait, size, palette.text, right.width());
        let middle = pos2(right.left(), right.top() + (index as f32 + 0.5) * height);
        let at = Align2::LEFT_CENTER.anchor_size(middle, text.size());
        painter.galley(at.min, text, palette.text);
    }
}
