//! The picture of both twins: each with its second hand, its tube of clicks, and the age of its last picture.

use std::time::Duration;

use egui::{Align2, Color32, Rect, Stroke, Ui, pos2, vec2};

use super::super::lesson::Window;
use super::shapes::{paint_clock, paint_tube};
use crate::demos::responsive_ui::twins::{Gone, LONG, Side, Twin, moments};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_cross;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::{RunView, Snapshot};

/// Height of the picture's caption.
const CAPTION: f32 = 24.0;
/// Width at the end of the caption's line where a button lies.
const CORNER: f32 = 130.0;
/// Height of a window's title bar in the picture.
const TITLE_BAR: f32 = 26.0;

/// The sentences about a twin: the one that matters most, very large, and one that explains it.
struct Words {
    headline: String,
    line: String,
}

pub(super) fn twins_ui(ui: &mut Ui, view: &RunView<'_>, shown: &Snapshot<'_>) {
    let language = view.language;
    let moment = moments(shown.log, shown.now);
    let is_over = shown.is_complete();
    let words = Side::BOTH.map(|side| words(&moment[side.index()], is_over, language));
    let caption = language.text("responsive_ui-twins-caption");
    let (pen, room) = view.picture(ui, || {
        let twins = Side::BOTH.map(|side| {
            let Words { headline, line } = &words[side.index()];
            format!("{}: {headline} – {line}", language.text(side.title()))
        });
        format!("{caption} {}", twins.join(" "))
    });
    let pen = pen.clipped(room);
    let look = (bold_font(14.0), pen.palette.weak);
    let beside = room.with_max_x(room.right() - CORNER);
    pen.write_in(beside, caption.as_ref(), look);

    let below = room.with_min_y(room.top() + CAPTION);
    let halves = below.split_left_right_at_fraction(0.5);
    for (side, half) in Side::BOTH.into_iter().zip([halves.0, halves.1]) {
        let half = half.with_max_x(half.right() - 16.0);
        let (twin, words) = (&moment[side.index()], &words[side.index()]);
        paint_twin(&pen, half, side, twin, words, is_over, language);
    }
}

/// The time that a twin was, or is, without a picture, if it is long enough to be felt.
fn felt(twin: &Twin, is_over: bool) -> Option<Duration> {
    let gap = if is_over {
        twin.longest_gap
    } else {
        twin.since_picture?
    };
    (Window::of(gap) == Window::Froze).then_some(gap)
}

fn words(twin: &Twin, is_over: bool, language: Language) -> Words {
    let say = |key: &str, figures: &[(&'static str, Value)]| language.with(key, figures);
    let millis = |duration: Duration| Value::from(duration.as_millis() as u64);
    let headline = match (twin.gone, twin.since_picture) {
        (Some((gone, at)), _) => say(
            match gone {
                Gone::Closed => "responsive_ui-twin-stage-closed",
                Gone::Killed(_) => "responsive_ui-twin-stage-killed",
                Gone::Crashed(_) | Gone::Failed => "responsive_ui-twin-stage-failed",
            },
            &[("seconds", tenths(at))],
        ),
        (None, None) => language
            .text("responsive_ui-twin-stage-opening")
            .into_owned(),
        (None, Some(since)) => match felt(twin, is_over) {
            // The gap grows while it is shown: a second decimal could not be read.
            Some(gap) => {
                let unit = language.text("unit-seconds");
                let gap = Value::Word(format!("{:.1} {unit}", gap.as_secs_f64()));
                say("responsive_ui-stage-no-picture", &[("gap", gap)])
            }
            None if is_over => say(
                "responsive_ui-stage-longest",
                &[("gap", twin.longest_gap.into())],
            ),
            None => say(
                "responsive_ui-stage-last-picture",
                &[("millis", millis(since))],
            ),
        },
    };
    let line = match (twin.waiting, twin.slowest) {
        (1.., _) => say(
            match twin.gone {
                None => "responsive_ui-twin-stage-waiting",
                Some(_) => "responsive_ui-twin-stage-unanswered",
            },
            &[("clicks", twin.waiting.into())],
        ),
        (0, Some(slowest)) if slowest >= LONG => say(
            "responsive_ui-twin-stage-answered-late",
            &[
                ("clicks", twin.answered.into()),
                ("slowest", tenths(slowest)),
            ],
        ),
        (0, Some(slowest)) => say(
            "responsive_ui-twin-stage-answered",
            &[
                ("clicks", twin.answered.into()),
                ("slowest", millis(slowest)),
            ],
        ),
        (0, None) if twin.answered == 0 => language
            .text("responsive_ui-twin-stage-no-click")
            .into_owned(),
        (0, None) => say(
            "responsive_ui-stage-answered",
            &[("clicks", twin.answered.into())],
        ),
    };
    Words { headline, line }
}

fn tenths(duration: Duration) -> Value {
    Value::Word(format!("{:.1}", duration.as_secs_f64()))
}

fn paint_twin(
    pen: &Pen,
    area: Rect,
    side: Side,
    twin: &Twin,
    words: &Words,
    is_over: bool,
    language: Language,
) {
    let headline_size = (area.width() / 13.0).clamp(20.0, 34.0);
    let words_height = headline_size * 1.4 + 26.0;
    let height = (area.height() - words_height).max(90.0);
    let width = (area.width() * 0.58).min(height * 1.45);
    let window = Rect::from_min_size(area.min, vec2(width, height));
    let froze = felt(twin, is_over).is_some() || twin.gone.is_some();
    let state = if froze { State::Lost } else { State::Running };
    paint_window(pen, window, side, twin, state, language);

    let tube = Rect::from_min_size(
        pos2(window.right() + 16.0, window.top() + TITLE_BAR),
        vec2(34.0, window.height() - TITLE_BAR),
    );
    paint_tube(pen, tube, twin.waiting, twin.answered);

    let look = (bold_font(headline_size), pen.palette.text);
    let below = area.with_min_y(window.bottom() + 4.0);
    let headline = pen.write_in(below, &words.headline, look);
    let below = area.with_min_y(headline.bottom());
    pen.write_in(below, &words.line, (font(16.0), pen.palette.weak));
}

/// Paints the window as it is on the screen: a frozen one shows its last picture.
fn paint_window(
    pen: &Pen,
    window: Rect,
    side: Side,
    twin: &Twin,
    state: State,
    language: Language,
) {
    let is_there = twin.gone.is_none();
    // A thick edge stands for a process.
    let edge = if is_there {
        pen.palette.strong
    } else {
        pen.palette.border
    };
    pen.frame(window, 8.0, pen.palette.card, 2.0, edge);
    let bar = Rect::from_min_size(window.min, vec2(window.width(), TITLE_BAR)).shrink(2.0);
    pen.rect_filled(bar, 6.0, pen.palette.faint);
    let at = bar.left_center() + vec2(8.0, 0.0);
    let (title, width) = (language.text(side.title()), bar.width() - 12.0);
    let look = (bold_font(14.0), pen.palette.text);
    pen.write(at, Align2::LEFT_CENTER, title, look, width);

    let inside = Rect::from_min_max(pos2(window.left(), bar.bottom()), window.max).shrink(6.0);
    let buttons = 24.0;
    let face = Rect::from_min_max(inside.min, inside.max - vec2(0.0, buttons + 4.0));
    if is_there {
        let radius = (face.height() / 2.0 - 3.0).max(8.0);
        paint_clock(pen, face.center(), radius, twin.hand, state);
    } else {
        let stroke = Stroke::new(5.0, pen.palette.state(State::Lost));
        paint_cross(pen, face.center(), 20.0, stroke);
    }
    for (index, key) in ["responsive_ui-download", "responsive_ui-about"]
        .into_iter()
        .enumerate()
    {
        let width = inside.width() * 0.42;
        let left = inside.left() + inside.width() * (0.04 + 0.5 * index as f32);
        let button =
            Rect::from_min_size(pos2(left, inside.bottom() - buttons), vec2(width, buttons));
        let pressed = index == 0 && twin.is_busy;
        let (fill, text) = match pressed || !is_there {
            true => (pen.palette.faint, pen.palette.weak),
            false => (Color32::TRANSPARENT, pen.palette.text),
        };
        pen.frame(button, 5.0, fill, 1.0, pen.palette.border);
        let (at, face) = (button.center(), (font(13.0), text));
        pen.write(
            at,
            Align2::CENTER_CENTER,
            language.text(key),
            face,
            width - 8.0,
        );
    }
}
