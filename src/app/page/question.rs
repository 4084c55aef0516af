//! The head of the page: the demo's title, its question, and the answers to choose from. After a run guess and
//! outcome stand side by side.

use egui::accesskit::Role;
use egui::{Align, Button, Layout, RichText, Ui, WidgetInfo, vec2};

use crate::app::App;
use crate::app::Room;
use crate::app::command::Command;
use crate::app::guesses::Answered;
use crate::lab::demo::Question;
use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::controls::answer_ui::{self, Answer, answer_ui};
use crate::widgets::controls::own_ids::absent;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{SENTENCE, font};

/// Between title, question and answers, which belong together.
const CLOSE: f32 = 2.0;
/// Where less is left beside the title, the next question is offered in figures alone.
const LONG: f32 = 320.0;
/// Between two answers.
const GAP: f32 = 8.0;

/// Whether a page of this width has room for the settings of guessing in its title's line; otherwise they
/// stand among the controls.
pub(super) fn fits_beside_title(page: f32) -> bool {
    page > 940.0
}

impl App {
    pub(super) fn heading_ui(&mut self, ui: &mut Ui) {
        let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.y, CLOSE);
        let room = &self.rooms[self.chosen];
        let title = self.language.text(&format!("{}-title", room.demo.id()));
        ui.horizontal(|ui| {
            ui.heading(title.as_ref());
            self.beside_title_ui(ui);
        });
        let room = &self.rooms[self.chosen];
        let asked = room.question();
        // Where nothing is asked of this variant the line stays empty: another's question would be about it.
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
            // Nothing is asked of this variant, but what lies below must not jump from under the pointer.
            ui.allocate_space(vec2(0.0, answer_ui::HEIGHT));
        }
    }

    /// In the title's line: on to the next question of the lesson.
    pub(super) fn next_question_ui(&mut self, ui: &mut Ui) {
        let room = &self.rooms[self.chosen];
        let language = self.language;
        let votes = room.demo.votes();
        let asked: Vec<usize> = (0..votes.len())
            .filter(|at| votes[*at].question.is_some())
            .collect();
        if asked.len() < 2 {
            absent(ui, 1);
            return;
        }
        let now = room.vote();
        let place = asked.iter().position(|at| Some(*at) == now);
        let face = |key: &str| {
            let number = place.map_or("–".to_owned(), |place| (place + 1).to_string());
            let figures = [
                ("number", Value::Word(number)),
                ("count", asked.len().into()),
            ];
            RichText::new(language.with(key, &figures)).font(font(15.0))
        };
        // Beside a long title there is room for the numbers alone. With values of one's own what is asked is
        // none of the lesson's questions.
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
            self.commands.push(Command::Vote(asked[place]));
        }
    }

    /// Whether a guess must come before a run, and whether hands are counted.
    pub(super) fn guessing_ui(&mut self, ui: &mut Ui) {
        let keys = ["app-hands", "app-hands-help"];
        let on = self.setting_ui(ui, keys, self.settings.count_hands);
        self.commands.extend(on.map(Command::CountHands));
        let keys = ["app-guess-first", "app-guess-first-help"];
        let on = self.setting_ui(ui, keys, self.settings.guess_first);
        self.commands.extend(on.map(Command::GuessFirst));
    }

    /// What the runs with the present parameters say of `question`.
    pub(super) fn answered(&self, room: &Room, question: &Question) -> Answered {
        let records = self.session.comparable(room.demo.id(), &room.demo.params());
        Answered::by(question, records)
    }

    /// Whether a run of what is chosen waits for a guess: none is in, and no run has given the answer away.
    pub(crate) fn awaits_guess(&self, room: &Room) -> bool {
        // A tour has nobody who would guess.
        self.settings.guess_first
            && self.touring.is_none()
            && room.question().is_some_and(|question| {
                let guess = self.guesses.at(room.demo.id(), &question);
                guess.answer.is_none() && self.answered(room, &question).decided() == 0
            })
    }

    fn choices_ui(&mut self, ui: &mut Ui, question: &Question) {
        let room = &self.rooms[self.chosen];
        let guess = self.guesses.at(room.demo.id(), question);
        let answered = self.answered(room, question);
        let language = self.language;
        // A guess after the answer is none.
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
                // Into too short a rest of a row it would be squeezed.
                if index > 0 && ui.available_size_before_wrap().x < width {
                    ui.end_row();
                }
                if answer_ui(ui, &answer, language).clicked() && open {
                    self.commands.push(Command::Guess(index));
                }
                if counts {
                    self.commands
                        .extend(hands_ui(ui, index, guess.hands[index], language));
                } else {
                    absent(ui, 1);
                }
            }
        });
    }
}

/// Width of what counts the hands for one answer, with the gap before it.
const HANDS: f32 = 3.0 * 4.0 + 2.0 * BUTTON + COUNT + GAP;
const BUTTON: f32 = 28.0;
const COUNT: f32 = 26.0;

/// One hand fewer, how many there are, one hand more.
fn hands_ui(ui: &mut Ui, index: usize, hands: u32, language: Language) -> Option<Command> {
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
                clicked = Some(Command::Raise {
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
