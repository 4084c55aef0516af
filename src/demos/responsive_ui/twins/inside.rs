//! A twin from within: takes orders on standard input, gives signs of life on standard output, and
//! ends as soon as standard input closes, frozen or not.

use std::io::{self, BufRead, BufReader};
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::wire::{Request, Response, Sign, VERSION};
use crate::lab::machine::clock;
use crate::lab::process::wire::{WireWriter, nanos};

/// The twin's end of the pipes.
pub struct Inside {
    out: Out,
    orders: Receiver<Request>,
}

/// Where signs of life go. Told by the thread that draws and by the one that reads.
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

    fn tell(&self, sign: Sign) {
        self.writer.send_now(|| Response::Sign {
            at: self.nanos(),
            sign,
        });
    }
}

impl Inside {
    /// Starts to listen, on a thread of its own, and says that this twin is ready. `wake` is called
    /// when an order waits to be [taken](Self::order). `origin`: when the twin was started, as the command line says.
    pub fn open(origin: Option<u64>, wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let shared = origin.and_then(clock::from_shared);
        let out = Out {
            writer: Arc::new(WireWriter::stdout()),
            opened: shared.map_or_else(Instant::now, |(opened, _)| opened),
            clock_error: shared.map(|(_, error)| nanos(error)),
        };
        let (tx, orders) = unbounded();
        let reader = out.clone();
        std::thread::Builder::new()
            .name("orders".to_owned())
            .spawn(move || {
                let ended = read(BufReader::new(io::stdin()), &reader, &tx, wake);
                // The window may be frozen, and is not asked. Nobody is left to hear of an error; the
                // exit code tells a person who tries it by hand.
                std::process::exit(i32::from(ended.is_err()));
            })?;
        out.writer.send_now(|| Response::Ready {
            version: VERSION,
            clock_error: out.clock_error,
        });
        Ok(Self { out, orders })
    }

    /// The next order for the window, if one waits.
    pub fn order(&self) -> Option<Request> {
        self.orders.try_recv().ok()
    }

    /// Gives a sign of life.
    pub fn tell(&self, sign: Sign) {
        self.out.tell(sign);
    }

    /// When this twin's clock was started.
    pub fn opened(&self) -> Instant {
        self.out.opened
    }
}

fn read(
    input: impl BufRead,
    out: &Out,
    orders: &Sender<Request>,
    wake: impl Fn(),
) -> io::Result<()> {
    for line in input.lines() {
        match serde_json::from_str(&line?)? {
            Request::Clock => out
                .writer
                .send_now(|| Response::Clock { nanos: out.nanos() }),
            order => {
                // Told before it lies there: its answer must not come first.
                if let Request::Click { number, button } = order {
                    out.tell(Sign::Queued { number, button });
                }
                if orders.send(order).is_err() {
                    return Ok(());
                }
                wake();
            }
        }
    }
    Ok(())
}
