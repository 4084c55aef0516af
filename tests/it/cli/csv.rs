//! `run --csv`.

use serde_json::Value;

use super::{runs, succeeds, threadlab};

/// Records and fields of RFC 4180.
fn parse(csv: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut letters) = (false, csv.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'));
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            letter => field.push(letter),
        }
    }
    assert!(
        !quoted && record.is_empty() && field.is_empty(),
        "an unfinished line: {csv}"
    );
    records
}

#[test]
fn a_line_per_run_under_a_header() {
    let csv =
        succeeds("run bank_lock --set threads=20 --set gap_millis=1 --repeat 2 --seed 42 --csv");
    let records = parse(&csv);
    assert_eq!(
        records[0].join(" "),
        "demo variant threads amount gap_millis failing await_inside schedule seed host outcome error wall_seconds balance deposits_lost \
         deposits_failed longest_wait_seconds orders orders_exact tracks events events_dropped"
    );
    assert_eq!(records.len(), 1 + 10);
    for (index, record) in records[1..].iter().enumerate() {
        assert_eq!(record.len(), records[0].len());
        let variants = ["no_lock", "mutex", "short_lock", "atomic", "async_tasks"];
        let variant = variants[index % 5];
        let seed = ["42", "43"][index / 5];
        let expected = [
            "bank_lock",
            variant,
            "20",
            "1",
            "1",
            "0",
            "false",
            "",
            seed,
            "tick_loop",
            "done",
            "",
        ];
        assert_eq!(record[..12], expected);
        // Only runs of all orders count orders.
        assert_eq!(record[17..19], ["", ""]);
        for number in record[12..17].iter().chain(&record[19..]) {
            assert!(number.parse::<f64>().is_ok(), "{number}: {record:?}");
        }
        assert_eq!(
            record[13].parse::<u64>().unwrap() + record[14].parse::<u64>().unwrap(),
            20
        );
    }
}

#[test]
fn csv_and_json_have_the_same_names() {
    let line = "run responsive_ui --variant worker_thread --set seconds=0.1";
    let header = parse(&succeeds(&format!("{line} --csv"))).remove(0);
    let run = runs(&succeeds(&format!("{line} --json"))).remove(0);
    let names =
        |object: &Value| -> Vec<String> { object.as_object().unwrap().keys().cloned().collect() };
    let mut expected = names(&run);
    expected.retain(|name| !["params", "measures", "phases", "points"].contains(&name.as_str()));
    expected.extend(
        names(&run["params"])
            .into_iter()
            .chain(names(&run["measures"])),
    );
    expected.push("error".to_owned());
    expected.sort();
    let mut found = header.clone();
    found.sort();
    assert_eq!(found, expected);
    found.dedup();
    assert_eq!(found.len(), header.len(), "two columns of one name");
}

#[test]
fn csv_and_json_exclude_each_other() {
    let ended = threadlab("run bank_lock --csv --json");
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("--json") && ended.stderr.contains("--csv"),
        "{ended:?}"
    );
    assert_eq!(ended.stdout, "");
}
