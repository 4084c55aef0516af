//! The files' bars on one axis of seconds, the line of now, and in grey the bars of the other way.

use std::time::Duration;

use egui::{Align2, Rect, Shape, Stroke, pos2, vec2};

use super::moment::{Fetch, Ghost};
use super::{Scene, downloaders};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::bold_font;
use crate::widgets::timeline::axis::TimeAxis;

/// The highest row, in units of the usual size.
const HIGHEST: f32 = 140.0;

/// The other way in words.
pub(super) fn ghost_words(scene: &Scene, ghost: &Ghost) -> String {
    let seconds = ("seconds", Value::from(ghost.total));
    let Some(variant) = ghost.variant else {
        let key = match scene.variant {
            "one_after_another" => "downloads-stage-ghost-at-once",
            _ => "downloads-stage-ghost-in-turn",
        };
        return scene.language.with(key, &[seconds]);
    };
    let variant = scene.language.text(&format!("downloads-{variant}"));
    let variant = ("variant", Value::Word(variant.into_owned()));
    scene
        .language
        .with("downloads-stage-ghost", &[variant, seconds])
}

/// Paints the downloaders, their bars, the axis below them, and the line of now.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let count = scene.moment.files.len() as f32;
    let axis_height = pen.line_height(13.0);
    let ghost_height = scene.ghost.as_ref().map_or(0.0, |_| pen.line_height(15.0));
    let title = downloaders::title_height(pen, scene);
    let rows = area
        .with_min_y(area.top() + title)
        .with_max_y(area.bottom() - axis_height - ghost_height - pen.gap(4.0));
    let height = (rows.height() / count).min(pen.gap(HIGHEST));
    let rows = rows.with_max_y(rows.top() + height * count);
    let names = (rows.width() * 0.27)
        .max(118.0)
        .max(downloaders::least_width(pen, height, scene));
    let names = rows.with_max_x(rows.left() + names);
    downloaders::paint(pen, names, height, scene);

    // The last tick's text stands half beyond the end of the axis.
    let left = names.right() + pen.gap(12.0);
    let axis = TimeAxis::new(left, area.right() - pen.gap(22.0), scene.axis);
    let ground = Rect::from_x_y_ranges(axis.left..=axis.right, rows.y_range());
    pen.rect_filled(ground, 0.0, pen.palette.background);
    for tick in axis.ticks(pen.gap(64.0).max(52.0)) {
        let at = pos2(axis.x(tick), rows.bottom());
        let line = [pos2(at.x, rows.top()), at + vec2(0.0, 4.0)];
        pen.line_segment(line, Stroke::new(1.0, pen.palette.border));
        let text = axis.say(tick, scene.language);
        let below = at + vec2(0.0, 3.0);
        pen.put(
            below,
            Align2::CENTER_TOP,
            pen.layout_line(text, pen.weak(13.0)),
        );
    }
    for (index, file) in scene.moment.files.iter().enumerate() {
        let top = rows.top() + height * index as f32;
        let row = Rect::from_x_y_ranges(ground.x_range(), top..=top + height);
        let ghost = scene.ghost.as_ref().and_then(|ghost| {
            let is_measured = ghost.variant.is_some();
            Some((*ghost.bars.get(index)?, is_measured))
        });
        paint_row(pen, row, file, ghost, &axis, scene);
    }
    if scene.begun {
        let now = axis.x(scene.moment.passed);
        let line = [pos2(now, rows.top() - 4.0), pos2(now, rows.bottom() + 4.0)];
        pen.line_segment(line, Stroke::new(2.5, pen.palette.strong));
    }
    if let Some(ghost) = &scene.ghost {
        let text = ghost_words(scene, ghost);
        // For a class the words are as long as the picture is wide.
        let left = if scene.presenting {
            area.left()
        } else {
            axis.left
        };
        let at = pos2(left, rows.bottom() + axis_height + pen.gap(4.0));
        pen.write(
            at,
            Align2::LEFT_TOP,
            text,
            pen.weak(15.0),
            axis.right - left,
        );
    }
}

fn paint_row(
    pen: &Pen,
    row: Rect,
    file: &Fetch,
    ghost: Option<((Duration, Duration), bool)>,
    axis: &TimeAxis,
    scene: &Scene,
) {
    let span = |begin: Duration, end: Duration, top: f32, bottom: f32| {
        let y = row.top() + row.height() * top..=row.top() + row.height() * bottom;
        Rect::from_x_y_ranges(axis.x(begin)..=axis.x(end), y)
    };
    // The axis may be too short for all of a long comparison.
    if let Some(((begin, end), is_measured)) = ghost.filter(|((begin, _), _)| *begin < scene.axis) {
        let strip = span(begin, end.min(scene.axis), 0.74, 0.92);
        if is_measured {
            pen.rect_filled(strip, 0.0, pen.palette.border);
            pen.outline(strip, 0.0, 1.0, pen.palette.weak);
        } else {
            paint_dashed(pen, strip.shrink(0.5));
        }
    }
    let Some(begin) = file.begin else { return };
    let bottom = if scene.ghost.is_some() { 0.68 } else { 0.9 };
    // The whole bar is as long as the time that was drawn for the file.
    let planned = begin + file.length.unwrap_or_default();
    let whole = span(begin, planned, 0.1, bottom);
    if !file.is_there() {
        pen.frame(whole, 0.0, pen.palette.faint, 1.0, pen.palette.border);
    }
    let took = file.took(scene.moment.passed).unwrap_or_default();
    let bar = span(begin, begin + took, 0.1, bottom);
    paint_state(pen, bar, State::Sleeping, None);
    if !Scene::has_words(pen, row.height()) {
        return;
    }
    let size = pen.text_size(17.0).min(bar.height()).max(pen.smallest);
    let size = bold_font(size);
    let color = pen.palette.text_if(file.is_there() || file.goes_on());
    let text = pen.layout_line(scene.seconds(took), (size, color));
    let margin = pen.gap(8.0);
    // The time stands in the bar if there is room, otherwise behind it, or before one at the end of the axis.
    let wide = text.size().x + margin;
    let left = if wide + margin <= bar.width() {
        bar.left() + margin
    } else if bar.right() + wide <= row.right() + pen.gap(22.0) {
        bar.right() + margin
    } else {
        bar.left() - wide
    };
    pen.put(pos2(left, bar.center().y), Align2::LEFT_CENTER, text);
}

/// Paints an empty dashed box, in the place of a bar that no run has measured.
fn paint_dashed(pen: &Pen, place: Rect) {
    let corners = [
        place.left_top(),
        place.right_top(),
        place.right_bottom(),
        place.left_bottom(),
        place.left_top(),
    ];
    let stroke = Stroke::new(1.0, pen.palette.weak);
    pen.extend(Shape::dashed_line(&corners, stroke, 4.0, 3.0));
}
