//! Waiting with blocking calls: a thread that waits for a reply can do nothing else. One thread then takes
//! all replies' times one after the other; or each connection gets a thread of its own.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{Builder, Scope};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::client::{Client, ClientFigures, Handled, compute, measure, send_done, send_failed};
use super::connection_limit::STACK_BYTES;
use super::protocol::{ASK, ASK_AND_GREET, address, reset_at_end};
use super::{ARRIVED, ASKED, HANDLE, HANDLED, WAIT};
use crate::lab::machine::priority;
use crate::lab::process::worker_task::TaskCtx;
use crate::lab::run::WorkCtx;
use crate::lab::run::error::{RunError, SpawnKind, SystemRequest};
use crate::lab::trace::event::{Step, TrackName};
use crate::lab::trace::track::{Batch, Track};

/// The most threads that have tracks of their own: the picture could not show more of them apart.
const LANES: usize = 200;
/// Threads are counted whenever so many more have been started, and after the last.
const COUNT_EVERY: usize = 64;
/// How often the process passes on its threads' reports.
const TELL_EVERY: Duration = Duration::from_millis(16);

/// Connects, asks, waits, handles; and then the next one.
pub(super) fn one_at_a_time(client: &Client, ctx: &TaskCtx<'_>) -> Result<ClientFigures, RunError> {
    let track = ctx.track(TrackName::only("worker"));
    let batch = track.batch();
    measure(&batch);
    let mut handled = Handled::default();
    for number in client.numbers.clone() {
        let tell = |step| {
            batch.instant(step, Some(number.into()));
            // Everything is reported before the thread waits for a reply.
            batch.flush();
        };
        handled = handled + connection(client, false, Some(&track), &tell).map_err(refused)?;
    }
    send_done(ctx);
    let waited = measure(&batch);
    Ok(ClientFigures {
        replies: client.numbers.len() as u64,
        handled,
        ..waited
    })
}

fn refused(error: io::Error) -> RunError {
    RunError::system(SystemRequest::Connection, &error)
}

/// A thread's report to the one that started it.
struct Report {
    at: Duration,
    number: u32,
    step: Step,
    /// The error of a connection that failed.
    error: Option<io::Error>,
}

/// A thread for each connection.
pub(super) fn thread_each(client: &Client, ctx: &TaskCtx<'_>) -> Result<ClientFigures, RunError> {
    let track = ctx.track(TrackName::only("worker"));
    let batch = track.batch();
    let (tx, reports) = unbounded();
    let mut team = Team {
        batch: &batch,
        reports,
        handled: 0,
        most: measure(&batch),
    };
    let alive = Alive::default();
    std::thread::scope(|scope| {
        let started = start_all(&mut team, client, ctx, &tx, &alive, scope);
        let done = started.and_then(|()| {
            while team.handled < client.numbers.len() as u64 {
                team.listen_until(|_| true)?;
            }
            Ok(())
        });
        match &done {
            Ok(()) => send_done(ctx),
            Err(error) => send_failed(ctx, error),
        }
        done
    })?;
    team.count();
    // This thread counts as well.
    let most = alive.most.load(Ordering::Relaxed) + 1;
    Ok(ClientFigures {
        replies: team.handled,
        threads: team.most.threads.map(|counted| counted.max(most)),
        ..team.most
    })
}

/// Counts the threads with a connection that are there at the same time. The system is asked only now and then, and
/// would miss those that come and go between.
#[derive(Default)]
struct Alive {
    now: AtomicU64,
    most: AtomicU64,
}

/// Starts the threads, burst by burst.
fn start_all<'scope>(
    team: &mut Team<'_, '_>,
    client: &'scope Client,
    ctx: &'scope WorkCtx,
    tx: &Sender<Report>,
    alive: &'scope Alive,
    scope: &'scope Scope<'scope, '_>,
) -> Result<(), RunError> {
    let count = client.numbers.len();
    for (index, number) in client.numbers.clone().enumerate() {
        let ends_burst = (index + 1) % client.burst == 0;
        let tx = tx.clone();
        Builder::new()
            .name(format!("conn-{}", number + 1))
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, move || {
                let lane = (count <= LANES).then(|| ctx.track(TrackName::nth("thread", index)));
                let now = alive.now.fetch_add(1, Ordering::Relaxed) + 1;
                alive.most.fetch_max(now, Ordering::Relaxed);
                attend(client, number, ends_burst, lane.as_ref(), ctx, &tx);
                alive.now.fetch_sub(1, Ordering::Relaxed);
            })
            .map_err(|error| RunError::spawn(SpawnKind::Thread, &error))?;
        if (index + 1) % COUNT_EVERY == 0 || index + 1 == count {
            team.count();
        }
        if ends_burst {
            team.listen_until(|report| report.number == number && report.step == ASKED)?;
        }
        while let Ok(report) = team.reports.try_recv() {
            team.take(report)?;
        }
    }
    Ok(())
}

/// The thread of one connection.
fn attend(
    client: &Client,
    number: u32,
    greet: bool,
    track: Option<&Track>,
    ctx: &WorkCtx,
    tx: &Sender<Report>,
) {
    if !client.handle().is_zero() {
        priority::lower_this_thread();
    }
    let say = |step, error| {
        let at = ctx.now();
        // The channel is closed only after another connection has failed.
        drop(tx.send(Report {
            at,
            number,
            step,
            error,
        }));
    };
    if let Err(error) = connection(client, greet, track, &|step| say(step, None)) {
        say(HANDLED, Some(error));
    }
}

/// The life of one connection. The thread sleeps in each call until the system has what it asks for.
fn connection(
    client: &Client,
    greet: bool,
    track: Option<&Track>,
    tell: &impl Fn(Step),
) -> io::Result<Handled> {
    {
        let _waiting = track.map(|track| track.sleeping(WAIT));
        let mut byte = [if greet { ASK_AND_GREET } else { ASK }];
        let mut stream = TcpStream::connect(address(client.port))?;
        reset_at_end(&stream)?;
        stream.write_all(&byte)?;
        if greet {
            stream.read_exact(&mut byte)?;
        }
        tell(ASKED);
        stream.read_exact(&mut byte)?; // step: wait
        tell(ARRIVED);
    }
    let mut handled = Handled::default();
    if !client.handle().is_zero() {
        let _handling = track.map(|track| track.running(HANDLE));
        handled = compute(client.handle()); // step: handle
    }
    tell(HANDLED);
    Ok(handled)
}

/// The threads' reports, for the thread that started them.
struct Team<'batch, 'track> {
    batch: &'batch Batch<'track>,
    reports: Receiver<Report>,
    handled: u64,
    most: ClientFigures,
}

impl Team<'_, '_> {
    fn count(&mut self) {
        let now = measure(self.batch);
        self.most.threads = self.most.threads.max(now.threads);
        self.most.bytes = self.most.bytes.max(now.bytes);
    }

    /// Takes in reports up to the one that is `awaited`.
    fn listen_until(&mut self, awaited: impl Fn(&Report) -> bool) -> Result<(), RunError> {
        loop {
            let report = match self.reports.recv_timeout(TELL_EVERY) {
                Ok(report) => report,
                // Nothing happens, so reporting the events so far costs no time.
                Err(_) => {
                    self.batch.flush();
                    // The channel never closes: a sender is kept here for new threads.
                    let Ok(report) = self.reports.recv() else {
                        continue;
                    };
                    report
                }
            };
            let is_awaited = awaited(&report);
            self.take(report)?;
            if is_awaited {
                return Ok(());
            }
        }
    }

    fn take(&mut self, report: Report) -> Result<(), RunError> {
        if let Some(error) = report.error {
            return Err(refused(error));
        }
        self.handled += u64::from(report.step == HANDLED);
        self.batch
            .instant_at(report.at, report.step, Some(report.number.into()));
        self.batch.flush_after(TELL_EVERY);
        Ok(())
    }
}
