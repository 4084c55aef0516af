//! Turns the words of the command line into a demo that is ready to run, or into a sentence that names the wrong word
//! and what is allowed. Nothing starts before all words are right.

use std::ops::RangeInclusive;

use crate::demos::{self, REGISTRY};
use crate::lab::demo::param::ParamError;
use crate::lab::demo::{Demo, DemoId, Variant, set_param};

/// More would take very long, and memory for the records.
const REPEATS_MAX: u64 = 1_000_000;
/// Larger than this a window shows a few letters, smaller none that can be read.
const ZOOM: RangeInclusive<f32> = 0.5..=4.0;

/// The wrong word, and the words that are allowed.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(super) enum UsageError {
    /// There is no such demo.
    #[error("unknown demo `{word}`; there are: {}", allowed.join(", "))]
    Demo {
        word: String,
        allowed: Vec<&'static str>,
    },
    /// The demo has no such variant.
    #[error("unknown variant `{word}` of {demo}; there are: {}", allowed.join(", "))]
    Variant {
        word: String,
        demo: &'static str,
        allowed: Vec<&'static str>,
    },
    /// A parameter is wrong, alone or beside the others.
    #[error(transparent)]
    Param(#[from] ParamError),
}

/// In less time a demo could not be looked at; more would be too long to wait for the next one.
const SECONDS: RangeInclusive<f64> = 0.5..=600.0;

/// No run of a file is longer than a day.
const MOMENT: RangeInclusive<f64> = 0.0..=86_400.0;

/// A demo with its parameters set, and the variants that were asked for.
pub(super) struct Setup {
    pub(super) demo: Box<dyn Demo>,
    pub(super) variants: Vec<Variant>,
}

/// Sets the demo `id` up; without `variants`, with all of them. The parameters are all set before they are checked
/// together: their order on the command line must not matter.
pub(super) fn set_up<'words>(
    id: &str,
    variants: impl IntoIterator<Item = &'words String>,
    assignments: &[(String, String)],
) -> Result<Setup, UsageError> {
    let entry = demos::find(id).ok_or_else(|| unknown(id))?;
    let mut demo = (entry.demo)();
    let mut variants = variants
        .into_iter()
        .map(|word| find_variant(&*demo, word))
        .collect::<Result<Vec<_>, _>>()?;
    if variants.is_empty() {
        variants = demo.variants().to_vec();
    }
    for (name, text) in assignments {
        set_param(&mut *demo, name, text)?;
    }
    for variant in &variants {
        demo.check(variant.id)?;
    }
    Ok(Setup { demo, variants })
}

pub(super) fn find_variant(demo: &dyn Demo, word: &str) -> Result<Variant, UsageError> {
    let all = demo.variants();
    let found = all.iter().find(|variant| variant.id == word).copied();
    found.ok_or_else(|| UsageError::Variant {
        word: word.to_owned(),
        demo: demo.id(),
        allowed: all.iter().map(|variant| variant.id).collect(),
    })
}

/// `KEY=VALUE`; the value may hold a further `=`.
pub(super) fn assignment(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        Some(_) => Err("there is no name before the `=`"),
        None => Err("there is no `=` in it; write KEY=VALUE"),
    }
}

/// The ids of these demos as they are in the registry, or of all if none are given.
pub(super) fn find_demos(words: &[String]) -> Result<Vec<DemoId>, UsageError> {
    let all: Vec<DemoId> = REGISTRY.iter().map(|entry| entry.spec.id).collect();
    if words.is_empty() {
        return Ok(all);
    }
    let find = |word: &String| {
        let found = all.iter().find(|id| *id == word).copied();
        found.ok_or_else(|| unknown(word))
    };
    words.iter().map(find).collect()
}

fn unknown(word: &str) -> UsageError {
    UsageError::Demo {
        word: word.to_owned(),
        allowed: REGISTRY.iter().map(|entry| entry.spec.id).collect(),
    }
}

/// How often to repeat.
pub(super) fn repeats(text: &str) -> Result<u64, String> {
    let parsed = text.parse().ok();
    parsed
        .filter(|repeats| (1..=REPEATS_MAX).contains(repeats))
        .ok_or_else(|| format!("allowed is a whole number from 1 to {REPEATS_MAX}"))
}

/// A seed.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("allowed is a whole number from 0 to {}", u64::MAX))
}

/// How long a demo may take on a tour.
pub(super) fn seconds(text: &str) -> Result<f64, String> {
    let parsed = text.parse().ok();
    parsed
        .filter(|seconds| SECONDS.contains(seconds))
        .ok_or_else(|| format!("allowed is {} to {}", SECONDS.start(), SECONDS.end()))
}

/// A moment of a run.
pub(super) fn moment(text: &str) -> Result<f64, String> {
    let parsed = text.parse().ok();
    parsed
        .filter(|moment| MOMENT.contains(moment))
        .ok_or_else(|| format!("allowed is {} to {}", MOMENT.start(), MOMENT.end()))
}

/// How much larger to draw.
pub(super) fn zoom(text: &str) -> Result<f32, String> {
    let parsed = text.parse().ok();
    parsed
        .filter(|zoom| ZOOM.contains(zoom))
        .ok_or_else(|| format!("allowed is {} to {}", ZOOM.start(), ZOOM.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_checked_together_whatever_their_order() {
        let set = |assignments: [&str; 2]| {
            let assignments = assignments.map(|text| assignment(text).unwrap());
            set_up("bank_lock", [], &assignments).map(|setup| setup.demo.params().whole("failing"))
        };
        assert_eq!(set(["failing=200", "threads=300"]), Ok(200));
        assert_eq!(set(["threads=300", "failing=200"]), Ok(200));
        let error = set(["failing=200", "amount=2"]).unwrap_err().to_string();
        assert!(
            error.contains("`failing` is 200") && error.contains("`threads`"),
            "{error}"
        );
    }

    #[test]
    fn numbers_say_what_is_allowed() {
        assert_eq!(repeats("1"), Ok(1));
        for wrong in ["0", "-1", "x", "", "99999999999999999999"] {
            let error = repeats(wrong).unwrap_err();
            assert!(error.contains("from 1 to 1000000"), "{wrong}: {error}");
        }
        assert_eq!(seed("18446744073709551615"), Ok(u64::MAX));
        let error = seed("18446744073709551616").unwrap_err();
        assert!(error.contains("to 18446744073709551615"), "{error}");
        assert_eq!(zoom("1.5"), Ok(1.5));
        assert_eq!(seconds("0.5"), Ok(0.5));
        for wrong in ["0", "-3", "NaN", "inf", "long"] {
            assert_eq!(
                seconds(wrong),
                Err("allowed is 0.5 to 600".to_owned()),
                "{wrong}"
            );
        }
        for wrong in ["0", "NaN", "inf", "large"] {
            assert_eq!(
                zoom(wrong),
                Err("allowed is 0.5 to 4".to_owned()),
                "{wrong}"
            );
        }
    }
}
