//! The picture: a second hand that moves only when this window draws, and a tube of clicks.

pub mod shapes;
mod twins;

use std::time::Duration;

use egui::{Align2, Rect, Ui, pos2, vec2};

use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
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
        let width = rect.width() - pen.corner.x;
        let caption = pen.layout(caption.into_owned(), size, color, width);
        let height = (caption.size().y + pen.gap(6.0)).max(pen.gap(26.0));
        let height = height.max(pen.corner.y);
        pen.put(rect.min, Align2::LEFT_TOP, caption);

        let below = Rect::from_min_max(rect.min + vec2(0.0, height), rect.max);
        let gap = pen.gap(8.0);
        let radius = (below.height() / 2.0 - gap).min(rect.width() * 0.16);
        let center = pos2(rect.left() + radius + gap, below.center().y);
        let turns = view
            .heartbeat
            .frame_began
            .saturating_duration_since(view.heartbeat.opened)
            .as_secs_f32();
        paint_clock(&pen, center, radius, turns, scene.state);

        let width = pen.gap(34.0);
        let left = center.x + radius + pen.gap(22.0);
        let tube =
            Rect::from_x_y_ranges(left..=left + width, center.y - radius..=center.y + radius);
        paint_tube(&pen, tube, scene.waited, scene.answered);

        // The clicks that were answered stand beside the tube, in two columns as wide as the tube.
        let beside = if scene.answered > 0 { 2.0 * width } else { 0.0 };
        let left = tube.right() + beside + pen.gap(28.0);
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
        Some(shown) => finished(view, &shown),
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
    let answered = answered(view, shown);
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

/// How many clicks were answered until now while the task ran.
fn answered(view: &RunView<'_>, shown: &Snapshot<'_>) -> u64 {
    let until = shown.log.finished().map_or(shown.now, |(at, _)| *at);
    view.clicks.iter().filter(|at| **at <= until).count() as u64
}

fn finished(view: &RunView<'_>, shown: &Snapshot<'_>) -> Scene {
    let language = view.language;
    let host = shown.record.map(|record| record.host);
    let gap = host.map_or(Duration::ZERO, |host| host.longest_frame_gap);
    let waited = host.map_or(0, |host| host.clicks_waiting);
    let answered = answered(view, shown);
    let (headline, line, state) = match Window::of(gap) {
        Window::Froze => ("no-picture", "waited", State::Lost),
        Window::WentOn if answered > 0 => ("longest", "answered-all", State::Running),
        Window::WentOn => ("longest", "went-on", State::Running),
        Window::Between => ("longest", "between", State::Running),
    };
    let said = |key: &str, figure| language.with(&format!("responsive_ui-stage-{key}"), &[figure]);
    Scene {
        headline: said(headline, ("gap", Value::from(gap))),
        line: said(line, ("clicks", waited.max(answered).into())),
        waited,
        answered,
        state,
        progress: 1.0,
    }
}

/// Paints headline, line and bar as large as they fit.
fn paint_words(pen: &Pen, area: Rect, scene: &Scene) {
    let width = area.width().max(80.0);
    let bar_height = pen.gap(12.0);
    let (gap, bar_gap) = (pen.gap(10.0), pen.gap(16.0));
    let laid_out = |factor: f32| {
        let size = (width / 11.0).clamp(24.0, pen.gap(56.0).max(24.0)) * factor;
        let color = pen.palette.text;
        let headline = pen.layout(scene.headline.clone(), bold_font(size), color, width);
        let size = (pen.text_size(19.0) * factor).max(12.0);
        let line = pen.layout(scene.line.clone(), font(size), pen.palette.weak, width);
        let height = headline.size().y + gap + line.size().y + bar_gap + bar_height;
        (headline, line, height)
    };
    let factors = [1.0, 0.85, 0.7, 0.55].into_iter();
    let mut sizes = factors.map(laid_out);
    let fits = sizes.find(|(_, _, height)| *height <= area.height());
    let (headline, line, height) = fits.unwrap_or_else(|| laid_out(0.5));
    let left = area.left();
    let top = (area.center().y - height / 2.0).max(area.top());
    let headline = pen.put(pos2(left, top), Align2::LEFT_TOP, headline);
    let below = pos2(left, headline.bottom() + gap);
    let line = pen.put(below, Align2::LEFT_TOP, line);
    let below = pos2(left, line.bottom() + bar_gap);
    let mut bar = Rect::from_min_size(below, vec2(width.min(pen.gap(420.0)), bar_height));
    let radius = bar_height / 2.0;
    pen.rect_filled(bar, radius, pen.palette.faint);
    if scene.progress > 0.0 {
        bar.set_width((bar.width() * scene.progress).max(bar_height));
        pen.rect_filled(bar, radius, pen.palette.strong);
    }
}
