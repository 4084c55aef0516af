//! Every thread has a name, as far as the system gives names.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::headless::{LIMIT, Watched, demo, lab};

/// Names of the threads of a process, with how often each occurs.
fn thread_names(pid: u32) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{pid}/task")) else {
        return names;
    };
    // A thread that ends while the list is read has no name any more.
    for name in tasks
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok())
    {
        *names.entry(name.trim_end().to_owned()).or_default() += 1;
    }
    names
}

#[test]
fn each_track_is_a_thread_named_after_its_part() {
    let bank = demo("bank_lock", &[("threads", "20"), ("gap_millis", "10000")]);
    let mut watched = Watched::start(&lab(), bank.as_ref(), "no_lock");
    watched.until(|log| {
        log.tracks().len() == 20 && log.tracks().iter().all(|track| !track.spans.is_empty())
    });
    for track in watched.log.tracks() {
        let id = track.info.os_id.expect("Linux numbers its threads");
        let comm =
            std::fs::read_to_string(format!("/proc/self/task/{id}/comm")).expect("it sleeps");
        let number = track.info.name.number.expect("deposits are numbered");
        assert_eq!(comm.trim_end(), format!("deposit-{number}"));
    }
}

/// A thread without a name of its own has that of the thread that made it: no name occurs twice.
#[test]
fn a_run_in_the_terminal_has_no_thread_without_a_name() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_threadlab"))
        .args([
            "run",
            "bank_lock",
            "--variant",
            "no_lock",
            "--set",
            "threads=20",
            "--set",
            "gap_millis=10000",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let begun = Instant::now();
    let mut names = BTreeMap::new();
    // A thread gives itself its name when it gets to run; until then it has its maker's.
    let all_are_named = |names: &BTreeMap<String, usize>| {
        let mut deposits = (1..=20).map(|number| format!("deposit-{number}"));
        deposits.all(|name| names.contains_key(&name)) && names.values().all(|&count| count == 1)
    };
    while !all_are_named(&names) && begun.elapsed() < LIMIT {
        names = thread_names(program.id());
        std::thread::yield_now();
    }
    program.kill().expect("it runs");
    program.wait().expect("it ends");
    assert!(all_are_named(&names), "{names:?}");
    for name in ["threadlab", "run-bank_lock"] {
        assert!(names.contains_key(name), "no {name} in {names:?}");
    }
}
