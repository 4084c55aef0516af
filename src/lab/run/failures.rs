//! What errors name: what the system was asked for, how a process ended, what is wrong with a program.

use std::fmt::{self, Display};
use std::process::ExitStatus;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What the system can be asked to start. In English as it stands in a sentence behind "a".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpawnKind {
    /// A thread of this process.
    Thread,
    /// A child process that works for this one.
    WorkerProcess,
}

impl SpawnKind {
    /// All of them.
    pub const ALL: [Self; 2] = [SpawnKind::Thread, SpawnKind::WorkerProcess];
}

impl Display for SpawnKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SpawnKind::Thread => "thread",
            SpawnKind::WorkerProcess => "worker process",
        })
    }
}

/// What else the system can refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemRequest {
    /// What coroutines wait with.
    EventLoop,
    /// A connection, opened or in use.
    Connection,
    /// A pipe, opened or in use.
    Pipe,
    /// A higher limit of open files.
    OpenFiles,
    /// A lower number of cores.
    FewerCores,
}

impl SystemRequest {
    /// All of them.
    pub const ALL: [Self; 5] = [
        SystemRequest::EventLoop,
        SystemRequest::Connection,
        SystemRequest::Pipe,
        SystemRequest::OpenFiles,
        SystemRequest::FewerCores,
    ];
}

impl Display for SystemRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SystemRequest::EventLoop => "an event loop",
            SystemRequest::Connection => "a connection",
            SystemRequest::Pipe => "a pipe",
            SystemRequest::OpenFiles => "so many open files",
            SystemRequest::FewerCores => "fewer cores",
        })
    }
}

/// How a process ended that was not to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcessEnd {
    /// By itself.
    Exited {
        /// Its exit code.
        code: i32,
    },
    /// By a signal that somebody else sent, or that it brought upon itself.
    Signal {
        /// The signal's number.
        number: i32,
        /// The signal's name.
        name: String,
    },
    /// It closed its input or output and went on, and was killed for that.
    ClosedPipe,
    /// The system's words.
    Other(String),
}

impl Display for ProcessEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProcessEnd::Exited { code } => write!(f, "exit status: {code}"),
            ProcessEnd::Signal { number, name } => write!(f, "signal: {number} ({name})"),
            ProcessEnd::ClosedPipe => f.write_str("it closed its input or output"),
            ProcessEnd::Other(words) => f.write_str(words),
        }
    }
}

impl From<ExitStatus> for ProcessEnd {
    fn from(status: ExitStatus) -> Self {
        #[cfg(unix)]
        if let Some(number) = std::os::unix::process::ExitStatusExt::signal(&status) {
            let name = signal_name(number);
            return ProcessEnd::Signal { number, name };
        }
        match status.code() {
            Some(code) => ProcessEnd::Exited { code },
            None => ProcessEnd::Other(status.to_string()),
        }
    }
}

/// What the signal of this number is called.
pub fn signal_name(number: i32) -> String {
    #[cfg(unix)]
    let words = <ExitStatus as std::os::unix::process::ExitStatusExt>::from_raw(number).to_string();
    #[cfg(not(unix))]
    let words = number.to_string();
    // The library knows the names, and tells them in brackets only: `signal: 9 (SIGKILL)`.
    words.split(['(', ')']).nth(1).unwrap_or("?").to_owned()
}

/// What is wrong with a program of another maker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgramFault {
    /// The system could not start it; the system's words.
    NotStarted(String),
    /// It said nothing for so long.
    Silent(Duration),
    /// It ended before its work was done.
    Ended(ProcessEnd),
    /// It does not come to an end.
    Endless,
    /// It printed something else than what it was asked for; the beginning of that.
    Nonsense(String),
    /// It said something at the wrong moment; the beginning of that.
    WrongMoment(String),
    /// Its figures can't be; the beginning of them.
    WrongFigures(String),
}

impl Display for ProgramFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProgramFault::NotStarted(reason) => f.write_str(reason),
            ProgramFault::Silent(time) => write!(f, "it said nothing for {} s", time.as_secs_f64()),
            ProgramFault::Ended(how) => write!(f, "it ended before its work was done ({how})"),
            ProgramFault::Endless => f.write_str("it does not come to an end"),
            ProgramFault::Nonsense(said) => {
                write!(f, "it printed what makes no sense here: {said}")
            }
            ProgramFault::WrongMoment(said) => {
                write!(f, "it said this at the wrong moment: {said}")
            }
            ProgramFault::WrongFigures(said) => write!(f, "its figures make no sense: {said}"),
        }
    }
}
