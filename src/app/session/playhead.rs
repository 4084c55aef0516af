//! The playhead of a recording: the moment of its run that the picture shows. A run too short to be seen is played
//! again by itself, slowed; every run can be held, stepped through and played again. An incident is replayed event by
//! event: its events may be microseconds apart, or a long wait, and each is given the same time, so that each can be
//! followed.

use std::time::{Duration, Instant};

use crate::lab::demo::incident::{Incident, moment_at, position_of};
use crate::lab::run::RunInfo;
use crate::lab::trace::event::TrackId;
use crate::lab::trace::log::RunLog;
use crate::widgets::playhead::{IncidentReplay, Seek, TimeRange};
use crate::widgets::stage::Snapshot;

/// Runs shorter than this are played again by themselves.
const SHORT: Duration = Duration::from_secs(2);

/// About how long a replay takes; it is not exact, because the factor is a round number.
const LENGTH: Duration = Duration::from_secs(4);

/// Time from one event of an incident to the next, in its replay.
const EVENT_LENGTH: Duration = Duration::from_millis(2_500);

/// The place of the playhead. Positions count nanoseconds of the run; in an incident, keyframes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// The playhead is at the end of the recording, or at the clock of a run that goes on.
    AtEnd,
    /// The playhead left `from` at `begun`, and moves on.
    Playing { begun: Instant, from: f64 },
    /// The playhead is held at this position.
    Held(f64),
}

/// The playhead of one run's recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Playhead {
    place: Place,
    /// How many times slower than the run itself the playhead goes.
    factor: f64,
    window: Option<TimeRange>,
    incident: Option<Keyframes>,
    /// Whether it plays by itself, after its run's end, and was left alone since.
    first: bool,
}

/// An incident that is replayed, and the moments between which its replay moves.
#[derive(Clone, Debug, PartialEq)]
struct Keyframes {
    incident: Incident,
    moments: Vec<Duration>,
    tracks: Vec<TrackId>,
}

/// A recording as its playhead sees it.
#[derive(Clone, Copy)]
pub struct Recording<'run> {
    /// The run's events.
    pub log: &'run RunLog,
    /// The last moment of the run; the present one of a run that goes on.
    pub end: Duration,
    /// Whether the run goes on.
    pub live: bool,
}

impl<'run> Recording<'run> {
    /// The recording of a run that is over.
    pub fn of_finished(log: &'run RunLog) -> Self {
        Self {
            log,
            end: log.end(),
            live: false,
        }
    }
}

impl Default for Playhead {
    /// The playhead at the end, with nothing to play.
    fn default() -> Self {
        Self {
            place: Place::AtEnd,
            factor: 1.0,
            window: None,
            incident: None,
            first: false,
        }
    }
}

/// The beginning of a playhead, and of what it plays.
impl Playhead {
    /// Plays `log` from its beginning if it is short enough.
    pub fn replaying(now: Instant, log: &RunLog) -> Self {
        let mut playhead = Self::default();
        if let Some(factor) = slow_down(log.end()) {
            playhead.factor = factor;
            playhead.place = Place::Playing {
                begun: now,
                from: 0.0,
            };
        }
        playhead
    }

    /// Notes that the run has ended. A held picture stays held; else a short run may be played again.
    pub fn run_ended(&mut self, now: Instant, log: &RunLog, slow_replay: bool) {
        if !matches!(self.place, Place::Held(_)) {
            *self = match slow_replay {
                true => Self {
                    first: true,
                    ..Self::replaying(now, log)
                },
                false => Self::default(),
            };
        }
    }

    /// Replays an incident event by event, until [`Playhead::leave_incident`].
    pub fn replay_incident(&mut self, now: Instant, incident: Incident) {
        self.place = Place::Playing {
            begun: now,
            from: 0.0,
        };
        self.incident = Some(Keyframes {
            moments: incident.keyframes(),
            tracks: incident.tracks(),
            incident,
        });
    }

    /// Leaves the incident, with the playhead at the end.
    pub fn leave_incident(&mut self) {
        if self.incident.take().is_some() {
            self.place = Place::AtEnd;
        }
    }
}

/// The position of a playhead.
impl Playhead {
    /// The last position of a recording that ends at `end`.
    fn last(&self, end: Duration) -> f64 {
        match &self.incident {
            Some(keyframes) => keyframes.moments.len().saturating_sub(1) as f64,
            None => nanos(end),
        }
    }

    fn position(&self, now: Instant, end: Duration) -> f64 {
        let last = self.last(end);
        match self.place {
            Place::AtEnd => last,
            Place::Playing { begun, from } => {
                let each = match &self.incident {
                    Some(_) => nanos(EVENT_LENGTH),
                    None => self.factor,
                };
                let played = now.saturating_duration_since(begun);
                (from + nanos(played) / each).min(last)
            }
            Place::Held(at) => at.min(last),
        }
    }

    fn position_of(&self, moment: Duration) -> f64 {
        match &self.incident {
            Some(keyframes) => position_of(&keyframes.moments, moment),
            None => nanos(moment),
        }
    }

    /// The moment of the run to show, which is at most `end`.
    pub fn moment(&self, now: Instant, end: Duration) -> Duration {
        let position = self.position(now, end);
        match &self.incident {
            Some(keyframes) => moment_at(&keyframes.moments, position),
            None => Duration::from_nanos(position.round() as u64),
        }
    }

    /// How many times slower than the run itself the playhead goes, while it plays.
    pub fn factor(&self, now: Instant, end: Duration) -> Option<f64> {
        (self.incident.is_none() && self.moves(now, end)).then_some(self.factor)
    }

    /// Whether the playhead is held.
    pub fn is_held(&self) -> bool {
        self.incident.is_none() && matches!(self.place, Place::Held(_))
    }

    /// Whether the playhead needs one picture after another: it plays, and is not at its end.
    pub fn moves(&self, now: Instant, end: Duration) -> bool {
        matches!(self.place, Place::Playing { .. }) && self.position(now, end) < self.last(end)
    }

    /// Whether the run is being replayed for the first time, as it is by itself after its end.
    pub fn is_first_replay(&self, now: Instant, end: Duration) -> bool {
        self.first && self.incident.is_none() && self.moves(now, end)
    }

    /// Whether the playhead replays an incident.
    pub fn replays_incident(&self) -> bool {
        self.incident.is_some()
    }

    /// The incident that the playhead replays, in a recording that ends at `end`.
    pub fn incident(&self, now: Instant, end: Duration) -> Option<IncidentReplay<'_>> {
        let keyframes = self.incident.as_ref()?;
        Some(IncidentReplay {
            incident: &keyframes.incident,
            keyframes: &keyframes.moments,
            tracks: &keyframes.tracks,
            position: self.position(now, end),
            playing: self.moves(now, end),
        })
    }

    /// The stretch of time that the timeline shows; all if `None`. While the playhead moves the stretch goes along,
    /// page by page.
    pub fn window(&self, now: Instant, recording: &Recording<'_>) -> Option<TimeRange> {
        let window = self.window.filter(|_| self.incident.is_none())?;
        let follows = recording.live && !self.is_held() || self.moves(now, recording.end);
        match follows {
            true => Some(page_with(window, self.moment(now, recording.end))),
            false => Some(window),
        }
    }
}

/// The snapshot at a playhead.
impl Playhead {
    /// The run at the playhead's moment, before its record is closed and without the runs before it.
    pub fn snapshot<'run>(
        &'run self,
        now: Instant,
        info: &'run RunInfo,
        recording: &Recording<'run>,
    ) -> Snapshot<'run> {
        Snapshot {
            info,
            log: recording.log,
            now: self.moment(now, recording.end),
            end: recording.end,
            slowed: self.factor(now, recording.end),
            held: self.is_held(),
            window: self.window(now, recording),
            incident: self.incident(now, recording.end),
            record: None,
            earlier: &[],
        }
    }
}

/// The moves of a playhead.
impl Playhead {
    /// Moves the playhead. An incident is always shown whole.
    pub fn seek(&mut self, seek: Seek, now: Instant, recording: &Recording<'_>) {
        let (log, end) = (recording.log, recording.end);
        self.first = false;
        let (at, last) = (self.position(now, end), self.last(end));
        let moment = self.moment(now, end);
        if self.incident.is_none() {
            // The stretch that went along page by page stays where it is now.
            self.window = self.window(now, recording);
        }
        self.place = match seek {
            Seek::Show(window) => {
                if self.incident.is_none() {
                    self.window = window;
                }
                return;
            }
            Seek::PlayOrPause if recording.live => match self.place {
                Place::Held(_) => Place::AtEnd,
                _ => Place::Held(at),
            },
            Seek::PlayOrPause if self.moves(now, end) => Place::Held(at),
            Seek::PlayOrPause => {
                self.factor = slow_down(end).unwrap_or(1.0);
                let from = if at < last { at } else { 0.0 };
                Place::Playing { begun: now, from }
            }
            Seek::To(moment) if self.position_of(moment) < last => {
                Place::Held(self.position_of(moment))
            }
            // The last event of an incident comes before its end.
            Seek::Next if self.incident.is_some() => {
                Place::Held((at.floor() + 1.0).min(last - 1.0).max(at))
            }
            Seek::Next => match log.next_event(moment) {
                Some(next) if next < end => Place::Held(nanos(next)),
                // A picture that stands still can't wait for an event to come.
                _ if recording.live && self.is_held() => return,
                _ => Place::AtEnd,
            },
            Seek::Previous if self.incident.is_some() => Place::Held((at.ceil() - 1.0).max(0.0)),
            Seek::Previous => Place::Held(nanos(log.previous_event(moment).unwrap_or_default())),
            Seek::Start => Place::Held(0.0),
            Seek::To(_) | Seek::End => Place::AtEnd,
        };
        if self.incident.is_none() {
            let moment = self.moment(now, end);
            self.window = self.window.map(|window| page_with(window, moment));
        }
    }
}

fn nanos(time: Duration) -> f64 {
    time.as_nanos() as f64
}

/// The stretch as long as `window` in which `at` lies, a whole number of such lengths away from it.
fn page_with((from, to): TimeRange, at: Duration) -> TimeRange {
    let length = to.saturating_sub(from).max(Duration::from_nanos(1));
    if (from..=to).contains(&at) {
        return (from, to);
    }
    let pages = |distance: Duration| distance.as_secs_f64() / length.as_secs_f64();
    let from = if at < from {
        from.saturating_sub(length.mul_f64(pages(from - at).ceil()))
    } else {
        from + length.mul_f64(pages(at - from).floor())
    };
    (from, from + length)
}

/// The factor by which a run of this length is stretched to about [`LENGTH`]: 1, 1.5, 2, 3, 5 or 7 times a power of
/// ten. `None` if the run was long enough to be seen, or nothing happened.
pub fn slow_down(length: Duration) -> Option<f64> {
    if length >= SHORT || length.is_zero() {
        return None;
    }
    let wanted = LENGTH.as_secs_f64() / length.as_secs_f64();
    let power = 10f64.powf(wanted.log10().floor());
    let nearest = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0]
        .into_iter()
        .min_by(|a: &f64, b: &f64| {
            (a * power / wanted)
                .ln()
                .abs()
                .total_cmp(&(b * power / wanted).ln().abs())
        })?;
    Some(nearest * power)
}

#[cfg(test)]
#[path = "playhead_tests.rs"]
mod tests;
