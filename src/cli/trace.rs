//! `--trace FILE`: what the runs of one call told, in one file.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::CliError;
use super::tick_loop::Hosted;
use crate::export::perfetto::TraceFile;

/// The file, and when the first run in it began.
pub(super) struct Trace {
    path: PathBuf,
    file: TraceFile<BufWriter<File>>,
    zero: Option<Instant>,
}

impl Trace {
    /// Before anything runs, so that a file that can't be written is known in time.
    pub(super) fn open(path: &Path) -> Result<Self, CliError> {
        let file = File::create(path)
            .and_then(|file| TraceFile::begin(BufWriter::new(file)))
            .map_err(|error| refused(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            zero: None,
        })
    }

    /// After each run, however it ended.
    pub(super) fn add(&mut self, run: &Hosted) -> Result<(), CliError> {
        let zero = *self.zero.get_or_insert(run.begun);
        let begun = run.begun.saturating_duration_since(zero);
        self.file
            .push(&run.record.info, begun, &run.log)
            .map_err(|error| refused(&self.path, error))
    }
}

fn refused(path: &Path, error: io::Error) -> CliError {
    CliError::Trace {
        path: path.to_owned(),
        error,
    }
}
