//! The run's history against a model that is as simple as can be.

use std::time::Duration;

use proptest::prelude::*;
use threadlab::lab::run::{Outcome, Summary};
use threadlab::lab::trace::event::{
    Event, EventKind, State, Step, TrackId, TrackInfo, TrackKind, TrackName,
};
use threadlab::lab::trace::log::{RunLog, TrackLog};

const STEPS: [Step; 3] = [Step("read"), Step("wait"), Step("write")];
const STATES: [State; 3] = [State::Running, State::Holding, State::Lost];

/// A track's next event, and how many milliseconds after its last.
#[derive(Clone, Copy, Debug)]
enum Act {
    Begin { state: usize, step: usize },
    End { recolour: Option<usize> },
    Instant { step: usize, value: i64 },
    Progress { done: u64 },
}

fn act() -> impl Strategy<Value = (u64, Act)> {
    let act = prop_oneof![
        3 => (0..3usize, 0..3usize).prop_map(|(state, step)| Act::Begin { state, step }),
        3 => prop::option::of(0..3usize).prop_map(|recolour| Act::End { recolour }),
        2 => (0..3usize, any::<i64>()).prop_map(|(step, value)| Act::Instant { step, value }),
        1 => (0..9u64).prop_map(|done| Act::Progress { done }),
    ];
    (0..4u64, act)
}

/// A span as the model has it.
#[derive(Clone, Debug, PartialEq)]
struct Span {
    begin: Duration,
    end: Option<Duration>,
    begun_as: State,
    state: State,
    step: Step,
    depth: usize,
}

#[derive(Default)]
struct Model {
    spans: Vec<Span>,
    instants: Vec<(Duration, Step, i64)>,
    progress: Vec<(Duration, u64)>,
}

impl Model {
    fn span_at(&self, now: Duration) -> Option<&Span> {
        let lasting = |span: &&Span| span.begin <= now && span.end.is_none_or(|end| end > now);
        self.spans
            .iter()
            .filter(lasting)
            .max_by_key(|span| span.depth)
    }

    /// Time in each state, from all spans: the length of each is taken off the span around it.
    fn time_by_state(&self, now: Duration) -> [Duration; 5] {
        let mut time = [0_i128; 5];
        let mut around: Vec<State> = Vec::new();
        for span in self.spans.iter().filter(|span| span.begin <= now) {
            let over = span.end.filter(|end| *end <= now);
            let length = over.unwrap_or(now).saturating_sub(span.begin).as_nanos() as i128;
            let state = over.map_or(span.begun_as, |_| span.state);
            around.truncate(span.depth);
            if let Some(outer) = around.last() {
                time[outer.index()] -= length;
            }
            around.push(state);
            time[state.index()] += length;
        }
        time.map(|nanos| Duration::from_nanos(nanos as u64))
    }

    fn is_seen(&self, state: State, now: Duration) -> bool {
        let begun = self.spans.iter().filter(|span| span.begin <= now);
        let mut states = begun.map(|span| match span.end {
            Some(end) if end <= now => span.state,
            _ => span.begun_as,
        });
        states.any(|seen| seen == state)
    }

    fn last_instant(&self, step: Step, now: Duration) -> Option<i64> {
        let told = |&&(at, which, _): &&(Duration, Step, i64)| at <= now && which == step;
        self.instants.iter().rfind(told).map(|(.., value)| *value)
    }
}

/// One track's acts as events and as the model; ends without a beginning, which guards make
/// impossible, are left out.
fn perform(track: TrackId, acts: &[(u64, Act)]) -> (Vec<Event>, Model) {
    let mut now = Duration::from_millis(1);
    let mut model = Model::default();
    let mut open: Vec<usize> = Vec::new();
    let info = TrackInfo {
        name: TrackName::nth("thread", track.0 as usize),
        kind: TrackKind::Thread,
        pid: 1,
        os_id: None,
        clock_error: Duration::ZERO,
    };
    let mut kinds = vec![(now, EventKind::TrackOpened(Box::new(info)))];
    for &(later, act) in acts {
        now += Duration::from_millis(later);
        let kind = match act {
            Act::Begin { state, step } => {
                let (state, step) = (STATES[state], STEPS[step]);
                let depth = open.len();
                open.push(model.spans.len());
                model.spans.push(Span {
                    begin: now,
                    end: None,
                    begun_as: state,
                    state,
                    step,
                    depth,
                });
                EventKind::SpanBegun { state, step }
            }
            Act::End { recolour } => {
                let Some(index) = open.pop() else { continue };
                let state = recolour.map(|state| STATES[state]);
                let span = &mut model.spans[index];
                (span.end, span.state) = (Some(now), state.unwrap_or(span.begun_as));
                EventKind::SpanEnded { state, cpu: None }
            }
            Act::Instant { step, value } => {
                model.instants.push((now, STEPS[step], value));
                EventKind::Instant {
                    step: STEPS[step],
                    value: Some(value),
                }
            }
            Act::Progress { done } => {
                model.progress.push((now, done));
                EventKind::Progress { done, total: 8 }
            }
        };
        kinds.push((now, kind));
    }
    let events = kinds
        .into_iter()
        .map(|(at, kind)| Event { at, track, kind })
        .collect();
    (events, model)
}

fn spans_of(log: &TrackLog) -> Vec<Span> {
    let spans = log.spans.iter().map(|span| Span {
        begin: span.begin,
        end: span.end,
        begun_as: span.begun_as,
        state: span.state,
        step: span.step,
        depth: usize::from(span.depth),
    });
    spans.collect()
}

fn compare(log: &TrackLog, model: &Model, end: Duration) -> Result<(), TestCaseError> {
    prop_assert_eq!(spans_of(log), model.spans.clone());
    let mut begun = 0;
    for half_millis in 0..=(end.as_millis() as u64 * 2 + 2) {
        let now = Duration::from_micros(half_millis * 500);
        let span = log
            .span_at(now)
            .map(|span| (span.begin, span.depth, span.state_at(now)));
        let expected = model
            .span_at(now)
            .map(|span| (span.begin, span.depth as u8, span.begun_as));
        prop_assert_eq!(span, expected, "at {:?}", now);
        let next = log.next_span_at(&mut begun, now).map(|span| span.begin);
        prop_assert_eq!(next, log.span_at(now).map(|span| span.begin));
        for step in STEPS {
            let value = log
                .last_instant(step, now)
                .and_then(|instant| instant.value);
            prop_assert_eq!(
                value,
                model.last_instant(step, now),
                "{:?} at {:?}",
                step,
                now
            );
        }
        prop_assert_eq!(
            log.time_by_state(now),
            model.time_by_state(now),
            "at {:?}",
            now
        );
        for state in State::ALL {
            prop_assert_eq!(
                log.is_seen(state, now),
                model.is_seen(state, now),
                "{:?} at {:?}",
                state,
                now
            );
        }
        for step in STEPS {
            let told = model
                .instants
                .iter()
                .filter(|(at, which, _)| *at <= now && *which == step);
            prop_assert_eq!(log.instants_of(step, now).len(), told.count());
            let begun = log
                .spans
                .iter()
                .filter(|span| span.begin <= now && span.step == step);
            prop_assert!(log.spans_of(step, now).eq(begun));
        }
        let done = model.progress.iter().rfind(|(at, _)| *at <= now);
        let share = done.map(|(_, done)| (*done as f32 / 8.0).min(1.0));
        prop_assert_eq!(log.progress_at(now), share, "at {:?}", now);
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_log_agrees_with_the_model_however_tracks_are_mixed(
        acts in prop::collection::vec(prop::collection::vec(act(), 0..40), 1..5),
        turns in prop::collection::vec(any::<prop::sample::Index>(), 200),
    ) {
        let (mut queues, models): (Vec<_>, Vec<_>) = acts
            .iter()
            .zip(0..)
            .map(|(acts, track)| {
                let (events, model) = perform(TrackId(track), acts);
                (events.into_iter().peekable(), model)
            })
            .unzip();
        let mut log = RunLog::default();
        let (mut pushed, mut end) = (0, Duration::ZERO);
        let mut turns = turns.into_iter();
        while queues.iter_mut().any(|queue| queue.peek().is_some()) {
            // When the drawn turns are used up, the tracks that are left go one after another.
            let turn = turns.next().map(|turn| turn.index(queues.len()));
            let drawn = turn.and_then(|track| queues[track].next());
            let Some(event) = drawn.or_else(|| queues.iter_mut().find_map(Iterator::next)) else { break };
            end = end.max(event.at);
            log.push(event);
            pushed += 1;
        }
        prop_assert_eq!((log.events(), log.dropped(), log.end()), (pushed, 0, end));
        prop_assert_eq!(log.tracks().len(), models.len());
        for (track, (log, model)) in log.tracks().iter().zip(&models).enumerate() {
            prop_assert_eq!(log.info.name, TrackName::nth("thread", track));
            compare(log, model, end)?;
        }
        prop_assert!(log.finished().is_none());
        let outcome = Outcome::Done(Summary::default());
        log.push(Event { at: end, track: TrackId(0), kind: EventKind::Finished(Box::new(outcome.clone())) });
        prop_assert_eq!(log.finished(), Some(&(end, outcome)));
    }
}

#[test]
fn what_no_track_was_opened_for_is_counted_as_dropped() {
    let mut log = RunLog::default();
    let kind = EventKind::Instant {
        step: STEPS[0],
        value: None,
    };
    log.push(Event {
        at: Duration::ZERO,
        track: TrackId(3),
        kind,
    });
    assert_eq!((log.events(), log.dropped(), log.tracks().len()), (0, 1, 0));
}

/// More spans than lie between two of the kept sums.
#[test]
fn sums_of_thousands_of_spans_are_those_of_each() {
    let acts: Vec<(u64, Act)> = (0..4000)
        .map(|turn| match turn % 7 {
            0 | 1 | 3 => Act::Begin {
                state: turn % 3,
                step: turn % 2,
            },
            6 => Act::Instant { step: 1, value: 7 },
            _ => Act::End {
                recolour: (turn % 5 == 0).then_some(2),
            },
        })
        .map(|act| (1, act))
        .collect();
    let (events, model) = perform(TrackId(0), &acts);
    let mut log = RunLog::default();
    events.into_iter().for_each(|event| log.push(event));
    let track = &log.tracks()[0];
    assert!(track.spans.len() > 1500);
    for millis in (0..4100).step_by(37) {
        let now = Duration::from_millis(millis);
        assert_eq!(
            track.time_by_state(now),
            model.time_by_state(now),
            "{now:?}"
        );
    }
}

/// The writer's thread looked at the clock, and was a moment later than another's.
#[test]
fn instants_that_come_late_are_found_in_their_places() {
    let (mut events, _) = perform(TrackId(0), &[]);
    let told = [(10, 0), (30, 1), (20, 0), (40, 1), (25, 1), (5, 0)];
    events.extend(told.map(|(millis, step)| Event {
        at: Duration::from_millis(millis),
        track: TrackId(0),
        kind: EventKind::Instant {
            step: STEPS[step],
            value: Some(millis as i64),
        },
    }));
    let mut log = RunLog::default();
    events.into_iter().for_each(|event| log.push(event));
    let track = &log.tracks()[0];
    let values = |step| -> Vec<_> {
        let told = track.instants_of(step, Duration::from_millis(30));
        told.filter_map(|told| told.value).collect()
    };
    assert_eq!(values(STEPS[0]), [5, 10, 20]);
    assert_eq!(values(STEPS[1]), [25, 30]);
    assert!(track.instants.is_sorted_by_key(|told| told.at));
}
