//! The lesson side of a demo: its questions before a run, and its sentences after one.

use super::incident::Incident;
use super::spec::VariantId;
use super::value::Sentence;
use super::verdict::{Finding, Holds, Verdict, about, up_to};
use super::work::{Work, set_param};
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::Record;

/// The questions and results of a demo.
pub trait Lesson {
    /// The questions with the present parameters' numbers in them, in teaching order.
    fn questions(&self) -> Vec<Question>;
    /// The votes of a class in teaching order: one on every question, unless the demo chooses.
    fn votes(&self) -> Vec<Vote> {
        self.questions().iter().map(Vote::on).collect()
    }
    /// The result of `record`'s run in sentences. `earlier` are the runs before it with the same parameters.
    fn result(&self, record: &Record, earlier: &[&Record]) -> Vec<Sentence>;
    /// The one figure of `record`'s run that matters; `None` if it came to none.
    fn key_figure(&self, _record: &Record) -> Option<KeyFigure> {
        None
    }
    /// The partial result of a run that failed, with its figures; it follows the sentence that gives the reason.
    fn partial(&self, _record: &Record) -> Vec<Sentence> {
        Vec::new()
    }
    /// The incident that the result names; `None` where nothing went wrong.
    fn incident(&self, _record: &Record, _log: &RunLog) -> Option<Incident> {
        None
    }
    /// Whether other programs had so much of the cores that `record` is no measure for other runs.
    fn is_disturbed(&self, _record: &Record) -> bool {
        false
    }
    /// The value of a measure when nothing is missing: the graph's scale ends there, however little came out.
    fn full_value(&self, _measure: &str) -> Option<f64> {
        None
    }
}

/// The one figure of a run that matters, to be shown very large.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFigure {
    /// The number with its unit, and nothing else.
    pub figure: Sentence,
    /// The meaning of the figure, in a few words.
    pub words: Sentence,
}

/// One of a question's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The answer's text.
    pub text: Sentence,
    /// The figures of a run that make it right.
    pub holds: Holds,
}

impl Choice {
    /// The answer with the text `text`, right for the figures that `holds` names.
    pub fn new(text: Sentence, holds: Holds) -> Self {
        Self { text, holds }
    }

    /// Answers that say how many times as fast, "up to ×2", "up to ×8": one for each of `levels`, in ascending order.
    pub fn by_factor(levels: &[f64], text: impl Fn(f64) -> Sentence) -> impl Iterator<Item = Self> {
        let held = levels.iter().zip(up_to(levels));
        held.map(move |(&level, holds)| Self::new(text(level), holds))
    }

    /// Answers for about each of `values`, and a last one that says `another`.
    pub fn by_value(
        values: &[f64],
        text: impl Fn(f64) -> Sentence,
        another: Sentence,
    ) -> Vec<Self> {
        let held = values.iter().zip(about(values));
        let mut choices: Vec<_> = held
            .map(|(&value, holds)| Self::new(text(value), holds))
            .collect();
        choices.push(Self::new(another, Holds::Rest));
        choices
    }
}

/// A question to a class before a run. No figure is held by two of the choices; the right one is the one that holds the
/// run's.
#[derive(Clone, Debug)]
pub struct Question {
    /// The variant it is about.
    pub variant: VariantId,
    /// The question's text.
    pub text: Sentence,
    /// Two to four answers.
    pub choices: Vec<Choice>,
    /// The figure of a run that decides.
    pub find: fn(&Record) -> Finding,
}

impl Question {
    /// The verdict of `record`'s run; `None` if the run is of another variant, or did not come to an end that can
    /// decide.
    pub fn verdict(&self, record: &Record) -> Option<Verdict> {
        (record.info.variant == self.variant && record.is_decided())
            .then(|| self.verdict_on((self.find)(record)))
    }

    /// The verdict of this figure.
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

/// A vote in class: parameters to set, a question, and a variant to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Vote {
    /// The variant that is asked about and run.
    pub variant: VariantId,
    /// Parameters to set first, as `--set` would; all others stay as they are.
    pub set: Vec<(&'static str, String)>,
    /// Text key of the question; `None` for a run that others are only compared with.
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

    /// A run without a question.
    pub fn unasked(variant: VariantId) -> Self {
        Self {
            variant,
            set: Vec::new(),
            question: None,
        }
    }

    /// Gives `demo`, the one that the vote is of, the parameters of this vote.
    pub fn set_on(&self, demo: &mut dyn Work) {
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
