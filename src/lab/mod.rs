//! What every demo is made of. Knows no demo, no window, and prints nothing.
//!
//! A demo's [`Job`](demo::Job) runs on a thread (or, to show what freezes, on the caller's:
//! [`run::start`], [`run::start_inline`]). It tells what happens as [`event`]s on [`track`]s; these travel over
//! one channel into a [`run_log::RunLog`], from which all pictures are drawn; at the end a [`record::Record`] remains.

pub mod abort;
pub mod affinity;
pub mod autopsy;
pub mod brief;
pub mod cancel;
pub(crate) mod clock;
pub mod cores;
pub mod coroutines;
pub mod demo;
pub mod error;
pub mod event;
pub mod failures;
pub mod foreign;
pub mod frame_meter;
mod kept;
pub mod limits;
pub mod listing;
pub mod machine;
pub mod number;
pub mod param;
mod param_visit;
pub mod power;
mod printable;
pub mod priority;
mod question;
mod reader;
pub mod reaper;
pub mod record;
pub mod run;
pub mod run_ctx;
pub mod run_log;
pub mod serve;
pub mod shared_memory;
mod start_worker;
pub mod stats;
pub mod steer;
pub mod supervised_child;
pub mod switches;
pub mod task_cost;
pub mod track;
pub mod value;
pub mod verdict;
pub mod wire;
pub mod worker;
mod worker_task;
