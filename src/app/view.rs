//! The window's parts as one frame shows them, and the actions that it asks for.

use std::time::Instant;

use super::action::Action;
use super::calibration::Machine;
use super::demo_state::Demos;
use super::guesses::{Answered, Guesses};
use super::part::Part;
use super::present::Presenting;
use super::session::Session;
use super::settings::Settings;
use crate::lab::demo::{Question, VariantId};
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
    /// The number of the dialog that was opened last.
    pub newest_dialog: Option<u64>,
    /// Whether the spotlight is on.
    pub spotlight: bool,
    /// The presentation that goes on.
    pub presenting: Option<&'app Presenting>,
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

    /// Whether runs of the chosen demo were cleared away that can come back.
    pub fn can_undo_clear(&self) -> bool {
        self.session.can_undo_clear(self.demos.chosen().id())
    }

    /// Whether this machine can be measured: nothing goes on that the measurement would disturb, or be disturbed by.
    pub fn may_measure(&self) -> bool {
        !self.is_busy() && !self.session.twins().are_busy()
    }

    /// The answers to `question` that the runs with the parameters gave which it is about.
    pub fn answered(&self, question: &Question) -> Answered {
        let demo = self.demos.chosen();
        Answered::by(
            question,
            self.session.comparable(demo.id(), &demo.asked_params()),
        )
    }

    /// Whether a run waits for a guess: no guess is in, and no run has given the answer away.
    pub fn awaits_guess(&self) -> bool {
        let question = self.demos.chosen().question();
        self.asks_first() && question.is_some_and(|question| self.is_open(&question))
    }

    /// The variants of the shown demo about which a question waits for a guess. In a presentation guesses come first,
    /// too.
    pub fn unguessed(&self) -> Vec<VariantId> {
        if !self.asks_first() && self.presenting.is_none() {
            return Vec::new();
        }
        let questions = self.demos.chosen().demo().questions().into_iter();
        questions
            .filter(|question| self.is_open(question))
            .map(|question| question.variant)
            .collect()
    }

    /// Whether a guess comes before a run. A tour has no guesses.
    fn asks_first(&self) -> bool {
        self.settings.guess_first && !self.on_tour
    }

    /// Whether `question` has no guess yet, and no run has given the answer away.
    fn is_open(&self, question: &Question) -> bool {
        let guess = self.guesses.at(self.demos.chosen().id(), question);
        guess.answer.is_none() && self.answered(question).decided() == 0
    }
}
