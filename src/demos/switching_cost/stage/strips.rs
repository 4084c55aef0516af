//! Real slices of the run as lettered tiles, with the striped switches between them, to scale.

use std::time::Duration;

use egui::{Align2, Rect};

use super::moment::{IN_STRIP, Slice, SlicePoint};
use super::{Scene, say_time};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::widgets::look::grid::columns;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{paint_state, paint_state_text};
use crate::widgets::look::theme::bold_font;

/// The smallest letter on a tile.
const SMALLEST_LETTER: f32 = 11.0;
/// The narrowest sliver: a very short time must still be visible.
const THINNEST: f32 = 1.0;

/// The point whose slices are shown: the one that the class is asked about, or before it the latest.
fn shown(scene: &Scene) -> Option<&SlicePoint> {
    let asked = scene
        .slice_asked
        .and_then(|micros| scene.moment.slice_point(micros));
    let point = asked.or(scene.moment.slices.last())?;
    (!point.slices.is_empty()).then_some(point)
}

/// What the strip shows, or before there are slices whose turns they will be.
fn title(scene: &Scene) -> String {
    titled(scene, "strip")
}

/// The same, with the text called `key` on the slices.
fn titled(scene: &Scene, key: &str) -> String {
    let Some((point, usual)) = shown(scene).and_then(|point| Some((point, point.usual()?))) else {
        return scene
            .language
            .text("switching_cost-stage-ready")
            .into_owned();
    };
    let length: Duration = point.strip().iter().map(|slice| slice.length()).sum();
    let figure = |time| Value::Word(say_time(time, scene.language));
    let figures = [
        ("length", figure(length)),
        ("slice", figure(usual.computing)),
        ("switch", figure(usual.switching)),
    ];
    scene
        .language
        .with(&format!("switching_cost-stage-{key}"), &figures)
}

/// The strip in words, with the names of the subjects.
pub fn words(scene: &Scene) -> Vec<String> {
    let names = scene.names.split('·').map(str::trim);
    let subjects = scene.letters.iter().zip(names);
    let subjects = subjects.map(|(letter, name)| format!("{letter}: {name}"));
    std::iter::once(title(scene)).chain(subjects).collect()
}

/// Paints the strip below its title.
pub fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let title = match pen.is_for_class() {
        true => {
            let texts = ["strip", "strip-short"].map(|key| titled(scene, key));
            let look = pen.weak(14.0);
            let text = pen.fit_first(&[&texts[0], &texts[1]], &look, area.width());
            let text = text.unwrap_or_else(|| pen.wrap(&texts[1], look, area.width()));
            pen.put(area.min, Align2::LEFT_TOP, text)
        }
        false => pen.write_in(area, title(scene), pen.weak(14.0)),
    };
    let strip = area.with_min_y(title.bottom() + pen.gap(3.0));
    match shown(scene) {
        Some(point) => paint_slices(pen, strip, point.strip(), scene),
        None => paint_subjects(pen, strip, scene),
    }
}

/// Paints a tile for each subject, not yet in any state.
fn paint_subjects(pen: &Pen, strip: Rect, scene: &Scene) {
    let tiles = columns(strip, IN_STRIP, pen.gap(6.0));
    let names = scene.names.split('·').map(str::trim);
    for (tile, name) in tiles.zip(names) {
        pen.frame(tile, 2.0, pen.palette.background, 1.0, pen.palette.border);
        let (at, width) = (tile.center(), tile.width() - pen.gap(8.0));
        pen.write(at, Align2::CENTER_CENTER, name, pen.plain(16.0), width);
    }
}

/// The names of the subjects, if each fits on the tile of its slice.
fn whole_names<'scene>(
    pen: &Pen,
    strip: Rect,
    slices: &[Slice],
    scene: &'scene Scene,
) -> Option<Vec<&'scene str>> {
    let names: Vec<&str> = scene.names.split('·').map(str::trim).collect();
    let whole: Duration = slices.iter().map(|slice| slice.length()).sum();
    let mut tiles = slices.iter().zip(names.iter().cycle());
    let fits = tiles.all(|(slice, name)| {
        let share = slice
            .computing
            .div_duration_f32(whole.max(Duration::from_nanos(1)));
        let look = (bold_font(pen.smallest), pen.palette.text);
        pen.layout_line(*name, look).size().x + 4.0 <= strip.width() * share
    });
    fits.then_some(names)
}

/// Paints the slices to scale: the whole width is their time.
fn paint_slices(pen: &Pen, strip: Rect, slices: &[Slice], scene: &Scene) {
    let whole: Duration = slices.iter().map(|slice| slice.length()).sum();
    let names = pen
        .is_for_class()
        .then(|| whole_names(pen, strip, slices, scene));
    let names = names.flatten();
    let mut from = Duration::ZERO;
    let x = |at: Duration| {
        let share = at.as_secs_f64() / whole.as_secs_f64().max(1e-9);
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
        if let Some(names) = &names {
            let (name, size) = (names[index % names.len()], bold_font(pen.smallest));
            paint_state_text(pen, tile, State::Running, None, name, size);
        }
        // A class would not know what letters alone mean.
        let letter = scene.letters.get(index % scene.letters.len().max(1));
        let letter = letter.filter(|_| !pen.is_for_class());
        // A Chinese letter is as wide as it is high.
        let most = (tile.height() * 0.7).min(tile.width() * 0.85);
        let size = pen.text_size(22.0).min(most);
        if let Some(letter) = letter
            && size >= SMALLEST_LETTER.max(pen.smallest)
        {
            let size = bold_font(size.floor());
            paint_state_text(pen, tile, State::Running, None, letter, size);
        }
        from = end;
    }
}
