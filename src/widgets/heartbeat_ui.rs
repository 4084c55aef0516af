//! The frames of this window, for the demo whose picture is the window itself.

use std::time::{Duration, Instant};

/// The frames of the window.
#[derive(Clone, Debug)]
pub struct Heartbeat {
    /// When the window was opened: at that moment the second hand pointed to twelve.
    pub opened: Instant,
    /// When the frame that is being drawn began.
    pub frame_began: Instant,
    /// Time between the beginnings of the latest two frames.
    pub last_gap: Duration,
    /// Whether the window was invisible meanwhile: the time from the latest frame to the next is then no gap.
    paused: bool,
}

impl Heartbeat {
    /// The heartbeat before the first frame.
    pub fn starting(now: Instant) -> Self {
        Self {
            opened: now,
            frame_began: now,
            last_gap: Duration::ZERO,
            paused: false,
        }
    }

    /// Notes that the window is not visible now.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// Notes that a frame begins.
    pub fn frame_begins(&mut self, now: Instant) {
        self.last_gap = match std::mem::take(&mut self.paused) {
            true => Duration::ZERO,
            false => now.saturating_duration_since(self.frame_began),
        };
        self.frame_began = now;
    }
}
