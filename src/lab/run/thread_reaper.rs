//! The thread reaper: one thread that joins the threads of dropped runs, so that no dropping thread waits.

use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle, sleep};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

/// The shortest pause between two looks: the system does not report when a thread ends.
const MOMENT: Duration = Duration::from_millis(1);
/// The longest pause between two looks. A thread that lives longer is looked at when the next one comes, or when the
/// program is about to end: a program at rest has nothing to do.
const LONGEST_PAUSE: Duration = Duration::from_millis(512);

/// Threads adopted and not joined yet.
static ALIVE: Mutex<usize> = Mutex::new(0);

/// Notified of each join.
static JOINED: Condvar = Condvar::new();

/// A request to the reaper.
enum Request {
    Join(JoinHandle<()>),
    /// Look often until then: `finish` waits.
    Hurry(Instant),
}

/// The channel to the reaper; `None` if the system gave no thread for it.
static REAPER: LazyLock<Option<Sender<Request>>> = LazyLock::new(|| {
    let (tx, requests) = unbounded();
    let thread = Builder::new()
        .name("reaper".to_owned())
        .spawn(move || reap(&requests, joined));
    thread.is_ok().then_some(tx)
});

fn alive() -> MutexGuard<'static, usize> {
    // A panic while it was held can't have left the number half-written.
    ALIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Joins the threads that come, each when it has ended, and calls `joined` for each.
fn reap(requests: &Receiver<Request>, joined: impl Fn()) {
    let mut orphans: Vec<JoinHandle<()>> = Vec::new();
    let (mut pause, mut hurry) = (MOMENT, Instant::now());
    loop {
        let looks_again = !orphans.is_empty() && pause <= LONGEST_PAUSE;
        let request = match looks_again {
            true => requests.recv_timeout(pause),
            false => requests.recv().map_err(RecvTimeoutError::from),
        };
        pause = 2 * pause;
        match request {
            Ok(Request::Join(orphan)) => {
                orphans.push(orphan);
                pause = MOMENT;
            }
            Ok(Request::Hurry(until)) => hurry = hurry.max(until),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if Instant::now() < hurry {
            pause = MOMENT;
        }
        for ended in orphans.extract_if(.., |orphan| orphan.is_finished()) {
            // A panic of the job was caught and reported on its own thread already.
            drop(ended.join());
            joined();
        }
    }
}

fn joined() {
    *alive() -= 1;
    JOINED.notify_all();
}

/// Has `thread` joined when it has ended; the caller goes on at once.
pub fn adopt(thread: JoinHandle<()>) {
    *alive() += 1;
    let refused = match &*REAPER {
        Some(reaper) => reaper.send(Request::Join(thread)).is_err(),
        None => true,
    };
    // Without a reaper the thread is on its own, for this must not wait.
    if refused {
        *alive() -= 1;
    }
}

/// Joins `thread` if it ends within `limit`, and otherwise leaves that to the reaper.
pub(crate) fn join_within(thread: JoinHandle<()>, limit: Duration) {
    let until = Instant::now() + limit;
    while !thread.is_finished() && Instant::now() < until {
        sleep(MOMENT);
    }
    match thread.is_finished() {
        true => drop(thread.join()),
        false => adopt(thread),
    }
}

/// Waits until every adopted thread has been joined, but no longer than `limit`: called once, when
/// the program is about to end. Returns whether all were.
pub fn finish(limit: Duration) -> bool {
    if *alive() > 0
        && let Some(reaper) = &*REAPER
    {
        reaper.send(Request::Hurry(Instant::now() + limit)).ok();
    }
    let (left, _) = JOINED
        .wait_timeout_while(alive(), limit, |alive| *alive > 0)
        .unwrap_or_else(PoisonError::into_inner);
    *left == 0
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;

    use super::*;

    #[test]
    fn a_thread_that_lives_on_keeps_no_other_from_being_joined() {
        const LIMIT: Duration = Duration::from_secs(60);
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            Builder::new().name(name.to_owned()).spawn(work).unwrap()
        };
        let (requests, taken) = unbounded();
        let (tell, joined) = unbounded();
        let reaper = spawn(
            "test-reaper",
            Box::new(move || reap(&taken, || tell.send(()).unwrap())),
        );
        let (live_on, until) = bounded::<()>(0);
        let lives_on = spawn(
            "lives-on",
            Box::new(move || until.recv().unwrap_or_default()),
        );
        requests.send(Request::Join(lives_on)).unwrap();
        for _ in 0..3 {
            let ends = spawn("ends", Box::new(|| {}));
            requests.send(Request::Join(ends)).unwrap();
            assert_eq!(joined.recv_timeout(LIMIT), Ok(()));
        }
        assert!(joined.is_empty());
        drop(live_on);
        assert_eq!(joined.recv_timeout(LIMIT), Ok(()));
        drop(requests);
        reaper.join().unwrap();
    }
}
