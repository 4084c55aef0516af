//! Tests of the pixels of a timeline's row.

use std::time::Instant;

use super::*;
use crate::lab::trace::event::{EventKind, Step, TrackKind, TrackName};
use crate::lab::trace::log::test_log::TestLog;

const END: Duration = Duration::from_millis(100);

fn micros(micros: u64) -> Duration {
    Duration::from_micros(micros)
}

/// A log of one thread.
fn one_thread(unit: Duration) -> TestLog {
    let mut log = TestLog::counted_in(unit);
    log.open(0, 0, TrackName::only("thread"), TrackKind::Thread, 1);
    log
}

/// A track with the given spans: beginning and end in microseconds, outer ones before inner ones.
fn track(spans: &[(u64, u64, State)]) -> TrackLog {
    let mut events: Vec<(u64, EventKind)> = Vec::new();
    for &(begin, end, state) in spans {
        let step = Step("step");
        events.push((begin, EventKind::SpanBegun { state, step }));
        let ended = EventKind::SpanEnded {
            state: None,
            cpu: None,
        };
        events.push((end, ended));
    }
    events.sort_by_key(|(at, kind)| (*at, matches!(kind, EventKind::SpanBegun { .. })));
    let mut log = one_thread(Duration::from_micros(1));
    for (at, kind) in events {
        log.push(at, 0, kind);
    }
    log.tracks()[0].clone()
}

/// An axis of all of the time, with a point for each pixel.
fn axis(pixels: usize) -> TimeAxis {
    TimeAxis::new(0.0, pixels as f32, END)
}

fn row(pixels: usize, tracks: &[TrackLog], now: Duration) -> Vec<(usize, usize, State)> {
    let mut row = PixelRow::new(pixels);
    for track in tracks {
        row.add(track, &axis(pixels), now, &mut SeenTrack::default());
    }
    row.segments()
        .into_iter()
        .map(|segment| (segment.from, segment.to, segment.state))
        .collect()
}

#[test]
fn a_pixel_shows_what_lasted_longest_in_it() {
    // 10 pixels of 10 ms each: running for 34 ms, then sleeping.
    let one = track(&[
        (0, 34_000, State::Running),
        (34_000, 100_000, State::Sleeping),
    ]);
    let shown = row(10, &[one], END);
    assert_eq!(shown, [(0, 3, State::Running), (3, 10, State::Sleeping)]);
}

#[test]
fn nothing_after_now_is_shown() {
    let one = track(&[(0, 100_000, State::Sleeping)]);
    assert_eq!(row(10, &[one], micros(50_000)), [(0, 5, State::Sleeping)]);
}

#[test]
fn a_short_span_on_a_quiet_track_is_one_pixel_wide() {
    let one = track(&[
        (0, 1, State::Running),
        (1, 99_990, State::Sleeping),
        (99_990, 100_000, State::Lost),
    ]);
    assert_eq!(
        row(100, &[one], END),
        [
            (0, 1, State::Running),
            (1, 99, State::Sleeping),
            (99, 100, State::Lost)
        ]
    );
}

#[test]
fn a_part_of_the_time_shows_what_goes_on_at_its_edge_and_what_begins_in_it() {
    let one = track(&[
        (0, 80_000, State::Holding),
        (10_000, 20_000, State::Lost),
        (30_000, 60_000, State::Sleeping),
        (90_000, 95_000, State::Running),
    ]);
    let axis = TimeAxis::between(0.0, 10.0, micros(50_000), micros(70_000));
    let mut row = PixelRow::new(10);
    row.add(&one, &axis, END, &mut SeenTrack::default());
    let shown: Vec<_> = row.segments().iter().map(|s| (s.to, s.state)).collect();
    assert_eq!(shown, [(5, State::Sleeping), (10, State::Holding)]);
    let (open, begun) = visible(&one, &axis, END);
    assert_eq!((open.count(), begun.len()), (2, 0));
}

#[test]
fn a_hairline_shows_short_spans_wider() {
    let one = track(&[(0, 50_000, State::Sleeping), (50_000, 50_001, State::Lost)]);
    let mut row = PixelRow::new(100);
    row.clear(3);
    row.add(&one, &axis(100), END, &mut SeenTrack::default());
    let shown: Vec<_> = row.segments().iter().map(|s| (s.from, s.to)).collect();
    assert_eq!(shown, [(0, 50), (50, 53)]);
}

#[test]
fn the_inner_span_hides_the_outer_one() {
    let one = track(&[
        (0, 100_000, State::Holding),
        (20_000, 60_000, State::Sleeping),
    ]);
    assert_eq!(
        row(10, &[one], END),
        [
            (0, 2, State::Holding),
            (2, 6, State::Sleeping),
            (6, 10, State::Holding)
        ]
    );
}

#[test]
fn tracks_in_one_row_outvote_each_other() {
    let waiting = track(&[(0, 100_000, State::Waiting)]);
    let holding = track(&[(0, 100_000, State::Holding)]);
    let shown = row(10, &[waiting.clone(), waiting.clone(), holding], END);
    assert_eq!(shown, [(0, 10, State::Waiting)]);
    // Nothing is shown where most tracks of the row are over.
    let over = track(&[(0, 30_000, State::Waiting)]);
    let shown = row(10, &[over.clone(), over, waiting], END);
    assert_eq!(shown, [(0, 3, State::Waiting)]);
}

#[test]
fn a_crowded_track_keeps_its_proportions() {
    // 10,000 pairs of 3 µs running and 7 µs waiting in 100 pixels: waiting wins in nearly all.
    let pairs: Vec<_> = (0..10_000u64)
        .flat_map(|pair| {
            let begin = pair * 10;
            [
                (begin, begin + 3, State::Running),
                (begin + 3, begin + 10, State::Waiting),
            ]
        })
        .collect();
    let shown = row(100, &[track(&pairs)], END);
    let waiting: usize = shown
        .iter()
        .filter(|(.., state)| *state == State::Waiting)
        .map(|(from, to, _)| to - from)
        .sum();
    assert!(waiting >= 90, "{shown:?}");
}

#[test]
fn five_thousand_tracks_cost_little() {
    let one = track(&[
        (0, 100, State::Running),
        (100, 400, State::Waiting),
        (400, 90_000, State::Sleeping),
        (90_000, 90_100, State::Lost),
    ]);
    let began = Instant::now();
    let mut row = PixelRow::new(800);
    let mut segments = 0;
    for _ in 0..120 {
        row.clear(1);
        for _ in 0..42 {
            row.add(&one, &axis(800), END, &mut SeenTrack::default());
        }
        segments += row.segments().len();
    }
    // The whole takes a few milliseconds; the bound only tells of an accident.
    let took = began.elapsed();
    assert!(took < Duration::from_millis(500), "{took:?}");
    assert!((120..1_200).contains(&segments), "{segments}");
}

#[test]
fn half_a_million_spans_are_scrubbed_and_zoomed_quickly() {
    // Spans of a tenth of a microsecond each, one after the other.
    let mut log = one_thread(Duration::from_nanos(1));
    let (count, each) = (500_000, 100);
    for span in 0..count {
        let state = match span % 3 {
            0 => State::Running,
            _ => State::Waiting,
        };
        let (begin, end) = (span * each, (span + 1) * each);
        log.span(begin, end, 0, state, Step("step"));
    }
    let track = &log.tracks()[0];
    let whole = Duration::from_nanos(count * each);
    let began = Instant::now();
    let mut row = PixelRow::new(800);
    for share in 1..=100 {
        let now = whole * share / 100;
        let zoomed = TimeAxis::between(0.0, 800.0, now / 2, now / 2 + whole / 1_000);
        for axis in [TimeAxis::new(0.0, 800.0, whole), zoomed] {
            row.clear(1);
            row.add(track, &axis, now, &mut SeenTrack::default());
            assert!(!row.segments().is_empty());
        }
        let next = log.next_event(now / 2).expect("a next event");
        let before = log.previous_event(next).expect("one before");
        assert!(before <= now / 2 && next > now / 2);
    }
    // 200 pictures and as many steps: some tens of milliseconds. The bound only tells of an accident.
    let took = began.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn what_was_seen_before_is_what_would_be_seen_anew() {
    // A crowded track within a span around all of it, some of whose spans turn out to be lost.
    let mut log = one_thread(Duration::from_micros(1));
    let mut at = 0;
    let mut tell = |log: &mut TestLog, kind| {
        at += 7;
        log.push(at, 0, kind);
    };
    let begun = |state| EventKind::SpanBegun {
        state,
        step: Step("step"),
    };
    let ended = |state| EventKind::SpanEnded { state, cpu: None };
    tell(&mut log, begun(State::Holding));
    let axis = axis(100);
    let mut seen = SeenTrack::default();
    let same = |log: &TestLog, seen: &mut SeenTrack, now| {
        let [mut kept, mut anew] = [PixelRow::new(100), PixelRow::new(100)];
        kept.add(&log.tracks()[0], &axis, now, seen);
        anew.add(&log.tracks()[0], &axis, now, &mut SeenTrack::default());
        assert_eq!(kept.segments(), anew.segments(), "{now:?}");
    };
    for round in 0..3000 {
        tell(&mut log, begun([State::Running, State::Waiting][round % 2]));
        // In a live run the clock is ahead of what has been told.
        if round % 100 == 0 {
            same(&log, &mut seen, log.end() + micros(500));
        }
        tell(&mut log, ended((round % 400 > 300).then_some(State::Lost)));
    }
    tell(&mut log, ended(Some(State::Sleeping)));
    seen.is_over = true;
    for share in [100, 99, 50, 51, 20, 80, 100, 0, 99] {
        same(&log, &mut seen, log.end() * share / 100);
    }
    assert!(seen.pixels.iter().flatten().count() > 40);
}
