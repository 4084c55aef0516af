//! A tour in the window: plays the demos, takes their pictures, and reports.

mod order;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;
pub use egui::ColorImage;
use egui::{Context, Event, Key, RawInput, ViewportCommand, ViewportId};

use super::action::Action;
use super::demo_state::{DemoState, Demos};
use super::dialogs::Dialogs;
use super::session::Session;
use super::session::scene::{KeptBack, Scene};
use crate::lab::demo::value::Value;
use crate::lab::demo::{DemoId, RunsOn};
use crate::text::Language;
use order::{Cue, RUNNING, Sight, Stop, Tour};

/// The options of a tour.
pub struct Plan {
    /// The demos that are played, in this order. Names that no demo has are left out.
    pub demos: Vec<DemoId>,
    /// About how much time each demo gets.
    pub each: Duration,
    /// Whether a picture is taken of each demo.
    pub pictures: bool,
    /// The channel on which the tour reports. Without a receiver the tour ends.
    pub reports: Sender<Report>,
    /// A function that is called as soon as there is a window, with a function that closes it from any thread.
    pub opened: Box<dyn FnOnce(Close)>,
}

/// A function that closes the window.
pub type Close = Box<dyn Fn() + Send>;

/// A report of the tour's progress.
pub enum Report {
    /// A demo begins.
    Begins(DemoId),
    /// A picture of the demo was taken.
    Picture(DemoId, Arc<ColorImage>),
    /// A run of the demo did not come to its end, or could not begin; with the reason.
    Failed(DemoId, String),
    /// All demos have been shown. If the window is closed before that, this report never comes.
    Over,
}

/// A tour that goes on.
pub(super) struct Touring {
    tour: Tour,
    demos: Vec<DemoId>,
    reports: Sender<Report>,
    /// The picture, once it is taken; it is taken where the window is painted.
    taken: Arc<Mutex<Option<Arc<ColorImage>>>>,
}

impl Touring {
    /// Begins the tour, with parameters that suit the time for each demo.
    pub(super) fn begin(ctx: &Context, plan: Plan, demos: &mut Demos) -> Self {
        let way = plan.demos.iter().filter_map(|id| {
            let index = demos.find(id)?;
            Some((*id, stop(index, demos.get_mut(id)?, plan.each)))
        });
        let (ids, way) = way.unzip();
        let ctx = ctx.clone();
        (plan.opened)(Box::new(move || {
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Close);
        }));
        Self {
            tour: Tour::new(way, plan.each, plan.pictures, Instant::now()),
            demos: ids,
            reports: plan.reports,
            taken: Arc::default(),
        }
    }

    /// Acts on the tour's next cues, and asks for the next frame, because the window is at rest in between.
    pub(super) fn advance(
        &mut self,
        ctx: &Context,
        now: Instant,
        (demos, session, language): (&Demos, &Session, Language),
        dialogs: &mut Dialogs,
        actions: &mut Vec<Action>,
    ) {
        let demo = demos.chosen();
        let scene = Scene::of(
            demo.demo(),
            demo.variant(),
            session,
            &KeptBack::default(),
            now,
        );
        let shown = scene.snapshot().map_or(0.0, |snapshot| {
            let end = snapshot.log.end().max(Duration::from_nanos(1));
            snapshot.now.div_duration_f64(end)
        });
        let sight = Sight {
            is_running: session.is_busy(),
            shown,
            is_taken: self.lock().is_some(),
            fault: &|| fault(demo, session),
        };
        for cue in self.tour.next(now, &sight) {
            match cue {
                Cue::Do(action) => actions.push(action),
                Cue::CloseDialogs => dialogs.close_all(),
                cue => self.follow(ctx, cue, language),
            }
        }
        if let Some(rest) = self.tour.rest(now) {
            ctx.request_repaint_after(rest);
        }
    }

    fn follow(&self, ctx: &Context, cue: Cue, language: Language) {
        let report = match cue {
            Cue::Announce(at) => {
                // The progress is said in the title, and so is in no picture.
                ctx.send_viewport_cmd(ViewportCommand::Title(self.title(at, language)));
                Some(Report::Begins(self.demos[at]))
            }
            Cue::Fail(at, why) => Some(Report::Failed(self.demos[at], why)),
            Cue::TakePicture => {
                let (taken, waker) = (self.taken.clone(), ctx.clone());
                ctx.request_screenshot(move |image| {
                    *taken.lock().unwrap_or_else(PoisonError::into_inner) = Some(image);
                    waker.request_repaint();
                });
                None
            }
            Cue::HandOver(at) => {
                let taken = self.lock().take();
                taken.map(|image| Report::Picture(self.demos[at], image))
            }
            Cue::Leave => {
                ctx.send_viewport_cmd(ViewportCommand::Close);
                Some(Report::Over)
            }
            Cue::Do(_) | Cue::CloseDialogs => None,
        };
        if report.is_some_and(|report| self.reports.send(report).is_err()) {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn title(&self, at: usize, language: Language) -> String {
        let demo = language.text(&format!("{}-title", self.demos[at]));
        let figures = [
            ("number", Value::from(at as u64 + 1)),
            ("count", Value::from(self.demos.len() as u64)),
            ("demo", Value::Word(demo.into_owned())),
        ];
        language.with("app-tour", &figures)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Arc<ColorImage>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The failure of the last run of one of the demo's variants, in words for the terminal.
fn fault(demo: &DemoState, session: &Session) -> Option<String> {
    let (state, demo, language) = (demo, demo.demo(), Language::English);
    state.all_variants().find_map(|variant| {
        let what = match session.latest_of(demo.id(), variant) {
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

fn stop(index: usize, demo: &mut DemoState, each: Duration) -> Stop {
    demo.shorten(each.mul_f64(RUNNING));
    let variants = demo.demo().variants().into_iter();
    let freezes = variants
        .clone()
        .any(|variant| variant.runs_on == RunsOn::UiThread);
    let variants = variants.map(|variant| variant.id);
    Stop {
        demo: index,
        singly: variants.filter(|_| freezes).collect(),
        highlight: demo.demo().spec().highlight,
    }
}

/// Lets no input through but `Esc`, which ends the tour: the tour goes on even if the machine is touched.
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
