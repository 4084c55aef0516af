//! The main window's buttons for the twins.

use egui::{Align, Button, Layout, Pos2, Rect, RichText, Ui, vec2};

use crate::app::action::Action;
use crate::app::view::View;
use crate::widgets::controls::named;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::bold_font;
use crate::widgets::stage::Buttons;

impl View<'_> {
    /// Shows `Side by side` at the right end of its row.
    pub fn twins_buttons_ui(&mut self, ui: &mut Ui) {
        if self.demos.chosen().buttons() != Buttons::Download {
            return;
        }
        let (palette, language) = (Palette::of(ui), self.language);
        let open = self.session.twins().are_open();
        let key = "responsive_ui-side-by-side";
        let font = egui::TextStyle::Button.resolve(ui.style());
        let face = language.text(key).into_owned();
        let galley = ui.painter().layout_no_wrap(face, font, palette.text);
        let needed = galley.size().x + 2.0 * ui.spacing().button_padding.x;
        let free = ui.available_size_before_wrap().x - needed - ui.spacing().item_spacing.x;
        if free > 0.0 {
            ui.add_space(free);
        }
        let mut button = Button::new(language.text(key)).min_size(vec2(0.0, 40.0));
        if open {
            button = button.fill(palette.faint);
        }
        let response = ui.add(button);
        let help = language.text("responsive_ui-side-by-side-help");
        if response.on_hover_text(help.as_ref()).clicked() {
            self.actions.push(Action::SideBySide);
        }
    }

    /// Shows `Click both` in the corner of the stage's card, while the twins are open.
    pub fn click_both_ui(&mut self, ui: &mut Ui, corner: Pos2) {
        if !self.session.runs_in_twins(self.demos.chosen()) {
            return;
        }
        let language = self.language;
        let mut ui = ui.new_child(
            named("click-both")
                .max_rect(Rect::from_min_max(
                    corner + vec2(-240.0, 8.0),
                    corner + vec2(-12.0, 48.0),
                ))
                .layout(Layout::right_to_left(Align::Min)),
        );
        let face = RichText::new(language.text("responsive_ui-click-both")).font(bold_font(17.0));
        let response = ui.add(Button::new(face).min_size(vec2(0.0, 36.0)));
        let help = language.text("responsive_ui-click-both-help");
        if response.on_hover_text(help.as_ref()).clicked() {
            self.actions.push(Action::ClickBoth);
        }
    }
}
