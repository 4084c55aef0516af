//! The two programs with a window, on a display of their own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::{record, run_python, shown};
use crate::source::root;

/// A virtual display. It ends with the test, however that ends.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "640x480x24"])
            .args(["-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this test needs Xvfb (Debian's package xvfb): a window needs a display");
        let stdout = server.stdout.take().expect("its output");
        let mut display = Self {
            server,
            name: String::new(),
        };
        // The server itself picks a number that is free, and says it when it is ready.
        let mut number = String::new();
        BufReader::new(stdout)
            .read_line(&mut number)
            .expect("its number");
        display.name = format!(":{}", number.trim());
        display
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

#[test]
fn a_click_on_about_waits_where_the_window_thread_downloads() {
    let params = [("seconds", "1")];
    let display = Display::start();
    let said = |variant| {
        let name = format!("threadlab-{variant}-{}.py", std::process::id());
        let file = std::env::temp_dir().join(name);
        std::fs::write(&file, shown("responsive_ui", variant, &params)).expect("a program");
        // The system's own Python, for which scripts/test brings tkinter and Xlib.
        let mut python = Command::new("/usr/bin/python3");
        python.arg(root().join("tests/it/pythons/clicking.py"));
        let (said, _) = run_python(python.arg(&file).env("DISPLAY", &display.name), "");
        std::fs::remove_file(&file).expect("the program is gone");
        said
    };
    assert_eq!(said("ui_thread"), "Download complete!\nThreadlab\n");
    assert_eq!(said("worker_thread"), "Threadlab\nDownload complete!\n");
    let gap = |variant| {
        let record = record("responsive_ui", variant, &params);
        record["measures"]["longest_frame_gap_seconds"].as_f64()
    };
    assert!(gap("ui_thread").expect("a gap") >= 1.0);
    assert!(gap("worker_thread").expect("a gap") < 1.0);
}
