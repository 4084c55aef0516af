//! The columns beside each other: one thread alone, this run's towers, and those of the latest runs of other variants.

use super::moment::{Measured, Moment, Python, Tower};
use crate::lab::demo::VariantId;
use crate::lab::demo::value::Point;
use crate::lab::trace::record::Record;
use crate::text::Language;
use crate::widgets::stage::{RunView, Snapshot};

/// A tower with its name.
#[derive(Clone, Debug)]
pub struct Column {
    /// The name of the variant or the interpreter.
    pub name: String,
    /// The note on whether an interpreter has the lock.
    pub note: String,
    /// The tower in this column.
    pub stands: Stands,
    /// The work of all threads divided by that of one alone, once it is known.
    pub speedup: Option<f64>,
}

/// The tower in a column.
#[derive(Clone, Debug)]
pub enum Stands {
    /// The work of one thread alone, of which this share is done: the unit of all others.
    Alone(f32),
    /// This run's tower.
    Tower(Tower),
    /// There was a tower in an earlier run; only its height is known.
    Earlier,
}

impl Column {
    /// The column in words.
    pub fn words(&self) -> String {
        let mut words = vec![self.name.clone(), self.note.clone()];
        words.extend(self.number());
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }
}

impl Column {
    /// The number above the column.
    pub fn number(&self) -> Option<String> {
        match self.stands {
            Stands::Alone(_) => Some("W".to_owned()),
            _ => self.speedup.map(times),
        }
    }
}

/// A factor in the picture's digits: more than two decimals say nothing.
pub fn times(speedup: f64) -> String {
    let decimals = if speedup < 9.995 { 2 } else { 1 };
    format!("×{speedup:.decimals$}")
}

/// The columns from left to right: one thread alone, then one for each variant that has run, or for each of its
/// interpreters.
pub(super) fn columns(view: &RunView<'_>, mut moment: Option<Moment>) -> Vec<Column> {
    let language = view.language;
    let alone = match moment.as_ref().map(|moment| moment.towers.last()) {
        Some(Some(tower)) => tower.alone,
        Some(None) | None => 0.0,
    };
    let mut columns = vec![Column {
        name: language.text("global_lock-stage-line").into_owned(),
        note: String::new(),
        stands: Stands::Alone(alone),
        speedup: None,
    }];
    for variant in view.demo.variants() {
        let shown = view.shown.filter(|shown| shown.info.variant == variant.id);
        let of_variant = match (shown, moment.as_mut()) {
            (Some(shown), Some(moment)) => live(language, variant.id, &shown, moment),
            _ => view
                .shown
                .as_ref()
                .and_then(|shown| shown.latest(variant.id))
                .map_or_else(Vec::new, |record| earlier(language, record)),
        };
        columns.extend(of_variant);
    }
    columns
}

/// The columns of the run that is shown.
fn live(
    language: Language,
    variant: VariantId,
    shown: &Snapshot<'_>,
    moment: &mut Moment,
) -> Vec<Column> {
    let points: Vec<&Point> = shown.log.points_until(shown.now).collect();
    let of_run = Measured::of(shown.log, shown.now).map(|measured| measured.speedup);
    let towers = std::mem::take(&mut moment.towers).into_iter();
    towers
        .map(|tower| {
            let measured = match tower.python {
                Some(python) => points
                    .iter()
                    .find(|point| Python::of(point) == Some(python))
                    .and_then(|point| point.figure("speedup")),
                None => of_run,
            };
            let speedup = measured.or(tower.pace);
            let python = tower.python;
            column(language, variant, python, Stands::Tower(tower), speedup)
        })
        .collect()
}

fn earlier(language: Language, record: &Record) -> Vec<Column> {
    let variant = record.info.variant;
    let of = |python, speedup: Option<f64>| {
        speedup.map(|_| column(language, variant, python, Stands::Earlier, speedup))
    };
    if variant == "cpython" {
        let points = record.summary().points.iter();
        points
            .filter_map(|point| of(Python::of(point), point.figure("speedup")))
            .collect()
    } else {
        of(None, record.figure("speedup")).into_iter().collect()
    }
}

fn column(
    language: Language,
    variant: VariantId,
    python: Option<Python>,
    stands: Stands,
    speedup: Option<f64>,
) -> Column {
    let variant = language.text(&format!("global_lock-{variant}"));
    let (name, note) = match python {
        Some(Python { version, gil }) => {
            let key = if gil { "gil" } else { "no-gil" };
            let note = language.text(&format!("global_lock-stage-note-{key}"));
            let (major, minor) = (version / 1_000_000, version / 1000 % 1000);
            let name = format!("{variant} {major}.{minor}.{}", version % 1000);
            (name, note.into_owned())
        }
        None => (variant.into_owned(), String::new()),
    };
    Column {
        name,
        note,
        stands,
        speedup,
    }
}
