//! A thread that takes turns, at one moment, and its card.

use super::super::{ADD, READ, WAIT, WRITE, letter};
use super::cards::{Card, CardStep, Note};
use super::turns::step_name;
use super::yuan;
use crate::lab::demo::VariantId;
use crate::lab::demo::value::Value;
use crate::lab::trace::event::Step;
use crate::text::Language;

/// A thread that takes turns, at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lettered {
    /// The thread, counted from 0.
    pub thread: usize,
    /// The steps of each thread.
    pub steps: &'static [Step],
    /// How many of them this thread has done.
    pub done: usize,
    /// The balance that it read.
    pub read: Option<i64>,
    /// The balance that it wrote.
    pub wrote: Option<i64>,
    /// The number of the thread over whose deposit it wrote without having seen it.
    pub over: Option<u16>,
    /// Whether its deposit was overwritten.
    pub is_lost: bool,
    /// Whether it waits for the lock.
    pub waits: bool,
    /// Whether it holds the lock.
    pub holds: bool,
    /// Whether the latest step is its own.
    pub is_latest: bool,
}

impl Lettered {
    /// The thread's card.
    pub fn card(&self, variant: VariantId, language: Language) -> Card {
        let titles = match variant {
            "atomic" => ["bank_lock-stage-before", "bank_lock-stage-after"],
            _ => ["bank_lock-step-read", "bank_lock-step-write"],
        };
        let name = [("thread", word(self.thread))];
        let name = language.with("bank_lock-button-thread", &name);
        let done = &self.steps[..self.done.min(self.steps.len())];
        // Only a thread that remembers a balance meanwhile waits on the way from reading to writing.
        let waited = done.contains(&WAIT) && done.contains(&READ);
        let steps = self.steps.iter().enumerate();
        // Without a lock the boxes and the way between them say which steps are done.
        let steps = steps.filter(|_| variant != "no_lock");
        Card {
            boxes: [self.read, self.wrote].map(|known| known.map(|known| yuan(language, known))),
            between: waited.then(|| step_name(WAIT, language)),
            steps: steps
                .map(|(index, step)| CardStep {
                    name: step_name(*step, language),
                    done: index < self.done,
                })
                .collect(),
            latest: match done.last().filter(|_| self.is_latest) {
                Some(&READ) => Some(0),
                Some(&WRITE | &ADD) => Some(1),
                _ => None,
            },
            is_lost: self.is_lost,
            note: self.note(language),
            ..Card::of(name, titles, language)
        }
    }

    fn note(&self, language: Language) -> Option<Note> {
        let say = |key: &str| language.text(key).into_owned();
        if let Some(under) = self.over {
            let under = [("under", word(usize::from(under).saturating_sub(1)))];
            Some(Note::Lost(language.with("bank_lock-stage-over-it", &under)))
        } else if self.waits {
            Some(Note::Waits(say("bank_lock-step-lock")))
        } else if self.holds {
            Some(Note::Holds(say("bank_lock-stage-inside")))
        } else {
            let is_lost = self.is_lost.then(|| say("bank_lock-stage-is-lost"));
            is_lost.map(Note::Lost)
        }
    }
}

/// The sentence on a thread that wrote over another one's deposit; both are numbers from 1.
pub fn wrote_over(over: u16, under: u16, language: Language) -> String {
    let name = |number: u16| word(usize::from(number).saturating_sub(1));
    let names = [("over", name(over)), ("under", name(under))];
    language.with("bank_lock-stage-over", &names)
}

fn word(thread: usize) -> Value {
    Value::Word(letter(thread).to_string())
}
