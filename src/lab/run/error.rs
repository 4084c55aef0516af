//! Why a run could not go on: typed, so that the window says it in its language. The English
//! [`Display`](std::fmt::Display) serves the command line.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::cancel::Cancelled;
use super::failures::{ProcessEnd, ProgramFault};
pub use super::failures::{SpawnKind, SystemRequest};
use crate::lab::demo::value::Sentence;
use crate::lab::trace::track_info::TrackName;

/// What ended a run before its time. A worker process sends its own as it is, so that the window says it in its language,
/// too; see `for_wire`.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunError {
    /// Someone stopped it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The system gave no thread or process.
    #[error("the system could not start a {what}: {reason}")]
    Spawn {
        /// What was to be started.
        what: SpawnKind,
        /// The system's words.
        reason: String,
    },
    /// A worker process is gone before its work was done.
    #[error("worker process {pid} ended before its work was done: {how}")]
    WorkerDied {
        /// Its process id.
        pid: u32,
        /// How it ended.
        how: ProcessEnd,
    },
    /// A person killed a process of the run before its work was done.
    #[error("you killed {process} (process {pid})")]
    #[serde(skip)]
    Killed {
        /// What it is called.
        process: TrackName,
        /// Its process id.
        pid: u32,
    },
    /// A worker process could not do its work.
    #[error("worker process {pid} reported: {error}")]
    Worker {
        /// Its process id.
        pid: u32,
        /// What it reported.
        error: Box<RunError>,
    },
    /// A worker process said something that is not in the protocol, or panicked.
    #[error("worker process {pid} reported: {message}")]
    WorkerFailed {
        /// Its process id.
        pid: u32,
        /// What it said.
        message: String,
    },
    /// Memory that was to be shared or filled could not be had.
    #[error("no memory for {bytes} bytes: {reason}")]
    Memory {
        /// How much was asked for.
        bytes: u64,
        /// The system's words.
        reason: String,
    },
    /// Memory cannot be shared between processes here, however much of it there is.
    #[error(
        "shared memory is refused here ({reason}): allow it in the rules of the container or sandbox, or choose a variant that shares none"
    )]
    SharedMemory {
        /// What was refused, and the system's words.
        reason: String,
    },
    /// Nobody in the run can go on: each waits for something that only another one could bring.
    #[error("nobody can go on: {}{}", in_english(waits), and_english(losses))]
    #[serde(skip)]
    Stuck {
        /// Who waits for what: in English for the command line, and as the sentence that every language has.
        waits: Vec<(String, Sentence)>,
        /// Why those who could bring it are gone, if some are.
        losses: Vec<RunError>,
    },
    /// A program other than this one was needed, and is missing, broken or too slow.
    #[error("{program}{}: {fault}{}", in_brackets(*pid), quoted(last_words.as_deref()))]
    Program {
        /// The program, as it was called.
        program: String,
        /// Its process id, if it was started.
        pid: Option<u32>,
        /// What is wrong with it.
        fault: ProgramFault,
        /// The last line of what it complained itself.
        last_words: Option<String>,
    },
    /// The system refused something else.
    #[error("the system refused {what}: {reason}")]
    System {
        /// What was asked for.
        what: SystemRequest,
        /// The system's words.
        reason: String,
    },
    /// The answer is wrong: the demo checks itself.
    #[error("the total is {found}, but it must be {expected}")]
    WrongTotal {
        /// What came out.
        #[serde(with = "as_text")]
        found: u128,
        /// What arithmetic says.
        #[serde(with = "as_text")]
        expected: u128,
    },
}

fn in_english(waits: &[(String, Sentence)]) -> String {
    let waits: Vec<&str> = waits.iter().map(|(english, _)| english.as_str()).collect();
    waits.join("; ")
}

fn and_english(losses: &[RunError]) -> String {
    losses.iter().map(|loss| format!("; {loss}")).collect()
}

fn in_brackets(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})"))
        .unwrap_or_default()
}

fn quoted(last_words: Option<&str>) -> String {
    last_words
        .map(|words| format!(": {words}"))
        .unwrap_or_default()
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

    /// What a worker process sends of this error. Those that name tracks or sentences are the other side's business, and go as
    /// their English words.
    pub(crate) fn for_wire(self) -> Self {
        match self {
            RunError::Killed { .. } | RunError::Stuck { .. } => RunError::WorkerFailed {
                pid: std::process::id(),
                message: self.to_string(),
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

    /// What the worker process `pid` sent, as the run's error.
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

    /// Whether it may come from the end of another process: a connection or a pipe breaks when nobody holds its other end.
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
            waits: vec![("A waits for B".to_owned(), Sentence::new("a"))],
            losses: Vec::new(),
        };
        let killed = RunError::Killed {
            process: TrackName::nth("worker", 2),
            pid: 7,
        };
        for error in [stuck, killed] {
            assert!(
                matches!(over(&error), RunError::WorkerFailed { message, .. } if message == error.to_string())
            );
        }
    }
}
