//! A bar on standard error while runs go on; nothing where standard error is no terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output;

/// Steps of the bar per run.
const STEPS: u64 = 1000;

/// How far all the runs are. Gone from the screen when dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    run: u64,
    expected: Option<Duration>,
}

impl Progress {
    /// Before the first of `runs` runs.
    pub(super) fn over(runs: u64) -> Self {
        let length = runs.saturating_mul(STEPS);
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
        // The template never changes; were it wrong, the bar would have its usual look.
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {elapsed}") {
            bar.set_style(style);
        }
        Self {
            bar,
            run: 0,
            expected: None,
        }
    }

    /// The run number `run`, from 0, begins. It will take as long as `expected`, if that is known.
    pub(super) fn begin(&mut self, run: u64, name: &'static str, expected: Option<Duration>) {
        self.run = run;
        self.expected = expected;
        output::watched(|| self.bar.set_message(name));
        self.at(Duration::ZERO);
    }

    /// The present run goes on since `elapsed`.
    pub(super) fn at(&self, elapsed: Duration) {
        let steps = self.run * STEPS + within(elapsed, self.expected);
        output::watched(|| self.bar.set_position(steps));
    }

    /// Writes without the bar in between, for it may share the terminal.
    pub(super) fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        output::watched(|| self.bar.finish_and_clear());
    }
}

/// Steps within a run. One that takes longer than expected stays just short of its end.
fn within(elapsed: Duration, expected: Option<Duration>) -> u64 {
    let expected = expected.filter(|expected| !expected.is_zero());
    let share = expected.map_or(0.0, |expected| elapsed.div_duration_f64(expected));
    ((share * STEPS as f64) as u64).min(STEPS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_run_is_complete_before_its_end() {
        let seconds = Duration::from_secs;
        assert_eq!(within(seconds(1), Some(seconds(4))), 250);
        assert_eq!(within(seconds(9), Some(seconds(4))), STEPS - 1);
        assert_eq!(within(seconds(9), None), 0);
        assert_eq!(within(seconds(9), Some(Duration::ZERO)), 0);
    }
}
