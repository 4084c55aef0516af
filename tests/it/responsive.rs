//! The Download button: one job, in two places.

use std::time::Duration;

use threadlab::demos::responsive_ui::DOWNLOAD;
use threadlab::lab::run::{Outcome, start_inline};
use threadlab::lab::trace::event::State;
use threadlab::lab::trace::log::RunLog;

use crate::headless::{Watched, demo, lab, run};

#[test]
fn progress_grows_to_its_total_and_takes_as_long_as_asked() {
    let demo = demo("responsive_ui", &[("seconds", "0.35")]);
    let (outcome, log) = run(&lab(), demo.as_ref(), "worker_thread");
    let Outcome::Done(summary) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(summary.wall >= Duration::from_millis(350));
    let [task] = log.tracks() else {
        panic!("{} tracks", log.tracks().len())
    };
    assert!(task.progress.is_sorted());
    // Every 100 ms, or as seldom as a busy machine lets it; at the beginning and the end in any case.
    assert!(
        (2..=6).contains(&task.progress.len()),
        "{:?}",
        task.progress
    );
    assert!(
        task.progress
            .iter()
            .all(|(_, done, total)| done <= total && *total == 350)
    );
    assert_eq!(task.progress_at(log.end()), Some(1.0));
    let [download] = &task.spans[..] else {
        panic!("{:?}", task.spans)
    };
    assert_eq!((download.step, download.state), (DOWNLOAD, State::Sleeping));
}

#[test]
fn on_the_callers_thread_the_call_returns_when_all_is_over() {
    let demo = demo("responsive_ui", &[("seconds", "0.1")]);
    let mut run = start_inline(&lab(), demo.as_ref(), "ui_thread", 1);
    let mut log = RunLog::default();
    run.drain().into_iter().for_each(|event| log.push(event));
    let (at, outcome) = log.finished().expect("it is over");
    assert!(*at >= Duration::from_millis(100));
    assert!(matches!(outcome, Outcome::Done(_)));
    assert_eq!(log.tracks()[0].progress_at(log.end()), Some(1.0));
}

#[test]
fn a_download_is_cancelled_half_way() {
    let demo = demo("responsive_ui", &[("seconds", "600")]);
    let mut watched = Watched::start(&lab(), demo.as_ref(), "worker_thread");
    watched.until(|log| {
        log.tracks()
            .first()
            .is_some_and(|task| task.progress.len() > 1)
    });
    watched.run.cancel();
    let outcome = watched.finish();
    assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
    let task = &watched.log.tracks()[0];
    assert!(
        task.progress_at(watched.log.end())
            .is_some_and(|share| share < 1.0)
    );
    assert!(task.spans.iter().all(|span| span.end.is_some()));
    assert!(outcome.summary().wall < Duration::from_secs(60));
}
