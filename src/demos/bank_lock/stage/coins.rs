//! The deposits of a run: a coin for each, and the legend of coins.

use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Rect, Stroke, Vec2, pos2, vec2};

use super::Scene;
use super::moment::Fate;
use crate::lab::trace::event::State;
use crate::text::grouped;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{Coin, paint_coin, paint_cross, paint_state};
use crate::widgets::look::text_fit::font_size;
use crate::widgets::look::theme::font;

/// The largest coin, in units of the pen.
const LARGEST: f32 = 44.0;
/// The smallest coin, in points; a bar stands in the place of smaller ones.
const SMALLEST: f32 = 5.0;
/// The smallest text of the legend, in points.
const SMALLEST_WORDS: f32 = 10.0;
/// Room for a coin in the legend and for the gap behind its text, in units of the text's size.
const MARK: f32 = 2.4;
/// The part of it before the text.
const BESIDE: f32 = 1.4;
/// The fates in the order of the bar and the legend.
const FATES: [Fate; 4] = [Fate::Kept, Fate::Lost, Fate::Failed, Fate::Pending];

/// The part of `room` that `count` coins take, or the bar in their place.
pub fn size(pen: &Pen, count: usize, room: Vec2) -> Vec2 {
    let grid = grid(pen, count, room);
    if grid.cell.y < SMALLEST {
        return vec2(room.x, room.y.min(pen.gap(LARGEST)));
    }
    vec2(room.x, count.div_ceil(grid.columns) as f32 * grid.cell.y)
}

fn grid(pen: &Pen, count: usize, room: Vec2) -> Grid {
    Grid::fitting(count, room, Vec2::splat(pen.gap(LARGEST)), 5)
}

/// Paints the coins, or their shares if they are too many.
pub fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let fates = &scene.moment.fates;
    // A rounding error in the area's size must not make the coins smaller than in `size`.
    let grid = grid(pen, fates.len(), area.size() + Vec2::splat(0.01));
    if grid.cell.y < SMALLEST {
        paint_shares(pen, area, fates);
        return;
    }
    for (index, &fate) in fates.iter().enumerate() {
        let place = grid.place(area.min, index);
        paint_fate(pen, place.center(), grid.cell.y * 0.43, fate);
    }
}

fn paint_fate(pen: &Pen, center: Pos2, radius: f32, fate: Fate) {
    let coin = match fate {
        Fate::Kept => Coin::Kept,
        Fate::Lost => Coin::Lost,
        Fate::Pending => Coin::Pending,
        Fate::Failed => {
            let stroke = Stroke::new((radius * 0.2).clamp(1.0, 2.5), pen.palette.weak);
            paint_cross(pen, center, radius * 0.6, stroke);
            return;
        }
    };
    paint_coin(pen, center, radius, coin);
}

/// Paints a bar that is divided in proportion to the deposits' fates.
fn paint_shares(pen: &Pen, bar: Rect, fates: &[Fate]) {
    pen.outline(bar, 2.0, 1.0, pen.palette.border);
    let mut left = bar.left();
    for fate in FATES {
        let count = fates.iter().filter(|known| **known == fate).count();
        if count == 0 {
            continue;
        }
        // One kept deposit among thousands must be visible.
        let width = (bar.width() * count as f32 / fates.len() as f32).max(3.0);
        let right = (left + width).min(bar.right());
        let part = Rect::from_min_max(pos2(left, bar.top()), pos2(right, bar.bottom()));
        match fate {
            Fate::Kept => paint_state(pen, part, State::Running, None),
            Fate::Lost => paint_state(pen, part, State::Lost, None),
            Fate::Failed => drop(pen.rect_filled(part, 0.0, pen.palette.weak)),
            Fate::Pending => {}
        }
        left = right;
    }
}

/// The kinds of coins in the legend, with their numbers.
pub fn legend(scene: &Scene) -> Vec<(Fate, String)> {
    in_words(scene, |fate| match fate {
        Fate::Kept => "bank_lock-stage-kept",
        Fate::Lost if scene.variant == "async_tasks" => "bank_lock-stage-lost-by-task",
        Fate::Lost => "bank_lock-stage-lost",
        Fate::Failed => "bank_lock-stage-failed",
        Fate::Pending => "bank_lock-stage-pending",
    })
}

/// The kinds of coins in fewer words.
fn short_legend(scene: &Scene) -> Vec<(Fate, String)> {
    in_words(scene, |fate| match fate {
        Fate::Kept => "bank_lock-stage-kept-short",
        Fate::Lost => "bank_lock-stage-lost-short",
        Fate::Failed => "bank_lock-stage-failed",
        Fate::Pending => "bank_lock-stage-pending-short",
    })
}

fn in_words(scene: &Scene, key: impl Fn(Fate) -> &'static str) -> Vec<(Fate, String)> {
    let entry = |fate| {
        let count = [("count", scene.moment.count(fate).into())];
        (fate, scene.language.with(key(fate), &count))
    };
    let is_shown = |fate: &Fate| match fate {
        Fate::Kept | Fate::Lost => scene.begun,
        // A class's picture must not move when the last deposit is made.
        Fate::Pending if scene.presenting => true,
        Fate::Failed | Fate::Pending => scene.moment.count(*fate) > 0,
    };
    FATES.into_iter().filter(is_shown).map(entry).collect()
}

/// A line of a legend for a class: a coin, and its words.
pub type Line = (Fate, Arc<Galley>);

/// The legend in lines, one for each kind of coin, in the longest words that the last row can read.
pub fn legend_of_lines(pen: &Pen, width: f32, scene: &Scene) -> Vec<Line> {
    let look = pen.weak(14.0);
    let lay_out = |entries: Vec<(Fate, String)>| -> Vec<Line> {
        let entries = entries.into_iter();
        entries
            .map(|(fate, entry)| (fate, pen.layout_line(entry, look.clone())))
            .collect()
    };
    let beside = width - look.0.size * BESIDE;
    let fit = |lines: &Vec<Line>| lines.iter().all(|(_, text)| text.size().x <= beside);
    let words = lay_out(legend(scene));
    match fit(&words) {
        true => words,
        false => lay_out(short_legend(scene)),
    }
}

/// Height of a legend in lines.
pub fn lines_height(lines: &[Line]) -> f32 {
    lines.iter().map(|(_, text)| text.size().y).sum()
}

/// Paints a legend in lines.
pub fn paint_lines(pen: &Pen, area: Rect, lines: Vec<Line>) {
    let mut top = area.top();
    for (fate, text) in lines {
        let middle = top + text.size().y / 2.0;
        let size = font_size(&text);
        paint_fate(
            pen,
            pos2(area.left() + size * 0.48, middle),
            size * 0.48,
            fate,
        );
        let beside = pos2(area.left() + size * BESIDE, middle);
        top = pen.put(beside, Align2::LEFT_CENTER, text).bottom();
    }
}

/// Paints the legend in one line: words and figures, or figures alone if there is no room for words.
pub fn paint_legend(pen: &Pen, line: Rect, scene: &Scene) {
    let lay_out = |entries: Vec<(Fate, String)>, size: f32| -> Vec<(Fate, Arc<Galley>)> {
        let look = (font(size), pen.palette.weak);
        let entries = entries.into_iter();
        entries
            .map(|(fate, entry)| (fate, pen.layout_line(entry, look.clone())))
            .collect()
    };
    let usual = pen.text_size(14.0);
    let wanted: f32 = lay_out(legend(scene), usual)
        .iter()
        .map(|(_, text)| usual * MARK + text.size().x)
        .sum();
    let size = (usual * (line.width() / wanted).min(1.0)).floor();
    let entries = if size >= SMALLEST_WORDS {
        lay_out(legend(scene), size)
    } else {
        let count = |fate| grouped(scene.moment.count(fate) as i128);
        let figures = legend(scene)
            .into_iter()
            .map(|(fate, _)| (fate, count(fate)));
        lay_out(figures.collect(), usual)
    };
    let mut left = line.left();
    for (fate, text) in entries {
        let height = text.size().y / 1.45;
        let center = pos2(left + height * 0.48, line.center().y);
        paint_fate(pen, center, height * 0.48, fate);
        let beside = pos2(left + height * BESIDE, line.center().y);
        let place = pen.put(beside, Align2::LEFT_CENTER, text);
        left = place.right() + height * (MARK - BESIDE);
    }
}
