//! Tests of the window's panels, without a display: frames are laid out and read as a screen reader
//! would read them, but never painted. A member of its own, so that the tests of the lab build without egui.
#![cfg(test)]

mod answers;
mod bank_lock;
mod class;
mod class_names;
mod class_pictures;
mod class_stages;
mod closing;
mod code;
mod cpu_or_io;
mod downloads;
mod elsewhere;
mod event_loop;
mod filled;
mod global_lock;
mod guess;
mod ids;
mod keys;
mod kill;
mod launch;
mod layout;
mod looks;
mod opening;
mod pacing;
mod page;
mod ping_pong;
mod present;
mod responsive_ui;
mod rewind;
mod stepping;
mod sum;
mod switching_cost;
mod twins;
mod window;
