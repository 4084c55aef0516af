//! Two stopwatches of one run: ours starts at the click, the lesson's when the numbers have been handed over.

use std::sync::Arc;
use std::time::Duration;

use egui::{Align2, Galley, Rect, pos2, vec2};

use super::Scene;
use crate::lab::demo::value::Value;
use crate::widgets::look::pen::{DIGIT_HEIGHT, Pen};
use crate::widgets::look::state_look::paint_hatch;
use crate::widgets::look::text_fit::SMALLEST;
use crate::widgets::look::theme::bold_font;

/// The shortest stretch, in points, that can be seen to be hatched.
const SMALLEST_HATCH: f32 = 2.0;
/// The height of digits and bars, as a share of a row's.
const HIGH: f32 = 0.7;
/// The most of the width that the names, and that the times, may take.
const NAMES: f32 = 0.18;
const TIMES: f32 = 0.26;

/// Both stopwatches in words.
pub fn words(scene: &Scene) -> Vec<String> {
    let language = scene.language;
    let lesson = scene.moment.lesson().unwrap_or_default();
    vec![
        format!(
            "{} {}",
            language.text("sum-stage-ours"),
            seconds(scene, scene.moment.ours)
        ),
        format!(
            "{} {}",
            language.text("sum-stage-lesson"),
            seconds(scene, lesson)
        ),
        missed(scene),
    ]
}

/// A time with the digits that suit the run's length: their number must not change while the run goes on.
fn seconds(scene: &Scene, time: Duration) -> String {
    let decimals = if scene.axis < Duration::from_secs(1) {
        3
    } else {
        2
    };
    let figure = format!("{:.decimals$}", time.as_secs_f64());
    scene
        .language
        .with("sum-stage-seconds", &[("seconds", Value::Word(figure))])
}

fn missed(scene: &Scene) -> String {
    let seconds = Value::Word(seconds(scene, scene.moment.missed()));
    scene
        .language
        .with("sum-stage-missed", &[("seconds", seconds)])
}

/// Paints both stopwatches, one above the other, with their bars on one axis.
pub fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let (language, moment) = (scene.language, &scene.moment);
    let row_height = area.height() / 2.0;
    let names = ["sum-stage-ours", "sum-stage-lesson"].map(|key| {
        let name = language.text(key).into_owned();
        let (font, color) = pen.weak(16.0);
        let lines = pen.layout(name.clone(), font, color, area.width() * NAMES);
        match lines.size().y <= row_height * 1.1 {
            true => lines,
            false if pen.is_for_class() => pen.layout_line(name, pen.weak(16.0)),
            false => pen.fit(name, pen.weak(16.0), area.width() * 1.5 * NAMES),
        }
    });
    let gap = pen.gap(14.0);
    let times_left = area.left() + widest(&names) + gap;
    let size = (row_height * HIGH / DIGIT_HEIGHT).floor();
    let times = [Some(moment.ours), moment.lesson()].map(|time| {
        let color = pen.palette.text_if(time.is_some());
        let time = seconds(scene, time.unwrap_or_default());
        pen.fit(time, (bold_font(size), color), area.width() * TIMES)
    });
    let axis = area.with_min_x(times_left + widest(&times) + gap);

    for (row, (name, time)) in names.into_iter().zip(times).enumerate() {
        let middle = area.top() + (row as f32 + 0.5) * row_height;
        pen.put(pos2(area.left(), middle), Align2::LEFT_CENTER, name);
        pen.put(pos2(times_left, middle), Align2::LEFT_CENTER, time);
        let size = vec2(axis.width(), row_height * HIGH);
        let bar = Rect::from_center_size(pos2(axis.center().x, middle), size);
        pen.rect_filled(bar, 0.0, pen.palette.faint);
        let x = |at: Duration| {
            let share = at.as_secs_f64() / scene.axis.as_secs_f64().max(1e-9);
            bar.left() + bar.width() * share.min(1.0) as f32
        };
        let counted_from = if row == 0 {
            Duration::ZERO
        } else {
            moment.missed()
        };
        let (from, to) = (x(counted_from), x(moment.ours));
        pen.rect_filled(bar.with_min_x(from).with_max_x(to), 0.0, pen.palette.strong);
        if row == 1 && from - bar.left() >= SMALLEST_HATCH {
            let hatch = bar.with_max_x(from);
            paint_hatch(pen, hatch);
            paint_missed(pen, hatch, bar, scene);
        }
    }
}

fn widest(texts: &[Arc<Galley>; 2]) -> f32 {
    texts[0].size().x.max(texts[1].size().x)
}

/// Paints the time that was missed: in the hatched stretch if there is room, otherwise beside it.
fn paint_missed(pen: &Pen, hatch: Rect, bar: Rect, scene: &Scene) {
    let margin = vec2(pen.gap(6.0), 0.0);
    let beside = bar.right() - hatch.right();
    let room = hatch.width().max(beside) - 4.0 * margin.x;
    let size = pen.text_size(21.0).min((bar.height() / 1.3).floor());
    let font = bold_font(size.max(SMALLEST).max(pen.smallest));
    let look = (font, pen.palette.text);
    let short = scene.language.text("sum-stage-missed-short");
    let text = match pen.is_for_class() {
        true => {
            let texts = [missed(scene), short.into_owned()];
            pen.fit_first(&[&texts[0], &texts[1]], &look, room)
        }
        false => Some(pen.fit(missed(scene), look, room)),
    };
    let Some(text) = text else { return };
    let inside = text.size().x + 4.0 * margin.x <= hatch.width();
    let at = match inside {
        true => hatch.center() - vec2(text.size().x / 2.0, 0.0),
        false => hatch.right_center() + 2.0 * margin,
    };
    pen.put_on_plate(at, Align2::LEFT_CENTER, text, margin, bar.shrink(1.0));
}
