//! The reaper: one named thread that joins the threads of runs that nobody waits for.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};

struct Reaper {
    adopt: Sender<JoinHandle<()>>,
    joined: Receiver<()>,
}

/// Threads adopted and not joined yet.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

static REAPER: LazyLock<Mutex<Option<Reaper>>> = LazyLock::new(|| {
    let (adopt, orphans) = unbounded::<JoinHandle<()>>();
    let (tx, joined) = unbounded();
    let thread = Builder::new().name("reaper".to_owned()).spawn(move || {
        for orphan in orphans {
            // A panic of the job was caught and reported on its own thread already.
            drop(orphan.join());
            ALIVE.fetch_sub(1, Ordering::AcqRel);
            if tx.send(()).is_err() {
                break;
            }
        }
    });
    Mutex::new(thread.ok().map(|_| Reaper { adopt, joined }))
});

/// Joins `thread` as soon as it ends; the caller goes on at once.
pub fn adopt(thread: JoinHandle<()>) {
    let reaper = REAPER.lock().unwrap_or_else(PoisonError::into_inner);
    ALIVE.fetch_add(1, Ordering::AcqRel);
    let refused = match reaper.as_ref() {
        Some(reaper) => reaper
            .adopt
            .send(thread)
            .err()
            .map(|error| error.into_inner()),
        None => Some(thread),
    };
    if let Some(thread) = refused {
        // Without a reaper (no thread could be made for it) there is no one else to join.
        drop(thread.join());
        ALIVE.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Waits until every adopted thread has been joined, but no longer than `limit`: called once, when
/// the program is about to end. Returns whether all were.
pub fn finish(limit: Duration) -> bool {
    let reaper = REAPER.lock().unwrap_or_else(PoisonError::into_inner);
    let deadline = std::time::Instant::now() + limit;
    while ALIVE.load(Ordering::Acquire) > 0 {
        let joined = reaper
            .as_ref()
            .map(|reaper| reaper.joined.recv_deadline(deadline));
        if !matches!(joined, Some(Ok(()))) {
            return ALIVE.load(Ordering::Acquire) == 0;
        }
    }
    true
}
