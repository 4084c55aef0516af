//! This machine: its cores, its limits, and what it counts.

pub mod affinity;
pub mod battery;
pub(crate) mod cached;
pub mod context_switches;
pub mod cores;
pub mod limits;
pub mod priority;
pub mod task_cost;

use std::num::NonZero;
use std::sync::OnceLock;
use std::time::Instant;

use cached::Kept;

/// Counts the cores and reads their quota. The program's first act: a thread that has been limited would see fewer.
pub fn take_cores() {
    core_limit();
}

/// Logical cores that this process may use, as they were when it began. How much of their time it may use
/// is [`core_limit`].
pub fn cores() -> usize {
    static TAKEN: OnceLock<usize> = OnceLock::new();
    *TAKEN.get_or_init(|| match affinity::allowed_at_first() {
        Some(cores) => cores.len().max(1),
        None => std::thread::available_parallelism().map_or(1, NonZero::get),
    })
}

/// How many cores' time this process may use at most: all of its cores', or less where a control group sets
/// a quota.
pub fn core_limit() -> f64 {
    // The quota is in files, which a worker process that never asks for it has no time to read.
    static TAKEN: OnceLock<f64> = OnceLock::new();
    *TAKEN.get_or_init(|| {
        let quota = limits::cpu_quota().unwrap_or(f64::INFINITY);
        quota.min(cores() as f64)
    })
}

/// The quota of cores' time, if it is smaller than the cores.
pub fn quota_below_cores() -> Option<f64> {
    Some(core_limit()).filter(|&limit| limit < cores() as f64)
}

/// Physical cores, each of which may run two threads or more by turns; `None` if the system does not say,
/// or if this process may not use all of the machine's cores: which of those share a core is unknown.
pub fn physical_cores() -> Option<usize> {
    static PHYSICAL: OnceLock<Option<usize>> = OnceLock::new();
    *PHYSICAL.get_or_init(|| {
        let mut system = sysinfo::System::new().ok()?;
        system.refresh_cpu_list(sysinfo::CpuRefreshKind::nothing());
        if system.cpus().len() != cores() {
            return None;
        }
        sysinfo::System::physical_core_count().ok()
    })
}

/// Memory in bytes that programs can still take without others being swapped out, or less where a control group
/// leaves this process less, as it was at most half a second ago; `None` if the system does not say.
pub fn available_memory() -> Option<u64> {
    static KEPT: Kept<Option<u64>> = Kept::nothing();
    KEPT.get(Instant::now(), memory_now)
}

/// [`available_memory`] at this moment, for code that is about to take it.
pub fn memory_now() -> Option<u64> {
    let mut system = sysinfo::System::new().ok()?;
    system.refresh_memory();
    let of_all = Some(system.available_memory()).filter(|&bytes| bytes > 0);
    [of_all, limits::group_memory()].into_iter().flatten().min()
}

/// The operating system's number for the calling thread, where there is one.
pub fn thread_id() -> Option<u32> {
    #[cfg(target_os = "linux")]
    {
        u32::try_from(rustix::thread::gettid().as_raw_nonzero().get()).ok()
    }
    #[cfg(not(target_os = "linux"))]
    {
        None
    }
}

/// Threads of this process, where the system says.
pub fn threads_alive() -> Option<usize> {
    status("Threads:").and_then(|threads| threads.parse().ok())
}

/// The most memory in bytes that this process has had at one time, where the system says. What it
/// shares with other processes (the program itself) counts as well.
pub fn peak_memory() -> Option<u64> {
    let kibibytes: u64 = status("VmHWM:")?.parse().ok()?;
    Some(kibibytes * 1024)
}

/// The field `name` of this process's status; see proc_pid_status(5).
fn status(name: &str) -> Option<String> {
    #[cfg(target_os = "linux")]
    {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next().map(str::to_owned)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = name;
        None
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_knows_its_threads_and_its_memory() {
        assert!(threads_alive().is_some_and(|threads| threads >= 1));
        let before = peak_memory().expect("Linux tells");
        let filled = std::hint::black_box(vec![1u8; 64 << 20]);
        assert!(peak_memory().is_some_and(|after| after >= before.max(filled.len() as u64)));
    }

    #[test]
    fn a_limited_thread_sees_all_cores() {
        let all = cores();
        let look = || {
            let core = affinity::some(1).expect("Linux has affinity");
            affinity::limit_this_thread(&core).expect("its own core");
            (cores(), affinity::allowed_at_first().map(|all| all.len()))
        };
        let seen = std::thread::Builder::new()
            .name("limited".to_owned())
            .spawn(look);
        let seen = seen.expect("a thread").join().expect("no panic");
        assert_eq!(seen, (all, Some(all)));
        assert!(core_limit() > 0.0 && core_limit() <= all as f64);
        assert!(physical_cores().is_none_or(|physical| physical <= all));
    }
}
