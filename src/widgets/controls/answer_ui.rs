//! One of a question's answers: a radio button before a run; afterwards it tells whether it was guessed and right.

use std::ops::RangeInclusive;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Align2, Color32, FontId, Galley, Rect, Response, Sense, Ui, Vec2, WidgetInfo, pos2};

use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::{fitted, font_size, text_lines};
use crate::widgets::look::theme::bold_font;

/// Least height of an answer with captions below its text; in a lower one screen readers and the tooltip have them.
const CAPTIONED: f32 = 40.0;
const PADDING: f32 = 10.0;
/// A text that would have to be smaller than the first of these shares of its size takes two lines, of the first size
/// in which it is not cut.
const SHRUNK: [f32; 4] = [0.85, 0.78, 0.7, 0.62];
/// Distance from an answer's letter to its text, and from its text to its mark.
const LETTER: f32 = 20.0;
const MARK: f32 = 22.0;
const CAPTION: f32 = 12.0;
/// Height of the bar that shows in how many runs the answer was right.
const BAR: f32 = 3.0;
/// Least width of that bar.
const LEAST_BAR: f32 = 24.0;
/// Distance from the lower edge of an answer to its captions, or to its bar where there are none.
const FOOT: f32 = 4.0;

/// One answer, and what is known of it.
pub struct Answer {
    /// A, B, C or D.
    pub letter: char,
    /// The answer's text.
    pub text: String,
    /// The size of its letters.
    pub size: f32,
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
    /// The width in which the answer's text needs not shrink.
    pub fn width(&self, ui: &Ui) -> f32 {
        let (text, color) = (self.text.clone(), Palette::of(ui).text);
        let galley = ui
            .painter()
            .layout_no_wrap(text, bold_font(self.size), color);
        (LETTER + galley.size().x + MARK + 2.0 * PADDING).ceil()
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

/// Draws an answer of this size: a radio button to a screen reader. The last `kept` points of its width stay free.
pub fn answer_ui(
    ui: &mut Ui,
    answer: &Answer,
    size: Vec2,
    kept: f32,
    sense: Sense,
    language: Language,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let (name, words) = (answer.name(), answer.words(language));
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, answer.open, answer.is_guess, &name)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(words.clone());
    });
    paint(&Pen::of(ui), rect, kept, answer, &response, language);
    if words.is_empty() {
        response
    } else {
        response.on_hover_text(words)
    }
}

/// Lays an answer's text out in two lines, in the largest letters in which it is not cut.
fn in_two_lines(
    pen: &Pen,
    answer: &Answer,
    face: &FontId,
    color: Color32,
    room: f32,
) -> Arc<Galley> {
    let lay_out = |shrunk: f32| {
        let face = FontId::new(shrunk * answer.size, face.family.clone());
        text_lines(pen, answer.text.clone(), face, color, room, 2)
    };
    let mut sizes = SHRUNK.into_iter().map(lay_out);
    let whole = sizes.find(|text| !text.elided);
    whole.unwrap_or_else(|| lay_out(SHRUNK[SHRUNK.len() - 1]))
}

fn paint(
    pen: &Pen,
    rect: Rect,
    kept: f32,
    answer: &Answer,
    response: &Response,
    language: Language,
) {
    let palette = pen.palette;
    let is_pale = response.hovered() && answer.open || answer.is_right;
    let fill = if is_pale { palette.faint } else { palette.card };
    let (width, edge) = match answer.is_guess {
        true => (3.0, palette.strong),
        false => (1.0, palette.edge),
    };
    pen.frame(rect, 7.0, fill, width, edge);
    let put = |x: f32, y: f32, align, text: String, look| {
        pen.put(pos2(x, y), align, pen.layout_line(text, look))
    };
    let (left, right) = (rect.left() + PADDING, rect.right() - PADDING - kept);
    // In a low cell the mark of the right answer takes the letter's place.
    let is_low = rect.height() < CAPTIONED;
    let (letter, look) = match answer.is_right && is_low {
        true => ('✔', pen.bold(answer.size)),
        false => (answer.letter, (bold_font(answer.size), palette.weak)),
    };
    let (face, color) = if answer.is_right {
        pen.bold(answer.size)
    } else {
        pen.plain(answer.size)
    };
    let mark = answer.is_right && !is_low;
    let room = right - left - LETTER - if mark { MARK } else { 0.0 };
    let line = fitted(pen, answer.text.clone(), face.clone(), color, room);
    let text = match font_size(&line) < SHRUNK[0] * answer.size {
        true => in_two_lines(pen, answer, &face, color, room),
        false => line,
    };
    // A text in two lines needs the height of the captions: then they, too, are left to screen readers and the tooltip.
    let is_captioned =
        (answer.is_guess || answer.runs.is_some()) && !is_low && text.rows.len() == 1;
    let foot = rect.bottom() - FOOT;
    let runs = answer.runs.filter(|_| !is_low);
    let middle = match runs {
        _ if is_captioned => rect.top() + 13.0,
        Some(_) => (rect.top() + foot - BAR) / 2.0,
        None => rect.center().y,
    };
    put(left, middle, Align2::LEFT_CENTER, letter.to_string(), look);
    let text = pen.put(pos2(left + LETTER, middle), Align2::LEFT_CENTER, text);
    if mark {
        let at = text.right() + 6.0;
        let look = pen.bold(answer.size);
        put(at, middle, Align2::LEFT_CENTER, "✔".to_owned(), look);
    }
    // The bar stands in the line of the captions, or it would take height from the text above them.
    let bar = match is_captioned {
        true => paint_captions(pen, left..=right, foot, answer, language),
        false => Rect::from_min_max(pos2(left, foot - BAR), pos2(right, foot)),
    };
    if let Some((right_in, of)) = runs {
        let mut bar = bar;
        pen.rect_filled(bar, 1.0, palette.border);
        bar.set_width(bar.width() * right_in as f32 / of.max(1) as f32);
        pen.rect_filled(bar, 1.0, palette.strong);
    }
}

/// Writes that the answer was guessed, and in how many runs it was right, as far as that fits into one line above
/// `foot`; a thick edge and the bar show it as well. Returns the place that is left for the bar between these words.
fn paint_captions(
    pen: &Pen,
    room: RangeInclusive<f32>,
    foot: f32,
    answer: &Answer,
    language: Language,
) -> Rect {
    let (mut left, mut right) = (*room.start(), *room.end());
    let mut middle = foot - CAPTION / 2.0;
    let fits = |text: &Galley, left: f32, right: f32| {
        let bar = answer.runs.map_or(0.0, |_| LEAST_BAR + CAPTION);
        text.size().x + bar <= right - left
    };
    if let Some(runs) = answer.runs {
        let text = pen.layout_line(of_runs(runs, language), pen.plain(CAPTION));
        if fits(&text, left, right) {
            let place = pen.put(pos2(right, foot), Align2::RIGHT_BOTTOM, text);
            (right, middle) = (place.left() - CAPTION, place.center().y);
        }
    }
    if answer.is_guess {
        let text = pen.layout_line(guessed(language), pen.weak(CAPTION));
        if fits(&text, left, right) {
            let place = pen.put(pos2(left, foot), Align2::LEFT_BOTTOM, text);
            left = place.right() + CAPTION;
        }
    }
    Rect::from_min_max(
        pos2(left, middle - BAR / 2.0),
        pos2(right, middle + BAR / 2.0),
    )
}
