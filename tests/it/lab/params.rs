//! Parameters set from text: whatever is given, a value is within its range or nothing has changed.

use std::ops::RangeInclusive;

use proptest::prelude::*;
use threadlab::demos::REGISTRY;
use threadlab::lab::demo::param::{ParamError, ParamKind, ParamValue};
use threadlab::lab::demo::{Demo, copy_params, set_param};

use crate::headless::demo;

/// The kinds of parameters.
#[derive(Clone, Debug)]
enum Allowed {
    Whole(RangeInclusive<u64>),
    Seconds(RangeInclusive<f64>),
    Choice(&'static [&'static str]),
    Signed(RangeInclusive<i64>),
    Toggle,
    Sweep(RangeInclusive<u64>),
    Text(usize),
}

impl Allowed {
    fn holds(&self, value: &ParamValue) -> bool {
        match (self, value) {
            (Allowed::Whole(range), ParamValue::Whole(value)) => range.contains(value),
            (Allowed::Seconds(range), ParamValue::Seconds(value)) => range.contains(value),
            (Allowed::Choice(options), ParamValue::Choice(value)) => options.contains(value),
            (Allowed::Signed(range), ParamValue::Signed(value)) => range.contains(value),
            (Allowed::Toggle, ParamValue::Toggle(_)) => true,
            (Allowed::Sweep(range), ParamValue::Sweep(values)) => {
                !values.is_empty()
                    && values.iter().all(|value| range.contains(value))
                    && values.windows(2).all(|pair| pair[0] < pair[1])
            }
            (Allowed::Text(longest), ParamValue::Text(text)) => {
                text.chars().count() <= *longest && text.trim() == text
            }
            _ => false,
        }
    }
}

fn ranges(demo: &mut dyn Demo) -> Vec<(&'static str, Allowed)> {
    let params = demo.param_list().into_iter();
    let allowed = params.map(|param| {
        let allowed = match param.kind {
            ParamKind::Whole(range, _) => Allowed::Whole(range),
            ParamKind::Signed(range, _) => Allowed::Signed(range),
            ParamKind::Seconds(range, _) => Allowed::Seconds(range),
            ParamKind::Choice(options, _) => Allowed::Choice(options),
            ParamKind::Toggle(_) => Allowed::Toggle,
            ParamKind::Sweep { range, .. } => Allowed::Sweep(range),
            ParamKind::Text { longest, .. } => Allowed::Text(longest),
        };
        (param.spec.name, allowed)
    });
    allowed.collect()
}

/// Anything that a person might type, and much more.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<u64>().prop_map(|number| number.to_string()),
        (0..20_000u64).prop_map(|number| number.to_string()),
        any::<i128>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| number.to_string()),
        (0.0..700.0f64).prop_map(|number| format!("{number:.3}")),
        prop::sample::select(vec![
            "", " 5", "5 ", "+5", "-0", "1e3", "inf", "NaN", "٣", "0x10", "1_000", "5,0"
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn whatever_is_given_a_value_is_in_range_or_nothing_has_changed(text in text(), name in "[a-z_]{0,12}") {
        for entry in REGISTRY {
            let mut demo = (entry.demo)();
            let ranges = ranges(demo.as_mut());
            for (param, allowed) in &ranges {
                let before = demo.params();
                let set = set_param(demo.as_mut(), param, &text);
                let after = demo.params();
                let value = after.value(param).expect("the parameter");
                prop_assert!(allowed.holds(value), "{param}={text:?} made it {value}");
                if set.is_err() {
                    prop_assert_eq!(&after, &before);
                }
                // No other parameter changes in any case, but that the letters of a code give the number of threads.
                let is_told = |other: &str| other == *param || (*param == "schedule" && other == "threads");
                for (other, value) in after.0.iter().filter(|(other, _)| !is_told(other)) {
                    prop_assert_eq!(before.value(other), Some(value));
                }
            }
            if ranges.iter().all(|(param, _)| *param != name) {
                let unknown = matches!(set_param(demo.as_mut(), &name, &text), Err(ParamError::Unknown { .. }));
                prop_assert!(unknown);
            }
            // A fresh demo takes over whatever was set.
            let mut fresh = (entry.demo)();
            copy_params(demo.as_ref(), fresh.as_mut());
            prop_assert_eq!(fresh.params(), demo.params());
        }
    }
}

#[test]
fn both_ends_of_every_range_are_allowed_and_what_lies_beyond_is_not() {
    for entry in REGISTRY {
        let mut demo = (entry.demo)();
        for (param, allowed) in ranges(demo.as_mut()) {
            let (inside, outside) = match allowed {
                Allowed::Whole(range) => {
                    let ends = [*range.start(), *range.end()].map(i128::from);
                    (
                        ends.map(|end| end.to_string()).to_vec(),
                        vec![ends[0] - 1, ends[1] + 1],
                    )
                }
                Allowed::Seconds(range) => {
                    let ends = [*range.start(), *range.end()].map(|end| end.to_string());
                    (ends.to_vec(), vec![-1, 1_000_000_000_000])
                }
                Allowed::Signed(range) => {
                    let ends = [*range.start(), *range.end()].map(i128::from);
                    (
                        ends.map(|end| end.to_string()).to_vec(),
                        vec![ends[0] - 1, ends[1] + 1],
                    )
                }
                Allowed::Toggle => (vec!["true".to_owned(), "false".to_owned()], Vec::new()),
                Allowed::Sweep(range) => {
                    let ends = [*range.start(), *range.end()].map(i128::from);
                    (
                        vec![ends[0].to_string(), format!("{},{}", ends[1], ends[0])],
                        vec![ends[0] - 1, ends[1] + 1],
                    )
                }
                Allowed::Text(longest) => {
                    let too_long = "A".repeat(longest + 1);
                    let refused = set_param(demo.as_mut(), param, &too_long);
                    assert!(
                        matches!(refused, Err(ParamError::TooLong { .. })),
                        "{refused:?}"
                    );
                    (vec![String::new(), "A".repeat(longest)], Vec::new())
                }
                Allowed::Choice(options) => (
                    options.iter().map(|option| (*option).to_owned()).collect(),
                    Vec::new(),
                ),
            };
            for text in inside {
                assert_eq!(
                    set_param(demo.as_mut(), param, &text),
                    Ok(()),
                    "{param}={text}"
                );
            }
            for number in outside {
                let refused = set_param(demo.as_mut(), param, &number.to_string());
                assert!(
                    matches!(refused, Err(ParamError::OutOfRange { .. })),
                    "{refused:?}"
                );
            }
        }
    }
}

#[test]
fn an_error_names_the_wrong_word_and_what_is_allowed() {
    let mut bank = demo("bank_lock", &[]);
    let mut said = |name, text| {
        set_param(bank.as_mut(), name, text)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        said("gap", "1"),
        "unknown parameter `gap`; there are: threads, amount, gap_millis, failing, await_inside, schedule"
    );
    assert_eq!(said("threads", "0"), "`threads=0`: allowed is 1 to 5000");
    assert_eq!(said("threads", "-1"), "`threads=-1`: allowed is 1 to 5000");
    assert_eq!(
        said("threads", "99999999999999999999999"),
        "`threads=99999999999999999999999`: allowed is 1 to 5000"
    );
    assert_eq!(
        said("threads", "ten"),
        "`threads=ten`: `ten` is not a whole number"
    );
    assert_eq!(
        said("threads", "1.5"),
        "`threads=1.5`: `1.5` is not a whole number"
    );
    let mut button = demo("responsive_ui", &[]);
    let mut said = |text| {
        set_param(button.as_mut(), "seconds", text)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        said("NaN"),
        "`seconds=NaN`: `NaN` is not a number of seconds"
    );
    assert_eq!(said("0.05"), "`seconds=0.05`: allowed is 0.1 to 600");
}

#[test]
fn parameters_are_checked_against_each_other() {
    let mut bank = demo("bank_lock", &[("threads", "5"), ("failing", "6")]);
    let wrong = bank.check("no_lock").unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "`failing` is 6, but must not be more than `threads`, which is 5"
    );
    assert_eq!(set_param(bank.as_mut(), "failing", "5"), Ok(()));
    assert_eq!(bank.check("no_lock"), Ok(()));
}
