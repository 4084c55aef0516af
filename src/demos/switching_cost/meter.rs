//! The meter of a task's use of the core: how long, and how often it was switched.

use std::time::Duration;

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

use crate::lab::machine::context_switches::{self, Switches};

/// The use of the core by one task, or by several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Used {
    /// Time on the core, the system's work for it included, and with it the switches: the time of a switch is
    /// always some thread's. `None` where the system does not say.
    pub(super) core: Option<Duration>,
    /// Context switches; `None` where the system does not count them by thread.
    pub(super) switches: Option<Switches>,
}

impl Used {
    /// The use by several tasks together; a figure that is unknown for one is unknown for all.
    pub(super) fn sum(tasks: impl IntoIterator<Item = Self>) -> Self {
        let nothing = Self {
            core: Some(Duration::ZERO),
            switches: Some(Switches::default()),
        };
        tasks.into_iter().fold(nothing, |sum, task| Self {
            core: sum.core.zip(task.core).map(|(a, b)| a + b),
            switches: sum.switches.zip(task.switches).map(|(a, b)| a + b),
        })
    }
}

/// Reads the use of the core by the calling thread since the meter began.
pub(super) struct Meter {
    core: Option<ThreadTime>,
    switches: Option<Switches>,
}

impl Meter {
    /// A meter of the calling thread, which begins with nothing.
    pub(super) fn of_this_thread() -> Self {
        Self {
            core: ThreadTime::try_now().ok(),
            switches: context_switches::of_this_thread(),
        }
    }

    /// The use of the core until now.
    pub(super) fn read(&self) -> Used {
        let switches = context_switches::of_this_thread().zip(self.switches);
        Used {
            core: self.core.and_then(|begun| begun.try_elapsed().ok()),
            switches: switches.map(|(now, before)| now - before),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_of_one_is_unknown_of_all() {
        let known = Used {
            core: Some(Duration::from_millis(1)),
            switches: Some(Switches {
                voluntary: 1,
                involuntary: 2,
            }),
        };
        let both = Used::sum([known, known]);
        assert_eq!(both.core, Some(Duration::from_millis(2)));
        assert_eq!(both.switches.map(|it| it.involuntary), Some(4));
        let uncounted = Used {
            switches: None,
            ..known
        };
        assert_eq!(Used::sum([known, uncounted]).switches, None);
        assert!(Used::sum([known, uncounted]).core.is_some());
    }

    #[test]
    fn sleeping_uses_no_core() {
        let meter = Meter::of_this_thread();
        std::thread::sleep(Duration::from_millis(20));
        let used = meter.read().core.unwrap();
        assert!(used < Duration::from_millis(20), "{used:?}");
    }
}
