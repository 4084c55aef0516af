//! The twins at one moment of their run, for the picture and in sentences: a pure function of the log and that moment.

use std::time::Duration;

use super::{ANSWERED, GONE, Gone, PICTURE, QUEUED, Side};
use crate::demos::responsive_ui::DOWNLOAD;
use crate::lab::demo::Sentence;
use crate::lab::demo::value::Value;
use crate::lab::run::error::signal_name;
use crate::lab::trace::log::{RunLog, TrackLog};

/// A wait as long as this, or longer, is said in seconds.
pub const LONG: Duration = Duration::from_secs(1);

/// Both twins, from left to right.
pub type Moment = [Twin; 2];

/// One twin at a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Twin {
    /// Its process.
    pub pid: u32,
    /// The age of its last picture; `None` before its first.
    pub since_picture: Option<Duration>,
    /// The longest time without a picture until now; one that goes on counts too.
    pub longest_gap: Duration,
    /// The place of its second hand: seconds from its start to its last picture.
    pub hand: f32,
    /// Clicks that lie in its queue of events; those of a twin that is gone are never answered.
    pub waiting: u64,
    /// Clicks that it has answered.
    pub answered: u64,
    /// The longest time from sending a click to its answer.
    pub slowest: Option<Duration>,
    /// Whether it does its task now.
    pub is_busy: bool,
    /// Whether it has begun its task.
    pub has_begun: bool,
    /// How it ended, and when.
    pub gone: Option<(Gone, Duration)>,
}

/// Both twins at the moment `now` of `log`.
pub fn moments(log: &RunLog, now: Duration) -> Moment {
    let worker = log.tracks().get(2);
    Side::BOTH.map(|side| match log.tracks().get(side.index()) {
        Some(track) => twin(
            track,
            if side == Side::A { Some(track) } else { worker },
            now,
        ),
        None => Twin::default(),
    })
}

fn twin(track: &TrackLog, task: Option<&TrackLog>, now: Duration) -> Twin {
    let mut twin = Twin {
        pid: track.info.pid,
        ..Twin::default()
    };
    // The first gap counts from the beginning of the log: earlier pictures belong to an earlier one.
    let mut last = Duration::ZERO;
    for instant in track
        .instants
        .iter()
        .take_while(|instant| instant.at <= now)
    {
        let value = instant.value.unwrap_or_default();
        match instant.step {
            PICTURE => {
                twin.longest_gap = twin.longest_gap.max(instant.at.saturating_sub(last));
                last = instant.at;
                twin.hand = value as f32 / 1000.0;
                twin.since_picture = Some(now.saturating_sub(last));
            }
            QUEUED => twin.waiting += 1,
            ANSWERED => {
                twin.answered += 1;
                // A click of the mouse was never reported as waiting.
                if let Ok(nanos) = u64::try_from(value) {
                    twin.waiting = twin.waiting.saturating_sub(1);
                    twin.slowest = twin.slowest.max(Some(Duration::from_nanos(nanos)));
                }
            }
            GONE => {
                twin.gone = Some((Gone::from_number(value), instant.at));
            }
            _ => {}
        }
    }
    let until = twin.gone.map_or(now, |(_, at)| at);
    if let Some(since) = &mut twin.since_picture {
        *since = until.saturating_sub(last);
        twin.longest_gap = twin.longest_gap.max(*since);
    }
    let mut spans = task.into_iter().flat_map(|task| &task.spans);
    if let Some(download) = spans.find(|span| span.step == DOWNLOAD && span.begin <= now) {
        twin.has_begun = true;
        twin.is_busy = download.end.is_none_or(|end| end > now);
    }
    twin
}

/// The result in words: of each twin its longest gap and its clicks, or how it ended.
pub fn result(moment: &Moment) -> Vec<Sentence> {
    let sentences = Side::BOTH.map(|side| of_twin(side, &moment[side.index()]));
    sentences.into_iter().flatten().collect()
}

fn of_twin(side: Side, twin: &Twin) -> Vec<Sentence> {
    let named =
        |key: &str| Sentence::new(key).with("twin", Value::Word(side.name().to_uppercase()));
    let mut sentences = Vec::new();
    if let Some((gone, at)) = twin.gone {
        let by_signal = |key, number: i32| {
            let name = Value::Word(signal_name(number));
            let number = Value::Word(number.to_string());
            named(key).with("number", number).with("name", name)
        };
        let sentence = match gone {
            Gone::Closed => named("responsive_ui-twin-closed"),
            Gone::Killed(signal) => by_signal("responsive_ui-twin-killed", signal),
            Gone::Crashed(signal) => by_signal("responsive_ui-twin-crashed", signal),
            Gone::Failed => named("responsive_ui-twin-failed"),
        };
        let pid = Value::Word(twin.pid.to_string());
        sentences.push(sentence.with("seconds", seconds(at)).with("pid", pid));
    }
    if twin.since_picture.is_some() {
        let key = match (twin.gone, twin.slowest) {
            // Its end matters more than how it drew until then.
            (Some(_), _) => return sentences,
            (None, Some(slowest)) if slowest >= LONG => "responsive_ui-twin-result-waited",
            (None, Some(_)) => "responsive_ui-twin-result-answered",
            (None, None) => "responsive_ui-twin-result",
        };
        let mut sentence = named(key)
            .with("gap", seconds(twin.longest_gap))
            .with("clicks", twin.answered);
        if let Some(slowest) = twin.slowest {
            sentence = sentence.with(
                "slowest",
                match slowest >= LONG {
                    true => seconds(slowest),
                    false => Value::from(slowest.as_millis() as u64),
                },
            );
        }
        sentences.push(sentence);
    }
    sentences
}

fn seconds(duration: Duration) -> Value {
    let seconds = duration.as_secs_f64();
    Value::Word(match seconds {
        0.095.. => format!("{seconds:.1}"),
        _ => format!("{seconds:.2}"),
    })
}
