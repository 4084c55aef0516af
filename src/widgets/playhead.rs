//! The playhead of a recording: how it is moved, and the replay of an incident that it goes through.

use std::time::Duration;

use crate::lab::demo::incident::{Incident, KeyEvent};
use crate::lab::trace::event::TrackId;

/// A part of a run's time, from the first moment to the second.
pub type TimeRange = (Duration, Duration);

/// A move of the playhead of the run that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seek {
    /// Stand still, or go on: from the beginning if the end is reached. While the run itself goes on,
    /// going on is to be back at its clock.
    PlayOrPause,
    /// Stand still at this moment.
    To(Duration),
    /// Stand still at the next event.
    Next,
    /// Stand still at the event before.
    Previous,
    /// Stand still at the beginning.
    Start,
    /// Be at the end; at the clock, if the run goes on.
    End,
    /// Show this part of the time in the timeline, or all of it.
    Show(Option<TimeRange>),
}

/// An incident that is being replayed event by event, and how far the replay is.
#[derive(Clone, Copy, Debug)]
pub struct IncidentReplay<'run> {
    /// What is replayed.
    pub incident: &'run Incident,
    /// [`Incident::keyframes`].
    pub keyframes: &'run [Duration],
    /// [`Incident::tracks`].
    pub tracks: &'run [TrackId],
    /// How far the playhead is, counted in keyframes: at 1 it is at the first key event.
    pub position: f64,
    /// Whether it goes on.
    pub playing: bool,
}

impl<'run> IncidentReplay<'run> {
    /// How many key events have come, and the last of them; `None` before the first.
    pub fn key_event(&self) -> Option<(usize, &'run KeyEvent)> {
        let key_events = &self.incident.key_events;
        let count = (self.position as usize).min(key_events.len());
        Some((count, key_events.get(count.checked_sub(1)?)?))
    }
}
