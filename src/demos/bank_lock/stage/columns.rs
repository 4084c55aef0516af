//! The columns that the threads go through: a small square for each thread, a slip for each coroutine.

use std::sync::Arc;

use egui::{Align2, Galley, Rect, Stroke, pos2, vec2};

use super::Scene;
use super::moment::Bead;
use crate::lab::trace::event::State;
use crate::text::grouped;
use crate::widgets::look::grid::{self, Grid};
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_slip;
use crate::widgets::look::state_look::{paint_key, paint_state, paint_state_text};
use crate::widgets::look::theme::bold_font;

/// Squares lower than this, in points, are not drawn one by one.
const SMALLEST: f32 = 5.0;
/// The largest height of a square, in units of the pen.
const LARGEST: f32 = 64.0;
/// The smallest number in a square, in pixels.
const SMALLEST_NUMBER: f32 = 8.0;
/// The smallest heading of a column, in points.
const SMALLEST_HEADING: f32 = 10.0;
/// Height from which there is room for the caption.
const CAPTION_FROM: f32 = 230.0;

/// The titles of the columns.
pub fn titles(scene: &Scene) -> [String; 3] {
    let gap = [("millis", scene.gap_millis.into())];
    keys(scene).map(|key| scene.language.with(&format!("bank_lock-{key}"), &gap))
}

fn keys(scene: &Scene) -> [&'static str; 3] {
    match scene.variant {
        "mutex" => ["step-lock", "stage-inside", "stage-done"],
        "short_lock" => ["stage-wait", "stage-lock", "stage-done"],
        "atomic" => ["stage-wait", "step-add", "stage-done"],
        "async_tasks" if !scene.plan.await_inside => ["stage-wait", "stage-at-once", "stage-done"],
        _ => ["step-read", "stage-wait", "step-write"],
    }
}

/// A column's heading, its title and its count; in a narrow column the shorter of the two that can be read.
fn heading(pen: &Pen, scene: &Scene, index: usize, width: f32) -> Arc<Galley> {
    let title = titles(scene)[index].clone();
    let short = match keys(scene)[index] {
        "stage-wait" => scene.language.text("bank_lock-step-wait").into_owned(),
        _ => title.clone(),
    };
    let count = grouped(scene.moment.columns[index].len() as i128);
    let counted = |title: &str| format!("{title} · {count}");
    let faces = match scene.is_counted {
        true => vec![counted(&title), counted(&short), title, short],
        false => vec![title, short],
    };
    let look = pen.bold(17.0);
    let fits = |face: &&String| {
        let wide = pen.layout_line(face.as_str(), look.clone()).size().x;
        wide * SMALLEST_HEADING <= width * look.0.size
    };
    let face = faces.iter().find(fits).or(faces.last());
    pen.fit(face.cloned().unwrap_or_default(), look.clone(), width)
}

/// Paints all three columns, and the caption that says what the squares are.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let caption = scene.language.text(match scene.variant {
        "async_tasks" => "bank_lock-stage-caption-slips",
        _ => "bank_lock-stage-caption",
    });
    let columns = match area.height() >= CAPTION_FROM {
        true => pen.caption(area, caption),
        false => area.with_min_y(area.top() + pen.corner.y),
    };
    let between = pen.gap(18.0);
    let columns = grid::columns(columns, 3, between);
    for (index, column) in columns.enumerate() {
        if index > 0 {
            paint_arrow(pen, column, between);
        }
        let inside = paint_frame(pen, column, scene, index);
        let beads = &scene.moment.columns[index];
        if scene.variant == "mutex" && index == 1 {
            paint_holder(pen, inside, beads.first(), scene);
        } else {
            paint_beads(pen, inside, beads, scene);
        }
    }
}

/// Paints a column's edge and heading. Returns the room for its squares.
fn paint_frame(pen: &Pen, column: Rect, scene: &Scene, index: usize) -> Rect {
    pen.frame(column, 6.0, pen.palette.background, 1.0, pen.palette.border);
    let margin = pen.gap(8.0);
    let inside = column.shrink(margin);
    let heading = heading(pen, scene, index, inside.width());
    let height = pen.line_height(17.0);
    let middle = inside.top() - margin * 0.4 + height / 2.0;
    pen.put(pos2(inside.left(), middle), Align2::LEFT_CENTER, heading);
    inside.with_min_y(inside.top() + height)
}

/// Paints the arrow from the column before to this one.
fn paint_arrow(pen: &Pen, column: Rect, between: f32) {
    let tip = column.left_center() - vec2(between * 0.28, 0.0);
    let back = vec2(between * 0.36, between * 0.36);
    let stroke = Stroke::new(2.0, pen.palette.weak);
    pen.line_segment([tip - back, tip], stroke);
    pen.line_segment([pos2(tip.x - back.x, tip.y + back.y), tip], stroke);
}

/// Paints the squares, of one size in all columns; too many squares become bars.
fn paint_beads(pen: &Pen, area: Rect, beads: &[Bead], scene: &Scene) {
    let threads = scene.plan.threads;
    let largest = vec2(wideness(scene), 1.0) * pen.gap(LARGEST);
    let grid = Grid::fitting(threads, area.size(), largest, 1);
    if grid.cell.y < SMALLEST {
        paint_levels(pen, area, beads, threads);
        return;
    }
    let numbers: Vec<String> = beads
        .iter()
        .map(|bead| {
            bead.read
                .map_or_else(String::new, |read| grouped(read.into()))
        })
        .collect();
    let digits = numbers
        .iter()
        .map(|number| number.chars().count())
        .max()
        .unwrap_or(0);
    let readable = SMALLEST_NUMBER / pen.pixels_per_point();
    let size = (grid.cell.y * 0.7).min(grid.cell.x * 0.82 / (digits.max(1) as f32 * 0.58));
    for (index, (bead, number)) in beads.iter().zip(numbers).enumerate() {
        let place = grid
            .place(area.min, index)
            .shrink((grid.cell.y * 0.07).min(1.5));
        if scene.variant == "async_tasks" {
            paint_slip(pen, place, Some(bead.state));
        } else {
            paint_state(pen, place, bead.state, None);
        }
        if size >= readable && !number.is_empty() {
            paint_state_text(
                pen,
                place,
                bead.state,
                None,
                number,
                bold_font(size.floor()),
            );
        }
    }
}

/// The width of a square as a share of its height. It depends on the largest balance that a thread can read, and not on
/// those that were read: squares that change their size in mid-run can't be followed.
fn wideness(scene: &Scene) -> f32 {
    let others = scene.plan.threads.saturating_sub(1) as i128;
    match others * i128::from(scene.plan.amount) {
        0..=99 => 1.0,
        100..=999 => 1.3,
        _ => 1.6,
    }
}

/// Paints a bar for each state; its length is the number of threads in that state.
fn paint_levels(pen: &Pen, area: Rect, beads: &[Bead], threads: usize) {
    const STATES: [State; 5] = [
        State::Running,
        State::Holding,
        State::Waiting,
        State::Sleeping,
        State::Lost,
    ];
    let mut top = area.top();
    for state in STATES {
        let count = beads.iter().filter(|bead| bead.state == state).count();
        if count > 0 {
            let height = (area.height() * count as f32 / threads as f32).max(3.0);
            let level = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), height));
            paint_state(pen, level.intersect(area), state, None);
            top = level.bottom();
        }
    }
}

/// Paints the thread that holds the lock, or the key alone.
fn paint_holder(pen: &Pen, area: Rect, holder: Option<&Bead>, scene: &Scene) {
    let size = vec2(
        area.width().min(pen.gap(240.0)),
        area.height().min(pen.gap(170.0)),
    );
    let place = Rect::from_center_size(area.center(), size);
    let (color, lines) = match holder {
        Some(bead) => {
            let color = pen.palette.state(State::Holding);
            let fill = pen.palette.tint(State::Holding, 0.14);
            pen.frame(place, 4.0, fill, 2.5, color);
            let thread = ("thread", u64::from(bead.thread).into());
            let read = bead.read.map(|read| {
                let read = [("read", read.into())];
                scene.language.with("bank_lock-stage-holder-read", &read)
            });
            let who = scene.language.with("bank_lock-stage-holder", &[thread]);
            (color, [who, read.unwrap_or_default()])
        }
        None => {
            pen.outline(place, 4.0, 1.0, pen.palette.border);
            let free = scene.language.text("bank_lock-stage-free").into_owned();
            (pen.palette.weak, [free, String::new()])
        }
    };
    let key = Rect::from_center_size(
        pos2(place.center().x, place.top() + place.height() * 0.26),
        vec2(1.9, 1.0) * (place.height() * 0.30),
    );
    paint_key(pen, key, color);
    for (line, share) in lines.into_iter().zip([0.58, 0.82]) {
        let middle = pos2(place.center().x, place.top() + place.height() * share);
        let width = place.width() - 8.0;
        let size = (place.height() * 0.18).clamp(10.0, pen.text_size(26.0));
        let look = (bold_font(size.floor()), pen.palette.text);
        pen.write(middle, Align2::CENTER_CENTER, line, look, width);
    }
}
