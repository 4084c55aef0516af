//! The time axis of a picture: it tells the place of a moment, and the moment of a place.

use std::sync::Arc;
use std::time::Duration;

use crate::lab::demo::incident::{moment_at, position_of};
use crate::text::{Language, significant};

/// The shortest time on an axis: clocks are not finer.
pub const SHORTEST: Duration = Duration::from_micros(1);

/// The part of a picture's width that stands for the time from `from` to `end`.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    /// The place of `from`, in points.
    pub left: f32,
    /// The place of `end`, in points.
    pub right: f32,
    /// The time at the left edge.
    pub from: Duration,
    /// The time at the right edge; after `from`.
    pub end: Duration,
    /// The moments that are equally far apart on an axis that is not to scale; empty for an axis to scale.
    keyframes: Arc<[Duration]>,
}

impl TimeAxis {
    /// An axis from `left` to `right`, in points, for the times from 0 to `end`.
    pub fn new(left: f32, right: f32, end: Duration) -> Self {
        Self::between(left, right, Duration::ZERO, end)
    }

    /// An axis for the times from `from` to `end`.
    pub fn between(left: f32, right: f32, from: Duration, end: Duration) -> Self {
        Self {
            left,
            right,
            from,
            end: end.max(from + SHORTEST),
            keyframes: Arc::new([]),
        }
    }

    /// An axis on which neighbouring `keyframes`, two or more in their order, are equally far apart.
    pub fn not_to_scale(left: f32, right: f32, keyframes: &[Duration]) -> Self {
        let from = keyframes.first().copied().unwrap_or_default();
        let end = keyframes.last().copied().unwrap_or_default();
        Self {
            keyframes: keyframes.into(),
            ..Self::between(left, right, from, end)
        }
    }

    /// Whether equal times are equally wide.
    pub fn is_to_scale(&self) -> bool {
        self.keyframes.is_empty()
    }

    fn length(&self) -> Duration {
        self.end.saturating_sub(self.from)
    }

    /// The place of a moment, in points; never off the axis.
    pub fn x(&self, at: Duration) -> f32 {
        let share = if self.is_to_scale() {
            at.saturating_sub(self.from).as_secs_f64() / self.length().as_secs_f64()
        } else {
            position_of(&self.keyframes, at) / (self.keyframes.len() - 1) as f64
        };
        self.left + (self.right - self.left) * share.min(1.0) as f32
    }

    /// The moment at a place.
    pub fn at(&self, x: f32) -> Duration {
        let share = (x - self.left) / (self.right - self.left).max(1.0);
        let share = f64::from(share.clamp(0.0, 1.0));
        if self.is_to_scale() {
            self.from + self.length().mul_f64(share)
        } else {
            moment_at(&self.keyframes, share * (self.keyframes.len() - 1) as f64)
        }
    }

    /// Round times on the axis, at least `spacing` points apart, from its left edge on. An axis that is not to scale
    /// has its keyframes as ticks, without the first and the last.
    pub fn ticks(&self, spacing: f32) -> Vec<Duration> {
        if !self.is_to_scale() {
            return self.keyframes[1..self.keyframes.len() - 1].to_vec();
        }
        let step = self.tick_step(spacing);
        // The quotient gets a hair more, because 4.999… means 5.
        let (first, last) = (
            (self.from.as_secs_f64() / step * (1.0 - 1e-9)).ceil() as u64,
            (self.end.as_secs_f64() / step * (1.0 + 1e-9)) as u64,
        );
        (first..=last)
            .map(|tick| Duration::from_secs_f64(step * tick as f64))
            .collect()
    }

    fn tick_step(&self, spacing: f32) -> f64 {
        let most = ((self.right - self.left) / spacing).max(1.0);
        round_up(self.length().as_secs_f64() / f64::from(most))
    }

    /// A time in words, in the unit that fits this axis: milliseconds up to 2 s, else seconds.
    pub fn say(&self, at: Duration, language: Language) -> String {
        let figure = |number: f64| {
            if self.from.is_zero() {
                figure(number)
            } else {
                // Far from zero three digits would not tell one tick from the next.
                self.figure(number, 72.0)
            }
        };
        self.in_unit(at, language, figure)
    }

    /// A time in words, exact to about a pixel of the axis.
    pub fn say_exactly(&self, at: Duration, language: Language) -> String {
        self.in_unit(at, language, |number| self.figure(number, 2.0))
    }

    fn in_unit(&self, at: Duration, language: Language, figure: impl Fn(f64) -> String) -> String {
        let (number, unit) = match self.in_millis() {
            true => (at.as_secs_f64() * 1e3, "unit-millis"),
            false => (at.as_secs_f64(), "unit-seconds"),
        };
        format!("{}\u{202f}{}", figure(number), language.text(unit))
    }

    fn in_millis(&self) -> bool {
        self.end < Duration::from_secs(2)
    }

    /// A number in the axis's unit with as many decimals as tell apart two places that are `spacing` points apart.
    fn figure(&self, number: f64, spacing: f32) -> String {
        let unit = if self.in_millis() { 1e3 } else { 1.0 };
        let step = self.tick_step(spacing) * unit;
        let decimals = (-step.log10() - 1e-9).ceil().clamp(0.0, 7.0) as usize;
        format!("{number:.decimals$}")
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
    format!("{}\u{202f}{}", figure(number), language.text(unit))
}

fn figure(number: f64) -> String {
    without_zeros(significant(number))
}

/// Removes the zeros at a figure's end: 5.00 becomes 5, because on an axis the zeros would claim a precision that is
/// not meant.
pub fn without_zeros(figure: String) -> String {
    match figure.contains('.') {
        true => figure
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        false => figure,
    }
}

/// The end of the axis while its run goes on: the time that the run is expected to take. Beyond that it grows by steps,
/// so that the picture does not shrink with every frame.
pub fn live_end(now: Duration, expected: Option<Duration>) -> Duration {
    match expected {
        Some(expected) if now <= expected => expected,
        _ => Duration::from_secs_f64(round_up((now.as_secs_f64() * 1.05).max(0.01))),
    }
}

/// Rounds `number`, which is positive, up to the next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, …
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
    fn a_part_of_the_time_has_its_own_ticks() {
        let axis = TimeAxis::between(100.0, 500.0, millis(1_003), millis(1_015));
        assert_eq!(axis.ticks(90.0), [1_005, 1_010, 1_015].map(millis));
        assert_eq!(axis.x(millis(900)), 100.0);
        assert_eq!(axis.x(millis(1_009)), 300.0);
        assert_eq!(axis.at(200.0), millis(1_006));
        let say = |axis: &TimeAxis, at| axis.say(at, Language::English);
        assert_eq!(say(&axis, millis(1_005)), "1005\u{202f}ms");
        let fine = TimeAxis::between(0.0, 500.0, millis(7), millis(7) + SHORTEST);
        let tick = Duration::from_nanos(7_000_200);
        assert_eq!(fine.ticks(90.0)[1], tick);
        assert_eq!(say(&fine, tick), "7.0002\u{202f}ms");
        // The moment of the playhead is told more finely than the ticks are.
        let whole = TimeAxis::new(0.0, 500.0, millis(12));
        let at = Duration::from_micros(3_249);
        let exactly = whole.say_exactly(at, Language::English);
        assert_eq!(exactly, "3.25\u{202f}ms");
    }

    #[test]
    fn not_to_scale_the_stretches_between_keyframes_are_equally_wide() {
        let keyframes = [0, 1, 2, 1_002].map(millis);
        let axis = TimeAxis::not_to_scale(100.0, 400.0, &keyframes);
        assert_eq!(
            keyframes.map(|keyframe| axis.x(keyframe)),
            [100.0, 200.0, 300.0, 400.0]
        );
        let middle = axis.at(350.0).as_secs_f64();
        assert!((middle - 0.502).abs() < 1e-6, "{middle}");
        assert_eq!(axis.ticks(90.0), [1, 2].map(millis));
        assert!(!axis.is_to_scale());
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
