//! A twin seen from the process that watches it: started, listened to on a thread of its own, asked to
//! click, and never left behind.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::wire::{Button, Order, Report, Sign, VERSION};
use crate::lab::children::{Children, Life, lock, own_process_group};
use crate::lab::error::RunError;
use crate::lab::reaper;
use crate::lab::wire::write_line;

/// A twin that was started. Dropping it ends it: killed, and waited for by its reader, which is left to
/// the reaper.
pub struct Twin {
    pid: u32,
    child: Arc<Mutex<Life>>,
    stdin: Arc<Mutex<ChildStdin>>,
    heard: Receiver<Heard>,
    reader: Option<JoinHandle<()>>,
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
    /// It was killed: by a desktop that took it for dead, or by hand.
    Killed(String),
    /// It could not go on, or said what makes no sense.
    Failed(String),
}

impl Twin {
    /// Starts `program` with `args` and listens to it. `name`: of the thread that listens, 15 bytes at most.
    pub fn start(program: &Path, args: &[OsString], name: &str) -> Result<Self, RunError> {
        let refused = |error: io::Error| RunError::spawn("worker process", &error);
        let mut command = Command::new(program);
        command.args(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        own_process_group(&mut command);
        let mut child = command.spawn().map_err(refused)?;
        let pid = child.id();
        let pipes = child.stdin.take().zip(child.stdout.take());
        let child = Children::default().enlist(child);
        let started =
            pipes
                .ok_or_else(|| io::Error::other("no pipes"))
                .and_then(|(stdin, stdout)| {
                    let stdin = Arc::new(Mutex::new(stdin));
                    let (tx, heard) = unbounded();
                    let reader = Reader {
                        child: Arc::clone(&child),
                        stdin: Arc::clone(&stdin),
                        tx,
                        clock: Clock::default(),
                    };
                    let thread = std::thread::Builder::new()
                        .name(name.to_owned())
                        .spawn(move || reader.read(stdout))?;
                    Ok((stdin, heard, thread))
                });
        match started {
            Ok((stdin, heard, thread)) => Ok(Self {
                pid,
                child,
                stdin,
                heard,
                reader: Some(thread),
                clicks: 0,
            }),
            Err(error) => {
                let mut life = lock(&child);
                life.kill();
                drop(life.wait());
                Err(refused(error))
            }
        }
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.pid
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

impl Drop for Twin {
    fn drop(&mut self) {
        lock(&self.child).kill();
        if let Some(reader) = self.reader.take() {
            reaper::adopt(reader);
        }
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
    child: Arc<Mutex<Life>>,
    stdin: Arc<Mutex<ChildStdin>>,
    tx: Sender<Heard>,
    clock: Clock,
}

impl Reader {
    /// Reads until the twin's output ends or stops making sense, and waits for its end.
    fn read(mut self, stdout: ChildStdout) {
        let (mut closing, mut nonsense) = (false, None);
        for line in BufReader::new(stdout).lines() {
            let Ok(line) = line else { break };
            let now = Instant::now();
            let heard = serde_json::from_str(&line)
                .map_err(|error| error.to_string())
                .and_then(|report| self.take(report, now));
            match heard {
                Ok(heard) => {
                    closing |= matches!(heard, Some(Heard::Sign(_, Sign::Closing)));
                    // Whoever watched may have gone already, and then nobody needs to know.
                    heard
                        .into_iter()
                        .for_each(|heard| drop(self.tx.send(heard)));
                }
                Err(message) => {
                    nonsense = Some(message);
                    break;
                }
            }
        }
        let at = Instant::now();
        let status = {
            let mut life = lock(&self.child);
            // It may only have closed its pipe. One that is already dying keeps the status it is dying with.
            life.kill();
            life.wait()
        };
        let end = match (nonsense, status) {
            (Some(message), _) => End::Failed(message),
            (None, _) if closing => End::Closed,
            (None, Ok(status)) => ended(status),
            (None, Err(error)) => End::Failed(error.to_string()),
        };
        drop(self.tx.send(Heard::Gone(at, end)));
    }

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
