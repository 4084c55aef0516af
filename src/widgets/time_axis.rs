//! From time to pixels: the one function that all pictures with a time axis share.

use std::time::Duration;

use crate::lab::value::Value;
use crate::text::Language;

/// A stretch of a picture's width that stands for the time from 0 to `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// Where time 0 is, in points.
    pub left: f32,
    /// Where `end` is, in points.
    pub right: f32,
    /// The time at the right edge; not zero.
    pub end: Duration,
}

impl TimeAxis {
    /// An axis from `left` to `right`, in points, for the times from 0 to `end`.
    pub fn new(left: f32, right: f32, end: Duration) -> Self {
        Self {
            left,
            right,
            end: end.max(Duration::from_micros(1)),
        }
    }

    /// The place of a moment, in points; never off the axis.
    pub fn x(&self, at: Duration) -> f32 {
        let share = (at.as_secs_f64() / self.end.as_secs_f64()).min(1.0) as f32;
        self.left + (self.right - self.left) * share
    }

    /// The moment at a place.
    pub fn at(&self, x: f32) -> Duration {
        let share = (x - self.left) / (self.right - self.left).max(1.0);
        self.end.mul_f64(f64::from(share.clamp(0.0, 1.0)))
    }

    /// Round times on the axis, at least `spacing` points apart, from 0 on.
    pub fn ticks(&self, spacing: f32) -> Vec<Duration> {
        let most = ((self.right - self.left) / spacing).max(1.0);
        let step = round_up(self.end.as_secs_f64() / f64::from(most));
        // A hair more, for a quotient of 4.999… means 5.
        let count = (self.end.as_secs_f64() / step * (1.0 + 1e-9)) as u32;
        (0..=count)
            .map(|tick| Duration::from_secs_f64(step * f64::from(tick)))
            .collect()
    }

    /// A time in words, in the unit that fits this axis: milliseconds up to 2 s, else seconds.
    pub fn say(&self, at: Duration, language: Language) -> String {
        if self.end < Duration::from_secs(2) {
            say_millis(at, language)
        } else {
            with_unit(at.as_secs_f64(), "unit-seconds", language)
        }
    }
}

/// A time in words: milliseconds below a second, else seconds.
pub fn say_time(time: Duration, language: Language) -> String {
    if time < Duration::from_secs(1) {
        say_millis(time, language)
    } else {
        with_unit(time.as_secs_f64(), "unit-seconds", language)
    }
}

fn say_millis(time: Duration, language: Language) -> String {
    with_unit(time.as_secs_f64() * 1e3, "unit-millis", language)
}

fn with_unit(number: f64, unit: &str, language: Language) -> String {
    let figure = crate::text::figure(&Value::Seconds(number));
    // 5.00 becomes 5: on an axis the zeros would claim a precision that nobody asked for.
    let short = match figure.split_once('.') {
        Some((whole, decimals)) => match decimals.trim_end_matches('0') {
            "" => whole.to_owned(),
            decimals => format!("{whole}.{decimals}"),
        },
        None => figure,
    };
    format!("{short}\u{202f}{}", language.text(unit))
}

/// How long an axis is while its run goes on: as long as the run is expected to take; beyond that it
/// grows by steps, so that the picture does not shrink with every frame.
pub fn live_end(now: Duration, expected: Option<Duration>) -> Duration {
    match expected {
        Some(expected) if now <= expected => expected,
        _ => Duration::from_secs_f64(round_up((now.as_secs_f64() * 1.05).max(0.01))),
    }
}

/// The next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … that is not below `number`, which is positive.
pub fn round_up(number: f64) -> f64 {
    let power = 10f64.powf(number.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|&round| round >= number * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn ticks_are_round_and_apart() {
        let axis = TimeAxis::new(100.0, 500.0, millis(12));
        assert_eq!(axis.ticks(90.0), [0, 5, 10].map(millis));
        assert_eq!(axis.ticks(60.0), [0, 2, 4, 6, 8, 10, 12].map(millis));
        let long = TimeAxis::new(0.0, 500.0, millis(10_000));
        assert_eq!(
            long.ticks(80.0),
            [0, 2_000, 4_000, 6_000, 8_000, 10_000].map(millis)
        );
        assert_eq!(TimeAxis::new(0.0, 10.0, millis(12)).ticks(60.0).len(), 1);
    }

    #[test]
    fn times_are_said_in_the_unit_of_their_axis() {
        let short = TimeAxis::new(0.0, 1.0, millis(12));
        assert_eq!(short.say(millis(5), Language::English), "5\u{202f}ms");
        let long = TimeAxis::new(0.0, 1.0, millis(10_000));
        assert_eq!(long.say(millis(2_500), Language::Chinese), "2.5\u{202f}秒");
        assert_eq!(say_time(millis(1_009), Language::English), "1.01\u{202f}s");
        assert_eq!(
            say_time(Duration::from_micros(110), Language::English),
            "0.11\u{202f}ms"
        );
        assert_eq!(say_time(millis(100), Language::English), "100\u{202f}ms");
    }

    #[test]
    fn a_live_axis_grows_by_steps() {
        assert_eq!(live_end(millis(3), Some(millis(10))), millis(10));
        assert_eq!(live_end(millis(11), Some(millis(10))), millis(20));
        assert_eq!(live_end(millis(300), None), live_end(millis(400), None));
    }

    proptest! {
        #[test]
        fn pixels_and_times_are_inverse_and_stay_on_the_axis(share in 0.0..1.5f64, end in 1u64..100_000) {
            let axis = TimeAxis::new(40.0, 640.0, millis(end));
            let at = axis.end.mul_f64(share);
            let x = axis.x(at);
            prop_assert!((40.0..=640.0).contains(&x));
            let error = axis.at(x).as_secs_f64() - at.min(axis.end).as_secs_f64();
            prop_assert!(error.abs() <= axis.end.as_secs_f64() * 1e-5);
        }

        #[test]
        fn ticks_keep_their_distance(width in 30f32..2000.0, end in 1u64..10_000_000) {
            let axis = TimeAxis::new(0.0, width, Duration::from_micros(end));
            let ticks = axis.ticks(60.0);
            prop_assert!(ticks.iter().all(|&tick| tick <= axis.end + Duration::from_nanos(2)));
            prop_assert!(ticks.windows(2).all(|pair| axis.x(pair[1]) - axis.x(pair[0]) > 59.0));
            prop_assert!(width < 300.0 || ticks.len() >= 3);
        }
    }
}
