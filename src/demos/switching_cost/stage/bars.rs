//! The first experiment: a bar of seconds for each number of tasks; before it, the five subjects.

use std::sync::Arc;

use egui::{Align2, Galley, Rect, pos2, vec2};

use super::super::SUBJECTS;
use super::Scene;
use super::moment::{Doing, TasksPoint};
use crate::lab::demo::value::Value;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_hatch;
use crate::widgets::look::theme::bold_font;

/// The most rows that can be read; if there are more, only the last ones are shown.
const ROWS: usize = 7;
/// The narrowest hatching that can be told from a line.
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

/// The picture in words.
pub fn words(scene: &Scene) -> Vec<String> {
    let rows = shown(scene).iter();
    let rows = rows.map(|point| labels(scene, point).join(": "));
    let subjects = subjects(scene).map(|(letter, name)| format!("{letter}: {name}"));
    std::iter::once(title(scene))
        .chain(subjects)
        .chain(rows)
        .collect()
}

/// The letters and names of the five subjects, before the first point.
fn subjects(scene: &Scene) -> impl Iterator<Item = (&str, &str)> {
    let is_empty = scene.moment.tasks.is_empty();
    let names = scene.names.split('·').map(str::trim);
    let letters = scene.letters.iter().map(String::as_str);
    letters.zip(names).filter(move |_| is_empty)
}

/// Paints a tile for each subject, not yet in any state.
fn paint_subjects(pen: &Pen, area: Rect, scene: &Scene) {
    let width = area.width() / SUBJECTS as f32;
    let height = (area.height() * 0.5).min(pen.gap(90.0));
    for (index, (letter, name)) in subjects(scene).enumerate() {
        let corner = pos2(area.left() + index as f32 * width, area.top());
        let tile = Rect::from_min_size(corner, vec2(width - pen.gap(6.0), height));
        pen.frame(tile, 2.0, pen.palette.background, 1.0, pen.palette.border);
        let size = bold_font((height * 0.5).floor());
        let letter = pen.layout_line(letter, (size, pen.palette.text));
        pen.put(tile.center(), Align2::CENTER_CENTER, letter);
        let below = pos2(tile.center().x, tile.bottom() + pen.gap(4.0));
        pen.write(
            below,
            Align2::CENTER_TOP,
            name,
            pen.weak(15.0),
            tile.width(),
        );
    }
}

/// Paints the bars; the time in which the tasks were created is hatched.
pub fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let line = pen.line_height(16.0);
    let beside = area.with_max_x(area.right() - pen.corner.x);
    pen.write_in(beside, title(scene), pen.weak(16.0));

    let area = area.with_min_y(area.top() + line.max(pen.corner.y + 2.0));
    let points = shown(scene);
    if points.is_empty() {
        paint_subjects(pen, area, scene);
        return;
    }
    let hatched = scene.language.text("switching_cost-stage-hatched");
    let (at, width) = (area.left_bottom(), area.width());
    let hatched = pen.write(at, Align2::LEFT_BOTTOM, hatched, pen.weak(13.0), width);
    let area = area.with_max_y(hatched.top());
    let rows: Vec<[Arc<Galley>; 2]> = points
        .iter()
        .map(|point| {
            let [tasks, seconds] = labels(scene, point);
            [
                pen.layout_line(tasks, pen.weak(15.0)),
                pen.layout_line(seconds, pen.bold(15.0)),
            ]
        })
        .collect();
    let widest = |column: usize| {
        let widths = rows.iter().map(|row| row[column].size().x);
        widths.fold(0.0, f32::max) + pen.gap(10.0)
    };
    let axis = area
        .with_min_x(area.left() + widest(0))
        .with_max_x(area.right() - widest(1));
    let longest = points
        .iter()
        .map(|point| point.seconds)
        .fold(1e-9, f64::max);
    let height = (area.height() / (ROWS.min(rows.len() + 1) as f32)).min(pen.gap(40.0));
    for (index, (point, [tasks, seconds])) in points.iter().zip(rows).enumerate() {
        let top = area.top() + index as f32 * height;
        let middle = top + height / 2.0;
        let x = |seconds: f64| axis.left() + axis.width() * (seconds / longest) as f32;
        let bar = Rect::from_min_max(
            pos2(axis.left(), top + height * 0.16),
            pos2(x(point.seconds), top + height * 0.84),
        );
        let created = x(point.creating);
        pen.rect_filled(bar.with_min_x(created), 0.0, pen.palette.strong);
        if created - bar.left() >= SMALLEST_HATCH {
            paint_hatch(pen, bar.with_max_x(created));
        }
        pen.put(pos2(area.left(), middle), Align2::LEFT_CENTER, tasks);
        let beside = pos2(bar.right() + pen.gap(8.0), middle);
        pen.put(beside, Align2::LEFT_CENTER, seconds);
    }
}
