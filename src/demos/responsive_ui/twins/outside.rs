//! A twin seen from the process that watches it: started, listened to on a thread of its own, asked to
//! click, and never left behind.

use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{ChildStdin, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::wire::{Button, Request, Response, Sign, VERSION};
use crate::lab::machine::clock::{Placed, RemoteClock};
use crate::lab::process::supervised_child::{
    ChildEnd, Line, Listener, SupervisedChild, this_program,
};
use crate::lab::process::wire::write_line;
use crate::lab::run::error::{RunError, SpawnKind};

/// Bytes of a line from a twin.
const LONGEST_REPORT: usize = 1 << 12;

/// Signs that may wait until the window takes them in, as it does with each picture: those of half an hour. A twin that talks
/// without end must not fill the memory.
const MOST_UNHEARD: usize = 1 << 17;

/// A twin that was started. Dropping it kills it, at once.
pub struct Twin {
    child: SupervisedChild,
    stdin: Arc<Mutex<ChildStdin>>,
    heard: Receiver<Heard>,
    clicks: u64,
}

/// What was heard from a twin.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// Its clock was placed on ours.
    ClockPlaced {
        /// When it was started.
        started: Instant,
        /// How exactly that is known: half the round trip of the question.
        error: Duration,
    },
    /// A sign of life, and when it was given, on our clock.
    Sign(Instant, Sign),
    /// It is no more. Always the last.
    Gone(Instant, End),
}

/// How a twin ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Somebody closed its window.
    Closed,
    /// By the signal of this number, which this program did not send: a desktop that took it for dead, somebody, or a
    /// mistake in a driver.
    Signal(i32),
    /// It could not go on, or said what makes no sense.
    Failed(String),
}

impl Twin {
    /// Starts `program` with `args` and listens to it. `name`: of the thread that listens, 15 bytes at most.
    pub fn start(program: &Path, args: &[OsString], name: &str) -> Result<Self, RunError> {
        let refused =
            |error: io::Error| RunError::spawn_program(SpawnKind::WorkerProcess, program, &error);
        let mut command = this_program(program);
        command.args(args);
        let (clock, told) = RemoteClock::counting_from(Instant::now());
        if let Some(origin) = told {
            command.arg("--origin").arg(origin.to_string());
        }
        let (mut child, pipes) = SupervisedChild::spawn(&mut command, None).map_err(refused)?;
        let stdin = Arc::new(Mutex::new(pipes.stdin));
        let (tx, heard) = unbounded();
        let reader = Reader {
            stdin: Arc::clone(&stdin),
            tx,
            clock,
            nonsense: None,
            is_closing: false,
        };
        child
            .listen(name.to_owned(), pipes.stdout, LONGEST_REPORT, reader)
            .map_err(refused)?;
        Ok(Self {
            child,
            stdin,
            heard,
            clicks: 0,
        })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.pid()
    }

    /// All that was heard since the last call.
    pub fn drain(&self) -> impl Iterator<Item = Heard> {
        self.heard.try_iter()
    }

    /// Waits for the next thing heard; `None` if nothing was within `timeout`.
    pub fn wait(&self, timeout: Duration) -> Option<Heard> {
        self.heard.recv_timeout(timeout).ok()
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

/// The pipe of a twin that is gone is broken; its reader tells.
fn write(stdin: &Mutex<ChildStdin>, order: &Request) {
    let mut stdin = stdin.lock().unwrap_or_else(PoisonError::into_inner);
    drop(write_line(&mut *stdin, order));
}

struct Reader {
    stdin: Arc<Mutex<ChildStdin>>,
    tx: Sender<Heard>,
    clock: RemoteClock,
    /// What it said at last, if that made no sense.
    nonsense: Option<String>,
    /// It said that somebody closes its window.
    is_closing: bool,
}

impl Listener for Reader {
    fn line(&mut self, line: Line<'_>) -> ControlFlow<()> {
        let now = Instant::now();
        let heard = match line {
            Line::Whole(line) | Line::TooLong(line) => serde_json::from_slice(line)
                .map_err(|error| error.to_string())
                .and_then(|report| self.take(report, now))
                .and_then(|heard| match self.tx.len() < MOST_UNHEARD {
                    true => Ok(heard),
                    false => Err("it says more than is heard".to_owned()),
                }),
            // It ended in the middle of a line.
            Line::Unfinished(_) => Ok(None),
        };
        match heard {
            Ok(heard) => {
                self.is_closing |= matches!(heard, Some(Heard::Sign(_, Sign::Closing)));
                // Whoever watched may have gone already, and then nobody needs to know.
                heard
                    .into_iter()
                    .for_each(|heard| drop(self.tx.send(heard)));
                ControlFlow::Continue(())
            }
            Err(message) => {
                self.nonsense = Some(message);
                ControlFlow::Break(())
            }
        }
    }

    fn ended(self, at: Instant, end: ChildEnd) {
        let end = match (self.nonsense, end) {
            (Some(message), _) => End::Failed(message),
            (None, _) if self.is_closing => End::Closed,
            (None, ChildEnd::Status(status)) => ended(status),
            (None, ChildEnd::KilledByProgram | ChildEnd::KilledByUser) => End::Closed,
            (None, ChildEnd::ClosedPipe) => End::Failed("it closed its output".to_owned()),
            (None, ChildEnd::Unknown(error)) => End::Failed(error),
        };
        drop(self.tx.send(Heard::Gone(at, end)));
    }
}

impl Reader {
    fn ask_clock(&mut self) {
        self.clock.ask(Instant::now());
        write(&self.stdin, &Request::Clock);
    }

    fn take(&mut self, report: Response, now: Instant) -> Result<Option<Heard>, String> {
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
                placed.map(heard)
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
                Some(heard(placed))
            }
            // Until its clock is known, nobody could say when that was.
            Response::Sign { at, sign } => self.clock.placed().map(|placed| {
                let at = placed.on_ours(Duration::from_nanos(at), now);
                Heard::Sign(at, sign)
            }),
        })
    }
}

fn heard(Placed { started, error }: Placed) -> Heard {
    Heard::ClockPlaced { started, error }
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
