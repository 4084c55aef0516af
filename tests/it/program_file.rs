//! The program's own file, which worker processes are started from, and the memory that they share with it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use threadlab::lab::run::Outcome;
use threadlab::lab::run::error::RunError;

use crate::headless::{demo, lab, run};

const PROGRAM: &str = env!("CARGO_BIN_EXE_threadlab");

/// A folder of this name that every user can look into, new.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("threadlab-test-{name}-{}", std::process::id()));
    // A test that was killed may have left it.
    fs::remove_dir_all(&folder).ok();
    fs::create_dir(&folder).expect("a folder");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("open to all");
    folder
}

fn assert_done(ended: &Output) {
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{ended:?}");
}

#[test]
fn workers_start_when_the_programs_file_is_gone() {
    let folder = folder("gone");
    let program = folder.join("threadlab");
    if fs::hard_link(PROGRAM, &program).is_err() {
        fs::copy(PROGRAM, &program).expect("a copy");
    }
    let script = "exec 3<\"$0\" && rm \"$0\" && exec /proc/self/fd/3 run sum --variant processes \
                  --set numbers=1000 --set workers=2 --json --seed 1";
    let ended = Command::new("sh")
        .args(["-c", script])
        .arg(&program)
        .output();
    assert_done(&ended.expect("a shell"));
    assert!(!program.exists());
    fs::remove_dir(folder).expect("it is empty");
}

#[test]
fn a_program_that_is_gone_is_named() {
    let mut lab = lab();
    lab.program = "/nowhere/threadlab".into();
    let (outcome, _) = run(&lab, demo("sum", &[]).as_ref(), "processes");
    let Outcome::Failed(RunError::Spawn { reason, .. }, _) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(reason.starts_with("/nowhere/threadlab: "), "{reason}");
}

#[test]
fn a_program_that_may_be_started_but_not_read_shares_memory() {
    let folder = folder("unreadable");
    let program = folder.join("threadlab");
    fs::copy(PROGRAM, &program).expect("a copy");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o111)).expect("to be started only");
    for line in [
        "run ping_pong --variant shared_counter --set words=4 --json --seed 1",
        "run sum --variant processes --set hand_over=shared_memory --set numbers=1000 --json --seed 1",
    ] {
        let mut command = Command::new(&program);
        command.args(line.split(' ')).current_dir("/");
        if rustix::process::geteuid().is_root() {
            // A user with the right to read everything notices nothing.
            command.uid(65534).gid(65534);
        }
        assert_done(&command.output().expect("it starts"));
    }
    fs::remove_dir_all(folder).expect("it is removed");
}

#[test]
fn a_refusal_of_shared_memory_is_called_by_its_name() {
    let ended = Command::new("python3")
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/it/without_memfd.py"
        ))
        .args([PROGRAM, "run", "ping_pong", "--variant", "shared_counter"])
        .output();
    // Without a Python it is not refused.
    let Ok(ended) = ended else { return };
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(
        said.contains("shared memory is refused here (memfd_create: "),
        "{said}"
    );
    assert!(!said.contains("no memory"), "{said}");
}
