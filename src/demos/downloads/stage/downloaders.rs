//! The downloaders beside their files' names: thick boxes for processes, squares for threads, slips for coroutines.

use egui::{Align2, Rect, Vec2, pos2, vec2};

use super::moment::Fetch;
use super::{Scene, WORDS};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_slip;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::font;

/// Room above the rows for the name of the process that all downloaders are in.
pub(super) fn title_height(pen: &Pen, scene: &Scene) -> f32 {
    match scene.variant {
        "process_each" => pen.gap(6.0),
        _ => pen.line_height(16.0),
    }
}

/// A process's name, with its PID if that is known.
fn process_name(scene: &Scene, pid: Option<u32>) -> String {
    match pid {
        // The PID is a word, because the digits of a number would be grouped.
        Some(pid) => {
            let pid = [("pid", Value::Word(pid.to_string()))];
            scene.language.with("downloads-stage-pid", &pid)
        }
        None => scene.language.text("downloads-stage-process").into_owned(),
    }
}

/// The names of the processes.
pub(super) fn names(scene: &Scene) -> Vec<String> {
    match scene.variant {
        "process_each" => {
            let pids = scene.moment.files.iter().filter_map(|file| file.pid);
            pids.map(|pid| process_name(scene, Some(pid))).collect()
        }
        _ => vec![process_name(scene, scene.moment.own_pid)],
    }
}

/// The size of a mark in rows of height `height`, and that of the only thread beside rows of height `all` together.
fn mark(pen: &Pen, height: f32) -> Vec2 {
    Vec2::splat(pen.gap(18.0).min(height * 0.6))
}

fn only_thread(pen: &Pen, all: f32) -> Vec2 {
    Vec2::splat(pen.gap(22.0).min(all * 0.6))
}

/// The width in which a class can read the files' names beside the marks in rows of height `height`.
pub(super) fn least_width(pen: &Pen, height: f32, scene: &Scene) -> f32 {
    if !scene.presenting || !Scene::has_words(pen, height) {
        return 0.0;
    }
    let count = scene.moment.files.len();
    let names = (0..count).map(|index| {
        let name = pen.layout_line(
            scene.file_name(index),
            (font(pen.smallest), pen.palette.text),
        );
        name.size().x
    });
    let margin = pen.gap(7.0);
    let thread = only_thread(pen, height * count as f32).x + margin;
    let beside = mark(pen, height).x * 1.2 + margin;
    let marks = match scene.variant {
        "one_after_another" => thread,
        "async_tasks" => thread + beside,
        _ => beside,
    };
    names.fold(0.0, f32::max) + marks + 2.0 * margin + 1.0
}

/// Paints the downloaders into `area`, in rows of height `height`.
pub(super) fn paint(pen: &Pen, area: Rect, height: f32, scene: &Scene) {
    let alone = scene.variant == "process_each";
    let margin = pen.gap(7.0);
    let mut inside = area.shrink2(vec2(margin, 0.0));
    if !alone {
        let title = title_height(pen, scene);
        let whole = area.with_min_y(area.top() - title);
        paint_box(pen, whole, scene.begun);
        let name = process_name(scene, scene.moment.own_pid);
        let top = inside.with_min_y(whole.top() + 3.0);
        pen.write_in(top, name, pen.bold(15.0));
    }
    let mark = mark(pen, height);
    if matches!(scene.variant, "one_after_another" | "async_tasks") {
        // The only thread is beside the file that it downloads, or in the middle of all.
        let current = scene.moment.files.iter().position(Fetch::goes_on);
        let y = match (scene.variant, current) {
            ("one_after_another", Some(index)) => area.top() + height * (index as f32 + 0.5),
            ("one_after_another", None) => area.top() + height * 0.5,
            _ => area.center().y,
        };
        let mark = only_thread(pen, area.height());
        let place = Rect::from_center_size(pos2(inside.left() + mark.x / 2.0, y), mark);
        paint_thread(pen, place, current.is_some());
        inside.min.x += mark.x + margin;
    }
    for (index, file) in scene.moment.files.iter().enumerate() {
        let top = area.top() + height * index as f32;
        let row = Rect::from_x_y_ranges(inside.x_range(), top..=top + height);
        let mut text = row;
        if alone {
            let edge = Rect::from_x_y_ranges(area.x_range(), row.y_range());
            let edge = edge.shrink2(vec2(0.0, (height * 0.05).min(3.0)));
            paint_box(pen, edge, file.pid.is_some());
            if file.is_lost() {
                paint_state(pen, edge.shrink(3.0), State::Lost, None);
            }
        }
        let is_marked = match scene.variant {
            "one_after_another" => false,
            // In a low box there is no room for a mark.
            "process_each" => Scene::has_words(pen, height),
            _ => true,
        };
        if is_marked {
            let place = Rect::from_center_size(
                pos2(row.left() + mark.x * 0.6, row.center().y),
                vec2(mark.x, mark.y),
            );
            match scene.variant {
                "async_tasks" => {
                    let slip = Rect::from_center_size(place.center(), vec2(mark.x * 1.2, mark.y));
                    paint_slip(pen, slip, file.goes_on().then_some(State::Sleeping));
                }
                _ => paint_thread(pen, place, file.goes_on()),
            }
            text.min.x += mark.x * 1.2 + margin;
        }
        if Scene::has_words(pen, height) {
            paint_words(pen, text, index, file, scene);
        }
    }
}

/// Paints the box of a process that is there or still to come.
fn paint_box(pen: &Pen, place: Rect, there: bool) {
    let width = if there && place.height() >= 12.0 {
        3.0
    } else {
        1.5
    };
    let radius = if width > 2.0 { 4.0 } else { 1.0 };
    let (fill, edge) = (pen.palette.background, pen.palette.edge_if(there));
    pen.frame(place, radius, fill, width, edge);
}

/// Paints a thread that waits for a download, or has none.
fn paint_thread(pen: &Pen, place: Rect, busy: bool) {
    if busy {
        paint_state(pen, place, State::Sleeping, None);
    } else {
        pen.frame(place, 2.0, pen.palette.faint, 1.0, pen.palette.border);
    }
}

/// Paints the file's name, and above it the name of its process if the file has one to itself.
fn paint_words(pen: &Pen, row: Rect, index: usize, file: &Fetch, scene: &Scene) {
    let mut lines = vec![(scene.file_name(index), pen.plain(18.0))];
    if scene.variant == "process_each" {
        let color = pen.palette.text_if(file.pid.is_some());
        let name = (process_name(scene, file.pid), (pen.bold_font(15.0), color));
        if row.height() >= pen.line_height(18.0) + pen.line_height(15.0) {
            lines.insert(0, name);
        } else if file.pid.is_some() {
            // A row with one line names the process, which matters most here.
            lines[0] = name;
        }
    }
    let lines = lines.into_iter().map(|(text, (mut font, color))| {
        font.size = font.size.min(row.height() * WORDS);
        pen.fit(text, (font, color), row.width())
    });
    let lines: Vec<_> = lines.collect();
    let height: f32 = lines.iter().map(|line| line.size().y).sum();
    let mut at = row.left_center() - vec2(0.0, height / 2.0);
    for line in lines {
        at.y = pen.put(at, Align2::LEFT_TOP, line).bottom();
    }
}
