//! The end of a presentation: all guesses and outcomes.

use egui::{Rect, Ui};

use crate::app::present::text::write;
use crate::app::view::View;
use crate::widgets::look::palette::Palette;

impl View<'_> {
    /// How many pages the guesses and outcomes take.
    pub(super) fn end_pages(&self) -> usize {
        1
    }

    /// Shows one page of the guesses and outcomes.
    pub(super) fn end_step_ui(&mut self, ui: &mut Ui, area: Rect, _page: usize) {
        let palette = Palette::of(ui);
        let end = self.language.text("present-end");
        write(ui, area, end, &(20.0..=36.0), true, palette.text);
    }
}
