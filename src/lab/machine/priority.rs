//! Thread priority: work that fills every core steps back behind the window that shows it.

/// Lowers the calling thread's priority, for good: an ordinary user can't raise it again, so this is
/// for fresh threads and worker processes only. Where the system refuses, the work runs as it is.
pub fn lower_this_thread() {
    #[cfg(target_os = "linux")]
    {
        // On Linux a nice value belongs to a thread, and pid 0 names the calling one. At 10 against
        // the window's 0 the scheduler's weights are 110 : 1024.
        rustix::process::setpriority_process(None, 10).ok();
    }
    #[cfg(windows)]
    {
        use thread_priority::{ThreadPriority, set_current_thread_priority};
        set_current_thread_priority(ThreadPriority::Min).ok();
    }
    // macOS has no priority of a single thread that plain setpriority would change; nothing is done there.
}
