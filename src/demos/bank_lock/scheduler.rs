//! Threads that take turns: each stands at its gate before every step, and the scheduler opens the gates. It opens
//! one at a time and waits for the step to be done before the next, so it decides the order exactly.

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};

use super::schedule::letter;
use super::{GATE, LETTER};
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group::ThreadGroup;
use crate::lab::trace::event::{State, TrackName};
use crate::lab::trace::span_sequence::SpanSequence;
use crate::lab::trace::track::Track;

/// How a thread's step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepEnd {
    /// It is done.
    Done,
    /// The thread panicked.
    Panicked,
}

/// A thread's own gate, and its report.
pub(super) struct Gate<'run> {
    ctx: &'run RunCtx,
    thread: usize,
    opened: Receiver<()>,
    ended: Sender<(usize, StepEnd)>,
    pub(super) track: SpanSequence<'run>,
}

impl Gate<'_> {
    /// The number that the thread writes into the account, from 1.
    pub(super) fn writer(&self) -> u16 {
        self.thread as u16 + 1
    }

    /// Waits until the scheduler lets the thread do its next step. `state` says whether it holds the lock meanwhile.
    pub(super) fn wait(&self, state: State) -> Result<(), Cancelled> {
        let track = &self.track;
        track.span(state, GATE);
        select! {
            recv(self.opened) -> opened => opened.map_err(|_| Cancelled),
            recv(self.ctx.cancelled()) -> _ => Err(Cancelled),
        }
    }

    /// Reports that the step is done: the scheduler may open the next gate.
    pub(super) fn done(&self) {
        let track = &self.track;
        track.end();
        // The scheduler is gone if the run was cancelled meanwhile.
        self.ended.send((self.thread, StepEnd::Done)).ok();
    }
}

impl Drop for Gate<'_> {
    fn drop(&mut self) {
        // The scheduler must not wait for a step that a panic has ended.
        if std::thread::panicking() {
            self.ended.send((self.thread, StepEnd::Panicked)).ok();
        }
    }
}

/// Opens the gates of a run's threads. When it is dropped, threads that still stand at a gate give up.
pub(super) struct Scheduler<'run> {
    ctx: &'run RunCtx,
    gates: Vec<Sender<()>>,
    ended: Receiver<(usize, StepEnd)>,
    /// The run's own line on the timeline.
    pub(super) run: Track,
}

impl Scheduler<'_> {
    /// Starts `threads` threads that do `work` at their gates; each has a line of its own on the timeline if it
    /// `reports`.
    pub(super) fn start<'scope, T: Send + 'scope>(
        group: &mut ThreadGroup<'scope, '_, T>,
        ctx: &'scope RunCtx,
        threads: usize,
        reports: bool,
        work: impl Fn(&Gate<'_>) -> Result<T, Cancelled> + Clone + Send + 'scope,
    ) -> Result<Scheduler<'scope>, RunError> {
        let (tx, ended) = unbounded();
        let mut scheduler = Scheduler {
            ctx,
            gates: Vec::with_capacity(threads),
            ended,
            run: ctx.track(TrackName::only("run")),
        };
        for thread in 0..threads {
            let (open, opened) = bounded(1);
            let (work, ended) = (work.clone(), tx.clone());
            let at_the_gate = move || {
                let track = reports.then(|| ctx.track(TrackName::nth("gated", thread)));
                let gate = Gate {
                    ctx,
                    thread,
                    opened,
                    ended,
                    track: SpanSequence::on(track.as_ref()),
                };
                work(&gate)
            };
            group.spawn(format!("deposit-{}", letter(thread)), at_the_gate)?;
            scheduler.gates.push(open);
        }
        Ok(scheduler)
    }

    /// Opens a thread's gate for one step, and does not wait.
    pub(super) fn open(&self, thread: usize) {
        if let Some(gate) = self.gates.get(thread) {
            // The channel has a place free: the gate is opened again only after the step before was done.
            gate.send(()).ok();
        }
    }

    /// Waits until a thread has done its step, and returns which.
    pub(super) fn done(&self) -> Result<usize, RunError> {
        select! {
            recv(self.ended) -> end => self.thread_of(end.ok()),
            recv(self.ctx.cancelled()) -> _ => Err(Cancelled.into()),
        }
    }

    /// The channel of ended steps, to be waited for beside other things; [`thread_of`](Self::thread_of) reads it.
    pub(super) fn ended(&self) -> &Receiver<(usize, StepEnd)> {
        &self.ended
    }

    /// The thread that has done its step. A thread's panic goes on where it is joined.
    pub(super) fn thread_of(&self, end: Option<(usize, StepEnd)>) -> Result<usize, RunError> {
        match end {
            Some((thread, StepEnd::Done)) => Ok(thread),
            Some((_, StepEnd::Panicked)) | None => Err(Cancelled.into()),
        }
    }

    /// Lets a thread do its next step and waits until it is done.
    pub(super) fn step(&self, thread: usize) -> Result<(), RunError> {
        self.open(thread);
        self.done().map(drop)
    }

    /// Puts a thread's letter on the run's line.
    pub(super) fn note(&self, thread: usize) {
        self.run.instant(LETTER, Some(thread as i64 + 1));
    }
}
