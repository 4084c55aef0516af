//! The experiment at one moment of a run: its points so far, and real slices of each point.

use std::time::Duration;

use super::super::lesson::Cost;
use super::super::{PREPARE, SLICE, SLICE_POINT, SUBJECTS, SWITCH, TASKS_POINT};
use crate::lab::demo::value::Point;
use crate::lab::trace::event::Step;
use crate::lab::trace::log::{RunLog, TrackLog};

/// The number of slices in a strip: one of each subject.
pub const IN_STRIP: usize = SUBJECTS;

/// The measurement that is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// The speed of the core is measured.
    Preparing,
    /// So many tasks share the work.
    Tasks(u64),
    /// The five subjects take turns of so many microseconds.
    Turns(u64),
}

/// The time that the work took at a point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Time {
    /// The time from the first task's creation to the last one's end.
    pub seconds: f64,
    /// The time until all tasks were created.
    pub creating: f64,
    /// The cost of switching, as far as it is more than noise.
    pub cost: Cost,
}

impl Time {
    fn of(point: &Point) -> Self {
        Self {
            seconds: point.figure("wall_seconds").unwrap_or(0.0),
            creating: point.figure("creating_seconds").unwrap_or(0.0),
            cost: Cost::at(point),
        }
    }

    /// The time that went into switching, as far as it is known.
    pub fn switching(self) -> f64 {
        match self.cost {
            Cost::Share(share) => self.seconds * share,
            Cost::Untold | Cost::Noise => 0.0,
        }
    }
}

/// One slice as it was, with the switch before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// The time before it in which no subject computed.
    pub switching: Duration,
    /// The time in which one subject then computed.
    pub computing: Duration,
}

impl Slice {
    /// Both together.
    pub fn length(self) -> Duration {
        self.switching + self.computing
    }
}

/// A length of slices, and the time that the work took in these.
#[derive(Clone, Debug, PartialEq)]
pub struct SlicePoint {
    /// The planned length of each, in microseconds.
    pub micros: u64,
    /// The time.
    pub time: Time,
    /// Real slices in their order, beginning with the first subject's.
    pub slices: Vec<Slice>,
}

impl SlicePoint {
    /// A strip of median length: in a strip in which another program had the core, one switch would fill it.
    pub fn strip(&self) -> &[Slice] {
        let length = |slices: &[Slice]| slices.iter().map(|slice| slice.length()).sum::<Duration>();
        let mut stretches: Vec<&[Slice]> = self.slices.chunks_exact(IN_STRIP).collect();
        stretches.sort_by_key(|slices| length(slices));
        match stretches.get(stretches.len() / 2) {
            Some(usual) => usual,
            None => &self.slices,
        }
    }

    /// The slice with the median switch before it, because another program may have had the core in others.
    pub fn usual(&self) -> Option<Slice> {
        let mut slices = self.slices.clone();
        slices.sort_by_key(|slice| slice.switching);
        slices.get(slices.len() / 2).copied()
    }
}

/// The experiment at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// The measurement that is going on; `None` before the first and after the last.
    pub doing: Option<Doing>,
    /// The numbers of tasks of the first experiment with their times, in their order.
    pub tasks: Vec<(u64, Time)>,
    /// Points of the second experiment, from long slices to short ones.
    pub slices: Vec<SlicePoint>,
}

impl Moment {
    /// The moment `now` of a run.
    pub fn of(log: &RunLog, now: Duration) -> Self {
        let mut moment = Self::default();
        let run = log.run_track();
        let mut noted = run.map_or(Vec::new(), |run| noted(run, now));
        for point in log.points_until(now) {
            moment.add(point, &mut noted);
        }
        let is_over = log.finished().is_some_and(|(at, _)| *at <= now);
        if let Some(run) = run.filter(|_| !is_over) {
            moment.doing = doing(run, now);
        }
        moment
    }

    fn add(&mut self, point: &Point, noted: &mut Vec<(u64, Vec<Slice>)>) {
        let time = Time::of(point);
        if let Some(tasks) = point.figure("tasks") {
            self.tasks.push((tasks as u64, time));
        } else if let Some(micros) = point.figure("slice_micros") {
            let micros = micros as u64;
            let at = noted.iter().position(|(known, _)| *known == micros);
            self.slices.push(SlicePoint {
                micros,
                time,
                slices: at.map_or(Vec::new(), |at| noted.swap_remove(at).1),
            });
        }
    }

    /// The time with so many tasks.
    pub fn time_of_tasks(&self, tasks: u64) -> Option<Time> {
        let mut points = self.tasks.iter();
        let (_, time) = points.find(|(known, _)| *known == tasks)?;
        Some(*time)
    }

    /// The point with slices of so many microseconds.
    pub fn slice_point(&self, micros: u64) -> Option<&SlicePoint> {
        self.slices.iter().find(|point| point.micros == micros)
    }
}

/// The slices of each point that were noted until `now`.
fn noted(run: &TrackLog, now: Duration) -> Vec<(u64, Vec<Slice>)> {
    let mut points: Vec<(u64, Vec<Slice>)> = Vec::new();
    let mut switching = Duration::ZERO;
    for instant in run.instants_until(now) {
        match (instant.step, instant.count(), points.last_mut()) {
            (SLICE_POINT, Some(micros), _) => points.push((micros, Vec::new())),
            (SWITCH, Some(nanos), _) => switching = Duration::from_nanos(nanos),
            (SLICE, Some(nanos), Some((_, slices))) => slices.push(Slice {
                switching,
                computing: Duration::from_nanos(nanos),
            }),
            _ => {}
        }
    }
    points
}

fn doing(run: &TrackLog, now: Duration) -> Option<Doing> {
    let last = |step: Step| {
        let instant = run.last_instant(step, now)?;
        Some((instant.at, instant.count()?))
    };
    // The second experiment begins when the first is over.
    match (last(SLICE_POINT), last(TASKS_POINT)) {
        (Some((_, micros)), _) => Some(Doing::Turns(micros)),
        (None, Some((_, tasks))) => Some(Doing::Tasks(tasks)),
        (None, None) => {
            let span = run.span_at(now)?;
            (span.step == PREPARE).then_some(Doing::Preparing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::run::{Outcome, Summary};
    use crate::lab::trace::event::{EventKind, State, TrackName};
    use crate::lab::trace::log::test_log::TestLog;

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    /// A run that measured 1 and 16 tasks and slices of 100 µs and 1 µs; what happens at each millisecond.
    fn log() -> TestLog {
        let mut log = TestLog::of_threads([TrackName::only("run")]);
        let mut at = 1;
        let mut tell = |kind| {
            log.push(at, 0, kind);
            at += 1;
        };
        let instant = |step, value| EventKind::Instant {
            step,
            value: Some(value),
        };
        let point = |name, value: u64, share: f64| {
            let point = Point::at(name, value)
                .with("wall_seconds", millis(1000))
                .with(
                    "share_switching",
                    crate::lab::demo::value::Value::Ratio(share),
                );
            let nanos = (share > 0.015).then(|| ("nanos_per_switch", 2000u64.into()));
            let point = Point(point.0.into_iter().chain(nanos).collect());
            EventKind::Point(Box::new(point))
        };
        tell(EventKind::SpanBegun {
            state: State::Sleeping,
            step: PREPARE,
        });
        tell(instant(TASKS_POINT, 1));
        tell(point("tasks", 1, 0.0));
        tell(instant(TASKS_POINT, 16));
        tell(point("tasks", 16, 0.01));
        tell(instant(SLICE_POINT, 100));
        tell(instant(SWITCH, 2_000));
        tell(instant(SLICE, 100_000));
        tell(point("slice_micros", 100, 0.02));
        tell(instant(SLICE_POINT, 1));
        for _ in 0..3 * IN_STRIP {
            tell(instant(SWITCH, 3_000));
            tell(instant(SLICE, 1_000));
        }
        tell(point("slice_micros", 1, 0.75));
        tell(EventKind::Finished(Box::new(Outcome::Done(
            Summary::default(),
        ))));
        log
    }

    #[test]
    fn it_shows_what_was_measured_until_now_and_no_more() {
        let log = log();
        let at = |now| Moment::of(&log, millis(now));
        assert_eq!(at(0), Moment::default());
        assert_eq!(at(1).doing, Some(Doing::Preparing));
        assert_eq!((at(2).doing, at(2).tasks.len()), (Some(Doing::Tasks(1)), 0));
        assert_eq!(at(4).doing, Some(Doing::Tasks(16)));
        let cost = |time: Option<Time>| time.map(|time| time.cost);
        assert_eq!(cost(at(5).time_of_tasks(16)), Some(Cost::Noise));
        assert_eq!(at(5).time_of_tasks(1024), None);
        let before = at(8);
        assert_eq!(before.doing, Some(Doing::Turns(100)));
        // Its slices are there, but the point is not complete yet.
        assert_eq!(before.slices.len(), 0);
        let half = at(9);
        let point = half.slice_point(100).expect("it is complete");
        assert_eq!(
            (point.time.cost, point.slices.len()),
            (Cost::Share(0.02), 1)
        );
        let end = Moment::of(&log, log.end());
        let time = end.slice_point(1).expect("it is complete").time;
        assert_eq!((end.doing, time.cost), (None, Cost::Share(0.75)));
        assert_eq!((time.seconds, time.switching()), (1.0, 0.75));
        assert_eq!(end.slices[1].slices.len(), 3 * IN_STRIP);
        assert_eq!(end.slices[0].slices.len(), 1);
    }

    #[test]
    fn a_strip_is_a_usual_stretch() {
        let usual = Slice {
            switching: Duration::from_micros(3),
            computing: Duration::from_micros(1),
        };
        let mut point = SlicePoint {
            micros: 1,
            time: Time::default(),
            slices: vec![usual; 4 * IN_STRIP],
        };
        // Another program had the core for a while.
        point.slices[IN_STRIP + 3].switching = millis(4);
        assert_eq!(point.strip(), vec![usual; IN_STRIP]);
        assert_eq!(point.usual(), Some(usual));
        point.slices.truncate(3);
        assert_eq!(point.strip().len(), 3);
        point.slices.clear();
        assert_eq!((point.strip().len(), point.usual()), (0, None));
    }
}
