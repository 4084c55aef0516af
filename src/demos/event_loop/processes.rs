//! The processes of a run: one serves, one or several are clients, and this one starts them and waits for them.

use std::iter;
use std::ops::Add;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::client::{Client, ClientFigures, Handled, Message};
use super::{
    CLIENT_TRACK, EventLoop, PROCESSES, SERVER_TRACK, SPAWN, STEPS, WAIT, async_client,
    blocking_clients, connection_limit, protocol, server, shares,
};
use crate::lab::demo::value::{Details, RunDetails, Value};
use crate::lab::demo::{Demo, JobOutput, VariantId};
use crate::lab::machine::limits;
use crate::lab::machine::priority;
use crate::lab::machine::task_cost::SPARE;
use crate::lab::process::worker_pool::{Answer, WorkerPool};
use crate::lab::process::worker_task::{TaskCtx, WorkerTask};
use crate::lab::run::RunCtx;
use crate::lab::run::error::{RunError, SystemRequest};
use crate::lab::trace::event::TrackName;

/// The part of a worker process in a run.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    /// Answers each request after so many milliseconds; has so many connections at once.
    Server { reply_millis: u64, at_once: u64 },
    /// Asks, and waits for replies.
    Client(Client),
}

/// The server is the first worker.
const SERVER: usize = 0;

/// Starts the server and the clients, and waits until all clients have their replies.
pub(super) fn run(
    demo: &EventLoop,
    variant: VariantId,
    ctx: &RunCtx,
) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    let processes = demo.processes(variant);
    run.instant(PROCESSES, Some(processes as i64));
    ctx.phase(SPAWN);
    let (mut pool, port) = {
        let _spawning = run.waiting(SPAWN);
        let names = names(processes);
        let mut pool = WorkerPool::spawn_named(ctx, demo.id(), STEPS, &names)?; // step: spawn
        let at_once = connection_limit::at_once(variant, demo.connections);
        let port = start_server(&mut pool, demo.reply_millis, at_once)?;
        (pool, port)
    };

    let began = ctx.phase(WAIT);
    let mut waiting = Some(run.waiting(WAIT));
    for (index, numbers) in shares(demo.connections as u32, processes)
        .into_iter()
        .enumerate()
    {
        let role = Role::Client(Client {
            variant: variant.to_owned(),
            port,
            at_once: connection_limit::at_once(variant, numbers.len() as u64),
            numbers,
            burst: protocol::burst(processes),
            handle_millis: demo.handle_millis,
        });
        pool.hand_over(SERVER + 1 + index, 0, &role)?;
    }
    let mut figures = Vec::with_capacity(processes);
    // A client reports that its last reply is handled, and then, once no time is taken any more, its figures.
    let mut is_busy = vec![true; processes];
    let mut is_measured = vec![false; processes];
    let mut total = Duration::ZERO;
    while is_measured.contains(&false) {
        let (worker, answer) = pool.recv()?;
        // Without the server no client can go on; a client that is gone takes its own replies with it.
        let Some(index) = worker.checked_sub(SERVER + 1) else {
            match answer {
                Answer::Gone => return Err(pool.loss()),
                _ => continue,
            }
        };
        match answer {
            Answer::Message { value } => match pool.read(worker, value)? {
                Message::Done => is_busy[index] = false,
                Message::Failed(error) => return Err(pool.failed(worker, error)),
            },
            Answer::Result { value, .. } => {
                figures.push(pool.read(worker, value)?);
                is_measured[index] = true;
            }
            Answer::Gone => {
                is_busy[index] = false;
                is_measured[index] = true;
            }
            Answer::Acknowledged { .. } => {}
        }
        if waiting.is_some() && !is_busy.contains(&true) {
            total = ctx.stop_clock() - began;
            waiting.take();
        }
    }
    let found = findings(total, &figures);
    if figures.len() < processes {
        ctx.save_partial(found);
        return Err(pool.loss());
    }
    Ok(found)
}

/// The names of the tracks: that of the server, then those of so many clients.
fn names(clients: usize) -> Vec<TrackName> {
    let server = TrackName::only(SERVER_TRACK);
    let clients = (0..clients).map(|index| match clients {
        1 => TrackName::only(CLIENT_TRACK),
        _ => TrackName::nth(CLIENT_TRACK, index),
    });
    iter::once(server).chain(clients).collect()
}

fn start_server(
    pool: &mut WorkerPool<'_>,
    reply_millis: u64,
    at_once: u64,
) -> Result<u16, RunError> {
    let role = Role::Server {
        reply_millis,
        at_once,
    };
    pool.hand_over(SERVER, 0, &role)?;
    match pool.recv()? {
        (SERVER, Answer::Message { value }) => pool.read(SERVER, value),
        (_, Answer::Gone) => Err(pool.loss()),
        (worker, answer) => Err(pool.misbehaved(worker, format!("{answer:?} comes too early"))),
    }
}

/// Details of the clients beside their measures.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Clients {
    /// The number of clients that sent their figures.
    pub(super) processes: usize,
    /// The time that all of them spent on handling replies.
    pub(super) handled: Handled,
}

impl Details for Clients {
    const NAME: &'static str = "clients";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        vec![("processes", self.processes.into())]
    }
}

/// The figures of all clients, added up. A figure that one of them lacks is not made up.
fn findings(total: Duration, figures: &[ClientFigures]) -> JobOutput {
    let replies: u64 = figures.iter().map(|client| client.replies).sum();
    let threads: Option<u64> = figures.iter().map(|client| client.threads).sum();
    let bytes: Option<u64> = figures.iter().map(|client| client.bytes).sum();
    let mut measures = vec![
        ("total_seconds", Value::from(total)),
        ("replies", Value::from(replies)),
    ];
    measures.extend(threads.map(|threads| ("peak_threads", Value::from(threads))));
    measures.extend(bytes.map(|bytes| ("peak_bytes", Value::Bytes(bytes))));
    let handled = figures.iter().map(|client| client.handled);
    let handled = handled.fold(Handled::default(), Handled::add);
    JobOutput {
        measures,
        details: RunDetails::new(Clients {
            processes: figures.len(),
            handled,
        }),
    }
}

impl WorkerTask for Role {
    /// The reply of a client.
    type Reply = Option<ClientFigures>;

    fn perform(self, ctx: &TaskCtx<'_>) -> Result<Option<ClientFigures>, RunError> {
        let allow = |at_once: u64| {
            limits::allow_open_files(at_once + SPARE)
                .map_err(|error| RunError::system(SystemRequest::OpenFiles, &error))
        };
        match self {
            Role::Server {
                reply_millis,
                at_once,
            } => {
                allow(at_once)?;
                server::serve(Duration::from_millis(reply_millis), ctx)?;
                Ok(None)
            }
            Role::Client(client) => {
                allow(client.at_once)?;
                if !client.handle().is_zero() {
                    priority::lower_this_thread();
                }
                let figures = match client.variant.as_str() {
                    "one_at_a_time" => blocking_clients::one_at_a_time(&client, ctx),
                    "thread_each" => blocking_clients::thread_each(&client, ctx),
                    _ => async_client::collect(&client, ctx),
                }?;
                Ok(Some(figures))
            }
        }
    }
}
