//! The answers to choose from, with the hands raised for each.

use egui::accesskit::Role;
use egui::{Align, Layout, Ui, UiBuilder, vec2};

use super::room::Sizes;
use crate::app::action::Action;
use crate::app::guesses::letter;
use crate::app::hands_ui::{HANDS, hands_ui};
use crate::app::view::View;
use crate::lab::demo::Question;
use crate::widgets::controls::answer_ui::{Answer, answer_ui};
use crate::widgets::controls::{TabStop, name_group, own_ids};

impl View<'_> {
    /// Shows the answers to `question`. Without a question their room stays, or the controls below would jump from
    /// under the pointer.
    pub(super) fn choices_ui(&mut self, ui: &mut Ui, question: Option<Question>, sizes: &Sizes) {
        let Some(question) = question else {
            ui.allocate_space(vec2(0.0, sizes.answer));
            return;
        };
        let answers = self.answers(&question, sizes.text);
        let hands = self.settings.count_hands;
        let kept = if hands { HANDS } else { 0.0 };
        let widest = answers
            .iter()
            .map(|answer| answer.width(ui) + kept)
            .fold(0.0, f32::max);
        let (width, gap) = (ui.available_width(), sizes.gap);
        let cell = |columns: usize| ((width - (columns - 1) as f32 * gap) / columns as f32).floor();
        // All in one row, or in two if their text would have to shrink a lot.
        let columns = match answers.len() {
            0 => return,
            all if cell(all) >= sizes.squeeze * widest => all,
            all => all.div_ceil(2),
        };
        let size = vec2(cell(columns), sizes.answer);
        let language = self.language;
        let name = language.text("app-answers").into_owned();
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing = vec2(gap, gap);
            let chosen = answers.iter().position(|answer| answer.is_guess);
            let mut stop = TabStop::begin(ui, "answers", chosen);
            let guess = self.guesses.at(self.demos.chosen().id(), &question);
            for (row, in_row) in answers.chunks(columns).enumerate() {
                ui.horizontal(|ui| {
                    for (column, answer) in in_row.iter().enumerate() {
                        let index = row * columns + column;
                        let sense = if answer.open {
                            stop.sense()
                        } else {
                            egui::Sense::hover()
                        };
                        let response = answer_ui(ui, answer, size, kept, sense, language);
                        stop.push(&response);
                        if response.clicked() && answer.open {
                            self.actions.push(Action::Guess(index));
                        }
                        if hands {
                            let place = response.rect.with_min_x(response.rect.right() - HANDS);
                            let builder = UiBuilder::new()
                                .max_rect(place)
                                .layout(Layout::left_to_right(Align::Center));
                            let mut ui = ui.new_child(builder);
                            let change = own_ids(&mut ui, ("hands", index), |ui| {
                                hands_ui(ui, index, guess.vote.hands[index], language)
                            });
                            if change != 0 {
                                let answer = index;
                                self.actions.push(Action::Raise { answer, change });
                            }
                        }
                    }
                });
            }
            stop.end(ui);
            name_group(ui, Role::RadioGroup, &name);
        });
    }

    /// The answers, with what the guess and the runs say of each.
    fn answers(&self, question: &Question, size: f32) -> Vec<Answer> {
        let guess = self.guesses.at(self.demos.chosen().id(), question);
        let answered = self.answered(question);
        let choices = question.choices.iter().enumerate();
        let answer = |(index, choice): (usize, &crate::lab::demo::Choice)| Answer {
            letter: letter(index),
            text: self.language.say(&choice.text),
            size,
            is_guess: guess.vote.answer == Some(index),
            is_right: answered.latest == Some(index),
            // Guesses are open until a run has decided the question.
            open: answered.decided() == 0,
            runs: (answered.decided() > 1).then(|| (answered.runs[index], answered.decided())),
        };
        choices.map(answer).collect()
    }
}
