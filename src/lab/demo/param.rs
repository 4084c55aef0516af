//! A demo's parameters: a list, each with its name, its range and its value. The window draws the list, the command
//! line sets and prints it, and every record keeps a copy of the values.

use std::fmt::Display;
use std::ops::RangeInclusive;

use serde::{Serialize, Serializer};

use super::number;
use super::value::Sentence;

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

impl Display for ParamValue {
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

/// A parameter's name, unit and limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParamSpec {
    /// Name on the command line and in exported data; its title is the text key `param-NAME`, its
    /// explanation `param-NAME-help` (under the demo's id).
    pub name: &'static str,
    /// The unit of a whole number: `"millis"`, `""` for plain things. Text key `unit-…`.
    pub unit: &'static str,
    /// The variants that this parameter makes a difference to; empty for all.
    pub only: &'static [&'static str],
}

/// One parameter of a demo: its name, its range, and the demo's own value.
#[derive(Debug)]
pub struct Param<'demo> {
    /// Its name and unit.
    pub spec: ParamSpec,
    /// Its range and its value.
    pub kind: ParamKind<'demo>,
}

/// A parameter's range, with its value.
#[derive(Debug)]
pub enum ParamKind<'demo> {
    /// A whole number within a range.
    Whole(RangeInclusive<u64>, &'demo mut u64),
    /// A whole number within a range that may begin below zero.
    Signed(RangeInclusive<i64>, &'demo mut i64),
    /// A time in seconds within a range.
    Seconds(RangeInclusive<f64>, &'demo mut f64),
    /// One of several names.
    Choice(&'static [&'static str], &'demo mut &'static str),
    /// Yes or no.
    Toggle(&'demo mut bool),
    /// Values that one run goes through, at least one.
    Sweep {
        /// The range of each value.
        range: RangeInclusive<u64>,
        /// The values that the window offers; the command line takes any.
        offered: &'static [u64],
        /// The values in ascending order, none twice.
        values: &'demo mut Vec<u64>,
    },
    /// One line of text. The demo itself checks what it says.
    Text {
        /// The most characters that it may have.
        longest: usize,
        /// Puts a text into the form that the demo keeps.
        tidy: fn(&mut String),
        /// The text, always tidied.
        value: &'demo mut String,
    },
}

impl<'demo> Param<'demo> {
    const fn new(name: &'static str, kind: ParamKind<'demo>) -> Self {
        let spec = ParamSpec {
            name,
            unit: "",
            only: &[],
        };
        Self { spec, kind }
    }

    /// A whole number within `range`.
    pub fn whole(name: &'static str, range: RangeInclusive<u64>, value: &'demo mut u64) -> Self {
        Self::new(name, ParamKind::Whole(range, value))
    }

    /// A whole number within `range`, which may begin below zero.
    pub fn signed(name: &'static str, range: RangeInclusive<i64>, value: &'demo mut i64) -> Self {
        Self::new(name, ParamKind::Signed(range, value))
    }

    /// A time in seconds within `range`.
    pub fn seconds(name: &'static str, range: RangeInclusive<f64>, value: &'demo mut f64) -> Self {
        Self::new(name, ParamKind::Seconds(range, value))
    }

    /// One of `options`.
    pub fn choice(
        name: &'static str,
        options: &'static [&'static str],
        value: &'demo mut &'static str,
    ) -> Self {
        Self::new(name, ParamKind::Choice(options, value))
    }

    /// Yes or no.
    pub fn toggle(name: &'static str, value: &'demo mut bool) -> Self {
        Self::new(name, ParamKind::Toggle(value))
    }

    /// Values within `range` that one run goes through. The window offers those of `offered`.
    pub fn sweep(
        name: &'static str,
        range: RangeInclusive<u64>,
        offered: &'static [u64],
        values: &'demo mut Vec<u64>,
    ) -> Self {
        let kind = ParamKind::Sweep {
            range,
            offered,
            values,
        };
        Self::new(name, kind)
    }

    /// A text of at most `longest` characters, kept as `tidy` leaves it.
    pub fn text(
        name: &'static str,
        longest: usize,
        tidy: fn(&mut String),
        value: &'demo mut String,
    ) -> Self {
        let kind = ParamKind::Text {
            longest,
            tidy,
            value,
        };
        Self::new(name, kind)
    }

    /// Counted in `unit`.
    #[must_use]
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.spec.unit = unit;
        self
    }

    /// Makes a difference to these variants only.
    #[must_use]
    pub const fn only(mut self, variants: &'static [&'static str]) -> Self {
        self.spec.only = variants;
        self
    }

    /// A copy of the value.
    pub fn value(&self) -> ParamValue {
        match &self.kind {
            ParamKind::Whole(_, value) => ParamValue::Whole(**value),
            ParamKind::Signed(_, value) => ParamValue::Signed(**value),
            ParamKind::Seconds(_, value) => ParamValue::Seconds(**value),
            ParamKind::Choice(_, value) => ParamValue::Choice(value),
            ParamKind::Toggle(value) => ParamValue::Toggle(**value),
            ParamKind::Sweep { values, .. } => ParamValue::Sweep((*values).clone()),
            ParamKind::Text { value, .. } => ParamValue::Text((*value).clone()),
        }
    }

    /// Sets the value from text, or says what is wrong with the text and changes nothing.
    pub fn set(&mut self, text: &str) -> Result<(), ParamError> {
        let given = Given {
            name: self.spec.name,
            text,
        };
        match &mut self.kind {
            ParamKind::Whole(range, value) => **value = given.integer(range, text)?,
            ParamKind::Signed(range, value) => **value = given.integer(range, text)?,
            ParamKind::Seconds(range, value) => **value = given.seconds(range)?,
            ParamKind::Choice(options, value) => **value = given.choice(options)?,
            ParamKind::Toggle(value) => **value = given.choice(&["true", "false"])? == "true",
            ParamKind::Sweep { range, values, .. } => **values = given.sweep(range)?,
            ParamKind::Text {
                longest,
                tidy,
                value,
            } => {
                given.line(*longest)?.clone_into(value);
                tidy(value);
            }
        }
        Ok(())
    }
}

/// A text that was given for the parameter `name`.
struct Given<'text> {
    name: &'static str,
    text: &'text str,
}

impl Given<'_> {
    /// `text` as a whole number within `range`.
    fn integer<T: PartialOrd + Copy + Display + TryFrom<i128>>(
        &self,
        range: &RangeInclusive<T>,
        text: &str,
    ) -> Result<T, ParamError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        match number::whole(text) {
            // The number is outside of the range, or even of the type.
            Some(number) => T::try_from(number)
                .ok()
                .filter(|number| range.contains(number))
                .ok_or_else(|| self.out_of_range(range)),
            None if is_whole => Err(self.out_of_range(range)),
            None => Err(self.malformed("a whole number")),
        }
    }

    fn seconds(&self, range: &RangeInclusive<f64>) -> Result<f64, ParamError> {
        match number::decimal(self.text) {
            Some(seconds) if range.contains(&seconds) => Ok(seconds),
            Some(_) => Err(self.out_of_range(range)),
            None => Err(self.malformed("a number of seconds")),
        }
    }

    fn choice(&self, allowed: &'static [&'static str]) -> Result<&'static str, ParamError> {
        let mut options = allowed.iter().copied();
        options
            .find(|option| *option == self.text)
            .ok_or_else(|| ParamError::NoSuchChoice {
                name: self.name,
                text: self.text.to_owned(),
                allowed,
            })
    }

    fn sweep(&self, range: &RangeInclusive<u64>) -> Result<Vec<u64>, ParamError> {
        let values = self.text.split(',');
        let values: Result<Vec<u64>, _> = values
            .map(|value| self.integer(range, value.trim()))
            .collect();
        let mut values = values?;
        values.sort_unstable();
        values.dedup();
        if values.len() > SWEEP_MAX {
            return Err(self.malformed("a sweep of at most 64 values"));
        }
        Ok(values)
    }

    /// One line of at most `longest` characters.
    fn line(&self, longest: usize) -> Result<&str, ParamError> {
        let line = self.text.trim();
        if line.chars().count() <= longest && !line.chars().any(char::is_control) {
            return Ok(line);
        }
        Err(ParamError::TooLong {
            name: self.name,
            text: line.to_owned(),
            longest,
        })
    }

    fn out_of_range<T: Display>(&self, range: &RangeInclusive<T>) -> ParamError {
        ParamError::OutOfRange {
            name: self.name,
            text: self.text.to_owned(),
            min: range.start().to_string(),
            max: range.end().to_string(),
        }
    }

    fn malformed(&self, expected: &'static str) -> ParamError {
        ParamError::Malformed {
            name: self.name,
            text: self.text.to_owned(),
            expected,
        }
    }
}

/// A sweep has no more values than this: a run of more would not end, and no graph shows them.
pub const SWEEP_MAX: usize = 64;

/// An error of a parameter; says what would be right.
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
        /// The text that was given.
        text: String,
        /// `"a whole number"`, `"a number of seconds"`.
        expected: &'static str,
    },
    /// The value lies outside of the range.
    #[error("`{name}={text}`: allowed is {min} to {max}")]
    OutOfRange {
        /// The parameter.
        name: &'static str,
        /// The text that was given.
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
        /// The text that was given.
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
        /// The limit.
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
        /// The limit, in seconds.
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
        /// The limited resource: `"open files"`, `"processes"`. Text key `limit-…`, with `-` for spaces.
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
        /// The text that was given.
        text: String,
        /// The most characters that are allowed.
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
        /// The reason as a sentence that every language has.
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
        /// The allowed values of that parameter, in figures: `"0"`, `"2–3"`.
        allowed: &'static str,
        /// Its value.
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
