//! Keeps the screen from going dark by itself while something is presented: the desktop is asked not to, and an X
//! server's idle timer is reset from time to time. Without a desktop and an X server the screen goes dark as it always
//! does.

use std::thread::Builder;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use crate::lab::run::thread_reaper;

/// How often an X server's idle timer is reset; screens are set to go dark after a minute at the soonest.
const EVERY: Duration = Duration::from_secs(25);

/// Keeps the screen awake until it is dropped.
pub struct KeepAwake {
    /// Keeps the thread going: nothing is ever sent, and dropping the sender ends it.
    _asleep: Sender<()>,
}

impl KeepAwake {
    /// Starts a thread that keeps the screen awake, because a desktop may take its time to answer.
    pub fn new() -> Self {
        let (asleep, listening) = bounded(0);
        let thread = Builder::new()
            .name("awake".to_owned())
            .spawn(move || stay_awake(&listening));
        if let Ok(thread) = thread {
            thread_reaper::adopt(thread);
        }
        Self { _asleep: asleep }
    }
}

#[cfg(target_os = "linux")]
fn stay_awake(listening: &Receiver<()>) {
    let request = desktop::Request::new();
    let server = x11::Server::connect();
    loop {
        if let Some(server) = &server {
            server.somebody_is_there();
        }
        if listening.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout) {
            break;
        }
    }
    if let Some(request) = request {
        request.withdraw();
    }
}

#[cfg(any(windows, target_os = "macos"))]
fn stay_awake(listening: &Receiver<()>) {
    let request = keepawake::Builder::default()
        .display(true)
        .reason("Presenting")
        .app_name("Threadlab")
        .create();
    // The wait ends when the sender is dropped; without a request there is nothing to keep.
    if request.is_ok() {
        while listening.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {}
    }
}

#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
fn stay_awake(_listening: &Receiver<()>) {}

/// The desktops' interface: <https://specifications.freedesktop.org/idle-inhibit-spec/latest/>.
#[cfg(target_os = "linux")]
mod desktop {
    use std::time::Duration;

    use tokio::runtime::{self, Runtime};
    use tokio::time::timeout;
    use zbus::Connection;

    const SERVICE: &str = "org.freedesktop.ScreenSaver";
    const PATH: &str = "/org/freedesktop/ScreenSaver";
    /// How long the desktop's answer is waited for; later none will come.
    const PATIENCE: Duration = Duration::from_secs(5);

    /// A request not to let the screen go dark. It ends with its connection at the latest.
    pub struct Request {
        runtime: Runtime,
        connection: Connection,
        cookie: u32,
    }

    impl Request {
        /// Asks the desktop; `None` if none with this interface is there.
        pub fn new() -> Option<Self> {
            let mut runtime = runtime::Builder::new_current_thread();
            let runtime = runtime.enable_time().build().ok()?;
            let asked = async {
                let connection = Connection::session().await.ok()?;
                let body = ("Threadlab", "Presenting");
                let reply =
                    connection.call_method(Some(SERVICE), PATH, Some(SERVICE), "Inhibit", &body);
                let cookie: u32 = reply.await.ok()?.body().deserialize().ok()?;
                Some((connection, cookie))
            };
            let answered = runtime.block_on(async { timeout(PATIENCE, asked).await });
            let (connection, cookie) = answered.ok()??;
            Some(Self {
                runtime,
                connection,
                cookie,
            })
        }

        /// Withdraws the request: the screen may go dark again.
        pub fn withdraw(self) {
            let told = self.connection.call_method(
                Some(SERVICE),
                PATH,
                Some(SERVICE),
                "UnInhibit",
                &self.cookie,
            );
            // Without an answer the end of the connection withdraws it.
            drop(
                self.runtime
                    .block_on(async { timeout(PATIENCE, told).await }),
            );
        }
    }
}

/// The X server's screen saver, which is there with or without a desktop.
#[cfg(target_os = "linux")]
mod x11 {
    use x11rb::connection::Connection;
    use x11rb::protocol::xproto::{ConnectionExt, ScreenSaver};
    use x11rb::rust_connection::RustConnection;

    pub struct Server(RustConnection);

    impl Server {
        /// Connects to the X server; `None` if there is none.
        pub fn connect() -> Option<Self> {
            std::env::var_os("DISPLAY").filter(|display| !display.is_empty())?;
            let (connection, _) = x11rb::connect(None).ok()?;
            Some(Self(connection))
        }

        /// Begins the time of idleness anew, as if a key had been pressed.
        pub fn somebody_is_there(&self) {
            // A server that has gone takes the window with it.
            if self.0.force_screen_saver(ScreenSaver::RESET).is_ok() {
                self.0.flush().ok();
            }
        }
    }
}
