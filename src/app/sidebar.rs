//! The list of demos, with the settings and the presentation at its foot.

use egui::accesskit::Role;
use egui::{
    Align, Button, Layout, Margin, RichText, ScrollArea, Stroke, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::app::action::Action;
use crate::app::view::View;
use crate::lab::trace::event::State;
use crate::widgets::controls::{TabStop, name_group};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font, main_button};

/// Width of the window, in points, below which the list shows the demos' numbers alone; a larger zoom leaves fewer
/// points.
pub const NARROW_BELOW: f32 = 1000.0;

/// Height of a demo's row with much room and with little, in points.
const HIGHEST_ROW: f32 = 42.0;
/// Height of a row that shows a number alone: less than its width.
const HIGHEST_NARROW: f32 = 26.0;
const LOWEST_ROW: f32 = 24.0;
/// Distance between two rows.
const ROW_GAP: f32 = 4.0;

/// Height of the buttons at the foot, and their distance.
const FOOT: f32 = 34.0;
const GAP: f32 = 6.0;

/// The ground behind the list.
pub fn frame(ui: &Ui) -> egui::Frame {
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.card)
        .inner_margin(Margin::symmetric(10, 12))
        .stroke(Stroke::new(1.0, palette.border))
}

impl View<'_> {
    pub(super) fn sidebar_ui(&mut self, ui: &mut Ui, narrow: bool) {
        ui.spacing_mut().button_padding.x = if narrow { 4.0 } else { 10.0 };
        let area = ui.max_rect();
        let foot = if narrow {
            2.0 * HIGHEST_NARROW + GAP
        } else {
            FOOT
        };
        let list = area.with_max_y(area.bottom() - foot - GAP);
        let mut upper = ui.new_child(
            UiBuilder::new()
                .max_rect(list)
                .layout(Layout::top_down_justified(Align::Min)),
        );
        self.list_ui(&mut upper, narrow);
        let lower = area.with_min_y(area.bottom() - foot);
        let layout = match narrow {
            true => Layout::top_down(Align::Min),
            false => Layout::left_to_right(Align::Center),
        };
        let mut lower = ui.new_child(UiBuilder::new().max_rect(lower).layout(layout));
        lower.spacing_mut().item_spacing = vec2(GAP, GAP);
        lower.spacing_mut().button_padding.y = 2.0;
        lower.spacing_mut().interact_size.y = 0.0;
        self.foot_ui(&mut lower, narrow);
    }

    fn list_ui(&mut self, ui: &mut Ui, narrow: bool) {
        let bottom = ui.max_rect().bottom();
        ScrollArea::vertical().show(ui, |ui| {
            if !narrow {
                ui.label(RichText::new(self.language.text("app-name")).font(bold_font(22.0)));
                ui.add_space(4.0);
            }
            let height = self.row_height(ui, narrow, bottom - ui.cursor().top());
            ui.scope(|ui| {
                let mut stop = TabStop::begin(ui, "demos", Some(self.demos.index()));
                for index in 0..self.demos.all().len() {
                    self.demo_ui(ui, index, narrow, height, &mut stop);
                }
                stop.end(ui);
                name_group(ui, Role::List, &self.language.text("app-demos"));
            });
        });
    }

    /// Height of a demo's row with which all fit into `room`, if that is possible at all.
    fn row_height(&self, ui: &mut Ui, narrow: bool, room: f32) -> f32 {
        ui.spacing_mut().item_spacing.y = ROW_GAP;
        let share = room / self.demos.all().len() as f32 - ui.spacing().item_spacing.y;
        let highest = if narrow { HIGHEST_NARROW } else { HIGHEST_ROW };
        let height = share.floor().clamp(LOWEST_ROW, highest);
        ui.spacing_mut().interact_size.y = height;
        ui.spacing_mut().button_padding.y = 0.0;
        height
    }

    fn demo_ui(
        &mut self,
        ui: &mut Ui,
        index: usize,
        narrow: bool,
        height: f32,
        stop: &mut TabStop,
    ) {
        let palette = Palette::of(ui);
        let demo = &self.demos.all()[index];
        let id = demo.id();
        let title = self.language.text(&format!("{id}-title"));
        let chosen = index == self.demos.index();
        let number = demo.number() % 10;
        let face = if narrow {
            number.to_string()
        } else {
            format!("{number}  {title}")
        };
        let font = if chosen { bold_font(16.0) } else { font(16.0) };
        let text = RichText::new(face).font(font).color(palette.text);
        let button = Button::new(text)
            .fill(if chosen { palette.faint } else { palette.card })
            .stroke(Stroke::NONE)
            .min_size(vec2(ui.available_width(), height))
            .sense(stop.sense());
        let response = ui.add(button);
        stop.push(&response);
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, title.as_ref())
        });
        let response = if narrow {
            response.on_hover_text(title.as_ref())
        } else {
            response
        };
        if self.session.running_of(id).is_some() {
            let at = response.rect.right_center() - vec2(9.0, 0.0);
            ui.painter()
                .circle_filled(at, 5.0, palette.state(State::Running));
        }
        if chosen {
            let mut mark = response.rect;
            mark.max.x = mark.min.x + 4.0;
            ui.painter().rect_filled(mark, 2.0, palette.strong);
        }
        if response.clicked() {
            self.actions.push(Action::ChooseDemo(index));
        }
    }

    /// Shows `Settings` and, as the one strong button, `Present`.
    fn foot_ui(&mut self, ui: &mut Ui, narrow: bool) {
        let language = self.language;
        let width = ui.available_width();
        let palette = Palette::of(ui);
        let settings = language.text("app-settings");
        let face = if narrow { "☰" } else { settings.as_ref() };
        let face = RichText::new(face).font(font(15.0)).color(palette.weak);
        let height = if narrow { HIGHEST_NARROW } else { FOOT };
        let [left, right] = match narrow {
            true => [width, width],
            false => [0.5, 0.5].map(|share| (width - GAP) * share),
        };
        let button = Button::new(face)
            .fill(palette.card)
            .stroke(Stroke::NONE)
            .min_size(vec2(left, height));
        let button = ui.add(button);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, settings.as_ref()));
        self.settings_ui(&button);
        let present = language.text("app-present");
        let face = if narrow { "▶" } else { present.as_ref() };
        let button = main_button(face, 15.0, palette, true).min_size(vec2(right, height));
        let button = ui.add(button);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, present.as_ref()));
        if button.on_hover_text(format!("{present} · F11")).clicked() {
            self.actions.push(Action::Present);
        }
    }
}
