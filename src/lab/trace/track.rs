//! Tracks and spans: how a thread reports what it does.
//!
//! Reporting must cost little, or it would change what it reports: an event is one look at the clock and one push
//! onto a channel. Nothing is formatted or locked; events that do not fit are dropped here, at the sender, and
//! counted.
//!
//! The channel is unbounded: on a bounded one a job on the UI thread would wait for a queue that only the UI thread
//! empties. Tracks are capped instead, at [`EVENTS_PER_TRACK`] events and as many more that carry a figure.
//! Events of a worker process are lines on a pipe, each a system call: thousands a second are kept in a [`Batch`] with
//! their times, and sent together when there is nothing else to do.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering, fence};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use crossbeam_channel::Sender;

use super::event::{Event, EventKind, State, Step, TrackId};
use crate::lab::machine::cores::Entered;
use crate::lab::process::wire::WireWriter;

/// Events without a figure that one track may send, and as many more with one. A picture of more would be a solid
/// bar.
pub const EVENTS_PER_TRACK: u32 = 1 << 16;

/// How many more events a track may send. Figures have a quota of their own: when a lane is full of spans, counts
/// must still arrive, or the picture would stand still while the run goes on.
#[derive(Debug)]
pub(crate) struct EventQuota {
    plain: Cell<u32>,
    figures: Cell<u32>,
}

impl EventQuota {
    /// A quota of so many events of either kind.
    pub(crate) fn of(events: u32) -> Self {
        Self {
            plain: Cell::new(events),
            figures: Cell::new(events),
        }
    }
}

/// Why the host of a run (the window, the terminal) is woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WakeReason {
    /// Events wait to be drained. There is no hurry.
    Events,
    /// The last event has come: the run is over.
    Finished,
}

/// Wakes the host of the run. Once per drain, however many events come in between, because the window's own wake-up
/// takes a lock.
pub(crate) struct Wake {
    pending: AtomicBool,
    call: Arc<dyn Fn(WakeReason) + Send + Sync>,
}

impl Wake {
    pub(crate) fn new(call: Arc<dyn Fn(WakeReason) + Send + Sync>) -> Self {
        Self {
            pending: AtomicBool::new(false),
            call,
        }
    }

    /// Called before the channel is read.
    pub(crate) fn rearm(&self) {
        self.pending.store(false, Ordering::Relaxed);
        fence(Ordering::SeqCst);
    }

    /// Called after an event was put into the channel.
    fn notify(&self, reason: WakeReason) {
        // One side writes the channel and reads the flag, the other writes the flag and reads the channel. Without a
        // fence on both sides each may read the old state, and the event would wait with no wake-up.
        fence(Ordering::SeqCst);
        // The cheap look first: most events find the flag set, and a shared read scales where a swap by each of eight
        // threads would not.
        let is_first =
            !self.pending.load(Ordering::Relaxed) && !self.pending.swap(true, Ordering::Relaxed);
        // The end always wakes: after a wake-up for events the host takes its time.
        if is_first || reason == WakeReason::Finished {
            (self.call)(reason);
        }
    }
}

/// The way of events: to the run's log in this process, or as lines of JSON to the process that shows the run.
#[derive(Clone)]
pub(crate) enum Sink {
    Channel { tx: Sender<Event>, wake: Arc<Wake> },
    Wire(Arc<WireWriter>),
}

impl Sink {
    pub(crate) fn send(&self, event: Event) {
        match self {
            Sink::Channel { tx, wake } => {
                // Fails only after the run's handle was dropped, and then the event is of no use.
                let reason = match event.kind {
                    EventKind::Finished(_) => WakeReason::Finished,
                    _ => WakeReason::Events,
                };
                if tx.send(event).is_ok() {
                    wake.notify(reason);
                }
            }
            Sink::Wire(writer) => writer.event(&event),
        }
    }

    /// Sends many events, which cross the wire in one piece.
    fn send_all(&self, events: Vec<Event>) {
        match self {
            Sink::Channel { .. } => events.into_iter().for_each(|event| self.send(event)),
            Sink::Wire(writer) => writer.events(&events),
        }
    }
}

/// The events of one thread or process. Not shared between threads: each opens its own.
pub struct Track {
    pub(crate) id: TrackId,
    pub(crate) origin: Instant,
    pub(crate) sink: Sink,
    pub(crate) dropped: Arc<AtomicU64>,
    pub(crate) room: EventQuota,
    /// Registers the thread for changes of the run's cores.
    pub(crate) _entered: Option<Entered>,
}

impl Track {
    /// The id of this track.
    pub fn id(&self) -> TrackId {
        self.id
    }

    /// Begins a span, which ends when the returned guard is dropped.
    pub fn span(&self, state: State, step: Step) -> Span<'_> {
        let mut span = self.span_elsewhere(state, step);
        // Only running spans are shaded by CPU time; asking costs a system call.
        if span.kept && state == State::Running {
            span.cpu = ThreadTime::try_now().ok();
        }
        span
    }

    /// A span in which the thread has work for a core.
    pub fn running(&self, step: Step) -> Span<'_> {
        self.span(State::Running, step)
    }

    /// A span in which the thread waits for another one.
    pub fn waiting(&self, step: Step) -> Span<'_> {
        self.span(State::Waiting, step)
    }

    /// A span in which the thread holds what only one may hold.
    pub fn holding(&self, step: Step) -> Span<'_> {
        self.span(State::Holding, step)
    }

    /// A span in which the thread needs no core.
    pub fn sleeping(&self, step: Step) -> Span<'_> {
        self.span(State::Sleeping, step)
    }

    /// Begins a span of a thread of another program: only that program can measure its CPU time.
    pub fn span_elsewhere(&self, state: State, step: Step) -> Span<'_> {
        // The end is counted together with the beginning: a span that was begun can always end.
        let kept = self.take_room(&self.room.plain, 2);
        if kept {
            self.send(EventKind::SpanBegun { state, step });
        }
        Span {
            track: self,
            kept,
            cpu: None,
            told_cpu: None,
            end_state: None,
        }
    }

    /// Something happened now.
    pub fn instant(&self, step: Step, value: Option<i64>) {
        if self.has_room_for(value) {
            self.send(EventKind::Instant { step, value });
        }
    }

    /// `done` of `total` units are done.
    pub fn progress(&self, done: u64, total: u64) {
        if self.take_room(&self.room.figures, 1) {
            self.send(EventKind::Progress { done, total });
        }
    }

    /// A buffer for instants, with their times.
    pub fn batch(&self) -> Batch<'_> {
        Batch {
            track: self,
            kept: RefCell::default(),
            latest: Cell::default(),
        }
    }

    fn send(&self, kind: EventKind) {
        self.sink.send(Event {
            at: self.origin.elapsed(),
            track: self.id,
            kind,
        });
    }

    /// Takes one event from the quota for instants with or without a figure.
    fn has_room_for(&self, figure: Option<i64>) -> bool {
        let room = match figure {
            Some(_) => &self.room.figures,
            None => &self.room.plain,
        };
        self.take_room(room, 1)
    }

    fn take_room(&self, room: &Cell<u32>, events: u32) -> bool {
        match room.get().checked_sub(events) {
            Some(left) => {
                room.set(left);
                true
            }
            None => {
                self.dropped.fetch_add(u64::from(events), Ordering::Relaxed);
                false
            }
        }
    }
}

/// A stretch of time on a [`Track`]; dropping it ends it, on every way out of a block, a panic included.
#[must_use = "the span ends when this is dropped"]
pub struct Span<'track> {
    track: &'track Track,
    kept: bool,
    cpu: Option<ThreadTime>,
    told_cpu: Option<Duration>,
    end_state: Option<State>,
}

impl Span<'_> {
    /// Ends the span and recolours it, because it turned out to be `state`.
    pub fn end_as(mut self, state: State) {
        self.end_state = Some(state);
    }

    /// Ends the span of a thread elsewhere that took this much CPU time.
    pub fn end_with_cpu(mut self, cpu: Duration) {
        self.told_cpu = Some(cpu);
    }
}

impl Drop for Span<'_> {
    fn drop(&mut self) {
        if self.kept {
            let measured = self.cpu.and_then(|begun| begun.try_elapsed().ok());
            let cpu = self.told_cpu.or(measured);
            self.track.send(EventKind::SpanEnded {
                state: self.end_state,
                cpu,
            });
        }
    }
}

/// A buffer for instants of a [`Track`] that come by the thousand. In a worker process each event is a system call;
/// one by one these would take most of the time. Dropping the buffer flushes it.
pub struct Batch<'track> {
    track: &'track Track,
    kept: RefCell<Vec<Event>>,
    latest: Cell<Duration>,
}

impl Batch<'_> {
    /// Something happened now.
    pub fn instant(&self, step: Step, value: Option<i64>) {
        self.instant_at(self.track.origin.elapsed(), step, value);
    }

    /// Something happened at `at`, on the run's stopwatch; another thread may have seen it. A track's events
    /// are in order of time, so one that comes late is placed beside the one before it.
    pub fn instant_at(&self, at: Duration, step: Step, value: Option<i64>) {
        if self.track.has_room_for(value) {
            let at = at.max(self.latest.get());
            self.latest.set(at);
            self.kept.borrow_mut().push(Event {
                at,
                track: self.track.id,
                kind: EventKind::Instant { step, value },
            });
        }
    }

    /// Sends all buffered instants.
    pub fn flush(&self) {
        let kept = self.kept.take();
        if !kept.is_empty() {
            self.track.sink.send_all(kept);
        }
    }

    /// Sends all buffered instants if the oldest has waited for `age`. Returns whether it has.
    pub fn flush_after(&self, age: Duration) -> bool {
        let oldest = self.kept.borrow().first().map(|event| event.at);
        let is_due = oldest.is_some_and(|at| self.track.origin.elapsed() >= at + age);
        if is_due {
            self.flush();
        }
        is_due
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        self.flush();
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::unbounded;

    use super::*;

    #[test]
    fn a_batch_is_told_together_in_order_of_time_and_counts_what_does_not_fit() {
        let (tx, rx) = unbounded();
        let wake = Arc::new(Wake::new(Arc::new(|_| {})));
        let dropped = Arc::new(AtomicU64::new(0));
        let track = Track {
            id: TrackId(3),
            origin: Instant::now(),
            sink: Sink::Channel { tx, wake },
            dropped: Arc::clone(&dropped),
            room: EventQuota::of(3),
            _entered: None,
        };
        let batch = track.batch();
        let millis = Duration::from_millis;
        for at in [10, 30, 20] {
            batch.instant_at(millis(at), Step("work"), Some(at as i64));
        }
        assert!(rx.is_empty());
        // Its first is of a time to come: nothing is due.
        batch.flush_after(Duration::from_secs(3600));
        assert!(rx.is_empty());
        batch.flush();
        let told: Vec<_> = rx.try_iter().map(|event| event.at).collect();
        assert_eq!(told, [10, 30, 30].map(millis));
        batch.instant_at(millis(40), Step("work"), Some(40));
        batch.instant_at(millis(50), Step("work"), None);
        drop(batch);
        assert_eq!((rx.len(), dropped.load(Ordering::Relaxed)), (1, 1));
    }
}
