//! What the class guessed before a run: one answer, and how many hands were raised for each.

use std::collections::HashMap;

use crate::lab::demo::{DemoId, Question, VariantId};

/// A question has at most so many answers.
pub const ANSWERS: usize = 4;

/// The class's guess at one question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guess {
    /// Index of the answer that the class decided for.
    pub answer: Option<usize>,
    /// Hands raised for each answer; they may be left uncounted.
    pub hands: [u32; ANSWERS],
}

/// All guesses of this session.
#[derive(Default)]
pub struct Guesses {
    by_question: HashMap<Key, Guess>,
}

/// A question is known by the demo, the variant and the text that it asks.
type Key = (DemoId, VariantId, String);

fn key(demo: DemoId, question: &Question) -> Key {
    (demo, question.variant, question.text.key.clone())
}

impl Guesses {
    /// The guess at this question, as far as there is one.
    pub fn at(&self, demo: DemoId, question: &Question) -> Guess {
        let guess = self.by_question.get(&key(demo, question));
        guess.copied().unwrap_or_default()
    }

    /// The class decides for `answer`; an answer that the question does not have changes nothing.
    pub fn decide(&mut self, demo: DemoId, question: &Question, answer: usize) {
        if answer < question.choices.len() {
            self.guess_mut(demo, question).answer = Some(answer);
        }
    }

    /// `change` more hands (fewer, if negative) are raised for `answer`.
    pub fn raise(&mut self, demo: DemoId, question: &Question, answer: usize, change: i32) {
        if let Some(hands) = self.guess_mut(demo, question).hands.get_mut(answer) {
            *hands = hands.saturating_add_signed(change);
        }
    }

    /// Asks this demo's questions anew.
    pub fn forget(&mut self, demo: DemoId) {
        self.by_question.retain(|(known, ..), _| *known != demo);
    }

    fn guess_mut(&mut self, demo: DemoId, question: &Question) -> &mut Guess {
        self.by_question.entry(key(demo, question)).or_default()
    }
}
