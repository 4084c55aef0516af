//! Presenting: the window becomes a full screen on which one question after another is asked, guessed, run
//! and explained. Leaving it brings back the window as it was.

mod keep_awake;
pub(crate) mod keys;
mod plan_ui;
mod result_ui;
mod steps;
mod text;
mod ui;
mod votes;

use std::time::Instant;

use egui::{Context, ThemePreference, Vec2, ViewportCommand};

use super::App;
use super::command::Command;
use crate::app::demo_state::Room;
use crate::app::session::playhead::Playback;
use crate::lab::demo::param::Params;
use crate::lab::demo::{RunsOn, VariantId, set_param};
use crate::lab::trace::record::Record;
use crate::widgets::stage::Marked;
use keep_awake::Awake;
use steps::{Deed, Presentation, Step};
use votes::votes;

/// Points from top to bottom of the screen, however many pixels it has: what is 12 points high, the least
/// that stages write, is then 32 pixels of 720.
const HEIGHT: f32 = 270.0;
/// Points from left to right, at least.
const WIDTH: f32 = 480.0;

/// What is asked for while presenting, or to begin it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Begin, or leave at once.
    Toggle,
    /// The next step.
    Forward,
    /// The step before.
    Back,
    /// The class decides for this answer, if it is asked just now.
    Decide(usize),
    /// Run what is asked about.
    Run,
    /// Stop the run, or else darken the screen.
    StopOrBlank,
    /// Show the screen again.
    Unblank,
    /// Show or hide the timing graph.
    Graph,
    /// Leave, if this is asked for twice.
    Escape,
    /// Begin the lesson with this demo.
    StartWith(usize),
    /// Take this demo into the lesson, or leave it out.
    Tick(usize),
    /// Let this demo come earlier.
    Earlier(usize),
    /// Let this demo come later.
    Later(usize),
}

/// A presentation that is going on.
pub(super) struct Presenting {
    /// Where it is.
    pub(super) steps: Presentation,
    /// The demo that the lesson begins with.
    pub(super) start: usize,
    /// The screen is dark.
    pub(super) blank: bool,
    /// The timing graph was asked for.
    pub(super) graph: bool,
    /// Once more, and the presentation is left.
    pub(super) leaving: bool,
    /// A picture since the last run's end has come without a press: presses that waited for that are over.
    settled: bool,
    before: Before,
    /// Dropping it lets the screen go dark again by itself.
    _awake: Awake,
}

/// The window as it was.
struct Before {
    theme: ThemePreference,
    zoom: f32,
    full_screen: bool,
    chosen: usize,
    rooms: Vec<(VariantId, Params)>,
}

impl App {
    /// Carries out a wish about presenting.
    pub(super) fn present(&mut self, ctx: &Context, wish: Wish) {
        let Some(presenting) = &mut self.presenting else {
            if wish == Wish::Toggle {
                self.begin_presenting(ctx);
            }
            return;
        };
        let was_leaving = std::mem::take(&mut presenting.leaving);
        match wish {
            Wish::Toggle => self.leave(ctx),
            Wish::Escape if was_leaving => self.leave(ctx),
            Wish::Escape => presenting.leaving = true,
            Wish::Unblank => presenting.blank = false,
            Wish::Graph => presenting.graph = !presenting.graph,
            Wish::StopOrBlank if self.session.running().is_some() => self.session.stop(),
            Wish::StopOrBlank => presenting.blank = true,
            Wish::Forward if !presenting.settled => {}
            // What lies over the step is put away first.
            Wish::Forward if self.dialogs.newest().is_some() => self.dialogs.close_all(),
            Wish::Forward => {
                if presenting.steps.forward() == Deed::Run {
                    self.run_presented(ctx);
                } else {
                    self.enter_step();
                }
            }
            Wish::Back => {
                self.dialogs.close_all();
                presenting.steps.back();
                self.enter_step();
            }
            Wish::Decide(answer) => {
                if presenting.steps.decide(answer) {
                    self.commands.push(Command::Guess(answer));
                }
            }
            Wish::Run if presenting.steps.step() == Step::Ready => self.run_presented(ctx),
            Wish::Run => {}
            Wish::StartWith(room) => {
                presenting.start = room;
                self.plan();
            }
            Wish::Tick(room) => {
                let id = self.rooms[room].demo.id();
                self.settings.tick(id);
                self.plan();
            }
            Wish::Earlier(room) | Wish::Later(room) => {
                let id = self.rooms[room].demo.id();
                self.settings.shift(id, wish == Wish::Earlier(room));
                self.plan();
            }
        }
    }

    fn begin_presenting(&mut self, ctx: &Context) {
        // There nobody could say who takes the next step.
        self.session.leave_steered();
        let full_screen = ctx.input(|input| input.viewport().fullscreen) == Some(true);
        let before = Before {
            theme: ctx.options(|options| options.theme_preference),
            zoom: ctx.zoom_factor(),
            full_screen,
            chosen: self.chosen,
            rooms: self
                .rooms
                .iter()
                .map(|room| (room.variant, room.demo.params()))
                .collect(),
        };
        self.dialogs.close_all();
        self.presenting = Some(Presenting {
            steps: Presentation::beginning(self.stops(self.chosen)),
            start: self.chosen,
            blank: false,
            graph: false,
            leaving: false,
            settled: true,
            before,
            _awake: Awake::new(),
        });
        // A projector washes dark grounds out.
        ctx.set_theme(ThemePreference::Light);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
        fit_zoom(ctx);
        ctx.memory_mut(|memory| memory.stop_text_input());
        self.enter_step();
    }

    fn leave(&mut self, ctx: &Context) {
        let Some(Presenting { before, .. }) = self.presenting.take() else {
            return;
        };
        ctx.set_theme(before.theme);
        ctx.set_zoom_factor(before.zoom);
        ctx.options_mut(|options| options.zoom_with_keyboard = true);
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(before.full_screen));
        self.chosen = before.chosen;
        self.marked = None;
        for (room, (variant, params)) in self.rooms.iter_mut().zip(before.rooms) {
            room.variant = variant;
            set_params(room, &params);
        }
    }

    fn plan(&mut self) {
        let Some(start) = self.presenting.as_ref().map(|presenting| presenting.start) else {
            return;
        };
        let stops = self.stops(start);
        if let Some(presenting) = &mut self.presenting {
            presenting.steps.plan(stops);
        }
    }

    /// Chooses the demo and the variant that the present step is about.
    fn enter_step(&mut self) {
        let Some(presenting) = &mut self.presenting else {
            return;
        };
        if let Some(stop) = presenting.steps.stop() {
            self.chosen = stop.room;
            if let Some(vote) = votes(&self.rooms[stop.room]).get(stop.vote) {
                self.rooms[stop.room].set_up(&vote.setting);
            }
        }
        if presenting.steps.step() == Step::Stage {
            self.replay_presented();
        } else {
            presenting.graph &= matches!(presenting.steps.step(), Step::Number | Step::Why);
        }
        self.mark_presented();
    }

    /// Marks the first step in the code that is presented: that is where it is scrolled to.
    fn mark_presented(&mut self) {
        let presenting = self.presenting.as_ref();
        let shows_code = presenting.is_some_and(|presenting| presenting.steps.step() == Step::Code);
        self.marked = shows_code
            .then(|| {
                let listing = self.listing();
                let mut steps = listing.python.iter().flat_map(|line| &line.steps);
                steps.next().map(|step| Marked {
                    step: *step,
                    span: None,
                })
            })
            .flatten();
    }

    fn replay_presented(&mut self) {
        let room = &self.rooms[self.chosen];
        if let Some(finished) = self.session.latest_of_mut(room.demo.id(), room.variant)
            && self.settings.slow_replay
        {
            finished.playback = Playback::starting(Instant::now(), &finished.log);
        }
    }

    /// Starts the run that is asked about, and before it the one that it is compared with, if there is
    /// none yet. Where it can't be run, that is what is shown.
    fn run_presented(&mut self, ctx: &Context) {
        let room = &self.rooms[self.chosen];
        let (demo, variant) = (room.demo.as_ref(), room.variant);
        let can_run = self.session.running().is_none() && demo.check(variant).is_ok();
        if can_run && room.place() == RunsOn::UiThread {
            // One more picture first: it is what will stay on the screen.
            self.armed = true;
            ctx.request_repaint();
        } else if can_run {
            let known = self.session.comparable(demo.id(), &demo.params());
            let missing = demo.spec().baseline.filter(|baseline| {
                let is_known =
                    |record: &&Record| record.is_done() && record.info.variant == *baseline;
                *baseline != variant && !known.iter().any(is_known)
            });
            self.session
                .start(demo, missing.into_iter().chain([variant]));
        }
        if let Some(presenting) = &mut self.presenting {
            match can_run {
                true => presenting.steps.run_began(),
                false => presenting.steps.run_ended(),
            }
        }
    }

    /// Before each picture: the run that the class watches may have come to its end.
    pub(super) fn follow_presented(&mut self, ctx: &Context) {
        let Some(presenting) = &mut self.presenting else {
            return;
        };
        fit_zoom(ctx);
        let is_running = self.armed || self.session.running().is_some();
        if presenting.steps.step() == Step::Running && !is_running {
            presenting.steps.run_ended();
            presenting.settled = false;
        }
    }

    /// After each picture; `stepped`: it came with a press that would lead on.
    pub(super) fn presented(&mut self, ctx: &Context, stepped: bool) {
        let Some(presenting) = &mut self.presenting else {
            return;
        };
        if !presenting.settled {
            // Whoever pressed during a freeze is not taken to have seen what came after it.
            presenting.settled = !stepped && presenting.steps.step() != Step::Running;
            ctx.request_repaint();
        }
    }
}

fn set_params(room: &mut Room, params: &Params) {
    for (name, value) in &params.0 {
        // They were this demo's own.
        drop(set_param(room.demo.as_mut(), name, &value.to_string()));
    }
}

/// Zooms so that the screen is [`HEIGHT`] points high, or [`WIDTH`] wide if it is a narrow one.
fn fit_zoom(ctx: &Context) {
    let pixels: Vec2 = ctx.content_rect().size() * ctx.pixels_per_point();
    let per_point = (pixels.y / HEIGHT).min(pixels.x / WIDTH);
    let zoom = per_point / ctx.native_pixels_per_point().unwrap_or(1.0);
    if (zoom / ctx.zoom_factor() - 1.0).abs() > 0.002 {
        ctx.set_zoom_factor(zoom);
    }
}
