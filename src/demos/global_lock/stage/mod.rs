//! The picture: a tower of finished work for each kind of threads, beside the line of one thread alone.

mod columns;
mod moment;
mod towers;

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::lesson::judge;
use crate::lab::demo::VariantId;
use crate::lab::demo::value::Value;
use crate::lab::machine::cores;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::stage::{RunView, Stage};

use columns::{Column, times};
use moment::{Measured, Moment, Plan, Progress, Python};

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// All that the picture shows.
struct Scene {
    plan: Plan,
    columns: Vec<Column>,
    /// The one number that matters.
    figure: String,
    /// Its caption.
    caption: String,
    /// The sentences below the figure.
    lines: Vec<String>,
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let scene = Scene::of(view);
        let (pen, room) = view.picture(ui, || scene.words());
        let (left, right) = view.beside_figures(&pen, room, 0.36, 24.0);
        if let Some(left) = left {
            scene.paint_figure(&pen, left);
        }
        towers::paint(&pen, right, &scene);
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let language = view.language;
        let (params, variant) = view.params_and_variant();
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
        // The sentences must be about the same threads as the figure.
        let python = match measured {
            Some(measured) => measured.python,
            None => moment.as_ref().and_then(Moment::python),
        };
        Self {
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
        words.extend(self.columns.iter().map(Column::words));
        words.join("; ")
    }

    fn paint_figure(&self, pen: &Pen, area: Rect) {
        pen.write_in(area, &self.caption, pen.weak(17.0));
        let line = pen.line_height(17.0);
        // In a low picture the figure comes first, and a line that is too long is left out.
        let most = (area.height() * 0.45 / line) as usize;
        let lines = self.lines.iter().take(most.max(1)).enumerate();
        let lines = lines.map(|(index, text)| {
            let look = match index {
                0 => pen.bold(17.0),
                _ => pen.weak(14.0),
            };
            pen.fit(text, look, area.width())
        });
        let lines: Vec<_> = lines
            .filter(|line| line.size().x <= area.width() + 1.0)
            .collect();
        let mut below = area.bottom() - line * lines.len() as f32;
        let figure = area
            .with_min_y(area.top() + line)
            .with_max_y(below - pen.gap(8.0));
        let figure = figure.shrink2(vec2(0.0, pen.gap(14.0).min(figure.height() * 0.12)));
        let is_known = self.figure.chars().any(|letter| letter.is_ascii_digit());
        pen.number(figure, &self.figure, pen.palette.text_if(is_known));
        for text in lines {
            pen.put(pos2(area.left(), below), Align2::LEFT_TOP, text);
            below += line;
        }
    }
}

/// The one number that matters, and its caption.
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
