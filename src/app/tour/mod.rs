//! What the window does for a tour: it plays it, takes its pictures, and tells whoever started it.

mod order;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;
pub use egui::ColorImage;
use egui::{Context, Event, Key, RawInput, ViewportCommand, ViewportId};

use super::App;
use super::Room;
use crate::app::session::scene;
use crate::lab::demo::scale_to_budget;
use crate::lab::demo::value::Value;
use crate::lab::demo::{DemoId, RunsOn};
use crate::text::Language;
use order::{Act, RUNNING, Sight, Stop, Tour};

/// What a tour is to show.
pub struct Plan {
    /// These demos, in this order. Names that no demo has are left out.
    pub demos: Vec<DemoId>,
    /// About so much time for each.
    pub each: Duration,
    /// Whether a picture is taken of each.
    pub pictures: bool,
    /// Where to tell how the tour goes on. When nobody listens any more, it ends.
    pub reports: Sender<Report>,
    /// Called with what closes the window, from any thread, as soon as there is one.
    pub opened: Box<dyn FnOnce(Close)>,
}

/// Closes the window.
pub type Close = Box<dyn Fn() + Send>;

/// How a tour goes on.
pub enum Report {
    /// A demo begins.
    Begins(DemoId),
    /// A picture of it.
    Picture(DemoId, Arc<ColorImage>),
    /// One of its runs did not come to its end, or could not begin; and why.
    Failed(DemoId, String),
    /// All demos have been shown. If the window is closed before that, this never comes.
    Over,
}

/// A tour that goes on.
pub(super) struct Touring {
    tour: Tour,
    demos: Vec<DemoId>,
    reports: Sender<Report>,
    /// The picture, once it is taken: that happens where the window is painted.
    taken: Arc<Mutex<Option<Arc<ColorImage>>>>,
}

impl App {
    /// From now on the window plays this tour, with parameters that suit its time.
    pub(super) fn go_on_tour(&mut self, ctx: &Context, plan: Plan) {
        let places = plan.demos.iter().filter_map(|id| {
            let mut rooms = self.rooms.iter();
            rooms.position(|room| room.demo.id() == *id)
        });
        let places: Vec<usize> = places.collect();
        let way = places.iter().map(|&place| {
            let room = &mut self.rooms[place];
            (room.demo.id(), stop(place, room, plan.each))
        });
        let (demos, way) = way.unzip();
        self.touring = Some(Touring {
            tour: Tour::new(way, plan.each, plan.pictures, Instant::now()),
            demos,
            reports: plan.reports,
            taken: Arc::default(),
        });
        let ctx = ctx.clone();
        (plan.opened)(Box::new(move || {
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Close);
        }));
    }

    /// Does what is to be done now. The window stays as it is in between, so this asks for its frames.
    pub(super) fn tour(&mut self, ctx: &Context, now: Instant) {
        let Some(mut touring) = self.touring.take() else {
            return;
        };
        let room = self.chosen;
        let shown = {
            let (scene, _) = scene::of(&mut self.rooms[room], &self.session);
            let shown = scene.shown(now);
            shown.map_or(0.0, |shown| {
                let end = shown.log.end().max(Duration::from_nanos(1));
                shown.now.div_duration_f64(end)
            })
        };
        let acts = {
            let sight = Sight {
                is_running: self.session.running().is_some() || self.armed,
                shown,
                is_taken: touring.lock().is_some(),
                fault: &|| self.fault(&self.rooms[room]),
            };
            touring.tour.next(now, &sight)
        };
        for act in acts {
            self.act(ctx, &touring, act);
        }
        if let Some(rest) = touring.tour.rest(now) {
            ctx.request_repaint_after(rest);
        }
        self.touring = Some(touring);
    }

    fn act(&mut self, ctx: &Context, touring: &Touring, act: Act) {
        let told = match act {
            Act::Do(command) => {
                self.commands.push(command);
                Ok(())
            }
            Act::CloseDialogs => {
                while let Some(newest) = self.dialogs.newest() {
                    self.dialogs.close(newest);
                }
                Ok(())
            }
            Act::Announce(at) => {
                // In the title, and so in no picture.
                ctx.send_viewport_cmd(ViewportCommand::Title(self.title(touring, at)));
                touring.reports.send(Report::Begins(touring.demos[at]))
            }
            Act::Fail(at, why) => touring.reports.send(Report::Failed(touring.demos[at], why)),
            Act::TakePicture => {
                let (taken, waker) = (touring.taken.clone(), ctx.clone());
                ctx.request_screenshot(move |image| {
                    *taken.lock().unwrap_or_else(PoisonError::into_inner) = Some(image);
                    waker.request_repaint();
                });
                Ok(())
            }
            Act::HandOver(at) => match touring.lock().take() {
                Some(image) => touring
                    .reports
                    .send(Report::Picture(touring.demos[at], image)),
                None => Ok(()),
            },
            Act::Leave => {
                ctx.send_viewport_cmd(ViewportCommand::Close);
                touring.reports.send(Report::Over)
            }
        };
        if told.is_err() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn title(&self, touring: &Touring, at: usize) -> String {
        let language = self.language;
        let demo = language.text(&format!("{}-title", touring.demos[at]));
        let figures = [
            ("number", Value::from(at as u64 + 1)),
            ("count", Value::from(touring.demos.len() as u64)),
            ("demo", Value::Word(demo.into_owned())),
        ];
        language.with("app-tour", &figures)
    }

    /// What is wrong with the last run of one of the demo's variants, in words for the terminal.
    fn fault(&self, room: &Room) -> Option<String> {
        let (demo, language) = (room.demo.as_ref(), Language::English);
        room.all_variants().find_map(|variant| {
            let what = match self.session.latest_of(demo.id(), variant) {
                Some(finished) if finished.record.is_done() => return None,
                Some(finished) => language.what_happened(demo, &finished.record, &[]),
                None => {
                    let refused = language.param_error(demo.id(), &demo.check(variant).err()?);
                    language.with("app-result-refused", &[("error", Value::Word(refused))])
                }
            };
            Some(format!("{variant} {what}"))
        })
    }
}

impl Touring {
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Arc<ColorImage>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stop(place: usize, room: &mut Room, each: Duration) -> Stop {
    scale_to_budget(room.demo.as_mut(), each.mul_f64(RUNNING));
    let variants = room.demo.variants().into_iter();
    let freezes = variants
        .clone()
        .any(|variant| variant.runs_on == RunsOn::UiThread);
    let variants = variants.map(|variant| variant.id);
    Stop {
        room: place,
        singly: variants.filter(|_| freezes).collect(),
        highlight: room.demo.spec().highlight,
    }
}

/// On a tour nobody works the window, so that it goes on whoever touches the machine; all that is let
/// through is `Esc`, which ends it.
pub(super) fn hands_off(ctx: &Context, input: &mut RawInput) {
    let is_escape = |event: &Event| {
        matches!(
            event,
            Event::Key {
                key: Key::Escape,
                pressed: true,
                ..
            }
        )
    };
    if input.events.iter().any(is_escape) {
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }
    input
        .events
        .retain(|event| matches!(event, Event::WindowFocused(_)));
}
