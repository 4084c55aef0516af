//! The cores of a run: how many it may use, from its start and changed while it goes on.
//!
//! A thread inherits its cores from the one that starts it, and a process from its parent; so it is enough to limit
//! the run's own thread before it starts anything. A change has to reach those that exist already: threads that have
//! a track are known here, worker processes by their ids. A thread or process that is being started meanwhile gets
//! the present limit when it arrives (`CoreLimit::enter`, `CoreLimit::apply_to_process`), so none is missed.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::affinity;
use crate::lab::demo::param::Param;
use crate::lab::demo::value::Value;
use crate::lab::machine;
use crate::lab::trace::event::Step;

/// How many cores the run may use from now on: an instant on the run's own track.
pub const CORES: Step = Step("cores");

/// The name of the parameter that says how many cores a run may use.
pub const PARAM: &str = "cores";

/// Whether this system has affinity. Asked once: the window wants to know several times a frame.
pub fn can_be_limited() -> bool {
    static CAN: OnceLock<bool> = OnceLock::new();
    *CAN.get_or_init(|| affinity::allowed().is_some())
}

/// The parameter `cores`, for demos whose runs can be limited: all by default. Where the system has no
/// affinity there is no such parameter.
pub fn param(cores: &mut u64) -> Option<Param<'_>> {
    can_be_limited().then(|| Param::whole(PARAM, 1..=all(), cores))
}

/// All cores that this process may use.
pub fn all() -> u64 {
    machine::cores() as u64
}

/// How many cores' time a run on `cores` cores may use: all of theirs, or less where a control group sets a quota.
pub fn limit_of(cores: u64) -> f64 {
    machine::core_limit().min(cores as f64)
}

/// A number of cores for people: whole ones are counted, a quota may leave a part of one.
pub fn said(limit: f64) -> Value {
    let hundredths = (limit * 100.0).round() / 100.0;
    if hundredths.fract() == 0.0 {
        Value::from(hundredths as u64)
    } else {
        Value::Word(hundredths.to_string())
    }
}

/// The cores of one run.
#[derive(Default)]
pub(crate) struct CoreLimit {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// All that there are, once the job has said that its cores can be limited.
    all: Vec<usize>,
    /// Those that may be used now.
    allowed: Vec<usize>,
    /// The run's threads in this process by their ids, with the number of tracks that each has open.
    threads: HashMap<u32, usize>,
    /// How often the number was changed since the start.
    changes: u64,
}

/// Keeps a thread registered as one of the run's. The thread itself drops this, so its id is not reused before.
pub(crate) struct Entered {
    limit: Arc<CoreLimit>,
    thread: u32,
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut state = self.limit.lock();
        if let Some(tracks) = state.threads.get_mut(&self.thread) {
            *tracks -= 1;
            if *tracks == 0 {
                state.threads.remove(&self.thread);
            }
        }
    }
}

impl CoreLimit {
    /// A panic while it was held has left nothing half-done.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Limits the calling thread, which has started nothing yet, and all that it starts to `count` cores. Does
    /// nothing where the system has no affinity.
    pub(crate) fn begin(&self, count: u64) -> io::Result<()> {
        let Some(all) = affinity::allowed() else {
            return Ok(());
        };
        let mut state = self.lock();
        state.allowed = last(&all, count);
        // Set even if no core is taken away: a later change needs it.
        state.all = all;
        let own = machine::thread_id().map(|own| (own, 1));
        state.threads.extend(own);
        if count < super::cores::all() {
            affinity::limit_this_thread(&state.allowed)?;
        }
        Ok(())
    }

    /// Registers the calling thread as one of the run's, so that changes reach it. `None` for runs that can't be
    /// limited.
    pub(crate) fn enter(self: &Arc<Self>) -> Option<Entered> {
        let mut state = self.lock();
        if state.all.is_empty() {
            return None;
        }
        let thread = machine::thread_id()?;
        // It was started before the change, and arrives after it.
        if state.changes > 0 {
            affinity::limit_this_thread(&state.allowed).ok();
        }
        *state.threads.entry(thread).or_default() += 1;
        Some(Entered {
            limit: Arc::clone(self),
            thread,
        })
    }

    /// Applies a change to a process that was started meanwhile, and is among the run's children.
    pub(crate) fn apply_to_process(&self, pid: u32) {
        let state = self.lock();
        if state.changes > 0 {
            affinity::limit_process(pid, &state.allowed).ok();
        }
    }

    /// Changes the number. `tell` is called if that makes a difference, before any other change can come. `processes`
    /// calls its argument for each process of the run.
    pub(crate) fn change(
        &self,
        count: u64,
        processes: impl FnOnce(&mut dyn FnMut(u32)),
        tell: impl FnOnce(u64),
    ) -> bool {
        let mut state = self.lock();
        let allowed = last(&state.all, count.max(1));
        if allowed.is_empty() || allowed == state.allowed {
            return false;
        }
        // A thread that has just ended can't be limited, and need not be.
        for thread in state.threads.keys() {
            affinity::limit_thread(*thread, &allowed).ok();
        }
        processes(&mut |pid| {
            affinity::limit_process(pid, &allowed).ok();
        });
        state.allowed = allowed;
        state.changes += 1;
        tell(state.allowed.len() as u64);
        true
    }

    /// Ends the run: from now on nothing changes.
    pub(crate) fn end(&self) {
        let mut state = self.lock();
        state.all.clear();
        state.threads.clear();
    }

    /// How many cores the run may use at last, if that was changed since its start.
    pub(crate) fn changed_to(&self) -> Option<u64> {
        let state = self.lock();
        (state.changes > 0).then_some(state.allowed.len() as u64)
    }
}

/// The last ones: the first serve most of a machine's interrupts.
fn last(all: &[usize], count: u64) -> Vec<usize> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    all[all.len().saturating_sub(count)..].to_vec()
}
