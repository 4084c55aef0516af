//! The names that a trace may hold. They live as long as the program, so a file can bring no others.

use crate::lab::demo::Spec;
use crate::lab::demo::param::ParamError;
use crate::lab::demo::value::{RunDetails, StoredDetails};
use crate::lab::machine::cores::CORES;
use crate::lab::process::wire::HELD;
use crate::lab::run::stopwatch::COMPUTE;
use crate::lab::trace::event::{LOST, Step};
use crate::lab::trace::track_info::NOUNS;

/// Figures of a run that no demo lists.
const FIGURES: [&str; 2] = ["wall_seconds", "speedup"];

/// What is wrong with a run in a trace.
#[derive(Debug, PartialEq)]
pub enum Fault {
    /// Another version of this program wrote it, in a form of this number.
    Version(u32),
    /// No such demo.
    Demo(String),
    /// The demo has no such variant.
    Variant(String),
    /// The demo does not take the parameter.
    Param(ParamError),
    /// The demo has no such step.
    Step(String),
    /// It has no such figure.
    Figure(String),
    /// It has no such kind of track.
    Noun(String),
    /// It has no such details, or they can't be read.
    Details(String),
    /// This is not a number, or too large.
    Number(String),
    /// An event stands before the track that it is on, or the run that its track is of.
    Stray,
    /// Not as many tracks as the run had.
    Tracks,
    /// Times that no log can have, or more of them than it keeps.
    Order,
    /// A field is missing, or is not of its kind; the reader's words.
    Field(String),
}

/// The names that runs of one demo may bear.
#[derive(Clone, Copy)]
pub(super) struct Known(pub(super) &'static Spec);

impl Known {
    pub(super) fn step(self, name: String) -> Result<Step, Fault> {
        let steps = self.0.steps.iter().chain(&[LOST, HELD, CORES, COMPUTE]);
        let found = steps.copied().find(|step| step.name() == name);
        found.ok_or(Fault::Step(name))
    }

    pub(super) fn figure(self, name: String) -> Result<&'static str, Fault> {
        let Spec {
            measures,
            charts,
            names,
            ..
        } = self.0;
        let measures = measures.iter().map(|measure| measure.name);
        let charts = charts.iter().flat_map(|chart| [chart.x, chart.y]);
        let mut figures = measures
            .chain(charts)
            .chain(names.iter().copied())
            .chain(FIGURES);
        let found = figures.find(|known| *known == name);
        found.ok_or(Fault::Figure(name))
    }

    pub(super) fn noun(self, name: String) -> Result<&'static str, Fault> {
        let mut nouns = NOUNS.iter().chain(self.0.names).copied();
        nouns.find(|known| *known == name).ok_or(Fault::Noun(name))
    }

    pub(super) fn details(self, stored: StoredDetails) -> Result<RunDetails, Fault> {
        let mut readers = self.0.details.iter();
        let reader = readers.find(|reader| reader.name == stored.name);
        let read = reader.and_then(|reader| (reader.read)(stored.value).ok());
        read.ok_or(Fault::Details(stored.name))
    }
}
