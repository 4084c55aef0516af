//! The event loop: one thread, many connections. The thread asks on all of them and waits for none; the
//! system reports which replies have come, these go into a queue, and it handles one after the other.

use std::cell::Cell;
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

use super::client::{Client, ClientFigures, Handled, compute, measure, send_done};
use super::protocol::{ASK, ASK_AND_GREET, address};
use super::{ARRIVED, ASKED, HANDLE, HANDLED, LOOP, WAIT};
use crate::lab::process::worker_task::TaskCtx;
use crate::lab::run::coroutines;
use crate::lab::run::error::{RunError, SystemRequest};
use crate::lab::trace::event::{Step, TrackName};
use crate::lab::trace::span_sequence::SpanSequence;
use crate::lab::trace::track::{Batch, Span, Track};

/// Waits for the replies of all connections on the calling thread.
pub(super) fn collect(client: &Client, ctx: &TaskCtx<'_>) -> Result<ClientFigures, RunError> {
    let track = ctx.track(TrackName::only("worker"));
    let track = LoopTrack::new(&track);
    let (replies, handled) = coroutines::run(ctx, async {
        event_loop(client, &track)
            .await
            .map_err(|error| RunError::system(SystemRequest::Connection, &error))
    })?;
    send_done(ctx);
    Ok(ClientFigures {
        replies,
        handled,
        ..measure(&track.batch)
    })
}

/// Returns how many replies were handled, and what that took.
async fn event_loop(client: &Client, track: &LoopTrack<'_>) -> io::Result<(u64, Handled)> {
    let mut numbers = client.numbers.clone();
    let mut opening = FuturesUnordered::new();
    let mut replies = FuturesUnordered::new();
    let mut queue = VecDeque::new();
    let (mut count, mut handled) = (0, Handled::default());
    let mut quiet = pin!(sleep(QUIET));
    while count < client.numbers.len() as u64 {
        if opening.is_empty() {
            let burst: Vec<u32> = numbers.by_ref().take(client.burst).collect();
            let greeted = burst.last().copied();
            let open = |number| open(client.port, number, greeted == Some(number));
            opening.extend(burst.into_iter().map(open));
        }
        tokio::select! {
            // First all replies that have come go into the queue; then one of them is handled.
            biased;
            Some(reply) = replies.next() => {
                let number = reply?;
                track.happened(ARRIVED, number);
                queue.push_back(number); // step: loop
            }
            Some(opened) = opening.next() => {
                let (number, stream) = opened?;
                track.happened(ASKED, number);
                replies.push(reply(number, stream));
            }
            () = ready(()), if !queue.is_empty() => {
                if let Some(number) = queue.pop_front() {
                    handled = handled + handle(client.handle(), track);
                    track.happened(HANDLED, number);
                    count += 1;
                }
                if !client.handle().is_zero() {
                    // Replies that have come meanwhile are next.
                    tokio::task::yield_now().await;
                }
            }
            () = &mut quiet, if !track.rests() => {
                track.rest();
                continue;
            }
        }
        quiet.as_mut().reset(Instant::now() + QUIET);
    }
    Ok((count, handled))
}

/// Opens connection `number`, and asks on it. A connection that is to be greeted is ready only after the greeting.
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

/// After so long without an event the loop rests, and reports the events before.
const QUIET: Duration = Duration::from_millis(2);
/// While it does not rest it reports this often.
const TELL_EVERY: Duration = Duration::from_millis(16);

/// Works on a reply. The thread looks at nothing else meanwhile, whatever has come.
fn handle(length: Duration, track: &LoopTrack<'_>) -> Handled {
    if length.is_zero() {
        return Handled::default();
    }
    track.batch.flush();
    let _handling = track.handling();
    compute(length) // step: handle
}

/// The loop's track: the loop has something to do, or it rests.
struct LoopTrack<'track> {
    track: &'track Track,
    batch: Batch<'track>,
    spans: SpanSequence<'track>,
    rests: Cell<bool>,
}

impl<'track> LoopTrack<'track> {
    fn new(track: &'track Track) -> Self {
        let batch = track.batch();
        measure(&batch);
        let spans = SpanSequence::on(Some(track));
        spans.running(LOOP);
        Self {
            track,
            batch,
            spans,
            rests: Cell::new(false),
        }
    }

    fn rests(&self) -> bool {
        self.rests.get()
    }

    fn happened(&self, step: Step, number: u32) {
        if self.rests.replace(false) {
            self.spans.running(LOOP);
        }
        self.batch.instant(step, Some(number.into()));
        if self.batch.flush_after(TELL_EVERY) {
            measure(&self.batch);
        }
    }

    /// The loop has nothing to do: time to report what happened before.
    fn rest(&self) {
        self.spans.sleeping(WAIT);
        self.rests.set(true);
        measure(&self.batch);
        self.batch.flush();
    }

    /// Begins a span within the loop's.
    fn handling(&self) -> Span<'_> {
        self.track.running(HANDLE)
    }
}
