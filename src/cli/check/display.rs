//! Whether the window opens: tried in a process of its own, for it may take that process with it. Xlib ends
//! the program whose display is lost, a driver may crash it, and a display that says nothing keeps it waiting.

use std::io::{self, Write as _};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{CliError, Item, Mark};
use crate::cli::{exit, program, window};

/// Smaller than this the window is crowded; many projectors have no more.
const SCREEN_MIN: (u32, u32) = (1280, 720);
/// A display far away, with OpenGL in software, takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two looks at whether the process has ended.
const A_MOMENT: Duration = Duration::from_millis(10);

/// What the process prints: the screen's size in pixels, if the system tells it, or why there is no window.
type Tried = Result<Option<(u32, u32)>, String>;

/// Opens the window as far as it can be without showing it, and prints what came of it.
pub(in crate::cli) fn try_window() -> Result<u8, CliError> {
    let tried: Tried = window::try_to_open().map_err(|no_window| no_window.to_string());
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &tried).map_err(io::Error::from)?;
    out.flush()?;
    Ok(if tried.is_ok() { 0 } else { exit::FAILURE })
}

/// Whether the window opens, and on how large a screen.
pub(super) fn display() -> Item {
    let (width_min, height_min) = SCREEN_MIN;
    match tried() {
        Ok(Some((width, height))) => {
            let opens = format!("the window opens; the screen has {width}×{height} pixels");
            let small = width < width_min || height < height_min;
            Item::ok("display", opens).but_if(small.then(|| {
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
    match output() {
        Ok(Some((status, output))) => serde_json::from_slice(&output)
            .unwrap_or_else(|_| Err(failed(&format!("the process that tried ended ({status})")))),
        Ok(None) => Err(failed(&format!(
            "the display took longer than {} s",
            PATIENCE.as_secs()
        ))),
        Err(error) => Err(failed(&format!("{error:#}"))),
    }
}

/// How the process that tried ended, and what it printed; `None` if that took too long, and then it is killed.
fn output() -> anyhow::Result<Option<(ExitStatus, Vec<u8>)>> {
    let mut child = Command::new(program()?)
        .arg("try-window")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let late = Instant::now() + PATIENCE;
    while child.try_wait()?.is_none() {
        if Instant::now() > late {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        sleep(A_MOMENT);
    }
    // So little is printed that it waits in the pipe.
    let output = child.wait_with_output()?;
    Ok(Some((output.status, output.stdout)))
}
