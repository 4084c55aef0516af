//! Every visible sentence, in two languages. The sentences are in `assets/text`, in Fluent's format;
//! the rest of the program knows keys and figures only.

mod errors;
mod outcome;

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::{LanguageIdentifier, langid};

use crate::lab::demo::Sentence;
use crate::lab::value::Value;

/// A language of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
}

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        langid!("en"),
        include_str!("../assets/text/en/threadlab.ftl"),
    )
});
static CHINESE: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        langid!("zh-CN"),
        include_str!("../assets/text/zh-CN/threadlab.ftl"),
    )
});

type Bundle = FluentBundle<FluentResource>;

fn bundle(language: LanguageIdentifier, source: &str) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks that isolate left-to-right from right-to-left text have no glyph, and neither language needs them.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(grouped(number.value as i128)),
        _ => None,
    }));
    // The test below tells of syntax errors; here the sentences around one are still of use.
    let resource =
        FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

impl Language {
    /// All, in the order of the switch.
    pub const ALL: [Language; 2] = [Language::English, Language::Chinese];

    /// The tag on the command line and in settings.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh-CN",
        }
    }

    /// Its own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Chinese => "中文",
        }
    }

    /// What the system's locale asks for: Chinese of any kind is Chinese, all else English.
    pub fn of_system() -> Self {
        let locale = sys_locale::get_locale().unwrap_or_default();
        if locale.to_ascii_lowercase().starts_with("zh") {
            Language::Chinese
        } else {
            Language::English
        }
    }

    fn bundle(self) -> &'static Bundle {
        match self {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    /// Whether there is a text with this key.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    /// The text with this key. A missing one shows as its key, which a test makes sure never happens.
    pub fn text(self, key: &str) -> Cow<'static, str> {
        self.format(key, None)
    }

    /// The sentence with its figures.
    pub fn say(self, sentence: &Sentence) -> String {
        self.with(&sentence.key, &sentence.args)
    }

    /// The text with this key and figures.
    pub fn with(self, key: &str, args: &[(&'static str, Value)]) -> String {
        let args: FluentArgs = args
            .iter()
            .map(|(name, value)| (*name, self.fluent_value(value)))
            .collect();
        self.format(key, Some(&args)).into_owned()
    }

    /// A measure's name: the demo's own, or the one that demos share.
    pub fn measure_title(self, demo: &str, name: &str) -> String {
        let own = format!("{demo}-measure-{name}");
        let key = if self.has(&own) {
            own
        } else {
            format!("measure-{name}")
        };
        self.text(&key).into_owned()
    }

    /// The name of a figure in a sweep's points: a parameter's with its unit, which is the last part of
    /// its name in data (`gap_millis`), or else a measure's.
    pub fn point_title(self, demo: &str, name: &str) -> String {
        let param = format!("{demo}-param-{name}");
        if !self.has(&param) {
            return self.measure_title(demo, name);
        }
        let title = self.text(&param).into_owned();
        let unit = name
            .rsplit_once('_')
            .map(|(_, unit)| format!("unit-{unit}"));
        match unit.filter(|unit| self.has(unit)) {
            Some(unit) => {
                let unit = Value::Word(self.text(&unit).into_owned());
                self.with(
                    "graph-column",
                    &[("measure", Value::Word(title)), ("unit", unit)],
                )
            }
            None => title,
        }
    }

    /// Several sentences in a row.
    pub fn say_all(self, sentences: &[Sentence]) -> String {
        sentences
            .iter()
            .map(|sentence| self.say(sentence))
            .collect::<Vec<_>>()
            .join(self.between_sentences())
    }

    /// What stands between two sentences.
    pub fn between_sentences(self) -> &'static str {
        match self {
            Language::English => " ",
            Language::Chinese => "",
        }
    }

    /// A figure as people write it. Times and bytes bring the unit that fits them.
    pub fn figure(self, value: &Value) -> String {
        match value {
            Value::Count(count) => grouped(*count),
            Value::Seconds(seconds) => self.time(*seconds),
            Value::Ratio(ratio) => ratio_figure(*ratio),
            Value::Bytes(bytes) => size(*bytes),
            Value::Word(word) => word.clone(),
        }
    }

    /// A time that was measured, in the unit that fits: 15.7 s, 12.1 ms.
    pub fn time(self, seconds: f64) -> String {
        self.in_fitting_unit(seconds, significant)
    }

    /// A time that is no promise: 16 s, 12 ms.
    pub fn about_time(self, seconds: f64) -> String {
        self.in_fitting_unit(seconds, approximate)
    }

    fn in_fitting_unit(self, seconds: f64, figure: fn(f64) -> String) -> String {
        let (number, unit) = match seconds.abs() {
            0.0 | 0.1.. => (seconds, "unit-seconds"),
            1e-4.. => (seconds * 1e3, "unit-millis"),
            1e-7.. => (seconds * 1e6, "unit-micros"),
            _ => (seconds * 1e9, "unit-nanos"),
        };
        format!("{} {}", figure(number), self.text(unit))
    }

    /// Whole numbers that select a plural form must arrive as numbers; those beyond floating point's
    /// reach are never plural forms of anything small.
    fn fluent_value(self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Count(count) if count.unsigned_abs() < 1 << 53 => {
                FluentValue::Number(FluentNumber::new(*count as f64, Default::default()))
            }
            _ => FluentValue::String(Cow::Owned(self.figure(value))),
        }
    }

    fn format(self, key: &str, args: Option<&FluentArgs>) -> Cow<'static, str> {
        let bundle = self.bundle();
        match bundle.get_message(key).and_then(|message| message.value()) {
            Some(pattern) => {
                let mut errors = Vec::new();
                Cow::Owned(
                    bundle
                        .format_pattern(pattern, args, &mut errors)
                        .into_owned(),
                )
            }
            None => Cow::Owned(key.to_owned()),
        }
    }
}

/// Three significant digits, more only before the point: 0.0121, 1.01, 15.7, 1234. A number that has fewer, as those
/// have that people set, is written with these: 0.1, 10.
pub fn significant(number: f64) -> String {
    let exact = number.to_string();
    let rounded = with_digits(number, 3);
    if exact.len() < rounded.len() || number.fract() == 0.0 {
        exact
    } else {
        rounded
    }
}

/// Two significant digits, for what is no promise, or differs from run to run: 0.033, 1.0, 10, 123.
pub fn approximate(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else {
        with_digits(number, 2)
    }
}

fn with_digits(number: f64, digits: i32) -> String {
    // The power of ten after rounding: 9.996 has one digit before the point, 10.0 has two.
    let rounded = format!("{number:.*e}", digits as usize - 1);
    let power = rounded
        .split_once('e')
        .and_then(|(_, power)| power.parse::<i32>().ok());
    let decimals = usize::try_from(digits - 1 - power.unwrap_or(0)).unwrap_or(0);
    format!("{number:.decimals$}")
}

/// Digits in threes, with a space that never breaks, from five digits on.
pub fn grouped(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    if digits.len() < 5 {
        return number.to_string();
    }
    let sign = if number < 0 { "-" } else { "" };
    let first = digits.len() % 3;
    let groups = (0..digits.len().div_ceil(3)).map(|group| {
        let end = if first == 0 {
            (group + 1) * 3
        } else {
            first + group * 3
        };
        &digits[end.saturating_sub(3)..end]
    });
    format!("{sign}{}", groups.collect::<Vec<_>>().join("\u{a0}"))
}

/// How many times as fast: two significant digits, for the next run differs in the third; whole factors as they are.
fn ratio_figure(ratio: f64) -> String {
    if ratio.fract() == 0.0 {
        ratio.to_string()
    } else {
        approximate(ratio)
    }
}

/// A factor as people write it: 300, 1.5.
pub fn factor(number: f64) -> String {
    if number >= 10.0 {
        grouped(number.round() as i128)
    } else {
        format!("{number}")
    }
}

/// A size in the unit that fits: 763 MiB.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let power = (0..UNITS.len() - 1)
        .find(|power| bytes >> (10 * (power + 1)) == 0)
        .unwrap_or(UNITS.len() - 1);
    format!(
        "{}\u{a0}{}",
        significant(bytes as f64 / (1u64 << (10 * power)) as f64),
        UNITS[power]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_people_do() {
        assert_eq!(significant(0.012_14), "0.0121");
        assert_eq!(significant(1.009), "1.01");
        assert_eq!(significant(10.0), "10");
        assert_eq!(significant(9.999), "10.0");
        assert_eq!(significant(-0.099_96), "-0.100");
        assert_eq!(significant(1234.5), "1234");
        assert_eq!(approximate(0.033_04), "0.033");
        assert_eq!(approximate(1.0), "1.0");
        assert_eq!(approximate(123.4), "123");
        assert_eq!(approximate(9.99), "10");
        assert_eq!(approximate(0.0), "0");
        let figure = |value| Language::English.figure(&value);
        assert_eq!(figure(Value::Ratio(1.859)), "1.9");
        assert_eq!(figure(Value::Ratio(8.0)), "8");
        assert_eq!(figure(Value::Seconds(15.66)), "15.7 s");
        assert_eq!(figure(Value::Seconds(0.1)), "0.1 s");
        assert_eq!(figure(Value::Seconds(0.012_14)), "12.1 ms");
        assert_eq!(figure(Value::Seconds(1.23e-6)), "1.23 µs");
        assert_eq!(figure(Value::Seconds(4.25e-8)), "42.5 ns");
        assert_eq!(figure(Value::Seconds(0.0)), "0 s");
        assert_eq!(Language::Chinese.about_time(0.033_04), "33 毫秒");
        assert_eq!(grouped(9999), "9999");
        assert_eq!(grouped(100_000_000), "100\u{a0}000\u{a0}000");
        assert_eq!(grouped(-12_345), "-12\u{a0}345");
        assert_eq!(size(800_000_000), "763\u{a0}MiB");
        assert_eq!(size(0), "0\u{a0}B");
    }

    #[test]
    fn sentences_take_figures_and_plural_forms() {
        let said =
            |count: u64| Language::English.with("app-other-runs", &[("count", count.into())]);
        assert_eq!(said(1), "1 run with other values");
        assert_eq!(said(12), "12 runs with other values");
        assert_eq!(
            Language::Chinese.with("app-other-runs", &[("count", 12u64.into())]),
            "另有 12 次运行用的是别的参数"
        );
    }

    #[test]
    fn a_swept_parameter_is_named_with_its_unit() {
        let title = |name| Language::English.point_title("bank_lock", name);
        assert_eq!(title("gap_millis"), "Gap (ms)");
        assert_eq!(title("threads"), "Threads");
        assert_eq!(title("speedup"), "speed-up");
    }

    #[test]
    fn a_missing_text_shows_as_its_key() {
        assert_eq!(Language::English.text("no-such-key"), "no-such-key");
    }
}
