//! The table that `run` ends with: a row per variant, a column per measure; beneath it the points of
//! sweeps, and in words what happened.

use std::fmt::Write;

use super::grid::{grid, wrapped};
use crate::lab::demo::Demo;
use crate::lab::demo::value::{Measure, Unit, Value};
use crate::lab::trace::record::Record;
use crate::lab::trace::stats::{FiveNumbers, five_numbers};
use crate::text::{Language, grouped, significant, size};

/// The command line speaks English; the window has the languages.
const ENGLISH: Language = Language::English;
/// Titles of columns are broken beyond this many letters.
const TITLE_WIDTH: usize = 16;

/// All of one call's runs of `demo`, of which there is at least one.
pub(super) fn table(demo: &dyn Demo, records: &[Record]) -> String {
    let measures = measured(demo, records);
    let mut rows = vec![heading(demo, &measures)];
    rows.extend(variants(records).map(|runs| row(&measures, &runs)));
    let mut text = format!("{}\n\n{}\n", title(demo, records), grid(&rows));
    text.push_str(&points(demo, variants(records)));
    text.push_str("Result:\n");
    for runs in variants(records) {
        // Writing into a string never fails.
        writeln!(text, "  {}", sentence(demo, &runs, records)).ok();
    }
    text
}

/// The runs of one variant.
type Runs<'records> = Vec<&'records Record>;

fn variants(records: &[Record]) -> impl Iterator<Item = Runs<'_>> {
    let mut ids: Vec<_> = records.iter().map(|record| record.info.variant).collect();
    let mut seen = Vec::new();
    ids.retain(|id| {
        let new = !seen.contains(id);
        seen.push(*id);
        new
    });
    ids.into_iter().map(move |id| {
        let of_variant = |record: &&Record| record.info.variant == id;
        records.iter().filter(of_variant).collect()
    })
}

fn title(demo: &dyn Demo, records: &[Record]) -> String {
    let id = demo.id();
    let name = ENGLISH.text(&format!("{id}-title"));
    let params = demo.params();
    let params = params
        .0
        .iter()
        .map(|(name, value)| (name, value.to_string()))
        // A text that is not given has nothing to say.
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"));
    let seed = |record: Option<&Record>| record.map_or(0, |record| record.info.seed);
    let seeds = match (seed(records.first()), seed(records.last())) {
        (first, last) if first != last => format!("seeds {first} to {last}"),
        (first, _) => format!("seed {first}"),
    };
    let params: Vec<_> = params.collect();
    format!("{name} ({id})\n{}, {seeds}", params.join(" "))
}

/// The demo's measures without those that none of the runs was about.
fn measured(demo: &dyn Demo, records: &[Record]) -> Vec<Measure> {
    let any_done = records.iter().any(Record::is_done);
    let is_taken = |measure: &&Measure| {
        let mut records = records.iter();
        !any_done || records.any(|record| record.summary().measure(measure.name).is_some())
    };
    demo.spec()
        .measures
        .iter()
        .filter(is_taken)
        .copied()
        .collect()
}

fn heading(demo: &dyn Demo, measures: &[Measure]) -> Vec<String> {
    let time = ENGLISH.text("measure-wall_seconds").into_owned();
    let measures = measures.iter().map(|measure| {
        ENGLISH
            .text(&format!("{}-measure-{}", demo.id(), measure.name))
            .into_owned()
    });
    ["variant".to_owned(), "runs".to_owned(), time]
        .into_iter()
        .chain(measures)
        .map(|title| wrapped(&title, TITLE_WIDTH))
        .collect()
}

fn row(measures: &[Measure], runs: &Runs<'_>) -> Vec<String> {
    let done: Runs<'_> = runs.iter().copied().filter(|run| run.is_done()).collect();
    let walls: Vec<_> = done.iter().map(|run| Value::from(run.wall())).collect();
    let mut row = vec![
        runs[0].info.variant.to_owned(),
        counted(runs, done.len()),
        cell(&walls.iter().collect::<Vec<_>>(), Unit::Seconds),
    ];
    row.extend(measures.iter().map(|measure| {
        let values: Vec<_> = done
            .iter()
            .flat_map(|run| &run.summary().measures)
            .filter(|(name, _)| *name == measure.name)
            .map(|(_, value)| value)
            .collect();
        cell(&values, measure.unit)
    }));
    row
}

/// How many runs, and how many of them are not in the figures.
fn counted(runs: &Runs<'_>, done: usize) -> String {
    let mut text = done.to_string();
    for other in ["cancelled", "failed", "panicked"] {
        let count = runs
            .iter()
            .filter(|run| run.outcome.name() == other)
            .count();
        if count > 0 {
            write!(text, "\n{count} {other}").ok();
        }
    }
    text
}

/// The figure, or if there are several, their median with smallest and largest beneath.
fn cell(values: &[&Value], unit: Unit) -> String {
    let Some(first) = values.first() else {
        return "-".to_owned();
    };
    // Figures that all agree are shown as they are: a sum of 128 bits would not survive a median.
    if values.iter().all(|value| value == first) {
        return with_unit(ENGLISH.figure(first), unit);
    }
    let numbers: Vec<f64> = values.iter().filter_map(|value| value.as_f64()).collect();
    match five_numbers(&numbers) {
        Some(FiveNumbers {
            min, median, max, ..
        }) => {
            let plain = |number: f64| match first {
                Value::Count(_) | Value::About(_) if number.fract() == 0.0 => {
                    grouped(number as i128)
                }
                Value::Bytes(_) => size(number as u64),
                Value::Seconds(_) => ENGLISH.time(number),
                _ => significant(number),
            };
            let median = with_unit(plain(median), unit);
            format!("{median}\n[{} … {}]", plain(min), plain(max))
        }
        // Words that differ: there is nothing between them.
        None => "-".to_owned(),
    }
}

/// A figure as people write it with its unit, which times and bytes bring.
fn with_unit(figure: String, unit: Unit) -> String {
    match unit {
        Unit::Yuan => format!("{}{figure}", ENGLISH.text("unit-yuan")),
        Unit::Ratio => format!("{figure}×"),
        Unit::Count | Unit::Seconds | Unit::Bytes => figure,
    }
}

/// The points of each variant's last run, those of a run that was stopped as well; empty if there are none.
fn points<'runs>(demo: &dyn Demo, variants: impl Iterator<Item = Runs<'runs>>) -> String {
    let points: Vec<_> = variants
        .filter_map(|runs| runs.last().copied())
        .flat_map(|last| {
            let points = last.summary().points.iter();
            points.map(|point| (last.info.variant, point))
        })
        .collect();
    let mut names: Vec<&'static str> = Vec::new();
    for (name, _) in points.iter().flat_map(|(_, point)| &point.0) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return String::new();
    }
    let heading = names
        .iter()
        .map(|name| wrapped(&ENGLISH.point_title(demo.id(), name), TITLE_WIDTH));
    let heading = std::iter::once("variant".to_owned()).chain(heading);
    let mut rows: Vec<Vec<String>> = vec![heading.collect()];
    rows.extend(points.iter().map(|(variant, point)| {
        let cells = names.iter().map(|name| {
            let found = point.0.iter().find(|(known, _)| known == name);
            found.map_or_else(|| "-".to_owned(), |(_, value)| point_cell(value))
        });
        std::iter::once((*variant).to_owned())
            .chain(cells)
            .collect()
    }));
    format!("{}\n", grid(&rows))
}

fn point_cell(value: &Value) -> String {
    let unit = match value {
        Value::Seconds(_) => Unit::Seconds,
        Value::Ratio(_) => Unit::Ratio,
        Value::Bytes(_) => Unit::Bytes,
        Value::Count(_) | Value::About(_) | Value::Word(_) => Unit::Count,
    };
    with_unit(ENGLISH.figure(value), unit)
}

/// The outcome of the last run of a variant.
fn sentence(demo: &dyn Demo, runs: &Runs<'_>, records: &[Record]) -> String {
    let last = runs[runs.len() - 1];
    let earlier: Vec<_> = records
        .iter()
        .take_while(|record| !std::ptr::eq(*record, last))
        .collect();
    let said = ENGLISH.what_happened(demo, last, &earlier);
    let of_several = match runs.len() {
        1 => String::new(),
        count => format!(", last of {count} runs"),
    };
    format!("{}{of_several}: {said}", last.info.variant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_shows_a_figure_or_the_median_of_several() {
        let cell = |values: &[Value], unit| cell(&values.iter().collect::<Vec<_>>(), unit);
        let seconds =
            |values: &[f64]| -> Vec<_> { values.iter().copied().map(Value::Seconds).collect() };
        assert_eq!(cell(&[], Unit::Count), "-");
        assert_eq!(cell(&seconds(&[0.0121]), Unit::Seconds), "12.1 ms");
        assert_eq!(
            cell(&seconds(&[3.0, 1.0, 2.0]), Unit::Seconds),
            "2 s\n[1 s … 3 s]"
        );
        let yuan = [Value::Count(2), Value::Count(3)];
        assert_eq!(cell(&yuan, Unit::Yuan), "¥2.5\n[2 … 3]");
        let total = || Value::Count((1 << 80) + 1);
        assert!(cell(&[total(), total()], Unit::Count).ends_with("177"));
    }
}
