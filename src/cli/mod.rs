//! The command line: `list`, `run`, `check`, the words of a `tour`, and the checks before a window opens. Only here does
//! the program print: results to standard output, progress and errors to standard error.

mod args;
mod check;
mod grid;
mod interrupt;
mod list;
pub mod notes;
mod open;
#[cfg(feature = "window")]
mod opening;
mod output;
mod progress;
mod report;
mod run;
mod setup;
mod table;
mod tick_loop;
mod tour;
mod trace;
pub mod twin;
mod window;
pub mod worker;

use std::fmt::Display;
use std::io::{self, Write};
#[cfg(target_os = "linux")]
use std::path::Path;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;

use crate::lab::run::thread_reaper;
use args::{Command, CommandLine};

/// Exit codes that scripts rely on; 0 is: all went well.
mod exit {
    /// A run failed or panicked, the window could not be opened, or the results or the trace not be
    /// written.
    pub(super) const FAILURE: u8 = 1;
    /// The command line was wrong; nothing was started.
    pub(super) const USAGE: u8 = 2;
    /// Ctrl-C: 128 and the number of SIGINT, as shells have it.
    pub(super) const INTERRUPTED: u8 = 130;
}

/// How long the threads of runs that were given up may take to end before the process does.
const LAST_WAIT: Duration = Duration::from_secs(1);

/// Why a command ended without doing all that was asked.
#[derive(Debug, thiserror::Error)]
enum CliError {
    /// The command line is wrong.
    #[error(transparent)]
    Usage(#[from] setup::UsageError),
    /// Results could not be written.
    #[error("standard output could not be written: {0}")]
    Output(#[from] io::Error),
    /// The trace could not be written.
    #[error("the trace cannot be written to `{}`: {error}{}", path.display(), kept(*runs))]
    Trace {
        path: PathBuf,
        /// That are in it already.
        runs: u32,
        error: io::Error,
    },
    /// The runs of a file could not be had.
    #[error("`{}` cannot be opened: {why}", path.display())]
    History { path: PathBuf, why: String },
    /// The pictures could not be written.
    #[cfg_attr(
        not(feature = "window"),
        expect(dead_code, reason = "no window, no pictures")
    )]
    #[error("pictures cannot be written to `{}`: {error}", path.display())]
    Pictures { path: PathBuf, error: io::Error },
    /// There will be no window, for this reason.
    #[error(transparent)]
    Window(#[from] window::NoWindow),
    /// Something else that the system refused.
    #[error("{0:#}")]
    System(#[from] anyhow::Error),
}

fn kept(runs: u32) -> String {
    match runs {
        0 => String::new(),
        1 => "; it holds the first run".to_owned(),
        runs => format!("; it holds the first {runs} runs"),
    }
}

/// Leads the life of a terminal command or of the window, whichever the arguments ask for.
pub fn main() -> ExitCode {
    survive_the_limit_on_files();
    let code = match follow(CommandLine::try_parse()) {
        Ok(code) => code,
        Err(error) => {
            complain(&error);
            match error {
                CliError::Usage(_) => exit::USAGE,
                _ => exit::FAILURE,
            }
        }
    };
    thread_reaper::finish(LAST_WAIT);
    code.into()
}

fn follow(parsed: clap::error::Result<CommandLine>) -> Result<u8, CliError> {
    let command_line = match parsed {
        Ok(command_line) => command_line,
        Err(error) => {
            // Help and version come this way too, with code 0.
            return match u8::try_from(error.exit_code()).unwrap_or(exit::USAGE) {
                0 => output::written(0, error.print()),
                // Standard error may be closed; the exit code reports the failure all the same.
                code => {
                    error.print().ok();
                    Ok(code)
                }
            };
        }
    };
    match command_line.command {
        None => window::open(command_line.window),
        Some(Command::List(args)) => list::list(&args),
        Some(Command::Run(args)) => run::run(&args),
        Some(Command::Open(args)) => open::open(args),
        Some(Command::Tour(args)) => tour::tour(args),
        Some(Command::Check(args)) => check::check(&args),
        Some(Command::TryWindow) => check::try_window(),
    }
}

/// This program's own file, which worker processes are started from.
fn program() -> anyhow::Result<PathBuf> {
    // Linux keeps the file open as long as the program runs. Its name may lead to nothing or to another
    // version by then, after an update.
    #[cfg(target_os = "linux")]
    {
        let open = Path::new("/proc/self/exe");
        if open.exists() {
            return Ok(open.to_owned());
        }
    }
    std::env::current_exe().context("this program's file cannot be found")
}

/// Prints an error as clap prints its own. Standard error may be closed; the exit code reports the failure all the
/// same.
fn complain(message: impl Display) {
    output::watched(|| writeln!(io::stderr().lock(), "error: {message}")).ok();
}

/// A file that grows beyond its limit (`ulimit -f`) is an error then, as a full disk is. Otherwise the system ends
/// the program without a word, whichever file it is: the drivers of the screen write some, too.
fn survive_the_limit_on_files() {
    #[cfg(unix)]
    {
        use std::sync::Arc;
        use std::sync::atomic::AtomicBool;

        use signal_hook::consts::SIGXFSZ;

        // That there is a handler is all it takes. If it can't be had, all is as it would be without.
        signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).ok();
    }
}
