//! The reaper: one named thread that joins the threads of runs that nobody waits for.

use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Sender, unbounded};

/// Threads adopted and not joined yet.
static ALIVE: Mutex<usize> = Mutex::new(0);

/// Told whenever one more has been joined.
static JOINED: Condvar = Condvar::new();

/// Where the reaper takes in threads; `None` if the system gave no thread for it.
static REAPER: LazyLock<Option<Sender<JoinHandle<()>>>> = LazyLock::new(|| {
    let (adopt, orphans) = unbounded();
    let reaping = move || orphans.into_iter().for_each(join);
    let thread = Builder::new().name("reaper".to_owned()).spawn(reaping);
    thread.is_ok().then_some(adopt)
});

fn alive() -> MutexGuard<'static, usize> {
    // A number is right or wrong whether or not someone panicked while holding it.
    ALIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn join(orphan: JoinHandle<()>) {
    // A panic of the job was caught and reported on its own thread already.
    drop(orphan.join());
    *alive() -= 1;
    JOINED.notify_all();
}

/// Has `thread` joined when it has ended, one after another in the order in which they come; the
/// caller goes on at once.
pub fn adopt(thread: JoinHandle<()>) {
    *alive() += 1;
    let refused = match &*REAPER {
        Some(reaper) => reaper.send(thread).err().map(|error| error.into_inner()),
        None => Some(thread),
    };
    // Without a reaper there is no one else to join.
    refused.into_iter().for_each(join);
}

/// Waits until every adopted thread has been joined, but no longer than `limit`: called once, when
/// the program is about to end. Returns whether all were.
pub fn finish(limit: Duration) -> bool {
    let (left, _) = JOINED
        .wait_timeout_while(alive(), limit, |alive| *alive > 0)
        .unwrap_or_else(PoisonError::into_inner);
    *left == 0
}
