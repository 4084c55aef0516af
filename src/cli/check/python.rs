//! The Python that the lesson is about. No demo needs it; some show it beside their own figures.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::thread::Builder;
use std::time::Duration;

use crossbeam_channel::bounded;

use super::Item;
use crate::lab::reaper;

const PROGRAM: &str = "python3";

/// Prints the version, and `False` where threads compute side by side (a free-threaded build).
const ASK: &str = "import sys; print(sys.version.split()[0], \
                   getattr(sys, '_is_gil_enabled', lambda: True)())";

/// One that starts from a cold disk takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether there is one, which, and whether its threads take turns.
pub(super) fn python() -> Item {
    let without = "what compares with Python itself will be left out";
    match answer(Command::new(PROGRAM).args(["-c", ASK]), PATIENCE) {
        Ok(answer) => match answer.split_whitespace().collect::<Vec<_>>()[..] {
            [version, "True"] => Item::ok("python3", format!("{version}, with a global lock")),
            [version, "False"] => Item::ok("python3", format!("{version}, without a global lock")),
            _ => Item::ok("python3", "it does not say its version").but(without),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Item::ok("python3", "there is none on the PATH").but(without)
        }
        Err(error) => Item::ok("python3", error.to_string()).but(without),
    }
}

/// All that `program` prints. One that has not done so within `patience` is ended.
fn answer(program: &mut Command, patience: Duration) -> io::Result<String> {
    let mut child = program
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let answer = hear(&mut child, patience);
    // It has answered, or it is too late.
    drop(child.kill());
    child.wait()?;
    answer
}

fn hear(child: &mut Child, patience: Duration) -> io::Result<String> {
    let Some(mut stdout) = child.stdout.take() else {
        return Err(io::Error::other("it has no standard output"));
    };
    let (tx, answer) = bounded(1);
    let listener = Builder::new()
        .name("hear-python".to_owned())
        .spawn(move || {
            let mut said = String::new();
            let read = stdout.read_to_string(&mut said).map(|_| said);
            // Nobody waits any more for one that was too slow.
            tx.send(read).unwrap_or_default();
        })?;
    // What it has started may keep its standard output open when it has ended itself.
    reaper::adopt(listener);
    answer.recv_timeout(patience).unwrap_or_else(|_| {
        let late = format!("it said nothing for {} s", patience.as_secs_f64());
        Err(io::Error::other(late))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn one_that_keeps_silent_is_ended() {
        let mut silent = Command::new("sh");
        silent.args(["-c", "exec sleep 1000"]);
        let late = answer(&mut silent, Duration::from_millis(50));
        assert!(late.is_err_and(|error| error.to_string().contains("said nothing")));
    }

    #[test]
    fn one_that_is_not_there_is_not_found() {
        let missing = answer(&mut Command::new("threadlab-no-such-program"), PATIENCE);
        assert!(missing.is_err_and(|error| error.kind() == io::ErrorKind::NotFound));
    }
}
