//! Counting threads in real Python interpreters: each runs `busy.py`, which counts and reports how far it is.

use std::path::Path;
use std::time::{Duration, Instant};

use super::busy_line::{BusyLine, Hello, quoted};
use super::{
    ALONE, COUNT, Compared, GIL, GlobalLock, LOOPS, OTHERS, PythonSeen, Stretch, TOGETHER, VERSION,
};
use crate::lab::demo::JobOutput;
use crate::lab::demo::value::{Point, Value};
use crate::lab::process::external_program::ExternalProgram;
use crate::lab::run::RunCtx;
use crate::lab::run::error::ProgramFault;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::{State, Step, TrackKind, TrackName};
use crate::lab::trace::track::Track;

/// Read from standard input: no file is left anywhere.
const SCRIPT: &[u8] = include_bytes!("busy.py");
/// Exit codes of shells, and of the stand-ins that version managers put in an interpreter's place.
const NO_SUCH_COMMAND: i32 = 127;

/// An interpreter that did its work.
struct Worked {
    hello: Hello,
    compared: Compared,
}

/// Runs the script in each interpreter that there is, one after the other. One that does not work is left
/// out if another does; that there is none is no failure, but leaves nothing to measure.
pub(super) fn cpython(demo: &GlobalLock, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.limit_cores(demo.cores, &run)?;
    let candidates = demo.search.candidates();
    let mut seen: Vec<String> = Vec::new();
    let mut first: Option<Worked> = None;
    let mut failed: Vec<(String, RunError)> = Vec::new();
    let mut phases = Phases::of(ctx);
    for program in &candidates {
        match Interpreter::start(demo, ctx, &run, program, &seen) {
            Ok(None) => {}
            Ok(Some(interpreter)) => {
                seen.push(interpreter.hello.executable.clone());
                match interpreter.work(&mut phases) {
                    Ok(worked) => {
                        ctx.record_sample(worked.point());
                        phases.begin(OTHERS);
                        first.get_or_insert(worked);
                    }
                    Err(error) => failed.push((name(program), error)),
                }
            }
            Err(error) => failed.push((name(program), error)),
        }
        // A cancel makes them all fail.
        ctx.check_cancel()?;
    }
    ctx.stop_clock();
    let Some(worked) = first else {
        return match failed.into_iter().next() {
            Some((_, error)) => Err(error),
            None => Ok(JobOutput::default()),
        };
    };
    let output = |broken| {
        let python = PythonSeen {
            version: worked.hello.words(),
            has_gil: worked.hello.gil,
            broken,
        };
        worked.compared.output(demo.cores, Some(python))
    };
    let is_killed = |(_, error): &&(String, RunError)| matches!(error, RunError::Killed { .. });
    if let Some((_, killed)) = failed.iter().find(is_killed) {
        ctx.save_partial(output(Vec::new()));
        return Err(killed.clone());
    }
    let names = failed.into_iter().map(|(name, _)| name);
    Ok(output(names.collect()))
}

fn name(program: &Path) -> String {
    program
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

impl Worked {
    fn point(&self) -> Point {
        let mut point = Point::at("python", Value::Word(self.hello.words()))
            .with("gil", u64::from(self.hello.gil));
        point.0.extend(self.compared.measures());
        point
    }
}

/// The run's phases, each begun once: the first interpreter may break in the middle of one, and another
/// then begins anew.
struct Phases<'run> {
    ctx: &'run RunCtx,
    begun: Vec<Step>,
}

impl<'run> Phases<'run> {
    fn of(ctx: &'run RunCtx) -> Self {
        Self {
            ctx,
            begun: Vec::new(),
        }
    }

    fn begin(&mut self, step: Step) {
        if !self.begun.contains(&step) {
            self.begun.push(step);
            self.ctx.phase(step);
        }
    }
}

/// An interpreter at work.
struct Interpreter<'run> {
    demo: &'run GlobalLock,
    run: &'run Track,
    program: ExternalProgram<'run>,
    /// Its process's own lane.
    track: Track,
    hello: Hello,
}

impl<'run> Interpreter<'run> {
    /// Starts `program` and reads which interpreter it is; `None` for one of those that were `seen` before, under
    /// another name, and for a stand-in behind which there is none.
    fn start(
        demo: &'run GlobalLock,
        ctx: &'run RunCtx,
        run: &'run Track,
        program: &Path,
        seen: &[String],
    ) -> Result<Option<Self>, RunError> {
        let (threads, seconds) = (demo.threads.to_string(), demo.seconds.to_string());
        // Isolated mode keeps out whatever the user has set up for Python.
        let args = ["-I", "-S", "-", &threads, &seconds];
        let mut program = ExternalProgram::start(ctx, program, args, SCRIPT)?;
        let hello = match program.recv_line(demo.search.patience)? {
            Some(line) => read(&mut program, &line)?,
            None if program.exit_code() == Some(NO_SUCH_COMMAND) => return Ok(None),
            None => return Err(program.ended_early()),
        };
        let BusyLine::Hello(hello) = hello else {
            return Err(unexpected(&mut program, &hello));
        };
        if seen.contains(&hello.executable) {
            return Ok(None);
        }
        let name = TrackName::nth("python", seen.len());
        let track = program.track(name, TrackKind::Process, Some(program.pid()));
        track.instant(VERSION, Some(hello.number()));
        track.instant(GIL, Some(i64::from(hello.gil)));
        Ok(Some(Self {
            demo,
            run,
            program,
            track,
            hello,
        }))
    }

    fn work(mut self, phases: &mut Phases<'_>) -> Result<Worked, RunError> {
        phases.begin(ALONE);
        let alone = self.stretch(ALONE, 1)?; // step: alone
        phases.begin(TOGETHER);
        let together = self.stretch(TOGETHER, self.demo.threads as usize)?; // step: together
        let compared = Compared { alone, together };
        Ok(Worked {
            hello: self.hello,
            compared,
        })
    }

    /// Listens while the interpreter's threads count.
    fn stretch(&mut self, step: Step, threads: usize) -> Result<Stretch, RunError> {
        let patience = self.demo.search.patience;
        let ids = match hear(&mut self.program, patience)? {
            BusyLine::Begin(ids) if ids.len() == threads => ids,
            other => return Err(unexpected(&mut self.program, &other)),
        };
        let _run = self.run.sleeping(step);
        let _conducting = self.track.span_elsewhere(State::Sleeping, step);
        let tracks: Vec<Track> = ids
            .into_iter()
            .enumerate()
            .map(|(index, id)| {
                let name = match step {
                    ALONE => TrackName::only("thread"),
                    _ => TrackName::nth("thread", index),
                };
                self.program.track(name, TrackKind::Thread, id)
            })
            .collect();
        let running: Vec<_> = tracks
            .iter()
            .map(|track| track.span_elsewhere(State::Running, COUNT))
            .collect();
        tell(&tracks, &vec![0; threads]);
        // An interpreter that keeps telling how far it is would never use up the patience for a line.
        let end = Instant::now() + self.demo.stretch() + patience;
        let done = loop {
            let told = hear(&mut self.program, patience)?; // step: count
            match told {
                BusyLine::Loops(_) if Instant::now() > end => {
                    return Err(self.program.broke(ProgramFault::Endless));
                }
                BusyLine::Loops(loops) if loops.len() == threads => tell(&tracks, &loops),
                BusyLine::Done(done) => break done,
                other => return Err(unexpected(&mut self.program, &other)),
            }
        };
        let stretch = done
            .stretch(threads, self.demo.stretch())
            .map_err(|fault| self.program.broke(fault))?;
        tell(&tracks, &done.loops);
        for (span, cpu) in running.into_iter().zip(&done.cpu) {
            span.end_with_cpu(Duration::from_secs_f64(*cpu));
        }
        Ok(stretch)
    }
}

fn tell(tracks: &[Track], loops: &[u64]) {
    for (track, loops) in tracks.iter().zip(loops) {
        track.instant(LOOPS, i64::try_from(*loops).ok());
    }
}

/// The next line that the script prints.
fn hear(program: &mut ExternalProgram<'_>, patience: Duration) -> Result<BusyLine, RunError> {
    match program.recv_line(patience)? {
        Some(line) => read(program, &line),
        None => Err(program.ended_early()),
    }
}

fn read(program: &mut ExternalProgram<'_>, line: &[u8]) -> Result<BusyLine, RunError> {
    BusyLine::read(line).map_err(|fault| program.broke(fault))
}

fn unexpected(program: &mut ExternalProgram<'_>, told: &BusyLine) -> RunError {
    let told = quoted(&format!("{told:?}"));
    program.broke(ProgramFault::WrongMoment(told))
}
