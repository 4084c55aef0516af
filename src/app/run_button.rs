//! The button that is Run, and Stop while a run goes on: one place for both, so a second press must not do the other.

use std::time::{Duration, Instant};

use super::action::Action;

/// How long after a change of its face a press does nothing: it was meant for the face before.
const REST: Duration = Duration::from_millis(500);

/// The face of the button, and its latest change.
#[derive(Default)]
pub struct RunButton {
    stops: bool,
    changed: Option<Instant>,
}

impl RunButton {
    /// Notes whether the button stops a run at the moment `now`. Returns whether that run has just begun.
    pub fn follow(&mut self, stops: bool, now: Instant) -> bool {
        let changes = stops != self.stops;
        if changes {
            (self.stops, self.changed) = (stops, Some(now));
        }
        changes && stops
    }

    /// The action that a press at the moment `now` asks for, if it counts.
    pub fn pressed(&self, now: Instant) -> Option<Action> {
        let rests = |changed: Instant| now.saturating_duration_since(changed) < REST;
        let action = match self.stops {
            true => Action::Stop,
            false => Action::Run,
        };
        Some(action).filter(|_| !self.changed.is_some_and(rests))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_just_after_a_change_does_nothing() {
        let begin = Instant::now();
        let at = |millis| begin + Duration::from_millis(millis);
        let mut button = RunButton::default();
        assert!(!button.follow(false, at(0)));
        assert_eq!(button.pressed(at(0)), Some(Action::Run));
        assert!(button.follow(true, at(10)));
        assert_eq!(button.pressed(at(20)), None);
        assert!(!button.follow(true, at(400)));
        assert_eq!(button.pressed(at(509)), None);
        assert_eq!(button.pressed(at(510)), Some(Action::Stop));
        // The run is over by itself, just before the press that was to stop it.
        assert!(!button.follow(false, at(900)));
        assert_eq!(button.pressed(at(901)), None);
        assert_eq!(button.pressed(at(1_400)), Some(Action::Run));
    }
}
