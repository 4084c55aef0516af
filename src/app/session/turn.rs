//! The hands of the session's runs.

use std::time::Instant;

use super::{Running, Session};
use crate::app::session::playhead::Recording;
use crate::lab::demo::{DemoId, VariantId};
use crate::widgets::playhead::Seek;

impl Session {
    /// Does what is asked of the hand of the run that is shown of `demo` when `variant` is chosen.
    pub fn turn(&mut self, demo: DemoId, variant: VariantId, turn: Seek) {
        let now = Instant::now();
        if self.twins.turn(demo, turn, now) {
            return;
        }
        if let Some(running) = &mut self.running
            && running.info().demo == demo
        {
            let mut playback = running.playback.clone();
            playback.turn(turn, now, &running.recording());
            running.playback = playback;
        } else if let Some(finished) = self.latest_of_mut(demo, variant) {
            let recording = Recording::of_finished(&finished.log);
            finished.playback.turn(turn, now, &recording);
        }
    }
}

impl Running {
    /// What is recorded of it.
    pub fn recording(&self) -> Recording<'_> {
        Recording {
            log: &self.log,
            end: self.now(),
            live: true,
        }
    }
}
