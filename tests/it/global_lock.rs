//! Busy threads: limits on the work that each variant gets done, and interpreters of every kind.

use std::path::PathBuf;
use std::time::Duration;
#[cfg(target_os = "linux")]
use std::time::Instant;

#[cfg(target_os = "linux")]
use rustix::process::{Pid, Signal, kill_process};
use threadlab::demos::global_lock::{
    ALONE, COUNT, GlobalLock, LOOPS, OTHERS, Search, TOGETHER, WAIT,
};
use threadlab::lab::demo::value::Value;
use threadlab::lab::demo::{Demo, Lesson, set_param};
use threadlab::lab::machine;
use threadlab::lab::run::error::RunError;
#[cfg(target_os = "linux")]
use threadlab::lab::run::error::{ProcessEnd, ProgramFault};
use threadlab::lab::run::{Outcome, RunInfo, Summary};
use threadlab::lab::trace::event::State;
use threadlab::lab::trace::log::{RunLog, TrackLog};
use threadlab::lab::trace::record::{HostKind, HostMeasures, Record};
use threadlab::text::Language;

use crate::headless::{LIMIT, Watched, demo, lab, run, said};

const SHORT: [(&str, &str); 2] = [("threads", "3"), ("seconds", "0.3")];

fn done(outcome: Outcome) -> Summary {
    match outcome {
        Outcome::Done(summary) => summary,
        other => panic!("{other:?}"),
    }
}

fn figure(summary: &Summary, name: &str) -> f64 {
    let value = said(summary, name);
    value.and_then(|value| value.as_f64()).expect("the figure")
}

/// The tracks of the threads that counted together.
fn together(log: &RunLog) -> impl Iterator<Item = &TrackLog> {
    let tracks = log.tracks().iter();
    tracks.filter(|track| track.info.name.noun == "thread" && track.info.name.number.is_some())
}

/// Checks the rules that hold for every run that is done, on a machine that may be busy with anything.
fn check(summary: &Summary, log: &RunLog, threads: usize, seconds: f64) {
    let phases: Vec<_> = summary.phases.iter().map(|(step, _)| *step).collect();
    assert_eq!(phases[..2], [ALONE, TOGETHER]);
    for (step, length) in &summary.phases[..2] {
        assert!(length.as_secs_f64() >= seconds * 0.9, "{step:?} {length:?}");
    }
    let speedup = figure(summary, "speedup");
    assert!(speedup.is_finite() && speedup > 0.0, "{speedup}");
    let busy = figure(summary, "cores_busy");
    let cores = machine::cores().min(threads) as f64;
    assert!(busy > 0.0 && busy < cores * 1.1, "{busy} of {cores}");
    assert_eq!(together(log).count(), threads);
    for track in log.tracks() {
        assert!(track.spans.iter().all(|span| span.end.is_some()));
        let loops = track.instants.iter().filter(|it| it.step == LOOPS);
        let loops: Vec<_> = loops.map(|it| it.value.expect("a number")).collect();
        assert!(loops.is_sorted(), "{loops:?}");
    }
    assert_eq!(log.dropped(), 0);
}

#[test]
fn threads_in_this_program_count_alone_and_together() {
    for variant in ["free_threads", "global_lock"] {
        let (outcome, log) = run(&lab(), demo("global_lock", &SHORT).as_ref(), variant);
        let summary = done(outcome);
        check(&summary, &log, 3, 0.3);
        let alone = log
            .tracks()
            .iter()
            .find(|track| track.info.name.noun == "thread" && track.info.name.number.is_none());
        let told = alone.and_then(|track| track.last_instant(LOOPS, log.end()));
        assert_eq!(
            told.and_then(|told| told.value).map(|loops| loops as f64),
            Some(figure(&summary, "loops_alone")),
            "{variant}"
        );
        // Every thread got somewhere.
        for track in together(&log) {
            let told = track.last_instant(LOOPS, log.end());
            assert!(told.and_then(|told| told.value) > Some(0), "{variant}");
        }
    }
}

#[test]
fn under_the_one_lock_one_thread_counts_at_a_time_and_hands_over() {
    let params = [("threads", "4"), ("seconds", "0.5"), ("switch_millis", "2")];
    let (outcome, log) = run(&lab(), demo("global_lock", &params).as_ref(), "global_lock");
    let summary = done(outcome);
    check(&summary, &log, 4, 0.5);
    // However many cores there are, and whatever else runs.
    let busy = figure(&summary, "cores_busy");
    assert!(busy < 1.15, "{busy}");

    // A hand-over is two spans of a thread: at one a millisecond half a minute fits on a lane.
    for track in together(&log) {
        let spans = |step| track.spans.iter().filter(|span| span.step == step).count();
        assert!(spans(WAIT) <= spans(COUNT) + 1, "{:?}", track.spans);
    }

    let mut holds: Vec<_> = together(&log)
        .flat_map(|track| track.spans.iter().map(move |span| (track, span)))
        .filter(|(_, span)| span.step == COUNT)
        .map(|(track, span)| {
            assert_eq!(span.state, State::Holding);
            (
                span.begin,
                span.end.expect("an end"),
                track.info.name.number,
            )
        })
        .collect();
    holds.sort_unstable();
    assert!(holds.len() >= 4, "{holds:?}");
    for pair in holds.windows(2) {
        let [(_, end, one), (begin, _, other)] = pair else {
            unreachable!("pairs")
        };
        assert!(begin >= end, "two hold it: {pair:?}");
        assert_ne!(one, other, "it was handed over to nobody else: {pair:?}");
    }
    for track in together(&log) {
        let waits = track.spans.iter().filter(|span| span.step == WAIT);
        assert!(waits.clone().all(|span| span.state == State::Waiting));
        assert!(waits.count() >= 1);
    }
}

#[test]
fn a_switch_that_never_comes_leaves_the_lock_with_the_first_to_the_end() {
    let params = [
        ("threads", "3"),
        ("seconds", "0.1"),
        ("switch_millis", "1000"),
    ];
    let (outcome, log) = run(&lab(), demo("global_lock", &params).as_ref(), "global_lock");
    check(&done(outcome), &log, 3, 0.1);
    // No thread asks within the time; each of the others gets the lock when it is over.
    let holds = together(&log).flat_map(|track| &track.spans);
    let holds = holds.filter(|span| span.step == COUNT).count() as u64;
    // A machine on which a tenth of a second takes seconds may find a thread asking.
    let askings = log.end().as_secs();
    assert!((3..=3 + askings).contains(&holds), "{holds}");
}

#[test]
fn the_least_of_everything_runs() {
    for variant in ["free_threads", "global_lock", "cpython"] {
        let params = [("threads", "1"), ("seconds", "0.1"), ("switch_millis", "1")];
        let demo = demo("global_lock", &params);
        assert_eq!(demo.expected(variant), Some(Duration::from_millis(200)));
        let (outcome, log) = run(&lab(), demo.as_ref(), variant);
        let summary = done(outcome);
        if summary.measure("speedup").is_some() {
            check(&summary, &log, 1, 0.1);
        }
    }
}

#[test]
fn a_cancel_in_the_middle_ends_all_threads() {
    for variant in ["free_threads", "global_lock", "cpython"] {
        let params = [("threads", "4"), ("seconds", "30")];
        let mut watched = Watched::start(&lab(), demo("global_lock", &params).as_ref(), variant);
        let mut skip = false;
        while !watched.log.tracks().iter().any(counts) && !skip {
            watched.log.push(watched.run.wait(LIMIT).expect("an event"));
            // No Python on this machine.
            skip = watched.log.finished().is_some();
        }
        if skip {
            continue;
        }
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
        assert!(
            outcome.summary().wall < Duration::from_secs(20),
            "{variant}"
        );
        let spans = watched.log.tracks().iter().flat_map(|track| &track.spans);
        assert!(spans.into_iter().all(|span| span.end.is_some()));
    }
}

fn counts(track: &TrackLog) -> bool {
    track.spans.iter().any(|span| span.step == COUNT)
}

/// The demo with interpreters of these tests only.
fn with_pythons(folders: &[&str]) -> GlobalLock {
    searching(folders, LIMIT.as_secs_f64())
}

fn searching(folders: &[&str], patience: f64) -> GlobalLock {
    let ours = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/pythons");
    let path = std::env::join_paths(folders.iter().map(|folder| ours.join(folder)));
    let mut demo = GlobalLock::default().with_search(Search {
        path: Some(path.expect("names without a colon")),
        patience: Duration::from_secs_f64(patience),
    });
    for (name, value) in SHORT {
        set_param(&mut demo, name, value).expect("a parameter");
    }
    demo
}

/// Runs `cpython`, and has the result said.
fn python(demo: &GlobalLock) -> (Outcome, RunLog, Vec<String>) {
    let (outcome, log) = run(&lab(), demo, "cpython");
    let info = RunInfo {
        demo: demo.id(),
        variant: "cpython",
        params: demo.params(),
        seed: 1,
    };
    let record = Record {
        info,
        outcome: outcome.clone(),
        host: HostMeasures {
            kind: HostKind::TickLoop,
            frames: 0,
            longest_frame_gap: Duration::ZERO,
            clicks_waiting: 0,
            about: None,
        },
        tracks: 0,
        events: 0,
        events_dropped: 0,
    };
    let said = match outcome {
        Outcome::Done(_) => demo.result(&record, &[]),
        _ => Vec::new(),
    };
    let keys = said.into_iter().map(|sentence| sentence.key).collect();
    (outcome, log, keys)
}

fn failure(outcome: Outcome) -> (String, String) {
    match outcome {
        Outcome::Failed(error @ RunError::Program { .. }, _) => {
            let said = Language::English.run_error(&error);
            let (program, reason) = said.split_once(": ").expect("what is wrong with it");
            let (program, pid) = program.split_once(" (PID ").expect("its process");
            assert!(pid.trim_end_matches(')').parse::<u32>().is_ok(), "{said}");
            (program.to_owned(), reason.to_owned())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn without_a_python_the_run_is_done_and_says_so() {
    // A folder that is not there, one without a Python, and one with a stand-in for one.
    for folders in [&["nowhere"][..], &["."], &["stand_in"]] {
        let (outcome, _, said) = python(&with_pythons(folders));
        let summary = done(outcome);
        assert_eq!(summary.measures, []);
        assert_eq!(summary.points, []);
        assert_eq!(said, ["global_lock-result-no-python"]);
    }
}

#[test]
fn no_python_is_no_failure_on_the_command_line_either() {
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_threadlab"))
        .args(["run", "global_lock", "--variant", "cpython", "--json"])
        .env("PATH", "/nowhere")
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let runs: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(runs[0]["outcome"], "done");
    assert_eq!(runs[0]["measures"], serde_json::json!({}));
}

#[test]
fn one_without_a_lock_is_told_from_one_with() {
    let (outcome, log, said) = python(&with_pythons(&["free"]));
    let summary = done(outcome);
    assert_eq!(figure(&summary, "speedup"), 3.0);
    assert_eq!(figure(&summary, "cores_busy"), 3.0);
    assert_eq!(figure(&summary, "gil"), 0.0);
    let [point] = &summary.points[..] else {
        panic!("{:?}", summary.points)
    };
    assert_eq!(point.0[0], ("python", Value::Word("3.13.1t".to_owned())));
    assert_eq!(point.figure("speedup"), Some(3.0));
    assert_eq!(together(&log).count(), 3);
    if machine::cores() > 1 {
        let [result, reason] = &said[..] else {
            panic!("{said:?}")
        };
        // With more cores than threads, some were idle.
        let results = ["global_lock-result", "global_lock-result-idle"];
        assert!(results.contains(&result.as_str()), "{said:?}");
        assert_eq!(reason, "global_lock-result-no-gil");
    }
}

#[test]
fn an_interpreter_with_several_names_runs_once() {
    for folders in [&["twins"][..], &["twins", "free"], &["alias", "free"]] {
        let (outcome, log, _) = python(&with_pythons(folders));
        assert_eq!(done(outcome).points.len(), 1, "{folders:?}");
        assert_eq!(together(&log).count(), 3, "{folders:?}");
    }
}

/// A copy of a real one, in a folder whose name is no text.
#[cfg(target_os = "linux")]
#[test]
fn an_interpreter_in_a_folder_whose_name_is_not_text_works() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let which = std::process::Command::new("python3")
        .args([
            "-I",
            "-c",
            "import os, sys; print(os.path.realpath(sys.executable))",
        ])
        .output();
    // No Python on this machine.
    let Ok(which) = which else { return };
    let real = PathBuf::from(OsStr::from_bytes(which.stdout.trim_ascii()));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(OsStr::from_bytes(b"py-\xff\xfe"));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::copy(real, folder.join("python3")).expect("a copy");
    let mut demo = with_pythons(&[]).with_search(Search {
        path: Some(folder.clone().into()),
        patience: LIMIT,
    });
    set_param(&mut demo, "seconds", "0.1").expect("a parameter");
    let summary = done(python(&demo).0);
    assert_eq!(summary.points.len(), 1);
    std::fs::remove_dir_all(folder).expect("it is removed");
}

#[test]
fn a_broken_one_fails_with_its_own_last_words() {
    let (program, reason) = failure(python(&with_pythons(&["dying"])).0);
    assert!(program.ends_with("dying/python3"), "{program}");
    assert!(reason.contains("ended before"), "{reason}");
    assert!(reason.ends_with("MemoryError: no more"), "{reason}");

    let (_, reason) = failure(python(&with_pythons(&["garbage"])).0);
    assert!(reason.contains("Hello, what can I do for you?"), "{reason}");
    let (_, reason) = failure(python(&with_pythons(&["boasting"])).0);
    assert!(reason.contains("make no sense"), "{reason}");
    let (_, reason) = failure(python(&with_pythons(&["babbling"])).0);
    assert!(reason.contains("at the wrong moment"), "{reason}");
    let (_, reason) = failure(python(&with_pythons(&["endless"])).0);
    assert!(reason.contains("makes no sense here"), "{reason}");
    assert!(reason.len() < 200, "it is quoted in full: {reason}");
}

#[test]
fn one_that_says_nothing_is_not_waited_for_for_ever() {
    let (outcome, ..) = python(&searching(&["hanging"], 0.2));
    let (program, reason) = failure(outcome);
    assert!(program.ends_with("hanging/python3"), "{program}");
    assert!(reason.contains("said nothing for 0.2 s"), "{reason}");
}

#[test]
fn one_that_never_comes_to_an_end_is_ended() {
    let (outcome, ..) = python(&searching(&["chatting"], 3.0));
    let (program, reason) = failure(outcome);
    assert!(program.ends_with("chatting/python3"), "{program}");
    assert!(reason.contains("does not come to an end"), "{reason}");
}

#[test]
fn a_broken_one_is_left_out_where_another_works() {
    for broken in ["dying", "garbage", "boasting"] {
        let (outcome, _, said) = python(&with_pythons(&[broken, "free"]));
        let summary = done(outcome);
        // Even if the broken one broke in the middle of a phase.
        let phases: Vec<_> = summary.phases.iter().map(|(step, _)| *step).collect();
        assert_eq!(phases, [ALONE, TOGETHER, OTHERS], "{broken}");
        assert_eq!(figure(&summary, "speedup"), 3.0, "{broken}");
        let names = Value::Word("python3".to_owned());
        assert_eq!(
            crate::headless::said(&summary, "broken"),
            Some(names),
            "{broken}"
        );
        let last = said.last().map(String::as_str);
        assert_eq!(last, Some("global_lock-result-broken"), "{broken}");
    }
}

/// Starts `cpython` with a stand-in and waits until that counts: the run, the stand-in's process and the
/// process that it says is its thread.
#[cfg(target_os = "linux")]
fn counting(python: &str) -> (Watched, u32, u32) {
    let mut watched = Watched::start(&lab(), &with_pythons(&[python]), "cpython");
    watched.until(|log| log.tracks().iter().any(counts));
    let infos = watched.log.tracks().iter().map(|track| &track.info);
    let of = |noun| infos.clone().find(|info| info.name.noun == noun);
    let pid = of("python").expect("its lane").pid;
    let child = of("thread").and_then(|info| info.os_id);
    (watched, pid, child.expect("it says a number"))
}

/// Whether a process is there and does not only wait to be waited for.
#[cfg(target_os = "linux")]
fn lives(pid: u32) -> bool {
    let about = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = about
        .rsplit_once(") ")
        .and_then(|(_, rest)| rest.chars().next());
    !matches!(state, None | Some('Z' | 'X'))
}

#[cfg(target_os = "linux")]
#[test]
fn a_cancel_ends_an_interpreter_with_all_that_it_started() {
    for _ in 0..5 {
        let (mut watched, pid, child) = counting("stuck");
        assert!(lives(pid) && lives(child));
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
        // It was waited for too: there is not even a zombie.
        assert!(!PathBuf::from(format!("/proc/{pid}")).exists());
        // The other is not the program's own child: it can't be waited for, but it was killed too.
        let begun = Instant::now();
        while lives(child) {
            assert!(begun.elapsed() < LIMIT, "{child} lives on");
            std::thread::yield_now();
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn one_that_is_killed_is_named_with_its_process_and_the_signal() {
    let (mut watched, pid, _) = counting("stuck");
    end(pid);
    let Outcome::Failed(error, _) = watched.finish() else {
        panic!("it was killed");
    };
    let (number, name) = (9, "SIGKILL".to_owned());
    let killed = ProgramFault::Ended(ProcessEnd::Signal { number, name });
    assert!(
        matches!(&error, RunError::Program { pid: Some(named), fault, .. } if *named == pid && *fault == killed),
        "{error:?}"
    );
}

/// Another process, which is not killed with the interpreter, holds its pipes for half a minute.
#[cfg(target_os = "linux")]
#[test]
fn who_else_holds_the_pipes_is_not_waited_for() {
    let (mut watched, _, left) = counting("leaving");
    let cancelled = Instant::now();
    watched.run.cancel();
    let outcome = watched.finish();
    assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
    let took = cancelled.elapsed();
    assert!(lives(left), "it did not leave");
    end(left);
    assert!(took < Duration::from_secs(5), "{took:?}");

    // An interpreter that fails is not waited for longer either.
    let mut watched = Watched::start(&lab(), &searching(&["leaving"], 2.0), "cpython");
    let begun = Instant::now();
    let outcome = watched.finish();
    let took = begun.elapsed();
    let infos = watched.log.tracks().iter().map(|track| &track.info);
    let thread = infos.clone().find(|info| info.name.noun == "thread");
    end(thread.and_then(|info| info.os_id).expect("it counted"));
    let (_, reason) = failure(outcome);
    assert!(reason.contains("said nothing for 2 s"), "{reason}");
    assert!(took < Duration::from_secs(15), "{took:?}");
}

#[cfg(target_os = "linux")]
fn end(pid: u32) {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    kill_process(pid.expect("a process id"), Signal::KILL).expect("it lives");
}

#[test]
fn the_pythons_of_this_machine_do_what_their_lock_lets_them() {
    let (outcome, log) = run(&lab(), demo("global_lock", &SHORT).as_ref(), "cpython");
    let summary = done(outcome);
    if summary.points.is_empty() {
        return;
    }
    let speedup = figure(&summary, "speedup");
    assert!(speedup.is_finite() && speedup > 0.0);
    for point in &summary.points {
        let busy = point.figure("cores_busy").expect("a figure");
        if point.figure("gil") == Some(1.0) {
            assert!(busy < 1.15, "{point:?}");
        }
    }
    for track in together(&log) {
        assert_ne!(track.info.pid, std::process::id());
        assert!(track.spans.iter().all(|span| span.cpu.is_some()));
    }
}
