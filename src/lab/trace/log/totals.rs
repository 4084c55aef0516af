//! Sums over a track's spans at any moment. Most of them are kept while events come in, so that a picture costs a few
//! looks, however long the recording is.

use std::time::Duration;

use super::super::event::{State, Step};
use super::index::EVERY;
use super::{LoggedInstant, LoggedSpan, RunLog, TrackLog};

impl RunLog {
    /// The core time of all spans of `step` that have ended, and how long they were in all.
    pub fn core_time(&self, step: Step) -> (Duration, Duration) {
        let tracks = self.tracks.iter();
        let spans = tracks.flat_map(|track| track.spans_of(step, Duration::MAX));
        let measured = spans.filter_map(|span| Some((span.cpu?, span.end? - span.begin)));
        measured.fold(Default::default(), |(cores, lengths), (cpu, length)| {
            (cores + cpu, lengths + length)
        })
    }

    /// A number that no other log of this process has.
    pub fn serial(&self) -> u64 {
        self.serial
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

impl TrackLog {
    /// Adds the span at `index`, which is over, to the sums.
    pub(super) fn note_end(&mut self, index: usize) {
        let span = &self.spans[index];
        let end = span.end.unwrap_or(span.begin);
        let length = nanos(end.saturating_sub(span.begin));
        let (state, own) = (span.state.index(), length.saturating_sub(span.inner));
        if let Some(outer) = span.parent {
            self.spans[outer].inner += length;
        }
        let ended = &mut self.ended;
        if ended.spans.len().is_multiple_of(EVERY) {
            ended.sums.push(ended.sum);
        }
        ended.spans.push(u32::try_from(index).unwrap_or(u32::MAX));
        ended.sum[state] += own;
        ended.first[state].get_or_insert(end);
    }

    /// Time that had been spent in each of [`State::ALL`] at `now`, in the innermost span.
    pub fn time_by_state(&self, now: Duration) -> [Duration; State::ALL.len()] {
        let ended = &self.ended;
        let over = |index: &u32| {
            self.spans[*index as usize]
                .end
                .is_some_and(|end| end <= now)
        };
        let count = ended.spans.partition_point(over);
        let mut time = *ended.sums.get(count / EVERY).unwrap_or(&ended.sum);
        for &index in &ended.spans[count / EVERY * EVERY..count] {
            let span = &self.spans[index as usize];
            let length = span.end.unwrap_or(span.begin).saturating_sub(span.begin);
            time[span.state.index()] += nanos(length).saturating_sub(span.inner);
        }
        let around = self.spans_around(now);
        for (place, &index) in around.iter().enumerate() {
            let span = &self.spans[index];
            // The last child that has begun knows how long the others were.
            let last = match around.get(place + 1) {
                Some(&inner) => Some(inner),
                None => self.last_within(index, now),
            };
            let inner = last.map_or(0, |last| {
                let last = &self.spans[last];
                let end = last.end.unwrap_or(now).min(now);
                last.before + nanos(end.saturating_sub(last.begin))
            });
            let length = nanos(now.saturating_sub(span.begin));
            time[span.begun_as.index()] += length.saturating_sub(inner);
        }
        time.map(Duration::from_nanos)
    }

    /// The last span directly within the one at `outer` that has begun at `now`.
    fn last_within(&self, outer: usize, now: Duration) -> Option<usize> {
        let begun = self.spans.partition_point(|span| span.begin <= now);
        let mut index = begun.checked_sub(1)?;
        while index != outer {
            let parent = self.spans[index].parent?;
            if parent == outer {
                return Some(index);
            }
            index = parent;
        }
        None
    }

    /// Whether a span that has begun at `now` is in `state` then, as it is known then.
    pub fn is_seen(&self, state: State, now: Duration) -> bool {
        self.ended.first[state.index()].is_some_and(|first| first <= now)
            || self
                .spans_around(now)
                .iter()
                .any(|&index| self.spans[index].begun_as == state)
    }

    /// The instants called `step` until `now`, by time.
    pub fn instants_of(
        &self,
        step: Step,
        now: Duration,
    ) -> impl DoubleEndedIterator<Item = &LoggedInstant> + ExactSizeIterator + '_ {
        let places = self.instants_by.of(step);
        let until = places.partition_point(|&place| self.instants[place as usize].at <= now);
        places[..until]
            .iter()
            .map(|&place| &self.instants[place as usize])
    }

    /// The spans called `step` that begin until `now`, by time.
    pub fn spans_of(
        &self,
        step: Step,
        now: Duration,
    ) -> impl DoubleEndedIterator<Item = &LoggedSpan> + ExactSizeIterator + '_ {
        let places = self.spans_by.of(step);
        let until = places.partition_point(|&place| self.spans[place as usize].begin <= now);
        places[..until]
            .iter()
            .map(|&place| &self.spans[place as usize])
    }

    /// The latest instant called `step` at or before `now`.
    pub fn last_instant(&self, step: Step, now: Duration) -> Option<&LoggedInstant> {
        self.instants_of(step, now).next_back()
    }
}
