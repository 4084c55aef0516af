//! Runs as JSON: an array with an object per run, written run by run.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::lab::demo::value;
use crate::lab::trace::record::Record;
use crate::text::Language;

/// One run. Times are in seconds, measures in base units; whole numbers beyond 2^53 are strings.
pub fn run_json(record: &Record) -> Value {
    let (info, summary) = (&record.info, record.summary());
    let phase = |name: &str, seconds: f64| json!({ "name": name, "seconds": seconds });
    let mut run = Map::new();
    let mut put = |name: &str, value: Value| run.insert(name.to_owned(), value);
    put("demo", json!(info.demo));
    put("variant", json!(info.variant));
    put("params", object(&info.params.0));
    put("seed", json!(value::Value::from(info.seed)));
    put("host", json!(record.host.kind.name()));
    put("outcome", json!(record.outcome.name()));
    if let Some(error) = Language::English.failure(&record.outcome) {
        put("error", json!(error));
    }
    put("wall_seconds", json!(summary.wall.as_secs_f64()));
    let phases = summary.phases.iter();
    put(
        "phases",
        phases
            .map(|(step, length)| phase(step.name(), length.as_secs_f64()))
            .collect(),
    );
    put("measures", object(&summary.measures));
    // Only a sweep has some; readers need not ask whether the field is there.
    put("points", points_json(&summary.points));
    put("tracks", json!(record.tracks));
    put("events", json!(record.events));
    put("events_dropped", json!(record.events_dropped));
    Value::Object(run)
}

/// The points of a sweep, an object each.
pub fn points_json(points: &[value::Point]) -> Value {
    points.iter().map(|point| object(&point.0)).collect()
}

/// Names and values as an object, in their order.
pub(super) fn object<V: Serialize>(pairs: &[(&'static str, V)]) -> Value {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect::<Map<_, _>>()
        .into()
}

/// An array that is written element by element. Every element ends its line, so that a reader of lines has it at
/// once, and a progress bar in the same terminal begins on a line of its own; the comma comes with the next element.
pub struct JsonArray<W: Write> {
    out: W,
    empty: bool,
}

impl<W: Write> JsonArray<W> {
    /// Opens the array.
    pub fn begin(mut out: W) -> io::Result<Self> {
        out.write_all(b"[\n")?;
        out.flush()?;
        Ok(Self { out, empty: true })
    }

    /// Writes the next element.
    pub fn push(&mut self, element: &Value) -> io::Result<()> {
        let comma = if self.empty { "" } else { "," };
        self.empty = false;
        writeln!(self.out, "{comma}{element}")?;
        self.out.flush()
    }

    /// Closes the array.
    pub fn close(mut self) -> io::Result<()> {
        self.out.write_all(b"]\n")?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_valid_however_many_elements_came() {
        for count in 0..3 {
            let mut out = Vec::new();
            let mut array = JsonArray::begin(&mut out).unwrap();
            for number in 0..count {
                array.push(&json!({ "number": number })).unwrap();
            }
            array.close().unwrap();
            let read: Vec<Value> = serde_json::from_slice(&out).unwrap();
            assert_eq!(read.len(), count);
        }
    }

    #[test]
    fn figures_go_through_without_a_loss() {
        use value::Value::{Count, Seconds};
        let measures = object(&[
            ("total", Count((1 << 100) + 1)),
            ("edge", Count(1 << 53)),
            ("gap", Seconds(1e-9)),
            ("none", Seconds(f64::NAN)),
        ]);
        assert_eq!(
            measures.to_string(),
            r#"{"total":"1267650600228229401496703205377","edge":9007199254740992,"gap":1e-9,"none":null}"#
        );
    }
}
