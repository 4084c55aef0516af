//! Every visible sentence, in two languages. The sentences are in `assets/text`, in Fluent's format;
//! the rest of the program knows keys and figures only.

mod errors;
mod figures;
mod outcome;
mod talking_points;
mod values;

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::{LanguageIdentifier, langid};

use crate::lab::demo::Sentence;
use crate::lab::demo::value::Value;

pub use figures::{approximate, factor, grouped, measured, significant, size};
use figures::{ratio_figure, two_digits};
pub use talking_points::TalkingPoints;

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
        include_str!("../../assets/text/en/threadlab.ftl"),
    )
});
static CHINESE: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        langid!("zh-CN"),
        include_str!("../../assets/text/zh-CN/threadlab.ftl"),
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
    // The test below finds syntax errors; here the sentences around one are still of use.
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

    /// The first of the system's locales that is in one of the languages; English if none is.
    pub fn of_system() -> Self {
        let mut locales = sys_locale::get_locales();
        let spoken = locales.find_map(|locale| Self::of_locale(&locale));
        spoken.unwrap_or(Language::English)
    }

    /// Chinese of any kind is Chinese, and `C` is the locale of programs without translations.
    fn of_locale(locale: &str) -> Option<Self> {
        let subtag = locale.split(['-', '_']).next()?;
        match subtag.to_ascii_lowercase().as_str() {
            "en" | "eng" | "c" | "posix" => Some(Language::English),
            // ISO 639: Chinese as a whole, then each of the languages that it is divided into.
            "zh" | "zho" | "chi" | "cdo" | "cjy" | "cmn" | "cnp" | "cpx" | "csp" | "czh"
            | "czo" | "gan" | "hak" | "hnm" | "hsn" | "luh" | "lzh" | "mnp" | "nan" | "sjc"
            | "wuu" | "yue" => Some(Language::Chinese),
            _ => None,
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

    /// The separator between two sentences.
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
            Value::About(count) => self.about_count(*count),
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

    /// A count that differs from run to run: exact below 10 000, then 46 000, 1.2 million.
    fn about_count(self, count: u64) -> String {
        let (one, key) = match (self, count) {
            (_, ..10_000) => return grouped(count.into()),
            (Language::English, ..995_000) => (1, "about-thousands"),
            (Language::English, _) => (1_000_000, "about-millions"),
            (Language::Chinese, ..99_500_000) => (10_000, "about-thousands"),
            (Language::Chinese, _) => (100_000_000, "about-millions"),
        };
        let figure = two_digits(count as f64 / f64::from(one));
        self.with(key, &[("figure", Value::Word(figure))])
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
            Value::About(count) if *count < 10_000 => self.fluent_value(&Value::from(*count)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_count_that_differs_from_run_to_run_is_about_so_many() {
        let both = |count| Language::ALL.map(|language| language.figure(&Value::About(count)));
        assert_eq!(both(0), ["0", "0"]);
        assert_eq!(both(9_999), ["9999", "9999"]);
        assert_eq!(both(12_345), ["about 12\u{a0}000", "约 1.2 万"]);
        assert_eq!(both(994_000), ["about 990\u{a0}000", "约 99 万"]);
        assert_eq!(both(1_003_271), ["about 1 million", "约 100 万"]);
        assert_eq!(both(12_345_678), ["about 12 million", "约 1200 万"]);
        assert_eq!(both(123_456_789), ["about 120 million", "约 1.2 亿"]);
    }

    #[test]
    fn times_and_sizes_bring_the_unit_that_fits_them() {
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
    }

    #[test]
    fn every_kind_of_chinese_is_chinese() {
        for locale in [
            "zh-CN",
            "zh",
            "ZH-hant-TW",
            "zho",
            "cmn-TW",
            "yue-HK",
            "nan_TW",
            "lzh-TW",
        ] {
            assert_eq!(
                Language::of_locale(locale),
                Some(Language::Chinese),
                "{locale}"
            );
        }
        for locale in ["en-GB", "en", "C", "POSIX"] {
            assert_eq!(
                Language::of_locale(locale),
                Some(Language::English),
                "{locale}"
            );
        }
        // Zhuang, French, and what `LANGUAGE=:` lists.
        for locale in ["za-CN", "zha", "fr-FR", ""] {
            assert_eq!(Language::of_locale(locale), None, "{locale}");
        }
    }

    #[test]
    fn sentences_take_figures_and_plural_forms() {
        let said =
            |count: u64| Language::English.with("app-other-runs", &[("count", count.into())]);
        assert_eq!(said(1), "1 run with other values, not drawn");
        assert_eq!(said(12), "12 runs with other values, not drawn");
        assert_eq!(
            Language::Chinese.with("app-other-runs", &[("count", 12u64.into())]),
            "12 次运行参数不同，未画出"
        );
    }

    #[test]
    fn a_swept_parameter_is_named_with_its_unit() {
        let title = |name| Language::English.point_title("bank_lock", name);
        assert_eq!(title("gap_millis"), "Processing time (ms)");
        assert_eq!(title("threads"), "Threads");
        assert_eq!(title("speedup"), "speed-up");
    }

    #[test]
    fn a_missing_text_shows_as_its_key() {
        assert_eq!(Language::English.text("no-such-key"), "no-such-key");
    }
}
