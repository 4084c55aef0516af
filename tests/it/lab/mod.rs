//! The lab by itself, with jobs made for the test instead of a demo's.

mod cancel;
mod ending;
mod log;
mod params;
mod points;
mod record;
mod telling;
mod threads;

use std::sync::Arc;

use threadlab::lab::demo::listing::Code;
use threadlab::lab::demo::param::Param;
use threadlab::lab::demo::value::{Measure, Unit};
use threadlab::lab::demo::{
    Budget, Definition, JobOutput, Lesson, Question, Sentence, Spec, Variant, VariantRow, Work,
};
use threadlab::lab::run::error::RunError;
use threadlab::lab::run::{Outcome, RunCtx, RunHandle};
use threadlab::lab::trace::event::{Event, EventKind, Step};
use threadlab::lab::trace::record::Record;

use crate::headless::LIMIT;

const WORK: Step = Step("work");
const INNER: Step = Step("inner");

type SharedJob = Arc<dyn Fn(&RunCtx) -> Result<JobOutput, RunError> + Send + Sync>;

/// A demo whose job is whatever the test says.
#[derive(Clone)]
struct Probe {
    job: SharedJob,
    size: u64,
}

impl Probe {
    fn new(job: impl Fn(&RunCtx) -> Result<JobOutput, RunError> + Send + Sync + 'static) -> Self {
        Self {
            job: Arc::new(job),
            size: 1,
        }
    }
}

impl Definition for Probe {
    const SPEC: &'static Spec = &Spec {
        id: "probe",
        measures: &[Measure::new("speedup", Unit::Ratio)],
        steps: &[WORK, INNER],
        baseline: Some("alone"),
        ..Spec::EMPTY
    };
    const VARIANTS: &'static [VariantRow<Self>] = &[
        Variant::quiet("alone").runs(|probe, ctx| (probe.job)(ctx), Code::NONE),
        Variant::quiet("together").runs(|probe, ctx| (probe.job)(ctx), Code::NONE),
    ];
}

impl Work for Probe {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        vec![Param::whole("size", 1..=10, &mut self.size)]
    }
}

impl Lesson for Probe {
    fn questions(&self) -> Vec<Question> {
        Vec::new()
    }
    fn result(&self, _: &Record, _: &[&Record]) -> Vec<Sentence> {
        Vec::new()
    }
}

impl Budget for Probe {}

/// All events of a run up to its last, one at a time.
fn events_of(run: &RunHandle) -> Vec<Event> {
    let mut events = Vec::new();
    loop {
        let event = run.wait(LIMIT).expect("the run tells or ends");
        let is_last = matches!(event.kind, EventKind::Finished(_));
        events.push(event);
        if is_last {
            return events;
        }
    }
}

/// Waits for the end of a run.
fn outcome_of(run: &RunHandle) -> Outcome {
    match events_of(run).pop().map(|event| event.kind) {
        Some(EventKind::Finished(outcome)) => *outcome,
        other => panic!("the last event is {other:?}"),
    }
}
