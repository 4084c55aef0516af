//! Slow replay: a run too short to be seen is played again from its recorded events.

use std::time::{Duration, Instant};

use crate::lab::run_log::RunLog;

/// Runs shorter than this are played again.
const SHORT: Duration = Duration::from_secs(2);

/// How long a replay takes, about: the factor is a round number.
const LENGTH: Duration = Duration::from_secs(4);

/// The hand of a replay: where in the run the picture is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Replay {
    begun: Option<Instant>,
    factor: f64,
}

impl Replay {
    /// Nothing to be played: the hand is at the run's end.
    pub fn at_end() -> Self {
        Self {
            begun: None,
            factor: 1.0,
        }
    }

    /// Plays `log` from its beginning if it is short enough.
    pub fn starting(now: Instant, log: &RunLog) -> Self {
        match slow_down(log.end()) {
            Some(factor) => Self {
                begun: Some(now),
                factor,
            },
            None => Self::at_end(),
        }
    }

    /// The moment of the run to show, which is at most `end`.
    pub fn hand(&self, now: Instant, end: Duration) -> Duration {
        match self.begun {
            Some(begun) => now
                .saturating_duration_since(begun)
                .div_f64(self.factor)
                .min(end),
            None => end,
        }
    }

    /// How many times slower than it happened, while it plays.
    pub fn factor(&self, now: Instant, end: Duration) -> Option<f64> {
        (self.begun.is_some() && self.hand(now, end) < end).then_some(self.factor)
    }
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
mod tests {
    use super::*;

    #[test]
    fn short_runs_are_stretched_to_about_four_seconds_by_a_round_factor() {
        assert_eq!(slow_down(Duration::from_millis(12)), Some(300.0));
        assert_eq!(slow_down(Duration::from_millis(1990)), Some(2.0));
        assert_eq!(slow_down(Duration::from_secs(2)), None);
        assert_eq!(slow_down(Duration::ZERO), None);
        for micros in (50..2_000_000).step_by(1_237) {
            let length = Duration::from_micros(micros);
            let stretched = length.as_secs_f64() * slow_down(length).unwrap();
            assert!(
                (3.0..5.3).contains(&stretched),
                "{length:?} is stretched to {stretched} s"
            );
        }
    }

    #[test]
    fn the_hand_goes_slowly_and_stops_at_the_end() {
        let (begun, end) = (Instant::now(), Duration::from_millis(10));
        let replay = Replay {
            begun: Some(begun),
            factor: 100.0,
        };
        let hand = |millis| replay.hand(begun + Duration::from_millis(millis), end);
        assert_eq!(hand(500), Duration::from_millis(5));
        assert_eq!(hand(5000), end);
        assert_eq!(replay.factor(begun, end), Some(100.0));
        assert_eq!(replay.factor(begun + Duration::from_secs(2), end), None);
        assert_eq!(Replay::at_end().hand(begun, end), end);
    }
}
