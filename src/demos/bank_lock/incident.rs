//! The incident of a lost update: the steps of the two deposits that the result names.

use std::time::Duration;

use super::judgement::Deposits;
use super::{OVERWROTE, READ, WAIT, WRITE};
use crate::lab::demo::Sentence;
use crate::lab::demo::incident::{Incident, KeyEvent};
use crate::lab::demo::value::Value;
use crate::lab::trace::event::{Step, TrackId};
use crate::lab::trace::log::{LoggedInstant, RunLog, TrackLog};
use crate::lab::trace::record::Record;

/// One of the two deposits, as its track has it.
struct Deposit {
    track: TrackId,
    number: u32,
    read: LoggedInstant,
    /// When it began to wait.
    waited: Option<Duration>,
    wrote: LoggedInstant,
    /// The writer of the balance that it overwrote.
    overwrote: i64,
}

impl Deposit {
    fn of(log: &RunLog, number: u64) -> Option<Self> {
        let (index, track) = (0..).zip(log.tracks()).find(|(_, track)| {
            let name = &track.info.name;
            name.number.map(u64::from) == Some(number)
        })?;
        let told = |step| track.last_instant(step, Duration::MAX).copied();
        Some(Self {
            track: TrackId(index),
            number: track.info.name.number?,
            read: told(READ)?,
            waited: wait_after(track, told(READ)?.at),
            // The picture shows the write only from the deposit's last report on.
            wrote: LoggedInstant {
                at: told(OVERWROTE)?.at,
                ..told(WRITE)?
            },
            overwrote: told(OVERWROTE)?.value?,
        })
    }
}

fn wait_after(track: &TrackLog, read: Duration) -> Option<Duration> {
    let mut spans = track.spans.iter();
    let wait = spans.find(|span| span.step == WAIT && span.begin >= read)?;
    Some(wait.begin)
}

/// The collision that the result of this run names.
pub(super) fn incident(record: &Record, log: &RunLog) -> Option<Incident> {
    let deposits: &Deposits = record.details()?;
    let (first, second) = deposits.collision?;
    let mut first = Deposit::of(log, u64::from(first.wrote.writer))?;
    let mut second = Deposit::of(log, u64::from(second.wrote.writer))?;
    let wrote_over = |one: &Deposit, other: &Deposit| one.overwrote == i64::from(other.number);
    // A write is reported a moment after it: the order of overwriting is certain, the times are nearly so.
    let swapped = wrote_over(&first, &second)
        || !wrote_over(&second, &first) && second.wrote.at < first.wrote.at;
    if swapped {
        std::mem::swap(&mut first, &mut second);
    }
    let words = Words::of(record);
    let (first_wrote, second_wrote) = (
        first.wrote.at.min(second.wrote.at),
        first.wrote.at.max(second.wrote.at),
    );
    let mut key_events = Vec::new();
    for deposit in [&first, &second] {
        key_events.push(words.key_event("read", deposit, READ, deposit.read.at, &deposit.read));
        let waited = deposit.waited.filter(|_| words.millis > 0);
        let wait = waited.map(|at| words.key_event("wait", deposit, WAIT, at, &deposit.read));
        key_events.extend(wait);
    }
    // Both read before either wrote, whenever they reported it.
    for key_event in &mut key_events {
        key_event.at = key_event.at.min(first_wrote);
    }
    key_events.sort_by_key(|key_event| key_event.at);
    key_events.push(words.key_event("write", &first, WRITE, first_wrote, &first.wrote));
    let key = match wrote_over(&second, &first) {
        true => "over",
        false => "over-another",
    };
    let mut over = words.key_event(key, &second, WRITE, second_wrote, &second.wrote);
    over.sentence = over
        .sentence
        .with("first", u64::from(first.number))
        .with("other", Value::Count(second.overwrote.into()));
    key_events.push(over);
    let opening = words
        .sentence("opening")
        .with("first", u64::from(first.number))
        .with("second", u64::from(second.number));
    Some(Incident {
        key_events,
        opening,
    })
}

/// The figures that all sentences share.
struct Words {
    kind: &'static str,
    amount: u64,
    millis: u64,
}

impl Words {
    fn of(record: &Record) -> Self {
        let params = &record.info.params;
        Self {
            kind: match record.info.variant {
                "async_tasks" => "task",
                _ => "thread",
            },
            amount: params.whole("amount"),
            millis: params.whole("gap_millis"),
        }
    }

    fn sentence(&self, key: &str) -> Sentence {
        Sentence::new(format!("bank_lock-incident-{key}"))
            .with("kind", Value::Word(self.kind.to_owned()))
            .with("amount", self.amount)
    }

    fn key_event(
        &self,
        key: &str,
        deposit: &Deposit,
        step: Step,
        at: Duration,
        figure: &LoggedInstant,
    ) -> KeyEvent {
        let sentence = self
            .sentence(key)
            .with("number", u64::from(deposit.number))
            .with("yuan", Value::Count(figure.value.unwrap_or(0).into()))
            .with("millis", self.millis);
        KeyEvent {
            at,
            track: deposit.track,
            step,
            sentence,
        }
    }
}
