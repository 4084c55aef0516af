//! The controls of a page, and what they share: ids that stay, names for screen readers, radio buttons as one stop of
//! the Tab key.

pub mod answer_ui;
pub mod params_ui;
pub mod step_button;

use std::fmt::Debug;
use std::hash::Hash;

use egui::accesskit::Role;
use egui::{
    Align, Button, Color32, EventFilter, FocusDirection, FontId, Id, Key, Layout, Margin, Popup,
    Response, RichText, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::look::palette::Palette;
use super::look::theme::{bold_font, font};
use crate::lab::trace::event::State;

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

/// Names a part of the page that is drawn for screen readers: a group of radio buttons, a list.
pub fn name_group(ui: &Ui, role: Role, name: &str) {
    let place = ui.min_rect();
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        node.set_label(name);
        node.set_bounds(egui::accesskit::Rect {
            x0: place.min.x.into(),
            y0: place.min.y.into(),
            x1: place.max.x.into(),
            y1: place.max.y.into(),
        });
    });
}

/// Says what a control's face shows, where its name stays the same: `Theme` has the value “Dark”.
pub fn set_value(response: &Response, value: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_value(value));
}

/// The width of a button with this text on it.
pub fn button_width(ui: &Ui, text: &str, font: FontId) -> f32 {
    let color = Color32::PLACEHOLDER;
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, color);
    galley.size().x + 2.0 * ui.spacing().button_padding.x
}

/// A row of radio buttons in a common frame, wrapped where the row is too short. `options` are values with titles; the
/// one that is `running`, if it is not the chosen one, has a mark. Returns the value that was clicked.
pub fn segmented_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: T,
    options: &[(T, String)],
    running: Option<T>,
) -> Option<T> {
    let palette = Palette::of(ui);
    let mut clicked = None;
    egui::Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, palette.edge))
        .corner_radius(8)
        .inner_margin(Margin::same(FRAME as i8))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(FRAME, FRAME);
            ui.spacing_mut().button_padding.x = SEGMENT_PADDING;
            ui.horizontal_wrapped(|ui| {
                let at = options.iter().position(|(value, _)| *value == chosen);
                let mut stop = TabStop::begin(ui, name, at);
                for (value, title) in options {
                    let response = radio_ui(ui, palette, *value == chosen, title, stop.sense());
                    if response.clicked() {
                        clicked = Some(*value);
                    }
                    stop.push(&response);
                    if running == Some(*value) && chosen != *value {
                        let at = response.rect.right_top() + vec2(-6.0, 6.0);
                        ui.painter()
                            .circle_filled(at, 4.0, palette.state(State::Running));
                    }
                }
                stop.end(ui);
                name_group(ui, Role::RadioGroup, name);
            });
        });
    clicked
}

/// The width of [`segmented_ui`] in one row.
pub fn segmented_width<T>(ui: &Ui, options: &[(T, String)]) -> f32 {
    let padding = 2.0 * (SEGMENT_PADDING - ui.spacing().button_padding.x);
    let widths = options
        .iter()
        .map(|(_, title)| button_width(ui, title, bold_font(segment_text(ui))) + padding + FRAME);
    widths.sum::<f32>() + FRAME + 2.0
}

/// Distance between radio buttons in a common frame, and from them to the frame.
const FRAME: f32 = 2.0;
const SEGMENT_PADDING: f32 = 9.0;

/// The size of a radio button's text, which suits the height of the controls.
fn segment_text(ui: &Ui) -> f32 {
    (0.42 * ui.spacing().interact_size.y)
        .round()
        .clamp(13.0, 16.0)
}

fn radio_ui(ui: &mut Ui, palette: &Palette, chosen: bool, title: &str, sense: Sense) -> Response {
    let text = RichText::new(title);
    // A button has the width of its bold text, so that its neighbours stay where they are when it is chosen.
    let width = button_width(ui, title, bold_font(segment_text(ui)));
    let button = if chosen {
        Button::new(
            text.font(bold_font(segment_text(ui)))
                .color(palette.on_strong),
        )
        .fill(palette.strong)
    } else {
        Button::new(text.font(font(segment_text(ui))).color(palette.text)).fill(palette.card)
    };
    let height = (ui.spacing().interact_size.y - 2.0 * FRAME).max(20.0);
    let button = button.stroke(Stroke::NONE).min_size(vec2(width, height));
    let response = ui.add(button.sense(sense));
    response
        .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), chosen, title));
    response
}

/// A button that opens the radio buttons of [`segmented_ui`] as a menu, for a row that is too short for them.
pub fn drop_down_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: T,
    options: &[(T, String)],
    width: f32,
) -> Option<T> {
    let palette = Palette::of(ui);
    let title = options.iter().find(|(value, _)| *value == chosen);
    let title = title.map_or("", |(_, title)| title.as_str());
    let height = ui.spacing().interact_size.y;
    let text = RichText::new(format!("{title} ⏷")).font(bold_font(14.0));
    let button = ui.add(Button::new(text).truncate().min_size(vec2(width, height)));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    set_value(&button, title);
    let mut clicked = None;
    Popup::menu(&button).show(|ui| {
        ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
            for (value, title) in options {
                if radio_ui(ui, palette, *value == chosen, title, Sense::click()).clicked() {
                    clicked = Some(*value);
                    ui.close();
                }
            }
        });
    });
    clicked
}

/// Several controls that are one stop of the Tab key; arrow keys go from one to the next.
pub struct TabStop {
    key: Id,
    /// The control at which Tab stops: the focused one, or else the chosen one.
    at: usize,
    controls: Vec<Id>,
}

impl TabStop {
    /// Begins a group of this name; `chosen` is the place of the chosen control.
    pub fn begin(ui: &Ui, name: impl Hash + Debug, chosen: Option<usize>) -> Self {
        let key = ui.scope_id().with(("tab_stop", name));
        let drawn: Vec<Id> = ui.data(|data| data.get_temp(key)).unwrap_or_default();
        let focused = ui.memory(|memory| memory.focused());
        let focused = drawn.iter().position(|id| Some(*id) == focused);
        Self {
            key,
            at: focused.or(chosen).unwrap_or(0),
            controls: Vec::new(),
        }
    }

    /// The sense of the next control.
    pub fn sense(&self) -> Sense {
        if self.controls.len() == self.at {
            Sense::click()
        } else {
            Sense::CLICK
        }
    }

    /// Adds the next control.
    pub fn push(&mut self, control: &Response) {
        self.controls.push(control.id);
    }

    /// Ends the group: arrow keys move the focus within it.
    pub fn end(self, ui: &Ui) {
        let focused = ui.memory(|memory| memory.focused());
        let at = self.controls.iter().position(|id| Some(*id) == focused);
        if let Some(at) = at {
            let arrows = EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..Default::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(self.controls[at], arrows));
            let pressed = |keys: [Key; 2]| {
                ui.input(|input| keys.into_iter().any(|key| input.key_pressed(key)))
            };
            let last = self.controls.len() - 1;
            let next = if pressed([Key::ArrowRight, Key::ArrowDown]) {
                (at + 1).min(last)
            } else if pressed([Key::ArrowLeft, Key::ArrowUp]) {
                at.saturating_sub(1)
            } else {
                at
            };
            if next != at {
                ui.memory_mut(|memory| {
                    memory.request_focus(self.controls[next]);
                    // egui would move the focus as well where the filter came too late for this key.
                    memory.move_focus(FocusDirection::None);
                });
            }
        }
        ui.data_mut(|data| data.insert_temp(self.key, self.controls));
    }
}
