//! The workers: processes as thick boxes, threads as beads in the box of their process.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Align2, Color32, FontId, Galley, Rect, Vec2, pos2, vec2};

use super::moment::{Plan, Team, Worker};
use super::{Scene, ribbon};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::text::grouped;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::palette::text_on;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;
use crate::widgets::look::theme::{bold_font, font};

/// The most workers that have words in their boxes; more are small boxes without words.
const WITH_WORDS: usize = 16;
/// The width of a box's edge, with the room that its texts leave there.
const EDGE: f32 = 4.0;
/// A sum in one line is broken into two if it would be smaller.
const ONE_LINE: f32 = 12.0;
/// The height of a line, in units of its font size.
const LINE: f32 = 1.45;

/// Paints the workers into `area`, which begins at the lower edge of the ribbon.
pub(super) fn paint(pen: &Pen, area: Rect, ribbon: Rect, scene: &Scene) {
    let falling = pen.gap(24.0).min(area.height() * 0.2);
    let mut room = area.with_min_y(area.top() + falling);
    let team = scene.plan.team;
    let mut title = scene.language.text("sum-stage-process").into_owned();
    let mut has_title = team != Team::Processes;
    if pen.is_for_class() && !have_names(pen, room, scene) {
        // Boxes without names of their own have one for all.
        let workers = [("workers", Value::from(scene.moment.workers.len()))];
        let key = match team {
            Team::Processes => "sum-stage-team-processes",
            _ => "sum-stage-team-threads",
        };
        title = scene.language.with(key, &workers);
        has_title = true;
    }
    if team != Team::Processes {
        pen.frame(room, 4.0, pen.palette.background, 3.0, pen.palette.text);
        room = room.shrink2(vec2(pen.gap(12.0), pen.gap(7.0).min(room.height() * 0.1)));
    }
    if has_title {
        let width = room.width() * 0.22;
        let title = match pen.is_for_class() {
            true => pen.wrap(&title, pen.weak(14.0), width),
            false => pen.layout_line(title, pen.weak(14.0)),
        };
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
    let width = (slot - pen.gap(8.0)).min(pen.gap(280.0));
    let box_size = vec2(width, room.height());
    let texts: Vec<_> = workers
        .iter()
        .enumerate()
        .map(|(index, worker)| Texts::of(index, worker, scene))
        .collect();
    let writing = Writing::fitting(pen, &texts, box_size - Vec2::splat(2.0 * EDGE));
    for (index, worker) in workers.iter().enumerate() {
        let center = room.left() + slot * (index as f32 + 0.5);
        let place = room
            .with_min_x(center - width / 2.0)
            .with_max_x(center + width / 2.0);
        paint_tank(pen, place, worker, team);
        if worker.started {
            writing.paint(pen, place, worker, &texts[index]);
        }
        if worker.receiving {
            let part = ribbon::part(ribbon, scene.plan, index);
            let size = vec2(part.width().min(width), falling * 0.55);
            let place = Rect::from_center_size(pos2(center, area.top() + falling / 2.0), size);
            paint_state(pen, place, State::Holding, None);
        }
    }
}

/// Whether the boxes of the workers have room for their names, beside nothing but the name of their process.
fn have_names(pen: &Pen, room: Rect, scene: &Scene) -> bool {
    let workers = &scene.moment.workers;
    if workers.len() > WITH_WORDS {
        return false;
    }
    let title = match scene.plan.team {
        Team::Processes => 0.0,
        _ => {
            let title = scene.language.text("sum-stage-process");
            pen.layout_line(title, pen.weak(14.0)).size().x + pen.gap(34.0)
        }
    };
    let slot = (room.width() - title) / workers.len() as f32;
    let width = (slot - pen.gap(8.0)).min(pen.gap(280.0));
    let texts: Vec<_> = workers
        .iter()
        .enumerate()
        .map(|(index, worker)| Texts::of(index, worker, scene))
        .collect();
    let room = vec2(width, room.height() * 0.8) - Vec2::splat(2.0 * EDGE);
    let name = Writing::fitting(pen, &texts, room).name;
    name.is_some_and(|(_, is_number)| !is_number)
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

/// The texts of a worker's box.
struct Texts {
    /// Its name.
    name: String,
    /// Its number alone, for a box that is too narrow for the name.
    number: String,
    /// The share of its part that is added, while it adds.
    progress: String,
    /// Its sum, once it has one.
    sum: String,
    /// The sum that it is about to have.
    expected: String,
}

impl Texts {
    fn of(index: usize, worker: &Worker, scene: &Scene) -> Self {
        let is_over = worker.lost || worker.done.is_some_and(|done| done >= 1.0);
        let progress = worker.done.filter(|_| !is_over);
        let number = match scene.plan.team {
            Team::Processes => worker.os_id.unwrap_or_default() as usize,
            _ => index + 1,
        };
        let sum = worker.sum.filter(|_| is_over);
        Self {
            name: name(index, worker, scene),
            number: number.to_string(),
            progress: progress
                .map(|done| format!("{:.0}\u{a0}%", done * 100.0))
                .unwrap_or_default(),
            sum: sum.map(|sum| grouped(sum as i128)).unwrap_or_default(),
            expected: grouped(expected_sum(scene.plan) as i128),
        }
    }
}

/// The sum of the last of all numbers, as many as a worker adds: about the largest sum in a box.
fn expected_sum(plan: Plan) -> u128 {
    let numbers = u128::from(plan.numbers);
    let each = numbers.div_ceil(plan.workers as u128);
    each * (2 * numbers - each + 1) / 2
}

/// How the texts of all boxes are written: the same in each, so that they can be compared, and such that the longest
/// fit. Sums come in one line or in two; then the name gives way to its number, then the sum to the filled box alone.
#[derive(Clone, Debug, PartialEq)]
struct Writing {
    /// The size of names, and whether the number alone is written; `None` in a box that is too low.
    name: Option<(f32, bool)>,
    /// The size of the text below.
    doing: Option<f32>,
    /// How many lines a sum takes; none if it does not fit.
    lines: usize,
}

impl Writing {
    fn fitting(pen: &Pen, texts: &[Texts], room: Vec2) -> Self {
        let smallest = pen.smallest;
        let fitting = |text: &str, font: &FontId| {
            let width = |size: f32| {
                let font = FontId::new(size, font.family.clone());
                pen.layout_line(text, (font, pen.palette.text)).size().x
            };
            let share = (room.x / width(font.size).max(1.0)).min(1.0);
            let mut size = (font.size * share).floor();
            // The glyphs of a smaller font may be a little wider than in proportion.
            while size >= smallest && width(size) > room.x {
                size -= 1.0;
            }
            (size >= smallest).then_some(size)
        };
        let all = |text: fn(&Texts) -> String, font: &FontId| {
            let mut texts = texts.iter();
            texts.try_fold(f32::INFINITY, |least, texts| {
                Some(least.min(fitting(&text(texts), font)?))
            })
        };
        let (light, bold) = (pen.font(13.0), pen.bold_font(15.0));
        let name = all(|texts| texts.name.clone(), &light).map(|size| (size, false));
        let number = || all(|texts| texts.number.clone(), &light).map(|size| (size, true));
        let high = (room.y / LINE).floor();
        let name = name.or_else(number).filter(|_| high >= smallest);
        let name = name.map(|(size, short)| (size.min(high), short));
        let widths = [
            fitting("100\u{a0}%", &bold),
            all(longest_sum, &bold),
            all(|texts| in_two_lines(&longest_sum(texts)), &bold),
        ];
        let way = |name: Option<(f32, bool)>, lines: usize| {
            let below = room.y / LINE - name.map_or(0.0, |(size, _)| size);
            let high = (below / lines.max(1) as f32).floor();
            let doing = widths[lines].map(|wide| wide.min(high));
            doing.filter(|size| *size >= smallest).map(|doing| Self {
                name,
                doing: Some(doing),
                lines,
            })
        };
        // A box has its name as long as there is any way to write it.
        let named = name.into_iter().flat_map(|name| {
            let alone = Self {
                name: Some(name),
                doing: None,
                lines: 0,
            };
            let [none, one, two] = [0, 1, 2].map(|lines| way(Some(name), lines));
            let is_large = |way: &Self| way.doing >= Some(ONE_LINE);
            [one.clone().filter(is_large), two, one, none, Some(alone)]
        });
        let unnamed = [1, 2, 0].map(|lines| way(None, lines));
        let nothing = Self {
            name: None,
            doing: None,
            lines: 0,
        };
        named.chain(unnamed).flatten().next().unwrap_or(nothing)
    }

    /// The name and the text below it, laid out; `None` if there is none.
    fn galleys(&self, pen: &Pen, texts: &Texts, color: Color32) -> [Option<Arc<Galley>>; 2] {
        let galley = |text: &str, font: FontId| {
            let mut job = LayoutJob::simple(text.to_owned(), font, color, f32::INFINITY);
            job.halign = Align::Center;
            (!text.is_empty()).then(|| pen.layout_job(job))
        };
        let name = self.name.and_then(|(size, short)| {
            let name = if short { &texts.number } else { &texts.name };
            galley(name, font(size))
        });
        let sum = match self.lines {
            0 => String::new(),
            1 => texts.sum.clone(),
            _ => in_two_lines(&texts.sum),
        };
        let doing = [texts.progress.clone(), sum].concat();
        let doing = self.doing.and_then(|size| galley(&doing, bold_font(size)));
        [name, doing]
    }

    fn paint(&self, pen: &Pen, place: Rect, worker: &Worker, texts: &Texts) {
        let is_full = !worker.lost && worker.done.is_some_and(|done| done >= 1.0);
        let ground = match is_full {
            true => pen.palette.state(State::Running),
            false => pen.palette.card,
        };
        let [name, doing] = self.galleys(pen, texts, text_on(ground));
        let high = |text: &Option<Arc<Galley>>| text.as_ref().map_or(0.0, |text| text.size().y);
        let centers = centers(place, high(&name), high(&doing));
        for (text, center) in [name, doing].into_iter().zip(centers) {
            let Some(text) = text else { continue };
            let at = Rect::from_center_size(pos2(place.center().x, center), text.size());
            // The text has a ground of its own, because half of it may be on the filling.
            pen.rect_filled(at.expand2(vec2(3.0, -2.0)), 2.0, ground);
            pen.galley(at.center_top(), text, pen.palette.text);
        }
    }
}

/// The longer one of a worker's sum and the one that is expected of it.
fn longest_sum(texts: &Texts) -> String {
    let sums = [&texts.expected, &texts.sum];
    sums.into_iter()
        .max_by_key(|sum| sum.len())
        .cloned()
        .unwrap_or_default()
}

/// The middles of a box's two texts, the name and, below it, what the worker is doing. In a low box they stand close
/// together; one text alone stands in the middle.
fn centers(place: Rect, name: f32, doing: f32) -> [f32; 2] {
    let at = |share: f32| place.top() + place.height() * share;
    let (both, apart) = (name + doing, at(0.66) - at(0.24));
    if name == 0.0 || doing == 0.0 {
        [place.center().y; 2]
    } else if both / 2.0 <= apart {
        [at(0.24), at(0.66)]
    } else {
        let top = place.center().y - both / 2.0;
        [top + name / 2.0, top + name + doing / 2.0]
    }
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
    use egui::{Context, RawInput, Ui};

    use super::*;
    use crate::widgets::look::theme;

    #[test]
    fn in_a_low_box_the_texts_stand_close_and_one_alone_stands_in_the_middle() {
        let place = |height| Rect::from_min_size(pos2(0.0, 100.0), vec2(80.0, height));
        assert_eq!(centers(place(100.0), 12.0, 24.0), [124.0, 166.0]);
        assert_eq!(centers(place(40.0), 12.0, 24.0), [108.0, 126.0]);
        assert_eq!(centers(place(30.0), 0.0, 24.0), [115.0; 2]);
    }

    /// The texts of one of eight processes that add to 100 000 000.
    fn texts(progress: &str, sum: &str) -> Texts {
        Texts {
            name: "PID 4194304".to_owned(),
            number: "4194304".to_owned(),
            progress: progress.to_owned(),
            sum: sum.to_owned(),
            expected: grouped(1_171_875_006_250_000),
        }
    }

    fn with_pens(check: impl Fn(&Pen)) {
        let ctx = Context::default();
        theme::install(&ctx);
        let mut frame = |ui: &mut Ui| {
            for size in [[430.0, 150.0], [960.0, 290.0], [1600.0, 800.0]] {
                let room = Rect::from_min_size(pos2(0.0, 0.0), size.into());
                check(&Pen::for_room(ui, room, vec2(205.0, 30.0)));
                check(&Pen::for_class(ui, room));
            }
        };
        for _ in 0..2 {
            let output = ctx.run_ui(RawInput::default(), &mut frame);
            output.drop_without_applying_deltas();
        }
    }

    #[test]
    fn whatever_is_written_in_a_box_fits_it_and_large_boxes_have_all() {
        with_pens(|pen| {
            for width in [20.0, 37.0, 60.0, 90.0, 150.0, 300.0] {
                for height in [12.0, 26.0, 40.0, 80.0, 250.0] {
                    let room = vec2(width, height);
                    let writing = Writing::fitting(pen, &[texts("", "")], room);
                    let all = [texts("37\u{a0}%", ""), done_texts()];
                    let later = Writing::fitting(pen, &all, room);
                    assert_eq!(writing, later, "the texts change their places in {room}");
                    let of_boxes = [&texts("100\u{a0}%", ""), &done_texts()];
                    for texts in of_boxes {
                        let galleys = writing.galleys(pen, texts, pen.palette.text);
                        let galleys = galleys.into_iter().flatten();
                        let (mut wide, mut high) = (0.0f32, 0.0);
                        for galley in galleys {
                            wide = wide.max(galley.size().x);
                            high += galley.size().y;
                        }
                        assert!(wide <= width + 0.5 && high <= height + 0.5, "{writing:?}");
                    }
                }
            }
            let large = Writing::fitting(pen, &[done_texts()], vec2(300.0, 120.0));
            assert!(large.name.is_some_and(|(_, short)| !short) && large.lines == 1);
        });
    }

    fn done_texts() -> Texts {
        texts("", &grouped(1_171_875_006_250_000))
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
