//! What the teacher's window shows: one step of a presentation, in sentences of the chosen language.

use serde::{Deserialize, Serialize};

use crate::text::TalkingPoints;

/// One page of the teacher's window. Nothing in it changes by itself, so that equal pages need not be drawn again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Number and title of the demo; empty if the step is about none.
    pub title: String,
    /// The step that the class sees.
    pub now: String,
    /// The next thing to do and its key, as the step's foot says it.
    pub next: String,
    /// The question that comes after this vote; empty before its last step.
    pub upcoming: String,
    /// What to point at, and what most get wrong.
    pub points: Option<TalkingPoints>,
    /// The question that the class is asked; empty if nothing is asked.
    pub question: String,
    /// Its answers.
    pub answers: Vec<AnswerLine>,
    /// The vote whose hands can be counted now.
    pub counting: Option<Counting>,
    /// Whether a run goes on whose cores are timed: then the window draws only what it is told.
    pub quiet: bool,
}

/// One answer, with the hands raised for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AnswerLine {
    /// The answer's text.
    pub text: String,
    /// Hands of the first vote, once hands are counted.
    pub first: Option<u32>,
    /// Hands of the second vote, once there is one.
    pub second: Option<u32>,
    /// Whether the class has decided for it.
    pub is_guess: bool,
}

/// A vote whose hands are being counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// Number of this vote in the presentation. Hands come back with it, so that those which were counted just before
    /// the step changed count for no other question.
    pub vote: usize,
    /// Whether it is the second vote on the question.
    pub again: bool,
    /// Index of the answer that hands go up for.
    pub answer: usize,
}

/// Hands that were counted in the teacher's window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Index of the answer.
    pub answer: usize,
    /// How many hands are added; taken away, if negative.
    pub change: i32,
}

impl Page {
    /// Adds hands to the vote that is being counted.
    pub fn raise(&mut self, Raised { answer, change }: Raised) {
        let Some(counting) = self.counting else {
            return;
        };
        if let Some(line) = self.answers.get_mut(answer) {
            let counted = match counting.again {
                true => &mut line.second,
                false => &mut line.first,
            };
            *counted = counted.map(|hands| hands.saturating_add_signed(change));
        }
    }
}
