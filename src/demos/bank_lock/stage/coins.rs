//! A coin for each deposit: what has become of it.

use egui::{Align2, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::Scene;
use super::moment::Fate;
use crate::lab::event::State;
use crate::widgets::alphabet::{Coin, paint_coin, paint_cross, paint_state};
use crate::widgets::grid::Grid;
use crate::widgets::lettering::Sizes;
use crate::widgets::palette::Ink;
use crate::widgets::theme::font;

/// Coins are not larger than this, in points …
const LARGEST: f32 = 34.0;
/// … and if they had to be smaller than this, a bar is drawn in their place.
const SMALLEST: f32 = 7.0;
/// In the order of bar and legend.
const FATES: [Fate; 4] = [Fate::Kept, Fate::Lost, Fate::Failed, Fate::Pending];

/// The part of `room` that `count` coins take, or the bar in their place.
pub fn size(count: usize, room: Vec2) -> Vec2 {
    let grid = grid(count, room);
    if grid.cell.y < SMALLEST {
        return vec2(room.x, room.y.min(2.0 * LARGEST));
    }
    vec2(room.x, count.div_ceil(grid.columns) as f32 * grid.cell.y)
}

fn grid(count: usize, room: Vec2) -> Grid {
    Grid::fitting(count, room, Vec2::splat(LARGEST), 5)
}

/// Paints the coins, or their shares if they are too many.
pub fn paint(painter: &Painter, area: Rect, fates: &[Fate], ink: &Ink) {
    // A rounding error in the area's size must not make the coins smaller than they were measured.
    let grid = grid(fates.len(), area.size() + Vec2::splat(0.01));
    if grid.cell.y < SMALLEST {
        paint_shares(painter, area, fates, ink);
        return;
    }
    for (index, &fate) in fates.iter().enumerate() {
        let place = grid.place(area.min, index);
        paint_fate(painter, place.center(), grid.cell.y * 0.43, fate, ink);
    }
}

fn paint_fate(painter: &Painter, center: Pos2, radius: f32, fate: Fate, ink: &Ink) {
    let coin = match fate {
        Fate::Kept => Coin::Kept,
        Fate::Lost => Coin::Lost,
        Fate::Pending => Coin::Pending,
        Fate::Failed => {
            let stroke = Stroke::new((radius * 0.2).clamp(1.0, 2.5), ink.weak);
            paint_cross(painter, center, radius * 0.6, stroke);
            return;
        }
    };
    paint_coin(painter, center, radius, coin, ink);
}

/// A bar divided as the deposits are.
fn paint_shares(painter: &Painter, bar: Rect, fates: &[Fate], ink: &Ink) {
    painter.rect_stroke(bar, 2.0, Stroke::new(1.0, ink.border), StrokeKind::Inside);
    let mut left = bar.left();
    for fate in FATES {
        let count = fates.iter().filter(|known| **known == fate).count();
        if count == 0 {
            continue;
        }
        // One kept deposit among thousands must be seen.
        let width = (bar.width() * count as f32 / fates.len() as f32).max(3.0);
        let right = (left + width).min(bar.right());
        let part = Rect::from_min_max(pos2(left, bar.top()), pos2(right, bar.bottom()));
        match fate {
            Fate::Kept => paint_state(painter, part, State::Running, None, ink),
            Fate::Lost => paint_state(painter, part, State::Lost, None, ink),
            Fate::Failed => drop(painter.rect_filled(part, 0.0, ink.weak)),
            Fate::Pending => {}
        }
        left = right;
    }
}

/// The kinds of coins that are to be explained, with their numbers.
pub fn legend(scene: &Scene) -> Vec<(Fate, String)> {
    let entry = |fate| {
        let key = match fate {
            Fate::Kept => "bank_lock-stage-kept",
            Fate::Lost => "bank_lock-stage-lost",
            Fate::Failed => "bank_lock-stage-failed",
            Fate::Pending => "bank_lock-stage-pending",
        };
        let count = [("count", scene.moment.count(fate).into())];
        (fate, scene.language.with(key, &count))
    };
    let is_shown = |fate: &Fate| match fate {
        Fate::Kept | Fate::Lost => scene.begun,
        Fate::Failed | Fate::Pending => scene.moment.count(*fate) > 0,
    };
    FATES.into_iter().filter(is_shown).map(entry).collect()
}

/// Paints the legend in one line.
pub fn paint_legend(painter: &Painter, line: Rect, scene: &Scene, sizes: Sizes, ink: &Ink) {
    let entries = legend(scene);
    let lay_out = |size: f32| {
        let galley = |text: &String| painter.layout_no_wrap(text.clone(), font(size), ink.weak);
        entries
            .iter()
            .map(|(_, text)| galley(text))
            .collect::<Vec<_>>()
    };
    let width = |size: f32, texts: &[std::sync::Arc<egui::Galley>]| {
        texts
            .iter()
            .map(|text| size * 2.4 + text.size().x)
            .sum::<f32>()
    };
    let mut size = sizes.text(14.0);
    let mut texts = lay_out(size);
    let wanted = width(size, &texts);
    if wanted > line.width() {
        size = (size * line.width() / wanted).floor().max(9.0);
        texts = lay_out(size);
    }
    let mut left = line.left();
    for ((fate, _), text) in entries.iter().zip(texts) {
        let radius = size * 0.48;
        paint_fate(
            painter,
            pos2(left + radius, line.center().y),
            radius,
            *fate,
            ink,
        );
        let beside = pos2(left + size * 1.4, line.center().y);
        let place = Align2::LEFT_CENTER.anchor_size(beside, text.size());
        left = place.right() + size;
        painter.galley(place.min, text, ink.weak);
    }
}
