//! Child processes that may have to be killed from any thread, and that always are.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Child processes of all runs that were started and not yet waited for.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

/// Worker processes that live now.
pub fn workers_alive() -> usize {
    ALIVE.load(Ordering::Relaxed)
}

/// The worker processes of one run that may have to be killed from any thread.
#[derive(Default)]
pub(crate) struct Children {
    state: Mutex<ChildrenState>,
}

#[derive(Default)]
struct ChildrenState {
    list: Vec<Arc<Mutex<Life>>>,
    closed: bool,
}

impl Children {
    /// Kills all, and any that may still come: a worker that is being started while the run is
    /// cancelled must not slip through.
    pub(crate) fn kill_all(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.closed = true;
        for child in state.list.drain(..) {
            lock(&child).kill();
        }
    }

    /// Kills this one because a person wants it, and all that it may have started. Returns whether it
    /// was there to be killed.
    pub(crate) fn fell(&self, pid: u32) -> bool {
        self.with_living(pid, Life::fell)
    }

    /// Does something with one child process while it is sure that its id is no other process's. One that
    /// is just being waited for counts as ended: nobody waits here.
    fn with_living(&self, pid: u32, act: impl FnOnce(&mut Life)) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut living = state.list.iter().filter_map(|child| child.try_lock().ok());
        let found = living.find(|life| !life.ended && life.child.id() == pid);
        found.map(|mut life| act(&mut life)).is_some()
    }

    /// Does something with the id of each that lives, while it is sure that it is no other process's.
    pub(crate) fn with_each_living(&self, act: &mut dyn FnMut(u32)) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let living = state.list.iter().filter_map(|child| child.try_lock().ok());
        living
            .filter(|life| !life.ended)
            .for_each(|life| act(life.child.id()));
    }

    /// The ids of those that live.
    pub(crate) fn living(&self) -> Vec<u32> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let living = state.list.iter().filter_map(|child| child.try_lock().ok());
        living
            .filter(|life| !life.ended && !life.felled)
            .map(|life| life.child.id())
            .collect()
    }

    /// From now on the child is killed with the others.
    pub(super) fn enlist(&self, child: Child) -> Arc<Mutex<Life>> {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        let child = Arc::new(Mutex::new(Life {
            child,
            ended: false,
            felled: false,
        }));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            lock(&child).kill();
        } else {
            state.list.push(Arc::clone(&child));
        }
        child
    }
}

/// Whoever panicked with the lock left nothing half-done.
pub(super) fn lock(child: &Mutex<Life>) -> MutexGuard<'_, Life> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A worker process until it has been waited for. After that its id may be another process's.
pub(super) struct Life {
    child: Child,
    ended: bool,
    /// A person has killed it.
    felled: bool,
}

impl Life {
    /// Kills the process and all that it may have started. One that has ended already can't be
    /// killed any more, which is all right.
    pub(super) fn kill(&mut self) {
        if self.ended {
            return;
        }
        // A process that the worker started holds the worker's standard output open, and whoever
        // reads that would wait for it.
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        {
            rustix::process::kill_process_group(group, rustix::process::Signal::KILL).ok();
        }
        drop(self.child.kill());
    }

    /// The same because a person wants it.
    fn fell(&mut self) {
        self.felled = true;
        self.kill();
    }

    /// Whether a person has killed it.
    pub(super) fn was_felled(&self) -> bool {
        self.felled
    }

    /// Waits until it has ended.
    pub(super) fn wait(&mut self) -> io::Result<ExitStatus> {
        let status = self.child.wait();
        if !std::mem::replace(&mut self.ended, true) {
            ALIVE.fetch_sub(1, Ordering::Relaxed);
        }
        status
    }
}

/// Ctrl-C in a terminal goes to its whole foreground process group. In a group of its own a worker
/// does not get it; this program does, and ends its workers in order.
pub(super) fn own_process_group(command: &mut Command) {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
        command.creation_flags(CREATE_NEW_PROCESS_GROUP);
    }
}
