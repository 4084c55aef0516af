//! The second experiment: real slices as lettered tiles with striped switches between them.

use std::time::Duration;

use egui::{Align2, Rect, pos2};

use super::moment::{Slice, SlicePoint};
use super::{Scene, say_micros, say_time};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{paint_state, paint_state_text};
use crate::widgets::look::theme::bold_font;

/// The smallest letter on a tile.
const SMALLEST_LETTER: f32 = 11.0;
/// The narrowest sliver: a very short time must still be visible.
const THINNEST: f32 = 1.0;

/// The points whose strips are shown: that of the longest slices, and that of the shortest so far.
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

/// The picture in words.
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
pub fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let (line, gap) = (pen.line_height(14.0), pen.gap(6.0));
    let how = pen.line_height(12.0);
    // The first title is beside the replay's label, which its strip must not cover.
    let top_line = line.max(pen.corner.y);
    // The lines are two titles with their strips, then a title with bar and labels, then the sentence on how it is
    // measured.
    let height = (area.height() - top_line - 3.0 * line - how - 4.0 * gap) / 3.0;
    let mut top = area.top();
    let mut row = |height: f32| {
        let row = area.with_min_y(top).with_max_y(top + height);
        top += height;
        row
    };
    let mut points = shown(scene);
    for first in [true, false] {
        let text = row(if first { top_line } else { line });
        let strip = row(height);
        row(gap);
        match points.next() {
            Some(point) => {
                let corner = if first { pen.corner.x } else { 0.0 };
                let (at, width) = (text.left_center(), area.width() - corner);
                let title = title(scene, point);
                pen.write(at, Align2::LEFT_CENTER, title, pen.weak(14.0), width);
                paint_strip(pen, strip, point.strip(), scene);
            }
            None => paint_empty(pen, strip),
        }
    }
    let (text, bar, below) = (row(line), row(height), row(line));
    let magnifier = scene.language.text("switching_cost-stage-magnifier");
    let (at, width) = (text.left_center(), area.width());
    pen.write(at, Align2::LEFT_CENTER, magnifier, pen.weak(14.0), width);
    match scene.moment.slices.last().and_then(SlicePoint::usual) {
        Some(usual) => {
            paint_strip(pen, bar, &[usual], scene);
            paint_labels(pen, below, labels(scene, usual));
        }
        None => paint_empty(pen, bar),
    }
    let explained = scene.language.text("switching_cost-stage-how");
    let at = area.left_bottom();
    pen.write(at, Align2::LEFT_BOTTOM, explained, pen.weak(12.0), width);
}

fn paint_empty(pen: &Pen, strip: Rect) {
    pen.outline(strip, 2.0, 1.0, pen.palette.border);
}

/// Paints the slices to scale: the whole width is their time.
fn paint_strip(pen: &Pen, strip: Rect, slices: &[Slice], scene: &Scene) {
    let whole: Duration = slices
        .iter()
        .map(|slice| slice.switching + slice.computing)
        .sum();
    if whole.is_zero() {
        return paint_empty(pen, strip);
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
        paint_state(pen, tile, State::Running, None);
        paint_state(pen, switch, State::Waiting, None);
        let letter = scene.letters.get(index % scene.letters.len().max(1));
        // A Chinese letter is as wide as it is high.
        let most = (tile.height() * 0.7).min(tile.width() * 0.85);
        let size = pen.text_size(20.0).min(most);
        if let Some(letter) = letter
            && size >= SMALLEST_LETTER.max(pen.smallest)
        {
            let size = bold_font(size.floor());
            paint_state_text(pen, tile, State::Running, None, letter, size);
        }
        from = end;
    }
}

/// Paints the switch's words at the left end and the slice's at the right, which is where they lie in the bar.
fn paint_labels(pen: &Pen, row: Rect, labels: [String; 2]) {
    let ends = [
        (Align2::LEFT_CENTER, row.left()),
        (Align2::RIGHT_CENTER, row.right()),
    ];
    for ((align, x), label) in ends.into_iter().zip(labels) {
        let at = pos2(x, row.center().y);
        pen.write(at, align, label, pen.bold(15.0), row.width() * 0.48);
    }
}
