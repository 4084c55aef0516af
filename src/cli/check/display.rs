//! Whether the window opens: tried in a process of its own, for it may take that process with it. Xlib ends
//! the program whose display is lost, a driver may crash it, and a display that says nothing keeps it waiting.

use std::io;
use std::ops::ControlFlow;
use std::process;
use std::thread::Builder;
use std::time::{Duration, Instant};

use anyhow::Context;
use crossbeam_channel::{Sender, bounded};

use super::{CliError, Item, Mark};
use crate::cli::{exit, output, program, window};
use crate::lab::process::supervised_child::{
    ChildEnd, Line, Listener, SupervisedChild, this_program,
};

/// Smaller than this the window is crowded; many projectors have no more.
const SCREEN_MIN: (u32, u32) = (1280, 720);
/// A display far away, with OpenGL in software, takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of what is printed.
const LONGEST: usize = 1 << 12;

/// The result that the process prints: the screen's size in pixels, if the system reports it, or why there is no
/// window.
type Tried = Result<Option<(u32, u32)>, String>;

/// Opens the window as far as it can be without showing it, and prints what came of it. Ends as soon as standard
/// input closes: the process that asked is gone.
pub(in crate::cli) fn try_window() -> Result<u8, CliError> {
    Builder::new()
        .name("stdin".to_owned())
        .spawn(|| {
            io::copy(&mut io::stdin(), &mut io::sink()).ok();
            process::exit(exit::FAILURE.into())
        })
        .context("the thread that reads standard input cannot be started")?;
    let tried: Tried = window::try_to_open().map_err(|no_window| no_window.to_string());
    let printed = serde_json::to_string(&tried).map_err(io::Error::from)?;
    output::print(&format!("{printed}\n"))?;
    Ok(if tried.is_ok() { 0 } else { exit::FAILURE })
}

/// Whether the window opens, and on how large a screen.
pub(super) fn display() -> Item {
    let (width_min, height_min) = SCREEN_MIN;
    match tried() {
        Ok(Some((width, height))) => {
            let opens = format!("the window opens; the screen has {width}×{height} pixels");
            let small = width < width_min || height < height_min;
            Item::ok("display", opens).with_advice_if(small.then(|| {
                format!("a screen of {width_min}×{height_min} or more shows everything at once")
            }))
        }
        Ok(None) => Item::ok("display", "the window opens"),
        Err(why) => Item {
            mark: Mark::Problem,
            ..Item::ok("display", why)
        },
    }
}

fn tried() -> Tried {
    let failed = |how: &str| {
        format!("the window could not be opened: {how}; `threadlab run` works without one")
    };
    let (printed, end) = match wait() {
        Ok(Some(ended)) => ended,
        Ok(None) => {
            let late = format!("the display took longer than {} s", PATIENCE.as_secs());
            return Err(failed(&late));
        }
        Err(error) => return Err(failed(&format!("{error:#}"))),
    };
    serde_json::from_slice(&printed).unwrap_or_else(|_| {
        let how = match end {
            ChildEnd::Status(status) => format!("the process that tried ended ({status})"),
            _ => "the process that tried made no sense".to_owned(),
        };
        Err(failed(&how))
    })
}

/// The output of the process that tried, and how it ended; `None` if that took too long, and then it is killed.
fn wait() -> anyhow::Result<Option<(Vec<u8>, ChildEnd)>> {
    let program = program()?;
    let mut command = this_program(&program);
    command.arg("try-window");
    // The process ends when its standard input closes.
    let (mut child, pipes) = SupervisedChild::spawn(&mut command, None)?;
    let (ended, end) = bounded(1);
    let printed = Printed {
        line: Vec::new(),
        ended,
    };
    child.listen("try-window".to_owned(), pipes.stdout, LONGEST, printed)?;
    Ok(end.recv_timeout(PATIENCE).ok())
}

/// The last line that was printed.
struct Printed {
    line: Vec<u8>,
    ended: Sender<(Vec<u8>, ChildEnd)>,
}

impl Listener for Printed {
    fn line(&mut self, line: Line<'_>) -> ControlFlow<()> {
        if let Line::Whole(line) = line {
            self.line = line.to_vec();
        }
        ControlFlow::Continue(())
    }

    fn ended(self, _at: Instant, end: ChildEnd) {
        // Fails only after the time is over.
        drop(self.ended.send((self.line, end)));
    }
}
