//! Many connections: all replies come in every way of waiting, and nothing is left behind.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::time::Duration;

use rustix::process::{Signal, kill_process};
use threadlab::demos::event_loop::{
    ARRIVED, ASKED, BYTES, HANDLE, HANDLED, LOOP, THREADS, WAIT, shares,
};
use threadlab::lab::demo::VariantId;
use threadlab::lab::demo::param::ParamError;
use threadlab::lab::demo::value::Value;
use threadlab::lab::machine;
use threadlab::lab::run::error::ProcessEnd;
use threadlab::lab::run::error::RunError;
use threadlab::lab::run::{Outcome, Summary};
use threadlab::lab::trace::event::{State, TrackKind};
use threadlab::lab::trace::log::{RunLog, TrackLog};

use crate::headless::{Watched, demo, lab, run, said};
use crate::worker::id;

const VARIANTS: [VariantId; 4] = [
    "one_at_a_time",
    "thread_each",
    "one_thread_async",
    "process_per_core_async",
];

/// Runs to the end, and checks what holds for every run that is done.
fn done(variant: VariantId, params: &[(&str, &str)]) -> (Summary, RunLog) {
    let demo = demo("event_loop", params);
    assert_eq!(demo.check(variant), Ok(()));
    let connections = demo.params().whole("connections");
    let (outcome, log) = run(&lab(), demo.as_ref(), variant);
    let Outcome::Done(summary) = outcome else {
        panic!("{variant} {params:?}: {outcome:?}")
    };
    assert_eq!(whole(&summary, "replies"), connections);
    let phases: Vec<_> = summary.phases.iter().map(|(step, _)| step.name()).collect();
    assert_eq!(phases, ["spawn", "wait"]);
    assert_eq!(
        summary.measure("total_seconds"),
        Some(&Value::from(summary.phases[1].1))
    );
    // Every connection is reported once in each of its states, and in their order.
    let mut told = [ASKED, ARRIVED, HANDLED].map(|_| BTreeSet::new());
    for track in processes(&log) {
        for instant in &track.instants {
            let states = [ASKED, ARRIVED, HANDLED];
            let Some(state) = states.iter().position(|step| *step == instant.step) else {
                continue;
            };
            let number = instant.value.expect("a number");
            assert!(told[state].insert(number), "{variant}: {number} twice");
            let before = state
                .checked_sub(1)
                .map(|before| told[before].contains(&number));
            assert_ne!(before, Some(false), "{variant}: {number} was not there yet");
        }
        let times = track.instants.iter().map(|instant| instant.at);
        assert!(times.is_sorted(), "{variant}");
    }
    for numbers in told {
        assert!(numbers.into_iter().eq(0..connections as i64), "{variant}");
    }
    assert_eq!(log.dropped(), 0);
    (summary, log)
}

fn whole(summary: &Summary, name: &str) -> u64 {
    match said(summary, name) {
        Some(Value::Count(count)) => u64::try_from(count).expect("not below zero"),
        Some(Value::Bytes(bytes)) => bytes,
        other => panic!("{name} is {other:?}"),
    }
}

fn seconds(summary: &Summary) -> f64 {
    let total = summary.measure("total_seconds").and_then(Value::as_f64);
    total.expect("a time")
}

/// The tracks of worker processes, the server's first.
fn processes(log: &RunLog) -> impl Iterator<Item = &TrackLog> {
    let tracks = log.tracks().iter();
    tracks.filter(|track| track.info.kind == TrackKind::Process)
}

fn pids(log: &RunLog) -> Vec<u32> {
    processes(log).map(|track| track.info.pid).collect()
}

#[test]
fn all_replies_come_and_take_as_long_as_the_way_of_waiting_says() {
    for variant in VARIANTS {
        // In turn that is 10 s; at once it is half a second, and whatever the machine takes for 20 connections.
        let reply_millis = if variant == "one_at_a_time" {
            "50"
        } else {
            "500"
        };
        let (summary, log) = done(
            variant,
            &[("connections", "20"), ("reply_millis", reply_millis)],
        );
        let total = seconds(&summary);
        match variant {
            "one_at_a_time" => assert!(total >= 20.0 * 0.05, "{total}"),
            _ => assert!((0.5..5.0).contains(&total), "{variant}: {total}"),
        }
        let waiters = match variant {
            "process_per_core_async" => machine::cores().min(20),
            _ => 1,
        };
        assert_eq!(processes(&log).count(), 1 + waiters, "{variant}");
    }
}

#[test]
fn threads_and_memory_are_those_of_who_waits() {
    let figures = VARIANTS.map(|variant| {
        // The reply takes so long that all connections are open at once, even on a busy machine.
        let slow = [("connections", "60"), ("reply_millis", "500")];
        let quick = [("connections", "60"), ("reply_millis", "1")];
        let params = if variant == "one_at_a_time" {
            quick
        } else {
            slow
        };
        let (summary, log) = done(variant, &params);
        for step in [THREADS, BYTES] {
            let server = processes(&log).next().expect("the server");
            assert!(server.instants.iter().all(|told| told.step != step));
        }
        let bytes = whole(&summary, "peak_bytes");
        assert!((1 << 20..200 << 20).contains(&bytes), "{variant}: {bytes}");
        whole(&summary, "peak_threads")
    });
    // A thread each is started by one more. The thread that takes orders is none of them.
    let cores = machine::cores().min(60) as u64;
    assert_eq!(figures, [1, 61, 1, cores]);
}

#[test]
fn a_handler_keeps_the_loop_from_all_else_and_the_queue_grows() {
    let params = [
        ("connections", "30"),
        ("reply_millis", "50"),
        ("handle_millis", "10"),
    ];
    let (summary, log) = done("one_thread_async", &params);
    assert!(seconds(&summary) >= 0.35, "one after the other");
    let track = processes(&log).nth(1).expect("who waits");
    let handling = track.spans.iter().filter(|span| span.step == HANDLE);
    assert_eq!(handling.clone().count(), 30);
    assert!(handling.clone().all(|span| {
        // CPU clocks may tick seldom.
        span.cpu.is_some_and(|cpu| cpu >= Duration::from_millis(9))
    }));
    // While the first were handled the others came.
    let (mut queued, mut longest) = (0, 0);
    for instant in &track.instants {
        queued += i64::from(instant.step == ARRIVED) - i64::from(instant.step == HANDLED);
        longest = longest.max(queued);
    }
    assert!(longest >= 5, "{longest} at most in the queue");
    assert_eq!(queued, 0);
}

#[test]
fn everyone_handles_every_reply() {
    for variant in VARIANTS {
        let params = [
            ("connections", "12"),
            ("reply_millis", "5"),
            ("handle_millis", "5"),
        ];
        let (_, log) = done(variant, &params);
        let spans = log.tracks().iter().flat_map(|track| &track.spans);
        assert_eq!(
            spans.filter(|span| span.step == HANDLE).count(),
            12,
            "{variant}"
        );
    }
}

#[test]
fn the_lanes_show_who_waits() {
    let waits = |track: &&TrackLog| {
        let mut spans = track.spans.iter();
        spans.any(|span| span.step == WAIT && span.state == State::Sleeping)
    };
    let (_, log) = done("thread_each", &[("connections", "200")]);
    assert_eq!(log.tracks().len(), 3 + 200);
    assert_eq!(log.tracks().iter().filter(waits).count(), 200);
    // More of them could not be distinguished.
    let (_, log) = done("thread_each", &[("connections", "201")]);
    assert_eq!(log.tracks().len(), 3);
    let (_, log) = done("one_thread_async", &[("connections", "5")]);
    let track = processes(&log).nth(1).expect("who waits");
    let steps: BTreeSet<_> = track.spans.iter().map(|span| span.step.name()).collect();
    assert_eq!(steps, BTreeSet::from([LOOP.name(), WAIT.name()]));
    assert!(track.spans.iter().all(|span| span.end.is_some()));
}

#[test]
fn the_smallest_and_the_immediate_work() {
    for variant in VARIANTS {
        for params in [("1", "0"), ("1", "30"), ("33", "0")] {
            done(
                variant,
                &[("connections", params.0), ("reply_millis", params.1)],
            );
        }
    }
    for (connections, processes) in [(1, 1), (10, 3), (10_000, 64), (3, 8)] {
        let shares = shares(connections, processes);
        assert_eq!(shares.len(), processes);
        let all: Vec<u32> = shares.into_iter().flatten().collect();
        assert!(all.into_iter().eq(0..connections));
    }
}

/// As many connections as can be had: more than one burst of them, and after three runs more than there are
/// ports, if any were left behind.
#[test]
fn ten_thousand_work_again_and_again() {
    let most = |variant| match demo("event_loop", &[("connections", "10000")]).check(variant) {
        Err(ParamError::BeyondLimit { largest, .. }) => largest.to_string(),
        other => {
            assert_eq!(other, Ok(()));
            "10000".to_owned()
        }
    };
    for variant in ["thread_each", "process_per_core_async"] {
        done(variant, &[("connections", &most(variant))]);
    }
    for _ in 0..5 {
        let (summary, _) = done(
            "one_thread_async",
            &[("connections", &most("one_thread_async"))],
        );
        assert_eq!(whole(&summary, "peak_threads"), 1);
        assert!(whole(&summary, "peak_bytes") <= 150 << 20);
    }
}

/// Sockets of this machine with `port` at one of their ends, as /proc/net/tcp has them.
fn sockets(port: u16) -> Vec<String> {
    let tcp = std::fs::read_to_string("/proc/net/tcp").expect("Linux");
    let has_port = |line: &&str| {
        let mut ends = line.split_whitespace().skip(1).take(2);
        ends.any(|end| end.ends_with(&format!(":{port:04X}")))
    };
    tcp.lines().filter(has_port).map(str::to_owned).collect()
}

/// The port on which `pid` listens.
fn listens(pid: u32) -> u16 {
    let files = std::fs::read_dir(format!("/proc/{pid}/fd")).expect("it lives");
    let links: Vec<String> = files
        .filter_map(|file| std::fs::read_link(file.ok()?.path()).ok())
        .filter_map(|link| Some(link.to_str()?.to_owned()))
        .collect();
    let tcp = std::fs::read_to_string("/proc/net/tcp").expect("Linux");
    let fields = tcp
        .lines()
        .skip(1)
        .map(|line| line.split_whitespace().collect::<Vec<_>>());
    // State 0A listens; see proc_net_tcp(5).
    let mut own = fields
        .filter(|fields| fields[3] == "0A" && links.contains(&format!("socket:[{}]", fields[9])));
    let address = own.next().expect("it listens")[1];
    let (_, port) = address.split_once(':').expect("an address");
    u16::from_str_radix(port, 16).expect("a port")
}

#[test]
fn a_cancel_in_the_middle_leaves_no_process_and_no_socket() {
    for variant in VARIANTS {
        let slow = [("connections", "50"), ("reply_millis", "60000")];
        let demo = demo("event_loop", &slow);
        let mut watched = Watched::start(&lab(), demo.as_ref(), variant);
        let expected = if variant == "one_at_a_time" { 1 } else { 50 };
        watched.until(|log| {
            let instants = log.tracks().iter().flat_map(|track| &track.instants);
            instants.filter(|told| told.step == ASKED).count() == expected
        });
        let pids = pids(&watched.log);
        let port = listens(pids[0]);
        assert!(
            sockets(port).len() > expected,
            "listening, and both ends of each"
        );
        watched.run.cancel();
        let outcome = watched.finish();
        assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
        for pid in pids {
            let process = std::path::PathBuf::from(format!("/proc/{pid}"));
            assert!(!process.exists(), "{variant}: {pid} is left");
        }
        assert_eq!(sockets(port), [""; 0], "{variant}");
    }
}

/// All connections break with the server, and the clients may report that before the server's end is known.
#[test]
fn a_server_that_is_killed_is_what_the_error_names() {
    for _ in 0..5 {
        for variant in VARIANTS {
            let slow = [("connections", "50"), ("reply_millis", "60000")];
            let demo = demo("event_loop", &slow);
            let mut watched = Watched::start(&lab(), demo.as_ref(), variant);
            watched.until(|log| {
                let mut instants = log.tracks().iter().flat_map(|track| &track.instants);
                instants.any(|told| told.step == ASKED)
            });
            let server = pids(&watched.log)[0];
            kill_process(id(server), Signal::KILL).expect("it lives");
            let outcome = watched.finish();
            let (number, name) = (9, "SIGKILL".to_owned());
            let killed = RunError::WorkerDied {
                pid: server,
                how: ProcessEnd::Signal { number, name },
            };
            assert!(
                matches!(&outcome, Outcome::Failed(error, _) if *error == killed),
                "{variant}: {outcome:?}"
            );
        }
    }
}
