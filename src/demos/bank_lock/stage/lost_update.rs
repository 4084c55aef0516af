//! The picture of a lost update: the two threads that its replay is about, and the account.

use std::time::Duration;

use egui::Rect;

use super::super::{OVERWROTE, READ, WAIT, WRITE};
use super::cards::{self, Card, Note};
use super::{Scene, yuan};
use crate::lab::demo::incident::KeyEvent;
use crate::lab::demo::value::Value;
use crate::lab::trace::log::TrackLog;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::playhead::IncidentReplay;
use crate::widgets::stage::Snapshot;

/// The two threads of a lost update, as far as its replay has come.
pub struct LostUpdate {
    /// The thread whose deposit is lost, and the one that wrote over it.
    cards: Vec<Card>,
    /// The sentence on the threads that are not drawn.
    others: String,
}

impl LostUpdate {
    /// The threads at the replay's position; `None` if the incident is no lost update.
    pub fn of(shown: &Snapshot<'_>, replay: &IncidentReplay<'_>, scene: &Scene) -> Option<Self> {
        let language = scene.language;
        let key_events = &replay.incident.key_events;
        // An incident ends with the two writes.
        let [.., first, second] = &key_events[..] else {
            return None;
        };
        let count = replay.key_event().map_or(0, |(count, _)| count);
        let (past, is_over) = (&key_events[..count], count == key_events.len());
        let track = |key_event: &KeyEvent| shown.log.tracks().get(key_event.track.0 as usize);
        let tracks = [track(first)?, track(second)?];
        let mut cards: Vec<Card> = [first, second]
            .into_iter()
            .zip(tracks)
            .map(|(write, track)| {
                let own = |key_event: &&KeyEvent| key_event.track == write.track;
                let own: Vec<&KeyEvent> = past.iter().filter(own).collect();
                let is_latest = past
                    .last()
                    .is_some_and(|latest| latest.track == write.track);
                card(track, &own, is_latest, scene)
            })
            .collect();
        if is_over {
            let [lost, over] = &mut cards[..] else {
                return None;
            };
            let amount = [("amount", Value::from(scene.plan.amount))];
            lost.is_lost = true;
            lost.note = Some(Note::Lost(
                language.with("bank_lock-incident-gone", &amount),
            ));
            over.note = Some(Note::Lost(wrote_over(tracks, language)));
        }
        let others = scene.plan.threads.saturating_sub(2);
        Some(Self {
            cards,
            others: language.with("bank_lock-incident-others", &[("count", others.into())]),
        })
    }

    /// The threads in words.
    pub fn words(&self) -> String {
        let cards = self.cards.iter().map(Card::words);
        let others = std::iter::once(self.others.clone());
        cards.chain(others).collect::<Vec<_>>().join("; ")
    }

    /// Paints the account at the left, and the threads; to a class, the threads alone.
    pub fn paint(&self, pen: &Pen, room: Rect, scene: &Scene, presenting: bool) {
        if presenting {
            cards::paint(pen, room, &self.cards);
            return;
        }
        let (left, right) = room.split_left_right_at_fraction(0.29);
        let left = left.with_max_x(left.right() - pen.gap(20.0));
        let line = pen.line_height(14.0);
        scene.paint_balance(pen, left.with_max_y(left.bottom() - line - pen.gap(6.0)));
        let others = left.with_min_y(left.bottom() - line);
        pen.write_in(others, self.others.as_str(), pen.weak(14.0));
        cards::paint(pen, right, &self.cards);
    }
}

/// The card of a thread of which these key events have come.
fn card(track: &TrackLog, key_events: &[&KeyEvent], is_latest: bool, scene: &Scene) -> Card {
    let language = scene.language;
    let name = &track.info.name;
    let noun = language.text(&format!("track-{}", name.noun));
    let name = format!("{noun} {}", name.number.unwrap_or_default());
    let titles = ["bank_lock-step-read", "bank_lock-step-write"];
    let mut card = Card::of(name, titles, language);
    for key_event in key_events {
        let told = track.last_instant(key_event.step, Duration::MAX);
        let told = told.and_then(|instant| instant.value);
        let told = told.map(|known| yuan(language, known));
        match key_event.step {
            READ => card.boxes[0] = told,
            WRITE => card.boxes[1] = told,
            WAIT => {
                let millis = [("millis", scene.gap_millis.into())];
                card.between = Some(language.with("bank_lock-stage-wait", &millis));
            }
            _ => {}
        }
        card.latest = match key_event.step {
            READ => Some(0),
            WRITE => Some(1),
            _ => None,
        }
        .filter(|_| is_latest);
    }
    card
}

/// Words for the deposit that the second thread wrote over.
fn wrote_over([first, second]: [&TrackLog; 2], language: Language) -> String {
    let over = second.last_instant(OVERWROTE, Duration::MAX);
    let over = over.and_then(|instant| instant.value).unwrap_or_default();
    match first.info.name.number.map(i64::from) == Some(over) {
        true => language.text("bank_lock-incident-wrote-over").into_owned(),
        false => language.with(
            "bank_lock-incident-wrote-over-other",
            &[("other", over.into())],
        ),
    }
}
