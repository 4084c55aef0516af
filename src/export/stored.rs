//! The form of runs and tracks in a trace: all that its other events do not tell. With it the run can be read back as
//! it was, to the nanosecond.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::known::{Fault, Known};
use crate::lab::demo::param::Params;
use crate::lab::demo::read_params;
use crate::lab::demo::value::{Point, RunDetails, Sentence, StoredDetails, Value};
use crate::lab::demo::{Demo, Work};
use crate::lab::run::error::RunError;
use crate::lab::run::{Outcome, RunInfo, Summary};
use crate::lab::trace::event::{TrackInfo, TrackKind, TrackName};
use crate::lab::trace::log::restored::Totals;
use crate::lab::trace::log::{RunLog, TrackLog};
use crate::lab::trace::record::{HostMeasures, Record};

/// The name of the metadata event with a [`StoredRun`].
pub(super) const RUN: &str = "threadlab_run";
/// The name of the metadata event with a [`StoredTrack`].
pub(super) const TRACK: &str = "threadlab_track";

/// Raised whenever a field changes its meaning.
const VERSION: u32 = 1;

/// Names with their figures.
type Figures = Vec<(String, StoredValue)>;

/// A finished run. Its tracks follow it.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredRun {
    version: u32,
    demo: String,
    variant: String,
    params: Vec<(String, String)>,
    /// A text, because a number so large goes through other programs with a loss.
    seed: String,
    /// When it began, after the first run of the trace; times of its events count from there, in nanoseconds.
    pub(super) begun: Nanos,
    /// How many tracks follow.
    pub(super) tracks: usize,
    finished: Option<Nanos>,
    end: Nanos,
    events: u64,
    dropped_by_log: u64,
    events_dropped: u64,
    outcome: StoredOutcome,
    host: HostMeasures,
    measures: Figures,
    details: Option<StoredDetails>,
    cores_changed: Option<u64>,
    phases: Vec<(String, Nanos)>,
    wall: Nanos,
    points: Vec<(Nanos, Figures)>,
}

/// A track. Its spans, instants and progress follow it.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredTrack {
    noun: String,
    number: Option<u32>,
    kind: TrackKind,
    pid: u32,
    os_id: Option<u32>,
    clock_error: Nanos,
    opened: Nanos,
    lost: Option<Nanos>,
}

/// A time in nanoseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Nanos(u64);

impl From<Duration> for Nanos {
    fn from(time: Duration) -> Self {
        Self(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX))
    }
}

impl From<Nanos> for Duration {
    fn from(nanos: Nanos) -> Self {
        Duration::from_nanos(nanos.0)
    }
}

/// A figure with its kind.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredValue {
    /// Digits: it may leave 64 bits.
    Count(String),
    About(u64),
    /// `null` stands for what is no number.
    Seconds(Option<f64>),
    Ratio(Option<f64>),
    Bytes(u64),
    Word(String),
}

impl StoredValue {
    fn of(value: &Value) -> Self {
        let finite = |figure: &f64| Some(*figure).filter(|figure| figure.is_finite());
        match value {
            Value::Count(count) => Self::Count(count.to_string()),
            Value::About(count) => Self::About(*count),
            Value::Seconds(figure) => Self::Seconds(finite(figure)),
            Value::Ratio(figure) => Self::Ratio(finite(figure)),
            Value::Bytes(bytes) => Self::Bytes(*bytes),
            Value::Word(word) => Self::Word(word.clone()),
        }
    }

    fn read(self) -> Result<Value, Fault> {
        Ok(match self {
            Self::Count(digits) => match digits.parse() {
                Ok(count) => Value::Count(count),
                Err(_) => return Err(Fault::Number(digits)),
            },
            Self::About(count) => Value::About(count),
            Self::Seconds(figure) => Value::Seconds(figure.unwrap_or(f64::NAN)),
            Self::Ratio(figure) => Value::Ratio(figure.unwrap_or(f64::NAN)),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Word(word) => Value::Word(word),
        })
    }
}

fn store_figures(figures: &[(&'static str, Value)]) -> Figures {
    let stored = figures.iter();
    stored
        .map(|(name, value)| ((*name).to_owned(), StoredValue::of(value)))
        .collect()
}

fn read_figures(figures: Figures, known: Known) -> Result<Vec<(&'static str, Value)>, Fault> {
    let read = figures.into_iter();
    read.map(|(name, value)| Ok((known.figure(name)?, value.read()?)))
        .collect()
}

/// How a run ended.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredOutcome {
    Done,
    Cancelled,
    Failed(StoredError),
    Panicked(String),
}

impl StoredOutcome {
    fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Done(_) => Self::Done,
            Outcome::Cancelled(_) => Self::Cancelled,
            Outcome::Failed(error, _) => Self::Failed(StoredError::of(error)),
            Outcome::Panicked(message, _) => Self::Panicked(message.clone()),
        }
    }

    fn read(self, summary: Summary, known: Known) -> Result<Outcome, Fault> {
        Ok(match self {
            Self::Done => Outcome::Done(summary),
            Self::Cancelled => Outcome::Cancelled(summary),
            Self::Failed(error) => Outcome::Failed(error.read(known)?, summary),
            Self::Panicked(message) => Outcome::Panicked(message, summary),
        })
    }
}

/// An error. Those that name tracks or sentences have no form of their own, because they are read with known names
/// alone.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredError {
    Killed {
        noun: String,
        number: Option<u32>,
        pid: u32,
    },
    Stuck {
        waits: Vec<(String, Figures)>,
        losses: Vec<StoredError>,
    },
    Other(RunError),
}

impl StoredError {
    fn of(error: &RunError) -> Self {
        match error {
            RunError::Killed { process, pid } => Self::Killed {
                noun: process.noun.to_owned(),
                number: process.number,
                pid: *pid,
            },
            RunError::Stuck { waits, losses } => Self::Stuck {
                waits: { waits.iter() }
                    .map(|said| (said.key.clone(), store_figures(&said.args)))
                    .collect(),
                losses: losses.iter().map(Self::of).collect(),
            },
            other => Self::Other(other.clone()),
        }
    }

    fn read(self, known: Known) -> Result<RunError, Fault> {
        Ok(match self {
            Self::Killed { noun, number, pid } => RunError::Killed {
                process: TrackName {
                    noun: known.noun(noun)?,
                    number,
                },
                pid,
            },
            Self::Stuck { waits, losses } => RunError::Stuck {
                waits: { waits.into_iter() }
                    .map(|(key, args)| {
                        let args = read_figures(args, known)?;
                        Ok(Sentence { key, args })
                    })
                    .collect::<Result<_, Fault>>()?,
                losses: { losses.into_iter() }
                    .map(|loss| loss.read(known))
                    .collect::<Result<_, Fault>>()?,
            },
            Self::Other(error) => error,
        })
    }
}

impl StoredTrack {
    pub(super) fn of(track: &TrackLog) -> Self {
        let info = &track.info;
        Self {
            noun: info.name.noun.to_owned(),
            number: info.name.number,
            kind: info.kind,
            pid: info.pid,
            os_id: info.os_id,
            clock_error: info.clock_error.into(),
            opened: track.opened.into(),
            lost: track.lost.map(Nanos::from),
        }
    }

    /// The track, when it was opened and when it was lost.
    pub(super) fn read(
        self,
        known: Known,
    ) -> Result<(TrackInfo, Duration, Option<Duration>), Fault> {
        let info = TrackInfo {
            name: TrackName {
                noun: known.noun(self.noun)?,
                number: self.number,
            },
            kind: self.kind,
            pid: self.pid,
            os_id: self.os_id,
            clock_error: self.clock_error.into(),
        };
        Ok((info, self.opened.into(), self.lost.map(Duration::from)))
    }
}

/// A run as it is read, before its tracks.
pub(super) struct RunHead {
    pub(super) record: Record,
    pub(super) points: Vec<(Duration, Point)>,
    pub(super) finished: Option<(Duration, Outcome)>,
    pub(super) totals: Totals,
}

impl StoredRun {
    /// The form of a run that began `begun` after the first one of its trace.
    pub(super) fn of(record: &Record, begun: Duration, log: &RunLog) -> serde_json::Result<Self> {
        let (info, summary) = (&record.info, record.summary());
        let params = info.params.0.iter();
        Ok(Self {
            version: VERSION,
            demo: info.demo.to_owned(),
            variant: info.variant.to_owned(),
            params: params
                .map(|(name, value)| ((*name).to_owned(), value.to_string()))
                .collect(),
            seed: info.seed.to_string(),
            begun: begun.into(),
            tracks: log.tracks().len(),
            finished: log.finished().map(|(at, _)| (*at).into()),
            end: log.end().into(),
            events: log.events(),
            dropped_by_log: log.dropped(),
            events_dropped: record.events_dropped,
            outcome: StoredOutcome::of(&record.outcome),
            host: record.host,
            measures: store_figures(&summary.measures),
            details: summary.details.stored()?,
            cores_changed: summary.cores_changed,
            phases: { summary.phases.iter() }
                .map(|(step, length)| (step.name().to_owned(), (*length).into()))
                .collect(),
            wall: summary.wall.into(),
            points: { log.points().iter() }
                .map(|(at, point)| ((*at).into(), store_figures(&point.0)))
                .collect(),
        })
    }

    /// The demo that was run; `find` knows all there are.
    pub(super) fn demo(
        &self,
        find: impl Fn(&str) -> Option<Box<dyn Demo>>,
    ) -> Result<Box<dyn Demo>, Fault> {
        if self.version != VERSION {
            return Err(Fault::Version(self.version));
        }
        find(&self.demo).ok_or_else(|| Fault::Demo(self.demo.clone()))
    }

    /// The run, of a `demo` that has the lesson's parameters.
    pub(super) fn read(self, demo: &mut dyn Demo, known: Known) -> Result<RunHead, Fault> {
        let mut variants = demo.variants().into_iter();
        let variant = variants.find(|variant| variant.id == self.variant);
        let points = { self.points.into_iter() }
            .map(|(at, figures)| Ok((at.into(), Point(read_figures(figures, known)?))))
            .collect::<Result<Vec<_>, Fault>>()?;
        let summary = Summary {
            measures: read_figures(self.measures, known)?,
            details: match self.details {
                Some(details) => known.details(details)?,
                None => RunDetails::default(),
            },
            cores_changed: self.cores_changed,
            phases: { self.phases.into_iter() }
                .map(|(step, length)| Ok((known.step(step)?, length.into())))
                .collect::<Result<_, Fault>>()?,
            wall: self.wall.into(),
            points: points.iter().map(|(_, point)| point.clone()).collect(),
        };
        let info = RunInfo {
            demo: demo.id(),
            variant: variant.ok_or(Fault::Variant(self.variant))?.id,
            params: read(demo, &self.params)?,
            seed: { self.seed.parse() }.map_err(|_| Fault::Number(self.seed))?,
        };
        let outcome = self.outcome.read(summary, known)?;
        let finished = self.finished.map(|at| (at.into(), outcome.clone()));
        Ok(RunHead {
            record: Record {
                info,
                outcome,
                host: self.host,
                tracks: self.tracks,
                events: self.events,
                events_dropped: self.events_dropped,
            },
            points,
            finished,
            totals: Totals {
                end: self.end.into(),
                events: self.events,
                dropped: self.dropped_by_log,
            },
        })
    }
}

fn read(demo: &mut dyn Demo, stored: &[(String, String)]) -> Result<Params, Fault> {
    let work: &mut dyn Work = demo;
    read_params(work, stored).map_err(Fault::Param)
}
