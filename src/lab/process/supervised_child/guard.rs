//! A child process from its start until it is reaped: until then its id is no other process's, and a kill is safe. No
//! thread waits for a child under its lock, which the UI thread takes.

use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::os::Group;
#[cfg(unix)]
use super::watchdog::Watchdog;
use crate::lab::run::error::ProcessEnd;

/// How long a child that has closed a pipe may take to end: the system closes a process's pipes a moment before it has
/// ended.
const ENDING: Duration = Duration::from_secs(1);

/// Child processes that were started and not reaped yet.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

/// Child processes of this program that live now.
pub fn processes_alive() -> usize {
    ALIVE.load(Ordering::Relaxed)
}

/// How a child process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChildEnd {
    /// By itself, or killed from outside this program.
    Status(ExitStatus),
    /// Killed by this program, which did not need it any more.
    KilledByProgram,
    /// Killed by the user of this program.
    KilledByUser,
    /// It closed its input or output and went on, so this program killed it.
    ClosedPipe,
    /// Unknown, because the system refused to say; its error.
    Unknown(String),
}

impl ChildEnd {
    /// How it ended, for an error.
    pub(crate) fn how(&self) -> ProcessEnd {
        match self {
            ChildEnd::Status(status) => ProcessEnd::from(*status),
            ChildEnd::ClosedPipe => ProcessEnd::ClosedPipe,
            ChildEnd::KilledByProgram | ChildEnd::KilledByUser => {
                ProcessEnd::Other("this program killed it".to_owned())
            }
            ChildEnd::Unknown(error) => ProcessEnd::Other(error.clone()),
        }
    }
}

/// Why this program killed a child.
#[derive(Clone, Copy, Debug)]
enum Killed {
    Unneeded,
    ByUser,
    ClosedPipe,
}

impl From<Killed> for ChildEnd {
    fn from(killed: Killed) -> Self {
        match killed {
            Killed::Unneeded => ChildEnd::KilledByProgram,
            Killed::ByUser => ChildEnd::KilledByUser,
            Killed::ClosedPipe => ChildEnd::ClosedPipe,
        }
    }
}

/// A child process as its owner, its reader and its run share it.
pub(crate) struct ChildGuard {
    pid: u32,
    state: Mutex<State>,
    /// Notified when the child has been reaped.
    reaped: Condvar,
}

struct State {
    child: Child,
    group: Group,
    #[cfg(unix)]
    watchdog: Option<Watchdog>,
    /// Why it was killed first, if it lived then.
    killed: Option<Killed>,
    /// Whether a thread waits for its end already; that thread reaps.
    awaited: bool,
    /// Once it has been reaped.
    end: Option<ChildEnd>,
}

impl State {
    /// Whether the process has ended, reaped or not.
    fn has_ended(&mut self) -> bool {
        self.end.is_some() || self.group.has_ended(&mut self.child)
    }

    fn kill(&mut self, why: Killed) -> bool {
        if self.end.is_some() {
            return false;
        }
        let lived = !self.has_ended();
        if lived {
            self.killed.get_or_insert(why);
        }
        // Processes that it has started may live on, and hold the pipes open.
        self.kill_group();
        lived
    }

    fn kill_group(&mut self) {
        self.group.kill(&mut self.child);
    }

    fn reap(&mut self) -> ChildEnd {
        self.kill_group();
        let status = self.child.wait();
        ALIVE.fetch_sub(1, Ordering::Relaxed);
        let end = match (self.killed, status) {
            (Some(killed), Ok(status)) if is_killed(status) => killed.into(),
            (_, Ok(status)) => ChildEnd::Status(status),
            (Some(killed), Err(_)) => killed.into(),
            (None, Err(error)) => ChildEnd::Unknown(error.to_string()),
        };
        self.end.insert(end).clone()
    }
}

/// Whether a process that was killed can have ended so. It may have been about to end by itself.
#[cfg(unix)]
fn is_killed(status: ExitStatus) -> bool {
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    signal == Some(rustix::process::Signal::KILL.as_raw())
}

#[cfg(not(unix))]
fn is_killed(_status: ExitStatus) -> bool {
    true
}

impl ChildGuard {
    pub(super) fn new(child: Child) -> Self {
        let group = Group::of(
            &child,
            #[cfg(unix)]
            None,
        );
        Self::in_group(child, group)
    }

    /// A child that a watchdog has started before watches over.
    #[cfg(unix)]
    pub(super) fn watched(child: Child, watchdog: Watchdog) -> Self {
        let group = Group::of(&child, watchdog.group());
        let guard = Self::in_group(child, group);
        guard.lock().watchdog = Some(watchdog);
        guard
    }

    fn in_group(child: Child, group: Group) -> Self {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Self {
            pid: child.id(),
            state: Mutex::new(State {
                group,
                #[cfg(unix)]
                watchdog: None,
                child,
                killed: None,
                awaited: false,
                end: None,
            }),
            reaped: Condvar::new(),
        }
    }

    /// A panic while it was held has left nothing half-done.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Kills the child and all that it has started, because it is not needed any more. Returns at once.
    pub(crate) fn kill(&self) {
        self.lock().kill(Killed::Unneeded);
    }

    /// Waits for the child's end and reaps it. Every thread that waits gets the same result.
    pub(crate) fn wait(&self) -> ChildEnd {
        let mut state = self.lock();
        while state.awaited {
            if let Some(end) = &state.end {
                return end.clone();
            }
            let waited = self.reaped.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
        state.awaited = true;
        #[cfg(unix)]
        let group = state.group;
        drop(state);
        #[cfg(unix)]
        {
            group.wait_until_ended();
            let mut state = self.lock();
            // Processes that it has started may live on, and are watched no more. The child, not reaped yet, keeps the
            // group's id.
            state.kill_group();
            let watchdog = state.watchdog.take();
            drop(state);
            drop(watchdog);
        }
        #[cfg(not(unix))]
        while !self.lock().has_ended() {
            sleep(Duration::from_millis(5));
        }
        let end = self.lock().reap();
        self.reaped.notify_all();
        end
    }

    /// Waits for the end of a child that has closed its input or output. Every process does so when it ends; one that
    /// goes on is of no use any more, and is killed.
    pub(crate) fn wait_after_closed_pipe(&self) -> ChildEnd {
        let until = Instant::now() + ENDING;
        let mut pause = Duration::from_micros(50);
        loop {
            {
                let mut state = self.lock();
                if state.killed.is_some() || state.has_ended() {
                    break;
                }
                if Instant::now() > until {
                    state.kill(Killed::ClosedPipe);
                    break;
                }
            }
            sleep(pause);
            pause = (2 * pause).min(Duration::from_millis(5));
        }
        self.wait()
    }
}

/// The child processes of one run.
#[derive(Default)]
pub(crate) struct Children {
    state: Mutex<ChildrenState>,
}

#[derive(Default)]
struct ChildrenState {
    list: Vec<Arc<ChildGuard>>,
    closed: bool,
}

impl Children {
    fn lock(&self) -> MutexGuard<'_, ChildrenState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on the child is killed with the others.
    pub(super) fn register(&self, child: &Arc<ChildGuard>) {
        let mut state = self.lock();
        if state.closed {
            child.kill();
        }
        state.list.retain(|child| child.lock().end.is_none());
        state.list.push(Arc::clone(child));
    }

    /// Kills all, and any that may still come: a worker that is being started while the run is cancelled must not slip
    /// through. Returns at once.
    pub(crate) fn kill_all(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.list.drain(..).for_each(|child| child.kill());
    }

    /// Kills the child with this id because the user wants it, and all that it may have started. Returns at once, and
    /// whether it was there to be killed.
    pub(crate) fn kill_by_user(&self, pid: u32) -> bool {
        let state = self.lock();
        let mut found = state.list.iter().filter(|child| child.pid == pid);
        found.any(|child| child.lock().kill(Killed::ByUser))
    }

    /// Calls `act` with the id of each child that lives, while it is sure that it is no other process's.
    pub(crate) fn with_each_living(&self, act: &mut dyn FnMut(u32)) {
        for child in &self.lock().list {
            let mut state = child.lock();
            if !state.has_ended() {
                act(child.pid);
            }
        }
    }

    /// The ids of the children that live and have not been killed.
    pub(crate) fn living(&self) -> Vec<u32> {
        let state = self.lock();
        let living = state.list.iter().filter(|child| {
            let mut state = child.lock();
            state.killed.is_none() && !state.has_ended()
        });
        living.map(|child| child.pid).collect()
    }
}
