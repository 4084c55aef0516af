//! The account: its balance, and what became of the deposits.

use egui::{Rect, vec2};

use super::moment::Fate;
use super::{Scene, coins};
use crate::widgets::look::pen::Pen;

/// The smallest sentence about the balance, in points; in less room there is a shorter one.
const SMALLEST_LINE: f32 = 11.0;
/// Height from which there is room for the legend of coins; the sentence above them has the counts that matter.
const LEGEND_FROM: f32 = 300.0;

/// Paints the account, with all that is said about the deposits.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    if scene.presenting {
        paint_for_class(pen, area, scene);
        return;
    }
    let gap = pen.gap(6.0);
    let failed = scene.moment.count(Fate::Failed) > 0;
    let has_legend = failed || area.height() >= LEGEND_FROM;
    let legend = if has_legend {
        pen.line_height(14.0)
    } else {
        0.0
    };
    let [label, line] = [15.0, 19.0].map(|usual| pen.line_height(usual));
    let room = area.height() - label - line - legend - 5.0 * gap;
    let figure = balance_height(pen, area.width(), room, (room * 0.35).max(45.0), scene);
    let figure = area.with_max_y(area.top() + label + gap + figure);
    paint_balance(pen, figure, scene);

    let below = area.with_min_y(figure.bottom() + 2.0 * gap);
    write_line(pen, below, scene);
    let room = below.height() - line - legend - 2.0 * gap;
    let size = vec2(below.width(), room.max(0.0));
    let size = coins::size(pen, scene.moment.fates.len(), size);
    let coins = Rect::from_min_size(below.min + vec2(0.0, line + gap), size);
    coins::paint(pen, coins, scene);
    if has_legend {
        let at = coins.left_bottom() + vec2(0.0, gap);
        let legend = Rect::from_min_size(at, vec2(area.width(), legend));
        coins::paint_legend(pen, legend, scene);
    }
}

/// Paints the account in words that the last row can read: a legend with a line for each kind of coin says all that the
/// sentence about the deposits would.
fn paint_for_class(pen: &Pen, area: Rect, scene: &Scene) {
    let gap = pen.gap(6.0);
    let legend = coins::legend_of_lines(pen, area.width(), scene);
    let height = coins::lines_height(&legend).min(area.height());
    let legend_area = area.with_min_y(area.bottom() - height);
    coins::paint_lines(pen, legend_area, legend);

    let upper = area.with_max_y(legend_area.top() - gap);
    let room = upper.height() - gap;
    let figure = balance_height(pen, area.width(), room, room * 0.4, scene);
    let figure = upper.with_max_y(upper.top() + figure);
    paint_balance(pen, figure, scene);
    let coins = upper.with_min_y(figure.bottom() + gap);
    coins::paint(pen, coins, scene);
}

/// The height of the balance in a `room` that it shares with the coins: these get the room that they need, and the
/// balance gets the rest, at least `least`.
fn balance_height(pen: &Pen, width: f32, room: f32, least: f32, scene: &Scene) -> f32 {
    let coins = vec2(width, (room - least).max(0.0));
    let coins = coins::size(pen, scene.moment.fates.len(), coins);
    (room - coins.y).clamp(least, (room * 0.55).max(least))
}

/// Paints the account's balance as large as `area` allows, and above it its name where there is room.
pub(super) fn paint_balance(pen: &Pen, area: Rect, scene: &Scene) {
    let name = pen.line_height(15.0);
    let mut figure = area;
    if area.height() >= 3.0 * name {
        let account = scene.language.text("bank_lock-stage-account");
        pen.write_in(area, account, pen.weak(15.0));
        figure.min.y += name + pen.gap(6.0);
    }
    figure.max.y = figure.bottom().min(figure.top() + pen.gap(150.0));
    pen.number(figure, scene.balance.as_str(), pen.palette.text);
}

/// Writes the sentence about the balance at the top of `area`, or a shorter one; a class does without if it could not
/// read that either.
pub(super) fn write_line(pen: &Pen, area: Rect, scene: &Scene) {
    let smallest = pen.smallest.max(SMALLEST_LINE);
    let look = pen.bold(19.0);
    let fits = |line: &str| {
        let wide = pen.layout_line(line, look.clone()).size().x;
        wide * smallest <= area.width() * look.0.size
    };
    let short = scene.short_line.as_deref().filter(|_| !fits(&scene.line));
    let line = short.unwrap_or(&scene.line);
    if !scene.presenting || fits(line) {
        pen.write_in(area, line, look.clone());
    }
}
