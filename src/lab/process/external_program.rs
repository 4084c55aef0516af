//! External programs, such as an interpreter that is given a script: started, read with a time limit, and never left
//! behind.
//!
//! A script goes in on standard input, so no file is left behind. A program that prints nothing for ten seconds has
//! failed. One that is missing is no failure: there is nothing to measure, and the run says so.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{ChildStderr, ChildStdin, Command, Stdio};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use anstream::adapter::strip_str;
use crossbeam_channel::{Receiver, Sender, after, bounded, never, select};

use super::supervised_child::{ChildEnd, Line, Listener, SupervisedChild};
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::ProgramFault;
use crate::lab::run::error::{RunError, SpawnKind};
use crate::lab::run::thread_reaper;
use crate::lab::trace::event::{Event, EventKind, TrackId, TrackInfo, TrackKind, TrackName};
use crate::lab::trace::track::Track;

/// Bytes of a line.
const LONGEST_LINE: usize = 1 << 16;
/// Lines that wait to be read; after that the program waits.
const LINES_AHEAD: usize = 64;
/// Bytes kept of the end of its standard error.
const COMPLAINT: usize = 4096;
/// Characters quoted of the last line there.
const LAST_WORDS: usize = 200;
/// How long the end of standard error is waited for when the program has ended: a process that left the program's
/// group may hold it open.
const COMPLAINT_COMES: Duration = Duration::from_millis(500);
/// How long the thread that reads it is waited for then, for the same reason.
const LISTENER_ENDS: Duration = Duration::from_millis(200);

/// A program at work for a run. Dropping it kills the program and all of its process group, and waits
/// for it; a process that left the group is not waited for, even if it holds the program's pipes.
pub struct ExternalProgram<'run> {
    ctx: &'run RunCtx,
    program: String,
    /// The process's own lane, and what it is called.
    lane: Option<(TrackId, TrackName)>,
    child: SupervisedChild,
    lines: Receiver<Vec<u8>>,
    complaint: Receiver<String>,
    complaining: Option<JoinHandle<()>>,
}

impl<'run> ExternalProgram<'run> {
    /// Starts `program` in a process group of its own and hands it `script` on its standard input, which
    /// then closes. It is ended with the run's worker processes when the run is cancelled.
    pub fn start(
        ctx: &'run RunCtx,
        program: &Path,
        args: impl IntoIterator<Item = impl AsRef<OsStr>>,
        script: &'static [u8],
    ) -> Result<Self, RunError> {
        ctx.check_cancel()?;
        let mut command = Command::new(program);
        command.args(args);
        command.stderr(Stdio::piped());
        let name = printable(&program.display().to_string());
        let started =
            SupervisedChild::spawn_watched(&mut command, Some(&ctx.children), &ctx.lab.program);
        let (child, pipes) = started.map_err(|error| RunError::Program {
            program: name.clone(),
            pid: None,
            fault: ProgramFault::NotStarted(error.to_string()),
            last_words: None,
        })?;
        let (line, lines) = bounded(LINES_AHEAD);
        let (last, complaint) = bounded(1);
        // From here on every error drops this, and with it the program.
        let mut external = Self {
            ctx,
            program: name,
            lane: None,
            child,
            lines,
            complaint,
            complaining: None,
        };
        ctx.cores.apply_to_process(external.pid());
        let no_thread = |error: io::Error| RunError::spawn(SpawnKind::Thread, &error);
        let listener = Reader {
            script: Some((pipes.stdin, script)),
            lines: line,
        };
        external
            .child
            .listen(
                "hear-program".to_owned(),
                pipes.stdout,
                LONGEST_LINE,
                listener,
            )
            .map_err(no_thread)?;
        if let Some(stderr) = pipes.stderr {
            let complaining = Builder::new()
                .name("hear-errors".to_owned())
                // Fails only if the receiver was dropped with the run, and then the words are not needed.
                .spawn(move || drop(last.send(last_words(stderr))));
            external.complaining = Some(complaining.map_err(no_thread)?);
        }
        Ok(external)
    }

    /// The program's process id.
    pub fn pid(&self) -> u32 {
        self.child.pid()
    }

    /// Opens a lane for the program's process (`os_id` is its pid then) or for one of its threads. Events get the
    /// time at which this process reads them.
    pub fn track(&mut self, name: TrackName, kind: TrackKind, os_id: Option<u32>) -> Track {
        let track = self.ctx.open(TrackInfo {
            name,
            kind,
            pid: self.pid(),
            os_id,
            clock_error: Duration::ZERO,
        });
        if kind == TrackKind::Process {
            self.lane = Some((track.id(), name));
        }
        track
    }

    /// The next line that the program prints, with its line end; `None` at the end of its output. A program that
    /// prints nothing for `limit` has failed.
    pub fn recv_line(&mut self, limit: Duration) -> Result<Option<Vec<u8>>, RunError> {
        select! {
            recv(self.lines) -> line => {
                // A cancel kills the program, and its silence may come to be known first.
                self.ctx.check_cancel()?;
                Ok(line.ok())
            }
            recv(self.ctx.cancel.receiver()) -> _ => Err(Cancelled.into()),
            recv(after(limit)) -> _ => {
                Err(self.broke(ProgramFault::Silent(limit)))
            }
        }
    }

    /// The error for a program with this `fault`; ends it.
    pub fn broke(&mut self, fault: ProgramFault) -> RunError {
        self.child.kill();
        self.error(fault)
    }

    /// The error for a program that ended before its work was done.
    pub fn ended_early(&mut self) -> RunError {
        let how = self.child.wait_after_closed_pipe().how();
        self.error(ProgramFault::Ended(how))
    }

    /// The code with which the program exited by itself, for one whose output has ended.
    pub fn exit_code(&mut self) -> Option<i32> {
        match self.child.wait_after_closed_pipe() {
            ChildEnd::Status(status) => status.code(),
            _ => None,
        }
    }

    /// Adds the last line of standard error.
    fn error(&mut self, fault: ProgramFault) -> RunError {
        let end = self.child.wait();
        if let Some((track, process)) = self.lane {
            self.ctx.sink.send(Event {
                at: self.ctx.now(),
                track,
                kind: EventKind::TrackLost,
            });
            if end == ChildEnd::KilledByUser {
                let pid = self.pid();
                return RunError::Killed { process, pid };
            }
        }
        let complaint = self.complaint.recv_timeout(COMPLAINT_COMES);
        let complaint = complaint.unwrap_or_default();
        let last = complaint
            .lines()
            .map(str::trim)
            .rfind(|line| !line.is_empty())
            .map(|line| printable(line).chars().take(LAST_WORDS).collect::<String>());
        RunError::Program {
            program: self.program.clone(),
            pid: Some(self.pid()),
            fault,
            last_words: last,
        }
    }
}

impl Drop for ExternalProgram<'_> {
    fn drop(&mut self) {
        self.child.kill();
        // A reader that waits for room for one more line must learn that it is read no more.
        self.lines = never();
        self.child.end();
        if let Some(complaining) = self.complaining.take() {
            thread_reaper::join_within(complaining, LISTENER_ENDS);
        }
    }
}

/// Hands the program its script, and passes on what it prints.
struct Reader {
    script: Option<(ChildStdin, &'static [u8])>,
    lines: Sender<Vec<u8>>,
}

impl Listener for Reader {
    fn begin(&mut self) {
        // A program that does not read all of its script has ended, or says why itself.
        if let Some((mut stdin, script)) = self.script.take() {
            drop(stdin.write_all(script));
        }
    }

    fn line(&mut self, line: Line<'_>) -> ControlFlow<()> {
        let (Line::Whole(line) | Line::TooLong(line) | Line::Unfinished(line)) = line;
        match self.lines.send(line.to_vec()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    // Dropping the sender closes the channel, which means that there are no more lines.
    fn ended(self, _at: Instant, _end: ChildEnd) {}
}

/// The end of standard error, once the program has ended.
fn last_words(mut stderr: ChildStderr) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; COMPLAINT];
    while let Ok(read) = stderr.read(&mut buffer)
        && read > 0
    {
        kept.extend_from_slice(&buffer[..read]);
        kept.drain(..kept.len().saturating_sub(COMPLAINT));
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// `text` without what acts on a terminal and so may hide or forge lines: escape sequences, control characters and
/// marks that turn the direction of writing.
fn printable(text: &str) -> String {
    let text = strip_str(text).to_string();
    text.chars().filter(|&letter| is_shown(letter)).collect()
}

fn is_shown(letter: char) -> bool {
    let turns = matches!(
        letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    !letter.is_control() && !turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_left_out_and_words_stay() {
        for (said, shown) in [
            ("MemoryError: no more", "MemoryError: no more"),
            ("内存不足 – ça va", "内存不足 – ça va"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}after", "after"),
            ("fine\r\u{1b}[2Kforged", "fineforged"),
            ("one\u{8}\u{7f}\u{9b}2Jtwo\0", "one2Jtwo"),
            ("file\u{202e}txt.exe", "filetxt.exe"),
        ] {
            assert_eq!(printable(said), shown, "{said:?}");
        }
    }
}
