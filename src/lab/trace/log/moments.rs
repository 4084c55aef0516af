//! From event to event: the moments that a playhead steps to, and the spans around them. Both cost a few looks per
//! track, however long the recording is.

use std::time::Duration;

use super::{LoggedSpan, RunLog, TrackLog};

impl RunLog {
    /// The time of the next event after `at`.
    pub fn next_event(&self, at: Duration) -> Option<Duration> {
        let of_tracks = self.tracks.iter().filter_map(|track| track.next_event(at));
        let point = self.points.partition_point(|(told, _)| *told <= at);
        let point = self.points.get(point).map(|(told, _)| *told);
        let end = Some(self.last).filter(|last| *last > at);
        of_tracks.chain(point).chain(end).min()
    }

    /// The time of the last event before `at`.
    pub fn previous_event(&self, at: Duration) -> Option<Duration> {
        let of_tracks = self
            .tracks
            .iter()
            .filter_map(|track| track.previous_event(at));
        let points = self.points.partition_point(|(told, _)| *told < at);
        let point = points.checked_sub(1).map(|last| self.points[last].0);
        let end = Some(self.last).filter(|last| *last < at);
        of_tracks.chain(point).chain(end).max()
    }
}

impl TrackLog {
    /// The indexes of the spans around `at`, from the outermost to the innermost.
    pub fn spans_around(&self, at: Duration) -> Vec<usize> {
        let begun = self.spans.partition_point(|span| span.begin <= at);
        let mut around = Vec::new();
        let mut next = begun.checked_sub(1);
        while let Some((index, span)) = self.numbered(next) {
            if span.end.is_none_or(|end| end > at) {
                around.push(index);
            }
            next = span.parent;
        }
        around.reverse();
        around
    }

    /// Like [`TrackLog::span_at`], for one moment after the other. `begun` is the number of spans that begin until
    /// the moment before, 0 at first: the search starts there, for the next span is near.
    pub fn next_span_at(&self, begun: &mut usize, now: Duration) -> Option<&LoggedSpan> {
        let spans = self.spans.get(*begun..).unwrap_or_default();
        let (mut from, mut step) = (0, 1);
        while (spans.get(from + step - 1)).is_some_and(|span| span.begin <= now) {
            from += step;
            step *= 2;
        }
        let near = &spans[from..(from + step).min(spans.len())];
        *begun += from + near.partition_point(|span| span.begin <= now);
        self.innermost(*begun, now)
    }

    fn numbered(&self, index: Option<usize>) -> Option<(usize, &LoggedSpan)> {
        index.and_then(|index| Some((index, self.spans.get(index)?)))
    }

    fn next_event(&self, at: Duration) -> Option<Duration> {
        let begun = self.spans.partition_point(|span| span.begin <= at);
        let begin = self.spans.get(begun).map(|span| span.begin);
        // Of the spans that go on, the innermost ends first; of those to come, none ends before it begins.
        let end = self.span_at(at).and_then(|span| span.end);
        let instant = self.instants.partition_point(|instant| instant.at <= at);
        let instant = self.instants.get(instant).map(|instant| instant.at);
        let progress = self.progress.partition_point(|(told, ..)| *told <= at);
        let progress = self.progress.get(progress).map(|(told, ..)| *told);
        let opened = Some(self.opened).filter(|opened| *opened > at);
        let all = [begin, end, instant, progress, opened];
        all.into_iter().flatten().min()
    }

    fn previous_event(&self, at: Duration) -> Option<Duration> {
        let begun = self.spans.partition_point(|span| span.begin < at);
        let last = begun.checked_sub(1);
        let begin = last.map(|last| self.spans[last].begin);
        // Of all spans that are over, the latest that began ended last, or one of those around it did.
        let (mut end, mut next) = (None, last);
        while let Some((_, span)) = self.numbered(next) {
            let Some(ended) = span.end.filter(|ended| *ended < at) else {
                break;
            };
            (end, next) = (Some(ended), span.parent);
        }
        let instants = self.instants.partition_point(|instant| instant.at < at);
        let instant = instants.checked_sub(1).map(|last| self.instants[last].at);
        let told = self.progress.partition_point(|(told, ..)| *told < at);
        let progress = told.checked_sub(1).map(|last| self.progress[last].0);
        let opened = Some(self.opened).filter(|opened| *opened < at);
        let all = [begin, end, instant, progress, opened];
        all.into_iter().flatten().max()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::event::{
        Event, EventKind, State, Step, TrackId, TrackInfo, TrackKind, TrackName,
    };
    use super::*;

    fn micros(micros: u64) -> Duration {
        Duration::from_micros(micros)
    }

    /// Two tracks; on the first a span within a span, an instant and another span, on the second one span.
    fn log() -> RunLog {
        let mut log = RunLog::default();
        let mut tell = |at, track, kind| {
            let (at, track) = (micros(at), TrackId(track));
            log.push(Event { at, track, kind });
        };
        let begun = || EventKind::SpanBegun {
            state: State::Running,
            step: Step("work"),
        };
        let ended = || EventKind::SpanEnded {
            state: None,
            cpu: None,
        };
        for track in 0..2 {
            let info = TrackInfo {
                name: TrackName::nth("thread", track),
                kind: TrackKind::Thread,
                pid: 1,
                os_id: None,
                clock_error: Duration::ZERO,
            };
            let opened = EventKind::TrackOpened(Box::new(info));
            tell(1, track as u32, opened);
        }
        tell(10, 0, begun());
        tell(20, 0, begun());
        let (step, value) = (Step("read"), Some(0));
        tell(25, 0, EventKind::Instant { step, value });
        tell(30, 0, ended());
        tell(40, 0, ended());
        tell(50, 0, begun());
        tell(15, 1, begun());
        tell(35, 1, ended());
        tell(60, 1, EventKind::Progress { done: 1, total: 2 });
        log
    }

    #[test]
    fn every_event_is_stepped_to_forwards_and_backwards() {
        let log = log();
        let expected = [1, 10, 15, 20, 25, 30, 35, 40, 50, 60].map(micros);
        let forwards =
            std::iter::successors(log.next_event(Duration::ZERO), |at| log.next_event(*at));
        assert_eq!(forwards.collect::<Vec<_>>(), expected);
        let after = micros(61);
        let backwards =
            std::iter::successors(log.previous_event(after), |at| log.previous_event(*at));
        let mut backwards: Vec<_> = backwards.collect();
        backwards.reverse();
        assert_eq!(backwards, expected);
        assert_eq!(RunLog::default().next_event(Duration::ZERO), None);
        assert_eq!(RunLog::default().previous_event(Duration::ZERO), None);
    }

    #[test]
    fn the_spans_around_a_moment_go_from_the_outermost_inwards() {
        let log = log();
        let around = |at| log.tracks()[0].spans_around(micros(at));
        assert_eq!(around(5), [0; 0]);
        assert_eq!(around(10), [0]);
        assert_eq!(around(25), [0, 1]);
        assert_eq!(around(30), [0]);
        assert_eq!(around(45), [0; 0]);
        assert_eq!(around(1_000), [2]);
    }
}
