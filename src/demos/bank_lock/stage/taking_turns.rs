//! The picture of threads that take turns: the account, the code so far, and a large card for each thread.

use std::time::Duration;

use egui::{Align2, Rect, pos2};

use super::super::{ADD, READ, WAIT, WRITE, letter};
use super::Scene;
use super::cards::{self, Card, CardStep, Note};
use super::moment::Fate;
use super::turns::{Turns, step_name};
use crate::lab::demo::value::Value;
use crate::lab::trace::log::RunLog;
use crate::widgets::look::pen::Pen;
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
        let over = scene.moment.wrote_over.iter().map(|&(over, under)| {
            let names = [("over", lettered(over)), ("under", lettered(under))];
            language.with("bank_lock-stage-over", &names)
        });
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
                .map(|thread| card(&turns, thread, log, now, scene))
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

    /// Paints the account and the code at the left, and the threads. A class is shown no balance.
    pub fn paint(&self, pen: &Pen, room: Rect, scene: &Scene, presenting: bool) {
        let share = if self.turns.threads() > 2 { 0.30 } else { 0.36 };
        let (left, right) = room.split_left_right_at_fraction(share);
        let left = left.with_max_x(left.right() - pen.gap(20.0));
        self.paint_account(pen, left, scene, presenting);
        // The replay's label and its button stand above the cards.
        let right = right.with_min_y(right.top() + pen.corner.y);
        cards::paint(pen, right, &self.cards);
    }

    fn paint_account(&self, pen: &Pen, area: Rect, scene: &Scene, presenting: bool) {
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
            pen.write_in(row, self.next.join(" · "), pen.weak(16.0));
        }
        let code = from_below((area.height() * 0.16).min(pen.gap(56.0)));
        pen.number(code, self.code.as_str(), pen.palette.text);
        let line = from_below(pen.line_height(19.0));
        pen.write_in(line, scene.line.as_str(), pen.bold(19.0));
        // The room for the sentence on what was lost is there before it: nothing moves when it comes.
        if scene.variant == "no_lock" {
            let row = from_below((area.height() * 0.16).min(pen.gap(52.0)));
            let look = (bold_font((row.height() * 0.72).floor()), pen.palette.text);
            let text = self.overwritten.join(" · ");
            let at = pos2(row.left(), row.center().y);
            pen.write(at, Align2::LEFT_CENTER, text, look, row.width());
        }
        if !presenting {
            scene.paint_balance(pen, rest);
        }
    }
}

fn lettered(number: u16) -> Value {
    let letter = letter(usize::from(number).saturating_sub(1));
    Value::Word(letter.to_string())
}

fn card(turns: &Turns, thread: usize, log: &RunLog, now: Duration, scene: &Scene) -> Card {
    let language = scene.language;
    let number = thread as u16 + 1;
    let (steps, done) = turns.steps(thread);
    let titles = match scene.variant {
        "atomic" => ["bank_lock-stage-before", "bank_lock-stage-after"],
        _ => ["bank_lock-step-read", "bank_lock-step-write"],
    };
    let name = language.with("bank_lock-button-thread", &[("thread", lettered(number))]);
    let mut card = Card::of(name, titles, language);
    let mut tracks = log.tracks().iter();
    let track = tracks.find(|track| track.info.name.number == Some(u32::from(number)));
    let value = |step| track?.last_instant(step, now)?.value;
    let added = value(ADD);
    card.boxes = [
        value(READ).or(added.map(|added| added - scene.plan.amount)),
        value(WRITE).or(added),
    ]
    .map(|yuan| yuan.map(|yuan| scene.yuan(yuan)));
    let has_done = &steps[..done.min(steps.len())];
    let waited = has_done.contains(&WAIT) && has_done.contains(&READ);
    card.between = waited.then(|| step_name(WAIT, language));
    let all = steps.iter().enumerate();
    card.steps = all
        .map(|(index, step)| CardStep {
            name: step_name(*step, language),
            done: index < done,
        })
        .collect();
    let is_latest = turns.done.last() == Some(&thread);
    card.latest = match has_done.last().filter(|_| is_latest) {
        Some(&READ) => Some(0),
        Some(&WRITE | &ADD) => Some(1),
        _ => None,
    };
    card.is_lost = scene.moment.fates.get(thread) == Some(&Fate::Lost);
    let mut over = scene.moment.wrote_over.iter();
    let over = over.find(|(over, _)| *over == number);
    card.note = match over {
        Some((_, under)) => {
            let under = [("under", lettered(*under))];
            Some(Note::Lost(language.with("bank_lock-stage-over-it", &under)))
        }
        None if turns.is_blocked(thread) => {
            let waits = language.text("bank_lock-step-lock");
            Some(Note::Waits(waits.into_owned()))
        }
        None if turns.holds(thread) => {
            let inside = language.text("bank_lock-stage-inside");
            Some(Note::Holds(inside.into_owned()))
        }
        None if card.is_lost => {
            let lost = language.text("bank_lock-stage-is-lost");
            Some(Note::Lost(lost.into_owned()))
        }
        None => None,
    };
    card
}
