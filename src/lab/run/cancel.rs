//! Cancelling: a flag that can be waited on, so that no cancel is lost between a look and a nap.
//!
//! A [`CancelToken`] holds the sending half of a channel on which nothing is ever sent. Cancelling drops it, and every
//! receiver, waiting already or coming later, finds the channel closed. A condition variable would do that, too, but
//! `select!` could not wait for it beside a worker's answer.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, bounded};

/// The run was cancelled. Jobs pass it on with `?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cancelled;

/// Nothing is ever sent: the channel's one message is that its sender is gone.
#[derive(Debug)]
pub enum Never {}

/// Cancels a run, and wakes all its threads and coroutines.
///
/// The flag is the *sending half of a channel*: cancelling drops it, and every receiver, whether it
/// was already waiting or comes later, finds the channel disconnected. Checking and waiting are thus
/// one operation of the channel, and `select!` can wait for a cancel beside other messages, which a
/// condition variable can't.
#[derive(Clone, Debug)]
pub struct CancelToken {
    keep: Arc<Mutex<Keep>>,
    gone: Receiver<Never>,
}

#[derive(Debug)]
struct Keep {
    tx: Option<Sender<Never>>,
    /// Coroutines that wait for the cancel: they can't wait on a channel, for their thread has others to run. Each
    /// has one place, however often it is polled, and frees it when it is dropped.
    wakers: Vec<Option<Waker>>,
}

impl Default for CancelToken {
    fn default() -> Self {
        // Room for one message, for nothing else than speed: looking into a channel without any room takes
        // a lock, and loops that compute look often, from every thread.
        let (keep, gone) = bounded(1);
        Self {
            keep: Arc::new(Mutex::new(Keep {
                tx: Some(keep),
                wakers: Vec::new(),
            })),
            gone,
        }
    }
}

impl CancelToken {
    /// Cancels, once and for ever.
    pub fn cancel(&self) {
        let wakers = {
            let mut keep = self.lock();
            keep.tx = None;
            std::mem::take(&mut keep.wakers)
        };
        wakers.into_iter().flatten().for_each(Waker::wake);
    }

    /// A poisoned lock still holds the sender, and a cancel must not fail.
    fn lock(&self) -> MutexGuard<'_, Keep> {
        self.keep.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the cancel without blocking the thread: for coroutines.
    pub fn cancelled(&self) -> impl Future<Output = Cancelled> {
        Waiting {
            token: self,
            place: None,
        }
    }

    /// Whether [`cancel`](Self::cancel) has been called.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.gone.try_recv(), Err(TryRecvError::Disconnected))
    }

    /// Sleeps for `duration`, or until the cancel comes if that is sooner.
    pub fn sleep(&self, duration: Duration) -> Result<(), Cancelled> {
        match self.gone.recv_timeout(duration) {
            Ok(never) => match never {},
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => Err(Cancelled),
        }
    }

    /// Ready (disconnected) from the cancel on: for `select!`.
    pub fn receiver(&self) -> &Receiver<Never> {
        &self.gone
    }
}

/// A coroutine that waits for the cancel.
struct Waiting<'token> {
    token: &'token CancelToken,
    /// The place of its waker, once it has been polled.
    place: Option<usize>,
}

impl Future for Waiting<'_> {
    type Output = Cancelled;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Cancelled> {
        let mut keep = self.token.lock();
        if keep.tx.is_none() {
            return Poll::Ready(Cancelled);
        }
        let wakers = &mut keep.wakers;
        let free = || wakers.iter().position(Option::is_none);
        let place = self.place.or_else(free).unwrap_or(wakers.len());
        if place == wakers.len() {
            wakers.push(None);
        }
        match &mut wakers[place] {
            // Polled again, it may have another waker.
            Some(waker) => waker.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
        drop(keep);
        self.place = Some(place);
        Poll::Pending
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let Some(place) = self.place else { return };
        let mut keep = self.token.lock();
        // A cancel has taken all of them.
        if let Some(waker) = keep.wakers.get_mut(place) {
            *waker = None;
        }
        while matches!(keep.wakers.last(), Some(None)) {
            keep.wakers.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_sleep_ends_by_itself_or_by_the_cancel() {
        let token = CancelToken::default();
        assert_eq!(token.sleep(Duration::from_millis(1)), Ok(()));
        assert!(!token.is_cancelled());
        token.cancel();
        token.cancel();
        assert!(token.is_cancelled());
        assert_eq!(token.sleep(Duration::from_secs(3600)), Err(Cancelled));
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "threads that live for microseconds: nobody reads their names"
    )]
    fn no_cancel_is_lost_between_the_check_and_the_sleep() {
        // Each round races a cancel against threads that are just falling asleep for an hour.
        let begun = Instant::now();
        for _ in 0..500 {
            let token = CancelToken::default();
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| {
                        assert_eq!(token.sleep(Duration::from_secs(3600)), Err(Cancelled))
                    });
                }
                scope.spawn(|| token.cancel());
            });
        }
        assert!(begun.elapsed() < Duration::from_secs(3600));
    }

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_coroutine_has_one_waker_however_often_it_is_asked() {
        let token = CancelToken::default();
        let wakers = || token.lock().wakers.len();
        // No two of these wake the same, which is how an event loop's wakers may compare as well.
        let ask = |waiting: Pin<&mut _>| {
            let count = Arc::new(Count::default());
            let waker = Waker::from(Arc::clone(&count));
            let polled = Future::poll(waiting, &mut Context::from_waker(&waker));
            (polled.is_ready(), count)
        };
        let mut first = pin!(token.cancelled());
        let mut third = Box::pin(token.cancelled());
        let mut latest = Vec::new();
        {
            let mut second = pin!(token.cancelled());
            for _ in 0..1000 {
                latest = vec![ask(first.as_mut()), ask(second.as_mut())];
            }
            assert_eq!(wakers(), 2);
            latest.push(ask(third.as_mut()));
            assert_eq!(wakers(), 3);
        }
        // A new future takes the place of the dropped one.
        let mut fourth = pin!(token.cancelled());
        latest.push(ask(fourth.as_mut()));
        assert_eq!(wakers(), 3);
        drop(third);
        assert_eq!(wakers(), 2);
        token.cancel();
        let woken: Vec<_> = latest
            .iter()
            .map(|(_, count)| count.0.load(Ordering::Relaxed))
            .collect();
        // The first and the fourth; those that went are not woken.
        assert_eq!(woken, [1, 0, 0, 1]);
        assert!(ask(first.as_mut()).0 && ask(pin!(token.cancelled())).0);
        assert_eq!(wakers(), 0);
    }
}
