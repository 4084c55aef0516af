use std::sync::Arc;

use super::*;
use crate::app::demo_state::Demos;

fn session() -> Session {
    Session::new(Lab {
        program: Default::default(),
        failpoint: None,
        attended: true,
        wake: Arc::new(|_| {}),
    })
}

/// Three deposits that take hardly any time.
fn bank() -> Demos {
    let set = [("threads", "3"), ("gap_millis", "0")];
    let set = set.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Demos::set_up(Some("bank_lock"), None, &set)
}

/// Takes runs in as a window does, until none goes on. Returns the progress after each run, and what ran.
fn finish(session: &mut Session) -> Vec<(Option<(usize, usize)>, VariantId)> {
    let mut ended = Vec::new();
    while session.is_busy() {
        let now = Instant::now();
        session.begin_freeze();
        let progress = session.progress();
        if let Some((_, variant)) = session.advance(now, false, true) {
            ended.push((progress, variant));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    ended
}

#[test]
fn progress_counts_the_runs_of_one_round() {
    let (mut session, bank) = (session(), bank());
    let demo = bank.chosen();
    assert_eq!(session.progress(), None);
    session.start(demo.demo(), ["mutex", "atomic", "mutex"]);
    let ended = finish(&mut session);
    let expected = [(0, "mutex"), (1, "atomic"), (2, "mutex")];
    let expected = expected.map(|(done, variant)| (Some((done, 3)), variant));
    assert_eq!(ended, expected);
    session.run(demo);
    assert_eq!(finish(&mut session), [(None, demo.variant())]);
}

#[test]
fn what_was_cleared_comes_back_until_the_next_run() {
    let (mut session, bank) = (session(), bank());
    let demo = bank.chosen();
    session.start(demo.demo(), ["no_lock", "mutex"]);
    finish(&mut session);
    let number = session.shown_number(demo);
    assert!(number.is_some() && !session.can_undo_clear(demo.id()));

    session.clear(demo.id());
    assert_eq!(session.count(demo.id()), 0);
    assert!(session.latest(demo).is_none(), "the picture is gone, too");
    // There is nothing more to clear, and nothing is lost by trying.
    session.clear(demo.id());
    session.undo_clear(demo.id());
    assert_eq!(session.count(demo.id()), 2);
    assert_eq!(session.shown_number(demo), number);

    session.clear(demo.id());
    session.run(demo);
    assert!(!session.can_undo_clear(demo.id()));
    finish(&mut session);
    session.undo_clear(demo.id());
    assert_eq!(session.count(demo.id()), 1);
    assert_ne!(session.shown_number(demo), number);
}

#[test]
fn a_freeze_is_that_of_the_click() {
    let set = [("seconds".to_owned(), "0.1".to_owned())];
    let mut demos = Demos::set_up(Some("responsive_ui"), Some("ui_thread"), &set);
    let mut session = session();
    session.run(demos.chosen());
    assert!(session.freezes_for("responsive_ui"));
    // All else may change before the freeze begins, a frame later.
    demos.chosen_mut().choose("worker_thread");
    demos.chosen_mut().set("seconds", "9");
    demos.choose(3);
    let begun = Instant::now();
    assert_eq!(finish(&mut session), [(None, "ui_thread")]);
    assert!(begun.elapsed() < Duration::from_secs(5));
}
