//! The pictures of the other demos as a class sees them: nothing is small or cut off, and each thing has its name.

use egui::Vec2;
use threadlab::demos;
use threadlab::lab::demo::VariantId;
use threadlab::text::Language;

use crate::class_pictures::{Recorded, Text, all_pictures, has};

/// Runs of all `variants` of a demo, in this order, and draws each of them with those before it beside it.
fn each_run(
    id: &str,
    variants: &[VariantId],
    set: &[(&str, &str)],
    check: impl Fn(&Recorded, Language, Vec2, &[Vec<Text>]),
) {
    let runs = variants
        .iter()
        .map(|variant| Recorded::of(id, variant, set));
    let runs: Vec<Recorded> = runs.collect();
    for (index, run) in runs.iter().enumerate() {
        let earlier = runs[..=index].iter().map(|run| &run.record);
        let earlier: Vec<_> = earlier.collect();
        all_pictures(run, &earlier, |language, room, pictures| {
            check(run, language, room, pictures);
        });
    }
}

#[track_caller]
fn assert_has(texts: &[Text], language: Language, keys: &[&str]) {
    for key in keys {
        let words = language.text(key);
        assert!(has(texts, &words), "no “{words}” in {texts:?}");
    }
}

/// Whether one of `keys` is there, which stand for the same in more or in less room.
#[track_caller]
fn assert_has_one(texts: &[Text], language: Language, keys: &[&str]) {
    let is_there = keys.iter().any(|key| has(texts, &language.text(key)));
    assert!(is_there, "none of {keys:?} in {texts:?}");
}

#[test]
fn clocks_are_explained() {
    let set = [("seconds", "0.1")];
    each_run(
        "responsive_ui",
        &["ui_thread", "worker_thread"],
        &set,
        |_, language, _, pictures| {
            for texts in pictures {
                assert_has(texts, language, &["responsive_ui-stage-caption"]);
                assert!(texts.len() >= 3, "{texts:?}");
            }
        },
    );
}

#[test]
fn trays_have_their_names_and_their_legend() {
    let variants = ["cpu_bound", "io_bound"];
    let set = [("workers", "1,2,4"), ("tasks", "64"), ("task_millis", "1")];
    each_run("cpu_or_io", &variants, &set, |_, language, _, pictures| {
        for texts in pictures {
            let names = ["cpu_or_io-cpu_bound", "cpu_or_io-io_bound"];
            assert_has(texts, language, &names);
            let squares = [
                "cpu_or_io-stage-pending",
                "cpu_or_io-step-compute",
                "cpu_or_io-step-wait",
                "cpu_or_io-stage-done",
                "cpu_or_io-stage-alone-short",
            ];
            assert_has(texts, language, &squares);
        }
    });
}

#[test]
fn printed_words_have_their_labels_and_counters_their_names() {
    let variants = ["private_counters", "shared_counter"];
    for words in ["10", "40"] {
        let set = [("gap_millis", "1"), ("words", words)];
        each_run(
            "ping_pong",
            &variants,
            &set,
            |run, language, room, pictures| {
                for texts in pictures {
                    assert!(has(texts, "Ping") && has(texts, "Pong"), "{texts:?}");
                    let count: u64 = words.parse().expect("a number");
                    let due = language.with("ping_pong-stage-due", &[("words", count.into())]);
                    assert!(has(texts, &due), "no “{due}” in {texts:?}");
                }
                let last = pictures.last().expect("the last moment");
                if run.record.info.variant == "shared_counter" {
                    let names = ["ping_pong-stage-counter-shared", "ping_pong-stage-counter"];
                    assert_has_one(last, language, &names);
                } else {
                    let total = run.record.figure("words_total").expect("it is done") as u64;
                    let surplus = total - words.parse::<u64>().expect("a number");
                    let surplus = [("surplus", surplus.into())];
                    let surplus = language.with("ping_pong-stage-surplus", &surplus);
                    assert!(has(last, &surplus), "no “{surplus}” in {room:?}: {last:?}");
                }
            },
        );
    }
}

#[test]
fn the_queue_and_its_processes_have_their_names() {
    for (capacity, keys) in [
        (
            "0",
            &["ping_pong-stage-no-limit", "ping_pong-stage-no-limit-short"][..],
        ),
        ("3", &[]),
    ] {
        let set = [
            ("put_pause_max_millis", "1"),
            ("capacity", capacity),
            ("put_timeout_millis", "5"),
            ("take_timeout_millis", "5"),
        ];
        each_run("ping_pong", &["queue"], &set, |_, language, _, pictures| {
            for texts in pictures {
                assert!(has(texts, "Ping") && has(texts, "Pong"), "{texts:?}");
                let taker = ["ping_pong-stage-taker", "ping_pong-stage-taker-here"];
                assert_has_one(texts, language, &taker);
                if keys.is_empty() {
                    let room = [("capacity", 3u64.into())];
                    let title = language.with("ping_pong-stage-room", &room);
                    assert!(has(texts, &title), "no “{title}” in {texts:?}");
                } else {
                    assert_has_one(texts, language, keys);
                }
            }
        });
    }
}

#[test]
fn stopwatches_and_workers_have_their_names() {
    for workers in ["2", "8", "40"] {
        let set = [("numbers", "1000000"), ("workers", workers)];
        let variants = ["alone", "threads", "processes"];
        each_run("sum", &variants, &set, |run, language, room, pictures| {
            for texts in pictures {
                assert_has(texts, language, &["sum-stage-ours", "sum-stage-lesson"]);
            }
            let last = pictures.last().expect("the last moment");
            if room.y < 200.0 {
                // The stopwatches have all of the room: no box stands there without a name.
                return;
            }
            let count: u64 = match run.record.info.variant {
                "alone" => 1,
                _ => workers.parse().expect("a number"),
            };
            let team = match run.record.info.variant {
                "processes" => "processes",
                _ => "threads",
            };
            let key = format!("sum-stage-team-{team}");
            let team = language.with(&key, &[("workers", count.into())]);
            let is_name = |text: &&Text| {
                let thread = |number: u64| {
                    let number = [("thread", number.into())];
                    language.with("sum-stage-thread", &number)
                };
                text.text.starts_with("PID ") || (1..=count).any(|it| text.text == thread(it))
            };
            let names = last.iter().filter(is_name).count();
            assert!(has(last, &team) || names as u64 == count, "{last:?}");
        });
    }
}

#[test]
fn bars_of_switching_have_their_names_and_their_legend() {
    let set = [
        ("tasks", "1,16,256,1024"),
        ("slice_micros", "3,10,100,1000"),
        ("work_millis", "40"),
    ];
    each_run(
        "switching_cost",
        &["threads"],
        &set,
        |_, language, _, pictures| {
            for texts in pictures {
                let parts = ["computing", "switches", "hatched"];
                let parts = parts.map(|part| format!("switching_cost-stage-{part}"));
                assert_has(texts, language, &parts.each_ref().map(String::as_str));
                let one = language.with("switching_cost-stage-row", &[("tasks", 1u64.into())]);
                assert!(has(texts, &one), "no “{one}” in {texts:?}");
                // A letter alone would say nothing.
                let letters = language.text("switching_cost-stage-subjects");
                let mut letters = letters.split_whitespace();
                assert!(letters.all(|letter| !has(texts, letter)), "{texts:?}");
            }
        },
    );
}

#[test]
fn every_tower_has_its_name() {
    for threads in ["2", "8"] {
        let set = [("seconds", "0.2"), ("threads", threads)];
        let variants = ["free_threads", "global_lock"];
        each_run(
            "global_lock",
            &variants,
            &set,
            |run, language, _, pictures| {
                let before = variants
                    .iter()
                    .take_while(|it| **it != run.record.info.variant);
                let before: Vec<String> = before.map(|it| format!("global_lock-{it}")).collect();
                for texts in pictures {
                    assert_has(texts, language, &["global_lock-stage-line"]);
                    let names: Vec<&str> = before.iter().map(String::as_str).collect();
                    assert_has(texts, language, &names);
                }
                let own = format!("global_lock-{}", run.record.info.variant);
                assert_has(pictures.last().expect("the last moment"), language, &[&own]);
            },
        );
    }
}

#[test]
fn connections_and_their_processes_are_named() {
    let entry = demos::find("event_loop").expect("a demo");
    let variants = (entry.demo)().variants();
    let variants: Vec<VariantId> = variants.iter().map(|variant| variant.id).collect();
    for connections in ["20", "500"] {
        let set = [("connections", connections), ("reply_millis", "5")];
        each_run(
            "event_loop",
            &variants,
            &set,
            |run, language, room, pictures| {
                let own = language.text(&format!("event_loop-{}", run.record.info.variant));
                for texts in pictures {
                    // At the end the ways of waiting are compared.
                    if has(texts, &own) {
                        continue;
                    }
                    let names = texts
                        .iter()
                        .filter(|text| text.text.starts_with("PID "))
                        .count();
                    let unnamed = language.text("event_loop-stage-process");
                    let boxes = language.text("event_loop-stage-caption-boxes");
                    let is_named = names > 0 || has(texts, &unnamed) || has(texts, &boxes);
                    assert!(is_named, "{texts:?} in {room:?}");
                    let done = language.text("event_loop-stage-done");
                    let legend = texts.iter().any(|text| text.text.starts_with(&*done));
                    assert!(legend, "{texts:?} in {room:?}");
                }
            },
        );
    }
}
