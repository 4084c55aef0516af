//! `threadlab check`: whether this machine is ready for class, an item a line.

mod display;
mod machine;
mod python;

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use super::CliError;
use super::args::CheckArgs;
use super::exit;
use super::output;

pub(super) use display::try_window;

/// The state of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Mark {
    /// As it should be.
    Ok,
    /// Works, but there is something to know.
    Note,
    /// The window does not open.
    Problem,
}

impl Mark {
    fn name(self) -> &'static str {
        match self {
            Mark::Ok => "ok",
            Mark::Note => "note",
            Mark::Problem => "PROBLEM",
        }
    }
}

/// One line of the report.
#[derive(Debug, Serialize)]
struct Item {
    item: &'static str,
    mark: Mark,
    found: String,
    /// Advice: what to do, or to expect.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
}

impl Item {
    fn ok(item: &'static str, found: impl Into<String>) -> Self {
        Self {
            item,
            mark: Mark::Ok,
            found: found.into(),
            advice: None,
        }
    }

    /// Turns it into a note.
    fn with_advice(self, advice: impl Into<String>) -> Self {
        Self {
            mark: Mark::Note,
            advice: Some(advice.into()),
            ..self
        }
    }

    /// Turns it into a note if `advice` is given.
    fn with_advice_if(self, advice: Option<String>) -> Self {
        match advice {
            Some(advice) => self.with_advice(advice),
            None => self,
        }
    }
}

/// Writes the report; returns the exit code.
pub(super) fn check(args: &CheckArgs) -> Result<u8, CliError> {
    // The cores are looked at first, before the window and Python make them busy.
    let cores = machine::cores();
    let items = [
        display::display(),
        cores,
        machine::power(),
        machine::limits(),
        machine::memory(),
        python::python()?,
        fonts(),
    ];
    let text = if args.json {
        let json = serde_json::to_string_pretty(&items).map_err(io::Error::from)?;
        format!("{json}\n")
    } else {
        report(&items)
    };
    let is_ready = items.iter().all(|item| item.mark != Mark::Problem);
    let code = if is_ready { 0 } else { exit::FAILURE };
    output::written(code, output::print(&text))
}

fn report(items: &[Item]) -> String {
    let mut text = String::new();
    for item in items {
        let (mark, name, found) = (item.mark.name(), item.item, &item.found);
        // Writing into a string can't fail.
        writeln!(text, "{mark:<9}{name:<9}{found}").ok();
        if let Some(advice) = &item.advice {
            writeln!(text, "{:18}→ {advice}", "").ok();
        }
    }
    let count = |mark| items.iter().filter(|item| item.mark == mark).count();
    let verdict = match (count(Mark::Problem), count(Mark::Note)) {
        (0, 0) => "Ready for class.".to_owned(),
        (0, 1) => "Ready for class; there is 1 note.".to_owned(),
        (0, notes) => format!("Ready for class; there are {notes} notes."),
        _ => "Not ready: the window does not open.".to_owned(),
    };
    writeln!(text, "\n{verdict}").ok();
    text
}

/// The window brings its own fonts: what the demos are called in both languages must be in them.
#[cfg(feature = "window")]
fn fonts() -> Item {
    use crate::demos::REGISTRY;
    use crate::text::Language;
    use crate::widgets::look::fonts::missing_glyphs;

    let titles = REGISTRY.iter().flat_map(|entry| {
        let key = format!("{}-title", entry.spec.id);
        Language::ALL.map(|language| language.text(&key).into_owned())
    });
    let missing = missing_glyphs(&titles.collect::<String>());
    let bundled = Item::ok("fonts", "the window brings its own, Chinese ones too");
    bundled.with_advice_if(
        (!missing.is_empty()).then(|| format!("these signs are missing: {missing}")),
    )
}

#[cfg(not(feature = "window"))]
fn fonts() -> Item {
    Item::ok("fonts", "none needed without a window")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_counts_the_notes() {
        let good = || Item::ok("cores", "4");
        let note = || Item::ok("power", "battery").with_advice("plug it in");
        let bad = Item {
            mark: Mark::Problem,
            ..good()
        };
        let last = |items: &[Item]| report(items).lines().last().map(str::to_owned);
        assert_eq!(last(&[good()]).as_deref(), Some("Ready for class."));
        assert!(last(&[good(), note()]).is_some_and(|verdict| verdict.ends_with("1 note.")));
        assert!(last(&[note(), note()]).is_some_and(|verdict| verdict.ends_with("2 notes.")));
        assert!(last(&[note(), bad]).is_some_and(|verdict| verdict.starts_with("Not ready")));
        assert_eq!(
            report(&[note()]).lines().nth(1),
            Some("                  → plug it in")
        );
    }
}
