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

use super::wire::{Button, Order, Report, Sign, VERSION};
use crate::lab::error::{RunError, SpawnKind};
use crate::lab::supervised_child::{ChildEnd, Line, Listener, SupervisedChild, this_program};
use crate::lab::wire::write_line;

/// Bytes of a line from a twin.
const LONGEST_REPORT: usize = 1 << 12;

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
    /// It was killed from outside this program: by a desktop that took it for dead, or by hand.
    Killed(String),
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
        let (mut child, pipes) = SupervisedChild::spawn(&mut command, None).map_err(refused)?;
        let stdin = Arc::new(Mutex::new(pipes.stdin));
        let (tx, heard) = unbounded();
        let reader = Reader {
            stdin: Arc::clone(&stdin),
            tx,
            clock: Clock::default(),
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
        write(&self.stdin, &Order::Seconds { seconds });
    }

    /// Clicks a button in its window, through the window's own queue of events. Returns the click's number.
    pub fn click(&mut self, button: Button) -> u64 {
        self.clicks += 1;
        let number = self.clicks;
        write(&self.stdin, &Order::Click { number, button });
        number
    }
}

/// The pipe of a twin that is gone is broken; its reader tells.
fn write(stdin: &Mutex<ChildStdin>, order: &Order) {
    let mut stdin = stdin.lock().unwrap_or_else(PoisonError::into_inner);
    drop(write_line(&mut *stdin, order));
}

/// How often a twin is asked for its clock: the quickest answer is the one that counts, and on a busy
/// machine any one of them may be late.
const QUESTIONS: u32 = 10;

/// How a twin's clock lies on ours.
#[derive(Default)]
struct Clock {
    asked: Option<Instant>,
    questions: u32,
    /// When the twin's clock was started, on ours, and how exactly that is known.
    started: Option<(Instant, Duration)>,
}

impl Clock {
    /// The twin looked at its clock somewhere between our question and now; the middle is at most half
    /// the round trip off. Returns what is known after this answer, if it was asked for.
    fn place(&mut self, now: Instant, theirs: Duration) -> Option<(Instant, Duration)> {
        let error = now.saturating_duration_since(self.asked.take()?) / 2;
        if self.started.is_none_or(|(_, best)| error < best) {
            let started = (now - error).checked_sub(theirs)?;
            self.started = Some((started, error));
        }
        self.started
    }

    /// A moment on the twin's clock; it can't be later than `now`, when we heard of it.
    fn on_ours(&self, theirs: Duration, now: Instant) -> Instant {
        self.started
            .and_then(|(started, _)| started.checked_add(theirs))
            .map_or(now, |at| at.min(now))
    }
}

struct Reader {
    stdin: Arc<Mutex<ChildStdin>>,
    tx: Sender<Heard>,
    clock: Clock,
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
                .and_then(|report| self.take(report, now)),
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
        self.clock.questions += 1;
        self.clock.asked = Some(Instant::now());
        write(&self.stdin, &Order::Clock);
    }

    fn take(&mut self, report: Report, now: Instant) -> Result<Option<Heard>, String> {
        Ok(match report {
            Report::Ready { version: VERSION } => {
                self.ask_clock();
                None
            }
            Report::Ready { version } => return Err(format!("version {version} of the protocol")),
            Report::Clock { nanos } => {
                let placed = self.clock.place(now, Duration::from_nanos(nanos));
                let (started, error) = placed.ok_or("a clock that nobody asked for")?;
                if self.clock.questions < QUESTIONS {
                    self.ask_clock();
                }
                Some(Heard::ClockPlaced { started, error })
            }
            // Until its clock is known, nobody could say when that was.
            Report::Sign { .. } if self.clock.started.is_none() => None,
            Report::Sign { at, sign } => {
                let at = self.clock.on_ours(Duration::from_nanos(at), now);
                Some(Heard::Sign(at, sign))
            }
        })
    }
}

fn ended(status: ExitStatus) -> End {
    #[cfg(unix)]
    if std::os::unix::process::ExitStatusExt::signal(&status).is_some() {
        return End::Killed(status.to_string());
    }
    match status.success() {
        true => End::Closed,
        false => End::Failed(status.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_placed_in_the_middle_of_question_and_answer() {
        let asked = Instant::now() + Duration::from_secs(100);
        let after = |millis| asked + Duration::from_millis(millis);
        let millis = Duration::from_millis;
        let mut clock = Clock {
            asked: Some(asked),
            ..Clock::default()
        };
        let started = after(4) - millis(1000);
        assert_eq!(
            clock.place(after(8), millis(1000)),
            Some((started, millis(4)))
        );
        assert_eq!(clock.on_ours(millis(1010), after(20)), after(14));
        assert_eq!(clock.on_ours(millis(1010), after(9)), after(9));
        assert_eq!(clock.place(after(9), millis(1)), None);
        // A later answer counts only if it was quicker.
        clock.asked = Some(after(100));
        assert_eq!(
            clock.place(after(110), millis(1)),
            Some((started, millis(4)))
        );
        clock.asked = Some(after(200));
        let better = after(201) - millis(1190);
        assert_eq!(
            clock.place(after(202), millis(1190)),
            Some((better, millis(1)))
        );
    }
}
