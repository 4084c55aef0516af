//! The command line: what teachers script and other programs read.

mod check;
mod csv;
mod ctrl_c;
mod hanging_python;
mod json;
mod list;
mod open;
mod output;
mod table;
mod tour;
mod trace;
mod usage;
mod window;

use std::time::Duration;

use assert_cmd::Command;

/// Nothing that these tests wait for takes anywhere near as long.
const LIMIT: Duration = Duration::from_secs(60);

const PROGRAM: &str = env!("CARGO_BIN_EXE_threadlab");

/// How a command ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// The program with these arguments, separated by spaces, and without a display.
fn command(args: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(args.split_whitespace())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .timeout(LIMIT);
    command
}

fn ended(mut command: Command) -> Ended {
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

fn threadlab(args: &str) -> Ended {
    ended(command(args))
}

/// Runs a command that must succeed without a word on standard error, and returns standard output.
fn succeeds(args: &str) -> String {
    let ended = threadlab(args);
    assert_eq!(ended.code, Some(0), "{args}: {ended:?}");
    assert_eq!(ended.stderr, "", "{args}");
    ended.stdout
}

/// The runs that `run … --json` printed.
fn runs(json: &str) -> Vec<serde_json::Value> {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}
