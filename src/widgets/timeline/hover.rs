//! What lies under the pointer on a timeline, and what is told of it.

use egui::{Pos2, Rect};

use crate::lab::trace::event::TrackKind;
use crate::lab::trace::log::{LoggedSpan, TrackLog};
use crate::text::Language;
use crate::widgets::stage::Snapshot;
use crate::widgets::timeline::paint::{Picture, VISIBLE};
use crate::widgets::timeline::time_axis::say_time;
use crate::widgets::timeline::words::{name, name_and_pid, percent, word};

/// What the pointer is on.
pub struct Hit<'run> {
    /// The lane's track; the first one where several share a row.
    pub track: &'run TrackLog,
    /// Its place among the run's tracks.
    pub index: usize,
    /// Its span there, and the span's place among the track's; `None` beside the lane, on its name.
    pub span: Option<(usize, &'run LoggedSpan)>,
    /// Where that is drawn.
    pub place: Rect,
}

impl<'run> Picture<'run> {
    /// What is at a place; `None` where nothing happened.
    pub fn hit(&self, at: Pos2) -> Option<Hit<'run>> {
        let (index, place) = self.blocks.iter().find_map(|block| {
            let row = (0..block.rows).find(|&row| self.row(block, row).y_range().contains(at.y))?;
            let first = block.tracks.get(block.tracks_in(row).start)?;
            Some((*first, self.row(block, row)))
        })?;
        let track = self.shown.log.tracks().get(index)?;
        if at.x < self.axis.left {
            return Some(Hit {
                track,
                index,
                span: None,
                place,
            });
        }
        let spans = self.begun(track);
        // What is too narrow to be hit is taken when it is near.
        let first = spans.partition_point(|span| span.begin < self.axis.at(at.x - VISIBLE));
        let near = (first..)
            .zip(&spans[first..])
            .take_while(|(_, span)| span.begin <= self.axis.at(at.x + VISIBLE))
            .find(|(_, span)| self.span_rect(place, span).width() < VISIBLE);
        let time = self.axis.at(at.x);
        let under = || {
            let innermost = track.spans_around(time).pop()?;
            Some((innermost, track.spans.get(innermost)?)).filter(|_| time <= self.shown.now)
        };
        let span = near.or_else(under)?;
        Some(Hit {
            track,
            index,
            span: Some(span),
            place: self.span_rect(place, span.1),
        })
    }
}

impl Hit<'_> {
    /// Whose lane it is, and what its task was doing, line by line.
    pub fn words(&self, shown: &Snapshot<'_>, language: Language) -> Vec<String> {
        let info = &self.track.info;
        let mut lines = vec![match (info.kind, info.os_id) {
            (TrackKind::Thread, Some(id)) => {
                let id = language.with("timeline-thread-id", &[("id", word(id.to_string()))]);
                format!("{} · {id}", name(&info.name, language))
            }
            _ => name_and_pid(info, language),
        }];
        if let Some((_, span)) = self.span {
            lines.extend(span_words(shown, span, language));
        }
        if let Some(error) = info.told_clock_error() {
            let error = word(say_time(error, language));
            lines.push(language.with("timeline-clock", &[("error", error)]));
        }
        lines
    }
}

fn span_words(shown: &Snapshot<'_>, span: &LoggedSpan, language: Language) -> Vec<String> {
    let state = language.text(&format!("state-{}", span.state_at(shown.now).name()));
    let key = format!("{}-step-{}", shown.info.demo, span.step.name());
    let mut lines = vec![if language.has(&key) {
        let step = word(language.text(&key));
        language.with("timeline-span", &[("step", step), ("state", word(state))])
    } else {
        state.into_owned()
    }];
    let begin = ("begin", word(say_time(span.begin, language)));
    match span.end.filter(|end| *end <= shown.now) {
        Some(end) => {
            let duration = end.saturating_sub(span.begin);
            let figures = [
                begin,
                ("end", word(say_time(end, language))),
                ("duration", word(say_time(duration, language))),
            ];
            lines.push(language.with("timeline-span-over", &figures));
            if let Some(share) = span.share_of_core() {
                let percent = percent(share);
                lines.push(language.with("timeline-span-share", &[("percent", percent)]));
            }
        }
        None => lines.push(language.with("timeline-span-open", &[begin])),
    }
    lines
}
