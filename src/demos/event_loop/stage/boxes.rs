//! The processes that wait: thick boxes with their connections and, where there is an event loop, its thread
//! beside the queue.

use egui::{Align2, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::Scene;
use super::marks::{paint_ring, paint_square};
use super::moment::{Process, Ring, Way};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::lettering::{Sizes, fitted};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::slip::paint_slip;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::{bold_font, font};

/// More connections than these are not drawn one by one.
const RINGS: usize = 400;
/// Rings are not larger than this, in points.
const LARGEST: f32 = 40.0;
/// A box smaller than this has no words in it.
const WITH_WORDS: Vec2 = vec2(150.0, 100.0);

/// Connections that one mark of the picture stands for.
pub(super) fn connections_of_a_mark(scene: &Scene) -> usize {
    match scene.plan.connections {
        few if few <= RINGS => 1,
        many => many.div_ceil(RINGS),
    }
}

/// Paints all boxes.
pub(super) fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let processes = &scene.moment.processes;
    // Side by side while they are not narrower than high.
    let shape = vec2(area.width(), area.height());
    let columns = (1..=processes.len())
        .rfind(|&columns| {
            let rows = processes.len().div_ceil(columns);
            shape.x / columns as f32 >= 0.8 * shape.y / rows as f32
        })
        .unwrap_or(1);
    let rows = processes.len().div_ceil(columns);
    let cell = vec2(shape.x / columns as f32, shape.y / rows as f32);
    for (index, process) in processes.iter().enumerate() {
        let at = vec2((index % columns) as f32, (index / columns) as f32) * cell;
        let gap = (cell.min_elem() * 0.04).min(sizes.gap(6.0));
        let place = Rect::from_min_size(area.min + at, cell).shrink(gap);
        paint_box(painter, place, process, scene, sizes, palette);
    }
}

fn paint_box(
    painter: &Painter,
    place: Rect,
    process: &Process,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let is_there = process.pid.is_some();
    let edge = if is_there {
        palette.text
    } else {
        palette.border
    };
    let edge = Stroke::new(if place.height() > 40.0 { 3.0 } else { 2.0 }, edge);
    painter.rect(place, 4.0, palette.background, edge, StrokeKind::Inside);
    if process.lost {
        paint_state(painter, place.shrink(3.0), State::Lost, None, palette);
    }
    let mut room = place.shrink((place.height() * 0.04).clamp(3.0, sizes.gap(10.0)));
    let has_words = place.width() >= WITH_WORDS.x && place.height() >= WITH_WORDS.y;
    if has_words {
        let name = scene.name(process);
        let name = fitted(
            painter,
            name,
            font(sizes.text(14.0)),
            palette.weak,
            room.width(),
        );
        room.min.y += name.size().y;
        painter.galley(
            pos2(room.left(), room.top() - name.size().y),
            name,
            palette.weak,
        );
        room.min.y += sizes.gap(4.0);
    }
    if scene.plan.way == Way::Loop {
        let height = if has_words {
            sizes.gap(30.0)
        } else {
            room.height() * 0.2
        };
        let strip = room.with_min_y(room.bottom() - height);
        paint_loop(painter, strip, process, has_words, scene, sizes, palette);
        room.max.y = strip.top() - sizes.gap(8.0).min(room.height() * 0.05);
    }
    paint_connections(painter, room, process, scene, palette);
}

fn paint_connections(
    painter: &Painter,
    room: Rect,
    process: &Process,
    scene: &Scene,
    palette: &Palette,
) {
    let of_a_mark = connections_of_a_mark(scene);
    let marks = process.rings.chunks(of_a_mark);
    let grid = Grid::fitting(marks.len(), room.size(), Vec2::splat(LARGEST), 5);
    let width = grid.columns.min(marks.len()) as f32 * grid.cell.x;
    let origin = room.min + vec2((room.width() - width) / 2.0, 0.0);
    for (index, rings) in marks.enumerate() {
        let cell = grid.place(origin, index);
        match rings {
            [ring] if of_a_mark == 1 => paint_ring(painter, cell, *ring, scene.plan.way, palette),
            rings => paint_square(painter, cell, rings, palette),
        }
    }
}

/// The loop's thread, a bead, and beside it the queue of replies that wait for it.
fn paint_loop(
    painter: &Painter,
    strip: Rect,
    process: &Process,
    has_words: bool,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let bead = Rect::from_min_size(strip.min, Vec2::splat(strip.height()));
    let state = match (process.pid, process.works) {
        _ if process.lost => Some(State::Lost),
        (None, _) => None,
        (_, true) => Some(State::Running),
        (_, false) => Some(State::Sleeping),
    };
    match state {
        Some(state) => paint_state(painter, bead, state, None, palette),
        None => {
            let edge = Stroke::new(1.0, palette.border);
            painter.rect_stroke(bead, 2.0, edge, StrokeKind::Inside);
        }
    }
    let mut queue = strip.with_min_x(bead.right() + strip.height() * 0.4);
    let queued = process.count(Ring::Arrived);
    if has_words {
        let queued = [("queued", Value::from(queued))];
        let words = scene.language.with("event_loop-stage-queue", &queued);
        let size = bold_font(sizes.text(16.0));
        let words = fitted(painter, words, size, palette.text, queue.width() * 0.6);
        let at = Align2::LEFT_CENTER.anchor_size(queue.left_center(), words.size());
        queue.min.x = at.right() + sizes.gap(8.0);
        painter.galley(at.min, words, palette.text);
    }
    paint_slips(painter, queue, queued, palette);
}

/// As many slips as there is room for; the rest is a number.
fn paint_slips(painter: &Painter, queue: Rect, queued: usize, palette: &Palette) {
    let slip = vec2(0.55, 0.8) * queue.height();
    let step = slip.x * 1.25;
    let room = (queue.width() / step).floor().max(0.0) as usize;
    for index in 0..queued.min(room) {
        let left = queue.left() + index as f32 * step;
        let center: Pos2 = pos2(left + slip.x / 2.0, queue.center().y);
        let place = Rect::from_center_size(center, slip);
        paint_slip(painter, place, Some(State::Waiting), palette);
    }
}
