//! The protocol of client and server: one byte each way; and how a connection ends.

use std::net::{Ipv4Addr, SocketAddr};

/// The request: a reply, please.
pub(super) const ASK: u8 = b'?';
/// A request that also asks for a greeting once the connection has been taken in. See [`BACKLOG`].
pub(super) const ASK_AND_GREET: u8 = b'!';
/// The connection has been taken in.
pub(super) const GREETING: u8 = b'.';
/// The reply.
pub(super) const REPLY: u8 = b'+';

/// Connections that the system keeps for a server that has not taken them in yet. One more, and its client
/// would try again only a second later. So clients open a burst, the last of which asks to be greeted, and
/// open the next one after that: the system hands connections over in the order of their coming.
pub(super) const BACKLOG: u32 = 4096;

/// The server's address.
pub(super) fn address(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// How many connections each of `clients` may open at once. If a burst is greeted too early (threads overtake each
/// other), at most another burst comes in beside it.
pub(super) fn burst(clients: usize) -> usize {
    (backlog() / 4 / clients).max(1)
}

/// The backlog that the system grants: its own limit was 128 for long.
fn backlog() -> usize {
    const USUAL: usize = 128;
    let allowed = std::fs::read_to_string("/proc/sys/net/core/somaxconn")
        .ok()
        .and_then(|text| text.trim().parse().ok());
    allowed.unwrap_or(USUAL).min(BACKLOG as usize)
}

/// Makes `stream` end with a reset, which leaves nothing behind on either side, however it is closed. After an
/// ordinary end its port could not be used for a minute, and three runs of 10,000 connections would use up all.
pub(super) fn reset_at_end(stream: &std::net::TcpStream) -> std::io::Result<()> {
    #[cfg(unix)]
    rustix::net::sockopt::set_socket_linger(stream, Some(std::time::Duration::ZERO))?;
    #[cfg(not(unix))]
    let _ = stream;
    Ok(())
}
