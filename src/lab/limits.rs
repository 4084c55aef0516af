//! What the system allows: how many files (sockets among them) a process may have open, and how many
//! threads can still be started.

use std::io;

/// How many open files a process may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenFiles {
    /// What holds at present.
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

/// Of all limits on threads the one that leaves the least; `None` if the system does not tell.
pub fn threads() -> Option<Limit> {
    #[cfg(target_os = "linux")]
    {
        linux::thread_limits()
            .into_iter()
            .min_by_key(|limit| limit.free())
    }
    #[cfg(not(target_os = "linux"))]
    {
        None
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::read_to_string;
    use std::path::Path;

    use rustix::process::{Resource, getrlimit, getuid};

    use super::Limit;

    pub(super) fn thread_limits() -> Vec<Limit> {
        let mut limits = Vec::new();
        if let Some(used) = threads_of_all() {
            // Every thread has a number of its own, so there are no more of them than numbers.
            let of_all =
                ["threads-max", "pid_max"].map(|name| number(format!("/proc/sys/kernel/{name}")));
            limits.extend(
                of_all
                    .into_iter()
                    .flatten()
                    .map(|allowed| Limit { allowed, used }),
            );
            // The system does not tell how many are this user's: no more than all. Root has no such limit.
            if let (false, Some(allowed)) = (getuid().is_root(), getrlimit(Resource::Nproc).current)
            {
                limits.push(Limit { allowed, used });
            }
        }
        let cgroups = read_to_string("/proc/self/cgroup").unwrap_or_default();
        limits.extend(cgroups.lines().flat_map(of_cgroup));
        limits
    }

    /// Threads of all processes: the number behind the `/` in `0.20 0.18 0.12 1/80 11206`; see proc_loadavg(5).
    fn threads_of_all() -> Option<u64> {
        let loads = read_to_string("/proc/loadavg").ok()?;
        let (_, all) = loads.split_whitespace().nth(3)?.split_once('/')?;
        all.parse().ok()
    }

    /// The limits of the control group in a line such as `0::/user.slice` (version 2) or `8:pids:/user.slice`
    /// (version 1), and of all groups around it; see cgroups(7).
    fn of_cgroup(line: &str) -> Vec<Limit> {
        let mut fields = line.splitn(3, ':').skip(1);
        let root = match fields.next() {
            Some("") => Path::new("/sys/fs/cgroup"),
            Some("pids") => Path::new("/sys/fs/cgroup/pids"),
            _ => return Vec::new(),
        };
        let group = fields.next().unwrap_or_default().trim_start_matches('/');
        let group = root.join(group);
        let around = group
            .ancestors()
            .take_while(|folder| folder.starts_with(root));
        // A group without a limit says `max`, and the outermost one has no such file.
        around
            .filter_map(|folder| {
                Some(Limit {
                    allowed: number(folder.join("pids.max"))?,
                    used: number(folder.join("pids.current"))?,
                })
            })
            .collect()
    }

    fn number(file: impl AsRef<Path>) -> Option<u64> {
        read_to_string(file).ok()?.trim().parse().ok()
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
