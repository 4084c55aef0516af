//! The Python programs beside the runs do the same as the runs: each is started as it is shown for small parameters,
//! and its output is compared with the record of its variant.

mod counts;
mod times;
#[cfg(target_os = "linux")]
mod window;

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use threadlab::demos::REGISTRY;

use crate::headless::{LIMIT, demo};

type Params<'test> = &'test [(&'test str, &'test str)];

/// The output of a program, and the record of its variant.
struct Both {
    printed: String,
    /// From the interpreter's start to its end.
    took: Duration,
    record: Value,
}

impl Both {
    /// Lines that are this and nothing else.
    fn count(&self, line: &str) -> u64 {
        self.printed.lines().filter(|it| *it == line).count() as u64
    }

    /// The one figure that is printed after these words.
    #[track_caller]
    fn figure(&self, words: &str) -> f64 {
        let figures = figures(&self.printed, words);
        assert_eq!(figures.len(), 1, "{words}: {}", self.printed);
        figures[0]
    }

    #[track_caller]
    fn measure(&self, name: &str) -> f64 {
        let value = self.record["measures"][name].as_f64();
        value.unwrap_or_else(|| panic!("no {name} in {}", self.record))
    }

    /// A figure of each point that has the swept value.
    fn points(&self, swept: &str, figure: &str) -> Vec<(u64, f64)> {
        let points = self.record["points"].as_array().expect("points").iter();
        let at = |point: &Value| Some((point[swept].as_u64()?, point[figure].as_f64()?));
        let mut points: Vec<_> = points.filter_map(at).collect();
        points.sort_unstable_by_key(|point| point.0);
        points
    }
}

/// The figures that are printed after these words. Threads of Python that print at the same time share a line now
/// and then.
fn figures(printed: &str, words: &str) -> Vec<f64> {
    let figure = |(at, words): (usize, &str)| {
        let is_over = |letter: char| !letter.is_ascii_digit() && letter != '.';
        let after = &printed[at + words.len()..];
        after.split(is_over).next()?.parse().ok()
    };
    printed.match_indices(words).filter_map(figure).collect()
}

/// The program of a variant as it is shown.
fn shown(id: &str, variant: &str, params: Params<'_>) -> String {
    let demo = demo(id, params);
    let variants = demo.variants().into_iter();
    let variant = variants.map(|it| it.id).find(|known| *known == variant);
    demo.listing(variant.expect("a variant")).python_text()
}

/// Runs a Python program; returns what it printed and how long it took.
#[track_caller]
fn python(program: &str, input: &'static str) -> (String, Duration) {
    static PROGRAMS: AtomicUsize = AtomicUsize::new(0);
    let number = PROGRAMS.fetch_add(1, Ordering::Relaxed);
    let file = format!("threadlab-{}-{number}.py", std::process::id());
    let file = std::env::temp_dir().join(file);
    std::fs::write(&file, program).expect("a program");
    let ran = run_python(Command::new("python3").arg(&file), input);
    std::fs::remove_file(&file).expect("the program is gone");
    ran
}

#[track_caller]
fn run_python(command: &mut Command, input: &str) -> (String, Duration) {
    let begun = Instant::now();
    // Without a buffer it writes a line and its end one after the other, and two processes mix them.
    command.env_remove("PYTHONUNBUFFERED");
    let mut child = (command.stdin(Stdio::piped()).stdout(Stdio::piped()))
        .stderr(Stdio::piped())
        .spawn()
        .expect("these tests need python3: nothing else can tell whether the programs are right");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    // The output of these programs fits into a pipe.
    while child.try_wait().expect("a child").is_none() {
        if begun.elapsed() > LIMIT {
            child.kill().expect("it ends");
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let took = begun.elapsed();
    let output = child.wait_with_output().expect("its output");
    let [printed, errors] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    let is_well = output.status.success() && errors.is_empty();
    assert!(is_well, "{command:?}: {}\n{printed}{errors}", output.status);
    (printed, took)
}

/// The record of one run.
#[track_caller]
fn record(id: &str, variant: &str, params: Params<'_>) -> Value {
    let set = params.iter().map(|(name, value)| format!("{name}={value}"));
    let output = Command::new(env!("CARGO_BIN_EXE_threadlab"))
        .args(["run", id, "--json", "--variant", variant])
        .args(set.flat_map(|set| ["--set".to_owned(), set]))
        .output()
        .expect("the program");
    let mut records: Value = serde_json::from_slice(&output.stdout).expect("a record");
    assert_eq!(records[0]["outcome"], "done", "{records}");
    records[0].take()
}

#[track_caller]
fn both(id: &str, variant: &str, params: Params<'_>) -> Both {
    let (printed, took) = python(&shown(id, variant, params), "");
    Both {
        printed,
        took,
        record: record(id, variant, params),
    }
}

/// Every variant of a demo, in their order.
fn all_of<const N: usize>(id: &str, params: Params<'_>) -> [Both; N] {
    let demo = demo(id, params);
    let variants = demo.variants().into_iter();
    let all: Vec<_> = variants.map(|it| both(id, it.id, params)).collect();
    all.try_into()
        .unwrap_or_else(|_| panic!("{id} has other variants"))
}

#[test]
fn the_programs_of_every_demo_are_compared() {
    let tests = [
        include_str!("counts.rs"),
        include_str!("times.rs"),
        include_str!("window.rs"),
    ]
    .concat();
    for entry in REGISTRY {
        let id = entry.spec.id;
        assert!(
            tests.contains(&format!("(\"{id}\"")),
            "what the Python programs of {id} print is compared with no run"
        );
    }
}
