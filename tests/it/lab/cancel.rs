//! A cancel at every moment of a run: none is lost, and the run ends as it should.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Builder;
use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use threadlab::lab::demo::JobOutput;
use threadlab::lab::run::error::RunError;
use threadlab::lab::run::{Outcome, RunCtx, start, start_inline};
use threadlab::lab::trace::event::{State, TrackName};

use super::Probe;
use super::WORK;
use super::outcome_of;
use crate::headless::lab;

const HOUR: Duration = Duration::from_secs(3600);

fn sleep_for_an_hour(ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let track = ctx.track(TrackName::only("task"));
    let _sleeping = track.span(State::Sleeping, WORK);
    ctx.sleep(HOUR)?;
    Ok(JobOutput::default())
}

fn compute_for_an_hour(ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let begun = Instant::now();
    while begun.elapsed() < HOUR {
        ctx.check_cancel()?;
    }
    Ok(JobOutput::default())
}

/// Four threads of which two sleep and two compute.
fn four_threads_for_an_hour(ctx: &RunCtx) -> Result<JobOutput, RunError> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = [sleep_for_an_hour, compute_for_an_hour]
            .into_iter()
            .cycle()
            .take(4)
            .map(|job| {
                let thread = Builder::new().name("probe-part".to_owned());
                thread
                    .spawn_scoped(scope, move || job(ctx))
                    .expect("a thread")
            })
            .collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().expect("no panic").map(drop))
    })?;
    Ok(JobOutput::default())
}

/// Lets a random time of up to `micros` go by without sleeping, which would always take longer.
fn dawdle(chance: &mut StdRng, micros: u64) {
    let until = Instant::now() + Duration::from_micros(chance.random_range(0..=micros));
    while Instant::now() < until {
        std::hint::spin_loop();
    }
}

#[test]
fn no_cancel_is_lost_whenever_it_comes() {
    let lab = lab();
    let mut chance = StdRng::seed_from_u64(7);
    for job in [
        sleep_for_an_hour,
        compute_for_an_hour,
        four_threads_for_an_hour,
    ] {
        let probe = Probe::new(job);
        for round in 0..200 {
            let run = start(&lab, &probe, "alone", 1);
            // Every other round the cancel races the start of the run's thread.
            dawdle(&mut chance, if round % 2 == 0 { 5 } else { 300 });
            run.cancel();
            assert!(
                matches!(outcome_of(&run), Outcome::Cancelled(_)),
                "round {round}"
            );
        }
    }
}

#[test]
fn a_cancel_before_the_start_is_not_lost() {
    // On the caller's thread a run can't be cancelled from outside; the job's own first act does it.
    let probe = Probe::new(|ctx| {
        ctx.abort();
        sleep_for_an_hour(ctx)
    });
    let run = start_inline(&lab(), &probe, "alone", 1);
    // The job gave up by itself; it was not stopped.
    assert!(matches!(
        outcome_of(&run),
        Outcome::Failed(RunError::Cancelled(_), _)
    ));
}

#[test]
fn a_cancel_at_the_end_leaves_either_outcome_and_no_other() {
    let lab = lab();
    let probe = Probe::new(|ctx| {
        ctx.sleep(Duration::from_micros(50))?;
        Ok(JobOutput::default())
    });
    let mut chance = StdRng::seed_from_u64(8);
    for _ in 0..300 {
        let run = start(&lab, &probe, "alone", 1);
        dawdle(&mut chance, 300);
        run.cancel();
        let outcome = outcome_of(&run);
        assert!(
            matches!(outcome, Outcome::Done(_) | Outcome::Cancelled(_)),
            "{outcome:?}"
        );
        // Once it is over, a cancel changes nothing and the run says nothing more.
        run.cancel();
        assert!(run.wait(Duration::ZERO).is_none());
    }
}

#[test]
fn a_cancel_may_come_from_another_thread() {
    let run = start(&lab(), &Probe::new(sleep_for_an_hour), "alone", 1);
    let cancel = run.canceller();
    let thread = Builder::new()
        .name("ctrl-c".to_owned())
        .spawn(cancel)
        .expect("a thread");
    assert!(matches!(outcome_of(&run), Outcome::Cancelled(_)));
    thread.join().expect("no panic");
}

#[test]
fn a_job_that_returns_its_answer_in_spite_of_a_cancel_is_done() {
    let go_on = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&go_on);
    let probe = Probe::new(move |_| {
        while !told.load(Ordering::Acquire) {
            std::hint::spin_loop();
        }
        Ok(JobOutput::default())
    });
    let run = start(&lab(), &probe, "alone", 1);
    run.cancel();
    go_on.store(true, Ordering::Release);
    assert!(matches!(outcome_of(&run), Outcome::Done(_)));
}
