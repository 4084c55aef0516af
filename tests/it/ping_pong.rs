//! Ping and Pong: how many words two processes print, and every case of the queue between them.

use std::time::Duration;

use threadlab::demos::ping_pong::{self, Word};
use threadlab::lab::demo::value::Value;
use threadlab::lab::run::error::RunError;
use threadlab::lab::run::{Lab, Outcome};
use threadlab::lab::trace::event::{State, Step, TrackKind, TrackName};
use threadlab::lab::trace::log::{LoggedInstant, RunLog, TrackLog};
use threadlab::text::Language;

use crate::headless::{Watched, demo, lab, run, said};

/// A run to its end; its measures by name.
struct Ran {
    outcome: Outcome,
    log: RunLog,
}

impl Ran {
    fn new(variant: &'static str, params: &[(&str, &str)]) -> Self {
        let demo = demo("ping_pong", params);
        let (outcome, log) = run(&lab(), demo.as_ref(), variant);
        assert_eq!(log.dropped(), 0);
        Self { outcome, log }
    }

    /// The queue, without pauses unless `params` have some.
    fn queue(params: &[(&str, &str)]) -> Self {
        let all: Vec<_> = [("put_pause_max_millis", "0")]
            .into_iter()
            .chain(params.iter().copied())
            .collect();
        Self::new("queue", &all)
    }

    #[track_caller]
    fn counts<const N: usize>(&self, names: [&str; N]) -> [i128; N] {
        let Outcome::Done(summary) = &self.outcome else {
            panic!("{:?}", self.outcome)
        };
        names.map(|name| match said(summary, name) {
            Some(Value::Count(count)) => count,
            other => panic!("{name} is {other:?}"),
        })
    }

    #[track_caller]
    fn blocked(&self) -> f64 {
        match self.outcome.summary().measure("put_blocked_seconds") {
            Some(Value::Seconds(seconds)) => *seconds,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn waits(&self) -> Vec<String> {
        waits(&self.outcome)
    }
}

#[track_caller]
fn waits(outcome: &Outcome) -> Vec<String> {
    match outcome {
        Outcome::Failed(RunError::Stuck { waits, .. }, _) => waits
            .iter()
            .map(|wait| Language::English.say(wait))
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// The instants of the run's own lane, from its opening on.
fn conductor(log: &RunLog) -> &[LoggedInstant] {
    let named = |track: &&TrackLog| track.info.name == TrackName::only("run");
    let lane = log.tracks().iter().find(named);
    lane.map_or(&[], |lane| &lane.instants)
}

fn told(log: &RunLog, step: Step) -> Vec<&LoggedInstant> {
    let instants = conductor(log).iter();
    instants.filter(|instant| instant.step == step).collect()
}

fn words(log: &RunLog, step: Step) -> Vec<Word> {
    let words = told(log, step).into_iter();
    words
        .map(|instant| Word::of_number(instant.value.expect("a word")).expect("a word"))
        .collect()
}

/// Whether this worker waits at the queue, by its own lane.
fn waits_for(log: &RunLog, worker: usize, step: Step) -> bool {
    log.tracks().iter().any(|track| {
        track.info.name == ping_pong::LANES[worker]
            && track.spans.last().is_some_and(|span| {
                span.step == step && span.state == State::Waiting && span.end.is_none()
            })
    })
}

const PROCESSES: [&str; 2] = ["pings", "pongs"];

#[test]
fn the_lanes_of_the_processes_have_their_names_and_all_words_are_counted() {
    let names = |log: &RunLog| -> Vec<String> {
        let processes = log.tracks().iter().map(|track| &track.info);
        let processes = processes.filter(|info| info.kind == TrackKind::Process);
        processes.map(|info| info.name.to_string()).collect()
    };
    for variant in ["private_counters", "shared_counter"] {
        let ran = Ran::new(variant, &[("gap_millis", "0")]);
        assert_eq!(names(&ran.log), ["Ping", "Pong"]);
        let [pings, pongs, total] = ran.counts(["pings", "pongs", "words_total"]);
        assert_eq!(pings + pongs, total);
    }
    let ran = Ran::queue(&[("take_starts", "at_once")]);
    assert_eq!(names(&ran.log), ["Ping", "Pong", "taker"]);
    assert_eq!(ran.counts(["words_total", "left_in_queue"]), [10, 4]);
}

#[test]
fn each_process_counts_for_itself_however_often_it_is_tried() {
    for (words, rounds) in [("10", 40), ("1", 5), ("300", 3)] {
        for gap in ["0", "1"] {
            for _ in 0..rounds {
                let ran = Ran::new("private_counters", &[("words", words), ("gap_millis", gap)]);
                let each = words.parse().unwrap();
                assert_eq!(ran.counts(PROCESSES), [each, each]);
            }
        }
    }
}

#[test]
fn with_a_shared_counter_not_one_word_is_too_many() {
    for (words, rounds) in [("10", 40), ("1", 20), ("300", 10)] {
        for gap in ["0", "1"] {
            for _ in 0..rounds {
                let ran = Ran::new("shared_counter", &[("words", words), ("gap_millis", gap)]);
                let printed: i128 = ran.counts(PROCESSES).iter().sum();
                assert_eq!(printed, words.parse::<i128>().unwrap());
                // Every value of the counter was printed once, by one of the two.
                let mut counters: Vec<i64> = [ping_pong::PING, ping_pong::PONG]
                    .into_iter()
                    .flat_map(|step| told(&ran.log, step))
                    .filter_map(|instant| instant.value)
                    .collect();
                counters.sort_unstable();
                assert!(counters.into_iter().eq(1..=words.parse().unwrap()));
            }
        }
    }
}

#[test]
fn what_makes_no_sense_is_absent() {
    for variant in ["private_counters", "shared_counter"] {
        let ran = Ran::new(variant, &[("words", "2"), ("gap_millis", "0")]);
        for name in [
            "left_in_queue",
            "puts_refused",
            "takes_refused",
            "put_blocked_seconds",
        ] {
            assert_eq!(said(ran.outcome.summary(), name), None, "{variant}");
        }
    }
}

#[test]
fn the_lanes_are_two_processes_of_their_own() {
    for variant in ["private_counters", "shared_counter"] {
        let ran = Ran::new(variant, &[("words", "20"), ("gap_millis", "1")]);
        let workers: Vec<_> = ran
            .log
            .tracks()
            .iter()
            .filter(|track| track.info.kind == TrackKind::Process)
            .collect();
        assert_eq!(workers.len(), 2);
        assert_ne!(workers[0].info.pid, workers[1].info.pid);
        let prints = |track: &&&TrackLog| {
            let prints = track
                .instants
                .iter()
                .filter(|it| it.step == ping_pong::PRINT);
            prints.count()
        };
        let lanes: Vec<i128> = workers.iter().map(|it| prints(&it) as i128).collect();
        assert_eq!(lanes, ran.counts(PROCESSES), "{variant}");
        assert!(
            workers
                .iter()
                .flat_map(|it| &it.spans)
                .all(|span| span.end.is_some())
        );
    }
}

#[test]
fn what_is_not_taken_stays() {
    let ran = Ran::queue(&[]);
    let [pings, pongs, left, full, empty] = ran.counts([
        "pings",
        "pongs",
        "left_in_queue",
        "puts_refused",
        "takes_refused",
    ]);
    assert_eq!((pings + pongs, left, full, empty), (10, 4, 0, 0));
    assert_eq!(ran.blocked(), 0.0);
    // First in, first out.
    let (put, taken) = (
        words(&ran.log, ping_pong::PUT),
        words(&ran.log, ping_pong::TAKE),
    );
    assert_eq!(taken[..], put[..10]);
    assert_eq!(told(&ran.log, ping_pong::WAIT_FOR_ROOM).len(), 0);
}

#[test]
fn room_for_all_blocks_nobody() {
    let ran = Ran::queue(&[("capacity", "14"), ("takes", "14")]);
    assert_eq!(ran.counts(["pings", "pongs", "left_in_queue"]), [7, 7, 0]);
    assert_eq!(ran.blocked(), 0.0);
}

#[test]
fn nobody_need_take() {
    let ran = Ran::queue(&[("takes", "0")]);
    assert_eq!(ran.counts(["pings", "pongs", "left_in_queue"]), [0, 0, 14]);
}

#[test]
fn a_put_that_does_not_wait_is_refused_at_once() {
    let ran = Ran::queue(&[
        ("capacity", "5"),
        ("put_timeout_millis", "0"),
        ("takes", "3"),
    ]);
    assert_eq!(ran.counts(["puts_refused", "left_in_queue"]), [9, 2]);
    assert_eq!(ran.blocked(), 0.0);
    assert_eq!(told(&ran.log, ping_pong::WAIT_FOR_ROOM).len(), 0);
    assert_eq!(words(&ran.log, ping_pong::FULL).len(), 9);
}

#[test]
fn a_put_is_refused_when_its_time_is_over() {
    let ran = Ran::queue(&[
        ("capacity", "2"),
        ("puts_each", "2"),
        ("put_timeout_millis", "30"),
        ("takes", "2"),
    ]);
    assert_eq!(ran.counts(["puts_refused", "left_in_queue"]), [2, 0]);
    // Two words waited, and none gave up too early.
    assert!(ran.blocked() >= 0.06, "{}", ran.blocked());
    let waited = ran.log.tracks().iter().flat_map(|track| &track.spans);
    let waited: Vec<_> = waited
        .filter(|span| span.step == ping_pong::WAIT_FOR_ROOM)
        .collect();
    assert_eq!(waited.len(), 2);
    for span in waited {
        assert_eq!((span.begun_as, span.state), (State::Waiting, State::Lost));
        assert!(span.end.is_some());
    }
}

#[test]
fn a_take_that_does_not_wait_is_refused_at_once() {
    for take_starts in ["after_puts", "at_once"] {
        let ran = Ran::queue(&[
            ("takes", "20"),
            ("take_timeout_millis", "0"),
            ("take_starts", take_starts),
        ]);
        let [pings, pongs, left, empty] =
            ran.counts(["pings", "pongs", "left_in_queue", "takes_refused"]);
        assert_eq!(pings + pongs + left, 14, "{take_starts}");
        assert_eq!(pings + pongs + empty, 20, "{take_starts}");
        if take_starts == "after_puts" {
            assert_eq!((left, empty), (0, 6));
        }
        // The taker's lane shows each refusal.
        let spans = ran.log.tracks().iter().flat_map(|track| &track.spans);
        let lost: Vec<_> = spans.filter(|span| span.state == State::Lost).collect();
        assert_eq!(lost.len() as i128, empty, "{take_starts}");
        for span in lost {
            assert_eq!(
                (span.begun_as, span.step),
                (State::Holding, ping_pong::TAKE)
            );
            assert!(span.end.is_some());
        }
    }
}

#[test]
fn a_take_is_refused_when_its_time_is_over() {
    for take_starts in ["after_puts", "at_once"] {
        let ran = Ran::queue(&[
            ("puts_each", "1"),
            ("takes", "4"),
            ("take_timeout_millis", "400"),
            ("take_starts", take_starts),
        ]);
        let [pings, pongs, empty] = ran.counts(["pings", "pongs", "takes_refused"]);
        assert_eq!(pings + pongs + empty, 4, "{take_starts}");
        assert!(empty >= 2, "{take_starts}");
        // Each refusal took as long as it should, or longer.
        let times = |step| told(&ran.log, step).into_iter().map(|it| it.at);
        let (begun, over) = (times(ping_pong::WORD), times(ping_pong::EMPTY));
        let begun: Vec<_> = begun.collect();
        for over in over {
            let begun = begun
                .iter()
                .rfind(|begun| **begun < over)
                .expect("it waited");
            assert!(over - *begun >= Duration::from_millis(400));
        }
    }
}

#[test]
fn a_full_queue_and_a_taker_that_waits_for_the_producers_are_stuck() {
    for capacity in ["1", "5", "13"] {
        let ran = Ran::queue(&[("capacity", capacity)]);
        let (told_stuck, blocked) = (
            told(&ran.log, ping_pong::STUCK),
            told(&ran.log, ping_pong::WAIT_FOR_ROOM),
        );
        let [stuck] = told_stuck[..] else {
            panic!("{told_stuck:?}")
        };
        let last = conductor(&ran.log)
            .iter()
            .rfind(|instant| instant.step != ping_pong::STUCK)
            .expect("something happened");
        assert!(stuck.at - last.at < Duration::from_secs(2));
        assert_eq!(
            ran.waits().last().unwrap(),
            "the taker waits until both have ended"
        );
        for instant in &blocked {
            let word = Word::of_number(instant.value.unwrap()).unwrap();
            let waits = format!("{} waits for room in the queue", word.name());
            assert!(ran.waits().contains(&waits), "{:?}", ran.waits());
        }
        assert_eq!(ran.waits().len(), blocked.len() + 1);
        assert_eq!(words(&ran.log, ping_pong::PUT).len().to_string(), capacity);
    }
}

#[test]
fn a_taker_that_waits_for_a_word_that_never_comes_is_stuck() {
    for take_starts in ["after_puts", "at_once"] {
        let ran = Ran::queue(&[("takes", "15"), ("take_starts", take_starts)]);
        assert_eq!(
            ran.waits(),
            ["the taker waits for a word, but Ping and Pong have ended"],
            "{take_starts}"
        );
        assert_eq!(words(&ran.log, ping_pong::TAKE).len(), 14, "{take_starts}");
    }
}

#[test]
fn producers_that_nobody_takes_from_any_more_are_stuck() {
    let ran = Ran::queue(&[
        ("capacity", "1"),
        ("takes", "3"),
        ("take_starts", "at_once"),
    ]);
    assert_eq!(
        ran.waits().last().unwrap(),
        "the taker has ended: nobody makes room"
    );
    assert_eq!(words(&ran.log, ping_pong::TAKE).len(), 3);
    assert_eq!(words(&ran.log, ping_pong::PUT).len(), 4);
}

#[test]
fn a_queue_for_one_word_is_enough_if_someone_takes_meanwhile() {
    for _ in 0..30 {
        let ran = Ran::queue(&[
            ("capacity", "1"),
            ("takes", "14"),
            ("take_starts", "at_once"),
        ]);
        assert_eq!(
            ran.counts(["pings", "pongs", "left_in_queue", "puts_refused"]),
            [7, 7, 0, 0]
        );
        assert_fair(&ran.log);
    }
}

/// Words come out in the order in which they went in, and go in in the order in which they came.
fn assert_fair(log: &RunLog) {
    let (put, taken) = (words(log, ping_pong::PUT), words(log, ping_pong::TAKE));
    assert_eq!(taken[..], put[..taken.len()]);
    let mut waiting = Vec::new();
    for instant in conductor(log) {
        let word = instant.value.and_then(Word::of_number);
        match (instant.step, word) {
            (ping_pong::WAIT_FOR_ROOM, Some(word)) => waiting.push(word),
            (ping_pong::PUT, Some(word)) if !waiting.is_empty() => {
                assert_eq!(waiting.remove(0), word);
            }
            _ => {}
        }
    }
}

#[cfg(target_os = "linux")]
mod workers {
    use rustix::process::{Signal, kill_process};
    use threadlab::lab::run::error::ProcessEnd;

    use super::*;
    use crate::worker::{assert_gone, held, holding, id, pids};

    /// Variants with the phases in which their workers can be held, and how many are.
    const HELD: [(&str, &str, usize); 6] = [
        ("private_counters", "spawn", 2),
        ("private_counters", "print", 2),
        ("shared_counter", "print", 2),
        ("queue", "spawn", 3),
        ("queue", "put", 2),
        ("queue", "take", 1),
    ];
    const AT_ONCE: [(&str, &str); 2] = [("take_starts", "at_once"), ("put_pause_max_millis", "0")];

    /// The error for a process that was killed from outside.
    fn killed(pid: u32) -> RunError {
        let (number, name) = (9, "SIGKILL".to_owned());
        RunError::WorkerDied {
            pid,
            how: ProcessEnd::Signal { number, name },
        }
    }

    #[test]
    fn when_one_is_killed_in_any_phase_the_others_go_on_as_far_as_they_can() {
        for (variant, phase, victim) in [
            ("private_counters", "spawn", 1),
            ("private_counters", "print", 1),
            ("shared_counter", "print", 1),
            ("queue", "spawn", 1),
            ("queue", "put", 1),
            ("queue", "take", 2),
        ] {
            let demo = demo("ping_pong", &AT_ONCE);
            let only = format!("{phase}@{}", victim + 1);
            let mut watched = Watched::start(&holding(&only), demo.as_ref(), variant);
            watched.until(|log| held(log) == 1);
            let pids = pids(&watched.log);
            kill_process(id(pids[victim]), Signal::KILL).expect("it lives");
            match watched.finish() {
                // Ping alone puts seven words in, and the taker waits for ten.
                Outcome::Failed(RunError::Stuck { waits, losses }, _) if variant == "queue" => {
                    assert_eq!(victim, 1, "{phase}");
                    assert_eq!(losses, [killed(pids[victim])]);
                    let mut waits = waits.iter().map(|wait| Language::English.say(wait));
                    assert!(waits.any(|wait| wait == "Pong is gone"));
                }
                Outcome::Failed(RunError::WorkerDied { pid, .. }, summary) => {
                    assert_eq!(pid, pids[victim]);
                    let count = |name| summary.measure(name).and_then(Value::as_f64);
                    if variant == "queue" {
                        assert_eq!(count("left_in_queue"), Some(14.0));
                    } else {
                        assert_eq!((count("pings"), count("pongs")), (Some(10.0), Some(0.0)));
                    }
                }
                other => panic!("{variant} {phase}: {other:?}"),
            }
            assert_gone(&pids);
        }
    }

    #[test]
    fn a_cancel_in_any_phase_ends_the_run_and_its_workers() {
        for (variant, phase, count) in HELD {
            let demo = demo("ping_pong", &AT_ONCE);
            let mut watched = Watched::start(&holding(phase), demo.as_ref(), variant);
            watched.until(|log| held(log) == count);
            watched.run.cancel();
            let outcome = watched.finish();
            assert!(
                matches!(outcome, Outcome::Cancelled(_)),
                "{variant} {phase}: {outcome:?}"
            );
            assert_gone(&pids(&watched.log));
        }
    }

    #[test]
    fn a_cancel_reaches_the_run_that_takes_by_itself() {
        let demo = demo("ping_pong", &[("put_pause_max_millis", "0")]);
        let mut watched = Watched::start(&holding("take"), demo.as_ref(), "queue");
        watched.until(|log| held(log) == 1);
        watched.run.cancel();
        assert!(matches!(watched.finish(), Outcome::Cancelled(_)));
        assert_gone(&pids(&watched.log));
    }

    #[test]
    fn where_someone_can_press_stop_a_stuck_run_waits_for_that() {
        let attended = Lab {
            attended: true,
            ..lab()
        };
        for params in [
            [
                ("capacity", "3"),
                ("takes", "10"),
                ("put_pause_max_millis", "0"),
            ],
            [
                ("capacity", "0"),
                ("takes", "20"),
                ("put_pause_max_millis", "0"),
            ],
        ] {
            let demo = demo("ping_pong", &params);
            let mut watched = Watched::start(&attended, demo.as_ref(), "queue");
            watched.until(|log| !told(log, ping_pong::STUCK).is_empty());
            // The lanes may still report their waiting; then all is quiet until someone ends it.
            while let Some(event) = watched.run.wait(Duration::from_millis(200)) {
                watched.log.push(event);
                assert_eq!(watched.log.finished(), None);
            }
            watched.run.cancel();
            let outcome = watched.finish();
            assert!(!waits(&outcome).is_empty());
            assert_gone(&pids(&watched.log));
        }
    }

    /// A queue in which both producers wait for room for ten minutes.
    fn blocked() -> Watched {
        let demo = demo(
            "ping_pong",
            &[
                ("capacity", "2"),
                ("put_timeout_millis", "600000"),
                ("put_pause_max_millis", "0"),
            ],
        );
        let mut watched = Watched::start(&lab(), demo.as_ref(), "queue");
        watched.until(|log| (0..2).all(|worker| waits_for(log, worker, ping_pong::WAIT_FOR_ROOM)));
        watched
    }

    #[test]
    fn a_cancel_reaches_those_who_are_blocked_in_a_put() {
        let mut watched = blocked();
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
        assert_gone(&pids(&watched.log));
    }

    #[test]
    fn producers_killed_while_they_are_blocked_leave_a_taker_that_waits_in_vain() {
        let mut watched = blocked();
        let pids = pids(&watched.log);
        for pid in &pids {
            kill_process(id(*pid), Signal::KILL).expect("it lives");
        }
        match watched.finish() {
            // Two words are in the queue, and it wants ten.
            Outcome::Failed(error @ RunError::Stuck { .. }, _) => {
                let said = Language::English.run_error(&error);
                for word in ["Ping is gone", "Pong is gone"] {
                    assert!(said.contains(word), "{said}");
                }
                for pid in &pids[..2] {
                    assert!(
                        said.contains(&Language::English.run_error(&killed(*pid))),
                        "{said}"
                    );
                }
            }
            other => panic!("{other:?}"),
        }
        assert_gone(&pids);
    }

    #[test]
    fn a_cancel_reaches_a_taker_that_waits() {
        for take_starts in ["after_puts", "at_once"] {
            let demo = demo(
                "ping_pong",
                &[
                    ("takes", "20"),
                    ("take_timeout_millis", "600000"),
                    ("put_pause_max_millis", "0"),
                    ("take_starts", take_starts),
                ],
            );
            let mut watched = Watched::start(&lab(), demo.as_ref(), "queue");
            watched.until(|log| {
                told(log, ping_pong::TAKE).len() == 14
                    && conductor(log).last().unwrap().step == ping_pong::WORD
            });
            watched.run.cancel();
            let outcome = watched.finish();
            assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
            assert_gone(&pids(&watched.log));
        }
    }
}
