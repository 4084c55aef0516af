//! The lesson's plan: which demos it has, in which order, and where it begins.

use egui::accesskit::Role;
use egui::{Align, Button, Checkbox, Layout, Rect, RichText, Ui, WidgetInfo, vec2};

use crate::app::action::Action;
use crate::app::present::text::{SMALLEST, write};
use crate::app::view::View;
use crate::lab::demo::value::Value;
use crate::widgets::controls::named;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};

/// Minutes for each demo: a lesson of 45 minutes has six.
const MINUTES_EACH: f64 = 7.5;

impl View<'_> {
    pub(super) fn plan_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        // All demos find room between the screen's upper edge and the foot.
        let area = area.with_min_y(area.top() - 12.0);
        let next = self
            .presenting
            .and_then(|presenting| presenting.steps.stop());
        let demos = self.settings.playlist.len();
        let minutes = (demos as f64 * MINUTES_EACH).round() as u64;
        let figures = [("demos", demos.into()), ("minutes", minutes.into())];
        let text = self.language.with("present-plan", &figures);
        let title = write(ui, area, text, &(SMALLEST..=17.0), true, palette.text);

        let list = area.with_min_y(title.rect.bottom() + 4.0);
        let order = self.in_plan_order();
        let height = (list.height() / order.len().max(1) as f32).min(26.0);
        for (row, index) in order.into_iter().enumerate() {
            let top = list.top() + height * row as f32;
            let place = Rect::from_x_y_ranges(list.x_range(), top..=top + height);
            let is_next = next.is_some_and(|stop| stop.demo == index);
            self.plan_row_ui(ui, place, index, is_next);
        }
    }

    /// The demos of the lesson in its order, then the others.
    fn in_plan_order(&self) -> Vec<usize> {
        let id = |index: &usize| self.demos.all()[*index].id();
        let place = |index: &usize| {
            let mut playlist = self.settings.playlist.iter();
            playlist.position(|known| known == id(index))
        };
        let mut order: Vec<usize> = (0..self.demos.all().len()).collect();
        order.sort_by_key(|index| place(index).unwrap_or(usize::MAX));
        order
    }

    fn plan_row_ui(&mut self, ui: &mut Ui, place: Rect, index: usize, is_next: bool) {
        let palette = Palette::of(ui);
        let demo = &self.demos.all()[index];
        let id = demo.id();
        let title = self.language.text(&format!("{id}-title")).into_owned();
        let is_in = self.settings.playlist.iter().any(|known| known == id);
        if is_next {
            ui.painter().rect_filled(place, 4.0, palette.faint);
        }
        let layout = Layout::left_to_right(Align::Center);
        // The ids are the demo's own, so that a row that is moved keeps the focus.
        let mut ui = ui.new_child(named(("plan", id)).max_rect(place).layout(layout));
        ui.spacing_mut().interact_size.y = place.height() - 2.0;
        ui.spacing_mut().button_padding = vec2(8.0, 0.0);
        ui.add_space(6.0);
        let mut ticked = is_in;
        let size = 13.0;
        let font = if is_next { bold_font(size) } else { font(size) };
        let color = if is_in || is_next {
            palette.text
        } else {
            palette.weak
        };
        let face = RichText::new(format!("{}  {title}", demo.number() % 10)).font(font);
        let response = ui.add(Checkbox::new(&mut ticked, face.color(color)));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, &title));
        if response.changed() {
            self.actions.push(Action::Tick(index));
        }
        let at = self.settings.playlist.iter().position(|known| known == id);
        let last = self.settings.playlist.len().saturating_sub(1);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            let moves = [
                (
                    "↓",
                    "present-later",
                    Action::Later(index),
                    at.is_some_and(|at| at < last),
                ),
                (
                    "↑",
                    "present-earlier",
                    Action::Earlier(index),
                    at.is_some_and(|at| at > 0),
                ),
            ];
            for (face, name, action, can_move) in moves {
                let face = RichText::new(face).font(bold_font(SMALLEST));
                let response = ui.add_enabled(can_move, Button::new(face));
                let demo = [("demo", Value::Word(title.clone()))];
                let name = self.language.with(name, &demo);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, can_move, &name));
                if response.clicked() {
                    self.actions.push(action);
                }
            }
        });
    }
}
