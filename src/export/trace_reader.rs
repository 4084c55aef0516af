//! Reads the runs of a trace back, as they were when they ended. A file may come from anywhere: it is read event by
//! event, is refused if it is too large, and can bring no names but known ones.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::time::Duration;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::known::{Fault, Known};
use super::stored::{RUN, RunHead, StoredRun, StoredTrack, TRACK};
use crate::lab::demo::Demo;
use crate::lab::trace::event::State;
use crate::lab::trace::log::restored::{OutOfOrder, RestoredLog, StoredSpan};
use crate::lab::trace::log::{LoggedInstant, RunLog};
use crate::lab::trace::record::Record;

/// The largest file that is read. A class's day is a hundredth of it.
const LARGEST: u64 = 256 << 20;

/// The most runs that are read of one file.
const MOST_RUNS: usize = 1_000;

/// A finished run: what pictures, graphs and sentences are made of.
#[derive(Clone, Debug)]
pub struct RecordedRun {
    /// Its outcome and measures.
    pub record: Record,
    /// Its events.
    pub log: RunLog,
}

/// Why the runs of a file can't be had.
#[derive(Debug)]
pub enum TraceError {
    /// The system can't read it.
    Unreadable(io::Error),
    /// It is larger than this many bytes.
    TooLarge(u64),
    /// It has more runs than this.
    TooMany(usize),
    /// It is no trace.
    NoTrace(serde_json::Error),
    /// It is a trace without a run of this program.
    NoRuns,
    /// Something is wrong with one of its runs.
    Broken {
        /// The run, counted from 1; 0 before the first.
        run: usize,
        /// What is wrong.
        fault: Fault,
    },
}

/// The runs in the trace at `path`, in their order. `find` knows all demos.
pub fn read_file(
    path: &Path,
    find: impl Fn(&str) -> Option<Box<dyn Demo>>,
) -> Result<Vec<RecordedRun>, TraceError> {
    let file = File::open(path).map_err(TraceError::Unreadable)?;
    let found = file.metadata().map_err(TraceError::Unreadable)?;
    if found.len() > LARGEST {
        return Err(TraceError::TooLarge(LARGEST));
    }
    // It may grow meanwhile, or be none that has a size.
    read(BufReader::new(file.take(LARGEST)), find)
}

/// The runs in a trace, in their order. `find` knows all demos.
pub fn read(
    trace: impl Read,
    find: impl Fn(&str) -> Option<Box<dyn Demo>>,
) -> Result<Vec<RecordedRun>, TraceError> {
    let mut reader = Reader {
        find: &find,
        runs: Vec::new(),
        current: None,
        failure: None,
    };
    let mut json = serde_json::Deserializer::from_reader(trace);
    let read = Trace(&mut reader).deserialize(&mut json);
    let read = read.and_then(|()| json.end());
    if let Some(failure) = reader.failure {
        return Err(failure);
    }
    read.map_err(|error| match error.is_io() {
        true => TraceError::Unreadable(error.into()),
        false => TraceError::NoTrace(error),
    })?;
    reader.end_run()?;
    match reader.runs.is_empty() {
        true => Err(TraceError::NoRuns),
        false => Ok(reader.runs),
    }
}

/// The runs that were read so far.
struct Reader<'find> {
    find: &'find dyn Fn(&str) -> Option<Box<dyn Demo>>,
    runs: Vec<RecordedRun>,
    current: Option<OpenRun>,
    failure: Option<TraceError>,
}

/// The run whose events are being read.
struct OpenRun {
    head: RunHead,
    begun: Duration,
    known: Known,
    log: RestoredLog,
    tracks: usize,
}

/// An event of a trace, with those of its fields that are read.
#[derive(Deserialize)]
struct ReadEvent {
    ph: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    cat: String,
    /// Microseconds.
    #[serde(default)]
    ts: f64,
    #[serde(default)]
    dur: f64,
    #[serde(default)]
    s: String,
    #[serde(default)]
    total: u64,
    args: Option<Box<RawValue>>,
}

/// The arguments of a span.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SpanArgs {
    cpu_seconds: Option<f64>,
    begun_as: Option<State>,
    depth: u8,
    unfinished: bool,
}

/// The arguments of an instant.
#[derive(Default, Deserialize)]
#[serde(default)]
struct InstantArgs {
    value: Option<i64>,
}

/// The arguments of progress.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ProgressArgs {
    done: u64,
}

impl ReadEvent {
    fn args<T: for<'json> Deserialize<'json> + Default>(&self) -> Result<T, Fault> {
        self.args.as_ref().map_or_else(
            || Ok(T::default()),
            |args| {
                serde_json::from_str(args.get()).map_err(|error| Fault::Field(error.to_string()))
            },
        )
    }

    /// The arguments of an event of ours, which has some.
    fn stored<T: for<'json> Deserialize<'json>>(&self) -> Result<T, Fault> {
        let args = self.args.as_ref().map_or("null", |args| args.get());
        serde_json::from_str(args).map_err(|error| Fault::Field(error.to_string()))
    }

    fn at(&self) -> Duration {
        nanos(self.ts * 1e3)
    }
}

/// Whole nanoseconds, as they were before they were written in larger units. What is no time becomes zero.
fn nanos(figure: f64) -> Duration {
    Duration::from_nanos(figure.round() as u64)
}

impl OpenRun {
    fn at(&self, event: &ReadEvent) -> Duration {
        event.at().saturating_sub(self.begun)
    }

    fn open_track(&mut self, stored: StoredTrack) -> Result<(), Fault> {
        let (info, opened, lost) = stored.read(self.known)?;
        self.tracks += 1;
        in_order(self.log.track(info, opened, lost))
    }

    /// Takes an event of the latest track.
    fn take(&mut self, event: ReadEvent) -> Result<(), Fault> {
        let at = self.at(&event);
        let taken = match event.ph.as_str() {
            "X" => {
                let args: SpanArgs = event.args()?;
                let mut states = State::ALL.into_iter();
                let state = states.find(|state| state.name() == event.cat);
                let state = state.ok_or_else(|| Fault::Field(event.cat.clone()))?;
                let end = at + nanos(event.dur * 1e3);
                self.log.span(StoredSpan {
                    begin: at,
                    end: (!args.unfinished).then_some(end),
                    state,
                    begun_as: args.begun_as.unwrap_or(state),
                    step: self.known.step(event.name)?,
                    depth: args.depth,
                    cpu: args.cpu_seconds.map(|seconds| nanos(seconds * 1e9)),
                })
            }
            // A point is of the run, which has it already.
            "i" if event.s == "p" => Ok(()),
            "i" => {
                let InstantArgs { value } = event.args()?;
                let step = self.known.step(event.name)?;
                self.log.instant(LoggedInstant { at, step, value })
            }
            "C" => {
                let ProgressArgs { done } = event.args()?;
                self.log.progress(at, done, event.total)
            }
            _ => Ok(()),
        };
        in_order(taken)
    }

    fn end(self) -> Result<RecordedRun, Fault> {
        let RunHead {
            record,
            points,
            finished,
            totals,
        } = self.head;
        if self.tracks != record.tracks {
            return Err(Fault::Tracks);
        }
        let log = self.log.finish(points, finished, totals);
        let log = log.map_err(|OutOfOrder| Fault::Order)?;
        Ok(RecordedRun { record, log })
    }
}

fn in_order(taken: Result<(), OutOfOrder>) -> Result<(), Fault> {
    taken.map_err(|OutOfOrder| Fault::Order)
}

impl Reader<'_> {
    fn take(&mut self, event: ReadEvent) -> Result<(), TraceError> {
        let is_ours = event.ph == "M" && event.name == RUN;
        if is_ours {
            self.end_run()?;
            if self.runs.len() == MOST_RUNS {
                return Err(TraceError::TooMany(MOST_RUNS));
            }
        }
        self.follow(event, is_ours)
            .map_err(|fault| self.broken(fault))
    }

    fn follow(&mut self, event: ReadEvent, begins_run: bool) -> Result<(), Fault> {
        if begins_run {
            self.current = Some(self.open_run(event.stored()?)?);
            return Ok(());
        }
        let is_track = event.ph == "M" && event.name == TRACK;
        match &mut self.current {
            Some(run) if is_track => run.open_track(event.stored()?),
            Some(run) => run.take(event),
            None if is_track => Err(Fault::Stray),
            // An event of another program.
            None => Ok(()),
        }
    }

    fn open_run(&self, stored: StoredRun) -> Result<OpenRun, Fault> {
        let mut demo = stored.demo(self.find)?;
        let (begun, known) = (stored.begun.into(), Known(demo.spec()));
        Ok(OpenRun {
            head: stored.read(demo.as_mut(), known)?,
            begun,
            known,
            log: RestoredLog::default(),
            tracks: 0,
        })
    }

    /// Adds the run whose events have all been read.
    fn end_run(&mut self) -> Result<(), TraceError> {
        let ended = self.current.take().map(OpenRun::end).transpose();
        let ended = ended.map_err(|fault| self.broken(fault))?;
        self.runs.extend(ended);
        Ok(())
    }

    fn broken(&self, fault: Fault) -> TraceError {
        let run = self.runs.len() + 1;
        TraceError::Broken { run, fault }
    }
}

/// The whole file.
struct Trace<'a, 'find>(&'a mut Reader<'find>);

impl<'de> DeserializeSeed<'de> for Trace<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Trace<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("traceEvents")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<String>()? {
            if name == "traceEvents" {
                fields.next_value_seed(Events(self.0))?;
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Its events.
struct Events<'a, 'find>(&'a mut Reader<'find>);

impl<'de> DeserializeSeed<'de> for Events<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Events<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("traceEvents")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut events: A) -> Result<(), A::Error> {
        while let Some(event) = events.next_element()? {
            if let Err(failure) = self.0.take(event) {
                self.0.failure = Some(failure);
                // Only that there is one counts here.
                return Err(A::Error::custom(""));
            }
        }
        Ok(())
    }
}
