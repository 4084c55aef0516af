//! The shapes that both pictures are made of: a process in a thick box, a word on a slip.

use egui::{Align2, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

use super::super::Word;
use super::Scene;
use super::moment::{Doing, Process};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::grid::Grid;
use crate::widgets::look::lettering::{Sizes, fitted};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::slip::paint_fold;
use crate::widgets::look::state_look::{paint_state, paint_state_text};
use crate::widgets::look::theme::{bold_font, font};

/// Slips lower than this are not drawn one by one.
const SMALLEST: f32 = 5.0;
/// Words on slips, and numbers of slots, are not smaller than this.
const SMALLEST_TEXT: f32 = 10.0;

/// So many slips stand in one row, even if two rows had room for larger ones.
const ONE_ROW: usize = 7;

/// Paints a process: a thick box with its name, its PID and what it does. Returns what is free between.
pub(super) fn paint_process(
    painter: &Painter,
    place: Rect,
    name: &str,
    process: &Process,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) -> Rect {
    let edge = Stroke::new(
        3.0,
        if process.pid.is_some() {
            palette.text
        } else {
            palette.border
        },
    );
    painter.rect(place, 4.0, palette.card, edge, StrokeKind::Inside);
    let inside = place.shrink2(vec2(sizes.gap(10.0), sizes.gap(7.0)));
    let pid = pid(process, scene).unwrap_or_default();
    let pid = fitted(
        painter,
        pid,
        font(sizes.text(13.0)),
        palette.weak,
        inside.width() * 0.55,
    );
    let room = inside.width() - pid.size().x - sizes.gap(6.0);
    let bold = bold_font(sizes.text(18.0));
    let beside = fitted(painter, name, bold.clone(), palette.text, room);
    let fits = beside.size().x <= room;
    // In a box this narrow the name says more than the PID, which the timeline has too.
    let name = if fits {
        beside
    } else {
        fitted(painter, name, bold, palette.text, inside.width())
    };
    let title = inside.with_max_y(inside.top() + name.size().y);
    painter.galley(title.min, name, palette.text);
    if fits {
        let at = Align2::RIGHT_CENTER.anchor_size(title.right_center(), pid.size());
        painter.galley(at.min, pid, palette.weak);
    }
    let bar = inside.with_min_y(inside.bottom() - sizes.line_height(13.0));
    paint_doing(painter, bar, process, scene, sizes, palette);
    Rect::from_min_max(
        pos2(inside.left(), title.bottom()),
        pos2(inside.right(), bar.top()),
    )
}

fn pid(process: &Process, scene: &Scene) -> Option<String> {
    // As a word, or its digits would be grouped.
    let pid = Value::Word(process.pid?.to_string());
    Some(scene.say("pid", &[("pid", pid)]))
}

/// What a process is doing, as its lane on the timeline says it.
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

fn paint_doing(
    painter: &Painter,
    bar: Rect,
    process: &Process,
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let text = doing(process, scene);
    let size = font(sizes.text(13.0));
    match process.doing {
        Doing::Nothing => {}
        Doing::Busy(state, _) => {
            let size = fitted(
                painter,
                text.as_str(),
                size,
                palette.text,
                bar.width() - 8.0,
            )
            .job
            .sections
            .first()
            .map_or(font(12.0), |section| section.format.font_id.clone());
            paint_state(painter, bar, state, None, palette);
            paint_state_text(painter, bar, state, None, text, size, palette);
        }
        Doing::Ended => {
            let text = fitted(painter, text, size, palette.weak, bar.width());
            let at = Align2::CENTER_CENTER.anchor_size(bar.center(), text.size());
            painter.galley(at.min, text, palette.weak);
        }
    }
}

/// Slots for words: where they are, and how large.
pub(super) struct Slots {
    grid: Grid,
    area: Rect,
    /// The first slot is at the right, where words leave.
    mirrored: bool,
}

impl Slots {
    /// Room for `count` slips in `area`.
    pub(super) fn fitting(count: usize, area: Rect, sizes: Sizes, in_fives: usize) -> Self {
        let largest = vec2(82.0, 44.0) * sizes.gap(1.0);
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

    /// With the first slot at the right, and the others in the middle of their room.
    pub(super) fn mirrored(self) -> Self {
        let size = vec2(
            self.grid.columns as f32 * self.grid.cell.x,
            self.area.height(),
        );
        Self {
            area: Rect::from_center_size(self.area.center(), size),
            mirrored: true,
            ..self
        }
    }

    /// Whether they are large enough to be seen one by one.
    pub(super) fn are_visible(&self) -> bool {
        self.grid.cell.y >= SMALLEST
    }

    fn place(&self, index: usize) -> Rect {
        let mut place = self.grid.place(self.area.min, index);
        if self.mirrored {
            let right = self.area.right() - (place.left() - self.area.left());
            place = place.translate(vec2(right - place.width() - place.left(), 0.0));
        }
        place.shrink((self.grid.cell.y * 0.08).clamp(0.5, 3.0))
    }

    /// Paints an empty slot with its number.
    pub(super) fn paint_empty(&self, painter: &Painter, index: usize, palette: &Palette) {
        let place = self.place(index);
        painter.rect(
            place,
            2.0,
            palette.background,
            Stroke::new(1.0, palette.border),
            StrokeKind::Inside,
        );
        let size = (place.height() * 0.5).min(place.width() * 0.3).floor();
        if size >= SMALLEST_TEXT {
            let number = painter.layout_no_wrap((index + 1).to_string(), font(size), palette.weak);
            let at = Align2::CENTER_CENTER.anchor_size(place.center(), number.size());
            painter.galley(at.min, number, palette.weak);
        }
    }

    /// Paints a word in its slot, crossed if it should not be there.
    pub(super) fn paint_word(
        &self,
        painter: &Painter,
        index: usize,
        word: Word,
        crossed: bool,
        palette: &Palette,
    ) {
        paint_slip(painter, self.place(index), word, crossed, palette);
    }
}

/// A slip with a word on it: Ping's are light, Pong's dark.
pub(super) fn paint_slip(
    painter: &Painter,
    place: Rect,
    word: Word,
    crossed: bool,
    palette: &Palette,
) {
    let (ground, letters) = match word {
        Word::Ping => (palette.card, palette.text),
        Word::Pong => (palette.strong, palette.on_strong),
    };
    let width = if place.height() < 12.0 { 1.0 } else { 1.5 };
    let edge = Stroke::new(width, palette.strong);
    painter.rect(place, 2.0, ground, edge, StrokeKind::Inside);
    paint_fold(painter, place, palette.strong, palette);
    let size = (place.height() * 0.56).min(place.width() * 0.32).floor();
    if size >= SMALLEST_TEXT {
        let text = painter.layout_no_wrap(word.name().to_owned(), bold_font(size), letters);
        // Clear of the folded corner.
        let middle = place.center() + vec2(-0.12, 0.05) * place.height();
        let at = Align2::CENTER_CENTER.anchor_size(middle, text.size());
        painter.galley(at.min, text, letters);
    }
    if crossed {
        let color = palette.state(State::Lost);
        let stroke = Stroke::new((place.height() * 0.09).clamp(1.0, 3.5), color);
        painter.rect_stroke(place, 2.0, stroke, StrokeKind::Inside);
        let inside = place.shrink(stroke.width);
        painter.line_segment([inside.left_top(), inside.right_bottom()], stroke);
        painter.line_segment([inside.left_bottom(), inside.right_top()], stroke);
    }
}

/// An arrow of the size `along`, from `from`.
pub(super) fn paint_arrow(painter: &Painter, from: Pos2, along: egui::Vec2, palette: &Palette) {
    painter.arrow(from, along, Stroke::new(2.0, palette.weak));
}
