//! What the system allows: how many files (sockets among them) a process may have open, how many threads can
//! still be started, and how much of the cores' time there is.

use std::io;
#[cfg(target_os = "linux")]
use std::time::Instant;

#[cfg(target_os = "linux")]
use super::kept::Kept;

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

/// Of all limits on threads the one that leaves the least, as it was at most half a second ago; `None` if the
/// system does not tell.
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

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::read_to_string;
    use std::path::{Path, PathBuf};

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

    /// The limits on threads of the control group in a line of `/proc/self/cgroup`, and of all groups around it.
    fn of_cgroup(line: &str) -> Vec<Limit> {
        // A group without a limit says `max`, and the outermost one has no such file.
        around(line, "pids")
            .into_iter()
            .filter_map(|(folder, _)| {
                Some(Limit {
                    allowed: number(folder.join("pids.max"))?,
                    used: number(folder.join("pids.current"))?,
                })
            })
            .collect()
    }

    /// Which version of control groups a folder belongs to: their files differ.
    #[derive(Clone, Copy)]
    enum Version {
        One,
        Two,
    }

    /// The folders of the control group in a line such as `0::/user.slice` (version 2) or `8:pids:/user.slice`
    /// (version 1), and of all groups around it, if it is about `controller`; see cgroups(7). In a container the
    /// innermost may be hidden, and the outermost one is the container's own.
    fn around(line: &str, controller: &str) -> Vec<(PathBuf, Version)> {
        let mut fields = line.splitn(3, ':').skip(1);
        let root = Path::new("/sys/fs/cgroup");
        let (root, version) = match fields.next() {
            Some("") => (root.to_owned(), Version::Two),
            // Several controllers may share a folder, which has each one's name as well.
            Some(all) if all.split(',').any(|name| name == controller) => {
                (root.join(controller), Version::One)
            }
            _ => return Vec::new(),
        };
        let group = fields.next().unwrap_or_default().trim_start_matches('/');
        root.join(group)
            .ancestors()
            .take_while(|folder| folder.starts_with(&root))
            .map(|folder| (folder.to_owned(), version))
            .collect()
    }

    /// The smallest quota of all groups in `groups`, which is `/proc/self/cgroup`, in cores. `read` reads a file.
    pub(super) fn cpu_quota(groups: &str, read: impl Fn(&Path) -> Option<String>) -> Option<f64> {
        let quota = |(folder, version): (PathBuf, Version)| {
            let (quota, period) = match version {
                Version::One => (
                    read(&folder.join("cpu.cfs_quota_us"))?,
                    read(&folder.join("cpu.cfs_period_us"))?,
                ),
                Version::Two => {
                    let both = read(&folder.join("cpu.max"))?;
                    let (quota, period) = both.trim().split_once(' ')?;
                    (quota.to_owned(), period.to_owned())
                }
            };
            // Without a quota it is `max`, or -1.
            let micros = |text: String| text.trim().parse::<u64>().ok().filter(|&it| it > 0);
            Some(micros(quota)? as f64 / micros(period)? as f64)
        };
        groups
            .lines()
            .flat_map(|line| around(line, "cpu"))
            .filter_map(quota)
            .min_by(f64::total_cmp)
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

    #[test]
    fn the_smallest_quota_on_the_way_to_the_root_counts() {
        let quota = |groups: &str, files: &[(&str, &str)]| {
            linux::cpu_quota(groups, |file| {
                let found = files.iter().find(|(name, _)| file.ends_with(name));
                found.map(|(_, text)| format!("{text}\n"))
            })
        };
        let two = "0::/a.slice/b.scope\n";
        assert_eq!(quota(two, &[]), None);
        let inner = ("cgroup/a.slice/b.scope/cpu.max", "150000 100000");
        assert_eq!(quota(two, &[inner]), Some(1.5));
        let outer = ("cgroup/a.slice/cpu.max", "25000 50000");
        assert_eq!(quota(two, &[inner, outer]), Some(0.5));
        let none = ("cgroup/a.slice/cpu.max", "max 100000");
        assert_eq!(quota(two, &[inner, none]), Some(1.5));
        // A container's own group is where the system's outermost would be.
        let root = ("fs/cgroup/cpu.max", "200000 100000");
        assert_eq!(quota(two, &[root]), Some(2.0));
        let of_another = ("cgroup/c/cpu.max", "1000 100000");
        assert_eq!(quota(two, &[of_another]), None);

        let one = "9:name=systemd:/c\n4:memory:/c\n2:cpu,cpuacct:/c/d\n0::/\n";
        let quota_of = |quota| ("cgroup/cpu/c/d/cpu.cfs_quota_us", quota);
        let period = ("cgroup/cpu/c/d/cpu.cfs_period_us", "100000");
        assert_eq!(quota(one, &[quota_of("50000"), period]), Some(0.5));
        assert_eq!(quota(one, &[quota_of("-1"), period]), None);
        let around = [
            ("cgroup/cpu/c/cpu.cfs_quota_us", "30000"),
            ("cgroup/cpu/c/cpu.cfs_period_us", "100000"),
        ];
        let all = [&[quota_of("50000"), period][..], &around].concat();
        assert_eq!(quota(one, &all), Some(0.3));
        // Nonsense is no quota.
        assert_eq!(quota(two, &[("b.scope/cpu.max", "0 0")]), None);
        assert_eq!(quota(two, &[("b.scope/cpu.max", "lots")]), None);
    }
}
