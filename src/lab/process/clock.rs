//! The clocks of two processes. On Linux all processes read one monotonic clock, so another process gets the moment
//! at which our stopwatch was started, and counts from there. Elsewhere it starts a stopwatch of its
//! own, which is placed on ours by a handshake.

use std::time::{Duration, Instant};

#[cfg(target_os = "linux")]
use crate::lab::process::wire::nanos;

/// How often a clock is asked for, see [`RemoteClock::ask`]: the quickest answer is the one that counts, and on a busy
/// machine any one of them may be late.
const QUESTIONS: u32 = 10;

/// This process's clock and the system's at the same moment.
#[cfg(target_os = "linux")]
struct Reading {
    ours: Instant,
    /// Since the system's clock was started.
    system: Duration,
    /// How far the two may be apart.
    error: Duration,
}

#[cfg(target_os = "linux")]
impl Reading {
    /// The most exact one of several: between its two looks at the system's clock this thread may lose its core.
    fn now() -> Self {
        let first = Self::once();
        let more = std::iter::repeat_with(Self::once).take(4);
        more.fold(first, |best, other| match other.error < best.error {
            true => other,
            false => best,
        })
    }

    fn once() -> Self {
        let before = system_clock();
        let ours = Instant::now();
        let error = system_clock().saturating_sub(before) / 2;
        Self {
            ours,
            system: before + error,
            error,
        }
    }
}

#[cfg(target_os = "linux")]
fn system_clock() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    let seconds = u64::try_from(now.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(now.tv_nsec).unwrap_or_default())
}

/// A moment on the clock that all processes of this system share, in nanoseconds, and how exactly it is known; `None`
/// where there is no such clock.
#[cfg(target_os = "linux")]
pub(crate) fn shared(moment: Instant) -> Option<(u64, Duration)> {
    let Reading {
        ours,
        system,
        error,
    } = Reading::now();
    let ago = ours.saturating_duration_since(moment);
    Some((nanos(system.saturating_sub(ago)), error))
}

/// The moment `told` by another process, on our clock, and how exactly it is known.
#[cfg(target_os = "linux")]
pub(crate) fn from_shared(told: u64) -> Option<(Instant, Duration)> {
    let Reading {
        ours,
        system,
        error,
    } = Reading::now();
    let ago = system.checked_sub(Duration::from_nanos(told))?;
    Some((ours.checked_sub(ago)?, error))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn shared(_moment: Instant) -> Option<(u64, Duration)> {
    None
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn from_shared(_told: u64) -> Option<(Instant, Duration)> {
    None
}

/// When another process's stopwatch was started, on our clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) started: Instant,
    /// How exactly that is known.
    pub(crate) error: Duration,
}

impl Placed {
    /// A moment on the other process's stopwatch; it can't be later than `now`, when we heard of it.
    pub(crate) fn on_ours(self, theirs: Duration, now: Instant) -> Instant {
        let at = self.started.checked_add(theirs);
        at.map_or(now, |at| at.min(now))
    }
}

/// The stopwatch of another process.
#[derive(Debug)]
pub(crate) struct RemoteClock {
    /// The origin that it was given, and how exactly we know that moment.
    told: Option<(Instant, Duration)>,
    asked: Option<Instant>,
    questions: u32,
    placed: Option<Placed>,
}

impl RemoteClock {
    /// The clock of a process that is being started, and `origin` as it is given to that process.
    pub(crate) fn counting_from(origin: Instant) -> (Self, Option<u64>) {
        let shared = shared(origin);
        let clock = Self {
            told: shared.map(|(_, error)| (origin, error)),
            asked: None,
            questions: 0,
            placed: None,
        };
        (clock, shared.map(|(told, _)| told))
    }

    /// Places the clock of a process that counts from its given origin, which it knows with this error; `None` if it was
    /// given none.
    pub(crate) fn place_shared(&mut self, their_error: Duration) -> Option<Placed> {
        let (started, error) = self.told?;
        self.placed = Some(Placed {
            started,
            error: error.saturating_add(their_error),
        });
        self.placed
    }

    /// The process is asked now what its stopwatch shows.
    pub(crate) fn ask(&mut self, now: Instant) {
        self.questions += 1;
        self.asked = Some(now);
    }

    /// Whether it is worth while to ask once more.
    pub(crate) fn asks_again(&self) -> bool {
        self.questions < QUESTIONS
    }

    /// The process looked at its stopwatch somewhere between our question and now; the middle is at most half the round
    /// trip off. (Cristian, "Probabilistic clock synchronization", 1989.) Returns the best placing so far; `None` for
    /// an answer without a question.
    pub(crate) fn answer(&mut self, now: Instant, theirs: Duration) -> Option<Placed> {
        let error = now.saturating_duration_since(self.asked.take()?) / 2;
        if self.placed.is_none_or(|best| error < best.error) {
            let started = (now - error).checked_sub(theirs)?;
            self.placed = Some(Placed { started, error });
        }
        self.placed
    }

    /// The best placing so far.
    pub(crate) fn placed(&self) -> Option<Placed> {
        self.placed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_placed_in_the_middle_of_question_and_answer() {
        let asked = Instant::now() + Duration::from_secs(100);
        let after = |millis| asked + Duration::from_millis(millis);
        let millis = Duration::from_millis;
        let (mut clock, _) = RemoteClock::counting_from(asked);
        clock.ask(asked);
        let started = after(4) - millis(1000);
        let placed = Placed {
            started,
            error: millis(4),
        };
        assert_eq!(clock.answer(after(8), millis(1000)), Some(placed));
        assert_eq!(placed.on_ours(millis(1010), after(20)), after(14));
        assert_eq!(placed.on_ours(millis(1010), after(9)), after(9));
        assert_eq!(clock.answer(after(9), millis(1)), None);
        // A later answer counts only if it was quicker.
        clock.ask(after(100));
        assert_eq!(clock.answer(after(110), millis(1)), Some(placed));
        clock.ask(after(200));
        let better = Placed {
            started: after(201) - millis(1190),
            error: millis(1),
        };
        assert_eq!(clock.answer(after(202), millis(1190)), Some(better));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_moment_comes_back_as_it_was_told() {
        for ago in [Duration::ZERO, Duration::from_secs(3600)] {
            let moment = Instant::now().checked_sub(ago).unwrap();
            let (told, sent_error) = shared(moment).unwrap();
            let (back, error) = from_shared(told).unwrap();
            let apart = (back.max(moment)) - back.min(moment);
            assert!(
                apart <= sent_error + error + Duration::from_nanos(2),
                "{apart:?}"
            );
        }
        // No process can have sent a moment that is still to come.
        assert_eq!(from_shared(u64::MAX), None);
    }
}
