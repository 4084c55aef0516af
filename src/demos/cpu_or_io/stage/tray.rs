//! A tray of tasks: a square each, which fills when the task is done.

use egui::{Align2, Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::moment::Square;
use super::{Kind, Scene, tasks_said};
use crate::lab::trace::event::State;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::lettering::{Sizes, fitted, paint_figure};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::{bold_font, font};

/// Squares of a tray lie in eights, as on a chess-board.
const IN_EIGHTS: usize = 8;
/// Squares are not larger than this, in points.
const LARGEST: f32 = 44.0;
/// A task that computes may be without a core at the moment, which is known only when it is done.
const AT_WORK: f32 = 0.3;

/// Paints one kind of task: its title, its tray, how many times as fast it went.
pub(super) fn paint(painter: &Painter, area: Rect, kind: &Kind, sizes: Sizes, palette: &Palette) {
    let text = |text: &str, font, color, width| fitted(painter, text, font, color, width);
    let title = text(
        &kind.title,
        bold_font(sizes.text(17.0)),
        palette.text,
        area.width(),
    );
    let top = area.top() + sizes.line_height(17.0);
    painter.galley(area.min, title, palette.text);

    let line = text(
        &kind.line,
        font(sizes.text(14.0)),
        palette.text,
        area.width(),
    );
    let below = sizes.line_height(14.0);
    let side = (area.bottom() - below - top).min(area.width() * 0.58);
    let tray = Rect::from_min_size(pos2(area.left(), top), Vec2::splat(side.max(0.0)));
    paint_tray(painter, tray, &kind.squares, palette);
    let at = pos2(area.left(), tray.bottom() + below / 2.0);
    let place = Align2::LEFT_CENTER.anchor_size(at, line.size());
    painter.galley(place.min, line, palette.text);

    let beside = Rect::from_min_max(
        pos2(tray.right() + sizes.gap(14.0), tray.top()),
        pos2(area.right(), tray.bottom()),
    );
    let height = (beside.height() * 0.42).min(sizes.gap(70.0));
    let center = pos2(beside.center().x, beside.center().y - sizes.gap(10.0));
    let figure = Rect::from_center_size(center, vec2(beside.width(), height));
    let painted = paint_figure(painter, figure, kind.figure.as_str(), palette.text);
    let with = text(
        &kind.with,
        font(sizes.text(15.0)),
        palette.weak,
        beside.width(),
    );
    painter.galley(
        pos2(beside.left(), painted.bottom() + sizes.gap(6.0)),
        with,
        palette.weak,
    );
}

fn paint_tray(painter: &Painter, tray: Rect, squares: &[Square], palette: &Palette) {
    let edge = Stroke::new(1.0, palette.border);
    painter.rect_stroke(tray, 4.0, edge, StrokeKind::Inside);
    let room = tray.shrink(3.0);
    let grid = Grid::fitting(squares.len(), room.size(), Vec2::splat(LARGEST), IN_EIGHTS);
    for (index, &square) in squares.iter().enumerate() {
        let place = grid.place(room.min, index);
        let place = place.shrink((grid.cell.y * 0.09).min(2.0));
        paint_square(painter, place, square, palette);
    }
}

fn paint_square(painter: &Painter, place: Rect, square: Square, palette: &Palette) {
    match square {
        Square::Pending => {
            let edge = Stroke::new(1.0, palette.border);
            painter.rect_stroke(place, 1.0, edge, StrokeKind::Inside);
        }
        Square::Busy { computes: true } => {
            paint_state(painter, place, State::Running, Some(AT_WORK), palette);
        }
        Square::Busy { computes: false } => {
            paint_state(painter, place, State::Sleeping, None, palette);
        }
        Square::Done => paint_state(painter, place, State::Running, None, palette),
    }
}

/// What the squares mean, and what a task is.
pub(super) fn paint_legend(
    painter: &Painter,
    line: Rect,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
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
    let side = sizes.text(13.0) * 0.9;
    let mut left = line.left();
    for (square, text) in entries {
        let middle = line.center().y;
        if let Some(square) = square {
            let center = pos2(left + side / 2.0, middle);
            let place = Rect::from_center_size(center, Vec2::splat(side));
            paint_square(painter, place, square, palette);
            left = place.right() + sizes.gap(5.0);
        }
        let room = line.right() - left;
        let text = fitted(painter, text, font(sizes.text(13.0)), palette.weak, room);
        let place = Align2::LEFT_CENTER.anchor_size(pos2(left, middle), text.size());
        painter.galley(place.min, text, palette.weak);
        left = place.right() + sizes.gap(16.0);
    }
}
