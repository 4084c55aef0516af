//! The picture: a second hand that moves only when this window draws, and a tube of clicks.

pub mod shapes;
mod twins;

use std::time::Duration;

use egui::{Align2, Rect, Ui, pos2, vec2};

use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::{Buttons, RunView, Snapshot, Stage};

use self::shapes::{paint_clock, paint_tube};
use super::lesson::Window;
use super::twins::TWINS;

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// The picture at one moment.
struct Scene {
    /// The sentence that matters most, very large.
    headline: String,
    /// The sentence that explains it.
    line: String,
    /// Clicks that waited for the thaw.
    waited: u64,
    /// Clicks that were answered while the task ran.
    answered: u64,
    /// The hand's colour, which says whether this window is, or was, frozen.
    state: State,
    /// The share of the download that is done.
    progress: f32,
}

impl Stage for Picture {
    fn buttons(&self) -> Buttons {
        Buttons::Download
    }

    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        if let Some(shown) = view.shown.filter(|shown| shown.info.variant == TWINS) {
            return twins::twins_ui(ui, view, &shown);
        }
        let scene = scene(view);
        let caption = view.language.text("responsive_ui-stage-caption");
        let words = || format!("{caption} {} – {}", scene.headline, scene.line);
        let (pen, rect) = view.picture(ui, words);
        let pen = pen.clipped(rect);
        let (size, color) = pen.weak(14.0);
        let caption = pen.layout(caption.into_owned(), size, color, rect.width());
        let height = (caption.size().y + 6.0).max(26.0);
        pen.put(rect.min, Align2::LEFT_TOP, caption);

        let below = Rect::from_min_max(rect.min + vec2(0.0, height), rect.max);
        let radius = (below.height() / 2.0 - 8.0).min(rect.width() * 0.16);
        let center = pos2(rect.left() + radius + 8.0, below.center().y);
        let turns = view
            .heartbeat
            .frame_began
            .saturating_duration_since(view.heartbeat.opened)
            .as_secs_f32();
        paint_clock(&pen, center, radius, turns, scene.state);

        let tube = Rect::from_center_size(
            pos2(center.x + radius + 40.0, center.y),
            vec2(34.0, radius * 2.0),
        );
        paint_tube(&pen, tube, scene.waited, scene.answered);

        let left = tube.right() + 32.0;
        let words = Rect::from_min_max(pos2(left, below.top()), rect.max);
        paint_words(&pen, words, &scene);
    }
}

fn scene(view: &RunView<'_>) -> Scene {
    let language = view.language;
    if view.freezing {
        return Scene {
            headline: language.text("responsive_ui-stage-freezing").into_owned(),
            line: language.text(warning()).into_owned(),
            waited: 0,
            answered: 0,
            state: State::Lost,
            progress: 0.0,
        };
    }
    match view.shown {
        Some(shown) if !shown.is_complete() => running(view, &shown),
        Some(shown) => finished(language, &shown),
        None => Scene {
            headline: language.text("responsive_ui-stage-try").into_owned(),
            line: language.text("responsive_ui-stage-at-rest").into_owned(),
            waited: 0,
            answered: 0,
            state: State::Running,
            progress: 0.0,
        },
    }
}

/// The warning before a freeze. A desktop asks whether a window that does not answer should be closed; under Wayland
/// the compositor may end the program as soon as the pointer moves.
fn warning() -> &'static str {
    let wayland = cfg!(target_os = "linux")
        && std::env::var_os("DISPLAY").is_none_or(|display| display.is_empty());
    if wayland {
        "responsive_ui-stage-warning-wayland"
    } else {
        "responsive_ui-stage-warning"
    }
}

fn drawn(view: &RunView<'_>) -> String {
    let millis = view.heartbeat.last_gap.as_millis().min(9_999) as u64;
    view.language.with(
        "responsive_ui-stage-last-picture",
        &[("millis", millis.into())],
    )
}

/// The picture of a run that goes on: it is drawn only if the run has a thread of its own.
fn running(view: &RunView<'_>, shown: &Snapshot<'_>) -> Scene {
    let began = view
        .heartbeat
        .frame_began
        .checked_sub(shown.now)
        .unwrap_or(view.heartbeat.opened);
    let since = view.heartbeat.presses.iter().filter(|(at, _)| *at > began);
    let answered: u64 = since.map(|(_, presses)| presses).sum();
    Scene {
        headline: drawn(view),
        line: view.language.with(
            "responsive_ui-stage-answered",
            &[("clicks", answered.into())],
        ),
        waited: 0,
        answered,
        state: State::Running,
        progress: shown
            .log
            .tracks()
            .first()
            .and_then(|task| task.progress_at(shown.now))
            .unwrap_or(0.0),
    }
}

fn finished(language: Language, shown: &Snapshot<'_>) -> Scene {
    let host = shown.record.map(|record| record.host);
    let gap = host.map_or(Duration::ZERO, |host| host.longest_frame_gap);
    let waited = host.map_or(0, |host| host.clicks_waiting);
    let (headline, line, state) = match Window::of(gap) {
        Window::Froze => ("no-picture", "waited", State::Lost),
        Window::WentOn => ("longest", "went-on", State::Running),
        Window::Between => ("longest", "between", State::Running),
    };
    let said = |key: &str, figure| language.with(&format!("responsive_ui-stage-{key}"), &[figure]);
    Scene {
        headline: said(headline, ("gap", Value::from(gap))),
        line: said(line, ("clicks", waited.into())),
        waited,
        answered: 0,
        state,
        progress: 1.0,
    }
}

fn paint_words(pen: &Pen, area: Rect, scene: &Scene) {
    let left = area.left() + if scene.answered > 0 { 56.0 } else { 0.0 };
    let width = (area.right() - left).max(80.0);
    let size = bold_font((width / 13.0).clamp(24.0, 52.0));
    let headline = pen.layout(scene.headline.clone(), size, pen.palette.text, width);
    let line = pen.layout(scene.line.clone(), font(18.0), pen.palette.weak, width);
    let height = headline.size().y + 10.0 + line.size().y + 34.0;
    let top = (area.center().y - height / 2.0).max(area.top());
    let headline = pen.put(pos2(left, top), Align2::LEFT_TOP, headline);
    let below = pos2(left, headline.bottom() + 10.0);
    let line = pen.put(below, Align2::LEFT_TOP, line);
    let below = pos2(left, line.bottom() + 16.0);
    let mut bar = Rect::from_min_size(below, vec2(width.min(420.0), 12.0));
    pen.rect_filled(bar, 6.0, pen.palette.faint);
    if scene.progress > 0.0 {
        bar.set_width((bar.width() * scene.progress).max(12.0));
        pen.rect_filled(bar, 6.0, pen.palette.strong);
    }
}
