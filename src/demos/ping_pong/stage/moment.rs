//! Ping and Pong at one moment of a run: the processes, the printed words, the words in the queue.

use std::collections::VecDeque;
use std::time::Duration;

use super::super::{
    EMPTY, ENDED, FULL, LANES, PING, PONG, PRINT, PUT, STUCK, TAKE, WAIT_FOR_ROOM, Word,
};
use crate::lab::demo::VariantId;
use crate::lab::demo::param::Params;
use crate::lab::trace::event::{LOST, State, Step, TrackKind, TrackName};
use crate::lab::trace::log::{LoggedInstant, RunLog, TrackLog};

/// The plan of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The number at which the counter ends.
    pub words: usize,
    /// The number of words that each producer puts in.
    pub puts_each: usize,
    /// The number of words that are taken.
    pub takes: usize,
    /// The queue's capacity; `None` for any number.
    pub capacity: Option<usize>,
    /// Whether the taker is a process of its own that starts at once.
    pub takes_at_once: bool,
    /// How words are counted or handed on.
    pub way: Way,
}

/// The ways in which words are counted or handed on, one for each variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A counter in each process.
    Private,
    /// One counter for both.
    Shared,
    /// A queue.
    Queue,
}

impl Plan {
    /// The plan of a run of `variant` with these parameters.
    pub fn of(params: &Params, variant: VariantId) -> Self {
        let whole = |name| params.whole(name) as usize;
        Self {
            words: whole("words"),
            puts_each: whole("puts_each"),
            takes: whole("takes"),
            capacity: Some(whole("capacity")).filter(|&capacity| capacity > 0),
            takes_at_once: params.choice("take_starts") == "at_once",
            way: match variant {
                "private_counters" => Way::Private,
                "shared_counter" => Way::Shared,
                _ => Way::Queue,
            },
        }
    }

    /// The most words that come into the queue.
    pub fn puts(self) -> usize {
        2 * self.puts_each
    }

    /// The slots of the queue that are drawn: as many as can be filled.
    pub fn slots(self) -> usize {
        self.capacity.unwrap_or(usize::MAX).min(self.puts())
    }

    /// Whether the run's own process takes the words.
    pub fn takes_here(self) -> bool {
        self.way == Way::Queue && !self.takes_at_once
    }
}

/// The activity of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Doing {
    /// The process is not there yet, or has nothing to do yet.
    #[default]
    Nothing,
    /// The process does this step, in this state.
    Busy(State, Step),
    /// All work of the process is done.
    Ended,
}

/// A process.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Process {
    /// Its PID, once it is there.
    pub pid: Option<u32>,
    /// Its activity.
    pub doing: Doing,
    /// The value of its counter: its own, or the shared one as the process last saw it.
    pub counter: u64,
    /// The number of its words that were printed, or came into the queue.
    pub words: usize,
    /// Whether it has a word for which the queue has no free slot. The queue knows that before the process does.
    pub waits_for_room: bool,
}

/// Ping and Pong at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// The processes that print or put words in, by word.
    pub producers: [Process; 2],
    /// The process that takes words: a third one, or the run's own.
    pub taker: Process,
    /// Words that came out, in their order: printed, or taken from the queue.
    pub out: Vec<Word>,
    /// Words in the queue, the oldest first.
    pub queue: VecDeque<Word>,
    /// Words that were refused because the queue was full.
    pub refused: Vec<Word>,
    /// How many times the taker found the queue empty.
    pub empty: usize,
    /// Whether no process can go on.
    pub stuck: bool,
}

impl Moment {
    /// The moment `now` of a run with this plan.
    pub fn of(log: &RunLog, plan: Plan, now: Duration) -> Self {
        let mut moment = Self::default();
        for track in log.tracks().iter().filter(|track| track.opened <= now) {
            let worker = LANES.iter().position(|lane| *lane == track.info.name);
            match (track.info.kind, worker) {
                (TrackKind::Process, Some(worker)) => moment.process(worker).look_at(track, now),
                _ if plan.takes_here() => moment.taker.look_at(track, now),
                _ => {}
            }
        }
        let run = log.tracks().iter().find(|track| {
            track.info.kind == TrackKind::Thread && track.info.name == TrackName::only("run")
        });
        if let Some(run) = run {
            moment.look_at_run(run, now);
        }
        moment
    }

    /// The number of words that ever got into the queue.
    pub fn put(&self) -> usize {
        self.producers.iter().map(|it| it.words).sum()
    }

    /// The shared counter: the higher of the values that the processes have seen.
    pub fn shared_counter(&self) -> u64 {
        let counters = self.producers.iter().map(|it| it.counter);
        counters.max().unwrap_or(0)
    }

    /// The process of this worker: Ping's, Pong's, or else the taker's.
    fn process(&mut self, worker: usize) -> &mut Process {
        self.producers.get_mut(worker).unwrap_or(&mut self.taker)
    }

    fn look_at_run(&mut self, run: &TrackLog, now: Duration) {
        for instant in run.instants_until(now) {
            let word = instant.value.and_then(Word::of_number);
            match (instant.step, word) {
                (PING, _) => self.print(Word::Ping),
                (PONG, _) => self.print(Word::Pong),
                (PUT, Some(word)) => {
                    self.queue.push_back(word);
                    let producer = &mut self.producers[word.index()];
                    producer.words += 1;
                    producer.waits_for_room = false;
                }
                (WAIT_FOR_ROOM, Some(word)) => self.producers[word.index()].waits_for_room = true,
                (TAKE, _) => self.out.extend(self.queue.pop_front()),
                (FULL, Some(word)) => {
                    self.refused.push(word);
                    self.producers[word.index()].waits_for_room = false;
                }
                (EMPTY, _) => self.empty += 1,
                (STUCK, _) => self.stuck = true,
                (ENDED, _) => {
                    if let Some(worker) = instant.count().and_then(|number| number.checked_sub(1)) {
                        self.process(worker as usize).doing = Doing::Ended;
                    }
                }
                _ => {}
            }
        }
        self.taker.words = self.out.len();
        let is_there = |it: &&mut Process| it.doing != Doing::Busy(State::Lost, LOST);
        let waiting = self.producers.iter_mut().filter(|it| it.waits_for_room);
        for producer in waiting.filter(is_there) {
            // The events on the producer's own track may be behind.
            producer.doing = Doing::Busy(State::Waiting, WAIT_FOR_ROOM);
        }
    }

    fn print(&mut self, word: Word) {
        self.out.push(word);
        self.producers[word.index()].words += 1;
    }
}

impl Process {
    fn look_at(&mut self, track: &TrackLog, now: Duration) {
        self.pid = Some(track.info.pid);
        if let Some(span) = track.span_at(now) {
            self.doing = Doing::Busy(span.state_at(now), span.step);
        }
        if track.is_lost(now) {
            self.doing = Doing::Busy(State::Lost, LOST);
        }
        let counter = track.last_instant(PRINT, now);
        self.counter = counter.and_then(LoggedInstant::count).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests;
