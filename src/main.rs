//! The program's entry: a worker process, a twin, a teacher's window, a watchdog, or the command line.

use std::process::ExitCode;

use threadlab::cli;
use threadlab::lab::machine;
use threadlab::lab::process::supervised_child;

fn main() -> ExitCode {
    supervised_child::take_name();
    let mut args = std::env::args_os().skip(1);
    // A worker process is timed from its start: it goes to its work before the command line, the
    // text or a window is thought of.
    match args.next() {
        Some(first) if first == "worker" => cli::worker::work(args),
        // A twin's window should open at once, so it starts before the command line is read.
        Some(first) if first == "twin" => cli::twin::show(args),
        Some(first) if first == "notes" => cli::notes::show(args),
        Some(first) if first == "watchdog" => supervised_child::watch(),
        _ => {
            machine::take_cores();
            cli::main()
        }
    }
}
