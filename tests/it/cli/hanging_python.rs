//! A `python3` that hangs ends with the program, however that goes.
#![cfg(unix)]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread::Builder;

use rustix::process::{Pid, Signal, kill_process};

use super::{LIMIT, PROGRAM};

/// A folder with a `python3` that says in a named pipe that it is there, and hangs.
struct Hanging {
    folder: PathBuf,
}

impl Hanging {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        let pipe = folder.join("alive");
        let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let python = folder.join("python3");
        // The process that it starts hangs as well, and must not be left either.
        let script = format!(
            "#!/bin/sh\nexec 3>'{}'\necho alive >&3\n/bin/sleep 600 &\nexec /bin/sleep 600\n",
            pipe.display()
        );
        fs::write(&python, script).unwrap();
        fs::set_permissions(&python, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    fn command(&self, args: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(args.split(' '))
            .env("PATH", &self.folder)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Waits until it has been started, then calls `act`, and waits until it and what it has started are gone.
    fn lives_until(&self, act: impl FnOnce()) {
        let (tell, told) = mpsc::channel();
        let pipe = self.folder.join("alive");
        let hearing = move || {
            let mut pipe = BufReader::new(File::open(pipe).unwrap());
            let mut line = String::new();
            pipe.read_line(&mut line).unwrap();
            tell.send(line).unwrap();
            // The end of a pipe is the end of all that hold its other end.
            let mut rest = String::new();
            pipe.read_to_string(&mut rest).unwrap();
            tell.send(rest).unwrap();
        };
        let thread = Builder::new().name("hear-python".to_owned());
        thread.spawn(hearing).unwrap();
        assert_eq!(told.recv_timeout(LIMIT).unwrap(), "alive\n");
        act();
        assert_eq!(told.recv_timeout(LIMIT).expect("it still hangs"), "");
    }
}

#[test]
fn a_python_that_hangs_ends_with_the_program_whatever_ends_that() {
    let run = "run global_lock --variant cpython";
    for (name, command) in [("hanging_run", run), ("hanging_check", "check")] {
        let hanging = Hanging::new(name);
        for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::KILL] {
            let mut program = hanging.command(command).spawn().unwrap();
            hanging.lives_until(|| kill_process(Pid::from_child(&program), signal).unwrap());
            assert!(!program.wait().unwrap().success(), "{command} {signal:?}");
        }
    }
}

#[test]
fn check_says_what_it_waits_for() {
    let hanging = Hanging::new("hanging_told");
    let mut command = hanging.command("check");
    let mut program = command.stderr(Stdio::piped()).spawn().unwrap();
    hanging.lives_until(|| {
        let mut said = String::new();
        let mut complaints = BufReader::new(program.stderr.take().unwrap());
        complaints.read_line(&mut said).unwrap();
        assert!(said.contains("called python3"), "{said}");
        program.kill().unwrap();
    });
    program.wait().unwrap();
}
