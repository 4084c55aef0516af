//! Presenting: the window becomes a full screen on which one question after another is asked, guessed, run
//! and explained. Leaving it brings back the window as it was.
//!
//! The screen is zoomed to 270 points of height, or to 288 if it is less wide than 16 : 9, so that the 12 points which
//! stages write at least are 32 pixels of 720, and of 768. Stages draw without the number that matters, which has a step
//! of its own. Presses that came while their effect could not be seen, in a run or a freeze, have none.

mod carry_out;
mod dialogs_ui;
mod end_ui;
mod facts;
mod foot_ui;
mod hands_ui;
mod keep_awake;
mod keys;
mod plan_ui;
mod result_ui;
mod steps;
mod teacher;
mod text;
mod ui;
mod votes_ui;

use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use egui::{Context, Event, ThemePreference, Vec2, ViewportCommand};

use super::demo_state::{Choices, DemoState, Demos};
use super::settings::Settings;
use crate::lab::demo::Vote;
use crate::widgets::stage::{Buttons, Marked};
use keep_awake::KeepAwake;
use steps::{Step, Stop};

pub use keys::keys;
pub use steps::Presentation;

/// Heights of the screen in points, however many pixels it has: stages' smallest text, 12 points, is then 32 pixels of
/// 720 on a screen of 16 : 9, and 32 pixels of 768 on one of 4 : 3.
const HEIGHTS: RangeInclusive<f32> = 270.0..=288.0;
/// Width in points of the lowest screen.
const WIDTH: f32 = 480.0;
/// Least width of the screen in points: that of the highest one on 4 : 3.
const LEAST_WIDTH: f32 = 384.0;

/// How long no press comes at the end of the lesson's download before the next one leads on: those who press on and on
/// during a freeze need as long to see that it is over, and to stop.
const REST: Duration = Duration::from_millis(500);

/// A presentation that is going on.
pub struct Presenting {
    /// The steps, and the present one.
    pub steps: Presentation,
    /// Whether the screen is dark.
    blank: bool,
    /// Whether the timing graph was asked for.
    graph: bool,
    /// Whether Escape was pressed once: the next one leaves the presentation.
    leaving: bool,
    /// Whether a picture since the last run's end has come without a press: the presses that waited for that end are
    /// over.
    settled: bool,
    /// Since when no press has come, while this is not settled.
    quiet_since: Instant,
    /// When the pointer moved last.
    pointer_moved: Option<Instant>,
    before: Before,
    _awake: KeepAwake,
}

/// The state of the window before the presentation, to be restored.
struct Before {
    theme: ThemePreference,
    zoom: f32,
    full_screen: bool,
    choices: Choices,
}

impl Presenting {
    /// Begins a presentation where the lesson was `left`, or else on the plan, with the shown demo as the first.
    pub fn begin(
        ctx: &Context,
        demos: &Demos,
        settings: &Settings,
        left: Option<Presentation>,
    ) -> Self {
        let full_screen = ctx.input(|input| input.viewport().fullscreen) == Some(true);
        let before = Before {
            theme: ctx.options(|options| options.theme_preference),
            zoom: ctx.zoom_factor(),
            full_screen,
            choices: demos.choices(),
        };
        // A projector washes dark grounds out, so they are shown only where they were chosen.
        if before.theme == ThemePreference::System {
            ctx.set_theme(ThemePreference::Light);
        }
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
        fit_zoom(ctx);
        ctx.memory_mut(|memory| memory.stop_text_input());
        Self {
            steps: left
                .unwrap_or_else(|| Presentation::beginning(stops(demos, settings), demos.index())),
            blank: false,
            graph: false,
            leaving: false,
            settled: true,
            quiet_since: Instant::now(),
            pointer_moved: None,
            before,
            _awake: KeepAwake::new(),
        }
    }

    /// Brings back the window as it was, and ends the presentation. Returns the lesson to be taken up later.
    pub fn leave(self, ctx: &Context, demos: &mut Demos) -> Option<Presentation> {
        ctx.set_theme(self.before.theme);
        ctx.set_zoom_factor(self.before.zoom);
        ctx.options_mut(|options| options.zoom_with_keyboard = true);
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(self.before.full_screen));
        demos.restore(self.before.choices);
        self.steps.left()
    }

    /// The step that is shown.
    pub fn step(&self) -> Step {
        self.steps.step()
    }

    /// Whether the screen is dark.
    pub fn is_blank(&self) -> bool {
        self.blank
    }

    /// Whether a press that leads on counts: one made before the present picture could be seen does not.
    pub fn is_settled(&self) -> bool {
        self.settled
    }

    /// The vote that is shown, and the demo that it is about.
    fn vote<'demos>(&self, demos: &'demos Demos) -> Option<(&'demos DemoState, Vote)> {
        let stop = self.steps.stop()?;
        let demo = &demos.all()[stop.demo];
        Some((demo, demo.votes().into_iter().nth(stop.vote)?))
    }

    /// Notes that Escape was pressed. Returns whether it was the second time in a row, which leaves the presentation.
    pub fn escape(&mut self) -> bool {
        std::mem::replace(&mut self.leaving, true)
    }

    /// Notes that something else was asked for: it takes two more presses of Escape to leave.
    pub fn stay(&mut self) {
        self.leaving = false;
    }

    /// Makes the screen dark.
    pub fn blank(&mut self) {
        self.blank = true;
    }

    /// Shows the screen again.
    pub fn unblank(&mut self) {
        self.blank = false;
    }

    /// Shows or hides the timing graph.
    pub fn toggle_graph(&mut self) {
        self.graph = !self.graph;
    }

    /// Goes to the first question about the demo at `index`.
    pub fn go_to(&mut self, index: usize, demos: &Demos) {
        self.steps.go_to(index, stops_of(demos, index));
    }

    /// Follows a change of the lesson's plan.
    pub fn plan(&mut self, demos: &Demos, settings: &Settings) {
        self.steps.plan(stops(demos, settings));
    }

    /// Chooses the demo and the variant that the step is about. Returns the step of the code to be marked: where code
    /// is presented, the first, because the code is scrolled to the mark.
    pub fn enter(&mut self, demos: &mut Demos) -> Option<Marked> {
        if let Some(stop) = self.steps.stop() {
            demos.choose(stop.demo);
            let demo = demos.chosen_mut();
            if let Some(vote) = demo.votes().get(stop.vote) {
                demo.set_up(vote);
            }
        }
        self.graph &= matches!(
            self.step(),
            Step::Number | Step::Why | Step::Stage | Step::Autopsy
        );
        if self.step() != Step::Code {
            return None;
        }
        let listing = demos.chosen_mut().listing();
        let mut steps = listing.python.iter().flat_map(|line| &line.steps);
        steps.next().map(|step| Marked {
            step: *step,
            span: None,
        })
    }

    /// Follows the run before each picture: the run that the class watches may have come to its end.
    pub fn follow(&mut self, ctx: &Context, demos: &Demos, is_running: bool, now: Instant) {
        fit_zoom(ctx);
        let moves = |event: &Event| matches!(event, Event::PointerMoved(_));
        if ctx.input(|input| input.events.iter().any(moves)) {
            self.pointer_moved = Some(now);
        }
        if self.step() == Step::Running && !is_running {
            // The lesson's little window still shows the dialogs that came.
            let is_seen = demos.chosen().buttons() == Buttons::Download;
            self.steps.run_ended(is_seen);
            self.settled = false;
            self.quiet_since = Instant::now();
        }
    }

    /// Whether the class watches a run.
    pub fn watches_run(&self) -> bool {
        self.step() == Step::Running
    }

    /// Notes after each picture whether it was seen; `came`: presses came with it, or wait for the next.
    ///
    /// No press made before the end of a freeze leads on, however late its picture is drawn:
    /// - All presses of the freeze wait in the window's queue before the first picture after it. A run is closed only
    ///   when several pictures have come without presses, and not with input that has some (`Session::await_presses`).
    ///   So each of them finds the step that runs, where the keys that lead on are clicks on About, and all other ways
    ///   on and back do nothing.
    /// - Then the run's end is shown, not settled: the keys still click, and nothing leads on, until no press has come
    ///   for [`REST`].
    pub fn presented(&mut self, ctx: &Context, came: bool, now: Instant) {
        if self.settled {
            return;
        }
        let is_running = self.step() == Step::Running;
        if came || is_running {
            self.quiet_since = now;
        }
        let rest = match self.step() {
            Step::Over => REST,
            _ => Duration::ZERO,
        };
        let quiet = now.saturating_duration_since(self.quiet_since);
        self.settled = !came && !is_running && quiet >= rest;
        match self.settled {
            // The foot names another key now.
            true => ctx.request_repaint(),
            false => ctx.request_repaint_after(rest.saturating_sub(quiet)),
        }
    }
}

/// The stops of the lesson.
fn stops(demos: &Demos, settings: &Settings) -> Vec<Stop> {
    let playlist = settings.playlist.iter();
    let playlist = playlist.filter_map(|id| demos.find(id));
    playlist.flat_map(|index| stops_of(demos, index)).collect()
}

/// The stops about the demo at `index`.
fn stops_of(demos: &Demos, index: usize) -> Vec<Stop> {
    let demo = &demos.all()[index];
    let votes = demo.votes().into_iter().enumerate();
    let stops = votes.map(|(vote, setting)| Stop {
        demo: index,
        vote,
        answers: demo
            .question_of(&setting)
            .map_or(0, |question| question.choices.len()),
    });
    stops.collect()
}

/// Zooms so that the screen is as many points high as [`HEIGHTS`] allow where [`WIDTH`] points fit side by side. On
/// 1280 × 720 pixels that makes 480 × 270 points, on 1280 × 800 461 × 288, on 1024 × 768 384 × 288.
fn fit_zoom(ctx: &Context) {
    let pixels: Vec2 = ctx.content_rect().size() * ctx.pixels_per_point();
    let height = (WIDTH * pixels.y / pixels.x).clamp(*HEIGHTS.start(), *HEIGHTS.end());
    let per_point = (pixels.y / height).min(pixels.x / LEAST_WIDTH);
    let zoom = per_point / ctx.native_pixels_per_point().unwrap_or(1.0);
    if (zoom / ctx.zoom_factor() - 1.0).abs() > 0.002 {
        ctx.set_zoom_factor(zoom);
    }
}
