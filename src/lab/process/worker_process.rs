//! A worker process from within: takes requests on standard input, responds on standard output, and
//! ends as soon as standard input closes, whatever it is doing.

use std::io::{self, BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, unbounded};
use serde_json::Value;

use super::wire::{Request, Response, VERSION, WireWriter, nanos, read_numbers};
use super::worker_task::TaskCtx;
use crate::lab::demo::Demo;
use crate::lab::process::clock;
use crate::lab::run::error::RunError;
use crate::lab::run::{WorkCtx, panic_message};
use crate::lab::trace::event::{Step, TrackName};
use crate::lab::trace::track::Sink;

/// Threads of a worker process that do none of its work: the one that reads requests, and their end.
pub const LISTENING_THREADS: usize = 1;

/// Serves `demo`'s work until standard input closes. `origin` is when the run's stopwatch was started, as
/// the system's clock (`clock::shared`) says. `failpoint` names a phase in which to wait for ever:
/// `spawn` is here, the others are the demo's.
pub fn serve(
    demo: &dyn Demo,
    seed: u64,
    origin: Option<u64>,
    failpoint: Option<String>,
) -> ExitCode {
    let writer = Arc::new(WireWriter::stdout());
    let shared = origin.and_then(clock::from_shared);
    let (origin, clock_error) = match shared {
        Some((origin, error)) => (origin, Some(nanos(error))),
        None => (Instant::now(), None),
    };
    let work = WorkCtx::new(Sink::Wire(Arc::clone(&writer)), origin, seed, failpoint);
    let Ok(commands) = listen() else {
        return ExitCode::FAILURE;
    };

    if work
        .failpoint(&work.track(TrackName::only("worker")), Step("spawn"))
        .is_err()
    {
        return ExitCode::SUCCESS;
    }
    writer.send(&Response::Ready {
        version: VERSION,
        clock_error,
    });
    for command in commands {
        match command {
            Command::Clock => writer.send(&Response::Clock {
                nanos: nanos(work.now()),
            }),
            Command::Task {
                part,
                value,
                numbers,
                messages,
            } => {
                let ctx = TaskCtx {
                    work: &work,
                    part,
                    writer: Arc::clone(&writer),
                    messages,
                    numbers,
                };
                let dropped_before = work.dropped();
                let perform = demo.perform_task();
                let worked = catch_unwind(AssertUnwindSafe(move || perform(value, &ctx)));
                let events = work.dropped() - dropped_before;
                if events > 0 {
                    writer.send(&Response::Dropped { events });
                }
                writer.send(&match worked {
                    Ok(Ok(value)) => Response::Result { part, value },
                    Ok(Err(error)) => Response::Failed {
                        error: error.for_wire(),
                    },
                    Err(payload) => Response::Failed {
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

/// A request with all that came with it.
enum Command {
    Clock,
    Task {
        part: u64,
        value: Value,
        numbers: Vec<u64>,
        /// The messages to this task alone.
        messages: Receiver<Value>,
    },
}

/// Reads requests on a thread of its own, so that the end of standard input is noticed in the middle of a computation
/// too: it means that the process it works for is gone.
fn listen() -> io::Result<Receiver<Command>> {
    let (tx, commands) = unbounded();
    std::thread::Builder::new()
        .name("requests".to_owned())
        .spawn(move || {
            let input = BufReader::with_capacity(1 << 16, io::stdin());
            let ended = read_requests(input, &tx);
            // The parent process has gone, so only the exit code is left, for a person who runs this by hand.
            std::process::exit(i32::from(ended.is_err()));
        })?;
    Ok(commands)
}

fn read_requests(mut input: impl BufRead, commands: &Sender<Command>) -> io::Result<()> {
    // Messages go to the task that was handed over last. The next one must not get those that it left unread.
    let mut to_task: Option<Sender<Value>> = None;
    let mut line = String::new();
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let command = match serde_json::from_str(&line)? {
            Request::Clock => Command::Clock,
            Request::Task {
                part,
                task,
                numbers,
            } => {
                let (tx, messages) = unbounded();
                to_task = Some(tx);
                Command::Task {
                    part,
                    value: task,
                    numbers: read_numbers(&mut input, numbers)?,
                    messages,
                }
            }
            Request::Message { value } => {
                // Fails if the task is done, and then the message is of no use.
                if let Some(to_task) = &to_task {
                    to_task.send(value).unwrap_or_default();
                }
                continue;
            }
        };
        if commands.send(command).is_err() {
            return Ok(());
        }
    }
}

/// Ends this process at once, whatever its threads are doing. The system writes no image of the memory to the disk and
/// reports no crash, for this one is planned.
pub fn abort_without_a_trace() -> ! {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        setrlimit(Resource::Core, none).ok();
    }
    #[cfg(target_os = "linux")]
    {
        // A program that collects core dumps gets them even under a limit of zero.
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        set_dumpable_behavior(DumpableBehavior::NotDumpable).ok();
    }
    std::process::abort()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::wire::{write_line, write_numbers};
    use super::*;

    #[test]
    fn a_task_receives_what_is_sent_to_it_and_nothing_else() {
        let message = |value: u64| Request::Message {
            value: json!(value),
        };
        let task = |part, numbers| Request::Task {
            part,
            task: json!(null),
            numbers,
        };
        let mut input = Vec::new();
        write_line(&mut input, &message(0)).unwrap();
        write_line(&mut input, &task(1, 2)).unwrap();
        write_numbers(&mut input, [7, 8].into_iter()).unwrap();
        write_line(&mut input, &message(1)).unwrap();
        write_line(&mut input, &Request::Clock).unwrap();
        write_line(&mut input, &message(2)).unwrap();
        write_line(&mut input, &task(2, 0)).unwrap();
        write_line(&mut input, &message(3)).unwrap();
        let (tx, commands) = unbounded();
        read_requests(input.as_slice(), &tx).unwrap();
        drop(tx);
        let received: Vec<_> = commands
            .into_iter()
            .map(|command| match command {
                Command::Clock => (0, Vec::new(), Vec::new()),
                Command::Task {
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
        assert_eq!(received, expected);
    }

    #[test]
    fn a_request_that_makes_no_sense_is_an_error() {
        let (tx, _requests) = unbounded();
        for input in [
            "hello\n",
            "{\"task\":{\"part\":0,\"task\":1,\"numbers\":1}}\n1234",
        ] {
            assert!(read_requests(input.as_bytes(), &tx).is_err(), "{input}");
        }
    }
}
