//! The main window's buttons for the twins.

use egui::{Button, RichText, Ui};

use crate::app::action::Action;
use crate::app::view::View;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};

impl View<'_> {
    /// Shows `Side by side` in the stage's corner, and `Click both` beside it while the twins are open.
    pub fn twins_buttons_ui(&mut self, ui: &mut Ui) {
        let (palette, language) = (Palette::of(ui), self.language);
        let open = self.session.twins().are_open();
        let face = RichText::new(language.text("responsive_ui-side-by-side")).font(font(14.0));
        let mut button = Button::new(face);
        if open {
            button = button.fill(palette.faint);
        }
        let response = ui.add(button);
        let help = language.text("responsive_ui-side-by-side-help");
        if response.on_hover_text(help.as_ref()).clicked() {
            self.actions.push(Action::SideBySide);
        }
        if !self.session.runs_in_twins(self.demos.chosen()) {
            return;
        }
        let face = RichText::new(language.text("responsive_ui-click-both")).font(bold_font(14.0));
        let response = ui.add(Button::new(face));
        let help = language.text("responsive_ui-click-both-help");
        if response.on_hover_text(help.as_ref()).clicked() {
            self.actions.push(Action::ClickBoth);
        }
    }
}
