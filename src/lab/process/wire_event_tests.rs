//! Tests of events on the wire.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

const STEPS: [Step; 3] = [Step("read"), Step("wait"), Step("write")];
const STATES: [State; 5] = [
    State::Running,
    State::Waiting,
    State::Holding,
    State::Sleeping,
    State::Lost,
];

/// Process id of the worker as the other side knows it.
const PID: u32 = 4321;

/// The events that a thread of a worker process can send, its track's opening included.
fn kinds() -> impl Strategy<Value = EventKind> {
    let step = || select(&STEPS[..]);
    let state = || select(&STATES[..]);
    let opened = (
        select(&NOUNS[..]),
        option::of(any::<u32>()),
        option::of(any::<u32>()),
    );
    prop_oneof![
        opened.prop_map(
            |(noun, number, os_id)| EventKind::TrackOpened(Box::new(TrackInfo {
                name: TrackName { noun, number },
                kind: TrackKind::Thread,
                pid: PID,
                os_id,
                clock_error: Duration::ZERO,
            }))
        ),
        (state(), step()).prop_map(|(state, step)| EventKind::SpanBegun { state, step }),
        (option::of(state()), option::of(any::<u64>())).prop_map(|(state, cpu)| {
            let cpu = cpu.map(Duration::from_nanos);
            EventKind::SpanEnded { state, cpu }
        }),
        (step(), option::of(any::<i64>()))
            .prop_map(|(step, value)| EventKind::Instant { step, value }),
        any::<(u64, u64)>().prop_map(|(done, total)| EventKind::Progress { done, total }),
    ]
}

proptest! {
    #[test]
    fn what_a_thread_tells_arrives_as_it_was(
        at in any::<u64>().prop_map(Duration::from_nanos),
        track in 1..u32::MAX,
        kind in kinds(),
    ) {
        let event = Event { at, track: TrackId(track), kind };
        let mut line = Vec::new();
        write_line(&mut line, &Response::Event(WireEvent::of(&event).unwrap())).unwrap();
        prop_assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
        let Response::Event(arrived) = serde_json::from_slice(&line).unwrap() else {
            panic!("not an event")
        };
        prop_assert_eq!((arrived.at(), arrived.track), (at, track));
        prop_assert_eq!(arrived.kind(&STEPS, PID), Ok(event.kind));
    }
}

#[test]
fn the_process_itself_opens_no_track() {
    let info = TrackInfo {
        name: TrackName::only("worker"),
        kind: TrackKind::Thread,
        pid: PID,
        os_id: None,
        clock_error: Duration::ZERO,
    };
    let event = Event {
        at: Duration::ZERO,
        track: PROCESS_TRACK,
        kind: EventKind::TrackOpened(Box::new(info)),
    };
    assert!(WireEvent::of(&event).is_none());
}
