//! A demo as the window has it: with its picture, and what is chosen of it.

use crate::demos::{self, Entry};
use crate::lab::demo::param::Params;
use crate::lab::demo::{Demo, Question, RunsOn, VariantId, Vote, copy_params};
use crate::widgets::stage::Stage;

/// A demo with its picture and what is chosen of it.
pub(crate) struct Room {
    /// Its number in the list and on the keyboard.
    pub(super) number: u8,
    /// The demo, with the parameters as they are set now.
    pub(super) demo: Box<dyn Demo>,
    /// Its picture.
    pub(super) stage: Box<dyn Stage>,
    /// The chosen variant.
    pub(super) variant: VariantId,
    /// Text key of the question that was asked last: several may be about one variant.
    asked: Option<String>,
    /// The parameters as the preset for a class set them.
    class: Option<Params>,
}

impl Room {
    /// With the lesson's parameters and the first variant chosen.
    pub(super) fn new(entry: &Entry) -> Self {
        let demo = (entry.demo)();
        let variant = demo.variants().first().map_or("", |variant| variant.id);
        Self {
            number: entry.number,
            stage: (entry.stage)(),
            variant,
            demo,
            asked: None,
            class: None,
        }
    }

    /// Where a run of the chosen variant takes place.
    pub(super) fn place(&self) -> RunsOn {
        let chosen = self
            .demo
            .variants()
            .into_iter()
            .find(|variant| variant.id == self.variant);
        chosen.map_or(RunsOn::OwnThread, |variant| variant.runs_on)
    }

    /// What is asked of the chosen variant with the present parameters.
    pub(super) fn question(&self) -> Option<Question> {
        let mut questions = self.demo.questions();
        questions.retain(|question| question.variant == self.variant);
        let asked = |question: &Question| Some(&question.text.key) == self.asked.as_ref();
        let at = questions.iter().position(asked).unwrap_or(0);
        questions.into_iter().nth(at)
    }

    /// What is asked in this vote, with the parameters as it sets them.
    pub(super) fn question_of(&self, vote: &Vote) -> Option<Question> {
        let mut demo = (demos::find(self.demo.id())?.demo)();
        copy_params(self.demo.as_ref(), demo.as_mut());
        vote.set_on(demo.as_mut());
        let mut questions = demo.questions().into_iter();
        questions.find(|question| is_asked(vote, question))
    }

    /// The place of the vote that is set up now, among the demo's.
    pub(super) fn vote(&self) -> Option<usize> {
        let (question, params) = (self.question()?, self.demo.params());
        let is_set = |(name, text): &(&str, String)| {
            let value = params.value(name).map(ToString::to_string);
            value.as_ref() == Some(text)
        };
        let is_now = |vote: &Vote| is_asked(vote, &question) && vote.set.iter().all(is_set);
        self.demo.votes().iter().position(is_now)
    }

    /// Makes everything ready for this vote.
    pub(super) fn set_up(&mut self, vote: &Vote) {
        self.variant = vote.variant;
        self.asked.clone_from(&vote.question);
        vote.set_on(self.demo.as_mut());
    }

    /// Every variant, in teaching order.
    pub(super) fn all_variants(&self) -> impl Iterator<Item = VariantId> + Clone + use<> {
        self.demo.variants().into_iter().map(|variant| variant.id)
    }

    /// Whether the parameters suit every variant.
    pub(super) fn can_run_all(&self) -> bool {
        self.all_variants()
            .all(|variant| self.demo.check(variant).is_ok())
    }

    /// To waits and sizes that suit a class, on a machine of this slowness.
    pub(super) fn for_class(&mut self, slowness: f64) {
        self.reset();
        self.demo.for_class(slowness);
        self.class = Some(self.demo.params());
    }

    /// Whether the parameters are those for a class.
    pub(super) fn is_for_class(&self) -> bool {
        self.class.as_ref() == Some(&self.demo.params())
    }

    /// Back to the lesson's parameters.
    pub(super) fn reset(&mut self) {
        if let Some(entry) = demos::find(self.demo.id()) {
            self.demo = (entry.demo)();
            self.class = None;
        }
    }
}

fn is_asked(vote: &Vote, question: &Question) -> bool {
    vote.variant == question.variant && vote.question.as_ref() == Some(&question.text.key)
}
