//! The twin's end of the protocol: takes requests on standard input, gives signs of life on standard output, and
//! ends the process as soon as standard input closes, even while the window is frozen.

use std::io::{self, BufRead, BufReader};
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::protocol::{Request, Response, Sign, VERSION};
use crate::lab::process::clock;
use crate::lab::process::wire::{WireWriter, nanos};

/// Connects a twin's window with the process that watches it.
pub struct Reporter {
    out: Out,
    requests: Receiver<Request>,
}

/// Standard output, shared by the thread that draws and the one that reads.
#[derive(Clone)]
struct Out {
    writer: Arc<WireWriter>,
    opened: Instant,
    clock_error: Option<u64>,
}

impl Out {
    fn nanos(&self) -> u64 {
        nanos(self.opened.elapsed())
    }

    fn send(&self, sign: Sign) {
        self.writer.send_now(|| Response::Sign {
            at: self.nanos(),
            sign,
        });
    }
}

impl Reporter {
    /// Starts a thread that reads requests, and reports that this twin is ready. `wake` is called when a request
    /// waits for [`next_request`](Self::next_request). `origin`: when the twin was started, from the command line.
    pub fn open(origin: Option<u64>, wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let shared = origin.and_then(clock::from_shared);
        let out = Out {
            writer: Arc::new(WireWriter::stdout()),
            opened: shared.map_or_else(Instant::now, |(opened, _)| opened),
            clock_error: shared.map(|(_, error)| nanos(error)),
        };
        let (tx, requests) = unbounded();
        let reader = out.clone();
        std::thread::Builder::new()
            .name("requests".to_owned())
            .spawn(move || {
                let ended = read(BufReader::new(io::stdin()), &reader, &tx, wake);
                // The window may be frozen, so the process ends from here. The watcher has gone: the exit code is
                // for a person who runs a twin by hand.
                std::process::exit(i32::from(ended.is_err()));
            })?;
        out.writer.send_now(|| Response::Ready {
            version: VERSION,
            clock_error: out.clock_error,
        });
        Ok(Self { out, requests })
    }

    /// The next request for the window, if one waits.
    pub fn next_request(&self) -> Option<Request> {
        self.requests.try_recv().ok()
    }

    /// Gives a sign of life.
    pub fn send(&self, sign: Sign) {
        self.out.send(sign);
    }

    /// When this twin's clock was started.
    pub fn opened(&self) -> Instant {
        self.out.opened
    }
}

fn read(
    input: impl BufRead,
    out: &Out,
    requests: &Sender<Request>,
    wake: impl Fn(),
) -> io::Result<()> {
    for line in input.lines() {
        match serde_json::from_str(&line?)? {
            Request::Clock => out
                .writer
                .send_now(|| Response::Clock { nanos: out.nanos() }),
            request => {
                // Reported before the window can see it, or the answer might be reported first.
                if let Request::Click { number, button } = request {
                    out.send(Sign::Queued { number, button });
                }
                if requests.send(request).is_err() {
                    return Ok(());
                }
                wake();
            }
        }
    }
    Ok(())
}
