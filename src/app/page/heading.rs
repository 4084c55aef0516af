//! The head of the page: the demo's title, the section of the lesson, the next question, the code; below them the
//! question.

use egui::accesskit::Role;
use egui::{Align, Button, Layout, RichText, Ui, WidgetInfo, vec2};

use super::room::Sizes;
use crate::app::action::Action;
use crate::app::settings::Setting;
use crate::app::view::View;
use crate::lab::demo::value::Value;
use crate::widgets::controls::{absent, button_width, set_value};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::text_fit::{fitted, font_size, text_lines};
use crate::widgets::look::theme::{bold_font, font};

/// Height of the buttons beside the title, as a share of a control's.
const LOWER: f32 = 0.85;

impl View<'_> {
    pub(super) fn heading_ui(&mut self, ui: &mut Ui, sizes: &Sizes) {
        let demo = self.demos.chosen();
        let title = self.language.text(&format!("{}-title", demo.id()));
        let usual = ui.spacing().interact_size.y;
        ui.spacing_mut().interact_size.y = sizes.control * LOWER;
        ui.horizontal(|ui| {
            ui.label(RichText::new(title.as_ref()).font(bold_font(sizes.title)));
            self.beside_title_ui(ui, sizes);
        });
        ui.spacing_mut().interact_size.y = usual;
        let demo = self.demos.chosen();
        let asked = demo.question();
        // Without a question about this variant the line says so: a question about another would mislead.
        let (sentence, color) = match &asked {
            Some(question) => (self.language.say(&question.text), Palette::of(ui).text),
            None => {
                let nothing = self.language.text("app-question-nothing");
                (nothing.into_owned(), Palette::of(ui).weak)
            }
        };
        let (width, usual) = (ui.available_width(), font(sizes.question));
        let line = fitted(ui.painter(), sentence.clone(), usual.clone(), color, width);
        let galley = match font_size(&line) < 0.8 * sizes.question {
            true => text_lines(
                ui.painter(),
                sentence,
                font(0.85 * sizes.question),
                color,
                width,
                2,
            ),
            false => line,
        };
        ui.label(galley);
        self.choices_ui(ui, asked, sizes);
    }

    /// Shows at the right of the demo's title the section of the lesson that it belongs to, the button that leads to
    /// the next question, and the button that shows the code.
    fn beside_title_ui(&mut self, ui: &mut Ui, sizes: &Sizes) {
        let language = self.language;
        let button_font = font(sizes.question * 0.75);
        let code = language.text("app-code");
        let code_width = button_width(ui, &code, button_font.clone());
        let next = self.next_question_face(ui.available_width() > 420.0);
        let next_width = next
            .as_ref()
            .map_or(0.0, |(face, _)| button_width(ui, face, button_font.clone()));
        let gaps = ui.spacing().item_spacing.x * if next.is_some() { 2.0 } else { 1.0 };
        let room = ui.available_width() - code_width - next_width - gaps;
        // Tab goes as the eye does, from left to right, so that the room before the buttons is skipped first.
        let size = vec2(room.max(0.0), sizes.control * LOWER);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            self.lesson_ui(ui);
        });
        let height = sizes.control * LOWER;
        match next {
            Some((face, next)) => {
                let button = Button::new(RichText::new(&face).font(button_font.clone()));
                let button = ui.add(button.min_size(vec2(next_width, height)));
                let name = language.text("app-question-next");
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
                set_value(&button, &face);
                if button
                    .on_hover_text(language.text("app-question-next-help").as_ref())
                    .clicked()
                {
                    self.actions.push(Action::Vote(next));
                }
            }
            None => absent(ui, 1),
        }
        let shows = self.settings.code;
        let palette = Palette::of(ui);
        let (color, fill) = if shows {
            (palette.on_strong, palette.strong)
        } else {
            (palette.text, palette.card)
        };
        let face = RichText::new(code.as_ref()).font(button_font).color(color);
        let button = ui.add(
            Button::new(face)
                .fill(fill)
                .min_size(vec2(code_width, height)),
        );
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, code.as_ref()));
        if button
            .on_hover_text(language.text("app-code-help").as_ref())
            .clicked()
        {
            self.actions.push(Action::Set(Setting::Code(!shows)));
        }
    }

    /// Shows the section of the lesson, or in less room its number alone.
    fn lesson_ui(&self, ui: &mut Ui) {
        let id = self.demos.chosen().id();
        let lesson = self.language.text(&format!("{id}-lesson"));
        let lay_out = |text: &str| {
            let color = Palette::of(ui).weak;
            ui.painter()
                .layout_no_wrap(text.to_owned(), font(14.0), color)
        };
        let short = lesson.split(" · ").next().unwrap_or_default();
        let galleys = [lay_out(&lesson), lay_out(short)].into_iter();
        let mut fitting = galleys.filter(|galley| galley.size().x <= ui.available_width());
        if let Some(galley) = fitting.next() {
            ui.label(galley);
        }
    }

    /// The face of the button that leads to the next question, and that question's place; `None` if there is but one.
    fn next_question_face(&self, in_words: bool) -> Option<(String, usize)> {
        let demo = self.demos.chosen();
        let votes = demo.votes();
        let asked: Vec<usize> = (0..votes.len())
            .filter(|at| votes[*at].question.is_some())
            .collect();
        if asked.len() < 2 {
            return None;
        }
        let now = demo.vote();
        let place = asked.iter().position(|at| Some(*at) == now);
        // A question with other values than the lesson's has no number.
        let key = match place {
            _ if !in_words => "app-question-of-short",
            Some(_) => "app-question-of",
            None => "app-question-none",
        };
        let number = place.map_or("–".to_owned(), |place| (place + 1).to_string());
        let figures = [
            ("number", Value::Word(number)),
            ("count", asked.len().into()),
        ];
        let face = self.language.with(key, &figures);
        let next = place.map_or(0, |place| (place + 1) % asked.len());
        Some((face, asked[next]))
    }
}
