//! A demo in little time.

use std::time::Duration;

use crate::lab::demo::Demo;

/// Gives `demo` parameters with which a run of each of its variants takes `time` altogether, or about so:
/// not everything that a run does gets shorter with its parameters. Runs that are short enough stay as they are.
pub fn fit(demo: &mut dyn Demo, time: Duration) {
    // What stays as long as it was (starting a process) weighs more in shorter runs: hence again.
    for _ in 0..3 {
        let expected = all(demo);
        if expected <= time {
            break;
        }
        demo.shorten(time.as_secs_f64() / expected.as_secs_f64());
    }
}

/// How long a run of each variant takes altogether, as far as the parameters tell.
pub fn all(demo: &dyn Demo) -> Duration {
    let variants = demo.variants().iter();
    variants
        .filter_map(|variant| demo.expected(variant.id))
        .sum()
}

/// `share` of a parameter in seconds, to a tenth, and at least one tenth.
pub fn share_of_seconds(seconds: f64, share: f64) -> f64 {
    ((seconds * share * 10.0).round() / 10.0).max(0.1)
}

/// `share` of a whole parameter, but at least `least`.
pub fn share_of(whole: u64, share: f64, least: u64) -> u64 {
    ((whole as f64 * share).round() as u64).clamp(least.min(whole), whole)
}
