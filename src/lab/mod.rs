//! What every demo is made of. Knows no demo, no window, and prints nothing.
//!
//! A demo's [`Job`](demo::Job) runs on a thread (or, to show what freezes, on the caller's:
//! [`run::start`], [`run::start_inline`]). It tells what happens as [`event`]s on [`track`]s; these travel over
//! one channel into a [`run_log::RunLog`], from which all pictures are drawn; at the end a [`record::Record`] remains.

pub mod demo;
pub mod machine;
pub mod process;
pub mod run;
pub mod trace;
