//! The code beside a run: the same steps in Python, and the Rust that runs. The line of a step tells how many threads
//! are at it, and can be marked, as in the timeline.

mod highlight;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    Align, FontFamily, FontId, Galley, Id, Rect, RichText, ScrollArea, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::stage::{Marked, Snapshot};
use crate::lab::demo::listing::{Line, Listing};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::Step;
use crate::text::Language;
use crate::widgets::controls::segmented_ui;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::text_fit::fitted;
use crate::widgets::look::theme::{bold_font, font};
use highlight::{Tongue, colored, pale};

/// The two tabs of the code pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// The same steps in Python.
    #[default]
    Python,
    /// The Rust that runs.
    Rust,
}

/// The contents of the code pane.
pub struct Code<'run> {
    /// The code of a variant.
    pub listing: &'run Listing,
    /// The shown tab.
    pub tab: Tab,
    /// The run of this variant whose threads are counted, if there is one.
    pub shown: Option<Snapshot<'run>>,
    /// The marked step.
    pub marked: Option<Marked>,
    /// Font size of the code, in points.
    pub size: f32,
    /// Whether lines have numbers, which are smaller than the code.
    pub numbered: bool,
    /// Language of all text but the code.
    pub language: Language,
}

/// An action that is asked for at the code pane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CodeAction {
    /// Shows this tab.
    Tab(Tab),
    /// Marks a step, or none.
    Mark(Option<Marked>),
}

/// Shows the code in all of the room that is left in `ui`.
pub fn code_ui(ui: &mut Ui, code: &Code<'_>) -> Option<CodeAction> {
    let mut wish = tabs_ui(ui, code).map(CodeAction::Tab);
    let at_step = Counts::of(code.shown.as_ref());
    let is_new = code.marked != remembered(ui, code.marked);
    ScrollArea::vertical()
        .id_salt(("code", code.tab == Tab::Rust))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut row = Row::new(ui, code, &at_step, is_new);
            match code.tab {
                Tab::Python => row.lines_ui(ui, &code.listing.python, None),
                Tab::Rust => {
                    for (index, cut) in code.listing.rust.iter().enumerate() {
                        let before = index.checked_sub(1).map(|index| &code.listing.rust[index]);
                        let is_same = before.is_some_and(|before| before.file == cut.file);
                        row.file_ui(ui, (!is_same).then_some(&*cut.file), index == 0);
                        row.lines_ui(ui, &cut.lines, Some(cut.first_line));
                    }
                }
            }
            ui.add_space(code.size);
            wish = wish.or(row.wish.map(CodeAction::Mark));
        });
    wish
}

/// The two tabs, and a sentence about the chosen one.
fn tabs_ui(ui: &mut Ui, code: &Code<'_>) -> Option<Tab> {
    let text = |key| code.language.text(key).into_owned();
    let tabs = [
        (Tab::Python, text("code-python")),
        (Tab::Rust, text("code-rust")),
    ];
    let tab = segmented_ui(ui, &code.language.text("app-code"), code.tab, &tabs, None);
    let about = match code.tab {
        Tab::Python => text("code-python-about"),
        Tab::Rust => text("code-rust-about"),
    };
    let about = RichText::new(about).font(bold_font(code.size.max(14.0)));
    ui.label(about.color(Palette::of(ui).text));
    tab
}

/// Remembers the marked step until the next frame, and returns that of the last frame.
fn remembered(ui: &Ui, marked: Option<Marked>) -> Option<Marked> {
    let id = Id::unique("code_marked");
    ui.data_mut(|data| {
        let before = data.get_temp::<Option<Marked>>(id).flatten();
        data.insert_temp(id, marked);
        before
    })
}

/// How many threads and processes are at each step.
struct Counts {
    at_steps: Vec<(Step, usize)>,
    tracks: usize,
}

impl Counts {
    fn of(shown: Option<&Snapshot<'_>>) -> Self {
        let tracks = shown.map_or(&[][..], |shown| shown.log.tracks());
        let now = shown.map_or_else(Default::default, |shown| shown.now);
        let mut at_steps: Vec<(Step, usize)> = Vec::new();
        for span in tracks.iter().filter_map(|track| track.span_at(now)) {
            match at_steps.iter_mut().find(|(step, _)| *step == span.step) {
                Some((_, count)) => *count += 1,
                None => at_steps.push((span.step, 1)),
            }
        }
        Self {
            at_steps,
            tracks: tracks.len(),
        }
    }

    fn at_step(&self, step: Step) -> usize {
        let found = self.at_steps.iter().find(|(known, _)| *known == step);
        found.map_or(0, |(_, count)| *count)
    }

    fn at(&self, line: &Line) -> usize {
        let here = self.at_steps.iter();
        let here = here.filter(|(step, _)| line.steps.contains(step));
        here.map(|(_, count)| count).sum()
    }
}

/// Draws lines, one below the other.
struct Row<'code> {
    code: &'code Code<'code>,
    counts: &'code Counts,
    palette: &'static Palette,
    font: FontId,
    /// Width of the count's column, and of the line number's.
    gutter: [f32; 2],
    /// Whether the first marked line is still to be scrolled to.
    scrolls: bool,
    drawn: usize,
    wish: Option<Option<Marked>>,
}

impl<'code> Row<'code> {
    fn new(ui: &Ui, code: &'code Code<'code>, counts: &'code Counts, is_new: bool) -> Self {
        let letter = |font| {
            let zero = ui
                .painter()
                .layout_no_wrap("0".to_owned(), font, Palette::LIGHT.text);
            zero.size().x
        };
        let font = FontId::new(code.size, FontFamily::Monospace);
        let digits = counts.tracks.to_string().len().max(3) + 1;
        let count = letter(bold_font(code.size)) * digits as f32 + 8.0;
        let number = letter(number_font(code.size)) * 3.0 + 6.0;
        let has_numbers = code.numbered && code.tab == Tab::Rust;
        Self {
            code,
            counts,
            palette: Palette::of(ui),
            font,
            gutter: [count, if has_numbers { number } else { 0.0 }],
            scrolls: is_new && code.marked.is_some(),
            drawn: 0,
            wish: None,
        }
    }

    /// Writes a line between two pieces of code: the file of the next piece, or a gap where code of the same file is
    /// left out.
    fn file_ui(&self, ui: &mut Ui, file: Option<&str>, is_first: bool) {
        if !is_first {
            ui.add_space(self.code.size * 0.6);
        }
        if let Some(file) = file {
            let file = RichText::new(file).font(font((self.code.size * 0.95).max(13.0)));
            ui.label(file.color(self.palette.weak));
            ui.add_space(2.0);
        } else {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
            let line = Stroke::new(1.0, self.palette.border);
            ui.painter().hline(rect.x_range(), rect.center().y, line);
            ui.add_space(self.code.size * 0.6);
        }
    }

    fn lines_ui(&mut self, ui: &mut Ui, lines: &[Line], first: Option<usize>) {
        for (index, line) in lines.iter().enumerate() {
            self.line_ui(ui, line, first.map(|first| first + index));
        }
    }

    fn line_ui(&mut self, ui: &mut Ui, line: &Line, number: Option<usize>) {
        let code = line.text.trim_start();
        let [count_width, number_width] = self.gutter;
        let indent = (line.text.len() - code.len()) as f32 * self.code.size * 0.6;
        let begin = count_width + number_width + indent;
        let tongue = match self.code.tab {
            Tab::Python => Tongue::Python,
            Tab::Rust => Tongue::Rust,
        };
        let mut job = match line.reports {
            true => pale(code, &self.font, self.palette),
            false => colored(code, tongue, &self.font, self.palette),
        };
        // A line that is too long goes on below its own beginning.
        job.wrap.max_width = (ui.available_width() - begin).max(60.0);
        let galley = ui.painter().layout_job(job);
        // An empty line between two functions need not be as high as another.
        let least = if code.is_empty() { 0.8 } else { 1.4 };
        let text_height = if code.is_empty() {
            0.0
        } else {
            galley.size().y
        };
        let height = text_height.max(self.code.size * least);
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
        let id = ui.scope_id().with(("line", self.drawn));
        self.drawn += 1;
        if code.is_empty() {
            return;
        }
        let count = self.counts.at(line);
        if line.steps.is_empty() {
            let response = ui.interact(rect, id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, code));
        } else {
            self.step_ui(ui, rect, id, line, count);
        }
        if ui.is_rect_visible(rect) {
            if !line.steps.is_empty() {
                self.paint_count(ui, rect, count);
            }
            self.paint_code(ui, rect, number, galley, begin);
        }
    }

    /// Draws the line of a step, which can be marked by a click.
    fn step_ui(&mut self, ui: &mut Ui, rect: Rect, id: Id, line: &Line, count: usize) {
        let is_marked = self
            .code
            .marked
            .is_some_and(|marked| line.steps.contains(&marked.step));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| {
            let name = line.text.trim_start();
            let mut info = WidgetInfo::selected(Role::ListBoxOption, true, is_marked, name);
            let count = [("count", Value::from(count))];
            info.current_text_value = Some(self.code.language.with("code-here", &count));
            info
        });
        if response.clicked() {
            let step = self.busiest(line);
            let mark = step.map(|step| Marked { step, span: None });
            self.wish = Some(mark.filter(|_| !is_marked));
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        let help = self.code.language.text("code-mark-help");
        let response = response.on_hover_text(help.as_ref());
        if is_marked && std::mem::take(&mut self.scrolls) {
            ui.scroll_to_rect(rect, Some(Align::Center));
        }
        let painter = ui.painter();
        if is_marked || response.hovered() {
            painter.rect_filled(rect, 3.0, self.palette.faint);
        }
        if is_marked {
            let edge = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
            painter.rect_filled(edge, 0.0, self.palette.strong);
        }
    }

    /// The step of a line with the most threads.
    fn busiest(&self, line: &Line) -> Option<Step> {
        let at = |step: &Step| self.counts.at_step(*step);
        // Of equal steps the first is taken.
        line.steps.iter().rev().max_by_key(|step| at(step)).copied()
    }

    /// The number of threads at the line of a step, with a bar as long as their share of all; a dot if none is.
    fn paint_count(&self, ui: &Ui, rect: Rect, count: usize) {
        let (painter, palette) = (ui.painter(), self.palette);
        let place = Rect::from_min_size(
            rect.min + vec2(5.0, 1.0),
            vec2(self.gutter[0] - 9.0, self.code.size * 1.2),
        );
        if count == 0 {
            let dot = pos2(place.right() - 3.0, place.center().y);
            painter.circle_filled(dot, 2.0, palette.weak);
            return;
        }
        let share = count as f32 / self.counts.tracks.max(1) as f32;
        let bar = place.with_max_x(place.left() + (place.width() * share).max(2.0));
        painter.rect_filled(bar, 2.0, palette.border);
        let size = bold_font(self.code.size * 0.95);
        let text = fitted(
            painter,
            format!("×{count}"),
            size,
            palette.text,
            place.width(),
        );
        let at = place.right_center() - vec2(text.size().x, text.size().y / 2.0);
        painter.galley(at, text, palette.text);
    }

    fn paint_code(
        &self,
        ui: &Ui,
        rect: Rect,
        number: Option<usize>,
        galley: Arc<Galley>,
        begin: f32,
    ) {
        let (painter, palette) = (ui.painter(), self.palette);
        if let Some(number) = number.filter(|_| self.code.numbered) {
            let font = number_font(self.code.size);
            let text = painter.layout_no_wrap(number.to_string(), font, palette.weak);
            let first_row = galley.rows.first().map_or(0.0, |row| row.height());
            let right = rect.left() + self.gutter[0] + self.gutter[1] - 6.0;
            let top = rect.top() + (first_row - text.size().y) / 2.0;
            painter.galley(pos2(right - text.size().x, top), text, palette.weak);
        }
        painter.galley(pos2(rect.left() + begin, rect.top()), galley, palette.text);
    }
}

fn number_font(size: f32) -> FontId {
    FontId::new((size * 0.8).max(10.0), FontFamily::Monospace)
}
