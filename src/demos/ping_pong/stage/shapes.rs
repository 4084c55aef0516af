//! The shapes of both pictures: a process in a thick box, a word on a slip.

use egui::{Align2, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

use super::super::{EMPTY, JOIN, Word};
use super::Scene;
use super::moment::{Doing, Process};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_fold;
use crate::widgets::look::state_look::{paint_state, paint_state_text};
use crate::widgets::look::text_fit::font_size;
use crate::widgets::look::theme::{bold_font, font};

/// The lowest slip, in points; lower ones are not drawn one by one.
const SMALLEST: f32 = 5.0;
/// The smallest text on slips and numbers of slots, in points.
pub(super) const SMALLEST_TEXT: f32 = 10.0;

/// The most slips that always stand in one row, even if two rows had room for larger ones.
const ONE_ROW: usize = 7;

/// Paints a process: a thick box with its name, its PID and its activity. Returns the room between these. A class also
/// sees the slips of the process's `word` beside its name, because there may be no room for words on them elsewhere.
pub(super) fn paint_process(
    pen: &Pen,
    place: Rect,
    name: &str,
    word: Option<Word>,
    process: &Process,
    scene: &Scene,
) -> Rect {
    let edge = pen.palette.edge_if(process.pid.is_some());
    pen.frame(place, 4.0, pen.palette.card, 3.0, edge);
    let margin = vec2(pen.gap(10.0), pen.gap(7.0).min(place.height() * 0.14));
    let inside = place.shrink2(margin);
    // A line of text is half as high again as its font.
    let size = |usual: f32| pen.text_size(usual).min(inside.height() / 1.5);
    let size = |usual: f32| match pen.is_for_class() {
        true => size(usual).max(pen.smallest),
        false => size(usual),
    };
    let look = (bold_font(size(18.0)), pen.palette.text);
    let pid = pid(process, scene).unwrap_or_default();
    let pid_look = (font(size(13.0)), pen.palette.weak);
    let pid = match pen.is_for_class() {
        true => pen.layout_line(pid, pid_look),
        false => pen.fit(pid, pid_look, inside.width() * 0.55),
    };
    let slip = vec2(20.0, 13.0);
    let mark = match word.filter(|_| pen.is_for_class()) {
        Some(_) => slip.x + 6.0,
        None => 0.0,
    };
    let room = inside.width() - pid.size().x - pen.gap(6.0) - mark;
    let beside = pen.fit(name, look.clone(), room);
    let fits = beside.size().x <= room && font_size(&beside) >= pen.smallest;
    // A narrow box has only the name, because the timeline also has the PID.
    let name = if fits {
        beside
    } else {
        pen.fit(name, look, inside.width() - mark)
    };
    let title = inside.with_max_y(inside.top() + name.size().y);
    let name = pen.put(title.min, Align2::LEFT_TOP, name);
    if let Some(word) = word.filter(|_| pen.is_for_class()) {
        let at = name.right_center() + vec2(6.0, 0.0);
        paint_slip(pen, Align2::LEFT_CENTER.anchor_size(at, slip), word, false);
    }
    if fits {
        pen.put(title.right_center(), Align2::RIGHT_CENTER, pid);
    }
    let bar = inside.with_min_y(inside.bottom() - pen.line_height(13.0));
    // A box that is too low for both has its name alone, because the timeline also has the activity.
    if bar.top() >= title.bottom() {
        paint_doing(pen, bar, process, scene);
    }
    Rect::from_min_max(
        pos2(inside.left(), title.bottom()),
        pos2(inside.right(), bar.top().max(title.bottom())),
    )
}

fn pid(process: &Process, scene: &Scene) -> Option<String> {
    // The PID is a word, because the digits of a number would be grouped.
    let pid = Value::Word(process.pid?.to_string());
    Some(scene.say("pid", &[("pid", pid)]))
}

/// A process's activity, in the words of its lane on the timeline.
fn doing(process: &Process, scene: &Scene) -> String {
    let key = match process.doing {
        Doing::Nothing => return String::new(),
        Doing::Busy(_, step) => step.name(),
        Doing::Ended => "ended",
    };
    let key = format!("ping_pong-step-{key}");
    scene.language.text(&key).into_owned()
}

/// A process in words.
pub(super) fn process_words(name: &str, process: &Process, scene: &Scene) -> Option<String> {
    let (pid, doing) = (pid(process, scene)?, doing(process, scene));
    let words = [name, pid.as_str(), doing.as_str()];
    let words = words.into_iter().filter(|word| !word.is_empty());
    Some(words.collect::<Vec<_>>().join(" "))
}

fn paint_doing(pen: &Pen, bar: Rect, process: &Process, scene: &Scene) {
    let mut text = doing(process, scene);
    if pen.is_for_class() {
        let short = match process.doing {
            Doing::Busy(_, step) if step == JOIN => Some("join-short"),
            Doing::Busy(_, step) if step == EMPTY => Some("empty-short"),
            _ => None,
        };
        let short = short.map_or_else(String::new, |key| {
            let key = format!("ping_pong-step-{key}");
            scene.language.text(&key).into_owned()
        });
        let fits = |text: &String| {
            let width = bar.width() - 8.0;
            pen.fit_first(&[text], &pen.plain(13.0), width).is_some()
        };
        match [text, short].into_iter().find(|text| fits(text)) {
            Some(fitting) => text = fitting,
            // The bar alone would be a pattern without a word.
            None => return,
        }
    }
    match process.doing {
        Doing::Nothing => {}
        Doing::Busy(state, _) => {
            let size = font_size(&pen.fit(&text, pen.plain(13.0), bar.width() - 8.0));
            paint_state(pen, bar, state, None);
            paint_state_text(pen, bar, state, None, text, font(size));
        }
        Doing::Ended => {
            let (at, width) = (bar.center(), bar.width());
            pen.write(at, Align2::CENTER_CENTER, text, pen.weak(13.0), width);
        }
    }
}

/// The slots for words: their places and their size.
pub(super) struct Slots {
    grid: Grid,
    area: Rect,
    /// Whether the first slot is at the right, where words leave.
    mirrored: bool,
}

impl Slots {
    /// The slots for `count` slips in `area`.
    pub(super) fn fitting(pen: &Pen, count: usize, area: Rect, in_fives: usize) -> Self {
        let largest = vec2(82.0, 44.0) * pen.gap(1.0);
        let mut grid = Grid::fitting(count, area.size(), largest, in_fives);
        if (1..=ONE_ROW).contains(&count) {
            let scale = (area.width() / (count as f32 * largest.x)).min(area.height() / largest.y);
            grid = Grid {
                columns: count,
                cell: largest * scale.clamp(0.0, 1.0),
            };
        }
        let height = count.max(1).div_ceil(grid.columns) as f32 * grid.cell.y;
        let size = vec2(area.width(), height);
        Self {
            grid,
            area: Rect::from_center_size(area.center(), size),
            mirrored: false,
        }
    }

    /// `count` slots in one line from the left edge of `area`, the first one at the right, where words leave.
    pub(super) fn in_line(pen: &Pen, count: usize, area: Rect) -> Self {
        let width = (area.width() / count as f32).min(pen.gap(110.0));
        let cell = vec2(
            width,
            area.height()
                .min(pen.gap(74.0))
                .min(width * 0.8)
                .max(area.height() * 0.5),
        );
        let size = vec2(width * count as f32, cell.y);
        Self {
            grid: Grid {
                columns: count,
                cell,
            },
            area: Align2::LEFT_CENTER.anchor_size(area.left_center(), size),
            mirrored: true,
        }
    }

    /// The place of all slots.
    pub(super) fn area(&self) -> Rect {
        self.area
    }

    /// Whether the slots are large enough to be seen one by one.
    pub(super) fn are_visible(&self) -> bool {
        self.grid.cell.min_elem() >= SMALLEST
    }

    fn place(&self, index: usize) -> Rect {
        let mut place = self.grid.place(self.area.min, index);
        if self.mirrored {
            let right = self.area.right() - (place.left() - self.area.left());
            place = place.translate(vec2(right - place.width() - place.left(), 0.0));
        }
        place.shrink((self.grid.cell.min_elem() * 0.08).clamp(0.5, 3.0))
    }

    /// Paints an empty slot with its number.
    pub(super) fn paint_empty(&self, pen: &Pen, index: usize) {
        let place = self.place(index);
        pen.frame(place, 2.0, pen.palette.background, 1.0, pen.palette.border);
        let size = (place.height() * 0.5).min(place.width() * 0.3).floor();
        if size >= SMALLEST_TEXT.max(pen.smallest) {
            let number = pen.layout_line((index + 1).to_string(), (font(size), pen.palette.weak));
            pen.put(place.center(), Align2::CENTER_CENTER, number);
        }
    }

    /// Paints a word in its slot, crossed if it should not be there.
    pub(super) fn paint_word(&self, pen: &Pen, index: usize, word: Word, crossed: bool) {
        paint_slip(pen, self.place(index), word, crossed);
    }
}

/// A slip with a word on it: Ping's are light, Pong's dark.
pub(super) fn paint_slip(pen: &Pen, place: Rect, word: Word, crossed: bool) {
    let (ground, letters) = match word {
        Word::Ping => (pen.palette.card, pen.palette.text),
        Word::Pong => (pen.palette.strong, pen.palette.on_strong),
    };
    let width = if place.height() < 12.0 { 1.0 } else { 1.5 };
    pen.frame(place, 2.0, ground, width, pen.palette.strong);
    paint_fold(pen, place, pen.palette.strong);
    let mut size = (place.height() * 0.56).min(place.width() * 0.32).floor();
    // A class's words may fill their slips.
    let least = vec2(2.9, 1.4) * pen.smallest;
    if pen.is_for_class()
        && size < pen.smallest
        && place.width() >= least.x
        && place.height() >= least.y
    {
        size = pen.smallest;
    }
    if size >= SMALLEST_TEXT.max(pen.smallest) {
        let text = pen.layout_line(word.name(), (bold_font(size), letters));
        // The word keeps clear of the folded corner.
        let fold = place.height().min(place.width() * 0.5);
        let middle = place.center() + vec2(-0.12, 0.05) * fold;
        pen.put(middle, Align2::CENTER_CENTER, text);
    }
    if crossed {
        let color = pen.palette.state(State::Lost);
        let stroke = Stroke::new((place.height() * 0.09).clamp(1.0, 3.5), color);
        pen.rect_stroke(place, 2.0, stroke, StrokeKind::Inside);
        let inside = place.shrink(stroke.width);
        pen.line_segment([inside.left_top(), inside.right_bottom()], stroke);
        pen.line_segment([inside.left_bottom(), inside.right_top()], stroke);
    }
}

/// Paints an arrow of the size `along`, from `from`.
pub(super) fn paint_arrow(pen: &Pen, from: Pos2, along: egui::Vec2) {
    pen.arrow(from, along, Stroke::new(2.0, pen.palette.weak));
}
