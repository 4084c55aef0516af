//! Those who download: a thick box for each process, a square for each thread, a slip for each coroutine,
//! each beside its file's name.

use egui::{Align2, Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::Scene;
use super::bars::WITH_WORDS;
use super::moment::Fetch;
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::lettering::{Sizes, fitted};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::slip::paint_slip;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::{bold_font, font};

/// Room above the rows for the name of the process that all of them are in.
pub(super) fn title_height(scene: &Scene, sizes: Sizes) -> f32 {
    match scene.variant {
        "process_each" => sizes.gap(6.0),
        _ => sizes.line_height(16.0),
    }
}

/// A process's name, as far as it is known.
fn process_name(scene: &Scene, pid: Option<u32>) -> String {
    match pid {
        // As a word, or its digits would be grouped.
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

/// Paints them into `area`, in rows of this height.
pub(super) fn paint(
    painter: &Painter,
    area: Rect,
    height: f32,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let alone = scene.variant == "process_each";
    let margin = sizes.gap(7.0);
    let mut inside = area.shrink2(vec2(margin, 0.0));
    if !alone {
        let title = title_height(scene, sizes);
        let whole = area.with_min_y(area.top() - title);
        paint_box(painter, whole, scene.begun, palette);
        let name = process_name(scene, scene.moment.own_pid);
        let name = fitted(
            painter,
            name,
            bold_font(sizes.text(15.0)),
            palette.text,
            inside.width(),
        );
        let at = pos2(inside.left(), whole.top() + 3.0);
        painter.galley(at, name, palette.text);
    }
    let mark = Vec2::splat(sizes.gap(18.0).min(height * 0.6));
    if matches!(scene.variant, "one_after_another" | "async_tasks") {
        // The one thread: at the file that it downloads, or in the middle of all.
        let current = scene.moment.files.iter().position(Fetch::goes_on);
        let y = match (scene.variant, current) {
            ("one_after_another", Some(index)) => area.top() + height * (index as f32 + 0.5),
            ("one_after_another", None) => area.top() + height * 0.5,
            _ => area.center().y,
        };
        let mark = Vec2::splat(sizes.gap(22.0).min(area.height() * 0.6));
        let place = Rect::from_center_size(pos2(inside.left() + mark.x / 2.0, y), mark);
        paint_thread(painter, place, current.is_some(), palette);
        inside.min.x += mark.x + margin;
    }
    for (index, file) in scene.moment.files.iter().enumerate() {
        let top = area.top() + height * index as f32;
        let row = Rect::from_x_y_ranges(inside.x_range(), top..=top + height);
        let mut text = row;
        if alone {
            let edge = Rect::from_x_y_ranges(area.x_range(), row.y_range());
            let edge = edge.shrink2(vec2(0.0, (height * 0.05).min(3.0)));
            paint_box(painter, edge, file.pid.is_some(), palette);
            if file.is_lost() {
                paint_state(painter, edge.shrink(3.0), State::Lost, None, palette);
            }
        }
        let is_marked = match scene.variant {
            "one_after_another" => false,
            // A box this low is all that there is to see.
            "process_each" => height >= WITH_WORDS,
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
                    paint_slip(
                        painter,
                        slip,
                        file.goes_on().then_some(State::Sleeping),
                        palette,
                    );
                }
                _ => paint_thread(painter, place, file.goes_on(), palette),
            }
            text.min.x += mark.x * 1.2 + margin;
        }
        if height >= WITH_WORDS {
            paint_words(painter, text, index, file, scene, sizes, palette);
        }
    }
}

/// A process: there, or still to come.
fn paint_box(painter: &Painter, place: Rect, there: bool, palette: &Palette) {
    let (color, width) = match (there, place.height() < 12.0) {
        (false, _) => (palette.border, 1.5),
        (true, true) => (palette.text, 1.5),
        (true, false) => (palette.text, 3.0),
    };
    let edge = Stroke::new(width, color);
    let radius = if width > 2.0 { 4.0 } else { 1.0 };
    painter.rect(place, radius, palette.background, edge, StrokeKind::Inside);
}

/// A thread that waits for a download, or has none.
fn paint_thread(painter: &Painter, place: Rect, busy: bool, palette: &Palette) {
    if busy {
        paint_state(painter, place, State::Sleeping, None, palette);
    } else {
        let edge = Stroke::new(1.0, palette.border);
        painter.rect(place, 2.0, palette.faint, edge, StrokeKind::Inside);
    }
}

/// The file's name; above it, if it has a process to itself, that one's.
fn paint_words(
    painter: &Painter,
    row: Rect,
    index: usize,
    file: &Fetch,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let mut lines = vec![(scene.file_name(index), font(sizes.text(18.0)), palette.text)];
    if scene.variant == "process_each" {
        let (name, size) = (process_name(scene, file.pid), bold_font(sizes.text(15.0)));
        let color = if file.pid.is_some() {
            palette.text
        } else {
            palette.weak
        };
        if row.height() >= sizes.line_height(18.0) + sizes.line_height(15.0) {
            lines.insert(0, (name, size, color));
        } else if file.pid.is_some() {
            // One line only: the process is what matters here.
            lines[0] = (name, size, color);
        }
    }
    let galleys: Vec<_> = lines
        .into_iter()
        .map(|(text, size, color)| {
            let size = egui::FontId {
                size: size.size.min(row.height() * 0.7),
                ..size
            };
            (fitted(painter, text, size, color, row.width()), color)
        })
        .collect();
    let height: f32 = galleys.iter().map(|(galley, _)| galley.size().y).sum();
    let mut y = row.center().y - height / 2.0;
    for (galley, color) in galleys {
        let size = galley.size();
        let place = Align2::LEFT_TOP.anchor_size(pos2(row.left(), y), size);
        painter.galley(place.min, galley, color);
        y += size.y;
    }
}
