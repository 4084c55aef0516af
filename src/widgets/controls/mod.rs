//! The controls of a page, and what they share: ids that stay, and a row of radio buttons.

pub mod answer_ui;
pub mod params_ui;

use std::fmt::Debug;
use std::hash::Hash;

use egui::accesskit::Role;
use egui::{Button, Id, Margin, RichText, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

use super::look::palette::Palette;
use super::look::theme::{bold_font, font};

/// Draws a part of `ui` whose controls get their ids from its `name`, whatever stands before it.
///
/// egui numbers controls in the order in which they are drawn: one more before a control, and it has the id of its
/// neighbour, with the neighbour's focus, drag and half-typed text.
pub fn own_ids<R>(ui: &mut Ui, name: impl Hash + Debug, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(named(name), contents).inner
}

/// A builder for a part with a place of its own, whose controls get their ids from its `name`, as in [`own_ids`].
pub fn named(name: impl Hash + Debug) -> UiBuilder {
    UiBuilder::new().scope_id(Id::unique(("own", name)))
}

/// Skips the ids of `controls` controls that are not there just now, so that those after them keep theirs.
pub fn absent(ui: &mut Ui, controls: usize) {
    ui.skip_ahead_auto_ids(controls);
}

/// A row of radio buttons in a common frame, wrapped where the row is too short. `options` are values with titles.
/// Returns the value that was clicked.
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
