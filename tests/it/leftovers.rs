//! After a run there is nothing left of it: no process, no thread, no open file, no shared memory.
//!
//! The tests around this one start threads and open files as well, so it looks at a process of its own:
//! the test starts this very binary again, to run nothing but itself.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use threadlab::demos::REGISTRY;
use threadlab::lab::run::thread_reaper;
use threadlab::lab::trace::event::EventKind;

use crate::headless::{LIMIT, Watched, lab};
use crate::small::small;

const NAME: &str = "leftovers::no_run_of_any_demo_leaves_anything";
/// Set in the process that is looked at.
const WITHIN: &str = "THREADLAB_TEST_LEFTOVERS";

#[test]
fn no_run_of_any_demo_leaves_anything() {
    if std::env::var_os(WITHIN).is_some() {
        return within_a_process_of_its_own();
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("leftovers");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).expect("a folder for temporary files");
    let output = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", NAME, "--nocapture"])
        .env(WITHIN, "1")
        .env("TMPDIR", &folder)
        .output()
        .expect("this test once more");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complained}");
    assert!(said.contains("1 passed"), "{said}");
}

fn within_a_process_of_its_own() {
    // A process that a worker process starts and leaves behind becomes a child of this process, where it
    // is seen, rather than one of the system's first process.
    let own = rustix::process::getpid();
    rustix::process::set_child_subreaper(Some(own)).expect("Linux has this since 3.4");
    let before = Present::now();
    for entry in REGISTRY {
        let demo = small(entry);
        for variant in demo.variants() {
            let name = format!("{} {}", demo.id(), variant.id);
            let mut watched = Watched::start(&lab(), demo.as_ref(), variant.id);
            watched.finish();
            drop(watched);
            before.is_restored(&name);

            let mut watched = Watched::start(&lab(), demo.as_ref(), variant.id);
            // In the middle, unless it ends before it is stopped.
            while let Some(event) = watched.run.wait(LIMIT) {
                if matches!(event.kind, EventKind::SpanBegun { .. }) {
                    watched.run.cancel();
                }
                watched.log.push(event);
                if watched.log.finished().is_some() {
                    break;
                }
            }
            drop(watched);
            before.is_restored(&format!("{name}, cancelled"));
        }
    }
}

/// The resources that this process has by the system's account, one a line.
#[derive(Debug, PartialEq)]
struct Present(BTreeSet<String>);

impl Present {
    fn now() -> Self {
        let lists = [
            children(),
            threads(),
            open_files(),
            shared_memory(),
            temporary_files(),
        ];
        Self(lists.into_iter().flatten().collect())
    }

    /// Fails if anything is there that was not, and still is after a while: the system takes a thread
    /// off its list a moment after it has been joined, without a notice.
    fn is_restored(&self, after: &str) {
        assert!(
            thread_reaper::finish(LIMIT),
            "{after}: a thread that does not end"
        );
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let now = Self::now();
            let left: Vec<_> = now.0.difference(&self.0).collect();
            if left.is_empty() {
                return;
            }
            assert!(Instant::now() < deadline, "left by {after}: {left:?}");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// The names of a folder's entries, without those that vanish meanwhile.
fn entries(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect()
}

/// Child processes, zombies included.
fn children() -> Vec<String> {
    let own = std::process::id();
    let own_group = group(own).expect("this process");
    let children = entries("/proc").into_iter().filter_map(|name| {
        let pid: u32 = name.parse().ok()?;
        let stat = stat(pid)?;
        let fields = fields(&stat)?;
        let parent: u32 = fields[1].parse().ok()?;
        // Processes that a worker had started were killed with its group. The system waits for them, which here would
        // be this process.
        let group: u32 = fields[2].parse().ok()?;
        let is_adopted = fields[0] == "Z" && group != pid && group != own_group;
        (parent == own && !is_adopted).then(|| format!("process {stat}"))
    });
    children.collect()
}

fn group(pid: u32) -> Option<u32> {
    fields(&stat(pid)?)?[2].parse().ok()
}

fn stat(pid: u32) -> Option<String> {
    fs::read_to_string(format!("/proc/{pid}/stat")).ok()
}

/// State, parent, group, and what else is behind the name, which is in brackets and may hold
/// anything: see proc_pid_stat(5).
fn fields(stat: &str) -> Option<Vec<&str>> {
    Some(stat.rsplit_once(')')?.1.split_whitespace().collect())
}

/// Threads of this process but the one that is there to stay.
fn threads() -> Vec<String> {
    let threads = entries("/proc/self/task").into_iter().filter_map(|id| {
        let name = fs::read_to_string(format!("/proc/self/task/{id}/comm")).ok()?;
        (name.trim() != "reaper").then_some(format!("thread {id} {name}"))
    });
    threads.collect()
}

/// Files, pipes and sockets.
fn open_files() -> Vec<String> {
    let files = entries("/proc/self/fd").into_iter().filter_map(|number| {
        let target = fs::read_link(format!("/proc/self/fd/{number}")).ok()?;
        Some(format!("file {number} {}", target.display()))
    });
    files.collect()
}

/// Maps of memory that other processes can see.
fn shared_memory() -> Vec<String> {
    let maps = fs::read_to_string("/proc/self/maps").expect("Linux");
    let shared = maps.lines().filter(|map| map.contains("memfd"));
    shared.map(|map| format!("memory {map}")).collect()
}

fn temporary_files() -> Vec<String> {
    let folder = std::env::temp_dir();
    let files = entries(&folder.to_string_lossy());
    files
        .iter()
        .map(|name| format!("temporary file {name}"))
        .collect()
}
