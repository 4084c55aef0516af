//! Programs of other makers, such as an interpreter that is handed a script: started, listened to
//! with a time limit, and never left behind.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{Builder, JoinHandle, sleep};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, after, bounded, never, select};

use super::cancel::Cancelled;
use super::children::{Life, lock, own_process_group};
use super::error::RunError;
use super::event::{Event, EventKind, TrackId, TrackInfo, TrackKind, TrackName};
use super::reaper;
use super::run::RunCtx;
use super::track::Track;

/// Bytes of a line. Longer ones are cut, and then they make no sense: a program that prints without
/// end must not fill the memory.
const LONGEST_LINE: u64 = 1 << 16;
/// Lines that wait to be heard; after that the program waits.
const LINES_AHEAD: usize = 64;
/// Bytes kept of the end of what a program complains.
const COMPLAINT: usize = 4096;
/// Characters of its last line that are quoted.
const LAST_WORDS: usize = 200;
/// How long a program's complaint is waited for when the program has ended. It is whole when the last
/// process that could add to it has ended too, and a process that left the program's group may live on.
const COMPLAINT_COMES: Duration = Duration::from_millis(500);
/// How long each listening thread is waited for when the program has ended, for the same reason.
const LISTENER_ENDS: Duration = Duration::from_millis(200);
/// Between two looks at whether it has.
const A_MOMENT: Duration = Duration::from_millis(1);

/// A program at work for a run. Dropping it kills the program and all of its process group, and waits
/// for it; a process that left the group is not waited for, even if it holds the program's pipes.
pub struct Foreign<'run> {
    ctx: &'run RunCtx,
    program: String,
    pid: u32,
    /// The process's own lane, and what it is called.
    lane: Option<(TrackId, TrackName)>,
    child: Arc<Mutex<Life>>,
    lines: Receiver<Vec<u8>>,
    complaint: Receiver<String>,
    listeners: Vec<JoinHandle<()>>,
}

impl<'run> Foreign<'run> {
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
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(Stdio::piped());
        own_process_group(&mut command);
        let name = program.display().to_string();
        let mut child = command.spawn().map_err(|error| RunError::Program {
            program: name.clone(),
            reason: error.to_string(),
        })?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (line, lines) = bounded(LINES_AHEAD);
        let (last, complaint) = bounded(1);
        // From here on whatever goes wrong drops this, and with it the program.
        let mut foreign = Self {
            ctx,
            program: name,
            pid: child.id(),
            lane: None,
            child: ctx.children.enlist(child),
            lines,
            complaint,
            listeners: Vec::new(),
        };
        ctx.cores.receive(foreign.pid);
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(foreign.broke("it has no standard input or output"));
        };
        let no_thread = |error: io::Error| RunError::spawn("thread", &error);
        let listening = Builder::new()
            .name("hear-program".to_owned())
            .spawn(move || {
                hand_over(stdin, script);
                listen(stdout, &line);
            });
        foreign.listeners.push(listening.map_err(no_thread)?);
        let complaining = Builder::new()
            .name("hear-errors".to_owned())
            // Nobody may want to know.
            .spawn(move || drop(last.send(last_words(stderr))));
        foreign.listeners.push(complaining.map_err(no_thread)?);
        Ok(foreign)
    }

    /// The program's process id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Opens a lane for the program's process (`os_id` is its pid then) or for one of its threads. What is
    /// reported there happened when it was heard of here.
    pub fn track(&mut self, name: TrackName, kind: TrackKind, os_id: Option<u32>) -> Track {
        let track = self.ctx.open(TrackInfo {
            name,
            kind,
            pid: self.pid,
            os_id,
            clock_error: Duration::ZERO,
        });
        if kind == TrackKind::Process {
            self.lane = Some((track.id(), name));
        }
        track
    }

    /// The next line that the program prints, with its line end; `None` when there will be none. One that
    /// says nothing for `limit` has failed.
    pub fn hear(&mut self, limit: Duration) -> Result<Option<Vec<u8>>, RunError> {
        select! {
            recv(self.lines) -> line => {
                // A cancel kills the program, and its silence may come to be known first.
                self.ctx.check_cancel()?;
                Ok(line.ok())
            }
            recv(self.ctx.cancel.receiver()) -> _ => Err(Cancelled.into()),
            recv(after(limit)) -> _ => {
                Err(self.broke(&format!("it said nothing for {} s", limit.as_secs_f64())))
            }
        }
    }

    /// The error for a program that failed for `reason`; ends it.
    pub fn broke(&mut self, reason: &str) -> RunError {
        drop(self.end());
        self.error(reason.to_owned())
    }

    /// The error for a program that ended before its work was done.
    pub fn ended_early(&mut self) -> RunError {
        let how = self.end();
        let how = how.map_or_else(|error| error.to_string(), |status| status.to_string());
        self.error(format!("it ended before its work was done ({how})"))
    }

    /// With what code the program ended, if it did so by itself: for one that says no more.
    pub fn exit_code(&mut self) -> Option<i32> {
        self.end().ok()?.code()
    }

    /// It may only have closed its standard output. Killing it makes sure that waiting takes no time; one
    /// that is already dying keeps the status it is dying with.
    fn end(&mut self) -> io::Result<ExitStatus> {
        let mut child = lock(&self.child);
        child.kill();
        child.wait()
    }

    /// With the last line of what the program complained itself.
    fn error(&mut self, reason: String) -> RunError {
        if let Some((track, process)) = self.lane {
            self.ctx.sink.send(Event {
                at: self.ctx.now(),
                track,
                kind: EventKind::TrackLost,
            });
            if lock(&self.child).was_felled() {
                let pid = self.pid;
                return RunError::Killed { process, pid };
            }
        }
        let complaint = self.complaint.recv_timeout(COMPLAINT_COMES);
        let complaint = complaint.unwrap_or_default();
        let last = complaint
            .lines()
            .map(str::trim)
            .rfind(|line| !line.is_empty())
            .map(|line| line.chars().take(LAST_WORDS).collect::<String>());
        RunError::Program {
            program: self.program.clone(),
            reason: match last {
                Some(last) => format!("{reason}: {last}"),
                None => reason,
            },
        }
    }
}

impl Drop for Foreign<'_> {
    fn drop(&mut self) {
        drop(self.end());
        // A listener that waits for room for one more line must learn that nobody hears it.
        self.lines = never();
        for listener in self.listeners.drain(..) {
            part_with(listener);
        }
    }
}

/// Joins a listener, or leaves that to the reaper: it hears the end of a pipe only when nobody holds the
/// other end any more.
fn part_with(listener: JoinHandle<()>) {
    let until = Instant::now() + LISTENER_ENDS;
    while !listener.is_finished() && Instant::now() < until {
        sleep(A_MOMENT);
    }
    if listener.is_finished() {
        drop(listener.join());
    } else {
        reaper::adopt(listener);
    }
}

/// A program that does not want all of its script has ended or will say why itself.
fn hand_over(mut stdin: ChildStdin, script: &[u8]) {
    drop(stdin.write_all(script));
}

/// Passes lines on until there are no more, or nobody wants them.
fn listen(stdout: ChildStdout, lines: &Sender<Vec<u8>>) {
    let mut stdout = BufReader::new(stdout);
    loop {
        // Bytes rather than text, so that a line that is not even text is told from the end.
        let mut line = Vec::new();
        let read = stdout
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line);
        match read {
            Ok(0) | Err(_) => return,
            Ok(_) if lines.send(line).is_err() => return,
            Ok(_) => {}
        }
    }
}

/// The end of all that the program complains, when it has ended.
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
