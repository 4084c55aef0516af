//! Writing where nobody may read: standard output may be a pipe whose reader has left, or one that is full and that
//! nobody empties, as standard error may be.

use std::io::{self, ErrorKind, Write};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::CliError;

/// After Ctrl-C a reader has so long to take in what is being written.
const PATIENCE: Duration = Duration::from_secs(1);

/// Writes that were begun, and those of them that came back.
static BEGUN: AtomicU64 = AtomicU64::new(0);
static DONE: AtomicU64 = AtomicU64::new(0);

/// Lets `write` write, which may wait for a reader.
pub(super) fn watched<T>(write: impl FnOnce() -> T) -> T {
    BEGUN.fetch_add(1, Ordering::Relaxed);
    let written = write();
    DONE.fetch_add(1, Ordering::Relaxed);
    written
}

/// Ends the program with `code` as soon as a write waits for too long: it has been interrupted, and who waits for a
/// reader does not notice. Otherwise it never comes back.
pub(super) fn end_when_nobody_reads(code: u8) -> ! {
    let counts = || (BEGUN.load(Ordering::Relaxed), DONE.load(Ordering::Relaxed));
    let (mut last, mut since) = (counts(), Instant::now());
    loop {
        sleep(PATIENCE / 20);
        let now = counts();
        if now != last || now.0 == now.1 {
            (last, since) = (now, Instant::now());
        } else if since.elapsed() > PATIENCE {
            process::exit(code.into());
        }
    }
}

/// Standard output, watched.
pub(super) struct StandardOutput;

impl Write for StandardOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        watched(|| io::stdout().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        watched(|| io::stdout().flush())
    }
}

/// Writes all of `text` to standard output.
pub(super) fn print(text: &str) -> io::Result<()> {
    StandardOutput.write_all(text.as_bytes())?;
    StandardOutput.flush()
}

/// The exit code of a command that has `written` its results, or not. If their reader has left, it has seen enough,
/// as `head` has: that is no failure, and takes back none.
pub(super) fn written(code: u8, written: io::Result<()>) -> Result<u8, CliError> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(code),
    }
}
