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
    #[cfg(target_os = "linux")]
    {
        std::fs::read_dir("/proc/self/task")
            .ok()
            .map(Iterator::count)
    }
    #[cfg(not(target_os = "linux"))]
    {
        None
    }
}
