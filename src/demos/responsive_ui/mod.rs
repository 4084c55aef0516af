//! The Download button: the same slow task on the UI thread and on a thread of its own.
//!
//! *What it shows:* while the thread that draws the window is busy with a task, nothing is drawn and
//! clicks wait; handed to a worker thread, the same task leaves the window alone.
//! *What to look for on the timeline:* one sleeping bar in both variants, and the window's pictures
//! beside it: none, or one every few milliseconds.
//! *The primitives:* a named [`std::thread`], and a channel ([`crossbeam_channel`]) on which it reports back.

mod listing;
mod questions;
#[cfg(feature = "window")]
pub mod stage;
pub mod twins;

use std::time::Duration;

use crate::lab::demo::budget::share_of_seconds;
use crate::lab::demo::listing::Listing;
use crate::lab::demo::param::{Param, Params};
use crate::lab::demo::value::{Measure, Unit, Value};
use crate::lab::demo::{
    self, Demo, DemoId, Findings, Job, KeyFigure, Question, Sentence, Telling, Variant, VariantId,
};
use crate::lab::run::error::RunError;
use crate::lab::run::{RunCtx, Summary};
use crate::lab::trace::event::{Step, TrackName};
use crate::lab::trace::record::{HostMeasures, Record};

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

impl Demo for ResponsiveUi {
    fn id(&self) -> DemoId {
        "responsive_ui"
    }

    fn variants(&self) -> &'static [Variant] {
        const ALL: &[Variant] = &[
            Variant::on_ui_thread("ui_thread"),
            Variant::smooth("worker_thread"),
        ];
        ALL
    }

    fn measures(&self) -> &'static [Measure] {
        const ALL: &[Measure] = &[
            Measure {
                name: "longest_frame_gap_seconds",
                unit: Unit::Seconds,
                graphed: true,
            },
            Measure {
                name: "frames",
                unit: Unit::Count,
                graphed: false,
            },
            Measure {
                name: "clicks_waiting",
                unit: Unit::Count,
                graphed: false,
            },
        ];
        ALL
    }

    fn steps(&self) -> &'static [Step] {
        &[DOWNLOAD, twins::DRAW]
    }

    fn param_list(&mut self) -> Vec<Param<'_>> {
        vec![Param::seconds("seconds", 0.1..=600.0, &mut self.seconds)]
    }

    fn params(&self) -> Params {
        demo::collect_params(self)
    }

    fn shorten(&mut self, share: f64) {
        self.seconds = share_of_seconds(self.seconds, share);
    }

    fn telling(&self) -> Telling {
        Telling {
            variant: "ui_thread",
            moment: 1.0,
        }
    }

    fn expected(&self, _variant: VariantId) -> Option<Duration> {
        Some(Duration::from_secs_f64(self.seconds))
    }

    fn questions(&self) -> Vec<Question> {
        questions::questions(self)
    }

    /// One job for both variants: where it runs is all that differs.
    fn job(&self, _variant: VariantId) -> Job {
        let length = Duration::from_secs_f64(self.seconds);
        Box::new(move |ctx| download(length, ctx))
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

    fn listing(&self, variant: VariantId) -> Listing {
        listing::listing(self, variant)
    }

    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        questions::key_figure(record)
    }

    fn result(&self, record: &Record, earlier: &[&Record]) -> Vec<Sentence> {
        questions::result(record, earlier)
    }
}

/// The slow task. It stands in for a download: it waits, and needs no core.
fn download(length: Duration, ctx: &RunCtx) -> Result<Findings, RunError> {
    let track = ctx.track(TrackName::only("task"));
    let _sleeping = track.sleeping(DOWNLOAD);
    let (begun, total) = (ctx.now(), length.as_millis() as u64);
    loop {
        let done = ctx.now().saturating_sub(begun);
        track.progress((done.as_millis() as u64).min(total), total);
        match length.checked_sub(done) {
            None | Some(Duration::ZERO) => return Ok(Findings::default()),
            Some(left) => ctx.sleep(left.min(REPORT_EVERY))?, // step: download
        }
    }
}
