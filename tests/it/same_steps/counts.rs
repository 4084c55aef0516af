//! Words, money and sums: what is counted is the same in both languages.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Both, all_of, both, figures, python, record, shown};

#[test]
fn as_many_words_are_printed_and_refused() {
    let words = |both: &Both| [both.count("Ping"), both.count("Pong")].map(|count| count as f64);
    let small = [
        ("words", "4"),
        ("gap_millis", "1"),
        ("puts_each", "3"),
        ("takes", "5"),
    ];
    let small = [&small[..], &[("put_pause_max_millis", "1")]].concat();
    let [private, shared, queue] = all_of("ping_pong", &small);
    let measured = |both: &Both| [both.measure("pings"), both.measure("pongs")];
    assert_eq!(words(&private), measured(&private));
    let sum = |words: [f64; 2]| words[0] + words[1];
    for both in [shared, queue] {
        assert_eq!(sum(words(&both)), sum(measured(&both)), "{}", both.printed);
    }
    let full = [
        ("capacity", "2"),
        ("put_timeout_millis", "0"),
        ("take_timeout_millis", "0"),
    ];
    let full = both("ping_pong", "queue", &[&small[..], &full].concat());
    let refused = |end| {
        full.printed
            .lines()
            .filter(|line| line.ends_with(end))
            .count() as f64
    };
    assert_eq!(refused("the queue is full"), full.measure("puts_refused"));
    assert_eq!(refused("the queue is empty"), full.measure("takes_refused"));
    assert_eq!(sum(words(&full)), sum(measured(&full)));
    let at_once = [("capacity", "1"), ("take_starts", "at_once")];
    let at_once = both("ping_pong", "queue", &[&small[..], &at_once].concat());
    assert_eq!(sum(words(&at_once)), sum(measured(&at_once)));
}

#[test]
fn as_much_money_is_in_the_bank() {
    let balance = |both: &Both| both.figure("the balance is ¥");
    let params = [("threads", "20"), ("amount", "7"), ("gap_millis", "50")];
    let [no_lock, mutex, short_lock, atomic, tasks] = all_of("bank_lock", &params);
    for both in [&mutex, &short_lock, &atomic, &tasks] {
        assert_eq!(both.printed, "the balance is ¥140\n");
        assert_eq!(both.measure("balance"), 140.0);
    }
    for balance in [balance(&no_lock), no_lock.measure("balance")] {
        assert!(
            (7.0..140.0).contains(&balance) && balance % 7.0 == 0.0,
            "¥{balance}"
        );
    }
    let [one_by_one, at_once] = [&mutex, &short_lock].map(|both| {
        let wall = both.record["wall_seconds"].as_f64().expect("seconds");
        [both.took, Duration::from_secs_f64(wall)]
    });
    for (one_by_one, at_once) in one_by_one.into_iter().zip(at_once) {
        assert!(one_by_one > Duration::from_secs(1) && at_once < one_by_one);
    }
    let inside = [&params[..], &[("await_inside", "true")]].concat();
    let inside = both("bank_lock", "async_tasks", &inside);
    assert_eq!((balance(&inside), inside.measure("balance")), (7.0, 7.0));
}

#[test]
fn deposits_that_fail_are_in_no_balance() {
    let params = [("threads", "10"), ("failing", "3"), ("gap_millis", "5")];
    for variant in ["mutex", "short_lock", "atomic", "async_tasks"] {
        let program = shown("bank_lock", variant, &params);
        // Otherwise each would be reported on standard error.
        let quiet = format!("import threading\nthreading.excepthook = print\n{program}");
        let (printed, _) = python(&quiet, "");
        let record = record("bank_lock", variant, &params);
        assert!(printed.ends_with("the balance is ¥7\n"), "{printed}");
        assert_eq!(record["measures"]["balance"], 7, "{variant}");
    }
}

#[test]
fn steps_are_done_in_the_order_that_the_run_had() {
    for (variant, orders) in [
        ("no_lock", ["AAABBB", "ABBAAB", "ABCABCABC"]),
        ("mutex", ["AAAABBBB", "BBBBAAAA", "CCCCAAAABBBB"]),
        ("atomic", ["AABB", "BAAB", "CBAABC"]),
    ] {
        for order in orders {
            let both = both(
                "bank_lock",
                variant,
                &[("schedule", order), ("amount", "3")],
            );
            let expected = format!("{order}: the balance is ¥{}\n", both.measure("balance"));
            assert_eq!(both.printed, expected, "{variant}");
        }
        let steered = shown("bank_lock", variant, &[("schedule", "step")]);
        let (printed, _) = python(&steered, orders[1]);
        let at_once = both("bank_lock", variant, &[("schedule", orders[1])]);
        assert!(printed.ends_with(&at_once.printed), "{printed}");
        for threads in ["2", "3"] {
            let all = both(
                "bank_lock",
                variant,
                &[("schedule", "all"), ("threads", threads)],
            );
            let mut counted = BTreeMap::new();
            for balance in figures(&all.printed, "the balance is ¥") {
                *counted.entry(balance as u64).or_insert(0.0) += 1.0;
            }
            let counted: Vec<(u64, f64)> = counted.into_iter().collect();
            assert_eq!(counted, all.points("balance", "orders"), "{variant}");
        }
    }
}

#[test]
fn numbers_add_up_to_the_same() {
    for numbers_from in ["generated", "list"] {
        let params = [
            ("numbers", "100001"),
            ("workers", "3"),
            ("pool", "5"),
            ("numbers_from", numbers_from),
        ];
        let all: [Both; 3] = all_of("sum", &params);
        let handed = ["shared_memory", "pipe"].map(|hand_over| {
            let params = [&params[..], &[("hand_over", hand_over)]].concat();
            both("sum", "processes", &params)
        });
        for both in all.iter().chain(&handed) {
            let total = both.printed.lines().next();
            let measured = both.measure("total").to_string();
            assert_eq!(total, Some(measured.as_str()));
        }
    }
}
