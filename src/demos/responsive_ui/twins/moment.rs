//! What is to be seen of the twins at a moment: a pure function of the log and that moment.

use std::time::Duration;

use super::{ANSWERED, GONE, Gone, PICTURE, QUEUED, Side};
use crate::demos::responsive_ui::DOWNLOAD;
use crate::lab::trace::log::{RunLog, TrackLog};

/// Both twins, from left to right.
pub type Moment = [Twin; 2];

/// One of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Twin {
    /// Its process.
    pub pid: u32,
    /// How long its last picture is old; `None` before its first.
    pub since_picture: Option<Duration>,
    /// The longest time without a picture until now; one that goes on counts too.
    pub longest_gap: Duration,
    /// Where its hand stands: seconds of its life at its last picture.
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

/// What `log` says of `now`.
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
    // From the beginning of the log: what went before belongs to another.
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
                // Those of somebody's mouse were not seen waiting.
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
