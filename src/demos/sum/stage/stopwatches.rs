//! Two stopwatches of one run: ours starts at the click, the lesson's when the numbers have been handed over.

use std::sync::Arc;
use std::time::Duration;

use egui::{Align2, Galley, Rect, pos2, vec2};

use super::Scene;
use crate::lab::demo::value::Value;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_hatch;

/// The width of the missed time, which is the room that the replay's label above it leaves.
const MISSED: f32 = 195.0;
/// The shortest stretch, in points, that can be seen to be hatched.
const SMALLEST_HATCH: f32 = 2.0;

/// The height of both stopwatches.
pub fn height(pen: &Pen) -> f32 {
    2.0 * row_height(pen)
}

fn row_height(pen: &Pen) -> f32 {
    // The second row's text begins below the replay's label.
    pen.line_height(19.0).max(27.0)
}

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
    let titles = ["sum-stage-ours", "sum-stage-lesson"]
        .map(|key| pen.fit(language.text(key), pen.weak(16.0), area.width() * 0.34));
    let times = [Some(moment.ours), moment.lesson()].map(|time| {
        let color = pen.palette.text_if(time.is_some());
        let time = seconds(scene, time.unwrap_or_default());
        pen.layout_line(time, (pen.bold_font(19.0), color))
    });
    let widest = |texts: &[Arc<Galley>; 2]| texts[0].size().x.max(texts[1].size().x);
    let gap = pen.gap(10.0);
    let times_right = area.left() + widest(&titles) + gap + widest(&times);
    let axis = area
        .with_min_x(times_right + gap)
        .with_max_x(area.right() - pen.corner.x);

    for (row, (title, time)) in titles.into_iter().zip(times).enumerate() {
        let middle = area.top() + (row as f32 + 0.5) * row_height(pen);
        pen.put(pos2(area.left(), middle), Align2::LEFT_CENTER, title);
        pen.put(pos2(times_right, middle), Align2::RIGHT_CENTER, time);
        let size = vec2(axis.width(), row_height(pen) * 0.66);
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
            paint_missed(pen, hatch, bar.with_max_x(area.right()), scene);
        }
    }
}

/// Paints the time that was missed: in the hatched stretch if there is room, otherwise at the end of the row.
fn paint_missed(pen: &Pen, hatch: Rect, row: Rect, scene: &Scene) {
    let text = pen.fit(missed(scene), pen.bold(14.0), MISSED);
    let (align, at) = if text.size().x + 16.0 <= hatch.width() {
        (Align2::CENTER_CENTER, hatch.center())
    } else {
        (Align2::RIGHT_CENTER, row.right_center())
    };
    let within = row.shrink2(vec2(0.0, 2.0));
    pen.put_on_plate(at, align, text, vec2(5.0, 0.0), within);
}
