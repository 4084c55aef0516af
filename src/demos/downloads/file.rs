//! A file, how long it takes, and the download itself, which is a sleep: all that a program does while
//! it downloads is wait.

use std::time::Duration;

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use super::{DOWNLOAD, DRAWN, Downloads, FILE};
use crate::lab::demo::JobOutput;
use crate::lab::demo::value::{Details, RunDetails, Value};
use crate::lab::run::WorkCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::ctx::chance;
use crate::lab::trace::track::Track;

/// Progress is reported this often.
const REPORT_EVERY: Duration = Duration::from_millis(50);

/// A file to download.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct File {
    /// Counted from 1.
    pub(super) number: u64,
    /// `file-1`; pictures call it something nicer.
    pub(super) name: String,
    /// How long the download takes, to the microsecond.
    pub(super) micros: u64,
}

/// A file that was downloaded, with times on the run's stopwatch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Downloaded {
    pub(super) number: u64,
    pub(super) begin: Duration,
    pub(super) end: Duration,
}

impl Downloaded {
    pub(super) fn took(&self) -> Duration {
        self.end.saturating_sub(self.begin)
    }
}

/// Two draws of two possible times are alike half the time; after so many tries hardly ever.
const TRIES: u64 = 64;

/// How long each file takes, drawn from a stream of chance that belongs to the file: the same seed gives the
/// same times in every variant and order. Where there is a choice, not all files take the same time: none would be
/// the longest.
pub(super) fn times(downloads: &Downloads, seed: u64) -> Vec<Duration> {
    let draw = |attempt: u64| -> Vec<Duration> {
        let streams = (0..downloads.files).map(|file| attempt * downloads.files + file);
        let seconds = streams.map(|stream| seconds(downloads, &mut chance(seed, stream)));
        let micros = seconds.map(|seconds| (seconds * 1e6) as u64);
        micros.map(Duration::from_micros).collect()
    };
    if downloads.files == 1 || downloads.min_seconds >= downloads.max_seconds {
        return draw(0);
    }
    let differ = |times: &Vec<Duration>| times.iter().any(|time| *time != times[0]);
    let mut draws = (0..TRIES).map(draw);
    draws.find(differ).unwrap_or_else(|| draw(0))
}

/// The files of a run.
pub(super) fn draw(downloads: &Downloads, run: &Track, ctx: &WorkCtx) -> Vec<File> {
    (1..)
        .zip(times(downloads, ctx.seed()))
        .map(|(number, time)| {
            let micros = time.as_micros() as u64;
            run.instant(DRAWN, i64::try_from(micros).ok());
            File {
                number,
                name: format!("file-{number}"),
                micros,
            }
        })
        .collect()
}

impl Downloads {
    /// Whether only whole seconds are drawn.
    pub(super) fn has_whole_bounds(&self) -> bool {
        self.min_seconds.fract() == 0.0 && self.max_seconds.fract() == 0.0
    }
}

/// A drawn time: whole seconds as in the lesson, or any time between bounds that are not whole.
fn seconds(downloads: &Downloads, rng: &mut impl Rng) -> f64 {
    let (min, max) = (downloads.min_seconds, downloads.max_seconds);
    // While they are being set, bounds may contradict each other; a run's never do.
    let max = max.max(min);
    if downloads.has_whole_bounds() {
        rng.random_range(min as u64..=max as u64) as f64
    } else {
        rng.random_range(min..=max)
    }
}

/// Downloads `file`, and blocks the calling thread until it is there.
pub(super) fn download(file: &File, track: &Track, ctx: &WorkCtx) -> Result<Downloaded, Cancelled> {
    track.instant(FILE, i64::try_from(file.number).ok());
    let _sleeping = track.sleeping(DOWNLOAD);
    let begin = ctx.now();
    while let Some(nap) = until_next_report(file, begin, track, ctx) {
        ctx.sleep(nap)?; // step: download
    }
    Ok(Downloaded {
        number: file.number,
        begin,
        end: ctx.now(),
    })
}

/// Downloads a file in a coroutine: at each `await` the thread is free for the other coroutines.
pub(super) async fn download_async(file: &File, track: &Track, ctx: &WorkCtx) -> Downloaded {
    track.instant(FILE, i64::try_from(file.number).ok());
    let _sleeping = track.sleeping(DOWNLOAD);
    let begin = ctx.now();
    while let Some(nap) = until_next_report(file, begin, track, ctx) {
        tokio::time::sleep(nap).await; // step: download
    }
    Downloaded {
        number: file.number,
        begin,
        end: ctx.now(),
    }
}

/// Reports how far the download is. Returns the time until the next report; `None` when the file is there.
fn until_next_report(
    file: &File,
    begin: Duration,
    track: &Track,
    ctx: &WorkCtx,
) -> Option<Duration> {
    let length = Duration::from_micros(file.micros);
    let passed = ctx.now().saturating_sub(begin).min(length);
    track.progress(passed.as_micros() as u64, file.micros);
    let left = length - passed;
    (!left.is_zero()).then(|| left.min(REPORT_EVERY))
}

/// Stops the clock, for all files are there. The details hold the files in
/// their order, so that later runs can be shown beside this one.
pub(super) fn findings(mut files: Vec<Downloaded>, lost: u64, ctx: &WorkCtx) -> JobOutput {
    let total = ctx.stop_clock();
    files.sort_unstable_by_key(|file| file.number);
    let took = || files.iter().map(Downloaded::took);
    JobOutput {
        measures: vec![
            ("total_seconds", Value::from(total)),
            (
                "sum_of_files_seconds",
                Value::from(took().sum::<Duration>()),
            ),
            (
                "longest_file_seconds",
                Value::from(took().max().unwrap_or_default()),
            ),
        ],
        details: RunDetails::new(Files { files, lost }),
    }
}

/// The files of a run, for runs that are shown beside it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Files {
    /// The downloaded files, in their order.
    pub(super) files: Vec<Downloaded>,
    /// The number of files that were lost.
    pub(super) lost: u64,
}

impl Details for Files {
    const NAME: &'static str = "files";

    fn figures(&self) -> Vec<(&'static str, Value)> {
        let lost = (self.lost > 0).then(|| {
            [
                ("came", self.files.len().into()),
                ("lost", self.lost.into()),
            ]
        });
        lost.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    fn drawn(min_seconds: f64, max_seconds: f64) -> Vec<f64> {
        let downloads = Downloads {
            min_seconds,
            max_seconds,
            ..Downloads::default()
        };
        let draw = |seed| seconds(&downloads, &mut StdRng::seed_from_u64(seed));
        (0..500).map(draw).collect()
    }

    #[test]
    fn whole_bounds_give_whole_seconds_and_every_one_of_them() {
        let drawn = drawn(5.0, 10.0);
        for whole in 5..=10 {
            assert!(drawn.contains(&f64::from(whole)), "never {whole}");
        }
        assert!(
            drawn
                .iter()
                .all(|time| time.fract() == 0.0 && (5.0..=10.0).contains(time))
        );
    }

    #[test]
    fn two_files_do_not_take_the_same_time_unless_they_must() {
        let downloads = Downloads::default();
        let close = Downloads {
            max_seconds: 6.0,
            ..downloads.clone()
        };
        for seed in 0..500 {
            for downloads in [&downloads, &close] {
                let times = times(downloads, seed);
                assert_ne!(times[0], times[1], "{seed}");
                assert_eq!(times, super::times(downloads, seed));
            }
        }
        let certain = Downloads {
            min_seconds: 10.0,
            ..downloads
        };
        assert_eq!(times(&certain, 1), [Duration::from_secs(10); 2]);
    }

    #[test]
    fn other_bounds_give_any_time_between_them() {
        let drawn = drawn(0.5, 1.0);
        assert!(drawn.iter().all(|time| (0.5..=1.0).contains(time)));
        assert!(drawn.iter().filter(|time| time.fract() != 0.0).count() > 490);
    }

    #[test]
    fn equal_bounds_leave_no_choice() {
        assert!(drawn(7.0, 7.0).iter().all(|time| *time == 7.0));
        assert!(drawn(0.3, 0.3).iter().all(|time| *time == 0.3));
        assert!(drawn(3.0, 0.3).iter().all(|time| *time == 3.0));
    }
}
