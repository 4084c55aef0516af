//! Slices as lettered tiles, the switches between them striped: two stretches of the run, and one slice with
//! one switch under the magnifier.

use std::time::Duration;

use egui::{Align2, Painter, Rect, Stroke, StrokeKind, pos2};

use super::moment::{Slice, SlicePoint};
use super::{Scene, say_micros, say_time};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::lettering::{Sizes, fitted};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::state_look::{paint_state, paint_state_text};
use crate::widgets::look::theme::{bold_font, font};

/// Tiles that have no room for a letter of this size have none.
const SMALLEST_LETTER: f32 = 11.0;
/// A sliver of time must still be seen.
const THINNEST: f32 = 1.0;

/// The points whose strips are shown: the longest slices, and the shortest so far.
fn shown(scene: &Scene) -> impl Iterator<Item = &SlicePoint> {
    let points = &scene.moment.slices;
    let last = points.last().filter(|_| points.len() > 1);
    points.first().into_iter().chain(last)
}

fn title(scene: &Scene, point: &SlicePoint) -> String {
    let length: Duration = point
        .strip()
        .iter()
        .map(|slice| slice.switching + slice.computing)
        .sum();
    scene.language.with(
        "switching_cost-stage-strip",
        &[
            (
                "slice",
                Value::Word(say_micros(point.micros, scene.language)),
            ),
            ("length", Value::Word(say_time(length, scene.language))),
        ],
    )
}

/// Both parts of the magnifier in words, for the latest point.
fn labels(scene: &Scene, usual: Slice) -> [String; 2] {
    let said = |key: &str, time| {
        let time = [("time", Value::Word(say_time(time, scene.language)))];
        scene.language.with(key, &time)
    };
    [
        said("switching_cost-stage-switch", usual.switching),
        said("switching_cost-stage-slice", usual.computing),
    ]
}

/// What is shown, in words.
pub fn words(scene: &Scene) -> Vec<String> {
    let mut words: Vec<String> = shown(scene).map(|point| title(scene, point)).collect();
    if let Some(usual) = scene.moment.slices.last().and_then(SlicePoint::usual) {
        words.push(
            scene
                .language
                .text("switching_cost-stage-magnifier")
                .into_owned(),
        );
        words.extend(labels(scene, usual));
    }
    words
}

/// Paints two strips and the magnifier, one below the other.
pub fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let (line, gap) = (sizes.line_height(14.0), sizes.gap(6.0));
    let how = sizes.line_height(12.0);
    // Title and strip, twice; title, bar and labels; and how it is measured.
    let height = (area.height() - 4.0 * line - how - 4.0 * gap) / 3.0;
    let mut top = area.top();
    let mut row = |height: f32| {
        let row = area.with_min_y(top).with_max_y(top + height);
        top += height;
        row
    };
    let mut points = shown(scene);
    for first in [true, false] {
        let (text, strip) = (row(line), row(height));
        row(gap);
        match points.next() {
            Some(point) => {
                let room = if first {
                    area.width() - sizes.corner.x
                } else {
                    area.width()
                };
                let size = font(sizes.text(14.0));
                let title = fitted(painter, title(scene, point), size, palette.weak, room);
                let place = Align2::LEFT_CENTER.anchor_size(text.left_center(), title.size());
                painter.galley(place.min, title, palette.weak);
                paint_strip(painter, strip, point.strip(), scene, sizes, palette);
            }
            None => paint_empty(painter, strip, palette),
        }
    }
    let (text, bar, below) = (row(line), row(height), row(line));
    let size = font(sizes.text(14.0));
    let magnifier = scene.language.text("switching_cost-stage-magnifier");
    let magnifier = fitted(painter, magnifier, size, palette.weak, area.width());
    let place = Align2::LEFT_CENTER.anchor_size(text.left_center(), magnifier.size());
    painter.galley(place.min, magnifier, palette.weak);
    match scene.moment.slices.last().and_then(SlicePoint::usual) {
        Some(usual) => {
            paint_strip(painter, bar, &[usual], scene, sizes, palette);
            paint_labels(painter, below, labels(scene, usual), sizes, palette);
        }
        None => paint_empty(painter, bar, palette),
    }
    let size = font(sizes.text(12.0));
    let explained = scene.language.text("switching_cost-stage-how");
    let explained = fitted(painter, explained, size, palette.weak, area.width());
    let place = Align2::LEFT_BOTTOM.anchor_size(area.left_bottom(), explained.size());
    painter.galley(place.min, explained, palette.weak);
}

fn paint_empty(painter: &Painter, strip: Rect, palette: &Palette) {
    painter.rect_stroke(
        strip,
        2.0,
        Stroke::new(1.0, palette.border),
        StrokeKind::Inside,
    );
}

/// As many slices as there are, to scale: the whole width is their time.
fn paint_strip(
    painter: &Painter,
    strip: Rect,
    slices: &[Slice],
    scene: &Scene,
    sizes: Sizes,
    palette: &Palette,
) {
    let whole: Duration = slices
        .iter()
        .map(|slice| slice.switching + slice.computing)
        .sum();
    if whole.is_zero() {
        return paint_empty(painter, strip, palette);
    }
    let mut from = Duration::ZERO;
    let x = |at: Duration| {
        let share = at.as_secs_f64() / whole.as_secs_f64();
        strip.left() + strip.width() * share as f32
    };
    for (index, slice) in slices.iter().enumerate() {
        let middle = from + slice.switching;
        let end = middle + slice.computing;
        let switch = strip
            .with_min_x(x(from))
            .with_max_x(x(middle).max(x(from) + THINNEST));
        let tile = strip.with_min_x(switch.right()).with_max_x(x(end));
        paint_state(painter, tile, State::Running, None, palette);
        paint_state(painter, switch, State::Waiting, None, palette);
        let letter = scene.letters.get(index % scene.letters.len().max(1));
        // A letter of Chinese is as wide as it is high.
        let size = sizes
            .text(20.0)
            .min(tile.height() * 0.7)
            .min(tile.width() * 0.85);
        if let Some(letter) = letter
            && size >= SMALLEST_LETTER.max(sizes.smallest)
        {
            let size = bold_font(size.floor());
            paint_state_text(painter, tile, State::Running, None, letter, size, palette);
        }
        from = end;
    }
}

/// The switch's words at the left end, the slice's at the right: where each of them lies.
fn paint_labels(
    painter: &Painter,
    row: Rect,
    labels: [String; 2],
    sizes: Sizes,
    palette: &Palette,
) {
    let ends = [
        (Align2::LEFT_CENTER, row.left()),
        (Align2::RIGHT_CENTER, row.right()),
    ];
    for ((align, x), label) in ends.into_iter().zip(labels) {
        let size = bold_font(sizes.text(15.0));
        let text = fitted(painter, label, size, palette.text, row.width() * 0.48);
        let place = align.anchor_size(pos2(x, row.center().y), text.size());
        painter.galley(place.min, text, palette.text);
    }
}
