//! The runs of this session: the one that goes on, those still to come, those that are over. Draws nothing.

mod incident;
pub(crate) mod playhead;
pub(crate) mod scene;

mod drawn;
mod draws;
mod steering;
mod taking;
mod turn;

use std::collections::{HashMap, VecDeque};
use std::ffi::OsString;
use std::time::{Duration, Instant};

use crate::demos;
use crate::lab::demo::param::Params;
use crate::lab::demo::{Demo, DemoId, RedrawPolicy, RunsOn, Variant, VariantId, copy_params};
use crate::lab::run::{self, Lab, Outcome, RunHandle, RunInfo};
use crate::lab::trace::event::{Event, EventKind};
use crate::lab::trace::frame_meter::FrameMeter;
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::{AboutClick, HostKind, HostMeasures, Record};

use super::twins::Twins;
use draws::Draws;
use playhead::Playback;

/// Records kept: enough for a day of classes.
const HISTORY: usize = 1_000;

/// All runs of this session.
pub struct Session {
    lab: Lab,
    running: Option<Running>,
    /// The two small windows, which go their own way.
    pub(super) twins: Twins,
    /// Runs to come, and the seed that those of one round share: they differ in nothing but the variant.
    queue: VecDeque<(VariantId, u64)>,
    in_turn: bool,
    history: VecDeque<Record>,
    latest: HashMap<(DemoId, VariantId), Finished>,
    draws: Draws,
}

/// The run that goes on.
pub struct Running {
    demo: Box<dyn Demo>,
    variant: Variant,
    handle: RunHandle,
    /// All that it told so far.
    pub log: RunLog,
    /// When this window drew meanwhile, on the run's stopwatch.
    pub frames: Vec<Duration>,
    meter: FrameMeter,
    clicks_waiting: u64,
    about: Option<AboutClick>,
    /// About was clicked, and the picture that answers is not drawn yet.
    about_clicked: Option<Instant>,
    /// It goes on only as it is told.
    steered: bool,
    /// How many cores it may use, of demos that have that parameter.
    cores: u64,
    outcome: Option<Outcome>,
    frames_since_outcome: u32,
    frames_to_close: u32,
    /// The hand of its picture.
    pub playback: Playback,
}

/// A run that is over.
pub struct Finished {
    /// Which run.
    pub info: RunInfo,
    /// All that it told.
    pub log: RunLog,
    /// When this window drew meanwhile, on the run's stopwatch.
    pub frames: Vec<Duration>,
    /// What remains of it.
    pub record: Record,
    /// The hand that plays it again.
    pub playback: Playback,
}

impl Running {
    /// Which run.
    pub fn info(&self) -> &RunInfo {
        &self.handle.info
    }

    /// Time on its stopwatch; it stands still once the run has ended.
    pub fn now(&self) -> Duration {
        self.log
            .finished()
            .map_or_else(|| self.handle.now(), |(at, _)| *at)
    }

    /// How often it may ask for pictures.
    pub fn pace(&self) -> RedrawPolicy {
        self.variant.redraw
    }

    /// Whether its end has come and only its record is not closed yet.
    pub fn is_over(&self) -> bool {
        self.outcome.is_some()
    }
}

/// Frames to be painted between a run's end and the closing of its record: one, which ends the last
/// gap. After a freeze more, for the first one's input was collected before the freeze, and only those
/// after it bring the presses that waited.
fn frames_to_close(place: RunsOn) -> u32 {
    match place {
        RunsOn::OwnThread => 1,
        RunsOn::UiThread => 3,
    }
}

/// A demo of the same kind with the same parameters, for runs to keep.
fn copy_of(demo: &dyn Demo) -> Option<Box<dyn Demo>> {
    let mut copy = (demos::find(demo.id())?.demo)();
    copy_params(demo, copy.as_mut());
    Some(copy)
}

impl Session {
    /// No runs yet.
    pub fn new(lab: Lab) -> Self {
        Self {
            lab,
            running: None,
            twins: Twins::default(),
            queue: VecDeque::new(),
            in_turn: false,
            history: VecDeque::new(),
            latest: HashMap::new(),
            draws: Draws::default(),
        }
    }

    /// The run that goes on.
    pub fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    /// The run of `demo` that goes on.
    pub fn running_of(&self, demo: DemoId) -> Option<&Running> {
        self.running
            .as_ref()
            .filter(|running| running.info().demo == demo)
    }

    /// The latest finished run of this variant.
    pub fn latest_of(&self, demo: DemoId, variant: VariantId) -> Option<&Finished> {
        self.latest.get(&(demo, variant))
    }

    /// The same, to move its replay.
    pub fn latest_of_mut(&mut self, demo: DemoId, variant: VariantId) -> Option<&mut Finished> {
        self.latest.get_mut(&(demo, variant))
    }

    /// Whether the run that goes on is one of several in turn.
    pub fn is_in_turn(&self) -> bool {
        self.in_turn
    }

    /// Starts `variants` of `demo` one after another, with a copy of its present parameters. Nothing
    /// happens while another run goes on.
    pub fn start(&mut self, demo: &dyn Demo, variants: impl IntoIterator<Item = VariantId>) {
        if self.running.is_some() {
            return;
        }
        self.twins.forget();
        let draw = self.draws.keep(demo);
        let (mut first, mut seed) = (None, 0);
        let seeded = variants.into_iter().map(|variant| {
            // When the first comes again, a new round begins.
            if variant == *first.get_or_insert(variant) {
                seed = draw.unwrap_or_else(rand::random);
            }
            (variant, seed)
        });
        self.queue = seeded.collect();
        self.in_turn = self.queue.len() > 1;
        if let Some(copy) = copy_of(demo) {
            self.start_next(copy);
        }
    }

    /// Opens the two small windows, each with its arguments.
    pub fn open_twins(&mut self, args: [Vec<OsString>; 2], params: Params) {
        self.twins.open(&self.lab.program, args, params);
    }

    fn start_next(&mut self, demo: Box<dyn Demo>) {
        let Some((id, seed)) = self.queue.pop_front() else {
            return;
        };
        let Some(&variant) = demo.variants().iter().find(|variant| variant.id == id) else {
            return;
        };
        let meter = FrameMeter::starting(Instant::now());
        let start = match variant.runs_on {
            RunsOn::OwnThread => run::start,
            RunsOn::UiThread => run::start_inline,
        };
        let handle = start(&self.lab, demo.as_ref(), id, seed);
        let demo_cores = handle.info.params.whole("cores");
        self.running = Some(Running {
            demo,
            variant,
            handle,
            log: RunLog::default(),
            frames: Vec::new(),
            meter,
            clicks_waiting: 0,
            about: None,
            about_clicked: None,
            steered: false,
            cores: demo_cores,
            outcome: None,
            frames_since_outcome: 0,
            frames_to_close: frames_to_close(variant.runs_on),
            playback: Playback::at_end(),
        });
    }

    /// Ends the run that goes on, and forgets those to come.
    pub fn stop(&mut self) {
        self.queue.clear();
        if let Some(running) = &self.running {
            running.handle.cancel();
        }
    }

    /// Forgets the records of `demo`.
    pub fn clear(&mut self, demo: DemoId) {
        self.history.retain(|record| record.info.demo != demo);
    }

    /// Takes in what the run has told since the last frame; closes its record one painted frame after
    /// its end, so that the frame which ended a freeze is measured too, or at once while the window is
    /// `hidden` and paints none. Then the next run may start.
    /// Returns the demo and variant whose run's record was closed.
    pub fn advance(&mut self, slow_replay: bool, hidden: bool) -> Option<(DemoId, VariantId)> {
        let running = self.running.as_mut()?;
        if hidden {
            running.meter.pause();
        }
        for event in running.handle.drain() {
            running.take(event);
        }
        let is_seen = running.frames_since_outcome >= running.frames_to_close;
        if !(is_seen || hidden && running.is_over()) {
            return None;
        }
        let running = self.running.take()?;
        let (demo, mut finished) = running.close(self.history.make_contiguous());
        // While more runs are to come, a replay would only be cut off by the next.
        let slow_replay = slow_replay && self.queue.is_empty();
        let playback = std::mem::replace(&mut finished.playback, Playback::at_end());
        finished.playback = playback.of_ended(Instant::now(), &finished.log, slow_replay);
        if !finished.record.is_done() {
            self.queue.clear();
        }
        self.history.push_back(finished.record.clone());
        if self.history.len() > HISTORY {
            self.history.pop_front();
        }
        let ended = (finished.info.demo, finished.info.variant);
        self.latest.insert(ended, finished);
        self.start_next(demo);
        Some(ended)
    }

    /// Finished runs of `demo` with these parameters and the present draw, oldest first.
    pub fn comparable(&self, demo: DemoId, params: &Params) -> Vec<&Record> {
        let draw = self.draws.of(demo, params);
        self.history
            .iter()
            .filter(|record| record.info.demo == demo && record.info.params == *params)
            .filter(|record| draw.is_none_or(|seed| record.info.seed == seed))
            .filter(|record| !record.was_changed())
            .collect()
    }

    /// Finished runs of `demo` with any parameters.
    pub fn count(&self, demo: DemoId) -> usize {
        self.history
            .iter()
            .filter(|record| record.info.demo == demo)
            .count()
    }
}

impl Running {
    fn take(&mut self, event: Event) {
        if let EventKind::Finished(outcome) = &event.kind {
            self.outcome = Some(outcome.as_ref().clone());
        }
        self.log.push(event);
    }

    fn close(self, earlier: &[Record]) -> (Box<dyn Demo>, Finished) {
        let host = HostMeasures {
            kind: HostKind::Window,
            frames: self.meter.frames(),
            longest_frame_gap: self.meter.longest_gap(),
            clicks_waiting: self.clicks_waiting,
            about: self.about,
        };
        let info = self.handle.info.clone();
        let outcome = self
            .outcome
            .unwrap_or_else(|| Outcome::Cancelled(Default::default()));
        let dropped = self.handle.events_dropped();
        let record = Record::close(
            self.demo.as_ref(),
            info.clone(),
            &self.log,
            outcome,
            host,
            dropped,
            earlier,
        );
        let finished = Finished {
            info,
            log: self.log,
            frames: self.frames,
            record,
            playback: self.playback,
        };
        (self.demo, finished)
    }
}
