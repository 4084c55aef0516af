//! The points of a sweep, a row each: what the window draws as curves.

use super::grid::{grid, wrapped};
use super::table::{ENGLISH, Runs, TITLE_WIDTH, with_unit};
use crate::lab::demo::Demo;
use crate::lab::demo::value::{Unit, Value};

/// The points of each variant's last run, those of a run that was stopped as well; empty if there are none.
pub(super) fn points<'runs>(
    demo: &dyn Demo,
    variants: impl Iterator<Item = Runs<'runs>>,
) -> String {
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
            found.map_or_else(|| "-".to_owned(), |(_, value)| cell(value))
        });
        std::iter::once((*variant).to_owned())
            .chain(cells)
            .collect()
    }));
    format!("{}\n", grid(&rows))
}

fn cell(value: &Value) -> String {
    let unit = match value {
        Value::Seconds(_) => Unit::Seconds,
        Value::Ratio(_) => Unit::Ratio,
        Value::Bytes(_) => Unit::Bytes,
        Value::Count(_) | Value::About(_) | Value::Word(_) => Unit::Count,
    };
    with_unit(ENGLISH.figure(value), unit)
}
