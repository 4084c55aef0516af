//! The timeline's words: names of lanes, tooltips, and the whole timeline for a screen reader.

use std::time::Duration;

use super::Hit;
use crate::lab::demo::value::Value;
use crate::lab::trace::event::{State, TrackInfo, TrackKind, TrackName};
use crate::lab::trace::log::{LoggedSpan, TrackLog};
use crate::text::Language;
use crate::widgets::stage::Snapshot;
use crate::widgets::timeline::axis::say_time;
use crate::widgets::timeline::lanes::Block;

/// All states, in the order of the legend.
pub const STATES: [State; 5] = State::ALL;

/// A piece of text as a figure of a sentence.
pub fn word(text: impl Into<String>) -> Value {
    Value::Word(text.into())
}

/// The noun of threads that take turns: they have letters for names, because their order is written in letters.
const LETTERED: &str = "gated";

/// The name of a track: `thread 17`, `thread A`.
pub fn name(name: &TrackName, language: Language) -> String {
    let key = format!("track-{}", name.noun);
    match name.number {
        Some(number) if name.noun == LETTERED => {
            let letter = char::from_u32('A' as u32 + number - 1).unwrap_or('?');
            language.with(&key, &[("letter", word(letter))])
        }
        Some(number) => format!("{} {number}", language.text(&key)),
        None => language.text(&key).into_owned(),
    }
}

/// The name of a track with its process id: `worker 2 · pid 4711`. Only processes are known by a number of the
/// operating system.
pub fn name_and_pid(info: &TrackInfo, language: Language) -> String {
    let name = name(&info.name, language);
    match (info.kind, info.os_id) {
        (TrackKind::Process, Some(id)) => {
            let pid = language.with("timeline-pid", &[("id", word(id.to_string()))]);
            format!("{name} · {pid}")
        }
        _ => name,
    }
}

/// The number of a block's tracks with their noun: `100 threads`.
pub fn count(block: &[usize], tracks: &[TrackLog], language: Language) -> String {
    let mut nouns = block.iter().map(|&index| tracks[index].info.name.noun);
    let first = nouns.next().unwrap_or_default();
    let of_a_kind = format!("timeline-lanes-{first}");
    let key = if nouns.all(|noun| noun == first) && language.has(&of_a_kind) {
        of_a_kind.as_str()
    } else {
        "timeline-lanes"
    };
    language.with(key, &[("count", block.len().into())])
}

/// The name of a block of lanes.
pub fn block_name(block: &Block, tracks: &[TrackLog], language: Language, pids: bool) -> String {
    match block.tracks.as_slice() {
        &[only] if pids => name_and_pid(&tracks[only].info, language),
        &[only] => name(&tracks[only].info.name, language),
        several => count(several, tracks, language),
    }
}

/// A share of 0 to 1 as a whole number of hundredths.
pub fn percent(share: f32) -> Value {
    Value::Count((share * 100.0).round() as i128)
}

impl Hit<'_> {
    /// The lines of the tooltip: the lane's track, and what it was doing.
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

/// The timeline in words.
pub fn describe(shown: &Snapshot<'_>, end: Duration, language: Language) -> String {
    let tracks = shown.log.tracks();
    let all: Vec<usize> = (0..tracks.len()).collect();
    let mut figures = vec![
        ("lanes", word(count(&all, tracks, language))),
        ("end", word(say_time(end, language))),
    ];
    let key = if shown.is_complete() {
        "timeline-words"
    } else {
        figures.push(("now", word(say_time(shown.now, language))));
        "timeline-words-at"
    };
    let mut parts = vec![language.with(key, &figures)];
    let time = time_by_state(tracks, shown.now);
    let total: f64 = time.iter().sum();
    for (state, time) in STATES.into_iter().zip(time) {
        if time > 0.0 {
            let state = language.text(&format!("state-{}", state.name()));
            let figures = [
                ("state", word(state)),
                ("percent", percent((time / total) as f32)),
            ];
            parts.push(language.with("timeline-words-share", &figures));
        }
    }
    joined(&parts, language)
}

/// Parts of a description, one after another.
pub fn joined(parts: &[String], language: Language) -> String {
    parts.join(match language {
        Language::English => "; ",
        Language::Chinese => "；",
    })
}

/// Seconds that all tracks together had spent in each of [`STATES`] at `now`, in the innermost span.
fn time_by_state(tracks: &[TrackLog], now: Duration) -> [f64; STATES.len()] {
    let mut sum = [0.0; STATES.len()];
    for track in tracks {
        for (sum, time) in sum.iter_mut().zip(track.time_by_state(now)) {
            *sum += time.as_secs_f64();
        }
    }
    sum
}
