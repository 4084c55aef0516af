//! The server: takes connections in, and answers each request after a while.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use super::SERVE;
use super::protocol::{ASK_AND_GREET, BACKLOG, GREETING, REPLY, address};
use crate::lab::process::worker_task::TaskCtx;
use crate::lab::run::coroutines;
use crate::lab::run::error::{RunError, SystemRequest};
use crate::lab::trace::event::TrackName;

/// When no connection can be taken in, the next one is tried after this time.
const RETRY_AFTER: Duration = Duration::from_millis(10);
/// A client asks at once; one that has not after this time may be sent away.
const SILENT_FOR: Duration = Duration::from_millis(250);

/// Says on which port it listens, and serves until its process is ended.
pub(super) fn serve(reply_after: Duration, ctx: &TaskCtx<'_>) -> Result<(), RunError> {
    let track = ctx.track(TrackName::only("worker"));
    let _serving = track.sleeping(SERVE);
    coroutines::run(ctx, async {
        let refused = |error| RunError::system(SystemRequest::Connection, &error);
        let listen = || {
            let socket = TcpSocket::new_v4()?;
            // Port 0: any that is free.
            socket.bind(address(0))?;
            socket.listen(BACKLOG)
        };
        let listener = listen().map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        ctx.send(&port);
        let crowd = Arc::new(Notify::new());
        loop {
            let stream = match listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) if is_passing(&error) => {
                    crowd.notify_waiters();
                    sleep(RETRY_AFTER).await;
                    continue;
                }
                Err(error) => return Err(refused(error)),
            };
            let crowd = Arc::clone(&crowd);
            tokio::spawn(async move {
                // A client that is gone before its reply needs none.
                drop(answer(stream, reply_after, &crowd).await);
            });
        }
    })
}

/// Whether the next connection may be taken in all the same. Anybody on this machine may open connections here, and
/// leave no file for those of the run.
fn is_passing(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let code = error.raw_os_error();
        let short = [Errno::MFILE, Errno::NFILE, Errno::NOBUFS, Errno::NOMEM];
        if short.iter().any(|it| code == Some(it.raw_os_error())) {
            return true;
        }
    }
    // Its client was gone before it was taken in.
    error.kind() == io::ErrorKind::ConnectionAborted
}

/// The byte that a client asks with. One that has been silent for a while when files run out is no client of ours.
async fn asked(stream: &mut TcpStream, crowd: &Notify) -> io::Result<u8> {
    let begun = Instant::now();
    loop {
        tokio::select! {
            biased;
            byte = stream.read_u8() => return byte,
            () = crowd.notified() => {
                if begun.elapsed() > SILENT_FOR {
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
        }
    }
}

async fn answer(mut stream: TcpStream, after: Duration, crowd: &Notify) -> io::Result<()> {
    if asked(&mut stream, crowd).await? == ASK_AND_GREET {
        // Two small packets in a row: the second one must not wait until the first is acknowledged.
        stream.set_nodelay(true)?;
        stream.write_u8(GREETING).await?;
    }
    if !after.is_zero() {
        sleep(after).await; // step: serve
    }
    stream.write_u8(REPLY).await
}
