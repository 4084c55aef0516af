//! The twin's end of the protocol: takes requests on standard input, gives signs of life on standard output, and
//! ends the process as soon as standard input closes, even while the window is frozen.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, unbounded};

use super::protocol::{Request, Response, Sign, VERSION};
use crate::lab::process::clock;
use crate::lab::process::wire::{WireWriter, listen_to_stdin, nanos};

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
        listen_to_stdin("requests", move |request| match request {
            Request::Clock => reader.writer.send_now(|| Response::Clock {
                nanos: reader.nanos(),
            }),
            request => {
                // Reported before the window can see it, or the answer might be reported first.
                if let Request::Click { number, button } = request {
                    reader.send(Sign::Queued { number, button });
                }
                // The receiver lives as long as the window.
                tx.send(request).ok();
                wake();
            }
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
