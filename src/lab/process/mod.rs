//! Other processes: worker processes, external programs, and what they share with this one.

pub(crate) mod clock;
pub mod external_program;
pub mod shared_memory;
pub mod supervised_child;
pub mod wire;
pub mod worker_pool;
pub mod worker_process;
pub mod worker_task;
