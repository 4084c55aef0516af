//! How many threads or processes this machine has room for. It is asked before any is started: a machine
//! that runs out of them is no fun in class.

use crate::lab::demo::VariantId;
use crate::lab::limits;
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
    // The program raises the soft limit as far as it needs.
    let files = limits::open_files().map(|files| files.hard.saturating_sub(RESERVE) / WORKER_FILES);
    // The other half is for whoever else is at work here.
    let memory = machine::available_memory().map(|bytes| bytes / 2 / WORKER_BYTES);
    [Some(threads() / WORKER_THREADS), files, memory]
        .into_iter()
        .flatten()
        .fold(MOST_PROCESSES, u64::min)
}

/// Threads that can be started in addition to those that are there; all, where the system does not tell.
fn threads() -> u64 {
    limits::threads().map_or(u64::MAX, |limit| limit.free().saturating_sub(RESERVE))
}

/// Lets this process have the open files that the most worker processes need, or as many of them as the system
/// allows this user: the usual 1,024 are too few. If it refuses, starting the workers will say so.
pub(super) fn raise_open_files() {
    let wanted = MOST_PROCESSES * WORKER_FILES + RESERVE;
    let needed = limits::open_files().map_or(wanted, |files| files.hard.min(wanted));
    limits::allow_open_files(needed).ok();
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
