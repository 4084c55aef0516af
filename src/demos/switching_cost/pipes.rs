//! A ring of pipes. The member that reads the byte out of its pipe has the token, and writes it into the pipe of the
//! next member.
//!
//! The pipes have no name. Like the lab's shared memory, another process opens them through `/proc/PID/fd`,
//! which is Linux's; elsewhere processes do not take turns in this demo.

use std::fs::{File, OpenOptions};
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::turns::Token;
use crate::lab::run::error::{RunError, SystemRequest};

/// Whether worker processes can open them here.
pub(super) const ARE_SHARED: bool = cfg!(target_os = "linux");

/// A pipe for each member, open at both ends here as long as the ring lives: no member's last byte is written
/// into a broken pipe.
pub(super) struct Ring(Vec<(PipeReader, PipeWriter)>);

/// The paths of the two ends that one member needs.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ends {
    mine: PathBuf,
    next: PathBuf,
}

/// One member's ends.
pub(super) struct Pipes {
    mine: File,
    next: File,
}

fn refused(error: io::Error) -> RunError {
    RunError::system(SystemRequest::Pipe, &error)
}

impl Ring {
    pub(super) fn new(members: usize) -> Result<Self, RunError> {
        let pipes: io::Result<_> = (0..members).map(|_| io::pipe()).collect();
        Ok(Self(pipes.map_err(refused)?))
    }

    /// The ends of the `index`-th member.
    pub(super) fn ends(&self, index: usize) -> Ends {
        let next = (index + 1) % self.0.len();
        Ends {
            mine: path(&self.0[index].0),
            next: path(&self.0[next].1),
        }
    }

    /// Gives the token to the first member.
    pub(super) fn begin(&self) -> Result<(), RunError> {
        (&self.0[0].1).write_all(b"!").map_err(refused)
    }
}

#[cfg(unix)]
fn path(end: &impl std::os::fd::AsRawFd) -> PathBuf {
    format!("/proc/{}/fd/{}", std::process::id(), end.as_raw_fd()).into()
}

#[cfg(not(unix))]
fn path<T>(_: &T) -> PathBuf {
    PathBuf::new()
}

impl Ends {
    /// Opens both ends, in the member's process.
    pub(super) fn open(&self) -> Result<Pipes, RunError> {
        Ok(Pipes {
            mine: File::open(&self.mine).map_err(refused)?,
            next: OpenOptions::new()
                .write(true)
                .open(&self.next)
                .map_err(refused)?,
        })
    }
}

impl Token for Pipes {
    fn wait(&mut self) -> Result<(), RunError> {
        self.mine.read_exact(&mut [0]).map_err(refused)
    }

    fn pass(&mut self) -> Result<(), RunError> {
        self.next.write_all(b"!").map_err(refused)
    }
}
