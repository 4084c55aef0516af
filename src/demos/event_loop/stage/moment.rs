//! The connections at one moment of a run: the state of each, their processes, the clock.

use std::time::Duration;

use super::super::{
    ARRIVED, ASKED, BYTES, CLIENT_TRACK, HANDLED, PROCESSES, THREADS, WAIT, shares,
};
use crate::lab::demo::VariantId;
use crate::lab::demo::param::Params;
use crate::lab::demo::value::Value;
use crate::lab::machine;
use crate::lab::trace::event::State;
use crate::lab::trace::log::{RunLog, TrackLog};

/// How replies are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One thread, blocked at one connection after the other.
    OneAtATime,
    /// A thread blocked at each connection.
    ThreadEach,
    /// An event loop with a queue in each process.
    Loop,
}

/// The plan of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Connections, each with one reply.
    pub connections: usize,
    /// How long the server takes for a reply.
    pub reply_millis: u64,
    /// How the replies are waited for.
    pub way: Way,
    /// Processes that wait.
    pub processes: usize,
}

impl Plan {
    /// The plan of a run of `variant` with these parameters, on this machine.
    pub fn of(params: &Params, variant: VariantId) -> Self {
        let connections = params.whole("connections") as usize;
        let (way, processes) = match variant {
            "one_at_a_time" => (Way::OneAtATime, 1),
            "thread_each" => (Way::ThreadEach, 1),
            "one_thread_async" => (Way::Loop, 1),
            _ => (Way::Loop, machine::cores().min(connections)),
        };
        Self {
            connections,
            reply_millis: params.whole("reply_millis"),
            way,
            processes,
        }
    }

    /// The plan with as many processes as the run in fact has.
    pub fn with_processes_of(self, log: &RunLog) -> Self {
        let run = log.tracks().first();
        let processes = run.and_then(|run| run.last_instant(PROCESSES, Duration::MAX));
        let processes = processes.and_then(|instant| usize::try_from(instant.count()?).ok());
        Self {
            processes: processes.unwrap_or(self.processes).max(1),
            ..self
        }
    }
}

/// The state of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// The connection is not opened yet.
    Closed,
    /// The request is out; the reply has not come.
    Asked,
    /// The reply has come, and is not handled yet.
    Arrived,
    /// The reply has been handled.
    Handled,
}

/// A process that waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Process {
    /// Its PID, once it is there.
    pub pid: Option<u32>,
    /// Its connections.
    pub rings: Vec<Ring>,
    /// Whether its event loop is at work, if it has one.
    pub works: bool,
    /// Whether it was lost.
    pub lost: bool,
}

impl Process {
    /// The number of connections in this state.
    pub fn count(&self, ring: Ring) -> usize {
        self.rings.iter().filter(|known| **known == ring).count()
    }
}

/// The connections at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The processes of the plan.
    pub processes: Vec<Process>,
    /// Time since the first request; `None` while processes are being started.
    pub clock: Option<Duration>,
    /// The most threads that the processes had together, once the figures of all are known.
    pub threads: Option<u64>,
    /// The most memory in bytes that the processes had together, once the figures of all are known.
    pub bytes: Option<u64>,
}

impl Moment {
    /// The moment before the click.
    pub fn before(plan: Plan) -> Self {
        let shares = shares(plan.connections as u32, plan.processes);
        let processes = shares.into_iter().map(|numbers| Process {
            rings: vec![Ring::Closed; numbers.len()],
            ..Process::default()
        });
        Self {
            processes: processes.collect(),
            clock: None,
            threads: None,
            bytes: None,
        }
    }

    /// The moment `now` of a run.
    pub fn of(log: &RunLog, plan: Plan, now: Duration) -> Self {
        let mut moment = Self::before(plan);
        moment.clock = clock(log, now);
        let shares = shares(plan.connections as u32, plan.processes);
        let mut figures = Vec::with_capacity(plan.processes);
        for (index, track) in waiters(log).filter(|(_, track)| track.opened <= now) {
            let (Some(process), Some(share)) = (moment.processes.get_mut(index), shares.get(index))
            else {
                continue;
            };
            process.pid = Some(track.info.pid);
            process.lost = track.is_lost(now);
            process.works = track
                .span_at(now)
                .is_some_and(|span| span.begun_as == State::Running);
            let (mut threads, mut bytes): (Option<u64>, Option<u64>) = (None, None);
            for instant in track.instants_until(now) {
                let figure = instant.count();
                let ring = match instant.step {
                    ASKED => Ring::Asked,
                    ARRIVED => Ring::Arrived,
                    HANDLED => Ring::Handled,
                    THREADS => {
                        threads = threads.max(figure);
                        continue;
                    }
                    BYTES => {
                        bytes = bytes.max(figure);
                        continue;
                    }
                    _ => continue,
                };
                let place = figure.and_then(|number| number.checked_sub(share.start.into()));
                let place = place.and_then(|place| process.rings.get_mut(place as usize));
                if let Some(place) = place {
                    *place = ring;
                }
            }
            figures.push(threads.zip(bytes));
        }
        // A sum over only some of the processes would mean nothing.
        if figures.len() == plan.processes {
            let all: Option<Vec<(u64, u64)>> = figures.into_iter().collect();
            let sums = all.map(|all| all.into_iter().unzip::<u64, u64, Vec<_>, Vec<_>>());
            moment.threads = sums.as_ref().map(|(threads, _)| threads.iter().sum());
            moment.bytes = sums.as_ref().map(|(_, bytes)| bytes.iter().sum());
        }
        if let Some((at, outcome)) = log.finished()
            && *at <= now
        {
            // The last count is made only after the last reply: it is in the summary.
            let figure = |name| outcome.summary().measure(name).and_then(Value::as_f64);
            moment.threads =
                figure("peak_threads").map_or(moment.threads, |last| Some(last as u64));
            moment.bytes = figure("peak_bytes").map_or(moment.bytes, |last| Some(last as u64));
        }
        moment
    }

    /// The number of connections in this state, of all processes.
    pub fn count(&self, ring: Ring) -> usize {
        self.processes
            .iter()
            .map(|process| process.count(ring))
            .sum()
    }
}

/// The processes that wait, with their index. A single one has no number.
fn waiters(log: &RunLog) -> impl Iterator<Item = (usize, &TrackLog)> {
    let clients = log.tracks().iter();
    let clients = clients.filter(|track| track.info.name.noun == CLIENT_TRACK);
    clients.map(|track| {
        let number = track.info.name.number.unwrap_or(1);
        (number as usize - 1, track)
    })
}

/// The time since the waiting began, which the run's own track tells; once all have come, the measured time, because a
/// run has one time and its span is a little longer.
fn clock(log: &RunLog, now: Duration) -> Option<Duration> {
    let run = log.tracks().first()?;
    let waiting = run.spans_of(WAIT, Duration::MAX).next()?;
    let clock = now.checked_sub(waiting.begin)?;
    let Some(end) = waiting.end.filter(|end| *end <= now) else {
        return Some(clock);
    };
    let outcome = log.finished().map(|(_, outcome)| outcome.summary());
    let measured = outcome.and_then(|summary| summary.measure("total_seconds")?.as_f64());
    let measured = measured.and_then(|total| Duration::try_from_secs_f64(total).ok());
    Some(measured.unwrap_or(end - waiting.begin))
}

#[cfg(test)]
mod tests;
