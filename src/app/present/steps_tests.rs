//! Tests of the steps of a presentation.

use super::*;

fn stop(demo: usize, vote: usize, answers: usize) -> Stop {
    Stop {
        demo,
        vote,
        answers,
    }
}

/// Presses a clicker's one button until the end; runs end by themselves. Returns the steps that were shown, and the
/// number of presses.
fn walk(mut lesson: Presentation) -> (Vec<(usize, usize, Step)>, usize) {
    let mut shown = Vec::new();
    let mut presses = 0;
    loop {
        let stop = lesson.stop().expect("a stop");
        shown.push((stop.demo, stop.vote, lesson.step()));
        if lesson.step() == Step::End {
            return (shown, presses);
        }
        presses += 1;
        assert!(presses < 1000, "no end in sight at {:?}", lesson.step());
        if lesson.forward() {
            lesson.run_began();
            shown.push((stop.demo, stop.vote, lesson.step()));
            // Presses during a run wait for its end, and so lead nowhere.
            lesson.forward();
            assert_eq!(lesson.step(), Step::Running);
            lesson.run_ended();
        }
    }
}

#[test]
fn one_button_walks_a_whole_lesson() {
    let stops = vec![stop(0, 0, 4), stop(0, 1, 4), stop(3, 0, 2), stop(8, 0, 0)];
    let (shown, presses) = walk(Presentation::beginning(stops));
    let of_second: Vec<Step> = shown
        .iter()
        .filter(|(demo, vote, _)| (*demo, *vote) == (0, 1))
        .map(|(_, _, step)| *step)
        .collect();
    assert_eq!(
        of_second,
        [
            Step::Question,
            Step::Hands(0),
            Step::Hands(1),
            Step::Hands(2),
            Step::Hands(3),
            Step::Ready,
            Step::Running,
            Step::Number,
            Step::Why,
            Step::Stage,
            Step::Code,
        ]
    );
    let last: Vec<Step> = shown
        .iter()
        .filter(|(demo, ..)| *demo == 8)
        .map(|(_, _, step)| *step)
        .collect();
    // Nothing is asked about it, so it is run at once.
    assert_eq!(last.first(), Some(&Step::Ready));
    assert_eq!(last.last(), Some(&Step::End));
    assert_eq!(presses, 10 + 10 + 8 + 5);
}

#[test]
fn an_answer_is_taken_on_its_step_only_and_ends_the_raising_of_hands() {
    let mut lesson = Presentation::beginning(vec![stop(0, 0, 4), stop(1, 0, 4)]);
    assert!(!lesson.decide(1));
    lesson.forward();
    assert!(!lesson.decide(4), "there are four answers");
    assert!(lesson.decide(2));
    assert_eq!(lesson.step(), Step::Hands(2));
    assert!(lesson.decide(1), "the class may change its mind");
    lesson.forward();
    assert_eq!(lesson.step(), Step::Ready);
    assert!(!lesson.decide(0));
    assert_eq!(lesson.decided(), Some(1));
    assert!(lesson.forward());
    lesson.run_began();
    lesson.run_ended();
    for _ in 0..4 {
        lesson.forward();
    }
    assert_eq!(lesson.stop(), Some(stop(1, 0, 4)));
    assert_eq!(lesson.decided(), None, "the next question is asked anew");
}

#[test]
fn back_leads_the_same_way_and_never_runs_anything() {
    let mut lesson = Presentation::beginning(vec![stop(0, 0, 2), stop(1, 0, 2)]);
    let mut seen = Vec::new();
    for _ in 0..3 {
        lesson.forward();
    }
    lesson.run_began();
    lesson.back();
    assert_eq!(lesson.step(), Step::Running, "a run is not left");
    lesson.run_ended();
    for _ in 0..4 {
        lesson.forward();
    }
    assert_eq!(lesson.stop(), Some(stop(1, 0, 2)));
    while lesson.step() != Step::Plan {
        seen.push(lesson.step());
        lesson.back();
    }
    assert_eq!(
        seen,
        [
            Step::Question,
            Step::Code,
            Step::Stage,
            Step::Why,
            Step::Number,
            Step::Ready,
            Step::Hands(1),
            Step::Hands(0),
            Step::Question,
        ]
    );
    lesson.back();
    assert_eq!(lesson.step(), Step::Plan);
    lesson.forward();
    assert_eq!(lesson.step(), Step::Question);
}

#[test]
fn a_lesson_without_demos_is_over() {
    let mut lesson = Presentation::beginning(Vec::new());
    assert_eq!(lesson.step(), Step::End);
    lesson.forward();
    lesson.back();
    assert_eq!(lesson.step(), Step::Plan);
    lesson.forward();
    assert_eq!(lesson.step(), Step::End);
}

#[test]
fn a_lesson_starts_where_one_is_and_goes_on_to_its_end() {
    let playlist = [0, 1, 3, 4];
    assert_eq!(order(&playlist, 0), [0, 1, 3, 4]);
    assert_eq!(order(&playlist, 3), [3, 4]);
    assert_eq!(order(&playlist, 7), [7, 0, 1, 3, 4]);
    assert_eq!(order(&[], 2), [2]);
}

#[test]
fn progress_grows_from_start_to_end() {
    let mut lesson = Presentation::beginning(vec![stop(0, 0, 4), stop(1, 0, 2)]);
    let mut before = -1.0;
    while lesson.step() != Step::End {
        assert!(lesson.progress() >= before);
        before = lesson.progress();
        if lesson.forward() {
            lesson.run_ended();
        }
    }
    assert_eq!(lesson.progress(), 1.0);
}
