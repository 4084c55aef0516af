//! The queue between processes. Two producers, each a process, put words in; the run's own process
//! keeps the queue and answers them through their pipes. It sees every word come and go, so it knows
//! at any time which process waits for what, and when none can go on.
//!
//! With `after_puts` the run's own thread takes, after both producers have ended, as in the lesson.
//! With `at_once` the taker is a third process, so that it is seen to wait like the other two.

use serde::{Deserialize, Serialize};

use super::queue::{Event, Queue, Timeout};
use super::{
    EMPTY, ENDED, FULL, JOIN, LANES, PUT, PingPong, SPAWN, STEPS, STUCK, TAKE, TAKER, Task,
    WAIT_FOR_ROOM, WORD, Word, Words, word_measures,
};
use crate::lab::demo::value::{RunDetails, Value};
use crate::lab::demo::{JobOutput, Sentence};
use crate::lab::process::worker_pool::{Answer, WorkerPool};
use crate::lab::run::RunCtx;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::{State, TrackName};
use crate::lab::trace::track::Track;

/// A process's request to the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ask {
    /// Take this word in.
    Put(Word),
    /// Give me the next word.
    Take,
}

/// A reply of the queue: at most one `Wait`, then one of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reply {
    /// The process has to wait.
    Wait,
    /// The word is in.
    Put,
    /// Here is the next word.
    Taken(Word),
    /// The queue was full, or empty, for as long as the process would wait.
    Refused,
}

pub(super) fn queue(demo: &PingPong, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    let takes_at_once = demo.take_starts == "at_once";
    ctx.phase(SPAWN);
    let pool = {
        let _spawning = run.waiting(SPAWN);
        let count = Word::BOTH.len() + usize::from(takes_at_once);
        WorkerPool::spawn_named(ctx, "ping_pong", STEPS, &LANES[..count])? // step: spawn
    };
    ctx.phase(PUT);
    let mut broker = Broker {
        demo,
        ctx,
        run: &run,
        ended: vec![false; pool.len()],
        pool,
        queue: Queue::new(demo.capacity),
        taken: [0; 2],
        puts_refused: 0,
        takes_refused: 0,
        losses: Vec::new(),
        gone: Vec::new(),
    };
    broker.start()?;
    {
        let _joining = run.waiting(JOIN);
        broker.serve_until(|broker| broker.ended[..TAKER].iter().all(|&ended| ended))?; // step: join
        ctx.phase(TAKE);
        broker.serve_until(|broker| broker.ended.iter().all(|&ended| ended))?;
    }
    if !takes_at_once {
        broker.take_here()?;
    }
    ctx.stop_clock();
    let found = broker.findings();
    match broker.losses.into_iter().next() {
        Some(why) => {
            ctx.save_partial(found);
            Err(why)
        }
        None => Ok(found),
    }
}

struct Broker<'run> {
    demo: &'run PingPong,
    ctx: &'run RunCtx,
    run: &'run Track,
    pool: WorkerPool<'run>,
    /// The processes that have done all their puts or takes.
    ended: Vec<bool>,
    queue: Queue,
    /// The number of words taken, by word.
    taken: [u64; 2],
    puts_refused: u64,
    takes_refused: u64,
    /// The errors of the processes that ended early.
    losses: Vec<RunError>,
    /// The workers of those processes.
    gone: Vec<usize>,
}

impl Broker<'_> {
    fn start(&mut self) -> Result<(), RunError> {
        for word in Word::BOTH {
            let task = Task::Put {
                word,
                puts: self.demo.puts_each,
                pause_max_millis: self.demo.put_pause_max_millis,
            };
            self.pool.hand_over(word.index(), 0, &task)?;
        }
        if self.pool.len() > TAKER {
            let takes = self.demo.takes;
            self.pool.hand_over(TAKER, 0, &Task::Take { takes })?;
        }
        Ok(())
    }

    /// Answers the processes until `over`.
    fn serve_until(&mut self, over: impl Fn(&Self) -> bool) -> Result<(), RunError> {
        while !over(self) {
            if let Some(waits) = self.stuck() {
                return Err(self.stay_stuck(waits));
            }
            let heard = match self.queue.deadline() {
                Some(until) => self
                    .pool
                    .recv_timeout(until.saturating_sub(self.ctx.now()))?,
                None => Some(self.pool.recv()?),
            };
            let given_up = self.queue.expire(self.ctx.now());
            self.report_and_reply(given_up)?;
            match heard {
                Some((worker, Answer::Message { value })) => {
                    let ask = self.pool.read(worker, value)?;
                    let happened = self.answer(ask);
                    self.report_and_reply(happened)?;
                }
                Some((worker, Answer::Result { .. })) => {
                    self.ended[worker] = true;
                    self.run.instant(ENDED, Some(worker as i64 + 1));
                }
                Some((worker, Answer::Gone)) => self.lose(worker),
                Some((_, Answer::Acknowledged { .. })) | None => {}
            }
        }
        Ok(())
    }

    /// A process that is gone asks for nothing any more. The others go on, as far as they can without it.
    fn lose(&mut self, worker: usize) {
        if std::mem::replace(&mut self.ended[worker], true) {
            return;
        }
        self.losses.extend(self.pool.loss_of(worker));
        self.gone.push(worker);
        match Word::BOTH.get(worker) {
            Some(&word) => self.queue.forget_putting(word, self.ctx.now()),
            None => self.queue.forget_taking(),
        }
    }

    fn answer(&mut self, ask: Ask) -> Vec<Event> {
        let now = self.ctx.now();
        match ask {
            Ask::Put(word) => {
                let timeout = Timeout::of_millis(self.demo.put_timeout_millis);
                self.queue.put(word, now, timeout)
            }
            Ask::Take => {
                let timeout = Timeout::of_millis(self.demo.take_timeout_millis);
                self.queue.take(now, timeout)
            }
        }
    }

    /// Reports what has happened, and replies to the processes that wait for it.
    fn report_and_reply(&mut self, happened: Vec<Event>) -> Result<(), RunError> {
        for event in happened {
            let (step, word) = match event {
                Event::PutWaits(word) => (WAIT_FOR_ROOM, Some(word)),
                Event::Put(word) => (PUT, Some(word)),
                Event::Full(word) => (FULL, Some(word)),
                Event::TakeWaits => (WORD, None),
                Event::Taken(word) => (TAKE, Some(word)),
                Event::Empty => (EMPTY, None),
            };
            self.run.instant(step, word.map(Word::number));
            let (worker, reply) = match event {
                Event::PutWaits(word) => (word.index(), Reply::Wait),
                Event::Put(word) => (word.index(), Reply::Put),
                Event::Full(word) => {
                    self.puts_refused += 1;
                    (word.index(), Reply::Refused)
                }
                Event::TakeWaits => (TAKER, Reply::Wait),
                Event::Taken(word) => {
                    self.taken[word.index()] += 1;
                    (TAKER, Reply::Taken(word))
                }
                Event::Empty => {
                    self.takes_refused += 1;
                    (TAKER, Reply::Refused)
                }
            };
            // In the lesson's order the taker is this very thread, which needs no answer.
            if worker < self.pool.len() {
                self.pool.send(worker, &reply)?;
            }
        }
        Ok(())
    }

    /// As the lesson does it: both producers have ended, and what they left in the queue is taken here.
    fn take_here(&mut self) -> Result<(), RunError> {
        self.ctx.failpoint(self.run, TAKE)?;
        for _ in 0..self.demo.takes {
            let taking = self.run.holding(TAKE);
            let happened = self.answer(Ask::Take); // step: take
            let is_refused = happened.contains(&Event::Empty);
            self.report_and_reply(happened)?;
            if is_refused {
                taking.end_as(State::Lost);
                continue;
            }
            if !self.queue.is_taking() {
                continue;
            }
            drop(taking);
            let waiting = self.run.waiting(WORD);
            // No producer is left that could put a word in.
            let Some(until) = self.queue.deadline() else {
                let waits = self.waits();
                return Err(self.stay_stuck(waits));
            };
            self.ctx.sleep(until.saturating_sub(self.ctx.now()))?; // step: word
            let given_up = self.queue.expire(until);
            self.report_and_reply(given_up)?;
            waiting.end_as(State::Lost);
        }
        Ok(())
    }

    /// A sentence for each process that waits, if all wait and none will give up.
    fn stuck(&self) -> Option<Vec<Sentence>> {
        let producing = |word: Word| !self.ended[word.index()] && !self.queue.is_putting(word);
        let taking = self.ended.get(TAKER) == Some(&false) && !self.queue.is_taking();
        let can_go_on =
            taking || Word::BOTH.into_iter().any(producing) || self.queue.deadline().is_some();
        (!can_go_on).then(|| self.waits())
    }

    fn waits(&self) -> Vec<Sentence> {
        let putting = Word::BOTH
            .into_iter()
            .filter(|&word| self.queue.is_putting(word));
        let mut waits: Vec<_> = putting
            .map(|word| {
                let who = Value::Word(word.name().to_owned());
                Sentence::new("ping_pong-stage-waits-room").with("who", who)
            })
            .collect();
        let key = match (self.ended.get(TAKER), waits.is_empty()) {
            (_, true) => "ping_pong-stage-waits-word",
            (None, false) => "ping_pong-stage-waits-both",
            (Some(_), false) => "ping_pong-stage-waits-nobody",
        };
        waits.push(Sentence::new(key));
        waits.extend(
            self.gone
                .iter()
                .map(|&worker| match Word::BOTH.get(worker) {
                    Some(word) => {
                        let who = Value::Word(word.name().to_owned());
                        Sentence::new("ping_pong-stage-gone").with("who", who)
                    }
                    None => Sentence::new("ping_pong-stage-gone-taker"),
                }),
        );
        waits
    }

    fn stay_stuck(&self, waits: Vec<Sentence>) -> RunError {
        self.run.instant(STUCK, None);
        self.ctx.stuck(waits, self.losses.clone())
    }

    fn findings(&self) -> JobOutput {
        let [pings, pongs] = self.taken;
        let (taken, left) = (pings + pongs, self.queue.len() as u64);
        let mut measures = word_measures(self.taken);
        measures.extend([
            ("left_in_queue", Value::from(left)),
            ("puts_refused", Value::from(self.puts_refused)),
            ("takes_refused", Value::from(self.takes_refused)),
            ("put_blocked_seconds", Value::from(self.queue.put_blocked())),
        ]);
        JobOutput {
            measures,
            details: RunDetails::new(Words {
                total: taken,
                put: Some(taken + left),
            }),
        }
    }
}
