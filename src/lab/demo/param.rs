//! Parameters: each is defined once, in its demo's `visit_params`. The window draws them, the command
//! line sets them and every record copies them by sending a different visitor through.

use std::ops::RangeInclusive;

use serde::{Serialize, Serializer};

use crate::lab::demo::Sentence;

/// A parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamValue {
    /// A whole number.
    Whole(u64),
    /// A whole number that may be below zero.
    Signed(i64),
    /// A time in seconds.
    Seconds(f64),
    /// One of several names.
    Choice(&'static str),
    /// Yes or no.
    Toggle(bool),
    /// The values that one run goes through, from the smallest to the largest, none twice.
    Sweep(Vec<u64>),
    /// Letters that the demo reads in its own way.
    Text(String),
}

impl std::fmt::Display for ParamValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ParamValue::Whole(value) => write!(f, "{value}"),
            ParamValue::Signed(value) => write!(f, "{value}"),
            ParamValue::Seconds(value) => write!(f, "{value}"),
            ParamValue::Choice(name) => f.write_str(name),
            ParamValue::Toggle(on) => write!(f, "{on}"),
            ParamValue::Sweep(values) => {
                let values: Vec<_> = values.iter().map(u64::to_string).collect();
                f.write_str(&values.join(","))
            }
            ParamValue::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for ParamValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            ParamValue::Whole(value) => super::value::Value::from(*value).serialize(serializer),
            ParamValue::Signed(value) => super::value::Value::from(*value).serialize(serializer),
            ParamValue::Seconds(value) => serializer.serialize_f64(*value),
            ParamValue::Choice(name) => serializer.serialize_str(name),
            ParamValue::Toggle(on) => serializer.serialize_bool(*on),
            ParamValue::Sweep(values) => {
                serializer.collect_seq(values.iter().copied().map(super::value::Value::from))
            }
            ParamValue::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// A copy of all parameters of a demo, in the demo's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Params(pub Vec<(&'static str, ParamValue)>);

impl Params {
    /// The value of `name`.
    pub fn value(&self, name: &str) -> Option<&ParamValue> {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// A whole number; 0 if there is none of that name, which a demo's tests would notice.
    pub fn whole(&self, name: &str) -> u64 {
        match self.value(name) {
            Some(ParamValue::Whole(value)) => *value,
            _ => 0,
        }
    }

    /// A whole number that may be below zero; 0 if there is none of that name.
    pub fn signed(&self, name: &str) -> i64 {
        match self.value(name) {
            Some(ParamValue::Signed(value)) => *value,
            _ => 0,
        }
    }

    /// Whether the toggle `name` is on; `false` if there is none of that name.
    pub fn toggle(&self, name: &str) -> bool {
        matches!(self.value(name), Some(ParamValue::Toggle(true)))
    }

    /// The choice `name`; empty if there is none of that name.
    pub fn choice(&self, name: &str) -> &'static str {
        match self.value(name) {
            Some(ParamValue::Choice(value)) => value,
            _ => "",
        }
    }

    /// The values of a sweep; none if there is none of that name.
    pub fn sweep(&self, name: &str) -> &[u64] {
        match self.value(name) {
            Some(ParamValue::Sweep(values)) => values,
            _ => &[],
        }
    }

    /// A text; empty if there is none of that name.
    pub fn text(&self, name: &str) -> &str {
        match self.value(name) {
            Some(ParamValue::Text(text)) => text,
            _ => "",
        }
    }

    /// A time in seconds; 0 if there is none of that name.
    pub fn seconds(&self, name: &str) -> f64 {
        match self.value(name) {
            Some(ParamValue::Seconds(value)) => *value,
            _ => 0.0,
        }
    }
}

/// What a parameter is called and counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParamSpec {
    /// Name on the command line and in exported data; its title is the text key `param-NAME`, its
    /// explanation `param-NAME-help` (under the demo's id).
    pub name: &'static str,
    /// What a whole number counts: `"millis"`, `""` for plain things. Text key `unit-…`.
    pub unit: &'static str,
    /// The variants that this parameter makes a difference to; empty for all.
    pub only: &'static [&'static str],
}

impl ParamSpec {
    /// A plain number or choice that matters to every variant.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            unit: "",
            only: &[],
        }
    }

    /// Counted in `unit`.
    pub const fn in_unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// Makes a difference to these variants only.
    pub const fn only(self, only: &'static [&'static str]) -> Self {
        Self { only, ..self }
    }
}

/// Walks a demo's parameters; may change the values.
pub trait ParamVisitor {
    /// A whole number within `range`.
    fn whole(&mut self, spec: ParamSpec, range: RangeInclusive<u64>, value: &mut u64);
    /// A time in seconds within `range`.
    fn seconds(&mut self, spec: ParamSpec, range: RangeInclusive<f64>, value: &mut f64);
    /// One of `options`.
    fn choice(
        &mut self,
        spec: ParamSpec,
        options: &'static [&'static str],
        value: &mut &'static str,
    );
    /// A whole number within `range`, which may begin below zero.
    fn signed(&mut self, spec: ParamSpec, range: RangeInclusive<i64>, value: &mut i64);
    /// Yes or no.
    fn toggle(&mut self, spec: ParamSpec, value: &mut bool);
    /// Values within `range` that one run goes through, at least one. The window offers those of
    /// `offered`; the command line takes any.
    fn sweep(
        &mut self,
        spec: ParamSpec,
        range: RangeInclusive<u64>,
        offered: &'static [u64],
        values: &mut Vec<u64>,
    );
    /// A text of at most `longest` characters, empty at first. What it may say is the demo's to check.
    fn text(&mut self, spec: ParamSpec, longest: usize, value: &mut String);
}

/// A sweep has no more values than this: a run of more would not end, and no graph shows them.
pub const SWEEP_MAX: usize = 64;

/// What is wrong with a parameter; says what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ParamError {
    /// There is no such parameter.
    #[error("unknown parameter `{name}`; there are: {}", allowed.join(", "))]
    Unknown {
        /// The word that was given.
        name: String,
        /// All that exist.
        allowed: Vec<&'static str>,
    },
    /// The text is not of the parameter's kind.
    #[error("`{name}={text}`: `{text}` is not {expected}")]
    Malformed {
        /// The parameter.
        name: &'static str,
        /// What was given.
        text: String,
        /// `"a whole number"`, `"a number of seconds"`.
        expected: &'static str,
    },
    /// The value lies outside of the range.
    #[error("`{name}={text}`: allowed is {min} to {max}")]
    OutOfRange {
        /// The parameter.
        name: &'static str,
        /// What was given.
        text: String,
        /// Smallest value allowed.
        min: String,
        /// Largest value allowed.
        max: String,
    },
    /// No such choice.
    #[error("`{name}={text}`: allowed is {}", allowed.join(" or "))]
    NoSuchChoice {
        /// The parameter.
        name: &'static str,
        /// What was given.
        text: String,
        /// All choices.
        allowed: &'static [&'static str],
    },
    /// One parameter must not exceed another.
    #[error("`{name}` is {value}, but must not be more than `{limit_name}`, which is {limit}")]
    MoreThan {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: u64,
        /// The parameter that limits it.
        limit_name: &'static str,
        /// That one's value.
        limit: u64,
    },
    /// One time must not exceed another.
    #[error(
        "`{name}` is {seconds} s, but must not be more than `{limit_name}`, which is {limit} s"
    )]
    LongerThan {
        /// The parameter.
        name: &'static str,
        /// Its value.
        seconds: f64,
        /// The parameter that limits it.
        limit_name: &'static str,
        /// That one's value, in seconds.
        limit: f64,
    },
    /// The system allows less of something than the value needs.
    #[error(
        "`{name}={value}` needs {needed} {what}, but this system allows {allowed}; the largest that works is {largest}"
    )]
    BeyondLimit {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: u64,
        /// What is limited: `"open files"`, `"processes"`. Text key `limit-…`, with `-` for spaces.
        what: &'static str,
        /// How many of them it takes.
        needed: u64,
        /// How many the system allows.
        allowed: u64,
        /// The largest value that works.
        largest: u64,
    },
    /// The text is not one line of so many characters.
    #[error("`{name}={text}`: allowed is one line of at most {longest} characters")]
    TooLong {
        /// The parameter.
        name: &'static str,
        /// What was given.
        text: String,
        /// Most characters allowed.
        longest: usize,
    },
    /// A letter of a code can't stand where it does, or the code ends too early.
    #[error("`{name}={text}`: at letter {at}, {why}")]
    WrongLetter {
        /// The parameter.
        name: &'static str,
        /// Its value.
        text: String,
        /// The letter, counted from 1; one past the last if the code ends too early.
        at: usize,
        /// Why, in English for the command line.
        why: String,
        /// The same as the sentence that every language has.
        said: Box<Sentence>,
    },
    /// The value of one parameter goes with some values of another only.
    #[error("`{name}={text}` needs `{other}` to be {allowed}, not {value}")]
    Demands {
        /// The parameter.
        name: &'static str,
        /// Its value.
        text: String,
        /// The other parameter.
        other: &'static str,
        /// What that one must be, in figures: `"0"`, `"2–3"`.
        allowed: &'static str,
        /// What it is.
        value: u64,
    },
    /// This machine has not enough memory free for it.
    #[error(
        "this needs {needed} bytes of memory, but only {free} are free; choose smaller `{name}`"
    )]
    TooMuchMemory {
        /// The parameter to make smaller.
        name: &'static str,
        /// Bytes needed at once.
        needed: u64,
        /// Bytes available.
        free: u64,
    },
}
