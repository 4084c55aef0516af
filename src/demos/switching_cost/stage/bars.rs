//! Before the first point the five subjects; then the first experiment: a bar of seconds for each number of tasks, all on one axis.

use std::sync::Arc;

use egui::{Align2, Galley, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use super::super::SUBJECTS;
use super::Scene;
use super::moment::{Doing, TasksPoint};
use crate::lab::demo::value::Value;
use crate::widgets::look::lettering::{Sizes, fitted};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::state_look::paint_hatch;
use crate::widgets::look::theme::{bold_font, font};

/// Rows that can be read; of more only the last ones are shown.
const ROWS: usize = 7;
/// Thinner than this hatching can't be told from a line.
const SMALLEST_HATCH: f32 = 2.0;

fn title(scene: &Scene) -> String {
    let language = scene.language;
    match scene.moment.doing {
        Some(Doing::Tasks(tasks)) => {
            language.with("switching_cost-stage-tasks", &[("tasks", tasks.into())])
        }
        Some(_) => language.text("switching_cost-stage-measuring").into_owned(),
        None => String::new(),
    }
}

fn shown(scene: &Scene) -> &[TasksPoint] {
    let tasks = &scene.moment.tasks;
    &tasks[tasks.len().saturating_sub(ROWS)..]
}

fn labels(scene: &Scene, point: &TasksPoint) -> [String; 2] {
    let tasks = [("tasks", Value::from(point.tasks))];
    let seconds = [("seconds", Value::Word(format!("{:.2}", point.seconds)))];
    [
        scene.language.with("switching_cost-stage-row", &tasks),
        scene
            .language
            .with("switching_cost-stage-seconds", &seconds),
    ]
}

/// What is shown, in words.
pub fn words(scene: &Scene) -> Vec<String> {
    let rows = shown(scene).iter();
    let rows = rows.map(|point| labels(scene, point).join(": "));
    let subjects = subjects(scene).map(|(letter, name)| format!("{letter}: {name}"));
    std::iter::once(title(scene))
        .chain(subjects)
        .chain(rows)
        .collect()
}

/// The letters and names of the five subjects, as long as there is nothing else to show.
fn subjects(scene: &Scene) -> impl Iterator<Item = (&str, &str)> {
    let is_empty = scene.moment.tasks.is_empty();
    let names = scene.names.split('·').map(str::trim);
    let letters = scene.letters.iter().map(String::as_str);
    letters.zip(names).filter(move |_| is_empty)
}

/// A tile for each subject, not yet in any state.
fn paint_subjects(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let width = area.width() / SUBJECTS as f32;
    let height = (area.height() * 0.5).min(sizes.gap(90.0));
    for (index, (letter, name)) in subjects(scene).enumerate() {
        let corner = pos2(area.left() + index as f32 * width, area.top());
        let tile = Rect::from_min_size(corner, vec2(width - sizes.gap(6.0), height));
        let edge = Stroke::new(1.0, palette.border);
        painter.rect(tile, 2.0, palette.background, edge, StrokeKind::Inside);
        let size = bold_font((height * 0.5).floor());
        let letter = painter.layout_no_wrap(letter.to_owned(), size, palette.text);
        let place = Align2::CENTER_CENTER.anchor_size(tile.center(), letter.size());
        painter.galley(place.min, letter, palette.text);
        let name = fitted(
            painter,
            name,
            font(sizes.text(15.0)),
            palette.weak,
            tile.width(),
        );
        let below = pos2(tile.center().x, tile.bottom() + sizes.gap(4.0));
        let place = Align2::CENTER_TOP.anchor_size(below, name.size());
        painter.galley(place.min, name, palette.weak);
    }
}

/// Paints the bars; the time in which tasks were created is hatched.
pub fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let line = sizes.line_height(16.0);
    let room = area.width() - sizes.corner.x;
    let size = font(sizes.text(16.0));
    let title = fitted(painter, title(scene), size, palette.weak, room);
    painter.galley(area.min, title, palette.weak);

    let area = area.with_min_y(area.top() + line.max(sizes.corner.y + 2.0));
    let points = shown(scene);
    if points.is_empty() {
        paint_subjects(painter, area, scene, sizes, palette);
        return;
    }
    let size = font(sizes.text(13.0));
    let hatched = scene.language.text("switching_cost-stage-hatched");
    let hatched = fitted(painter, hatched, size, palette.weak, area.width());
    let place = Align2::LEFT_BOTTOM.anchor_size(area.left_bottom(), hatched.size());
    let area = area.with_max_y(place.top());
    painter.galley(place.min, hatched, palette.weak);
    let rows: Vec<[Arc<Galley>; 2]> = points
        .iter()
        .map(|point| {
            let [tasks, seconds] = labels(scene, point);
            [
                painter.layout_no_wrap(tasks, font(sizes.text(15.0)), palette.weak),
                painter.layout_no_wrap(seconds, bold_font(sizes.text(15.0)), palette.text),
            ]
        })
        .collect();
    let widest = |column: usize| {
        let widths = rows.iter().map(|row| row[column].size().x);
        widths.fold(0.0, f32::max) + sizes.gap(10.0)
    };
    let axis = area
        .with_min_x(area.left() + widest(0))
        .with_max_x(area.right() - widest(1));
    let longest = points
        .iter()
        .map(|point| point.seconds)
        .fold(1e-9, f64::max);
    let height = (area.height() / (ROWS.min(rows.len() + 1) as f32)).min(sizes.gap(40.0));
    for (index, (point, [tasks, seconds])) in points.iter().zip(rows).enumerate() {
        let top = area.top() + index as f32 * height;
        let middle = top + height / 2.0;
        let x = |seconds: f64| axis.left() + axis.width() * (seconds / longest) as f32;
        let bar = Rect::from_min_max(
            pos2(axis.left(), top + height * 0.16),
            pos2(x(point.seconds), top + height * 0.84),
        );
        let created = x(point.creating);
        painter.rect_filled(bar.with_min_x(created), 0.0, palette.strong);
        if created - bar.left() >= SMALLEST_HATCH {
            paint_hatch(painter, bar.with_max_x(created), palette);
        }
        let place = Align2::LEFT_CENTER.anchor_size(pos2(area.left(), middle), tasks.size());
        painter.galley(place.min, tasks, palette.weak);
        let beside = pos2(bar.right() + sizes.gap(8.0), middle);
        let place = Align2::LEFT_CENTER.anchor_size(beside, seconds.size());
        painter.galley(place.min, seconds, palette.text);
    }
}
