//! Tests of a run's log.

use super::super::event::{TrackKind, TrackName};
use super::*;

const STEP: Step = Step("work");

#[test]
fn a_full_log_ends_the_spans_that_it_kept_and_counts_the_rest() {
    // Room for one more than the track's opening.
    let mut log = RunLog {
        events: ENTRIES_KEPT - 2,
        ..RunLog::default()
    };
    let mut tell = |millis, kind| {
        let (at, track) = (Duration::from_millis(millis), TrackId(0));
        log.push(Event { at, track, kind });
    };
    let begin = |state| EventKind::SpanBegun { state, step: STEP };
    let end = |state| EventKind::SpanEnded { state, cpu: None };
    let info = TrackInfo {
        name: TrackName::only("task"),
        kind: TrackKind::Thread,
        pid: 1,
        os_id: None,
        clock_error: Duration::ZERO,
    };
    tell(0, EventKind::TrackOpened(Box::new(info)));
    tell(1, begin(State::Holding));
    tell(2, begin(State::Running));
    let instant = |value| EventKind::Instant { step: STEP, value };
    tell(3, instant(None));
    tell(3, instant(Some(7)));
    tell(3, EventKind::Progress { done: 1, total: 1 });
    tell(4, end(Some(State::Lost)));
    tell(5, end(None));
    assert_eq!(log.dropped(), 3);
    let track = &log.tracks()[0];
    let [kept] = &track.spans[..] else {
        panic!("{:?}", track.spans);
    };
    assert_eq!(kept.end, Some(Duration::from_millis(5)));
    assert_eq!(kept.state, State::Holding);
    // Figures have places of their own, not without end.
    assert_eq!(
        track.last_instant(STEP, log.end()).and_then(|it| it.value),
        Some(7)
    );
    assert_eq!((track.instants.len(), track.progress.len()), (1, 1));
    log.events = ENTRIES_KEPT + FIGURES_KEPT;
    let (at, track) = (Duration::from_millis(6), TrackId(0));
    log.push(Event {
        at,
        track,
        kind: instant(Some(8)),
    });
    assert_eq!((log.dropped(), log.tracks()[0].instants.len()), (4, 1));
}
