//! A trace file on disk. The file at its path is whole at every moment, however the program ends: a further run goes
//! into another file, which then takes the place of the first.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempPath;

use super::atomic_file::{new_beside, remove_left_beside};
use super::perfetto::{CLOSING, OPENING, TraceEvents};
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::Record;

/// A trace that is written run by run.
pub struct TraceFile {
    path: PathBuf,
    events: TraceEvents,
    runs: u32,
    /// The file at the path, once there was a run.
    whole: Option<Copy>,
    /// The file that the next run is written into. Where the system can exchange two files, it is the one that was at
    /// the path before, and lacks only the last run.
    next: Option<(Copy, TempPath)>,
}

/// The trace, or a beginning of it.
struct Copy {
    file: File,
    /// Where its last event ends.
    end: u64,
}

impl TraceFile {
    /// Begins a trace before anything runs, so that a file that can't be written is known in time. The file at `path`
    /// stays there until the first run is written.
    pub fn create(path: &Path) -> io::Result<Self> {
        remove_left_beside(path);
        Ok(Self {
            path: path.to_owned(),
            events: TraceEvents::default(),
            runs: 0,
            whole: None,
            next: Some(Copy::begin(path)?),
        })
    }

    /// Writes a finished run, which began `begun` after the first one. If that fails, the runs before are what
    /// lies at the path, and nothing can be added any more.
    pub fn push(&mut self, record: &Record, begun: Duration, log: &RunLog) -> io::Result<()> {
        let (mut copy, name) = match self.next.take() {
            Some(next) => next,
            None => Copy::begin(&self.path)?,
        };
        if let Some(whole) = &mut self.whole {
            copy.catch_up(whole)?;
        }
        copy.file.seek(SeekFrom::Start(copy.end))?;
        let mut out = BufWriter::new(&copy.file);
        self.events.write_run(&mut out, record, begun, log)?;
        copy.end = out.stream_position()?;
        out.write_all(CLOSING)?;
        out.flush()?;
        drop(out);
        match self.whole.take() {
            Some(before) if exchange(&name, &self.path, &before.file).is_ok() => {
                self.next = Some((before, name));
            }
            _ => name.persist(&self.path).map_err(|refused| refused.error)?,
        }
        self.whole = Some(copy);
        self.runs += 1;
        Ok(())
    }

    /// Runs that lie at the path.
    pub fn runs(&self) -> u32 {
        self.runs
    }
}

impl Copy {
    /// A trace without events, in a new file beside `path`.
    fn begin(path: &Path) -> io::Result<(Self, TempPath)> {
        let (mut file, name) = new_beside(path)?.into_parts();
        file.write_all(OPENING)?;
        let end = file.stream_position()?;
        // Written at once, so that a full disk is known in time.
        file.write_all(CLOSING)?;
        Ok((Self { file, end }, name))
    }

    /// Copies the events that the other file has and this one lacks.
    fn catch_up(&mut self, other: &mut Self) -> io::Result<()> {
        other.file.seek(SeekFrom::Start(self.end))?;
        self.file.seek(SeekFrom::Start(self.end))?;
        let lacking = other.end.saturating_sub(self.end);
        let copied = io::copy(&mut (&other.file).take(lacking), &mut self.file)?;
        if copied < lacking {
            // Another program has shortened it.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.end = other.end;
        Ok(())
    }
}

/// Exchanges the files `one` and `other` in one step, if the path `other` still names `expected`.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path, expected: &File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{CWD, RenameFlags, renameat_with};

    let id = |found: fs::Metadata| (found.dev(), found.ino());
    if id(fs::symlink_metadata(other)?) != id(expected.metadata()?) {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Other systems can't exchange two files: the new one takes the place of the old one, and the next begins anew.
#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path, _expected: &File) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::lab::demo::param::Params;
    use crate::lab::run::{Outcome, RunInfo, Summary};
    use crate::lab::trace::event::{Event, EventKind, TrackId, TrackInfo, TrackKind, TrackName};

    /// A folder with a file of this content, `trace.json`.
    fn folder(content: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.json");
        fs::write(&path, content).unwrap();
        (folder, path)
    }

    fn push(trace: &mut TraceFile) -> io::Result<()> {
        let mut log = RunLog::default();
        log.push(Event {
            at: Duration::ZERO,
            track: TrackId(0),
            kind: EventKind::TrackOpened(Box::new(TrackInfo {
                name: TrackName::only("run"),
                kind: TrackKind::Thread,
                pid: 100,
                os_id: None,
                clock_error: Duration::ZERO,
            })),
        });
        let info = RunInfo {
            demo: "demo",
            variant: "variant",
            params: Params::default(),
            seed: 1,
        };
        let record = Record::of(info, Outcome::Done(Summary::default()));
        trace.push(&record, Duration::ZERO, &log)
    }

    /// Runs in the trace at `path`, which must be whole.
    fn runs(path: &Path) -> usize {
        let text = fs::read_to_string(path).unwrap();
        let trace: Value = serde_json::from_str(&text).expect(&text);
        let events = trace["traceEvents"].as_array().unwrap();
        let is_track = |event: &&Value| event["name"] == "thread_name";
        events.iter().filter(is_track).count()
    }

    fn files(folder: &tempfile::TempDir) -> usize {
        fs::read_dir(folder.path()).unwrap().count()
    }

    #[test]
    fn it_is_whole_after_every_run_and_nothing_else_is_left() {
        let (folder, path) = folder("from before");
        let mut trace = TraceFile::create(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "from before");
        for count in 1..=5 {
            push(&mut trace).unwrap();
            assert_eq!(runs(&path), count);
        }
        // Another program takes the file away, or puts one of its own there.
        fs::remove_file(&path).unwrap();
        push(&mut trace).unwrap();
        assert_eq!(runs(&path), 6);
        let other = path.with_extension("other");
        fs::write(&other, "another").unwrap();
        fs::rename(&other, &path).unwrap();
        for count in 7..=9 {
            push(&mut trace).unwrap();
            assert_eq!(runs(&path), count);
        }
        drop(trace);
        assert_eq!((runs(&path), files(&folder)), (9, 1));
    }

    #[test]
    fn a_run_that_can_not_be_written_leaves_those_before() {
        let (folder, path) = folder("");
        let mut trace = TraceFile::create(&path).unwrap();
        push(&mut trace).unwrap();
        push(&mut trace).unwrap();
        // A file that can only be read stands for a disk that is full.
        if let Some((copy, _)) = &mut trace.next {
            copy.file = File::open(&path).unwrap();
        }
        assert!(push(&mut trace).is_err());
        assert_eq!(trace.runs(), 2);
        drop(trace);
        assert_eq!((runs(&path), files(&folder)), (2, 1));
    }
}
