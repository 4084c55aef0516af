//! `--trace FILE`: the events of all runs of one call, in one file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::CliError;
use super::tick_loop::Hosted;
use crate::export::trace_file::TraceFile;

/// The file, and when the first run in it began.
pub(super) struct Trace {
    path: PathBuf,
    file: TraceFile,
    zero: Option<Instant>,
}

impl Trace {
    /// Opens the file before anything runs: one that can't be written is known in time.
    pub(super) fn open(path: &Path) -> Result<Self, CliError> {
        let file = replaceable(path).and_then(|()| TraceFile::create(path));
        let file = file.map_err(|error| refused(path, 0, error))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            zero: None,
        })
    }

    /// Adds a run, however it ended.
    pub(super) fn add(&mut self, run: &Hosted) -> Result<(), CliError> {
        let zero = *self.zero.get_or_insert(run.begun);
        let begun = run.begun.saturating_duration_since(zero);
        self.file
            .push(&run.record, begun, &run.log)
            .map_err(|error| refused(&self.path, self.file.runs(), error))
    }
}

/// Whether a file may be put at `path`: where there is none, or an ordinary one.
fn replaceable(path: &Path) -> io::Result<()> {
    let refuse = |why| Err(io::Error::other(why));
    match fs::symlink_metadata(path) {
        // It may lead to a file that must not be lost.
        Ok(found) if found.is_symlink() => refuse("it is a link; name the file itself"),
        // Opening a pipe would wait for a reader, perhaps for ever.
        Ok(found) if !found.is_file() => refuse("it is no ordinary file"),
        Ok(found) if found.permissions().readonly() => refuse("it may only be read"),
        // With a separator behind it the name is a folder's, and the file would be put there after the runs.
        Err(_) if path.to_string_lossy().ends_with(std::path::is_separator) => {
            refuse("it is a folder's name")
        }
        _ => Ok(()),
    }
}

fn refused(path: &Path, runs: u32, error: io::Error) -> CliError {
    CliError::Trace {
        path: path.to_owned(),
        runs,
        error,
    }
}
