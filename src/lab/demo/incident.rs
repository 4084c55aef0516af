//! An incident: the few events by which something went wrong in a run, in their order, for a replay.

use std::time::Duration;

use crate::lab::demo::Sentence;
use crate::lab::trace::event::{Step, TrackId};
use crate::lab::trace::log::RunLog;

/// The key events of one incident, read off the run's log.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// The key events in their order; at least one. Two may have the same moment, as clocks have a resolution.
    pub key_events: Vec<KeyEvent>,
    /// The sentence that stands beside the replay before its first key event.
    pub opening: Sentence,
}

/// One event of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyEvent {
    /// Its time on the run's stopwatch.
    pub at: Duration,
    /// The track that it is on.
    pub track: TrackId,
    /// The step that was done.
    pub step: Step,
    /// The event in words, with its figures.
    pub sentence: Sentence,
}

impl KeyEvent {
    /// The span within which it happened, as its place among the track's spans.
    pub fn span(&self, log: &RunLog) -> Option<usize> {
        let track = log.tracks().get(self.track.0 as usize)?;
        let mut spans = track.spans.iter();
        spans.position(|span| {
            let over = span.end.is_some_and(|end| end < self.at);
            span.step == self.step && span.begin <= self.at && !over
        })
    }
}

impl Incident {
    /// The tracks that it is about, each once, in the order in which they come in.
    pub fn tracks(&self) -> Vec<TrackId> {
        let mut tracks = Vec::new();
        for key_event in &self.key_events {
            if !tracks.contains(&key_event.track) {
                tracks.push(key_event.track);
            }
        }
        tracks
    }

    /// The keyframes of the replay, in order: a moment before the first key event, all key events, and a moment after
    /// the last. The replay takes the same time from each to the next, be they a microsecond apart or a second.
    pub fn keyframes(&self) -> Vec<Duration> {
        let key_events = self.key_events.iter().map(|key_event| key_event.at);
        let first = key_events.clone().min().unwrap_or_default();
        let last = key_events.clone().max().unwrap_or_default();
        let margin = (last.saturating_sub(first) / 20).max(Duration::from_micros(1));
        let mut latest = first.saturating_sub(margin);
        let mut keyframes = vec![latest];
        keyframes.extend(key_events.map(|at| {
            latest = latest.max(at);
            latest
        }));
        keyframes.push(latest + margin);
        keyframes
    }
}

/// The moment at `position`, counted in keyframes: 1.5 is half-way between the second and the third.
pub fn moment_at(keyframes: &[Duration], position: f64) -> Duration {
    let last = keyframes.len().saturating_sub(1);
    let position = position.clamp(0.0, last as f64);
    let index = (position as usize).min(last.saturating_sub(1));
    let (Some(&from), Some(&to)) = (keyframes.get(index), keyframes.get(index + 1)) else {
        return keyframes.first().copied().unwrap_or_default();
    };
    from + to.saturating_sub(from).mul_f64(position - index as f64)
}

/// The position of a moment, counted in keyframes; of several that fit, the last.
pub fn position_of(keyframes: &[Duration], at: Duration) -> f64 {
    let after = keyframes.partition_point(|keyframe| *keyframe <= at);
    let Some(index) = after.checked_sub(1) else {
        return 0.0;
    };
    match keyframes.get(after) {
        Some(next) => {
            let (done, all) = (at - keyframes[index], *next - keyframes[index]);
            index as f64 + done.as_secs_f64() / all.as_secs_f64()
        }
        None => index as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn the_keyframes_enclose_the_key_events_and_never_go_back() {
        let key_event = |at, track| KeyEvent {
            at: millis(at),
            track: TrackId(track),
            step: Step("read"),
            sentence: Sentence::new("key"),
        };
        let incident = Incident {
            key_events: vec![
                key_event(20, 7),
                key_event(30, 3),
                key_event(29, 7),
                key_event(40, 3),
            ],
            opening: Sentence::new("key"),
        };
        let expected = [19, 20, 30, 30, 40, 41].map(millis);
        assert_eq!(incident.keyframes(), expected);
        assert_eq!(incident.tracks(), [TrackId(7), TrackId(3)]);
    }

    #[test]
    fn between_keyframes_all_stretches_take_the_same_time() {
        let keyframes = [0, 1, 1, 101].map(millis);
        assert_eq!(moment_at(&keyframes, 0.5), Duration::from_micros(500));
        assert_eq!(moment_at(&keyframes, 1.0), millis(1));
        assert_eq!(moment_at(&keyframes, 1.7), millis(1));
        assert_eq!(moment_at(&keyframes, 2.5), millis(51));
        assert_eq!(moment_at(&keyframes, 9.0), millis(101));
        assert_eq!(position_of(&keyframes, millis(51)), 2.5);
        assert_eq!(position_of(&keyframes, millis(1)), 2.0);
        assert_eq!(position_of(&keyframes, millis(500)), 3.0);
        assert_eq!(moment_at(&[], 1.0), Duration::ZERO);
        assert_eq!(position_of(&[], millis(1)), 0.0);
    }
}
