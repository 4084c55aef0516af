//! A page's pictures (stage, timeline, code) with a recording of any length, and what a frame of them costs.

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use egui::{CentralPanel, Context, Panel, RawInput, Rect, pos2, vec2};
use threadlab::demos;
use threadlab::demos::global_lock::{ALONE, COUNT, LOOPS, TOGETHER, WAIT};
use threadlab::lab::demo::value::Value;
use threadlab::lab::demo::{Demo, set_param};
use threadlab::lab::run::{Outcome, RunInfo, Summary};
use threadlab::lab::trace::event::{
    Event, EventKind, State, Step, TrackId, TrackInfo, TrackKind, TrackName,
};
use threadlab::lab::trace::log::RunLog;
use threadlab::text::Language;
use threadlab::widgets::code::{Code, Tab, code_ui};
use threadlab::widgets::heartbeat_ui::Heartbeat;
use threadlab::widgets::look::fonts;
use threadlab::widgets::look::theme;
use threadlab::widgets::stage::{Marked, RunView, Snapshot};
use threadlab::widgets::timeline::{Timeline, timeline_ui};

/// Threads that count together.
const THREADS: u32 = 14;
/// The time for which they count, and one alone before.
const STRETCH: Duration = Duration::from_secs(15);
/// Frames of either page that are timed; the cheapest counts.
const FRAMES: usize = 15;
/// Events of a thread for each time that it has the lock: two spans and a figure.
const A_TURN: u64 = 5;

/// A run of always the same length under the one lock, with about so many events.
fn recording(events: u64) -> RunLog {
    let mut log = RunLog::default();
    let mut tell = |at, track, kind| {
        let track = TrackId(track);
        log.push(Event { at, track, kind });
    };
    let names = [TrackName::only("run"), TrackName::only("thread")].into_iter();
    let names = names.chain((0..THREADS as usize).map(|index| TrackName::nth("thread", index)));
    for (id, name) in (0..).zip(names) {
        let info = TrackInfo {
            name,
            kind: TrackKind::Thread,
            pid: 1,
            os_id: Some(id),
            clock_error: Duration::ZERO,
        };
        tell(Duration::ZERO, id, EventKind::TrackOpened(Box::new(info)));
    }
    let begun = |state, step: Step| EventKind::SpanBegun { state, step };
    let ended = || EventKind::SpanEnded {
        state: None,
        cpu: None,
    };
    let loops = |value: u64| EventKind::Instant {
        step: LOOPS,
        value: i64::try_from(value).ok(),
    };
    tell(Duration::ZERO, 0, begun(State::Sleeping, ALONE));
    tell(Duration::ZERO, 1, begun(State::Holding, COUNT));
    tell(STRETCH, 1, loops(1_000_000));
    tell(STRETCH, 1, ended());
    tell(STRETCH, 0, ended());
    tell(STRETCH, 0, begun(State::Sleeping, TOGETHER));
    // Each has the lock in its turn, and waits until the next.
    let turns = events / A_TURN / u64::from(THREADS);
    let turn = STRETCH.div_f64((turns + 1) as f64);
    for thread in 0..THREADS {
        let share = f64::from(thread) / f64::from(THREADS);
        tell(STRETCH, 2 + thread, begun(State::Waiting, WAIT));
        let mut at = STRETCH + turn.mul_f64(share);
        for round in 0..turns {
            tell(at, 2 + thread, ended());
            tell(at, 2 + thread, begun(State::Holding, COUNT));
            at += turn / THREADS;
            tell(
                at,
                2 + thread,
                loops(round * 1_000_000 / turns / u64::from(THREADS)),
            );
            tell(at, 2 + thread, ended());
            tell(at, 2 + thread, begun(State::Waiting, WAIT));
            at += turn - turn / THREADS;
        }
        tell(STRETCH * 2, 2 + thread, ended());
    }
    tell(STRETCH * 2, 0, ended());
    let summary = Summary {
        measures: vec![("speedup", Value::Ratio(1.0))],
        details: Default::default(),
        cores_changed: None,
        phases: vec![(ALONE, STRETCH), (TOGETHER, STRETCH)],
        wall: STRETCH * 2,
        points: Vec::new(),
    };
    let outcome = EventKind::Finished(Box::new(Outcome::Done(summary)));
    tell(STRETCH * 2, 0, outcome);
    assert_eq!(log.dropped(), 0);
    log
}

/// The pictures with one recording, in a window of their own.
struct Page {
    ctx: Context,
    demo: Box<dyn Demo>,
    info: RunInfo,
    log: RunLog,
}

impl Page {
    fn with(events: u64) -> Self {
        let entry = demos::find("global_lock").expect("the demo");
        let mut demo = (entry.demo)();
        for (name, value) in [
            ("threads", THREADS.to_string()),
            ("seconds", "15".to_owned()),
        ] {
            set_param(demo.as_mut(), name, &value).expect("a value that it takes");
        }
        let ctx = Context::default();
        fonts::install(&ctx);
        theme::install(&ctx);
        ctx.enable_accesskit();
        let info = RunInfo {
            demo: demo.id(),
            variant: "global_lock",
            params: demo.params(),
            seed: 1,
        };
        let log = recording(events);
        Self {
            ctx,
            demo,
            info,
            log,
        }
    }

    /// The CPU time of a frame that shows the run at this share of it: laid out, described for a screen
    /// reader, and cut into triangles.
    fn frame(&self, share: f64) -> Duration {
        let shown = Snapshot {
            info: &self.info,
            log: &self.log,
            now: self.log.end().mul_f64(share),
            end: self.log.end(),
            slowed: Some(2.0),
            held: false,
            window: None,
            incident: None,
            record: None,
            earlier: &[],
        };
        let entry = demos::find(self.info.demo).expect("the demo");
        let mut stage = (entry.stage)();
        let heartbeat = Heartbeat::starting(Instant::now());
        let view = RunView {
            demo: self.demo.as_ref(),
            variant: self.info.variant,
            language: Language::English,
            shown: Some(shown),
            heartbeat: &heartbeat,
            clicks: &[],
            unguessed: Vec::new(),
            freezing: false,
            corner: egui::Vec2::ZERO,
            presenting: false,
        };
        let marked = Some(Marked {
            step: COUNT,
            span: None,
        });
        let timeline = Timeline {
            shown: Some(&shown),
            language: Language::English,
            expected: None,
            marks: None,
            marked,
            living: None,
        };
        let listing = self.demo.listing(self.info.variant);
        let code = Code {
            listing: &listing,
            tab: Tab::Rust,
            shown: Some(shown),
            marked,
            numbered: true,
            size: 13.0,
            language: Language::English,
        };
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            ..RawInput::default()
        };
        let begun = ThreadTime::now();
        let mut output = self.ctx.run_ui(input, |ui| {
            Panel::right("code").exact_size(420.0).show(ui, |ui| {
                code_ui(ui, &code);
            });
            Panel::bottom("timeline").exact_size(200.0).show(ui, |ui| {
                timeline_ui(ui, &timeline);
            });
            CentralPanel::default().show(ui, |ui| stage.stage_ui(ui, &view));
        });
        assert!(output.platform_output.accesskit_update.is_some());
        let triangles = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = begun.elapsed();
        // The frame is never painted.
        output.textures_delta.clear();
        assert!(!triangles.is_empty());
        took
    }
}

/// The least cost of a frame, for recordings of as many events as each of `events`. The two take turns, so that other
/// work of the machine slows both.
pub fn frame_costs(events: [u64; 2]) -> [Duration; 2] {
    let pages = events.map(Page::with);
    let mut least = [Duration::MAX; 2];
    for frame in 0..FRAMES {
        // The hand moves as in a replay at 60 frames a second.
        let share = 0.8 + frame as f64 / 60.0 / (2.0 * STRETCH.as_secs_f64());
        for (page, least) in pages.iter().zip(&mut least) {
            let took = page.frame(share);
            // The first frames make the letters.
            if frame >= 3 {
                *least = took.min(*least);
            }
        }
    }
    least
}
