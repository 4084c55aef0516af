//! The processes: thick boxes with a ring for each connection and, where there is one, the event loop with its queue.

use egui::{Align2, Pos2, Rect, Stroke, Vec2, pos2, vec2};

use super::Scene;
use super::moment::{Process, Ring, Way};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_slip;
use crate::widgets::look::state_look::paint_state;

/// The most connections that are drawn one by one.
const RINGS: usize = 400;
/// The largest ring, in points.
const LARGEST: f32 = 40.0;
/// The smallest box with words in it.
const WITH_WORDS: Vec2 = vec2(150.0, 100.0);
/// The same for a class.
const WITH_LARGE_WORDS: Vec2 = vec2(105.0, 66.0);

/// The number of connections that a mark stands for.
pub(super) fn connections_of_a_mark(scene: &Scene) -> usize {
    match scene.plan.connections {
        few if few <= RINGS => 1,
        many => many.div_ceil(RINGS),
    }
}

/// Paints all boxes.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let (columns, cell) = cells(area, scene);
    for (index, process) in scene.moment.processes.iter().enumerate() {
        let at = vec2((index % columns) as f32, (index / columns) as f32) * cell;
        let place = Rect::from_min_size(area.min + at, cell).shrink(gap(pen, cell));
        paint_box(pen, place, process, scene);
    }
}

/// The distance of a box from the edge of its cell.
fn gap(pen: &Pen, cell: Vec2) -> f32 {
    (cell.min_elem() * 0.04).min(pen.gap(6.0))
}

/// Whether the boxes have words in them.
pub(super) fn have_words(pen: &Pen, area: Rect, scene: &Scene) -> bool {
    let (_, cell) = cells(area, scene);
    has_words(pen, cell - Vec2::splat(2.0 * gap(pen, cell)))
}

fn has_words(pen: &Pen, size: Vec2) -> bool {
    let least = match pen.is_for_class() {
        true => WITH_LARGE_WORDS,
        false => WITH_WORDS,
    };
    size.x >= least.x && size.y >= least.y
}

/// The number of columns in which the boxes stand, and the size of a cell for one.
fn cells(area: Rect, scene: &Scene) -> (usize, Vec2) {
    let processes = &scene.moment.processes;
    // The boxes are side by side while they are not narrower than high.
    let shape = vec2(area.width(), area.height());
    let columns = (1..=processes.len())
        .rfind(|&columns| {
            let rows = processes.len().div_ceil(columns);
            shape.x / columns as f32 >= 0.8 * shape.y / rows as f32
        })
        .unwrap_or(1);
    let rows = processes.len().div_ceil(columns);
    let cell = vec2(shape.x / columns as f32, shape.y / rows as f32);
    (columns, cell)
}

fn paint_box(pen: &Pen, place: Rect, process: &Process, scene: &Scene) {
    let edge = pen.palette.edge_if(process.pid.is_some());
    let width = if place.height() > 40.0 { 3.0 } else { 2.0 };
    pen.frame(place, 4.0, pen.palette.background, width, edge);
    if process.lost {
        paint_state(pen, place.shrink(3.0), State::Lost, None);
    }
    let has_words = has_words(pen, place.size());
    // Words keep clear of the edge.
    let least = match has_words && pen.is_for_class() {
        true => 6.0,
        false => 3.0,
    };
    let mut room = place.shrink((place.height() * 0.04).clamp(least, pen.gap(10.0)));
    if has_words {
        let name = pen.write_in(room, scene.name(process), pen.weak(14.0));
        room.min.y = name.bottom() + pen.gap(4.0);
    }
    // A class would not know what a loop without words is.
    if scene.plan.way == Way::Loop && (has_words || !pen.is_for_class()) {
        let height = if has_words {
            pen.gap(30.0)
        } else {
            room.height() * 0.2
        };
        let strip = room.with_min_y(room.bottom() - height);
        paint_loop(pen, strip, process, has_words, scene);
        room.max.y = strip.top() - pen.gap(8.0).min(room.height() * 0.05);
    }
    paint_connections(pen, room, process, scene);
}

fn paint_connections(pen: &Pen, room: Rect, process: &Process, scene: &Scene) {
    let of_a_mark = connections_of_a_mark(scene);
    let marks = process.rings.chunks(of_a_mark);
    let grid = Grid::fitting(marks.len(), room.size(), Vec2::splat(LARGEST), 5);
    let width = grid.columns.min(marks.len()) as f32 * grid.cell.x;
    let origin = room.min + vec2((room.width() - width) / 2.0, 0.0);
    for (index, rings) in marks.enumerate() {
        let cell = grid.place(origin, index);
        match rings {
            [ring] if of_a_mark == 1 => paint_ring(pen, cell, *ring, scene.plan.way),
            rings => paint_square(pen, cell, rings),
        }
    }
}

/// Paints the loop's thread as a bead, and beside it the queue of replies.
fn paint_loop(pen: &Pen, strip: Rect, process: &Process, has_words: bool, scene: &Scene) {
    let bead = Rect::from_min_size(strip.min, Vec2::splat(strip.height()));
    let state = match (process.pid, process.works) {
        _ if process.lost => Some(State::Lost),
        (None, _) => None,
        (_, true) => Some(State::Running),
        (_, false) => Some(State::Sleeping),
    };
    match state {
        Some(state) => paint_state(pen, bead, state, None),
        None => pen.outline(bead, 2.0, 1.0, pen.palette.border),
    }
    let mut queue = strip.with_min_x(bead.right() + strip.height() * 0.4);
    let queued = process.count(Ring::Arrived);
    if has_words {
        let queued = [("queued", Value::from(queued))];
        let words = scene.language.with("event_loop-stage-queue", &queued);
        let (at, width) = (queue.left_center(), queue.width() * 0.6);
        let words = match pen.is_for_class() {
            true => {
                // A class also reads what stands before the queue.
                let name = scene.language.text("event_loop-stage-loop");
                let named = format!("{name} · {words}");
                let text = pen.fit_first(&[&named, &words], &pen.bold(16.0), queue.width());
                let text = text.unwrap_or_else(|| pen.layout_line(name, pen.bold(16.0)));
                pen.put(at, Align2::LEFT_CENTER, text)
            }
            false => pen.write(at, Align2::LEFT_CENTER, words, pen.bold(16.0), width),
        };
        queue.min.x = words.right() + pen.gap(8.0);
    }
    paint_slips(pen, queue, queued);
}

/// Paints as many slips as there is room for; the rest is a number.
fn paint_slips(pen: &Pen, queue: Rect, queued: usize) {
    let slip = vec2(0.55, 0.8) * queue.height();
    let step = slip.x * 1.25;
    let room = (queue.width() / step).floor().max(0.0) as usize;
    for index in 0..queued.min(room) {
        let left = queue.left() + index as f32 * step;
        let center: Pos2 = pos2(left + slip.x / 2.0, queue.center().y);
        let place = Rect::from_center_size(center, slip);
        paint_slip(pen, place, Some(State::Waiting));
    }
}

/// Paints the ring of a connection, and in it the thread that waits there, if there is one.
pub(super) fn paint_ring(pen: &Pen, cell: Rect, ring: Ring, way: Way) {
    let radius = cell.width().min(cell.height()) * 0.42;
    let width = (radius * 0.22).clamp(1.0, 2.5);
    let color = match ring {
        Ring::Closed => pen.palette.border,
        Ring::Asked => pen.palette.state(State::Sleeping),
        Ring::Arrived if way == Way::Loop => pen.palette.state(State::Waiting),
        Ring::Arrived | Ring::Handled => pen.palette.state(State::Running),
    };
    if ring == Ring::Handled {
        pen.circle_filled(cell.center(), radius, color);
        return;
    }
    let stroke = Stroke::new(width, color);
    pen.circle_stroke(cell.center(), radius - width / 2.0, stroke);
    let inside = match (ring, way) {
        // The connection's reply is a slip in the queue.
        (Ring::Arrived, Way::Loop) => {
            let place = Rect::from_center_size(cell.center(), vec2(1.1, 0.7) * radius);
            paint_slip(pen, place, Some(State::Waiting));
            return;
        }
        // The thread only waits for this reply, or handles it.
        (Ring::Asked, Way::ThreadEach | Way::OneAtATime) => (vec2(0.8, 0.8), State::Sleeping),
        (Ring::Arrived, _) => (vec2(0.8, 0.8), State::Running),
        _ => return,
    };
    let (size, state) = inside;
    let place = Rect::from_center_size(cell.center(), size * radius);
    paint_state(pen, place, state, None);
}

/// Paints a square that stands for all of `rings`, filled as far as they have come.
pub(super) fn paint_square(pen: &Pen, cell: Rect, rings: &[Ring]) {
    let place = cell.shrink((cell.width() * 0.08).clamp(0.5, 2.0));
    pen.outline(place, 1.0, 1.0, pen.palette.border);
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
        paint_state(pen, part, state, None);
        bottom = part.top();
    }
}
