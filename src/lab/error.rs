//! Why a run could not go on: typed, so that the window says it in its language. The English
//! [`Display`](std::fmt::Display) serves the command line.

use super::cancel::Cancelled;
use super::demo::Sentence;
use super::event::TrackName;

/// What ended a run before its time.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// Someone stopped it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The system gave no thread or process.
    #[error("the system could not start a {what}: {reason}")]
    Spawn {
        /// `"thread"` or `"worker process"`.
        what: &'static str,
        /// The system's words.
        reason: String,
    },
    /// A worker process is gone before its work was done.
    #[error("worker process {pid} ended before its work was done: {how}")]
    WorkerDied {
        /// Its process id.
        pid: u32,
        /// Exit code or signal, in the system's words.
        how: String,
    },
    /// A person killed a process of the run before its work was done.
    #[error("you killed {process} (process {pid})")]
    Killed {
        /// What it is called.
        process: TrackName,
        /// Its process id.
        pid: u32,
    },
    /// A worker process said something that is not in the protocol, or that its work failed.
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
    /// Nobody in the run can go on: each waits for something that only another one could bring.
    #[error("nobody can go on: {}", in_english(waits))]
    Stuck {
        /// Who waits for what: in English for the command line, and as the sentence that every language has.
        waits: Vec<(String, Sentence)>,
    },
    /// A program other than this one was needed, and is missing, broken or too slow.
    #[error("{program}: {reason}")]
    Program {
        /// The program, as it was called.
        program: String,
        /// What is wrong with it, in the system's words or its own.
        reason: String,
    },
    /// The system refused something else.
    #[error("the system refused {what}: {reason}")]
    System {
        /// What was asked for: `"a connection"`. Text key `error-what-…`, with `-` for spaces.
        what: &'static str,
        /// The system's words.
        reason: String,
    },
    /// The answer is wrong: the demo checks itself.
    #[error("the total is {found}, but it must be {expected}")]
    WrongTotal {
        /// What came out.
        found: u128,
        /// What arithmetic says.
        expected: u128,
    },
}

fn in_english(waits: &[(String, Sentence)]) -> String {
    let waits: Vec<&str> = waits.iter().map(|(english, _)| english.as_str()).collect();
    waits.join("; ")
}

impl RunError {
    /// The system refused `what`.
    pub fn system(what: &'static str, error: &std::io::Error) -> Self {
        RunError::System {
            what,
            reason: error.to_string(),
        }
    }

    /// The system refused to start `what`.
    pub fn spawn(what: &'static str, error: &std::io::Error) -> Self {
        RunError::Spawn {
            what,
            reason: error.to_string(),
        }
    }
}
