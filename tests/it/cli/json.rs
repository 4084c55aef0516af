//! `run --json`.

use serde_json::{Value, json};

use super::{runs, succeeds};

const DEPOSITS: &str = "run bank_lock --set threads=20 --set gap_millis=5";

#[test]
fn every_field_is_there_and_in_its_place() {
    let line = format!("{DEPOSITS} --variant no_lock --seed 42 --json");
    let runs = runs(&succeeds(&line));
    let [run] = &runs[..] else { panic!("{runs:?}") };
    let fields: Vec<_> = run.as_object().unwrap().keys().collect();
    let expected = [
        "demo",
        "variant",
        "params",
        "seed",
        "host",
        "outcome",
        "wall_seconds",
        "phases",
        "measures",
        "points",
        "tracks",
        "events",
        "events_dropped",
    ];
    assert_eq!(fields, expected);
    assert_eq!(run["demo"], "bank_lock");
    assert_eq!(run["variant"], "no_lock");
    assert_eq!(
        run["params"],
        json!({"threads": 20, "amount": 1, "gap_millis": 5, "failing": 0, "await_inside": false, "schedule": ""})
    );
    assert_eq!(run["seed"], 42);
    assert_eq!(run["host"], "tick_loop");
    assert_eq!(run["outcome"], "done");
    assert_eq!(run["points"], json!([]));
    assert_eq!(run["events_dropped"], 0);
    // At least one track and three spans of a beginning and an end for each thread.
    assert!(run["tracks"].as_u64().unwrap() >= 20, "{run}");
    assert!(run["events"].as_u64().unwrap() >= 20 * 6, "{run}");
    let measures: Vec<_> = run["measures"].as_object().unwrap().keys().collect();
    assert_eq!(
        measures,
        [
            "balance",
            "deposits_lost",
            "deposits_failed",
            "longest_wait_seconds"
        ]
    );
    let figure = |name: &str| run["measures"][name].as_u64().unwrap();
    assert_eq!(figure("balance") + figure("deposits_lost"), 20);
    let wall = run["wall_seconds"].as_f64().unwrap();
    assert!(
        wall >= 0.005,
        "no thread deposits sooner than its gap: {wall}"
    );
}

#[test]
fn phases_add_up_to_the_wall_time() {
    for run in runs(&succeeds(&format!("{DEPOSITS} --json"))) {
        let phases = run["phases"].as_array().unwrap();
        let sum: f64 = phases
            .iter()
            .map(|phase| phase["seconds"].as_f64().unwrap())
            .sum();
        let wall = run["wall_seconds"].as_f64().unwrap();
        assert!(!phases.is_empty());
        assert!((sum - wall).abs() <= 1e-9 * phases.len() as f64, "{run}");
    }
}

#[test]
fn without_a_variant_every_one_runs_in_turn() {
    let variants = |line: &str| -> Vec<Value> {
        runs(&succeeds(line))
            .iter()
            .map(|run| run["variant"].clone())
            .collect()
    };
    assert_eq!(
        variants(&format!("{DEPOSITS} --json")),
        ["no_lock", "mutex", "short_lock", "atomic", "async_tasks"]
    );
    assert_eq!(
        variants(&format!(
            "{DEPOSITS} --variant atomic --variant no_lock --json"
        )),
        ["atomic", "no_lock"]
    );
}

#[test]
fn repetitions_take_turns_and_count_the_seed_up() {
    let line = format!("{DEPOSITS} --variant atomic --variant no_lock --repeat 3 --seed 7 --json");
    let order: Vec<_> = runs(&succeeds(&line))
        .iter()
        .map(|run| {
            (
                run["variant"].as_str().unwrap().to_owned(),
                run["seed"].as_u64().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("atomic", 7),
        ("no_lock", 7),
        ("atomic", 8),
        ("no_lock", 8),
        ("atomic", 9),
        ("no_lock", 9),
    ];
    assert_eq!(
        order,
        expected.map(|(variant, seed)| (variant.to_owned(), seed))
    );
}

#[test]
fn whole_numbers_beyond_2_to_53_are_strings() {
    let seed = |seed: &str| {
        let line = format!("{DEPOSITS} --variant atomic --seed {seed} --json");
        runs(&succeeds(&line))[0]["seed"].clone()
    };
    assert_eq!(seed("9007199254740992"), json!(9_007_199_254_740_992_u64));
    assert_eq!(seed("9007199254740993"), "9007199254740993");
    assert_eq!(seed("18446744073709551615"), "18446744073709551615");
}

#[test]
fn a_planned_panic_is_no_failure() {
    let line = format!("{DEPOSITS} --set failing=5 --variant mutex --json");
    let run = &runs(&succeeds(&line))[0];
    assert_eq!(run["outcome"], "done");
    assert_eq!(run["measures"]["deposits_failed"], 5);
    assert_eq!(run["measures"]["balance"], 15);
}

#[test]
fn without_a_seed_one_is_drawn_and_told() {
    let line = format!("{DEPOSITS} --variant atomic --json");
    let seeds = [(); 3].map(|()| runs(&succeeds(&line))[0]["seed"].as_u64().unwrap());
    // Three equal draws of 32 bits are not chance.
    assert!(seeds[0] != seeds[1] || seeds[1] != seeds[2], "{seeds:?}");
}

#[test]
fn a_run_on_the_loops_own_thread_has_one_long_gap() {
    let runs = runs(&succeeds("run responsive_ui --set seconds=0.5 --json"));
    let gap = |run: &Value| {
        run["measures"]["longest_frame_gap_seconds"]
            .as_f64()
            .unwrap()
    };
    let [frozen, free] = &runs[..] else {
        panic!("{runs:?}")
    };
    assert_eq!(frozen["variant"], "ui_thread");
    assert_eq!(frozen["measures"]["frames"], 1);
    assert!(gap(frozen) >= 0.5, "{frozen}");
    // Ticks of 16 ms; a busy machine may miss many of them, but not all.
    assert!(free["measures"]["frames"].as_u64().unwrap() > 2, "{free}");
    assert!(gap(free) < 0.5, "{free}");
    for run in [frozen, free] {
        assert_eq!(run["measures"]["clicks_waiting"], 0);
        assert_eq!(run["params"], json!({"seconds": 0.5}));
    }
}

#[test]
fn a_total_beyond_floating_point_is_exact_and_the_speedup_in_its_place() {
    // 200 000 001 × 100 000 000 is beyond 2^53.
    let line =
        "run sum --set numbers=200000000 --set workers=2 --variant alone --variant threads --json";
    let runs = runs(&succeeds(line));
    for run in &runs {
        assert_eq!(run["measures"]["total"], "20000000100000000");
        let names: Vec<_> = (run["phases"].as_array().unwrap().iter())
            .map(|phase| phase["name"].as_str().unwrap())
            .collect();
        assert_eq!(
            names,
            ["prepare", "spawn", "hand_over", "compute", "collect"]
        );
    }
    let wall = |run: &Value| run["wall_seconds"].as_f64().unwrap();
    let speedup = |run: &Value| run["measures"]["speedup"].as_f64().unwrap();
    assert_eq!(speedup(&runs[0]), 1.0);
    assert!((speedup(&runs[1]) - wall(&runs[0]) / wall(&runs[1])).abs() < 1e-9);
}

#[test]
fn files_that_are_downloaded_again_take_the_same_times() {
    let line = "run downloads --variant async_tasks --variant one_after_another --repeat 2 --json \
                --set min_seconds=0.1 --set max_seconds=0.3";
    let seeds: Vec<_> = runs(&succeeds(line))
        .iter()
        .map(|run| run["seed"].clone())
        .collect();
    assert_eq!(seeds.len(), 4);
    assert!(seeds.iter().all(|seed| *seed == seeds[0]), "{seeds:?}");
}
