//! The pane with the code beside the page (`Ctrl+D`).

use egui::accesskit::Role;
use egui::{
    Align, Button, CentralPanel, Layout, Margin, Panel, Rect, RichText, Ui, WidgetInfo, vec2,
};

use crate::app::action::Action;
use crate::app::session::scene;
use crate::app::settings::Setting;
use crate::app::sidebar;
use crate::app::view::View;
use crate::widgets::code::{Code, CodeAction, code_ui};
use crate::widgets::controls::named;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::font;

/// Size of the letters, in points: a little smaller than text, because lines are long.
const SIZE: f32 = 13.0;
/// Share of the code in the width beside the list.
const SHARE: f32 = 0.4;
/// Least width of a page, in points: if less is left, the code is shown in the page's place.
const NARROWEST_PAGE: f32 = 640.0;
/// Width of the window, in points, below which the list shows numbers alone while the code is shown.
const LIST_NARROW_BELOW: f32 = 1500.0;

/// The ground behind the code.
fn frame(ui: &Ui) -> egui::Frame {
    egui::Frame::new()
        .fill(Palette::of(ui).card)
        .inner_margin(Margin {
            left: 10,
            right: 4,
            top: 10,
            bottom: 0,
        })
}

impl View<'_> {
    /// Shows the code of the chosen variant in letters of `size`.
    pub fn code_ui(&mut self, ui: &mut Ui, size: f32) {
        let listing = self.demos.chosen_mut().listing();
        let kept_back = self.kept_back();
        let (scene, _) = scene::of(self.demos.chosen_mut(), self.session, &kept_back, self.now);
        let shown = scene.snapshot();
        let code = Code {
            listing: &listing,
            tab: self.settings.code_tab,
            // A run of another variant is left out: its threads are not in this code.
            shown: shown.filter(|shown| shown.info.variant == scene.variant),
            marked: self.marked,
            size,
            // A class can't read numbers as small as that.
            numbered: self.presenting.is_none(),
            language: self.language,
        };
        self.actions
            .extend(code_ui(ui, &code).map(|wish| match wish {
                CodeAction::Tab(tab) => Action::Set(Setting::CodeTab(tab)),
                CodeAction::Mark(marked) => Action::Mark(marked),
            }));
    }

    /// The width of the window below which the list shows numbers alone.
    pub(crate) fn list_narrow_below(&self) -> f32 {
        if self.settings.code {
            LIST_NARROW_BELOW
        } else {
            sidebar::NARROW_BELOW
        }
    }

    /// Shows the code if the settings say so: at the right, or in the page's place if there is too little room for
    /// both. Returns whether there is room for the page.
    pub(crate) fn leaves_room_for_page(&mut self, ui: &mut Ui) -> bool {
        if !self.settings.code {
            return true;
        }
        let room = ui.available_width();
        let width = (room * SHARE).floor();
        let is_room = room - width >= NARROWEST_PAGE;
        if is_room {
            Panel::right("code")
                .resizable(false)
                .exact_size(width)
                .frame(frame(ui))
                .show(ui, |ui| self.code_pane_ui(ui));
        } else {
            CentralPanel::default()
                .frame(frame(ui))
                .show(ui, |ui| self.code_pane_ui(ui));
        }
        is_room
    }

    /// Draws the pane beside the page.
    fn code_pane_ui(&mut self, ui: &mut Ui) {
        let corner = ui.max_rect();
        self.code_ui(ui, SIZE);
        // The button stands in the corner beside the tabs, and after them in the order of Tab.
        let corner = Rect::from_min_max(corner.right_top() - vec2(44.0, 0.0), corner.max);
        let mut ui = ui.new_child(
            named("code_close")
                .max_rect(corner)
                .layout(Layout::right_to_left(Align::Min)),
        );
        ui.add_space(6.0);
        let close =
            ui.add(Button::new(RichText::new("✘").font(font(16.0))).min_size(vec2(34.0, 34.0)));
        let name = self.language.text("app-code-close");
        close.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
        if close.on_hover_text(name.as_ref()).clicked() {
            self.actions.push(Action::Set(Setting::Code(false)));
        }
    }
}
