//! The replay of an incident, event by event. Its events may be microseconds apart, or a long wait; each is
//! given the same time, so that each can be followed.

use std::time::{Duration, Instant};

use crate::lab::demo::incident::{Incident, moment_at, position_of};
use crate::lab::trace::event::TrackId;
use crate::widgets::playhead::{IncidentReplay, Seek};

/// From one event to the next, in the replay.
pub const STRETCH: Duration = Duration::from_millis(2_500);

/// An incident, and how far its replay is.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidentPlayhead {
    incident: Incident,
    keyframes: Vec<Duration>,
    tracks: Vec<TrackId>,
    place: Place,
}

/// Where the replay is, counted in keyframes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Playing { begun: Instant, from: f64 },
    Held(f64),
}

impl IncidentPlayhead {
    /// Plays it from its beginning.
    pub fn starting(now: Instant, incident: Incident) -> Self {
        Self {
            keyframes: incident.keyframes(),
            tracks: incident.tracks(),
            place: Place::Playing {
                begun: now,
                from: 0.0,
            },
            incident,
        }
    }

    fn last(&self) -> f64 {
        self.keyframes.len().saturating_sub(1) as f64
    }

    fn position(&self, now: Instant) -> f64 {
        let position = match self.place {
            Place::Playing { begun, from } => {
                let played = now.saturating_duration_since(begun);
                from + played.as_secs_f64() / STRETCH.as_secs_f64()
            }
            Place::Held(position) => position,
        };
        position.min(self.last())
    }

    /// The moment of the run to show.
    pub fn moment(&self, now: Instant) -> Duration {
        moment_at(&self.keyframes, self.position(now))
    }

    /// Whether it plays, and is not at its end.
    pub fn moves(&self, now: Instant) -> bool {
        matches!(self.place, Place::Playing { .. }) && self.position(now) < self.last()
    }

    /// The incident and the replay's position, to be drawn.
    pub fn view(&self, now: Instant) -> IncidentReplay<'_> {
        IncidentReplay {
            incident: &self.incident,
            keyframes: &self.keyframes,
            tracks: &self.tracks,
            position: self.position(now),
            playing: self.moves(now),
        }
    }

    /// Moves it. It always shows all of the incident.
    pub fn seek(&mut self, seek: Seek, now: Instant) {
        let position = self.position(now);
        self.place = match seek {
            Seek::Show(_) => return,
            Seek::PlayOrPause if self.moves(now) => Place::Held(position),
            Seek::PlayOrPause => Place::Playing {
                begun: now,
                from: if position < self.last() {
                    position
                } else {
                    0.0
                },
            },
            Seek::To(at) => Place::Held(position_of(&self.keyframes, at)),
            // After the last event nothing more is to come.
            Seek::Next => Place::Held(
                (position.floor() + 1.0)
                    .min(self.last() - 1.0)
                    .max(position),
            ),
            Seek::Previous => Place::Held((position.ceil() - 1.0).max(0.0)),
            Seek::Start => Place::Held(0.0),
            Seek::End => Place::Held(self.last()),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::demo::Sentence;
    use crate::lab::demo::incident::KeyEvent;
    use crate::lab::trace::event::Step;

    /// Three events: two of them a microsecond apart, the third a second later.
    fn replay(now: Instant) -> IncidentPlayhead {
        let key_events = [10, 11, 1_000_011].map(|micros| KeyEvent {
            at: Duration::from_micros(micros),
            track: TrackId(micros as u32 % 2),
            step: Step("read"),
            sentence: Sentence::new("key"),
        });
        let incident = Incident {
            key_events: key_events.to_vec(),
            opening: Sentence::new("key"),
        };
        IncidentPlayhead::starting(now, incident)
    }

    #[test]
    fn each_event_gets_its_own_stretch_of_time() {
        let now = Instant::now();
        let replay = replay(now);
        let at = |stretches: f64| {
            let now = now + STRETCH.mul_f64(stretches);
            let key_event = replay.view(now).key_event().map(|(count, _)| count);
            (key_event, replay.moment(now), replay.moves(now))
        };
        let micros = Duration::from_micros;
        assert_eq!(at(0.5).0, None);
        assert_eq!(at(1.0), (Some(1), micros(10), true));
        assert_eq!(at(2.0), (Some(2), micros(11), true));
        assert_eq!(at(2.5), (Some(2), micros(500_011), true));
        assert_eq!(at(3.0), (Some(3), micros(1_000_011), true));
        assert!(!at(4.0).2);
    }

    #[test]
    fn it_is_stepped_through_held_and_played_on() {
        let now = Instant::now();
        let mut replay = replay(now);
        let mut seek = |seek| {
            replay.seek(seek, now);
            replay.position(now)
        };
        assert_eq!(seek(Seek::Previous), 0.0);
        assert_eq!(seek(Seek::Next), 1.0);
        assert_eq!(seek(Seek::Next), 2.0);
        assert_eq!(seek(Seek::Next), 3.0);
        assert_eq!(seek(Seek::Next), 3.0);
        assert_eq!(seek(Seek::End), 4.0);
        assert_eq!(seek(Seek::Next), 4.0);
        assert_eq!(seek(Seek::Previous), 3.0);
        assert_eq!(seek(Seek::To(Duration::from_micros(500_011))), 2.5);
        assert_eq!(seek(Seek::Previous), 2.0);
        assert_eq!(seek(Seek::Start), 0.0);
        assert_eq!(seek(Seek::PlayOrPause), 0.0);
        assert!(replay.moves(now));
        replay.seek(Seek::PlayOrPause, now + STRETCH * 2);
        assert_eq!(replay.position(now + STRETCH * 9), 2.0);
    }
}
