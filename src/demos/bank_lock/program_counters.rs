//! Program counters: how far each thread has come, and what it can do next. Codes, all orders, the class and the
//! picture share these rules.

use super::{ADD, LOCK, READ, UNLOCK, WAIT, WRITE};
use crate::lab::demo::VariantId;
use crate::lab::trace::event::Step;

/// The steps of one deposit, in their order; none for variants without a schedule.
pub fn steps(variant: VariantId) -> &'static [Step] {
    match variant {
        "no_lock" => &[READ, WAIT, WRITE],
        "mutex" => &[LOCK, READ, WRITE, UNLOCK],
        "atomic" => &[WAIT, ADD],
        _ => &[],
    }
}

/// A thread's next possible step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// This step.
    Step(Step),
    /// Nothing: the lock is held by the thread of this number.
    WaitsFor(usize),
    /// Nothing more.
    Finished,
}

/// How far each thread has come.
#[derive(Clone, Debug)]
pub struct ProgramCounters {
    steps: &'static [Step],
    done: Vec<usize>,
    holder: Option<usize>,
}

impl ProgramCounters {
    /// The counters before the first step of any thread.
    pub fn new(variant: VariantId, threads: usize) -> Self {
        Self {
            steps: steps(variant),
            done: vec![0; threads],
            holder: None,
        }
    }

    /// The steps of each thread.
    pub fn steps(&self) -> &'static [Step] {
        self.steps
    }

    /// How many threads there are.
    pub fn threads(&self) -> usize {
        self.done.len()
    }

    /// How many steps a thread has done.
    pub fn done(&self, thread: usize) -> usize {
        self.done.get(thread).copied().unwrap_or_default()
    }

    /// The thread that holds the lock.
    pub fn holder(&self) -> Option<usize> {
        self.holder
    }

    /// The step that comes next for a thread, whether or not it can be done now.
    pub fn ahead(&self, thread: usize) -> Option<Step> {
        self.steps.get(*self.done.get(thread)?).copied()
    }

    /// The step that a thread can do now.
    pub fn next(&self, thread: usize) -> Next {
        match (self.ahead(thread), self.holder) {
            (None, _) => Next::Finished,
            (Some(LOCK), Some(holder)) => Next::WaitsFor(holder),
            (Some(step), _) => Next::Step(step),
        }
    }

    /// Notes that a thread has done its next step.
    pub fn go(&mut self, thread: usize) {
        match self.ahead(thread) {
            Some(LOCK) => self.holder = Some(thread),
            Some(UNLOCK) => self.holder = None,
            _ => {}
        }
        if let Some(done) = self.done.get_mut(thread) {
            *done += 1;
        }
    }

    /// Whether all have made their deposit.
    pub fn is_over(&self) -> bool {
        self.done.iter().all(|done| *done >= self.steps.len())
    }
}

/// All possible orders, each as the threads of its letters, in the order of the alphabet.
pub fn orders(variant: VariantId, threads: usize) -> Vec<Vec<usize>> {
    fn extend(counters: &ProgramCounters, turns: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
        if counters.is_over() {
            found.push(turns.clone());
        }
        for thread in 0..counters.threads() {
            if matches!(counters.next(thread), Next::Step(_)) {
                let mut further = counters.clone();
                further.go(thread);
                turns.push(thread);
                extend(&further, turns, found);
                turns.pop();
            }
        }
    }
    let mut found = Vec::new();
    extend(
        &ProgramCounters::new(variant, threads),
        &mut Vec::new(),
        &mut found,
    );
    found
}
