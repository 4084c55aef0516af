//! The process of the teacher's window, for the window that presents: started, told pages and read on threads of their
//! own, and killed when it is dropped.

use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ChildStdin;
use std::thread::Builder;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::page::Page;
use super::protocol::{Response, VERSION};
use crate::lab::process::supervised_child::{
    ChildEnd, Line, Listener, SupervisedChild, this_program,
};
use crate::lab::process::wire::write_line;
use crate::lab::run::error::{RunError, SpawnKind};
use crate::lab::run::thread_reaper;

/// Bytes of a line from the teacher's window.
const LONGEST_LINE: usize = 1 << 12;

/// Most messages that may wait until the presenting window takes them in: far more than presses during its longest
/// freeze. A process that sends without end must not fill the memory.
const MOST_WAITING: usize = 1 << 12;

/// The process of the teacher's window. Dropping it kills it, at once.
pub(super) struct NotesProcess {
    pages: Sender<Page>,
    messages: Receiver<Message>,
    _child: SupervisedChild,
}

/// A message from the teacher's window.
#[derive(Debug, PartialEq)]
pub(super) enum Message {
    /// A line of its own.
    Said(Response),
    /// It has ended. Always the last message.
    Gone(End),
}

/// How the process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Its window was closed.
    Closed,
    /// It crashed, was killed, or broke the protocol.
    Failed,
}

impl NotesProcess {
    /// Starts `program` with `args`. `wake` is called when a message waits for [`drain`](Self::drain).
    pub(super) fn start(
        program: &Path,
        args: &[OsString],
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, RunError> {
        let refused =
            |error: io::Error| RunError::spawn_program(SpawnKind::WorkerProcess, program, &error);
        let mut command = this_program(program);
        command.args(args);
        let (mut child, pipes) = SupervisedChild::spawn(&mut command, None).map_err(refused)?;
        let (tx, messages) = unbounded();
        let reader = Reader {
            tx,
            wake,
            is_ready: false,
            is_closing: false,
            failed: false,
        };
        child
            .listen("read-notes".to_owned(), pipes.stdout, LONGEST_LINE, reader)
            .map_err(refused)?;
        let (pages, told) = unbounded();
        let stdin = pipes.stdin;
        let teller = Builder::new()
            .name("tell-notes".to_owned())
            .spawn(move || tell(stdin, &told))
            .map_err(refused)?;
        // It ends with the process, whose pipe breaks, or with the sender of the pages.
        thread_reaper::adopt(teller);
        Ok(Self {
            pages,
            messages,
            _child: child,
        })
    }

    /// Tells it to show this page.
    pub(super) fn show(&self, page: Page) {
        // A teller that has ended leaves it to the reader to report why.
        drop(self.pages.send(page));
    }

    /// All messages since the last call.
    pub(super) fn drain(&self) -> impl Iterator<Item = Message> {
        self.messages.try_iter()
    }

    #[cfg(test)]
    fn wait(&self) -> Option<Message> {
        let patience = std::time::Duration::from_secs(30);
        self.messages.recv_timeout(patience).ok()
    }
}

/// Writes pages, each at once. A thread does it, because a process that does not read would otherwise hold up the
/// window that presents.
fn tell(mut stdin: ChildStdin, pages: &Receiver<Page>) {
    while let Ok(page) = pages.recv() {
        // Of several pages only the latest matters.
        let page = pages.try_iter().last().unwrap_or(page);
        if write_line(&mut stdin, &page).is_err() {
            return;
        }
    }
}

struct Reader<Wake> {
    tx: Sender<Message>,
    wake: Wake,
    is_ready: bool,
    is_closing: bool,
    /// Whether a line broke the protocol.
    failed: bool,
}

impl<Wake: Fn() + Send + 'static> Listener for Reader<Wake> {
    fn line(&mut self, line: Line<'_>) -> ControlFlow<()> {
        let said = match line {
            Line::Whole(line) | Line::TooLong(line) => serde_json::from_slice(line).ok(),
            // It ended in the middle of a line.
            Line::Unfinished(_) => return ControlFlow::Continue(()),
        };
        match said {
            Some(Response::Ready { version: VERSION }) => self.is_ready = true,
            Some(said) if self.is_ready && self.tx.len() < MOST_WAITING => {
                self.is_closing |= said == Response::Closing;
                self.send(Message::Said(said));
            }
            _ => {
                self.failed = true;
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }

    fn ended(self, _at: Instant, end: ChildEnd) {
        let end = match end {
            _ if self.failed => End::Failed,
            _ if self.is_closing => End::Closed,
            ChildEnd::KilledByProgram | ChildEnd::KilledByUser => End::Closed,
            ChildEnd::Status(status) if status.success() => End::Closed,
            ChildEnd::Status(_) | ChildEnd::ClosedPipe | ChildEnd::Unknown(_) => End::Failed,
        };
        self.send(Message::Gone(end));
    }
}

impl<Wake: Fn()> Reader<Wake> {
    fn send(&self, message: Message) {
        // The receiver may have been dropped already, and then the message is not needed.
        drop(self.tx.send(message));
        (self.wake)();
    }
}

#[cfg(all(test, unix))]
#[path = "process_tests.rs"]
mod tests;
