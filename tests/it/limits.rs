//! Limits of the system: a run that needs more is refused before anything starts, and one that is allowed works.
#![cfg(unix)]

use std::process::{Command, Output};
use threadlab::lab::machine::task_cost::{SPARE, TaskCost};

/// The program with these arguments, after the shell has set a limit.
fn limited(limit: &str, line: &str) -> Command {
    let mut command = Command::new("sh");
    let script = format!("ulimit {limit}; exec \"$0\" \"$@\"");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_threadlab"), "run"]);
    command.args(line.split(' '));
    command
}

fn ended(command: &mut Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("a shell");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code(), text(stdout), text(stderr))
}

/// The largest value that the complaint says would work.
fn largest(complaint: &str) -> u64 {
    let (_, largest) = complaint
        .split_once("largest that works is ")
        .unwrap_or_else(|| panic!("{complaint}"));
    let digits = largest.split(|it: char| !it.is_ascii_digit()).next();
    digits.and_then(|it| it.parse().ok()).expect("a number")
}

#[test]
fn worker_processes_that_open_files_do_not_suffice_for_are_refused() {
    for (line, param) in [
        ("sum --variant processes --set numbers=1000", "workers"),
        (
            "downloads --variant process_each --set min_seconds=0.1 --set max_seconds=0.1",
            "files",
        ),
        (
            "switching_cost --variant processes --set work_millis=10 --set slice_micros=1000",
            "tasks",
        ),
    ] {
        let with = |value: u64| format!("{line} --set {param}={value} --json");
        let (code, out, said) = ended(&mut limited("-n 64", &with(60)));
        assert_eq!((code, out.as_str()), (Some(2), ""), "{said}");
        let needed = 60 * TaskCost::WORKER.files + SPARE;
        let why = format!("`{param}=60` needs {needed} open files, but this system allows 64");
        assert!(said.contains(&why), "{said}");
        let largest = largest(&said);
        let (code, _, said) = ended(&mut limited("-n 64", &with(largest)));
        assert_eq!(code, Some(0), "{line}: {largest}: {said}");
    }
}

#[test]
fn a_soft_limit_is_raised_for_worker_processes() {
    let line = "sum --variant processes --set workers=128 --set numbers=10000 --json";
    let (code, _, said) = ended(&mut limited("-Sn 256", line));
    assert_eq!(code, Some(0), "{said}");
}

/// Lets a user without any process start it, if there is a way: root may, where others may read what was built.
#[cfg(target_os = "linux")]
fn as_another(command: &mut Command) -> Option<&mut Command> {
    use std::os::unix::process::CommandExt;

    const NOBODY_YET: u32 = 1_654_321;
    let mut tried = Command::new(env!("CARGO_BIN_EXE_threadlab"));
    let tried = tried.arg("--version").uid(NOBODY_YET).output();
    let is_possible = tried.is_ok_and(|tried| tried.status.success());
    is_possible.then(|| command.uid(NOBODY_YET))
}

/// Shells call the limit on a user's threads by two names.
#[cfg(target_os = "linux")]
const THREADS: &str = "-u 64 2>/dev/null || ulimit -p 64";

#[cfg(target_os = "linux")]
#[test]
fn of_a_users_threads_others_take_none() {
    let few = "switching_cost --variant threads --set tasks=2 --set work_millis=10 --set slice_micros=1000 --json";
    let mut command = limited(THREADS, few);
    let Some(command) = as_another(&mut command) else {
        return;
    };
    let (code, _, said) = ended(command);
    assert_eq!(code, Some(0), "{said}");
    for line in [
        "sum --variant threads --set numbers=1000 --set workers=200",
        "bank_lock --variant mutex --set gap_millis=0 --set threads=200",
        "downloads --variant thread_each --set files=64",
        "cpu_or_io --variant io_bound --set workers=200",
        "global_lock --variant free_threads --set threads=64",
    ] {
        let mut command = limited(THREADS, line);
        let Some(command) = as_another(&mut command) else {
            return;
        };
        let (code, out, said) = ended(command);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{line}: {said}");
        assert!(
            said.contains(" threads, but this system allows 6"),
            "{said}"
        );
        assert!((28..=31).contains(&largest(&said)), "{said}");
    }
}
