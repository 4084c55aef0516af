//! Those who add: processes as thick boxes, threads as beads in the box of their process. Each fills
//! as its numbers are added.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Align2, Color32, FontId, Galley, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use super::moment::{Team, Worker};
use super::{Scene, ribbon};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::text::grouped;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::lettering::{Sizes, fitted};
use crate::widgets::look::palette::{Palette, text_on};
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::{bold_font, font};

/// More workers than these are small boxes without words.
const WITH_WORDS: usize = 16;
/// A number that had to be smaller than this to fit into one line is broken into two.
const SMALLEST_LINE: f32 = 11.0;

/// Paints the workers into `area`, which begins at the lower edge of the ribbon.
pub(super) fn paint(
    painter: &Painter,
    area: Rect,
    ribbon: Rect,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let falling = sizes.gap(24.0);
    let sums = sizes.gap(10.0);
    let mut room = area
        .with_min_y(area.top() + falling)
        .with_max_y(area.bottom() - sums);
    let team = scene.plan.team;
    if team != Team::Processes {
        let edge = Stroke::new(3.0, palette.text);
        painter.rect(room, 4.0, palette.background, edge, StrokeKind::Inside);
        room = room.shrink2(vec2(sizes.gap(12.0), sizes.gap(7.0)));
        let title = scene.language.text("sum-stage-process");
        let title = painter.layout_no_wrap(title.into(), font(sizes.text(14.0)), palette.weak);
        let at = room.left_center();
        let place = Align2::LEFT_CENTER.anchor_size(at, title.size());
        room.min.x = place.right() + sizes.gap(10.0);
        painter.galley(place.min, title, palette.weak);
    }
    let workers = &scene.moment.workers;
    if workers.len() > WITH_WORDS {
        let grid = Grid::fitting(
            workers.len(),
            room.size(),
            vec2(60.0, 40.0) * sizes.gap(1.0),
            1,
        );
        for (index, worker) in workers.iter().enumerate() {
            let place = grid.place(room.min, index);
            let place = place.shrink((grid.cell.y * 0.08).clamp(0.5, 3.0));
            paint_tank(painter, place, worker, team, palette);
        }
        return;
    }
    let slot = room.width() / workers.len() as f32;
    for (index, worker) in workers.iter().enumerate() {
        let center = room.left() + slot * (index as f32 + 0.5);
        let width = (slot - sizes.gap(8.0)).min(sizes.gap(280.0));
        let place = room
            .with_min_x(center - width / 2.0)
            .with_max_x(center + width / 2.0);
        paint_worker(painter, place, index, worker, scene, sizes, palette);
        if worker.receiving {
            let part = ribbon::part(ribbon, scene.plan, index);
            let size = vec2(part.width().min(width), falling * 0.55);
            let place = Rect::from_center_size(pos2(center, area.top() + falling / 2.0), size);
            paint_state(painter, place, State::Holding, None, palette);
        }
        if worker.sum.is_some() {
            paint_drop(
                painter,
                pos2(center, area.bottom() - sums / 2.0),
                sums,
                palette,
            );
        }
    }
}

/// A sum on its way into the total.
fn paint_drop(painter: &Painter, center: egui::Pos2, height: f32, palette: &Palette) {
    let (half, tip) = (vec2(height * 0.7, 0.0), center + vec2(0.0, height * 0.42));
    let base = center - vec2(0.0, height * 0.3);
    let corners = vec![base - half, base + half, tip];
    let color = palette.state(State::Running);
    painter.add(egui::Shape::convex_polygon(corners, color, Stroke::NONE));
}

/// The names of those who are there, as far as they are painted.
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

/// A process is known by its PID, a thread by its number.
fn name(index: usize, worker: &Worker, scene: &Scene) -> String {
    match (scene.plan.team, worker.os_id) {
        (Team::Processes, Some(pid)) => {
            // As a word, or its digits would be grouped.
            let pid = [("pid", Value::Word(pid.to_string()))];
            scene.language.with("sum-stage-pid", &pid)
        }
        (Team::Processes, None) => String::new(),
        _ => scene
            .language
            .with("sum-stage-thread", &[("thread", (index + 1).into())]),
    }
}

/// A box with its name above its filling.
fn paint_worker(
    painter: &Painter,
    place: Rect,
    index: usize,
    worker: &Worker,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    paint_tank(painter, place, worker, scene.plan.team, palette);
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
        _ if worker.lost => palette.card,
        Some(done) if done >= 1.0 => palette.state(State::Running),
        _ => palette.card,
    };
    let width = place.width() - 10.0;
    let galley = |text, font| words(painter, text, font, text_on(ground), width);
    let name = galley(name, font(sizes.text(13.0)));
    let doing = galley(doing, bold_font(sizes.text(15.0)));
    let high = |text: &Option<Arc<Galley>>| text.as_ref().map_or(0.0, |text| text.size().y);
    let centers = centers(place, high(&name), high(&doing));
    for (text, center) in [name, doing].into_iter().zip(centers) {
        let (Some(text), Some(center)) = (text, center) else {
            continue;
        };
        let at = Rect::from_center_size(pos2(place.center().x, center), text.size());
        // Half of it may be on the filling: it stands on a ground of its own.
        painter.rect_filled(at.expand2(vec2(3.0, -2.0)), 2.0, ground);
        painter.galley(at.center_top(), text, palette.text);
    }
}

/// Where in a box the middles of its two texts are, the name above what its worker is doing. In a low box they
/// stand close together; if even that is too high, what is being done counts.
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

/// Centred text in one line or, if it is a number that would become too small, in two. `None` if there is none or it
/// does not fit.
fn words(
    painter: &Painter,
    text: String,
    font: FontId,
    color: Color32,
    width: f32,
) -> Option<Arc<Galley>> {
    if text.is_empty() {
        return None;
    }
    let line = fitted(painter, text.as_str(), font.clone(), color, width);
    let size = line
        .job
        .sections
        .first()
        .map_or(0.0, |section| section.format.font_id.size);
    let is_number = text.starts_with(|first: char| first.is_ascii_digit());
    let (text, size) = if size < SMALLEST_LINE && is_number {
        (in_two_lines(&text), font.size.min(SMALLEST_LINE))
    } else {
        (text, size)
    };
    let mut job = LayoutJob::simple(text, FontId { size, ..font }, color, f32::INFINITY);
    job.halign = Align::Center;
    let galley = painter.layout_job(job);
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

/// A box that is filled as far as its numbers are added.
fn paint_tank(painter: &Painter, place: Rect, worker: &Worker, team: Team, palette: &Palette) {
    let large = place.height() > 24.0;
    let (radius, width) = match (team, large) {
        (Team::Processes, true) => (4.0, 3.0),
        (Team::Processes, false) => (1.0, 2.0),
        (_, true) => (12.0, 1.5),
        (_, false) => (place.height() * 0.3, 1.0),
    };
    let edge = Stroke::new(
        width,
        if worker.started {
            palette.text
        } else {
            palette.border
        },
    );
    painter.rect_filled(place, radius, palette.card);
    if worker.lost {
        paint_state(painter, place.shrink(width), State::Lost, None, palette);
    } else if let Some(done) = worker.done {
        let top = place.bottom() - place.height() * done;
        let fill = palette.state(State::Running);
        if done >= 1.0 {
            painter.rect_filled(place, radius, fill);
        } else {
            let inside = place.shrink(width).with_min_y(top.max(place.top() + width));
            if inside.height() > 0.0 {
                painter.rect_filled(inside, radius.min(inside.height() / 2.0), fill);
            }
        }
    }
    painter.rect_stroke(place, radius, edge, StrokeKind::Inside);
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
