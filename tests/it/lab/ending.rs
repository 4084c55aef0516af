//! How runs end: panics, dropped handles, and the stopwatch.

use std::sync::Arc;
use std::thread::Builder;
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, bounded};
use proptest::prelude::*;
use threadlab::lab::demo::JobOutput;
use threadlab::lab::run::thread_reaper;
use threadlab::lab::run::{Outcome, start, start_inline};
use threadlab::lab::trace::event::{State, Step, TrackName};
use threadlab::lab::trace::log::RunLog;

use super::INNER;
use super::Probe;
use super::WORK;
use super::events_of;
use super::outcome_of;
use crate::headless::{LIMIT, lab};

#[test]
fn a_panic_of_the_job_is_an_outcome_and_ends_its_spans() {
    let probe = Probe::new(|ctx| {
        let track = ctx.track(TrackName::only("task"));
        let _outer = track.span(State::Running, WORK);
        let _inner = track.span(State::Sleeping, INNER);
        panic!("seven of {}", 9);
    });
    for run in [
        start(&lab(), &probe, "alone", 1),
        start_inline(&lab(), &probe, "alone", 1),
    ] {
        let mut log = RunLog::default();
        events_of(&run)
            .into_iter()
            .for_each(|event| log.push(event));
        let Some((_, Outcome::Panicked(message, summary))) = log.finished() else {
            panic!("the run ended as {:?}", log.finished());
        };
        assert_eq!(message, "seven of 9");
        assert!(summary.measures.is_empty());
        let spans = &log.tracks()[0].spans;
        assert_eq!(spans.len(), 2);
        assert!(spans.iter().all(|span| span.end.is_some()));
    }
}

#[test]
fn a_panic_of_a_thread_of_the_job_ends_the_run_with_its_message() {
    let probe = Probe::new(|ctx| {
        std::thread::scope(|scope| {
            let thread = Builder::new()
                .name("probe-part".to_owned())
                .spawn_scoped(scope, || {
                    let track = ctx.track(TrackName::only("thread"));
                    let _running = track.span(State::Running, WORK);
                    panic!("a bug");
                });
            let joined = thread.expect("a thread").join();
            joined.unwrap_or_else(|payload| std::panic::resume_unwind(payload))
        })
    });
    let outcome = outcome_of(&start(&lab(), &probe, "alone", 1));
    assert!(
        matches!(&outcome, Outcome::Panicked(message, _) if message == "a bug"),
        "{outcome:?}"
    );
}

#[test]
fn a_panic_without_a_message_says_so() {
    let probe = Probe::new(|_| std::panic::resume_unwind(Box::new(3)));
    let outcome = outcome_of(&start(&lab(), &probe, "alone", 1));
    assert!(
        matches!(&outcome, Outcome::Panicked(message, _) if message == "a panic without a message"),
        "{outcome:?}"
    );
}

#[test]
fn the_thread_of_a_dropped_run_is_joined_and_its_job_let_go() {
    // The sending half lives in the job: once the thread is gone, the channel is closed.
    let (alive, watch) = bounded::<()>(0);
    let alive = Arc::new(alive);
    for round in 0..100 {
        let held = Arc::clone(&alive);
        let probe = Probe::new(move |ctx| {
            let _held = &held;
            ctx.sleep(LIMIT)?;
            Ok(JobOutput::default())
        });
        let run = start(&lab(), &probe, "alone", 1);
        if round % 2 == 0 {
            // Let it get going; otherwise the drop races the start of the thread.
            std::thread::yield_now();
        }
        drop(run);
    }
    drop(alive);
    assert!(thread_reaper::finish(LIMIT), "a thread was not joined");
    assert_eq!(
        watch.recv_timeout(LIMIT),
        Err(RecvTimeoutError::Disconnected)
    );
}

const PHASES: [Step; 3] = [Step("prepare"), Step("compute"), Step("collect")];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn phases_add_up_to_the_wall_time_exactly(
        before in prop::collection::vec((0..3usize, 0..200u64), 0..6),
        stops in any::<bool>(),
        after in prop::collection::vec(0..3usize, 0..3),
    ) {
        let count = before.len();
        // A phase that the job comes back to goes on.
        let mut names = Vec::new();
        for (phase, _) in &before {
            if !names.contains(&PHASES[*phase]) {
                names.push(PHASES[*phase]);
            }
        }
        let probe = Probe::new(move |ctx| {
            for (phase, micros) in &before {
                ctx.phase(PHASES[*phase]);
                ctx.sleep(Duration::from_micros(*micros))?;
            }
            if stops {
                ctx.stop_clock();
                // After the answer only tidying up is left.
                for phase in &after {
                    ctx.phase(PHASES[*phase]);
                }
            }
            Ok(JobOutput::default())
        });
        let run = start_inline(&lab(), &probe, "alone", 1);
        let outcome = outcome_of(&run);
        let summary = outcome.summary();
        prop_assert_eq!(summary.phases.iter().map(|(_, length)| *length).sum::<Duration>(), summary.wall);
        prop_assert!(summary.wall <= run.now());
        if count > 0 {
            prop_assert_eq!(summary.phases.iter().map(|(phase, _)| *phase).collect::<Vec<_>>(), names);
        } else {
            prop_assert_eq!(summary.phases.len(), 1);
        }
    }
}
