//! Both twins, side by side: each with its hand, its tube of clicks, and how old its last picture is.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Align2, Color32, Painter, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::super::questions::Window;
use super::shapes::{paint_clock, paint_tube};
use crate::demos::responsive_ui::twins::{Gone, LONG, Side, Twin, moments};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::text::Language;
use crate::widgets::look::lettering::fitted;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::Snapshot;

/// Height of the picture's caption, and of a window's title bar in it.
const CAPTION: f32 = 24.0;
/// What is left free of the caption's line: a button lies there.
const CORNER: f32 = 130.0;
const TITLE_BAR: f32 = 26.0;

/// What is said of a twin: the most important thing very large, and what explains it.
struct Words {
    headline: String,
    line: String,
}

pub(super) fn twins_ui(ui: &mut Ui, shown: &Snapshot<'_>, language: Language) {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let moment = moments(shown.log, shown.now);
    let is_over = shown.is_complete();
    let words = Side::BOTH.map(|side| words(&moment[side.index()], is_over, language));
    let caption = language.text("responsive_ui-twins-caption");
    response.widget_info(|| {
        let twins = Side::BOTH.map(|side| {
            let Words { headline, line } = &words[side.index()];
            format!("{}: {headline} – {line}", language.text(side.title()))
        });
        WidgetInfo::labeled(Role::Image, true, format!("{caption} {}", twins.join(" ")))
    });
    let painter = ui.painter().with_clip_rect(rect);
    let galley = fitted(
        &painter,
        caption,
        bold_font(14.0),
        palette.weak,
        rect.width() - CORNER,
    );
    painter.galley(rect.min, galley, palette.weak);

    let below = Rect::from_min_max(rect.min + vec2(0.0, CAPTION), rect.max);
    for side in Side::BOTH {
        let width = below.width() / 2.0;
        let left = below.left() + width * side.index() as f32;
        let half = Rect::from_min_size(pos2(left, below.top()), vec2(width - 16.0, below.height()));
        let (twin, words) = (&moment[side.index()], &words[side.index()]);
        let title = language.text(side.title()).into_owned();
        paint_twin(
            &painter, half, &title, twin, words, is_over, language, palette,
        );
    }
}

/// How long a twin was, or is, without a picture, if that is felt.
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
            // It grows while it is shown: a second decimal could not be read.
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

#[expect(
    clippy::too_many_arguments,
    reason = "all that a twin's half of the picture shows"
)]
fn paint_twin(
    painter: &Painter,
    area: Rect,
    title: &str,
    twin: &Twin,
    words: &Words,
    is_over: bool,
    language: Language,
    palette: &Palette,
) {
    let headline_size = (area.width() / 13.0).clamp(20.0, 34.0);
    let words_height = headline_size * 1.4 + 26.0;
    let window_height = (area.height() - words_height).max(90.0);
    let window = Rect::from_min_size(
        area.min,
        vec2(
            (area.width() * 0.58).min(window_height * 1.45),
            window_height,
        ),
    );
    let froze = felt(twin, is_over).is_some() || twin.gone.is_some();
    let state = if froze { State::Lost } else { State::Running };
    paint_window(painter, window, title, twin, state, language, palette);

    let tube = Rect::from_min_size(
        pos2(window.right() + 16.0, window.top() + TITLE_BAR),
        vec2(34.0, window.height() - TITLE_BAR),
    );
    let answered = twin.answered;
    paint_tube(painter, tube, twin.waiting, answered, palette);

    let width = area.width();
    let mut y = window.bottom() + 4.0;
    let galley = fitted(
        painter,
        words.headline.clone(),
        bold_font(headline_size),
        palette.text,
        width,
    );
    let height = galley.size().y;
    painter.galley(pos2(area.left(), y), galley, palette.text);
    y += height;
    let galley = fitted(painter, words.line.clone(), font(16.0), palette.weak, width);
    painter.galley(pos2(area.left(), y), galley, palette.weak);
}

/// The window as it is on the screen: frozen it shows its last picture.
fn paint_window(
    painter: &Painter,
    window: Rect,
    title: &str,
    twin: &Twin,
    state: State,
    language: Language,
    palette: &Palette,
) {
    let is_there = twin.gone.is_none();
    // A thick edge is a process.
    let edge = if is_there {
        palette.strong
    } else {
        palette.border
    };
    painter.rect(
        window,
        8.0,
        palette.card,
        Stroke::new(2.0, edge),
        StrokeKind::Inside,
    );
    let bar = Rect::from_min_size(window.min, vec2(window.width(), TITLE_BAR)).shrink(2.0);
    painter.rect_filled(bar, 6.0, palette.faint);
    let galley = fitted(
        painter,
        title,
        bold_font(14.0),
        palette.text,
        bar.width() - 12.0,
    );
    let place = Align2::LEFT_CENTER.anchor_size(bar.left_center() + vec2(8.0, 0.0), galley.size());
    painter.galley(place.min, galley, palette.text);

    let inside = Rect::from_min_max(pos2(window.left(), bar.bottom()), window.max).shrink(6.0);
    let buttons = 24.0;
    let face = Rect::from_min_max(inside.min, inside.max - vec2(0.0, buttons + 4.0));
    if is_there {
        let radius = (face.height() / 2.0 - 3.0).max(8.0);
        paint_clock(painter, face.center(), radius, twin.hand, palette, state);
    } else {
        let color = palette.state(State::Lost);
        let cross = Rect::from_center_size(face.center(), vec2(40.0, 40.0));
        painter.line_segment(
            [cross.left_top(), cross.right_bottom()],
            Stroke::new(5.0, color),
        );
        painter.line_segment(
            [cross.right_top(), cross.left_bottom()],
            Stroke::new(5.0, color),
        );
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
            true => (palette.faint, palette.weak),
            false => (Color32::TRANSPARENT, palette.text),
        };
        painter.rect(
            button,
            5.0,
            fill,
            Stroke::new(1.0, palette.border),
            StrokeKind::Inside,
        );
        let galley = fitted(painter, language.text(key), font(13.0), text, width - 8.0);
        let place = Align2::CENTER_CENTER.anchor_size(button.center(), galley.size());
        painter.galley(place.min, galley, text);
    }
}
