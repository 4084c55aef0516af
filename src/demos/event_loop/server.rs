//! The server: takes connections in, and answers each request after a while.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::sleep;

use super::SERVE;
use super::talk::{ASK_AND_GREET, BACKLOG, GREETING, REPLY, address};
use crate::lab::coroutines;
use crate::lab::error::RunError;
use crate::lab::event::{State, TrackName};
use crate::lab::run::RunCtx;
use crate::lab::worker::WorkerTask;

/// Says on which port it listens, and serves until its process is ended.
pub(super) fn serve(
    task: &WorkerTask,
    reply_after: Duration,
    ctx: &RunCtx,
) -> Result<(), RunError> {
    let track = ctx.track(TrackName::only("worker"));
    let _serving = track.span(State::Sleeping, SERVE);
    coroutines::run(ctx, async {
        let refused = |error| RunError::system("a connection", &error);
        let listen = || {
            let socket = TcpSocket::new_v4()?;
            // Port 0: any that is free.
            socket.bind(address(0))?;
            socket.listen(BACKLOG)
        };
        let listener = listen().map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        task.say(port.into());
        loop {
            let (stream, _) = listener.accept().await.map_err(refused)?;
            tokio::spawn(async move {
                // A client that is gone before its reply needs none.
                drop(answer(stream, reply_after).await);
            });
        }
    })
}

async fn answer(mut stream: TcpStream, after: Duration) -> io::Result<()> {
    if stream.read_u8().await? == ASK_AND_GREET {
        // Two small packets in a row: the second one must not wait until the first is acknowledged.
        stream.set_nodelay(true)?;
        stream.write_u8(GREETING).await?;
    }
    if !after.is_zero() {
        sleep(after).await;
    }
    stream.write_u8(REPLY).await
}
