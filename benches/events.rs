//! The cost of reporting an event, beside one look at the clock: a costly report would change what it reports.

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier};
use std::thread::Builder;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use criterion::Criterion;
use threadlab::lab::demo::listing::Code;
use threadlab::lab::demo::param::Param;
use threadlab::lab::demo::{
    Budget, Definition, JobOutput, Lesson, Question, Sentence, Spec, Variant, VariantRow, Work,
};
use threadlab::lab::run::{Lab, RunCtx, start_inline};
use threadlab::lab::trace::event::{State, Step, TrackName};
use threadlab::lab::trace::record::Record;
use threadlab::lab::trace::track::{EVENTS_PER_TRACK, Track};

const STEP: Step = Step("add");

/// The most reports in one run: a track drops what exceeds its room, and dropping is cheap.
const TIMES_PER_RUN: u64 = EVENTS_PER_TRACK as u64 / 2;

type Tell = fn(&Track);

/// A demo whose job does nothing but what is measured.
#[derive(Clone)]
struct Telling {
    threads: usize,
    times_each: u64,
    tell: Tell,
    spent_nanos: Arc<AtomicU64>,
}

impl Telling {
    /// From the moment at which all threads are ready until the last one is done.
    fn run(&self, ctx: &RunCtx) {
        let ready = Barrier::new(self.threads);
        let spans = std::thread::scope(|scope| {
            let teller = |index| {
                let ready = &ready;
                move || {
                    let track = ctx.track(TrackName::nth("thread", index));
                    ready.wait();
                    let begun = Instant::now();
                    for _ in 0..self.times_each {
                        (self.tell)(&track);
                    }
                    (begun, Instant::now())
                }
            };
            let others: Vec<_> = (1..self.threads)
                .map(|index| {
                    Builder::new()
                        .name(format!("tell-{}", index + 1))
                        .spawn_scoped(scope, teller(index))
                        .expect("there is room for eight threads")
                })
                .collect();
            let mine = teller(0)();
            others
                .into_iter()
                .map(|other| other.join().expect("it only counts"))
                .chain([mine])
                .collect::<Vec<_>>()
        });
        let begun = spans.iter().map(|(begun, _)| *begun).min();
        let ended = spans.iter().map(|(_, ended)| *ended).max();
        if let (Some(begun), Some(ended)) = (begun, ended) {
            let nanos = (ended - begun).as_nanos() as u64;
            self.spent_nanos.fetch_add(nanos, Ordering::Relaxed);
        }
    }
}

impl Definition for Telling {
    const SPEC: &'static Spec = &Spec {
        id: "telling",
        steps: &[STEP],
        ..Spec::EMPTY
    };
    const VARIANTS: &'static [VariantRow<Self>] = &[Variant::smooth("only").runs(
        |telling, ctx| {
            telling.run(ctx);
            Ok(JobOutput::default())
        },
        Code::NONE,
    )];
}

impl Work for Telling {
    fn param_list(&mut self) -> Vec<Param<'_>> {
        Vec::new()
    }
}

impl Lesson for Telling {
    fn questions(&self) -> Vec<Question> {
        Vec::new()
    }
    fn result(&self, _: &Record, _: &[&Record]) -> Vec<Sentence> {
        Vec::new()
    }
}

impl Budget for Telling {}

/// The time to `tell` so many `times` in all, from `threads` at once. Each run's events are thrown away after it,
/// outside the time that is taken.
fn time(threads: usize, times: u64, tell: Tell) -> Duration {
    let lab = Lab {
        program: PathBuf::new(),
        failpoint: None,
        attended: false,
        wake: Arc::new(|_| {}),
    };
    let spent_nanos = Arc::new(AtomicU64::new(0));
    let mut left = times.div_ceil(threads as u64);
    while left > 0 {
        let times_each = left.min(TIMES_PER_RUN);
        let telling = Telling {
            threads,
            times_each,
            tell,
            spent_nanos: Arc::clone(&spent_nanos),
        };
        let run = start_inline(&lab, &telling, "only", 0);
        assert_eq!(run.events_dropped(), 0);
        left -= times_each;
    }
    Duration::from_nanos(spent_nanos.load(Ordering::Relaxed))
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let cases: [(&str, Tell); 5] = [
        ("clock", |_| {
            black_box(Instant::now());
        }),
        ("cpu_clock", |_| {
            black_box(ThreadTime::now());
        }),
        ("instant", |track| track.instant(STEP, Some(black_box(1)))),
        ("waiting_span", |track| {
            drop(track.span(State::Waiting, STEP))
        }),
        // A running span also looks at the thread's CPU clock, twice.
        ("running_span", |track| {
            drop(track.span(State::Running, STEP))
        }),
    ];
    for threads in [1, 8] {
        let mut group = criterion.benchmark_group(format!("events_{threads}"));
        for (name, tell) in cases {
            group.bench_function(name, |bencher| {
                bencher.iter_custom(|times| time(threads, times, tell));
            });
        }
        group.finish();
    }
    criterion.final_summary();
}
