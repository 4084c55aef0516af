//! The interpreters called python3, as the demo about them finds them here.

use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use super::{CliError, Item};
use crate::cli::program;
use crate::cli::setup::set_up;
use crate::demos::global_lock::Counted;
use crate::lab::demo::Demo;
use crate::lab::demo::value::{Point, Value};
use crate::lab::run::{Lab, Outcome, Summary, start};
use crate::lab::trace::event::EventKind;
use crate::text::Language;

/// The demo and its variant.
const DEMO: &str = "global_lock";
const VARIANT: &str = "cpython";
/// The least that the demo allows: only which interpreters there are matters, not how fast they are.
const SHORT: [(&str, &str); 2] = [("threads", "1"), ("seconds", "0.1")];
/// Several interpreters that each start from a cold disk take so long.
const PATIENCE: Duration = Duration::from_secs(60);
/// After so long the program says what it waits for.
const SILENCE: Duration = Duration::from_secs(2);

/// The interpreters found, and whether their threads take turns.
pub(super) fn python() -> Result<Item, CliError> {
    let short = SHORT.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let setup = set_up(DEMO, [&VARIANT.to_owned()], &short)?;
    Ok(item(outcome(&*setup.demo)?.as_ref()))
}

/// How a run of the demo ended; `None` if that took too long, and then it is stopped.
fn outcome(demo: &dyn Demo) -> Result<Option<Outcome>, CliError> {
    let lab = Lab {
        program: program()?,
        failpoint: None,
        attended: false,
        wake: std::sync::Arc::new(|_| {}),
    };
    let run = start(&lab, demo, VARIANT, 0);
    let begun = Instant::now();
    let finished_by = |late: Instant| {
        while let Some(event) = run.wait(late.saturating_duration_since(Instant::now())) {
            if let EventKind::Finished(outcome) = event.kind {
                return Some(*outcome);
            }
        }
        None
    };
    Ok(finished_by(begun + SILENCE).or_else(|| {
        let seconds = PATIENCE.as_secs();
        let waits = "waiting for the interpreters called python3 on the PATH";
        // Fails only if standard error is closed.
        writeln!(io::stderr(), "{waits}, {seconds} s at most …").ok();
        finished_by(begun + PATIENCE)
    }))
}

fn item(outcome: Option<&Outcome>) -> Item {
    let without = "what compares with Python itself will be left out";
    match outcome {
        None => {
            let late = format!("not done within {} s", PATIENCE.as_secs());
            Item::ok("python3", late).with_advice(without)
        }
        Some(Outcome::Done(summary)) if summary.points.is_empty() => {
            Item::ok("python3", "there is none on the PATH").with_advice(without)
        }
        Some(Outcome::Done(summary)) => {
            let found: Vec<_> = summary.points.iter().map(interpreter).collect();
            Item::ok("python3", found.join("; ")).with_advice_if(broken(summary))
        }
        Some(other) => {
            let error = Language::English.failure(other);
            Item::ok("python3", error.unwrap_or_else(|| other.name().to_owned()))
                .with_advice(without)
        }
    }
}

/// A point of the run in words: the interpreter and its lock.
fn interpreter(point: &Point) -> String {
    let word = point.0.iter().find_map(|(name, value)| match value {
        Value::Word(word) if *name == "python" => Some(word.as_str()),
        _ => None,
    });
    let lock = match point.figure("gil") {
        Some(0.0) => "without a global lock",
        _ => "with a global lock",
    };
    format!("{}, {lock}", word.unwrap_or_default())
}

/// Programs that go by the name of an interpreter and did not do the work.
fn broken(summary: &Summary) -> Option<String> {
    let counted: &Counted = summary.details.get()?;
    let broken = &counted.python.as_ref()?.broken;
    let names = broken.join(", ");
    (!broken.is_empty()).then(|| format!("this does not work, and is left out: {names}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::check::Mark;
    use crate::demos::global_lock::PythonSeen;
    use crate::lab::demo::value::RunDetails;
    use crate::lab::run::error::{ProgramFault, RunError};

    fn python(words: &str, gil: u64) -> Point {
        Point::at("python", Value::Word(words.to_owned())).with("gil", gil)
    }

    #[test]
    fn every_interpreter_is_named_and_a_broken_one_is_a_note() {
        let mut summary = Summary {
            points: vec![python("3.11.2", 1), python("3.13.1t", 0)],
            ..Summary::default()
        };
        let good = item(Some(&Outcome::Done(summary.clone())));
        assert_eq!(good.mark, Mark::Ok);
        assert_eq!(
            good.found,
            "3.11.2, with a global lock; 3.13.1t, without a global lock"
        );
        let python = PythonSeen {
            broken: vec!["python3.9".to_owned()],
            ..PythonSeen::default()
        };
        summary.details = RunDetails::new(Counted {
            python: Some(python),
            ..Counted::default()
        });
        let noted = item(Some(&Outcome::Done(summary)));
        assert_eq!((noted.mark, noted.found), (Mark::Note, good.found));
        assert!(
            noted
                .advice
                .is_some_and(|advice| advice.ends_with("python3.9"))
        );
    }

    #[test]
    fn none_and_none_that_works_are_notes() {
        let error = RunError::Program {
            program: "python3".to_owned(),
            pid: Some(7),
            fault: ProgramFault::Silent(Duration::from_secs(10)),
            last_words: None,
        };
        for (outcome, found) in [
            (Some(Outcome::Done(Summary::default())), "none on the PATH"),
            (
                Some(Outcome::Failed(error, Summary::default())),
                "said nothing",
            ),
            (None, "not done"),
        ] {
            let item = item(outcome.as_ref());
            assert_eq!(item.mark, Mark::Note);
            assert!(item.found.contains(found), "{}", item.found);
            assert!(item.advice.is_some());
        }
    }
}
