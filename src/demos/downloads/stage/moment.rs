//! The downloads at one moment of a run, and for comparison those of the other way: one after another, or at once.

use std::time::Duration;

use super::super::file::Files;
use super::super::{DOWNLOAD, DRAWN, FILE};
use crate::lab::demo::VariantId;
use crate::lab::run::RunInfo;
use crate::lab::trace::event::TrackKind;
use crate::lab::trace::log::{RunLog, TrackLog};
use crate::lab::trace::record::Record;

/// The variant whose files come one after another.
pub const IN_TURN: VariantId = "one_after_another";

/// One file at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fetch {
    /// The length of its download, once that is drawn by lot.
    pub length: Option<Duration>,
    /// When its download began.
    pub begin: Option<Duration>,
    /// When its download ended: the file is there, or the run was stopped.
    pub end: Option<Duration>,
    /// The possible error of its times: another process takes them by its own clock.
    pub inexact: Duration,
    /// Its process, if it has one to itself.
    pub pid: Option<u32>,
    /// Whether its process was lost.
    pub lost: bool,
}

impl Fetch {
    /// Whether the file is being downloaded.
    pub fn goes_on(&self) -> bool {
        self.begin.is_some() && self.end.is_none()
    }

    /// Whether the file will never come, because its process was lost.
    pub fn is_lost(&self) -> bool {
        self.lost && !self.is_there()
    }

    /// Whether all of the file has come.
    pub fn is_there(&self) -> bool {
        let took = self.begin.zip(self.end).map(|(begin, end)| end - begin);
        // Times are also rounded on their way.
        let inexact = self.inexact + Duration::from_millis(1);
        took.zip(self.length)
            .is_some_and(|(took, length)| took + inexact >= length)
    }

    /// The time that the file has been downloaded until `now`.
    pub fn took(&self, now: Duration) -> Option<Duration> {
        let begin = self.begin?;
        Some(self.end.unwrap_or(now).saturating_sub(begin))
    }
}

/// All downloads at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The time on the stopwatch.
    pub passed: Duration,
    /// The files in their order.
    pub files: Vec<Fetch>,
    /// The process that the window belongs to, once a thread of it has reported.
    pub own_pid: Option<u32>,
}

impl Moment {
    /// The moment before a run of `files`.
    pub fn before(files: usize) -> Self {
        Self {
            passed: Duration::ZERO,
            files: vec![Fetch::default(); files],
            own_pid: None,
        }
    }

    /// The moment `now` of a run of `files`.
    pub fn of(log: &RunLog, files: usize, now: Duration) -> Self {
        let mut moment = Self::before(files);
        let wall = log
            .finished()
            .map_or(now, |(_, outcome)| outcome.summary().wall);
        moment.passed = now.min(wall);
        for track in log.tracks().iter().filter(|track| track.opened <= now) {
            moment.look_at(track, now);
        }
        moment
    }

    fn look_at(&mut self, track: &TrackLog, now: Duration) {
        let drawn = track.instants_of(DRAWN, now);
        for (file, drawn) in self.files.iter_mut().zip(drawn) {
            file.length = drawn.count().map(Duration::from_micros);
        }
        if track.info.kind == TrackKind::Process {
            // The n-th process downloads the n-th file; this is known before its first event.
            let file = track.info.name.number.unwrap_or(0);
            if let Some(file) = self.file(file.into()) {
                file.pid = Some(track.info.pid);
                file.lost = track.is_lost(now);
            }
        } else {
            self.own_pid = Some(track.info.pid);
        }
        let numbers = track.instants_of(FILE, now);
        for (number, span) in numbers.zip(track.spans_of(DOWNLOAD, now)) {
            if let Some(file) = self.file(number.value.unwrap_or(0)) {
                file.begin = Some(span.begin);
                file.inexact = track.info.clock_error;
                file.end = span.end.filter(|end| *end <= now);
            }
        }
    }

    /// The file of a number, counted from 1.
    fn file(&mut self, number: i64) -> Option<&mut Fetch> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.files.get_mut(index)
    }

    /// The number of files that are there.
    pub fn there(&self) -> usize {
        self.files.iter().filter(|file| file.is_there()).count()
    }

    /// The time of each file that is there, and the drawn length of the others; `None` until lengths are drawn.
    pub fn lengths(&self) -> Option<Vec<Duration>> {
        let length = |file: &Fetch| match file.is_there() {
            true => file.took(self.passed),
            false => file.length,
        };
        self.files.iter().map(length).collect()
    }

    /// The time of all files added up.
    pub fn sum(&self) -> Option<Duration> {
        Some(self.lengths()?.iter().sum())
    }

    /// The time of the longest file.
    pub fn longest(&self) -> Option<Duration> {
        self.lengths()?.into_iter().max()
    }
}

/// The same files downloaded the other way, for comparison: one after another where the shown run has them at once, and
/// at once where it has them one after another.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// The variant of the run that was measured; `None` if none was, and this is worked out from the files' times.
    pub variant: Option<VariantId>,
    /// The time that all files take.
    pub total: Duration,
    /// When each file's download begins and ends.
    pub bars: Vec<(Duration, Duration)>,
}

impl Ghost {
    /// The latest run the other way with the same times to download. `records` are runs with the same parameters as
    /// that of `info`, oldest first.
    pub fn measured(info: &RunInfo, records: &[&Record]) -> Option<Self> {
        let is_other = |other: &RunInfo| is_in_turn(other) != is_in_turn(info);
        let record = records.iter().rfind(|record| {
            record.is_done() && is_other(&record.info) && record.info.seed == info.seed
        })?;
        let files: Option<&Files> = record.details();
        let bars = files.map(|files| files.files.iter().map(|file| (file.begin, file.end)));
        Some(Self {
            variant: Some(record.info.variant),
            total: record.wall(),
            bars: bars.into_iter().flatten().collect(),
        })
    }

    /// The other way as the times of the files say it would be.
    pub fn expected(info: &RunInfo, lengths: &[Duration]) -> Self {
        let mut end = Duration::ZERO;
        let bars = lengths.iter().map(|length| {
            let begin = match is_in_turn(info) {
                true => Duration::ZERO,
                false => end,
            };
            end = begin + *length;
            (begin, end)
        });
        let bars: Vec<_> = bars.collect();
        Self {
            variant: None,
            total: bars.iter().map(|(_, end)| *end).max().unwrap_or_default(),
            bars,
        }
    }
}

/// Whether the files come one after another.
fn is_in_turn(info: &RunInfo) -> bool {
    info.variant == IN_TURN
}

#[cfg(test)]
mod tests;
