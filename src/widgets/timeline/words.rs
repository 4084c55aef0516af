//! What the timeline says: names of lanes, and the whole picture for those who can't see it.

use std::time::Duration;

use crate::lab::demo::value::Value;
use crate::lab::trace::event::{State, TrackInfo, TrackKind, TrackName};
use crate::lab::trace::log::TrackLog;
use crate::text::Language;
use crate::widgets::stage::Snapshot;
use crate::widgets::timeline::lanes::Block;
use crate::widgets::timeline::time_axis::say_time;

/// All states, in the order of the legend.
pub const STATES: [State; 5] = State::ALL;

/// A piece of text as a figure of a sentence.
pub fn word(text: impl Into<String>) -> Value {
    Value::Word(text.into())
}

/// Threads that take turns are known by letters, which their order is written in.
const LETTERED: &str = "gated";

/// `thread 17`, `thread A`.
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

/// `worker 2 · pid 4711`; the number of the operating system only for processes, whose it is known by.
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

/// `100 threads`.
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

/// The picture in words.
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
