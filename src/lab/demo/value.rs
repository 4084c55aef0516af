//! Figures with their unit, and the sentences and sweeps that they are in.

use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};

/// One figure, in base units.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number. Sums leave 64 bits, so all are kept in 128.
    Count(i128),
    /// A whole number that differs from run to run: for people its last digits say nothing once it is large.
    About(u64),
    /// A time in seconds.
    Seconds(f64),
    /// A share or a factor.
    Ratio(f64),
    /// A size in bytes.
    Bytes(u64),
    /// A word that is data: a file name, a choice.
    Word(String),
}

impl Value {
    /// The figure as a number for a graph's axis; `None` for words.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Count(count) => Some(*count as f64),
            Value::About(count) => Some(*count as f64),
            Value::Seconds(figure) | Value::Ratio(figure) => Some(*figure),
            Value::Bytes(bytes) => Some(*bytes as f64),
            Value::Word(_) => None,
        }
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Value::Count(i128::from(count))
    }
}

impl From<i64> for Value {
    fn from(count: i64) -> Self {
        Value::Count(i128::from(count))
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Value::Count(count as i128)
    }
}

impl From<std::time::Duration> for Value {
    fn from(duration: std::time::Duration) -> Self {
        Value::Seconds(duration.as_secs_f64())
    }
}

/// Whole numbers up to 2^53 survive a reader that keeps every number in 64-bit floating point;
/// larger ones go out as strings.
const EXACT_IN_F64: i128 = 1 << 53;

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Count(count) if count.unsigned_abs() <= EXACT_IN_F64.unsigned_abs() => {
                serializer.serialize_i64(*count as i64)
            }
            Value::Count(count) => serializer.collect_str(count),
            Value::Seconds(figure) | Value::Ratio(figure) => serializer.serialize_f64(*figure),
            Value::About(whole) | Value::Bytes(whole) => Value::from(*whole).serialize(serializer),
            Value::Word(word) => serializer.serialize_str(word),
        }
    }
}

/// A text key and the figures that go into it: a sentence that no one has put into words yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Text key.
    pub key: String,
    /// Figures by name.
    pub args: Vec<(&'static str, Value)>,
}

impl Sentence {
    /// A sentence without figures.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            args: Vec::new(),
        }
    }

    /// With one more figure.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// Details of a run beside its measures, in a type of the demo's own. Sentences and pictures use them, and a trace
/// keeps them in the form that they derive.
pub trait Details: Any + Debug + Send + Sync + Serialize + DeserializeOwned {
    /// The name of this type in a trace.
    const NAME: &'static str;

    /// The figures that sentences may name.
    fn figures(&self) -> Vec<(&'static str, Value)>;
}

/// The part of [`Details`] for which their type need not be known.
trait AnyDetails: Any + Debug + Send + Sync {
    fn figures_of(&self) -> Vec<(&'static str, Value)>;
    fn stored(&self) -> serde_json::Result<StoredDetails>;
}

impl<T: Details> AnyDetails for T {
    fn figures_of(&self) -> Vec<(&'static str, Value)> {
        self.figures()
    }

    fn stored(&self) -> serde_json::Result<StoredDetails> {
        Ok(StoredDetails {
            name: T::NAME.to_owned(),
            value: serde_json::to_value(self)?,
        })
    }
}

/// Details as a trace keeps them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredDetails {
    /// The name of their type.
    pub name: String,
    /// The details themselves.
    pub value: serde_json::Value,
}

/// Reads the details of one type back.
#[derive(Clone, Copy, Debug)]
pub struct DetailsReader {
    /// The name of their type.
    pub name: &'static str,
    /// Reads them.
    pub read: fn(serde_json::Value) -> serde_json::Result<RunDetails>,
}

impl DetailsReader {
    /// The reader of this type's.
    pub const fn of<T: Details>() -> Self {
        Self {
            name: T::NAME,
            read: |value| Ok(RunDetails::new(serde_json::from_value::<T>(value)?)),
        }
    }
}

/// The details of a run; empty for demos that have none.
#[derive(Clone, Debug, Default)]
pub struct RunDetails(Option<Arc<dyn AnyDetails>>);

impl RunDetails {
    /// These details.
    pub fn new(details: impl Details) -> Self {
        Self(Some(Arc::new(details)))
    }

    /// The details, if they are of this type.
    pub fn get<T: Details>(&self) -> Option<&T> {
        let details: &dyn Any = self.0.as_deref()?;
        details.downcast_ref()
    }

    /// The form in which a trace keeps them; `None` if there are none.
    pub fn stored(&self) -> serde_json::Result<Option<StoredDetails>> {
        self.0.as_ref().map(|details| details.stored()).transpose()
    }

    /// The figures that sentences may name.
    pub fn figures(&self) -> Vec<(&'static str, Value)> {
        self.0
            .as_ref()
            .map_or_else(Vec::new, |details| details.figures_of())
    }
}

/// Details are equal if the figures that sentences may name are equal.
impl PartialEq for RunDetails {
    fn eq(&self, other: &Self) -> bool {
        self.figures() == other.figures()
    }
}

/// One point of a sweep: the swept value first, then what was measured there, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point(pub Vec<(&'static str, Value)>);

impl Point {
    /// The point at which `name` was `value`.
    pub fn at(name: &'static str, value: impl Into<Value>) -> Self {
        Self(vec![(name, value.into())])
    }

    /// With one more figure.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// A figure of the point as a number.
    pub fn figure(&self, name: &str) -> Option<f64> {
        let (_, value) = self.0.iter().find(|(known, _)| *known == name)?;
        value.as_f64()
    }
}

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of things.
    Count,
    /// Seconds.
    Seconds,
    /// A factor or share, without a unit.
    Ratio,
    /// Bytes.
    Bytes,
    /// Money of the lesson's bank.
    Yuan,
}

/// A figure that a demo measures: its name in exported data and its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The name in exported data, which is its text key as well.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Whether the timing graph draws it.
    pub graphed: bool,
}

impl Measure {
    /// A measure that the timing graph does not draw.
    pub const fn new(name: &'static str, unit: Unit) -> Self {
        Self {
            name,
            unit,
            graphed: false,
        }
    }

    /// The same measure, drawn by the timing graph.
    #[must_use]
    pub const fn graphed(mut self) -> Self {
        self.graphed = true;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_beyond_2_to_53_are_strings() {
        let json = |value: Value| serde_json::to_string(&value).unwrap();
        assert_eq!(json(Value::Count(1 << 53)), "9007199254740992");
        assert_eq!(json(Value::Count((1 << 53) + 1)), "\"9007199254740993\"");
        assert_eq!(json(Value::Count(-(1 << 60))), "\"-1152921504606846976\"");
        assert_eq!(json(Value::Seconds(0.5)), "0.5");
    }
}
