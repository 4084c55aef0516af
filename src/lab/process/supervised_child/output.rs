//! A child's output, which on Linux ends with the child even if a process that the child has started holds it open.

use std::io::{self, Read};
use std::process::ChildStdout;
use std::sync::Arc;

use super::guard::ChildGuard;

/// The standard output of a child.
pub(super) struct Output {
    stdout: ChildStdout,
    guard: Arc<ChildGuard>,
    #[cfg(target_os = "linux")]
    child: Option<linux::Watched>,
}

impl Output {
    /// Of a child that has not been waited for yet.
    pub(super) fn new(stdout: ChildStdout, guard: Arc<ChildGuard>) -> Self {
        Self {
            #[cfg(target_os = "linux")]
            child: linux::Watched::new(guard.pid()),
            stdout,
            guard,
        }
    }

    pub(super) fn guard(&self) -> Arc<ChildGuard> {
        Arc::clone(&self.guard)
    }
}

impl Read for Output {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(target_os = "linux")]
        if let Some(child) = &self.child
            && !child.prints(&self.stdout, &self.guard)
        {
            return Ok(0);
        }
        self.stdout.read(buffer)
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::os::fd::OwnedFd;
    use std::process::ChildStdout;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::retry_on_intr;
    use rustix::process::{Pid, PidfdFlags, pidfd_open};

    use super::ChildGuard;

    /// How long the output of a child that has ended is waited for, when a process that left its group holds it open.
    const STRANGER: Timespec = Timespec {
        tv_sec: 0,
        tv_nsec: 200_000_000,
    };

    /// A descriptor that becomes readable when the child ends.
    pub(super) struct Watched(OwnedFd);

    impl Watched {
        /// `None` where the system has none (before Linux 5.3), or none left.
        pub(super) fn new(pid: u32) -> Option<Self> {
            let pid = Pid::from_raw(i32::try_from(pid).ok()?)?;
            pidfd_open(pid, PidfdFlags::empty()).ok().map(Self)
        }

        /// Waits until there is something to read, or the output has ended; `false` once the child has ended and its
        /// group prints nothing more.
        pub(super) fn prints(&self, stdout: &ChildStdout, guard: &ChildGuard) -> bool {
            let mut both = [
                PollFd::new(stdout, PollFlags::IN),
                PollFd::new(&self.0, PollFlags::IN),
            ];
            if retry_on_intr(|| poll(&mut both, None)).is_err() || !both[0].revents().is_empty() {
                return true;
            }
            // It has ended; those that it has started end with it.
            guard.kill();
            let mut output = [PollFd::new(stdout, PollFlags::IN)];
            retry_on_intr(|| poll(&mut output, Some(&STRANGER))) != Ok(0)
        }
    }
}
