//! How events travel: in order, counted, and with the window woken as often as needed and no more.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread::Builder;
use std::time::Duration;

use crossbeam_channel::{bounded, unbounded};
use threadlab::lab::demo::JobOutput;
use threadlab::lab::run::{Lab, RunCtx, start, start_inline};
use threadlab::lab::trace::event::{EventKind, State, TrackId, TrackName};
use threadlab::lab::trace::log::RunLog;
use threadlab::lab::trace::record::{HostKind, HostMeasures, Record};
use threadlab::lab::trace::track::{EVENTS_PER_TRACK, Track, WakeReason};

use super::INNER;
use super::Probe;
use super::WORK;
use super::events_of;
use crate::headless::{LIMIT, demo, lab};

/// Runs `tell`, which reports, on `threads` tracks at once.
fn on_tracks(ctx: &RunCtx, threads: usize, tell: impl Fn(&Track) + Sync) {
    let tell = &tell;
    std::thread::scope(|scope| {
        for index in 0..threads {
            let thread = Builder::new().name(format!("probe-{index}"));
            let spawned = thread.spawn_scoped(scope, move || {
                tell(&ctx.track(TrackName::nth("thread", index)))
            });
            spawned.expect("a thread");
        }
    });
}

#[test]
fn times_of_a_track_never_go_back_and_the_end_comes_last() {
    let probe = Probe::new(|ctx| {
        on_tracks(ctx, 8, |track| {
            for round in 0..500 {
                let _outer = track.span(State::Running, WORK);
                track.instant(INNER, Some(round));
                track.span(State::Sleeping, INNER).end_as(State::Lost);
            }
        });
        Ok(JobOutput::default())
    });
    let events = events_of(&start(&lab(), &probe, "alone", 1));
    let mut latest: HashMap<TrackId, Duration> = HashMap::new();
    let (last, told) = events.split_last().expect("events");
    for event in told {
        let before = latest.insert(event.track, event.at);
        let opens = matches!(event.kind, EventKind::TrackOpened(_));
        assert_eq!(
            before.is_none(),
            opens,
            "a track opens with its first event, and once"
        );
        assert!(
            before.is_none_or(|before| before <= event.at),
            "{before:?} before {event:?}"
        );
        assert!(event.at <= last.at, "{event:?} after the end");
    }
    assert_eq!(events.len(), 8 * (1 + 500 * 5) + 1);
}

#[test]
fn a_full_track_drops_and_counts_but_every_span_ends() {
    let room = u64::from(EVENTS_PER_TRACK);
    let probe = Probe::new(move |ctx| {
        let track = ctx.track(TrackName::only("task"));
        let _whole = track.span(State::Sleeping, WORK);
        for _ in 0..room / 2 {
            let _around = track.span(State::Holding, WORK);
            track.instant(INNER, None);
        }
        Ok(JobOutput::default())
    });
    let run = start(&lab(), &probe, "alone", 1);
    let mut log = RunLog::default();
    events_of(&run)
        .into_iter()
        .for_each(|event| log.push(event));
    let dropped = run.events_dropped();
    assert_eq!(log.dropped(), 0);
    // All reports, apart from the track's opening and the run's end, were kept or counted.
    assert_eq!(log.events() - 2 + dropped, 2 + room / 2 * 3);
    assert_eq!(log.events() - 2, room);
    let spans = &log.tracks()[0].spans;
    assert!(spans.iter().all(|span| span.end.is_some()));
    assert_eq!(spans[0].end, spans.iter().filter_map(|span| span.end).max());

    let (_, outcome) = log.finished().cloned().expect("the end");
    let host = HostMeasures {
        kind: HostKind::TickLoop,
        frames: 1,
        longest_frame_gap: Duration::ZERO,
        clicks_waiting: 0,
        about: None,
    };
    let record = Record::close(&probe, run.info.clone(), &log, outcome, host, dropped, &[]);
    assert_eq!(
        (record.events, record.events_dropped),
        (log.events(), dropped)
    );
}

#[test]
fn figures_arrive_although_the_track_is_full_of_spans() {
    let room = u64::from(EVENTS_PER_TRACK);
    let probe = Probe::new(move |ctx| {
        let track = ctx.track(TrackName::only("task"));
        for _ in 0..room {
            drop(track.span(State::Holding, WORK));
        }
        // Their places have an end as well.
        (0..room as i64 + 5).for_each(|value| track.instant(INNER, Some(value)));
        Ok(JobOutput::default())
    });
    let run = start(&lab(), &probe, "alone", 1);
    let mut log = RunLog::default();
    events_of(&run)
        .into_iter()
        .for_each(|event| log.push(event));
    let track = &log.tracks()[0];
    let last = track
        .last_instant(INNER, log.end())
        .and_then(|last| last.value);
    assert_eq!(last, Some(room as i64 - 1));
    assert_eq!(track.spans.len() as u64, room / 2);
    assert_eq!((run.events_dropped(), log.dropped()), (room + 5, 0));
}

#[test]
fn one_wake_per_drain() {
    let (wake, woken) = unbounded();
    let lab = Lab {
        wake: Arc::new(move |news| wake.send(news).expect("the test listens")),
        ..lab()
    };
    let (go, next) = bounded::<()>(0);
    let (tell, told) = bounded::<()>(0);
    let probe = Probe::new(move |ctx| {
        let track = ctx.track(TrackName::only("task"));
        while next.recv().is_ok() {
            (0..10).for_each(|value| track.instant(WORK, Some(value)));
            tell.send(()).expect("the test listens");
        }
        Ok(JobOutput::default())
    });
    let mut run = start(&lab, &probe, "alone", 1);
    // The track's opening.
    woken.recv_timeout(LIMIT).expect("woken");
    for batches in [1, 3] {
        let had = run.drain().len();
        assert!(had > 0 && woken.is_empty());
        for _ in 0..batches {
            go.send(()).expect("the job listens");
            told.recv_timeout(LIMIT).expect("told");
        }
        let woken: Vec<_> = woken.try_iter().collect();
        assert_eq!(
            woken,
            [WakeReason::Events],
            "one wake for {batches} batches"
        );
    }
    assert_eq!(run.drain().len(), 30);
    drop(go);
    assert_eq!(woken.recv_timeout(LIMIT), Ok(WakeReason::Finished));
}

/// The waker of each round drains only when woken: an event left lying would leave it waiting.
#[test]
fn no_wake_is_lost_in_a_race_with_drains() {
    for round in 0..200 {
        let (wake, woken) = unbounded();
        let lab = Lab {
            wake: Arc::new(move |news| {
                wake.send(news).ok();
            }),
            ..lab()
        };
        let probe = Probe::new(|ctx| {
            on_tracks(ctx, 3, |track| {
                (0..50).for_each(|value| track.instant(WORK, Some(value)))
            });
            Ok(JobOutput::default())
        });
        let mut run = start(&lab, &probe, "alone", 1);
        let (mut wakes, mut events) = (0, Vec::new());
        while !matches!(events.last(), Some(EventKind::Finished(_))) {
            let waited = woken.recv_timeout(LIMIT);
            assert!(
                waited.is_ok(),
                "round {round}: not woken after {} events",
                events.len()
            );
            wakes += 1;
            events.extend(run.drain().into_iter().map(|event| event.kind));
        }
        assert_eq!(events.len(), 3 * 51 + 1);
        // Each drain lets in one more wake, and the end is reported in any case.
        assert!(woken.try_iter().count() <= 2, "after {wakes} drains");
    }
}

#[test]
fn a_drain_ends_although_the_job_never_stops_telling() {
    let probe = Probe::new(|ctx| {
        let track = ctx.track(TrackName::only("task"));
        for value in 0..i64::from(EVENTS_PER_TRACK) {
            ctx.check_cancel()?;
            track.instant(WORK, Some(value));
        }
        Ok(JobOutput::default())
    });
    let mut run = start(&lab(), &probe, "alone", 1);
    let first = run.wait(LIMIT).expect("an event");
    assert!(matches!(first.kind, EventKind::TrackOpened(_)));
    let mut next = 0;
    loop {
        for event in run.drain() {
            match event.kind {
                EventKind::Instant { value, .. } => {
                    assert_eq!(value, Some(next));
                    next += 1;
                }
                EventKind::Finished(_) => {
                    assert_eq!(next, i64::from(EVENTS_PER_TRACK));
                    return;
                }
                other => panic!("{other:?}"),
            }
        }
        std::thread::yield_now();
    }
}

#[test]
fn the_same_job_tells_the_same_on_either_thread() {
    let demo = demo("responsive_ui", &[("seconds", "0.1")]);
    let told = |events: Vec<threadlab::lab::trace::event::Event>| -> Vec<String> {
        let kinds = events.into_iter().map(|event| match event.kind {
            EventKind::TrackOpened(info) => format!("{} opened", info.name),
            // How far the download is when it is asked depends on the clock.
            EventKind::Progress { done, total } => format!("progress {} {total}", done == total),
            EventKind::SpanEnded { state, .. } => format!("ended {state:?}"),
            EventKind::Finished(outcome) => outcome.name().to_owned(),
            kind => format!("{kind:?}"),
        });
        let mut kinds: Vec<_> = kinds.collect();
        kinds.dedup();
        kinds
    };
    let apart = start(&lab(), demo.as_ref(), "worker_thread", 1);
    let inline = start_inline(&lab(), demo.as_ref(), "ui_thread", 1);
    assert_eq!(told(events_of(&inline)), told(events_of(&apart)));
}
