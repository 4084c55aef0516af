//! The workers: processes as thick boxes, threads as beads in the box of their process.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Align2, Color32, FontId, Galley, Rect, Stroke, pos2, vec2};

use super::moment::{Team, Worker};
use super::{Scene, ribbon};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::text::grouped;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::palette::text_on;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::text_fit::font_size;

/// The most workers that have words in their boxes; more are small boxes without words.
const WITH_WORDS: usize = 16;
/// The smallest number in one line; a smaller one is broken into two lines.
const SMALLEST_LINE: f32 = 11.0;

/// Paints the workers into `area`, which begins at the lower edge of the ribbon.
pub(super) fn paint(pen: &Pen, area: Rect, ribbon: Rect, scene: &Scene) {
    let falling = pen.gap(24.0);
    let sums = pen.gap(10.0);
    let mut room = area
        .with_min_y(area.top() + falling)
        .with_max_y(area.bottom() - sums);
    let team = scene.plan.team;
    if team != Team::Processes {
        pen.frame(room, 4.0, pen.palette.background, 3.0, pen.palette.text);
        room = room.shrink2(vec2(pen.gap(12.0), pen.gap(7.0)));
        let title = scene.language.text("sum-stage-process");
        let title = pen.layout_line(title, pen.weak(14.0));
        let title = pen.put(room.left_center(), Align2::LEFT_CENTER, title);
        room.min.x = title.right() + pen.gap(10.0);
    }
    let workers = &scene.moment.workers;
    if workers.len() > WITH_WORDS {
        let grid = Grid::fitting(
            workers.len(),
            room.size(),
            vec2(60.0, 40.0) * pen.gap(1.0),
            1,
        );
        for (index, worker) in workers.iter().enumerate() {
            let place = grid.place(room.min, index);
            let place = place.shrink((grid.cell.y * 0.08).clamp(0.5, 3.0));
            paint_tank(pen, place, worker, team);
        }
        return;
    }
    let slot = room.width() / workers.len() as f32;
    for (index, worker) in workers.iter().enumerate() {
        let center = room.left() + slot * (index as f32 + 0.5);
        let width = (slot - pen.gap(8.0)).min(pen.gap(280.0));
        let place = room
            .with_min_x(center - width / 2.0)
            .with_max_x(center + width / 2.0);
        paint_worker(pen, place, index, worker, scene);
        if worker.receiving {
            let part = ribbon::part(ribbon, scene.plan, index);
            let size = vec2(part.width().min(width), falling * 0.55);
            let place = Rect::from_center_size(pos2(center, area.top() + falling / 2.0), size);
            paint_state(pen, place, State::Holding, None);
        }
        if worker.sum.is_some() {
            paint_drop(pen, pos2(center, area.bottom() - sums / 2.0), sums);
        }
    }
}

/// A sum on its way into the total.
fn paint_drop(pen: &Pen, center: egui::Pos2, height: f32) {
    let (half, tip) = (vec2(height * 0.7, 0.0), center + vec2(0.0, height * 0.42));
    let base = center - vec2(0.0, height * 0.3);
    let corners = vec![base - half, base + half, tip];
    let color = pen.palette.state(State::Running);
    pen.add(egui::Shape::convex_polygon(corners, color, Stroke::NONE));
}

/// The names of the workers that are there, if names are painted.
pub(super) fn names(scene: &Scene) -> Vec<String> {
    let workers = &scene.moment.workers;
    if workers.len() > WITH_WORDS {
        return Vec::new();
    }
    let there = workers
        .iter()
        .enumerate()
        .filter(|(_, worker)| worker.started);
    there
        .map(|(index, worker)| name(index, worker, scene))
        .filter(|name| !name.is_empty())
        .collect()
}

/// A worker's name: a process is known by its PID, a thread by its number.
fn name(index: usize, worker: &Worker, scene: &Scene) -> String {
    match (scene.plan.team, worker.os_id) {
        (Team::Processes, Some(pid)) => {
            // The PID is a word, because the digits of a number would be grouped.
            let pid = [("pid", Value::Word(pid.to_string()))];
            scene.language.with("sum-stage-pid", &pid)
        }
        (Team::Processes, None) => String::new(),
        _ => scene
            .language
            .with("sum-stage-thread", &[("thread", (index + 1).into())]),
    }
}

/// Paints a box with its name above its filling.
fn paint_worker(pen: &Pen, place: Rect, index: usize, worker: &Worker, scene: &Scene) {
    paint_tank(pen, place, worker, scene.plan.team);
    if !worker.started {
        return;
    }
    let name = name(index, worker, scene);
    let doing = match (worker.done, worker.sum) {
        (_, sum) if worker.lost => sum.map_or(String::new(), |sum| grouped(sum as i128)),
        (Some(done), Some(sum)) if done >= 1.0 => grouped(sum as i128),
        (Some(done), _) => format!("{:.0}\u{a0}%", done * 100.0),
        (None, _) => String::new(),
    };
    let ground = match worker.done {
        _ if worker.lost => pen.palette.card,
        Some(done) if done >= 1.0 => pen.palette.state(State::Running),
        _ => pen.palette.card,
    };
    let width = place.width() - 10.0;
    let galley = |text, font| words(pen, text, font, text_on(ground), width);
    let name = galley(name, pen.font(13.0));
    let doing = galley(doing, pen.bold_font(15.0));
    let high = |text: &Option<Arc<Galley>>| text.as_ref().map_or(0.0, |text| text.size().y);
    let centers = centers(place, high(&name), high(&doing));
    for (text, center) in [name, doing].into_iter().zip(centers) {
        let (Some(text), Some(center)) = (text, center) else {
            continue;
        };
        let at = Rect::from_center_size(pos2(place.center().x, center), text.size());
        // The text has a ground of its own, because half of it may be on the filling.
        pen.rect_filled(at.expand2(vec2(3.0, -2.0)), 2.0, ground);
        pen.galley(at.center_top(), text, pen.palette.text);
    }
}

/// The middles of a box's two texts, the name and, below it, what the worker is doing. In a low box they stand close
/// together; a still lower one has no name.
fn centers(place: Rect, name: f32, doing: f32) -> [Option<f32>; 2] {
    let at = |share: f32| place.top() + place.height() * share;
    let (both, apart) = (name + doing, at(0.66) - at(0.24));
    if both / 2.0 <= apart {
        [Some(at(0.24)), Some(at(0.66))]
    } else if both <= place.height() {
        let top = place.center().y - both / 2.0;
        [Some(top + name / 2.0), Some(top + name + doing / 2.0)]
    } else {
        [None, Some(place.center().y)]
    }
}

/// Centred text in one line, or in two if it is a number that would become too small. `None` if there is no text, or if
/// it does not fit.
fn words(pen: &Pen, text: String, font: FontId, color: Color32, width: f32) -> Option<Arc<Galley>> {
    if text.is_empty() {
        return None;
    }
    let line = pen.fit(text.as_str(), (font.clone(), color), width);
    let size = font_size(&line);
    let is_number = text.starts_with(|first: char| first.is_ascii_digit());
    let (text, size) = if size < SMALLEST_LINE && is_number {
        (in_two_lines(&text), font.size.min(SMALLEST_LINE))
    } else {
        (text, size)
    };
    let mut job = LayoutJob::simple(text, FontId { size, ..font }, color, f32::INFINITY);
    job.halign = Align::Center;
    let galley = pen.layout_job(job);
    (galley.size().x <= width).then_some(galley)
}

/// A large number, broken between the groups of digits that are nearest to its middle.
fn in_two_lines(number: &str) -> String {
    let middle = number.len() / 2;
    let groups = number.match_indices(char::is_whitespace);
    match groups.min_by_key(|(at, _)| at.abs_diff(middle)) {
        Some((at, gap)) => format!("{}\n{}", &number[..at], &number[at + gap.len()..]),
        None => number.to_owned(),
    }
}

/// Paints a box that is filled in proportion to its added numbers.
fn paint_tank(pen: &Pen, place: Rect, worker: &Worker, team: Team) {
    let large = place.height() > 24.0;
    let (radius, width) = match (team, large) {
        (Team::Processes, true) => (4.0, 3.0),
        (Team::Processes, false) => (1.0, 2.0),
        (_, true) => (12.0, 1.5),
        (_, false) => (place.height() * 0.3, 1.0),
    };
    pen.rect_filled(place, radius, pen.palette.card);
    if worker.lost {
        paint_state(pen, place.shrink(width), State::Lost, None);
    } else if let Some(done) = worker.done {
        let top = place.bottom() - place.height() * done;
        let fill = pen.palette.state(State::Running);
        if done >= 1.0 {
            pen.rect_filled(place, radius, fill);
        } else {
            let inside = place.shrink(width).with_min_y(top.max(place.top() + width));
            if inside.height() > 0.0 {
                pen.rect_filled(inside, radius.min(inside.height() / 2.0), fill);
            }
        }
    }
    pen.outline(place, radius, width, pen.palette.edge_if(worker.started));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_low_box_the_texts_stand_close_and_in_a_lower_one_the_name_is_left_out() {
        let place = |height| Rect::from_min_size(pos2(0.0, 100.0), vec2(80.0, height));
        assert_eq!(
            centers(place(100.0), 12.0, 24.0),
            [Some(124.0), Some(166.0)]
        );
        assert_eq!(centers(place(40.0), 12.0, 24.0), [Some(108.0), Some(126.0)]);
        assert_eq!(centers(place(30.0), 12.0, 24.0), [None, Some(115.0)]);
    }

    #[test]
    fn numbers_are_broken_between_groups() {
        let groups = |line: &str| {
            line.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let broken = in_two_lines(&grouped(1_171_875_006_250_000));
        let lines: Vec<_> = broken.lines().map(groups).collect();
        assert_eq!(lines, [["1", "171", "875"], ["006", "250", "000"]]);
        assert_eq!(in_two_lines(&grouped(12)), "12");
    }
}
