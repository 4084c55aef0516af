//! The hidden command `watchdog`: this process kills its process group when the one that started it is gone.

use std::process::ExitCode;

/// Watches until standard input closes.
pub fn watch() -> ExitCode {
    #[cfg(unix)]
    let code = crate::lab::process::supervised_child::watch();
    #[cfg(not(unix))]
    let code = ExitCode::FAILURE;
    code
}
