//! The words of the command line. What follows `///` here is what `--help` says.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::setup;
use crate::text::Language;

/// See real threads, processes, locks and clocks at work: in a window, or in the terminal with `run`
#[derive(Debug, Parser)]
#[command(name = "threadlab", version, args_conflicts_with_subcommands = true)]
#[command(after_help = "Without a command the window opens; the options are for it.")]
pub(super) struct CommandLine {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) window: WindowArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show the demos with their variants, parameters and measures
    List(ListArgs),
    /// Run a demo in the terminal
    Run(RunArgs),
    /// Open the window with the runs of a trace that `run --trace` wrote, as if they had just ended
    Open(OpenArgs),
    /// Let the demos play by themselves in the window, one after the other, and save a picture of each
    Tour(TourArgs),
    /// Say whether this machine is ready for class: display, cores, power, limits, memory, Python, fonts
    Check(CheckArgs),
    /// Open the window without showing it, and print what came of it: what `check` does in a process of its own
    #[command(hide = true)]
    TryWindow,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 all runs done, 1 a run failed or panicked, 2 bad usage, 130 after Ctrl-C."
)]
pub(super) struct RunArgs {
    /// The demo, as `threadlab list` names it
    pub(super) id: String,
    /// Run this variant; may be given several times [default: every variant in turn]
    #[arg(long, value_name = "V")]
    pub(super) variant: Vec<String>,
    /// Set a parameter; may be given several times
    #[arg(long, value_name = "KEY=VALUE", value_parser = setup::assignment)]
    pub(super) set: Vec<(String, String)>,
    /// Run the variants this many times, taking turns
    #[arg(long, value_name = "N", default_value = "1", value_parser = setup::repeats)]
    pub(super) repeat: u64,
    /// Where chance comes from: N for the first run of each variant, N + 1 for the second, and so on
    /// [default: random, and printed]
    #[arg(long, value_name = "N", value_parser = setup::seed)]
    pub(super) seed: Option<u64>,
    /// Print a JSON array with an object per run
    #[arg(long, conflicts_with = "csv")]
    pub(super) json: bool,
    /// Print comma-separated values with a line per run
    #[arg(long)]
    pub(super) csv: bool,
    /// Write what happened when, on which thread of which process, to FILE: all runs one after the other,
    /// as a trace that ui.perfetto.dev and chrome://tracing open
    #[arg(long, value_name = "FILE")]
    pub(super) trace: Option<PathBuf>,
    /// Worker processes stop in this phase and wait for ever, so that a test can interrupt them there
    #[arg(long = "hold", value_name = "PHASE", hide = true)]
    pub(super) failpoint: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 all demos shown (or the window closed), 1 a demo failed or its picture could not be \
                  written, 2 bad usage, 130 after Ctrl-C."
)]
pub(super) struct TourArgs {
    /// Show this demo; may be given several times [default: all of them]
    #[arg(long, value_name = "ID")]
    pub(super) demo: Vec<String>,
    /// Save a picture of each demo in DIR as ID.png, or with --lang as ID.LANGUAGE.png, and print its name
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Take about this long for each demo
    #[arg(long, value_name = "S", default_value = "6", value_parser = setup::seconds)]
    pub(super) seconds: f64,
    #[command(flatten)]
    pub(super) looks: LooksArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 the window was opened and closed, 1 the file or the window can't be opened, 2 bad usage."
)]
pub(super) struct OpenArgs {
    /// The trace
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Choose this variant [default: that of the last run]
    #[arg(long, value_name = "V")]
    pub(super) variant: Option<String>,
    /// Hold the runs, and the clock of the first demo, at this moment [default: at their end]
    #[arg(long, value_name = "SECONDS", value_parser = setup::moment)]
    pub(super) at: Option<f64>,
    #[command(flatten)]
    pub(super) looks: LooksArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 the window can be opened, 1 it can't.")]
pub(super) struct CheckArgs {
    /// As a JSON array with an object per item
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct WindowArgs {
    /// Open the window with this demo
    #[arg(long, value_name = "ID")]
    pub(super) demo: Option<String>,
    /// Choose this variant of the demo
    #[arg(long, value_name = "V", requires = "demo")]
    pub(super) variant: Option<String>,
    /// Set a parameter of the demo; may be given several times
    #[arg(long, value_name = "KEY=VALUE", requires = "demo", value_parser = setup::assignment)]
    pub(super) set: Vec<(String, String)>,
    #[command(flatten)]
    pub(super) looks: LooksArgs,
}

#[derive(Debug, Args)]
pub(super) struct LooksArgs {
    /// Language of the window
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) lang: Option<Language>,
    /// Colours of the window
    #[arg(long)]
    pub(super) theme: Option<Theme>,
    /// Draw everything this much larger
    #[arg(long, value_name = "FACTOR", value_parser = setup::zoom)]
    pub(super) zoom: Option<f32>,
}

/// Without a window there is nothing to colour, but a wrong word is still a wrong word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Theme {
    Light,
    Dark,
    System,
}

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.tag()))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_contradicts_itself_nowhere() {
        CommandLine::command().debug_assert();
    }
}
