//! A host for runs, in the place of the window or the terminal.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use threadlab::demos;
use threadlab::lab::demo::value::Value;
use threadlab::lab::demo::{Demo, VariantId, set_param};
use threadlab::lab::run::{Lab, Outcome, RunHandle, Summary, start};
use threadlab::lab::trace::log::RunLog;

/// Nothing that these tests wait for takes anywhere near as long.
pub const LIMIT: Duration = Duration::from_secs(60);

pub fn lab() -> Lab {
    Lab {
        program: PathBuf::from(env!("CARGO_BIN_EXE_threadlab")),
        failpoint: None,
        attended: false,
        wake: Arc::new(|_| {}),
    }
}

pub fn demo(id: &str, params: &[(&str, &str)]) -> Box<dyn Demo> {
    let entry = demos::find(id).expect("a demo of this id");
    let mut demo = (entry.demo)();
    for (name, value) in params {
        set_param(demo.as_mut(), name, value).expect("a parameter of the demo");
    }
    demo
}

/// A run and its log so far.
pub struct Watched {
    pub run: RunHandle,
    pub log: RunLog,
}

impl Watched {
    pub fn start(lab: &Lab, demo: &dyn Demo, variant: VariantId) -> Self {
        Self {
            run: start(lab, demo, variant, 1),
            log: RunLog::default(),
        }
    }

    /// Takes in events until one makes `there` true.
    pub fn until(&mut self, there: impl Fn(&RunLog) -> bool) {
        while !there(&self.log) {
            assert!(
                self.log.finished().is_none(),
                "the run ended: {:?}",
                self.log.finished()
            );
            let event = self.run.wait(LIMIT).expect("an event");
            self.log.push(event);
        }
    }

    /// Takes in all events up to the last.
    pub fn finish(&mut self) -> Outcome {
        self.until(|log| log.finished().is_some());
        let (_, outcome) = self.log.finished().expect("its last event");
        outcome.clone()
    }
}

/// Runs to the end.
pub fn run(lab: &Lab, demo: &dyn Demo, variant: VariantId) -> (Outcome, RunLog) {
    let mut watched = Watched::start(lab, demo, variant);
    let outcome = watched.finish();
    (outcome, watched.log)
}

/// A figure that sentences may name: a measure, or one of the details.
pub fn said(summary: &Summary, name: &str) -> Option<Value> {
    let mut figures = summary.figures().into_iter();
    figures
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}
