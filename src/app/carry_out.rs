//! What a click or key asked for is done here, before the next frame is drawn.

use std::time::Instant;

use egui::Context;

use super::App;
use super::command::Command;
use super::dialogs::Dialog;
use crate::app::session::playhead::Playback;
use crate::demos::responsive_ui::twins::wire::Button;
use crate::lab::demo::RunsOn;
use crate::widgets::stage::StageAction;

impl App {
    /// Carries out one wish of the person at the window.
    pub(super) fn apply(&mut self, ctx: &Context, command: Command) {
        let awaits_guess = self.awaits_guess(&self.rooms[self.chosen]);
        let is_busy = self.is_busy();
        if command == Command::Run && self.twins_do_it() {
            if !awaits_guess {
                self.download_in_twins();
            }
            return;
        }
        let room = &mut self.rooms[self.chosen];
        match command {
            Command::ChooseDemo(index) => {
                if index != self.chosen {
                    self.session.leave_steered();
                }
                self.chosen = index;
                self.settings.demo = Some(self.rooms[index].demo.id().to_owned());
            }
            Command::ChooseVariant(variant) => {
                if variant != room.variant {
                    self.session.leave_steered();
                }
                room.variant = variant;
                self.session.twins.forget();
            }
            Command::Run if !is_busy && !awaits_guess && room.demo.check(room.variant).is_ok() => {
                if room.place() == RunsOn::UiThread {
                    // One more picture first: the pressed button and the warning are what will stay on the screen.
                    self.armed = true;
                    ctx.request_repaint();
                } else {
                    self.session.start(room.demo.as_ref(), [room.variant]);
                }
            }
            Command::RunAll if room.can_run_all() && !awaits_guess && !is_busy => {
                self.session.start(room.demo.as_ref(), room.all_variants());
            }
            Command::Repeat if room.can_run_all() && !awaits_guess && !is_busy => {
                let ten_times = room
                    .all_variants()
                    .cycle()
                    .take(10 * room.demo.variants().len());
                self.session.start(room.demo.as_ref(), ten_times);
            }
            // No guess is in yet; or meanwhile a run has begun, or a parameter was changed to what can't be run.
            Command::Run | Command::RunAll | Command::Repeat => {}
            Command::LimitCores(cores) => self.session.limit_cores(cores),
            Command::Kill(pid) => self.session.kill(pid),
            Command::Stop => {
                self.session.stop();
                self.session.twins.close();
            }
            Command::SideBySide => self.side_by_side(ctx),
            Command::ClickBoth => self.session.twins.click_both(Button::About),
            Command::Clear => {
                self.session.clear(room.demo.id());
                self.guesses.forget(room.demo.id());
            }
            Command::ResetParams => room.reset(),
            Command::NewDraw if !is_busy => self.session.renew_draw(room.demo.as_ref()),
            Command::NewDraw => {}
            Command::Class => self.prepare_class(ctx),
            Command::ReplayAgain => {
                if let Some(finished) = self.session.latest_of_mut(room.demo.id(), room.variant) {
                    finished.playback = Playback::starting(Instant::now(), &finished.log);
                }
            }
            Command::Seek(turn) => self.session.turn(room.demo.id(), room.variant, turn),
            Command::Dissect => self.dissect(ctx),
            Command::LeaveDissection => {
                if let Some(finished) = self.session.latest_of_mut(room.demo.id(), room.variant) {
                    finished.playback.leave();
                    self.marked = None;
                }
            }
            Command::SlowReplay(on) => self.settings.slow_replay = on,
            Command::Vote(place) => {
                if let Some(vote) = room.demo.votes().get(place) {
                    room.set_up(vote);
                }
            }
            Command::GuessFirst(on) => self.settings.guess_first = on,
            Command::CountHands(on) => self.settings.count_hands = on,
            Command::Guess(answer) => {
                if let Some(question) = room.question() {
                    self.guesses.decide(room.demo.id(), &question, answer);
                }
            }
            Command::Raise { answer, change } => {
                if let Some(question) = room.question() {
                    self.guesses
                        .raise(room.demo.id(), &question, answer, change);
                }
            }
            Command::Picture(StageAction::Run { set, steer }) => {
                self.session
                    .start_with(room.demo.as_ref(), room.variant, &set, steer);
            }
            Command::Picture(StageAction::Input(words)) => self.session.steer(&words),
            Command::Mark(marked) => self.marked = marked,
            Command::Present(wish) => self.present(ctx, wish),
            Command::Spotlight => self.spotlight = !self.spotlight,
            Command::ShowCode(show) => self.settings.code = show,
            Command::CodeTab(tab) => self.settings.code_tab = tab,
            Command::About => {
                self.dialogs.open(Dialog::About);
                // The frame in which the click came was the one before.
                self.session.about_opened(self.heartbeat.frame_began);
            }
            Command::CloseDialog(number) => self.dialogs.close(number),
            Command::Speak(language) => {
                self.language = language;
                self.settings.language = Some(language);
            }
            Command::Theme(theme) => {
                ctx.set_theme(theme);
                self.settings.theme = theme;
            }
        }
    }

    /// The freeze itself: the picture that announced it is on the screen, and this thread now does the task.
    pub(super) fn start_armed(&mut self) {
        let room = &self.rooms[self.chosen];
        self.armed = false;
        self.session.start(room.demo.as_ref(), [room.variant]);
    }
}
