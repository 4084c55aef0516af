//! The constants of a demo: variants, measures, steps, charts.

use super::value::{DetailsReader, Measure, Unit};
use crate::lab::trace::step::Step;

/// `"bank_lock"`: a demo's name on the command line, in exported data, in text keys and in test names.
pub type DemoId = &'static str;
/// `"no_lock"`: a variant's name in the same places.
pub type VariantId = &'static str;

/// How often the window is drawn while a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedrawPolicy {
    /// Often: the run sleeps or waits.
    Smooth,
    /// Seldom: the run times the cores, and drawing would be what is timed.
    Quiet,
}

/// The thread of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunsOn {
    /// A thread of its own.
    OwnThread,
    /// The thread that draws the window, which stands still meanwhile.
    UiThread,
}

/// One way to do a demo's work.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// Its name.
    pub id: VariantId,
    /// How often the window is drawn meanwhile.
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
            redraw: RedrawPolicy::Quiet,
            ..Self::smooth(id)
        }
    }

    /// Runs on the UI thread.
    pub const fn on_ui_thread(id: VariantId) -> Self {
        Self {
            runs_on: RunsOn::UiThread,
            ..Self::smooth(id)
        }
    }
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
    /// The measured figure, from bottom to top.
    pub y: &'static str,
    /// The unit of `y`.
    pub unit: Unit,
    /// Whether the line y = x is drawn: every worker as good as one alone.
    pub ideal: bool,
    /// Measures of the run that are drawn as levels: the number of cores.
    pub levels: &'static [&'static str],
}

/// The moment of a run that shows most of a demo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Highlight {
    /// The variant that is run.
    pub variant: VariantId,
    /// The moment of its slow replay, if it has one: from 0, its beginning, to 1, its end.
    pub moment: f64,
}

impl Highlight {
    /// This moment of a run of `variant`.
    pub const fn new(variant: VariantId, moment: f64) -> Self {
        Self { variant, moment }
    }
}

/// The constants of a demo, the same for all its runs.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Its name.
    pub id: DemoId,
    /// The measures beside wall time.
    pub measures: &'static [Measure],
    /// The measure, in seconds, that the graph shows as a run's time: `wall_seconds`, all of the time from the click, or
    /// one of `measures`. `None` where each run takes as long as its parameters say: such times tell the variants not
    /// apart.
    pub time: Option<&'static str>,
    /// Every step that its tracks can show; what a worker process sends must be among them.
    pub steps: &'static [Step],
    /// Measures in seconds that the graph draws as lines across all times: the longest of several
    /// tasks, and their sum. They are the latest run's.
    pub lines: &'static [&'static str],
    /// The curves of a sweep's points in the graph; none for demos that do not sweep.
    pub charts: &'static [Chart],
    /// The variant that `speedup` compares with, for demos that measure it.
    pub baseline: Option<VariantId>,
    /// Whether its runs start other processes, which a person may kill.
    pub processes: bool,
    /// The run and the moment that a tour shows.
    pub highlight: Highlight,
    /// Names that its runs have beside those of measures and charts: figures of a sweep's points and of sentences about
    /// a stuck run, and nouns of tracks that only this demo has. A trace is read back with known names alone.
    pub names: &'static [&'static str],
    /// The types of its runs' details.
    pub details: &'static [DetailsReader],
}

impl Spec {
    /// A demo that has nothing yet.
    pub const EMPTY: Self = Self {
        id: "",
        measures: &[],
        time: Some("wall_seconds"),
        steps: &[],
        lines: &[],
        charts: &[],
        baseline: None,
        processes: false,
        highlight: Highlight::new("", 1.0),
        names: &[],
        details: &[],
    };
}
