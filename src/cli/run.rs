//! `threadlab run`: every variant in turn, repeatedly if asked to.

use std::io::{self, IsTerminal};

use super::CliError;
use super::args::RunArgs;
use super::complain;
use super::exit;
use super::interrupt::Interrupt;
use super::output;
use super::output::StandardOutput;
use super::progress::Progress;
use super::report::Report;
use super::setup::{self, Setup};
use super::tick_loop::TickLoop;
use super::trace::Trace;
use crate::lab::demo::Variant;
use crate::lab::run::Outcome;
use crate::lab::trace::record::Record;
use crate::text::Language;

/// Runs what `args` ask for; returns the exit code.
pub(super) fn run(args: &RunArgs) -> Result<u8, CliError> {
    let Setup { demo, variants } = setup::set_up(&args.id, &args.variant, &args.set)?;
    let demo = &*demo;
    // 32 bits only: short enough to be typed again.
    let seed = args.seed.unwrap_or_else(|| rand::random::<u32>().into());
    let interrupt = Interrupt::listen()?;
    let host = TickLoop::new(args.failpoint.clone(), interrupt.clone())?;
    let mut trace = args.trace.as_deref().map(Trace::open).transpose()?;
    let mut trace_is_whole = true;
    let mut report = match Report::begin(args, demo, StandardOutput) {
        Ok(report) => report,
        Err(error) => return output::written(0, Err(error)),
    };
    let mut progress = Progress::over(args.repeat * variants.len() as u64);
    let mut records: Vec<Record> = Vec::new();
    let mut written = Ok(());

    // Where a task is drawn at random, all rounds get the same draw.
    let apart = demo.draw(seed).map_or(1, |_| 0);
    for (variant, seed) in turns(&variants, args.repeat, seed, apart) {
        let came_before = interrupt.came();
        progress.begin(records.len() as u64, variant.id, demo.expected(variant.id));
        let hosted = host.run(demo, variant, seed, &records, |elapsed| {
            progress.at(elapsed);
        });
        written = progress.suspend(|| {
            print_failure(&hosted.record);
            // The results matter more than the trace: they go on without it.
            if let Some(Err(error)) = trace.as_mut().map(|trace| trace.add(&hosted)) {
                complain(&error);
                (trace, trace_is_whole) = (None, false);
            }
            report.add(&hosted.record)
        });
        let is_cancelled = matches!(hosted.record.outcome, Outcome::Cancelled(_));
        records.push(hosted.record);
        // An interrupt that came between two runs, or just as one was done, cancels the one after it: the
        // last run shows that others were meant to follow. One run too many is enough of that.
        if came_before || is_cancelled || written.is_err() {
            break;
        }
    }
    drop(progress);
    let written = written.and_then(|()| report.close(demo, &records));
    let code = if interrupt.came() {
        exit::INTERRUPTED
    } else if !trace_is_whole || records.iter().any(|record| record.outcome.is_failure()) {
        exit::FAILURE
    } else {
        0
    };
    output::written(code, written)
}

/// The variants take turns, so that whatever slows this machine down for a while slows down all of
/// them. Those of one round share a seed: they differ in nothing but the variant. That of the next round is
/// `apart` from it.
fn turns(
    variants: &[Variant],
    rounds: u64,
    seed: u64,
    apart: u64,
) -> impl Iterator<Item = (Variant, u64)> {
    (0..rounds).flat_map(move |round| {
        variants
            .iter()
            .map(move |variant| (*variant, seed.wrapping_add(round * apart)))
    })
}

/// Where results go to a file or to a program, a failure shows in the terminal as well.
fn print_failure(record: &Record) {
    if let Some(why) = Language::English.failure(&record.outcome)
        && !io::stdout().is_terminal()
    {
        let (info, outcome) = (&record.info, record.outcome.name());
        complain(format_args!(
            "{} {} {outcome}: {why}",
            info.demo, info.variant
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_take_turns_and_share_the_seed_of_their_round() {
        let variants = [Variant::smooth("a"), Variant::smooth("b")];
        let order: Vec<_> = turns(&variants, 2, u64::MAX, 1)
            .map(|(variant, seed)| (variant.id, seed))
            .collect();
        assert_eq!(
            order,
            [("a", u64::MAX), ("b", u64::MAX), ("a", 0), ("b", 0)]
        );
    }
}
