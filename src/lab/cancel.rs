//! Cancelling: a flag that can be waited on, so that no cancel is lost between a look and a nap.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, bounded};

/// The run was cancelled. Jobs hand it up with `?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the run was cancelled")]
pub struct Cancelled;

/// Nothing is ever sent: the channel's one message is that its sender is gone.
#[derive(Debug)]
pub enum Never {}

/// Shared by whoever may cancel a run and all that must notice.
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
    /// Coroutines that wait for the cancel: they can't wait on a channel, for their thread has others to run.
    wakers: Vec<Waker>,
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
        wakers.into_iter().for_each(Waker::wake);
    }

    /// A poisoned lock still holds the sender, and a cancel must not fail.
    fn lock(&self) -> MutexGuard<'_, Keep> {
        self.keep.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the cancel without blocking the thread: for coroutines.
    pub async fn cancelled(&self) -> Cancelled {
        poll_fn(|context| {
            let mut keep = self.lock();
            if keep.tx.is_none() {
                return Poll::Ready(Cancelled);
            }
            // Asked again, a coroutine may have another waker; one of the same is enough.
            if !keep
                .wakers
                .iter()
                .any(|waker| waker.will_wake(context.waker()))
            {
                keep.wakers.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await
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

#[cfg(test)]
mod tests {
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
}
