//! A worker process from within: takes orders on standard input, reports on standard output, and
//! ends as soon as standard input closes, whatever it is doing.

use std::io::{self, BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::demo::Demo;
use super::error::RunError;
use super::event::{Step, TrackName};
use super::run::{Lab, RunCtx, panic_message};
use super::track::Sink;
use super::wire::{Order, Report, VERSION, WireWriter, nanos, read_numbers};
use super::worker::{Outside, WorkerTask};

/// Serves `demo`'s work until standard input closes. `hold` names a phase in which to wait for ever:
/// `spawn` is here, the others are the demo's.
pub fn serve(demo: &dyn Demo, seed: u64, hold: Option<String>) -> ExitCode {
    let writer = Arc::new(WireWriter::stdout());
    let lab = Lab {
        program: Default::default(),
        hold,
        attended: false,
        wake: Arc::new(|_| {}),
    };
    let ctx = RunCtx::new(lab, Sink::Wire(Arc::clone(&writer)), Instant::now(), seed);
    let Ok((orders, messages)) = listen() else {
        return ExitCode::FAILURE;
    };

    if ctx
        .hold(&ctx.track(TrackName::only("worker")), Step("spawn"))
        .is_err()
    {
        return ExitCode::SUCCESS;
    }
    writer.report(&Report::Ready { version: VERSION });
    for (order, numbers) in orders {
        match order {
            Order::Clock => writer.report(&Report::Clock {
                nanos: nanos(ctx.now()),
            }),
            // Went to the task that was being worked on.
            Order::Message { .. } => {}
            Order::Task { part, task, .. } => {
                let outside = Outside {
                    part,
                    writer: Arc::clone(&writer),
                    messages: messages.clone(),
                };
                let task = WorkerTask {
                    value: task,
                    numbers,
                    outside,
                };
                let worked = catch_unwind(AssertUnwindSafe(|| demo.work(task, &ctx)));
                writer.report(&match worked {
                    Ok(Ok(value)) => Report::Result { part, value },
                    // The other side says again whose message it is.
                    Ok(Err(RunError::WorkerFailed { message, .. })) => Report::Failed { message },
                    Ok(Err(error)) => Report::Failed {
                        message: error.to_string(),
                    },
                    Err(payload) => Report::Failed {
                        message: panic_message(payload.as_ref()),
                    },
                });
            }
        }
    }
    ExitCode::SUCCESS
}

type Orders = Receiver<(Order, Vec<u64>)>;
type Messages = Receiver<serde_json::Value>;

/// Reads orders on a thread of its own, so that the end of standard input is noticed in the middle
/// of a computation too: it is how a worker learns that the process it works for is gone.
fn listen() -> io::Result<(Orders, Messages)> {
    let (tx, orders) = unbounded();
    let (message_tx, messages) = unbounded();
    std::thread::Builder::new()
        .name("orders".to_owned())
        .spawn(move || {
            let ended = read_orders(&tx, &message_tx);
            // Nobody is left to hear of an error; the exit code tells a person who tries it by hand.
            std::process::exit(i32::from(ended.is_err()));
        })?;
    Ok((orders, messages))
}

fn read_orders(
    tx: &Sender<(Order, Vec<u64>)>,
    messages: &Sender<serde_json::Value>,
) -> io::Result<()> {
    let mut input = BufReader::with_capacity(1 << 16, io::stdin());
    let mut line = String::new();
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let order: Order = serde_json::from_str(&line)?;
        let numbers = match &order {
            Order::Task { numbers, .. } => read_numbers(&mut input, *numbers)?,
            Order::Clock => Vec::new(),
            // Not for the loop that takes tasks one by one, but for the task at work.
            Order::Message { value } => {
                messages.send(value.clone()).map_err(io::Error::other)?;
                continue;
            }
        };
        if tx.send((order, numbers)).is_err() {
            return Ok(());
        }
    }
}
