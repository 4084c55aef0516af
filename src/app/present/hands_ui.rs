//! The steps of a presentation in which hands go up for one answer after another, and neighbours talk in between.

use egui::{Align, Align2, Layout, Rect, Ui, vec2};

use crate::app::action::Action;
use crate::app::guesses::letter;
use crate::app::present::text::write;
use crate::app::view::View;
use crate::lab::demo::value::Value;
use crate::widgets::controls::named;
use crate::widgets::controls::step_button::step_button_ui;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::bold_font;

/// Height of the row in which hands are counted, and width of their number in it.
const ROW: f32 = 26.0;
const COUNT: f32 = 40.0;

impl View<'_> {
    /// Shows the answers, with the one outlined that hands go up for, and the hands that are counted.
    pub(super) fn hands_step_ui(&mut self, ui: &mut Ui, area: Rect, answer: usize) {
        let Some(question) = self.presented_question() else {
            return;
        };
        if !self.settings.count_hands {
            self.answers_ui(ui, area, &question, Some(answer));
            return;
        }
        let row = area.with_min_y(area.bottom() - ROW);
        let above = area.with_max_y(row.top() - 8.0);
        self.answers_ui(ui, above, &question, Some(answer));
        self.count_ui(ui, row, answer);
    }

    /// Shows the hands for one answer, with buttons for one more and one fewer.
    fn count_ui(&mut self, ui: &mut Ui, row: Rect, answer: usize) {
        let palette = Palette::of(ui);
        let hands = self.presented_guess().vote.hands[answer];
        let letter = [("answer", Value::Word(letter(answer).to_string()))];
        let name = |key: &str| self.language.with(key, &letter);
        let layout = Layout::left_to_right(Align::Center);
        let mut ui = ui.new_child(named("hands").max_rect(row).layout(layout));
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding = vec2(0.0, 0.0);
        ui.spacing_mut().interact_size.y = ROW;
        let fewer = step_button_ui(&mut ui, "–", &name("app-hand-less"), hands > 0);
        let (place, _) = ui.allocate_exact_size(vec2(COUNT, ROW), egui::Sense::hover());
        ui.painter().text(
            place.center(),
            Align2::CENTER_CENTER,
            hands.to_string(),
            bold_font(20.0),
            palette.text,
        );
        let more = step_button_ui(&mut ui, "+", &name("app-hand-more"), true);
        let change = more - fewer;
        if change != 0 {
            self.actions.push(Action::Raise { answer, change });
        }
    }

    /// Shows that neighbours talk, because the class disagrees.
    pub(super) fn neighbour_step_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        let text = self.language.text("present-neighbour");
        write(ui, area, text, &(20.0..=34.0), true, palette.text);
    }
}
