//! The scripts, where a user's environment changes what cargo and the shell do.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// Stands in for cargo: builds nothing, and prints the path as cargo does.
const CARGO: &str = r#"#!/bin/sh
target=$FOLDER/target
case $1 in
metadata) echo "{\"packages\":[],\"target_directory\":\"$target\",\"version\":1}" ;;
build) echo "{\"reason\":\"compiler-artifact\",\"target\":{\"kind\":[\"lib\"],\"name\":\"threadlab\"},\"profile\":{\"test\":false},\"executable\":null}"
    echo "{\"reason\":\"compiler-artifact\",\"target\":{\"kind\":[\"bin\"],\"name\":\"threadlab\"},\"profile\":{\"test\":false},\"features\":[],\"executable\":\"$target/$CARGO_BUILD_TARGET/release/threadlab\",\"fresh\":true}" ;;
esac
"#;

fn write_program(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a program");
}

#[test]
fn run_starts_what_cargo_built_wherever_that_is() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scripts-run");
    // A test that was killed may have left it.
    fs::remove_dir_all(&folder).ok();
    write_program(&folder.join("bin/cargo"), CARGO);
    let program = folder.join("target/some-target/release/threadlab");
    write_program(&program, "#!/bin/sh\necho \"started with $*\"\n");
    let path = std::env::var("PATH").expect("a PATH");
    let ended = Command::new("bash")
        .args(["scripts/run", "list", "--json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", format!("{}:{path}", folder.join("bin").display()))
        .env("FOLDER", &folder)
        .env("CARGO_BUILD_TARGET", "some-target")
        // Here `scripts/..` leads to another folder than where the script is.
        .env("CDPATH", concat!(env!("CARGO_MANIFEST_DIR"), "/src:."))
        .output()
        .expect("bash starts");
    let output = String::from_utf8_lossy(&ended.stdout);
    assert_eq!(output, "started with list --json\n", "{ended:?}");
    fs::remove_dir_all(folder).expect("it is removed");
}
