//! `run` for people.

use super::{succeeds, threadlab};

#[test]
fn a_row_per_variant_and_a_sentence_beneath() {
    let text = succeeds("run bank_lock --set threads=20 --set gap_millis=5 --seed 42");
    let (table, results) = text
        .split_once("\nResult:\n")
        .unwrap_or_else(|| panic!("{text}"));
    assert!(table.starts_with("Bank deposits (bank_lock)\n"), "{text}");
    assert!(
        table.contains("threads=20 amount=1 gap_millis=5 failing=0 await_inside=false, seed 42\n"),
        "{text}"
    );
    for title in [
        "time",
        "balance",
        "deposits lost",
        "longest wait for",
        "the lock",
    ] {
        assert!(table.contains(title), "{title}: {text}");
    }
    let row = |variant: &str| {
        let found = table
            .lines()
            .find(|line| line.trim_start().starts_with(variant));
        found.unwrap_or_else(|| panic!("{variant}: {text}"))
    };
    for variant in ["no_lock", "mutex", "short_lock", "atomic", "async_tasks"] {
        let has_time = [" s ", " ms ", " µs "]
            .iter()
            .any(|unit| row(variant).contains(unit));
        assert!(has_time, "{text}");
        assert!(
            results
                .lines()
                .any(|line| line.starts_with(&format!("  {variant}: "))),
            "{text}"
        );
    }
    assert!(row("mutex").contains("¥20"), "{text}");
    assert!(results.contains("mutex: nothing was lost: ¥20"), "{text}");
    assert!(
        !text.contains('\u{1b}'),
        "escape codes belong into a terminal: {text}"
    );
}

#[test]
fn repetitions_show_median_and_extremes() {
    let text = succeeds(
        "run bank_lock --variant mutex --set threads=5 --set gap_millis=1 --repeat 4 --seed 1",
    );
    assert!(text.contains("seeds 1 to 4\n"), "{text}");
    let row = text
        .lines()
        .find(|line| line.trim_start().starts_with("mutex"))
        .unwrap();
    let cells: Vec<_> = row.split_whitespace().collect();
    assert_eq!(cells[1], "4", "{text}");
    let extremes = text
        .lines()
        .find(|line| line.contains(" … "))
        .unwrap_or_else(|| panic!("{text}"));
    let between = extremes.split(['[', ']']).nth(1).unwrap();
    let (min, max) = between.split_once(" … ").unwrap();
    let seconds = |time: &str| {
        let (number, unit) = time.split_once(' ').unwrap();
        let length = [("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)]
            .iter()
            .find(|(known, _)| *known == unit);
        number.parse::<f64>().unwrap() * length.unwrap().1
    };
    let median = seconds(&format!("{} {}", cells[2], cells[3]));
    assert!(seconds(min) <= median && median <= seconds(max), "{text}");
    assert!(
        text.contains("mutex, last of 4 runs: nothing was lost"),
        "{text}"
    );
}

#[test]
fn the_seed_is_told_when_none_was_given() {
    let text = threadlab("run bank_lock --variant atomic --set threads=1").stdout;
    let seed = text
        .split("seed ")
        .nth(1)
        .and_then(|rest| rest.lines().next());
    assert!(
        seed.is_some_and(|seed| seed.parse::<u32>().is_ok()),
        "{text}"
    );
}
