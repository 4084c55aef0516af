//! What a class is asked before a run, and in which order.

use super::verdict::{Finding, Holds, Verdict};
use crate::lab::demo::{Demo, Sentence, VariantId, set_param};
use crate::lab::trace::record::Record;

/// One of a question's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What it says.
    pub text: Sentence,
    /// The figures of a run that make it right.
    pub holds: Holds,
}

impl Choice {
    /// The answer that says `text`, and is right for the figures that `holds` names.
    pub fn new(text: Sentence, holds: Holds) -> Self {
        Self { text, holds }
    }
}

/// What a class is asked before a run. No figure is held by two of the choices; the right one is the one
/// that holds the run's.
#[derive(Clone, Debug)]
pub struct Question {
    /// The variant it is about.
    pub variant: VariantId,
    /// What is asked.
    pub text: Sentence,
    /// Two to four answers.
    pub choices: Vec<Choice>,
    /// The figure of a run that decides.
    pub find: fn(&Record) -> Finding,
}

impl Question {
    /// What `record`'s run says; `None` if it is of another variant, or did not come to an end that can decide.
    pub fn verdict(&self, record: &Record) -> Option<Verdict> {
        (record.info.variant == self.variant && record.is_decided())
            .then(|| self.verdict_on((self.find)(record)))
    }

    /// What this figure says.
    pub fn verdict_on(&self, finding: Finding) -> Verdict {
        Verdict::of(finding, self.choices.iter().map(|choice| &choice.holds))
    }

    /// Whether `other` offers the same answers to the same question: then a guess at one is a guess at both.
    pub fn is_same(&self, other: &Question) -> bool {
        self.variant == other.variant
            && self.text.key == other.text.key
            && self.choices == other.choices
    }
}

/// A vote in class: what is set, what is asked, and what is run then.
#[derive(Clone, Debug, PartialEq)]
pub struct Vote {
    /// The variant that is asked about and run.
    pub variant: VariantId,
    /// Parameters to set first, as `--set` would; all others stay as they are.
    pub set: Vec<(&'static str, String)>,
    /// Text key of the question; `None` if nothing is asked: of a run that others are compared with.
    pub question: Option<String>,
}

impl Vote {
    /// A vote on `question`, with the parameters as they are.
    pub fn on(question: &Question) -> Self {
        Self {
            variant: question.variant,
            set: Vec::new(),
            question: Some(question.text.key.clone()),
        }
    }

    /// A run of which nothing is asked.
    pub fn unasked(variant: VariantId) -> Self {
        Self {
            variant,
            set: Vec::new(),
            question: None,
        }
    }

    /// Gives `demo`, the one that the vote is of, the parameters of this vote.
    pub fn set_on(&self, demo: &mut dyn Demo) {
        for (name, text) in &self.set {
            let set = set_param(demo, name, text);
            debug_assert_eq!(set, Ok(()), "a vote sets what can't be set");
        }
    }

    /// A vote on each of `variants`, on the first of the `questions` about it.
    pub fn each(questions: &[Question], variants: &[VariantId]) -> Vec<Self> {
        let vote = |&variant: &VariantId| {
            let mut about = questions.iter();
            let question = about.find(|question| question.variant == variant);
            question.map_or_else(|| Self::unasked(variant), Self::on)
        };
        variants.iter().map(vote).collect()
    }
}
