//! Large threads side by side, each with the balance that it read and the one that it wrote.

use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Rect, Stroke, pos2, vec2};

use crate::lab::trace::event::State;
use crate::text::Language;
use crate::widgets::look::grid;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{
    Coin, paint_coin, paint_key, paint_ring, paint_state, paint_state_text,
};
use crate::widgets::look::text_fit::font_size;
use crate::widgets::look::theme::bold_font;

/// Least height of the boxes; in less room the thread's name stands alone.
const LEAST_BOX: f32 = 14.0;
/// Height of a card from which its boxes have titles, and from which it has its thread's steps.
const TITLES_FROM: f32 = 96.0;
const STEPS_FROM: f32 = 130.0;
/// A card narrower than this, in points, has a short way from box to box.
const NARROW: f32 = 100.0;

/// A step of a thread, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct CardStep {
    /// The step's name.
    pub name: String,
    /// Whether the step is done.
    pub done: bool,
}

/// The words at the foot of a card.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// The thread wrote over another one's deposit, or its own was overwritten.
    Lost(String),
    /// The thread waits for the lock.
    Waits(String),
    /// The thread holds the lock.
    Holds(String),
}

impl Note {
    fn words(&self) -> &str {
        match self {
            Note::Lost(words) | Note::Waits(words) | Note::Holds(words) => words,
        }
    }
}

/// A thread with what it has read and written so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The thread's name.
    pub name: String,
    /// Titles of the two boxes.
    pub titles: [String; 2],
    /// The balance that the thread read, and the one that it wrote.
    pub boxes: [Option<String>; 2],
    /// Words on the way from one box to the other, once the thread goes it.
    pub between: Option<String>,
    /// The thread's steps, where there are others than those of the boxes.
    pub steps: Vec<CardStep>,
    /// The box that the latest event filled, if it is this thread's.
    pub latest: Option<usize>,
    /// Whether its deposit was overwritten.
    pub is_lost: bool,
    /// Words at the card's foot.
    pub note: Option<Note>,
}

impl Card {
    /// The card of a thread that has done nothing yet.
    pub fn of(name: String, titles: [&str; 2], language: Language) -> Self {
        Self {
            name,
            titles: titles.map(|key| language.text(key).into_owned()),
            boxes: [None, None],
            between: None,
            steps: Vec::new(),
            latest: None,
            is_lost: false,
            note: None,
        }
    }

    /// The card in words.
    pub fn words(&self) -> String {
        let filled = self.titles.iter().zip(&self.boxes);
        let filled = filled.filter_map(|(title, value)| {
            let value = value.as_ref()?;
            Some(format!("{title} {value}").trim().to_owned())
        });
        let note = self.note.iter().map(|note| note.words().to_owned());
        let told: Vec<String> = filled.chain(note).collect();
        format!("{} · {}", self.name, told.join(" · "))
    }

    fn paint(&self, pen: &Pen, place: Rect) {
        let palette = pen.palette;
        pen.frame(place, 6.0, palette.background, 1.0, palette.border);
        let inside = place.shrink2(vec2(pen.gap(12.0), pen.gap(8.0)));
        let line = pen.line_height(18.0);
        let head = inside.with_max_y(inside.top() + line);
        self.paint_head(pen, head);
        let mut top = head.bottom();
        if !self.steps.is_empty() && place.height() >= STEPS_FROM {
            let steps = Rect::from_min_size(pos2(inside.left(), top), vec2(inside.width(), line));
            self.paint_steps(pen, steps);
            top = steps.bottom();
        }
        let foot = inside.with_min_y(inside.bottom() - pen.line_height(20.0));
        let body = Rect::from_min_max(
            pos2(inside.left(), top + pen.gap(2.0)),
            pos2(inside.right(), foot.top() - pen.gap(4.0)),
        );
        self.paint_boxes(pen, body, place.height() >= TITLES_FROM);
        if let Some(note) = &self.note {
            paint_note(pen, foot, note);
        }
    }

    fn paint_head(&self, pen: &Pen, head: Rect) {
        let mut right = head.right();
        if matches!(self.note, Some(Note::Holds(_))) {
            let key = vec2(1.9, 1.0) * (head.height() * 0.8).min(head.width() * 0.13);
            let place = Align2::RIGHT_CENTER.anchor_size(head.right_center(), key);
            paint_key(pen, place, pen.palette.state(State::Holding));
            right = place.left() - pen.gap(6.0);
        }
        let name = self.name.as_str();
        let middle = head.left_center();
        let width = right - head.left();
        pen.write(middle, Align2::LEFT_CENTER, name, pen.bold(22.0), width);
    }

    /// Writes the thread's steps in a row: those that are done are bold, and the next one stands on a line.
    fn paint_steps(&self, pen: &Pen, row: Rect) {
        let lay_out = |usual: f32| {
            let steps = self.steps.iter();
            let texts = steps.map(|step| {
                let look = match step.done {
                    true => pen.bold(usual),
                    false => pen.weak(usual),
                };
                pen.layout_line(step.name.as_str(), look)
            });
            texts.collect::<Vec<_>>()
        };
        let between = pen.gap(14.0);
        let width = |texts: &[Arc<Galley>]| {
            let words: f32 = texts.iter().map(|text| text.size().x).sum();
            words + between * texts.len().saturating_sub(1) as f32
        };
        let texts = lay_out(16.0);
        // Steps that don't fit are left out: the boxes say as much.
        if width(&texts) > row.width() {
            return;
        }
        let next = self.steps.iter().position(|step| !step.done);
        let mut left = row.left();
        for (index, text) in texts.into_iter().enumerate() {
            let at = pos2(left, row.center().y);
            let place = pen.put(at, Align2::LEFT_CENTER, text);
            if next == Some(index) {
                let stroke = Stroke::new(2.0, pen.palette.text);
                let y = place.bottom() - 1.0;
                pen.line_segment([pos2(place.left(), y), pos2(place.right(), y)], stroke);
            }
            left = place.right() + between;
        }
    }

    fn paint_boxes(&self, pen: &Pen, body: Rect, has_titles: bool) {
        if body.height() < LEAST_BOX {
            return;
        }
        // On a narrow card the titles of the boxes need the room.
        let share = if body.width() < NARROW { 0.12 } else { 0.22 };
        let arrow = (body.width() * share).min(pen.gap(110.0));
        let title = match has_titles {
            true => pen.line_height(15.0),
            false => 0.0,
        };
        let places: Vec<Rect> = grid::columns(body, 2, arrow)
            .map(|place| place.with_min_y(place.top() + title))
            .collect();
        for (index, place) in places.iter().enumerate() {
            if has_titles {
                let at = pos2(place.left(), body.top());
                let text = self.titles[index].as_str();
                pen.write(at, Align2::LEFT_TOP, text, pen.weak(15.0), place.width());
            }
            match &self.boxes[index] {
                Some(value) => paint_box(pen, *place, index, value, self.is_lost && index == 1),
                // The next box to be filled stands out from those that come later.
                None => {
                    let is_next = index == 0 || self.boxes[0].is_some();
                    let edge = pen.palette.edge_if(is_next);
                    pen.outline(*place, 4.0, if is_next { 1.5 } else { 1.0 }, edge);
                }
            }
            if self.latest == Some(index) {
                paint_ring(pen, place.shrink(4.0));
            }
        }
        let gap = pen.gap(7.0);
        let (from, to) = (places[0].right_center(), places[1].left_center());
        self.paint_way(pen, from + vec2(gap, 0.0), to - vec2(gap, 0.0));
    }

    /// Paints the arrow from what was read to what is written.
    fn paint_way(&self, pen: &Pen, from: Pos2, to: Pos2) {
        let goes = self.between.is_some() || self.boxes[1].is_some();
        let color = match goes {
            true => pen.palette.weak,
            false => pen.palette.border,
        };
        let stroke = Stroke::new(2.0, color);
        let head = pen.gap(6.0);
        pen.line_segment([from, to], stroke);
        for side in [-head, head] {
            pen.line_segment([to + vec2(-head, side), to], stroke);
        }
        if let Some(between) = &self.between {
            let at = pos2(from.lerp(to, 0.5).x, from.y - pen.gap(6.0));
            let text = pen.fit(between.as_str(), pen.plain(14.0), to.x - from.x);
            // Words that don't fit on the way would cover the boxes.
            let fits = text.size().x <= to.x - from.x + 2.0;
            if fits && font_size(&text) >= pen.smallest {
                pen.put(at, Align2::CENTER_BOTTOM, text);
            }
        }
    }
}

/// Paints a balance in its box: hollow if it was read, solid if it was written, crossed once it was overwritten.
fn paint_box(pen: &Pen, place: Rect, index: usize, value: &str, lost: bool) {
    let palette = pen.palette;
    let size = (place.height() * 0.62)
        .min(pen.gap(120.0))
        .max(10.0)
        .floor();
    let look = (bold_font(size), palette.text);
    let size = font_size(&pen.fit(value, look, place.width() * 0.84));
    let state = match (index, lost) {
        (0, _) => State::Sleeping,
        (_, true) => State::Lost,
        _ => State::Running,
    };
    paint_state(pen, place, state, None);
    paint_state_text(pen, place, state, None, value, bold_font(size));
    if lost {
        let stroke = Stroke::new(pen.gap(3.0).max(2.0), palette.state(State::Lost));
        let inside = place.shrink(pen.gap(6.0));
        pen.line_segment([inside.left_top(), inside.right_bottom()], stroke);
        pen.line_segment([inside.left_bottom(), inside.right_top()], stroke);
    }
}

fn paint_note(pen: &Pen, foot: Rect, note: &Note) {
    let look = pen.bold(20.0);
    match note {
        Note::Lost(words) => {
            let radius = foot.height() * 0.36;
            let center = pos2(foot.left() + radius, foot.center().y);
            let mut at = pos2(center.x + radius * 1.6, center.y);
            let mut text = pen.fit(words.as_str(), look.clone(), foot.right() - at.x);
            // On a narrow card the words matter more than the coin.
            if font_size(&text) < pen.smallest {
                at.x = foot.left();
                text = pen.fit(words.as_str(), look, foot.width());
            } else {
                paint_coin(pen, center, radius, Coin::Lost);
            }
            pen.put(at, Align2::LEFT_CENTER, text);
        }
        Note::Waits(words) => {
            paint_state(pen, foot, State::Waiting, None);
            let text = pen.fit(words.as_str(), pen.bold(16.0), foot.width() - 8.0);
            pen.put_on_plate(
                foot.center(),
                Align2::CENTER_CENTER,
                text,
                vec2(4.0, -1.0),
                foot.shrink(2.0),
            );
        }
        Note::Holds(words) => {
            let look = pen.weak(16.0);
            pen.write(
                foot.left_center(),
                Align2::LEFT_CENTER,
                words.as_str(),
                look,
                foot.width(),
            );
        }
    }
}

/// Paints the cards side by side.
pub fn paint(pen: &Pen, area: Rect, cards: &[Card]) {
    let places = grid::columns(area, cards.len().max(1), pen.gap(14.0));
    for (card, place) in cards.iter().zip(places) {
        card.paint(pen, place);
    }
}
