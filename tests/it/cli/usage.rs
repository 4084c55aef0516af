//! Bad usage: exit code 2, and a message that names the wrong word and what is allowed.

use super::threadlab;

/// Ends with 2 before anything is started, and says each of `words`.
fn refused(args: &str, words: &[&str]) {
    let ended = threadlab(args);
    assert_eq!(ended.code, Some(2), "{args}: {ended:?}");
    assert_eq!(ended.stdout, "", "{args}");
    assert!(ended.stderr.starts_with("error: "), "{args}: {ended:?}");
    for word in words {
        assert!(
            ended.stderr.contains(word),
            "{args}: no {word} in {}",
            ended.stderr
        );
    }
}

#[test]
fn a_word_that_is_unknown() {
    refused("run bank", &["`bank`", "responsive_ui", "bank_lock"]);
    refused(
        "run bank_lock --variant lock",
        &["`lock`", "no_lock", "mutex", "short_lock", "atomic"],
    );
    refused(
        "run bank_lock --set thread=3",
        &["`thread`", "threads", "amount", "gap_millis", "failing"],
    );
    refused("run bank_lock --variant no_lock --variant x", &["`x`"]);
    refused("run bank_lock --sed 3", &["--sed"]);
    refused("runn bank_lock", &["runn"]);
    refused("run", &["<ID>"]);
}

#[test]
fn a_schedule_with_a_wrong_letter_names_the_letter() {
    let code = |variant: &str, code: &str, words: &[&str]| {
        let set = format!("`schedule={}`", code.to_uppercase());
        let words = [&[set.as_str()], words].concat();
        refused(
            &format!("run bank_lock --variant {variant} --set schedule={code}"),
            &words,
        );
    };
    code("no_lock", "ABABA", &["at letter 6", "B still has to write"]);
    code("no_lock", "aaaa", &["at letter 4", "A has no step left"]);
    code("no_lock", "ABX", &["at letter 3", "`X` is no thread"]);
    code("no_lock", "AAACCC", &["at letter 7", "B still has to read"]);
    code(
        "mutex",
        "AABBAABB",
        &["at letter 3", "B waits for the lock, which A holds"],
    );
    // One of the three variants can't go on in this order; `step` is for the window.
    refused("run bank_lock --set schedule=ABABAB", &["at letter 2"]);
    refused("run bank_lock --set schedule=step", &["at letter 1"]);
    refused(
        "run bank_lock --set schedule=all",
        &["`schedule=all`", "`threads`", "2–3", "100"],
    );
    refused(
        "run bank_lock --variant no_lock --set schedule=ABABAB --set failing=1",
        &["`failing`"],
    );
    let long = "A".repeat(33);
    refused(
        &format!("run bank_lock --set schedule={long}"),
        &["at most 32"],
    );
}

#[test]
fn a_value_that_is_out_of_range_or_no_number() {
    for value in ["0", "5001", "-1", "99999999999999999999"] {
        refused(
            &format!("run bank_lock --set threads={value}"),
            &["`threads=", value, "1 to 5000"],
        );
    }
    for value in ["1.5", "many", "0x10", ""] {
        refused(
            &format!("run bank_lock --set threads={value}"),
            &[&format!("`threads={value}`"), "a whole number"],
        );
    }
    refused(
        "run responsive_ui --set seconds=0",
        &["`seconds=0`", "0.1 to 600"],
    );
    refused(
        "run responsive_ui --set seconds=1e9",
        &["`seconds=1e9`", "0.1 to 600"],
    );
    for value in ["NaN", "inf", "soon"] {
        refused(
            &format!("run responsive_ui --set seconds={value}"),
            &[&format!("`seconds={value}`"), "a number of seconds"],
        );
    }
}

#[test]
fn an_assignment_that_is_none() {
    refused(
        "run bank_lock --set threads",
        &["'threads'", "`=`", "KEY=VALUE"],
    );
    refused("run bank_lock --set =3", &["'=3'", "no name"]);
    refused("run bank_lock --set", &["--set"]);
}

#[test]
fn parameters_are_checked_against_each_other_once_all_are_set() {
    let words = ["`failing` is 101", "`threads`, which is 100"];
    refused("run bank_lock --set failing=101", &words);
    refused("run bank_lock --set failing=101 --set threads=100", &words);
}

#[test]
fn numbers_of_the_command_itself() {
    for value in ["0", "-1", "1.5", "x", "99999999999999999999"] {
        refused(
            &format!("run bank_lock --repeat={value}"),
            &[value, "from 1 to 1000000"],
        );
    }
    for value in ["-1", "x", "18446744073709551616"] {
        refused(
            &format!("run bank_lock --seed={value}"),
            &[value, "from 0 to 18446744073709551615"],
        );
    }
}

#[test]
fn options_of_the_window_are_checked_before_it_opens() {
    refused("--demo bank", &["`bank`", "bank_lock"]);
    refused("--demo bank_lock --variant x", &["`x`", "mutex"]);
    refused(
        "--demo bank_lock --set threads=0",
        &["`threads=0`", "1 to 5000"],
    );
    refused(
        "--demo bank_lock --set threads=5 --set failing=6",
        &["`failing` is 6"],
    );
    refused("--variant mutex", &["--demo"]);
    refused("--set threads=3", &["--demo"]);
    refused("--lang fr", &["fr", "en", "zh-CN"]);
    refused("--theme pink", &["pink", "light", "dark", "system"]);
    for zoom in ["0", "9", "NaN", "big"] {
        refused(&format!("--zoom {zoom}"), &[zoom, "0.5 to 4"]);
    }
    refused("--demo bank_lock list", &["--demo"]);
}

#[test]
fn a_worker_without_orders() {
    refused("worker", &["worker ID --seed N"]);
    refused("worker bank --seed 1", &["worker ID --seed N"]);
    refused("worker bank_lock --seed x", &["worker ID --seed N"]);
}
