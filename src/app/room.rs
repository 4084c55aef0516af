//! A demo as the window has it: with its picture, and what is chosen of it.

use crate::demos::{self, Entry};
use crate::lab::demo::{Demo, Place, Question, VariantId};
use crate::widgets::stage::Stage;

/// A demo with its picture and what is chosen of it.
pub(super) struct Room {
    /// Its number in the list and on the keyboard.
    pub(super) number: u8,
    /// The demo, with the parameters as they are set now.
    pub(super) demo: Box<dyn Demo>,
    /// Its picture.
    pub(super) stage: Box<dyn Stage>,
    /// The chosen variant.
    pub(super) variant: VariantId,
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
        }
    }

    /// Where a run of the chosen variant takes place.
    pub(super) fn place(&self) -> Place {
        let chosen = self
            .demo
            .variants()
            .iter()
            .find(|variant| variant.id == self.variant);
        chosen.map_or(Place::OwnThread, |variant| variant.place)
    }

    /// What is asked of the chosen variant.
    pub(super) fn question(&self) -> Option<Question> {
        let mut questions = self.demo.questions().into_iter();
        questions.find(|question| question.variant == self.variant)
    }

    /// Every variant, in teaching order.
    pub(super) fn all_variants(&self) -> impl Iterator<Item = VariantId> + Clone + use<> {
        self.demo.variants().iter().map(|variant| variant.id)
    }

    /// Whether the parameters suit every variant.
    pub(super) fn can_run_all(&self) -> bool {
        self.all_variants()
            .all(|variant| self.demo.check(variant).is_ok())
    }

    /// Back to the lesson's parameters.
    pub(super) fn reset(&mut self) {
        if let Some(entry) = demos::find(self.demo.id()) {
            self.demo = (entry.demo)();
        }
    }
}
