//! A tray of tasks: a square for each, which fills when the task is done.

use egui::{Align2, Rect, Vec2, pos2, vec2};

use super::moment::Square;
use super::{Kind, Scene, tasks_said};
use crate::lab::trace::event::State;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;

/// Squares of a tray lie in groups of eight, as on a chess-board.
const IN_EIGHTS: usize = 8;
/// The largest square, in points.
const LARGEST: f32 = 44.0;
/// The filled share of the square of a task that computes: its true share is known only when it is done.
const AT_WORK: f32 = 0.3;

/// Paints one kind of task: its title, its tray, its speed-up.
pub(super) fn paint(pen: &Pen, area: Rect, kind: &Kind) {
    pen.write_in(area, &kind.title, pen.bold(17.0));
    let top = area.top() + pen.line_height(17.0);
    let below = pen.line_height(14.0);
    let side = (area.bottom() - below - top).min(area.width() * 0.58);
    let tray = Rect::from_min_size(pos2(area.left(), top), Vec2::splat(side.max(0.0)));
    paint_tray(pen, tray, &kind.squares);
    let at = pos2(area.left(), tray.bottom() + below / 2.0);
    pen.write(
        at,
        Align2::LEFT_CENTER,
        &kind.line,
        pen.plain(14.0),
        area.width(),
    );

    let beside = Rect::from_min_max(
        pos2(tray.right() + pen.gap(14.0), tray.top()),
        pos2(area.right(), tray.bottom()),
    );
    let height = (beside.height() * 0.42).min(pen.gap(70.0));
    let center = beside.center() - vec2(0.0, pen.gap(10.0));
    let figure = Rect::from_center_size(center, vec2(beside.width(), height));
    let painted = pen.number(figure, &kind.figure, pen.palette.text);
    let with = beside.with_min_y(painted.bottom() + pen.gap(6.0));
    pen.write_in(with, &kind.with, pen.weak(15.0));
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

/// The legend of squares, and what a task is.
pub(super) fn paint_legend(pen: &Pen, line: Rect, scene: &Scene) {
    let word = |key: &str| scene.language.text(key).into_owned();
    let entries = [
        (Some(Square::Pending), word("cpu_or_io-stage-pending")),
        (
            Some(Square::Busy { computes: true }),
            word("cpu_or_io-step-compute"),
        ),
        (
            Some(Square::Busy { computes: false }),
            word("cpu_or_io-step-wait"),
        ),
        (Some(Square::Done), word("cpu_or_io-stage-done")),
        (None, tasks_said(&scene.plan, scene.language)),
    ];
    let side = pen.text_size(13.0) * 0.9;
    let mut left = line.left();
    for (square, text) in entries {
        let middle = line.center().y;
        if let Some(square) = square {
            let center = pos2(left + side / 2.0, middle);
            let place = Rect::from_center_size(center, Vec2::splat(side));
            paint_square(pen, place, square);
            left = place.right() + pen.gap(5.0);
        }
        let room = line.right() - left;
        let at = pos2(left, middle);
        let place = pen.write(at, Align2::LEFT_CENTER, text, pen.weak(13.0), room);
        left = place.right() + pen.gap(16.0);
    }
}
