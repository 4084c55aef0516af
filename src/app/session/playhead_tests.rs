//! Tests of the playhead.

use super::*;
use crate::lab::demo::Sentence;
use crate::lab::demo::incident::KeyEvent;
use crate::lab::trace::event::{
    Event, EventKind, State, Step, TrackId, TrackInfo, TrackKind, TrackName,
};

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// One track with events at 1, 3 and 7 ms; the last event comes at 10 ms.
fn log() -> RunLog {
    let mut log = RunLog::default();
    let info = TrackInfo {
        name: TrackName::only("thread"),
        kind: TrackKind::Thread,
        pid: 1,
        os_id: None,
        clock_error: Duration::ZERO,
    };
    let begun = EventKind::SpanBegun {
        state: State::Running,
        step: Step("work"),
    };
    let ended = EventKind::SpanEnded {
        state: None,
        cpu: None,
    };
    let (step, value) = (Step("read"), None);
    let events = [
        (0, EventKind::TrackOpened(Box::new(info))),
        (1, begun),
        (3, EventKind::Instant { step, value }),
        (7, ended),
        (10, EventKind::Progress { done: 1, total: 1 }),
    ];
    for (at, kind) in events {
        let (at, track) = (millis(at), TrackId(0));
        log.push(Event { at, track, kind });
    }
    log
}

#[test]
fn short_runs_are_stretched_to_about_four_seconds_by_a_round_factor() {
    assert_eq!(slow_down(Duration::from_millis(12)), Some(300.0));
    assert_eq!(slow_down(Duration::from_millis(1990)), Some(2.0));
    assert_eq!(slow_down(Duration::from_secs(2)), None);
    assert_eq!(slow_down(Duration::ZERO), None);
    for micros in (50..2_000_000).step_by(1_237) {
        let length = Duration::from_micros(micros);
        let stretched = length.as_secs_f64() * slow_down(length).unwrap();
        assert!(
            (3.0..5.3).contains(&stretched),
            "{length:?} is stretched to {stretched} s"
        );
    }
}

#[test]
fn the_playhead_goes_slowly_and_stops_at_the_end() {
    let (begun, log) = (Instant::now(), log());
    let playhead = Playhead::replaying(begun, &log);
    let end = log.end();
    let moment = |millis| playhead.moment(begun + Duration::from_millis(millis), end);
    // The 10 ms are played at ×500.
    assert_eq!(playhead.factor(begun, end), Some(500.0));
    assert_eq!(moment(2_500), millis(5));
    assert_eq!(moment(9_000), end);
    assert_eq!(playhead.factor(begun + Duration::from_secs(9), end), None);
    assert!(!playhead.moves(begun + Duration::from_secs(9), end));
    assert_eq!(Playhead::default().moment(begun, end), end);
}

#[test]
fn taken_at_any_moment_it_stands_still_and_goes_on_from_there() {
    let (begun, log) = (Instant::now(), log());
    let recording = Recording::of_finished(&log);
    let mut playhead = Playhead::replaying(begun, &log);
    let later = begun + millis(1_000);
    playhead.seek(Seek::PlayOrPause, later, &recording);
    assert!(playhead.is_held() && !playhead.moves(later, log.end()));
    let much_later = later + Duration::from_secs(60);
    assert_eq!(playhead.moment(much_later, log.end()), millis(2));

    playhead.seek(Seek::PlayOrPause, much_later, &recording);
    assert!(!playhead.is_held());
    let at = playhead.moment(much_later + millis(500), log.end());
    assert_eq!(at, millis(3));

    playhead.seek(Seek::End, much_later, &recording);
    assert_eq!(playhead.moment(much_later, log.end()), log.end());
    // At the end, Play begins again from the beginning.
    playhead.seek(Seek::PlayOrPause, much_later, &recording);
    assert_eq!(playhead.moment(much_later, log.end()), Duration::ZERO);
}

#[test]
fn it_steps_from_event_to_event_and_back() {
    let (now, log) = (Instant::now(), log());
    let recording = Recording::of_finished(&log);
    let mut playhead = Playhead::default();
    let mut seek = |seek| {
        playhead.seek(seek, now, &recording);
        (playhead.moment(now, log.end()), playhead.is_held())
    };
    assert_eq!(seek(Seek::Previous), (millis(7), true));
    assert_eq!(seek(Seek::Previous), (millis(3), true));
    assert_eq!(seek(Seek::Next), (millis(7), true));
    assert_eq!(seek(Seek::Next), (millis(10), false));
    assert_eq!(seek(Seek::Start), (millis(0), true));
    assert_eq!(seek(Seek::Previous), (millis(0), true));
    assert_eq!(seek(Seek::Next), (millis(1), true));
    assert_eq!(seek(Seek::To(millis(4))), (millis(4), true));
    assert_eq!(seek(Seek::To(millis(400))), (millis(10), false));
}

#[test]
fn a_run_that_goes_on_is_left_behind_and_caught_up_with() {
    let (now, log) = (Instant::now(), log());
    let live = |end| Recording {
        log: &log,
        end: millis(end),
        live: true,
    };
    let mut playhead = Playhead::default();
    playhead.seek(Seek::PlayOrPause, now, &live(11));
    assert_eq!(playhead.moment(now, millis(50)), millis(11));
    // The last known event is behind the clock, so there is no next one to step to yet.
    playhead.seek(Seek::Next, now, &live(50));
    assert_eq!(playhead.moment(now, millis(50)), millis(11));
    playhead.seek(Seek::Previous, now, &live(50));
    assert_eq!(playhead.moment(now, millis(50)), millis(10));

    let mut kept = playhead.clone();
    kept.run_ended(now, &log, true);
    assert!(kept.is_held(), "the end of the run does not let go of it");
    playhead.seek(Seek::PlayOrPause, now, &live(60));
    assert_eq!(playhead.moment(now, millis(70)), millis(70));
    playhead.run_ended(now, &log, true);
    assert_eq!(playhead.factor(now, log.end()), Some(500.0));
}

#[test]
fn the_stretch_that_is_shown_goes_along_with_the_playhead() {
    let (begun, log) = (Instant::now(), log());
    let recording = Recording::of_finished(&log);
    let mut playhead = Playhead::replaying(begun, &log);
    let window = |from, to| Some((millis(from), millis(to)));
    playhead.seek(Seek::Show(window(2, 4)), begun, &recording);
    assert!(playhead.moves(begun, log.end()), "looking stops nothing");
    assert_eq!(playhead.window(begun, &recording), window(0, 2));
    let later = begun + millis(2_500);
    assert_eq!(playhead.window(later, &recording), window(4, 6));
    playhead.seek(Seek::PlayOrPause, later, &recording);
    assert_eq!(playhead.window(later, &recording), window(4, 6));
    // While the playhead is held, the view may be moved elsewhere; a step brings it back to the playhead.
    playhead.seek(Seek::Show(window(8, 10)), later, &recording);
    assert_eq!(playhead.window(later, &recording), window(8, 10));
    playhead.seek(Seek::Previous, later, &recording);
    assert_eq!(playhead.window(later, &recording), window(2, 4));
    playhead.seek(Seek::Show(None), later, &recording);
    assert_eq!(playhead.window(later, &recording), None);
}

/// Three events: two of them a microsecond apart, the third a second later.
fn incident() -> Incident {
    let key_events = [10, 11, 1_000_011].map(|micros| KeyEvent {
        at: Duration::from_micros(micros),
        track: TrackId(micros as u32 % 2),
        step: Step("read"),
        sentence: Sentence::new("key"),
    });
    Incident {
        key_events: key_events.to_vec(),
        opening: Sentence::new("key"),
    }
}

#[test]
fn each_event_of_an_incident_gets_its_own_stretch_of_time() {
    let now = Instant::now();
    let mut playhead = Playhead::default();
    playhead.replay_incident(now, incident());
    let end = Duration::from_secs(9);
    let at = |stretches: f64| {
        let now = now + EVENT_LENGTH.mul_f64(stretches);
        let key_event = playhead
            .incident(now, end)
            .and_then(|incident| incident.key_event())
            .map(|(count, _)| count);
        (
            key_event,
            playhead.moment(now, end),
            playhead.moves(now, end),
        )
    };
    let micros = Duration::from_micros;
    assert_eq!(at(0.5).0, None);
    assert_eq!(at(1.0), (Some(1), micros(10), true));
    assert_eq!(at(2.0), (Some(2), micros(11), true));
    assert_eq!(at(2.5), (Some(2), micros(500_011), true));
    assert_eq!(at(3.0), (Some(3), micros(1_000_011), true));
    assert!(!at(4.0).2);
}

#[test]
fn an_incident_is_stepped_through_held_and_played_on() {
    let now = Instant::now();
    let mut playhead = Playhead::default();
    playhead.replay_incident(now, incident());
    let log = log();
    let recording = Recording::of_finished(&log);
    let end = recording.end;
    let mut seek = |seek| {
        playhead.seek(seek, now, &recording);
        playhead.position(now, end)
    };
    assert_eq!(seek(Seek::Previous), 0.0);
    assert_eq!(seek(Seek::Next), 1.0);
    assert_eq!(seek(Seek::Next), 2.0);
    assert_eq!(seek(Seek::Next), 3.0);
    assert_eq!(seek(Seek::Next), 3.0);
    assert_eq!(seek(Seek::End), 4.0);
    assert_eq!(seek(Seek::Next), 4.0);
    assert_eq!(seek(Seek::Previous), 3.0);
    assert_eq!(seek(Seek::To(Duration::from_micros(500_011))), 2.5);
    assert_eq!(seek(Seek::Previous), 2.0);
    assert_eq!(seek(Seek::Start), 0.0);
    assert_eq!(seek(Seek::PlayOrPause), 0.0);
    assert!(playhead.moves(now, end));
    playhead.seek(Seek::PlayOrPause, now + EVENT_LENGTH * 2, &recording);
    assert_eq!(playhead.position(now + EVENT_LENGTH * 9, end), 2.0);
}
