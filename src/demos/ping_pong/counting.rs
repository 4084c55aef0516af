//! Two processes that print until a counter stands at `words`: each its own counter, or both the same.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    ENDED, JOIN, LANES, PAUSE, PRINT, PingPong, SPAWN, STEPS, TAKER, Task, Word, Words,
    word_measures,
};
use crate::lab::demo::JobOutput;
use crate::lab::demo::value::RunDetails;
use crate::lab::process::shared_memory::{MappedCounter, SharedCounter};
use crate::lab::process::worker_pool::{Answer, WorkerPool};
use crate::lab::process::worker_task::TaskCtx;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::trace::event::TrackName;
use crate::lab::trace::track::Track;

/// The lesson's global variable. It is in the program, so every process has it; but each process has
/// it in its own memory, and there are as many of it as there are processes.
static COUNTER: AtomicU64 = AtomicU64::new(0);

/// The task of a process that counts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Count {
    words: u64,
    gap_millis: u64,
    /// The file of the counter that it shares with the other process; `None` for a counter of its own.
    shared: Option<PathBuf>,
}

/// Each counts in its own memory.
pub(super) fn private_counters(demo: &PingPong, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    both_print(demo, None, ctx)
}

/// Both count in memory that they share.
pub(super) fn shared_counter(demo: &PingPong, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let counter = SharedCounter::new()?;
    both_print(demo, Some(counter.path()), ctx)
}

/// Starts both, and hears what they print: this process is the terminal on which it appears.
fn both_print(demo: &PingPong, shared: Option<&Path>, ctx: &RunCtx) -> Result<JobOutput, RunError> {
    let run = ctx.track(TrackName::only("run"));
    ctx.phase(SPAWN);
    let mut pool = {
        let _spawning = run.waiting(SPAWN);
        WorkerPool::spawn_named(ctx, "ping_pong", STEPS, &LANES[..TAKER])? // step: spawn
    };
    ctx.phase(PRINT);
    for word in Word::BOTH {
        let count = Count {
            words: demo.words,
            gap_millis: demo.gap_millis,
            shared: shared.map(Path::to_owned),
        };
        pool.hand_over(word.index(), 0, &Task::Count(count))?;
    }
    let _joining = run.waiting(JOIN);
    let (mut printed, mut ended) = ([0u64; 2], [false; 2]);
    let mut lost = None;
    while ended.contains(&false) {
        let (worker, answer) = pool.recv()?; // step: join
        match answer {
            Answer::Message { value } => {
                let word = Word::of_index(worker);
                printed[word.index()] += 1;
                run.instant(word.step(), Some(pool.read(worker, value)?));
            }
            Answer::Result { .. } => {
                ended[worker] = true;
                run.instant(ENDED, Some(worker as i64 + 1));
            }
            // The other one goes on: it knows nothing of this one.
            Answer::Gone => {
                if !std::mem::replace(&mut ended[worker], true) {
                    lost = Some(pool.loss());
                }
            }
            Answer::Acknowledged { .. } => {}
        }
    }
    ctx.stop_clock();
    let [pings, pongs] = printed;
    let found = JobOutput {
        measures: word_measures(printed),
        details: RunDetails::new(Words {
            total: pings + pongs,
            put: None,
        }),
    };
    match lost {
        Some(why) => {
            ctx.save_partial(found);
            Err(why)
        }
        None => Ok(found),
    }
}

/// The work of a process that counts.
pub(super) fn count(count: &Count, ctx: &TaskCtx<'_>) -> Result<(), RunError> {
    let track = ctx.track(TrackName::only("worker"));
    ctx.failpoint(&track, PRINT)?;
    let printer = Printer {
        track: &track,
        ctx,
        gap: Duration::from_millis(count.gap_millis),
    };
    match &count.shared {
        None => printer.count_alone(count.words)?,
        Some(path) => printer.count_together(count.words, MappedCounter::open(path)?.atomic())?,
    }
    Ok(())
}

struct Printer<'task> {
    track: &'task Track,
    ctx: &'task TaskCtx<'task>,
    gap: Duration,
}

impl Printer<'_> {
    /// As the lesson does it: while the global counter is below `words`, print and count.
    fn count_alone(&self, words: u64) -> Result<(), Cancelled> {
        while COUNTER.load(Ordering::Relaxed) < words {
            let counter = COUNTER.fetch_add(1, Ordering::Relaxed) + 1;
            self.print(counter);
            self.pause()?;
        }
        Ok(())
    }

    /// Looking at the counter and counting on is one indivisible step here: with two
    /// steps both processes could find it at `words` - 1, and both print.
    fn count_together(&self, words: u64, counter: &AtomicU64) -> Result<(), Cancelled> {
        let on = |count| (count < words).then_some(count + 1);
        // Nothing else in memory depends on the counter's value: Relaxed is enough.
        while let Ok(before) = counter.fetch_update(Ordering::Relaxed, Ordering::Relaxed, on) {
            self.print(before + 1);
            self.pause()?;
        }
        Ok(())
    }

    /// Prints the process's word; the run's process, which shows it, knows whose it is.
    fn print(&self, counter: u64) {
        let _printing = self.track.running(PRINT);
        self.track.instant(PRINT, i64::try_from(counter).ok());
        self.ctx.send(&counter); // step: print
    }

    fn pause(&self) -> Result<(), Cancelled> {
        let _pausing = self.track.sleeping(PAUSE);
        self.ctx.sleep(self.gap) // step: pause
    }
}
