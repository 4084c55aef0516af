//! The processes at the queue's two ends: producers put words in, the consumer takes them out.

use std::time::Duration;

use rand::RngExt;

use super::broker::{Ask, Reply};
use super::{PAUSE, PUT, TAKE, WAIT_FOR_ROOM, WORD, Word};
use crate::lab::process::worker_task::TaskCtx;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::{State, Step, TrackName};
use crate::lab::trace::track::Track;

/// Puts `word` in `puts` times. As in the lesson it pauses after each, for a time that chance decides.
/// A word that is refused is lost; it goes on with the next.
pub(super) fn put(
    word: Word,
    puts: u64,
    pause_max: Duration,
    ctx: &TaskCtx<'_>,
) -> Result<(), RunError> {
    let track = ctx.track(TrackName::only("worker"));
    ctx.failpoint(&track, PUT)?;
    let mut rng = ctx.rng(word.index() as u64);
    for _ in 0..puts {
        ask(Ask::Put(word), ctx, &track)?;
        let _pausing = track.sleeping(PAUSE);
        ctx.sleep(pause_max.mul_f64(rng.random_range(0.0..=1.0)))?; // step: pause
    }
    Ok(())
}

/// Takes words out, `takes` times.
pub(super) fn take(takes: u64, ctx: &TaskCtx<'_>) -> Result<(), RunError> {
    let track = ctx.track(TrackName::only("worker"));
    ctx.failpoint(&track, TAKE)?;
    for _ in 0..takes {
        ask(Ask::Take, ctx, &track)?;
    }
    Ok(())
}

/// Asks the queue and waits as long as it says so. The lane shows sending while the queue answers at once, and waiting
/// from its `Wait` on.
fn ask(what: Ask, ctx: &TaskCtx<'_>, track: &Track) -> Result<(), RunError> {
    let (asks, waits): (Step, Step) = match what {
        Ask::Put(_) => (PUT, WAIT_FOR_ROOM),
        Ask::Take => (TAKE, WORD),
    };
    let mut span = track.holding(asks);
    ctx.send(&what);
    let mut reply: Reply = ctx.recv()?; // step: put, take
    if reply == Reply::Wait {
        drop(span);
        span = track.waiting(waits);
        reply = ctx.recv()?; // step: room, word
    }
    if reply == Reply::Refused {
        span.end_as(State::Lost);
    }
    Ok(())
}
