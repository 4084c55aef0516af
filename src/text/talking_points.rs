//! The talking points of each vote, for the teacher: what to point at, and what most get wrong.

use serde::{Deserialize, Serialize};

use super::Language;
use crate::lab::demo::{DemoId, Vote};

/// The talking points of one vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkingPoints {
    /// What to point at on the picture.
    pub point: String,
    /// What most get wrong, and why it is wrong.
    pub wrong: String,
}

impl Language {
    /// The talking points of a vote of `demo`. A question that parameters have changed has those of its plain form;
    /// `None` if it has no plain form with any.
    pub fn talking_points(self, demo: DemoId, vote: &Vote) -> Option<TalkingPoints> {
        let plain = || format!("{demo}-{}", vote.variant);
        let mut key = vote.question.clone().unwrap_or_else(plain);
        loop {
            let keys = [format!("{key}-point"), format!("{key}-wrong")];
            if keys.iter().all(|key| self.has(key)) {
                let [point, wrong] = keys.map(|key| self.text(&key).into_owned());
                return Some(TalkingPoints { point, wrong });
            }
            // `bank_lock-q1-code` is `bank_lock-q1` with a code.
            key.truncate(key.rfind('-')?);
        }
    }
}
