//! The time side of a demo: how long its runs take, and how they are made shorter.

use std::time::Duration;

use super::spec::VariantId;

/// How long runs of a demo take.
pub trait Budget {
    /// How long a run will take, as far as the parameters tell.
    fn expected(&self, _variant: VariantId) -> Option<Duration> {
        None
    }
    /// Makes the runs shorter: to about `share` (between 0 and 1) of what they take now, as far as the
    /// parameters' ranges allow.
    fn shorten(&mut self, _share: f64) {}
    /// Measures how many times as long as [`Budget::expected`] says this demo's computing takes on this
    /// machine: a function that keeps one core busy for a fraction of a second. `None` if its runs take as
    /// long on any machine.
    fn slowness(&self) -> Option<fn() -> f64> {
        None
    }
    /// Sets waits and sizes that suit a class, on a machine of this slowness. The demo has the lesson's values before,
    /// and keeps those that suit.
    fn for_class(&mut self, _slowness: f64) {}
}

/// `share` of a parameter in seconds, to a tenth, and at least one tenth.
pub fn share_of_seconds(seconds: f64, share: f64) -> f64 {
    ((seconds * share * 10.0).round() / 10.0).max(0.1)
}

/// `share` of a whole parameter, but at least `least`.
pub fn share_of(whole: u64, share: f64, least: u64) -> u64 {
    ((whole as f64 * share).round() as u64).clamp(least.min(whole), whole)
}
