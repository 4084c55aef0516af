//! The times: a bar of seconds for each number of tasks and each length of slices, all on one scale.

use std::sync::Arc;

use egui::{Align2, Galley, Rect, Stroke, pos2, vec2};

use super::moment::{Doing, Time};
use super::{Scene, say_micros, seconds};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{paint_hatch, paint_state};

/// The highest row, in units of the usual size.
const HIGHEST: f32 = 44.0;
/// The narrowest part of a bar that is drawn: a narrower one can't be told from an edge.
const NARROWEST: f32 = 2.0;

/// A planned point, and its time once that is measured.
pub struct Row {
    /// The point's number of tasks or length of slices.
    at: Doing,
    time: Option<Time>,
    /// Whether it is one of the two points that the class is asked about.
    is_asked: bool,
}

/// All planned points in the order in which they are measured; of a run that is over only those that were measured.
pub fn rows(scene: &Scene) -> Vec<Row> {
    let moment = &scene.moment;
    let tasks = scene.tasks_planned.iter().map(|&tasks| Row {
        at: Doing::Tasks(tasks),
        time: moment.time_of_tasks(tasks),
        is_asked: scene.tasks_asked == Some(tasks),
    });
    let slices = scene.slices_planned.iter().rev().map(|&micros| Row {
        at: Doing::Turns(micros),
        time: moment.slice_point(micros).map(|point| point.time),
        is_asked: scene.slice_asked == Some(micros),
    });
    let rows = tasks.chain(slices);
    rows.filter(|row| row.time.is_some() || !scene.is_over)
        .collect()
}

/// Leaves `most` rows. The points that the class is asked about, one task alone and the latest come first, then the
/// ends of both experiments.
fn fitting(mut rows: Vec<Row>, most: usize) -> Vec<Row> {
    let latest = rows.iter().rposition(|row| row.time.is_some());
    let first_slice = rows
        .iter()
        .position(|row| matches!(row.at, Doing::Turns(_)))
        .unwrap_or(rows.len());
    let last = rows.len().saturating_sub(1);
    let rank = |index: usize, row: &Row| match row.is_asked {
        true => 0,
        _ if index == 0 => 1,
        _ if Some(index) == latest => 2,
        _ if index == first_slice || index == last => 3,
        _ if index + 1 == first_slice => 4,
        _ => 5,
    };
    let mut ranked: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| (rank(index, row), index))
        .collect();
    ranked.sort_unstable();
    let mut kept: Vec<_> = ranked
        .into_iter()
        .take(most)
        .map(|(_, index)| index)
        .collect();
    kept.sort_unstable();
    let mut index = 0;
    rows.retain(|_| {
        index += 1;
        kept.binary_search(&(index - 1)).is_ok()
    });
    rows
}

/// A row's name: `16 tasks`, `switch every 3 µs`.
pub fn name(scene: &Scene, at: Doing) -> String {
    match at {
        Doing::Tasks(tasks) => {
            let tasks = [("tasks", Value::from(tasks))];
            scene.language.with("switching_cost-stage-row", &tasks)
        }
        Doing::Turns(micros) => {
            let slice = Value::Word(say_micros(micros, scene.language));
            let slice = [("slice", slice)];
            scene.language.with("switching_cost-stage-turns", &slice)
        }
        Doing::Preparing => String::new(),
    }
}

/// What the bars are about, or what is being measured.
fn title(scene: &Scene) -> String {
    match scene.moment.doing {
        Some(Doing::Preparing) => {
            let text = scene.language.text("switching_cost-stage-measuring");
            text.into_owned()
        }
        _ => {
            let work = [("seconds", Value::Word(seconds(scene.work, scene.language)))];
            scene.language.with("switching_cost-stage-work", &work)
        }
    }
}

/// The times in words.
pub fn words(scene: &Scene) -> Vec<String> {
    let measured = rows(scene).into_iter().filter_map(|row| {
        let time = seconds(row.time?.seconds, scene.language);
        Some(format!("{}: {time}", name(scene, row.at)))
    });
    std::iter::once(title(scene)).chain(measured).collect()
}

/// Paints the bars with their title above and their legend below.
pub fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let top = pen.line_height(15.0).max(pen.corner.y);
    let mut beside = area.with_max_x(area.right() - pen.corner.x);
    let is_measuring = scene.moment.doing == Some(Doing::Preparing);
    if pen.is_for_class() && !is_measuring {
        // The title is about the line across the bars, and a class must see that.
        let x = beside.left() + 3.0;
        let y = beside.top()..=beside.top() + pen.line_height(15.0);
        pen.vline(x, y, Stroke::new(1.5, pen.palette.text));
        beside.min.x = x + pen.gap(8.0);
    }
    pen.write_in(beside, title(scene), pen.weak(15.0));
    let legend = pen.line_height(13.0);
    paint_legend(pen, area.with_min_y(area.bottom() - legend), scene);
    let area = area
        .with_min_y(area.top() + top)
        .with_max_y(area.bottom() - legend - pen.gap(2.0));
    let most = (area.height() / pen.line_height(12.0)) as usize;
    let rows = fitting(rows(scene), most.max(1));
    let labels: Vec<[Arc<Galley>; 2]> = rows
        .iter()
        .map(|row| {
            let is_now = scene.moment.doing == Some(row.at);
            let look = match row.is_asked || is_now {
                true => pen.bold(15.0),
                false => pen.weak(15.0),
            };
            let time = match row.time {
                Some(time) => seconds(time.seconds, scene.language),
                None if is_now => "…".to_owned(),
                None => String::new(),
            };
            let most = area.width() * 0.4;
            let time_look = (look.0.clone(), pen.palette.text);
            [
                pen.fit(name(scene, row.at), look, most),
                pen.fit(time, time_look, most),
            ]
        })
        .collect();
    let widest = |column: usize| {
        let widths = labels.iter().map(|row| row[column].size().x);
        widths.fold(0.0, f32::max) + pen.gap(10.0)
    };
    let bars = area
        .with_min_x(area.left() + widest(0))
        .with_max_x(area.right() - widest(1));
    let measured = rows.iter().filter_map(|row| Some(row.time?.seconds));
    let longest = measured.fold(scene.work, f64::max).max(1e-9);
    let x = |seconds: f64| bars.left() + bars.width() * (seconds / longest) as f32;
    let height = (area.height() / rows.len().max(1) as f32).min(pen.gap(HIGHEST));
    let bottom = area.top() + height * rows.len() as f32;
    for (index, (row, [name, time])) in rows.iter().zip(labels).enumerate() {
        let top = area.top() + index as f32 * height;
        let middle = top + height / 2.0;
        pen.put(pos2(area.left(), middle), Align2::LEFT_CENTER, name);
        let bar = Rect::from_x_y_ranges(
            bars.left()..=bars.left(),
            top + height * 0.12..=top + height * 0.88,
        );
        let end = match row.time {
            Some(measured) => paint_bar(pen, bar, measured, x),
            None => bars.left(),
        };
        pen.put(pos2(end + pen.gap(8.0), middle), Align2::LEFT_CENTER, time);
    }
    // The line is where the work would end if nothing else took time.
    if rows.iter().any(|row| row.time.is_some()) {
        let stroke = Stroke::new(1.5, pen.palette.text);
        pen.vline(x(scene.work), area.top()..=bottom, stroke);
    }
}

/// Paints the parts of a time from the left edge of `bar` on: creating the tasks, computing, switching. Returns its end.
fn paint_bar(pen: &Pen, bar: Rect, time: Time, x: impl Fn(f64) -> f32) -> f32 {
    let (created, end) = (x(time.creating), x(time.seconds));
    let switching = x(time.seconds - time.switching()).max(created);
    let part = |from: f32, to: f32| bar.with_min_x(from).with_max_x(to);
    paint_state(pen, part(created, switching), State::Running, None);
    if end - switching >= NARROWEST {
        paint_state(pen, part(switching, end), State::Waiting, None);
    }
    if created - bar.left() >= NARROWEST {
        paint_hatch(pen, part(bar.left(), created));
    }
    end
}

/// Paints what the parts of the bars are.
fn paint_legend(pen: &Pen, area: Rect, scene: &Scene) {
    let swatch = vec2(pen.gap(18.0), pen.gap(11.0));
    let parts = [
        ("computing", Some(State::Running)),
        ("switches", Some(State::Waiting)),
        ("hatched", None),
    ];
    let mut left = area.left();
    for (key, state) in parts {
        let place = Align2::LEFT_CENTER.anchor_size(pos2(left, area.center().y), swatch);
        let text = scene.language.text(&format!("switching_cost-stage-{key}"));
        let text = pen.layout_line(text, pen.weak(13.0));
        let right = place.right() + pen.gap(5.0) + text.size().x;
        if right > area.right() {
            break;
        }
        match state {
            Some(state) => paint_state(pen, place, state, None),
            None => paint_hatch(pen, place),
        }
        let at = pos2(place.right() + pen.gap(5.0), area.center().y);
        pen.put(at, Align2::LEFT_CENTER, text);
        left = right + pen.gap(14.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(at: Doing, is_measured: bool, is_asked: bool) -> Row {
        let time = is_measured.then_some(Time::default());
        Row { at, time, is_asked }
    }

    #[test]
    fn where_few_rows_fit_those_that_are_asked_about_stay() {
        let tasks =
            [1, 16, 256, 1024, 4096].map(|tasks| row(Doing::Tasks(tasks), true, tasks == 1024));
        let slices =
            [1000, 100, 10, 3, 1].map(|micros| row(Doing::Turns(micros), true, micros == 3));
        let all: Vec<_> = tasks.into_iter().chain(slices).collect();
        let kept = |most| -> Vec<Doing> {
            let rows = all
                .iter()
                .map(|it| row(it.at, it.time.is_some(), it.is_asked));
            fitting(rows.collect(), most)
                .iter()
                .map(|row| row.at)
                .collect()
        };
        use Doing::{Tasks, Turns};
        assert_eq!(kept(2), [Tasks(1024), Turns(3)]);
        assert_eq!(kept(4), [Tasks(1), Tasks(1024), Turns(3), Turns(1)]);
        assert_eq!(
            kept(5),
            [Tasks(1), Tasks(1024), Turns(1000), Turns(3), Turns(1)]
        );
        assert_eq!(kept(99).len(), 10);
    }
}
