//! The turns of a run whose threads take turns, and each thread's next step.

use std::time::Duration;

use super::super::{LETTER, LOCK, Next, ProgramCounters, code, letter};
use crate::lab::demo::VariantId;
use crate::lab::demo::value::Value;
use crate::lab::trace::event::Step;
use crate::lab::trace::log::RunLog;
use crate::text::Language;

/// The turns so far, read off the log.
#[derive(Clone, Debug)]
pub struct Turns {
    /// The thread of each step that was done, counted from 0.
    pub done: Vec<usize>,
    /// Threads that are blocked at the lock, in the order in which they came to it.
    pub blocked: Vec<usize>,
    counters: ProgramCounters,
}

impl Turns {
    /// The turns at `now` in a run of `variant` with `threads` threads.
    pub fn of(log: &RunLog, variant: VariantId, threads: usize, now: Duration) -> Self {
        let mut counters = ProgramCounters::new(variant, threads);
        let mut done = Vec::new();
        let of_run = log
            .tracks()
            .iter()
            .filter(|track| track.info.name.number.is_none());
        for instant in of_run.flat_map(|track| &track.instants) {
            let thread = instant
                .value
                .and_then(|number| usize::try_from(number - 1).ok());
            if let Some(thread) = thread.filter(|_| instant.step == LETTER && instant.at <= now) {
                counters.go(thread);
                done.push(thread);
            }
        }
        let mut blocked: Vec<(Duration, usize)> = log
            .tracks()
            .iter()
            .filter_map(|track| {
                let thread = track.info.name.number? as usize - 1;
                let span = track.spans.iter().rfind(|span| span.begin <= now)?;
                let is_open = span.end.is_none_or(|end| end > now);
                let waits = matches!(counters.next(thread), Next::WaitsFor(_));
                (span.step == LOCK && is_open && waits).then_some((span.begin, thread))
            })
            .collect();
        blocked.sort_unstable();
        Self {
            done,
            blocked: blocked.into_iter().map(|(_, thread)| thread).collect(),
            counters,
        }
    }

    /// The steps of each thread, and how many of them this one has done.
    pub fn steps(&self, thread: usize) -> (&'static [Step], usize) {
        (self.counters.steps(), self.counters.done(thread))
    }

    /// Whether a thread holds the lock.
    pub fn holds(&self, thread: usize) -> bool {
        self.counters.holder() == Some(thread)
    }

    /// The step that a thread does next.
    pub fn ahead(&self, thread: usize) -> Option<Step> {
        self.counters.ahead(thread)
    }

    /// Whether a thread is blocked at the lock.
    pub fn is_blocked(&self, thread: usize) -> bool {
        self.blocked.contains(&thread)
    }

    /// The number of threads.
    pub fn threads(&self) -> usize {
        self.counters.threads()
    }

    /// The code so far.
    pub fn code(&self) -> String {
        code(self.done.iter().copied())
    }

    /// The steps that were asked for, without the last one. A thread that is blocked at the lock was asked for too.
    pub fn but_the_last(&self) -> Vec<usize> {
        let mut all = [&self.done[..], &self.blocked[..]].concat();
        all.pop();
        all
    }

    /// Every text that a thread's button can show during the run.
    pub fn all_faces(&self, language: Language) -> Vec<String> {
        let name = ("thread", Value::Word(letter(0).to_string()));
        let mut faces: Vec<String> = self
            .counters
            .steps()
            .iter()
            .map(|step| next(*step, &name, language))
            .collect();
        faces.push(language.with("bank_lock-stage-thread-done", std::slice::from_ref(&name)));
        if self.counters.steps().contains(&LOCK) {
            faces.push(language.with("bank_lock-stage-thread-waits", &[name]));
        }
        faces
    }

    /// A thread's next step in words: `A: write`, `A waits for the lock` or `A: done`.
    pub fn next_in_words(&self, thread: usize, language: Language) -> String {
        let name = ("thread", Value::Word(letter(thread).to_string()));
        match self.ahead(thread) {
            None => language.with("bank_lock-stage-thread-done", &[name]),
            Some(_) if self.is_blocked(thread) => {
                language.with("bank_lock-stage-thread-waits", &[name])
            }
            Some(step) => next(step, &name, language),
        }
    }
}

/// The name of a step that a thread does when its gate opens.
pub fn step_name(step: Step, language: Language) -> String {
    let key = match step {
        // The timeline names this step after the waiting in it.
        LOCK => "bank_lock-stage-take-lock".to_owned(),
        step => format!("bank_lock-step-{}", step.name()),
    };
    language.text(&key).into_owned()
}

fn next(step: Step, name: &(&'static str, Value), language: Language) -> String {
    let step = ("step", Value::Word(step_name(step, language)));
    language.with("bank_lock-stage-thread-next", &[name.clone(), step])
}
