//! Runs as a trace: JSON of the Trace Event Format, which <https://ui.perfetto.dev> and `chrome://tracing` open.
//!
//! - **A process per process id.** All numbers are the system's own. The runs of one call share this
//!   program's process; a worker process is one of its own.
//! - **A thread per track**, numbered as the system numbers it. Coroutines share their thread's number,
//!   and a system gives a number again once its thread has ended: further tracks of the same number,
//!   and those whose number is not known, are numbered from [`UNREAL`] on, where no thread is.
//! - **One axis of time.** Zero is the start of the first run, and further runs lie where they were,
//!   one after the other; `#2` in a track's name is the second run of the call.
//! - **A span** is a complete event, named by its step, with its state as category. One that was still
//!   open when its run ended ends there. An instant and a sweep's point carry their figures, progress
//!   is a counter.
//! - **A history.** Metadata events of our own, which other programs leave out, say the rest: before the tracks of a run
//!   its record, before the events of a track the track. With them `trace_reader` reads all runs back.

use std::collections::HashSet;
use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::json::object;
use super::stored::{RUN, StoredRun, StoredTrack, TRACK};
use crate::lab::run::RunInfo;
use crate::lab::trace::event::TrackKind;
use crate::lab::trace::log::{LoggedSpan, RunLog, TrackLog};
use crate::lab::trace::record::Record;

/// The first number for tracks whose own is not known. Linux numbers its threads below 2^22, and other systems are not
/// asked.
pub const UNREAL: u32 = 10_000_000;

/// The beginning of a trace.
pub const OPENING: &[u8] = b"{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
/// The end of a trace; the events of further runs come before it.
pub const CLOSING: &[u8] = b"\n]}\n";

/// The events of a trace, run by run: what lies between [`OPENING`] and [`CLOSING`].
#[derive(Default)]
pub struct TraceEvents {
    any: bool,
    runs: u32,
    lanes: u32,
    pids: HashSet<u32>,
    tids: HashSet<u32>,
}

/// An event as the format has it.
#[derive(Default, Serialize)]
struct TraceEvent<'a> {
    name: &'a str,
    ph: &'static str,
    pid: u32,
    tid: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    cat: Option<&'static str>,
    /// Microseconds, as all times of the format.
    #[serde(skip_serializing_if = "Option::is_none")]
    ts: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dur: Option<f64>,
    /// How far an instant is drawn: across its thread or its process.
    #[serde(skip_serializing_if = "Option::is_none")]
    s: Option<&'static str>,
    /// What progress leads to. It is no argument, for those of a counter are drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    #[serde(skip_serializing_if = "Value::is_null")]
    args: Value,
}

/// The process and the thread of a track in the trace.
struct Lane {
    pid: u32,
    tid: u32,
    name: String,
}

impl Lane {
    /// The lane of a run without tracks.
    fn of_no_track() -> Self {
        Self {
            pid: std::process::id(),
            tid: UNREAL,
            name: String::new(),
        }
    }

    fn event<'a>(&self, ph: &'static str, name: &'a str) -> TraceEvent<'a> {
        let &Lane { pid, tid, .. } = self;
        TraceEvent {
            name,
            ph,
            pid,
            tid,
            ..TraceEvent::default()
        }
    }
}

impl TraceEvents {
    /// Writes a finished run, which began `begun` after the first one.
    pub fn write_run(
        &mut self,
        out: &mut impl Write,
        record: &Record,
        begun: Duration,
        log: &RunLog,
    ) -> io::Result<()> {
        self.runs += 1;
        let info = &record.info;
        let run = format!("{} #{}", info.variant, self.runs);
        let mut stored = Some(serde_json::to_value(StoredRun::of(record, begun, log)?)?);
        for (index, track) in log.tracks().iter().enumerate() {
            let lane = self.open_lane(out, info, track, &run)?;
            if let Some(run) = stored.take() {
                self.describe(out, &lane, RUN, run)?;
            }
            self.describe(
                out,
                &lane,
                TRACK,
                serde_json::to_value(StoredTrack::of(track))?,
            )?;
            self.write_track(out, &lane, track, begun, log.end())?;
            if index == 0 {
                self.write_points(out, &lane, begun, log)?;
            }
        }
        match stored {
            // A run that could not even begin.
            Some(run) => self.describe(out, &Lane::of_no_track(), RUN, run),
            None => Ok(()),
        }
    }

    /// Gives the track a number, and names it and its process.
    fn open_lane(
        &mut self,
        out: &mut impl Write,
        run: &RunInfo,
        track: &TrackLog,
        run_name: &str,
    ) -> io::Result<Lane> {
        let info = &track.info;
        self.lanes += 1;
        let real = info.os_id.filter(|&id| self.tids.insert(id));
        let lane = Lane {
            pid: info.pid,
            tid: real.unwrap_or(UNREAL + self.lanes),
            name: format!("{} ({run_name})", info.name),
        };
        let is_new = self.pids.insert(info.pid);
        if info.kind == TrackKind::Process {
            self.describe(out, &lane, "process_name", json!({ "name": lane.name }))?;
            if let Some(error) = info.told_clock_error() {
                let exact = format!("±{} µs", micros(error));
                self.describe(out, &lane, "process_labels", json!({ "labels": exact }))?;
            }
        } else if is_new {
            let name = format!("threadlab: {}", run.demo);
            self.describe(out, &lane, "process_name", json!({ "name": name }))?;
        }
        let place = json!({ "sort_index": self.lanes });
        if is_new {
            self.describe(out, &lane, "process_sort_index", place.clone())?;
        }
        self.describe(out, &lane, "thread_name", json!({ "name": lane.name }))?;
        self.describe(out, &lane, "thread_sort_index", place)?;
        Ok(lane)
    }

    fn describe(
        &mut self,
        out: &mut impl Write,
        lane: &Lane,
        what: &str,
        args: Value,
    ) -> io::Result<()> {
        self.write(
            out,
            &TraceEvent {
                args,
                ..lane.event("M", what)
            },
        )
    }

    fn write_track(
        &mut self,
        out: &mut impl Write,
        lane: &Lane,
        track: &TrackLog,
        begun: Duration,
        end: Duration,
    ) -> io::Result<()> {
        for span in &track.spans {
            let length = span.end.unwrap_or(end).saturating_sub(span.begin);
            self.write(
                out,
                &TraceEvent {
                    cat: Some(span.state.name()),
                    ts: Some(micros(begun + span.begin)),
                    dur: Some(micros(length)),
                    args: span_args(span),
                    ..lane.event("X", span.step.name())
                },
            )?;
        }
        for instant in &track.instants {
            let args = instant.value.map(|value| json!({ "value": value }));
            self.write(
                out,
                &TraceEvent {
                    ts: Some(micros(begun + instant.at)),
                    s: Some("t"),
                    args: args.unwrap_or_default(),
                    ..lane.event("i", instant.step.name())
                },
            )?;
        }
        // Counters belong to a process and differ by their names.
        let counter = format!("progress {}", lane.name);
        for &(at, done, total) in &track.progress {
            self.write(
                out,
                &TraceEvent {
                    ts: Some(micros(begun + at)),
                    total: Some(total),
                    args: json!({ "done": done }),
                    ..lane.event("C", &counter)
                },
            )?;
        }
        Ok(())
    }

    /// A sweep's points are the run's, not a track's; they stand on its first one.
    fn write_points(
        &mut self,
        out: &mut impl Write,
        lane: &Lane,
        begun: Duration,
        log: &RunLog,
    ) -> io::Result<()> {
        for (at, point) in log.points() {
            self.write(
                out,
                &TraceEvent {
                    ts: Some(micros(begun + *at)),
                    s: Some("p"),
                    args: object(&point.0),
                    ..lane.event("i", "point")
                },
            )?;
        }
        Ok(())
    }

    fn write(&mut self, out: &mut impl Write, event: &TraceEvent) -> io::Result<()> {
        let comma = if self.any { ",\n" } else { "\n" };
        self.any = true;
        out.write_all(comma.as_bytes())?;
        serde_json::to_writer(out, event).map_err(io::Error::from)
    }
}

/// The arguments of a span: figures beside its name, state and times.
fn span_args(span: &LoggedSpan) -> Value {
    let mut args = serde_json::Map::new();
    if let Some(cpu) = span.cpu {
        args.insert("cpu_seconds".to_owned(), json!(cpu.as_secs_f64()));
    }
    if span.begun_as != span.state {
        args.insert("begun_as".to_owned(), json!(span.begun_as.name()));
    }
    if span.depth > 0 {
        args.insert("depth".to_owned(), json!(span.depth));
    }
    if span.end.is_none() {
        args.insert("unfinished".to_owned(), json!(true));
    }
    if args.is_empty() {
        Value::Null
    } else {
        args.into()
    }
}

/// Exact to the nanosecond for the first hundred days.
fn micros(time: Duration) -> f64 {
    time.as_nanos() as f64 / 1000.0
}

#[cfg(test)]
#[path = "perfetto_tests.rs"]
mod tests;
