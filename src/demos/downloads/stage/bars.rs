//! The files' bars on one axis of seconds, with the line that moves along it, and behind them in grey what
//! an earlier run did.

use std::time::Duration;

use egui::{Align2, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use super::moment::{Fetch, Ghost};
use super::{Scene, who};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::lettering::{Sizes, fitted};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::timeline::time_axis::TimeAxis;

/// Rows lower than this hold no text.
pub(super) const WITH_WORDS: f32 = 17.0;
/// Rows are not higher than this, in units of the usual size.
const HIGHEST: f32 = 92.0;

/// What the ghost is, in words.
pub(super) fn ghost_words(scene: &Scene, ghost: &Ghost) -> String {
    let variant = scene
        .language
        .text(&format!("downloads-{}", ghost.variant))
        .into_owned();
    let figures = [
        ("variant", Value::Word(variant)),
        ("seconds", Value::from(ghost.total)),
    ];
    scene.language.with("downloads-stage-ghost", &figures)
}

/// Paints those who download, their bars, the axis below them, and the line of now.
pub(super) fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let count = scene.moment.files.len() as f32;
    let small = font(sizes.text(13.0));
    let axis_height = sizes.line_height(13.0);
    let ghost_height = scene
        .ghost
        .as_ref()
        .map_or(0.0, |_| sizes.line_height(13.0));
    let title = who::title_height(scene, sizes);
    let rows = area
        .with_min_y(area.top() + title)
        .with_max_y(area.bottom() - axis_height - ghost_height - sizes.gap(4.0));
    let height = (rows.height() / count).min(sizes.gap(HIGHEST));
    let rows = rows.with_max_y(rows.top() + height * count);
    let who = rows.with_max_x(rows.left() + (rows.width() * 0.27).max(118.0));
    who::paint(painter, who, height, scene, sizes, palette);

    // The last tick's text stands half beyond the end of the axis.
    let left = who.right() + sizes.gap(12.0);
    let axis = TimeAxis::new(left, area.right() - sizes.gap(22.0), scene.axis);
    let ground = Rect::from_x_y_ranges(axis.left..=axis.right, rows.y_range());
    painter.rect_filled(ground, 0.0, palette.background);
    for tick in axis.ticks(sizes.gap(64.0).max(52.0)) {
        let at = pos2(axis.x(tick), rows.bottom());
        let line = [pos2(at.x, rows.top()), at + vec2(0.0, 4.0)];
        painter.line_segment(line, Stroke::new(1.0, palette.border));
        let text = axis.say(tick, scene.language);
        painter.text(
            at + vec2(0.0, 3.0),
            Align2::CENTER_TOP,
            text,
            small.clone(),
            palette.weak,
        );
    }
    for (index, file) in scene.moment.files.iter().enumerate() {
        let top = rows.top() + height * index as f32;
        let row = Rect::from_x_y_ranges(ground.x_range(), top..=top + height);
        let ghost = scene.ghost.as_ref().and_then(|ghost| ghost.bars.get(index));
        paint_row(painter, row, file, ghost, &axis, scene, sizes, palette);
    }
    if scene.begun {
        let now = axis.x(scene.moment.passed);
        let line = [pos2(now, rows.top() - 4.0), pos2(now, rows.bottom() + 4.0)];
        painter.line_segment(line, Stroke::new(2.5, palette.strong));
    }
    if let Some(ghost) = &scene.ghost {
        let text = ghost_words(scene, ghost);
        let text = fitted(painter, text, small, palette.weak, axis.right - axis.left);
        let at = pos2(axis.left, rows.bottom() + axis_height + sizes.gap(4.0));
        painter.galley(at, text, palette.weak);
    }
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn from all of them")]
fn paint_row(
    painter: &Painter,
    row: Rect,
    file: &Fetch,
    ghost: Option<&(Duration, Duration)>,
    axis: &TimeAxis,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let span = |begin: Duration, end: Duration, top: f32, bottom: f32| {
        let y = row.top() + row.height() * top..=row.top() + row.height() * bottom;
        Rect::from_x_y_ranges(axis.x(begin)..=axis.x(end), y)
    };
    if let Some(&(begin, end)) = ghost {
        let strip = span(begin, end, 0.74, 0.92);
        painter.rect_filled(strip, 0.0, palette.border);
        painter.rect_stroke(
            strip,
            0.0,
            Stroke::new(1.0, palette.weak),
            StrokeKind::Inside,
        );
    }
    let Some(begin) = file.begin else { return };
    let bottom = if scene.ghost.is_some() { 0.68 } else { 0.9 };
    // What is still to come is as long as was drawn.
    let planned = begin + file.length.unwrap_or_default();
    let whole = span(begin, planned, 0.1, bottom);
    if !file.is_there() {
        let edge = Stroke::new(1.0, palette.border);
        painter.rect(whole, 0.0, palette.faint, edge, StrokeKind::Inside);
    }
    let took = file.took(scene.moment.passed).unwrap_or_default();
    let bar = span(begin, begin + took, 0.1, bottom);
    paint_state(painter, bar, State::Sleeping, None, palette);
    if row.height() < WITH_WORDS {
        return;
    }
    let size = bold_font(sizes.text(17.0).min(bar.height()));
    let color = if file.is_there() || file.goes_on() {
        palette.text
    } else {
        palette.weak
    };
    let text = painter.layout_no_wrap(scene.seconds(took), size, color);
    let margin = sizes.gap(8.0);
    // In the bar if there is room, or else behind it.
    let left = if text.size().x + 2.0 * margin <= bar.width() {
        bar.left() + margin
    } else {
        bar.right() + margin
    };
    let place = Align2::LEFT_CENTER.anchor_size(pos2(left, bar.center().y), text.size());
    painter.galley(place.min, text, color);
}
