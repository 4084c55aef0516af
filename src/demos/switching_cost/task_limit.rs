//! How many tasks of a kind this machine can have at once, asked before any is started: a machine that runs out of
//! threads or processes is no fun in class.

use crate::lab::demo::VariantId;
use crate::lab::demo::param::ParamError;
use crate::lab::machine::task_cost::{self, TaskCost};

/// Worker processes that one run starts at most. Each takes some 3 ms to start, and this program a thread to
/// listen to it: more would only make the class wait.
const MOST_PROCESSES: u64 = 1024;

/// How many tasks of a kind there can be at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct TaskLimit {
    cost: TaskCost,
    system: task_cost::Room,
    /// More make no sense, whatever the system allows.
    sensible: u64,
}

impl TaskLimit {
    /// The limit for tasks of `variant`.
    pub(super) fn of(variant: VariantId) -> Self {
        let (cost, sensible) = match variant {
            "threads" => (TaskCost::THREAD, u64::MAX),
            "processes" => (TaskCost::WORKER, MOST_PROCESSES),
            _ => (TaskCost::default(), u64::MAX),
        };
        Self {
            cost,
            system: task_cost::Room::of(cost),
            sensible,
        }
    }

    /// The number of tasks that there can be.
    pub(super) fn most(&self) -> u64 {
        self.cost.most_in(&self.system).min(self.sensible)
    }

    /// The part of a sweep (from small to large) that there is room for, and the rest.
    pub(super) fn within<'sweep>(&self, tasks: &'sweep [u64]) -> (&'sweep [u64], &'sweep [u64]) {
        let most = self.most();
        tasks.split_at(tasks.partition_point(|tasks| *tasks <= most))
    }

    /// An error if there is room for no value of the sweep.
    pub(super) fn check(&self, tasks: &[u64]) -> Result<(), ParamError> {
        match tasks.first() {
            Some(&least) if least > self.sensible => Err(ParamError::BeyondLimit {
                name: "tasks",
                value: least,
                what: "processes",
                needed: least,
                allowed: self.sensible,
                largest: self.most(),
            }),
            Some(&least) => self.cost.check_in(&self.system, "tasks", least),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: u64 = TaskCost::WORKER.files;

    /// Sixteen processes take all the files that may be open.
    const LIMIT: TaskLimit = TaskLimit {
        cost: TaskCost::WORKER,
        system: task_cost::Room {
            files: Some(16 * FILES + 32),
            spare_files: 32,
            threads: None,
            bytes: None,
        },
        sensible: 20,
    };

    #[test]
    fn what_there_is_no_room_for_is_left_out() {
        let (kept, rest): (&[u64], &[u64]) = LIMIT.within(&[1, 16, 17, 64]);
        assert_eq!((kept, rest), (&[1, 16][..], &[17, 64][..]));
        assert_eq!(LIMIT.check(&[16, 64]), Ok(()));
    }

    #[test]
    fn a_sweep_without_a_point_that_fits_is_refused_for_what_is_short() {
        let beyond = |value, what, needed, allowed| {
            Err(ParamError::BeyondLimit {
                name: "tasks",
                value,
                what,
                needed,
                allowed,
                largest: 16,
            })
        };
        let (needed, allowed) = (17 * FILES + 32, 16 * FILES + 32);
        assert_eq!(
            LIMIT.check(&[17, 64]),
            beyond(17, "open files", needed, allowed)
        );
        assert_eq!(LIMIT.check(&[21, 64]), beyond(21, "processes", 21, 20));
    }

    #[test]
    fn an_ordinary_machine_has_room_for_some() {
        for variant in ["threads", "processes", "async_tasks"] {
            assert!(TaskLimit::of(variant).most() >= 16, "{variant}");
        }
    }
}
