//! The Download button: the same slow task on the UI thread and on a thread of its own.
//!
//! *What it shows:* while the thread that draws the window is busy with a task, nothing is drawn and
//! clicks wait; handed to a worker thread, the same task leaves the window alone.
//! *What to look for on the timeline:* one sleeping bar in both variants, and the window's pictures
//! beside it: none, or one every few milliseconds.
//! *The primitives:* a named [`std::thread`], and a channel ([`crossbeam_channel`]) on which it reports back.

mod lesson;
mod listing;
#[cfg(feature = "window")]
pub mod stage;
pub mod twins;

use std::time::Duration;

use crate::lab::demo::budget::share_of_seconds;
use crate::lab::demo::param::Param;
use crate::lab::demo::value::{Measure, Unit, Value};
use crate::lab::demo::{
    Budget, Definition, Highlight, JobOutput, Spec, Variant, VariantId, VariantRow, Work,
};
use crate::lab::run::error::RunError;
use crate::lab::run::{RunCtx, Summary};
use crate::lab::trace::event::{Step, TrackName};
use crate::lab::trace::record::HostMeasures;

/// The task sleeps, as a download waits for the network.
pub const DOWNLOAD: Step = Step("download");

/// How often the task reports its progress.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// The demo with its parameters.
#[derive(Clone, Debug)]
pub struct ResponsiveUi {
    seconds: f64,
}

impl Default for ResponsiveUi {
    fn default() -> Self {
        Self { seconds: 10.0 }
    }
}

impl Definition for ResponsiveUi {
    const SPEC: &'static Spec = &Spec {
        id: "responsive_ui",
        measures: &[
            Measure::new("longest_frame_gap_seconds", Unit::Seconds).graphed(),
            Measure::new("frames", Unit::Count),
            Measure::new("clicks_waiting", Unit::Count),
        ],
        // A download takes as long as its parameter says, frozen or not.
        time: None,
        steps: &[DOWNLOAD, twins::DRAW],
        highlight: Highlight::new("ui_thread", 1.0),
        ..Spec::EMPTY
    };

    const VARIANTS: &'static [VariantRow<Self>] = &[
        // The variants differ only in the thread of the job.
        Variant::on_ui_thread("ui_thread").runs(download, listing::UI_THREAD),
        Variant::smooth("worker_thread").runs(download, listing::WORKER_THREAD),
    ];
}

impl Work for ResponsiveUi {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        vec![Param::seconds("seconds", 0.1..=600.0, &mut self.seconds)]
    }

    fn measure_host(&self, summary: &mut Summary, host: &HostMeasures) {
        summary.measures.extend([
            (
                "longest_frame_gap_seconds",
                Value::from(host.longest_frame_gap),
            ),
            ("frames", Value::from(host.frames)),
            ("clicks_waiting", Value::from(host.clicks_waiting)),
        ]);
    }
}

impl Budget for ResponsiveUi {
    fn expected(&self, _variant: VariantId) -> Option<Duration> {
        Some(Duration::from_secs_f64(self.seconds))
    }

    fn shorten(&mut self, share: f64) {
        self.seconds = share_of_seconds(self.seconds, share);
    }
}

/// The slow task. It stands in for a download: it waits, and needs no core.
fn download(demo: &ResponsiveUi, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let track = ctx.track(TrackName::only("task"));
    let _sleeping = track.sleeping(DOWNLOAD);
    let length = Duration::from_secs_f64(demo.seconds);
    let (begun, total) = (ctx.now(), length.as_millis() as u64);
    loop {
        let done = ctx.now().saturating_sub(begun);
        track.progress((done.as_millis() as u64).min(total), total);
        match length.checked_sub(done) {
            None | Some(Duration::ZERO) => return Ok(JobOutput::default()),
            Some(left) => ctx.sleep(left.min(REPORT_EVERY))?, // step: download
        }
    }
}
