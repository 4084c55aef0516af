//! The machine: cores, power, limits, memory.

use std::thread::sleep;

use sysinfo::{MINIMUM_CPU_UPDATE_INTERVAL, System};

use super::Item;
use crate::lab::machine;
use crate::lab::power::{self, Supply};

/// So many connections can be asked for, each of them a file to the process that holds it.
const FILES_WANTED: u64 = 10_000;
/// So many threads can be asked for.
const THREADS_WANTED: u64 = 10_000;
/// The longest lists that the lesson's figures make, twice.
const MEMORY_WANTED: u64 = 2_000_000_000;

/// How many there are, and how busy they are now.
pub(super) fn cores() -> Item {
    let cores = machine::cores();
    let physical = match machine::physical_cores() {
        Some(1) => ", on 1 physical one".to_owned(),
        Some(physical) if physical != cores => format!(", on {physical} physical ones"),
        _ => String::new(),
    };
    let busy = busy(cores);
    let now = busy.map_or(String::new(), |busy| format!("; {busy:.1} busy now"));
    let advice = if cores == 1 {
        Some("with one core nothing is computed side by side: no speed-up will show".to_owned())
    } else {
        // A fifth of the cores missing is what a class would see in the figures.
        busy.filter(|busy| *busy > 0.2 * cores as f32)
            .map(|_| "close other programs: they take part in every measurement".to_owned())
    };
    Item::ok("cores", format!("{cores}{physical}{now}")).but_if(advice)
}

/// Cores busy over the next moment; `None` if the system does not tell.
fn busy(cores: usize) -> Option<f32> {
    let mut system = System::new().ok()?;
    // Usage is a difference of two looks.
    system.refresh_cpu_usage();
    sleep(MINIMUM_CPU_UPDATE_INTERVAL);
    system.refresh_cpu_usage();
    Some(system.global_cpu_usage() / 100.0 * cores as f32)
}

/// Where the power comes from.
pub(super) fn power() -> Item {
    let plug_in =
        || "plug it in: on battery the cores are slower, and not always equally".to_owned();
    let (found, advice) = match power::supply() {
        Some(Supply::Mains) => ("from the mains".to_owned(), None),
        Some(Supply::Battery { percent: None }) => ("from a battery".to_owned(), Some(plug_in())),
        Some(Supply::Battery {
            percent: Some(percent),
        }) => (format!("from a battery, {percent} % left"), Some(plug_in())),
        None => ("the system does not tell of a battery".to_owned(), None),
    };
    let slow = || {
        "the cores are told to save power: choose a faster power mode in the system's settings"
            .to_owned()
    };
    let saves = power::saves_power() == Some(true);
    Item::ok("power", found).but_if(advice.or_else(|| saves.then(slow)))
}

/// How many files, sockets among them, a process may have open, and how many threads there may be.
pub(super) fn limits() -> Item {
    let mut found = Vec::new();
    let mut advice = Vec::new();
    if let Some((soft, hard)) = files_allowed() {
        found.push(if soft < hard {
            format!("{soft} open files (up to {hard} when needed)")
        } else {
            format!("{soft} open files")
        });
        // Some are needed beside the connections.
        if hard < FILES_WANTED + 100 {
            let more = "raise the limit, see ulimit -Hn";
            advice.push(format!("for {FILES_WANTED} connections at a time {more}"));
        }
    }
    if let Some(allowed) = threads_allowed() {
        found.push(format!("{allowed} threads"));
        if allowed < THREADS_WANTED + 1000 {
            advice.push(format!("{THREADS_WANTED} threads will be too many"));
        }
    }
    if found.is_empty() {
        found.push("the system sets none that are known here".to_owned());
    }
    Item::ok("limits", found.join(", ")).but_if((!advice.is_empty()).then(|| advice.join("; ")))
}

/// The limit on open files that holds now, and how far a process may raise it by itself.
fn files_allowed() -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
        // None is: as many as there is memory for.
        let hard = limit.maximum.unwrap_or(u64::MAX);
        limit.current.map(|soft| (soft, hard))
    }
    #[cfg(not(unix))]
    {
        None
    }
}

/// How many threads there may be, as far as the system tells.
fn threads_allowed() -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        let of_user = rustix::process::getrlimit(rustix::process::Resource::Nproc).current;
        let number =
            |file| -> Option<u64> { std::fs::read_to_string(file).ok()?.trim().parse().ok() };
        let limits = [
            of_user,
            number("/proc/sys/kernel/threads-max"),
            // Every thread has a number.
            number("/proc/sys/kernel/pid_max"),
            // Within a container.
            number("/sys/fs/cgroup/pids.max"),
        ];
        limits.into_iter().flatten().min()
    }
    #[cfg(not(target_os = "linux"))]
    {
        None
    }
}

/// How much memory is free.
pub(super) fn memory() -> Item {
    let gigabytes = |bytes: u64| format!("{:.1} GB", bytes as f64 / 1e9);
    match machine::available_memory() {
        Some(free) => {
            let little =
                "a list of 100 000 000 numbers takes 0.8 GB: with less memory make fewer numbers";
            Item::ok("memory", format!("{} are free", gigabytes(free)))
                .but_if((free < MEMORY_WANTED).then(|| little.to_owned()))
        }
        None => Item::ok("memory", "the system does not tell how much is free"),
    }
}
