//! The window's parts as one frame shows them, and the actions that it asks for.

use std::time::{Duration, Instant};

use super::action::Action;
use super::calibration::Machine;
use super::demo_state::Demos;
use super::dialogs::Dialogs;
use super::guesses::{Answered, Guesses};
use super::part::Part;
use super::present::Presenting;
use super::session::Session;
use super::session::scene::KeptBack;
use super::settings::Settings;
use crate::lab::demo::{Question, VariantId};
use crate::lab::trace::record::Record;
use crate::text::Language;
use crate::widgets::heartbeat_ui::Heartbeat;
use crate::widgets::stage::Marked;

/// The window's parts as one frame shows them. Drawing changes nothing but the parameters and the picture of the shown
/// demo; all else is asked for as an [`Action`].
pub struct View<'app> {
    /// The moment of the frame, which all its parts show.
    pub now: Instant,
    /// Language of all that is drawn.
    pub language: Language,
    /// All demos, and the one that is shown.
    pub demos: &'app mut Demos,
    /// The runs of this session.
    pub session: &'app Session,
    /// The remembered settings.
    pub settings: &'app Settings,
    /// The class's guesses.
    pub guesses: &'app Guesses,
    /// The machine, and how long runs take on it.
    pub machine: &'app Machine,
    /// The frames of this window.
    pub heartbeat: &'app Heartbeat,
    /// The step that is marked in timeline and code.
    pub marked: Option<Marked>,
    /// The part of the page that is shown in the place that parts share.
    pub part: Part,
    /// The open dialogs.
    pub dialogs: &'app Dialogs,
    /// The number of the dialog that was opened last.
    pub newest_dialog: Option<u64>,
    /// Whether the spotlight is on.
    pub spotlight: bool,
    /// The presentation that goes on.
    pub presenting: Option<&'app Presenting>,
    /// Whether the teacher's window is open where the class can't see it.
    pub notes_beside: bool,
    /// Whether the teacher's window is gone, though nobody has closed it.
    pub notes_lost: bool,
    /// Whether the window plays a tour.
    pub on_tour: bool,
    /// The actions asked for in this frame.
    pub actions: &'app mut Vec<Action>,
}

impl View<'_> {
    /// Whether a run, or the measurement of their speed, takes the cores.
    pub fn is_busy(&self) -> bool {
        self.session.is_busy() || self.machine.is_measuring()
    }

    /// The variant of the chosen demo that runs now; while several run in turn it need not be the chosen one.
    pub fn running_variant(&self) -> Option<VariantId> {
        let running = self.session.running_of(self.demos.chosen().id())?;
        Some(running.info().variant)
    }

    /// How long the run of the chosen demo that goes on is expected to take, with its own parameters.
    pub fn expected_of_running(&self) -> Option<Duration> {
        let running = self.session.running_of(self.demos.chosen().id())?;
        let info = running.info();
        let known = self.session.comparable(info.demo, &info.params);
        let mut like_it = known.into_iter().rev();
        let last = like_it.find(|record| record.is_done() && record.info.variant == info.variant);
        let times = &self.machine.times;
        times.expected(running.demo(), info.variant, last)
    }

    /// The action that closes the newest dialog, or else turns the spotlight off, as Escape does first.
    pub fn put_away(&self) -> Option<Action> {
        let spotlight = self.spotlight.then_some(Action::Spotlight);
        self.newest_dialog.map(Action::CloseDialog).or(spotlight)
    }

    /// Whether runs of the chosen demo were cleared away that can come back.
    pub fn can_undo_clear(&self) -> bool {
        self.session.can_undo_clear(self.demos.chosen().id())
    }

    /// Whether this machine can be measured: nothing goes on that the measurement would disturb, or be disturbed by.
    pub fn may_measure(&self) -> bool {
        !self.is_busy() && !self.session.twins().are_busy()
    }

    /// The answers that the runs with the parameters gave which `question` is about, as far as they may be told.
    pub fn answered(&self, question: &Question) -> Answered {
        Answered::by(question, self.told_runs())
    }

    /// Whether a run waits for a guess: none is in at the question that is shown.
    pub fn awaits_guess(&self) -> bool {
        let question = self.demos.chosen().question();
        question.is_some_and(|question| self.is_unguessed(&question))
    }

    /// Whether the stage may start a run of its own: none goes on but one that gives way, and no guess is missing.
    pub fn may_start_from_stage(&self) -> bool {
        let is_free = !self.is_busy() || self.session.goes_by_input();
        is_free && !self.awaits_guess()
    }

    /// The variants of the shown demo about which a question waits for a guess.
    pub fn unguessed(&self) -> Vec<VariantId> {
        self.kept_back().variants
    }

    /// Whether a guess must come before a run.
    fn asks_first(&self) -> bool {
        // A tour has no guesses, and a presentation has steps for them.
        self.settings.guess_first && !self.on_tour && self.presenting.is_none()
    }

    /// Whether `question` has no guess yet. A run that the stage has started itself was seen by all, so its question
    /// comes too late for one.
    fn is_unguessed(&self, question: &Question) -> bool {
        let demo = self.demos.chosen();
        let guess = || self.guesses.at(demo.id(), question);
        self.asks_first() && !demo.asks_about_shown() && guess().vote.answer.is_none()
    }
}

/// The runs that may be told: a guess comes before the answer.
impl<'app> View<'app> {
    /// The runs of the chosen demo that are kept back now.
    pub fn kept_back(&self) -> KeptBack<'app> {
        if let Some(presenting) = self.presenting {
            return KeptBack {
                variants: self.asked_later(presenting),
                unseen: None,
            };
        }
        if !self.asks_first() {
            return KeptBack::default();
        }
        let demo = self.demos.chosen();
        let mut questions = demo.demo().questions();
        questions.retain(|question| question.variant != demo.variant());
        questions.extend(demo.question());
        let (unguessed, guessed): (Vec<_>, Vec<_>) = questions
            .into_iter()
            .partition(|question| self.is_unguessed(question));
        let guessed = |variant| guessed.iter().any(|question| question.variant == variant);
        let variants = unguessed.iter().map(|question| question.variant);
        KeptBack {
            variants: variants.filter(|variant| !guessed(*variant)).collect(),
            unseen: self.session.unseen(self.now),
        }
    }

    /// Whether the chosen variant's latest run is being replayed for the first time, and is not told before its end.
    pub fn is_unseen(&self) -> bool {
        let latest = self.session.latest(self.demos.chosen());
        let unseen = self.kept_back().unseen;
        unseen.is_some_and(|unseen| {
            latest.is_some_and(|latest| latest.record.info.variant == unseen.info.variant)
        })
    }

    /// Finished runs of the chosen demo that its question is about and that may be told, oldest first.
    pub fn told_runs(&self) -> Vec<&'app Record> {
        let demo = self.demos.chosen();
        let mut runs = self.session.comparable(demo.id(), &demo.asked_params());
        let kept_back = self.kept_back();
        runs.retain(|record| kept_back.allows(record));
        runs
    }
}
