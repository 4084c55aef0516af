//! A row of which one is chosen: radio buttons in a common frame, wrapped where the row is too short.

use egui::accesskit::Role;
use egui::{Button, Margin, RichText, Stroke, Ui, WidgetInfo, vec2};

use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};

/// Shows `options` (value and title) and returns the one that was clicked.
pub fn segmented_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    chosen: T,
    options: &[(T, String)],
) -> Option<T> {
    let palette = Palette::of(ui);
    let mut clicked = None;
    egui::Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, palette.border))
        .corner_radius(8)
        .inner_margin(Margin::same(2))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
            ui.horizontal_wrapped(|ui| {
                for (value, title) in options {
                    if radio_ui(ui, palette, *value == chosen, title) {
                        clicked = Some(*value);
                    }
                }
            });
        });
    clicked
}

fn radio_ui(ui: &mut Ui, palette: &Palette, chosen: bool, title: &str) -> bool {
    let text = RichText::new(title);
    let button = if chosen {
        Button::new(text.font(bold_font(16.0)).color(palette.on_strong)).fill(palette.strong)
    } else {
        Button::new(text.font(font(16.0)).color(palette.text)).fill(palette.card)
    };
    let response = ui.add(button.stroke(Stroke::NONE).min_size(vec2(0.0, 36.0)));
    response
        .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), chosen, title));
    response.clicked()
}
