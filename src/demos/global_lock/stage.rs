//! The picture: a tower for each kind of threads, beside the line that one thread reaches alone.

mod columns;
mod moment;
mod towers;

use egui::accesskit::Role;
use egui::{Painter, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::questions::judge;
use crate::lab::demo::VariantId;
use crate::lab::demo::value::Value;
use crate::lab::machine::cores;
use crate::text::Language;
use crate::widgets::look::lettering::{Sizes, fitted, paint_figure};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::{RunView, Stage};

use columns::{Column, times};
use moment::{Measured, Moment, Plan, Progress, Python};

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// All that the picture shows, in figures and words.
struct Scene {
    language: Language,
    plan: Plan,
    columns: Vec<Column>,
    /// The one number that matters.
    figure: String,
    /// What it is.
    caption: String,
    /// What stands below it.
    lines: Vec<String>,
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let scene = Scene::of(view);
        let palette = Palette::of(ui);
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, scene.words()));
        let sizes = view.sizes(rect);
        let (left, mut right) = rect.split_left_right_at_fraction(0.36);
        if view.presenting {
            right = rect;
        } else {
            let left = left.with_max_x(left.right() - sizes.gap(24.0));
            scene.paint_figure(ui.painter(), left, sizes, palette);
        }
        towers::paint(ui.painter(), right, &scene, sizes, palette);
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let language = view.language;
        let (params, variant) = match view.shown {
            Some(shown) => (shown.info.params.clone(), shown.info.variant),
            None => (view.demo.params(), view.variant),
        };
        let plan = Plan::of(&params);
        let moment = view
            .shown
            .map(|shown| Moment::of(shown.log, variant, plan, shown.now));
        let progress = moment.as_ref().map_or(Progress::Before, Moment::progress);
        let is_over = view.shown.is_some_and(|shown| shown.is_complete());
        let measured = view
            .shown
            .and_then(|shown| Measured::of(shown.log, shown.now));
        let (figure, mut caption) = figure(language, plan, progress, measured);
        let record = view.shown.and_then(|shown| shown.record);
        if is_over && record.is_some_and(|record| judge(record).is_disturbed()) {
            caption = language.text("global_lock-stage-disturbed").into_owned();
        }
        // The lines are about the same threads as the figure above them.
        let python = match measured {
            Some(measured) => measured.python,
            None => moment.as_ref().and_then(Moment::python),
        };
        Self {
            language,
            plan,
            figure,
            caption,
            lines: lines(
                language,
                variant,
                plan,
                params.whole("switch_millis"),
                python,
                is_over,
            ),
            columns: columns::columns(view, moment),
        }
    }

    /// The whole picture in words.
    fn words(&self) -> String {
        let mut words = vec![format!("{} {}", self.caption, self.figure)];
        words.extend(self.lines.iter().cloned());
        words.push(self.language.text("global_lock-stage-line").into_owned());
        words.extend(self.columns.iter().map(Column::words));
        words.join("; ")
    }

    fn paint_figure(&self, painter: &Painter, area: Rect, sizes: Sizes, palette: &Palette) {
        let caption = self.caption.as_str();
        let size = font(sizes.text(17.0));
        let caption = fitted(painter, caption, size, palette.weak, area.width());
        painter.galley(area.min, caption, palette.weak);
        let top = area.top() + sizes.line_height(17.0);
        let below = sizes.line_height(17.0) * self.lines.len() as f32 + sizes.gap(8.0);
        let figure = Rect::from_min_max(
            pos2(area.left(), top),
            pos2(area.right(), area.bottom() - below),
        );
        let figure = figure.shrink2(vec2(0.0, sizes.gap(14.0)));
        let is_known = self.figure.chars().any(|letter| letter.is_ascii_digit());
        let color = if is_known { palette.text } else { palette.weak };
        paint_figure(painter, figure, self.figure.as_str(), color);
        let mut place = pos2(area.left(), area.bottom() - below + sizes.gap(8.0));
        for (index, line) in self.lines.iter().enumerate() {
            let (size, color) = match index {
                0 => (bold_font(sizes.text(17.0)), palette.text),
                _ => (font(sizes.text(14.0)), palette.weak),
            };
            let line = fitted(painter, line.as_str(), size, color, area.width());
            painter.galley(place, line, color);
            place.y += sizes.line_height(17.0);
        }
    }
}

/// The number that matters and what it is.
fn figure(
    language: Language,
    plan: Plan,
    progress: Progress,
    measured: Option<Measured>,
) -> (String, String) {
    let threads = [("threads", Value::from(plan.threads))];
    let together = language.with("global_lock-stage-together", &threads);
    match (measured, progress) {
        (Some(measured), _) => (times(measured.speedup), together),
        (_, Progress::Together(Some(pace))) => (times(pace), together),
        (_, Progress::Together(None)) => ("×".to_owned(), together),
        (_, Progress::Alone) => {
            let caption = language.text("global_lock-stage-alone").into_owned();
            ("W".to_owned(), caption)
        }
        (_, Progress::Before) => ("× ?".to_owned(), together),
    }
}

fn lines(
    language: Language,
    variant: VariantId,
    plan: Plan,
    millis: u64,
    python: Option<Python>,
    is_over: bool,
) -> Vec<String> {
    let figures = [
        ("threads", Value::from(plan.threads)),
        ("cores", cores::said(cores::limit_of(plan.cores as u64))),
        ("millis", Value::from(millis)),
        ("shown", Value::from(super::TELLING_MILLIS)),
    ];
    let say = |key: &str| language.with(&format!("global_lock-stage-{key}"), &figures);
    let mut lines = vec![say("threads")];
    match variant {
        "global_lock" => lines.extend([say("model"), say("hands")]),
        "cpython" => {
            lines.extend(match python {
                Some(python) if python.gil => vec![say("gil"), say("unseen")],
                Some(_) => vec![say("no-gil"), say("shade")],
                None if is_over => vec![say("none")],
                None => Vec::new(),
            });
        }
        _ => lines.push(say("shade")),
    }
    lines
}
