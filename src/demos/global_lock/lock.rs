//! A model of CPython's global interpreter lock: one lock around all counting, which changes hands at
//! fixed intervals.
//!
//! The rules are those of CPython since 3.2 (`Python/ceval_gil.c`). A thread that wants the lock waits for it one
//! interval long. If it has not changed hands meanwhile, the waiting thread asks for it. The holder looks
//! now and then whether a thread has asked, and if so lets go and *waits until another thread has taken
//! it*: otherwise it would most often take it again itself, being the one that is already running.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The one lock.
pub(super) struct Gil {
    interval: Duration,
    state: Mutex<State>,
    /// Notified when the lock is let go.
    free: Condvar,
    /// Notified when the lock has been taken.
    taken: Condvar,
    /// A thread has waited for a whole interval. Outside of `state`, for the holder looks at it often.
    is_wanted: AtomicBool,
}

#[derive(Default)]
struct State {
    is_held: bool,
    /// How often the lock has been taken.
    takings: u64,
}

/// The right to count. Dropping it lets the lock go.
pub(super) struct Key<'gil> {
    gil: &'gil Gil,
    /// The number of this acquisition.
    taking: u64,
}

impl Gil {
    /// A lock that a waiting thread asks for after `interval`.
    pub(super) fn handed_over_every(interval: Duration) -> Self {
        Self {
            interval,
            state: Mutex::default(),
            free: Condvar::new(),
            taken: Condvar::new(),
            is_wanted: AtomicBool::new(false),
        }
    }

    /// Waits for the lock and takes it.
    pub(super) fn take(&self) -> Key<'_> {
        let mut state = self.state();
        while state.is_held {
            let takings = state.takings;
            let waited;
            (state, waited) = self
                .free
                .wait_timeout(state, self.interval)
                .unwrap_or_else(PoisonError::into_inner);
            // If others took it in between, they are the ones to be given an interval.
            if waited.timed_out() && state.is_held && state.takings == takings {
                self.is_wanted.store(true, Ordering::Relaxed);
            }
        }
        state.is_held = true;
        state.takings += 1;
        self.is_wanted.store(false, Ordering::Relaxed);
        self.taken.notify_all();
        Key {
            gil: self,
            taking: state.takings,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change of the state is a single assignment: it is right whatever thread panicked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Key<'_> {
    /// Whether a thread has asked for the lock.
    pub(super) fn is_wanted(&self) -> bool {
        self.gil.is_wanted.load(Ordering::Relaxed)
    }
}

impl Drop for Key<'_> {
    fn drop(&mut self) {
        let mut state = self.gil.state();
        state.is_held = false;
        self.gil.free.notify_one();
        // The thread that asked still waits and will take the lock, for none stops waiting without it; that
        // taking withdraws the wish. So this ends.
        while self.is_wanted() && state.takings == self.taking {
            state = self
                .gil
                .taken
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;
    use std::thread::Builder;

    use super::*;

    #[test]
    fn one_at_a_time_and_all_in_turn() {
        const TURNS: usize = 10;
        let gil = Gil::handed_over_every(Duration::from_millis(1));
        let (inside, counting) = (AtomicU32::new(0), AtomicU32::new(4));
        let taking = |_| {
            for _ in 0..TURNS {
                let key = gil.take();
                assert_eq!(inside.fetch_add(1, Ordering::Relaxed), 0);
                // The last one is not asked any more.
                while !key.is_wanted() && counting.load(Ordering::Relaxed) > 1 {
                    std::thread::yield_now();
                }
                assert_eq!(inside.fetch_sub(1, Ordering::Relaxed), 1);
            }
            counting.fetch_sub(1, Ordering::Relaxed);
        };
        std::thread::scope(|scope| {
            for index in 0..4 {
                Builder::new()
                    .name(format!("taking-{index}"))
                    .spawn_scoped(scope, move || taking(index))
                    .unwrap();
            }
        });
        assert_eq!(gil.take().taking, 4 * TURNS as u64 + 1);
    }

    #[test]
    fn who_lets_go_because_another_asked_does_not_get_it_back_before_that_one() {
        let gil = Gil::handed_over_every(Duration::from_millis(1));
        let key = gil.take();
        std::thread::scope(|scope| {
            let waiting = Builder::new()
                .name("waiting".to_owned())
                .spawn_scoped(scope, || drop(gil.take()))
                .unwrap();
            while !key.is_wanted() {
                std::thread::yield_now();
            }
            let before = key.taking;
            drop(key);
            assert_eq!(gil.take().taking, before + 2);
            waiting.join().unwrap();
        });
    }

    #[test]
    fn a_holder_that_panics_lets_go() {
        let gil = Gil::handed_over_every(Duration::from_millis(1));
        let panicked = std::thread::scope(|scope| {
            let panicking = Builder::new()
                .name("panicking".to_owned())
                .spawn_scoped(scope, || {
                    let _key = gil.take();
                    std::panic::resume_unwind(Box::new(()));
                });
            panicking.unwrap().join().is_err()
        });
        assert!(panicked);
        drop(gil.take());
    }
}
