//! The data of the timing graph's bars: a row per variant that has run, a column per measure.

use crate::lab::demo::value::{Measure, Point, Unit, Value};
use crate::lab::demo::{Demo, VariantId};
use crate::lab::trace::event::Step;
use crate::lab::trace::record::Record;
use crate::lab::trace::stats::{FiveNumbers, five_numbers};
use crate::text::{Language, grouped, measured, significant, size};
use crate::widgets::stage::Snapshot;

/// The measure of a stopwatch that starts only after the workers: it is drawn inside the time's bar rather than in a
/// column of its own.
const STOPWATCH: &str = "tutorial_stopwatch_seconds";
const WALL: Measure = Measure {
    name: "wall_seconds",
    unit: Unit::Seconds,
    graphed: true,
};
/// The least time, in seconds, from which a column is in seconds; columns of shorter times are in milliseconds.
const SECONDS_FROM: f64 = 0.1;

/// The runs that the graph shows.
pub struct Runs<'run> {
    /// Records with the demo's present parameters, oldest first.
    pub comparable: &'run [&'run Record],
    /// The run that goes on, if it has the demo's present parameters.
    pub live: Option<Live<'run>>,
    /// How many runs have other parameters.
    pub others: usize,
}

/// The points so far of a run that goes on.
pub struct Live<'run> {
    /// The run's variant.
    pub variant: VariantId,
    /// The points of the run's sweep.
    pub points: Vec<&'run Point>,
}

impl<'run> Live<'run> {
    /// The points of the shown run while it goes on; `None` if its parameters are not the demo's present ones.
    pub fn of(shown: &Snapshot<'run>, demo: &dyn Demo) -> Option<Self> {
        (shown.info.params == demo.params()).then(|| Self {
            variant: shown.info.variant,
            points: shown.log.points_until(shown.now).collect(),
        })
    }
}

/// One measure, as a column across all rows.
pub struct Column {
    /// The measure.
    pub measure: Measure,
    /// The measure's name with its unit.
    pub title: String,
    /// The end of the scale: the full value, or the largest sample of all rows. The scale begins at 0.
    pub max: f64,
    millis: bool,
}

/// One variant, as a row.
pub struct Row {
    /// The variant's title.
    pub title: String,
    /// The cells by column; `None` if nothing was measured.
    pub cells: Vec<Option<Cell>>,
    /// The phases of the run with the median time, in seconds.
    pub phases: Vec<(Step, f64)>,
    /// The time of the late stopwatch in that run, in seconds.
    pub stopwatch: Option<f64>,
}

/// One measure of one variant.
pub struct Cell {
    /// A figure for each run.
    pub samples: Vec<f64>,
    /// Median, quartiles and ends.
    pub numbers: FiveNumbers,
}

/// A time that all rows are compared with, such as the longest of several tasks, or their sum.
pub struct Line {
    /// The line's name.
    pub title: String,
    /// The time, in seconds.
    pub value: f64,
}

/// All rows and columns of the bars.
pub struct Table {
    /// The demo's graphed measures, then the time if it says anything.
    pub columns: Vec<Column>,
    /// The rows, in teaching order.
    pub rows: Vec<Row>,
    /// Lines across all rows of the last column, the time, shortest first.
    pub lines: Vec<Line>,
    /// Phases in the order of the run, if any run has more than one and there is a column of times.
    pub phases: Vec<Step>,
    /// How many runs the table shows.
    pub runs: usize,
    /// Name of the late stopwatch, if a run has one.
    pub stopwatch: Option<String>,
}

impl Table {
    /// Sorts the runs that were done into rows and columns.
    pub fn new(demo: &dyn Demo, records: &[&Record], language: Language) -> Self {
        let done: Vec<&Record> = records
            .iter()
            .copied()
            .filter(|record| record.is_done())
            .collect();
        let all = demo.spec().measures.iter();
        let mut times = all.clone().copied().chain([WALL]);
        let time = times.find(|measure| Some(measure.name) == demo.spec().time);
        let measures: Vec<Measure> = all
            .copied()
            .filter(|measure| measure.graphed && measure.name != STOPWATCH)
            .filter(|measure| Some(*measure) != time)
            .chain(time)
            .collect();
        let rows: Vec<Row> = demo
            .variants()
            .iter()
            .filter_map(|variant| {
                let title = language.text(&format!("{}-{}", demo.id(), variant.id));
                row(title.into_owned(), variant.id, &done, &measures)
            })
            .collect();
        let lines = lines(demo, &done, language);
        let columns = measures
            .iter()
            .enumerate()
            .map(|(index, measure)| {
                let cells = rows.iter().filter_map(|row| row.cells[index].as_ref());
                let full = demo.full_value(measure.name).unwrap_or(0.0);
                let times = lines.iter().filter(|_| Some(*measure) == time);
                let max = cells
                    .map(|cell| cell.numbers.max)
                    .chain(times.map(|line| line.value))
                    .fold(full, f64::max);
                column(demo.id(), *measure, max, language)
            })
            .collect();
        let mut phases: Vec<Step> = Vec::new();
        for (phase, _) in rows.iter().flat_map(|row| &row.phases) {
            if !phases.contains(phase) {
                phases.push(*phase);
            }
        }
        let has_stopwatch = rows.iter().any(|row| row.stopwatch.is_some());
        Self {
            columns,
            phases: if phases.len() > 1 { phases } else { Vec::new() },
            runs: done.len(),
            stopwatch: has_stopwatch.then(|| language.measure_title(demo.id(), STOPWATCH)),
            rows,
            lines,
        }
    }

    /// The graph in words: the medians by variant.
    pub fn describe(&self, language: Language) -> String {
        let mut words = format!("{}: ", language.text("app-graph"));
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                words.push_str("; ");
            }
            words.push_str(&row.title);
            for (column, cell) in self.columns.iter().zip(&row.cells) {
                if let Some(cell) = cell {
                    let median = column.say(cell.numbers.median);
                    words.push_str(&format!(", {} {median}", column.title));
                }
            }
        }
        for line in &self.lines {
            words.push_str(&format!("; {}", self.say_line(line)));
        }
        words
    }

    /// A line's name with its time, as text.
    pub fn say_line(&self, line: &Line) -> String {
        let time = self.columns.last().map(|column| column.say(line.value));
        format!("{} {}", line.title, time.unwrap_or_default())
    }
}

impl Column {
    /// A figure of this column, without its unit.
    pub fn say(&self, number: f64) -> String {
        match self.measure.unit {
            Unit::Seconds if self.millis => significant(number * 1e3),
            Unit::Seconds | Unit::Ratio => significant(number),
            Unit::Bytes => size(number as u64),
            Unit::Count | Unit::Yuan if number.fract() == 0.0 => grouped(number as i128),
            // The median of two counts may be the middle between them; a number of cores may be any.
            Unit::Count | Unit::Yuan if (number * 2.0).fract() == 0.0 => number.to_string(),
            Unit::Count | Unit::Yuan => significant(number),
        }
    }

    /// A figure with all digits that were measured, as text.
    pub fn say_closely(&self, number: f64) -> String {
        match self.measure.unit {
            Unit::Seconds if self.millis => measured(number * 1e3),
            Unit::Bytes => size(number as u64),
            _ => measured(number),
        }
    }

    /// Whether the column has bars. Times have, because their lengths are compared; other figures are places on a line.
    pub fn has_bars(&self) -> bool {
        self.measure.unit == Unit::Seconds
    }

    /// The place of a figure between the ends of the scale, from 0 to 1.
    pub fn share(&self, number: f64) -> f32 {
        if self.max > 0.0 {
            (number / self.max).clamp(0.0, 1.0) as f32
        } else {
            0.0
        }
    }
}

fn row(title: String, variant: VariantId, done: &[&Record], measures: &[Measure]) -> Option<Row> {
    let runs: Vec<&Record> = done
        .iter()
        .copied()
        .filter(|record| record.info.variant == variant)
        .collect();
    let cells: Vec<Option<Cell>> = measures
        .iter()
        .map(|measure| {
            let samples: Vec<f64> = runs
                .iter()
                .filter_map(|record| record.figure(measure.name))
                .collect();
            let numbers = five_numbers(&samples)?;
            Some(Cell { samples, numbers })
        })
        .collect();
    // Medians of phases do not add up to the median of the whole, so one run stands for all.
    let middle = middle_run(runs)?;
    // Phases divide the time from the click, and no other.
    let phases = middle.summary().phases.iter();
    let phases = phases.filter(|_| measures.contains(&WALL));
    Some(Row {
        title,
        cells,
        phases: phases
            .map(|(phase, time)| (*phase, time.as_secs_f64()))
            .collect(),
        stopwatch: middle.figure(STOPWATCH),
    })
}

/// The demo's lines with the times that its latest run has measured.
fn lines(demo: &dyn Demo, done: &[&Record], language: Language) -> Vec<Line> {
    let mut lines: Vec<Line> = demo
        .spec()
        .lines
        .iter()
        .filter_map(|name| {
            let value = done.iter().rev().find_map(|record| record.figure(name))?;
            let title = language.measure_title(demo.id(), name);
            Some(Line { title, value })
        })
        .collect();
    lines.sort_by(|a, b| a.value.total_cmp(&b.value));
    lines
}

fn middle_run(mut runs: Vec<&Record>) -> Option<&Record> {
    runs.sort_by_key(|record| record.wall());
    runs.get(runs.len().saturating_sub(1) / 2).copied()
}

/// A column for `measure` with its title, whose scale ends at `max`.
pub fn column(demo: &str, measure: Measure, max: f64, language: Language) -> Column {
    let millis = max < SECONDS_FROM;
    let unit = match measure.unit {
        Unit::Seconds if millis => Some("unit-millis"),
        Unit::Seconds => Some("unit-seconds"),
        Unit::Yuan => Some("unit-yuan"),
        Unit::Count | Unit::Ratio | Unit::Bytes => None,
    };
    let name = language.measure_title(demo, measure.name);
    let title = match unit {
        Some(unit) => {
            let unit = Value::Word(language.text(unit).into_owned());
            let figures = [("measure", Value::Word(name)), ("unit", unit)];
            language.with("graph-column", &figures)
        }
        None => name,
    };
    Column {
        measure,
        title,
        max,
        millis,
    }
}

#[cfg(test)]
#[path = "bars_tests.rs"]
mod tests;
