//! The demos as the window has them, each with its picture, chosen variant and parameters.

use std::sync::Arc;
use std::time::Duration;

use super::action::Scope;
use crate::demos::{self, Entry, REGISTRY};
use crate::lab::demo::listing::Listing;
use crate::lab::demo::param::Params;
use crate::lab::demo::scale_to_budget;
use crate::lab::demo::{
    Demo, DemoId, Question, RunsOn, VariantId, Vote, copy_params, set_param, take_params,
};
use crate::lab::run::RunInfo;
use crate::widgets::stage::{Buttons, Stage};

/// All demos, and the one that is shown.
pub struct Demos {
    all: Vec<DemoState>,
    chosen: usize,
}

impl Demos {
    /// Sets up every demo of the registry. `shown` (or else the first) is shown, with this variant and these
    /// parameters.
    pub fn set_up(shown: Option<&str>, variant: Option<&str>, set: &[(String, String)]) -> Self {
        let all: Vec<_> = REGISTRY.iter().map(DemoState::new).collect();
        let chosen = all.iter().position(|demo| Some(demo.id()) == shown);
        let mut demos = Self {
            all,
            chosen: chosen.unwrap_or(0),
        };
        let demo = demos.chosen_mut();
        if let Some(variant) = demo.all_variants().find(|id| Some(*id) == variant) {
            demo.choose(variant);
        }
        for (name, value) in set {
            demo.set(name, value);
        }
        demos
    }

    /// All demos, in the order of the registry.
    pub fn all(&self) -> &[DemoState] {
        &self.all
    }

    /// The shown demo.
    pub fn chosen(&self) -> &DemoState {
        &self.all[self.chosen]
    }

    /// The shown demo, to be changed.
    pub fn chosen_mut(&mut self) -> &mut DemoState {
        &mut self.all[self.chosen]
    }

    /// The place of the shown demo.
    pub fn index(&self) -> usize {
        self.chosen
    }

    /// Shows the demo at this place.
    pub fn choose(&mut self, index: usize) {
        self.chosen = index;
    }

    /// The demo of this id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut DemoState> {
        self.all.iter_mut().find(|demo| demo.id() == id)
    }

    /// The place of the demo of this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.all.iter().position(|demo| demo.id() == id)
    }

    /// The place of the demo of this number.
    pub fn find_number(&self, number: u8) -> Option<usize> {
        self.all.iter().position(|demo| demo.number == number)
    }

    /// Sets the demos of `scope` so that they suit a class; `slowness` tells for each how much slower this machine is.
    pub fn set_for_class(&mut self, scope: Scope, slowness: impl Fn(DemoId) -> f64) {
        for demo in &mut self.all {
            if scope == Scope::AllDemos || scope == Scope::Demo(demo.id()) {
                demo.set_for_class(slowness(demo.id()));
            }
        }
    }

    /// The present choices, to be passed to [`Demos::restore`] later.
    pub fn choices(&self) -> Choices {
        let of = |demo: &DemoState| Choice {
            variant: demo.variant,
            asked: demo.asked.clone(),
            left: demo.left,
            params: demo.params(),
        };
        Choices {
            chosen: self.chosen,
            demos: self.all.iter().map(of).collect(),
        }
    }

    /// Takes back the choices of an earlier moment.
    pub fn restore(&mut self, choices: Choices) {
        self.chosen = choices.chosen;
        for (demo, choice) in self.all.iter_mut().zip(choices.demos) {
            (demo.variant, demo.asked) = (choice.variant, choice.asked);
            demo.left = choice.left;
            for (name, value) in &choice.params.0 {
                demo.set(name, &value.to_string());
            }
        }
    }
}

/// The demo that was shown, and every demo's variant, question and parameters.
pub struct Choices {
    chosen: usize,
    demos: Vec<Choice>,
}

/// What was chosen of one demo.
struct Choice {
    variant: VariantId,
    asked: Option<String>,
    /// The seed of a run that the question is about no more.
    left: Option<u64>,
    params: Params,
}

/// A demo with its picture, chosen variant and parameters.
pub struct DemoState {
    number: u8,
    demo: Box<dyn Demo>,
    stage: Box<dyn Stage>,
    variant: VariantId,
    /// Text key of the question that was asked last: several questions may be about one variant.
    asked: Option<String>,
    /// The lesson's parameters.
    lesson: Params,
    /// The shown run, by its seed, and its parameters, if the question is about those.
    shown: Option<(u64, Params)>,
    /// The seed of a run that the question is about no more, because another question was asked for.
    left: Option<u64>,
    /// The parameters as the preset for a class set them.
    class: Option<Params>,
    /// The latest listing, so that it is not cut out of the source anew for every frame.
    listing: Option<(VariantId, Params, Arc<Listing>)>,
}

impl DemoState {
    /// The demo of `entry` with the lesson's parameters and the first variant chosen.
    fn new(entry: &Entry) -> Self {
        let demo = (entry.demo)();
        let variant = demo.variants().first().map_or("", |variant| variant.id);
        Self {
            number: entry.number,
            stage: (entry.stage)(),
            variant,
            lesson: demo.params(),
            demo,
            asked: None,
            shown: None,
            left: None,
            class: None,
            listing: None,
        }
    }

    /// The demo's id.
    pub fn id(&self) -> DemoId {
        self.demo.id()
    }

    /// The demo's number in the list and on the keyboard.
    pub fn number(&self) -> u8 {
        self.number
    }

    /// The demo, with its present parameters.
    pub fn demo(&self) -> &dyn Demo {
        self.demo.as_ref()
    }

    /// The demo, for the controls of its parameters.
    pub fn demo_mut(&mut self) -> &mut dyn Demo {
        self.demo.as_mut()
    }

    /// The demo and its picture.
    pub fn with_stage(&mut self) -> (&dyn Demo, &mut dyn Stage) {
        (self.demo.as_ref(), self.stage.as_mut())
    }

    /// The demo's present parameters.
    pub fn params(&self) -> Params {
        self.demo.params()
    }

    /// The chosen variant.
    pub fn variant(&self) -> VariantId {
        self.variant
    }

    /// The buttons that start the demo's runs.
    pub fn buttons(&self) -> Buttons {
        self.stage.buttons()
    }

    /// Whether the demo's runs start processes that a person may kill.
    pub fn has_processes(&self) -> bool {
        self.demo.spec().processes
    }

    /// Every variant, in teaching order.
    pub fn all_variants(&self) -> impl Iterator<Item = VariantId> + Clone + use<> {
        self.demo.variants().into_iter().map(|variant| variant.id)
    }

    /// Where a run of the chosen variant takes place.
    pub fn runs_on(&self) -> RunsOn {
        let mut variants = self.demo.variants().into_iter();
        let chosen = variants.find(|variant| variant.id == self.variant);
        chosen.map_or(RunsOn::OwnThread, |variant| variant.runs_on)
    }

    /// Whether the parameters suit the chosen variant.
    pub fn can_run(&self) -> bool {
        self.demo.check(self.variant).is_ok()
    }

    /// Whether the parameters suit every variant.
    pub fn can_run_all(&self) -> bool {
        self.all_variants()
            .all(|variant| self.demo.check(variant).is_ok())
    }

    /// The code of the chosen variant, with the present parameters.
    pub fn listing(&mut self) -> Arc<Listing> {
        let params = self.params();
        if let Some((variant, with, listing)) = &self.listing
            && (*variant, with) == (self.variant, &params)
        {
            return Arc::clone(listing);
        }
        let listing = Arc::new(self.demo.listing(self.variant));
        self.listing = Some((self.variant, params, Arc::clone(&listing)));
        listing
    }

    /// Asks about the shown run from now on, if the picture's own controls have started it with values of their own, and
    /// else about the chosen values.
    pub fn ask_about(&mut self, shown: Option<&RunInfo>) {
        let own = shown.filter(|run| {
            Some(run.seed) != self.left && self.stage.asks_about(run, &self.demo.params())
        });
        self.shown = own.map(|run| (run.seed, run.params.clone()));
    }

    /// Whether the question is about the shown run, which the picture's own controls have started.
    pub fn asks_about_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// The parameters that the question is about.
    pub fn asked_params(&self) -> Params {
        match &self.shown {
            Some((_, params)) => params.clone(),
            None => self.params(),
        }
    }

    /// The question about the chosen variant, with the present parameters or with those of the shown run.
    pub fn question(&self) -> Option<Question> {
        let mut questions = match (&self.shown, demos::find(self.id())) {
            (Some((_, params)), Some(entry)) => {
                let mut demo = (entry.demo)();
                take_params(demo.as_mut(), params);
                demo.questions()
            }
            _ => self.demo.questions(),
        };
        questions.retain(|question| question.variant == self.variant);
        let asked = |question: &Question| Some(&question.text.key) == self.asked.as_ref();
        let at = questions.iter().position(asked).unwrap_or(0);
        questions.into_iter().nth(at)
    }

    /// The votes about this demo, in teaching order. A demo without votes gets one that asks nothing.
    pub fn votes(&self) -> Vec<Vote> {
        let mut votes = self.demo.votes();
        if votes.is_empty() {
            votes.push(Vote::unasked(self.variant));
        }
        votes
    }

    /// The question of this vote, with the parameters that the vote sets.
    pub fn question_of(&self, vote: &Vote) -> Option<Question> {
        let mut questions = self.as_voted(vote)?.questions().into_iter();
        questions.find(|question| is_asked(vote, question))
    }

    /// The parameters that the runs of this vote have.
    pub fn params_of(&self, vote: &Vote) -> Params {
        self.as_voted(vote)
            .map_or_else(|| self.params(), |demo| demo.params())
    }

    /// A copy of the demo with the parameters that the vote sets.
    fn as_voted(&self, vote: &Vote) -> Option<Box<dyn Demo>> {
        let mut demo = (demos::find(self.id())?.demo)();
        copy_params(self.demo.as_ref(), demo.as_mut());
        vote.set_on(demo.as_mut());
        Some(demo)
    }

    /// The place of the vote that is set up now, among all votes of the demo.
    pub fn vote(&self) -> Option<usize> {
        let (question, params) = (self.question()?, self.params());
        let is_set = |(name, text): &(&str, String)| {
            let value = params.value(name).map(ToString::to_string);
            value.as_ref() == Some(text)
        };
        let is_now = |vote: &Vote| is_asked(vote, &question) && vote.set.iter().all(is_set);
        self.votes().iter().position(is_now)
    }

    /// Chooses a variant.
    pub fn choose(&mut self, variant: VariantId) {
        self.variant = variant;
    }

    /// Sets a parameter to a value that was checked before.
    pub fn set(&mut self, name: &str, value: &str) {
        drop(set_param(self.demo.as_mut(), name, value));
    }

    /// Chooses the variant, the question and the parameters of `vote`.
    pub fn set_up(&mut self, vote: &Vote) {
        self.variant = vote.variant;
        self.asked.clone_from(&vote.question);
        self.left = self.shown.take().map(|(run, _)| run);
        vote.set_on(self.demo.as_mut());
    }

    fn set_for_class(&mut self, slowness: f64) {
        self.reset();
        self.demo.for_class(slowness);
        self.class = Some(self.params());
    }

    /// Whether the parameters are those for a class.
    pub fn is_for_class(&self) -> bool {
        self.class.as_ref() == Some(&self.params())
    }

    /// Whether the parameters are the lesson's.
    pub fn is_lesson(&self) -> bool {
        self.lesson == self.params()
    }

    /// Makes runs about as short as `length`.
    pub fn shorten(&mut self, length: Duration) {
        scale_to_budget(self.demo.as_mut(), length);
    }

    /// Sets the parameters back to the lesson's.
    pub fn reset(&mut self) {
        if let Some(entry) = demos::find(self.id()) {
            self.demo = (entry.demo)();
            self.class = None;
        }
    }
}

fn is_asked(vote: &Vote, question: &Question) -> bool {
    vote.variant == question.variant && vote.question.as_ref() == Some(&question.text.key)
}
