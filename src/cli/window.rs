//! `threadlab` with a window: its options are checked while there is a terminal to complain to, and a window that does not
//! open is explained in one sentence.

use super::CliError;
use super::args::WindowArgs;
use super::setup;

/// Why there is no window.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(super) enum NoWindow {
    /// It was compiled without.
    #[cfg_attr(feature = "window", expect(dead_code, reason = "this build has one"))]
    #[error(
        "this build has no window (it lacks the feature `window`); `threadlab run` works without one"
    )]
    NotBuilt,
    /// There is no screen, as over a plain ssh connection.
    #[cfg_attr(not(feature = "window"), expect(dead_code, reason = "never asked for"))]
    #[error(
        "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); `threadlab run` works without one"
    )]
    NoDisplay,
    /// The window's own words, put into ours.
    #[cfg_attr(not(feature = "window"), expect(dead_code, reason = "never opened"))]
    #[error("the window could not be opened: {0}; `threadlab run` works without one")]
    NotOpened(String),
    /// It was open, and what it needs is gone.
    #[cfg_attr(not(feature = "window"), expect(dead_code, reason = "never opened"))]
    #[error("the window is lost: {0}")]
    Lost(String),
}

/// Opens the window as `args` say and stays until it is closed; returns the exit code.
pub(super) fn open(args: WindowArgs) -> Result<u8, CliError> {
    if let Some(id) = &args.demo {
        setup::set_up(id, &args.variant, &args.set)?;
    }
    open_checked(args)?;
    Ok(0)
}

#[cfg(not(feature = "window"))]
fn open_checked(_args: WindowArgs) -> Result<(), CliError> {
    Err(NoWindow::NotBuilt.into())
}

#[cfg(not(feature = "window"))]
pub(super) fn open_history(
    _args: super::args::OpenArgs,
    _runs: Vec<crate::export::trace_reader::RecordedRun>,
) -> Result<(), CliError> {
    Err(NoWindow::NotBuilt.into())
}

/// Opens the window as far as it can be without showing it; returns the screen's size in pixels.
#[cfg(not(feature = "window"))]
pub(super) fn try_to_open() -> Result<Option<(u32, u32)>, NoWindow> {
    Err(NoWindow::NotBuilt)
}

#[cfg(feature = "window")]
use with_window::open_checked;
#[cfg(feature = "window")]
pub(super) use with_window::{explaining, open_history, play, try_to_open};

#[cfg(feature = "window")]
mod with_window {
    use std::cell::RefCell;
    use std::fmt::{Debug, Display};
    use std::panic::{self, AssertUnwindSafe};
    use std::time::Duration;
    use std::{process, thread};

    use super::super::args::{LooksArgs, OpenArgs, Theme, WindowArgs};
    use super::super::{CliError, complain, exit, opening, program};
    use super::NoWindow;
    use crate::app;
    use crate::app::Options;
    use crate::app::tour::Plan;
    use crate::export::trace_reader::RecordedRun;
    use crate::lab::run::panic_message;
    use crate::widgets::look::theme::ThemePreference;

    pub(super) fn open_checked(args: WindowArgs) -> Result<(), CliError> {
        let options = Options {
            demo: args.demo,
            variant: args.variant,
            set: args.set,
            ..looks(&args.looks)
        };
        let program = program()?;
        Ok(explaining(|| app::open(options, program))?)
    }

    /// Opens the window with these runs; returns when it is closed.
    pub(in super::super) fn open_history(
        args: OpenArgs,
        runs: Vec<RecordedRun>,
    ) -> Result<(), CliError> {
        let options = Options {
            demo: runs.last().map(|run| run.record.info.demo.to_owned()),
            variant: args.variant,
            runs,
            at: args.at.map(Duration::from_secs_f64),
            ..looks(&args.looks)
        };
        let program = program()?;
        Ok(explaining(|| app::open(options, program))?)
    }

    /// Opens the window for a tour; returns when that is over, or the window is closed.
    pub(in super::super) fn play(plan: Plan, args: &LooksArgs) -> Result<(), CliError> {
        let program = program()?;
        Ok(explaining(|| app::play(plan, looks(args), program))?)
    }

    fn looks(args: &LooksArgs) -> Options {
        Options {
            language: args.lang,
            theme: args.theme.map(|theme| match theme {
                Theme::Light => ThemePreference::Light,
                Theme::Dark => ThemePreference::Dark,
                Theme::System => ThemePreference::System,
            }),
            zoom: args.zoom,
            ..Options::default()
        }
    }

    /// Opens the window as far as it can be without showing it; returns the screen's size in pixels.
    pub(in super::super) fn try_to_open() -> Result<Option<(u32, u32)>, NoWindow> {
        explaining(app::try_to_open)
    }

    /// Calls `open`, and explains in one sentence why no window opens.
    pub(in super::super) fn explaining<T, E: Debug + Display>(
        open: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, NoWindow> {
        if cfg!(target_os = "linux") && !display_is_set() {
            return Err(NoWindow::NoDisplay);
        }
        opening::allow_files();
        // A display that is not as they know it makes the crates panic that the window comes from. Panics
        // there are kept quiet, and said in a sentence: all others are bugs of this program, to be seen.
        let report = panic::take_hook();
        let window_thread = thread::current().id();
        panic::set_hook(Box::new(move |info| {
            let place = info.location().filter(|at| opening::is_between(at.file()));
            let message = info.payload_as_str().unwrap_or_default();
            if place.is_none() && opening::missing_library(message).is_none() {
                report(info);
            }
            if place.is_some()
                && thread::current().id() == window_thread
                && opening::few_files(message).is_none()
                && let Some(why) = opening::unanswered()
            {
                // Nothing of the window could be dropped without its display: those crates would panic
                // once more, which aborts.
                complain(NoWindow::of(why));
                process::exit(exit::FAILURE.into());
            }
            PANICKED_AT.set(place.map(|at| format!("{}:{}", at.file(), at.line())));
        }));
        let (message, words) = match panic::catch_unwind(AssertUnwindSafe(open)) {
            Ok(Ok(opened)) => return Ok(opened),
            // The field that names the library is in the error's debug form alone.
            Ok(Err(error)) => (format!("{error:?}"), error.to_string()),
            Err(payload) => {
                let message = panic_message(payload.as_ref());
                match PANICKED_AT.take() {
                    Some(place) => (message.clone(), format!("{message} ({place})")),
                    None if opening::explained(&message).is_some() => (message.clone(), message),
                    None => panic::resume_unwind(payload),
                }
            }
        };
        let why = opening::few_files(&message)
            .or_else(opening::unanswered)
            .or_else(|| opening::explained(&message));
        Err(NoWindow::of(why.unwrap_or(words)))
    }

    impl NoWindow {
        /// Of this reason, which came before or after the window was there.
        fn of(why: String) -> Self {
            if app::was_opened() {
                NoWindow::Lost(why)
            } else {
                NoWindow::NotOpened(why)
            }
        }
    }

    thread_local! {
        /// Where this thread panicked last, if that was in a crate that the window comes from.
        static PANICKED_AT: RefCell<Option<String>> = const { RefCell::new(None) };
    }

    /// As winit sees it: an empty variable is as good as none.
    fn display_is_set() -> bool {
        ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
    }
}
