//! `threadlab tour`: the window plays the demos by itself. Its pictures are written here, beside what is
//! said: which demo begins to standard error, which file was saved to standard output.

use super::CliError;
use super::args::TourArgs;
use super::setup;

/// Plays the tour that `args` ask for; returns the exit code.
pub(super) fn tour(args: TourArgs) -> Result<u8, CliError> {
    let demos = setup::find_demos(&args.demo)?;
    play(demos, args)
}

#[cfg(not(feature = "window"))]
fn play(_demos: Vec<crate::lab::demo::DemoId>, _args: TourArgs) -> Result<u8, CliError> {
    Err(super::window::NoWindow::NotBuilt.into())
}

#[cfg(feature = "window")]
use with_window::play;

#[cfg(feature = "window")]
mod with_window {
    use std::fs;
    use std::io::{self, ErrorKind, Write};
    use std::path::{Path, PathBuf};
    use std::thread;
    use std::time::Duration;

    use anyhow::Context;
    use crossbeam_channel::{Receiver, unbounded};

    use super::super::args::TourArgs;
    use super::super::interrupt::Interrupt;
    use super::super::{CliError, complain, exit, output, window};
    use crate::app::tour::{ColorImage, Plan, Report};
    use crate::export::atomic_file::new_beside;
    use crate::export::picture;
    use crate::lab::demo::DemoId;
    use crate::text::Language;

    pub(super) fn play(demos: Vec<DemoId>, args: TourArgs) -> Result<u8, CliError> {
        let album = args.out.map(|folder| Album::open(folder, args.looks.lang));
        let album = album.transpose()?;
        let interrupt = Interrupt::listen()?;
        let (sender, reports) = unbounded();
        let plan = Plan {
            each: Duration::from_secs_f64(args.seconds),
            pictures: album.is_some(),
            reports: sender,
            opened: {
                let interrupt = interrupt.clone();
                Box::new(move |close| interrupt.calls(close))
            },
            demos: demos.clone(),
        };
        // A thread of its own: the window would stand still while a picture is written.
        let teller = thread::Builder::new()
            .name("tour-teller".to_owned())
            .spawn(move || tell(&demos, &reports, album.as_ref()))
            .context("the thread that tells of the tour cannot be started")?;
        let played = window::play(plan, &args.looks);
        // The window is gone, and with it what the teller listens to.
        let told = teller
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        played?;
        let all_went_well = told?;
        Ok(if interrupt.came() {
            exit::INTERRUPTED
        } else if all_went_well {
            0
        } else {
            exit::FAILURE
        })
    }

    /// Says how the tour goes on, until it is over. Returns whether all went well.
    fn tell(
        demos: &[DemoId],
        reports: &Receiver<Report>,
        album: Option<&Album>,
    ) -> Result<bool, CliError> {
        let (mut begun, mut went_well) = (0, true);
        for report in reports {
            match report {
                Report::Begins(demo) => {
                    begun += 1;
                    say(format_args!("{begun} of {}: {demo}", demos.len()));
                }
                Report::Picture(demo, image) => {
                    let Some(album) = album else { continue };
                    match album.add(demo, &image) {
                        Ok(path) => match output::print(&format!("{}\n", path.display())) {
                            // The reader of the names, such as `head`, has seen enough.
                            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                                return Ok(went_well);
                            }
                            printed => printed?,
                        },
                        Err(error) => {
                            complain(format_args!("{demo}: {error}"));
                            went_well = false;
                        }
                    }
                }
                Report::Failed(demo, why) => {
                    complain(format_args!("{demo}: {why}"));
                    went_well = false;
                }
                Report::Over => return Ok(went_well),
            }
        }
        if begun > 0 {
            say(format_args!("ended at {begun} of {}", demos.len()));
        }
        Ok(went_well)
    }

    /// Prints a line on standard error. If that is closed the tour goes on without.
    fn say(what: std::fmt::Arguments<'_>) {
        output::watched(|| writeln!(io::stderr().lock(), "{what}")).ok();
    }

    /// The folder of the pictures.
    struct Album {
        folder: PathBuf,
        /// With which they are, if it was asked for: then it is part of their names.
        language: Option<Language>,
    }

    impl Album {
        /// Before anything begins, so that a folder that can't be written to is known in time.
        fn open(folder: PathBuf, language: Option<Language>) -> Result<Self, CliError> {
            let tried =
                fs::create_dir_all(&folder).and_then(|()| new_beside(&folder.join("picture")));
            match tried {
                Ok(_) => Ok(Self { folder, language }),
                Err(error) => Err(refused(&folder, error)),
            }
        }

        fn add(&self, demo: DemoId, image: &ColorImage) -> Result<PathBuf, CliError> {
            let name = match self.language {
                Some(language) => format!("{demo}.{}.png", language.tag()),
                None => format!("{demo}.png"),
            };
            let path = self.folder.join(name);
            match picture::save(&path, image.width(), image.as_raw()) {
                Ok(()) => Ok(path),
                Err(error) => Err(refused(&path, error)),
            }
        }
    }

    fn refused(path: &Path, error: io::Error) -> CliError {
        CliError::Pictures {
            path: path.to_owned(),
            error,
        }
    }
}
