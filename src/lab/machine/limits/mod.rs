//! The system's limits: how many files (sockets among them) a process may have open, how many threads can
//! still be started, and how much of the cores' time there is.
//!
//! Limits are looked at before anything starts, and the largest value that works is named. Worker processes raise their
//! own soft limits; the program raises its own only for a run with many of them, whose pipes it holds.

use std::io;
#[cfg(target_os = "linux")]
use std::time::Instant;

#[cfg(target_os = "linux")]
use crate::lab::machine::cached::Kept;

#[cfg(target_os = "linux")]
mod linux;

/// How many open files a process may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenFiles {
    /// The limit that holds at present.
    pub soft: u64,
    /// How far the process may raise that by itself; worker processes inherit both.
    pub hard: u64,
}

/// The limit on open files; `None` where there is none.
pub fn open_files() -> Option<OpenFiles> {
    #[cfg(unix)]
    {
        let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
        Some(OpenFiles {
            soft: limit.current?,
            hard: limit.maximum.unwrap_or(u64::MAX),
        })
    }
    #[cfg(not(unix))]
    {
        None
    }
}

/// Lets this process have `needed` open files, if it may not yet. Fails beyond the hard limit.
pub fn allow_open_files(needed: u64) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        if limit.current.is_none_or(|soft| soft >= needed) {
            return Ok(());
        }
        let raised = Rlimit {
            current: Some(needed),
            ..limit
        };
        setrlimit(Resource::Nofile, raised)?;
    }
    #[cfg(not(unix))]
    let _ = needed;
    Ok(())
}

/// How many of something there may be, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many there may be.
    pub allowed: u64,
    /// How many there are.
    pub used: u64,
}

impl Limit {
    /// How many more there may be.
    pub fn free(self) -> u64 {
        self.allowed.saturating_sub(self.used)
    }
}

/// Of all limits on threads the one that leaves the least, as it was at most half a second ago; `None` if the
/// system does not say.
pub fn threads() -> Option<Limit> {
    #[cfg(target_os = "linux")]
    {
        static KEPT: Kept<Option<Limit>> = Kept::nothing();
        KEPT.get(Instant::now(), || {
            linux::thread_limits()
                .into_iter()
                .min_by_key(|limit| limit.free())
        })
    }
    #[cfg(not(target_os = "linux"))]
    {
        None
    }
}

/// How many cores' time the control groups around this process leave it, where they set a quota: 1.5 are one
/// core and a half, however many its threads are spread over.
pub fn cpu_quota() -> Option<f64> {
    #[cfg(target_os = "linux")]
    {
        let groups = std::fs::read_to_string("/proc/self/cgroup").ok()?;
        linux::cpu_quota(&groups, |file| std::fs::read_to_string(file).ok())
    }
    #[cfg(not(target_os = "linux"))]
    {
        None
    }
}

/// Bytes of memory that the control groups around this process still leave it, where they set a limit: with more
/// the system ends a program in the group, without a word.
pub fn group_memory() -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        let groups = std::fs::read_to_string("/proc/self/cgroup").ok()?;
        linux::memory_left(&groups, |file| std::fs::read_to_string(file).ok())
    }
    #[cfg(not(target_os = "linux"))]
    {
        None
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_system_tells_its_limits() {
        let files = open_files().expect("Linux has one");
        assert!(files.soft <= files.hard);
        let threads = threads().expect("Linux has several");
        assert!(threads.used >= 1 && threads.free() > 0, "{threads:?}");
    }

    #[test]
    fn what_is_allowed_already_can_be_had_and_more_than_the_hard_limit_not() {
        let files = open_files().expect("Linux has one");
        assert!(allow_open_files(files.soft).is_ok());
        // Root may raise even the hard limit, but not beyond what the kernel has room for.
        assert!(allow_open_files(1 << 40).is_err());
        assert_eq!(open_files().map(|files| files.hard), Some(files.hard));
    }
}
