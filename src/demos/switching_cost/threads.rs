//! Threads: the operating system decides which has the core, until one thread wakes the next and waits.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock};
use std::thread::{Thread, park};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};

use super::computing::{Computer, Work};
use super::meter::{Meter, Used};
use super::one_core::OneCore;
use super::sweep::{DividedWork, Team, Turned};
use super::turns::{SUBJECTS, Slices, Token, Turns, take_turns};
use super::{COMPUTE, SHOWN, START, TURNS};
use crate::lab::machine::context_switches;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group::{self, ThreadGroup};
use crate::lab::trace::event::{State, TrackName};
use crate::lab::trace::track::Track;

/// Thousands of threads with the usual 2 MiB of stack each would take a lot of address space, for a loop
/// that calls nothing.
const STACK: usize = 256 << 10;

/// Stop is noticed after so long at the latest while threads come to the gate.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Threads that share the work, and five that take turns.
pub(super) struct Threads<'group, 'scope, 'env> {
    pub(super) ctx: &'env RunCtx,
    pub(super) core: &'env OneCore,
    /// The group in which the five live until the run is over.
    pub(super) group: &'group mut ThreadGroup<'scope, 'env, ()>,
    pub(super) ring: &'env Ring,
    /// Started when they are first needed.
    pub(super) subjects: Option<Subjects>,
}

impl Team for Threads<'_, '_, '_> {
    const CONDUCTS: State = State::Sleeping;

    fn share(&mut self, tasks: u64, work: Work) -> Result<DividedWork, RunError> {
        let before = context_switches::of_this_process();
        let begun = Instant::now();
        // The gate is a lock that the run holds while it creates the threads: each stops at it, and letting
        // go of it lets all of them in at once. It holds whether they shall compute.
        let gate = RwLock::new(false);
        // Nothing is ever sent: each thread drops its end when it stands at the gate, and with the last one
        // all are there. A thread that panics on the way drops it too.
        let (arrival, arrivals) = bounded::<Infallible>(0);
        let mut creating = begun.elapsed();
        let (ctx, core) = (self.ctx, self.core);
        let mut used = thread_group::scope(ctx, |group| {
            let mut opened = gate.write().unwrap_or_else(PoisonError::into_inner);
            for index in 0..tasks {
                let (gate, arrival) = (&gate, arrival.clone());
                let task = move || {
                    core.settle();
                    let track = (index < SHOWN)
                        .then(|| ctx.track(TrackName::nth("thread", index as usize)));
                    drop(arrival);
                    do_share(work.share(tasks, index), work, track.as_ref(), gate, ctx)
                };
                group.spawn_with_stack(format!("task-{}", index + 1), STACK, task)?;
            }
            drop(arrival);
            until_all_are_there(&arrivals, ctx)?;
            creating = begun.elapsed();
            *opened = true;
            drop(opened);
            Ok(Used::sum(group.join()?))
        })?;
        // Some systems count for whole processes only: this one had hardly anything else to do.
        let of_process = || Some(context_switches::of_this_process()? - before?);
        used.switches = used.switches.or_else(of_process);
        Ok(DividedWork {
            creating,
            wall: begun.elapsed(),
            used,
        })
    }

    fn take_turns(&mut self, turns: Turns) -> Result<Turned, RunError> {
        let subjects = match &self.subjects {
            Some(subjects) => subjects,
            None => {
                let started = Subjects::start(self.group, self.ring, self.core, self.ctx)?;
                self.subjects.insert(started)
            }
        };
        let before = context_switches::of_this_process();
        subjects.take_turns(turns, self.ring).map(|mut turned| {
            let of_process = || Some(context_switches::of_this_process()? - before?);
            turned.used.switches = turned.used.switches.or_else(of_process);
            turned
        })
    }
}

/// Waits until all ends of the channel are dropped, or for Stop.
fn until_all_are_there(arrivals: &Receiver<Infallible>, ctx: &RunCtx) -> Result<(), RunError> {
    while arrivals.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
        ctx.check_cancel()?;
    }
    Ok(())
}

/// The work of one of many threads: waits at the gate, computes its share. Returns its use of the core; waiting at the
/// gate is one voluntary switch.
fn do_share(
    loops: u64,
    work: Work,
    track: Option<&Track>,
    gate: &RwLock<bool>,
    ctx: &RunCtx,
) -> Result<Used, RunError> {
    let meter = Meter::of_this_thread();
    {
        let _waiting = track.map(|it| it.waiting(START));
        let may_compute = *gate.read().unwrap_or_else(PoisonError::into_inner); // step: start
        if !may_compute {
            return Err(Cancelled.into());
        }
    }
    let _running = track.map(|it| it.running(COMPUTE));
    Computer::new(ctx, work.pace).compute(loops)?; // step: compute
    Ok(meter.read())
}

/// The threads that take turns, and whose turn it is.
pub(super) struct Ring {
    turn: AtomicUsize,
    /// One member can't go on, so none can.
    broken: AtomicBool,
    members: OnceLock<Vec<Thread>>,
}

/// The turn before any member begins.
const NOBODY: usize = usize::MAX;

impl Ring {
    pub(super) fn new() -> Self {
        Self {
            turn: AtomicUsize::new(NOBODY),
            broken: AtomicBool::new(false),
            members: OnceLock::new(),
        }
    }

    /// Release, and acquire in [`wait`](Token::wait): what one computed before it passed the token on has
    /// happened before what the next one computes.
    fn give(&self, member: usize) {
        self.turn.store(member, Ordering::Release);
        if let Some(members) = self.members.get() {
            members[member].unpark();
        }
    }

    fn shatter(&self) {
        self.broken.store(true, Ordering::Release);
        self.members
            .get()
            .into_iter()
            .flatten()
            .for_each(Thread::unpark);
    }
}

/// One thread's hold on the ring. Dropped before its work is done, by an error or a panic, it breaks the
/// ring: the others would wait for ever.
struct Hold<'ring> {
    ring: &'ring Ring,
    me: usize,
    is_done: bool,
}

impl Token for Hold<'_> {
    fn wait(&mut self) -> Result<(), RunError> {
        // `park` may return without reason, and does so when a wake-up came before it.
        while self.ring.turn.load(Ordering::Acquire) != self.me {
            if self.ring.broken.load(Ordering::Acquire) {
                return Err(Cancelled.into());
            }
            park();
        }
        Ok(())
    }

    fn pass(&mut self) -> Result<(), RunError> {
        self.ring.give((self.me + 1) % SUBJECTS);
        Ok(())
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            self.ring.shatter();
        }
    }
}

/// A subject's message to the run's own thread.
enum Message {
    /// It waits for its turn.
    Ready,
    /// All its turns are taken.
    Done(Result<(Slices, Used), RunError>),
}

/// Five threads that take turns again and again.
pub(super) struct Subjects {
    orders: Vec<Sender<Turns>>,
    messages: Receiver<Message>,
}

impl Subjects {
    fn start<'scope>(
        group: &mut ThreadGroup<'scope, '_, ()>,
        ring: &'scope Ring,
        core: &'scope OneCore,
        ctx: &'scope RunCtx,
    ) -> Result<Self, RunError> {
        let (tx, messages) = unbounded();
        let (mut orders, mut members) = (Vec::new(), Vec::new());
        for me in 0..SUBJECTS {
            let (order, ordered) = unbounded();
            let tx = tx.clone();
            let subject = move || {
                core.settle();
                let track = ctx.track(TrackName::nth("thread", me));
                // Until the other end is dropped.
                for turns in ordered {
                    let meter = Meter::of_this_thread();
                    tx.send(Message::Ready).ok();
                    let _running = track.running(TURNS);
                    let mut hold = Hold {
                        ring,
                        me,
                        is_done: false,
                    };
                    let taken = take_turns(turns, &mut hold, ctx); // step: turns
                    hold.is_done = taken.is_ok();
                    drop(hold);
                    let used = meter.read();
                    tx.send(Message::Done(taken.map(|slices| (slices, used))))
                        .ok();
                }
                Ok::<_, RunError>(())
            };
            members.push(group.spawn(format!("subject-{}", me + 1), subject)?);
            orders.push(order);
        }
        ring.members.get_or_init(|| members);
        Ok(Self { orders, messages })
    }

    fn take_turns(&self, turns: Turns, ring: &Ring) -> Result<Turned, RunError> {
        ring.turn.store(NOBODY, Ordering::Release);
        for order in &self.orders {
            order.send(turns).ok();
        }
        let mut ready = 0;
        let mut begun = Instant::now();
        let mut turned = Vec::with_capacity(SUBJECTS);
        while turned.len() < SUBJECTS {
            // A thread that panics sends nothing, but breaks the ring, and the others fail.
            match self.messages.recv().map_err(|_| Cancelled)? {
                Message::Ready => {
                    ready += 1;
                    if ready == SUBJECTS {
                        begun = Instant::now();
                        ring.give(0);
                    }
                }
                Message::Done(done) => turned.push(done?),
            }
        }
        let wall = begun.elapsed();
        Ok(Turned {
            wall,
            used: Used::sum(turned.iter().map(|(_, used)| *used)),
            slices: turned.into_iter().map(|(slices, _)| slices).collect(),
        })
    }
}
