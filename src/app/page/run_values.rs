//! The values of the shown run, said beside its picture where they are not the page's: they were changed since.

use crate::lab::demo::Demo;
use crate::lab::demo::value::Value;
use crate::lab::trace::record::Record;
use crate::text::Language;
use crate::widgets::stage::Snapshot;

/// The values of the shown run in words, if the demo has others now.
pub fn say_other_values(
    demo: &dyn Demo,
    shown: &Snapshot<'_>,
    language: Language,
) -> Option<String> {
    let (info, now) = (shown.info, demo.params());
    // The cores may be changed while a run goes on, and it follows.
    let follows = shown.record.is_none_or(Record::was_changed);
    let others: Vec<_> = (info.params.0.iter())
        .filter(|(name, value)| now.value(name) != Some(value))
        .filter(|(name, _)| !(follows && *name == "cores"))
        .collect();
    if others.is_empty() {
        return None;
    }
    let say = |params| language.values(demo.id(), info.variant, params);
    let mut values = say(&info.params);
    if values == say(&now) {
        // The short words leave out what differs.
        let named = others.iter().map(|(name, value)| {
            let title = language.text(&format!("{}-param-{name}", demo.id()));
            format!("{title} {value}")
        });
        values = named.collect::<Vec<_>>().join(" · ");
    }
    Some(language.with("app-run-values", &[("values", Value::Word(values))]))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::demos;
    use crate::lab::demo::set_param;
    use crate::lab::run::RunInfo;
    use crate::lab::trace::log::RunLog;

    #[test]
    fn a_run_with_other_values_says_them() {
        let mut demo = (demos::find("bank_lock").expect("the bank").demo)();
        let info = RunInfo {
            demo: demo.id(),
            variant: "no_lock",
            params: demo.params(),
            seed: 0,
        };
        let log = RunLog::default();
        let shown = Snapshot {
            info: &info,
            log: &log,
            now: Duration::ZERO,
            end: Duration::ZERO,
            slowed: None,
            held: false,
            window: None,
            incident: None,
            record: None,
            earlier: &[],
        };
        let say = |demo: &dyn Demo| say_other_values(demo, &shown, Language::English);
        assert_eq!(say(demo.as_ref()), None);
        set_param(demo.as_mut(), "failing", "3").expect("a number");
        let said = say(demo.as_ref()).expect("they differ");
        assert!(said.contains("Failing 0"), "{said}");
        set_param(demo.as_mut(), "threads", "30").expect("a number");
        let said = say(demo.as_ref()).expect("they differ");
        assert!(said.contains("100 threads"), "{said}");
    }
}
