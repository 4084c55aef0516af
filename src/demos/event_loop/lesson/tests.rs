//! Tests of the lesson about the replies.

use std::time::Duration;

use proptest::prelude::*;

use super::super::client::Handled;
use super::*;
use crate::lab::demo::value::RunDetails;
use crate::lab::demo::verdict::Verdict;
use crate::lab::run::Summary;

const VARIANTS: [VariantId; 4] = [
    "one_at_a_time",
    "thread_each",
    "one_thread_async",
    "process_per_core_async",
];

/// The figures of a made-up run.
#[derive(Clone, Copy, Debug)]
struct Run {
    seconds: f64,
    bytes: Option<u64>,
    processes: u64,
    /// The seconds of handling: on cores, and from beginning to end.
    handling: [f64; 2],
}

impl Default for Run {
    fn default() -> Self {
        Self {
            seconds: 1.0,
            bytes: Some(9 << 20),
            processes: 1,
            handling: [0.0, 0.0],
        }
    }
}

fn record(demo: &EventLoop, variant: VariantId, run: Run) -> Record {
    let mut measures = vec![
        ("total_seconds", Value::Seconds(run.seconds)),
        ("replies", Value::from(demo.connections)),
    ];
    if let Some(bytes) = run.bytes {
        measures.push(("peak_threads", Value::from(1_u64)));
        measures.push(("peak_bytes", Value::Bytes(bytes)));
    }
    let [cpu, wall] = run.handling;
    Record::done(
        demo,
        variant,
        Summary {
            measures,
            details: RunDetails::new(Clients {
                processes: run.processes as usize,
                handled: Handled {
                    cpu: Duration::from_secs_f64(cpu),
                    wall: Duration::from_secs_f64(wall),
                },
            }),
            wall: Duration::from_secs_f64(run.seconds),
            ..Summary::default()
        },
    )
}

fn keys(demo: &EventLoop, variant: VariantId, run: Run) -> Vec<String> {
    let said = EventLoop::default().result(&record(demo, variant, run), &[]);
    said.into_iter().map(|sentence| sentence.key).collect()
}

/// The answer that this time makes right, in its figures, to the question about `variant` on four cores.
fn right(demo: &EventLoop, variant: VariantId, seconds: f64) -> Option<String> {
    let question = time(demo, variant, 4.0).expect("a question");
    let right = question.verdict_on(Finding::Measured(seconds)).right()?;
    let text = &question.choices[right].text;
    Some(match text.args.first() {
        Some((_, Value::Word(seconds))) => seconds.clone(),
        _ => text.key.clone(),
    })
}

#[test]
fn each_time_makes_one_answer_right() {
    let is = |demo: &EventLoop, variant, seconds, expected: &str| {
        let right = right(demo, variant, seconds);
        assert_eq!(right.as_deref(), Some(expected), "{variant} {seconds}");
    };
    let lesson = EventLoop::default();
    is(&lesson, "one_at_a_time", 10.1, "10");
    is(&lesson, "one_thread_async", 4.6, "5");
    is(&lesson, "one_thread_async", 0.12, "0.1");
    // A time between two answers is another time; one that is near to an answer decides nothing.
    is(&lesson, "one_thread_async", 1.0, "event_loop-q-another");
    assert_eq!(right(&lesson, "one_thread_async", 0.15), None);
    let busy = EventLoop {
        handle_millis: 20,
        ..lesson.clone()
    };
    is(&busy, "one_at_a_time", 12.0, "12");
    is(&busy, "one_thread_async", 2.2, "2.1");
    is(&busy, "process_per_core_async", 0.65, "0.6");
    let many = EventLoop {
        connections: 10_000,
        ..lesson
    };
    is(&many, "one_thread_async", 0.7, "0.6");
}

#[test]
fn of_one_connection_no_time_is_asked_and_nobody_is_said_to_have_waited() {
    let single = EventLoop {
        connections: 1,
        handle_millis: 5,
        ..EventLoop::default()
    };
    let asked: Vec<_> = single.questions().iter().map(|it| it.variant).collect();
    assert_eq!(asked, ["thread_each"]);
    for variant in VARIANTS {
        let said = keys(&single, variant, Run::default());
        assert_eq!(said[1..], ["event_loop-result-alone-busy"], "{variant}");
    }
    let first = &keys(&single, "one_at_a_time", Run::default())[0];
    assert_eq!(first, "event_loop-result-alone");
}

#[test]
fn a_single_loop_is_not_said_to_have_others_beside_it() {
    let busy = EventLoop {
        handle_millis: 5,
        ..EventLoop::default()
    };
    let said = |processes| {
        let run = Run {
            processes,
            ..Run::default()
        };
        keys(&busy, "process_per_core_async", run)[1].clone()
    };
    assert_eq!(said(1), "event_loop-result-one_thread_async-busy");
    assert_eq!(said(2), "event_loop-result-process_per_core_async-busy");
    // A single process that is killed leaves no others.
    let killed = Run {
        processes: 0,
        ..Run::default()
    };
    assert_eq!(
        EventLoop::default().partial(&record(&busy, "one_thread_async", killed)),
        []
    );
}

#[test]
fn a_run_whose_cores_were_taken_decides_nothing() {
    let busy = EventLoop {
        handle_millis: 20,
        ..EventLoop::default()
    };
    let verdict = |handling| {
        let run = Run {
            seconds: 2.1,
            handling,
            ..Run::default()
        };
        let questions = busy.questions();
        let mut about = questions.iter();
        let question = about.find(|question| question.variant == "one_thread_async")?;
        question.verdict(&record(&busy, "one_thread_async", run))
    };
    assert!(matches!(verdict([2.0, 2.1]), Some(Verdict::Right(_))));
    let taken = Finding::undecided("event_loop-undecided-disturbed");
    let Finding::Undecided(why) = taken else {
        panic!("it is undecided")
    };
    assert_eq!(verdict([2.0, 2.5]), Some(Verdict::Undecided(why)));
}

#[test]
fn where_memory_is_not_told_the_run_says_so() {
    let unmeasured = Run {
        bytes: None,
        ..Run::default()
    };
    let lesson = EventLoop::default();
    let record = record(&lesson, "thread_each", unmeasured);
    let verdict = memory(&lesson).verdict(&record);
    assert_eq!(verdict.and_then(|verdict| verdict.right()), None);
    assert_eq!(
        EventLoop::default().result(&record, &[])[0].key,
        "event_loop-result-unmeasured"
    );
}

prop_compose! {
    fn demos()(
        connections in prop_oneof![1..=4u64, 1..=200u64, 1..=10_000u64],
        reply_millis in prop_oneof![Just(0u64), 1..=200u64, 1..=60_000u64],
        handle_millis in prop_oneof![Just(0u64), 1..=50u64, 1..=1_000u64],
    ) -> EventLoop {
        EventLoop { connections, reply_millis, handle_millis }
    }
}

proptest! {
    #[test]
    fn whatever_comes_out_one_answer_fits_or_none_is_decided(
        demo in demos(),
        cores in 0.3..64.0f64,
        seconds in prop_oneof![1e-4..1.0f64, 1e-3..1e6f64],
        bytes in 1u64..1 << 36,
    ) {
        let times = VARIANTS.into_iter().filter_map(|variant| time(&demo, variant, cores));
        for question in times {
            prop_assert!((3..=4).contains(&question.choices.len()));
            let finding = Finding::Measured(seconds);
            let fitting = question.choices.iter().filter(|choice| {
                let alone = [&choice.holds];
                Verdict::of(finding.clone(), alone).right().is_some()
            });
            let fitting: Vec<_> = fitting.map(|choice| &choice.holds).collect();
            let named = fitting.iter().filter(|holds| **holds != &Holds::Rest).count();
            prop_assert!(named <= 1, "{seconds} s is {fitting:?}");
            match question.verdict_on(finding) {
                Verdict::Right(right) => {
                    prop_assert!(fitting.contains(&&question.choices[right].holds));
                }
                // Only a time near the end of an answer is undecided: the last answer holds all the rest.
                Verdict::Undecided(why) => prop_assert_eq!(why.key, "app-undecided-between"),
            }
        }
        let verdict = memory(&demo).verdict_on(Finding::Measured(bytes as f64));
        if let Verdict::Undecided(why) = verdict {
            prop_assert_eq!(why.key, "app-undecided-between");
        }
    }

    /// The expected time of this way of waiting is among the answers, and a run that takes it is decided.
    #[test]
    fn what_is_expected_is_offered(demo in demos(), cores in 0.3..64.0f64) {
        for variant in ["one_at_a_time", "one_thread_async", "process_per_core_async"] {
            let Some(question) = time(&demo, variant, cores) else { continue };
            let (count, reply) = (demo.connections as f64, demo.reply().as_secs_f64());
            let handle = demo.handle().as_secs_f64();
            let expected = match variant {
                "one_at_a_time" => count * (reply + handle),
                "one_thread_async" => reply + count * handle,
                _ => reply + count * handle / cores.min(count).max(1.0),
            };
            let opening = count * OPENING.as_secs_f64();
            let expected = if expected > 4.0 * opening { expected } else { expected + opening };
            let right = question.verdict_on(Finding::Measured(expected)).right();
            let right = right.map(|right| question.choices[right].holds.clone());
            prop_assert!(matches!(right, Some(Holds::Within(_))), "{variant}: {right:?}");
        }
    }
}
