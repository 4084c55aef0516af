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

use threadlab::lab::demo::param::{Param, Params};
use threadlab::lab::demo::value::{Measure, Unit};
use threadlab::lab::demo::{Demo, DemoId, Findings, Job, Question, Sentence, Variant, VariantId};
use threadlab::lab::run::error::RunError;
use threadlab::lab::run::{Outcome, RunCtx, RunHandle};
use threadlab::lab::trace::event::{Event, EventKind, Step};
use threadlab::lab::trace::record::Record;

use crate::headless::LIMIT;

const WORK: Step = Step("work");
const INNER: Step = Step("inner");

type SharedJob = Arc<dyn Fn(&RunCtx) -> Result<Findings, RunError> + Send + Sync>;

/// A demo whose job is whatever the test says.
#[derive(Clone)]
struct Probe {
    job: SharedJob,
    size: u64,
}

impl Probe {
    fn new(job: impl Fn(&RunCtx) -> Result<Findings, RunError> + Send + Sync + 'static) -> Self {
        Self {
            job: Arc::new(job),
            size: 1,
        }
    }
}

impl Demo for Probe {
    fn id(&self) -> DemoId {
        "probe"
    }

    fn variants(&self) -> &'static [Variant] {
        const ALL: &[Variant] = &[Variant::quiet("alone"), Variant::quiet("together")];
        ALL
    }

    fn measures(&self) -> &'static [Measure] {
        const ALL: &[Measure] = &[Measure {
            name: "speedup",
            unit: Unit::Ratio,
            graphed: false,
        }];
        ALL
    }

    fn steps(&self) -> &'static [Step] {
        &[WORK, INNER]
    }

    fn param_list(&mut self) -> Vec<Param<'_>> {
        vec![Param::whole("size", 1..=10, &mut self.size)]
    }

    fn params(&self) -> Params {
        threadlab::lab::demo::collect_params(self)
    }

    fn questions(&self) -> Vec<Question> {
        Vec::new()
    }

    fn baseline(&self) -> Option<VariantId> {
        Some("alone")
    }

    fn job(&self, _variant: VariantId) -> Job {
        let job = Arc::clone(&self.job);
        Box::new(move |ctx| job(ctx))
    }

    fn result(&self, _record: &Record, _earlier: &[&Record]) -> Vec<Sentence> {
        Vec::new()
    }
}

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
