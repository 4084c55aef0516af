//! The watchdog: this same program once more, which leads the process group of a foreign program and kills it when the
//! program that started both is gone, however it went. Worker processes need none: they end when their standard input
//! closes. A foreign program that hangs does not look at its own.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;

use rustix::process::{Pid, Signal, getpgrp, getpid, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::os::{self, this_program};

/// The word on the command line that makes this program a watchdog.
const COMMAND: &str = "watchdog";

/// A watchdog, seen from the process that started it.
pub(super) struct Watchdog(Child);

impl Watchdog {
    /// `program`: this program's file. The watchdog is there before what it watches, so nothing is left if this process is
    /// killed between the two.
    pub(super) fn start(program: &Path) -> io::Result<Self> {
        let mut command = this_program(program);
        command.arg(COMMAND);
        // The end of its standard input is how it learns that this process is gone.
        command.stdin(Stdio::piped());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        os::own_group(&mut command);
        command.spawn().map(Self)
    }

    /// The process group that it leads.
    pub(super) fn group(&self) -> Option<Pid> {
        i32::try_from(self.0.id()).ok().and_then(Pid::from_raw)
    }

    /// Has `command` start in this group.
    pub(super) fn watch_over(&self, command: &mut Command) {
        command.process_group(Pid::as_raw(self.group()));
    }
}

impl Drop for Watchdog {
    /// Killed rather than asked to end, which would take time.
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Leads the life of a watchdog: waits until standard input ends, then kills the group that it leads, itself included.
pub fn watch() -> ExitCode {
    // Started by hand it may be in the group of a shell.
    if getpgrp() != getpid() {
        return ExitCode::FAILURE;
    }
    // A signal to all processes of this name, or of a terminal, is meant for the program, which closes standard input.
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::default()).ok();
    }
    io::copy(&mut io::stdin(), &mut io::sink()).ok();
    kill_process_group(getpid(), Signal::KILL).ok();
    ExitCode::FAILURE
}
