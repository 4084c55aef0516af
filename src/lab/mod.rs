//! The lab: runs, traces, processes and the machine, of which every demo is made. Knows no demo, no window, and prints
//! nothing.
//!
//! A demo's [`Job`](demo::Job) runs on a thread (or, to show what freezes, on the caller's: [`run::start`],
//! [`run::start_inline`]). It reports [events](trace::event) on [tracks](trace::track). These travel over one channel
//! into a [`RunLog`](trace::log::RunLog), from which all pictures are drawn; at the end a
//! [`Record`](trace::record::Record) remains.

pub mod demo;
pub mod machine;
pub mod process;
pub mod run;
pub mod trace;
