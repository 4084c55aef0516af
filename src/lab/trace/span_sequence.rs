//! Spans of one track that follow one another: each ends where the next one begins.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use super::event::{State, Step};
use super::track::{Span, Track};

/// The spans of one thread or coroutine, step after step. Dropping it ends the last span.
pub struct SpanSequence<'track> {
    track: Option<&'track Track>,
    current: RefCell<Option<Span<'track>>>,
    waited: Cell<Duration>,
}

impl<'track> SpanSequence<'track> {
    /// On `track`; without one nothing is recorded.
    pub fn on(track: Option<&'track Track>) -> Self {
        Self {
            track,
            current: RefCell::new(None),
            waited: Cell::default(),
        }
    }

    /// Ends the span before and begins the next.
    pub fn span(&self, state: State, step: Step) {
        let mut current = self.current.borrow_mut();
        // One after the other: assigned at once, the new span would begin before the old one ends.
        *current = None;
        *current = self.track.map(|track| track.span(state, step));
    }

    /// From here on the thread has work for a core.
    pub fn running(&self, step: Step) {
        self.span(State::Running, step);
    }

    /// From here on it waits for another thread.
    pub fn waiting(&self, step: Step) {
        self.span(State::Waiting, step);
    }

    /// From here on it holds what only one may hold.
    pub fn holding(&self, step: Step) {
        self.span(State::Holding, step);
    }

    /// From here on it needs no core.
    pub fn sleeping(&self, step: Step) {
        self.span(State::Sleeping, step);
    }

    /// Ends the span, with none to follow for now.
    pub fn end(&self) {
        *self.current.borrow_mut() = None;
    }

    /// The same, and recolours it: what it did turned out to be `state`.
    pub fn end_as(&self, state: State) {
        if let Some(span) = self.current.borrow_mut().take() {
            span.end_as(state);
        }
    }

    /// Something happened now.
    pub fn instant(&self, step: Step, value: Option<i64>) {
        if let Some(track) = self.track {
            track.instant(step, value);
        }
    }

    /// How long it has waited for [traced mutexes](super::traced_mutex::TracedMutex).
    pub fn waited(&self) -> Duration {
        self.waited.get()
    }

    pub(super) fn add_wait(&self, waited: Duration) {
        self.waited.set(self.waited.get() + waited);
    }
}
