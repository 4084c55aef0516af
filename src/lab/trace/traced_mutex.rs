//! A mutex that reports which threads wait for it, and for how long.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::event::Step;
use super::span_sequence::SpanSequence;

/// A [`Mutex`] whose threads report that they wait for it. What they do while they hold it they report themselves.
#[derive(Debug)]
pub struct TracedMutex<T> {
    lock: Step,
    value: Mutex<T>,
}

/// The right to use what the mutex protects. Dropping it ends the thread's span before it unlocks: no other
/// thread holds the lock in the picture before this one has let go.
pub struct TracedGuard<'lock, 'track, T> {
    track: &'lock SpanSequence<'track>,
    value: MutexGuard<'lock, T>,
}

impl<T> TracedMutex<T> {
    /// Waiting for it is the step `lock`.
    pub fn new(lock: Step, value: T) -> Self {
        Self {
            lock,
            value: Mutex::new(value),
        }
    }

    /// Waits for the lock. If its last holder panicked it is taken over: callers change the value in one
    /// assignment, so it is right whenever the lock is free.
    /// The waiting ends with the next span of `track`.
    pub fn lock<'lock, 'track>(
        &'lock self,
        track: &'lock SpanSequence<'track>,
    ) -> TracedGuard<'lock, 'track, T> {
        let asked = Instant::now();
        track.waiting(self.lock);
        let value = self.value.lock().unwrap_or_else(|poisoned| {
            self.value.clear_poison();
            poisoned.into_inner()
        });
        track.add_wait(asked.elapsed());
        TracedGuard { track, value }
    }

    /// The value, when no thread is left that could hold the lock.
    pub fn into_inner(self) -> T {
        self.value
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Deref for TracedGuard<'_, '_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for TracedGuard<'_, '_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> Drop for TracedGuard<'_, '_, T> {
    fn drop(&mut self) {
        self.track.end();
    }
}
