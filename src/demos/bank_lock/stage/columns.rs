//! The columns that the threads go through: a small square for each thread, a slip for each coroutine.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Align2, Galley, Rect, Stroke, Vec2, pos2, vec2};

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
/// Height from which there is room for the caption, in a window and on a class's screen.
const CAPTION_FROM: f32 = 230.0;
const CLASS_CAPTION_FROM: f32 = 150.0;

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
        "step-lock" => scene.language.text("bank_lock-stage-queue").into_owned(),
        "stage-inside" => scene.language.text("bank_lock-stage-lock").into_owned(),
        _ => title.clone(),
    };
    let count = grouped(scene.moment.columns[index].len() as i128);
    let counted = |title: &str| format!("{title} · {count}");
    // A class can count the squares.
    let faces = match scene.presenting {
        true => vec![title, short],
        false => vec![counted(&title), counted(&short), title, short],
    };
    let look = pen.bold(17.0);
    let fits = |face: &&String| {
        let wide = pen.layout_line(face.as_str(), look.clone()).size().x;
        wide * pen.smallest.max(SMALLEST_HEADING) <= width * look.0.size
    };
    let face = faces.iter().find(fits).or(faces.last());
    pen.fit(face.cloned().unwrap_or_default(), look.clone(), width)
}

/// The caption that says what the squares are. It promises the balances in them only where these can be read.
fn caption(scene: &Scene, has_numbers: bool) -> String {
    let key = match (scene.variant, has_numbers) {
        ("async_tasks", true) => "bank_lock-stage-caption-slips",
        ("async_tasks", false) => "bank_lock-stage-caption-slips-plain",
        (_, true) => "bank_lock-stage-caption",
        (_, false) => "bank_lock-stage-caption-plain",
    };
    scene.language.text(key).into_owned()
}

/// Paints the caption where there is room for it. Returns the room for the columns.
fn paint_caption(pen: &Pen, area: Rect, scene: &Scene) -> Rect {
    let from = match scene.presenting {
        true => CLASS_CAPTION_FROM,
        false => CAPTION_FROM,
    };
    if area.height() < from {
        return area.with_min_y(area.top() + pen.corner.y);
    }
    let [numbers, plain] = [true, false].map(|has_numbers| caption(scene, has_numbers));
    if !scene.presenting {
        let rest = area.with_max_y(area.bottom() - pen.line_height(14.0));
        let text = if has_numbers(pen, rest, scene) {
            numbers
        } else {
            plain
        };
        return pen.caption(area, text);
    }
    let lay_out = |text: String| {
        let (font, color) = pen.weak(14.0);
        let text = pen.layout(text, font, color, area.width());
        let columns = area.with_max_y(area.bottom() - text.size().y - 4.0);
        (text, columns)
    };
    let (mut text, mut columns) = lay_out(numbers);
    if !has_numbers(pen, columns, scene) {
        (text, columns) = lay_out(plain);
    }
    let at = columns.left_bottom() + vec2(0.0, 4.0);
    pen.put(at, Align2::LEFT_TOP, text);
    columns
}

/// Paints all three columns, and the caption that says what the squares are.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let columns = paint_caption(pen, area, scene);
    let between = between(pen);
    for (index, column) in grid::columns(columns, 3, between).enumerate() {
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

/// The gap between two columns.
fn between(pen: &Pen) -> f32 {
    pen.gap(18.0)
}

/// The room for a column's squares, below its heading.
fn inside(pen: &Pen, column: Rect) -> Rect {
    let inside = column.shrink(pen.gap(8.0));
    inside.with_min_y(inside.top() + pen.line_height(17.0))
}

/// Paints a column's edge and heading. Returns the room for its squares.
fn paint_frame(pen: &Pen, column: Rect, scene: &Scene, index: usize) -> Rect {
    pen.frame(column, 6.0, pen.palette.background, 1.0, pen.palette.border);
    let inside = inside(pen, column);
    let heading = heading(pen, scene, index, inside.width());
    let middle = column.top() + pen.gap(8.0) * 0.6 + pen.line_height(17.0) / 2.0;
    pen.put(pos2(inside.left(), middle), Align2::LEFT_CENTER, heading);
    inside
}

/// Paints the arrow from the column before to this one.
fn paint_arrow(pen: &Pen, column: Rect, between: f32) {
    let tip = column.left_center() - vec2(between * 0.28, 0.0);
    let back = vec2(between * 0.36, between * 0.36);
    let stroke = Stroke::new(2.0, pen.palette.weak);
    pen.line_segment([tip - back, tip], stroke);
    pen.line_segment([pos2(tip.x - back.x, tip.y + back.y), tip], stroke);
}

/// The squares of a column with this room, of one size in all columns.
fn squares(pen: &Pen, room: Vec2, scene: &Scene) -> Grid {
    let largest = vec2(wideness(scene), 1.0) * pen.gap(LARGEST);
    Grid::fitting(scene.plan.threads, room, largest, 1)
}

/// The size of the numbers in squares this large; `None` if they could not be read.
fn number_size(pen: &Pen, cell: Vec2, scene: &Scene) -> Option<f32> {
    let readable = match scene.presenting {
        true => pen.smallest,
        false => SMALLEST_NUMBER / pen.pixels_per_point(),
    };
    let digits = grouped(most_read(scene)).chars().count() as f32;
    let size = (cell.y * 0.7).min(cell.x * 0.82 / (digits * 0.58));
    (cell.y >= SMALLEST && size >= readable).then(|| size.floor())
}

/// Whether there is room for numbers in the squares of the columns in this area.
fn has_numbers(pen: &Pen, columns: Rect, scene: &Scene) -> bool {
    let mut columns = grid::columns(columns, 3, between(pen));
    let Some(column) = columns.next() else {
        return false;
    };
    let grid = squares(pen, inside(pen, column).size(), scene);
    number_size(pen, grid.cell, scene).is_some()
}

/// Paints the squares; too many squares become bars.
fn paint_beads(pen: &Pen, area: Rect, beads: &[Bead], scene: &Scene) {
    let grid = squares(pen, area.size(), scene);
    if grid.cell.y < SMALLEST {
        paint_levels(pen, area, beads, scene.plan.threads);
        return;
    }
    let size = number_size(pen, grid.cell, scene);
    for (index, bead) in beads.iter().enumerate() {
        let place = grid
            .place(area.min, index)
            .shrink((grid.cell.y * 0.07).min(1.5));
        if scene.variant == "async_tasks" {
            paint_slip(pen, place, Some(bead.state));
        } else {
            paint_state(pen, place, bead.state, None);
        }
        if let (Some(size), Some(read)) = (size, bead.read) {
            let number = grouped(read.into());
            paint_state_text(pen, place, bead.state, None, number, bold_font(size));
        }
    }
}

/// The largest balance that a thread can read.
fn most_read(scene: &Scene) -> i128 {
    let others = scene.plan.threads.saturating_sub(1) as i128;
    others * i128::from(scene.plan.amount)
}

/// The width of a square as a share of its height. It depends on the largest balance that a thread can read, and not on
/// those that were read: squares that change their size in mid-run can't be followed.
fn wideness(scene: &Scene) -> f32 {
    match most_read(scene) {
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
        vec2(1.9, 1.0) * (place.height() * 0.30).min(place.width() * 0.45),
    );
    paint_key(pen, key, color);
    if scene.presenting {
        paint_holder_words(pen, place.with_min_y(key.bottom()), &lines);
        return;
    }
    for (line, share) in lines.into_iter().zip([0.58, 0.82]) {
        let middle = pos2(place.center().x, place.top() + place.height() * share);
        let width = place.width() - 8.0;
        let size = (place.height() * 0.18).clamp(10.0, pen.text_size(26.0));
        let look = (bold_font(size.floor()), pen.palette.text);
        pen.write(middle, Align2::CENTER_CENTER, line, look, width);
    }
}

/// Paints the words about the thread that holds the lock for a class: in as many lines as they need in a narrow column,
/// and those on what it read only where there is room for them.
fn paint_holder_words(pen: &Pen, area: Rect, [holder, read]: &[String; 2]) {
    let lay_out = |words: String| {
        let (font, color) = pen.bold(17.0);
        let mut job = LayoutJob::simple(words, font, color, area.width() - 4.0);
        job.halign = Align::Center;
        pen.layout_job(job)
    };
    let mut words = lay_out(format!("{holder}\n{read}").trim_end().to_owned());
    if words.size().y > area.height() {
        words = lay_out(holder.clone());
    }
    let top = area.center().y - words.size().y / 2.0;
    pen.galley(pos2(area.center().x, top), words, pen.palette.text);
}
