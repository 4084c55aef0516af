//! One thing that went wrong in a run, taken apart: the few events that it consists of, in their order.

use std::time::Duration;

use crate::lab::demo::Sentence;
use crate::lab::trace::event::{Step, TrackId};
use crate::lab::trace::log::RunLog;

/// The events of one mishap, read off the run's log.
#[derive(Clone, Debug, PartialEq)]
pub struct Autopsy {
    /// What happened, in its order; at least one. Moments may be equal: clocks are only so fine.
    pub beats: Vec<Beat>,
    /// What the replay is of, before the first beat.
    pub opening: Sentence,
}

/// One of these events.
#[derive(Clone, Debug, PartialEq)]
pub struct Beat {
    /// When, on the run's stopwatch.
    pub at: Duration,
    /// Whose it is.
    pub track: TrackId,
    /// What was done.
    pub step: Step,
    /// The same with its figures.
    pub sentence: Sentence,
}

impl Beat {
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

impl Autopsy {
    /// The tracks that it is about, each once, in the order in which they come in.
    pub fn tracks(&self) -> Vec<TrackId> {
        let mut tracks = Vec::new();
        for beat in &self.beats {
            if !tracks.contains(&beat.track) {
                tracks.push(beat.track);
            }
        }
        tracks
    }

    /// The moments between which the replay goes: one a little before the first beat, all beats, and one
    /// a little after the last, none before its predecessor. Between two of them it takes the same time
    /// always, be they a microsecond apart or a second.
    pub fn knots(&self) -> Vec<Duration> {
        let beats = self.beats.iter().map(|beat| beat.at);
        let first = beats.clone().min().unwrap_or_default();
        let last = beats.clone().max().unwrap_or_default();
        let margin = (last.saturating_sub(first) / 20).max(Duration::from_micros(1));
        let mut latest = first.saturating_sub(margin);
        let mut knots = vec![latest];
        knots.extend(beats.map(|at| {
            latest = latest.max(at);
            latest
        }));
        knots.push(latest + margin);
        knots
    }
}

/// The moment at `position`, counted in knots: 1.5 is half-way between the second and the third.
pub fn moment_at(knots: &[Duration], position: f64) -> Duration {
    let last = knots.len().saturating_sub(1);
    let position = position.clamp(0.0, last as f64);
    let index = (position as usize).min(last.saturating_sub(1));
    let (Some(&from), Some(&to)) = (knots.get(index), knots.get(index + 1)) else {
        return knots.first().copied().unwrap_or_default();
    };
    from + to.saturating_sub(from).mul_f64(position - index as f64)
}

/// The position of a moment, counted in knots; of several that fit, the last.
pub fn position_of(knots: &[Duration], at: Duration) -> f64 {
    let after = knots.partition_point(|knot| *knot <= at);
    let Some(index) = after.checked_sub(1) else {
        return 0.0;
    };
    match knots.get(after) {
        Some(next) => {
            let (done, all) = (at - knots[index], *next - knots[index]);
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
    fn the_knots_stand_around_the_beats_and_never_go_back() {
        let beat = |at, track| Beat {
            at: millis(at),
            track: TrackId(track),
            step: Step("read"),
            sentence: Sentence::new("key"),
        };
        let autopsy = Autopsy {
            beats: vec![beat(20, 7), beat(30, 3), beat(29, 7), beat(40, 3)],
            opening: Sentence::new("key"),
        };
        let expected = [19, 20, 30, 30, 40, 41].map(millis);
        assert_eq!(autopsy.knots(), expected);
        assert_eq!(autopsy.tracks(), [TrackId(7), TrackId(3)]);
    }

    #[test]
    fn between_knots_all_stretches_take_the_same_time() {
        let knots = [0, 1, 1, 101].map(millis);
        assert_eq!(moment_at(&knots, 0.5), Duration::from_micros(500));
        assert_eq!(moment_at(&knots, 1.0), millis(1));
        assert_eq!(moment_at(&knots, 1.7), millis(1));
        assert_eq!(moment_at(&knots, 2.5), millis(51));
        assert_eq!(moment_at(&knots, 9.0), millis(101));
        assert_eq!(position_of(&knots, millis(51)), 2.5);
        assert_eq!(position_of(&knots, millis(1)), 2.0);
        assert_eq!(position_of(&knots, millis(500)), 3.0);
        assert_eq!(moment_at(&[], 1.0), Duration::ZERO);
        assert_eq!(position_of(&[], millis(1)), 0.0);
    }
}
