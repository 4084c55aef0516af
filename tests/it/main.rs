#![cfg(test)]
//! Tests of the program, the lab and the demos from outside: one binary, so that it links once.

mod bank;
mod budget;
mod class;
mod cli;
mod clock;
mod cores;
mod cpu_or_io;
mod downloads;
mod event_loop;
mod event_loop_limits;
mod global_lock;
mod headless;
mod lab;
mod layering;
mod leftovers;
mod limits;
mod listing;
mod ping_pong;
#[cfg(target_os = "linux")]
mod program_file;
mod recording;
mod responsive;
mod same_steps;
mod schedule;
#[cfg(unix)]
mod scripts;
mod seed;
mod small;
mod source;
mod steered;
mod sum;
mod switching;
mod text;
mod twins;
mod verdict;
mod worker;
