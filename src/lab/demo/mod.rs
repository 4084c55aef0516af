//! What a demo is: variants, parameters, questions, and a job that runs.

pub mod budget;
pub mod incident;
pub mod listing;
pub mod number;
pub mod param;
pub mod question;
pub mod value;
pub mod verdict;

use std::time::Duration;

use super::run::{RunCtx, RunInfo, Summary};
use crate::lab::process::worker_pool::WorkerTask;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::Step;
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::{HostMeasures, Record};
use incident::Incident;
use listing::Listing;
use param::{Param, ParamError, Params};
pub use question::{Choice, Question, Vote};
use value::{Measure, Unit, Value};

/// `"bank_lock"`: on the command line, in exported data, in text keys and in test names.
pub type DemoId = &'static str;
/// `"no_lock"`: the same for a variant.
pub type VariantId = &'static str;

/// How often a run may ask the window for a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedrawPolicy {
    /// The run sleeps or waits: pictures may flow.
    Smooth,
    /// The run times the cores: pictures are few, or they would be what is timed.
    Quiet,
}

/// Where the job runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunsOn {
    /// On a thread of its own.
    OwnThread,
    /// On the thread that draws the window, which therefore stands still meanwhile.
    UiThread,
}

/// One way to do a demo's work.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// Its name.
    pub id: VariantId,
    /// How often pictures may be asked for.
    pub redraw: RedrawPolicy,
    /// Where the job runs.
    pub runs_on: RunsOn,
}

impl Variant {
    /// Sleeps or waits, on a thread of its own.
    pub const fn smooth(id: VariantId) -> Self {
        Self {
            id,
            redraw: RedrawPolicy::Smooth,
            runs_on: RunsOn::OwnThread,
        }
    }

    /// Times the cores, on a thread of its own.
    pub const fn quiet(id: VariantId) -> Self {
        Self {
            id,
            redraw: RedrawPolicy::Quiet,
            runs_on: RunsOn::OwnThread,
        }
    }

    /// Runs on the UI thread.
    pub const fn on_ui_thread(id: VariantId) -> Self {
        Self {
            id,
            redraw: RedrawPolicy::Smooth,
            runs_on: RunsOn::UiThread,
        }
    }
}

/// A text key and the figures that go into it: a sentence that no one has put into words yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Text key.
    pub key: String,
    /// Figures by name.
    pub args: Vec<(&'static str, Value)>,
}

impl Sentence {
    /// A sentence without figures.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            args: Vec::new(),
        }
    }

    /// With one more figure.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// The one figure of a run that matters, to be shown very large.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFigure {
    /// The number with its unit, and nothing else.
    pub figure: Sentence,
    /// What it is, in a few words.
    pub words: Sentence,
}

/// How the values of a sweep are spread along a graph's axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Equal steps are equally far apart.
    Linear,
    /// Equal factors are equally far apart.
    Doubling,
}

/// A curve of a sweep's points in the graph, one per variant, in the place of bars. The vertical axis is
/// linear and begins at zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The swept figure, from left to right; points without it are not drawn.
    pub x: &'static str,
    /// How it is spread.
    pub spread: Spread,
    /// What was measured there, from bottom to top.
    pub y: &'static str,
    /// The unit of `y`.
    pub unit: Unit,
    /// Whether the line y = x is drawn: every worker as good as one alone.
    pub ideal: bool,
    /// Measures of the run that are drawn as levels: the number of cores.
    pub levels: &'static [&'static str],
}

/// The one look at a demo that tells most about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Telling {
    /// At a run of this variant.
    pub variant: VariantId,
    /// At this moment of its slow replay, if it has one: from 0, its beginning, to 1, its end.
    pub moment: f64,
}

/// A job: runs once, reports through the context, returns its measures.
pub type Job = Box<dyn FnOnce(&RunCtx) -> Result<Findings, RunError> + Send>;

/// What a job found out. Phases and wall time are the context's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Measures by name, in the demo's order.
    pub measures: Vec<(&'static str, Value)>,
    /// Figures for the sentence that says what happened; not exported.
    pub details: Vec<(&'static str, Value)>,
}

/// A demo without its picture.
pub trait Demo: Send {
    /// Its name.
    fn id(&self) -> DemoId;
    /// Its variants, in teaching order.
    fn variants(&self) -> &'static [Variant];
    /// What it measures beside wall time.
    fn measures(&self) -> &'static [Measure];
    /// Every step that its tracks can show; what a worker process sends must be among them.
    fn steps(&self) -> &'static [Step];
    /// Its parameters in the order in which they are shown, each with its value.
    fn param_list(&mut self) -> Vec<Param<'_>>;
    /// A copy of the parameters' values.
    fn params(&self) -> Params;
    /// Parameters against each other and against this machine, before a run of `variant`.
    fn check(&self, _variant: VariantId) -> Result<(), ParamError> {
        Ok(())
    }
    /// Makes the runs shorter: to about `share` (between 0 and 1) of what they take now, as far as the
    /// parameters' ranges allow. For whoever has little time: a tour, or a test.
    fn shorten(&mut self, _share: f64) {}
    /// What tells most about this demo at a glance.
    fn telling(&self) -> Telling {
        Telling {
            variant: self.variants().first().map_or("", |variant| variant.id),
            moment: 1.0,
        }
    }
    /// How long a run will take, as far as the parameters tell.
    fn expected(&self, _variant: VariantId) -> Option<Duration> {
        None
    }
    /// Measures how many times as long as [`Demo::expected`] says this demo's computing takes on this
    /// machine: a function that keeps one core busy for a fraction of a second. `None` if its runs take as
    /// long on any machine.
    fn slowness(&self) -> Option<fn() -> f64> {
        None
    }
    /// Sets waits and sizes that suit a class, on a machine of this slowness: of a demo with the lesson's
    /// values, which stay where they suit.
    fn for_class(&mut self, _slowness: f64) {}
    /// The questions with the present parameters' numbers in them, in teaching order.
    fn questions(&self) -> Vec<Question>;
    /// What a class votes on in a lesson, in teaching order: every question, unless the demo chooses.
    fn votes(&self) -> Vec<Vote> {
        self.questions().iter().map(Vote::on).collect()
    }
    /// What a measure would be if nothing were missing: where its scale ends in the graph, however
    /// little came out.
    fn full_value(&self, _measure: &str) -> Option<f64> {
        None
    }
    /// Measures in seconds that the graph draws as lines across all times: the longest of several
    /// tasks, and their sum. They are the latest run's.
    fn lines(&self) -> &'static [&'static str] {
        &[]
    }
    /// What the graph draws of a sweep's points; none for demos that do not sweep.
    fn charts(&self) -> &'static [Chart] {
        &[]
    }
    /// The variant that `speedup` compares with, for demos that measure it.
    fn baseline(&self) -> Option<VariantId> {
        None
    }
    /// Whether a run of the baseline with the parameters `baseline` did the same work as one with `other`.
    fn is_same_work(&self, baseline: &Params, other: &Params) -> bool {
        baseline == other
    }
    /// What chance with this seed gives to a run, where that is a part of the task: all variants and runs then have
    /// the same, until someone asks for another draw. `None` where it is not.
    fn draw(&self, _seed: u64) -> Option<Vec<Duration>> {
        None
    }
    /// The work of one variant with a snapshot of the parameters.
    fn job(&self, variant: VariantId) -> Job;
    /// Adds what only the host of the run could measure: frames, gaps, clicks.
    fn measure_host(&self, _summary: &mut Summary, _host: &HostMeasures) {}
    /// Adds what only the recording of the run tells.
    fn measure_log(&self, _summary: &mut Summary, _info: &RunInfo, _log: &RunLog) {}
    /// Whether other programs had so much of the cores that `record` is no measure for other runs.
    fn is_disturbed(&self, _record: &Record) -> bool {
        false
    }
    /// The code of a variant, as it is shown beside its runs, with the present parameters.
    fn listing(&self, _variant: VariantId) -> Listing {
        Listing::default()
    }
    /// What happened, with the run's figures. `earlier` are the runs before it with the same parameters.
    fn result(&self, record: &Record, earlier: &[&Record]) -> Vec<Sentence>;
    /// The one figure of `record`'s run that matters; `None` if it came to none.
    fn key_figure(&self, _record: &Record) -> Option<KeyFigure> {
        None
    }
    /// What is there of a run that failed, with its figures; follows the sentence that says why it did.
    fn partial(&self, _record: &Record) -> Vec<Sentence> {
        Vec::new()
    }
    /// The mishap that the result names, taken apart; `None` where nothing went wrong.
    fn incident(&self, _record: &Record, _log: &RunLog) -> Option<Incident> {
        None
    }
    /// What a worker process of this demo does with one task.
    fn work(&self, task: WorkerTask, _ctx: &RunCtx) -> Result<serde_json::Value, RunError> {
        Err(RunError::WorkerFailed {
            pid: std::process::id(),
            message: format!(
                "{} has no work for a worker process: {}",
                self.id(),
                task.value
            ),
        })
    }
}

/// A copy of the parameters' values, for `Demo::params`.
pub fn collect_params<D: Demo + Clone>(demo: &D) -> Params {
    let mut demo = demo.clone();
    let params = demo.param_list();
    let values = params.iter().map(|param| (param.spec.name, param.value()));
    Params(values.collect())
}

/// Sets the parameter `name` from text, or says what is wrong with it and changes nothing.
pub fn set_param(demo: &mut dyn Demo, name: &str, text: &str) -> Result<(), ParamError> {
    let mut params = demo.param_list();
    match params.iter_mut().find(|param| param.spec.name == name) {
        Some(param) => param.set(text),
        None => Err(ParamError::Unknown {
            name: name.to_owned(),
            allowed: params.iter().map(|param| param.spec.name).collect(),
        }),
    }
}

/// Gives `to`, a demo of the same kind, the parameters of `from`.
pub fn copy_params(from: &dyn Demo, to: &mut dyn Demo) {
    take_params(to, &from.params());
}

/// Gives `demo` these parameters, which are of a demo of the same kind.
pub fn take_params(demo: &mut dyn Demo, params: &Params) {
    for (name, value) in &params.0 {
        let copied = set_param(demo, name, &value.to_string());
        debug_assert_eq!(copied, Ok(()), "a demo refuses its own parameters");
    }
}
