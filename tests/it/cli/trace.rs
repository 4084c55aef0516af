//! `run … --trace FILE`: the traces of all demos can be read, and mean what they should.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use threadlab::demos::REGISTRY;
use threadlab::lab::demo::Demo;
use threadlab::lab::process::wire::HELD;

use super::PROGRAM;
use super::command;
use super::ended;
use super::runs;
use super::succeeds;
use crate::small::small;

const STATES: [&str; 5] = ["running", "waiting", "holding", "sleeping", "lost"];

/// A file of this name that is deleted when the test is over, and is not there before.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let name = format!("{}-{name}", std::process::id());
        let scratch = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        std::fs::remove_file(&scratch.0).ok();
        scratch
    }

    fn events(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(&self.0).expect("the trace");
        let trace: Value = serde_json::from_str(&text).unwrap_or_else(|error| {
            panic!("{error} in {} bytes: {}", text.len(), self.0.display())
        });
        trace["traceEvents"].as_array().expect("its events").clone()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

/// The trace of these runs, and the runs themselves as JSON.
fn traced(line: &str, scratch: &Scratch) -> (Vec<Value>, Vec<Value>) {
    let mut command = command(line);
    command.arg("--json").arg("--trace").arg(&scratch.0);
    let ended = ended(command);
    assert_eq!(ended.code, Some(0), "{line}: {ended:?}");
    let runs = runs(&ended.stdout);
    for run in &runs {
        assert_eq!(run["outcome"], "done", "{line}: {run}");
    }
    (scratch.events(), runs)
}

fn line_of(demo: &dyn Demo) -> String {
    let params = demo.params();
    let set = params.0.iter();
    let set: Vec<_> = set
        .map(|(name, value)| format!("--set {name}={value}"))
        .collect();
    format!("run {} {}", demo.id(), set.join(" "))
}

/// A thread as the trace numbers it.
fn thread(event: &Value) -> (u64, u64) {
    let number = |name: &str| {
        event[name]
            .as_u64()
            .unwrap_or_else(|| panic!("{name}: {event}"))
    };
    (number("pid"), number("tid"))
}

/// Whole nanoseconds, as they were before they were written in microseconds.
fn nanos(event: &Value, name: &str) -> u64 {
    let micros = event[name]
        .as_f64()
        .unwrap_or_else(|| panic!("{name}: {event}"));
    assert!(micros >= 0.0, "{name}: {event}");
    (micros * 1000.0).round() as u64
}

fn text<'a>(event: &'a Value, name: &str) -> &'a str {
    event[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name}: {event}"))
}

#[test]
fn every_demo_leaves_a_trace_that_can_be_read() {
    for entry in REGISTRY {
        let demo = small(entry);
        let line = line_of(demo.as_ref());
        let scratch = Scratch::new(demo.id());
        let (events, runs) = traced(&line, &scratch);
        let steps: HashSet<_> = demo.spec().steps.iter().map(|step| step.name()).collect();
        let is_step = |name: &str| steps.contains(name) || name == HELD.name();

        let named = |what: &str| -> Vec<_> {
            let described = events.iter().filter(|event| event["name"] == what);
            described.filter(|event| event["ph"] == "M").collect()
        };
        let threads = named("thread_name");
        let lanes: HashSet<_> = threads.iter().map(|event| thread(event)).collect();
        assert_eq!(lanes.len(), threads.len(), "{line}: two tracks in one lane");
        let tracks: u64 = runs.iter().map(|run| run["tracks"].as_u64().unwrap()).sum();
        assert_eq!(lanes.len() as u64, tracks, "{line}");
        let processes = named("process_name");
        let processes: HashSet<_> = processes.iter().map(|event| thread(event).0).collect();

        let mut spans: HashMap<_, Vec<(u64, u64)>> = HashMap::new();
        for event in &events {
            assert!(
                lanes.contains(&thread(event)),
                "{line}: no lane for {event}"
            );
            assert!(
                processes.contains(&thread(event).0),
                "{line}: no process for {event}"
            );
            match text(event, "ph") {
                "M" => continue,
                "X" => {
                    let begun = nanos(event, "ts");
                    let span = (begun, begun + nanos(event, "dur"));
                    spans.entry(thread(event)).or_default().push(span);
                    assert!(STATES.contains(&text(event, "cat")), "{line}: {event}");
                    assert!(is_step(text(event, "name")), "{line}: {event}");
                }
                "i" if text(event, "name") == "point" => assert!(event["args"].is_object()),
                "i" => assert!(is_step(text(event, "name")), "{line}: {event}"),
                "C" => assert!(event["args"]["done"].is_u64(), "{line}: {event}"),
                other => panic!("{line}: a phase called {other}"),
            }
            nanos(event, "ts");
        }
        assert!(!spans.is_empty(), "{line}: no spans");
        for (lane, mut spans) in spans {
            // If two begin together, the longer one lies around the other.
            spans.sort_by_key(|&(begun, end)| (begun, std::cmp::Reverse(end)));
            let mut around: Vec<u64> = Vec::new();
            for (begun, end) in spans {
                around.retain(|&outer| outer > begun);
                let outer = around.last().copied().unwrap_or(u64::MAX);
                assert!(
                    end <= outer,
                    "{line}: {lane:?}: {begun} to {end} leaves the span around it"
                );
                around.push(end);
            }
        }
        let points: usize = runs
            .iter()
            .map(|run| run["points"].as_array().unwrap().len())
            .sum();
        let traced = events.iter().filter(|event| event["name"] == "point");
        assert_eq!(traced.count(), points, "{line}");
    }
}

#[test]
fn worker_processes_are_processes_of_their_own() {
    let scratch = Scratch::new("workers");
    let line = "run sum --variant processes --set workers=3 --set numbers=1000 --repeat 2";
    let (events, runs) = traced(line, &scratch);
    let pids: HashSet<_> = events.iter().map(|event| thread(event).0).collect();
    assert_eq!(pids.len(), 1 + 2 * 3);
    let names: Vec<_> = events
        .iter()
        .filter(|event| event["name"] == "process_name")
        .map(|event| event["args"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names[0], "threadlab: sum");
    assert!(names.contains(&"worker 3 (processes #1)"), "{names:?}");
    assert!(names.contains(&"worker 1 (processes #2)"), "{names:?}");
    // The second run lies behind the first.
    let computed: Vec<_> = events
        .iter()
        .filter(|event| event["ph"] == "X")
        .map(|event| (nanos(event, "ts"), nanos(event, "dur")))
        .collect();
    let first_wall = runs[0]["wall_seconds"].as_f64().unwrap() * 1e9;
    let latest = computed.iter().map(|(begun, _)| *begun).max().unwrap();
    assert!(latest as f64 > first_wall, "{latest} and {first_wall}");
}

#[test]
fn a_trace_is_written_beside_whatever_else_is_asked_for() {
    let scratch = Scratch::new("beside");
    let path = scratch.0.display();
    let table = succeeds(&format!(
        "run sum --set numbers=1000 --variant alone --trace {path}"
    ));
    assert!(table.contains("alone"), "{table}");
    assert!(!scratch.events().is_empty());
    // A second call begins anew.
    let before = scratch.events().len();
    succeeds(&format!(
        "run sum --set numbers=1000 --variant alone --csv --trace {path}"
    ));
    assert_eq!(scratch.events().len(), before);
}

#[test]
fn a_failed_run_leaves_its_trace() {
    let scratch = Scratch::new("failed");
    // There are fourteen words in all.
    let mut command = command("run ping_pong --variant queue --set takes=15 --json");
    command.arg("--trace").arg(&scratch.0);
    let ended = ended(command);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(runs(&ended.stdout)[0]["outcome"], "failed");
    let events = scratch.events();
    let taking = events.iter().find(|event| event["name"] == "take");
    assert!(taking.is_some(), "{events:?}");
}

#[test]
fn a_file_that_can_not_be_written_is_told_before_anything_runs() {
    let folder = tempfile::tempdir().unwrap();
    let inside = |name: &str| format!("{}/{name}", folder.path().display());
    let refused = |path: &str, why: &str| {
        let mut command = command("run responsive_ui --set seconds=600 --json");
        command.arg("--trace").arg(path);
        let ended = ended(command);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert_eq!(ended.stdout, "", "{path}");
        assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
        let told = ended.stderr.contains(path) && ended.stderr.contains(why);
        assert!(told, "{ended:?}");
    };
    refused(&inside("no/such/folder/trace.json"), "No such file");
    refused(&inside("."), "no ordinary file");
    refused(&inside("trace.json/"), "a folder's name");
    #[cfg(unix)]
    {
        refused("/dev/null", "no ordinary file");
        // It has no reader: opening it would wait for ever.
        let pipe = inside("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        refused(&pipe, "no ordinary file");
        // Another user might put such a link into a folder that all may write to.
        let (victim, link) = (inside("victim"), inside("link"));
        std::fs::write(&victim, "precious").unwrap();
        std::os::unix::fs::symlink(&victim, &link).unwrap();
        refused(&link, "a link");
        assert_eq!(std::fs::read_to_string(&victim).unwrap(), "precious");
    }
}

/// Runs in the trace, which must be whole.
fn traced_runs(scratch: &Scratch) -> usize {
    let events = scratch.events();
    let names = events.iter().filter(|event| event["name"] == "thread_name");
    let runs = names.filter_map(|event| event["args"]["name"].as_str()?.rsplit_once('#'));
    runs.map(|(_, run)| run.to_owned())
        .collect::<HashSet<_>>()
        .len()
}

#[cfg(unix)]
#[test]
fn where_the_disk_is_full_the_runs_before_stay() {
    let scratch = Scratch::new("full");
    // A file may be no larger than so many blocks: to the program that is a full disk.
    let mut command = assert_cmd::Command::new("sh");
    let limited = "ulimit -f 500 && exec \"$0\" \"$@\"";
    command.args(["-c", limited, PROGRAM, "run", "bank_lock", "--json"]);
    command.args([
        "--variant",
        "atomic",
        "--set",
        "gap_millis=0",
        "--repeat",
        "30",
    ]);
    command.arg("--trace").arg(&scratch.0);
    let ended = ended(command);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(runs(&ended.stdout).len(), 30);
    assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
    assert!(ended.stderr.contains("File too large"), "{ended:?}");
    let count = traced_runs(&scratch);
    assert!((2..30).contains(&count), "{count}");
    let kept = format!("it holds the first {count} runs");
    assert!(ended.stderr.contains(&kept), "{count}: {ended:?}");
}

#[cfg(unix)]
#[test]
fn it_is_whole_whenever_the_program_is_killed() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let folder = tempfile::tempdir().unwrap();
    let scratch = Scratch(folder.path().join("trace.json"));
    for written in 1..=12 {
        let line = "run bank_lock --variant atomic --set threads=200 --set gap_millis=0 --repeat 100000 --json";
        let mut child = Command::new(PROGRAM)
            .args(line.split(' '))
            .arg("--trace")
            .arg(&scratch.0)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // The array's bracket, and then a line for each run, once its trace is written.
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for _ in 0..=written {
            lines.next().unwrap().unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(traced_runs(&scratch) >= written);
        // The second copy, which the next program removes.
        assert!(folder.path().read_dir().unwrap().count() <= 2);
    }
    let line = "run bank_lock --variant atomic --trace";
    let command = format!("{line} {}", scratch.0.display());
    succeeds(&command);
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
}

#[test]
fn bad_usage_does_not_touch_the_file() {
    let scratch = Scratch::new("untouched");
    std::fs::write(&scratch.0, "kept").expect("a file");
    let mut command = command("run bank_lock --set threads=0");
    command.arg("--trace").arg(&scratch.0);
    assert_eq!(ended(command).code, Some(2));
    assert_eq!(std::fs::read_to_string(&scratch.0).expect("a file"), "kept");
}
