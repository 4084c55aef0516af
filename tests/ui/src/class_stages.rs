//! The pictures of the bank and of the downloads as a class sees them.

use egui::vec2;
use threadlab::lab::demo::VariantId;
use threadlab::text::Language;

use crate::class_pictures::{ROOMS, Recorded, Text, all_pictures, has, pictures};

fn bank(variant: VariantId, set: &[(&str, &str)]) -> Recorded {
    let set = [&[("gap_millis", "2")], set].concat();
    Recorded::of("bank_lock", variant, &set)
}

fn downloads(variant: VariantId, files: &str) -> Recorded {
    let set = [
        ("min_seconds", "0.2"),
        ("max_seconds", "0.4"),
        ("files", files),
    ];
    Recorded::of("downloads", variant, &set)
}

/// The largest text in a picture.
fn largest(texts: &[Text]) -> &Text {
    let largest = texts.iter().max_by(|a, b| a.size.total_cmp(&b.size));
    largest.expect("a picture has texts")
}

#[test]
fn a_class_sees_the_balance_grow_to_that_of_the_result() {
    for variant in ["no_lock", "mutex"] {
        let run = bank(variant, &[]);
        let balance = run.record.figure("balance").expect("it is done");
        all_pictures(&run, &[], |_, room, pictures| {
            for texts in pictures {
                let figure = largest(texts);
                assert!(figure.text.starts_with('¥'), "{figure:?} in {room:?}");
                assert!(figure.size >= 24.0, "{figure:?} in {room:?}");
            }
            let [first, .., last] = pictures else {
                panic!("several moments")
            };
            assert_eq!(largest(first).text, "¥0");
            assert_eq!(largest(last).text, format!("¥{balance}"));
        });
    }
}

#[test]
fn the_columns_of_the_bank_keep_their_headings_on_a_narrow_screen() {
    // A title, and a shorter one that may stand in its place.
    for (variant, keys) in [
        (
            "no_lock",
            [
                ("step-read", "step-read"),
                ("step-wait", "step-wait"),
                ("step-write", "step-write"),
            ],
        ),
        (
            "mutex",
            [
                ("step-lock", "stage-queue"),
                ("stage-inside", "stage-lock"),
                ("stage-done", "stage-done"),
            ],
        ),
    ] {
        let run = bank(variant, &[]);
        for language in Language::ALL {
            let pictures = pictures(&run, &[], None, ROOMS[2], language);
            let texts = pictures.last().expect("the last moment");
            for (title, short) in keys {
                let say = |key: &str| language.text(&format!("bank_lock-{key}"));
                let is_there = has(texts, &say(title)) || has(texts, &say(short));
                assert!(is_there, "no “{}” in {texts:?}", say(title));
            }
        }
    }
}

/// In a hundred squares no number could be read; in six there is room for it, and only then it is promised.
#[test]
fn a_caption_promises_only_numbers_that_are_there() {
    for (threads, has_room) in [("100", false), ("6", true)] {
        let run = bank("no_lock", &[("threads", threads)]);
        all_pictures(&run, &[], |language, room, pictures| {
            let promise = language.text("bank_lock-stage-caption");
            let plain = language.text("bank_lock-stage-caption-plain");
            let is_number = |text: &&Text| text.text.parse::<u64>().is_ok();
            for texts in pictures {
                let numbers = texts.iter().filter(is_number).count();
                assert!(
                    has_room || numbers == 0 && !has(texts, &promise),
                    "{texts:?}"
                );
                assert!(!has_room || !has(texts, &plain), "{texts:?}");
            }
            let last = pictures.last().expect("the last moment");
            if has(last, &promise) {
                assert_eq!(last.iter().filter(is_number).count().to_string(), threads);
            }
            let said = has(last, &promise) || has(last, &plain);
            assert_eq!(said, room.y > 200.0, "{last:?}");
        });
    }
}

#[test]
fn the_other_pictures_of_the_bank_can_be_read_from_afar_too() {
    for (variant, set) in [
        ("no_lock", ("failing", "3")),
        ("no_lock", ("threads", "1000")),
        ("no_lock", ("schedule", "ABABAB")),
        ("mutex", ("schedule", "AAAABBBB")),
        ("mutex", ("amount", "1000")),
    ] {
        let run = bank(variant, &[set]);
        all_pictures(&run, &[], |_, _, _| {});
    }
}

#[test]
fn an_incident_fills_the_screen_with_its_two_threads() {
    let run = bank("no_lock", &[]);
    let incident = run.demo.incident(&run.record, &run.log);
    let incident = incident.expect("a hundred threads lose deposits");
    let [.., first, second] = &incident.key_events[..] else {
        panic!("it ends with two writes")
    };
    for language in Language::ALL {
        for room in [vec2(440.0, 186.0), vec2(440.0, 206.0), vec2(344.0, 200.0)] {
            let pictures = pictures(&run, &[], Some(&incident), room, language);
            let opening = language.say(&incident.opening);
            assert!(has(&pictures[0], &opening), "{:?}", pictures[0]);
            for (texts, event) in pictures[1..].iter().zip(&incident.key_events) {
                assert!(has(texts, &language.say(&event.sentence)), "{texts:?}");
            }
            let last = pictures.last().expect("the end");
            // Each thread has a box for what it read and one for what it wrote.
            let boxes = last.iter().filter(|text| text.text.starts_with('¥'));
            let boxes: Vec<&Text> = boxes.filter(|text| text.size >= 20.0).collect();
            assert!(boxes.len() >= 4, "{last:?}");
            for event in [first, second] {
                let track = &run.log.tracks()[event.track.0 as usize];
                let number = track.info.name.number.expect("threads have numbers");
                let name = format!("{} {number}", language.text("track-thread"));
                assert!(has(last, &name), "no “{name}” in {last:?}");
            }
            let gone = language.with("bank_lock-incident-gone", &[("amount", 1u64.into())]);
            assert!(has(last, &gone), "{last:?}");
            let account = language.text("bank_lock-stage-account");
            assert!(has(last, &account), "{last:?}");
            // What is there stays in its place from event to event.
            let name_at = |texts: &[Text]| {
                let names = texts.iter().filter(|text| text.text == account);
                names.map(|text| text.place).next()
            };
            assert!(pictures.iter().all(|texts| name_at(texts) == name_at(last)));
        }
    }
}

#[test]
fn downloads_name_their_files_and_times_on_every_screen() {
    let in_turn = downloads("one_after_another", "2");
    for variant in ["one_after_another", "process_each", "async_tasks"] {
        let run = downloads(variant, "2");
        let earlier = [&in_turn.record, &run.record];
        all_pictures(&run, &earlier, |language, room, pictures| {
            for texts in pictures {
                let files = [1u64, 2]
                    .map(|number| language.with("downloads-file", &[("number", number.into())]));
                // In a low row a process is named by its PID alone.
                let is_name = |text: &&Text| {
                    let is_pid = variant == "process_each" && text.text.starts_with("PID ");
                    is_pid || files.contains(&text.text)
                };
                let named = texts.iter().filter(is_name).count();
                assert!(named >= files.len(), "{named} names in {room:?}: {texts:?}");
            }
        });
    }
}

#[test]
fn downloads_of_many_files_fit_as_well() {
    for files in ["1", "5", "20"] {
        for variant in ["one_after_another", "process_each", "async_tasks"] {
            let run = downloads(variant, files);
            all_pictures(&run, &[&run.record], |_, _, _| {});
        }
    }
}
