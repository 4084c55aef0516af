//! The one core on which everything that is measured runs.

use std::thread::Builder;

use serde::{Deserialize, Serialize};

use crate::lab::machine::affinity;
use crate::lab::machine::priority;
use crate::lab::run::error::{RunError, SpawnKind};

/// The place of the tasks: one core, or wherever the system puts them if it offers no choice.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct OneCore(Option<Vec<usize>>);

impl OneCore {
    /// Chooses a core, and tries on a thread of its own whether the system allows it.
    pub(super) fn choose() -> Result<Self, RunError> {
        let chosen = Self(affinity::some(1));
        let is_allowed = chosen.on_a_thread(|| affinity::allowed() == chosen.0)?;
        Ok(Self(chosen.0.filter(|_| is_allowed)))
    }

    /// Whether it is one core.
    pub(super) fn is_one(&self) -> bool {
        self.0.is_some()
    }

    /// Moves the calling thread there, for good, and behind the window that shows it.
    pub(super) fn settle(&self) {
        priority::lower_this_thread();
        if let Some(core) = &self.0 {
            // It was tried when the core was chosen. A core that was taken from this program since then
            // leaves the thread where it is; the share of its lane shows it.
            affinity::limit_this_thread(core).ok();
        }
    }

    /// Does `work` there, on a thread that is gone afterwards.
    pub(super) fn on_a_thread<T: Send>(
        &self,
        work: impl FnOnce() -> T + Send,
    ) -> Result<T, RunError> {
        std::thread::scope(|scope| {
            let spawned = Builder::new()
                .name("one-core".to_owned())
                .spawn_scoped(scope, || {
                    self.settle();
                    work()
                });
            let thread = spawned.map_err(|error| RunError::spawn(SpawnKind::Thread, &error))?;
            Ok(thread
                .join()
                .unwrap_or_else(|payload| std::panic::resume_unwind(payload)))
        })
    }
}
