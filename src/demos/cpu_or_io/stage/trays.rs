//! A tray of tasks: a square for each, which fills when the task is done, and a bar for the time of all.

use std::time::Duration;

use egui::{Align2, Rect, Vec2, pos2, vec2};

use super::moment::Square;
use super::{Kind, Scene, cores_said, tasks_said};
use crate::lab::trace::event::State;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::timeline::axis::{SHORTEST, say_time};

/// Squares of a tray lie in groups of eight, as on a chess-board.
const IN_EIGHTS: usize = 8;
/// The largest square, in points.
const LARGEST: f32 = 44.0;
/// The filled share of the square of a task that computes: its true share is known only when it is done.
const AT_WORK: f32 = 0.3;
/// The least height, in points, of a kind whose progress is told in words.
const WITH_LINE: f32 = 100.0;
/// The least height of a speed-up that has words below it.
const LEAST: f32 = 30.0;
/// The narrowest bar, in points, that can be seen from the last row.
const NARROWEST: f32 = 3.0;

/// Paints one kind of task: its tray, beside it its name and its speed-up, below it the bar of its time.
pub(super) fn paint(pen: &Pen, area: Rect, kind: &Kind, scene: &Scene) {
    let mut area = area;
    if pen.is_for_class() {
        // There is no room beside a tray for its name in letters that a class can read.
        let title = pen.write_in(area, &kind.title, pen.bold(17.0));
        area.min.y = title.bottom() + pen.gap(3.0);
    }
    let mut line = area.with_min_y(area.bottom() - pen.line_height(14.0));
    if area.height() >= WITH_LINE {
        pen.write_in(line, &kind.line, pen.plain(14.0));
    } else {
        line.min.y = area.bottom();
    }
    let bar = area.with_max_y(line.top());
    let bar = bar.with_min_y(bar.bottom() - pen.line_height(24.0));
    paint_time(pen, bar, kind, scene);

    let side = (bar.top() - pen.gap(6.0) - area.top()).min(area.width() * 0.5);
    let tray = Rect::from_min_size(area.min, Vec2::splat(side.max(0.0)));
    paint_tray(pen, tray, &kind.squares);
    // The label of a slow replay lies above the second kind, and both look the same.
    let beside = Rect::from_min_max(
        pos2(tray.right() + pen.gap(14.0), area.top() + pen.corner.y),
        pos2(area.right(), tray.bottom()),
    );
    paint_speedup(pen, beside, kind);
}

/// Paints the name of the kind, unless it stands above the tray, and its speed-up as large as there is room.
fn paint_speedup(pen: &Pen, area: Rect, kind: &Kind) {
    let mut room = area;
    let with = match pen.is_for_class() {
        true => pen.wrap(&kind.with, pen.weak(15.0), area.width()),
        false => {
            let (font, color) = pen.bold(17.0);
            let lines = pen.layout(kind.title.clone(), font, color, area.width());
            let title = match lines.size().y <= area.height() * 0.4 {
                true => lines,
                false => pen.fit(&kind.title, pen.bold(17.0), area.width()),
            };
            let title = pen.put(area.min, Align2::LEFT_TOP, title);
            room.min.y = title.bottom() + pen.gap(9.0);
            pen.fit(&kind.with, pen.weak(15.0), area.width())
        }
    };
    let below = with.size().y + pen.gap(6.0);
    let has_with = room.height() - below >= pen.gap(LEAST);
    let height = room.height() - if has_with { below } else { 0.0 };
    let figure = room.with_max_y(room.top() + height.clamp(12.0, pen.gap(100.0)));
    let painted = pen.number(figure, &kind.figure, pen.palette.text);
    if has_with {
        let below = pos2(area.left(), painted.bottom() + pen.gap(6.0));
        pen.put(below, Align2::LEFT_TOP, with);
    }
}

/// Paints the time that the tray took, and behind it the time of one thread, on the scale of both kinds.
fn paint_time(pen: &Pen, area: Rect, kind: &Kind, scene: &Scene) {
    let said = |time| pen.layout_line(say_time(time, scene.language), pen.bold(22.0));
    let gap = pen.gap(8.0);
    // The longest bar leaves room for its time; for a class, so does a bar whose time has more digits.
    let own = kind.time.filter(|_| pen.is_for_class());
    let widest = [Some(scene.scale), own].into_iter().flatten();
    let widest = widest.map(|time| said(time).size().x).fold(0.0, f32::max);
    let longest = area.width() - widest - gap;
    let bar = area.shrink2(vec2(0.0, area.height() * 0.14));
    let until = |time: Duration| {
        let share = time.div_duration_f32(scene.scale.max(SHORTEST));
        bar.with_max_x(bar.left() + (longest * share).max(NARROWEST))
    };
    let alone = until(kind.alone.unwrap_or_default());
    if kind.alone.is_some() {
        pen.rect_filled(alone, 0.0, pen.palette.border);
    }
    if let Some(time) = kind.time {
        let taken = until(time);
        pen.rect_filled(taken, 0.0, pen.palette.strong);
        let beside = pos2(taken.right() + gap, area.center().y);
        pen.put(beside, Align2::LEFT_CENTER, said(time));
    }
}

fn paint_tray(pen: &Pen, tray: Rect, squares: &[Square]) {
    pen.outline(tray, 4.0, 1.0, pen.palette.border);
    let room = tray.shrink(3.0);
    let grid = Grid::fitting(squares.len(), room.size(), Vec2::splat(LARGEST), IN_EIGHTS);
    for (index, &square) in squares.iter().enumerate() {
        let place = grid.place(room.min, index);
        let place = place.shrink((grid.cell.y * 0.09).min(2.0));
        paint_square(pen, place, square);
    }
}

fn paint_square(pen: &Pen, place: Rect, square: Square) {
    match square {
        Square::Pending => {
            pen.outline(place, 1.0, 1.0, pen.palette.border);
        }
        Square::Busy { computes: true } => {
            paint_state(pen, place, State::Running, Some(AT_WORK));
        }
        Square::Busy { computes: false } => {
            paint_state(pen, place, State::Sleeping, None);
        }
        Square::Done => paint_state(pen, place, State::Running, None),
    }
}

/// Paints the legend of squares and of bars, and what a task is. Returns `false` if there is no room for all that a
/// class must know.
pub(super) fn paint_legend(pen: &Pen, line: Rect, scene: &Scene) -> bool {
    let word = |key: &str| scene.language.text(key).into_owned();
    let squares = [
        (Square::Pending, "cpu_or_io-stage-pending"),
        (Square::Busy { computes: true }, "cpu_or_io-step-compute"),
        (Square::Busy { computes: false }, "cpu_or_io-step-wait"),
        (Square::Done, "cpu_or_io-stage-done"),
    ];
    let side = pen.text_size(13.0) * 0.9;
    let sample = |left: f32, width: f32| {
        let center = pos2(left + width / 2.0, line.center().y);
        Rect::from_center_size(center, vec2(width, side))
    };
    let mut alone = word("cpu_or_io-stage-alone");
    let mut gap = pen.gap(16.0);
    if pen.is_for_class() {
        alone = word("cpu_or_io-stage-alone-short");
        let words = squares
            .iter()
            .map(|(_, key)| word(key))
            .chain([alone.clone()]);
        let words = words.map(|word| pen.layout_line(word, pen.weak(13.0)).size().x);
        let count = squares.len() as f32;
        let wide = words.sum::<f32>() + (count + 2.0) * side + (count + 1.0) * pen.gap(5.0);
        gap = gap.min((line.width() - wide) / count);
        if gap < pen.gap(5.0) {
            return false;
        }
    }
    let say = |left: f32, text: String| {
        let (at, room) = (pos2(left, line.center().y), line.right() - left);
        let place = pen.write(at, Align2::LEFT_CENTER, text, pen.weak(13.0), room);
        place.right() + gap
    };
    let mut left = line.left();
    for (square, key) in squares {
        let place = sample(left, side);
        paint_square(pen, place, square);
        left = say(place.right() + pen.gap(5.0), word(key));
    }
    let place = sample(left, 2.0 * side);
    pen.rect_filled(place, 0.0, pen.palette.border);
    left = say(place.right() + pen.gap(5.0), alone);
    let tasks = tasks_said(&scene.plan, scene.language);
    let cores = scene.cores.map(|cores| cores_said(cores, scene.language));
    let plan: Vec<String> = [tasks].into_iter().chain(cores).collect();
    let plan = pen.layout_line(plan.join(" · "), pen.weak(13.0));
    // A plan that is cut would say less than none.
    if left + plan.size().x <= line.right() {
        pen.put(pos2(left, line.center().y), Align2::LEFT_CENTER, plan);
    }
    true
}
