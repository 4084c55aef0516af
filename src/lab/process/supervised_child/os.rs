//! Child processes and their process groups, as each system has them.

use std::path::Path;
use std::process::Command;

#[cfg(unix)]
pub use unix::is_ignored;
#[cfg(unix)]
pub(super) use unix::{Group, keep_ended, own_group};
#[cfg(windows)]
pub(super) use windows::{Group, own_group};

/// This program once more, from `program`. That may be the way to a file which is open but has no name any more, so
/// the process is listed under the program's own name.
pub(crate) fn this_program(program: &Path) -> Command {
    let mut command = Command::new(program);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::arg0(&mut command, env!("CARGO_PKG_NAME"));
    command
}

/// Gives this process the program's name. Linux takes the file's name for it, which is `exe` where a process was
/// started from the open file.
pub fn take_name() {
    #[cfg(target_os = "linux")]
    rustix::thread::set_name(c"threadlab").ok();
}

#[cfg(unix)]
mod unix {
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command};
    use std::sync::{Arc, Once};

    use rustix::io::Errno;
    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
    use signal_hook::consts::SIGCHLD;

    /// Ctrl-C in a terminal goes to its whole foreground process group. A child in a group of its own does not get it;
    /// this program does, and ends its children in order.
    pub(in super::super) fn own_group(command: &mut Command) {
        command.process_group(0);
    }

    /// Makes ended children wait to be reaped. If this program was started with SIGCHLD ignored, the system reaps
    /// them: how they ended is lost, and their ids may be given to other processes at once.
    pub(in super::super) fn keep_ended() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            if is_ignored(SIGCHLD) {
                // Any handler will do.
                signal_hook::flag::register(SIGCHLD, Arc::default()).ok();
            }
        });
    }

    /// Whether this program was started with that signal ignored; see proc_pid_status(5). Other systems show it only
    /// through `unsafe` calls.
    pub fn is_ignored(signal: i32) -> bool {
        let status = match cfg!(target_os = "linux") {
            true => std::fs::read_to_string("/proc/self/status").unwrap_or_default(),
            false => String::new(),
        };
        let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let bits = line.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok());
        bits.unwrap_or(0) & (1 << (signal - 1)) != 0
    }

    /// A child's process group. It has the id of the process that leads it: the child, or its watchdog.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Group {
        id: Option<Pid>,
        child: Option<Pid>,
    }

    impl Group {
        /// `leader` is the watchdog that leads the group, if it is not the child.
        pub(in super::super) fn of(child: &Child, leader: Option<Pid>) -> Self {
            let child = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
            Self {
                id: leader.or(child),
                child,
            }
        }

        /// Only before its leader is reaped: then its id may be another group's.
        pub(in super::super) fn kill(&self, child: &mut Child) {
            if let Some(group) = self.id {
                kill_process_group(group, Signal::KILL).ok();
            }
            // It may have joined another group. It may also have ended.
            child.kill().ok();
        }

        pub(in super::super) fn has_ended(&self, _child: &mut Child) -> bool {
            self.look(WaitIdOptions::NOHANG) != Ok(false)
        }

        /// Leaves the child to be reaped, so that its id stays its own.
        pub(in super::super) fn wait_until_ended(self) {
            while self.look(WaitIdOptions::empty()) == Err(Errno::INTR) {}
        }

        fn look(self, options: WaitIdOptions) -> Result<bool, Errno> {
            let pid = self.child.ok_or(Errno::CHILD)?;
            let options = options | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            Ok(waitid(WaitId::Pid(pid), options)?.is_some())
        }
    }
}

/// Untried: not built yet.
#[cfg(windows)]
mod windows {
    use std::os::windows::io::AsRawHandle;
    use std::os::windows::process::CommandExt;
    use std::process::{Child, Command};

    use win32job::Job;

    /// Ctrl-C in a console goes to all of its process group, see `unix::own_group`.
    pub(in super::super) fn own_group(command: &mut Command) {
        const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
        command.creation_flags(CREATE_NEW_PROCESS_GROUP);
    }

    /// A job: all in it, the child and those that it starts, are killed when its last handle is closed, which happens
    /// when this program ends, too.
    pub(in super::super) struct Group(Option<Job>);

    impl Group {
        pub(in super::super) fn of(child: &Child) -> Self {
            Self(job(child).ok())
        }

        pub(in super::super) fn kill(&mut self, child: &mut Child) {
            drop(self.0.take());
            child.kill().ok();
        }

        pub(in super::super) fn has_ended(&self, child: &mut Child) -> bool {
            !matches!(child.try_wait(), Ok(None))
        }
    }

    fn job(child: &Child) -> Result<Job, win32job::JobError> {
        let job = Job::create()?;
        let mut limits = job.query_extended_limit_info()?;
        limits.limit_kill_on_job_close();
        job.set_extended_limit_info(&limits)?;
        job.assign_process(child.as_raw_handle() as isize)?;
        Ok(job)
    }
}
