//! Ending this process in the middle of whatever its threads are doing.

/// Aborts: all threads of this process end at once, and nothing of theirs is tidied up. The system writes
/// no image of the memory to the disk and tells nobody, for this is no accident.
pub fn without_a_trace() -> ! {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        setrlimit(Resource::Core, none).ok();
    }
    #[cfg(target_os = "linux")]
    {
        // Where a program collects such images it is told of them whatever the limit is.
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        set_dumpable_behavior(DumpableBehavior::NotDumpable).ok();
    }
    std::process::abort()
}
