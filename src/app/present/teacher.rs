//! The page of the teacher's window for each step of a presentation, and the way from and to that window.

use egui::Context;

use super::steps::Step;
use crate::app::App;
use crate::app::notes::page::{AnswerLine, Counting, Page};
use crate::app::view::View;
use crate::lab::demo::RedrawPolicy;

impl App {
    /// Shows the present step in the teacher's window, and closes that with the presentation.
    pub(in crate::app) fn follow_notes(
        &mut self,
        ctx: &Context,
        frame: &eframe::Frame,
        now: std::time::Instant,
    ) {
        let presents = self.presenting.is_some();
        self.notes.follow(ctx, frame, self.language, presents);
        if self.notes.is_open() {
            let page = self.view(now).teacher_page();
            self.notes.show(page);
        }
    }
}

impl View<'_> {
    /// The page of the teacher's window.
    fn teacher_page(&self) -> Page {
        let Some(presenting) = self.presenting else {
            return Page::default();
        };
        let running = self.session.running();
        let mut page = Page {
            quiet: running.is_some_and(|running| running.pace() == RedrawPolicy::Quiet),
            ..Page::default()
        };
        if presenting.is_blank() {
            page.now = self.language.text("present-blank").into_owned();
            return page;
        }
        let step = presenting.step();
        page.now = self.language.text(name(step)).into_owned();
        page.next = self.foot_said();
        if step == Step::Code {
            page.upcoming = self.upcoming();
        }
        if !matches!(step, Step::Plan | Step::End(_)) {
            self.tell_vote(&mut page, step);
        }
        page
    }

    /// Tells the demo, the question with its hands, and the talking points.
    fn tell_vote(&self, page: &mut Page, step: Step) {
        let Some((presenting, (demo, vote))) = self
            .presenting
            .and_then(|presenting| Some((presenting, presenting.vote(self.demos)?)))
        else {
            return;
        };
        let language = self.language;
        let title = language.text(&format!("{}-title", demo.id()));
        page.title = format!("{} · {title}", demo.number());
        if self.notes_beside || is_told(step) && !self.offers_again() {
            page.points = language.talking_points(demo.id(), &vote);
        }
        let Some(question) = demo.question_of(&vote) else {
            return;
        };
        page.question = language.say(&question.text);
        let guess = self.guesses.at(demo.id(), &question);
        let counts = self.settings.count_hands;
        let first = guess.first.unwrap_or(guess.vote);
        let answers = question.choices.iter().enumerate();
        let answers = answers.map(|(index, choice)| AnswerLine {
            text: language.say(&choice.text),
            first: counts.then_some(first.hands[index]),
            second: (counts && guess.first.is_some()).then_some(guess.vote.hands[index]),
            is_guess: guess.vote.answer == Some(index),
        });
        page.answers = answers.collect();
        page.counting = step.hands().filter(|_| counts).map(|answer| Counting {
            vote: presenting.steps.vote_number(),
            again: matches!(step, Step::HandsAgain(_)),
            answer,
        });
    }

    /// What the vote after this one asks, or else what it runs.
    fn upcoming(&self) -> String {
        let stop = self
            .presenting
            .and_then(|presenting| presenting.steps.next_stop());
        let Some(stop) = stop else {
            return String::new();
        };
        let demo = &self.demos.all()[stop.demo];
        let vote = demo.votes().into_iter().nth(stop.vote);
        let question = vote.as_ref().and_then(|vote| demo.question_of(vote));
        match (question, vote) {
            (Some(question), _) => self.language.say(&question.text),
            (None, Some(vote)) => {
                let key = format!("{}-{}", demo.id(), vote.variant);
                self.language.text(&key).into_owned()
            }
            (None, None) => String::new(),
        }
    }
}

/// Whether the class knows the answer at this step. Where it can see the teacher's window, too, no talking point may
/// tell it before.
fn is_told(step: Step) -> bool {
    matches!(
        step,
        Step::Number | Step::Why | Step::Stage | Step::Autopsy | Step::Code
    )
}

/// The key of a step's name.
fn name(step: Step) -> &'static str {
    match step {
        Step::Plan => "notes-plan",
        Step::Question => "notes-question",
        Step::Hands(_) => "notes-hands-up",
        Step::Neighbour => "present-neighbour",
        Step::HandsAgain(_) => "notes-hands-up-again",
        Step::Ready => "notes-ready",
        Step::Running => "notes-running",
        Step::Over => "notes-over",
        Step::Number => "notes-number",
        Step::Why => "present-why",
        Step::Stage => "notes-stage",
        Step::Autopsy => "notes-autopsy",
        Step::Code => "notes-code",
        Step::End(_) => "present-end",
    }
}
