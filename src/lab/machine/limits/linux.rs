//! The limits on Linux, read from the files of `/proc` and of the control groups.

use std::ffi::OsStr;
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
        // Root has no such limit.
        if let (false, Some(allowed)) = (getuid().is_root(), getrlimit(Resource::Nproc).current) {
            limits.push(of_user(allowed, used));
        }
    }
    let cgroups = read_to_string("/proc/self/cgroup").unwrap_or_default();
    limits.extend(cgroups.lines().flat_map(of_cgroup));
    limits
}

/// This user's limit. Which threads are the user's is in a file for each process: they are read only where it
/// may matter, for the window asks often.
fn of_user(allowed: u64, of_all: u64) -> Limit {
    const PLENTY: u64 = 1 << 15;
    let used = if of_all + PLENTY <= allowed {
        of_all
    } else {
        threads_of(getuid().as_raw(), statuses())
    };
    Limit { allowed, used }
}

/// The fields of a process's status file; see proc_pid_status(5).
fn statuses() -> impl Iterator<Item = String> {
    let folders = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let is_number = |name: &OsStr| name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
    folders
        .filter(move |folder| is_number(&folder.file_name()))
        // One that has ended meanwhile has no threads.
        .filter_map(|folder| read_to_string(folder.path().join("status")).ok())
}

/// The threads of those processes that are the user's.
fn threads_of(user: u32, statuses: impl Iterator<Item = String>) -> u64 {
    let field = |status: &str, name| -> Option<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    };
    statuses
        // Of the four ids in the line the first one, the real one, is whose threads are counted.
        .filter(|status| field(status, "Uid:") == Some(user.into()))
        .filter_map(|status| field(&status, "Threads:"))
        .sum()
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

/// The version of control groups that a folder belongs to: their files differ.
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
        // Several controllers may share a folder; each also has a link of its own name to it.
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

/// The memory left under the tightest limit of all groups in `groups`, in bytes. Files that the kernel only
/// keeps in case they are read again count as free: it forgets them when a program needs the memory.
pub(super) fn memory_left(groups: &str, read: impl Fn(&Path) -> Option<String>) -> Option<u64> {
    let left = |(folder, version): (PathBuf, Version)| {
        let number = |name: &str| read(&folder.join(name))?.trim().parse::<u64>().ok();
        let (limit, used, prefix) = match version {
            Version::One => (
                // Without a limit it is as many pages as fit into 63 bits.
                number("memory.limit_in_bytes").filter(|&limit| limit < 1 << 60)?,
                number("memory.usage_in_bytes")?,
                // Without the prefix it is the group's own share, without those inside of it.
                "total_",
            ),
            Version::Two => {
                // Beyond `high` no process is killed, but all are slowed down.
                let limits = ["memory.max", "memory.high"].into_iter();
                (
                    limits.filter_map(number).min()?,
                    number("memory.current")?,
                    "",
                )
            }
        };
        let stat = read(&folder.join("memory.stat")).unwrap_or_default();
        let forgettable = ["inactive_file", "active_file"].map(|name| format!("{prefix}{name}"));
        let kept: u64 = stat
            .lines()
            .filter_map(|line| line.split_once(' '))
            .filter(|(name, _)| forgettable.iter().any(|it| it == name))
            .filter_map(|(_, bytes)| bytes.trim().parse::<u64>().ok())
            .sum();
        Some(limit.saturating_sub(used.saturating_sub(kept)))
    };
    groups
        .lines()
        .flat_map(|line| around(line, "memory"))
        .filter_map(left)
        .min()
}

fn number(file: impl AsRef<Path>) -> Option<u64> {
    read_to_string(file).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads one of these files, which are named by how their paths end.
    fn among<'a>(files: &'a [(&'a str, &'a str)]) -> impl Fn(&Path) -> Option<String> + 'a {
        move |file| {
            let found = files.iter().find(|(name, _)| file.ends_with(name));
            found.map(|(_, text)| format!("{text}\n"))
        }
    }

    #[test]
    fn the_smallest_quota_on_the_way_to_the_root_counts() {
        let quota = |groups: &str, files: &[(&str, &str)]| cpu_quota(groups, among(files));
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

    #[test]
    fn what_is_left_of_the_smallest_limit_on_memory_counts() {
        let left = |groups: &str, files: &[(&str, &str)]| memory_left(groups, among(files));
        let two = "0::/a.slice/b.scope\n";
        assert_eq!(left(two, &[]), None);
        let inner = [
            ("cgroup/a.slice/b.scope/memory.max", "200000000"),
            ("cgroup/a.slice/b.scope/memory.current", "150000000"),
            // Of what is used 60 MB are files that can be read again; shared memory is not among them.
            (
                "cgroup/a.slice/b.scope/memory.stat",
                "anon 90000000\nfile 60000000\nshmem 5000000\ninactive_file 50000000\nactive_file 10000000",
            ),
        ];
        assert_eq!(left(two, &inner), Some(110_000_000));
        assert_eq!(left(two, &inner[..2]), Some(50_000_000));
        let high = ("cgroup/a.slice/b.scope/memory.high", "100000000");
        assert_eq!(left(two, &[&inner[..], &[high]].concat()), Some(10_000_000));
        let no_high = ("cgroup/a.slice/b.scope/memory.high", "max");
        let all = [&inner[..], &[no_high]].concat();
        assert_eq!(left(two, &all), Some(110_000_000));
        let outer = [
            ("cgroup/a.slice/memory.max", "80000000"),
            ("cgroup/a.slice/memory.current", "90000000"),
        ];
        assert_eq!(left(two, &[&inner[..], &outer].concat()), Some(0));
        let unlimited = [
            ("cgroup/a.slice/memory.max", "max"),
            ("cgroup/a.slice/memory.current", "90000000"),
        ];
        assert_eq!(left(two, &unlimited), None);

        let one = "9:name=systemd:/c\n4:memory:/c\n2:cpu,cpuacct:/c/d\n0::/\n";
        let files = [
            ("cgroup/memory/c/memory.limit_in_bytes", "200000000"),
            ("cgroup/memory/c/memory.usage_in_bytes", "150000000"),
            (
                "cgroup/memory/c/memory.stat",
                "inactive_file 1\nactive_file 1\ntotal_inactive_file 20000000\ntotal_active_file 10000000",
            ),
            ("cgroup/memory/memory.limit_in_bytes", "9223372036854771712"),
            ("cgroup/memory/memory.usage_in_bytes", "600000000"),
        ];
        assert_eq!(left(one, &files), Some(80_000_000));
        // In a container the group's own folder may be hidden, and the outermost is the container's.
        let container = [
            ("cgroup/memory/memory.limit_in_bytes", "300000000"),
            ("cgroup/memory/memory.usage_in_bytes", "100000000"),
        ];
        assert_eq!(left(one, &container), Some(200_000_000));
    }

    #[test]
    fn threads_are_counted_whose_real_user_it_is() {
        let status = |uids: &str, threads: u32| {
            format!("Name:\tx\nUid:\t{uids}\nGid:\t0\t0\t0\t0\nThreads:\t{threads}\n")
        };
        let all = [
            status("1000\t1000\t1000\t1000", 3),
            status("0\t0\t0\t0", 200),
            // A program that acts as root, started by the user.
            status("1000\t0\t0\t0", 1),
            status("0\t1000\t1000\t1000", 7),
            "Name:\tended".to_owned(),
        ];
        assert_eq!(threads_of(1000, all.into_iter()), 4);
        let ours = threads_of(getuid().as_raw(), statuses());
        assert!(
            ours >= 2,
            "{ours}: this thread and the one of the test runner"
        );
    }
}
