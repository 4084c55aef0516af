//! The hidden command `worker ID --seed N [--hold PHASE]`: this process does the work that another
//! one hands it.

use std::ffi::OsString;
use std::process::ExitCode;

use super::{complain, exit};
use crate::demos;
use crate::lab::demo::Demo;
use crate::lab::serve;

/// Works until standard input closes. `args` are those after the word `worker`.
///
/// They are written by [`lab::worker`](crate::lab::worker) and hardly ever by people: read by hand
/// they cost nothing, where the definition of the whole command line would delay the work.
pub fn work(args: impl Iterator<Item = OsString>) -> ExitCode {
    match parse(args) {
        Some((demo, seed, hold)) => serve::serve(&*demo, seed, hold),
        None => {
            complain("`worker` is for this program itself: worker ID --seed N [--hold PHASE]");
            exit::USAGE.into()
        }
    }
}

fn parse(args: impl Iterator<Item = OsString>) -> Option<(Box<dyn Demo>, u64, Option<String>)> {
    let mut args = args.map(|arg| arg.into_string().ok());
    let entry = demos::find(&args.next()??)?;
    let (mut seed, mut hold) = (None, None);
    while let Some(option) = args.next() {
        let value = args.next()??;
        match option?.as_str() {
            "--seed" => seed = Some(value.parse().ok()?),
            "--hold" => hold = Some(value),
            _ => return None,
        }
    }
    Some(((entry.demo)(), seed?, hold))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_understood_or_refused() {
        let parse = |line: &str| parse(line.split(' ').map(OsString::from));
        let (demo, seed, hold) = parse("bank_lock --seed 7 --hold spawn").unwrap();
        assert_eq!(
            (demo.id(), seed, hold.as_deref()),
            ("bank_lock", 7, Some("spawn"))
        );
        for wrong in [
            "",
            "nothing --seed 1",
            "bank_lock",
            "bank_lock --seed",
            "bank_lock --seed x",
            "bank_lock --seed 1 --x y",
        ] {
            assert!(parse(wrong).is_none(), "{wrong}");
        }
    }
}
