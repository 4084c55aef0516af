//! Runs as comma-separated values (RFC 4180): a header, then a line per run. All variants of a demo
//! have the same columns; where a variant has no such measure, the field is empty.

use std::borrow::Cow;
use std::io::{self, Write};

use super::json::points_json;
use crate::lab::demo::Demo;
use crate::lab::demo::value::Value;
use crate::lab::trace::record::Record;
use crate::text::Language;

/// Lines of one demo's runs, written run by run.
pub struct CsvLines<W: Write> {
    out: W,
    measures: Vec<&'static str>,
    sweeps: bool,
}

impl<W: Write> CsvLines<W> {
    /// Writes the header.
    pub fn begin(out: W, demo: &dyn Demo) -> io::Result<Self> {
        let mut measures: Vec<_> = demo
            .spec()
            .measures
            .iter()
            .map(|measure| measure.name)
            .collect();
        // The speed-up takes two runs: it is the record's, and not among the demo's measures.
        if demo.spec().baseline.is_some() && !measures.contains(&"speedup") {
            measures.push("speedup");
        }
        let params = demo.params();
        let mut columns = vec!["demo", "variant"];
        columns.extend(params.0.iter().map(|(name, _)| *name));
        columns.extend(["seed", "host", "outcome", "error", "wall_seconds"]);
        columns.extend(&measures);
        // A sweep's points do not go into columns: they are JSON, as `--json` has them.
        let sweeps = !demo.spec().charts.is_empty();
        columns.extend(sweeps.then_some("points"));
        columns.extend(["tracks", "events", "events_dropped"]);
        let mut lines = Self {
            out,
            measures,
            sweeps,
        };
        lines.line(columns.into_iter().map(str::to_owned))?;
        Ok(lines)
    }

    /// Writes a run of the same demo, so that a reader has it now.
    pub fn push(&mut self, record: &Record) -> io::Result<()> {
        let (info, summary) = (&record.info, record.summary());
        let mut fields = vec![info.demo.to_owned(), info.variant.to_owned()];
        fields.extend(info.params.0.iter().map(|(_, value)| value.to_string()));
        fields.extend([
            info.seed.to_string(),
            record.host.kind.name().to_owned(),
            record.outcome.name().to_owned(),
            (Language::English.failure(&record.outcome)).unwrap_or_default(),
            number(summary.wall.as_secs_f64()),
        ]);
        fields.extend(self.measures.iter().map(|wanted| {
            let measured = summary.measures.iter().find(|(name, _)| name == wanted);
            measured.map(|(_, value)| plain(value)).unwrap_or_default()
        }));
        fields.extend(
            self.sweeps
                .then(|| points_json(&summary.points).to_string()),
        );
        fields.extend([
            record.tracks.to_string(),
            record.events.to_string(),
            record.events_dropped.to_string(),
        ]);
        self.line(fields)
    }

    fn line(&mut self, fields: impl IntoIterator<Item = String>) -> io::Result<()> {
        let fields: Vec<_> = fields
            .into_iter()
            .map(|field| quoted(&field).into_owned())
            .collect();
        write!(self.out, "{}\r\n", fields.join(","))?;
        self.out.flush()
    }
}

/// All digits, no unit, no grouping.
fn plain(value: &Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::About(count) => count.to_string(),
        Value::Bytes(bytes) => bytes.to_string(),
        Value::Seconds(figure) | Value::Ratio(figure) => number(*figure),
        Value::Word(word) => word.clone(),
    }
}

/// A cell without a number stays empty: spreadsheets would take `NaN` for a word.
fn number(figure: f64) -> String {
    if figure.is_finite() {
        figure.to_string()
    } else {
        String::new()
    }
}

/// A field with a comma, a quote or a line break goes between quotes, its own quotes doubled.
fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(quoted("say \"no\""), "\"say \"\"no\"\"\"");
        assert_eq!(quoted("two\r\nlines"), "\"two\r\nlines\"");
    }

    #[test]
    fn figures_keep_all_their_digits() {
        assert_eq!(
            plain(&Value::Count((1 << 80) + 1)),
            "1208925819614629174706177"
        );
        assert_eq!(plain(&Value::Seconds(1.25e-7)), "0.000000125");
        assert_eq!(plain(&Value::Ratio(f64::NAN)), "");
    }
}
