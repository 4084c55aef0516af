//! The picture of threads that take turns: the account, the code so far, and a large card for each thread.

use std::time::Duration;

use egui::{Align2, Rect};

use super::super::{ADD, READ, WRITE};
use super::Scene;
use super::account;
use super::cards::{self, Card};
use super::lettered::{Lettered, wrote_over};
use super::moment::Fate;
use super::turns::Turns;
use crate::lab::trace::log::RunLog;
use crate::widgets::look::pen::{Pen, TextLook};
use crate::widgets::look::text_fit::font_size;
use crate::widgets::look::theme::bold_font;

/// Height from which there is room for the account's name and for the words on the next steps.
const WORDS_FROM: f32 = 170.0;

/// Threads that take turns, at one moment.
pub struct TakingTurns {
    turns: Turns,
    cards: Vec<Card>,
    /// The sentences on the deposits that were overwritten.
    overwritten: Vec<String>,
    /// The code so far, or the question for the first turn.
    code: String,
    /// The next step of each thread.
    next: Vec<String>,
}

impl TakingTurns {
    /// The picture of these turns at `now`.
    pub fn of(turns: Turns, log: &RunLog, now: Duration, scene: &Scene) -> Self {
        let language = scene.language;
        let threads = 0..turns.threads();
        let over = scene.moment.wrote_over.iter();
        let over = over.map(|&(over, under)| wrote_over(over, under, language));
        Self {
            overwritten: over.collect(),
            code: match turns.done.is_empty() {
                true => language.text("bank_lock-stage-first").into_owned(),
                false => turns.code(),
            },
            next: threads
                .clone()
                .map(|thread| turns.next_in_words(thread, language))
                .collect(),
            cards: threads
                .map(|thread| {
                    let lettered = lettered(&turns, thread, log, now, scene);
                    lettered.card(scene.variant, language)
                })
                .collect(),
            turns,
        }
    }

    /// All but the account in words.
    pub fn words(&self) -> String {
        let mut words = self.overwritten.clone();
        words.push(self.code.clone());
        words.extend_from_slice(&self.next);
        words.extend(self.cards.iter().map(Card::words));
        words.join("; ")
    }

    /// Paints the account and the code at the left, and the threads.
    pub fn paint(&self, pen: &Pen, room: Rect, scene: &Scene) {
        let share = if self.turns.threads() > 2 { 0.30 } else { 0.36 };
        let (left, right) = room.split_left_right_at_fraction(share);
        let left = left.with_max_x(left.right() - pen.gap(20.0));
        self.paint_account(pen, left, scene);
        // The replay's label and its button stand above the cards.
        let right = right.with_min_y(right.top() + pen.corner.y);
        cards::paint(pen, right, &self.cards);
    }

    fn paint_account(&self, pen: &Pen, area: Rect, scene: &Scene) {
        let gap = pen.gap(6.0);
        let is_roomy = area.height() >= WORDS_FROM;
        let mut rest = area;
        let mut from_below = |height: f32| {
            let row = rest.with_min_y(rest.bottom() - height);
            rest.max.y = row.top() - gap;
            row
        };
        if is_roomy {
            let row = from_below(pen.line_height(16.0));
            write_if_read(pen, row, &self.next.join(" · "), pen.weak(16.0));
        }
        let code = from_below((area.height() * 0.16).min(pen.gap(56.0)));
        match self.turns.done.is_empty() {
            // The question for the first turn is text, whose letters reach below the line.
            true => write_large(pen, code, self.code.as_str()),
            false => drop(pen.number(code, self.code.as_str(), pen.palette.text)),
        }
        let line = from_below(pen.line_height(19.0));
        account::write_line(pen, line, scene);
        // The room for the sentence on what was lost is there before it: nothing moves when it comes.
        if scene.variant == "no_lock" {
            let row = from_below((area.height() * 0.2).min(pen.gap(60.0)));
            write_large(pen, row, &self.overwritten.join(" · "));
        }
        account::paint_balance(pen, rest, scene);
    }
}

/// Writes a line of text as large as a row allows.
fn write_large(pen: &Pen, row: Rect, text: &str) {
    let look = (
        bold_font((row.height() * 0.68).floor().max(11.0)),
        pen.palette.text,
    );
    write_if_read(pen, row, text, look);
}

/// Writes a line of text into a row, unless it would be too small there to be read: the cards say as much.
fn write_if_read(pen: &Pen, row: Rect, text: &str, look: TextLook) {
    let text = pen.fit(text, look, row.width());
    if font_size(&text) >= pen.smallest {
        pen.put(row.left_center(), Align2::LEFT_CENTER, text);
    }
}

/// A thread at `now`, as the log and its counter have it.
fn lettered(turns: &Turns, thread: usize, log: &RunLog, now: Duration, scene: &Scene) -> Lettered {
    let number = thread as u16 + 1;
    let (steps, done) = turns.steps(thread);
    let mut tracks = log.tracks().iter();
    let track = tracks.find(|track| track.info.name.number == Some(u32::from(number)));
    let value = |step| track?.last_instant(step, now)?.value;
    let added = value(ADD);
    let mut over = scene.moment.wrote_over.iter();
    Lettered {
        thread,
        steps,
        done,
        // An addition reads as well: it found the new balance less the deposit.
        read: value(READ).or(added.map(|added| added - scene.plan.amount)),
        wrote: value(WRITE).or(added),
        over: over
            .find(|(over, _)| *over == number)
            .map(|(_, under)| *under),
        is_lost: scene.moment.fates.get(thread) == Some(&Fate::Lost),
        waits: turns.is_blocked(thread),
        holds: turns.holds(thread),
        is_latest: turns.done.last() == Some(&thread),
    }
}
