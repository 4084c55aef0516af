//! The process of a twin, for the one that watches it: started, read on a thread of its own, sent clicks, and killed
//! when it is dropped.

use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{ChildStdin, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::protocol::{Button, Request, Response, Sign, VERSION};
use crate::lab::process::clock::{Placed, RemoteClock};
use crate::lab::process::supervised_child::{
    ChildEnd, Line, Listener, SupervisedChild, this_program,
};
use crate::lab::process::wire::write_line;
use crate::lab::run::error::{RunError, SpawnKind};

/// Bytes of a line from a twin.
const LONGEST_REPORT: usize = 1 << 12;

/// Most messages that may wait until the window takes them in, which it does in each frame: those of half an hour. A
/// twin that sends without end must not fill the memory.
const MOST_WAITING: usize = 1 << 17;

/// A twin that was started. Dropping it kills it, at once.
pub struct TwinProcess {
    child: SupervisedChild,
    stdin: Arc<Mutex<ChildStdin>>,
    messages: Receiver<Message>,
    clicks: u64,
}

/// A message from a twin's process.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Its clock was placed on ours.
    ClockPlaced {
        /// When it was started.
        started: Instant,
        /// The uncertainty of that time: half the round trip of the question.
        error: Duration,
    },
    /// A sign of life, and when it was given, on our clock.
    Sign(Instant, Sign),
    /// It has ended. Always the last message.
    Gone(Instant, End),
}

/// How a twin ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Its window was closed.
    Closed,
    /// A signal of this number, which this program did not send, ended it: the desktop took it for dead, a person
    /// killed it, or a driver crashed.
    Signal(i32),
    /// It could not go on, or broke the protocol.
    Failed(String),
}

impl TwinProcess {
    /// Starts `program` with `args` and listens to it. `name`: of the thread that listens, 15 bytes at most.
    pub fn start(program: &Path, args: &[OsString], name: &str) -> Result<Self, RunError> {
        let refused =
            |error: io::Error| RunError::spawn_program(SpawnKind::WorkerProcess, program, &error);
        let mut command = this_program(program);
        command.args(args);
        let (clock, origin) = RemoteClock::counting_from(Instant::now());
        if let Some(origin) = origin {
            command.arg("--origin").arg(origin.to_string());
        }
        let (mut child, pipes) = SupervisedChild::spawn(&mut command, None).map_err(refused)?;
        let stdin = Arc::new(Mutex::new(pipes.stdin));
        let (tx, messages) = unbounded();
        let reader = Reader {
            stdin: Arc::clone(&stdin),
            tx,
            clock,
            protocol_error: None,
            is_closing: false,
        };
        child
            .listen(name.to_owned(), pipes.stdout, LONGEST_REPORT, reader)
            .map_err(refused)?;
        Ok(Self {
            child,
            stdin,
            messages,
            clicks: 0,
        })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.pid()
    }

    /// All messages since the last call.
    pub fn drain(&self) -> impl Iterator<Item = Message> {
        self.messages.try_iter()
    }

    /// Waits for the next message; `None` if none came within `timeout`.
    pub fn wait(&self, timeout: Duration) -> Option<Message> {
        self.messages.recv_timeout(timeout).ok()
    }

    /// How long its downloads to come will take.
    pub fn set_seconds(&self, seconds: f64) {
        write(&self.stdin, &Request::Seconds { seconds });
    }

    /// Clicks a button in its window, through the window's own queue of events. Returns the click's number.
    pub fn click(&mut self, button: Button) -> u64 {
        self.clicks += 1;
        let number = self.clicks;
        write(&self.stdin, &Request::Click { number, button });
        number
    }
}

/// Writes a request. An error is ignored: the pipe of a twin that has ended is broken, and its reader reports the end.
fn write(stdin: &Mutex<ChildStdin>, request: &Request) {
    let mut stdin = stdin.lock().unwrap_or_else(PoisonError::into_inner);
    drop(write_line(&mut *stdin, request));
}

struct Reader {
    stdin: Arc<Mutex<ChildStdin>>,
    tx: Sender<Message>,
    clock: RemoteClock,
    /// The line that broke the protocol, as an error message.
    protocol_error: Option<String>,
    /// It has reported that its window is being closed.
    is_closing: bool,
}

impl Listener for Reader {
    fn line(&mut self, line: Line<'_>) -> ControlFlow<()> {
        let now = Instant::now();
        let message = match line {
            Line::Whole(line) | Line::TooLong(line) => serde_json::from_slice(line)
                .map_err(|error| error.to_string())
                .and_then(|report| self.take(report, now))
                .and_then(|message| match self.tx.len() < MOST_WAITING {
                    true => Ok(message),
                    false => Err("it says more than is heard".to_owned()),
                }),
            // It ended in the middle of a line.
            Line::Unfinished(_) => Ok(None),
        };
        match message {
            Ok(message) => {
                self.is_closing |= matches!(message, Some(Message::Sign(_, Sign::Closing)));
                // The receiver may have been dropped already, and then the message is not needed.
                message
                    .into_iter()
                    .for_each(|message| drop(self.tx.send(message)));
                ControlFlow::Continue(())
            }
            Err(message) => {
                self.protocol_error = Some(message);
                ControlFlow::Break(())
            }
        }
    }

    fn ended(self, at: Instant, end: ChildEnd) {
        let end = match (self.protocol_error, end) {
            (Some(message), _) => End::Failed(message),
            (None, _) if self.is_closing => End::Closed,
            (None, ChildEnd::Status(status)) => ended(status),
            (None, ChildEnd::KilledByProgram | ChildEnd::KilledByUser) => End::Closed,
            (None, ChildEnd::ClosedPipe) => End::Failed("it closed its output".to_owned()),
            (None, ChildEnd::Unknown(error)) => End::Failed(error),
        };
        drop(self.tx.send(Message::Gone(at, end)));
    }
}

impl Reader {
    fn ask_clock(&mut self) {
        self.clock.ask(Instant::now());
        write(&self.stdin, &Request::Clock);
    }

    fn take(&mut self, report: Response, now: Instant) -> Result<Option<Message>, String> {
        Ok(match report {
            Response::Ready {
                version: VERSION,
                clock_error,
            } => {
                let error = clock_error.map(Duration::from_nanos);
                let placed = error.and_then(|error| self.clock.place_shared(error));
                if placed.is_none() {
                    self.ask_clock();
                }
                placed.map(clock_placed)
            }
            Response::Ready { version, .. } => {
                return Err(format!("version {version} of the protocol"));
            }
            Response::Clock { nanos } => {
                let placed = self.clock.answer(now, Duration::from_nanos(nanos));
                let placed = placed.ok_or("a clock that nobody asked for")?;
                if self.clock.asks_again() {
                    self.ask_clock();
                }
                Some(clock_placed(placed))
            }
            // Without its clock the time of the sign is unknown.
            Response::Sign { at, sign } => self.clock.placed().map(|placed| {
                let at = placed.on_ours(Duration::from_nanos(at), now);
                Message::Sign(at, sign)
            }),
        })
    }
}

fn clock_placed(Placed { started, error }: Placed) -> Message {
    Message::ClockPlaced { started, error }
}

fn ended(status: ExitStatus) -> End {
    #[cfg(unix)]
    if let Some(number) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return End::Signal(number);
    }
    match status.success() {
        true => End::Closed,
        false => End::Failed(status.to_string()),
    }
}
