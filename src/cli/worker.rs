//! The hidden command `worker ID --seed N [--origin N] [--hold PHASE]`: this process does the work that another
//! one hands it.

use std::ffi::OsString;
use std::process::ExitCode;

use super::complain;
use super::exit;
use crate::demos;
use crate::lab::demo::Demo;
use crate::lab::process::worker_process;

/// Works until standard input closes. `args` are those after the word `worker`.
///
/// They are written by [`lab::process::worker_pool`](crate::lab::process::worker_pool) and hardly ever by people: read by hand
/// they cost nothing, where the definition of the whole command line would delay the work.
pub fn work(args: impl Iterator<Item = OsString>) -> ExitCode {
    match parse(args) {
        Some(Options {
            demo,
            seed,
            origin,
            failpoint,
        }) => worker_process::serve(&*demo, seed, origin, failpoint),
        None => {
            complain(
                "`worker` is for this program itself: worker ID --seed N [--origin N] [--hold PHASE]",
            );
            exit::USAGE.into()
        }
    }
}

/// The command line of a worker process.
struct Options {
    demo: Box<dyn Demo>,
    seed: u64,
    /// When the run's stopwatch was started.
    origin: Option<u64>,
    failpoint: Option<String>,
}

fn parse(args: impl Iterator<Item = OsString>) -> Option<Options> {
    let mut args = args.map(|arg| arg.into_string().ok());
    let entry = demos::find(&args.next()??)?;
    let (mut seed, mut origin, mut failpoint) = (None, None, None);
    while let Some(option) = args.next() {
        let value = args.next()??;
        match option?.as_str() {
            "--seed" => seed = Some(value.parse().ok()?),
            "--origin" => origin = Some(value.parse().ok()?),
            "--hold" => failpoint = Some(value),
            _ => return None,
        }
    }
    Some(Options {
        demo: (entry.demo)(),
        seed: seed?,
        origin,
        failpoint,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_understood_or_refused() {
        let parse = |line: &str| parse(line.split(' ').map(OsString::from));
        let options = parse("bank_lock --seed 7 --origin 8 --hold spawn").unwrap();
        assert_eq!((options.demo.id(), options.seed), ("bank_lock", 7));
        assert_eq!(
            (options.origin, options.failpoint.as_deref()),
            (Some(8), Some("spawn"))
        );
        for wrong in [
            "",
            "nothing --seed 1",
            "bank_lock",
            "bank_lock --seed",
            "bank_lock --seed x",
            "bank_lock --seed 1 --origin -1",
            "bank_lock --seed 1 --x y",
        ] {
            assert!(parse(wrong).is_none(), "{wrong}");
        }
    }
}
