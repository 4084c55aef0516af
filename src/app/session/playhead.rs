//! The hand of a recording: at which moment of its run a picture is. A run too short to be seen is
//! played again by itself, slowed; every run can be held, stepped through and played again.

use std::time::{Duration, Instant};

use crate::app::session::incident::Dissecting;
use crate::lab::demo::incident::Incident;
use crate::lab::trace::log::RunLog;
use crate::widgets::playhead::{IncidentReplay, Seek, TimeRange};

/// Runs shorter than this are played again by themselves.
const SHORT: Duration = Duration::from_secs(2);

/// How long a replay takes, about: the factor is a round number.
const LENGTH: Duration = Duration::from_secs(4);

/// Where the hand is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hand {
    /// At the end of what is recorded: of a run that goes on, at its clock.
    AtEnd,
    /// It left `from` at `begun`, and goes.
    Playing { begun: Instant, from: Duration },
    /// Someone holds it there.
    Held(Duration),
}

/// The hand of one run's recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Playback {
    hand: Hand,
    /// How many times slower than it happened it goes.
    factor: f64,
    window: Option<TimeRange>,
    dissecting: Option<Dissecting>,
}

/// A recording as its hand sees it.
#[derive(Clone, Copy)]
pub struct Recording<'run> {
    /// What was told.
    pub log: &'run RunLog,
    /// Its last moment; of a run that goes on, the present one.
    pub end: Duration,
    /// Whether the run goes on.
    pub live: bool,
}

impl<'run> Recording<'run> {
    /// Of a run that is over.
    pub fn of_finished(log: &'run RunLog) -> Self {
        Self {
            log,
            end: log.end(),
            live: false,
        }
    }
}

/// How a playback begins.
impl Playback {
    /// Nothing to be played: the hand is at the end.
    pub fn at_end() -> Self {
        Self {
            hand: Hand::AtEnd,
            factor: 1.0,
            window: None,
            dissecting: None,
        }
    }

    /// Plays `log` from its beginning if it is short enough.
    pub fn starting(now: Instant, log: &RunLog) -> Self {
        let mut playback = Self::at_end();
        if let Some(factor) = slow_down(log.end()) {
            playback.factor = factor;
            playback.hand = Hand::Playing {
                begun: now,
                from: Duration::ZERO,
            };
        }
        playback
    }

    /// What becomes of it when its run ends: a picture that is held stays so.
    pub fn of_ended(self, now: Instant, log: &RunLog, slow_replay: bool) -> Self {
        match self.hand {
            Hand::Held(_) => self,
            _ if slow_replay => Self::starting(now, log),
            _ => Self::at_end(),
        }
    }

    /// Replays a mishap event by event, until [`Playback::leave`].
    pub fn dissect(&mut self, now: Instant, incident: Incident) {
        self.dissecting = Some(Dissecting::starting(now, incident));
    }

    /// Leaves the mishap; the hand is at the end then.
    pub fn leave(&mut self) {
        if self.dissecting.take().is_some() {
            self.hand = Hand::AtEnd;
        }
    }
}

/// Where it is.
impl Playback {
    /// The moment of the run to show, which is at most `end`.
    pub fn moment(&self, now: Instant, end: Duration) -> Duration {
        if let Some(dissecting) = &self.dissecting {
            return dissecting.moment(now);
        }
        match self.hand {
            Hand::AtEnd => end,
            Hand::Playing { begun, from } => {
                let played = now.saturating_duration_since(begun).div_f64(self.factor);
                (from + played).min(end)
            }
            Hand::Held(at) => at.min(end),
        }
    }

    /// How many times slower than it happened it plays, while it does.
    pub fn factor(&self, now: Instant, end: Duration) -> Option<f64> {
        let plays = self.dissecting.is_none() && matches!(self.hand, Hand::Playing { .. });
        (plays && self.moment(now, end) < end).then_some(self.factor)
    }

    /// Whether someone holds it.
    pub fn is_held(&self) -> bool {
        self.dissecting.is_none() && matches!(self.hand, Hand::Held(_))
    }

    /// Whether it needs one picture after the other.
    pub fn moves(&self, now: Instant, end: Duration) -> bool {
        match &self.dissecting {
            Some(dissecting) => dissecting.moves(now),
            None => self.factor(now, end).is_some(),
        }
    }

    /// Whether it replays a mishap.
    pub fn is_dissecting(&self) -> bool {
        self.dissecting.is_some()
    }

    /// The mishap that it replays.
    pub fn incident(&self, now: Instant) -> Option<IncidentReplay<'_>> {
        let dissecting = self.dissecting.as_ref();
        dissecting.map(|dissecting| dissecting.view(now))
    }

    /// The stretch of time to show; all if `None`. While the hand moves the stretch goes along, page by page.
    pub fn window(&self, now: Instant, recording: &Recording<'_>) -> Option<TimeRange> {
        let window = self.window.filter(|_| self.dissecting.is_none())?;
        let follows = recording.live && !self.is_held() || self.moves(now, recording.end);
        match follows {
            true => Some(page_with(window, self.moment(now, recording.end))),
            false => Some(window),
        }
    }
}

/// How it is moved.
impl Playback {
    /// Does what is asked of it.
    pub fn turn(&mut self, turn: Seek, now: Instant, recording: &Recording<'_>) {
        if let Some(dissecting) = &mut self.dissecting {
            dissecting.turn(turn, now);
            return;
        }
        let (log, end) = (recording.log, recording.end);
        let at = self.moment(now, end);
        // What went along page by page stays where it is now.
        self.window = self.window(now, recording);
        self.hand = match turn {
            Seek::Show(window) => {
                self.window = window;
                return;
            }
            Seek::PlayOrPause if recording.live => match self.hand {
                Hand::Held(_) => Hand::AtEnd,
                _ => Hand::Held(at),
            },
            Seek::PlayOrPause if self.moves(now, end) => Hand::Held(at),
            Seek::PlayOrPause => {
                self.factor = slow_down(end).unwrap_or(1.0);
                let from = if at < end { at } else { Duration::ZERO };
                Hand::Playing { begun: now, from }
            }
            Seek::To(at) if at < end => Hand::Held(at),
            Seek::Next => match log.next_event(at) {
                Some(next) if next < end => Hand::Held(next),
                // What has not happened yet can't be waited for with a picture that stands still.
                _ if recording.live && self.is_held() => return,
                _ => Hand::AtEnd,
            },
            Seek::Previous => Hand::Held(log.previous_event(at).unwrap_or_default()),
            Seek::Start => Hand::Held(Duration::ZERO),
            Seek::To(_) | Seek::End => Hand::AtEnd,
        };
        let at = self.moment(now, end);
        self.window = self.window.map(|window| page_with(window, at));
    }
}

/// The stretch as long as `window` that `at` lies in, a whole number of such lengths away.
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

/// The factor by which a run of this length is stretched to about [`LENGTH`]: 1, 1.5, 2, 3, 5 or 7 times a power of ten.
/// `None` if it was long enough to be seen, or nothing happened.
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
