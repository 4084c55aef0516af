//! Parameters: each is defined once, in its demo's `visit_params`. The window draws them, the command
//! line sets them and every record copies them by sending a different visitor through.

use std::ops::RangeInclusive;

use serde::{Serialize, Serializer};

/// A parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamValue {
    /// A whole number.
    Whole(u64),
    /// A time in seconds.
    Seconds(f64),
    /// One of several names.
    Choice(&'static str),
}

impl std::fmt::Display for ParamValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ParamValue::Whole(value) => write!(f, "{value}"),
            ParamValue::Seconds(value) => write!(f, "{value}"),
            ParamValue::Choice(name) => f.write_str(name),
        }
    }
}

impl Serialize for ParamValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            ParamValue::Whole(value) => super::value::Value::from(*value).serialize(serializer),
            ParamValue::Seconds(value) => serializer.serialize_f64(*value),
            ParamValue::Choice(name) => serializer.serialize_str(name),
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
}

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

/// Copies all parameters.
#[derive(Default)]
pub(super) struct Collect(pub(super) Params);

impl ParamVisitor for Collect {
    fn whole(&mut self, spec: ParamSpec, _: RangeInclusive<u64>, value: &mut u64) {
        self.0.0.push((spec.name, ParamValue::Whole(*value)));
    }
    fn seconds(&mut self, spec: ParamSpec, _: RangeInclusive<f64>, value: &mut f64) {
        self.0.0.push((spec.name, ParamValue::Seconds(*value)));
    }
    fn choice(&mut self, spec: ParamSpec, _: &'static [&'static str], value: &mut &'static str) {
        self.0.0.push((spec.name, ParamValue::Choice(value)));
    }
}

/// Sets the one parameter `name` from text.
pub(super) struct Assign<'text> {
    name: &'text str,
    text: &'text str,
    known: Vec<&'static str>,
    outcome: Option<Result<(), ParamError>>,
}

impl<'text> Assign<'text> {
    pub(super) fn new(name: &'text str, text: &'text str) -> Self {
        Self {
            name,
            text,
            known: Vec::new(),
            outcome: None,
        }
    }

    pub(super) fn outcome(self) -> Result<(), ParamError> {
        let unknown = ParamError::Unknown {
            name: self.name.to_owned(),
            allowed: self.known,
        };
        self.outcome.unwrap_or(Err(unknown))
    }

    fn is_meant(&mut self, spec: ParamSpec) -> bool {
        self.known.push(spec.name);
        spec.name == self.name
    }

    fn within<T: PartialOrd + Copy + std::fmt::Display>(
        &self,
        spec: ParamSpec,
        range: &RangeInclusive<T>,
        parsed: T,
        value: &mut T,
    ) -> Result<(), ParamError> {
        if !range.contains(&parsed) {
            return Err(self.out_of_range(spec, range));
        }
        *value = parsed;
        Ok(())
    }

    fn out_of_range<T: std::fmt::Display>(
        &self,
        spec: ParamSpec,
        range: &RangeInclusive<T>,
    ) -> ParamError {
        ParamError::OutOfRange {
            name: spec.name,
            text: self.text.to_owned(),
            min: range.start().to_string(),
            max: range.end().to_string(),
        }
    }

    fn malformed(&self, spec: ParamSpec, expected: &'static str) -> ParamError {
        ParamError::Malformed {
            name: spec.name,
            text: self.text.to_owned(),
            expected,
        }
    }
}

impl ParamVisitor for Assign<'_> {
    fn whole(&mut self, spec: ParamSpec, range: RangeInclusive<u64>, value: &mut u64) {
        if !self.is_meant(spec) {
            return;
        }
        let digits = self.text.strip_prefix('-').unwrap_or(self.text);
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        self.outcome = Some(match self.text.parse::<u64>() {
            Ok(parsed) => self.within(spec, &range, parsed, value),
            // A whole number and yet no u64: below zero, or far too large.
            Err(_) if is_whole => Err(self.out_of_range(spec, &range)),
            Err(_) => Err(self.malformed(spec, "a whole number")),
        });
    }

    fn seconds(&mut self, spec: ParamSpec, range: RangeInclusive<f64>, value: &mut f64) {
        if !self.is_meant(spec) {
            return;
        }
        self.outcome = Some(match self.text.parse::<f64>() {
            Ok(parsed) if parsed.is_finite() => self.within(spec, &range, parsed, value),
            _ => Err(self.malformed(spec, "a number of seconds")),
        });
    }

    fn choice(
        &mut self,
        spec: ParamSpec,
        options: &'static [&'static str],
        value: &mut &'static str,
    ) {
        if !self.is_meant(spec) {
            return;
        }
        self.outcome = Some(match options.iter().find(|option| **option == self.text) {
            Some(option) => {
                *value = option;
                Ok(())
            }
            None => Err(ParamError::NoSuchChoice {
                name: spec.name,
                text: self.text.to_owned(),
                allowed: options,
            }),
        });
    }
}
