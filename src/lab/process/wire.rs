//! The protocol between the process that shows a run and its worker processes: one JSON object a line, requests on
//! the worker's standard input, responses on its standard output. A task's line may be followed by numbers, eight
//! bytes each, least significant first.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::{Mutex, PoisonError};
use std::thread::Builder;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::lab::run::error::RunError;
use crate::lab::trace::event::{
    Event, EventKind, State, Step, TrackId, TrackInfo, TrackKind, TrackName,
};

/// Raised whenever a line changes its meaning; both ends must agree.
pub(crate) const VERSION: u32 = 3;

/// A request to the worker.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Request {
    /// Send your clock at once: where processes share none, the handshake that places its times on ours.
    Clock,
    /// Work. `numbers` numbers follow the line.
    Task {
        part: u64,
        task: serde_json::Value,
        numbers: u64,
    },
    /// A message to the task that is being worked on.
    Message { value: serde_json::Value },
}

/// A response of the worker.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Response {
    Ready {
        version: u32,
        /// How exactly the worker knows its origin, in nanoseconds; none if it counts from its own start.
        #[serde(default)]
        clock_error: Option<u64>,
    },
    Clock {
        nanos: u64,
    },
    Event(WireEvent),
    Acknowledged {
        part: u64,
    },
    /// A message of the task to its job.
    Message {
        value: serde_json::Value,
    },
    Result {
        part: u64,
        value: serde_json::Value,
    },
    Failed {
        error: RunError,
    },
    /// So many events did not fit into the worker's tracks.
    Dropped {
        events: u64,
    },
}

/// An [`Event`] on the worker's own clock. Track 0 is the process itself; further ones open before their first event.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct WireEvent {
    at: u64,
    #[serde(default)]
    pub(crate) track: u32,
    kind: WireKind,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireKind {
    Opened {
        noun: String,
        number: Option<u32>,
        os_id: Option<u32>,
    },
    Begun {
        state: State,
        step: String,
    },
    Ended {
        state: Option<State>,
        cpu: Option<u64>,
    },
    Instant {
        step: String,
        value: Option<i64>,
    },
    Progress {
        done: u64,
        total: u64,
    },
}

/// The track of a worker process itself, which exists before it says anything.
pub(crate) const PROCESS_TRACK: TrackId = TrackId(0);

/// The nouns that further tracks of a worker process may have.
const NOUNS: [&str; 2] = ["thread", "task"];

/// A worker waits at the failpoint of a test.
pub const HELD: Step = Step("held");

impl WireEvent {
    /// The form in which `event` crosses the wire; `None` for the opening of the process's own track and for a run's
    /// end, which the other side reports itself.
    fn of(event: &Event) -> Option<Self> {
        let kind = match &event.kind {
            EventKind::TrackOpened(info) if event.track != PROCESS_TRACK => WireKind::Opened {
                noun: info.name.noun.to_owned(),
                number: info.name.number,
                os_id: info.os_id,
            },
            EventKind::SpanBegun { state, step } => WireKind::Begun {
                state: *state,
                step: step.name().to_owned(),
            },
            EventKind::SpanEnded { state, cpu } => WireKind::Ended {
                state: *state,
                cpu: cpu.map(nanos),
            },
            EventKind::Instant { step, value } => WireKind::Instant {
                step: step.name().to_owned(),
                value: *value,
            },
            EventKind::Progress { done, total } => WireKind::Progress {
                done: *done,
                total: *total,
            },
            EventKind::TrackOpened(_)
            | EventKind::Point(_)
            | EventKind::ClockPlaced { .. }
            | EventKind::TrackLost
            | EventKind::Finished(_) => return None,
        };
        Some(Self {
            at: nanos(event.at),
            track: event.track.0,
            kind,
        })
    }

    /// Time on the worker's clock.
    pub(crate) fn at(&self) -> Duration {
        Duration::from_nanos(self.at)
    }

    /// The event's kind, or the name of a step that the demo does not have. A track that opens belongs
    /// to the process `pid`.
    pub(crate) fn kind(self, steps: &[Step], pid: u32) -> Result<EventKind, String> {
        let known = |name: String| {
            steps
                .iter()
                .chain([&HELD])
                .find(|step| step.name() == name)
                .copied()
                .ok_or_else(|| format!("unknown step `{name}`"))
        };
        Ok(match self.kind {
            WireKind::Opened {
                noun,
                number,
                os_id,
            } => EventKind::TrackOpened(Box::new(TrackInfo {
                name: TrackName {
                    noun: NOUNS
                        .into_iter()
                        .find(|known| *known == noun)
                        .ok_or_else(|| format!("unknown kind of track `{noun}`"))?,
                    number,
                },
                kind: TrackKind::Thread,
                pid,
                os_id,
                clock_error: Duration::ZERO,
            })),
            WireKind::Begun { state, step } => EventKind::SpanBegun {
                state,
                step: known(step)?,
            },
            WireKind::Ended { state, cpu } => EventKind::SpanEnded {
                state,
                cpu: cpu.map(Duration::from_nanos),
            },
            WireKind::Instant { step, value } => EventKind::Instant {
                step: known(step)?,
                value,
            },
            WireKind::Progress { done, total } => EventKind::Progress { done, total },
        })
    }
}

/// Nanoseconds since a run began; 584 years fit.
pub(crate) fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// The worker's end: writes whole lines, one at a time.
pub(crate) struct WireWriter {
    out: Mutex<io::Stdout>,
}

impl WireWriter {
    pub(crate) fn stdout() -> Self {
        Self {
            out: Mutex::new(io::stdout()),
        }
    }

    pub(crate) fn event(&self, event: &Event) {
        if let Some(event) = WireEvent::of(event) {
            self.send(&Response::Event(event));
        }
    }

    /// Many events, written in one piece: lines as always, but one system call.
    pub(crate) fn events(&self, events: &[Event]) {
        let mut lines = Vec::new();
        for event in events.iter().filter_map(WireEvent::of) {
            // An event is numbers and known words: there is nothing in it that JSON could not say.
            drop(serde_json::to_writer(&mut lines, &Response::Event(event)));
            lines.push(b'\n');
        }
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        drop(out.write_all(&lines).and_then(|()| out.flush()));
    }

    /// Errors are ignored: they mean that the other process is gone, and then this one ends because its standard
    /// input has closed.
    pub(crate) fn send(&self, response: &Response) {
        self.send_now(|| response);
    }

    /// Sends a response that is made under the lock: times that it holds are then in the order of the lines,
    /// whichever thread sends.
    pub(crate) fn send_now<R: Serialize>(&self, response: impl FnOnce() -> R) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        drop(write_line(&mut *out, &response()));
    }
}

/// Writes one object and its line end, and pushes it out.
pub(crate) fn write_line(out: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    out.write_all(&line)?;
    out.flush()
}

/// Takes in the objects that come on standard input, on a thread of this name. It ends the process with its standard
/// input, or with a line that says nothing: the process that started this one has gone, and the window of this one may
/// be frozen. The exit code is for a person who starts it by hand.
pub(crate) fn listen_to_stdin<T: DeserializeOwned>(
    thread: &str,
    take: impl FnMut(T) + Send + 'static,
) -> io::Result<()> {
    let listening = Builder::new().name(thread.to_owned()).spawn(move || {
        let ended = read_lines(BufReader::new(io::stdin()), take);
        std::process::exit(i32::from(ended.is_err()));
    });
    listening.map(drop)
}

/// Reads objects, one a line, up to the end or to a line that is none.
fn read_lines<T: DeserializeOwned>(input: impl BufRead, mut take: impl FnMut(T)) -> io::Result<()> {
    for line in input.lines() {
        take(serde_json::from_str(&line?)?);
    }
    Ok(())
}

/// Numbers that are encoded or decoded at a time: 64 KiB, what a pipe holds on Linux.
const CHUNK: usize = 8 * 1024;

/// Writes `numbers`, eight bytes each, least significant first.
pub(crate) fn write_numbers(
    out: &mut impl Write,
    numbers: impl Iterator<Item = u64>,
) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(CHUNK * 8);
    for number in numbers {
        bytes.extend_from_slice(&number.to_le_bytes());
        if bytes.len() == CHUNK * 8 {
            out.write_all(&bytes)?;
            bytes.clear();
        }
    }
    out.write_all(&bytes)?;
    out.flush()
}

/// Reads `count` numbers as [`write_numbers`] wrote them.
pub(crate) fn read_numbers(input: &mut impl Read, count: u64) -> io::Result<Vec<u64>> {
    let count = usize::try_from(count).map_err(io::Error::other)?;
    let mut numbers = Vec::new();
    numbers.try_reserve_exact(count).map_err(io::Error::other)?;
    let mut bytes = vec![0; CHUNK * 8];
    while numbers.len() < count {
        let chunk = &mut bytes[..8 * CHUNK.min(count - numbers.len())];
        input.read_exact(chunk)?;
        numbers.extend(
            chunk
                .chunks_exact(8)
                .filter_map(|eight| eight.try_into().ok())
                .map(u64::from_le_bytes),
        );
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back_as_they_were(numbers in prop::collection::vec(any::<u64>(), 0..20_000)) {
            let mut bytes = Vec::new();
            write_numbers(&mut bytes, numbers.iter().copied()).unwrap();
            prop_assert_eq!(bytes.len(), numbers.len() * 8);
            prop_assert_eq!(read_numbers(&mut bytes.as_slice(), numbers.len() as u64).unwrap(), numbers);
        }
    }

    #[test]
    fn a_line_that_says_nothing_ends_the_reading() {
        let mut read = Vec::new();
        let ended = read_lines(&b"1\n2\nnonsense\n3\n"[..], |number: u32| read.push(number));
        assert!(ended.is_err());
        assert_eq!(read, [1, 2]);
    }

    #[test]
    fn too_few_numbers_are_an_error() {
        assert!(read_numbers(&mut [0u8; 15].as_slice(), 2).is_err());
        assert!(read_numbers(&mut [0u8; 0].as_slice(), u64::MAX).is_err());
    }

    #[test]
    fn a_step_that_the_demo_does_not_have_is_refused() {
        let line = r#"{"event":{"at":5,"kind":{"instant":{"step":"rm","value":null}}}}"#;
        let Response::Event(event) = serde_json::from_str(line).unwrap() else {
            panic!("not an event")
        };
        assert_eq!(
            event.kind(&[Step("read")], 1),
            Err("unknown step `rm`".to_owned())
        );
    }
}

#[cfg(test)]
#[path = "wire_event_tests.rs"]
mod event_tests;
