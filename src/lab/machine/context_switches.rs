//! Context switches as the operating system counts them: how often a core was taken from a thread.

use std::ops::{Add, Sub};

/// Context switches of a thread or process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Switches {
    /// The thread had to wait, and gave the core away itself.
    pub voluntary: u64,
    /// The thread could have gone on, but its time was up or a more urgent one came.
    pub involuntary: u64,
}

impl Add for Switches {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            voluntary: self.voluntary + other.voluntary,
            involuntary: self.involuntary + other.involuntary,
        }
    }
}

impl Sub for Switches {
    type Output = Self;

    /// The switches between two counts of one thread.
    fn sub(self, earlier: Self) -> Self {
        Self {
            voluntary: self.voluntary.saturating_sub(earlier.voluntary),
            involuntary: self.involuntary.saturating_sub(earlier.involuntary),
        }
    }
}

/// Switches of the calling thread since it began; `None` where the system counts for whole processes
/// only (macOS) or not at all (Windows).
pub fn of_this_thread() -> Option<Switches> {
    #[cfg(any(target_os = "linux", target_os = "freebsd", target_os = "openbsd"))]
    {
        usage(nix::sys::resource::UsageWho::RUSAGE_THREAD)
    }
    #[cfg(not(any(target_os = "linux", target_os = "freebsd", target_os = "openbsd")))]
    {
        None
    }
}

/// Switches of all threads of this process since it began; `None` where the system does not count them.
pub fn of_this_process() -> Option<Switches> {
    #[cfg(unix)]
    {
        usage(nix::sys::resource::UsageWho::RUSAGE_SELF)
    }
    #[cfg(not(unix))]
    {
        None
    }
}

#[cfg(unix)]
fn usage(who: nix::sys::resource::UsageWho) -> Option<Switches> {
    let usage = nix::sys::resource::getrusage(who).ok()?;
    Some(Switches {
        voluntary: u64::try_from(usage.voluntary_context_switches()).ok()?,
        involuntary: u64::try_from(usage.involuntary_context_switches()).ok()?,
    })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_sleeps_gives_the_core_away() {
        let count = || of_this_thread().or_else(of_this_process).unwrap();
        let before = count();
        for _ in 0..5 {
            std::thread::sleep(Duration::from_micros(100));
        }
        let switched = count() - before;
        assert!(switched.voluntary >= 5, "{switched:?}");
    }

    #[test]
    fn a_process_switches_at_least_as_often_as_its_thread() {
        let thread = of_this_thread().unwrap_or_default();
        let process = of_this_process().unwrap();
        assert!(
            process.voluntary >= thread.voluntary,
            "{process:?} {thread:?}"
        );
    }
}
