//! The values of a run's parameters in a few words: 100 threads · ¥1 · 10 ms.

use super::{Language, grouped};
use crate::lab::demo::param::{ParamValue, Params};
use crate::lab::demo::value::Value;
use crate::lab::demo::{DemoId, VariantId};

impl Language {
    /// The values that matter most to `variant`, as short as a button's face.
    pub fn values(self, demo: DemoId, variant: VariantId, params: &Params) -> String {
        let variant = ("variant", Value::Word(variant.to_owned()));
        let values = params
            .0
            .iter()
            .map(|(name, value)| (*name, figure(name, value)));
        let all: Vec<_> = values.chain([variant]).collect();
        self.with(&format!("{demo}-values"), &all)
    }
}

fn figure(name: &str, value: &ParamValue) -> Value {
    match value {
        ParamValue::Whole(millis) if name.ends_with("_millis") => {
            Value::Seconds(*millis as f64 / 1e3)
        }
        ParamValue::Whole(count) => Value::from(*count),
        ParamValue::Seconds(seconds) => Value::Seconds(*seconds),
        ParamValue::Sweep(values) => Value::Word(match values[..] {
            [first, .., last] => format!("{}–{}", grouped(first.into()), grouped(last.into())),
            [only] => grouped(only.into()),
            [] => String::new(),
        }),
        other => Value::Word(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demos::REGISTRY;

    /// The values of the lesson, for every demo's first variant.
    fn lesson(language: Language) -> Vec<String> {
        let of = |demo: Box<dyn crate::lab::demo::Demo>| {
            let variant = demo.variants()[0].id;
            language.values(demo.id(), variant, &demo.params())
        };
        REGISTRY.iter().map(|entry| of((entry.demo)())).collect()
    }

    #[test]
    fn the_values_of_every_demo_have_words() {
        let english = lesson(Language::English);
        assert!(english.contains(&"100 threads · ¥1 · 10 ms".to_owned()));
        for values in english.iter().chain(&lesson(Language::Chinese)) {
            assert!(values.contains(char::is_numeric), "{values}");
            assert!(!values.contains("-values"), "{values}");
            assert!(values.chars().count() <= 40, "{values}");
        }
    }
}
