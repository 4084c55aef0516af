//! The frames of this window and the presses that it got, for the demo whose picture is the window itself.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How many presses are remembered.
const PRESSES: usize = 60;

/// The frames of the window and the presses that it got.
#[derive(Clone, Debug)]
pub struct Heartbeat {
    /// When the window was opened: at that moment the second hand pointed to twelve.
    pub opened: Instant,
    /// When the frame that is being drawn began.
    pub frame_began: Instant,
    /// Time between the beginnings of the latest two frames.
    pub last_gap: Duration,
    /// When the window learned of each of the latest presses, and how many came with the same frame.
    pub presses: VecDeque<(Instant, u64)>,
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
            presses: VecDeque::new(),
            paused: false,
        }
    }

    /// Notes that the window is not visible now.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// Notes that a frame begins, and that `presses` of the pointer have come since the last.
    pub fn frame_begins(&mut self, now: Instant, presses: u64) {
        self.last_gap = match std::mem::take(&mut self.paused) {
            true => Duration::ZERO,
            false => now.saturating_duration_since(self.frame_began),
        };
        self.frame_began = now;
        if presses > 0 {
            self.presses.push_back((now, presses));
            if self.presses.len() > PRESSES {
                self.presses.pop_front();
            }
        }
    }
}
