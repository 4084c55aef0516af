//! The event loop: one thread, many connections. The thread asks on all of them and waits for none; the
//! system tells it which replies have come, these go into a queue, and it handles one after the other.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::ready;
use std::io;
use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

use super::conduct::{Waited, Waiter, say_done};
use super::talk::{ASK, ASK_AND_GREET, address};
use super::telling::{Handled, compute, measure};
use super::{ARRIVED, ASKED, HANDLE, HANDLED, LOOP, WAIT};
use crate::lab::process::worker_task::TaskCtx;
use crate::lab::run::coroutines;
use crate::lab::run::error::{RunError, SystemRequest};
use crate::lab::trace::event::{State, Step, TrackName};
use crate::lab::trace::track::{Batch, Span, Track};

/// Waits for the replies of all connections on the calling thread.
pub(super) fn collect(waiter: &Waiter, ctx: &TaskCtx<'_>) -> Result<Waited, RunError> {
    let track = ctx.track(TrackName::only("worker"));
    let lane = Lane::new(&track);
    let replies = coroutines::run(ctx, async {
        event_loop(waiter, &lane)
            .await
            .map_err(|error| RunError::system(SystemRequest::Connection, &error))
    })?;
    say_done(ctx);
    let mut waited = measure(&lane.batch);
    waited.replies = replies;
    waited.handled = lane.handled.get();
    Ok(waited)
}

async fn event_loop(waiter: &Waiter, lane: &Lane<'_>) -> io::Result<u64> {
    let mut numbers = waiter.numbers.clone();
    let mut opening = FuturesUnordered::new();
    let mut replies = FuturesUnordered::new();
    let mut queue = VecDeque::new();
    let mut handled = 0;
    let mut quiet = pin!(sleep(QUIET));
    while handled < waiter.numbers.len() as u64 {
        if opening.is_empty() {
            let burst: Vec<u32> = numbers.by_ref().take(waiter.burst).collect();
            let greeted = burst.last().copied();
            let open = |number| open(waiter.port, number, greeted == Some(number));
            opening.extend(burst.into_iter().map(open));
        }
        tokio::select! {
            // First all that has come goes into the queue; then there is time to handle one of it.
            biased;
            Some(reply) = replies.next() => {
                let number = reply?;
                lane.happened(ARRIVED, number);
                queue.push_back(number); // step: loop
            }
            Some(opened) = opening.next() => {
                let (number, stream) = opened?;
                lane.happened(ASKED, number);
                replies.push(reply(number, stream));
            }
            () = ready(()), if !queue.is_empty() => {
                if let Some(number) = queue.pop_front() {
                    lane.handle(number, waiter.handle());
                    handled += 1;
                }
                if !waiter.handle().is_zero() {
                    // Meanwhile nobody has looked what else has come: that is next.
                    tokio::task::yield_now().await;
                }
            }
            () = &mut quiet, if !lane.rests() => {
                lane.rest();
                continue;
            }
        }
        quiet.as_mut().reset(Instant::now() + QUIET);
    }
    Ok(handled)
}

/// Opens connection `number`, and asks on it. One that is to be greeted is ready only then.
async fn open(port: u16, number: u32, greet: bool) -> io::Result<(u32, TcpStream)> {
    let mut stream = TcpStream::connect(address(port)).await?;
    stream.set_zero_linger()?;
    stream
        .write_u8(if greet { ASK_AND_GREET } else { ASK })
        .await?;
    if greet {
        stream.read_u8().await?;
    }
    Ok((number, stream))
}

/// The coroutine of one connection: it gives the thread away until its reply is there.
async fn reply(number: u32, mut stream: TcpStream) -> io::Result<u32> {
    stream.read_u8().await?; // step: wait
    Ok(number)
}

/// When nothing has happened for so long, the loop rests, and tells what happened before.
const QUIET: Duration = Duration::from_millis(2);
/// While it does not rest it tells this often.
const TELL_EVERY: Duration = Duration::from_millis(16);

/// The loop's lane: it has something to do, or it rests.
struct Lane<'track> {
    track: &'track Track,
    batch: Batch<'track>,
    span: RefCell<Option<Span<'track>>>,
    rests: Cell<bool>,
    handled: Cell<Handled>,
}

impl<'track> Lane<'track> {
    fn new(track: &'track Track) -> Self {
        let batch = track.batch();
        measure(&batch);
        Self {
            track,
            batch,
            span: RefCell::new(Some(track.running(LOOP))),
            rests: Cell::new(false),
            handled: Cell::default(),
        }
    }

    fn rests(&self) -> bool {
        self.rests.get()
    }

    fn happened(&self, step: Step, number: u32) {
        if self.rests.replace(false) {
            self.begin(State::Running, LOOP);
        }
        self.batch.instant(step, Some(number.into()));
        if self.batch.flush_after(TELL_EVERY) {
            measure(&self.batch);
        }
    }

    /// Nothing to do: time to tell.
    fn rest(&self) {
        self.begin(State::Sleeping, WAIT);
        self.rests.set(true);
        measure(&self.batch);
        self.batch.flush();
    }

    /// Handles a reply. Whatever else has come, nobody looks at it meanwhile.
    fn handle(&self, number: u32, length: Duration) {
        if !length.is_zero() {
            self.batch.flush();
            let _handling = self.track.running(HANDLE);
            self.handled.set(self.handled.get() + compute(length)); // step: handle
        }
        self.happened(HANDLED, number);
    }

    fn begin(&self, state: State, step: Step) {
        let mut span = self.span.borrow_mut();
        // The one before ends first.
        *span = None;
        *span = Some(self.track.span(state, step));
    }
}
