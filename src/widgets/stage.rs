//! The interface of a demo's picture: a pure function of the run's log and a moment.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Rect, Response, Sense, Ui, Vec2, WidgetInfo};

use crate::lab::demo::param::Params;
use crate::lab::demo::{Demo, VariantId};
use crate::lab::run::Input;
use crate::lab::run::RunInfo;
use crate::lab::trace::event::{Step, TrackId};
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::Record;
use crate::text::Language;
use crate::widgets::heartbeat_ui::Heartbeat;
use crate::widgets::look::pen::Pen;
use crate::widgets::playhead::{IncidentReplay, TimeRange};

/// The view that a stage draws: a demo, its shown run, and how it is shown.
pub struct RunView<'run> {
    /// The demo with its present parameters; a run keeps its own, in `info`.
    pub demo: &'run dyn Demo,
    /// The variant of the run that goes on, or else the chosen one.
    pub variant: VariantId,
    /// Language of all that is drawn.
    pub language: Language,
    /// The shown run, if there is one: the one that goes on, or else the latest of this demo.
    pub shown: Option<Snapshot<'run>>,
    /// The frames of this window, for the one demo whose picture is the window itself.
    pub heartbeat: &'run Heartbeat,
    /// The moments when the window learned of clicks during the shown run, on its stopwatch. One after the run's end has
    /// waited for it.
    pub clicks: &'run [Duration],
    /// Whether this is the last picture before the window freezes, because the chosen variant runs on the UI thread.
    pub freezing: bool,
    /// Room in the picture's right top corner for the page's controls on it.
    pub corner: Vec2,
    /// The variants about which a question still waits for the class's guess: the picture must not work out what a run of
    /// these would show.
    pub unguessed: Vec<VariantId>,
    /// Whether the picture is shown to a class, very large: with nothing in the card's corner, and mostly without the
    /// number that matters, which has a step of its own.
    pub presenting: bool,
}

impl RunView<'_> {
    /// The parameters and the variant of the shown run, or before the first run the chosen ones.
    pub fn params_and_variant(&self) -> (Params, VariantId) {
        match &self.shown {
            Some(shown) => (shown.info.params.clone(), shown.info.variant),
            None => (self.demo.params(), self.variant),
        }
    }

    /// Takes all of the room that is left in `ui` for a picture. Returns the room with the pen to draw in it, and
    /// the picture's widget, which has yet to be described in words.
    pub fn canvas(&self, ui: &mut Ui) -> (Pen, Rect, Response) {
        let (room, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        let pen = match self.presenting {
            true => Pen::for_class(ui, room),
            false => Pen::for_room(ui, room, self.corner),
        };
        (pen, room, response)
    }

    /// Takes all of the room that is left in `ui` for a picture that is `words` to a screen reader.
    pub fn picture(&self, ui: &mut Ui, words: impl Fn() -> String) -> (Pen, Rect) {
        let (pen, room, response) = self.canvas(ui);
        describe(&response, words);
        (pen, room)
    }

    /// Divides a picture's room: a `share` at its left for figures, then `gap`, then the rest. A class has seen the
    /// figures already, so there the rest gets all of the room.
    pub fn beside_figures(
        &self,
        pen: &Pen,
        room: Rect,
        share: f32,
        gap: f32,
    ) -> (Option<Rect>, Rect) {
        if self.presenting {
            return (None, room);
        }
        let (figures, rest) = room.split_left_right_at_fraction(share);
        (
            Some(figures.with_max_x(figures.right() - pen.gap(gap))),
            rest,
        )
    }
}

/// Says in words what a picture shows.
pub fn describe(picture: &Response, words: impl Fn() -> String) {
    picture.widget_info(|| WidgetInfo::labeled(Role::Image, true, words()));
}

/// The kinds of buttons that start a demo's runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buttons {
    /// Run, Stop, Run all, Repeat, Clear.
    Run,
    /// Download and About, as in the lesson's little window.
    Download,
}

/// A run at a moment of it.
#[derive(Clone, Copy)]
pub struct Snapshot<'run> {
    /// The run's demo, variant and parameters.
    pub info: &'run RunInfo,
    /// All events of the run so far. Only those at or before `now` are drawn.
    pub log: &'run RunLog,
    /// The moment to draw: the clock while the run goes on, the replay's playhead afterwards.
    pub now: Duration,
    /// The last moment of the recording: the clock while the run goes on.
    pub end: Duration,
    /// How many times slower than the run itself a replay of it goes.
    pub slowed: Option<f64>,
    /// Whether the moment stands still, though the run may go on.
    pub held: bool,
    /// The part of the run's time that the timeline shows; all if `None`.
    pub window: Option<TimeRange>,
    /// The incident that is being replayed event by event.
    pub incident: Option<IncidentReplay<'run>>,
    /// The run's record, once it is closed.
    pub record: Option<&'run Record>,
    /// Finished runs of all variants with the same parameters, oldest first. The shown run is among them once it is
    /// over.
    pub earlier: &'run [&'run Record],
}

impl<'run> Snapshot<'run> {
    /// Whether the picture shows all of the run: the run is over, and a replay has reached its end.
    pub fn is_complete(&self) -> bool {
        self.log.finished().is_some_and(|(at, _)| *at <= self.now)
    }

    /// The run's record, once the run is over and shown to its end.
    pub fn complete_record(&self) -> Option<&'run Record> {
        self.record.filter(|_| self.is_complete())
    }

    /// The latest run of `variant` that was done, with the same parameters.
    pub fn latest(&self, variant: VariantId) -> Option<&'run Record> {
        let mut latest = self.earlier.iter().rev().copied();
        latest.find(|record| record.info.variant == variant && record.is_done())
    }

    /// Whether an incident is replayed in which this track takes no part; the track is drawn pale then.
    pub fn is_beside(&self, track: TrackId) -> bool {
        self.incident
            .is_some_and(|incident| !incident.tracks.contains(&track))
    }
}

/// A step that is marked both in the timeline and in the code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marked {
    /// The step.
    pub step: Step,
    /// The span by which the step was chosen, if it was chosen in the timeline: its track, and its place among the
    /// track's spans.
    pub span: Option<(TrackId, usize)>,
}

/// An action that a picture's own controls ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum StageAction {
    /// Runs the chosen variant.
    Run {
        /// Values that replace the demo's own parameters.
        set: Vec<(&'static str, String)>,
        /// The first inputs of a run that goes on by input only. Such a run gives way to the next, and ends when
        /// another variant or demo is chosen.
        steer: Option<Vec<Input>>,
    },
    /// Sends inputs to the run that goes on.
    Input(Vec<Input>),
}

/// A demo's picture. Keeps view state only.
pub trait Stage {
    /// The buttons that start the demo's runs.
    fn buttons(&self) -> Buttons {
        Buttons::Run
    }

    /// Shows the picture's own controls, in a row above it. `can_run`: no run goes on, or only one that gives
    /// way to the next.
    fn controls_ui(
        &mut self,
        _ui: &mut Ui,
        _view: &RunView<'_>,
        _can_run: bool,
    ) -> Option<StageAction> {
        None
    }

    /// Whether the question on the page is about the values of this run, rather than about the `chosen` ones: the
    /// picture's own controls have started it with values of their own.
    fn asks_about(&self, _run: &RunInfo, _chosen: &Params) -> bool {
        false
    }

    /// Draws into all of the space that is left in `ui`, and says in words what it shows.
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>);
}
