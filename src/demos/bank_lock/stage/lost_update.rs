//! The picture of a lost update: the two threads that its replay is about, and the account.

use std::time::Duration;

use egui::{Align2, Rect, pos2, vec2};

use super::super::{OVERWROTE, READ, WAIT, WRITE};
use super::cards::{self, Card, Note};
use super::{Scene, account, yuan};
use crate::lab::demo::incident::KeyEvent;
use crate::lab::demo::value::Value;
use crate::lab::trace::log::TrackLog;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::playhead::IncidentReplay;
use crate::widgets::stage::Snapshot;

/// The two threads of a lost update, as far as its replay has come.
pub struct LostUpdate {
    /// The sentence on the event that has just come, or before the first event on the two threads.
    event: String,
    /// All such sentences, of which the longest decides how much room they have.
    events: Vec<String>,
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
        let sentences = key_events.iter().map(|key_event| &key_event.sentence);
        let sentences = std::iter::once(&replay.incident.opening).chain(sentences);
        let events: Vec<String> = sentences.map(|sentence| language.say(sentence)).collect();
        Some(Self {
            event: events[count].clone(),
            events,
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

    /// Paints the account at the left, and the threads.
    pub fn paint(&self, pen: &Pen, room: Rect, scene: &Scene) {
        if scene.presenting {
            self.paint_for_class(pen, room, scene);
            return;
        }
        let (left, right) = room.split_left_right_at_fraction(0.29);
        let left = left.with_max_x(left.right() - pen.gap(20.0));
        let line = pen.line_height(14.0);
        let upper = left.with_max_y(left.bottom() - line - pen.gap(6.0));
        account::paint_balance(pen, upper, scene);
        let others = left.with_min_y(left.bottom() - line);
        pen.write_in(others, self.others.as_str(), pen.weak(14.0));
        cards::paint(pen, right, &self.cards);
    }

    /// Paints the sentence on the latest event, the threads in the width of the screen, and below them the account.
    fn paint_for_class(&self, pen: &Pen, room: Rect, scene: &Scene) {
        let gap = pen.gap(8.0);
        let lay_out = |sentence: &String| {
            let (font, color) = pen.bold(20.0);
            pen.layout(sentence.clone(), font, color, room.width())
        };
        // The longest sentence decides: the threads must not move from event to event.
        let heights = self.events.iter().map(|event| lay_out(event).size().y);
        let said = heights.fold(0.0, f32::max);
        pen.put(room.min, Align2::LEFT_TOP, lay_out(&self.event));
        let foot = room.with_min_y(room.bottom() - pen.line_height(24.0));
        let threads = Rect::from_min_max(
            room.min + vec2(0.0, said + gap),
            pos2(room.right(), foot.top() - gap),
        );
        cards::paint(pen, threads, &self.cards);

        let account = scene.language.text("bank_lock-stage-account");
        let middle = foot.left_center();
        let name = pen.write(
            middle,
            Align2::LEFT_CENTER,
            account,
            pen.weak(14.0),
            foot.width(),
        );
        let beside = pos2(name.right() + gap, middle.y);
        let balance = scene.balance.as_str();
        let look = pen.bold(28.0);
        let balance = pen.write(beside, Align2::LEFT_CENTER, balance, look, foot.width());
        let width = foot.right() - balance.right() - 2.0 * gap;
        let at = foot.right_center();
        pen.write(
            at,
            Align2::RIGHT_CENTER,
            self.others.as_str(),
            pen.weak(14.0),
            width,
        );
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
