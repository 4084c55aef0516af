//! A pool of threads that take tasks from one queue, and the sweep: all tasks again and again, with
//! more threads of the pool each time.

use cpu_time::ThreadTime;
use crossbeam_channel::{Receiver, Sender, bounded, select};

use super::round::{Round, Rounds, Served};
use super::{COMPUTE, CpuOrIo, ROUND, SPAWN, TASK, Task};
use crate::lab::demo::JobOutput;
use crate::lab::demo::value::{Point, RunDetails, Value};
use crate::lab::machine;
use crate::lab::machine::cores;
use crate::lab::machine::priority;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::run::thread_group::{self, ThreadGroup};
use crate::lab::trace::event::TrackName;
use crate::lab::trace::track::Track;

/// The most rounds of one thread alone, with which all others are compared. One that was held up makes all others look
/// faster than they are, so it is measured again, and the best round counts.
const ALONE_ROUNDS: usize = 3;

/// Measures how long the tasks take with each number of threads of the sweep, and how many times
/// as fast as with one that is.
pub(super) fn sweep(
    demo: &CpuOrIo,
    task: Task,
    run: &Track,
    ctx: &RunCtx,
) -> Result<JobOutput, RunError> {
    ctx.phase(SPAWN);
    thread_group::scope(ctx, |group| {
        let pool = Pool::start(demo.most_workers(), task, group, run, ctx)?;
        measure_all(demo, &pool, run, ctx)
    })
}

fn measure_all(
    demo: &CpuOrIo,
    pool: &Pool<'_>,
    run: &Track,
    ctx: &RunCtx,
) -> Result<JobOutput, RunError> {
    ctx.phase(COMPUTE);
    let workers = &demo.workers;
    let rounds = workers.len() as u64;
    // All others are compared with this one, so it runs even if it was not asked for.
    let alone = pool.measure_alone(demo, run)?;
    let mut most = alone.core_share;
    let mut best = 0.0;
    let mut finishes = Vec::new();
    for (done, &count) in (1..).zip(workers) {
        let round = match count {
            1 => alone.clone(),
            _ => pool.measure(count, demo, run)?,
        };
        let (alone, wall) = (alone.wall(), round.wall());
        let speedup = alone.as_secs_f64() / wall.as_secs_f64().max(1e-9);
        best = f64::max(best, speedup);
        ctx.record_sample(
            Point::at("workers", count)
                .with("wall_seconds", wall)
                .with("speedup", Value::Ratio(speedup)),
        );
        run.progress(done, rounds);
        most = round.core_share;
        finishes.push((count, round.finishes));
    }
    ctx.stop_clock();
    let logical = demo.cores;
    let mut measures = vec![("speedup", Value::Ratio(best))];
    // The system does not say how many physical cores are left when some were taken away.
    let physical = machine::physical_cores().filter(|_| logical == cores::all());
    measures.extend(physical.map(|physical| ("physical_cores", physical.into())));
    measures.push(("logical_cores", logical.into()));
    let shares = [alone.core_share, most];
    let rounds = Rounds::new(finishes, cores::limit_of(logical), shares);
    Ok(JobOutput {
        measures,
        details: RunDetails::new(rounds),
    })
}

/// The tasks of one round, by index. A thread with nothing to do takes the next.
type Queue = Receiver<u64>;

/// Threads that are started once, before the first round: a round's time is the tasks' own.
struct Pool<'run> {
    workers: Vec<Worker>,
    task: Task,
    ctx: &'run RunCtx,
}

/// One thread of the pool, seen from outside.
struct Worker {
    queues: Sender<Queue>,
    /// The thread's reports: that it is there, and later its work on each queue. The channel closes when the thread
    /// ends.
    told: Receiver<Served>,
}

impl<'run> Pool<'run> {
    /// Starts `count` threads and waits until the last one is there.
    fn start(
        count: u64,
        task: Task,
        group: &mut ThreadGroup<'run, '_, ()>,
        run: &Track,
        ctx: &'run RunCtx,
    ) -> Result<Self, RunError> {
        let _starting = run.waiting(SPAWN);
        let mut workers = Vec::new();
        for index in 0..count as usize {
            let (queues, orders) = bounded(1);
            let (tell, told) = bounded(1);
            let serve = move || serve(index, &orders, &tell, task, ctx);
            group.spawn(format!("work-{}", index + 1), serve)?; // step: spawn
            workers.push(Worker { queues, told });
        }
        let pool = Self { workers, task, ctx };
        for worker in &pool.workers {
            pool.hear(worker)?;
        }
        Ok(pool)
    }

    /// Measures one thread alone, again if it was held up.
    fn measure_alone(&self, demo: &CpuOrIo, run: &Track) -> Result<Round, RunError> {
        let measure = || self.measure(1, demo, run);
        let mut best = measure()?;
        for _ in 1..ALONE_ROUNDS {
            if !best.was_held_up(demo.tasks, self.task) {
                break;
            }
            let again = measure()?;
            if again.wall() < best.wall() {
                best = again;
            }
        }
        Ok(best)
    }

    /// Measures when each of the tasks is done by `count` threads of the pool.
    fn measure(&self, count: u64, demo: &CpuOrIo, run: &Track) -> Result<Round, RunError> {
        let tasks = demo.tasks;
        let (put, queue) = bounded(tasks as usize);
        for index in 0..tasks {
            // The queue has room for all.
            put.send(index).ok();
        }
        // Without a sender an empty queue is an ended one.
        drop(put);
        run.instant(ROUND, i64::try_from(count).ok());
        let _measuring = run.waiting(ROUND);
        let begun = self.ctx.now();
        let workers = &self.workers[..count as usize];
        for worker in workers {
            // The channel is closed only if the thread has ended.
            let given = worker.queues.send(queue.clone());
            given.map_err(|_| Cancelled)?;
        }
        let served: Result<Vec<_>, Cancelled> =
            workers.iter().map(|worker| self.hear(worker)).collect(); // step: round
        Ok(Round::of(served?, begun, cores::limit_of(demo.cores)))
    }

    fn hear(&self, worker: &Worker) -> Result<Served, Cancelled> {
        select! {
            // A thread ends by itself only when the run is cancelled or it panicked.
            recv(worker.told) -> told => told.map_err(|_| Cancelled),
            recv(self.ctx.cancel.receiver()) -> _ => Err(Cancelled),
        }
    }
}

/// One thread of the pool: does tasks, queue after queue.
fn serve(
    index: usize,
    queues: &Receiver<Queue>,
    tell: &Sender<Served>,
    task: Task,
    ctx: &RunCtx,
) -> Result<(), Cancelled> {
    // A task that waits hardly needs a core, but must get one when its time is over.
    let computes = matches!(task, Task::Compute { .. });
    if computes {
        priority::lower_this_thread();
    }
    let track = ctx.track(TrackName::nth("thread", index));
    // A pool that is gone already needs no message.
    tell.send(Served::default()).ok();
    for queue in queues {
        let cpu = computes.then(|| ThreadTime::try_now().ok()).flatten();
        let (begun, mut done) = (ctx.now(), Vec::new());
        for index in queue {
            track.instant(TASK, i64::try_from(index).ok());
            task.perform(&track, ctx)?;
            done.push(ctx.now());
        }
        let core_time = cpu.and_then(|begun| begun.try_elapsed().ok());
        tell.send(Served {
            begun,
            done,
            core_time,
        })
        .ok();
    }
    Ok(())
}
