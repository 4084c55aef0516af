//! Recorded runs, drawn at many moments in the rooms that a presentation has for them on a wide and on a narrow screen.

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
pub const ROOMS: [Vec2; 4] = [
    vec2(440.0, 116.0),
    vec2(440.0, 206.0),
    vec2(344.0, 130.0),
    vec2(344.0, 222.0),
];

/// A run that is over.
pub struct Recorded {
    pub demo: Box<dyn Demo>,
    pub record: Record,
    pub log: RunLog,
}

impl Recorded {
    pub fn of(id: &str, variant: VariantId, set: &[(&str, &str)]) -> Self {
        let mut demo = (demos::find(id).expect("a demo").demo)();
        for (name, value) in set {
            set_param(demo.as_mut(), name, value)
                .unwrap_or_else(|_| panic!("{id} takes {name} {value}"));
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
        // A task on the UI thread has frozen the window.
        let (longest_frame_gap, clicks_waiting) = match variant {
            "ui_thread" => (Duration::from_secs(10), 8),
            _ => (Duration::ZERO, 0),
        };
        let host = HostMeasures {
            kind: HostKind::TickLoop,
            frames: 1,
            longest_frame_gap,
            clicks_waiting,
            about: None,
        };
        let (info, outcome) = (handle.info.clone(), outcome.clone());
        let record = Record::close(demo.as_ref(), info, &log, outcome, host, 0, &[]);
        Self { demo, record, log }
    }
}

/// A text of a picture.
#[derive(Clone, Debug)]
pub struct Text {
    pub text: String,
    pub place: Rect,
    pub size: f32,
}

/// The texts of each picture of a run: at several moments of it, or at each position of its incident.
pub fn pictures(
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
pub fn all_pictures(
    run: &Recorded,
    earlier: &[&Record],
    check: impl Fn(Language, Vec2, &[Vec<Text>]),
) {
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

pub fn has(texts: &[Text], words: &str) -> bool {
    texts.iter().any(|text| text.text == words)
}
