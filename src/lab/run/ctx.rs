//! The context of a job: tracks to report on, a stopwatch with laps, chance, and the cancel.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::cancel::{CancelToken, Cancelled, Never};
use super::error::{RunError, SystemRequest};
use super::outcome::{JobOutput, Summary};
use super::stopwatch::Stopwatch;
use crate::lab::demo::value::{Point, Sentence};
use crate::lab::machine;
use crate::lab::machine::cores::{CORES, CoreLimit};
use crate::lab::process::supervised_child::Children;
use crate::lab::process::wire::{HELD, PROCESS_TRACK};
use crate::lab::trace::event::{Event, EventKind, Step, TrackId, TrackInfo, TrackKind, TrackName};
use crate::lab::trace::track::{EVENTS_PER_TRACK, EventQuota, Sink, Track, WakeReason};

/// The settings that runs get from the program around them.
#[derive(Clone)]
pub struct Lab {
    /// The executable that worker processes are started from: this program. Injected, because in a
    /// test the current executable is the test.
    pub program: PathBuf,
    /// The phase in which worker processes stop and wait for ever, so that a test can kill them just there; with `@2`
    /// behind it only the second one stops.
    pub failpoint: Option<String>,
    /// Whether there is a Stop button: a run that is stuck then waits for Stop, where it would otherwise fail at once.
    pub attended: bool,
    /// Called when events wait to be drained, once per drain, and when the run is over.
    pub wake: Arc<dyn Fn(WakeReason) + Send + Sync>,
}

/// The context of work, in a job's process or in a worker process: tracks, a stopwatch, chance, and the cancel.
pub struct WorkCtx {
    pub(crate) stopwatch: Stopwatch,
    pub(crate) cancel: CancelToken,
    pub(crate) children: Arc<Children>,
    pub(crate) sink: Sink,
    seed: u64,
    pub(crate) tracks: Arc<AtomicU32>,
    pub(crate) dropped: Arc<AtomicU64>,
    pub(crate) cores: Arc<CoreLimit>,
    /// The phase in which to wait for ever.
    pub(crate) failpoint: Option<String>,
}

/// The context of a job: all that [work](WorkCtx) needs, and what concerns the run as a whole.
pub struct RunCtx {
    work: WorkCtx,
    pub(crate) lab: Lab,
    stopped: AtomicBool,
    points: Mutex<Vec<Point>>,
    partial: Mutex<JobOutput>,
    /// Both ends live as long as the run: neither finds the other gone.
    pub(crate) inputs: (Sender<Input>, Receiver<Input>),
}

impl Deref for RunCtx {
    type Target = WorkCtx;

    fn deref(&self) -> &WorkCtx {
        &self.work
    }
}

/// An input from the window to a running job. A job that takes no inputs leaves them unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The task of this number, from 0, may do its next step.
    Step(usize),
}

/// A generator of random numbers, determined by the seed and `stream`. Each task has a stream of its own, so that the
/// order in which threads run does not change what they draw.
pub fn chance(seed: u64, stream: u64) -> StdRng {
    StdRng::seed_from_u64(seed ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

impl WorkCtx {
    pub(crate) fn new(sink: Sink, origin: Instant, seed: u64, failpoint: Option<String>) -> Self {
        Self {
            stopwatch: Stopwatch::started_at(origin),
            cancel: CancelToken::default(),
            children: Arc::default(),
            sink,
            seed,
            tracks: Arc::default(),
            dropped: Arc::default(),
            cores: Arc::default(),
            failpoint,
        }
    }

    /// Ends the job's other threads and processes, because the job can't go on.
    pub fn abort(&self) {
        self.cancel.cancel();
        self.children.kill_all();
    }

    /// Opens a track for the calling thread.
    pub fn track(&self, name: TrackName) -> Track {
        let track = self.open(TrackInfo {
            name,
            kind: TrackKind::Thread,
            pid: std::process::id(),
            os_id: machine::thread_id(),
            clock_error: Duration::ZERO,
        });
        Track {
            _entered: self.cores.enter(),
            ..track
        }
    }

    /// Opens a track whose events other code sends; returns its number.
    pub(crate) fn open_id(&self, info: TrackInfo) -> TrackId {
        let id = match &self.sink {
            // A worker process has one track of its own, number 0, however often its tasks open it.
            Sink::Wire(_) if info.name == TrackName::only("worker") => PROCESS_TRACK,
            Sink::Wire(_) => TrackId(1 + self.tracks.fetch_add(1, Ordering::Relaxed)),
            Sink::Channel { .. } => TrackId(self.tracks.fetch_add(1, Ordering::Relaxed)),
        };
        let kind = EventKind::TrackOpened(Box::new(info));
        self.sink.send(Event {
            at: self.now(),
            track: id,
            kind,
        });
        id
    }

    /// Opens a track with this `info`.
    pub(crate) fn open(&self, info: TrackInfo) -> Track {
        Track {
            id: self.open_id(info),
            origin: self.stopwatch.origin,
            sink: self.sink.clone(),
            dropped: Arc::clone(&self.dropped),
            room: EventQuota::of(EVENTS_PER_TRACK),
            _entered: None,
        }
    }

    /// Time on the run's stopwatch.
    pub fn now(&self) -> Duration {
        self.stopwatch.origin.elapsed()
    }

    /// Sleeps, unless the run is cancelled before or meanwhile.
    pub fn sleep(&self, duration: Duration) -> Result<(), Cancelled> {
        self.cancel.sleep(duration)
    }

    /// `Err` once the run is cancelled: for loops that compute.
    pub fn check_cancel(&self) -> Result<(), Cancelled> {
        if self.cancel.is_cancelled() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }

    /// Ready (disconnected) once the run is cancelled: for jobs whose threads wait for several things at once.
    pub fn cancelled(&self) -> &Receiver<Never> {
        self.cancel.receiver()
    }

    /// Random numbers of this run, see [`chance`].
    pub fn rng(&self, stream: u64) -> StdRng {
        chance(self.seed, stream)
    }

    /// Begins a phase, which lasts until the next call. Time before the first phase counts to the first phase; once
    /// the clock is stopped no phase begins. Returns when the phase began.
    pub fn phase(&self, step: Step) -> Duration {
        self.stopwatch.phase(step)
    }

    /// Stops the stopwatch, because the answer is there: tidying up does not count. Where a job does not call it, it
    /// is called when the job returns. Returns what the stopwatch shows.
    pub fn stop_clock(&self) -> Duration {
        self.stopwatch.stop()
    }

    /// Waits here until cancelled or killed, if a test has asked for this phase.
    pub fn failpoint(&self, track: &Track, phase: Step) -> Result<(), Cancelled> {
        if self.failpoint.as_deref() != Some(phase.name()) {
            return Ok(());
        }
        track.instant(HELD, None);
        loop {
            self.sleep(Duration::from_secs(3600))?;
        }
    }

    /// The seed of the run's random numbers.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Events that no longer fitted and were dropped.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}

impl RunCtx {
    pub(crate) fn new(lab: Lab, sink: Sink, origin: Instant, seed: u64) -> Self {
        Self {
            work: WorkCtx::new(sink, origin, seed, lab.failpoint.clone()),
            lab,
            stopped: AtomicBool::new(false),
            points: Mutex::default(),
            partial: Mutex::default(),
            // Unbounded: the window, which draws on the sending thread, must never wait.
            inputs: unbounded(),
        }
    }

    /// A context of no run: its events go nowhere.
    #[cfg(test)]
    pub(crate) fn for_test() -> Self {
        let wake: Arc<dyn Fn(WakeReason) + Send + Sync> = Arc::new(|_| {});
        let lab = Lab {
            program: Default::default(),
            failpoint: None,
            attended: false,
            wake: Arc::clone(&wake),
        };
        let sink = Sink::Channel {
            tx: unbounded().0,
            wake: Arc::new(crate::lab::trace::track::Wake::new(wake)),
        };
        Self::new(lab, sink, Instant::now(), 0)
    }

    /// Ends the run from outside: wakes all threads that sleep and kills all worker processes.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        self.abort();
    }

    /// Whether the run was ended from outside.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Limits the run to `count` cores, for demos with the parameter `cores`. Called before the job starts anything;
    /// reported on `run`, the run's first track.
    pub fn limit_cores(&self, count: u64, run: &Track) -> Result<(), RunError> {
        self.cores
            .begin(count)
            .map_err(|error| RunError::system(SystemRequest::FewerCores, &error))?;
        run.instant(CORES, i64::try_from(count).ok());
        Ok(())
    }

    /// Changes the number of cores while the run goes on. Returns whether that made a difference.
    pub(crate) fn change_cores(&self, count: u64) -> bool {
        self.cores.change(
            count,
            |limit| self.children.with_each_living(limit),
            |count| {
                self.sink.send(Event {
                    at: self.now(),
                    track: TrackId(0),
                    kind: EventKind::Instant {
                        step: CORES,
                        value: i64::try_from(count).ok(),
                    },
                });
            },
        )
    }

    /// Inputs from the window, in the order in which they were sent.
    pub fn inputs(&self) -> &Receiver<Input> {
        &self.inputs.1
    }

    /// A sweep has measured one more point. It is kept however the run ends.
    pub fn record_sample(&self, point: Point) {
        let mut points = self.points.lock().unwrap_or_else(PoisonError::into_inner);
        points.push(point.clone());
        self.sink.send(Event {
            at: self.now(),
            track: TrackId(0),
            kind: EventKind::Point(Box::new(point)),
        });
    }

    /// Saves what the run has brought so far, in case the job returns an error.
    pub fn save_partial(&self, output: JobOutput) {
        *self.partial.lock().unwrap_or_else(PoisonError::into_inner) = output;
    }

    /// The partial output, if one was saved.
    pub(crate) fn partial(&self) -> JobOutput {
        let mut partial = self.partial.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *partial)
    }

    /// The error for a stuck job; `waits` and `losses` as in [`RunError::Stuck`]. In the window the stuck run stays to be
    /// looked at until Stop is pressed.
    pub fn stuck(&self, waits: Vec<Sentence>, losses: Vec<RunError>) -> RunError {
        if self.lab.attended {
            while self.sleep(Duration::from_secs(3600)).is_ok() {}
        }
        RunError::Stuck { waits, losses }
    }

    /// The summary of a job that returned `output`. Stops the stopwatch.
    pub(crate) fn summary(&self, output: JobOutput) -> Summary {
        let JobOutput { measures, details } = output;
        Summary {
            measures,
            details,
            cores_changed: self.cores.changed_to(),
            phases: self.stopwatch.phases(),
            wall: self.stop_clock(),
            points: self
                .points
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        }
    }
}
