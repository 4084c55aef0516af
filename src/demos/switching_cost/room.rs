//! How many threads or processes this machine has room for. It is asked before any is started: a machine
//! that runs out of them is no fun in class.

use crate::lab::demo::VariantId;
use crate::lab::machine;
use crate::lab::param::ParamError;

/// Worker processes that one run starts at most. Each takes some 3 ms to start, and this program a thread to
/// listen to it: more would only make the class wait.
const MOST_PROCESSES: u64 = 1024;
/// Memory of a worker process that it shares with no other, rounded up.
const WORKER_BYTES: u64 = 2 << 20;
/// Files that a worker process keeps open here: its input and its output.
const WORKER_FILES: u64 = 2;
/// Threads that come with a worker process: its two, and the one here that listens to it.
const WORKER_THREADS: u64 = 3;
/// Files and threads that are left to everything else.
const RESERVE: u64 = 64;

/// How many tasks of a kind there can be at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    most: u64,
    what: &'static str,
}

impl Room {
    /// For tasks of `variant`.
    pub(super) fn of(variant: VariantId) -> Self {
        match variant {
            "threads" => Self {
                most: threads(),
                what: "threads",
            },
            "processes" => Self {
                most: processes(),
                what: "processes",
            },
            _ => Self {
                most: u64::MAX,
                what: "tasks",
            },
        }
    }

    /// So many.
    pub(super) fn most(&self) -> u64 {
        self.most
    }

    /// The part of a sweep (from small to large) that there is room for, and the rest.
    pub(super) fn within<'sweep>(&self, tasks: &'sweep [u64]) -> (&'sweep [u64], &'sweep [u64]) {
        tasks.split_at(tasks.partition_point(|tasks| *tasks <= self.most))
    }

    /// An error if there is room for no value of the sweep.
    pub(super) fn check(&self, tasks: &[u64]) -> Result<(), ParamError> {
        match tasks.first() {
            Some(&least) if least > self.most => Err(ParamError::BeyondLimit {
                name: "tasks",
                value: least,
                what: self.what,
                needed: least,
                allowed: self.most,
                largest: self.most,
            }),
            _ => Ok(()),
        }
    }
}

fn processes() -> u64 {
    let files = open_files().map(|files| files.saturating_sub(RESERVE) / WORKER_FILES);
    // The other half is for whoever else is at work here.
    let memory = machine::available_memory().map(|bytes| bytes / 2 / WORKER_BYTES);
    [Some(threads() / WORKER_THREADS), files, memory]
        .into_iter()
        .flatten()
        .fold(MOST_PROCESSES, u64::min)
}

/// Threads that can be started in addition to those that are there.
#[cfg(unix)]
fn threads() -> u64 {
    use nix::sys::resource::{Resource, getrlimit};
    let in_use = threads_in_use();
    let of_user = getrlimit(Resource::RLIMIT_NPROC).ok().map(|(soft, _)| soft);
    let of_system =
        ["threads-max", "pid_max"].map(|name| read_number(&format!("/proc/sys/kernel/{name}")));
    let of_group = control_group().map(|left| left.saturating_sub(RESERVE));
    // All of these count what is there already; it is not known for whom, so for all.
    let left = |limit: u64| limit.saturating_sub(in_use + RESERVE);
    [of_user, of_system[0], of_system[1]]
        .into_iter()
        .flatten()
        .map(left)
        .chain(of_group)
        .min()
        .unwrap_or(u64::MAX)
}

#[cfg(not(unix))]
fn threads() -> u64 {
    u64::MAX
}

/// Of all programs; 0 where the system does not tell.
#[cfg(unix)]
fn threads_in_use() -> u64 {
    // "0.00 0.01 0.05 2/345 6789": two running of 345.
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let counted = load.split(['/', ' ']).nth(4);
    counted.and_then(|it| it.parse().ok()).unwrap_or(0)
}

#[cfg(unix)]
fn read_number(path: &str) -> Option<u64> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

/// Threads that the control group of this process still allows (a container's or a session's limit); `None`
/// if there is no such limit.
#[cfg(unix)]
fn control_group() -> Option<u64> {
    let groups = std::fs::read_to_string("/proc/self/cgroup").ok()?;
    let path = groups.lines().find_map(|line| line.strip_prefix("0::"))?;
    let of = |name: &str| read_number(&format!("/sys/fs/cgroup{path}/pids.{name}"));
    Some(of("max")?.saturating_sub(of("current")?))
}

/// Files that this process may have open at once, after [`raise_open_files`].
#[cfg(unix)]
fn open_files() -> Option<u64> {
    use nix::sys::resource::{Resource, getrlimit};
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).ok()?;
    Some(if cfg!(target_os = "linux") {
        hard
    } else {
        soft
    })
}

#[cfg(not(unix))]
fn open_files() -> Option<u64> {
    None
}

/// Takes as many open files as the system allows this user to take. The usual 1,024 are too few for a
/// thousand worker processes. If it refuses, starting them will say so.
pub(super) fn raise_open_files() {
    #[cfg(target_os = "linux")]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        if let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE)
            && soft < hard
        {
            setrlimit(Resource::RLIMIT_NOFILE, hard, hard).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room {
        most: 16,
        what: "processes",
    };

    #[test]
    fn what_there_is_no_room_for_is_left_out() {
        let (kept, rest): (&[u64], &[u64]) = ROOM.within(&[1, 16, 17, 64]);
        assert_eq!((kept, rest), (&[1, 16][..], &[17, 64][..]));
        assert_eq!(ROOM.check(&[16, 64]), Ok(()));
    }

    #[test]
    fn a_sweep_without_a_point_that_fits_is_refused() {
        assert_eq!(
            ROOM.check(&[17, 64]),
            Err(ParamError::BeyondLimit {
                name: "tasks",
                value: 17,
                what: "processes",
                needed: 17,
                allowed: 16,
                largest: 16,
            })
        );
    }

    #[test]
    fn an_ordinary_machine_has_room_for_some() {
        for variant in ["threads", "processes", "async_tasks"] {
            assert!(Room::of(variant).most >= 16, "{variant}");
        }
    }
}
