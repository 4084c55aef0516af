//! A coin for each deposit: what has become of it.

use std::sync::Arc;

use egui::{Align2, Galley, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::Scene;
use super::moment::Fate;
use crate::lab::trace::event::State;
use crate::text::grouped;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::lettering::Sizes;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::state_look::{Coin, paint_coin, paint_cross, paint_part, paint_state};
use crate::widgets::look::theme::font;

/// Coins are not larger than this, in points …
const LARGEST: f32 = 34.0;
/// … and if they had to be smaller than this, a bar is drawn in their place.
const SMALLEST: f32 = 7.0;
/// Words of the legend are not smaller than this.
const SMALLEST_WORDS: f32 = 10.0;
/// Room for a coin in the legend and for the gap behind its text, in units of the text's size.
const MARK: f32 = 2.4;
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
pub fn paint(painter: &Painter, area: Rect, scene: &Scene, palette: &Palette) {
    let fates = &scene.moment.fates;
    // A rounding error in the area's size must not make the coins smaller than they were measured.
    let grid = grid(fates.len(), area.size() + Vec2::splat(0.01));
    if grid.cell.y < SMALLEST {
        paint_shares(painter, area, fates, palette);
        return;
    }
    for (index, &fate) in fates.iter().enumerate() {
        let place = grid.place(area.min, index);
        paint_fate(painter, place.center(), grid.cell.y * 0.43, fate, palette);
        if let Some(numbers) = &scene.taking_part {
            let takes_part = numbers.contains(&(index as u32 + 1));
            paint_part(painter, place.shrink(2.0), takes_part, palette);
        }
    }
}

fn paint_fate(painter: &Painter, center: Pos2, radius: f32, fate: Fate, palette: &Palette) {
    let coin = match fate {
        Fate::Kept => Coin::Kept,
        Fate::Lost => Coin::Lost,
        Fate::Pending => Coin::Pending,
        Fate::Failed => {
            let stroke = Stroke::new((radius * 0.2).clamp(1.0, 2.5), palette.weak);
            paint_cross(painter, center, radius * 0.6, stroke);
            return;
        }
    };
    paint_coin(painter, center, radius, coin, palette);
}

/// A bar divided as the deposits are.
fn paint_shares(painter: &Painter, bar: Rect, fates: &[Fate], palette: &Palette) {
    painter.rect_stroke(
        bar,
        2.0,
        Stroke::new(1.0, palette.border),
        StrokeKind::Inside,
    );
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
            Fate::Kept => paint_state(painter, part, State::Running, None, palette),
            Fate::Lost => paint_state(painter, part, State::Lost, None, palette),
            Fate::Failed => drop(painter.rect_filled(part, 0.0, palette.weak)),
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
            Fate::Lost if scene.variant == "async_tasks" => "bank_lock-stage-lost-by-task",
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

/// Paints the legend in one line: words and figures, or figures alone if there is no room for words.
pub fn paint_legend(painter: &Painter, line: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let lay_out = |entries: Vec<(Fate, String)>, size: f32| -> Vec<(Fate, Arc<Galley>)> {
        let text = |text| painter.layout_no_wrap(text, font(size), palette.weak);
        let entries = entries.into_iter();
        entries.map(|(fate, entry)| (fate, text(entry))).collect()
    };
    let usual = sizes.text(14.0);
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
        paint_fate(painter, center, height * 0.48, fate, palette);
        let beside = pos2(left + height * 1.4, line.center().y);
        let place = Align2::LEFT_CENTER.anchor_size(beside, text.size());
        left = place.right() + height * (MARK - 1.4);
        painter.galley(place.min, text, palette.weak);
    }
}
