//! The steps of a presentation in which hands go up for one answer after another, and neighbours talk in between.

use egui::{Rect, Ui};

use crate::app::present::text::write;
use crate::app::view::View;
use crate::widgets::look::palette::Palette;

impl View<'_> {
    /// Shows the answers, with the one outlined that hands go up for.
    pub(super) fn hands_step_ui(&mut self, ui: &mut Ui, area: Rect, answer: usize) {
        if let Some(question) = self.presented_question() {
            self.answers_ui(ui, area, &question, Some(answer));
        }
    }

    /// Shows that neighbours talk, because the class disagrees.
    pub(super) fn neighbour_step_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        let text = self.language.text("present-neighbour");
        write(ui, area, text, &(20.0..=34.0), true, palette.text);
    }
}
