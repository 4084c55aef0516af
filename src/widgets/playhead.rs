//! The playhead of a recording: how it is moved, and the replay of an incident that it goes through.

use std::time::Duration;

use crate::lab::demo::incident::{Incident, KeyEvent};
use crate::lab::trace::event::TrackId;

/// A part of a run's time, from the first moment to the second.
pub type TimeRange = (Duration, Duration);

/// A move of the playhead of the run that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seek {
    /// Pauses, or plays on: from the beginning if the end is reached. In a run that goes on, playing on returns to the
    /// run's clock.
    PlayOrPause,
    /// Stands still at this moment.
    To(Duration),
    /// Stands still at the next event.
    Next,
    /// Stands still at the event before.
    Previous,
    /// Stands still at the beginning.
    Start,
    /// Goes to the end; in a run that goes on, to its clock.
    End,
    /// Shows this part of the time in the timeline, or all of it.
    Show(Option<TimeRange>),
}

/// An incident that is being replayed event by event, and the position of the replay.
#[derive(Clone, Copy, Debug)]
pub struct IncidentReplay<'run> {
    /// The incident that is replayed.
    pub incident: &'run Incident,
    /// The moments between which the replay moves, see [`Incident::keyframes`].
    pub keyframes: &'run [Duration],
    /// The tracks that take part, see [`Incident::tracks`].
    pub tracks: &'run [TrackId],
    /// The position of the playhead, counted in keyframes: at 1 it is at the first key event.
    pub position: f64,
    /// Whether the replay moves, rather than standing still.
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
