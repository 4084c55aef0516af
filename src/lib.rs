//! Threadlab shows real threads, processes, locks and clocks at work.
//!
//! From the door down; an arrow never points up:
//!
//! - `main.rs`: which life this process leads: window, terminal, worker process, or twin;
//! - [`cli`]: the command line: the terminal, or what the window opens with;
//! - `app`: the window; turns clicks into commands;
//! - [`demos`]: one room per demo, its work and its picture;
//! - `widgets`: what every picture is made of;
//! - [`export`]: what leaves the lab: JSON, CSV, traces;
//! - [`text`]: every visible sentence, in two languages;
//! - [`lab`]: what every demo is made of: events, tracks, runs, cancel, worker processes, statistics.

#[cfg(feature = "window")]
pub mod app;
pub mod cli;
pub mod demos;
pub mod export;
pub mod lab;
pub mod text;
#[cfg(feature = "window")]
pub mod widgets;
