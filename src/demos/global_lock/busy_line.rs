//! The lines that `busy.py` prints, checked: they come from another program, which may be anything.

use std::time::Duration;

use serde::Deserialize;

use super::Stretch;
use crate::lab::run::error::ProgramFault;

/// One line that it prints.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum BusyLine {
    /// The first line: which interpreter it is.
    Hello(Hello),
    /// Threads are about to count; the system's numbers for them.
    Begin(Vec<Option<u32>>),
    /// Loops of each thread so far.
    Loops(Vec<u64>),
    /// The threads have counted.
    Done(Done),
}

/// The interpreter.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hello {
    /// Major, minor, patch.
    pub(super) version: [u16; 3],
    /// The path of the interpreter's own file, as a literal of Python.
    pub(super) executable: String,
    /// Whether only one of its threads runs at a time.
    pub(super) gil: bool,
}

/// The work that threads got done.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Done {
    /// Loops of each thread.
    pub(super) loops: Vec<u64>,
    /// CPU time of each thread, in seconds.
    pub(super) cpu: Vec<f64>,
    /// From the beginning to the end of the last thread.
    pub(super) seconds: f64,
}

impl BusyLine {
    /// Reads a line, or says what is wrong with it.
    pub(super) fn read(line: &[u8]) -> Result<Self, ProgramFault> {
        serde_json::from_slice(line).map_err(|_| {
            let line = String::from_utf8_lossy(line);
            ProgramFault::Nonsense(quoted(line.trim()))
        })
    }
}

/// The beginning of what was said, for an error: all of it may be very long.
pub(super) fn quoted(said: &str) -> String {
    let beginning: String = said.chars().take(60).collect();
    format!("{beginning:?}")
}

impl Hello {
    /// The version as one number, major · 10⁶ + minor · 10³ + patch.
    pub(super) fn number(&self) -> i64 {
        let [major, minor, patch] = self.version.map(i64::from);
        (major * 1000 + minor) * 1000 + patch
    }

    /// The version as people write it; a `t` says that there is no lock, as in the program's name.
    pub(super) fn words(&self) -> String {
        let [major, minor, patch] = self.version;
        let free = if self.gil { "" } else { "t" };
        format!("{major}.{minor}.{patch}{free}")
    }
}

impl Done {
    /// The figures, if they can be those of `threads` threads that counted for about `length`.
    pub(super) fn stretch(
        &self,
        threads: usize,
        length: Duration,
    ) -> Result<Stretch, ProgramFault> {
        let is_time = |seconds: f64| (0.0..1e6).contains(&seconds);
        let fits = self.loops.len() == threads
            && self.cpu.len() == threads
            && self.cpu.iter().copied().all(is_time)
            && is_time(self.seconds)
            // A sleep may be cut a little short by rounding, but not by a tenth.
            && self.seconds >= length.as_secs_f64() * 0.9;
        let loops = self
            .loops
            .iter()
            .try_fold(0u64, |sum, loops| sum.checked_add(*loops))
            .filter(|loops| *loops > 0);
        match loops {
            Some(loops) if fits => Ok(Stretch {
                loops,
                wall: Duration::from_secs_f64(self.seconds),
                cpu: Some(Duration::from_secs_f64(self.cpu.iter().sum())),
            }),
            _ => Err(ProgramFault::WrongFigures(quoted(&format!("{self:?}")))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(loops: &[u64], cpu: &[f64], seconds: f64) -> Result<Stretch, ProgramFault> {
        let (loops, cpu) = (loops.to_vec(), cpu.to_vec());
        let done = Done {
            loops,
            cpu,
            seconds,
        };
        done.stretch(2, Duration::from_secs(1))
    }

    #[test]
    fn figures_that_can_not_be_are_refused() {
        let right = done(&[5, 7], &[0.5, 0.25], 1.01).unwrap();
        assert_eq!(right.loops, 12);
        assert_eq!(right.cpu, Some(Duration::from_millis(750)));
        for wrong in [
            done(&[5], &[0.5, 0.5], 1.0),
            done(&[5, 7], &[0.5], 1.0),
            done(&[0, 0], &[0.5, 0.5], 1.0),
            done(&[u64::MAX, 1], &[0.5, 0.5], 1.0),
            done(&[5, 7], &[-0.5, 0.5], 1.0),
            done(&[5, 7], &[f64::NAN, 0.5], 1.0),
            done(&[5, 7], &[0.5, 0.5], f64::INFINITY),
            done(&[5, 7], &[0.5, 0.5], 0.2),
        ] {
            assert!(wrong.is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn lines_are_read_or_quoted() {
        let line = br#"{"hello":{"version":[3,13,1],"executable":"/bin/python3","gil":false}}"#;
        let Ok(BusyLine::Hello(hello)) = BusyLine::read(line) else {
            panic!("no hello")
        };
        assert_eq!(hello.number(), 3_013_001);
        assert_eq!(hello.words(), "3.13.1t");
        assert_eq!(
            BusyLine::read(b"{\"loops\":[1,2]}\n"),
            Ok(BusyLine::Loops(vec![1, 2]))
        );
        assert_eq!(
            BusyLine::read(b"{\"begin\":[null]}"),
            Ok(BusyLine::Begin(vec![None]))
        );
        for wrong in [
            "",
            "Python 2.7",
            "{\"loops\":[-1]}",
            "{\"rm\":1}",
            "\u{1}\n",
        ] {
            let said = BusyLine::read(wrong.as_bytes()).unwrap_err();
            assert!(matches!(said, ProgramFault::Nonsense(_)), "{said:?}");
        }
    }
}
