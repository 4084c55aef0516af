//! Listens to one worker process: checks what it says, puts its times on our clock, passes its events
//! on to the run's log and its answers to the job.

use std::io::{BufRead, BufReader, Read};
use std::process::ChildStdout;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crossbeam_channel::Sender;

use super::event::{Event, EventKind, Step, TrackId};
use super::track::Sink;
use super::wire::{Report, VERSION, nanos};
use super::worker::Answer;

/// What was heard from a worker.
pub(super) enum Heard {
    Ready,
    ClockPlaced,
    Answer(Answer),
    Failed(String),
    Gone,
}

/// Bytes of a line from a worker. Longer ones are cut, and then they make no sense: a program that
/// prints without end must not fill the memory.
const LONGEST_REPORT: u64 = 1 << 20;

/// Listens to one worker process on a thread of its own.
pub(super) struct Reader {
    pub(super) index: usize,
    pub(super) track: TrackId,
    pub(super) steps: &'static [Step],
    pub(super) sink: Sink,
    pub(super) origin: std::time::Instant,
    /// When the worker was asked for its clock, on ours.
    pub(super) asked_clock_at: Arc<AtomicU64>,
    /// Our clock minus the worker's, in nanoseconds, once known.
    pub(super) offset: Option<i128>,
    pub(super) heard: Sender<(usize, Heard)>,
}

impl Reader {
    /// Reads until the worker's output ends or stops making sense.
    pub(super) fn read(mut self, stdout: ChildStdout) {
        let mut lines = BufReader::new(stdout);
        let mut line = Vec::new();
        loop {
            line.clear();
            // Bytes rather than text, so that a line that is not even text is told from the end.
            match lines
                .by_ref()
                .take(LONGEST_REPORT)
                .read_until(b'\n', &mut line)
            {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
            let heard = serde_json::from_slice(&line)
                .map_err(|error| format!("a line that is not in the protocol: {error}"))
                .and_then(|report| self.take(report));
            match heard {
                Ok(None) => {}
                Ok(Some(heard)) => self.tell(heard),
                Err(message) => {
                    self.tell(Heard::Failed(message));
                    break;
                }
            }
        }
        self.tell(Heard::Gone);
    }

    /// The job may have gone already, and then nobody needs to know.
    fn tell(&self, heard: Heard) {
        drop(self.heard.send((self.index, heard)));
    }

    fn take(&mut self, report: Report) -> Result<Option<Heard>, String> {
        Ok(match report {
            Report::Ready { version: VERSION } => Some(Heard::Ready),
            Report::Ready { version } => {
                return Err(format!(
                    "it speaks version {version} of the protocol, this program version {VERSION}"
                ));
            }
            Report::Clock { nanos } => {
                self.place_clock(nanos);
                Some(Heard::ClockPlaced)
            }
            Report::Event(event) => {
                let at = self.on_our_clock(event.at());
                let kind = event.kind(self.steps)?;
                self.sink.send(Event {
                    at,
                    track: self.track,
                    kind,
                });
                None
            }
            Report::Acknowledged { part } => Some(Heard::Answer(Answer::Acknowledged { part })),
            Report::Result { part, value } => Some(Heard::Answer(Answer::Result { part, value })),
            Report::Failed { message } => return Err(message),
        })
    }

    /// The worker looked at its clock somewhere between our question and now; the middle is at most
    /// half the round trip off. (Cristian, "Probabilistic clock synchronization", 1989.)
    fn place_clock(&mut self, theirs: u64) {
        let now = self.origin.elapsed();
        let asked = Duration::from_nanos(self.asked_clock_at.load(Ordering::Acquire));
        let error = now.saturating_sub(asked) / 2;
        self.offset = Some(i128::from(nanos(asked + error)) - i128::from(theirs));
        self.sink.send(Event {
            at: now,
            track: self.track,
            kind: EventKind::ClockPlaced { error },
        });
    }

    fn on_our_clock(&self, theirs: Duration) -> Duration {
        match self.offset {
            Some(offset) => {
                let ours = i128::from(nanos(theirs)) + offset;
                Duration::from_nanos(u64::try_from(ours).unwrap_or(0)).min(self.origin.elapsed())
            }
            None => self.origin.elapsed(),
        }
    }
}
