//! Many connections where the system allows few open files: said before anything starts, and with what would work.
#![cfg(target_os = "linux")]

use std::net::TcpStream;
use std::process::{Command, Stdio};

use threadlab::lab::demo::VariantId;

/// `threadlab run event_loop` with so few open files allowed, for good.
fn with_open_files(files: u64, variant: VariantId, connections: u64) -> (bool, String, String) {
    let script = format!(
        "ulimit -n {files}; exec \"$0\" run event_loop --variant {variant} \
         --set connections={connections} --set reply_millis=10 --json"
    );
    let output = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_threadlab")])
        .output()
        .expect("a shell");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn too_few_open_files_are_said_before_anything_starts_and_the_largest_that_works_works() {
    // A process for each core takes two of them here.
    let files = 64 + 2 * threadlab::lab::machine::cores() as u64;
    for variant in ["thread_each", "one_thread_async", "process_per_core_async"] {
        let (done, out, said) = with_open_files(files, variant, 1000);
        assert!(!done && !out.contains("\"outcome\""), "{variant}: {out}");
        assert!(
            said.contains("open files") && said.contains(&format!("allows {files}")),
            "{said}"
        );
        let (_, largest) = said
            .split_once("largest that works is ")
            .expect("it is named");
        let digits = largest.split(|it: char| !it.is_ascii_digit()).next();
        let largest: u64 = digits.and_then(|it| it.parse().ok()).expect("a number");
        assert!(largest >= 16, "{largest}");
        let (_, out, said) = with_open_files(files, variant, largest);
        assert!(
            out.contains(&format!("\"replies\":{largest}")),
            "{variant}: {out} {said}"
        );
        let (done, ..) = with_open_files(files, variant, largest + 1);
        assert!(!done, "{variant}: one more");
    }
    let (done, _, said) = with_open_files(files, "one_at_a_time", 100);
    assert!(done, "one at a time needs few: {said}");
}

#[test]
fn a_soft_limit_is_raised() {
    let script = "ulimit -Sn 64; exec \"$0\" run event_loop --set connections=300 \
         --variant one_thread_async --json";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_threadlab")])
        .output()
        .expect("a shell");
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(out.contains("\"replies\":300"), "{out}");
}

/// A server's port, once one of these processes listens: proc lists of each socket its state and a number, and of
/// each process the numbers of its sockets.
fn listening(children: &[u32]) -> Option<u16> {
    let sockets: Vec<String> = children
        .iter()
        .flat_map(|pid| {
            std::fs::read_dir(format!("/proc/{pid}/fd"))
                .into_iter()
                .flatten()
        })
        .filter_map(|file| std::fs::read_link(file.ok()?.path()).ok())
        .map(|target| target.to_string_lossy().into_owned())
        .collect();
    let table = std::fs::read_to_string("/proc/net/tcp").expect("Linux has it");
    table.lines().find_map(|line| {
        let fields: Vec<_> = line.split_whitespace().collect();
        let (local, state, inode) = (fields.get(1)?, fields.get(3)?, fields.get(9)?);
        let is_ours = *state == "0A" && sockets.contains(&format!("socket:[{inode}]"));
        let port = is_ours.then(|| local.split_once(':'))??.1;
        u16::from_str_radix(port, 16).ok()
    })
}

/// The processes that this one has started.
fn children(pid: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task"));
    tasks
        .into_iter()
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("children")).ok())
        .flat_map(|all| -> Vec<u32> {
            all.split_whitespace()
                .filter_map(|it| it.parse().ok())
                .collect()
        })
        .collect()
}

#[test]
fn connections_of_others_that_ask_nothing_are_in_nobodys_way() {
    let script = "ulimit -n 64; exec \"$0\" run event_loop --variant one_at_a_time \
         --set connections=40 --set reply_millis=50 --json";
    let mut program = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_threadlab")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell");
    let port = loop {
        if let Some(port) = listening(&children(program.id())) {
            break port;
        }
        assert!(
            program.try_wait().expect("a child").is_none(),
            "it never listened"
        );
    };
    // More than the server may have open, and more again when it has sent the first ones away.
    let crowd = || (0..100).map(|_| TcpStream::connect(("127.0.0.1", port)).expect("a connection"));
    let silent: Vec<TcpStream> = crowd().chain(crowd()).collect();
    let output = program.wait_with_output().expect("it ends");
    drop(silent);
    let said = String::from_utf8_lossy(&output.stderr);
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(out.contains("\"replies\":40"), "{out} {said}");
}
