//! Many connections where the system allows few open files: said before anything starts, and with what would work.
#![cfg(target_os = "linux")]

use std::process::Command;

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
