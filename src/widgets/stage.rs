//! What a demo's picture is: a pure function of the run's log and a moment.

use std::time::Duration;

use egui::{Rect, Ui};

use crate::lab::demo::{Demo, VariantId};
use crate::lab::run::Input;
use crate::lab::run::RunInfo;
use crate::lab::trace::event::{Step, TrackId};
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::Record;
use crate::text::Language;
use crate::widgets::heartbeat_ui::Heartbeat;
use crate::widgets::look::lettering::Sizes;
use crate::widgets::playhead::{IncidentReplay, TimeRange};

/// The run that is shown, at the moment that is shown.
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
    /// Sizes of what is drawn in `room`.
    pub fn sizes(&self, room: Rect) -> Sizes {
        if self.presenting {
            Sizes::presenting(room)
        } else {
            Sizes::fitting(room)
        }
    }
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
    /// All that it told so far. Draw only what lies at or before `now`.
    pub log: &'run RunLog,
    /// The moment to draw: the clock while the run goes on, the replay's hand afterwards.
    pub now: Duration,
    /// How many times slower than it happened, while it is played again.
    pub slowed: Option<f64>,
    /// Whether someone holds the moment: it stands still, though the run may go on.
    pub held: bool,
    /// The stretch of time that the timeline shows; all if `None`.
    pub window: Option<TimeRange>,
    /// The mishap that is replayed event by event.
    pub incident: Option<IncidentReplay<'run>>,
    /// Its record, once it is closed.
    pub record: Option<&'run Record>,
    /// Finished runs with the same parameters, oldest first, of all variants; this one among them once it
    /// is over.
    pub earlier: &'run [&'run Record],
}

impl Snapshot<'_> {
    /// Whether all of the run is in the picture: its end has come, and a replay has reached it.
    pub fn is_complete(&self) -> bool {
        self.log.finished().is_some_and(|(at, _)| *at <= self.now)
    }

    /// The numbers of those who take part in the mishap that is replayed, if one is.
    pub fn taking_part(&self) -> Option<Vec<u32>> {
        let tracks = self.incident?.tracks.iter();
        let logs = tracks.filter_map(|track| self.log.tracks().get(track.0 as usize));
        Some(logs.filter_map(|log| log.info.name.number).collect())
    }

    /// Whether a mishap is replayed that this track has nothing to do with; it is drawn pale then.
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

/// What a picture's own controls ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum StageAction {
    /// A run of the chosen variant.
    Run {
        /// In the place of the demo's own parameters of these names.
        set: Vec<(&'static str, String)>,
        /// The run goes on only as it is told; with this it begins. Nobody waits for such a run: it gives
        /// way to the next, and ends when another variant or demo is chosen.
        steer: Option<Vec<Input>>,
    },
    /// Tell this to the run that goes on.
    Input(Vec<Input>),
}

/// A demo's picture. Keeps view state only.
pub trait Stage {
    /// Which buttons start its runs.
    fn buttons(&self) -> Buttons {
        Buttons::Run
    }

    /// Controls of the picture's own, in the row with all others. `can_run`: none goes on but one that would
    /// give way. Returns what is asked for.
    fn controls_ui(
        &mut self,
        _ui: &mut Ui,
        _view: &RunView<'_>,
        _can_run: bool,
    ) -> Option<StageAction> {
        None
    }

    /// The parameters that have a use while this run is shown, if not all have: the others make room for the
    /// picture's own controls.
    fn params(&self, _view: &RunView<'_>) -> Option<&'static [&'static str]> {
        None
    }

    /// Draws into all of the space that is left in `ui`. Every picture says in words what it shows,
    /// through `Response::widget_info`.
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>);
}
