//! A worker process from within: takes orders on standard input, reports on standard output, and
//! ends as soon as standard input closes, whatever it is doing.

use std::io::{self, BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, unbounded};
use serde_json::Value;

use super::wire::{Order, Report, VERSION, WireWriter, nanos, read_numbers};
use super::worker_task::{Outside, WorkerTask};
use crate::lab::demo::Demo;
use crate::lab::machine::clock;
use crate::lab::run::error::RunError;
use crate::lab::run::{Lab, RunCtx, panic_message};
use crate::lab::trace::event::{Step, TrackName};
use crate::lab::trace::track::Sink;

/// Threads of a worker process that do none of its work: the one that takes orders, and hears of their end.
pub const LISTENING_THREADS: usize = 1;

/// Serves `demo`'s work until standard input closes. `origin` is when the run's stopwatch was started, as
/// the system's clock (`clock::shared`) says. `hold` names a phase in which to wait for ever:
/// `spawn` is here, the others are the demo's.
pub fn serve(demo: &dyn Demo, seed: u64, origin: Option<u64>, hold: Option<String>) -> ExitCode {
    let writer = Arc::new(WireWriter::stdout());
    let lab = Lab {
        program: Default::default(),
        hold,
        attended: false,
        wake: Arc::new(|_| {}),
    };
    let shared = origin.and_then(clock::from_shared);
    let (origin, clock_error) = match shared {
        Some((origin, error)) => (origin, Some(nanos(error))),
        None => (Instant::now(), None),
    };
    let ctx = RunCtx::new(lab, Sink::Wire(Arc::clone(&writer)), origin, seed);
    let Ok(orders) = listen() else {
        return ExitCode::FAILURE;
    };

    if ctx
        .hold(&ctx.track(TrackName::only("worker")), Step("spawn"))
        .is_err()
    {
        return ExitCode::SUCCESS;
    }
    writer.report(&Report::Ready {
        version: VERSION,
        clock_error,
    });
    for order in orders {
        match order {
            Todo::Clock => writer.report(&Report::Clock {
                nanos: nanos(ctx.now()),
            }),
            Todo::Task {
                part,
                value,
                numbers,
                messages,
            } => {
                let outside = Outside {
                    part,
                    writer: Arc::clone(&writer),
                    messages,
                };
                let task = WorkerTask {
                    value,
                    numbers,
                    outside,
                };
                let dropped_before = ctx.dropped();
                let worked = catch_unwind(AssertUnwindSafe(|| demo.work(task, &ctx)));
                let events = ctx.dropped() - dropped_before;
                if events > 0 {
                    writer.report(&Report::Dropped { events });
                }
                writer.report(&match worked {
                    Ok(Ok(value)) => Report::Result { part, value },
                    Ok(Err(error)) => Report::Failed {
                        error: error.for_wire(),
                    },
                    Err(payload) => Report::Failed {
                        error: RunError::WorkerFailed {
                            pid: std::process::id(),
                            message: panic_message(payload.as_ref()),
                        },
                    },
                });
            }
        }
    }
    ExitCode::SUCCESS
}

/// What this process is to do, in the order in which it was told.
enum Todo {
    Clock,
    Task {
        part: u64,
        value: Value,
        numbers: Vec<u64>,
        /// What is said to this task and to no other.
        messages: Receiver<Value>,
    },
}

/// Reads orders on a thread of its own, so that the end of standard input is noticed in the middle
/// of a computation too: it is how a worker learns that the process it works for is gone.
fn listen() -> io::Result<Receiver<Todo>> {
    let (tx, orders) = unbounded();
    std::thread::Builder::new()
        .name("orders".to_owned())
        .spawn(move || {
            let input = BufReader::with_capacity(1 << 16, io::stdin());
            let ended = read_orders(input, &tx);
            // Nobody is left to hear of an error; the exit code tells a person who tries it by hand.
            std::process::exit(i32::from(ended.is_err()));
        })?;
    Ok(orders)
}

fn read_orders(mut input: impl BufRead, orders: &Sender<Todo>) -> io::Result<()> {
    // Where messages go: to the task that was handed over last. One that it did not wait for must not
    // be taken by the next one for its own.
    let mut to_task: Option<Sender<Value>> = None;
    let mut line = String::new();
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let todo = match serde_json::from_str(&line)? {
            Order::Clock => Todo::Clock,
            Order::Task {
                part,
                task,
                numbers,
            } => {
                let (tx, messages) = unbounded();
                to_task = Some(tx);
                Todo::Task {
                    part,
                    value: task,
                    numbers: read_numbers(&mut input, numbers)?,
                    messages,
                }
            }
            Order::Message { value } => {
                // A task that is done hears nothing any more.
                if let Some(to_task) = &to_task {
                    to_task.send(value).unwrap_or_default();
                }
                continue;
            }
        };
        if orders.send(todo).is_err() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::wire::{write_line, write_numbers};
    use super::*;

    #[test]
    fn a_task_hears_what_is_said_to_it_and_nothing_else() {
        let say = |value: u64| Order::Message {
            value: json!(value),
        };
        let task = |part, numbers| Order::Task {
            part,
            task: json!(null),
            numbers,
        };
        let mut input = Vec::new();
        write_line(&mut input, &say(0)).unwrap();
        write_line(&mut input, &task(1, 2)).unwrap();
        write_numbers(&mut input, [7, 8].into_iter()).unwrap();
        write_line(&mut input, &say(1)).unwrap();
        write_line(&mut input, &Order::Clock).unwrap();
        write_line(&mut input, &say(2)).unwrap();
        write_line(&mut input, &task(2, 0)).unwrap();
        write_line(&mut input, &say(3)).unwrap();
        let (tx, orders) = unbounded();
        read_orders(input.as_slice(), &tx).unwrap();
        drop(tx);
        let heard: Vec<_> = orders
            .into_iter()
            .map(|todo| match todo {
                Todo::Clock => (0, Vec::new(), Vec::new()),
                Todo::Task {
                    part,
                    numbers,
                    messages,
                    ..
                } => (part, numbers, messages.into_iter().collect()),
            })
            .collect();
        let expected = [
            (1, vec![7, 8], vec![json!(1), json!(2)]),
            (0, Vec::new(), Vec::new()),
            (2, Vec::new(), vec![json!(3)]),
        ];
        assert_eq!(heard, expected);
    }

    #[test]
    fn an_order_that_makes_no_sense_is_an_error() {
        let (tx, _orders) = unbounded();
        for input in [
            "hello\n",
            "{\"task\":{\"part\":0,\"task\":1,\"numbers\":1}}\n1234",
        ] {
            assert!(read_orders(input.as_bytes(), &tx).is_err(), "{input}");
        }
    }
}
