//! How this window draws: fed by the app, shown by the demo that is about it.

use std::time::{Duration, Instant};

/// What the window knows of its own pictures and of the presses it got.
#[derive(Clone, Debug)]
pub struct Heartbeat {
    /// When the frame that is being drawn began.
    pub frame_began: Instant,
    /// Moments of the latest frames, oldest first; at most a minute of them are kept.
    pub frames: Vec<Instant>,
    /// Presses of the pointer that came in with the present frame or before: when the window learned of each.
    pub presses: Vec<Instant>,
    /// Presses that were waiting when the latest freeze ended, and how long it was.
    pub thawed: Option<(u64, Duration)>,
}
