//! The facts about the vote that is shown: what decides which step comes next, and what may be told.

use std::time::Duration;

use super::Presenting;
use super::steps::{Facts, Step, Stop};
use crate::app::guesses::Guess;
use crate::app::view::View;
use crate::lab::demo::verdict::Verdict;
use crate::lab::demo::{Question, VariantId};
use crate::lab::trace::record::Record;

/// A run is stuck if it takes longer than this, and more than [`STUCK_TIMES`] as long as was expected.
const STUCK_AFTER: Duration = Duration::from_secs(10);
const STUCK_TIMES: u32 = 3;

impl View<'_> {
    /// The facts that decide which step comes next.
    pub(super) fn facts(&self) -> Facts {
        Facts {
            is_split: self.is_split(),
            voted_again: self.presented_guess().first.is_some(),
            is_answered: matches!(self.presented_verdict(), Some(Verdict::Right(_))),
            has_incident: self.presented_record().is_some() && self.has_incident(),
            pages: self.end_pages(),
        }
    }

    /// The question of the vote that is shown.
    pub(super) fn presented_question(&self) -> Option<Question> {
        let (demo, vote) = self.presenting?.vote(self.demos)?;
        demo.question_of(&vote)
    }

    /// How many answers the question of the vote has.
    pub(super) fn presented_answers(&self) -> usize {
        let stop = self
            .presenting
            .and_then(|presenting| presenting.steps.stop());
        stop.map_or(0, |stop| stop.answers)
    }

    /// The variant that is voted about.
    pub(super) fn presented_variant(&self) -> Option<VariantId> {
        let (_, vote) = self.presenting?.vote(self.demos)?;
        Some(vote.variant)
    }

    /// The guess of the class at the question that is shown.
    pub(super) fn presented_guess(&self) -> Guess {
        let question = self.presented_question();
        let id = self.demos.chosen().id();
        let guess = question.map(|question| self.guesses.at(id, &question));
        guess.unwrap_or_default()
    }

    /// Whether the class was counted, and too few agree to go on without talking.
    pub(super) fn is_split(&self) -> bool {
        let settings = self.settings;
        settings.count_hands && settings.vote_again && self.presented_guess().is_split()
    }

    /// The record of the vote that is shown: its variant's latest run, if that had these parameters.
    pub(super) fn presented_record(&self) -> Option<&Record> {
        let demo = self.demos.chosen();
        let record = &self.session.latest(demo)?.record;
        (record.info.params == demo.params()).then_some(record)
    }

    /// The verdict of the vote's run on its question.
    pub(super) fn presented_verdict(&self) -> Option<Verdict> {
        self.presented_question()?.verdict(self.presented_record()?)
    }

    /// Whether the step offers to run: no run was made yet, or the last one has not answered the question.
    pub(super) fn offers_run(&self) -> bool {
        match self.presenting.map(|presenting| presenting.step()) {
            Some(Step::Ready) => true,
            Some(Step::Number) => self.offers_again(),
            _ => false,
        }
    }

    /// Whether the last run should be made again: it was stopped, failed, or decides nothing.
    pub(super) fn offers_again(&self) -> bool {
        let is_decided = match self.presented_question() {
            Some(_) => matches!(self.presented_verdict(), Some(Verdict::Right(_))),
            None => self.presented_record().is_some_and(Record::is_done),
        };
        !is_decided
    }

    /// Whether the run that goes on takes so much longer than expected that it is not waited for any more.
    pub(super) fn is_stuck(&self) -> bool {
        self.stuck_in() == Some(Duration::ZERO)
    }

    /// How much later the run that goes on is stuck, if it has not come to its end by then.
    pub(super) fn stuck_in(&self) -> Option<Duration> {
        let running = self.session.running()?;
        let expected = self.expected_of_running().unwrap_or_default();
        let patience = (STUCK_TIMES * expected).max(STUCK_AFTER + expected);
        Some(patience.saturating_sub(running.time(self.now)))
    }

    /// Whether the run of the vote that is shown goes on.
    pub(super) fn runs_presented(&self) -> bool {
        let demo = self.demos.chosen();
        let running = self.session.running_of(demo.id());
        running.is_some_and(|running| {
            let info = running.info();
            info.variant == demo.variant() && info.params == demo.params()
        })
    }

    /// The variants of the chosen demo that a presentation tells nothing of: a vote on them is still to come, or the
    /// lesson has none and nobody has guessed.
    pub(in crate::app) fn asked_later(&self, presenting: &Presenting) -> Vec<VariantId> {
        let (demo, index) = (self.demos.chosen(), self.demos.index());
        let votes = demo.votes();
        let asked = |stops: &[Stop]| -> Vec<VariantId> {
            // A run about which nothing is asked tells no answer.
            let stops = stops.iter().filter(|stop| stop.answers > 0);
            let stops = stops.filter(|stop| stop.demo == index);
            let stops = stops.filter_map(|stop| votes.get(stop.vote));
            stops.map(|vote| vote.variant).collect()
        };
        let mut variants = asked(presenting.steps.unseen());
        let in_lesson = asked(presenting.steps.stops());
        for question in demo.demo().questions() {
            let guess = || self.guesses.at(demo.id(), &question);
            if !in_lesson.contains(&question.variant) && guess().vote.answer.is_none() {
                variants.push(question.variant);
            }
        }
        // Other values of a variant that is seen may be asked about later.
        let is_other = |running: VariantId| running != demo.variant();
        if presenting.steps.shows_run() && !self.running_variant().is_some_and(is_other) {
            variants.retain(|variant| *variant != demo.variant());
        }
        variants
    }

    fn has_incident(&self) -> bool {
        let demo = self.demos.chosen();
        let finished = self.session.latest(demo);
        finished.is_some_and(|finished| {
            let incident = demo.demo().incident(&finished.record, &finished.log);
            incident.is_some()
        })
    }
}
