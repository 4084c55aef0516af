//! `threadlab open`: the runs of a trace in the window, as if they had just ended. A file that can't be read is explained
//! in one sentence.

use super::CliError;
use super::args::OpenArgs;
use super::setup;
use super::window;
use crate::demos;
use crate::export::known::Fault;
use crate::export::trace_reader::{TraceError, read_file};

/// Opens the window as `args` say and stays until it is closed; returns the exit code.
pub(super) fn open(args: OpenArgs) -> Result<u8, CliError> {
    let runs = read_file(&args.file, |id| Some((demos::find(id)?.demo)()));
    let runs = runs.map_err(|error| CliError::History {
        path: args.file.clone(),
        why: words(&error),
    })?;
    let last = { runs.last() }.and_then(|run| demos::find(run.record.info.demo));
    if let (Some(entry), Some(variant)) = (last, &args.variant) {
        setup::find_variant((entry.demo)().as_ref(), variant)?;
    }
    window::open_history(args, runs)?;
    Ok(0)
}

fn words(error: &TraceError) -> String {
    match error {
        TraceError::Unreadable(error) => error.to_string(),
        TraceError::TooLarge(most) => format!("it is larger than {} MiB", most >> 20),
        TraceError::TooMany(most) => format!("it holds more than {most} runs"),
        TraceError::NoTrace(error) => format!("it is no trace ({error})"),
        TraceError::NoRuns => {
            "it holds no run; `threadlab run ID --trace FILE` writes a file that does".to_owned()
        }
        TraceError::Broken { run, fault } => format!("its run {run} {}", fault_in_words(fault)),
    }
}

fn fault_in_words(fault: &Fault) -> String {
    match fault {
        Fault::Version(version) => {
            format!("has form {version}, which another version of this program wrote")
        }
        Fault::Demo(word) => format!("is of the demo `{word}`, which is unknown here"),
        Fault::Variant(word) => format!("is of the variant `{word}`, which its demo does not have"),
        Fault::Param(error) => format!("has a parameter that its demo does not take: {error}"),
        Fault::Step(word) => format!("has a step `{word}`, which is unknown here"),
        Fault::Figure(word) => format!("has a figure `{word}`, which is unknown here"),
        Fault::Noun(word) => format!("has a track called `{word}`, which is unknown here"),
        Fault::Details(word) => format!("has details `{word}`, which can't be read here"),
        Fault::Number(word) => format!("has a figure `{word}`, which is no number"),
        Fault::Stray => "has an event that stands before its run".to_owned(),
        Fault::Tracks => "lacks some of its tracks".to_owned(),
        Fault::Order => "has times that contradict each other".to_owned(),
        Fault::Field(error) => format!("is broken ({error})"),
    }
}
