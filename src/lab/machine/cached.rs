//! Cached answers of the system, each kept for a moment: the window asks in every frame, for every variant.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long an answer is kept.
const FOR: Duration = Duration::from_millis(500);

/// The system's last answer to one question.
pub(super) struct Kept<T>(Mutex<Option<(Instant, T)>>);

impl<T: Clone> Kept<T> {
    /// A question that was never asked.
    pub(super) const fn nothing() -> Self {
        Self(Mutex::new(None))
    }

    /// The last answer, or a new one if that is too old at `now`.
    pub(super) fn get(&self, now: Instant, ask: impl FnOnce() -> T) -> T {
        // One assignment replaces it, so a panic can't have left it half-written.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((asked, answer)) if now.saturating_duration_since(*asked) < FOR => answer.clone(),
            _ => kept.insert((now, ask())).1.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_for_half_a_second() {
        let (kept, begun) = (Kept::nothing(), Instant::now());
        let ask = |millis, answer| kept.get(begun + Duration::from_millis(millis), || answer);
        assert_eq!([ask(0, 1), ask(1, 2), ask(499, 3)], [1, 1, 1]);
        assert_eq!([ask(500, 4), ask(999, 5), ask(1000, 6)], [4, 4, 6]);
        // Another thread may have looked at the clock a moment before.
        assert_eq!(ask(990, 7), 6);
    }
}
