//! The runs of this session: the one that goes on, those still to come, those that are over. Draws nothing.

mod host_measures;
mod kept_draws;
pub mod playhead;
pub mod scene;

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use egui::Context;

use super::demo_state::DemoState;
use super::twins::Twins;
use crate::demos;
use crate::export::trace_reader::RecordedRun;
use crate::lab::demo::param::Params;
use crate::lab::demo::{
    Demo, DemoId, RedrawPolicy, RunsOn, Variant, VariantId, copy_params, set_param,
};
use crate::lab::run::Input;
use crate::lab::run::{self, Lab, Outcome, RunHandle, RunInfo};
use crate::lab::trace::event::{Event, EventKind};
use crate::lab::trace::frame_meter::FrameMeter;
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::{AboutClick, HostKind, HostMeasures, Record};
use crate::text::Language;
use crate::widgets::playhead::Seek;
use crate::widgets::stage::{Buttons, Marked};
use kept_draws::KeptDraws;
use playhead::{Playhead, Recording};

/// The most records that are kept: enough for a day of classes.
const HISTORY: usize = 1_000;

/// All runs of this session.
pub struct Session {
    lab: Lab,
    running: Option<Running>,
    /// The run that will freeze the window, as it was asked for. It begins after one more picture, which then stays on
    /// the screen.
    freezing: Option<(Box<dyn Demo>, VariantId)>,
    /// The presses of the pointer that came with the window's last picture before it freezes.
    before_freeze: u64,
    /// The two small windows, whose downloads are no runs of this process.
    twins: Twins,
    /// The runs to come, each with its seed. The runs of one round share a seed, so that they differ in nothing but the
    /// variant.
    queue: VecDeque<(VariantId, u64)>,
    /// How many runs have begun in this session.
    begun: u64,
    /// How many runs were asked for at once: the one that goes on, those before it and those to come.
    turns: usize,
    history: VecDeque<Record>,
    latest: HashMap<(DemoId, VariantId), Finished>,
    /// The runs of a demo that were cleared away, until its next run.
    cleared: HashMap<DemoId, Cleared>,
    draws: KeptDraws,
}

/// The run that goes on.
pub struct Running {
    /// Runs are counted from 1.
    number: u64,
    demo: Box<dyn Demo>,
    variant: Variant,
    handle: RunHandle,
    /// The run's events so far.
    pub log: RunLog,
    /// The moments when this window drew meanwhile, on the run's stopwatch.
    pub frames: Vec<Duration>,
    /// The moments when this window learned of each click, on the run's stopwatch. One after the run's end has waited
    /// for it.
    pub clicks: Vec<Duration>,
    meter: FrameMeter,
    clicks_waiting: u64,
    about: Option<AboutClick>,
    /// When About was clicked, until the picture that answers is drawn.
    about_clicked: Option<Instant>,
    /// Whether the run goes on only by input from the window.
    by_input: bool,
    /// How many cores the run may use, if its demo has that parameter.
    cores: u64,
    outcome: Option<Outcome>,
    frames_since_outcome: u32,
    frames_to_close: u32,
    /// The playhead of its picture.
    pub playhead: Playhead,
}

/// The runs of one demo that were cleared away.
struct Cleared {
    records: Vec<Record>,
    latest: Vec<Finished>,
}

/// A run that is over.
pub struct Finished {
    number: u64,
    /// The run's demo, variant and parameters.
    pub info: RunInfo,
    /// The run's events.
    pub log: RunLog,
    /// The moments when this window drew meanwhile, on the run's stopwatch.
    pub frames: Vec<Duration>,
    /// The moments when this window learned of each click, on the run's stopwatch.
    pub clicks: Vec<Duration>,
    /// The run's outcome and measures.
    pub record: Record,
    /// The playhead of its picture.
    pub playhead: Playhead,
}

impl Running {
    /// The run's demo, variant and parameters.
    pub fn info(&self) -> &RunInfo {
        &self.handle.info
    }

    /// The time on the run's stopwatch; it stands still once the run has ended.
    pub fn time(&self, now: Instant) -> Duration {
        let ended = self.log.finished().map(|(at, _)| *at);
        ended.unwrap_or_else(|| self.on_stopwatch(now))
    }

    /// The demo with the run's parameters.
    pub fn demo(&self) -> &dyn Demo {
        self.demo.as_ref()
    }

    /// The run's recording, as its playhead sees it.
    pub fn recording(&self, now: Instant) -> Recording<'_> {
        Recording {
            log: &self.log,
            end: self.time(now),
            live: true,
        }
    }

    fn on_stopwatch(&self, at: Instant) -> Duration {
        at.saturating_duration_since(self.handle.origin())
    }

    /// How many cores the run may use now, if its demo has that parameter.
    pub fn cores(&self) -> u64 {
        self.cores
    }

    /// The ids of the run's living processes.
    pub fn living(&self) -> Vec<u32> {
        self.handle.living()
    }

    /// How often the run may ask for pictures.
    pub fn pace(&self) -> RedrawPolicy {
        self.variant.redraw
    }

    /// Whether the run's end has come and only its record is not closed yet.
    pub fn is_over(&self) -> bool {
        self.outcome.is_some()
    }
}

/// How many frames are painted between a run's end and the closing of its record. One frame ends the last gap. After a
/// freeze more are needed: the first frame's input was collected before the freeze, and only later frames bring the
/// presses that waited.
fn frames_to_close(place: RunsOn) -> u32 {
    match place {
        RunsOn::OwnThread => 1,
        RunsOn::UiThread => 3,
    }
}

/// A copy of a demo with its parameters, for runs to keep.
fn copy_of(demo: &dyn Demo) -> Option<Box<dyn Demo>> {
    let mut copy = (demos::find(demo.id())?.demo)();
    copy_params(demo, copy.as_mut());
    Some(copy)
}

impl Session {
    /// A session without runs.
    pub fn new(lab: Lab) -> Self {
        Self {
            lab,
            running: None,
            freezing: None,
            before_freeze: 0,
            twins: Twins::default(),
            queue: VecDeque::new(),
            begun: 0,
            turns: 0,
            history: VecDeque::new(),
            latest: HashMap::new(),
            cleared: HashMap::new(),
            draws: KeptDraws::default(),
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

    /// Whether the window's last picture before it freezes is being drawn.
    pub fn is_freezing(&self) -> bool {
        self.freezing.is_some()
    }

    /// Whether a run of `demo` is about to freeze the window.
    pub fn freezes_for(&self, demo: DemoId) -> bool {
        let freezing = self.freezing.as_ref();
        freezing.is_some_and(|(asked, _)| asked.id() == demo)
    }

    /// Whether a run goes on, or is about to begin.
    pub fn is_busy(&self) -> bool {
        self.running.is_some() || self.is_freezing()
    }

    /// The two small windows.
    pub fn twins(&self) -> &Twins {
        &self.twins
    }

    /// The two small windows, to be changed.
    pub fn twins_mut(&mut self) -> &mut Twins {
        &mut self.twins
    }

    /// Whether Download starts the small windows' downloads instead of a run.
    pub fn runs_in_twins(&self, demo: &DemoState) -> bool {
        self.twins.are_open() && demo.buttons() == Buttons::Download
    }

    /// The latest finished run of this variant.
    pub fn latest_of(&self, demo: DemoId, variant: VariantId) -> Option<&Finished> {
        self.latest.get(&(demo, variant))
    }

    /// The latest finished run of the chosen variant.
    pub fn latest(&self, demo: &DemoState) -> Option<&Finished> {
        self.latest_of(demo.id(), demo.variant())
    }

    fn latest_mut(&mut self, demo: &DemoState) -> Option<&mut Finished> {
        self.latest.get_mut(&(demo.id(), demo.variant()))
    }

    /// How many runs are over, of how many that were asked for at once; `None` if it was one alone.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let is_one_of_many = self.running.is_some() && self.turns > 1;
        is_one_of_many.then(|| (self.turns - self.queue.len() - 1, self.turns))
    }

    /// Runs the chosen variant, with the parameters of this moment.
    pub fn run(&mut self, demo: &DemoState) {
        match demo.runs_on() {
            RunsOn::UiThread => {
                let copy = copy_of(demo.demo()).filter(|_| self.running.is_none());
                self.freezing = copy.map(|copy| (copy, demo.variant()));
                self.before_freeze = 0;
            }
            RunsOn::OwnThread => self.start(demo.demo(), [demo.variant()]),
        }
    }

    /// Runs the chosen variant, and before it the one that it is compared with if that has no run yet.
    pub fn run_with_baseline(&mut self, demo: &DemoState) {
        let variant = demo.variant();
        let has_run = |baseline: &VariantId| {
            let mut known = self.runs_like(demo).into_iter();
            known.any(|record| record.is_done() && record.info.variant == *baseline)
        };
        let missing = demo.demo().spec().baseline;
        match missing.filter(|baseline| *baseline != variant && !has_run(baseline)) {
            Some(baseline) if demo.runs_on() == RunsOn::OwnThread => {
                self.start(demo.demo(), [baseline, variant]);
            }
            _ => self.run(demo),
        }
    }

    /// Begins the freeze itself: its last picture is on the screen, and the task takes this thread.
    pub fn begin_freeze(&mut self) {
        if let Some((demo, variant)) = self.freezing.take() {
            self.start(demo.as_ref(), [variant]);
        }
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
            // A new round begins when the first variant comes again.
            if variant == *first.get_or_insert(variant) {
                seed = draw.unwrap_or_else(rand::random);
            }
            (variant, seed)
        });
        self.queue = seeded.collect();
        self.turns = self.queue.len();
        if let Some(copy) = copy_of(demo) {
            self.start_next(copy);
        }
    }

    /// Opens the two small windows.
    pub fn open_twins(&mut self, ctx: &Context, demo: &dyn Demo, language: Language) {
        self.twins.open(&self.lab.program, ctx, demo, language);
    }

    fn start_next(&mut self, demo: Box<dyn Demo>) {
        let Some((id, seed)) = self.queue.pop_front() else {
            return;
        };
        let Some(&variant) = demo.variants().iter().find(|variant| variant.id == id) else {
            return;
        };
        self.cleared.remove(demo.id());
        let meter = FrameMeter::starting(Instant::now());
        let start = match variant.runs_on {
            RunsOn::OwnThread => run::start,
            RunsOn::UiThread => run::start_inline,
        };
        let handle = start(&self.lab, demo.as_ref(), id, seed);
        let demo_cores = handle.info.params.whole("cores");
        self.begun += 1;
        self.running = Some(Running {
            number: self.begun,
            demo,
            variant,
            handle,
            log: RunLog::default(),
            frames: Vec::new(),
            clicks: Vec::new(),
            meter,
            clicks_waiting: 0,
            about: None,
            about_clicked: None,
            by_input: false,
            cores: demo_cores,
            outcome: None,
            frames_since_outcome: 0,
            frames_to_close: frames_to_close(variant.runs_on),
            playhead: Playhead::default(),
        });
    }

    /// Starts one run of `variant`, with `set` in the place of the parameters of these names. Nothing happens while
    /// another run goes on that does not give way. With `steer` the run goes on by input only, and these are its first
    /// inputs.
    pub fn start_with(
        &mut self,
        demo: &dyn Demo,
        variant: VariantId,
        set: &[(&'static str, String)],
        steer: Option<Vec<Input>>,
    ) {
        self.end_run_by_input();
        let Some(mut copy) = copy_of(demo).filter(|_| self.running.is_none()) else {
            return;
        };
        for (name, text) in set {
            let set = set_param(copy.as_mut(), name, text);
            // A stage asks only for values that its demo takes.
            debug_assert_eq!(set, Ok(()));
        }
        // A run that goes on by input keeps to no parameter that could be checked.
        if steer.is_none() && copy.check(variant).is_err() {
            return;
        }
        self.queue = [(variant, rand::random())].into();
        self.turns = 1;
        self.start_next(copy);
        if let (Some(running), Some(inputs)) = (&mut self.running, steer) {
            running.by_input = true;
            self.send_inputs(&inputs);
        }
    }

    /// Sends inputs to the present run.
    pub fn send_inputs(&self, inputs: &[Input]) {
        if let Some(running) = &self.running {
            inputs
                .iter()
                .for_each(|input| running.handle.send_input(*input));
        }
    }

    /// Whether the present run goes on by input only.
    pub fn goes_by_input(&self) -> bool {
        self.running
            .as_ref()
            .is_some_and(|running| running.by_input)
    }

    /// Ends a run that goes on by input only, without keeping a record of it.
    pub fn end_run_by_input(&mut self) {
        self.running.take_if(|running| running.by_input);
    }

    /// Limits the run that goes on to so many cores, and the runs that follow in its turn as well.
    pub fn limit_cores(&mut self, cores: u64) {
        if let Some(running) = &mut self.running {
            running.handle.limit_cores(cores);
            running.cores = cores;
            // This copy is for the runs to come; the present run keeps the parameters that it was started with.
            drop(set_param(
                running.demo.as_mut(),
                "cores",
                &cores.to_string(),
            ));
        }
    }

    /// Kills a process of the run that goes on; one that has ended meanwhile needs no killing.
    pub fn kill(&self, pid: u32) {
        if let Some(running) = &self.running {
            running.handle.kill(pid);
        }
    }

    /// Ends the run that goes on, and forgets the runs to come.
    pub fn stop(&mut self) {
        self.queue.clear();
        if let Some(running) = &self.running {
            running.handle.cancel();
        }
    }

    /// Clears the runs of `demo` away: its records, and with them picture and result. They are kept until its next run.
    pub fn clear(&mut self, demo: DemoId) {
        if self.goes_by_input() && self.running_of(demo).is_some() {
            self.end_run_by_input();
        }
        let history = std::mem::take(&mut self.history);
        let (records, others) = history
            .into_iter()
            .partition::<VecDeque<_>, _>(|record| record.info.demo == demo);
        self.history = others;
        let latest = self.latest.extract_if(|(of, _), _| *of == demo);
        let latest: Vec<_> = latest.map(|(_, finished)| finished).collect();
        if !(records.is_empty() && latest.is_empty() && self.can_undo_clear(demo)) {
            let records = records.into();
            self.cleared.insert(demo, Cleared { records, latest });
        }
    }

    /// Whether runs of `demo` were cleared away that can come back.
    pub fn can_undo_clear(&self, demo: DemoId) -> bool {
        self.cleared.contains_key(demo)
    }

    /// Brings the runs of `demo` back that were cleared away.
    pub fn undo_clear(&mut self, demo: DemoId) {
        let Some(Cleared { records, latest }) = self.cleared.remove(demo) else {
            return;
        };
        // The order of runs matters within a demo alone.
        self.history.extend(records);
        let key = |finished: &Finished| (finished.info.demo, finished.info.variant);
        let latest = latest
            .into_iter()
            .map(|finished| (key(&finished), finished));
        self.latest.extend(latest);
    }

    /// Takes in the run's events since the last frame. Closes its record one painted frame after its end, so that the
    /// frame which ended a freeze is measured too, or at once while the window is `hidden` and paints none. Then the
    /// next run may start. Returns the demo and variant of a run whose record was closed.
    pub fn advance(
        &mut self,
        now: Instant,
        slow_replay: bool,
        hidden: bool,
    ) -> Option<(DemoId, VariantId)> {
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
        // A replay is left out while more runs are to come: the next would cut it off.
        let slow_replay = slow_replay && self.queue.is_empty();
        finished.playhead.run_ended(now, &finished.log, slow_replay);
        if !finished.record.is_done() {
            self.queue.clear();
        }
        let ended = self.keep(finished);
        self.start_next(demo);
        Some(ended)
    }

    /// Adds a run that is over. Returns its demo and variant.
    fn keep(&mut self, finished: Finished) -> (DemoId, VariantId) {
        self.history.push_back(finished.record.clone());
        if self.history.len() > HISTORY {
            self.history.pop_front();
        }
        let of = (finished.info.demo, finished.info.variant);
        self.latest.insert(of, finished);
        of
    }

    /// Takes in a run of a file, held at the moment `at` or else at its end.
    pub fn take_in(&mut self, run: RecordedRun, at: Option<Duration>) {
        let RecordedRun { record, log } = run;
        self.draws.take_in(&record.info);
        let mut playhead = Playhead::default();
        if let Some(at) = at {
            let recording = Recording::of_finished(&log);
            playhead.seek(Seek::To(at), Instant::now(), &recording);
        }
        self.begun += 1;
        self.keep(Finished {
            number: self.begun,
            info: record.info.clone(),
            log,
            frames: Vec::new(),
            clicks: Vec::new(),
            record,
            playhead,
        });
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

    /// Finished runs of `demo` with its present parameters, oldest first.
    pub fn runs_like(&self, demo: &DemoState) -> Vec<&Record> {
        self.comparable(demo.id(), &demo.params())
    }

    /// The record of the latest run, while it is being replayed for the first time.
    pub fn unseen(&self, now: Instant) -> Option<&Record> {
        let record = self.history.back()?;
        let finished = self.latest_of(record.info.demo, record.info.variant)?;
        let is_unseen = finished.playhead.is_first_replay(now, finished.log.end());
        (is_unseen && self.running.is_none()).then_some(record)
    }

    /// The number of the run that is shown of a demo: that of the one that goes on, or of the chosen variant's latest.
    pub fn shown_number(&self, demo: &DemoState) -> Option<u64> {
        let running = self.running_of(demo.id()).map(|running| running.number);
        running.or_else(|| Some(self.latest(demo)?.number))
    }

    /// Finished runs of `demo` with any parameters, oldest first.
    pub fn records(&self, demo: DemoId) -> impl Iterator<Item = &Record> {
        let all = self.history.iter();
        all.filter(move |record| record.info.demo == demo)
    }

    /// How many finished runs of `demo` there are, with any parameters.
    pub fn count(&self, demo: DemoId) -> usize {
        self.records(demo).count()
    }
}

/// The playhead of the shown run of a demo.
impl Session {
    /// Moves the playhead.
    pub fn seek(&mut self, demo: &DemoState, seek: Seek, now: Instant) {
        if self.twins.seek(demo.id(), seek, now) {
            return;
        }
        if let Some(running) = &mut self.running
            && running.info().demo == demo.id()
        {
            let mut playhead = running.playhead.clone();
            playhead.seek(seek, now, &running.recording(now));
            running.playhead = playhead;
        } else if let Some(finished) = self.latest_mut(demo) {
            let recording = Recording::of_finished(&finished.log);
            finished.playhead.seek(seek, now, &recording);
        }
    }

    /// Plays the latest finished run from its beginning, slowly, if it is short enough.
    pub fn replay(&mut self, demo: &DemoState, now: Instant) {
        if let Some(finished) = self.latest_mut(demo) {
            finished.playhead = Playhead::replaying(now, &finished.log);
        }
    }

    /// Replays the incident of the latest finished run event by event. Returns whether there was an incident.
    pub fn replay_incident(&mut self, demo: &DemoState, now: Instant) -> bool {
        if self.running_of(demo.id()).is_some() {
            return false;
        }
        let Some(finished) = self.latest_mut(demo) else {
            return false;
        };
        let incident = demo.demo().incident(&finished.record, &finished.log);
        let is_any = incident.is_some();
        if let Some(incident) = incident {
            finished.playhead.replay_incident(now, incident);
        }
        is_any
    }

    /// Leaves the incident's replay, with the playhead at the end. Returns whether there is a run of the chosen
    /// variant.
    pub fn leave_incident(&mut self, demo: &DemoState) -> bool {
        let finished = self.latest_mut(demo);
        finished
            .map(|finished| finished.playhead.leave_incident())
            .is_some()
    }

    fn in_incident(&self, demo: &DemoState) -> Option<&Finished> {
        let finished = self.latest(demo)?;
        let is_shown = self.running_of(demo.id()).is_none();
        (is_shown && finished.playhead.replays_incident()).then_some(finished)
    }

    /// Whether an incident is being replayed on the page that is shown.
    pub fn replays_incident(&self, demo: &DemoState) -> bool {
        self.in_incident(demo).is_some()
    }

    /// The step that an incident's replay marks: that of the event that it shows, `Some(None)` before the first event.
    /// `None` while no incident is replayed.
    pub fn marked_by_incident(&self, demo: &DemoState, now: Instant) -> Option<Option<Marked>> {
        let finished = self.in_incident(demo)?;
        let incident = finished.playhead.incident(now, finished.log.end())?;
        Some(incident.key_event().map(|(_, key_event)| {
            Marked {
                step: key_event.step,
                span: key_event
                    .span(&finished.log)
                    .map(|span| (key_event.track, span)),
            }
        }))
    }

    /// How often the run that goes on, or the replay that is shown, may ask for pictures; `None` at rest.
    pub fn pace(&self, demo: &DemoState, now: Instant) -> Option<RedrawPolicy> {
        if self.is_freezing() {
            return Some(RedrawPolicy::Smooth);
        }
        if let Some(running) = &self.running {
            return Some(running.pace()).filter(|_| !self.holds_picture(demo));
        }
        if self.twins.move_on(now) {
            return Some(RedrawPolicy::Smooth);
        }
        let finished = self.latest(demo)?;
        let moves = finished.playhead.moves(now, finished.log.end());
        moves.then_some(RedrawPolicy::Smooth)
    }

    /// Whether the picture of the run that goes on is held, so that nothing in it moves. The frames of a run that
    /// measures frames are drawn all the same.
    pub fn holds_picture(&self, demo: &DemoState) -> bool {
        let running = self.running_of(demo.id());
        running.is_some_and(|running| running.playhead.is_held() && !running.is_over())
            && demo.buttons() == Buttons::Run
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
            number: self.number,
            info,
            log: self.log,
            frames: self.frames,
            clicks: self.clicks,
            record,
            playhead: self.playhead,
        };
        (self.demo, finished)
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
