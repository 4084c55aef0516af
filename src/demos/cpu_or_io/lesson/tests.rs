//! Tests of the lesson about computing and waiting.

use proptest::prelude::*;

use super::*;
use crate::lab::demo::value::RunDetails;
use crate::lab::demo::verdict::Verdict;
use crate::lab::run::Summary;
use crate::text::Language;

fn demo(workers: u64, tasks: u64, cores: u64) -> CpuOrIo {
    CpuOrIo {
        workers: if workers > 1 {
            vec![1, workers]
        } else {
            vec![1]
        },
        tasks,
        cores,
        ..CpuOrIo::default()
    }
}

/// The record of a run of `demo` with the time of `limit` cores; `share` is the least share of the allowed core time.
fn record(demo: &CpuOrIo, variant: VariantId, speedup: f64, limit: f64, share: f64) -> Record {
    let workers = demo.most_workers();
    let shares = match variant {
        "cpu_bound" => [Some(1.0), Some(share)],
        _ => [None, None],
    };
    let details = RunDetails::new(Rounds::new(Vec::new(), limit, shares));
    let summary = Summary {
        measures: vec![
            ("speedup", Value::Ratio(speedup)),
            ("logical_cores", demo.cores.into()),
        ],
        details,
        points: vec![
            Point::at("workers", 1u64).with("speedup", Value::Ratio(1.0)),
            Point::at("workers", workers).with("speedup", Value::Ratio(speedup)),
        ],
        ..Summary::default()
    };
    Record::done(demo, variant, summary)
}

fn keys(sentences: &[Sentence]) -> Vec<&str> {
    sentences
        .iter()
        .map(|sentence| sentence.key.trim_start_matches("cpu_or_io-result-"))
        .collect()
}

/// An answer without the words around it.
fn answer(choice: &Choice) -> String {
    match choice.text.args.first() {
        Some((_, times)) => Language::English.figure(times),
        None => choice.text.key["cpu_or_io-q-".len()..].to_owned(),
    }
}

fn answers(workers: u64, tasks: u64, limit: f64) -> Vec<String> {
    choices(workers, tasks, limit).iter().map(answer).collect()
}

fn right(demo: &CpuOrIo, record: &Record, limit: f64) -> Option<String> {
    let question = question(demo, record.info.variant, limit);
    let right = question.verdict(record)?.right()?;
    Some(answer(&question.choices[right]))
}

#[test]
fn answers_follow_cores_threads_and_tasks() {
    assert_eq!(answers(32, 64, 4.0), ["slower", "same", "4", "32"]);
    assert_eq!(answers(32, 64, 1.0), ["slower", "same", "32"]);
    assert_eq!(answers(4, 64, 8.0), ["slower", "same", "4"]);
    // Eight tasks keep no more than eight threads busy.
    assert_eq!(answers(32, 8, 2.0), ["not-faster", "2", "8", "32"]);
    // 40 tasks on 32 threads take two turns, which is 20 times as fast: that is in the answer of 32.
    assert_eq!(answers(32, 40, 2.0), ["slower", "same", "2", "32"]);
    // A single task can't be shared, and a quota may be a part of a core.
    assert_eq!(answers(32, 1, 2.0), ["slower", "same", "32"]);
    assert_eq!(answers(32, 64, 1.5), ["slower", "same", "1.5", "32"]);
    assert_eq!(answers(32, 64, 0.5), ["slower", "same", "32"]);
    assert!(demo(1, 64, 2).questions().is_empty());
}

#[test]
fn the_tick_says_what_the_sentences_say() {
    let demo = demo(32, 64, 4);
    let said = |variant, speedup, share| {
        let record = record(&demo, variant, speedup, 4.0, share);
        let said = keys(&CpuOrIo::default().result(&record, &[])).join(" ");
        let figure = CpuOrIo::default()
            .key_figure(&record)
            .map(|it| it.figure.args[0].1.as_f64());
        (right(&demo, &record, 4.0), said, figure.flatten())
    };
    let right = |answer: &str| Some(answer.to_owned());
    let told = |text: &str| text.to_owned();
    let cpu = |speedup| said("cpu_bound", speedup, 0.95);
    assert_eq!(cpu(3.7), (right("4"), told("cpu_bound cores"), Some(3.7)));
    assert_eq!(cpu(1.52), (right("4"), told("cpu_bound cores"), Some(1.52)));
    // 1.38 times is neither the same nor faster.
    assert_eq!(cpu(1.38), (None, told("cpu_bound"), Some(1.38)));
    assert_eq!(
        cpu(1.12),
        (right("same"), told("cpu_bound busy"), Some(1.12))
    );
    assert_eq!(
        cpu(0.5),
        (right("slower"), told("cpu_bound busy"), Some(0.5))
    );
    let io = |speedup| said("io_bound", speedup, 0.0);
    assert_eq!(io(29.0), (right("32"), told("io_bound wait"), Some(29.0)));
    assert_eq!(io(1.0), (right("same"), told("io_bound"), Some(1.0)));
    // A little more than the threads can do is reported; far more decides nothing.
    assert_eq!(io(32.4), (right("32"), told("io_bound wait"), Some(32.4)));
    assert_eq!(
        io(34.8),
        (right("32"), told("io_bound wait beyond"), Some(34.8))
    );
    assert_eq!(io(40.0), (None, told("io_bound wait beyond"), Some(40.0)));
}

#[test]
fn threads_that_did_not_get_their_cores_decide_nothing() {
    let demo = demo(32, 64, 4);
    for speedup in [0.5, 1.0, 1.9, 3.4] {
        let record = record(&demo, "cpu_bound", speedup, 4.0, 0.84);
        assert_eq!(judge(&record), Judgement::Disturbed(0.84));
        assert_eq!(
            keys(&CpuOrIo::default().result(&record, &[])),
            ["cpu_bound", "disturbed"]
        );
        assert_eq!(CpuOrIo::default().key_figure(&record), None);
        let verdict = question(&demo, "cpu_bound", 4.0).verdict(&record);
        let why = Sentence::new("app-undecided-disturbed");
        assert_eq!(verdict, Some(Verdict::Undecided(why)));
        // A later run of the other kind is not compared with it either.
        let io = super::tests::record(&demo, "io_bound", 29.0, 4.0, 0.0);
        assert_eq!(
            keys(&CpuOrIo::default().result(&io, &[&record])),
            ["io_bound", "wait"]
        );
    }
}

#[test]
fn a_quota_is_the_reason_and_not_other_programs() {
    for (limit, speedup, why) in [
        (1.5, 1.5, &["cpu_bound", "cores", "cores-quota"][..]),
        (0.5, 1.0, &["cpu_bound", "cores-quota"]),
    ] {
        let demo = demo(32, 64, 2);
        let record = record(&demo, "cpu_bound", speedup, limit, 1.0);
        let result = CpuOrIo::default().result(&record, &[]);
        assert_eq!(keys(&result), why);
        let said = result.last().unwrap().args[0].1.clone();
        assert_eq!(said, Value::Word(limit.to_string()));
        assert!(right(&demo, &record, limit).is_some(), "{limit}");
    }
    // Two threads can't use more than two cores.
    let few = demo(2, 64, 4);
    let of_two = record(&few, "cpu_bound", 2.0, 3.5, 1.0);
    assert_eq!(
        keys(&CpuOrIo::default().result(&of_two, &[])),
        ["cpu_bound"]
    );
    // Threads that wait use no core.
    let record = record(&demo(32, 64, 2), "io_bound", 30.0, 0.5, 0.0);
    assert_eq!(
        keys(&CpuOrIo::default().result(&record, &[])),
        ["io_bound", "wait"]
    );
}

proptest! {
    #[test]
    fn tick_figure_and_sentences_come_from_one_judgement(
        workers in 1..257u64, tasks in 1..4097u64, cores in 1..129u64,
        quota in prop::option::of(0.1..128.0f64), reached in 0.001..1.1f64,
        share in 0.5..1.0f64, waits in any::<bool>(),
    ) {
        let limit = quota.unwrap_or(f64::INFINITY).min(cores as f64);
        let demo = demo(workers, tasks, cores);
        let variant = if waits { "io_bound" } else { "cpu_bound" };
        let speedup = workers as f64 * reached;
        let record = record(&demo, variant, speedup, limit, share);
        let result = CpuOrIo::default().result(&record, &[]);
        let said = keys(&result);
        let figure = CpuOrIo::default().key_figure(&record);
        if workers == 1 {
            prop_assert!(demo.questions().is_empty() && figure.is_none());
            prop_assert_eq!(said, ["alone"]);
            return Ok(());
        }
        let question = question(&demo, variant, limit);
        prop_assert!((2..=4).contains(&question.choices.len()));
        let levels = levels(workers, tasks, limit);
        for (level, choice) in levels.iter().rev().zip(question.choices.iter().rev()) {
            let verdict = question.verdict_on(Finding::Measured(*level));
            prop_assert_eq!(verdict.right().map(|it| &question.choices[it]), Some(choice));
        }
        let right = right(&demo, &record, limit);
        let is_disturbed = !waits && share < 0.85;
        prop_assert_eq!(said.contains(&"disturbed"), is_disturbed);
        prop_assert_eq!(figure.is_none(), is_disturbed);
        prop_assert_eq!(said.contains(&"beyond"), !is_disturbed && is_beyond(speedup, workers));
        match right.as_deref() {
            None => prop_assert!(!said.contains(&"busy") && !said.contains(&"one-core")
                || speedup < CHANGED),
            Some("slower" | "same" | "not-faster") => prop_assert!(!said.contains(&"cores")
                && !said.contains(&"wait")),
            Some(_) => prop_assert!(!said.contains(&"busy") && !said.contains(&"one-core")),
        }
    }
}
