//! A demo's picture: a pure function of the run's log and a moment.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Rect, Response, Sense, Ui, WidgetInfo};

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

/// What a stage draws: a demo, its run that is shown, and how.
pub struct RunView<'run> {
    /// The demo with its present parameters (a run keeps its own, in `info`).
    pub demo: &'run dyn Demo,
    /// The variant that is chosen.
    pub variant: VariantId,
    /// Language of all that is drawn.
    pub language: Language,
    /// The shown run, if there is one: the current or else the latest of this demo.
    pub shown: Option<Snapshot<'run>>,
    /// How this window draws: for the one demo that is about that.
    pub heartbeat: &'run Heartbeat,
    /// This is the last picture before the window freezes, for the chosen variant runs on the UI thread.
    pub freezing: bool,
    /// It is shown to a class, very large: without the number that matters, which the class has seen by
    /// itself, and with nothing in the card's corner.
    pub presenting: bool,
}

impl RunView<'_> {
    /// The parameters and the variant of the shown run; before the first run, those that are chosen.
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
            false => Pen::for_room(ui, room),
        };
        (pen, room, response)
    }

    /// Takes all of the room that is left in `ui` for a picture that is `words` to a screen reader.
    pub fn picture(&self, ui: &mut Ui, words: impl Fn() -> String) -> (Pen, Rect) {
        let (pen, room, response) = self.canvas(ui);
        describe(&response, words);
        (pen, room)
    }

    /// Divides a picture's room: at its left a `share` for figures, `gap` before the rest. A class has seen the
    /// figures: there the rest has all of the room.
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

/// The buttons above a demo's picture.
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
    /// Which run.
    pub info: &'run RunInfo,
    /// All events so far. Only those at or before `now` are drawn.
    pub log: &'run RunLog,
    /// The moment to draw: the clock while the run goes on, the replay's playhead afterwards.
    pub now: Duration,
    /// How many times slower than it happened, while it is played again.
    pub slowed: Option<f64>,
    /// The moment stands still, though the run may go on.
    pub held: bool,
    /// The part of the run's time that the timeline shows; all if `None`.
    pub window: Option<TimeRange>,
    /// The incident that is replayed event by event.
    pub incident: Option<IncidentReplay<'run>>,
    /// Its record, once it is closed.
    pub record: Option<&'run Record>,
    /// Finished runs with the same parameters, oldest first, of all variants; this one among them once it
    /// is over.
    pub earlier: &'run [&'run Record],
}

impl<'run> Snapshot<'run> {
    /// Whether all of the run is in the picture: its end has come, and a replay has reached it.
    pub fn is_complete(&self) -> bool {
        self.log.finished().is_some_and(|(at, _)| *at <= self.now)
    }

    /// Its record, once the run is over and shown to its end.
    pub fn complete_record(&self) -> Option<&'run Record> {
        self.record.filter(|_| self.is_complete())
    }

    /// The latest run of `variant` that was done, with the same parameters.
    pub fn latest(&self, variant: VariantId) -> Option<&'run Record> {
        let mut latest = self.earlier.iter().rev().copied();
        latest.find(|record| record.info.variant == variant && record.is_done())
    }

    /// The numbers of the tracks that take part in the incident that is replayed.
    pub fn taking_part(&self) -> Option<Vec<u32>> {
        let tracks = self.incident?.tracks.iter();
        let logs = tracks.filter_map(|track| self.log.tracks().get(track.0 as usize));
        Some(logs.filter_map(|log| log.info.name.number).collect())
    }

    /// Whether an incident is replayed that this track takes no part in; it is drawn pale then.
    pub fn is_beside(&self, track: TrackId) -> bool {
        self.incident
            .is_some_and(|incident| !incident.tracks.contains(&track))
    }
}

/// A step that is marked in timeline and code alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marked {
    /// The step.
    pub step: Step,
    /// The span that it was chosen by, if it was chosen in the timeline: its track, and its place among
    /// the track's spans.
    pub span: Option<(TrackId, usize)>,
}

/// What a person asks for with a picture's own controls.
#[derive(Clone, Debug, PartialEq)]
pub enum StageAction {
    /// Runs the chosen variant.
    Run {
        /// Parameters in the place of the demo's own.
        set: Vec<(&'static str, String)>,
        /// For a run that goes on only as it is told: what it is told first. Such a run gives way to the
        /// next, and ends when another variant or demo is chosen.
        steer: Option<Vec<Input>>,
    },
    /// Tells the run that goes on what to do.
    Input(Vec<Input>),
}

/// A demo's picture. Keeps view state only.
pub trait Stage {
    /// Which buttons start its runs.
    fn buttons(&self) -> Buttons {
        Buttons::Run
    }

    /// Controls of the picture's own, in the row with all others. `can_run`: no run goes on, or only one that
    /// gives way.
    fn controls_ui(
        &mut self,
        _ui: &mut Ui,
        _view: &RunView<'_>,
        _can_run: bool,
    ) -> Option<StageAction> {
        None
    }

    /// The parameters that have a use while this run is shown; all if `None`. The others make room for the
    /// picture's own controls.
    fn params(&self, _view: &RunView<'_>) -> Option<&'static [&'static str]> {
        None
    }

    /// Draws into all of the space that is left in `ui`, and says in words what it shows.
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>);
}
