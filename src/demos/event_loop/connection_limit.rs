//! The limit on connections: what a run needs of the system, checked before anything is started.

use crate::lab::demo::VariantId;
use crate::lab::demo::param::ParamError;
use crate::lab::machine;
use crate::lab::machine::task_cost::{Room, SPARE, TaskCost};

/// Stack of a thread that waits. Only what is used of it takes memory, two or three pages.
pub(super) const STACK_BYTES: usize = 128 * 1024;

/// Connections that are open at the same time.
pub(super) fn at_once(variant: VariantId, connections: u64) -> u64 {
    match variant {
        "one_at_a_time" => 1,
        _ => connections,
    }
}

/// The cost of a connection. All connections of a run end at the one server, however many processes wait.
fn cost(variant: VariantId) -> TaskCost {
    const FILE: TaskCost = TaskCost {
        files: 1,
        threads: 0,
        bytes: 0,
    };
    match variant {
        "thread_each" => TaskCost {
            files: 1,
            ..TaskCost::THREAD
        },
        _ => FILE,
    }
}

/// The number of connections that there is room for. Worker processes raise the soft limit on open files as far as
/// they need.
pub(super) fn room(variant: VariantId) -> Room {
    // The pipes to a process for each core are open files here.
    let pipes = match variant {
        "process_per_core_async" => TaskCost::WORKER.files * machine::cores() as u64,
        _ => 0,
    };
    Room {
        spare_files: SPARE + pipes,
        ..Room::of(cost(variant))
    }
}

/// Checks that a run with so many connections fits; the error names the limit and how many would fit.
pub(super) fn check(variant: VariantId, connections: u64, room: &Room) -> Result<(), ParamError> {
    if at_once(variant, connections) < connections {
        return Ok(());
    }
    cost(variant).check_in(room, "connections", connections)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::machine::limits::Limit;

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
            spare_files: SPARE,
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
            spare_files: SPARE,
            threads: threads(300),
            bytes: Some(100 * TaskCost::THREAD.bytes),
        };
        // The system allows 268 threads, but has memory, with a tenth to spare, for 90.
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
                largest: 90,
                ..
            })
        ));
        assert_eq!(check("thread_each", 90, &room), Ok(()));
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
