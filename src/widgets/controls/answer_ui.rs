//! One of a question's answers: a radio button before a run; afterwards it tells whether it was guessed and right.

use egui::accesskit::Role;
use egui::{Align2, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::theme::{bold_font, font};

/// Height of every answer, guessed or right or neither, so that nothing below jumps.
pub const HEIGHT: f32 = 44.0;
const PADDING: f32 = 10.0;
/// Distance from an answer's letter to its text, and from its text to its mark.
const LETTER: f32 = 20.0;
const MARK: f32 = 22.0;
const TEXT: f32 = 16.0;
const CAPTION: f32 = 12.0;
/// Height of the bar that shows in how many runs the answer was right.
const BAR: f32 = 3.0;

/// One answer, and what is known of it.
pub struct Answer {
    /// A, B, C or D.
    pub letter: char,
    /// The answer's text.
    pub text: String,
    /// Whether the class guessed it.
    pub is_guess: bool,
    /// Whether it was right in the latest run.
    pub is_right: bool,
    /// Whether it can still be chosen.
    pub open: bool,
    /// In how many runs the answer was right, and how many runs there were; `None` with fewer than two runs.
    pub runs: Option<(u32, u32)>,
}

impl Answer {
    /// The answer's width, with room for every mark that it may get.
    pub fn width(&self, ui: &Ui, language: Language) -> f32 {
        let width = |text: String, font| {
            let galley = ui
                .painter()
                .layout_no_wrap(text, font, Palette::of(ui).text);
            galley.size().x
        };
        let text = LETTER + width(self.text.clone(), bold_font(TEXT)) + MARK;
        let most = (88, 88);
        let captions = width(guessed(language), font(CAPTION))
            + 12.0
            + width(of_runs(most, language), font(CAPTION));
        (text.max(captions) + 2.0 * PADDING).ceil()
    }

    /// The accessible name, which stays the same while the answer's marks change.
    pub fn name(&self) -> String {
        format!("{} {}", self.letter, self.text)
    }

    /// Says in words whether the answer was guessed and right.
    fn words(&self, language: Language) -> String {
        let mut words = Vec::new();
        if self.is_guess {
            words.push(guessed(language));
        }
        if self.is_right {
            words.push(language.text("app-right").into_owned());
        }
        if let Some(runs) = self.runs {
            words.push(of_runs(runs, language));
        }
        words.join(" · ")
    }
}

fn guessed(language: Language) -> String {
    language.text("app-your-guess").into_owned()
}

fn of_runs((right, of): (u32, u32), language: Language) -> String {
    let count = |runs: u32| Value::from(u64::from(runs));
    let figures = [("right", count(right)), ("runs", count(of))];
    language.with("app-right-of", &figures)
}

/// Draws an answer: a radio button to a screen reader.
pub fn answer_ui(ui: &mut Ui, answer: &Answer, language: Language) -> Response {
    let size = vec2(answer.width(ui, language), HEIGHT);
    let sense = if answer.open {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let (name, words) = (answer.name(), answer.words(language));
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, answer.open, answer.is_guess, &name)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(words.clone());
    });
    paint(&Pen::of(ui), rect, answer, &response, language);
    if words.is_empty() {
        response
    } else {
        response.on_hover_text(words)
    }
}

fn paint(pen: &Pen, rect: Rect, answer: &Answer, response: &Response, language: Language) {
    let palette = pen.palette;
    let is_pale = response.hovered() && answer.open || answer.is_right;
    let fill = if is_pale { palette.faint } else { palette.card };
    let (width, edge) = match (answer.is_guess, response.has_focus()) {
        (true, _) => (3.0, palette.strong),
        (false, true) => (2.0, palette.weak),
        (false, false) => (1.0, palette.border),
    };
    pen.frame(rect, 7.0, fill, width, edge);
    if answer.is_guess && response.has_focus() {
        // The edge of the chosen answer is thick already.
        pen.outline(rect.shrink(5.0), 4.0, 1.0, palette.weak);
    }
    let put = |x: f32, y: f32, align, text: String, look| {
        pen.put(pos2(x, y), align, pen.layout_line(text, look))
    };
    let has_caption = answer.is_guess || answer.runs.is_some();
    let middle = if has_caption {
        rect.top() + 13.0
    } else {
        rect.center().y
    };
    let (left, right) = (rect.left() + PADDING, rect.right() - PADDING);
    let letter = (bold_font(TEXT), palette.weak);
    put(
        left,
        middle,
        Align2::LEFT_CENTER,
        answer.letter.to_string(),
        letter,
    );
    let face = if answer.is_right {
        pen.bold(TEXT)
    } else {
        pen.plain(TEXT)
    };
    let text = put(
        left + LETTER,
        middle,
        Align2::LEFT_CENTER,
        answer.text.clone(),
        face,
    );
    if answer.is_right {
        let mark = text.right() + 6.0;
        put(
            mark,
            middle,
            Align2::LEFT_CENTER,
            "✔".to_owned(),
            pen.bold(TEXT),
        );
    }
    let bottom = rect.bottom() - 5.0;
    let caption = bottom - if answer.runs.is_some() { BAR } else { 0.0 };
    if answer.is_guess {
        put(
            left,
            caption,
            Align2::LEFT_BOTTOM,
            guessed(language),
            pen.weak(CAPTION),
        );
    }
    if let Some(runs) = answer.runs {
        put(
            right,
            caption,
            Align2::RIGHT_BOTTOM,
            of_runs(runs, language),
            pen.plain(CAPTION),
        );
        let mut bar = Rect::from_min_max(pos2(left, bottom - BAR), pos2(right, bottom));
        pen.rect_filled(bar, 1.0, palette.border);
        bar.set_width(bar.width() * runs.0 as f32 / runs.1.max(1) as f32);
        pen.rect_filled(bar, 1.0, palette.strong);
    }
}
