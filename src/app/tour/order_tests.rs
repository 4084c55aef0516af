//! Tests of the order of a tour.

use super::*;

/// A window that carries out the tour's cues, at the clock of this test.
struct Window {
    tour: Tour,
    now: Instant,
    runs_to_come: usize,
    shown: f64,
    is_taken: bool,
    fault: Option<String>,
}

const EACH: Duration = Duration::from_secs(10);

fn stop(demo: usize, singly: &[VariantId]) -> Stop {
    Stop {
        demo,
        singly: singly.to_vec(),
        highlight: Highlight::new("telling", 0.5),
    }
}

impl Window {
    fn new(way: Vec<Stop>, pictures: bool) -> Self {
        let now = Instant::now();
        Self {
            tour: Tour::new(way, EACH, pictures, now),
            now,
            runs_to_come: 0,
            shown: 0.0,
            is_taken: false,
            fault: None,
        }
    }

    fn next(&mut self) -> Vec<Cue> {
        let sight = Sight {
            is_running: self.runs_to_come > 0,
            shown: self.shown,
            is_taken: self.is_taken,
            fault: &|| self.fault.clone(),
        };
        let acts = self.tour.next(self.now, &sight);
        for act in &acts {
            match act {
                Cue::Do(Action::Run | Action::RunAll) => self.runs_to_come = 1,
                Cue::Do(Action::Stop) => self.runs_to_come = 0,
                Cue::HandOver(_) => self.is_taken = false,
                _ => {}
            }
        }
        acts
    }

    fn wait(&mut self, seconds: f64) -> Vec<Cue> {
        self.now += Duration::from_secs_f64(seconds);
        self.next()
    }

    fn end_run(&mut self) -> Vec<Cue> {
        self.runs_to_come = 0;
        self.next()
    }
}

fn begins(at: usize, demo: usize) -> Vec<Cue> {
    vec![
        Cue::CloseDialogs,
        Cue::Announce(at),
        Cue::Do(Action::ChooseDemo(demo)),
    ]
}

fn shows() -> Vec<Cue> {
    vec![
        Cue::CloseDialogs,
        Cue::Do(Action::ChooseVariant("telling")),
        Cue::Do(Action::ReplayAgain),
    ]
}

fn runs(variant: VariantId) -> Vec<Cue> {
    vec![
        Cue::CloseDialogs,
        Cue::Do(Action::ChooseVariant(variant)),
        Cue::Do(Action::Run),
    ]
}

#[test]
fn each_demo_asks_runs_and_is_shown() {
    let mut window = Window::new(vec![stop(3, &[]), stop(8, &[])], false);
    assert_eq!(window.next(), begins(0, 3));
    assert_eq!(window.wait(0.9), []);
    assert_eq!(window.wait(0.2), [Cue::Do(Action::RunAll)]);
    assert_eq!(window.wait(20.0), [], "it runs longer than it should");
    assert_eq!(window.end_run(), shows());
    assert_eq!(window.wait(2.9), []);
    assert_eq!(window.wait(0.2), []);
    assert_eq!(window.next(), begins(1, 8));
    window.wait(1.0);
    window.end_run();
    window.wait(3.0);
    assert_eq!(window.next(), [Cue::Leave]);
    assert_eq!(window.next(), []);
    assert_eq!(window.tour.rest(window.now), None);
}

#[test]
fn variants_that_freeze_the_window_run_one_at_a_time() {
    let mut window = Window::new(vec![stop(0, &["frozen", "free"])], false);
    window.next();
    assert_eq!(window.wait(1.0), runs("frozen"));
    assert_eq!(window.next(), []);
    assert_eq!(window.end_run(), runs("free"));
    assert_eq!(window.next(), []);
    assert_eq!(window.end_run(), shows());
}

#[test]
fn the_picture_is_taken_at_its_moment_and_handed_over_when_it_is_there() {
    let mut window = Window::new(vec![stop(0, &[])], true);
    window.next();
    window.wait(1.0);
    window.end_run();
    // The picture is waited for, longer than the demo's time.
    window.shown = 0.4;
    assert_eq!(window.wait(5.0), []);
    window.shown = 0.6;
    assert_eq!(window.next(), [Cue::TakePicture]);
    assert_eq!(window.next(), []);
    window.is_taken = true;
    assert_eq!(window.next(), [Cue::HandOver(0)]);
    assert_eq!(window.next(), [], "all is shown");
    assert_eq!(window.next(), [Cue::Leave]);
}

#[test]
fn a_demo_that_fails_is_named_and_the_next_one_comes() {
    let mut window = Window::new(vec![stop(0, &[]), stop(1, &[])], true);
    window.next();
    window.wait(1.0);
    window.fault = Some("no memory".to_owned());
    assert_eq!(window.end_run(), [Cue::Fail(0, "no memory".to_owned())]);
    assert_eq!(window.next(), begins(1, 1));
}

#[test]
fn a_run_that_does_not_end_is_stopped() {
    let mut window = Window::new(vec![stop(0, &[])], true);
    window.next();
    window.wait(1.0);
    assert_eq!(window.wait(159.0), []);
    assert_eq!(window.tour.rest(window.now), Some(Duration::from_secs(1)));
    assert_eq!(window.wait(1.0), [Cue::Do(Action::Stop)]);
}

#[test]
fn the_window_rests_until_something_is_due() {
    let mut window = Window::new(vec![stop(0, &[])], false);
    window.next();
    assert_eq!(window.tour.rest(window.now), Some(Duration::from_secs(1)));
    window.wait(1.0);
    window.end_run();
    window.wait(1.0);
    assert_eq!(window.tour.rest(window.now), Some(Duration::from_secs(2)));
}

#[test]
fn without_demos_there_is_nothing_to_show() {
    let mut window = Window::new(Vec::new(), true);
    assert_eq!(window.next(), [Cue::Leave]);
}
