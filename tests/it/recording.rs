//! A trace brings its runs back: their events, records and details, to the nanosecond.

use std::time::Duration;

use threadlab::demos::{self, REGISTRY};
use threadlab::export::known::Fault;
use threadlab::export::perfetto::{CLOSING, OPENING, TraceEvents};
use threadlab::export::trace_reader::{RecordedRun, TraceError, read};
use threadlab::lab::demo::{Demo, VariantId};
use threadlab::lab::run::Outcome;
use threadlab::lab::run::error::RunError;
use threadlab::lab::trace::record::{AboutClick, HostKind, HostMeasures, Record};

use crate::headless::{Watched, demo, lab};
use crate::small::small;

/// Runs `variant` to its end, which `meanwhile` may bring about.
fn run_with(
    demo: &dyn Demo,
    variant: VariantId,
    earlier: &[Record],
    meanwhile: impl FnOnce(&mut Watched),
) -> RecordedRun {
    let mut watched = Watched::start(&lab(), demo, variant);
    meanwhile(&mut watched);
    let outcome = watched.finish();
    let host = HostMeasures {
        kind: HostKind::Window,
        frames: 12,
        longest_frame_gap: Duration::from_nanos(16_666_667),
        clicks_waiting: 3,
        about: Some(AboutClick::Answered {
            clicked: Duration::from_nanos(1),
            opened: Duration::from_nanos(1_000_000_001),
        }),
    };
    let Watched { run, log } = watched;
    let info = run.info.clone();
    let record = Record::close(demo, info, &log, outcome, host, 0, earlier);
    RecordedRun { record, log }
}

fn run(demo: &dyn Demo, variant: VariantId) -> RecordedRun {
    run_with(demo, variant, &[], |_| {})
}

/// The trace of these runs, one begun a second and a nanosecond after the other.
fn trace_of(runs: &[RecordedRun]) -> Vec<u8> {
    let mut trace = OPENING.to_vec();
    let mut events = TraceEvents::default();
    for (number, run) in runs.iter().enumerate() {
        let begun = Duration::from_nanos(1_000_000_001) * number as u32;
        let written = events.write_run(&mut trace, &run.record, begun, &run.log);
        written.expect("memory takes it");
    }
    trace.extend(CLOSING);
    trace
}

fn read_back(trace: &[u8]) -> Result<Vec<RecordedRun>, TraceError> {
    read(trace, |id| demos::find(id).map(|entry| (entry.demo)()))
}

/// Writes these runs, reads them back, and compares all that there is of them.
fn come_back(runs: &[RecordedRun]) {
    let read = read_back(&trace_of(runs)).expect("they were written here");
    assert_eq!(read.len(), runs.len());
    for (read, run) in read.iter().zip(runs) {
        let name = format!("{} {}", run.record.info.demo, run.record.info.variant);
        assert_eq!(read.record, run.record, "{name}");
        // Their sentences may be equal where they are not.
        let details = |run: &RecordedRun| format!("{:?}", run.record.summary().details);
        assert_eq!(details(read), details(run), "{name}");
        let (back, log) = (&read.log, &run.log);
        assert_eq!(back.tracks().len(), log.tracks().len(), "{name}");
        for (back, track) in back.tracks().iter().zip(log.tracks()) {
            assert_eq!(back, track, "{name}: {}", track.info.name);
        }
        assert_eq!(back.points(), log.points(), "{name}");
        let counts = |log: &threadlab::lab::trace::log::RunLog| {
            let finished = log.finished().map(|(at, _)| *at);
            (log.events(), log.dropped(), log.end(), finished)
        };
        assert_eq!(counts(back), counts(log), "{name}");
        assert!(back.serial() != log.serial());
    }
}

#[test]
fn a_run_of_every_variant_comes_back_as_it_was() {
    for entry in REGISTRY {
        let demo = small(entry);
        let mut runs: Vec<RecordedRun> = Vec::new();
        for variant in demo.variants() {
            let earlier: Vec<_> = runs.iter().map(|run| run.record.clone()).collect();
            runs.push(run_with(demo.as_ref(), variant.id, &earlier, |_| {}));
        }
        come_back(&runs);
    }
}

#[test]
fn runs_that_did_not_go_well_come_back_too() {
    let small_sum = [
        ("numbers", "1000000"),
        ("workers", "2"),
        ("one_aborts", "true"),
    ];
    let aborted = run(demo("sum", &small_sum).as_ref(), "processes");
    assert!(matches!(aborted.record.outcome, Outcome::Failed(..)));
    let queue = [
        ("takes", "15"),
        ("gap_millis", "0"),
        ("put_pause_max_millis", "0"),
    ];
    let stuck = run(demo("ping_pong", &queue).as_ref(), "queue");
    let error = &stuck.record.outcome;
    assert!(
        matches!(error, Outcome::Failed(RunError::Stuck { .. }, _)),
        "{error:?}"
    );
    let long = demo("downloads", &[("min_seconds", "60"), ("max_seconds", "60")]);
    let stopped = run_with(long.as_ref(), "thread_each", &[], |watched| {
        watched.until(|log| log.tracks().len() > 2);
        watched.run.cancel();
    });
    assert!(matches!(stopped.record.outcome, Outcome::Cancelled(_)));
    let killed = run_with(long.as_ref(), "process_each", &[], |watched| {
        watched.until(|log| log.tracks().len() > 2);
        for pid in watched.run.living() {
            watched.run.kill(pid);
        }
    });
    let lost = killed.log.tracks().iter().any(|track| track.lost.is_some());
    assert!(lost, "{:?}", killed.record.outcome);
    come_back(&[aborted, stuck, stopped, killed]);
}

#[test]
fn runs_in_a_given_order_come_back_with_their_details() {
    let all = demo("bank_lock", &[("threads", "2"), ("schedule", "all")]);
    let one = demo("bank_lock", &[("schedule", "ABABAB")]);
    let failing = demo("bank_lock", &[("threads", "20"), ("failing", "5")]);
    come_back(&[
        run(all.as_ref(), "no_lock"),
        run(one.as_ref(), "no_lock"),
        run(failing.as_ref(), "mutex"),
    ]);
}

/// A small run whose trace the tests below break.
fn small_trace() -> String {
    let bank = demo("bank_lock", &[("threads", "3"), ("gap_millis", "0")]);
    String::from_utf8(trace_of(&[run(bank.as_ref(), "mutex")])).expect("it is text")
}

#[test]
fn a_file_that_ends_early_is_no_trace() {
    let trace = small_trace();
    let whole = trace.trim_end().len();
    for end in (0..whole).step_by(7).chain([whole - 1]) {
        let read = read_back(&trace.as_bytes()[..end]);
        assert!(
            matches!(read, Err(TraceError::NoTrace(_))),
            "{end}: {read:?}"
        );
    }
}

#[test]
fn other_files_are_told_apart() {
    let is_no_trace =
        |text: &str| matches!(read_back(text.as_bytes()), Err(TraceError::NoTrace(_)));
    assert!(is_no_trace(""));
    assert!(is_no_trace("[]"));
    assert!(is_no_trace("\u{89}PNG"));
    assert!(is_no_trace(&format!("{} more", small_trace())));
    let of_others = r#"{"traceEvents":[{"name":"a","ph":"X","ts":1,"dur":2,"pid":1,"tid":1,"args":{"a":[]}}],"other":[1]}"#;
    for text in ["{}", r#"{"traceEvents":[]}"#, of_others] {
        let read = read_back(text.as_bytes());
        assert!(matches!(read, Err(TraceError::NoRuns)), "{text}: {read:?}");
    }
}

#[test]
fn what_is_wrong_with_a_run_is_named() {
    let trace = small_trace();
    let with = |from: &str, to: &str| {
        assert!(trace.contains(from), "{from} is not in {trace}");
        match read_back(trace.replacen(from, to, 1).as_bytes()) {
            Err(TraceError::Broken { run: 1, fault }) => fault,
            other => panic!("{from}: {other:?}"),
        }
    };
    let word = || "other".to_owned();
    assert_eq!(with(r#""version":1"#, r#""version":9"#), Fault::Version(9));
    assert_eq!(
        with(r#""demo":"bank_lock""#, r#""demo":"other""#),
        Fault::Demo(word())
    );
    assert_eq!(
        with(r#""variant":"mutex""#, r#""variant":"other""#),
        Fault::Variant(word())
    );
    let step = r#"{"name":"other","ph":"X""#;
    assert_eq!(
        with(r#"{"name":"read","ph":"X""#, step),
        Fault::Step(word())
    );
    assert_eq!(
        with(r#""noun":"thread""#, r#""noun":"other""#),
        Fault::Noun(word())
    );
    assert_eq!(
        with(r#"["balance","#, r#"["other","#),
        Fault::Figure(word())
    );
    assert_eq!(
        with(r#""name":"deposits""#, r#""name":"other""#),
        Fault::Details(word())
    );
    let param = with(r#"["threads","3"]"#, r#"["threads","3000000"]"#);
    assert!(matches!(param, Fault::Param(_)), "{param:?}");
    assert_eq!(with(r#""tracks":"#, r#""tracks":1"#), Fault::Tracks);
    assert!(matches!(with(r#""end":"#, r#""end":-"#), Fault::Field(_)));
    assert_eq!(
        with(r#""count":"3""#, r#""count":"x""#),
        Fault::Number("x".to_owned())
    );
    assert_eq!(with(r#""dur":"#, r#""dur":1000000000"#), Fault::Order);
    assert_eq!(with("threadlab_run", "other_run"), Fault::Stray);
}
