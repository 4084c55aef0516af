//! `threadlab list`: what there is, read off the registry.

use std::fmt::Write as _;
use std::io;
use std::ops::RangeInclusive;

use serde::Serialize;

use super::CliError;
use super::args::ListArgs;
use super::output;
use crate::demos::{Entry, REGISTRY};
use crate::lab::demo::param::{ParamSpec, ParamValue, ParamVisitor};
use crate::lab::demo::value::Unit;
use crate::text::Language;

/// Writes the list; returns the exit code.
pub(super) fn list(args: &ListArgs) -> Result<u8, CliError> {
    let demos: Vec<_> = REGISTRY.iter().map(describe).collect();
    let text = if args.json {
        let json = serde_json::to_string_pretty(&demos).map_err(io::Error::from)?;
        format!("{json}\n")
    } else {
        demos.iter().map(paragraph).collect::<Vec<_>>().join("\n")
    };
    output::written(0, output::print(&text))
}

/// A demo as `list --json` shows it.
#[derive(Serialize)]
struct Description {
    number: u8,
    id: &'static str,
    title: String,
    variants: Vec<Named>,
    parameters: Vec<Parameter>,
    measures: Vec<Measured>,
}

#[derive(Serialize)]
struct Named {
    id: &'static str,
    title: String,
}

#[derive(Serialize)]
struct Parameter {
    name: &'static str,
    title: String,
    help: String,
    default: ParamValue,
    #[serde(flatten)]
    allowed: Allowed,
    /// What the value counts; a choice counts nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    /// The variants that it makes a difference to; none named are all.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    only: &'static [&'static str],
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Allowed {
    Whole { min: ParamValue, max: ParamValue },
    Seconds { min: ParamValue, max: ParamValue },
    Choice { choices: &'static [&'static str] },
    Toggle,
    Sweep { min: ParamValue, max: ParamValue },
    Text { max_length: usize },
}

#[derive(Serialize)]
struct Measured {
    name: &'static str,
    title: String,
    unit: Unit,
}

fn describe(entry: &Entry) -> Description {
    let mut demo = (entry.demo)();
    let id = demo.id();
    let mut describe = Describe {
        id,
        parameters: Vec::new(),
    };
    demo.visit_params(&mut describe);
    Description {
        number: entry.number,
        id,
        title: text(id, "title"),
        variants: (demo.variants().iter())
            .map(|variant| Named {
                id: variant.id,
                title: text(id, variant.id),
            })
            .collect(),
        parameters: describe.parameters,
        measures: (demo.measures().iter())
            .map(|measure| Measured {
                name: measure.name,
                title: text(id, &format!("measure-{}", measure.name)),
                unit: measure.unit,
            })
            .collect(),
    }
}

fn paragraph(demo: &Description) -> String {
    let variants =
        (demo.variants.iter()).map(|variant| (variant.id.to_owned(), variant.title.clone()));
    let parameters = demo.parameters.iter().map(|parameter| {
        let allowed = match &parameter.allowed {
            Allowed::Whole { min, max } | Allowed::Seconds { min, max } => {
                format!("{min} to {max}")
            }
            Allowed::Toggle => "true or false".to_owned(),
            Allowed::Sweep { min, max } => format!("one or several of {min} to {max}"),
            Allowed::Text { max_length } => format!("at most {max_length} letters"),
            Allowed::Choice { choices } => choices.join(" or "),
        };
        let unit = parameter.unit.and_then(unit_sign).unwrap_or_default();
        let only = match parameter.only {
            [] => String::new(),
            only => format!(" (only {})", only.join(", ")),
        };
        (
            format!("{}={}", parameter.name, parameter.default),
            format!(
                "{}: {allowed}{unit}. {}{only}",
                parameter.title, parameter.help
            ),
        )
    });
    let measures = demo.measures.iter().map(|measure| {
        let unit = match measure.unit {
            Unit::Seconds => unit_sign("seconds"),
            Unit::Yuan => unit_sign("yuan"),
            Unit::Bytes => Some(" bytes".to_owned()),
            Unit::Count | Unit::Ratio => None,
        };
        let unit = unit.map(|unit| format!(", in{unit}")).unwrap_or_default();
        (measure.name.to_owned(), format!("{}{unit}", measure.title))
    });
    let sections: [(&str, Vec<(String, String)>); 3] = [
        ("variants", variants.collect()),
        ("parameters", parameters.collect()),
        ("measures", measures.collect()),
    ];
    let names = sections.iter().flat_map(|(_, lines)| lines);
    let width = names.map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut text = format!("{} ({})\n", demo.title, demo.id);
    for (section, lines) in &sections {
        // Writing into a string never fails.
        writeln!(text, "  {section}").ok();
        for (name, meaning) in lines {
            writeln!(text, "    {name:width$}  {meaning}").ok();
        }
    }
    text
}

/// ` ms`, or nothing for what is only counted.
fn unit_sign(unit: &str) -> Option<String> {
    let key = format!("unit-{unit}");
    let english = Language::English;
    english
        .has(&key)
        .then(|| format!(" {}", english.text(&key)))
}

/// The text of one of a demo's keys.
fn text(demo: &str, key: &str) -> String {
    Language::English
        .text(&format!("{demo}-{key}"))
        .into_owned()
}

/// Notes down every parameter that comes along.
struct Describe {
    id: &'static str,
    parameters: Vec<Parameter>,
}

impl Describe {
    fn push(
        &mut self,
        spec: ParamSpec,
        default: ParamValue,
        allowed: Allowed,
        unit: Option<&'static str>,
    ) {
        self.parameters.push(Parameter {
            name: spec.name,
            title: text(self.id, &format!("param-{}", spec.name)),
            help: text(self.id, &format!("param-{}-help", spec.name)),
            default,
            allowed,
            unit,
            only: spec.only,
        });
    }
}

impl ParamVisitor for Describe {
    fn whole(&mut self, spec: ParamSpec, range: RangeInclusive<u64>, value: &mut u64) {
        let allowed = Allowed::Whole {
            min: ParamValue::Whole(*range.start()),
            max: ParamValue::Whole(*range.end()),
        };
        self.push(spec, ParamValue::Whole(*value), allowed, Some(unit(spec)));
    }

    fn seconds(&mut self, spec: ParamSpec, range: RangeInclusive<f64>, value: &mut f64) {
        let allowed = Allowed::Seconds {
            min: ParamValue::Seconds(*range.start()),
            max: ParamValue::Seconds(*range.end()),
        };
        self.push(spec, ParamValue::Seconds(*value), allowed, Some("seconds"));
    }

    fn choice(
        &mut self,
        spec: ParamSpec,
        choices: &'static [&'static str],
        value: &mut &'static str,
    ) {
        self.push(
            spec,
            ParamValue::Choice(value),
            Allowed::Choice { choices },
            None,
        );
    }

    fn signed(&mut self, spec: ParamSpec, range: RangeInclusive<i64>, value: &mut i64) {
        let allowed = Allowed::Whole {
            min: ParamValue::Signed(*range.start()),
            max: ParamValue::Signed(*range.end()),
        };
        self.push(spec, ParamValue::Signed(*value), allowed, Some(unit(spec)));
    }

    fn toggle(&mut self, spec: ParamSpec, value: &mut bool) {
        self.push(spec, ParamValue::Toggle(*value), Allowed::Toggle, None);
    }

    fn sweep(
        &mut self,
        spec: ParamSpec,
        range: RangeInclusive<u64>,
        _: &'static [u64],
        values: &mut Vec<u64>,
    ) {
        let allowed = Allowed::Sweep {
            min: ParamValue::Whole(*range.start()),
            max: ParamValue::Whole(*range.end()),
        };
        let values = ParamValue::Sweep(values.clone());
        self.push(spec, values, allowed, Some(unit(spec)));
    }

    fn text(&mut self, spec: ParamSpec, longest: usize, value: &mut String) {
        let allowed = Allowed::Text {
            max_length: longest,
        };
        self.push(spec, ParamValue::Text(value.clone()), allowed, None);
    }
}

/// What a whole number counts; things without a unit are called as the measures call them.
fn unit(spec: ParamSpec) -> &'static str {
    if spec.unit.is_empty() {
        "count"
    } else {
        spec.unit
    }
}
