//! The pictures of the bank and of the downloads as a class sees them: recorded runs, drawn at many moments in the rooms
//! that a presentation has for them on a wide and on a narrow screen.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::epaint::ClippedShape;
use egui::{Rect, Shape, UiBuilder, Vec2, vec2};
use egui_kittest::Harness;
use threadlab::demos;
use threadlab::lab::demo::incident::Incident;
use threadlab::lab::demo::{Demo, VariantId, set_param};
use threadlab::lab::run::{Lab, start};
use threadlab::lab::trace::log::RunLog;
use threadlab::lab::trace::record::{HostKind, HostMeasures, Record};
use threadlab::text::Language;
use threadlab::widgets::heartbeat_ui::Heartbeat;
use threadlab::widgets::look::{fonts, theme};
use threadlab::widgets::playhead::IncidentReplay;
use threadlab::widgets::stage::{RunView, Snapshot};

use crate::launch::program;

/// Edges are smoothed, and places rounded to whole pixels.
const TOLERANCE: f32 = 1.5;
/// Rooms for a picture in points: below a result and alone, on a screen of 480 × 270 and on one of 384 × 288.
const ROOMS: [Vec2; 4] = [
    vec2(440.0, 116.0),
    vec2(440.0, 206.0),
    vec2(344.0, 130.0),
    vec2(344.0, 222.0),
];

/// A run that is over.
struct Recorded {
    demo: Box<dyn Demo>,
    record: Record,
    log: RunLog,
}

impl Recorded {
    fn of(id: &str, variant: VariantId, set: &[(&str, &str)]) -> Self {
        let mut demo = (demos::find(id).expect("a demo").demo)();
        for (name, value) in set {
            set_param(demo.as_mut(), name, value).expect("it takes that");
        }
        let lab = Lab {
            program: program(),
            failpoint: None,
            attended: false,
            wake: Arc::new(|_| {}),
        };
        let handle = start(&lab, demo.as_ref(), variant, 7);
        let mut log = RunLog::default();
        while log.finished().is_none() {
            log.push(handle.wait(Duration::from_secs(30)).expect("an event"));
        }
        let (_, outcome) = log.finished().expect("its last event");
        let host = HostMeasures {
            kind: HostKind::TickLoop,
            frames: 1,
            longest_frame_gap: Duration::ZERO,
            clicks_waiting: 0,
            about: None,
        };
        let (info, outcome) = (handle.info.clone(), outcome.clone());
        let record = Record::close(demo.as_ref(), info, &log, outcome, host, 0, &[]);
        Self { demo, record, log }
    }

    fn bank(variant: VariantId, set: &[(&str, &str)]) -> Self {
        let set = [&[("gap_millis", "2")], set].concat();
        Self::of("bank_lock", variant, &set)
    }

    fn downloads(variant: VariantId, files: &str) -> Self {
        let set = [
            ("min_seconds", "0.2"),
            ("max_seconds", "0.4"),
            ("files", files),
        ];
        Self::of("downloads", variant, &set)
    }
}

/// A text of a picture.
#[derive(Clone, Debug)]
struct Text {
    text: String,
    place: Rect,
    size: f32,
}

/// The texts of each picture of a run: at several moments of it, or at each position of its incident.
fn pictures(
    run: &Recorded,
    earlier: &[&Record],
    incident: Option<&Incident>,
    room: Vec2,
    language: Language,
) -> Vec<Vec<Text>> {
    let mut stage = (demos::find(run.demo.id()).expect("a demo").stage)();
    let heartbeat = Heartbeat::starting(Instant::now());
    let keyframes = incident.map(Incident::keyframes).unwrap_or_default();
    let tracks = incident.map(Incident::tracks).unwrap_or_default();
    let end = run.log.end();
    let position = Rc::new(Cell::new(0.0));
    let place = Rc::new(Cell::new(Rect::NOTHING));
    let (at, placed) = (Rc::clone(&position), Rc::clone(&place));
    let mut ready = false;
    let keyframes_of_picture = keyframes.clone();
    let mut harness = Harness::builder()
        .with_size(room + vec2(40.0, 40.0))
        .build_ui(move |ui| {
            // Fonts and looks are there from the frame after the first.
            if !std::mem::replace(&mut ready, true) {
                fonts::install(ui.ctx());
                theme::install(ui.ctx());
                return;
            }
            let replay = incident.map(|incident| IncidentReplay {
                incident,
                keyframes: &keyframes_of_picture,
                tracks: &tracks,
                position: at.get(),
                playing: false,
            });
            let now = match replay {
                Some(_) => keyframes_of_picture[at.get() as usize],
                None => end.mul_f64(at.get()),
            };
            let view = RunView {
                demo: run.demo.as_ref(),
                variant: run.record.info.variant,
                language,
                shown: Some(Snapshot {
                    info: &run.record.info,
                    log: &run.log,
                    now,
                    end,
                    slowed: None,
                    held: false,
                    window: None,
                    incident: replay,
                    record: Some(&run.record),
                    earlier,
                }),
                heartbeat: &heartbeat,
                clicks: &[],
                unguessed: Vec::new(),
                freezing: false,
                corner: Vec2::ZERO,
                presenting: true,
            };
            let rect = Rect::from_min_size(ui.max_rect().min, room);
            placed.set(rect);
            let mut ui = ui.new_child(UiBuilder::new().max_rect(rect));
            stage.stage_ui(&mut ui, &view);
        });
    let positions: Vec<f64> = match incident {
        Some(_) => (0..keyframes.len()).map(|index| index as f64).collect(),
        None => [0.0, 0.01, 0.3, 0.5, 0.7, 0.95, 1.0].to_vec(),
    };
    let mut pictures = Vec::new();
    for at in positions {
        position.set(at);
        harness.step();
        harness.step();
        let texts = texts(&harness.output().shapes);
        let what = format!("{:?} at {at} in {room:?}", run.record.info.variant);
        check(&texts, place.get(), &what);
        pictures.push(texts);
    }
    pictures
}

fn texts(shapes: &[ClippedShape]) -> Vec<Text> {
    fn collect(shape: &Shape, texts: &mut Vec<Text>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, texts)),
            Shape::Text(shape) => {
                let sections = shape.galley.job.sections.iter();
                let sizes = sections.map(|section| section.format.font_id.size);
                texts.push(Text {
                    text: shape.galley.text().to_owned(),
                    place: shape.visual_bounding_rect(),
                    size: sizes.fold(f32::INFINITY, f32::min),
                });
            }
            _ => {}
        }
    }
    let mut texts = Vec::new();
    for clipped in shapes {
        collect(&clipped.shape, &mut texts);
    }
    texts.retain(|text| !text.text.trim().is_empty() && text.place.is_finite());
    texts
}

/// No text is too small, for a presentation leaves it out then; none stands out of the picture or over another.
#[track_caller]
fn check(texts: &[Text], room: Rect, what: &str) {
    let mut faults = Vec::new();
    for (index, Text { text, place, size }) in texts.iter().enumerate() {
        if *size < 11.99 {
            faults.push(format!("“{text}” is only {size} points high"));
        }
        if !room.expand(TOLERANCE).contains_rect(*place) {
            faults.push(format!("“{text}” at {place:?} stands out of {room:?}"));
        }
        for other in &texts[..index] {
            let common = place.intersect(other.place);
            if common.width() > TOLERANCE && common.height() > TOLERANCE {
                faults.push(format!("“{text}” at {place:?} is over {other:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

/// Every picture of a run in all rooms and both languages.
fn all_pictures(run: &Recorded, earlier: &[&Record], check: impl Fn(Language, Vec2, &[Vec<Text>])) {
    for language in Language::ALL {
        for room in ROOMS {
            check(
                language,
                room,
                &pictures(run, earlier, None, room, language),
            );
        }
    }
}

fn has(texts: &[Text], words: &str) -> bool {
    texts.iter().any(|text| text.text == words)
}

/// The largest text in a picture.
fn largest(texts: &[Text]) -> &Text {
    let largest = texts.iter().max_by(|a, b| a.size.total_cmp(&b.size));
    largest.expect("a picture has texts")
}

#[test]
fn a_class_sees_the_balance_grow_to_that_of_the_result() {
    for variant in ["no_lock", "mutex"] {
        let run = Recorded::bank(variant, &[]);
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
        let run = Recorded::bank(variant, &[]);
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
        let run = Recorded::bank("no_lock", &[("threads", threads)]);
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
        let run = Recorded::bank(variant, &[set]);
        all_pictures(&run, &[], |_, _, _| {});
    }
}

#[test]
fn an_incident_fills_the_screen_with_its_two_threads() {
    let run = Recorded::bank("no_lock", &[]);
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
    let in_turn = Recorded::downloads("one_after_another", "2");
    for variant in ["one_after_another", "process_each", "async_tasks"] {
        let run = Recorded::downloads(variant, "2");
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
            let run = Recorded::downloads(variant, files);
            all_pictures(&run, &[&run.record], |_, _, _| {});
        }
    }
}
