//! `threadlab list`: the demos with their variants, parameters and measures, read off the registry.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use super::CliError;
use super::args::ListArgs;
use super::output;
use crate::demos::{Entry, REGISTRY};
use crate::lab::demo::param::{Param, ParamKind, ParamValue};
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
    /// The unit of the value; a choice has none.
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
    let parameters = demo.param_list();
    let parameters = parameters
        .iter()
        .map(|param| parameter(id, param))
        .collect();
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
        parameters,
        measures: (demo.spec().measures.iter())
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

fn parameter(demo: &str, param: &Param<'_>) -> Parameter {
    let spec = param.spec;
    // Things without a unit are called as the measures call them.
    let counted = match spec.unit {
        "" => "count",
        unit => unit,
    };
    let whole = |number: &u64| ParamValue::Whole(*number);
    let (allowed, unit) = match &param.kind {
        ParamKind::Whole(range, _) => {
            let (min, max) = (whole(range.start()), whole(range.end()));
            (Allowed::Whole { min, max }, Some(counted))
        }
        ParamKind::Signed(range, _) => {
            let [min, max] = [range.start(), range.end()].map(|end| ParamValue::Signed(*end));
            (Allowed::Whole { min, max }, Some(counted))
        }
        ParamKind::Seconds(range, _) => {
            let [min, max] = [range.start(), range.end()].map(|end| ParamValue::Seconds(*end));
            (Allowed::Seconds { min, max }, Some("seconds"))
        }
        ParamKind::Choice(choices, _) => (Allowed::Choice { choices }, None),
        ParamKind::Toggle(_) => (Allowed::Toggle, None),
        ParamKind::Sweep { range, .. } => {
            let (min, max) = (whole(range.start()), whole(range.end()));
            (Allowed::Sweep { min, max }, Some(counted))
        }
        ParamKind::Text { longest, .. } => {
            let max_length = *longest;
            (Allowed::Text { max_length }, None)
        }
    };
    Parameter {
        name: spec.name,
        title: text(demo, &format!("param-{}", spec.name)),
        help: text(demo, &format!("param-{}-help", spec.name)),
        default: param.value(),
        allowed,
        unit,
        only: spec.only,
    }
}
