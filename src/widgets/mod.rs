//! The parts of every picture. Knows no demo: it draws what the events say.

pub mod code;
pub mod controls;
pub mod heartbeat_ui;
pub mod look;
pub mod playhead;
pub mod stage;
pub mod timeline;
pub mod timings;
