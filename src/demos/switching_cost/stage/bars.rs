//! The first experiment: a bar of seconds for each number of tasks, all on one axis.

use std::sync::Arc;

use egui::{Align2, Galley, Painter, Rect, pos2};

use super::Scene;
use super::moment::{Doing, TasksPoint};
use crate::lab::value::Value;
use crate::widgets::alphabet::paint_hatch;
use crate::widgets::lettering::{Sizes, fitted};
use crate::widgets::palette::Ink;
use crate::widgets::theme::{bold_font, font};

/// Width of the card's corner in which the replay's label is.
const REPLAY_LABEL: f32 = 205.0;
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
        None if scene.moment.tasks.is_empty() => {
            language.text("switching_cost-stage-legend").into_owned()
        }
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
    std::iter::once(title(scene)).chain(rows).collect()
}

/// Paints the bars; the time in which tasks were created is hatched.
pub fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, ink: &Ink) {
    let line = sizes.line_height(16.0);
    let room = area.width() - REPLAY_LABEL;
    let size = font(sizes.text(16.0));
    let title = fitted(painter, title(scene), size, ink.weak, room);
    painter.galley(area.min, title, ink.weak);

    let area = area.with_min_y(area.top() + line.max(34.0));
    let points = shown(scene);
    let rows: Vec<[Arc<Galley>; 2]> = points
        .iter()
        .map(|point| {
            let [tasks, seconds] = labels(scene, point);
            [
                painter.layout_no_wrap(tasks, font(sizes.text(15.0)), ink.weak),
                painter.layout_no_wrap(seconds, bold_font(sizes.text(15.0)), ink.text),
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
        painter.rect_filled(bar.with_min_x(created), 0.0, ink.strong);
        if created - bar.left() >= SMALLEST_HATCH {
            paint_hatch(painter, bar.with_max_x(created), ink);
        }
        let place = Align2::LEFT_CENTER.anchor_size(pos2(area.left(), middle), tasks.size());
        painter.galley(place.min, tasks, ink.weak);
        let beside = pos2(bar.right() + sizes.gap(8.0), middle);
        let place = Align2::LEFT_CENTER.anchor_size(beside, seconds.size());
        painter.galley(place.min, seconds, ink.text);
    }
}
