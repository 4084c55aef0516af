//! The parts of which every picture is made. They know no demo, and draw what a run's events say.

pub mod code;
pub mod controls;
pub mod heartbeat_ui;
pub mod look;
pub mod playhead;
pub mod stage;
pub mod timeline;
pub mod timings;
