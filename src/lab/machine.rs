//! What this machine is and has.

use std::num::NonZero;

/// Logical cores that this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Physical cores, each of which may run two threads or more by turns; `None` if the system does not tell.
pub fn physical_cores() -> Option<usize> {
    sysinfo::System::physical_core_count().ok()
}

/// Memory in bytes that programs can still take without others being swapped out; `None` if the
/// system does not tell.
pub fn available_memory() -> Option<u64> {
    let mut system = sysinfo::System::new().ok()?;
    system.refresh_memory();
    Some(system.available_memory()).filter(|&bytes| bytes > 0)
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

/// Threads of this process, where the system tells.
pub fn threads_alive() -> Option<usize> {
    status("Threads:").and_then(|threads| threads.parse().ok())
}

/// The most memory in bytes that this process has had at one time, where the system tells. What it
/// shares with other processes (the program itself) counts as well.
pub fn peak_memory() -> Option<u64> {
    let kibibytes: u64 = status("VmHWM:")?.parse().ok()?;
    Some(kibibytes * 1024)
}

/// What the system says of this process behind `name`; see proc_pid_status(5).
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
}
