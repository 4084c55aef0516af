//! Child processes: worker processes, external programs, and twins. Each has a process group and a reader thread of
//! its own, and may be killed from any thread.

mod guard;
mod os;
mod output;
#[cfg(unix)]
mod watchdog;

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use crate::lab::run::thread_reaper;
pub use guard::{ChildEnd, processes_alive};
pub(crate) use guard::{ChildGuard, Children};
#[cfg(unix)]
pub use os::is_ignored;
pub use os::take_name;
pub(crate) use os::this_program;
use output::Output;
#[cfg(unix)]
pub use watchdog::watch;

/// Nothing to watch over: the system kills a child together with this program.
#[cfg(not(unix))]
pub fn watch() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}

/// How long a reader is waited for when its child has ended: a process that left the child's group may hold the
/// output open.
const READER_ENDS: Duration = Duration::from_millis(200);

/// A child process. Dropping it kills it at once; its reader, left to the thread reaper, waits for its end.
pub(crate) struct SupervisedChild {
    guard: Arc<ChildGuard>,
    reader: Option<JoinHandle<()>>,
}

/// The pipes of a child process that has just been started.
pub(crate) struct Pipes {
    pub(crate) stdin: ChildStdin,
    pub(crate) stdout: ChildStdout,
    /// If the command asked for one.
    pub(crate) stderr: Option<ChildStderr>,
}

/// A piece of a child's output, at most as long as a line may be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'output> {
    /// With its line end.
    Whole(&'output [u8]),
    /// The beginning of a line that is too long: a program that prints without end must not fill the memory.
    TooLong(&'output [u8]),
    /// The output ended in the middle of it.
    Unfinished(&'output [u8]),
}

/// Receives a child's output, on the reader's thread.
pub(crate) trait Listener: Send + 'static {
    /// Called first.
    fn begin(&mut self) {}
    /// A line of the output. After [`ControlFlow::Break`] the child is killed and nothing more is read.
    fn line(&mut self, line: Line<'_>) -> ControlFlow<()>;
    /// The output came to an end at `at`, and then the child did.
    fn ended(self, at: Instant, end: ChildEnd);
}

impl SupervisedChild {
    /// Starts `command` with pipes at its standard input and output. `children` may kill it from then on.
    pub(crate) fn spawn(
        command: &mut Command,
        children: Option<&Children>,
    ) -> io::Result<(Self, Pipes)> {
        os::own_group(command);
        Self::start(command, children, ChildGuard::new)
    }

    /// Like [`spawn`](Self::spawn), for a program that does not end with its standard input: a watchdog, started from
    /// this program's file, kills it and all that it has started when this process is gone.
    #[cfg(unix)]
    pub(crate) fn spawn_watched(
        command: &mut Command,
        children: Option<&Children>,
        program: &Path,
    ) -> io::Result<(Self, Pipes)> {
        let watchdog = watchdog::Watchdog::start(program)?;
        watchdog.watch_over(command);
        Self::start(command, children, |child| {
            ChildGuard::watched(child, watchdog)
        })
    }

    /// No watchdog: the system closes the last handle of the child's job then, which kills it.
    #[cfg(not(unix))]
    pub(crate) fn spawn_watched(
        command: &mut Command,
        children: Option<&Children>,
        _program: &Path,
    ) -> io::Result<(Self, Pipes)> {
        Self::spawn(command, children)
    }

    fn start(
        command: &mut Command,
        children: Option<&Children>,
        guarded: impl FnOnce(Child) -> ChildGuard,
    ) -> io::Result<(Self, Pipes)> {
        #[cfg(unix)]
        os::keep_ended();
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let guard = Arc::new(guarded(child));
        if let Some(children) = children {
            children.register(&guard);
        }
        // From here on every error drops this, and with it the child.
        let child = Self {
            guard,
            reader: None,
        };
        match pipes {
            (Some(stdin), Some(stdout), stderr) => Ok((
                child,
                Pipes {
                    stdin,
                    stdout,
                    stderr,
                },
            )),
            _ => Err(io::Error::other("no pipes")),
        }
    }

    /// Reads `stdout` line by line on a thread called `thread`. A line has at most `longest` bytes.
    pub(crate) fn listen(
        &mut self,
        thread: String,
        stdout: ChildStdout,
        longest: usize,
        listener: impl Listener,
    ) -> io::Result<()> {
        let output = Output::new(stdout, Arc::clone(&self.guard));
        let reader = Builder::new()
            .name(thread)
            .spawn(move || read(output, longest, listener))?;
        self.reader = Some(reader);
        Ok(())
    }

    /// The process id. Once the child has ended it may be another process's.
    pub(crate) fn pid(&self) -> u32 {
        self.guard.pid()
    }

    /// Kills the child and all that it has started, because it is not needed any more. Returns at once.
    pub(crate) fn kill(&self) {
        self.guard.kill();
    }

    /// Waits for its end.
    pub(crate) fn wait(&self) -> ChildEnd {
        self.guard.wait()
    }

    /// The end of a child that has closed a pipe, see [`ChildGuard::wait_after_closed_pipe`].
    pub(crate) fn wait_after_closed_pipe(&self) -> ChildEnd {
        self.guard.wait_after_closed_pipe()
    }

    /// Kills it, waits for its end and, for a moment, for that of its reader.
    pub(crate) fn end(&mut self) -> ChildEnd {
        self.kill();
        let end = self.wait();
        if let Some(reader) = self.reader.take() {
            thread_reaper::join_within(reader, READER_ENDS);
        }
        end
    }
}

impl Drop for SupervisedChild {
    fn drop(&mut self) {
        self.kill();
        match self.reader.take() {
            Some(reader) => thread_reaper::adopt(reader),
            // The system gave no thread. The wait is short: the child has been killed.
            None => drop(self.wait()),
        }
    }
}

/// The reader's thread.
fn read(output: Output, longest: usize, mut listener: impl Listener) {
    listener.begin();
    let guard = output.guard();
    let mut output = BufReader::new(output);
    let mut buffer = Vec::new();
    let flow = loop {
        let Some(line) = read_line(&mut output, longest, &mut buffer) else {
            break ControlFlow::Continue(());
        };
        let flow = listener.line(line);
        if flow.is_break() {
            break flow;
        }
    };
    let at = Instant::now();
    drop(output);
    let end = match flow {
        ControlFlow::Continue(()) => guard.wait_after_closed_pipe(),
        ControlFlow::Break(()) => {
            guard.kill();
            guard.wait()
        }
    };
    listener.ended(at, end);
}

/// Reads a line of at most `longest` bytes; `None` at the end of the output. Bytes rather than text: a line that is
/// not text is no end.
fn read_line<'buffer>(
    output: &mut impl BufRead,
    longest: usize,
    buffer: &'buffer mut Vec<u8>,
) -> Option<Line<'buffer>> {
    buffer.clear();
    let limit = u64::try_from(longest).unwrap_or(u64::MAX);
    let read = output.by_ref().take(limit).read_until(b'\n', buffer);
    match read {
        Ok(0) | Err(_) => None,
        Ok(_) if buffer.last() == Some(&b'\n') => Some(Line::Whole(buffer)),
        Ok(read) if read < longest => Some(Line::Unfinished(buffer)),
        Ok(_) => Some(Line::TooLong(buffer)),
    }
}

#[cfg(test)]
mod tests;
