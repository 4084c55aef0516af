//! A twin: a child process of this same program that shows a small window of its own, and is watched
//! from outside while it freezes or goes on.
//!
//! [`outside`] is the end of the process that watches, [`inside`] the twin's, [`wire`] what goes
//! between them. A twin differs from a [worker process](super::worker) in what it is for: a worker that
//! ends early is a failure, a twin that does is what somebody did to a window, and a result.

pub mod inside;
pub mod outside;
pub mod wire;
