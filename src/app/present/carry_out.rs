//! Carries out the actions that only a presentation knows.

use std::time::Instant;

use egui::Context;

use super::Presenting;
use super::steps::{Facts, Step};
use crate::app::App;
use crate::app::action::Action;

impl App {
    /// Begins a presentation.
    pub(in crate::app) fn begin_presentation(&mut self, ctx: &Context, now: Instant) {
        // The controls of a run by input are not in the presentation.
        self.session.end_run_by_input();
        self.session.twins_mut().close();
        self.session.leave_incident(self.demos.chosen());
        self.dialogs.close_all();
        let left = self.lesson.take();
        self.presenting = Some(Presenting::begin(ctx, &self.demos, &self.settings, left));
        self.enter_step(now);
    }

    /// Leaves the presentation, and shows the window as it was before.
    pub(in crate::app) fn leave_presentation(&mut self, ctx: &Context) {
        if let Some(presenting) = self.presenting.take() {
            self.session.leave_incident(self.demos.chosen());
            self.lesson = presenting.leave(ctx, &mut self.demos);
            self.dialogs.close_all();
            self.marked = None;
        }
    }

    /// Carries out an action at the moment `now`.
    pub(in crate::app) fn present(&mut self, ctx: &Context, action: Action, now: Instant) {
        let facts = self.view(now).facts();
        let is_stuck = self.view(now).is_stuck();
        let Some(presenting) = &mut self.presenting else {
            return;
        };
        if action == Action::Escape {
            if presenting.escape() {
                self.leave_presentation(ctx);
            }
            return;
        }
        let step = presenting.step();
        match action {
            Action::NextStep | Action::PreviousStep | Action::GoTo(_) | Action::GoToPlan
                if !presenting.is_settled() => {}
            Action::NextStep if step == Step::Running && is_stuck => self.session.stop(),
            // A run that goes on is not left, and its dialogs stay.
            Action::NextStep | Action::PreviousStep | Action::GoTo(_) | Action::GoToPlan
                if step == Step::Running => {}
            // Dialogs over the step are closed first, but those of the run itself with the step that shows them.
            Action::NextStep if self.dialogs.newest().is_some() && step != Step::Over => {
                self.dialogs.close_all();
            }
            Action::NextStep => {
                self.dialogs.close_all();
                self.take_vote(step);
                // The vote that was just taken tells whether there is a second one.
                let facts = Facts {
                    is_split: self.view(now).is_split(),
                    ..facts
                };
                let Some(presenting) = &mut self.presenting else {
                    return;
                };
                if presenting.steps.forward(facts) {
                    self.run_presented(now);
                } else {
                    self.enter_step(now);
                }
            }
            Action::PreviousStep => {
                self.dialogs.close_all();
                if step == Step::HandsAgain(0)
                    && let Some(question) = self.demos.chosen().question()
                {
                    let id = self.demos.chosen().id();
                    self.guesses.undo_ask_again(id, &question);
                }
                presenting.steps.back(facts);
                self.enter_step(now);
            }
            Action::GoTo(index) => {
                self.dialogs.close_all();
                presenting.go_to(index, &self.demos);
                self.enter_step(now);
            }
            Action::GoToPlan => {
                self.dialogs.close_all();
                presenting.steps.go_to_plan();
                self.enter_step(now);
            }
            Action::Blank => presenting.blank(),
            Action::Unblank => presenting.unblank(),
            Action::Graph => presenting.toggle_graph(),
            Action::Tick(index) | Action::Earlier(index) | Action::Later(index) => {
                let id = self.demos.all()[index].id();
                match action {
                    Action::Tick(_) => self.settings.tick(id),
                    _ => self.settings.shift(id, action == Action::Earlier(index)),
                }
                presenting.plan(&self.demos, &self.settings);
            }
            _ => {}
        }
    }

    /// Takes the vote that ends with `step`: the class is asked anew, or what most hands went up for is its guess.
    fn take_vote(&mut self, step: Step) {
        let Some(presenting) = &self.presenting else {
            return;
        };
        let demo = self.demos.chosen();
        let Some(question) = demo.question() else {
            return;
        };
        let id = demo.id();
        match step {
            Step::Question => self.guesses.ask_anew(id, &question),
            Step::Neighbour => self.guesses.ask_again(id, &question),
            Step::Hands(answer) | Step::HandsAgain(answer)
                if presenting.steps.decided().is_none() && answer + 1 == question.choices.len() =>
            {
                self.guesses.follow_most_hands(id, &question);
            }
            _ => {}
        }
    }

    /// Shows the presentation's step: its demo and variant, its replay, and the mark on the first step of its code.
    fn enter_step(&mut self, now: Instant) {
        let Some(presenting) = &mut self.presenting else {
            return;
        };
        self.session.leave_incident(self.demos.chosen());
        self.marked = presenting.enter(&mut self.demos);
        match presenting.step() {
            Step::Stage if self.settings.slow_replay => {
                self.session.replay(self.demos.chosen(), now);
            }
            Step::Autopsy => {
                self.session.replay_incident(self.demos.chosen(), now);
            }
            _ => {}
        }
    }

    /// Starts the run that the question is about, if the step asks for one, or again if the last one has answered
    /// nothing. If it can't be run, the next step says why.
    pub(in crate::app) fn run_presented(&mut self, now: Instant) {
        let view = self.view(now);
        let (may_run, is_busy) = (view.offers_run(), view.is_busy());
        let runs_already = view.runs_presented();
        let Some(presenting) = &mut self.presenting else {
            return;
        };
        if !may_run {
            return;
        }
        self.dialogs.close_all();
        let demo = self.demos.chosen();
        if runs_already {
            // It was begun before the presentation, or left.
            presenting.steps.run_began();
        } else if is_busy {
            // Another run has the cores until its end.
        } else if demo.can_run() {
            self.session.run_with_baseline(demo);
            presenting.steps.run_began();
        } else {
            presenting.steps.run_ended(false);
        }
    }
}
