//! The machine: cores, power, limits, memory.

use std::thread::sleep;

use sysinfo::{MINIMUM_CPU_UPDATE_INTERVAL, System};

use super::Item;
use crate::demos::event_loop::EventLoop;
use crate::lab::demo::param::ParamError;
use crate::lab::demo::{Demo, Work, set_param};
use crate::lab::machine;
use crate::lab::machine::battery::{self, Supply};
use crate::lab::machine::limits;

/// The most that `event_loop` takes.
const MOST_CONNECTIONS: &str = "10000";
/// The longest lists that the lesson's figures make, twice.
const MEMORY_WANTED: u64 = 2_000_000_000;

/// How many there are, and how busy they are now.
pub(super) fn cores() -> Item {
    let cores = machine::cores();
    let physical = match machine::physical_cores() {
        Some(1) if cores > 1 => ", on 1 physical one".to_owned(),
        Some(physical) if physical < cores => format!(", on {physical} physical ones"),
        _ => String::new(),
    };
    let quota = machine::quota_below_cores();
    let limited = quota.map_or(String::new(), |quota| {
        format!(", of whose time a control group's quota leaves {quota:.2}")
    });
    let busy = busy();
    let now = busy.map_or(String::new(), |(busy, all)| match all {
        _ if all == cores => format!("; {busy:.1} busy now"),
        _ => format!("; of the machine's {all}, {busy:.1} are busy now"),
    });
    let advice = if let Some(quota) = quota {
        Some(within(quota))
    } else if cores == 1 {
        Some("with one core nothing is computed side by side: no speed-up will show".to_owned())
    } else {
        // A fifth of the cores missing is what a class would see in the figures.
        busy.filter(|(busy, all)| *busy > 0.2 * *all as f32)
            .map(|_| "close other programs: they take part in every measurement".to_owned())
    };
    let found = format!("{cores}{physical}{limited}{now}");
    Item::ok("cores", found).with_advice_if(advice)
}

/// A sentence about a quota of so many cores' time.
fn within(quota: f64) -> String {
    let expected = if quota > 1.0 {
        format!("no speed-up beyond {quota:.2} will show")
    } else {
        "no speed-up will show, and threads that compute are made to pause".to_owned()
    };
    format!("raise the quota of the container or of the control group: with this one {expected}")
}

/// Cores of the machine busy over the next moment, and how many it has; `None` if the system does not say.
fn busy() -> Option<(f32, usize)> {
    let mut system = System::new().ok()?;
    // Usage is a difference of two looks.
    system.refresh_cpu_usage();
    sleep(MINIMUM_CPU_UPDATE_INTERVAL);
    system.refresh_cpu_usage();
    // It is a share of all, however many of them this process may use.
    let all = system.cpus().len();
    Some((system.global_cpu_usage() / 100.0 * all as f32, all))
}

/// Where the power comes from.
pub(super) fn power() -> Item {
    let plug_in =
        || "plug it in: on battery the cores are slower, and not always equally".to_owned();
    let (found, advice) = match battery::supply() {
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
    let saves = battery::saves_power() == Some(true);
    Item::ok("power", found).with_advice_if(advice.or_else(|| saves.then(slow)))
}

/// How many files, sockets among them, a process may have open, how many threads can still be started, and
/// whether that is enough for the demo that needs most of them.
pub(super) fn limits() -> Item {
    let files = limits::open_files().map(|files| match files.hard {
        u64::MAX => format!("{} open files (more when needed)", files.soft),
        hard if files.soft < hard => {
            format!("{} open files (up to {hard} when needed)", files.soft)
        }
        _ => format!("{} open files", files.soft),
    });
    let threads = limits::threads().map(|limit| format!("{} more threads", limit.free()));
    let mut found: Vec<_> = files.into_iter().chain(threads).collect();
    if found.is_empty() {
        found.push("the system sets none that are known here".to_owned());
    }
    let refused = refused();
    Item::ok("limits", found.join(", "))
        .with_advice_if((!refused.is_empty()).then(|| refused.join("; ")))
}

/// The refusals of runs with the most connections that can be asked for. Variants need a little more or less
/// of the same: of these the tightest speaks.
fn refused() -> Vec<String> {
    let mut demo = EventLoop::default();
    let set = set_param(&mut demo, "connections", MOST_CONNECTIONS);
    let checks = demo
        .variants()
        .into_iter()
        .map(|variant| demo.check(variant.id));
    let errors = std::iter::once(set).chain(checks).filter_map(Result::err);
    tightest(errors.collect())
        .into_iter()
        .map(|error| match error {
            ParamError::BeyondLimit { .. } => format!("{error} (see ulimit -Hn, -u)"),
            _ => error.to_string(),
        })
        .collect()
}

/// One error for each thing that is limited.
fn tightest(mut errors: Vec<ParamError>) -> Vec<ParamError> {
    let limited = |error: &ParamError| match error {
        ParamError::BeyondLimit { what, largest, .. } => (*what, *largest),
        _ => ("", 0),
    };
    errors.sort_by_key(limited);
    errors.dedup_by_key(|error| limited(error).0);
    errors
}

/// How much memory is free.
pub(super) fn memory() -> Item {
    let gigabytes = |bytes: u64| format!("{:.1} GB", bytes as f64 / 1e9);
    match machine::available_memory() {
        Some(free) => {
            let little =
                "a list of 100 000 000 numbers takes 0.8 GB: with less memory make fewer numbers";
            Item::ok("memory", format!("{} are free", gigabytes(free)))
                .with_advice_if((free < MEMORY_WANTED).then(|| little.to_owned()))
        }
        None => Item::ok("memory", "the system does not tell how much is free"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_errors_about_one_thing_the_tightest_is_left() {
        let beyond = |what, largest| ParamError::BeyondLimit {
            name: "connections",
            value: 10_000,
            what,
            needed: 10_032,
            allowed: 1_000,
            largest,
        };
        let memory = ParamError::TooMuchMemory {
            name: "connections",
            needed: 2,
            free: 1,
        };
        let (files, threads) = (beyond("open files", 964), beyond("threads", 500));
        let all = vec![
            beyond("open files", 968),
            threads.clone(),
            memory.clone(),
            files.clone(),
        ];
        assert_eq!(tightest(all), [memory, files, threads]);
        assert_eq!(tightest(Vec::new()), []);
    }

    #[test]
    fn a_quota_says_what_it_allows() {
        assert!(within(1.5).ends_with("no speed-up beyond 1.50 will show"));
        assert!(within(0.5).contains("no speed-up will show"));
    }
}
