//! The output of `run`: a table for people, JSON or CSV for programs.

use std::io::{self, Write};

use super::args::RunArgs;
use super::table;
use crate::export::csv::CsvLines;
use crate::export::json::{JsonArray, run_json};
use crate::lab::demo::Demo;
use crate::lab::trace::record::Record;

/// A report in one of its three forms. JSON and CSV are written run by run: a long series can be watched, and an
/// interrupt loses none of it.
pub(super) enum Report<W: Write> {
    Table(W),
    Json(JsonArray<W>),
    Csv(CsvLines<W>),
}

impl<W: Write> Report<W> {
    /// Before the first run.
    pub(super) fn begin(args: &RunArgs, demo: &dyn Demo, out: W) -> io::Result<Self> {
        Ok(if args.json {
            Report::Json(JsonArray::begin(out)?)
        } else if args.csv {
            Report::Csv(CsvLines::begin(out, demo)?)
        } else {
            Report::Table(out)
        })
    }

    /// After each run.
    pub(super) fn add(&mut self, record: &Record) -> io::Result<()> {
        match self {
            Report::Table(_) => Ok(()),
            Report::Json(array) => array.push(&run_json(record)),
            Report::Csv(lines) => lines.push(record),
        }
    }

    /// After the last run, whether it was meant to be the last or not.
    pub(super) fn close(self, demo: &dyn Demo, records: &[Record]) -> io::Result<()> {
        match self {
            Report::Table(mut out) => {
                out.write_all(table::table(demo, records).as_bytes())?;
                out.flush()
            }
            Report::Json(array) => array.close(),
            Report::Csv(_) => Ok(()),
        }
    }
}
