//! Gates: real threads, each of which stands still before every step until it is let through. Who opens
//! them one at a time, and waits for the step to be done before the next, decides the order exactly.

use std::thread::{Builder, Scope, ScopedJoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};

use super::schedule::letter;
use super::{GATE, LETTER};
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::{RunError, SpawnKind};
use crate::lab::trace::event::{State, Step, TrackName};
use crate::lab::trace::track::Track;

/// What a thread tells whoever opens its gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// It has done its step.
    Done,
    /// It panicked there.
    Gone,
}

/// A thread's own gate, and how it tells what it does.
pub(super) struct Gate<'run> {
    ctx: &'run RunCtx,
    thread: usize,
    go: Receiver<()>,
    news: Sender<(usize, News)>,
    track: Option<Track>,
}

impl Gate<'_> {
    /// The number that the thread writes into the account, from 1.
    pub(super) fn writer(&self) -> u16 {
        self.thread as u16 + 1
    }

    /// Waits for the gate, outside the lock, then does one step.
    pub(super) fn step<T>(
        &self,
        state: State,
        step: Step,
        work: impl FnOnce() -> T,
    ) -> Result<T, Cancelled> {
        self.step_from(State::Sleeping, state, step, |_| work())
    }

    /// The same while the thread holds the lock, at the gate as well.
    pub(super) fn step_held<T>(
        &self,
        step: Step,
        work: impl FnOnce() -> T,
    ) -> Result<T, Cancelled> {
        self.step_from(State::Holding, State::Holding, step, |_| work())
    }

    /// Waits for the gate in the state `before`, then does one step. `work` may say that the step turned
    /// out to be in another state than it began in.
    pub(super) fn step_from<T>(
        &self,
        before: State,
        state: State,
        step: Step,
        work: impl FnOnce(&mut State) -> T,
    ) -> Result<T, Cancelled> {
        self.wait(before)?;
        let span = self.track.as_ref().map(|track| track.span(state, step));
        let mut end = state;
        let done = work(&mut end);
        if let Some(span) = span {
            span.end_as(end);
        }
        // Whoever opened the gate may have gone meanwhile, with all that this was for.
        self.news.send((self.thread, News::Done)).ok();
        Ok(done)
    }

    fn wait(&self, state: State) -> Result<(), Cancelled> {
        let _standing = self.track.as_ref().map(|track| track.span(state, GATE));
        select! {
            recv(self.go) -> opened => opened.map_err(|_| Cancelled),
            recv(self.ctx.cancelled()) -> _ => Err(Cancelled),
        }
    }

    /// Tells a figure, if this thread has a line on the timeline.
    pub(super) fn tell(&self, step: Step, value: i64) {
        if let Some(track) = &self.track {
            track.instant(step, Some(value));
        }
    }
}

impl Drop for Gate<'_> {
    fn drop(&mut self) {
        // Nobody must wait for a step that a panic has ended.
        if std::thread::panicking() {
            self.news.send((self.thread, News::Gone)).ok();
        }
    }
}

/// Opens the gates of a run's threads. Dropping it lets all of them go home.
pub(super) struct Keeper<'run> {
    ctx: &'run RunCtx,
    gates: Vec<Sender<()>>,
    news: Receiver<(usize, News)>,
    track: Track,
}

impl<'run> Keeper<'run> {
    /// Starts `threads` threads that do `work` at their gates; each on a line of its own on the timeline if
    /// `told`. What they return comes with their joining.
    pub(super) fn start<'scope, T: Send + 'scope>(
        scope: &'scope Scope<'scope, '_>,
        ctx: &'scope RunCtx,
        threads: usize,
        told: bool,
        work: impl Fn(Gate<'scope>) -> T + Sync + Clone + Send + 'scope,
    ) -> Result<(Keeper<'scope>, Vec<ScopedJoinHandle<'scope, T>>), RunError> {
        let (tx, news) = unbounded();
        let mut keeper = Keeper {
            ctx,
            gates: Vec::with_capacity(threads),
            news,
            track: ctx.track(TrackName::only("run")),
        };
        let mut started = Vec::with_capacity(threads);
        for thread in 0..threads {
            let (open, go) = bounded(1);
            let (work, news) = (work.clone(), tx.clone());
            let stand = move || {
                let track = told.then(|| ctx.track(TrackName::nth("gated", thread)));
                work(Gate {
                    ctx,
                    thread,
                    go,
                    news,
                    track,
                })
            };
            let spawned = Builder::new()
                .name(format!("deposit-{}", letter(thread)))
                .spawn_scoped(scope, stand)
                .map_err(|error| RunError::spawn(SpawnKind::Thread, &error))?;
            keeper.gates.push(open);
            started.push(spawned);
        }
        Ok((keeper, started))
    }

    /// Opens a thread's gate for one step, and does not wait.
    pub(super) fn open(&self, thread: usize) {
        if let Some(gate) = self.gates.get(thread) {
            // There is room for one: it is opened again only after the step before was done.
            gate.send(()).ok();
        }
    }

    /// Waits until a thread has done its step, and returns which.
    pub(super) fn done(&self) -> Result<usize, RunError> {
        select! {
            recv(self.news) -> news => self.who(news.ok()),
            recv(self.ctx.cancelled()) -> _ => Err(Cancelled.into()),
        }
    }

    /// All that the threads tell, to be waited for beside other things; see [`who`](Self::who).
    pub(super) fn news(&self) -> &Receiver<(usize, News)> {
        &self.news
    }

    /// The thread that has done its step. That one has panicked its joining will say.
    pub(super) fn who(&self, news: Option<(usize, News)>) -> Result<usize, RunError> {
        match news {
            Some((thread, News::Done)) => Ok(thread),
            Some((_, News::Gone)) | None => Err(Cancelled.into()),
        }
    }

    /// Lets a thread do its next step and waits until it is done.
    pub(super) fn step(&self, thread: usize) -> Result<(), RunError> {
        self.open(thread);
        self.done().map(drop)
    }

    /// Notes a thread's letter down in the run's history.
    pub(super) fn note(&self, thread: usize) {
        self.track.instant(LETTER, Some(thread as i64 + 1));
    }

    /// The run's own line on the timeline.
    pub(super) fn track(&self) -> &Track {
        &self.track
    }
}
