//! The head of the page: the demo's title, its question, and the answers to choose from. After a run guess and
//! outcome stand side by side.

use egui::accesskit::Role;
use egui::{Align, Button, Layout, RichText, Ui, WidgetInfo, vec2};

use crate::app::action::Action;
use crate::app::settings::Setting;
use crate::app::view::View;
use crate::lab::demo::Question;
use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::controls::absent;
use crate::widgets::controls::answer_ui::{self, Answer, answer_ui};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{SENTENCE, font};

/// Distance between title, question and answers, which belong together.
const CLOSE: f32 = 2.0;
/// Least room beside the title for the next question in words; in less room it is offered in figures alone.
const LONG: f32 = 320.0;
/// Distance between two answers.
const GAP: f32 = 8.0;

/// Whether a page of this width has room for the settings of guessing in its title's line; otherwise they
/// stand among the controls.
pub(super) fn fits_beside_title(page: f32) -> bool {
    page > 940.0
}

impl View<'_> {
    pub(super) fn heading_ui(&mut self, ui: &mut Ui) {
        let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.y, CLOSE);
        let demo = self.demos.chosen();
        let title = self.language.text(&format!("{}-title", demo.id()));
        ui.horizontal(|ui| {
            ui.heading(title.as_ref());
            self.beside_title_ui(ui);
        });
        let demo = self.demos.chosen();
        let asked = demo.question();
        // Without a question about this variant the line stays empty: a question about another would mislead.
        let sentence = asked.as_ref().map_or_else(
            || " ".to_owned(),
            |question| self.language.say(&question.text),
        );
        let text = RichText::new(sentence)
            .font(font(SENTENCE))
            .color(Palette::of(ui).weak);
        ui.label(text);
        ui.spacing_mut().item_spacing.y = gap;
        if let Some(question) = asked {
            self.choices_ui(ui, &question);
        } else {
            // Without a question the room for answers stays, or the controls below would jump from under the pointer.
            ui.allocate_space(vec2(0.0, answer_ui::HEIGHT));
        }
    }

    /// Shows at the right of the demo's title the section of the lesson that it belongs to, and the button that shows
    /// the code.
    pub(super) fn beside_title_ui(&mut self, ui: &mut Ui) {
        let language = self.language;
        let width = ui.max_rect().width();
        let id = self.demos.chosen().id();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let shows = self.settings.code;
            let name = language.text("app-code");
            let palette = Palette::of(ui);
            let (color, fill) = if shows {
                (palette.on_strong, palette.strong)
            } else {
                (palette.text, palette.card)
            };
            let face = RichText::new(name.as_ref()).font(font(15.0)).color(color);
            let button = ui.add(Button::new(face).fill(fill).min_size(vec2(0.0, 30.0)));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
            if button
                .on_hover_text(language.text("app-code-help").as_ref())
                .clicked()
            {
                self.actions.push(Action::Set(Setting::Code(!shows)));
            }
            self.next_question_ui(ui);
            if fits_beside_title(width) {
                self.guessing_ui(ui);
            }
            let lesson = language.text(&format!("{id}-lesson"));
            let lay_out = |text: &str| {
                let painter = ui.painter();
                painter.layout_no_wrap(text.to_owned(), font(14.0), palette.weak)
            };
            let mut galley = lay_out(&lesson);
            if galley.size().x > ui.available_width() {
                // There is room beside a long title for the section's number alone.
                galley = lay_out(lesson.split(" · ").next().unwrap_or_default());
            }
            // A title that fills the line leaves no room even for that.
            if galley.size().x <= ui.available_width() {
                ui.label(galley);
            }
        });
    }

    /// Shows in the title's line the button that leads to the next question of the lesson.
    pub(super) fn next_question_ui(&mut self, ui: &mut Ui) {
        let demo = self.demos.chosen();
        let language = self.language;
        let votes = demo.votes();
        let asked: Vec<usize> = (0..votes.len())
            .filter(|at| votes[*at].question.is_some())
            .collect();
        if asked.len() < 2 {
            absent(ui, 1);
            return;
        }
        let now = demo.vote();
        let place = asked.iter().position(|at| Some(*at) == now);
        let face = |key: &str| {
            let number = place.map_or("–".to_owned(), |place| (place + 1).to_string());
            let figures = [
                ("number", Value::Word(number)),
                ("count", asked.len().into()),
            ];
            RichText::new(language.with(key, &figures)).font(font(15.0))
        };
        // There is room beside a long title for the numbers alone. A question with other values than the lesson's has
        // no number.
        let key = match place {
            _ if ui.available_width() <= LONG => "app-question-of-short",
            Some(_) => "app-question-of",
            None => "app-question-none",
        };
        let next = ui.add(Button::new(face(key)).min_size(vec2(0.0, 30.0)));
        let name = language.text("app-question-next");
        next.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
        if next
            .on_hover_text(language.text("app-question-next-help").as_ref())
            .clicked()
        {
            let place = place.map_or(0, |place| (place + 1) % asked.len());
            self.actions.push(Action::Vote(asked[place]));
        }
    }

    /// Shows the settings whether a guess must come before a run, and whether hands are counted.
    pub(super) fn guessing_ui(&mut self, ui: &mut Ui) {
        let keys = ["app-hands", "app-hands-help"];
        self.setting_ui(ui, keys, self.settings.count_hands, Setting::CountHands);
        let keys = ["app-guess-first", "app-guess-first-help"];
        self.setting_ui(ui, keys, self.settings.guess_first, Setting::GuessFirst);
    }

    fn choices_ui(&mut self, ui: &mut Ui, question: &Question) {
        let demo = self.demos.chosen();
        let guess = self.guesses.at(demo.id(), question);
        let answered = self.answered(question);
        let language = self.language;
        // Guesses are open until a run has decided the question.
        let open = answered.decided() == 0;
        let counts = self.settings.count_hands;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
            for (index, choice) in question.choices.iter().enumerate() {
                let answer = Answer {
                    letter: char::from(b'A' + index as u8),
                    text: language.say(&choice.text),
                    is_guess: guess.answer == Some(index),
                    is_right: answered.latest == Some(index),
                    open,
                    runs: (answered.decided() > 1)
                        .then(|| (answered.runs[index], answered.decided())),
                };
                let hands = if counts { HANDS } else { 0.0 };
                let width = answer.width(ui, language) + hands;
                // In too short a rest of a row the answer would be squeezed.
                if index > 0 && ui.available_size_before_wrap().x < width {
                    ui.end_row();
                }
                if answer_ui(ui, &answer, language).clicked() && open {
                    self.actions.push(Action::Guess(index));
                }
                if counts {
                    self.actions
                        .extend(hands_ui(ui, index, guess.hands[index], language));
                } else {
                    absent(ui, 1);
                }
            }
        });
    }
}

/// Width of the counter of one answer's hands, with the gap before it.
const HANDS: f32 = 3.0 * 4.0 + 2.0 * BUTTON + COUNT + GAP;
const BUTTON: f32 = 28.0;
const COUNT: f32 = 26.0;

/// Shows a counter of hands: a button for one fewer, their number, a button for one more.
fn hands_ui(ui: &mut Ui, index: usize, hands: u32, language: Language) -> Option<Action> {
    let letter = Value::Word(char::from(b'A' + index as u8).to_string());
    let mut clicked = None;
    let size = vec2(2.0 * BUTTON + COUNT + 8.0, answer_ui::HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding = vec2(0.0, 0.0);
        let mut button = |ui: &mut Ui, face: &str, key: &str, change: i32, enabled: bool| {
            let button = Button::new(RichText::new(face).font(font(18.0)));
            let response = ui.add_enabled(enabled, button.min_size(vec2(BUTTON, BUTTON)));
            let name = language.with(key, &[("answer", letter.clone())]);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
            if response.on_hover_text(&name).clicked() {
                clicked = Some(Action::Raise {
                    answer: index,
                    change,
                });
            }
        };
        button(ui, "–", "app-hand-less", -1, hands > 0);
        let count = RichText::new(hands.to_string()).font(font(16.0));
        ui.add_sized(vec2(COUNT, BUTTON), egui::Label::new(count));
        button(ui, "+", "app-hand-more", 1, true);
    });
    clicked
}
