//! The files, threads and memory that the tasks of a run take. Checked before any is started: a machine that runs out
//! in the middle of a run is no fun in class.

use super::limits::{self, Limit};
use crate::lab::demo::param::ParamError;
use crate::lab::machine;

/// Files and threads that are left to all else: those that the program was started with, the window's, those of an
/// event loop.
pub const SPARE: u64 = 32;

/// The cost of one task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskCost {
    /// Open files of the process that has most of them.
    pub files: u64,
    /// Threads of all processes together.
    pub threads: u64,
    /// Bytes of memory that it shares with no other.
    pub bytes: u64,
}

impl TaskCost {
    /// A thread: what it uses of its stack, and the kernel's own stack and books for it.
    pub const THREAD: Self = Self {
        files: 0,
        threads: 1,
        bytes: 64 * 1024,
    };
    /// A worker process: two pipes to it and, on Linux, what tells its end; its two threads and the one here that
    /// listens to it; and its memory, rounded up.
    pub const WORKER: Self = Self {
        files: if cfg!(target_os = "linux") { 3 } else { 2 },
        threads: 3,
        bytes: 2 << 20,
    };

    /// An error if the system now has no room for so many of them, the value of the parameter `name`.
    pub fn check(self, name: &'static str, tasks: u64) -> Result<(), ParamError> {
        self.check_in(&Room::of(self), name, tasks)
    }

    /// How many of them there is room for; `u64::MAX` where the system does not say.
    pub fn most_in(self, room: &Room) -> u64 {
        self.counted(room)
            .map(|limit| limit.most())
            .chain(self.most_in_memory(room))
            .min()
            .unwrap_or(u64::MAX)
    }

    /// An error if there is no room for so many of them. It names the largest value that works.
    pub fn check_in(self, room: &Room, name: &'static str, tasks: u64) -> Result<(), ParamError> {
        let tightest = self.counted(room).min_by_key(Counted::most);
        let most_in_memory = self.most_in_memory(room);
        match (tightest, room.bytes) {
            (Some(limit), _) if tasks > limit.most() => Err(ParamError::BeyondLimit {
                name,
                value: tasks,
                what: limit.what,
                needed: tasks * limit.each + limit.spare,
                allowed: limit.allowed,
                largest: limit.most().min(most_in_memory.unwrap_or(u64::MAX)),
            }),
            (_, Some(free)) if most_in_memory.is_some_and(|most| tasks > most) => {
                Err(ParamError::TooMuchMemory {
                    name,
                    needed: tasks * self.bytes,
                    free,
                })
            }
            _ => Ok(()),
        }
    }

    fn counted(self, room: &Room) -> impl Iterator<Item = Counted> {
        let files = room.files.map(|allowed| Counted {
            what: "open files",
            each: self.files,
            spare: room.spare_files,
            allowed,
        });
        let threads = room.threads.map(|limit| Counted {
            what: "threads",
            each: self.threads,
            spare: SPARE,
            allowed: limit.free(),
        });
        let counted = [files, threads].into_iter().flatten();
        counted.filter(|limit| limit.each > 0)
    }

    /// A tenth of the memory stays free: what is free changes by the second.
    fn most_in_memory(self, room: &Room) -> Option<u64> {
        (room.bytes? / 10 * 9).checked_div(self.bytes)
    }
}

/// One of the things that are counted.
struct Counted {
    what: &'static str,
    each: u64,
    spare: u64,
    allowed: u64,
}

impl Counted {
    fn most(&self) -> u64 {
        self.allowed.saturating_sub(self.spare) / self.each
    }
}

/// The room that the system has; `None` where it does not say, and then nothing is refused.
#[derive(Clone, Copy, Debug, Default)]
pub struct Room {
    /// Open files that a process may have, if it raises the soft limit as far as it can.
    pub files: Option<u64>,
    /// Open files that are left to everything else.
    pub spare_files: u64,
    /// Threads.
    pub threads: Option<Limit>,
    /// Bytes of memory that are free.
    pub bytes: Option<u64>,
}

impl Room {
    /// The room now, as far as it matters to tasks of this cost: the window asks in every frame.
    pub fn of(task: TaskCost) -> Self {
        let matters = |cost: u64| (cost > 0).then_some(());
        Self {
            files: matters(task.files)
                .and_then(|()| limits::open_files())
                .map(|files| files.hard),
            spare_files: SPARE,
            threads: matters(task.threads).and_then(|()| limits::threads()),
            bytes: matters(task.bytes).and_then(|()| machine::available_memory()),
        }
    }
}

/// Lets this process have the open files that so many worker processes take, or as many as the system allows:
/// the usual soft limit of 1,024, or of 256, is too small. If it is still too few, starting the workers says so.
pub fn allow_workers(count: u64) {
    let wanted = count * TaskCost::WORKER.files + 2 * SPARE;
    let needed = limits::open_files().map_or(wanted, |files| files.hard.min(wanted));
    limits::allow_open_files(needed).ok();
}
