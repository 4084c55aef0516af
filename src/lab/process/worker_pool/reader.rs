//! The reader of one worker process: checks its responses, places its times on our clock, passes its events on to the
//! run's log and its answers to the job.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;

use crate::lab::process::clock::{Placed, RemoteClock};
use crate::lab::process::supervised_child::{ChildEnd, Line, Listener};
use crate::lab::process::wire::{Response, VERSION, WireEvent};
use crate::lab::run::error::RunError;
use crate::lab::trace::event::{Event, EventKind, Step, TrackId, TrackInfo};
use crate::lab::trace::track::Sink;

/// An answer of a worker to its job.
#[derive(Debug)]
pub enum Answer {
    /// The part and its data have arrived there.
    Acknowledged {
        /// The part.
        part: u64,
    },
    /// A message of the task, before it was done.
    Message {
        /// In the demo's own terms.
        value: serde_json::Value,
    },
    /// The part is done.
    Result {
        /// The part.
        part: u64,
        /// The result, in a form that the demo defines.
        value: serde_json::Value,
    },
    /// The process was killed, or ended by itself. Always its last answer, and sent once. Parts that it has not
    /// answered are lost; [`loss`](super::WorkerPool::loss) says why.
    Gone,
}

/// A message from a worker to its job.
pub(super) enum Message {
    Ready,
    ClockPlaced,
    Answer(Answer),
    /// The error that it sent, or what is wrong with its response.
    Failed(RunError),
    /// Always the last.
    Gone(ChildEnd),
}

/// Bytes of a line from a worker.
pub(super) const LONGEST_RESPONSE: usize = 1 << 20;

/// Tracks that a worker may open: several times as many as any demo opens in one.
const MOST_TRACKS: usize = 1024;

/// Bytes of messages that may wait for the job, roughly. A job receives at once, unless it waits for a worker that
/// reads nothing.
const MOST_WAITING: usize = 16 << 20;
/// Bytes that each of these takes beside its line.
const OVERHEAD: usize = 64;

/// Listens to one worker process on a thread of its own.
pub(super) struct Reader {
    pub(super) index: usize,
    pub(super) pid: u32,
    /// The process's own track.
    pub(super) track: TrackId,
    /// Where the run's next track gets its number from.
    pub(super) next_track: Arc<AtomicU32>,
    /// Where the run counts events that did not fit.
    pub(super) dropped: Arc<AtomicU64>,
    /// The run's tracks for the process's threads, by their number there.
    pub(super) threads: HashMap<u32, TrackId>,
    pub(super) steps: &'static [Step],
    pub(super) sink: Sink,
    pub(super) origin: Instant,
    pub(super) clock: Arc<Mutex<RemoteClock>>,
    /// The placing of the worker's clock so far.
    pub(super) placed: Option<Placed>,
    pub(super) messages: Sender<(usize, Message)>,
}

impl Listener for Reader {
    fn line(&mut self, line: Line<'_>) -> ControlFlow<()> {
        let message = match line {
            Line::Whole(line) | Line::TooLong(line) => serde_json::from_slice(line)
                .map_err(|error| format!("a line that is not in the protocol: {error}"))
                .and_then(|response| self.take(response))
                .and_then(|message| self.bounded(message, line.len()))
                .map_err(|message| RunError::WorkerFailed {
                    pid: self.pid,
                    message,
                }),
            // It was killed in the middle of a line.
            Line::Unfinished(_) => Ok(None),
        };
        match message {
            Ok(None) => ControlFlow::Continue(()),
            Ok(Some(Message::Failed(error))) | Err(error) => {
                self.send(Message::Failed(error));
                ControlFlow::Break(())
            }
            Ok(Some(message)) => {
                self.send(message);
                ControlFlow::Continue(())
            }
        }
    }

    fn ended(self, _at: Instant, end: ChildEnd) {
        if end != ChildEnd::KilledByProgram {
            // Reported here rather than by the job, which may be busy handing over tasks to others.
            self.sink.send(Event {
                at: self.origin.elapsed(),
                track: self.track,
                kind: EventKind::TrackLost,
            });
        }
        self.send(Message::Gone(end));
    }
}

impl Reader {
    /// Fails only if the job has gone.
    fn send(&self, message: Message) {
        drop(self.messages.send((self.index, message)));
    }

    /// Refuses what comes while too much waits: a worker that talks without end must not fill the memory.
    fn bounded(&self, message: Option<Message>, bytes: usize) -> Result<Option<Message>, String> {
        let waiting = self.messages.len().saturating_mul(bytes + OVERHEAD);
        if waiting > MOST_WAITING {
            return Err("it says more than is heard".to_owned());
        }
        Ok(message)
    }

    fn take(&mut self, response: Response) -> Result<Option<Message>, String> {
        Ok(match response {
            Response::Ready {
                version: VERSION,
                clock_error,
            } => {
                if let Some(error) = clock_error.map(Duration::from_nanos) {
                    self.place_clock(|clock| clock.place_shared(error))?;
                }
                Some(Message::Ready)
            }
            Response::Ready { version, .. } => {
                return Err(format!(
                    "it speaks version {version} of the protocol, this program version {VERSION}"
                ));
            }
            Response::Clock { nanos } => {
                let now = Instant::now();
                self.place_clock(|clock| clock.answer(now, Duration::from_nanos(nanos)))?;
                Some(Message::ClockPlaced)
            }
            Response::Event(event) => {
                self.pass_on(event)?;
                None
            }
            Response::Message { value } => Some(Message::Answer(Answer::Message { value })),
            Response::Acknowledged { part } => Some(Message::Answer(Answer::Acknowledged { part })),
            Response::Result { part, value } => {
                Some(Message::Answer(Answer::Result { part, value }))
            }
            Response::Failed { error } => Some(Message::Failed(error)),
            Response::Dropped { events } => {
                self.dropped.fetch_add(events, Ordering::Relaxed);
                None
            }
        })
    }

    fn pass_on(&mut self, event: WireEvent) -> Result<(), String> {
        let (at, theirs) = (self.on_our_clock(event.at()), event.track);
        let kind = event.kind(self.steps, self.pid)?;
        if let EventKind::TrackOpened(info) = kind {
            // The spans of one lane must not end on another.
            if theirs == 0 || self.threads.contains_key(&theirs) {
                return Err(format!("track {theirs} opens twice"));
            }
            if self.threads.len() >= MOST_TRACKS {
                return Err(format!("it opens more than {MOST_TRACKS} tracks"));
            }
            let id = TrackId(self.next_track.fetch_add(1, Ordering::Relaxed));
            self.threads.insert(theirs, id);
            let kind = EventKind::TrackOpened(Box::new(TrackInfo {
                clock_error: self.placed.map_or(Duration::ZERO, |placed| placed.error),
                ..*info
            }));
            self.sink.send(Event {
                at,
                track: id,
                kind,
            });
            return Ok(());
        }
        let track = match theirs {
            0 => self.track,
            theirs => *self
                .threads
                .get(&theirs)
                .ok_or_else(|| format!("track {theirs} tells before it opens"))?,
        };
        self.sink.send(Event { at, track, kind });
        Ok(())
    }

    fn place_clock(
        &mut self,
        place: impl FnOnce(&mut RemoteClock) -> Option<Placed>,
    ) -> Result<(), String> {
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        let placed = place(&mut clock).ok_or("a clock that nobody asked for")?;
        drop(clock);
        self.placed = Some(placed);
        self.sink.send(Event {
            at: self.origin.elapsed(),
            track: self.track,
            kind: EventKind::ClockPlaced {
                error: placed.error,
            },
        });
        Ok(())
    }

    fn on_our_clock(&self, theirs: Duration) -> Duration {
        let now = Instant::now();
        let at = self
            .placed
            .map_or(now, |placed| placed.on_ours(theirs, now));
        at.saturating_duration_since(self.origin)
    }
}
