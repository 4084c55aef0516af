//! The lab's own visitors of parameters: one copies them, one sets one of them from text.

use std::ops::RangeInclusive;

use super::number;
use super::param::{ParamError, ParamSpec, ParamValue, ParamVisitor, Params, SWEEP_MAX};

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
    fn signed(&mut self, spec: ParamSpec, _: RangeInclusive<i64>, value: &mut i64) {
        self.0.0.push((spec.name, ParamValue::Signed(*value)));
    }
    fn toggle(&mut self, spec: ParamSpec, value: &mut bool) {
        self.0.0.push((spec.name, ParamValue::Toggle(*value)));
    }
    fn sweep(
        &mut self,
        spec: ParamSpec,
        _: RangeInclusive<u64>,
        _: &'static [u64],
        values: &mut Vec<u64>,
    ) {
        let values = ParamValue::Sweep(values.clone());
        self.0.0.push((spec.name, values));
    }
    fn text(&mut self, spec: ParamSpec, _: usize, value: &mut String) {
        let text = ParamValue::Text(value.clone());
        self.0.0.push((spec.name, text));
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

    /// A whole number within `range`, or which of the two `text` is not.
    fn integer<T: PartialOrd + Copy + std::fmt::Display + TryFrom<i128>>(
        &self,
        spec: ParamSpec,
        range: &RangeInclusive<T>,
        text: &str,
    ) -> Result<T, ParamError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        match number::whole(text) {
            // Out of the range, or even out of the type's.
            Some(number) => T::try_from(number)
                .ok()
                .filter(|parsed| range.contains(parsed))
                .ok_or_else(|| self.out_of_range(spec, range)),
            None if is_whole => Err(self.out_of_range(spec, range)),
            None => Err(self.malformed(spec, "a whole number")),
        }
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
        if self.is_meant(spec) {
            self.outcome = Some(
                self.integer(spec, &range, self.text)
                    .map(|parsed| *value = parsed),
            );
        }
    }

    fn signed(&mut self, spec: ParamSpec, range: RangeInclusive<i64>, value: &mut i64) {
        if self.is_meant(spec) {
            self.outcome = Some(
                self.integer(spec, &range, self.text)
                    .map(|parsed| *value = parsed),
            );
        }
    }

    fn toggle(&mut self, spec: ParamSpec, value: &mut bool) {
        if !self.is_meant(spec) {
            return;
        }
        self.outcome = Some(match self.text.parse() {
            Ok(parsed) => {
                *value = parsed;
                Ok(())
            }
            Err(_) => Err(ParamError::NoSuchChoice {
                name: spec.name,
                text: self.text.to_owned(),
                allowed: &["true", "false"],
            }),
        });
    }

    fn sweep(
        &mut self,
        spec: ParamSpec,
        range: RangeInclusive<u64>,
        _: &'static [u64],
        values: &mut Vec<u64>,
    ) {
        if !self.is_meant(spec) {
            return;
        }
        let parsed: Result<Vec<u64>, _> = self
            .text
            .split(',')
            .map(|text| self.integer(spec, &range, text.trim()))
            .collect();
        self.outcome = Some(parsed.and_then(|mut parsed| {
            parsed.sort_unstable();
            parsed.dedup();
            if parsed.len() > SWEEP_MAX {
                return Err(self.malformed(spec, "a sweep of at most 64 values"));
            }
            *values = parsed;
            Ok(())
        }));
    }

    fn seconds(&mut self, spec: ParamSpec, range: RangeInclusive<f64>, value: &mut f64) {
        if !self.is_meant(spec) {
            return;
        }
        self.outcome = Some(match number::decimal(self.text) {
            Some(parsed) => self.within(spec, &range, parsed, value),
            None => Err(self.malformed(spec, "a number of seconds")),
        });
    }

    fn text(&mut self, spec: ParamSpec, longest: usize, value: &mut String) {
        if !self.is_meant(spec) {
            return;
        }
        let text = self.text.trim();
        let fits = text.chars().count() <= longest && !text.chars().any(char::is_control);
        self.outcome = Some(if fits {
            text.clone_into(value);
            Ok(())
        } else {
            Err(ParamError::TooLong {
                name: spec.name,
                text: text.to_owned(),
                longest,
            })
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
