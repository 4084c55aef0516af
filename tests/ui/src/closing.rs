//! Closing the window in mid-run leaves nothing behind: no thread, no process.

use std::time::{Duration, Instant};

use threadlab::lab::machine;
use threadlab::lab::process::supervised_child::processes_alive;
use threadlab::lab::run::thread_reaper;

use crate::launch::{alone, showing};

/// As long as the program itself would wait, and more on a busy machine.
const LIMIT: Duration = Duration::from_secs(10);

#[test]
fn no_thread_of_a_run_outlives_the_window() {
    let _alone = alone();
    assert!(thread_reaper::finish(LIMIT), "other tests' runs have ended");
    // The first time the reaper itself is started, which stays.
    let left = [0, 1, 2].map(|_| {
        let opening = showing("bank_lock").variant("mutex");
        let mut window = opening.set("gap_millis", 1000).open_alone();
        window.press("Run");
        window.frame();
        let begun = Instant::now();
        drop(window);
        assert!(
            begun.elapsed() < Duration::from_secs(1),
            "closing waits for nobody"
        );
        assert!(
            thread_reaper::finish(LIMIT),
            "a run's thread goes on after the window"
        );
        machine::threads_alive()
    });
    assert_eq!(left[1], left[2], "threads are left");
}

#[test]
fn no_worker_process_outlives_the_window() {
    let _alone = alone();
    let opening = showing("sum").variant("processes").set("workers", 4);
    let mut window = opening.set("numbers", 10_000_000_000u64).open_alone();
    window.press("Run");
    window.until("all workers are at work", |_| processes_alive() == 4);
    assert!(children().is_none_or(|children| children.len() == 4));
    drop(window);
    assert!(
        thread_reaper::finish(LIMIT),
        "the run goes on after the window"
    );
    assert_eq!(processes_alive(), 0);
    assert_eq!(children().unwrap_or_default(), [0; 0], "processes are left");
}

/// Process numbers of this process's children, zombies included; `None` where the system does not say.
fn children() -> Option<Vec<u32>> {
    let mut children = Vec::new();
    for task in std::fs::read_dir("/proc/self/task").ok()?.flatten() {
        // A thread may have ended since the list was made.
        if let Ok(pids) = std::fs::read_to_string(task.path().join("children")) {
            children.extend(pids.split_whitespace().flat_map(str::parse::<u32>));
        }
    }
    Some(children)
}
