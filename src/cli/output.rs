//! Writing to standard output and standard error, either of which may be a pipe whose reader has left, or a full one
//! that is never emptied.

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

/// Calls `write`, which may wait for a reader.
pub(super) fn watched<T>(write: impl FnOnce() -> T) -> T {
    BEGUN.fetch_add(1, Ordering::Relaxed);
    let written = write();
    DONE.fetch_add(1, Ordering::Relaxed);
    written
}

/// Ends the program, which has been interrupted, with `code` as soon as a write waits for too long: a thread that
/// waits for a reader notices no interrupt. Never returns.
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

/// The exit code of a command that has `written` its results, or not. If the reader has left, as `head` does, it has
/// seen enough: that is no failure.
pub(super) fn written(code: u8, written: io::Result<()>) -> Result<u8, CliError> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(code),
    }
}
