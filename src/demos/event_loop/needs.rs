//! What a run needs of the system, checked before anything is started.

use crate::lab::demo::VariantId;
use crate::lab::limits::{self, Limit};
use crate::lab::machine;
use crate::lab::param::ParamError;

/// Files that a worker process has open beside its connections: its three standard streams, what the event loop
/// needs, those that the program was started with, and some to spare.
pub(super) const SPARE_FILES: u64 = 32;
/// Threads of a run beside one for each connection: those of the program's own and its worker processes.
const SPARE_THREADS: u64 = 32;
/// Stack of a thread that waits. Only what is used of it takes memory, two or three pages.
pub(super) const STACK_BYTES: usize = 128 * 1024;
/// Memory that a waiting thread takes: its pages, the kernel's own stack and books for it, and both ends of the
/// connection.
const BYTES_OF_A_THREAD: u64 = 64 * 1024;

/// Connections that are open at the same time.
pub(super) fn at_once(variant: VariantId, connections: u64) -> u64 {
    match variant {
        "one_at_a_time" => 1,
        _ => connections,
    }
}

/// What the system has room for; `None` for what it does not tell, and then nothing is refused.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Room {
    /// Open files that a process may have.
    pub(super) files: Option<u64>,
    /// Files that the pipes to a process for each core take here, beside the spare ones.
    pub(super) pipes: u64,
    /// Threads.
    pub(super) threads: Option<Limit>,
    /// Bytes of memory that are free.
    pub(super) bytes: Option<u64>,
}

impl Room {
    /// As far as it matters to `variant`: the window asks in every frame.
    pub(super) fn here(variant: VariantId) -> Self {
        let is_threaded = variant == "thread_each";
        Self {
            // Worker processes raise the soft limit as far as they need.
            files: limits::open_files().map(|files| files.hard),
            pipes: match variant {
                "process_per_core_async" => 2 * machine::cores() as u64,
                _ => 0,
            },
            threads: is_threaded.then(limits::threads).flatten(),
            bytes: is_threaded.then(machine::available_memory).flatten(),
        }
    }
}

/// Whether a run with so many connections fits, or what is in its way and how many would fit.
pub(super) fn check(variant: VariantId, connections: u64, room: &Room) -> Result<(), ParamError> {
    if at_once(variant, connections) < connections {
        return Ok(());
    }
    let is_threaded = variant == "thread_each";
    let threads = room.threads.filter(|_| is_threaded).map(Limit::free);
    let bytes = room.bytes.filter(|_| is_threaded);
    // All connections of a run end at the one server, however many processes wait.
    let limits = [
        ("open files", SPARE_FILES + room.pipes, room.files),
        ("threads", SPARE_THREADS, threads),
    ];
    let limits = limits
        .into_iter()
        .filter_map(|(what, spare, allowed)| Some((what, spare, allowed?)));
    let tightest = limits.min_by_key(|(_, spare, allowed)| allowed.saturating_sub(*spare));
    let needed = connections * BYTES_OF_A_THREAD;
    match (tightest, bytes) {
        (Some((what, spare, allowed)), _) if allowed < connections + spare => {
            let fit = bytes.map_or(u64::MAX, |free| free / BYTES_OF_A_THREAD);
            Err(ParamError::BeyondLimit {
                name: "connections",
                value: connections,
                what,
                needed: connections + spare,
                allowed,
                largest: allowed.saturating_sub(spare).min(fit),
            })
        }
        (_, Some(free)) if free < needed => Err(ParamError::TooMuchMemory {
            name: "connections",
            needed,
            free,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VARIANTS: [VariantId; 4] = [
        "one_at_a_time",
        "thread_each",
        "one_thread_async",
        "process_per_core_async",
    ];

    fn largest(variant: VariantId, room: &Room) -> Option<u64> {
        match check(variant, 10_000, room) {
            Ok(()) => None,
            Err(ParamError::BeyondLimit { largest, .. }) => {
                assert_eq!(check(variant, largest, room), Ok(()));
                assert!(check(variant, largest + 1, room).is_err());
                Some(largest)
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_largest_that_works_works_and_one_more_does_not() {
        let files = Room {
            files: Some(1024),
            ..Room::default()
        };
        let found = VARIANTS.map(|variant| largest(variant, &files));
        assert_eq!(found, [None, Some(992), Some(992), Some(992)]);
        let threads = Room {
            threads: Some(Limit {
                allowed: 500,
                used: 100,
            }),
            ..Room::default()
        };
        let found = VARIANTS.map(|variant| largest(variant, &threads));
        assert_eq!(found, [None, Some(368), None, None]);
    }

    #[test]
    fn of_several_limits_the_tightest_counts() {
        let threads = |allowed| Some(Limit { allowed, used: 0 });
        let room = Room {
            files: Some(1024),
            pipes: 0,
            threads: threads(300),
            bytes: Some(100 * BYTES_OF_A_THREAD),
        };
        // Of 268 threads that are allowed there is memory for 100.
        assert_eq!(
            largest(
                "thread_each",
                &Room {
                    bytes: None,
                    ..room
                }
            ),
            Some(268)
        );
        assert!(matches!(
            check("thread_each", 10_000, &room),
            Err(ParamError::BeyondLimit {
                what: "threads",
                largest: 100,
                ..
            })
        ));
        assert_eq!(check("thread_each", 100, &room), Ok(()));
        let room = Room {
            threads: threads(3000),
            ..room
        };
        assert_eq!(largest("one_thread_async", &room), Some(992));
    }

    #[test]
    fn threads_need_memory() {
        let room = Room {
            bytes: Some(100 << 20),
            ..Room::default()
        };
        assert!(matches!(
            check("thread_each", 10_000, &room),
            Err(ParamError::TooMuchMemory { .. })
        ));
        assert_eq!(check("thread_each", 1_000, &room), Ok(()));
        assert_eq!(check("one_thread_async", 10_000, &room), Ok(()));
    }

    #[test]
    fn what_the_system_does_not_tell_is_not_in_the_way() {
        for variant in VARIANTS {
            assert_eq!(check(variant, 10_000, &Room::default()), Ok(()));
        }
    }
}
