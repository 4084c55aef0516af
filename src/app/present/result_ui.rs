//! The steps of a presentation after a run: the figure that matters, the question why, the result with its
//! picture or timing graph, the code.

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::app::action::Action;
use crate::app::guesses::letter;
use crate::app::present::text::{SMALLEST, write};
use crate::app::view::View;
use crate::lab::demo::value::Value;
use crate::lab::demo::verdict::Verdict;
use crate::lab::demo::{KeyFigure, Question};
use crate::lab::trace::record::Record;
use crate::widgets::controls::named;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::theme::main_button;
use crate::widgets::timings::bars::Runs;
use crate::widgets::timings::timing_plot_ui;

/// Height of the figure in a step of its own, and in the steps that repeat it: its digits are 224 and 121 of 720 pixels
/// high.
const FIGURE: f32 = 100.0;
const REPEATED: f32 = 54.0;

/// Height of the button that runs again.
const BUTTON: f32 = 36.0;

/// Size of the code's letters, in points; small, because lines are long.
const CODE: f32 = 13.0;

impl View<'_> {
    pub(super) fn number_step_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        if self.wants_graph() {
            let below = self.figure_ui(ui, area, REPEATED);
            self.presented_graph_ui(ui, area.with_min_y(below + 8.0));
            return;
        }
        if self.offers_again() {
            let button = area.with_min_y(area.bottom() - BUTTON);
            let above = area.with_max_y(button.top() - 6.0);
            let why = self.why_again();
            write(ui, above, why, &(SMALLEST..=26.0), true, palette.text);
            self.again_ui(ui, button);
            return;
        }
        let guess = self.presented_guess();
        let has_hands = guess.was_counted();
        let height = if has_hands { REPEATED } else { FIGURE };
        let top = self.figure_ui(ui, area, height) + 16.0;
        let below = area.with_min_y(top);
        let Some((question, right)) = self.presented_question().zip(self.presented_right()) else {
            return;
        };
        let outcome = self.guess_said(&question, guess.vote.answer, right);
        if has_hands {
            self.votes_ui(ui, below, &question, Some(right), &outcome);
        } else {
            write(ui, below, outcome, &(SMALLEST..=17.0), false, palette.text);
        }
    }

    /// Shows the button that runs again what has answered nothing.
    fn again_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        let enabled = !self.session.is_busy() && self.demos.chosen().can_run();
        let name = self.language.text("present-again");
        let mut ui = ui.new_child(named("again").max_rect(area));
        let button =
            main_button(name.as_ref(), 17.0, palette, enabled).min_size(vec2(150.0, BUTTON));
        let response = ui.add_enabled(enabled, button);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name.as_ref()));
        if response.clicked() {
            self.actions.push(Action::Run);
        }
    }

    pub(super) fn why_step_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        let below = self.figure_ui(ui, area, REPEATED);
        if self.wants_graph() {
            self.presented_graph_ui(ui, area.with_min_y(below + 8.0));
            return;
        }
        let lower = area.with_min_y(below + 26.0);
        let why = self.language.text("present-why");
        write(ui, lower, why, &(20.0..=34.0), true, palette.text);
    }

    pub(super) fn stage_step_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        let result = self.result();
        let text = format!("{} {result}", self.language.text("app-result"));
        let upper = area.with_max_y(area.top() + 76.0);
        let said = write(ui, upper, text, &(SMALLEST..=16.0), false, palette.text);
        let lower = area.with_min_y(said.rect.bottom() + 6.0);
        if self.wants_graph() {
            self.presented_graph_ui(ui, lower);
        } else {
            self.presented_stage_ui(ui, lower);
        }
    }

    pub(super) fn code_step_ui(&mut self, ui: &mut Ui, area: Rect) {
        let mut ui = ui.new_child(UiBuilder::new().max_rect(area));
        self.code_ui(&mut ui, CODE);
    }

    fn wants_graph(&self) -> bool {
        self.presenting.is_some_and(|presenting| presenting.graph)
    }

    /// Shows the figure with the words that explain it, or the reason why there is none. Returns its lower end.
    fn figure_ui(&self, ui: &mut Ui, area: Rect, height: f32) -> f32 {
        let palette = Palette::of(ui);
        let Some(KeyFigure { figure, words }) = self.presented_figure() else {
            let text = self.instead_of_figure();
            let upper = area.with_max_y(area.top() + height + 30.0);
            let said = write(ui, upper, text, &(SMALLEST..=26.0), true, palette.text);
            return said.rect.bottom();
        };
        let figure = self.language.say(&figure);
        let words = self.language.say(&words);
        let place = Rect::from_min_size(area.min, vec2(area.width(), height));
        let response = ui.allocate_rect(place, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, figure.as_str()));
        // The figure is measured by its digits, and a Chinese unit is higher than these.
        let inside = place.shrink2(vec2(0.0, height * 0.08));
        let digits = Pen::of(ui).number(inside, figure, palette.text);
        // A long figure is less high than its place, so the words come nearer to it.
        let below = Rect::from_min_max(
            pos2(area.left(), digits.bottom().max(area.top() + 34.0) + 12.0),
            area.max,
        );
        let below = below.with_max_y(below.top() + 48.0);
        let size = if height == FIGURE { 20.0 } else { 15.0 };
        let said = write(ui, below, words, &(SMALLEST..=size), true, palette.text);
        said.rect.bottom()
    }

    fn presented_figure(&self) -> Option<KeyFigure> {
        let record = self.presented_record()?;
        let demo = self.demos.chosen().demo();
        demo.key_figure(record).filter(|_| record.is_done())
    }

    /// The reason why there is no figure: the run was stopped, it failed, or it could not begin at all.
    fn instead_of_figure(&self) -> String {
        if self.presented_record().is_some() {
            return self.result();
        }
        let obstacle = self.obstacle(self.demos.chosen().variant());
        obstacle.unwrap_or_else(|| self.language.text("present-not-run").into_owned())
    }

    /// The answer that the run has given.
    fn presented_right(&self) -> Option<usize> {
        self.presented_verdict()?.right()
    }

    /// The reason why the run should be made again.
    fn why_again(&self) -> String {
        match self.presented_verdict() {
            Some(Verdict::Undecided(why)) => self.language.say(&why),
            // The result says that a run was stopped or failed; one whose cores were changed came to its end.
            _ if self.presented_record().is_some_and(Record::was_changed) => {
                self.language.text("present-undecided").into_owned()
            }
            _ => self.instead_of_figure(),
        }
    }

    /// A guess beside the right answer, in words.
    pub(super) fn guess_said(
        &self,
        question: &Question,
        guess: Option<usize>,
        right: usize,
    ) -> String {
        let language = self.language;
        let said = |answer: usize| Value::Word(self.answer_said(question, answer));
        let answer = ("answer", said(right));
        match guess {
            Some(guess) if guess == right => language.with("present-guess-right", &[answer]),
            Some(guess) => language.with("present-guess-wrong", &[("guess", said(guess)), answer]),
            None => language.with("present-right", &[answer]),
        }
    }

    /// An answer with its letter.
    pub(super) fn answer_said(&self, question: &Question, answer: usize) -> String {
        let choice = question.choices.get(answer);
        let text = choice.map_or_else(String::new, |choice| self.language.say(&choice.text));
        format!("{}  {text}", letter(answer))
    }

    fn presented_graph_ui(&self, ui: &mut Ui, area: Rect) {
        let demo = self.demos.chosen();
        let (id, params) = (demo.id(), demo.demo().params());
        let kept_back = self.kept_back();
        let mut told = self.session.comparable(id, &params);
        let others = self.session.count(id) - told.len();
        told.retain(|record| kept_back.allows(record));
        let runs = Runs {
            comparable: &told,
            live: None,
            others,
        };
        let mut ui = ui.new_child(UiBuilder::new().max_rect(area));
        timing_plot_ui(&mut ui, demo.demo(), &runs, self.language);
    }
}
