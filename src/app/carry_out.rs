//! Carries out actions, before the next frame is drawn.

use std::time::Instant;

use egui::Context;

use super::App;
use super::action::Action;
use super::dialogs::Dialog;
use super::settings::{self, Setting};
use crate::demos::responsive_ui::twins::protocol::Button;
use crate::widgets::stage::{Buttons, StageAction};
use crate::widgets::timeline::playhead_id;

impl App {
    /// Carries out one action at the moment `now`.
    pub(super) fn carry_out(&mut self, ctx: &Context, action: Action, now: Instant) {
        if let Some(presenting) = &mut self.presenting
            && action != Action::Escape
        {
            presenting.stay();
        }
        let action = match action {
            Action::RunOrStop => match self.run_button.pressed(now) {
                Some(action) => action,
                None => return,
            },
            action => action,
        };
        let view = self.view(now);
        let (is_busy, awaits_guess) = (view.is_busy(), view.awaits_guess());
        let (may_measure, from_stage) = (view.may_measure(), view.may_start_from_stage());
        let can_begin = !is_busy && !awaits_guess;
        let demo = self.demos.chosen_mut();
        match action {
            Action::ChooseDemo(index) => {
                if index != self.demos.index() {
                    self.session.end_run_by_input();
                    // Their small windows would lie over another demo's page.
                    self.session.twins_mut().close();
                }
                self.demos.choose(index);
                self.settings.remember_demo(self.demos.chosen().id());
            }
            Action::ChooseVariant(variant) => {
                if variant != demo.variant() {
                    self.session.end_run_by_input();
                }
                demo.choose(variant);
                self.session.twins_mut().forget();
            }
            Action::Run if self.presenting.is_some() => self.run_presented(now),
            Action::Run if self.session.runs_in_twins(demo) => {
                if !awaits_guess && demo.can_run() {
                    self.session.twins_mut().download(demo.params());
                }
            }
            Action::Run if can_begin && demo.can_run() => self.session.run(demo),
            Action::RunAll if can_begin && demo.can_run_all() => {
                self.session.start(demo.demo(), demo.all_variants());
            }
            Action::Repeat if can_begin && demo.can_run_all() => {
                let variants = demo.all_variants();
                let runs = 10 * variants.clone().count();
                self.session.start(demo.demo(), variants.cycle().take(runs));
            }
            // A guess is missing, or meanwhile a run has begun, or a parameter was changed to a value that can't be
            // run.
            Action::Run | Action::RunAll | Action::Repeat | Action::RunOrStop => {}
            Action::Stop => match &mut self.presenting {
                Some(presenting) => match self.session.running() {
                    Some(_) => self.session.stop(),
                    None => presenting.blank(),
                },
                None => {
                    self.session.stop();
                    self.session.twins_mut().close();
                }
            },
            Action::LimitCores(cores) => self.session.limit_cores(cores),
            Action::Kill(pid) => self.session.kill(pid),
            Action::SideBySide if self.session.twins().are_open() => {
                self.session.twins_mut().close();
            }
            Action::SideBySide => self.session.open_twins(ctx, demo.demo(), self.language),
            Action::ClickBoth => self.session.twins_mut().click_both(Button::About),
            Action::Stage(StageAction::Run { set, steer }) if from_stage => {
                self.session
                    .start_with(demo.demo(), demo.variant(), &set, steer);
            }
            Action::Stage(StageAction::Run { .. }) => {}
            Action::Stage(StageAction::Input(inputs)) => self.session.send_inputs(&inputs),
            Action::Clear => {
                self.session.clear(demo.id());
                if demo.buttons() == Buttons::Download {
                    self.session.twins_mut().forget();
                }
                self.guesses.clear(demo.id());
                self.marked = None;
            }
            Action::UndoClear if self.session.can_undo_clear(demo.id()) => {
                self.session.undo_clear(demo.id());
                self.guesses.undo_clear(demo.id());
            }
            Action::UndoClear => {}
            Action::Class(scope) if may_measure => self.machine.measure(ctx, scope),
            Action::Class(_) => {}
            Action::NewDraw if !is_busy => self.session.renew_draw(demo.demo()),
            Action::NewDraw => {}
            Action::ResetParams => demo.reset(),
            Action::ReplayAgain => self.session.replay(demo, now),
            Action::ReplayIncident => {
                if self.session.replay_incident(demo, now) {
                    // The playhead gets the keys, so that they pause and step.
                    ctx.memory_mut(|memory| memory.request_focus(playhead_id()));
                }
            }
            Action::LeaveIncident => {
                if self.session.leave_incident(demo) {
                    self.marked = None;
                }
            }
            Action::Seek(seek) => self.session.seek(demo, seek, now),
            Action::Mark(marked) => self.marked = marked,
            Action::Vote(place) => {
                if let Some(vote) = demo.votes().get(place) {
                    demo.set_up(vote);
                }
            }
            Action::Guess(answer) => {
                let presenting = self.presenting.as_mut();
                let is_asked = presenting.is_none_or(|it| it.steps.decide(answer));
                if let Some(question) = demo.question().filter(|_| is_asked) {
                    self.guesses.decide(demo.id(), &question, answer);
                }
            }
            Action::Raise { answer, change } => {
                if let Some(question) = demo.question() {
                    self.guesses.raise(demo.id(), &question, answer, change);
                }
            }
            Action::Set(setting) => {
                match setting {
                    Setting::Language(language) => self.language = language,
                    Setting::Theme(theme) => ctx.set_theme(theme),
                    _ => {}
                }
                self.settings.set(setting);
            }
            Action::Zoom(zoom) => ctx.set_zoom_factor(settings::within(zoom)),
            Action::Show(part) => self.part = part,
            Action::Spotlight => self.spotlight = !self.spotlight,
            Action::About => {
                self.dialogs.open(Dialog::About);
                // The click came with the frame before, which is the latest that was drawn.
                self.session.about_opened(self.frames.latest_began());
            }
            Action::CloseDialog(number) => self.dialogs.close(number),
            Action::Present if self.presenting.is_some() => self.leave_presentation(ctx),
            Action::Present => self.begin_presentation(ctx, now),
            Action::Notes => self.notes.toggle(),
            Action::NextStep
            | Action::PreviousStep
            | Action::Blank
            | Action::Unblank
            | Action::Graph
            | Action::Escape
            | Action::GoToPlan
            | Action::GoTo(_)
            | Action::Tick(_)
            | Action::Earlier(_)
            | Action::Later(_) => self.present(ctx, action, now),
        }
    }
}
