//! Dialogs of a presentation: in a row of their own, so that they cover neither the answers nor the picture.

use egui::accesskit::Role;
use egui::{Align2, Button, Rect, RichText, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::text::{SMALLEST, shrunk, write};
use crate::app::action::Action;
use crate::app::dialogs::Dialog;
use crate::app::view::View;
use crate::widgets::controls::{name_group, named};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::font;

/// Height of a dialog, and its distance from its neighbours.
const HEIGHT: f32 = 42.0;
const GAP: f32 = 6.0;
/// Size of the button that closes it.
const OK: Vec2 = vec2(42.0, 26.0);

impl View<'_> {
    /// Shows the open dialogs side by side at the foot of `area`. Returns the area above them.
    pub(super) fn above_dialogs(&mut self, ui: &mut Ui, area: Rect) -> Rect {
        let dialogs = self.dialogs.all();
        if dialogs.is_empty() {
            return area;
        }
        let row = area.with_min_y(area.bottom() - HEIGHT);
        // Two find room, and one alone leaves it to the next.
        let columns = dialogs.len().max(2) as f32;
        let size = vec2((row.width() + GAP) / columns - GAP, HEIGHT);
        for (place, &(number, dialog)) in dialogs.iter().enumerate() {
            let left = row.left() + (size.x + GAP) * place as f32;
            let at = Rect::from_min_size(pos2(left, row.top()), size);
            if self.dialog_ui(ui, at, number, dialog) {
                self.actions.push(Action::CloseDialog(number));
            }
        }
        area.with_max_y(row.top() - GAP)
    }

    /// Shows a dialog: its title and its first sentence. Returns whether it is to be closed.
    fn dialog_ui(&self, ui: &mut Ui, at: Rect, number: u64, dialog: Dialog) -> bool {
        let palette = Palette::of(ui);
        let language = self.language;
        let title = language.text(dialog.title());
        let mut ui = ui.new_child(named(("dialog", number)).max_rect(at));
        ui.expand_to_include_rect(at);
        let edge = Stroke::new(1.5, palette.strong);
        ui.painter()
            .rect(at, 6.0, palette.card, edge, StrokeKind::Inside);
        let inside = at.shrink2(vec2(9.0, 3.0));
        let button = Align2::RIGHT_CENTER.anchor_size(inside.right_center(), OK);
        let words = inside.with_max_x(button.left() - 6.0);
        // The dialog itself has its title for screen readers.
        let upper = words.with_max_y(at.center().y);
        let galley = shrunk(
            &ui,
            upper,
            title.as_ref(),
            &(SMALLEST..=SMALLEST),
            true,
            palette.text,
        );
        ui.painter().galley(upper.min, galley, palette.text);
        if let Some(line) = dialog.lines().first() {
            let (lower, line) = (words.with_min_y(at.center().y), language.say(line));
            write(
                &mut ui,
                lower,
                line,
                &(SMALLEST..=SMALLEST),
                false,
                palette.text,
            );
        }
        ui.spacing_mut().button_padding = Vec2::ZERO;
        let ok = RichText::new(language.text("dialog-ok")).font(font(14.0));
        let is_closed = ui.put(button, Button::new(ok).min_size(OK)).clicked();
        name_group(&ui, Role::Window, &title);
        is_closed
    }
}
