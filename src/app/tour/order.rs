//! The order of a tour, without drawing: the demos play by themselves, one after another, through the same actions as a
//! person's clicks.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::app::action::Action;
use crate::lab::demo::{Highlight, VariantId};

/// Share of a demo's time in which its question can be read before anything runs.
const ASKING: f64 = 0.1;
/// Share of a demo's time that its runs may take.
pub(super) const RUNNING: f64 = 0.6;
/// Least share of a demo's time in which the results can be looked at.
const SHOWING: f64 = 0.3;

/// A run is stuck if it takes so many times longer than a demo's time, and a minute.
const PATIENCE: u32 = 10;
const LEAST_PATIENCE: Duration = Duration::from_secs(60);

/// Time between two looks whether the moment of a picture has come.
const LOOK: Duration = Duration::from_millis(50);

/// A stop of the tour: a demo, its runs and its picture.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    /// The demo's place in the registry.
    pub(super) demo: usize,
    /// Variants to be run one at a time, because one of them freezes the window. If there are none, `Run all` runs all
    /// variants.
    pub(super) singly: Vec<VariantId>,
    /// The moment of the demo's last picture.
    pub(super) highlight: Highlight,
}

/// The window as the tour sees it.
pub(super) struct Sight<'window> {
    /// Whether a run goes on, or is about to begin.
    pub(super) is_running: bool,
    /// How much of the shown run is in the picture: 1 at its end.
    pub(super) shown: f64,
    /// Whether the picture that was asked for has been taken.
    pub(super) is_taken: bool,
    /// The failure of the last run of one of the demo's variants.
    pub(super) fault: &'window dyn Fn() -> Option<String>,
}

/// An instruction of the tour that is to be carried out now.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cue {
    /// Carry out an action, as a person's click would.
    Do(Action),
    /// Close whatever dialogs are open.
    CloseDialogs,
    /// Report that the demo at this stop of the tour begins.
    Announce(usize),
    /// Report that the demo at this stop of the tour has failed, and why.
    Fail(usize, String),
    /// Take a picture of the window.
    TakePicture,
    /// Hand over the picture that was taken of the demo at this stop of the tour.
    HandOver(usize),
    /// Close the window.
    Leave,
}

/// The progress of the tour.
pub(super) struct Tour {
    way: Vec<Stop>,
    /// Time for each demo.
    each: Duration,
    /// Whether pictures are taken.
    pictures: bool,
    at: usize,
    phase: Phase,
    since: Instant,
}

#[derive(Clone, Debug, PartialEq)]
enum Phase {
    /// The demo is to be chosen.
    Coming,
    /// The demo's question can be read.
    Asking,
    /// The demo's runs go on; these variants have not been run yet.
    Running(VecDeque<VariantId>),
    /// The results can be looked at.
    Showing(Picture),
    /// All demos have been shown.
    Over,
}

/// The progress of a demo's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picture {
    Wanted,
    Asked,
    Done,
}

impl Tour {
    pub(super) fn new(way: Vec<Stop>, each: Duration, pictures: bool, now: Instant) -> Self {
        Self {
            way,
            each,
            pictures,
            at: 0,
            phase: Phase::Coming,
            since: now,
        }
    }

    /// The cues to be carried out now.
    pub(super) fn next(&mut self, now: Instant, sight: &Sight<'_>) -> Vec<Cue> {
        let Some(stop) = self.way.get(self.at).cloned() else {
            return self.end();
        };
        let passed = now.saturating_duration_since(self.since);
        match &mut self.phase {
            Phase::Coming => {
                self.enter(Phase::Asking, now);
                vec![
                    Cue::CloseDialogs,
                    Cue::Announce(self.at),
                    Cue::Do(Action::ChooseDemo(stop.demo)),
                ]
            }
            Phase::Asking if passed < self.each.mul_f64(ASKING) => Vec::new(),
            Phase::Asking if stop.singly.is_empty() => {
                self.enter(Phase::Running(VecDeque::new()), now);
                vec![Cue::Do(Action::RunAll)]
            }
            Phase::Asking => {
                let mut to_come = VecDeque::from(stop.singly);
                let acts = run_first(&mut to_come);
                self.enter(Phase::Running(to_come), now);
                acts
            }
            Phase::Running(_) if sight.is_running => {
                if passed < self.patience() {
                    return Vec::new();
                }
                // The record of the run will say that it was stopped, which is reported as the fault.
                vec![Cue::Do(Action::Stop)]
            }
            Phase::Running(to_come) => {
                if !to_come.is_empty() {
                    return run_first(to_come);
                }
                if let Some(fault) = (sight.fault)() {
                    let failed = Cue::Fail(self.at, fault);
                    self.go_on(now);
                    return vec![failed];
                }
                let picture = if self.pictures {
                    Picture::Wanted
                } else {
                    Picture::Done
                };
                self.enter(Phase::Showing(picture), now);
                vec![
                    Cue::CloseDialogs,
                    Cue::Do(Action::ChooseVariant(stop.highlight.variant)),
                    Cue::Do(Action::ReplayAgain),
                ]
            }
            // The actions of the frame before are carried out by now.
            Phase::Showing(picture @ Picture::Wanted) if sight.shown >= stop.highlight.moment => {
                *picture = Picture::Asked;
                vec![Cue::TakePicture]
            }
            Phase::Showing(picture @ Picture::Asked) if sight.is_taken => {
                *picture = Picture::Done;
                vec![Cue::HandOver(self.at)]
            }
            Phase::Showing(Picture::Done) if passed >= self.each.mul_f64(SHOWING) => {
                self.go_on(now);
                Vec::new()
            }
            Phase::Showing(_) | Phase::Over => Vec::new(),
        }
    }

    /// How long the window may wait with the next frame if nothing else happens; for ever if `None`.
    pub(super) fn rest(&self, now: Instant) -> Option<Duration> {
        let until = match self.phase {
            Phase::Coming => Duration::ZERO,
            Phase::Asking => self.each.mul_f64(ASKING),
            Phase::Running(_) => self.patience(),
            // The moment comes with the replay's frames, and the picture with the next one.
            Phase::Showing(Picture::Wanted | Picture::Asked) => return Some(LOOK),
            Phase::Showing(Picture::Done) => self.each.mul_f64(SHOWING),
            Phase::Over => return None,
        };
        Some(until.saturating_sub(now.saturating_duration_since(self.since)))
    }

    fn patience(&self) -> Duration {
        LEAST_PATIENCE + self.each * PATIENCE
    }

    fn enter(&mut self, phase: Phase, now: Instant) {
        (self.phase, self.since) = (phase, now);
    }

    fn go_on(&mut self, now: Instant) {
        self.at += 1;
        self.enter(Phase::Coming, now);
    }

    fn end(&mut self) -> Vec<Cue> {
        if std::mem::replace(&mut self.phase, Phase::Over) == Phase::Over {
            return Vec::new();
        }
        vec![Cue::Leave]
    }
}

/// Runs the first of `to_come` and takes it off the queue.
fn run_first(to_come: &mut VecDeque<VariantId>) -> Vec<Cue> {
    let Some(variant) = to_come.pop_front() else {
        return Vec::new();
    };
    vec![
        Cue::CloseDialogs,
        Cue::Do(Action::ChooseVariant(variant)),
        Cue::Do(Action::Run),
    ]
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
