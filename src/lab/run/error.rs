//! Errors that end a run: typed here, put into words by the text.

use std::io;
use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::cancel::Cancelled;
use crate::lab::demo::value::Sentence;
use crate::lab::trace::track_info::TrackName;

/// An error that ended a run. Worker processes send theirs typed, too, so that they are put into words in the
/// window's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunError {
    /// Someone stopped it.
    Cancelled(Cancelled),
    /// The system gave no thread or process.
    Spawn {
        /// The kind of what was to be started.
        what: SpawnKind,
        /// The system's words.
        reason: String,
    },
    /// A worker process is gone before its work was done.
    WorkerDied {
        /// Its process id.
        pid: u32,
        /// How it ended.
        how: ProcessEnd,
    },
    /// A person killed a process of the run before its work was done.
    #[serde(skip)]
    Killed {
        /// Its name.
        process: TrackName,
        /// Its process id.
        pid: u32,
    },
    /// A worker process could not do its work.
    Worker {
        /// Its process id.
        pid: u32,
        /// Its report.
        error: Box<RunError>,
    },
    /// A worker process said something that is not in the protocol, or panicked.
    WorkerFailed {
        /// Its process id.
        pid: u32,
        /// Its words.
        message: String,
    },
    /// Memory that was to be shared or filled could not be had.
    Memory {
        /// How much was asked for.
        bytes: u64,
        /// The system's words.
        reason: String,
    },
    /// Memory cannot be shared between processes here, however much of it there is.
    SharedMemory {
        /// The refused request, and the system's words.
        reason: String,
    },
    /// The run is stuck: each of its tasks waits for something that only another one could bring.
    #[serde(skip)]
    Stuck {
        /// A sentence for each task that waits.
        waits: Vec<Sentence>,
        /// Why the tasks that could bring it have ended, if some have.
        losses: Vec<RunError>,
    },
    /// A program other than this one was needed, and is missing, broken or too slow.
    Program {
        /// The program, as it was called.
        program: String,
        /// Its process id, if it was started.
        pid: Option<u32>,
        /// Its error.
        fault: ProgramFault,
        /// The last line of what it complained itself.
        last_words: Option<String>,
    },
    /// The system refused something else.
    System {
        /// The request.
        what: SystemRequest,
        /// The system's words.
        reason: String,
    },
    /// The answer is wrong: the demo checks itself.
    WrongTotal {
        /// The result.
        #[serde(with = "as_text")]
        found: u128,
        /// The right result.
        #[serde(with = "as_text")]
        expected: u128,
    },
}

impl From<Cancelled> for RunError {
    fn from(cancelled: Cancelled) -> Self {
        RunError::Cancelled(cancelled)
    }
}

/// A thing that the system can be asked to start.
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

/// Any other request that the system can refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemRequest {
    /// The runtime that coroutines wait with.
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

/// How a process ended before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcessEnd {
    /// By itself.
    Exited {
        /// Its exit code.
        code: i32,
    },
    /// By a signal: sent from outside this program, or of its own making.
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

/// The name of the signal of this number.
pub fn signal_name(number: i32) -> String {
    #[cfg(unix)]
    let words = <ExitStatus as std::os::unix::process::ExitStatusExt>::from_raw(number).to_string();
    #[cfg(not(unix))]
    let words = number.to_string();
    // The library knows the names, but prints them in brackets only: `signal: 9 (SIGKILL)`.
    words.split(['(', ')']).nth(1).unwrap_or("?").to_owned()
}

/// An error of an external program.
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

/// Numbers that leave the 64 bits of a JSON number.
mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(number: &u128, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(number)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u128, D::Error> {
        let digits = String::deserialize(from)?;
        digits.parse().map_err(D::Error::custom)
    }
}

impl RunError {
    /// The system refused `what`.
    pub fn system(what: SystemRequest, error: &std::io::Error) -> Self {
        RunError::System {
            what,
            reason: error.to_string(),
        }
    }

    /// The system refused to start `what`.
    pub fn spawn(what: SpawnKind, error: &std::io::Error) -> Self {
        RunError::Spawn {
            what,
            reason: error.to_string(),
        }
    }

    /// The system refused to start `what` from `program`, which is named if it is the reason.
    pub fn spawn_program(what: SpawnKind, program: &Path, error: &io::Error) -> Self {
        use io::ErrorKind::{NotFound, PermissionDenied};

        let reason = match error.kind() {
            NotFound | PermissionDenied => format!("{}: {error}", program.display()),
            _ => error.to_string(),
        };
        RunError::Spawn { what, reason }
    }

    /// This error as a worker process sends it. Those that name tracks or sentences have no form there: only the process
    /// that starts the workers makes them.
    pub(crate) fn for_wire(self) -> Self {
        match self {
            RunError::Killed { .. } | RunError::Stuck { .. } => RunError::WorkerFailed {
                pid: std::process::id(),
                message: format!("{self:?}"),
            },
            RunError::Cancelled(_)
            | RunError::Spawn { .. }
            | RunError::WorkerDied { .. }
            | RunError::Worker { .. }
            | RunError::WorkerFailed { .. }
            | RunError::Memory { .. }
            | RunError::SharedMemory { .. }
            | RunError::Program { .. }
            | RunError::System { .. }
            | RunError::WrongTotal { .. } => self,
        }
    }

    /// An error that the worker process `pid` sent, as the run's error.
    pub(crate) fn of_worker(pid: u32, sent: RunError) -> Self {
        match sent {
            // Whose message it is, is said again here.
            RunError::WorkerFailed { message, .. } => RunError::WorkerFailed { pid, message },
            error => RunError::Worker {
                pid,
                error: Box::new(error),
            },
        }
    }

    /// Whether it may come from the end of another process: a connection or a pipe breaks when its other end is closed.
    pub(crate) fn may_be_of_another(&self) -> bool {
        match self {
            RunError::Worker { error, .. } => error.may_be_of_another(),
            RunError::System { what, .. } => {
                matches!(what, SystemRequest::Connection | SystemRequest::Pipe)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_crosses_the_wire_and_those_that_can_keep_their_type() {
        let reason = || "no room".to_owned();
        let system = |what| RunError::System {
            what,
            reason: reason(),
        };
        let typed = [
            RunError::Cancelled(Cancelled),
            RunError::Spawn {
                what: SpawnKind::Thread,
                reason: reason(),
            },
            RunError::WorkerFailed {
                pid: 7,
                message: reason(),
            },
            RunError::WorkerDied {
                pid: 7,
                how: ProcessEnd::Exited { code: 3 },
            },
            RunError::Worker {
                pid: 7,
                error: Box::new(system(SystemRequest::Connection)),
            },
            RunError::Memory {
                bytes: u64::MAX,
                reason: reason(),
            },
            RunError::SharedMemory { reason: reason() },
            RunError::Program {
                program: reason(),
                pid: Some(7),
                fault: ProgramFault::Endless,
                last_words: None,
            },
            system(SystemRequest::Pipe),
            RunError::WrongTotal {
                found: u128::MAX,
                expected: 1,
            },
        ];
        let over = |error: &RunError| -> RunError {
            let line = serde_json::to_string(&error.clone().for_wire()).unwrap();
            serde_json::from_str(&line).unwrap()
        };
        for error in typed {
            assert_eq!(over(&error), error);
        }
        let stuck = RunError::Stuck {
            waits: vec![Sentence::new("a")],
            losses: Vec::new(),
        };
        let killed = RunError::Killed {
            process: TrackName::nth("worker", 2),
            pid: 7,
        };
        for error in [stuck, killed] {
            assert!(
                matches!(over(&error), RunError::WorkerFailed { message, .. } if message == format!("{error:?}"))
            );
        }
    }
}
