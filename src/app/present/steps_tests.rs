//! Tests of the steps of a presentation.

use super::*;

fn stop(demo: usize, vote: usize, answers: usize) -> Stop {
    Stop {
        demo,
        vote,
        answers,
    }
}

/// The facts of a run that has answered the question, with an incident.
const ANSWERED: Facts = Facts {
    is_split: false,
    voted_again: false,
    is_answered: true,
    has_incident: true,
    pages: 2,
};

/// The facts of a class that disagrees at its first vote.
const SPLIT: Facts = Facts {
    is_split: true,
    voted_again: true,
    ..ANSWERED
};

/// The facts of a run that has answered nothing.
const UNDECIDED: Facts = Facts {
    is_answered: false,
    has_incident: false,
    ..ANSWERED
};

fn lesson(stops: &[Stop]) -> Presentation {
    Presentation::beginning(stops.to_vec(), stops[0].demo)
}

/// Presses a clicker's one button until the end; runs end by themselves. Returns the steps of this vote, and the number
/// of all presses.
fn walk(mut lesson: Presentation, facts: Facts, of: (usize, usize)) -> (Vec<Step>, usize) {
    let mut shown = Vec::new();
    let mut presses = 0;
    loop {
        let stop = lesson.stop().expect("a stop");
        let note = |shown: &mut Vec<Step>, step| {
            if (stop.demo, stop.vote) == of {
                shown.push(step);
            }
        };
        note(&mut shown, lesson.step());
        if lesson.step() == Step::End(facts.pages - 1) {
            return (shown, presses);
        }
        presses += 1;
        assert!(presses < 1000, "no end in sight at {:?}", lesson.step());
        if lesson.forward(facts) {
            lesson.run_began();
            note(&mut shown, lesson.step());
            // Presses during a run wait for its end, and so lead nowhere.
            lesson.forward(facts);
            assert_eq!(lesson.step(), Step::Running);
            lesson.run_ended(stop.demo == 0);
        }
    }
}

const STOPS: [Stop; 4] = [
    Stop {
        demo: 0,
        vote: 0,
        answers: 4,
    },
    Stop {
        demo: 0,
        vote: 1,
        answers: 3,
    },
    Stop {
        demo: 3,
        vote: 0,
        answers: 2,
    },
    Stop {
        demo: 8,
        vote: 0,
        answers: 0,
    },
];

#[test]
fn one_button_walks_a_whole_lesson() {
    let (second, _) = walk(lesson(&STOPS), ANSWERED, (0, 1));
    let steps = [
        Step::Question,
        Step::Hands(0),
        Step::Hands(1),
        Step::Hands(2),
        Step::Ready,
        Step::Running,
        Step::Over,
        Step::Number,
        Step::Why,
        Step::Stage,
        Step::Autopsy,
        Step::Code,
    ];
    assert_eq!(second, steps);
    // Nothing is asked about the last, so it is run at once.
    let (last, _) = walk(lesson(&STOPS), ANSWERED, (8, 0));
    assert_eq!(last.first(), Some(&Step::Ready));
    assert_eq!(last[last.len() - 2..], [Step::End(0), Step::End(1)]);
}

#[test]
fn a_class_that_disagrees_talks_and_votes_again_once() {
    let (steps, _) = walk(lesson(&STOPS), SPLIT, (3, 0));
    let voted = [
        Step::Question,
        Step::Hands(0),
        Step::Hands(1),
        Step::Neighbour,
        Step::HandsAgain(0),
        Step::HandsAgain(1),
        Step::Ready,
    ];
    assert_eq!(steps[..voted.len()], voted);
}

#[test]
fn nothing_is_to_be_explained_before_the_question_is_answered() {
    let (steps, _) = walk(lesson(&STOPS), UNDECIDED, (3, 0));
    assert!(!steps.contains(&Step::Why) && !steps.contains(&Step::Autopsy));
    assert!(steps.ends_with(&[Step::Number, Step::Stage, Step::Code]));
}

#[test]
fn an_answer_is_taken_on_its_step_only_and_ends_the_raising_of_hands() {
    let mut lesson = lesson(&[stop(0, 0, 4), stop(1, 0, 4)]);
    lesson.forward(ANSWERED);
    assert!(!lesson.decide(1));
    lesson.forward(ANSWERED);
    assert!(!lesson.decide(4), "there are four answers");
    assert!(lesson.decide(2));
    assert_eq!(lesson.step(), Step::Hands(2));
    assert!(lesson.decide(1), "the class may change its mind");
    lesson.forward(ANSWERED);
    assert_eq!(lesson.step(), Step::Ready);
    assert!(!lesson.decide(0));
    assert_eq!(lesson.decided(), Some(1));
    assert!(lesson.forward(ANSWERED));
    lesson.run_began();
    lesson.run_ended(false);
    for _ in 0..5 {
        lesson.forward(ANSWERED);
    }
    assert_eq!(lesson.stop(), Some(stop(1, 0, 4)));
    assert_eq!(lesson.decided(), None, "the next question is asked anew");
}

#[test]
fn back_leads_the_same_way_and_never_runs_anything() {
    for facts in [ANSWERED, SPLIT, UNDECIDED] {
        let mut lesson = lesson(&[stop(0, 0, 2), stop(1, 0, 2)]);
        let mut forth = Vec::new();
        while lesson.stop() == Some(stop(0, 0, 2)) {
            forth.push(lesson.step());
            if lesson.forward(facts) {
                lesson.run_began();
                lesson.back(facts);
                assert_eq!(lesson.step(), Step::Running, "a run is not left");
                lesson.run_ended(false);
            }
        }
        assert_eq!(lesson.step(), Step::Question);
        lesson.back(facts);
        let mut back = Vec::new();
        loop {
            back.push(lesson.step());
            if lesson.step() == Step::Plan {
                break;
            }
            lesson.back(facts);
        }
        back.reverse();
        assert_eq!(back, forth, "{facts:?}");
    }
}

#[test]
fn a_digit_leads_to_a_demo_from_every_step() {
    let mut lesson = lesson(&STOPS);
    lesson.go_to(3, []);
    assert_eq!(
        (lesson.stop(), lesson.step()),
        (Some(STOPS[2]), Step::Question)
    );
    // A demo that is not in the lesson comes in before the present one, which follows it.
    lesson.go_to(5, [stop(5, 0, 0), stop(5, 1, 2)]);
    assert_eq!(
        (lesson.stop(), lesson.step()),
        (Some(stop(5, 0, 0)), Step::Ready)
    );
    assert_eq!(lesson.next_stop(), Some(stop(5, 1, 2)));
    lesson.go_to(0, []);
    assert_eq!(lesson.stop(), Some(STOPS[0]));
}

#[test]
fn a_lesson_is_taken_up_where_it_was_left_and_begins_anew_after_its_end() {
    let mut lesson = lesson(&STOPS);
    lesson.go_to(3, []);
    assert_eq!(lesson.clone().left(), Some(lesson.clone()));
    lesson.run_began();
    assert_eq!(lesson.clone().left().expect("a lesson").step(), Step::Ready);
    while lesson.step() != Step::End(0) {
        lesson.run_ended(false);
        while !matches!(lesson.step(), Step::Ready | Step::End(0)) {
            lesson.forward(ANSWERED);
        }
    }
    assert_eq!(lesson.left(), None);
}

#[test]
fn a_lesson_without_demos_is_over() {
    let mut lesson = Presentation::beginning(Vec::new(), 0);
    let facts = Facts::default();
    assert_eq!(lesson.step(), Step::Plan);
    lesson.forward(facts);
    assert_eq!(lesson.step(), Step::End(0));
    lesson.forward(facts);
    assert_eq!(lesson.step(), Step::End(0));
    lesson.back(facts);
    assert_eq!(lesson.step(), Step::Plan);
}

#[test]
fn a_lesson_begins_with_the_shown_demo() {
    let from = |demo| Presentation::beginning(STOPS.to_vec(), demo).stop();
    assert_eq!(from(3), Some(STOPS[2]));
    assert_eq!(from(7), Some(STOPS[0]), "it is not in the lesson");
}

#[test]
fn progress_grows_from_start_to_end() {
    let mut lesson = lesson(&STOPS);
    let mut before = -1.0;
    while lesson.step() != Step::End(1) {
        assert!(lesson.progress() >= before);
        before = lesson.progress();
        if lesson.forward(SPLIT) {
            lesson.run_ended(true);
        }
    }
    assert_eq!(lesson.progress(), 1.0);
}

#[test]
fn a_step_back_asks_the_class_again() {
    let mut lesson = lesson(&[stop(0, 0, 4)]);
    for _ in 0..3 {
        lesson.forward(ANSWERED);
    }
    assert!(lesson.decide(2));
    for expected in [Step::Hands(1), Step::Hands(0), Step::Question] {
        lesson.back(ANSWERED);
        assert_eq!((lesson.step(), lesson.decided()), (expected, None));
    }
    lesson.forward(ANSWERED);
    lesson.forward(ANSWERED);
    assert_eq!(lesson.step(), Step::Hands(1));
}
