//! The end of a presentation: all guesses and outcomes, on as many pages as they take.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Galley, Label, Rect, Ui, Vec2};

use crate::app::guesses::{Answered, Ballot, Guess, letter};
use crate::app::present::steps::Stop;
use crate::app::present::text::{HINT, write};
use crate::app::view::View;
use crate::lab::demo::Question;
use crate::lab::demo::value::Value;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};

/// How many questions a page has.
const ROWS: usize = 3;

/// A question of the lesson that was guessed or answered.
struct Outcome {
    question: Question,
    guess: Guess,
    /// The answer that was right in its latest run.
    right: Option<usize>,
}

impl View<'_> {
    /// How many pages the guesses and outcomes take; one if there are none.
    pub(super) fn end_pages(&self) -> usize {
        self.outcomes().len().div_ceil(ROWS).max(1)
    }

    /// Shows one page of the guesses and outcomes.
    pub(super) fn end_step_ui(&mut self, ui: &mut Ui, area: Rect, page: usize) {
        let palette = Palette::of(ui);
        let outcomes = self.outcomes();
        if outcomes.is_empty() {
            let end = self.language.text("present-end");
            write(ui, area, end, &(20.0..=36.0), true, palette.text);
            return;
        }
        let height = area.height() / ROWS as f32;
        let rows = outcomes.iter().skip(page * ROWS).take(ROWS);
        for (row, outcome) in rows.enumerate() {
            let top = area.top() + height * row as f32;
            let place = Rect::from_x_y_ranges(area.x_range(), top..=top + height - 6.0);
            let galley = self.outcome_text(ui, place.size(), outcome);
            ui.put(
                Rect::from_min_size(place.min, galley.size()),
                Label::new(galley),
            );
        }
    }

    /// A question, and below it the guess and the right answer, as large as they fit into `room`.
    fn outcome_text(&self, ui: &Ui, room: Vec2, outcome: &Outcome) -> Arc<Galley> {
        let palette = Palette::of(ui);
        let asked = format!("{}\n", self.language.say(&outcome.question.text));
        let said = self.outcome_said(outcome);
        let mut size = *HINT.end();
        loop {
            let mut text = LayoutJob::default();
            text.wrap.max_width = room.x;
            for (part, font) in [(&asked, bold_font(size)), (&said, font(size))] {
                text.append(part, 0.0, TextFormat::simple(font, palette.text));
            }
            let galley = ui.painter().layout_job(text);
            if galley.size().y <= room.y || size <= *HINT.start() {
                return galley;
            }
            size -= 1.0;
        }
    }

    /// The guess beside the right answer, and how many hands went up for that.
    fn outcome_said(&self, outcome: &Outcome) -> String {
        let Outcome {
            question,
            guess,
            right,
        } = outcome;
        let Some(right) = *right else {
            return guess.vote.answer.map_or_else(String::new, |guess| {
                let guess = [("guess", Value::Word(self.answer_said(question, guess)))];
                self.language.with("present-guess-open", &guess)
            });
        };
        let mut said = self.guess_said(question, guess.vote.answer, right);
        if guess.was_counted() {
            said.push_str("   ");
            said.push_str(&self.hands_said(guess, right));
        }
        said
    }

    /// How many hands went up for the right answer, in each vote.
    fn hands_said(&self, guess: &Guess, right: usize) -> String {
        let share = |vote: &Ballot| {
            let hands = [
                ("hands", u64::from(vote.hands[right]).into()),
                ("all", u64::from(vote.all_hands()).into()),
            ];
            Value::Word(self.language.with("present-hands-share", &hands))
        };
        let letter = Value::Word(letter(right).to_string());
        let first = guess.first.filter(|first| first.all_hands() > 0);
        match (first, guess.vote) {
            (Some(first), vote) if vote.all_hands() > 0 => self.language.with(
                "present-hands-twice",
                &[
                    ("answer", letter),
                    ("first", share(&first)),
                    ("hands", share(&vote)),
                ],
            ),
            (first, vote) => {
                let counted = first.unwrap_or(vote);
                let shares = [("answer", letter), ("hands", share(&counted))];
                self.language.with("present-hands-once", &shares)
            }
        }
    }

    /// The questions of the lesson that were guessed or answered, in its order.
    fn outcomes(&self) -> Vec<Outcome> {
        let Some(presenting) = self.presenting else {
            return Vec::new();
        };
        let stops = presenting.steps.stops().iter();
        stops.filter_map(|stop| self.outcome(*stop)).collect()
    }

    fn outcome(&self, stop: Stop) -> Option<Outcome> {
        let demo = &self.demos.all()[stop.demo];
        let vote = demo.votes().into_iter().nth(stop.vote)?;
        let question = demo.question_of(&vote)?;
        let guess = self.guesses.at(demo.id(), &question);
        let runs = self.session.comparable(demo.id(), &demo.params_of(&vote));
        let right = Answered::by(&question, runs).latest;
        let is_there = right.is_some() || guess.vote.answer.is_some();
        is_there.then_some(Outcome {
            question,
            guess,
            right,
        })
    }
}
