//! How smoothly a window draws: frames, the longest gap between two of them, and how long it took
//! from asking for a frame to its picture.

use std::time::{Duration, Instant};

/// Fed with the moments at which frames are asked for and painted; keeps no clock of its own, so
/// tests (and a terminal's tick loop) can feed it any times.
#[derive(Clone, Debug)]
pub struct FrameMeter {
    since: Instant,
    last_painted: Instant,
    longest_gap: Duration,
    frames: u64,
    paused: bool,
}

impl FrameMeter {
    /// Starts at `now`, as if a frame had just been painted.
    pub fn starting(now: Instant) -> Self {
        Self {
            since: now,
            last_painted: now,
            longest_gap: Duration::ZERO,
            frames: 0,
            paused: false,
        }
    }

    /// A frame was painted.
    pub fn painted(&mut self, at: Instant) {
        if !std::mem::take(&mut self.paused) {
            let gap = at.saturating_duration_since(self.last_painted);
            self.longest_gap = self.longest_gap.max(gap);
        }
        self.last_painted = at;
        self.frames += 1;
    }

    /// The window is hidden: the time from the latest frame to the next is no gap.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// The time without a picture that is still going on at `now`.
    pub fn gap_so_far(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.last_painted)
    }

    /// Longest time between two painted frames.
    pub fn longest_gap(&self) -> Duration {
        self.longest_gap
    }

    /// Frames painted.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// When the meter was started.
    pub fn since(&self) -> Instant {
        self.since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_gap_counts_from_the_start() {
        let start = Instant::now();
        let after = |millis| start + Duration::from_millis(millis);
        let mut meter = FrameMeter::starting(start);
        meter.painted(after(30));
        meter.painted(after(40));
        meter.painted(after(90));
        assert_eq!(meter.frames(), 3);
        assert_eq!(meter.longest_gap(), Duration::from_millis(50));
        assert_eq!(meter.gap_so_far(after(100)), Duration::from_millis(10));
    }

    #[test]
    fn a_hidden_window_has_no_gap() {
        let start = Instant::now();
        let after = |millis| start + Duration::from_millis(millis);
        let mut meter = FrameMeter::starting(start);
        meter.painted(after(20));
        meter.pause();
        meter.painted(after(5000));
        meter.painted(after(5030));
        assert_eq!(meter.longest_gap(), Duration::from_millis(30));
    }
}
